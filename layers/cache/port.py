"""The cache port: what the server keeps for a while and may lose, and the channels that wake nodes.

Keys and channels are text, values are bytes. Every operation is atomic. Losing the whole cache costs latency and
forces new temporary keys, never a message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from types import TracebackType
from typing import Final, Protocol, Self

from layers.errors import Unavailable

RESYNC: Final = ""
"""The channel of the event "messages may be missing": a connection was lost and restored, or a queue overflowed."""


class CacheUnavailable(Unavailable):
    """The cache did not answer in time; the caller may try again later."""


class WrongKind(Exception):
    """A key holds another kind of value (string, hash, set, sorted set) than the operation works on."""


class Cache(Protocol):
    """Synchronous operations, safe to call from any thread.

    Raises:
        CacheUnavailable: any operation, when the cache cannot be reached.
        WrongKind: an operation of one kind on a key of another.
    """

    def get(self, key: str) -> bytes | None: ...

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """Values in the order of `keys`, in one round trip."""

    def set(self, key: str, value: bytes, *, ttl_s: float | None = None, only_if_absent: bool = False) -> bool:
        """Replace the value and its lifetime; False when `only_if_absent` found a value and kept it."""

    def getdel(self, key: str) -> bytes | None:
        """Take a value: of all callers exactly one gets it."""

    def delete(self, *keys: str) -> int:
        """The number of keys that existed."""

    def compare_and_delete(self, key: str, expected: bytes) -> bool:
        """Delete the key only while it holds `expected`; True when it did."""

    def incr(self, key: str, by: int = 1, *, ttl_s: float | None = None) -> int:
        """Add to a counter (absent = 0) and return it; `ttl_s` applies when this call creates the counter."""

    def expire(self, key: str, ttl_s: float) -> bool:
        """Set the remaining lifetime; False when there is no such key."""

    def ttl(self, key: str) -> float | None:
        """Remaining seconds; None when the key is absent or never expires."""

    def hget(self, key: str, field: str) -> bytes | None: ...

    def hset(self, key: str, fields: Mapping[str, bytes], *, ttl_s: float | None = None) -> None:
        """Set fields of a hash; `ttl_s`, when given, renews the lifetime of the whole hash."""

    def hgetall(self, key: str) -> dict[str, bytes]: ...

    def hdel(self, key: str, *fields: str) -> int: ...

    def sadd(self, key: str, *members: str, ttl_s: float | None = None) -> int:
        """The number of members that were new; `ttl_s`, when given, renews the lifetime of the whole set."""

    def srem(self, key: str, *members: str) -> int: ...

    def smembers(self, key: str) -> frozenset[str]: ...

    def zadd(self, key: str, scores: Mapping[str, float], *, ttl_s: float | None = None) -> None:
        """Set scores of members; `ttl_s`, when given, renews the lifetime of the whole sorted set."""

    def zrem(self, key: str, *members: str) -> int: ...

    def zrange_by_score(self, key: str, low: float, high: float, *, limit: int | None = None) -> list[str]:
        """Members with low <= score <= high, lowest score first, equal scores by name."""

    def zremrange_by_score(self, key: str, low: float, high: float) -> int: ...

    def zcard(self, key: str) -> int: ...

    def rate_limit(self, key: str, limit: int, window_s: float) -> float:
        """Spend one of `limit` calls per `window_s`: 0.0 when allowed, else the seconds until the next is.

        A generic cell rate: `limit` calls may come at once, then one each `window_s / limit`. A refused call spends
        nothing.
        """

    def publish(self, channel: str, data: bytes) -> int:
        """Send to everyone subscribed now; returns how many receivers there were."""

    def tell_of_loss(self) -> None:
        """Something could not be published: every subscriber gets RESYNC as soon as the cache answers again.

        A failed `publish` does so by itself. Returns at once.
        """

    def subscriber(self, *, queue_size: int = 10_000) -> Subscriber:
        """A receiver for the running event loop."""

    def aio(self) -> AsyncCache:
        """The same cache for an event loop; the caller closes it."""

    def check(self) -> None:
        """Reach the cache once; raises ConfigurationError with what to fix."""

    def close(self) -> None: ...


class AsyncCache(Protocol):
    """The operations of `Cache` that the connection tier awaits; same rules."""

    async def get(self, key: str) -> bytes | None: ...

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]: ...

    async def set(
        self, key: str, value: bytes, *, ttl_s: float | None = None, only_if_absent: bool = False
    ) -> bool: ...

    async def getdel(self, key: str) -> bytes | None: ...

    async def delete(self, *keys: str) -> int: ...

    async def compare_and_delete(self, key: str, expected: bytes) -> bool: ...

    async def incr(self, key: str, by: int = 1, *, ttl_s: float | None = None) -> int: ...

    async def expire(self, key: str, ttl_s: float) -> bool: ...

    async def hget(self, key: str, field: str) -> bytes | None: ...

    async def hset(self, key: str, fields: Mapping[str, bytes], *, ttl_s: float | None = None) -> None: ...

    async def hgetall(self, key: str) -> dict[str, bytes]: ...

    async def hdel(self, key: str, *fields: str) -> int: ...

    async def sadd(self, key: str, *members: str, ttl_s: float | None = None) -> int: ...

    async def srem(self, key: str, *members: str) -> int: ...

    async def smembers(self, key: str) -> frozenset[str]: ...

    async def rate_limit(self, key: str, limit: int, window_s: float) -> float: ...

    async def publish(self, channel: str, data: bytes) -> int: ...

    async def ping(self) -> None:
        """Reach the cache; raises CacheUnavailable."""

    async def close(self) -> None: ...


class Subscriber(Protocol):
    """A subscription that outlives connections.

    `async with cache.subscriber() as sub: await sub.subscribe(name)`, then `async for channel, data in sub`.

    Iteration yields `(channel, data)` in the order published, and `(RESYNC, b"")` where messages may be missing:
    after the connection was lost and all channels were subscribed again, or after the bounded queue dropped its
    oldest messages. It ends after `close`.
    """

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    async def subscribe(self, *channels: str) -> None:
        """Return once every later publish will arrive.

        Raises:
            CacheUnavailable: not confirmed in time; the channels stay wanted and are subscribed on reconnection.
        """

    async def unsubscribe(self, *channels: str) -> None: ...

    def __aiter__(self) -> AsyncIterator[tuple[str, bytes]]: ...

    async def close(self) -> None: ...
