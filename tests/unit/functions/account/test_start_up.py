"""What clients read at their start: account.getPassword, downloads, and lists that are empty: checklist 101, 114."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gmpy2
import pytest

from layers.domain.password import SRP_P
from layers.errors import RpcError
from tests.harness import Client
from tl import api

Fails = Callable[..., RpcError]

EMPTY: list[tuple[Any, str]] = [
    (api.account.GetThemes(format="tdesktop", hash=0), "themes"),
    (api.account.GetUniqueGiftChatThemes(offset="", limit=10, hash=0), "themes"),
    (api.account.GetSavedRingtones(hash=0), "ringtones"),
    (api.account.GetDefaultEmojiStatuses(hash=0), "statuses"),
    (api.account.GetRecentEmojiStatuses(hash=0), "statuses"),
    (api.account.GetCollectibleEmojiStatuses(hash=0), "statuses"),
    (api.account.GetChannelDefaultEmojiStatuses(hash=0), "statuses"),
    (api.account.GetDefaultProfilePhotoEmojis(hash=0), "document_id"),
    (api.account.GetDefaultGroupPhotoEmojis(hash=0), "document_id"),
    (api.account.GetDefaultBackgroundEmojis(hash=0), "document_id"),
    (api.account.GetChannelRestrictedStatusEmojis(hash=0), "document_id"),
    (api.account.GetConnectedBots(), "connected_bots"),
    (api.account.GetBusinessChatLinks(), "links"),
    (api.account.GetSavedMusicIds(hash=0), "ids"),
    (api.account.GetWebBrowserSettings(hash=0), "external_exceptions"),
    (api.account.GetPasskeys(), "passkeys"),
]


@pytest.mark.parametrize(("request_", "field"), EMPTY, ids=lambda item: getattr(item, "TL_NAME", ""))
def test_empty_lists(alice: Client, queries: list[str], request_: Any, field: str) -> None:
    queries.clear()
    answer = alice.call(request_)
    assert getattr(answer, field) == []
    # checklist 74: 0 is the hash of the empty list and of having nothing, so it is never "not modified".
    assert getattr(answer, "hash", 0) == 0
    assert queries == []


def test_nothing_to_name(alice: Client, fails: Fails) -> None:
    theme = api.InputThemeSlug(slug="x")
    fails("THEME_INVALID", alice, api.account.GetTheme(format="tdesktop", theme=theme))
    wallpaper = api.InputWallPaperSlug(slug="x")
    fails("WALLPAPER_INVALID", alice, api.account.GetWallPaper(wallpaper=wallpaper))
    assert alice.call(api.account.GetAllSecureValues()) == []


def test_no_password_is_set(alice: Client) -> None:
    password = alice.call(api.account.GetPassword())
    assert not password.has_password
    assert not password.has_recovery
    assert password.current_algo is None
    assert password.srp_B is None
    algo = password.new_algo
    assert isinstance(algo, api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)
    assert (algo.g, algo.p) == (3, SRP_P)
    assert (len(algo.salt1), len(algo.salt2)) == (8, 16)
    assert isinstance(password.new_secure_algo, api.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000)
    assert password.new_secure_algo.salt
    assert len(password.secure_random) == 256
    again = alice.call(api.account.GetPassword())
    assert again.new_algo == algo
    assert again.secure_random != password.secure_random


def test_srp_group_is_the_known_one() -> None:
    value = int.from_bytes(SRP_P, "big")
    assert value.bit_length() == 2048
    assert gmpy2.is_prime(value)
    assert gmpy2.is_prime((value - 1) // 2)
    # 3 generates the group of quadratic residues: p mod 3 = 2.
    assert value % 3 == 2


def test_auto_download(alice: Client, fails: Fails) -> None:
    presets = alice.call(api.account.GetAutoDownloadSettings())
    assert presets.low.file_size_max <= presets.medium.file_size_max <= presets.high.file_size_max
    for flags, name in (({"low": True}, "low"), ({}, "medium"), ({"high": True}, "high")):
        changed = api.AutoDownloadSettings(
            photo_size_max=1,
            video_size_max=2,
            file_size_max=len(name),
            video_upload_maxbitrate=4,
            small_queue_active_operations_max=5,
            large_queue_active_operations_max=6,
        )
        assert alice.call(api.account.SaveAutoDownloadSettings(settings=changed, **flags)) is True
        assert getattr(alice.device().call(api.account.GetAutoDownloadSettings()), name) == changed
    both = api.account.SaveAutoDownloadSettings(settings=presets.low, low=True, high=True)
    fails("SETTINGS_INVALID", alice, both)
    presets.low.file_size_max = -1
    fails("SETTINGS_INVALID", alice, api.account.SaveAutoDownloadSettings(settings=presets.low))


def test_auto_save(alice: Client, bob: Client, fails: Fails) -> None:
    before = alice.call(api.account.GetAutoSaveSettings())
    assert before.users_settings == api.AutoSaveSettings()
    changed = api.AutoSaveSettings(photos=True, video_max_size=5)
    assert alice.call(api.account.SaveAutoSaveSettings(users=True, settings=changed)) is True
    after = alice.call(api.account.GetAutoSaveSettings())
    assert (after.users_settings, after.chats_settings) == (changed, api.AutoSaveSettings())
    one = api.account.SaveAutoSaveSettings(peer=alice.peer(bob), settings=changed)
    fails("PEER_ID_INVALID", alice, one)
    fails("SETTINGS_INVALID", alice, api.account.SaveAutoSaveSettings(settings=changed))
    fails("SETTINGS_INVALID", alice, api.account.SaveAutoSaveSettings(users=True, chats=True, settings=changed))
