"""Pushes: from a committed change to the sessions that are online now.

https://core.telegram.org/api/updates. A push is published on the channel of each node that holds sessions of the user
(the cache's hash ``sessions:<user_id>``: node → `SessionLease`). Losing one costs latency: the client sees the gap in
pts and calls updates.getDifference.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import tl
from layers import tracing
from layers.cache import Cache, CacheUnavailable
from layers.channel_push import (
    KIND_CHANNEL,
    KIND_MEMBERSHIP,
    ChannelPush,
    MembershipChanged,
    channel_topic,
    unpack_channel_push,
    unpack_membership,
)
from layers.context import Context
from tl import TLObject

SESSION_LEASE_S: Final = 120
"""A node renews its lease on a user's sessions well within this time."""

_HEADER: Final = struct.Struct("<BqiiqqqH")
"""The last field is the length of what follows the header: the push's `tracing.Origin`."""

_COMMITTED: Final = struct.Struct("<q")
_KIND_UPDATES: Final = 1
_KIND_AUTH_KEY_CHANGED: Final = 2
_KIND_SESSION_CLAIMED: Final = 3


@dataclass(frozen=True, slots=True)
class Push:
    """What travels to a node.

    ``updates`` is an Updates object in the canonical layer; ``pts`` the state of the user's box after it (0: it has no
    place in the sequence) and ``pts_count`` what it advances; empty ``updates`` only advance it. It goes to all
    sessions of the user but the one of (``except_auth_key_id``, ``except_session_id``), or only to those of the device
    ``only_auth_key_id`` when that is not 0: ``pts`` is the device's qts then, and ``user_id`` 0 for a key that is not
    signed in. ``origin`` is the change it tells of.
    """

    user_id: int
    updates: bytes
    pts: int = 0
    pts_count: int = 0
    except_auth_key_id: int = 0
    except_session_id: int = 0
    only_auth_key_id: int = 0
    origin: tracing.Origin = tracing.NOWHERE

    def pack(self) -> bytes:
        """Bytes for the node's channel."""
        origin = _COMMITTED.pack(self.origin.at_ms) + self.origin.traceparent.encode()
        header = _HEADER.pack(
            _KIND_UPDATES,
            self.user_id,
            self.pts,
            self.pts_count,
            self.except_auth_key_id,
            self.except_session_id,
            self.only_auth_key_id,
            len(origin),
        )
        return header + origin + self.updates


