"""The bound on bytes in flight."""

from __future__ import annotations

import asyncio

import pytest

from connection_tier.files.budget import ByteBudget


async def test_waits_for_room_in_order() -> None:
    budget = ByteBudget(10)
    order: list[str] = []
    first_done, started = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with budget.hold(6):
            started.set()
            await first_done.wait()

    async def then(name: str, size: int) -> None:
        async with budget.hold(size):
            order.append(name)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(first())
        await started.wait()
        group.create_task(then("large", 9))
        await asyncio.sleep(0)
        group.create_task(then("small", 1))
        await asyncio.sleep(0)
        assert order == []
        first_done.set()
    assert order == ["large", "small"]
    assert budget.held == 0


async def test_more_than_everything_counts_as_everything() -> None:
    budget = ByteBudget(10)
    async with budget.hold(1000):
        assert budget.held == 10
    assert budget.held == 0


@pytest.mark.parametrize("released_first", [False, True])
async def test_who_is_cancelled_while_waiting_holds_nothing(released_first: bool) -> None:
    budget = ByteBudget(10)

    async def wait() -> None:
        async with budget.hold(8):
            pytest.fail("was cancelled")

    async with budget.hold(5):
        waiting = asyncio.create_task(wait())
        behind = asyncio.create_task(asyncio.wait_for(_pass(budget, 4), 10))
        await asyncio.sleep(0)
        if not released_first:
            waiting.cancel()
            await asyncio.wait([waiting])
    waiting.cancel()
    await asyncio.wait([waiting])
    await behind
    assert budget.held == 0


async def _pass(budget: ByteBudget, size: int) -> None:
    async with budget.hold(size):
        pass
