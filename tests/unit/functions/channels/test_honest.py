"""What this server does not sell: the right is checked, then the answer is that of a channel without boosts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness import Client
from tests.unit.functions.channels.world import Channel, World, refused
from tl import api

REQUESTS: dict[str, tuple[str, Any]] = {
    "updateColor": ("BOOSTS_REQUIRED", lambda c: api.channels.UpdateColor(channel=c, color=1)),
    "updateEmojiStatus": (
        "BOOSTS_REQUIRED",
        lambda c: api.channels.UpdateEmojiStatus(channel=c, emoji_status=api.EmojiStatus(document_id=1)),
    ),
    "restrictSponsoredMessages": (
        "BOOSTS_REQUIRED",
        lambda c: api.channels.RestrictSponsoredMessages(channel=c, restricted=True),
    ),
    "setBoostsToUnblockRestrictions": (
        "BOOSTS_REQUIRED",
        lambda c: api.channels.SetBoostsToUnblockRestrictions(channel=c, boosts=3),
    ),
    "updatePaidMessagesPrice": (
        "STARS_AMOUNT_INVALID",
        lambda c: api.channels.UpdatePaidMessagesPrice(channel=c, send_paid_messages_stars=5),
    ),
    "editLocation": (
        "MEGAGROUP_GEO_REQUIRED",
        lambda c: api.channels.EditLocation(channel=c, geo_point=api.InputGeoPoint(lat=1.0, long=1.0), address="x"),
    ),
    "setStickers": (
        "PARTICIPANTS_TOO_FEW",
        lambda c: api.channels.SetStickers(channel=c, stickerset=api.InputStickerSetShortName(short_name="x")),
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_not_sold(world: World, name: str) -> None:
    group = world.supergroup(world.bob)
    error, make = REQUESTS[name]
    assert refused(world.alice, make(group.of(world.alice))) == error
    assert refused(world.bob, make(group.of(world.bob))) == "CHAT_ADMIN_REQUIRED"
    assert refused(world.carol, make(group.of(world.carol))) == "CHANNEL_PRIVATE"


NOTHING: dict[str, Any] = {
    "updateColor": lambda c: api.channels.UpdateColor(channel=c),
    "updateEmojiStatus": lambda c: api.channels.UpdateEmojiStatus(channel=c, emoji_status=api.EmojiStatusEmpty()),
    "restrictSponsoredMessages": lambda c: api.channels.RestrictSponsoredMessages(channel=c, restricted=False),
    "setBoostsToUnblockRestrictions": lambda c: api.channels.SetBoostsToUnblockRestrictions(channel=c, boosts=0),
    "updatePaidMessagesPrice": lambda c: api.channels.UpdatePaidMessagesPrice(channel=c, send_paid_messages_stars=0),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_a_channel_without_boosts_has_already(world: World, name: str) -> None:
    group = world.supergroup()
    assert refused(world.alice, NOTHING[name](group.of(world.alice))) == "CHAT_NOT_MODIFIED"


def test_taking_away_emoji_that_are_not_there(world: World) -> None:
    group = world.supergroup(world.bob)

    def request(client: Client, chosen: Any) -> Any:
        return api.channels.SetEmojiStickers(channel=group.of(client), stickerset=chosen)

    assert world.alice.call(request(world.alice, api.InputStickerSetEmpty()))
    assert refused(world.bob, request(world.bob, api.InputStickerSetEmpty())) == "CHAT_ADMIN_REQUIRED"
    chosen = api.InputStickerSetShortName(short_name="x")
    assert refused(world.alice, request(world.alice, chosen)) == "BOOSTS_REQUIRED"


def test_posts_are_not_translated(world: World) -> None:
    news, group = world.broadcast(), world.supergroup()

    def request(channel: Channel, *, enabled: bool) -> Any:
        return api.channels.ToggleAutotranslation(channel=channel.of(world.alice), enabled=enabled)

    assert refused(world.alice, request(news, enabled=True)) == "BOOSTS_REQUIRED"
    assert refused(world.alice, request(news, enabled=False)) == "CHAT_NOT_MODIFIED"
    assert refused(world.alice, request(group, enabled=True)) == "CHAT_ID_INVALID"


def test_no_direct_messages_to_channels(world: World) -> None:
    channel = world.broadcast().of(world.alice)
    request = api.channels.UpdatePaidMessagesPrice(
        broadcast_messages_allowed=True, channel=channel, send_paid_messages_stars=0
    )
    assert refused(world.alice, request) == "CHANNEL_MONOFORUM_UNSUPPORTED"
