"""When a response over HTTP leaves. checklist 17"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from connection_tier.server.http_link import HttpLink
from connection_tier.server.keys import KeyEntry
from connection_tier.server.sessions import SessionHandle
from connection_tier.session import HttpWait, ServerSalts, Session
from layers.config import Settings
from layers.domain.auth_keys import AuthKeyRecord

NOW = 1e9


class FakeServices:
    settings = Settings(max_messages_per_s=100)

    @staticmethod
    def clock() -> float:
        return NOW


class FakeNode:
    services = FakeServices()

    def __init__(self) -> None:
        self.http_links: set[HttpLink] = set()


class StoppedLoop:
    """A loop's clock that stands still."""

    def __init__(self) -> None:
        self.now = 100.0

    def time(self) -> float:
        return self.now


class World:
    """A link, its session, and a clock."""

    def __init__(self) -> None:
        salts = ServerSalts(b"s" * 32, 1)
        self.session = Session(5, 1, salts=salts, clock=lambda: NOW, random=bytes)
        self.handle = SessionHandle(self.session, KeyEntry(None, salts, AuthKeyRecord(1, b"", 0)))  # type: ignore[arg-type]
        node: Any = FakeNode()
        self.node = node
        self.link = HttpLink(node)
        self.link.serve(self.handle)
        self.handle.connection = self.link

    def push(self) -> None:
        """A message becomes ready."""
        self.session.push(b"push")
        self.link.schedule_flush(self.handle)


@pytest.fixture
async def world() -> World:
    """In the test's loop."""
    return World()


class TestTimes:
    """At which time of a stopped clock a poll is due; requests begin at 100."""

    DEADLINE = 125.0

    def due(self, pushes: list[float], poll: HttpWait) -> float:
        """Messages become ready at these times."""
        world = World()
        loop: Any = StoppedLoop()
        world.link._loop = loop
        for at in pushes:
            loop.now = at
            world.push()
        return world.link._due_poll(poll, self.DEADLINE)

    async def test_nothing_ready(self) -> None:
        assert self.due([], HttpWait(0, 0, 25_000)) == self.DEADLINE

    async def test_no_delays(self) -> None:
        assert self.due([101.0], HttpWait(0, 0, 25_000)) == 101.0

    async def test_wait_after_counts_from_the_last(self) -> None:
        assert self.due([101.0, 101.5], HttpWait(5_000, 1_000, 25_000)) == 102.5

    async def test_max_delay_counts_from_the_first_and_wins(self) -> None:
        assert self.due([101.0, 101.5, 105.9], HttpWait(5_000, 1_000, 25_000)) == 106.0

    async def test_max_wait_wins_over_both(self) -> None:
        assert self.due([124.0], HttpWait(5_000, 3_000, 25_000)) == self.DEADLINE

    async def test_negative_times_are_none(self) -> None:
        assert self.due([101.0], HttpWait(-1, -1, 25_000)) == 101.0


async def test_a_poll_ends_when_a_message_is_ready(world: World) -> None:
    poll = asyncio.create_task(world.link.wait((), HttpWait(0, 0, 20_000)))
    await asyncio.sleep(0)
    assert not poll.done()
    world.push()
    await asyncio.wait_for(poll, 5)


async def test_a_request_is_not_ended_by_a_push(world: World) -> None:
    """It waits for the answers to its own queries; a push rides along."""
    world.session.results.begin(4)
    world.session.results.begin(8)
    request = asyncio.create_task(world.link.wait((4, 8), None))
    await asyncio.sleep(0)
    world.push()
    world.session.send_result(4, bytes(4))
    world.link.answered(world.handle)
    await asyncio.sleep(0)
    assert not request.done()
    world.session.send_result(8, bytes(4))
    world.link.answered(world.handle)
    await asyncio.wait_for(request, 5)


async def test_no_wait_without_queries(world: World) -> None:
    await asyncio.wait_for(world.link.wait((), None), 5)


@pytest.mark.parametrize("end", ["lose", "release"])
async def test_waiting_ends_with_the_link(world: World, end: str) -> None:
    poll = asyncio.create_task(world.link.wait((), HttpWait(0, 0, 20_000)))
    await asyncio.sleep(0)
    if end == "release":
        world.link.release()
        await asyncio.wait_for(poll, 5)
        assert not world.link.is_lost
    else:
        world.push()
        world.link.lose(world.handle)
        await asyncio.wait_for(poll, 5)
        # What waits is for the link that serves the session now.
        assert world.link.take().body == b"\xdc\xf8\xf1\x73" + bytes(4)
        assert world.handle.connection is None
        assert world.node.http_links == set()


async def test_a_silent_session_is_served_by_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connection_tier.server.http_link._IDLE_S", 0.01)
    world.link.begin()
    world.link.end()
    async with asyncio.timeout(5):
        while not world.link.is_lost:  # noqa: ASYNC110 - the link tells nobody
            await asyncio.sleep(0)
    assert not world.session.is_attached


async def test_a_request_keeps_the_session(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connection_tier.server.http_link._IDLE_S", 0.01)
    world.link.begin()
    world.link.end()
    world.link.begin()
    await asyncio.sleep(0.03)
    assert not world.link.is_lost


async def test_what_was_sent_in_vain_goes_again(world: World) -> None:
    world.push()
    first = world.link.take()
    assert b"push" in first.body
    assert b"push" not in world.link.take().body
    world.link.sent_in_vain()
    again = world.link.take()
    assert first.msg_id.to_bytes(8, "little") in again.body
    assert again.body.endswith(b"push")
