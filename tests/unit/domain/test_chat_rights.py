"""Rights as masks: https://core.telegram.org/api/rights."""

from __future__ import annotations

import enum
from typing import Any

import pytest

from layers.domain.chat_rights import (
    FOREVER,
    AdminRight,
    BannedRight,
    admin_rights_object,
    banned_rights_object,
    check_may_send,
    pack_admin_rights,
    pack_banned_rights,
)
from layers.errors import RpcError
from tl import api


@pytest.mark.parametrize(
    ("mask", "constructor"), [(AdminRight, api.ChatAdminRights), (BannedRight, api.ChatBannedRights)]
)
def test_a_right_is_the_bit_of_its_flag(mask: type[enum.IntFlag], constructor: Any) -> None:
    flags = {param.name.upper(): 1 << param.bit for param in constructor.COMBINATOR.fields if param.is_true}
    assert {right.name: right.value for right in mask} == flags


def test_masks_and_objects_are_each_other() -> None:
    for right in AdminRight:
        assert pack_admin_rights(admin_rights_object(right)) == right
    for banned in (BannedRight.SEND_PLAIN, BannedRight.PIN_MESSAGES | BannedRight.SEND_POLLS):
        assert pack_banned_rights(banned_rights_object(banned, 5)) == banned
    assert banned_rights_object(0).until_date == FOREVER


def test_old_and_new_clients_mean_the_same_media() -> None:
    old = pack_banned_rights(api.ChatBannedRights(send_media=True, until_date=0))
    assert old & BannedRight.SEND_VOICES
    media = dict.fromkeys(("photos", "videos", "roundvideos", "audios", "voices", "docs"), True)
    new = pack_banned_rights(api.ChatBannedRights(until_date=0, **{f"send_{name}": True for name in media}))
    assert new == old


@pytest.mark.parametrize(
    ("banned", "message", "error"),
    [
        (BannedRight.SEND_MESSAGES, None, "CHAT_WRITE_FORBIDDEN"),
        (BannedRight.SEND_PLAIN, None, "CHAT_SEND_PLAIN_FORBIDDEN"),
        (BannedRight.SEND_PHOTOS, api.MessageMediaPhoto(), "CHAT_SEND_PHOTOS_FORBIDDEN"),
        (BannedRight.SEND_VOICES, api.MessageMediaDocument(voice=True), "CHAT_SEND_VOICES_FORBIDDEN"),
        (BannedRight.SEND_VIDEOS, api.MessageMediaDocument(video=True), "CHAT_SEND_VIDEOS_FORBIDDEN"),
        (BannedRight.SEND_ROUNDVIDEOS, api.MessageMediaDocument(round=True), "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN"),
        (BannedRight.SEND_DOCS, api.MessageMediaDocument(), "CHAT_SEND_DOCS_FORBIDDEN"),
        (BannedRight.SEND_GAMES, api.MessageMediaDice(value=1, emoticon="🎲"), "CHAT_SEND_GAME_FORBIDDEN"),
    ],
)
def test_what_may_not_be_sent_is_refused_by_name(banned: BannedRight, message: Any, error: str) -> None:
    stored = api.Message(id=0, peer_id=api.PeerUser(user_id=1), date=0, message="", media=message)
    with pytest.raises(RpcError, match=error):
        check_may_send(banned, stored)
    check_may_send(BannedRight.INVITE_USERS, stored)
