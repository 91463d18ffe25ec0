"""The embedded cache: one process, no server."""

from __future__ import annotations

import asyncio
import heapq
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self, TypeVar

from layers.cache import gcra
from layers.cache.port import AsyncCache, WrongKind
from layers.cache.queue import EventQueue

DEFAULT_MAX_ENTRIES: Final = 1_000_000
"""An auth key's cached row is a few hundred bytes: a million entries stay well below a gigabyte."""

_HEAP_SLACK: Final = 1024

_V = TypeVar("_V", bytes, dict[str, bytes], set[str], dict[str, float])


@dataclass(slots=True)
class _Entry:
    value: bytes | dict[str, bytes] | set[str] | dict[str, float]
    kind: str
    deadline: float | None


class MemoryCache:
    """A dictionary with lifetimes, bounded by entries: when full, what was written longest ago goes first."""

    def __init__(self, *, max_entries: int = DEFAULT_MAX_ENTRIES, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_entries = max_entries
        self._clock = clock
        self._lock = threading.RLock()
        self._entries: dict[str, _Entry] = {}
        self._deadlines: list[tuple[float, str]] = []
        self._channels: dict[str, set[MemorySubscriber]] = {}

    def get(self, key: str) -> bytes | None:
        with self._lock:
            return self._read(key, "string", bytes)

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        with self._lock:
            return [self._read(key, "string", bytes) for key in keys]

    def set(self, key: str, value: bytes, *, ttl_s: float | None = None, only_if_absent: bool = False) -> bool:
        with self._lock:
            if only_if_absent and self._live(key) is not None:
                return False
            self._write(key, "string", bytes(value), ttl_s)
            return True

    def getdel(self, key: str) -> bytes | None:
        with self._lock:
            value = self._read(key, "string", bytes)
            self._entries.pop(key, None)
            return value

    def delete(self, *keys: str) -> int:
        with self._lock:
            return sum(self._live(key) is not None and self._entries.pop(key, None) is not None for key in keys)

    def compare_and_delete(self, key: str, expected: bytes) -> bool:
        with self._lock:
            if self._read(key, "string", bytes) != expected:
                return False
            del self._entries[key]
            return True

    def incr(self, key: str, by: int = 1, *, ttl_s: float | None = None) -> int:
        with self._lock:
            current = self._read(key, "string", bytes)
            if current is None:
                self._write(key, "string", b"%d" % by, ttl_s)
                return by
            try:
                total = int(current) + by
            except ValueError as error:
                raise WrongKind(f"{key} does not hold a counter") from error
            self._entries[key].value = b"%d" % total
            return total

    def expire(self, key: str, ttl_s: float) -> bool:
        with self._lock:
            entry = self._live(key)
            if entry is None:
                return False
            self._set_lifetime(key, entry, ttl_s)
            return True

    def ttl(self, key: str) -> float | None:
        with self._lock:
            entry = self._live(key)
            return None if entry is None or entry.deadline is None else entry.deadline - self._clock()

    def hget(self, key: str, field: str) -> bytes | None:
        with self._lock:
            fields: dict[str, bytes] | None = self._read(key, "hash", dict)
            return fields.get(field) if fields else None

    def hset(self, key: str, fields: Mapping[str, bytes], *, ttl_s: float | None = None) -> None:
        with self._lock:
            stored: dict[str, bytes] = self._collection(key, "hash", dict, ttl_s)
            stored.update((field, bytes(value)) for field, value in fields.items())

    def hgetall(self, key: str) -> dict[str, bytes]:
        with self._lock:
            fields: dict[str, bytes] | None = self._read(key, "hash", dict)
            return dict(fields or {})

    def hdel(self, key: str, *fields: str) -> int:
        with self._lock:
            stored: dict[str, bytes] | None = self._read(key, "hash", dict)
            removed = sum(stored.pop(field, None) is not None for field in fields) if stored else 0
            return self._drop_empty(key, removed)

    def sadd(self, key: str, *members: str, ttl_s: float | None = None) -> int:
        with self._lock:
            stored: set[str] = self._collection(key, "set", set, ttl_s)
            before = len(stored)
            stored.update(members)
            return len(stored) - before

    def srem(self, key: str, *members: str) -> int:
        with self._lock:
            stored: set[str] = self._read(key, "set", set) or set()
            removed = len(stored & set(members))
            stored.difference_update(members)
            return self._drop_empty(key, removed)

    def smembers(self, key: str) -> frozenset[str]:
        with self._lock:
            return frozenset(self._read(key, "set", set) or ())

    def zadd(self, key: str, scores: Mapping[str, float], *, ttl_s: float | None = None) -> None:
        with self._lock:
            stored: dict[str, float] = self._collection(key, "sorted set", dict, ttl_s)
            stored.update(scores)

    def zrem(self, key: str, *members: str) -> int:
        with self._lock:
            stored: dict[str, float] = self._read(key, "sorted set", dict) or {}
            removed = sum(stored.pop(member, None) is not None for member in members)
            return self._drop_empty(key, removed)

    def zrange_by_score(self, key: str, low: float, high: float, *, limit: int | None = None) -> list[str]:
        with self._lock:
            stored: dict[str, float] = self._read(key, "sorted set", dict) or {}
            hits = sorted((score, member) for member, score in stored.items() if low <= score <= high)
            return [member for _, member in hits[:limit]]

    def zremrange_by_score(self, key: str, low: float, high: float) -> int:
        with self._lock:
            return self.zrem(key, *self.zrange_by_score(key, low, high))

    def zcard(self, key: str) -> int:
        with self._lock:
            return len(self._read(key, "sorted set", dict) or ())

    def rate_limit(self, key: str, limit: int, window_s: float) -> float:
        with self._lock:
            now = self._clock()
            stored = self._read(key, "string", bytes)
            tat, wait_s = gcra.spend(float(stored) if stored else 0.0, now, limit, window_s)
            if not wait_s:
                self._write(key, "string", repr(tat).encode(), tat - now)
            return wait_s

    def tell_of_loss(self) -> None:
        # Within one process nothing is lost.
        pass

    def publish(self, channel: str, data: bytes) -> int:
        with self._lock:
            receivers = tuple(self._channels.get(channel, ()))
            # Handing over under the lock keeps one order for every receiver.
            for receiver in receivers:
                receiver.deliver(channel, data)
            return len(receivers)

    def subscriber(self, *, queue_size: int = 10_000) -> MemorySubscriber:
        return MemorySubscriber(self, queue_size)

    def aio(self) -> AsyncCache:
        return AsyncMemoryCache(self)

    def check(self) -> None:
        """Always reachable."""

    def close(self) -> None:
        with self._lock:
            self._entries.clear()
            self._deadlines.clear()

    def attach(self, channel: str, receiver: MemorySubscriber) -> None:
        with self._lock:
            self._channels.setdefault(channel, set()).add(receiver)

    def detach(self, channel: str, receiver: MemorySubscriber) -> None:
        with self._lock:
            receivers = self._channels.get(channel, set())
            receivers.discard(receiver)
            if not receivers:
                self._channels.pop(channel, None)

    def _live(self, key: str) -> _Entry | None:
        entry = self._entries.get(key)
        if entry is not None and entry.deadline is not None and entry.deadline <= self._clock():
            del self._entries[key]
            return None
        return entry

    def _read(self, key: str, kind: str, shape: type[_V]) -> _V | None:
        entry = self._live(key)
        if entry is None:
            return None
        if entry.kind != kind or not isinstance(entry.value, shape):
            raise WrongKind(f"{key} holds a {entry.kind}, not a {kind}")
        return entry.value

    def _collection(self, key: str, kind: str, shape: type[_V], ttl_s: float | None) -> _V:
        stored = self._read(key, kind, shape)
        if stored is None:
            stored = shape()
            self._write(key, kind, stored, ttl_s)
        elif ttl_s is not None:
            self._set_lifetime(key, self._entries[key], ttl_s)
        return stored

    def _drop_empty(self, key: str, removed: int) -> int:
        entry = self._entries.get(key)
        if entry is not None and not entry.value:
            del self._entries[key]
        return removed

    def _write(self, key: str, kind: str, value: _V, ttl_s: float | None) -> None:
        self._entries.pop(key, None)
        self._purge()
        entry = _Entry(value, kind, None)
        self._entries[key] = entry
        if ttl_s is not None:
            self._set_lifetime(key, entry, ttl_s)

    def _set_lifetime(self, key: str, entry: _Entry, ttl_s: float) -> None:
        entry.deadline = self._clock() + ttl_s
        heapq.heappush(self._deadlines, (entry.deadline, key))

    def _purge(self) -> None:
        """Drop what expired; then, while full, what was written longest ago."""
        now = self._clock()
        while self._deadlines and self._deadlines[0][0] <= now:
            _, key = heapq.heappop(self._deadlines)
            self._live(key)
        if len(self._deadlines) > 2 * len(self._entries) + _HEAP_SLACK:
            # Lifetimes that were renewed leave stale rows behind.
            self._deadlines = [(e.deadline, key) for key, e in self._entries.items() if e.deadline is not None]
            heapq.heapify(self._deadlines)
        while len(self._entries) >= self._max_entries:
            del self._entries[next(iter(self._entries))]


class MemorySubscriber:
    """Hands messages published by any thread to the event loop that entered it."""

    def __init__(self, cache: MemoryCache, queue_size: int) -> None:
        self._cache = cache
        self._queue = EventQueue(queue_size)
        self._channels: set[str] = set()
        self._inbox: deque[tuple[str, bytes]] = deque(maxlen=queue_size + 1)
        self._wake_pending = False
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def subscribe(self, *channels: str) -> None:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        for channel in channels:
            self._channels.add(channel)
            self._cache.attach(channel, self)

    async def unsubscribe(self, *channels: str) -> None:
        for channel in channels:
            self._channels.discard(channel)
            self._cache.detach(channel, self)

    async def __aiter__(self) -> AsyncIterator[tuple[str, bytes]]:
        while (event := await self._queue.get()) is not None:
            yield event

    async def close(self) -> None:
        await self.unsubscribe(*self._channels)
        self._drain()
        self._queue.close()

    def deliver(self, channel: str, data: bytes) -> None:
        """Called by the publisher's thread; wakes the loop once for all messages it has not yet seen."""
        with self._lock:
            self._inbox.append((channel, data))
            if self._wake_pending or self._loop is None:
                return
            self._wake_pending = True
        try:
            self._loop.call_soon_threadsafe(self._drain)
        except RuntimeError:
            # The loop closed without closing its subscriber: nobody is left to read.
            for wanted in tuple(self._channels):
                self._cache.detach(wanted, self)

    def _drain(self) -> None:
        with self._lock:
            self._wake_pending = False
            events = tuple(self._inbox)
            self._inbox.clear()
        for channel, data in events:
            self._queue.put_nowait(channel, data)


class AsyncMemoryCache:
    """The in-process cache answers at once, so awaiting it never switches tasks."""

    def __init__(self, cache: MemoryCache) -> None:
        self._cache = cache

    async def get(self, key: str) -> bytes | None:
        return self._cache.get(key)

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        return self._cache.get_many(keys)

    async def set(self, key: str, value: bytes, *, ttl_s: float | None = None, only_if_absent: bool = False) -> bool:
        return self._cache.set(key, value, ttl_s=ttl_s, only_if_absent=only_if_absent)

    async def getdel(self, key: str) -> bytes | None:
        return self._cache.getdel(key)

    async def delete(self, *keys: str) -> int:
        return self._cache.delete(*keys)

    async def compare_and_delete(self, key: str, expected: bytes) -> bool:
        return self._cache.compare_and_delete(key, expected)

    async def incr(self, key: str, by: int = 1, *, ttl_s: float | None = None) -> int:
        return self._cache.incr(key, by, ttl_s=ttl_s)

    async def expire(self, key: str, ttl_s: float) -> bool:
        return self._cache.expire(key, ttl_s)

    async def hget(self, key: str, field: str) -> bytes | None:
        return self._cache.hget(key, field)

    async def hset(self, key: str, fields: Mapping[str, bytes], *, ttl_s: float | None = None) -> None:
        self._cache.hset(key, fields, ttl_s=ttl_s)

    async def hgetall(self, key: str) -> dict[str, bytes]:
        return self._cache.hgetall(key)

    async def hdel(self, key: str, *fields: str) -> int:
        return self._cache.hdel(key, *fields)

    async def sadd(self, key: str, *members: str, ttl_s: float | None = None) -> int:
        return self._cache.sadd(key, *members, ttl_s=ttl_s)

    async def srem(self, key: str, *members: str) -> int:
        return self._cache.srem(key, *members)

    async def smembers(self, key: str) -> frozenset[str]:
        return self._cache.smembers(key)

    async def rate_limit(self, key: str, limit: int, window_s: float) -> float:
        return self._cache.rate_limit(key, limit, window_s)

    async def publish(self, channel: str, data: bytes) -> int:
        return self._cache.publish(channel, data)

    async def ping(self) -> None:
        """Always reachable."""

    async def close(self) -> None:
        """Nothing of its own to release."""
