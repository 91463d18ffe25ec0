"""The cache on Redis 6.2 or later (GETDEL), or what speaks its protocol."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import redis
import redis.asyncio
from redis import exceptions
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoScriptError, RedisError, ResponseError
from redis.retry import Retry

from layers.cache import redis_commands as commands
from layers.cache.port import AsyncCache, CacheUnavailable, WrongKind
from layers.cache.redis_commands import Command
from layers.cache.redis_subscriber import LOSS_CHANNEL, RedisSubscriber
from layers.errors import ConfigurationError

_T = TypeVar("_T")

_OPTIONS: Final[dict[str, Any]] = {"protocol": 2, "socket_timeout": 3.0, "socket_connect_timeout": 3.0}


RESPITE_S: Final = 2.0
"""After a call that waited in vain the next ones fail at once for so long: a request makes several."""


_TELL_EVERY_S: Final = 1.0


class _Calls:
    """Translates what the client library raises, and spares callers a cache that was silent just now."""

    __slots__ = ("_silent_until",)

    def __init__(self) -> None:
        self._silent_until = 0.0

    @contextmanager
    def translated(self) -> Iterator[None]:
        if time.monotonic() < self._silent_until:
            raise CacheUnavailable("the cache was silent just now")
        try:
            with _translated():
                yield
        except CacheUnavailable as error:
            if isinstance(error.__cause__, exceptions.TimeoutError):
                self._silent_until = time.monotonic() + RESPITE_S
            raise


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ResponseError as error:
        if "WRONGTYPE" in str(error) or "not an integer" in str(error):
            raise WrongKind(str(error)) from error
        raise CacheUnavailable(f"the cache refused: {error}") from error
    except (RedisError, OSError) as error:
        raise CacheUnavailable(f"the cache does not answer: {error}") from error


class RedisCache:
    """Keeps a pool of connections, one per thread that is in a call."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._calls = _Calls()
        self._closed = threading.Event()
        self._telling_lock = threading.Lock()
        self._is_telling = False
        # A lost connection is tried once more; an answer that did not come is not, for the command may have run.
        retry = Retry(NoBackoff(), 1, supported_errors=(redis.exceptions.ConnectionError,))
        try:
            self._client = redis.Redis.from_url(url, retry=retry, max_connections=256, **_OPTIONS)
        except ValueError as error:
            raise ConfigurationError(f"CACHE_URL: {error}; write redis://host:6379/0") from error

    def get(self, key: str) -> bytes | None:
        return self._run(commands.get(key))

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        return self._run(commands.get_many(keys)) if keys else []

    def set(self, key: str, value: bytes, *, ttl_s: float | None = None, only_if_absent: bool = False) -> bool:
        return self._run(commands.set(key, value, ttl_s, only_if_absent))

    def getdel(self, key: str) -> bytes | None:
        return self._run(commands.getdel(key))

    def delete(self, *keys: str) -> int:
        return self._run(commands.delete(keys)) if keys else 0

    def compare_and_delete(self, key: str, expected: bytes) -> bool:
        return self._run(commands.compare_and_delete(key, expected))

    def incr(self, key: str, by: int = 1, *, ttl_s: float | None = None) -> int:
        return self._run(commands.incr(key, by, ttl_s))

    def expire(self, key: str, ttl_s: float) -> bool:
        return self._run(commands.expire(key, ttl_s))

    def ttl(self, key: str) -> float | None:
        return self._run(commands.ttl(key))

    def hget(self, key: str, field: str) -> bytes | None:
        return self._run(commands.hget(key, field))

    def hset(self, key: str, fields: Mapping[str, bytes], *, ttl_s: float | None = None) -> None:
        if fields:
            self._run(commands.hset(key, fields, ttl_s))

    def hgetall(self, key: str) -> dict[str, bytes]:
        return self._run(commands.hgetall(key))

    def hdel(self, key: str, *fields: str) -> int:
        return self._run(commands.hdel(key, fields)) if fields else 0

    def sadd(self, key: str, *members: str, ttl_s: float | None = None) -> int:
        return self._run(commands.sadd(key, members, ttl_s)) if members else 0

    def srem(self, key: str, *members: str) -> int:
        return self._run(commands.srem(key, members)) if members else 0

    def smembers(self, key: str) -> frozenset[str]:
        return self._run(commands.smembers(key))

    def zadd(self, key: str, scores: Mapping[str, float], *, ttl_s: float | None = None) -> None:
        if scores:
            self._run(commands.zadd(key, scores, ttl_s))

    def zrem(self, key: str, *members: str) -> int:
        return self._run(commands.zrem(key, members)) if members else 0

    def zrange_by_score(self, key: str, low: float, high: float, *, limit: int | None = None) -> list[str]:
        return self._run(commands.zrange_by_score(key, low, high, limit))

    def zremrange_by_score(self, key: str, low: float, high: float) -> int:
        return self._run(commands.zremrange_by_score(key, low, high))

    def zcard(self, key: str) -> int:
        return self._run(commands.zcard(key))

    def rate_limit(self, key: str, limit: int, window_s: float) -> float:
        return self._run(commands.rate_limit(key, limit, window_s))

    def publish(self, channel: str, data: bytes) -> int:
        try:
            return self._run(commands.publish(channel, data))
        except CacheUnavailable:
            self.tell_of_loss()
            raise

    def subscriber(self, *, queue_size: int = 10_000) -> RedisSubscriber:
        retry = AsyncRetry(NoBackoff(), 0)
        pool = redis.asyncio.ConnectionPool.from_url(self._url, retry=retry, **_OPTIONS)
        return RedisSubscriber(pool.make_connection, queue_size)

    def aio(self) -> AsyncCache:
        retry = AsyncRetry(NoBackoff(), 1, supported_errors=(redis.exceptions.ConnectionError,))
        return AsyncRedisCache(redis.asyncio.Redis.from_url(self._url, retry=retry, max_connections=256, **_OPTIONS))

    def check(self) -> None:
        server = urlsplit(self._url).netloc.rpartition("@")[2]
        try:
            self._client.execute_command("PING")
        except (AuthenticationError, ResponseError) as error:
            raise ConfigurationError(f"CACHE_URL: {server} refused ({error}); check the user and password") from error
        except (RedisError, OSError) as error:
            raise ConfigurationError(
                f"CACHE_URL: {server} does not answer; is Redis running there? ({error})"
            ) from error

    def close(self) -> None:
        self._closed.set()
        self._client.close()

    def tell_of_loss(self) -> None:
        with self._telling_lock:
            if self._is_telling:
                return
            self._is_telling = True
        threading.Thread(target=self._keep_telling, name="cache-loss", daemon=True).start()

    def _keep_telling(self) -> None:
        while not self._closed.wait(_TELL_EVERY_S):
            # Before the attempt: what is lost during it needs another one.
            with self._telling_lock:
                self._is_telling = False
            try:
                self._client.execute_command("PUBLISH", LOSS_CHANNEL, b"")
            except (RedisError, OSError):
                with self._telling_lock:
                    if self._is_telling:
                        return  # by another thread now
                    self._is_telling = True
            else:
                return

    def _run(self, command: Command[_T]) -> _T:
        with self._calls.translated():
            try:
                return command.parse(self._client.execute_command(*command.words))
            except NoScriptError:
                return command.parse(self._client.execute_command(*command.in_full()))


