"""The sessions of a node and the leases that say where a user is online.

A session outlives its connection for a while: answers and pushes wait for the client to come back.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Protocol

from connection_tier.server.keys import KeyEntry
from connection_tier.session import Session
from layers import measures, tracing
from layers.cache import AsyncCache, CacheUnavailable
from layers.clock import Clock
from layers.push import SESSION_LEASE_S, SessionLease, sessions_key
from layers.telemetry import get_logger, is_debug

DETACHED_LIFE_S: Final = 300
"""How long a session without a connection is kept."""

_RENEW_EVERY_S: Final = 40
_SAVE_AGAIN_S: Final = 1
_SESSIONS_PER_KEY: Final = 64
_PUSHED_NOTED: Final = 1000
_HELD_MAX: Final = 256
"""Pushes that wait for the answer to a difference; more than that leave as they come."""
_SETTLE_S: Final = 0.1
"""What a client is given to take in a difference before the pushes that waited for it."""

logger = get_logger("sessions")


class Link(Protocol):
    """The way from a session to its client: a connection, or the HTTP responses that wait."""

    @property
    def carrier(self) -> str:
        """'tcp', 'websocket' or 'http'."""

    def schedule_flush(self, handle: SessionHandle, /) -> None:
        """The session has something to send."""

    def answered(self, handle: SessionHandle, /) -> None:
        """A query of the session was answered."""

    def lose(self, handle: SessionHandle, /) -> None:
        """The session is served by another link from now on, or by none."""

    def close(self) -> None:
        """Let the client go."""


@dataclass(slots=True, eq=False)
class SessionHandle:
    """A session with what the shell knows of it.

    ``outcomes`` tells invokeAfterMsg how earlier queries ended: a future while one runs, then True (result) or False
    (rpc_error). ``is_receiving``: updates are pushed to it, as user ``user_id``. ``waiting``: queries that have not
    begun (msg_id, body, address), while ``running`` of them are being answered. ``pushed``: where the pushes come from
    that have not left yet. ``held``: pushes that wait while ``differences`` are being fetched or taken in.
    """

    session: Session
    key: KeyEntry
    connection: Link | None = None
    detached_at: float = 0.0
    without_updates: bool = False
    is_receiving: bool = False
    user_id: int | None = None
    outcomes: dict[int, asyncio.Future[bool] | bool] = field(default_factory=dict)
    pushed: list[tracing.Origin] = field(default_factory=list)
    waiting: deque[tuple[int, bytes, str]] = field(default_factory=deque)
    running: int = 0
    differences: int = 0
    held: list[tuple[bytes, tracing.Origin]] = field(default_factory=list)

    @contextmanager
    def fetching_difference(self) -> Iterator[None]:
        """Within the block and `_SETTLE_S` longer pushes wait.

        Some clients (Telethon, grammers, teleproto) drop every update that comes before they have taken in the
        difference they fetch, as one does that shares a packet with the answer. What happens after the difference was
        read would be lost to them until the next gap.
        """
        self.differences += 1
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(_SETTLE_S, self._difference_taken_in)

    def _difference_taken_in(self) -> None:
        self.differences -= 1
        if not self.differences:
            held, self.held = self.held, []
            for body, origin in held:
                self.push(body, origin)

    def push(self, body: bytes, origin: tracing.Origin = tracing.NOWHERE) -> None:
        """Queue an update for the client."""
        if self.differences and len(self.held) < _HELD_MAX:
            self.held.append((body, origin))
            return
        self.session.push(body)
        measures.PUSHES.inc()
        if self.connection is not None:
            if origin.at_ms and len(self.pushed) < _PUSHED_NOTED:
                self.pushed.append(origin)
            self.connection.schedule_flush(self)

    def has_left(self) -> None:
        """What was queued is with the socket: tell how long the pushes among it took."""
        origins, self.pushed = self.pushed, []
        now = tracing.now_ms()
        for origin in origins:
            measures.PUSH_LATENCY.observe(max(0, now - origin.at_ms) / 1000)
            if is_debug():
                latency_ms = now - origin.at_ms
                logger.debug("pushed", user_id=self.user_id, trace_id=origin.trace_id, latency_ms=latency_ms)

    def count_refused(self) -> None:
        """Count the messages that the session refused since the last time."""
        for code in self.session.refused:
            measures.BAD_MESSAGES.inc(str(code))
        self.session.refused.clear()


class SessionTable:
    """All sessions of a node by (auth_key_id, session_id), and those that receive updates by user."""

    def __init__(self, node_id: str, cache: AsyncCache, clock: Clock) -> None:
        self._node_id = node_id
        self._cache = cache
        self._clock = clock
        self._sessions: dict[tuple[int, int], SessionHandle] = {}
        self._by_key: defaultdict[int, list[SessionHandle]] = defaultdict(list)
        self._receiving: defaultdict[int, list[SessionHandle]] = defaultdict(list)
        self._unsaved: set[int] = set()
        self._changed = asyncio.Event()

    def __len__(self) -> int:
        return len(self._sessions)

    def __iter__(self) -> Iterator[SessionHandle]:
        return iter(self._sessions.values())

    @property
    def users(self) -> int:
        """Users that receive updates here."""
        return len(self._receiving)

    def get(self, auth_key_id: int, session_id: int) -> SessionHandle | None:
        """The session, if this node holds it."""
        return self._sessions.get((auth_key_id, session_id))

    def add(self, handle: SessionHandle) -> None:
        """Hold a new session; the longest detached one of the same key makes room."""
        siblings = self._by_key[handle.session.auth_key_id]
        if len(siblings) >= _SESSIONS_PER_KEY:
            idle = [sibling for sibling in siblings if sibling.connection is None]
            if idle:
                self.remove(min(idle, key=lambda sibling: sibling.detached_at))
        self._sessions[handle.session.auth_key_id, handle.session.session_id] = handle
        siblings.append(handle)

    def remove(self, handle: SessionHandle) -> None:
        """Forget a session."""
        key_id = handle.session.auth_key_id
        if self._sessions.pop((key_id, handle.session.session_id), None) is None:
            return
        self.stop_receiving(handle)
        self._by_key[key_id].remove(handle)
        if not self._by_key[key_id]:
            del self._by_key[key_id]

    def of_key(self, auth_key_id: int) -> list[SessionHandle]:
        """Sessions of one key."""
        return list(self._by_key.get(auth_key_id, ()))

    def of_account_key(self, account_key_id: int) -> list[SessionHandle]:
        """Sessions under a permanent key and under the temporary keys bound to it."""
        return [h for h in self._sessions.values() if h.key.record.account_key_id == account_key_id]

    def all_receiving(self) -> list[SessionHandle]:
        """Every session to which updates are pushed."""
        return [handle for handles in self._receiving.values() for handle in handles]

    def receiving(self, user_id: int) -> Iterable[SessionHandle]:
        """Sessions to which updates of the user are pushed."""
        return tuple(self._receiving.get(user_id, ()))

    def start_receiving(self, handle: SessionHandle, user_id: int) -> None:
        """Push the user's updates to this session from now on."""
        if handle.is_receiving and handle.user_id == user_id:
            return
        self.stop_receiving(handle)
        handle.is_receiving = True
        handle.user_id = user_id
        self._receiving[user_id].append(handle)
        self._touch(user_id)

    def stop_receiving(self, handle: SessionHandle) -> None:
        """Push nothing more to this session."""
        if not handle.is_receiving or handle.user_id is None:
            return
        handle.is_receiving = False
        self._receiving[handle.user_id].remove(handle)
        if not self._receiving[handle.user_id]:
            del self._receiving[handle.user_id]
        self._touch(handle.user_id)

    def shed(self, limit: int) -> list[SessionHandle]:
        """The sessions to give up so that what all hold for their clients is below ``limit`` bytes.

        Those whose client is away come first, the longest away before the others, then the fullest. A client that
        comes back begins its session anew: it sends its queries again and fetches the difference.
        """
        held = {handle: handle.session.outgoing.held_bytes for handle in self._sessions.values()}
        excess = sum(held.values()) - limit
        if excess <= 0:
            return []
        shed = []
        for handle in sorted(held, key=lambda h: (h.connection is not None, h.detached_at, -held[h])):
            if excess <= 0:
                break
            if held[handle]:
                shed.append(handle)
                excess -= held[handle]
        return shed

    def expire(self) -> None:
        """Forget sessions whose client stayed away."""
        horizon = self._clock() - DETACHED_LIFE_S
        for handle in [h for h in self._sessions.values() if h.connection is None and h.detached_at < horizon]:
            self.remove(handle)

    # Leases

    def _touch(self, user_id: int) -> None:
        self._unsaved.add(user_id)
        self._changed.set()

    async def save_now(self, user_id: int) -> None:
        """Write the user's lease before anything is answered, so that no push is missed after it."""
        if user_id in self._unsaved:
            self._unsaved.discard(user_id)
            try:
                await self._save(user_id)
            except CacheUnavailable:
                # Whoever looks for the lease cannot reach the cache either; when it is back RESYNC makes up for it.
                self._touch(user_id)

    async def save_all(self) -> None:
        """Write every lease anew: the cache may have lost them.

        Raises:
            CacheUnavailable: some are not written yet; `keep_leases` tries again.
        """
        self._unsaved.update(self._receiving)
        self._changed.set()
        for user_id in list(self._receiving):
            await self._save(user_id)
            self._unsaved.discard(user_id)

    async def keep_leases(self) -> None:
        """Write leases as they change and renew them all in time; runs until cancelled."""
        while True:
            try:
                async with asyncio.timeout(_RENEW_EVERY_S):
                    await self._changed.wait()
            except TimeoutError:
                self._unsaved.update(self._receiving)
            self._changed.clear()
            batch, self._unsaved = self._unsaved, set()
            while batch:
                user_id = batch.pop()
                try:
                    await self._save(user_id)
                except CacheUnavailable:
                    self._unsaved.update(batch, (user_id,))
                    self._changed.set()
                    logger.warning("session leases could not be written", waiting=len(self._unsaved))
                    await asyncio.sleep(_SAVE_AGAIN_S)
                    break

    async def release(self) -> None:
        """Give all leases up, at shutdown."""
        try:
            for user_id in list(self._receiving):
                await self._cache.hdel(sessions_key(user_id), self._node_id)
        except CacheUnavailable:
            logger.warning("session leases are left to expire")

    async def _save(self, user_id: int) -> None:
        handles = self._receiving.get(user_id)
        name = sessions_key(user_id)
        if not handles:
            await self._cache.hdel(name, self._node_id)
            return
        lease = SessionLease(int(self._clock()) + SESSION_LEASE_S, len(handles))
        await self._cache.hset(name, {self._node_id: lease.pack()}, ttl_s=2 * SESSION_LEASE_S)
