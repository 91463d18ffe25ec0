"""Worker processes from the node's side: turns, deaths, an orderly end. All but the last are make-believe."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import tl
from connection_tier.runner.frames import HEADER, unpack_request
from connection_tier.runner.workers import WorkerRunner, _Worker
from layers.context import Caller
from layers.invocation import Invocation, Reply
from layers.registry import Registry, load_registry
from tl import api

READ = tl.encode(api.help.GetNearestDc())
WRITE = tl.encode(api.messages.SendMessage(peer=api.InputPeerSelf(), message="x", random_id=1))


class Writer:
    """The socket to a worker; `sent` are the invocations that went there, by number."""

    def __init__(self) -> None:
        self.sent: dict[int, Invocation] = {}
        self.is_closed = asyncio.Event()

    def write(self, frame: bytes) -> None:
        _, number = HEADER.unpack(frame[: HEADER.size])
        self.sent[number] = unpack_request(frame[HEADER.size :])

    def is_closing(self) -> bool:
        return self.is_closed.is_set()

    def close(self) -> None:
        self.is_closed.set()


class Workers(WorkerRunner):
    """Workers without processes: a test answers for them, or lets them die."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(1, registry, {})
        self.lives: list[Writer] = []
        self._died = asyncio.Event()

    async def _run(self, worker: _Worker) -> None:
        writer = Writer()
        self.lives.append(writer)
        self._died.clear()
        worker.writer = writer  # type: ignore[assignment]
        worker.is_ready = True
        self._ready.set()
        self._hand_out()
        closed, died = (asyncio.create_task(event.wait()) for event in (writer.is_closed, self._died))
        await asyncio.wait({closed, died}, return_when="FIRST_COMPLETED")
        raise EOFError("the socket is closed")

    def answer(self, number: int, reply: Reply) -> None:
        """What the present worker says."""
        self._end_job(self._workers[0].running.pop(number), reply)

    async def die(self) -> None:
        """End the present worker and wait for the next."""
        lives = len(self.lives)
        self._died.set()
        for _ in range(1000):
            if len(self.lives) > lives:
                return
            await asyncio.sleep(0.01)  # it starts again after a pause
        raise AssertionError("no other worker was started")


@asynccontextmanager
async def workers() -> AsyncIterator[Workers]:
    runner = Workers(load_registry())
    await runner.start()
    yield runner
    await runner.close()


def ask(runner: Workers, request: bytes, user_id: int = 5) -> asyncio.Task[Reply]:
    caller = Caller(auth_key_id=1, session_id=1, msg_id=4, layer=tl.LAYER, ip="192.0.2.1", user_id=user_id)
    return asyncio.create_task(runner.invoke(Invocation(caller, request)))


async def test_replies_reach_who_asked() -> None:
    async with workers() as runner:
        asked = [ask(runner, READ, user_id) for user_id in (5, 6)]
        await asyncio.sleep(0)
        sent = runner.lives[0].sent
        assert [invocation.caller.user_id for invocation in sent.values()] == [5, 6]
        for number, invocation in reversed(sent.items()):
            runner.answer(number, Reply(str(invocation.caller.user_id).encode()))
        assert [(await task).result for task in asked] == [b"5", b"6"]


async def test_a_flood_leaves_room_for_others() -> None:
    async with workers() as runner:
        flood = [ask(runner, READ) for _ in range(40)]
        other = ask(runner, READ, 6)
        await asyncio.sleep(0)
        sent = runner.lives[0].sent
        assert [invocation.caller.user_id for invocation in sent.values()].count(5) < 16
        number = next(number for number, invocation in sent.items() if invocation.caller.user_id == 6)
        runner.answer(number, Reply(b""))
        assert (await other).result == b""
        answered: set[int] = {number}
        while answered < set(sent) or len(answered) < 41:
            for number in set(sent) - answered:
                answered.add(number)
                runner.answer(number, Reply(b""))
            await asyncio.sleep(0)
        assert {(await task).result for task in flood} == {b""}


async def test_a_dead_worker_gives_its_places_back() -> None:
    """What it read is read by the next one; of what it wrote nobody knows, and the client is told so."""
    async with workers() as runner:
        reading, writing = ask(runner, READ, 5), ask(runner, WRITE, 6)
        await asyncio.sleep(0)
        await runner.die()
        assert (await writing).error_message == "WORKER_BUSY_TOO_LONG_RETRY"
        [(number, invocation)] = runner.lives[1].sent.items()
        assert invocation.request == READ
        runner.answer(number, Reply(b"read"))
        assert (await reading).result == b"read"
        again = [ask(runner, READ, user_id) for user_id in range(16)]
        await asyncio.sleep(0)
        assert len(runner.lives[1].sent) == 17
        for number in list(runner.lives[1].sent)[1:]:
            runner.answer(number, Reply(b""))
        await asyncio.gather(*again)


async def test_a_closed_socket_is_given_nothing() -> None:
    """A worker's socket is closed a moment before its end is noticed; what is asked then waits for the next worker."""
    async with workers() as runner:
        runner.lives[0].close()
        reading = ask(runner, READ)
        await asyncio.sleep(0)
        assert not runner.lives[0].sent
        await runner.die()
        [number] = runner.lives[1].sent
        runner.answer(number, Reply(b"read"))
        assert (await reading).result == b"read"


async def test_an_orderly_end_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        async with workers():
            pass
    assert not [record for record in caplog.records if "worker" in record.getMessage()]


def test_a_worker_whose_node_is_gone_ends_in_order(tmp_path: Path) -> None:
    """The node may be killed while the worker starts."""
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        done = subprocess.run(
            [sys.executable, "-m", "connection_tier.runner.worker", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            env={**os.environ, "CIRRUSGRAM_DATA": str(tmp_path), "CIRRUSGRAM_CONSUMERS": "none"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