class AsyncRedisCache:
    """The same commands on an event loop."""

    def __init__(self, client: redis.asyncio.Redis) -> None:
        self._client = client
        self._calls = _Calls()

    async def get(self, key: str) -> bytes | None:
        return await self._run(commands.get(key))

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        return await self._run(commands.get_many(keys)) if keys else []

    async def set(self, key: str, value: bytes, *, ttl_s: float | None = None, only_if_absent: bool = False) -> bool:
        return await self._run(commands.set(key, value, ttl_s, only_if_absent))

    async def getdel(self, key: str) -> bytes | None:
        return await self._run(commands.getdel(key))

    async def delete(self, *keys: str) -> int:
        return await self._run(commands.delete(keys)) if keys else 0

    async def compare_and_delete(self, key: str, expected: bytes) -> bool:
        return await self._run(commands.compare_and_delete(key, expected))

    async def incr(self, key: str, by: int = 1, *, ttl_s: float | None = None) -> int:
        return await self._run(commands.incr(key, by, ttl_s))

    async def expire(self, key: str, ttl_s: float) -> bool:
        return await self._run(commands.expire(key, ttl_s))

    async def hget(self, key: str, field: str) -> bytes | None:
        return await self._run(commands.hget(key, field))

    async def hset(self, key: str, fields: Mapping[str, bytes], *, ttl_s: float | None = None) -> None:
        if fields:
            await self._run(commands.hset(key, fields, ttl_s))

    async def hgetall(self, key: str) -> dict[str, bytes]:
        return await self._run(commands.hgetall(key))

    async def hdel(self, key: str, *fields: str) -> int:
        return await self._run(commands.hdel(key, fields)) if fields else 0

    async def sadd(self, key: str, *members: str, ttl_s: float | None = None) -> int:
        return await self._run(commands.sadd(key, members, ttl_s)) if members else 0

    async def srem(self, key: str, *members: str) -> int:
        return await self._run(commands.srem(key, members)) if members else 0

    async def smembers(self, key: str) -> frozenset[str]:
        return await self._run(commands.smembers(key))

    async def rate_limit(self, key: str, limit: int, window_s: float) -> float:
        return await self._run(commands.rate_limit(key, limit, window_s))

    async def publish(self, channel: str, data: bytes) -> int:
        return await self._run(commands.publish(channel, data))

    async def ping(self) -> None:
        with self._calls.translated():
            await self._client.execute_command("PING")

    async def close(self) -> None:
        await self._client.aclose()

    async def _run(self, command: Command[_T]) -> _T:
        with self._calls.translated():
            try:
                return command.parse(await self._client.execute_command(*command.words))
            except NoScriptError:
                return command.parse(await self._client.execute_command(*command.in_full()))
