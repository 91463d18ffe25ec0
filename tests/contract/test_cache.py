"""Every cache adapter obeys `layers/cache/port.py`."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from layers.cache import RESYNC, Cache, CacheUnavailable, WrongKind, open_cache
from layers.cache.memory import MemoryCache
from layers.errors import ConfigurationError
from localstack.process import Process


@pytest.fixture(params=["memory", "redis"])
def cache(request: pytest.FixtureRequest) -> Iterator[Cache]:
    url = "memory://" if request.param == "memory" else request.getfixturevalue("redis_url")
    opened = open_cache(url)
    yield opened
    opened.close()


@pytest.fixture
def key() -> str:
    """A key of the test's own: Redis is shared by the session."""
    return f"test:{secrets.token_hex(8)}"


def wait_until(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true"
        time.sleep(0.005)


def in_parallel(call: Callable[[int], object], times: int) -> list[object]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(call, range(times)))


def test_a_value_is_returned_until_it_is_deleted(cache: Cache, key: str) -> None:
    assert cache.get(key) is None
    assert cache.set(key, b"\x00\xff")
    assert cache.get(key) == b"\x00\xff"
    assert cache.get_many([key, key + "?", key]) == [b"\x00\xff", None, b"\x00\xff"]
    assert cache.get_many([]) == []
    assert cache.delete(key, key + "?") == 1
    assert cache.get(key) is None
    assert cache.delete(key) == 0
    assert cache.delete() == 0


def test_set_replaces_the_value_and_its_lifetime(cache: Cache, key: str) -> None:
    cache.set(key, b"1", ttl_s=100)
    assert 99 < (cache.ttl(key) or 0) <= 100
    cache.set(key, b"2")
    assert cache.get(key) == b"2"
    assert cache.ttl(key) is None


def test_only_if_absent_keeps_what_is_there(cache: Cache, key: str) -> None:
    assert cache.set(key, b"first", only_if_absent=True, ttl_s=100)
    assert not cache.set(key, b"second", only_if_absent=True)
    assert cache.get(key) == b"first"
    assert cache.ttl(key) is not None


def test_one_of_many_wins_only_if_absent(cache: Cache, key: str) -> None:
    won = in_parallel(lambda index: cache.set(key, b"%d" % index, only_if_absent=True), 40)
    assert won.count(True) == 1


def test_a_lifetime_ends(cache: Cache, key: str) -> None:
    cache.set(key, b"1", ttl_s=0.02)
    wait_until(lambda: cache.get(key) is None)
    assert cache.set(key, b"2", only_if_absent=True)


def test_expire_sets_the_lifetime_of_a_key_that_exists(cache: Cache, key: str) -> None:
    assert not cache.expire(key, 10)
    assert cache.ttl(key) is None
    cache.set(key, b"1")
    assert cache.expire(key, 10)
    assert 9 < (cache.ttl(key) or 0) <= 10


def test_getdel_gives_a_value_to_exactly_one(cache: Cache, key: str) -> None:
    assert cache.getdel(key) is None
    cache.set(key, b"token")
    taken = in_parallel(lambda _: cache.getdel(key), 40)
    assert [value for value in taken if value is not None] == [b"token"]


def test_compare_and_delete_deletes_only_the_expected_value(cache: Cache, key: str) -> None:
    assert not cache.compare_and_delete(key, b"mine")
    cache.set(key, b"theirs")
    assert not cache.compare_and_delete(key, b"mine")
    assert cache.get(key) == b"theirs"
    assert cache.compare_and_delete(key, b"theirs")
    assert cache.get(key) is None


def test_incr_counts_without_losing_any(cache: Cache, key: str) -> None:
    totals = in_parallel(lambda _: cache.incr(key), 200)
    assert sorted(totals) == list(range(1, 201))  # type: ignore[type-var]
    assert cache.incr(key, -50) == 150
    assert cache.get(key) == b"150"


def test_incr_starts_the_lifetime_once(cache: Cache, key: str) -> None:
    assert cache.incr(key, 5, ttl_s=50) == 5
    assert cache.incr(key, 1, ttl_s=500) == 6
    assert 49 < (cache.ttl(key) or 0) <= 50


def test_hash_fields(cache: Cache, key: str) -> None:
    assert cache.hget(key, "a") is None
    assert cache.hgetall(key) == {}
    cache.hset(key, {"a": b"1", "b": b"\xff"})
    cache.hset(key, {"b": b"2"}, ttl_s=100)
    cache.hset(key, {})
    assert cache.hget(key, "b") == b"2"
    assert cache.hgetall(key) == {"a": b"1", "b": b"2"}
    assert 99 < (cache.ttl(key) or 0) <= 100
    assert cache.hdel(key, "a", "x") == 1
    assert cache.hdel(key, "b") == 1
    assert cache.set(key, b"free", only_if_absent=True), "an empty hash is no key"


