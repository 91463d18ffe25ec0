"""Automatic download and saving of media: settings that a user's devices share.

https://core.telegram.org/api/config#automatic-media-download
"""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain.account_settings import Setting, read_settings, write_setting
from layers.domain.peers import access_peer
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(60, 60)
_MAX_SIZE: Final = 4 * 2**30
_LEVELS: Final = (Setting.AUTO_DOWNLOAD_LOW, Setting.AUTO_DOWNLOAD_MEDIUM, Setting.AUTO_DOWNLOAD_HIGH)
_KINDS: Final = (Setting.AUTO_SAVE_USERS, Setting.AUTO_SAVE_CHATS, Setting.AUTO_SAVE_BROADCASTS)


@function(api.account.GetAutoDownloadSettings)
def get_auto_download_settings(
    ctx: Context, request: api.account.GetAutoDownloadSettings
) -> api.account.AutoDownloadSettings:
    """The three presets, as the user changed them."""
    stored = read_settings(ctx, ctx.user_id, *_LEVELS)
    return api.account.AutoDownloadSettings(
        low=stored.get(Setting.AUTO_DOWNLOAD_LOW) or _preset(photo=512 * 1024, video=0, file=0, bitrate=50),
        medium=stored.get(Setting.AUTO_DOWNLOAD_MEDIUM) or _preset(photo=2**20, video=10 * 2**20, file=2**20),
        high=stored.get(Setting.AUTO_DOWNLOAD_HIGH) or _preset(photo=2**20, video=15 * 2**20, file=3 * 2**20),
    )


@function(api.account.SaveAutoDownloadSettings, writes=True, flood=_FLOOD)
def save_auto_download_settings(ctx: Context, request: api.account.SaveAutoDownloadSettings) -> bool:
    """Change one preset: ``low``, ``high``, or neither for the one between."""
    if request.low and request.high:
        raise bad_request("SETTINGS_INVALID")
    settings = request.settings
    sizes = (settings.photo_size_max, settings.video_size_max, settings.file_size_max)
    if not all(0 <= size <= _MAX_SIZE for size in sizes):
        raise bad_request("SETTINGS_INVALID")
    level = Setting.AUTO_DOWNLOAD_LOW if request.low else Setting.AUTO_DOWNLOAD_MEDIUM
    write_setting(ctx, Setting.AUTO_DOWNLOAD_HIGH if request.high else level, settings)
    return True


@function(api.account.GetAutoSaveSettings, partial="no exceptions for single peers")
def get_auto_save_settings(ctx: Context, request: api.account.GetAutoSaveSettings) -> api.account.AutoSaveSettings:
    """What is saved to the gallery, by kind of chat."""
    stored: dict[Setting, Any] = read_settings(ctx, ctx.user_id, *_KINDS)
    nothing = api.AutoSaveSettings()
    return api.account.AutoSaveSettings(
        users_settings=stored.get(Setting.AUTO_SAVE_USERS) or nothing,
        chats_settings=stored.get(Setting.AUTO_SAVE_CHATS) or nothing,
        broadcasts_settings=stored.get(Setting.AUTO_SAVE_BROADCASTS) or nothing,
        exceptions=[],
        chats=[],
        users=[],
    )


@function(
    api.account.SaveAutoSaveSettings, writes=True, flood=_FLOOD, partial="no exceptions for single peers: refused"
)
def save_auto_save_settings(ctx: Context, request: api.account.SaveAutoSaveSettings) -> bool:
    """Change it for one kind of chat."""
    flags = (request.users, request.chats, request.broadcasts)
    named = [kind for kind, is_named in zip(_KINDS, flags, strict=True) if is_named]
    if request.peer is not None:
        access_peer(ctx, request.peer)
        raise bad_request("PEER_ID_INVALID")
    if len(named) != 1 or not 0 <= (request.settings.video_max_size or 0) <= _MAX_SIZE:
        raise bad_request("SETTINGS_INVALID")
    write_setting(ctx, named[0], request.settings)
    return True


def _preset(*, photo: int, video: int, file: int, bitrate: int = 100) -> api.AutoDownloadSettings:
    return api.AutoDownloadSettings(
        video_preload_large=video > 0,
        audio_preload_next=video > 0,
        phonecalls_less_data=video == 0,
        stories_preload=video > 0,
        photo_size_max=photo,
        video_size_max=video,
        file_size_max=file,
        video_upload_maxbitrate=bitrate,
        small_queue_active_operations_max=5,
        large_queue_active_operations_max=2,
    )