@dataclass(frozen=True, slots=True)
class AuthKeyChanged:
    """A key was signed in or out, or destroyed: nodes forget what they cached of it."""

    auth_key_id: int

    def pack(self) -> bytes:
        """Bytes for the nodes' common channel."""
        return _HEADER.pack(_KIND_AUTH_KEY_CHANGED, self.auth_key_id, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SessionClaimed:
    """A session lives on ``node_id`` now: any other node that held it lets it go."""

    auth_key_id: int
    session_id: int
    node_id: str

    def pack(self) -> bytes:
        """Bytes for the nodes' common channel."""
        return (
            _HEADER.pack(_KIND_SESSION_CLAIMED, self.auth_key_id, 0, 0, self.session_id, 0, 0, 0)
            + self.node_id.encode()
        )


def unpack(data: bytes) -> Push | ChannelPush | MembershipChanged | AuthKeyChanged | SessionClaimed:
    """Inverse of the ``pack`` methods."""
    if data[0] == KIND_CHANNEL:
        return unpack_channel_push(data)
    if data[0] == KIND_MEMBERSHIP:
        return unpack_membership(data)
    kind, first, pts, pts_count, except_key, except_session, only_key, length = _HEADER.unpack_from(data)
    if kind == _KIND_AUTH_KEY_CHANGED:
        return AuthKeyChanged(first)
    if kind == _KIND_SESSION_CLAIMED:
        return SessionClaimed(first, except_key, data[_HEADER.size :].decode())
    end = _HEADER.size + length
    origin = tracing.NOWHERE
    if length:
        (at_ms,) = _COMMITTED.unpack_from(data, _HEADER.size)
        origin = tracing.Origin(data[_HEADER.size + _COMMITTED.size : end].decode(), at_ms)
    return Push(first, data[end:], pts, pts_count, except_key, except_session, only_key, origin)


ALL_NODES: Final = "nodes"
"""The channel every node listens to."""


def node_channel(node_id: str) -> str:
    """The channel of one node."""
    return f"node:{node_id}"


def sessions_key(user_id: int) -> str:
    """The cache's hash of nodes that hold sessions of the user."""
    return f"sessions:{user_id}"


@dataclass(frozen=True, slots=True)
class SessionLease:
    """A node's word that it holds ``count`` sessions of a user; void after ``expires``."""

    expires: int
    count: int

    def pack(self) -> bytes:
        """The hash field's value."""
        return b"%d:%d" % (self.expires, self.count)

    @classmethod
    def unpack(cls, value: bytes) -> SessionLease:
        """Inverse of `pack`."""
        expires, _, count = value.partition(b":")
        return cls(int(expires), int(count))


def _leases(cache: Cache, user_id: int, now: int) -> dict[str, SessionLease]:
    try:
        fields = cache.hgetall(sessions_key(user_id))
    except CacheUnavailable:
        cache.tell_of_loss()
        raise
    leases = {node: SessionLease.unpack(value) for node, value in fields.items()}
    return {node: lease for node, lease in leases.items() if lease.expires >= now and lease.count > 0}


def online_sessions(ctx: Context, user_id: int) -> int:
    """How many sessions of the user are connected now, the calling one not counted.

    None while the cache is away: nobody can be pushed anything then, and all catch up when it is back.
    """
    try:
        count = sum(lease.count for lease in _leases(ctx.cache, user_id, ctx.now).values())
    except CacheUnavailable:
        return 0
    caller = ctx.caller
    # A job that acts for an account comes from none of its sessions.
    is_caller = caller is not None and caller.user_id == user_id and caller.session_id != 0
    return count - 1 if is_caller else count


def push_updates(
    ctx: Context,
    user_id: int,
    updates: TLObject,
    *,
    pts: int = 0,
    pts_count: int = 0,
    to_own_session: bool = False,
    only_auth_key_id: int = 0,
) -> None:
    """Send ``updates`` to the user's online sessions once the call has committed.

    The session that made the call is left out (its answer holds the same updates) unless ``to_own_session``.
    ``only_auth_key_id``: to the sessions of this one device.
    """
    caller = None if to_own_session else ctx.caller
    push = Push(
        user_id,
        tl.encode(updates),
        pts,
        pts_count,
        caller.auth_key_id if caller else 0,
        caller.session_id if caller else 0,
        only_auth_key_id,
        tracing.origin(),
    )
    ctx.after_commit(lambda: publish(ctx.cache, push, ctx.now))


def push_advance(ctx: Context, user_id: int, pts: int, pts_count: int) -> None:
    """Tell the nodes that the box advanced by changes nobody but the caller needs to see."""
    push = Push(user_id, b"", pts, pts_count)
    ctx.after_commit(lambda: publish(ctx.cache, push, ctx.now))


def push_to_key(ctx: Context, auth_key_id: int, updates: TLObject) -> None:
    """Send updates to the sessions of a key that is not signed in (updateLoginToken and the like)."""
    push = Push(0, tl.encode(updates), only_auth_key_id=auth_key_id, origin=tracing.origin())
    _publish_to_all(ctx, push)


def publish(cache: Cache, push: Push, now: int) -> None:
    """Hand a push to each node that holds sessions of its user; called when its change has just been committed."""
    if push.origin.traceparent and not push.origin.at_ms:
        push = replace(push, origin=replace(push.origin, at_ms=tracing.now_ms()))
    packed = push.pack()
    for node_id in _leases(cache, push.user_id, now):
        cache.publish(node_channel(node_id), packed)


def push_to_channel(ctx: Context, push: ChannelPush) -> None:
    """Hand a channel's push to the nodes that hold members of it, once the call has committed: one publication."""
    packed = push.pack()
    ctx.after_commit(lambda: _publish_topic(ctx.cache, channel_topic(push.channel_key), packed))


def _publish_topic(cache: Cache, topic: str, packed: bytes) -> None:
    cache.publish(topic, packed)


def announce_membership(ctx: Context, user_id: int, channel_key: int, *, is_member: bool) -> None:
    """Tell the nodes that hold the user's sessions, after the commit, that he joined or is out of a channel."""
    packed = MembershipChanged(user_id, channel_key, is_member).pack()

    def send() -> None:
        for node_id in _leases(ctx.cache, user_id, ctx.now):
            ctx.cache.publish(node_channel(node_id), packed)

    ctx.after_commit(send)


def online_users(cache: Cache, user_ids: Iterable[int], now: int) -> list[int]:
    """Those of the users who hold a session on some node now; none while the cache is away."""
    try:
        return [user_id for user_id in user_ids if _leases(cache, user_id, now)]
    except CacheUnavailable:
        return []


def announce_auth_key(ctx: Context, auth_key_id: int) -> None:
    """Tell every node, after the commit, that the key's sign-in state changed."""
    if ctx.caller is not None and ctx.caller.auth_key_id == auth_key_id:
        ctx.auth_changed = True
    _publish_to_all(ctx, AuthKeyChanged(auth_key_id))


def _publish_to_all(ctx: Context, message: Push | AuthKeyChanged) -> None:
    packed = message.pack()

    def send() -> None:
        ctx.cache.publish(ALL_NODES, packed)

    ctx.after_commit(send)
