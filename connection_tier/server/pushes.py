"""From the node's push channel to the sessions, in pts order.

https://core.telegram.org/api/updates. Pushes of one user may arrive out of order (they are published by different
workers); one that is ahead waits briefly for those before it. An update is encoded once per layer among its receivers.

Secret messages are ordered by the qts of the one device that they are for, in the same way.

A channel's pushes have an order of their own and go to the members online here; only for those whom a message mentions
or who wrote it (`layers.channel_push.Mark`) it is encoded apart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

import tl
from connection_tier.server.channels import ChannelInterest
from connection_tier.server.sessions import SessionHandle, SessionTable
from layers.channel_push import ChannelPush, personal
from layers.domain.peers import bare_id
from layers.push import Push
from layers.telemetry import get_logger
from tl import api

_HOLD_S: Final = 0.15
"""A push that is ahead of its turn waits this long; clients themselves wait half a second."""

_HELD_MAX: Final = 200
_STREAMS_MAX: Final = 100_000

logger = get_logger("pushes")


class _Stream:
    """The order of one user's or one channel's pushes: the pts reached, and what waits for its turn."""

    __slots__ = ("held", "pts", "timer")

    def __init__(self) -> None:
        self.pts = 0
        self.held: list[Push | ChannelPush] = []
        self.timer: asyncio.TimerHandle | None = None


class PushHub:
    """Delivers pushes to the sessions of this node."""

    def __init__(self, sessions: SessionTable, channels: ChannelInterest | None = None) -> None:
        self._sessions = sessions
        self._channels = channels
        self._streams: dict[int, _Stream] = {}

    @property
    def held(self) -> int:
        """Pushes that wait for those before them."""
        return sum(len(stream.held) for stream in self._streams.values() if stream.held)

    def receive(self, push: Push | ChannelPush) -> None:
        """Take a push from the channel."""
        if not push.pts:
            self._deliver(push)
            return
        # Keys of channels are negative: they share the table with user ids.
        owner, anyone = self._owner(push)
        if not anyone:
            self._streams.pop(owner, None)
            return
        stream = self._streams.get(owner)
        if stream is None:
            if len(self._streams) >= _STREAMS_MAX:
                self._streams.clear()
            stream = self._streams[owner] = _Stream()
        before = push.pts - push.pts_count
        if not stream.pts or before == stream.pts or len(stream.held) >= _HELD_MAX:
            self._advance(stream, push)
            self._release_ready(stream)
        elif before < stream.pts:
            # Overlaps what was delivered: the client skips what it has.
            self._deliver(push)
        else:
            stream.held.append(push)
            if stream.timer is None:
                loop = asyncio.get_running_loop()
                stream.timer = loop.call_later(_HOLD_S, self._release_all, stream)

    def _owner(self, push: Push | ChannelPush) -> tuple[int, bool]:
        """Whose order the push belongs to (an account's, a device's, a channel's), and whether anybody receives it."""
        if isinstance(push, Push):
            # A device's sequence (qts) stands in the same table: a key's id is no user's and no channel's.
            return push.only_auth_key_id or push.user_id, bool(self._receivers(push))
        return push.channel_key, self._channels is not None and bool(self._channels.users_of(push.channel_key))

    def tell_channel_too_long(self, user_id: int, channel_key: int, now: int) -> None:
        """Make a user's clients fetch a channel's difference: pushes of it may have been lost."""
        update = api.UpdateShort(update=api.UpdateChannelTooLong(channel_id=bare_id(channel_key)), date=now)
        self._deliver(Push(user_id, tl.encode(update)))

    def resync(self) -> None:
        """Messages on the channel may have been lost: every client fetches its difference, which names channels."""
        for stream in self._streams.values():
            stream.pts = 0
        for handle in self._sessions.all_receiving():
            self.tell_too_long(handle)

    @staticmethod
    def tell_too_long(handle: SessionHandle) -> None:
        """Make one client fetch its difference."""
        if handle.is_receiving:
            handle.push(tl.encode(api.UpdatesTooLong(), handle.key.record.layer or tl.LAYER))

    def _advance(self, stream: _Stream, push: Push | ChannelPush) -> None:
        stream.pts = max(stream.pts, push.pts)
        self._deliver(push)

    def _release_ready(self, stream: _Stream) -> None:
        stream.held.sort(key=lambda push: push.pts)
        while stream.held and stream.held[0].pts - stream.held[0].pts_count <= stream.pts:
            self._advance(stream, stream.held.pop(0))
        if not stream.held and stream.timer is not None:
            stream.timer.cancel()
            stream.timer = None

    def _release_all(self, stream: _Stream) -> None:
        stream.timer = None
        held, stream.held = sorted(stream.held, key=lambda push: push.pts), []
        for push in held:
            self._advance(stream, push)

    def _deliver(self, push: Push | ChannelPush) -> None:
        if not push.updates:
            return
        if isinstance(push, ChannelPush):
            self._deliver_to_members(push)
            return
        by_layer: dict[int, bytes] = {tl.LAYER: push.updates}
        for handle in self._receivers(push):
            layer = handle.key.record.layer or tl.LAYER
            body = by_layer.get(layer)
            if body is None:
                body = by_layer[layer] = tl.encode(tl.decode(push.updates), layer)
            handle.push(body, push.origin)

    def _deliver_to_members(self, push: ChannelPush) -> None:
        if self._channels is None:
            return
        common: dict[int, bytes] = {tl.LAYER: push.updates}
        marked = push.marked_users
        for user_id in self._channels.users_of(push.channel_key):
            flags = marked.get(user_id)
            bodies = common if flags is None else {tl.LAYER: tl.encode(personal(push.updates, flags))}
            for handle in self._sessions.receiving(user_id):
                if _is_origin(handle, push):
                    continue
                layer = handle.key.record.layer or tl.LAYER
                body = bodies.get(layer)
                if body is None:
                    body = bodies[layer] = tl.encode(tl.decode(bodies[tl.LAYER]), layer)
                handle.push(body)

    def _receivers(self, push: Push) -> Sequence[SessionHandle]:
        if not push.only_auth_key_id:
            return [handle for handle in self._sessions.receiving(push.user_id) if not _is_origin(handle, push)]
        if not push.user_id:
            return self._sessions.of_account_key(push.only_auth_key_id)
        receiving = self._sessions.receiving(push.user_id)
        return [handle for handle in receiving if handle.key.record.account_key_id == push.only_auth_key_id]


def _is_origin(handle: SessionHandle, push: Push | ChannelPush) -> bool:
    return (
        handle.session.session_id == push.except_session_id
        and handle.key.record.account_key_id == push.except_auth_key_id
    )
