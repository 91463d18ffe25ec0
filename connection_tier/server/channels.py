"""Which users online at this node are in which channels.

https://core.telegram.org/api/channel. The node listens to the topic of each channel that somebody here has joined, so a
post costs one publication and each node picks its own receivers. The channels of a user are read once, when the first
of his sessions begins to receive updates; joins and leaves are told to the node (`layers.channel_push`).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final, Protocol

from connection_tier.server.sessions import SessionTable
from layers.cache import CacheUnavailable
from layers.channel_push import channel_topic
from layers.database import is_outage
from layers.telemetry import get_logger

_READ_DEADLINE_S: Final = 10

logger = get_logger("channels")


class Topics(Protocol):
    """The node's subscription."""

    async def subscribe(self, *channels: str) -> None:
        """Later publications on these arrive."""

    async def unsubscribe(self, *channels: str) -> None:
        """They no longer do."""


class ChannelInterest:
    """Users of this node by channel and channels by user."""

    def __init__(self, sessions: SessionTable, read_channels: Callable[[int], Awaitable[Sequence[int]]]) -> None:
        self._sessions = sessions
        self._read_channels = read_channels
        self._topics: Topics | None = None
        self._channels: dict[int, set[int]] = {}
        self._users: defaultdict[int, set[int]] = defaultdict(set)
        self._reading: dict[int, asyncio.Task[None]] = {}
        self._changed_meanwhile: dict[int, dict[int, bool]] = {}

    def listen_through(self, topics: Topics) -> None:
        """The subscription is there."""
        self._topics = topics

    def follows(self, user_id: int) -> bool:
        """The user's channels are known."""
        return user_id in self._channels

    def users_of(self, channel_key: int) -> Iterable[int]:
        """Users of this node who are in the channel."""
        return tuple(self._users.get(channel_key, ()))

    @property
    def channels(self) -> Iterable[int]:
        """Channels that somebody here has joined."""
        return tuple(self._users)

    async def follow(self, user_id: int) -> None:
        """Read the user's channels and listen to them, before anything is answered: no push is missed after it.

        While the database or the cache is away he is not followed; his next request tries again.
        """
        if user_id in self._channels:
            return
        task = self._reading.get(user_id)
        if task is None:
            task = self._reading[user_id] = asyncio.create_task(self._follow(user_id))
            task.add_done_callback(lambda _: self._reading.pop(user_id, None))
        await asyncio.shield(task)

    async def _follow(self, user_id: int) -> None:
        changes = self._changed_meanwhile[user_id] = {}
        try:
            async with asyncio.timeout(_READ_DEADLINE_S):
                channels = set(await self._read_channels(user_id))
        except Exception as error:
            if not is_outage(error) and not isinstance(error, TimeoutError):
                raise
            logger.warning("channels not read", user_id=user_id, reason=type(error).__name__)
            return
        finally:
            self._changed_meanwhile.pop(user_id, None)
        for channel_key, is_member in changes.items():
            (channels.add if is_member else channels.discard)(channel_key)
        self._channels[user_id] = channels
        await self._listen([channel_key for channel_key in channels if self._add(channel_key, user_id)])

    async def change(self, user_id: int, channel_key: int, *, is_member: bool) -> None:
        """The user joined a channel or is no longer in it."""
        if (changes := self._changed_meanwhile.get(user_id)) is not None:
            changes[channel_key] = is_member
        channels = self._channels.get(user_id)
        if channels is None:
            return
        if is_member:
            channels.add(channel_key)
            await self._listen([channel_key] if self._add(channel_key, user_id) else [])
        else:
            self.forget(user_id, channel_key)
            await self._unlisten([channel_key])

    def forget(self, user_id: int, channel_key: int) -> None:
        """Give the user nothing more of a channel, from this moment on."""
        channels = self._channels.get(user_id)
        if channels is not None and channel_key in channels:
            channels.discard(channel_key)
            self._drop(channel_key, user_id)

    async def expire(self) -> None:
        """Forget users who have no session here any more."""
        gone = [user_id for user_id in self._channels if not self._sessions.receiving(user_id)]
        unused = [
            channel_key
            for user_id in gone
            for channel_key in self._channels.pop(user_id)
            if self._drop(channel_key, user_id)
        ]
        await self._unlisten(unused)

    def _add(self, channel_key: int, user_id: int) -> bool:
        """True when this user is the first one here."""
        users = self._users[channel_key]
        users.add(user_id)
        return len(users) == 1

    def _drop(self, channel_key: int, user_id: int) -> bool:
        """True when this user was the last one here."""
        users = self._users.get(channel_key)
        if users is None:
            return False
        users.discard(user_id)
        if users:
            return False
        del self._users[channel_key]
        return True

    async def _listen(self, channel_keys: Sequence[int]) -> None:
        if not channel_keys or self._topics is None:
            return
        try:
            await self._topics.subscribe(*map(channel_topic, channel_keys))
        except CacheUnavailable:
            # They stay wanted: the subscription is made anew on reconnection, and RESYNC makes up for what was lost.
            logger.warning("topics of channels not confirmed", count=len(channel_keys))

    async def _unlisten(self, channel_keys: Sequence[int]) -> None:
        unused = [channel_key for channel_key in channel_keys if channel_key not in self._users]
        if unused and self._topics is not None:
            try:
                await self._topics.unsubscribe(*map(channel_topic, unused))
            except CacheUnavailable:
                logger.warning("topics of channels are left to the reconnection", count=len(unused))
