"""The execution ledger. Checklist 47."""

from __future__ import annotations

import asyncio

from connection_tier.dispatch.ledger import Ledger
from layers.cache import open_cache
from layers.context import Caller
from layers.invocation import Reply


def caller(msg_id: int = 4) -> Caller:
    return Caller(auth_key_id=1, session_id=2, msg_id=msg_id, layer=200, ip="127.0.0.1", user_id=3)


async def test_a_repetition_gets_the_first_reply() -> None:
    ledger = Ledger(open_cache("memory://").aio(), "a")
    runs = 0

    async def run() -> Reply:
        nonlocal runs
        runs += 1
        return Reply(b"result", auth_changed=True)

    first = await ledger.once(caller(), run)
    again = await ledger.once(caller(), run)
    assert first == again == Reply(b"result", auth_changed=True)
    assert runs == 1


async def test_errors_are_remembered_too() -> None:
    ledger = Ledger(open_cache("memory://").aio(), "a")

    async def run() -> Reply:
        return Reply(None, 400, "PEER_ID_INVALID")

    await ledger.once(caller(), run)

    async def never() -> Reply:
        raise AssertionError

    assert await ledger.once(caller(), never) == Reply(None, 400, "PEER_ID_INVALID")


async def test_a_repetition_waits_for_the_run_under_way() -> None:
    cache = open_cache("memory://")
    one_node, another = Ledger(cache.aio(), "one"), Ledger(cache.aio(), "another")
    alive = asyncio.create_task(one_node.keep_alive())
    may_finish = asyncio.Event()
    started = asyncio.Event()

    async def slow() -> Reply:
        started.set()
        await may_finish.wait()
        return Reply(b"done")

    async def never() -> Reply:
        raise AssertionError

    first = asyncio.create_task(one_node.once(caller(), slow))
    await started.wait()
    second = asyncio.create_task(another.once(caller(), never))
    may_finish.set()
    assert await first == await second == Reply(b"done")
    alive.cancel()


async def test_a_repetition_does_not_wait_for_a_dead_node() -> None:
    """Whether the query took effect is not known: it must not run again."""
    cache = open_cache("memory://")
    killed, another = Ledger(cache.aio(), "killed"), Ledger(cache.aio(), "another")
    started = asyncio.Event()

    async def forever() -> Reply:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def never() -> Reply:
        raise AssertionError

    running = asyncio.create_task(killed.once(caller(), forever))
    await started.wait()
    async with asyncio.timeout(5):
        assert await another.once(caller(), never) == Reply(None, -503, "Timeout")
    running.cancel()


async def test_other_messages_run() -> None:
    ledger = Ledger(open_cache("memory://").aio(), "a")
    runs = 0

    async def run() -> Reply:
        nonlocal runs
        runs += 1
        return Reply(b"")

    await ledger.once(caller(4), run)
    await ledger.once(caller(8), run)
    assert runs == 2
