"""Callers take turns: a flood of one caller's queries makes nobody else wait behind it. Checklist 20, 133."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from connection_tier.runner.turns import Turns


class Queue:
    """Queries of several callers; `begun` is the order in which they got a place."""

    def __init__(self, places: int) -> None:
        self.turns = Turns(places)
        self.begun: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, *queries: str) -> None:
        """Queries named by their caller's letter and a number."""
        for query in queries:
            self.tasks[query] = asyncio.create_task(self._take(query))
            await asyncio.sleep(0)

    async def _take(self, query: str) -> None:
        await self.turns.take(query[0])
        self.begun.append(query)

    async def end(self, *queries: str) -> list[str]:
        """End queries; those that began thereby."""
        before = len(self.begun)
        for query in queries:
            self.turns.give_back(query[0])
        for _ in range(3):
            await asyncio.sleep(0)
        return self.begun[before:]


async def test_one_caller_leaves_places_for_others() -> None:
    queue = Queue(8)
    await queue.ask(*(f"a{n}" for n in range(9)))
    # Its first, and the place for further ones.
    assert queue.begun == ["a0", "a1"]
    await queue.ask("b0", "c0", "d0", "e0", "f0", "g0")
    assert queue.begun[2:] == ["b0", "c0", "d0", "e0", "f0", "g0"]
    assert queue.turns.waiting == 7


async def test_waiting_callers_alternate() -> None:
    queue = Queue(1)
    await queue.ask("a0", "a1", "a2", "b0", "b1", "c0")
    assert queue.begun == ["a0"]
    order = [began for query in ("a0", "a1", "b0", "c0", "a2") for began in await queue.end(query)]
    assert order == ["a1", "b0", "c0", "a2", "b1"]
    assert queue.turns.waiting == 0


async def test_further_queries_share_their_places() -> None:
    queue = Queue(16)
    await queue.ask("a0", "a1", "b0", "b1", "a2", "b2")
    assert queue.begun == ["a0", "a1", "b0", "b1"]
    assert await queue.end("b1") == ["a2"]
    # The first of a caller to end makes another of its own the first.
    assert await queue.end("b0") == ["b2"]


async def test_all_places_can_be_used_by_many() -> None:
    queue = Queue(4)
    await queue.ask("a0", "b0", "c0", "d0", "e0")
    assert queue.begun == ["a0", "b0", "c0", "d0"]
    assert await queue.end("c0") == ["e0"]


async def test_whoever_gives_up_waiting_takes_no_place() -> None:
    queue = Queue(1)
    await queue.ask("a0", "b0", "c0")
    queue.tasks["b0"].cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await queue.tasks["b0"]
    assert queue.turns.waiting == 1
    assert await queue.end("a0") == ["c0"]


async def test_a_place_granted_to_a_cancelled_query_is_given_on() -> None:
    queue = Queue(1)
    await queue.ask("a0", "b0", "c0")
    queue.turns.give_back("a")
    queue.tasks["b0"].cancel()  # it was granted, but has not run since
    with pytest.raises(asyncio.CancelledError):
        await queue.tasks["b0"]
    await asyncio.sleep(0)
    assert queue.begun == ["a0", "c0"]