def test_sets(cache: Cache, key: str) -> None:
    assert cache.smembers(key) == frozenset()
    assert cache.sadd(key, "1", "2") == 2
    assert cache.sadd(key, "2", "3", ttl_s=100) == 1
    assert cache.sadd(key) == 0
    assert 99 < (cache.ttl(key) or 0) <= 100
    assert cache.smembers(key) == {"1", "2", "3"}
    assert cache.srem(key, "1", "9") == 1
    assert cache.smembers(key) == {"2", "3"}
    assert cache.srem(key, "2", "3") == 2
    assert cache.set(key, b"free", only_if_absent=True), "an empty set is no key"


def test_sorted_sets(cache: Cache, key: str) -> None:
    cache.zadd(key, {"c": 3, "a": 1.5, "b": 1.5})
    cache.zadd(key, {"c": 2}, ttl_s=100)
    assert cache.zcard(key) == 3
    assert cache.zrange_by_score(key, 0, float("inf")) == ["a", "b", "c"]
    assert cache.zrange_by_score(key, 1.5, 1.5, limit=1) == ["a"]
    assert cache.zrem(key, "a", "x") == 1
    assert cache.zremrange_by_score(key, float("-inf"), 1.9) == 1
    assert cache.zrange_by_score(key, float("-inf"), float("inf")) == ["c"]


def test_kinds_are_not_mixed(cache: Cache, key: str) -> None:
    cache.sadd(key, "member")
    for use in (
        lambda: cache.get(key),
        lambda: cache.getdel(key),
        lambda: cache.incr(key),
        lambda: cache.hget(key, "f"),
        lambda: cache.hset(key, {"f": b"1"}, ttl_s=1),
        lambda: cache.zcard(key),
        lambda: cache.rate_limit(key, 1, 1),
    ):
        with pytest.raises(WrongKind):
            use()
    assert cache.smembers(key) == {"member"}
    cache.set(key, b"not a number")
    with pytest.raises(WrongKind):
        cache.incr(key)


def test_rate_limit_allows_a_burst_and_then_names_the_wait(cache: Cache, key: str) -> None:
    assert [cache.rate_limit(key, 3, 300) for _ in range(3)] == [0, 0, 0]
    assert 99 < cache.rate_limit(key, 3, 300) <= 100
    assert 99 < cache.rate_limit(key, 3, 300) <= 100, "a refused call spends nothing"
    assert 299 < (cache.ttl(key) or 0) <= 300.1, "the memory of it ends with the window"


def test_rate_limit_lets_through_again_after_the_wait(cache: Cache, key: str) -> None:
    assert cache.rate_limit(key, 1, 0.05) == 0
    wait_until(lambda: cache.rate_limit(key, 1, 0.05) == 0)


def test_rate_limit_is_atomic(cache: Cache, key: str) -> None:
    waits = in_parallel(lambda _: cache.rate_limit(key, 10, 1000), 60)
    assert waits.count(0) == 10


async def test_the_async_side_is_the_same_cache(cache: Cache, key: str) -> None:
    aio = cache.aio()
    await aio.ping()
    assert await aio.set(key, b"1", ttl_s=100, only_if_absent=True)
    assert not await aio.set(key, b"2", only_if_absent=True)
    assert cache.get(key) == b"1"
    assert await aio.get_many([key]) == [b"1"]
    assert await aio.get_many([]) == []
    assert not await aio.compare_and_delete(key, b"2")
    assert await aio.getdel(key) == b"1"
    assert await aio.get(key) is None
    assert await aio.incr(key, 2, ttl_s=100) == 2
    assert await aio.expire(key, 50)
    assert 49 < (cache.ttl(key) or 0) <= 50
    assert await aio.delete(key) == 1
    assert await aio.sadd(key, "a", "b") == 2
    assert await aio.srem(key, "b") == 1
    assert await aio.smembers(key) == {"a"}
    await aio.hset(key + "h", {"f": b"1"}, ttl_s=100)
    assert await aio.hget(key + "h", "f") == b"1"
    assert await aio.hgetall(key + "h") == {"f": b"1"}
    assert await aio.hdel(key + "h", "f") == 1
    assert await aio.rate_limit(key + "r", 1, 1000) == 0
    assert await aio.rate_limit(key + "r", 1, 1000) > 999
    assert await aio.publish(key, b"") == 0
    with pytest.raises(WrongKind):
        await aio.get(key)
    await aio.close()


async def test_published_messages_arrive_in_order(cache: Cache, key: str) -> None:
    async with cache.subscriber() as subscriber:
        await subscriber.subscribe(key, key + "/other")
        events = aiter(subscriber)
        for index in range(100):
            assert await asyncio.to_thread(cache.publish, key, b"%d" % index) == 1
        async with asyncio.timeout(10):
            assert [await anext(events) for _ in range(100)] == [(key, b"%d" % index) for index in range(100)]
        cache.publish(key + "/other", b"\x00")
        async with asyncio.timeout(10):
            assert await anext(events) == (key + "/other", b"\x00")


async def test_every_subscriber_gets_a_message(cache: Cache, key: str) -> None:
    async with cache.subscriber() as one, cache.subscriber() as two:
        await one.subscribe(key)
        await two.subscribe(key)
        assert cache.publish(key, b"x") == 2
        async with asyncio.timeout(10):
            assert await anext(aiter(one)) == await anext(aiter(two)) == (key, b"x")


