"""Connections with many packets take turns. Checklist 20, 133."""

from __future__ import annotations

import asyncio
import time

from connection_tier.server.backlog import Backlog


class Sender:
    """A connection with so many packets, each of which takes a while."""

    def __init__(self, name: str, packets: int, log: list[str], *, each_s: float = 0.0) -> None:
        self.name = name
        self.left = packets
        self.log = log
        self.each_s = each_s
        self.is_closed = False

    def work(self) -> bool:
        if self.left < 0:
            raise ValueError("a defect")
        self.left -= 1
        self.log.append(self.name)
        until = time.monotonic() + self.each_s
        while time.monotonic() < until:
            pass
        return self.left > 0

    def close(self) -> None:
        self.is_closed = True


async def _empty(backlog: Backlog) -> None:
    for _ in range(10_000):
        if not backlog:
            return
        await asyncio.sleep(0)
    raise AssertionError("the backlog is not worked off")


async def test_turns() -> None:
    log: list[str] = []
    backlog = Backlog()
    for name, packets in (("a", 3), ("b", 1), ("c", 2)):
        backlog.add(Sender(name, packets, log))
    await _empty(backlog)
    assert log == ["a", "b", "c", "a", "c", "a"]


async def test_others_run_between() -> None:
    """What comes meanwhile does not wait for the whole backlog."""
    log: list[str] = []
    backlog = Backlog()
    backlog.add(Sender("a", 20, log, each_s=0.003))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert 0 < len(log) < 20
    await _empty(backlog)
    assert len(log) == 20


async def test_a_defect_costs_one_connection() -> None:
    log: list[str] = []
    backlog = Backlog()
    broken, sound = Sender("a", -1, log), Sender("b", 2, log)
    backlog.add(broken)
    backlog.add(sound)
    await _empty(backlog)
    assert broken.is_closed
    assert log == ["b", "b"]
    backlog.add(Sender("c", 1, log))
    await _empty(backlog)
    assert log == ["b", "b", "c"]
