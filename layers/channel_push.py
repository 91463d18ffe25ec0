"""Pushes of channels: one publication for a change, whatever the number of members.

https://core.telegram.org/api/channel. A node listens to the cache's channel ``channel:<key>`` of each supergroup or
broadcast channel that some user online there has joined (`connection_tier.server.channels`). What is published shows
nobody's own view: ``marks`` says for whom a message is outgoing or mentions him, users and chats come in their ``min``
form. A push that is lost costs latency: clients see the gap in the channel's pts and call updates.getChannelDifference.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import tl

KIND_CHANNEL: Final = 4
KIND_MEMBERSHIP: Final = 5
_HEADER: Final = struct.Struct("<BqiiqqH")
_MARK: Final = struct.Struct("<qiB")
_MEMBERSHIP: Final = struct.Struct("<Bqq?")

MARKS_MAX: Final = 1000
"""More people than these are not told of their mention by the push itself, but by the next difference."""

OUT: Final = 1
MENTIONED: Final = 2
UNSEEN: Final = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """How a message looks to one user: `OUT`, `MENTIONED`, the mention `UNSEEN`."""

    user_id: int
    message_id: int
    flags: int


@dataclass(frozen=True, slots=True)
class ChannelPush:
    """What travels to the nodes that hold members of a channel.

    ``updates`` is an Updates object in the canonical layer; ``pts`` the channel's state after it (0: it has no place in
    the sequence). It goes to every member online but the session of (``except_auth_key_id``, ``except_session_id``).
    """

    channel_key: int
    updates: bytes
    pts: int = 0
    pts_count: int = 0
    except_auth_key_id: int = 0
    except_session_id: int = 0
    marks: tuple[Mark, ...] = ()

    def pack(self) -> bytes:
        """Bytes for the channel's topic."""
        marks = self.marks[:MARKS_MAX]
        header = _HEADER.pack(
            KIND_CHANNEL,
            self.channel_key,
            self.pts,
            self.pts_count,
            self.except_auth_key_id,
            self.except_session_id,
            len(marks),
        )
        packed = b"".join(_MARK.pack(mark.user_id, mark.message_id, mark.flags) for mark in marks)
        return header + packed + self.updates

    @property
    def marked_users(self) -> dict[int, dict[int, int]]:
        """Users with a view of their own → message id → flags."""
        found: dict[int, dict[int, int]] = {}
        for mark in self.marks:
            messages = found.setdefault(mark.user_id, {})
            messages[mark.message_id] = messages.get(mark.message_id, 0) | mark.flags
        return found


@dataclass(frozen=True, slots=True)
class MembershipChanged:
    """A user joined a channel or is no longer in it: the nodes that hold his sessions begin or stop to listen."""

    user_id: int
    channel_key: int
    is_member: bool

    def pack(self) -> bytes:
        """Bytes for a node's channel."""
        return _MEMBERSHIP.pack(KIND_MEMBERSHIP, self.user_id, self.channel_key, self.is_member)


def unpack_channel_push(data: bytes) -> ChannelPush:
    """Inverse of `ChannelPush.pack`."""
    _, key, pts, pts_count, except_key, except_session, count = _HEADER.unpack_from(data)
    end = _HEADER.size + count * _MARK.size
    marks = tuple(Mark(*values) for values in _MARK.iter_unpack(data[_HEADER.size : end]))
    return ChannelPush(key, data[end:], pts, pts_count, except_key, except_session, marks)


def unpack_membership(data: bytes) -> MembershipChanged:
    """Inverse of `MembershipChanged.pack`."""
    _, user_id, channel_key, is_member = _MEMBERSHIP.unpack(data)
    return MembershipChanged(user_id, channel_key, is_member)


def channel_topic(channel_key: int) -> str:
    """The cache's channel on which a channel's pushes travel."""
    return f"channel:{channel_key}"


def personal(updates: bytes, flags: dict[int, int]) -> Any:
    """The pushed Updates as a user with ``flags`` (message id → flags) of his own sees them."""
    container: Any = tl.decode(updates)
    for message in _messages(container.updates):
        own = flags.get(message.id, 0)
        if own & OUT:
            message.out = True
        if own & MENTIONED:
            message.mentioned = True
            message.media_unread = bool(own & UNSEEN)
    return container


def _messages(updates: Iterable[Any]) -> Iterable[Any]:
    for update in updates:
        message = getattr(update, "message", None)
        if message is not None and hasattr(message, "out"):
            yield message
