"""The Redis command behind each cache operation, shared by the synchronous and the asyncio client.

An operation that is more than one Redis command is a Lua script, so that it is atomic and one round trip.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

_T = TypeVar("_T")

_COMPARE_AND_DELETE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""

_INCR: Final = """
local fresh = redis.call('EXISTS', KEYS[1]) == 0
local total = redis.call('INCRBY', KEYS[1], ARGV[1])
if fresh then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return total
"""

_THEN_EXPIRE: Final = """
local answer = redis.call(ARGV[1], KEYS[1], unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return answer
"""

# layers/cache/gcra.py in whole microseconds, which a Lua number holds exactly.
_RATE_LIMIT: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local window, interval = tonumber(ARGV[1]), tonumber(ARGV[2])
local paid_until = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local wait = paid_until - now - (window - interval)
if wait > 0 then return wait end
local tat = paid_until + interval
redis.call('SET', KEYS[1], string.format('%.0f', tat), 'PX', math.ceil((tat - now) / 1000))
return 0
"""


@dataclass(frozen=True, slots=True)
class Command(Generic[_T]):
    """Words to send, and how to read the answer; `script` is what to send in full when its hash is unknown."""

    words: tuple[str | bytes | int | float, ...]
    parse: Callable[[Any], _T]
    script: str | None = None

    def in_full(self) -> tuple[str | bytes | int | float, ...]:
        """The words of a script command with the source instead of its hash."""
        return ("EVAL", self.script or "", *self.words[2:])


def _script(source: str, parse: Callable[[Any], _T], key: str, *arguments: str | bytes | float) -> Command[_T]:
    digest = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()
    return Command(("EVALSHA", digest, 1, key, *arguments), parse, source)


def _same(answer: Any) -> Any:
    return answer


def _texts(answer: Any) -> list[str]:
    return [item.decode() for item in answer]


def _members(answer: Any) -> frozenset[str]:
    return frozenset(item.decode() for item in answer)


def _fields(answer: Any) -> dict[str, bytes]:
    pairs = answer.items() if isinstance(answer, dict) else zip(answer[::2], answer[1::2], strict=True)
    return {field.decode(): value for field, value in pairs}


def _seconds(answer: Any) -> float | None:
    return None if answer < 0 else answer / 1000


def _milliseconds(ttl_s: float) -> int:
    return max(int(ttl_s * 1000), 1)


def _nothing(answer: Any) -> None:
    return None


def get(key: str) -> Command[bytes | None]:
    return Command(("GET", key), _same)


def get_many(keys: Sequence[str]) -> Command[list[bytes | None]]:
    return Command(("MGET", *keys), list)


def set(key: str, value: bytes, ttl_s: float | None, only_if_absent: bool) -> Command[bool]:  # noqa: A001 - the port's name
    lifetime = () if ttl_s is None else ("PX", _milliseconds(ttl_s))
    condition = ("NX",) if only_if_absent else ()
    return Command(("SET", key, value, *lifetime, *condition), bool)


def getdel(key: str) -> Command[bytes | None]:
    return Command(("GETDEL", key), _same)


def delete(keys: Sequence[str]) -> Command[int]:
    return Command(("DEL", *keys), int)


def compare_and_delete(key: str, expected: bytes) -> Command[bool]:
    return _script(_COMPARE_AND_DELETE, bool, key, expected)


def incr(key: str, by: int, ttl_s: float | None) -> Command[int]:
    if ttl_s is None:
        return Command(("INCRBY", key, by), int)
    return _script(_INCR, int, key, by, _milliseconds(ttl_s))


def expire(key: str, ttl_s: float) -> Command[bool]:
    return Command(("PEXPIRE", key, _milliseconds(ttl_s)), bool)


def ttl(key: str) -> Command[float | None]:
    return Command(("PTTL", key), _seconds)


def _collection(
    parse: Callable[[Any], _T], ttl_s: float | None, name: str, key: str, *words: str | bytes | float
) -> Command[_T]:
    """A command on a hash, set or sorted set that may renew the lifetime of the whole."""
    if ttl_s is None:
        return Command((name, key, *words), parse)
    return _script(_THEN_EXPIRE, parse, key, name, _milliseconds(ttl_s), *words)


def hget(key: str, field: str) -> Command[bytes | None]:
    return Command(("HGET", key, field), _same)


def hset(key: str, fields: Mapping[str, bytes], ttl_s: float | None) -> Command[None]:
    return _collection(_nothing, ttl_s, "HSET", key, *(word for pair in fields.items() for word in pair))


def hgetall(key: str) -> Command[dict[str, bytes]]:
    return Command(("HGETALL", key), _fields)


def hdel(key: str, fields: Sequence[str]) -> Command[int]:
    return Command(("HDEL", key, *fields), int)


def sadd(key: str, members: Sequence[str], ttl_s: float | None) -> Command[int]:
    return _collection(int, ttl_s, "SADD", key, *members)


def srem(key: str, members: Sequence[str]) -> Command[int]:
    return Command(("SREM", key, *members), int)


def smembers(key: str) -> Command[frozenset[str]]:
    return Command(("SMEMBERS", key), _members)


def zadd(key: str, scores: Mapping[str, float], ttl_s: float | None) -> Command[None]:
    words = (word for member, score in scores.items() for word in (repr(float(score)), member))
    return _collection(_nothing, ttl_s, "ZADD", key, *words)


def zrem(key: str, members: Sequence[str]) -> Command[int]:
    return Command(("ZREM", key, *members), int)


def zrange_by_score(key: str, low: float, high: float, limit: int | None) -> Command[list[str]]:
    window = () if limit is None else ("LIMIT", 0, limit)
    return Command(("ZRANGEBYSCORE", key, repr(float(low)), repr(float(high)), *window), _texts)


def zremrange_by_score(key: str, low: float, high: float) -> Command[int]:
    return Command(("ZREMRANGEBYSCORE", key, repr(float(low)), repr(float(high))), int)


def zcard(key: str) -> Command[int]:
    return Command(("ZCARD", key), int)


def rate_limit(key: str, limit: int, window_s: float) -> Command[float]:
    window = round(window_s * 1_000_000)
    return _script(_RATE_LIMIT, lambda wait: wait / 1_000_000, key, window, window // limit)


def publish(channel: str, data: bytes) -> Command[int]:
    return Command(("PUBLISH", channel, data), int)