async def test_unsubscribed_channels_are_silent(cache: Cache, key: str) -> None:
    async with cache.subscriber() as subscriber:
        await subscriber.subscribe(key, key + "/kept")
        await subscriber.unsubscribe(key)
        await asyncio.to_thread(wait_until, lambda: cache.publish(key, b"no") == 0)
        cache.publish(key + "/kept", b"yes")
        events = aiter(subscriber)
        async with asyncio.timeout(10):
            while (event := await anext(events)) == (key, b"no"):
                pass
        assert event == (key + "/kept", b"yes")
        await subscriber.subscribe(key)
        assert cache.publish(key, b"again") == 1


async def test_iteration_ends_when_the_subscriber_is_closed(cache: Cache, key: str) -> None:
    subscriber = cache.subscriber()
    async with subscriber:
        await subscriber.subscribe(key)

        async def read() -> list[tuple[str, bytes]]:
            return [event async for event in subscriber]

        reader = asyncio.create_task(read())
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        assert await reader == []
    assert cache.publish(key, b"x") == 0


async def test_a_full_queue_drops_the_oldest_and_says_so(cache: Cache, key: str) -> None:
    async with cache.subscriber(queue_size=10) as subscriber:
        await subscriber.subscribe(key, key + "/end")
        aio = cache.aio()
        for index in range(25):
            await aio.publish(key, b"%d" % index)
        await aio.close()
        queue = subscriber._queue  # type: ignore[attr-defined]
        await asyncio.to_thread(wait_until, lambda: bool(queue._events) and queue._events[-1] == (key, b"24"))
        events = aiter(subscriber)
        seen: list[tuple[str, bytes]] = []
        async with asyncio.timeout(10):
            while not seen or seen[-1] != (key, b"24"):
                seen.append(await anext(events))
        assert seen[0] == (RESYNC, b"")
        kept = [int(data) for channel, data in seen if channel == key]
        assert kept == list(range(kept[0], 25))
        assert len(kept) <= 11


async def test_redis_lost_and_back_is_announced(start_part: Callable[[str], Process], key: str) -> None:
    """A lost Redis costs latency, never a message: on RESYNC the tier fetches what it may have missed."""
    server = start_part("redis")
    cache = open_cache(server.url)
    aio = cache.aio()
    async with cache.subscriber() as subscriber:
        await subscriber.subscribe(key, key + "/2")
        events = aiter(subscriber)
        server.kill()
        with pytest.raises(CacheUnavailable):
            cache.get(key)
        with pytest.raises(CacheUnavailable):
            await aio.ping()
        server.start()
        async with asyncio.timeout(20):
            assert await anext(events) == (RESYNC, b"")
        assert cache.publish(key, b"1") == 1
        assert await aio.publish(key + "/2", b"2") == 1
        async with asyncio.timeout(10):
            assert [await anext(events), await anext(events)] == [(key, b"1"), (key + "/2", b"2")]
    await aio.close()
    cache.close()


async def test_what_could_not_be_published_is_announced(start_part: Callable[[str], Process], key: str) -> None:
    """A cache that was silent for one process may have served the others all the time."""
    server = start_part("redis")
    publisher, cache = open_cache(server.url), open_cache(server.url)
    async with cache.subscriber() as subscriber:
        await subscriber.subscribe(key)
        events = aiter(subscriber)
        publisher.tell_of_loss()
        async with asyncio.timeout(20):
            assert await anext(events) == (RESYNC, b"")
        publisher.publish(key, b"1")
        async with asyncio.timeout(10):
            assert await anext(events) == (key, b"1")
    publisher.close()
    cache.close()


def test_memory_is_bounded_and_forgets_the_oldest_first() -> None:
    cache = MemoryCache(max_entries=3)
    for name in "abc":
        cache.set(name, b"")
    cache.set("a", b"again")
    cache.set("d", b"")
    assert [name for name in "abcd" if cache.get(name) is not None] == ["a", "c", "d"]


def test_memory_drops_what_expired_before_what_lives() -> None:
    now = 0.0
    cache = MemoryCache(max_entries=2, clock=lambda: now)
    cache.set("lives", b"")
    cache.set("expires", b"", ttl_s=1)
    now = 2.0
    cache.set("new", b"")
    assert cache.get("lives") is not None


def test_memory_keeps_no_trace_of_renewed_lifetimes() -> None:
    cache = MemoryCache()
    for _ in range(10_000):
        cache.set("a", b"", ttl_s=1000)
    assert len(cache._deadlines) < 2_000


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense://", "is unknown"),
        ("memory://?max_entries=0", "max_entries"),
        ("redis://127.0.0.1:1/0", "does not answer"),
        ("redis://127.0.0.1:port/0", "redis://host:6379/0"),
    ],
)
def test_a_bad_url_is_one_line_for_the_operator(url: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        open_cache(url)
    assert "\n" not in str(caught.value)


def test_wrong_credentials_are_named(redis_url: str) -> None:
    with pytest.raises(ConfigurationError, match="password"):
        open_cache(redis_url.replace("://", "://:wrong@"))
