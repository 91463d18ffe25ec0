"""Changing notification settings, and telling the user's other devices.

https://core.telegram.org/api/push-updates#notification-settings. Reading them is in `layers.domain.notify`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain.notify import peer_notify_settings, peer_scope, scoped_settings
from layers.domain.peers import access_peer, is_user, peer_of
from layers.errors import bad_request
from layers.push import push_updates
from layers.schema import notify_settings
from tl import api

_SCOPES: Final[dict[type[Any], str]] = {
    api.InputNotifyUsers: "users",
    api.InputNotifyChats: "chats",
    api.InputNotifyBroadcasts: "broadcasts",
}
_NOTIFY_PEERS: Final[dict[str, type[Any]]] = {
    "users": api.NotifyUsers,
    "chats": api.NotifyChats,
    "broadcasts": api.NotifyBroadcasts,
}
_SOUND_TEXT_LENGTH: Final = 256
_EXCEPTIONS_LISTED: Final = 1000


def default_settings() -> api.PeerNotifySettings:
    """Settings of a kind of chats that the user never changed: everything is shown and heard."""
    sound = api.NotificationSoundDefault()
    return api.PeerNotifySettings(
        show_previews=True,
        silent=False,
        mute_until=0,
        ios_sound=sound,
        android_sound=sound,
        other_sound=sound,
        stories_muted=False,
        stories_hide_sender=False,
        stories_ios_sound=sound,
        stories_android_sound=sound,
        stories_other_sound=sound,
    )


def read(ctx: Context, peer: api.TypeInputNotifyPeer) -> api.PeerNotifySettings:
    """The caller's settings for a kind of chats, or for a peer (empty: it follows the default of its kind)."""
    scope, peer_key = _target(ctx, peer)
    if peer_key is not None:
        return peer_notify_settings(ctx, ctx.user_id, peer_key)
    return scoped_settings(ctx, ctx.user_id, [scope]).get(scope) or default_settings()


def change(ctx: Context, peer: api.TypeInputNotifyPeer, settings: api.InputPeerNotifySettings) -> None:
    """Replace the settings; a peer whose settings are all absent follows the default again. SETTINGS_INVALID."""
    scope, peer_key = _target(ctx, peer)
    stored = _stored_form(settings)
    if peer_key is not None and stored == api.PeerNotifySettings():
        ctx.db.execute(
            sa.delete(notify_settings).where(
                notify_settings.c.owner_id == ctx.user_id, notify_settings.c.scope == scope
            )
        )
    else:
        row = {"owner_id": ctx.user_id, "scope": scope, "settings": tl.encode(stored)}
        upsert(ctx.db, notify_settings, row, update=["settings"])
    _push(ctx, [_update(scope, peer_key, stored)])


def reset(ctx: Context) -> None:
    """Forget every setting of the caller."""
    ctx.db.execute(sa.delete(notify_settings).where(notify_settings.c.owner_id == ctx.user_id))
    _push(ctx, [_update(scope, None, default_settings()) for scope in _NOTIFY_PEERS])


def exceptions(
    ctx: Context, peer: api.TypeInputNotifyPeer | None, *, compare_sound: bool, compare_stories: bool
) -> list[tuple[int, api.UpdateNotifySettings]]:
    """(peer key, update) of peers with settings of their own.

    ``peer`` narrows them to a kind of chats or one peer; ``compare_sound`` and ``compare_stories`` to those whose
    sound, or whose settings for stories, differ from the default of their kind.
    """
    only_scope, only_peer = (None, None) if peer is None else _target(ctx, peer)
    rows = ctx.db.rows(
        sa.select(notify_settings)
        .where(
            notify_settings.c.owner_id == ctx.user_id,
            notify_settings.c.scope >= "peer:",
            notify_settings.c.scope < "peer;",
        )
        .order_by(notify_settings.c.scope)
        .limit(_EXCEPTIONS_LISTED)
    )
    defaults = scoped_settings(ctx, ctx.user_id, _NOTIFY_PEERS) if compare_sound or compare_stories else {}
    found = []
    for row in rows:
        peer_key = int(row.scope.removeprefix("peer:"))
        kind = _kind(peer_key)
        if (only_peer is not None and peer_key != only_peer) or (only_peer is None and only_scope not in {None, kind}):
            continue
        settings = cast("api.PeerNotifySettings", tl.decode(row.settings))
        default = defaults.get(kind) or default_settings()
        if compare_sound and not _differs(settings, default, ("ios_sound", "android_sound", "other_sound")):
            continue
        if compare_stories and not _differs(settings, default, ("stories_muted", "stories_hide_sender")):
            continue
        found.append((peer_key, _update(row.scope, peer_key, settings)))
    return found


def _target(ctx: Context, peer: api.TypeInputNotifyPeer) -> tuple[str, int | None]:
    """(scope, peer key or None) of what a client names; 400 PEER_ID_INVALID and the gate's errors."""
    if isinstance(peer, api.InputNotifyPeer):
        peer_key = access_peer(ctx, peer.peer)
        return peer_scope(peer_key), peer_key
    if isinstance(peer, api.InputNotifyForumTopic):
        access_peer(ctx, peer.peer)
        raise bad_request("MSG_ID_INVALID")
    scope = _SCOPES.get(type(peer))
    if scope is None:
        raise bad_request("PEER_ID_INVALID")
    return scope, None


def _kind(peer_key: int) -> str:
    return "users" if is_user(peer_key) else "chats"


def _stored_form(settings: api.InputPeerNotifySettings) -> api.PeerNotifySettings:
    """One sound for every platform: a client says what it plays, and shows it on each of its devices."""
    if settings.mute_until is not None and settings.mute_until < 0:
        raise bad_request("SETTINGS_INVALID")
    sound, stories_sound = _checked_sound(settings.sound), _checked_sound(settings.stories_sound)
    return api.PeerNotifySettings(
        show_previews=settings.show_previews,
        silent=settings.silent,
        mute_until=settings.mute_until,
        ios_sound=sound,
        android_sound=sound,
        other_sound=sound,
        stories_muted=settings.stories_muted,
        stories_hide_sender=settings.stories_hide_sender,
        stories_ios_sound=stories_sound,
        stories_android_sound=stories_sound,
        stories_other_sound=stories_sound,
    )


def _checked_sound(sound: api.TypeNotificationSound | None) -> api.TypeNotificationSound | None:
    if isinstance(sound, api.NotificationSoundLocal) and max(len(sound.title), len(sound.data)) > _SOUND_TEXT_LENGTH:
        raise bad_request("SETTINGS_INVALID")
    return sound


def _differs(settings: api.PeerNotifySettings, default: api.PeerNotifySettings, names: Iterable[str]) -> bool:
    return any(
        getattr(settings, name) is not None and getattr(settings, name) != getattr(default, name) for name in names
    )


def _update(scope: str, peer_key: int | None, settings: api.PeerNotifySettings) -> api.UpdateNotifySettings:
    peer = _NOTIFY_PEERS[scope]() if peer_key is None else api.NotifyPeer(peer=peer_of(peer_key))
    return api.UpdateNotifySettings(peer=peer, notify_settings=settings)


def _push(ctx: Context, updates: list[api.UpdateNotifySettings]) -> None:
    push_updates(ctx, ctx.user_id, api.Updates(updates=list(updates), users=[], chats=[], date=ctx.now, seq=0))
