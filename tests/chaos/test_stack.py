"""Two nodes on the real parts, twenty users who go on writing, and `kill -9`.

Afterwards every acknowledged message is in both boxes exactly once and in order, pts has no gap, and every device holds
what its account holds, by its own means.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from localstack.apache_kafka import VERSION, apache_kafka
from localstack.process import PartFailed, Process
from tests.chaos.stack_audit import Stored, Totals, audit, differing, read_box
from tests.chaos.stack_members import PARTNERS, Member
from tests.chaos.stack_nodes import start_nodes, workers
from tests.deployments import shared_settings
from tests.servers import Server

_MEMBERS: Final = 20
_RECOVERED_WITHIN_S: Final = 10.0
_DOWN_S: Final = 1.0
_POLL_S: Final = 0.05
_SHOWN: Final = 4000
_SHOWN_LINES: Final = 30


@dataclass(frozen=True, slots=True)
class Deployment:
    """The parts and nodes that may be killed."""

    parts: dict[str, Process]
    nodes: list[Server]

    def kill(self, name: str) -> None:
        """End a part at once, as a crash would."""
        if name == "worker":
            for worker in workers(self.nodes[1]):
                worker.send_signal(signal.SIGKILL)
        elif name == "node":
            self.nodes[0].kill()
        else:
            self.parts[name].kill()

    def bring_back(self, name: str) -> None:
        """Start it again; returns when it serves. Nodes start their workers again themselves."""
        if name == "node":
            self.nodes[0].start()
        elif name == "worker":
            deadline = time.monotonic() + 3 * _RECOVERED_WITHIN_S
            while not self.nodes[1].is_ready():
                assert time.monotonic() < deadline, "no worker was started again"
                time.sleep(_POLL_S)
        else:
            self.parts[name].start()


@pytest.fixture(params=["tansu", "apache"])
def broker(
    request: pytest.FixtureRequest, parts_folder: Path, start_part: Callable[[str], Process]
) -> Iterator[Process]:
    """The broker of the test suite, then Apache Kafka itself where it can be had."""
    if request.param == "tansu":
        yield start_part("kafka")
        return
    try:
        process = apache_kafka(parts_folder / f"apache-kafka-{secrets.token_hex(4)}")
    except PartFailed as error:
        pytest.skip(f"not run: the chaos suite on Apache Kafka {VERSION}: {error}")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def deployment(tmp_path: Path, start_part: Callable[[str], Process], broker: Process) -> Iterator[Deployment]:
    parts = {name: start_part(name) for name in ("mariadb", "redis", "s3")} | {"kafka": broker}
    settings = shared_settings(
        tmp_path,
        mariadb_url=parts["mariadb"].url,
        redis_url=parts["redis"].url,
        kafka_url=parts["kafka"].url,
        s3_url=parts["s3"].url,
    )
    nodes = start_nodes(tmp_path, settings, 2)
    try:
        yield Deployment(parts, nodes)
    finally:
        for node in nodes:
            node.kill()


async def enrolled(nodes: Sequence[Server], count: int) -> list[Member]:
    """New accounts with a device each."""
    addresses = [("127.0.0.1", node.tcp_port) for node in nodes]
    members = [Member(number, addresses, nodes[0].public_key) for number in range(count)]
    for member in members:
        await member.enrol()
    return members


@contextlib.asynccontextmanager
async def writing(members: Sequence[Member]) -> AsyncIterator[None]:
    """Members write and listen inside the block."""
    lives = [asyncio.create_task(member.live()) for member in members]
    try:
        yield
    finally:
        for life in lives:
            life.cancel()
        outcomes = await asyncio.gather(*lives, return_exceptions=True)
    failed = [outcome for outcome in outcomes if not isinstance(outcome, asyncio.CancelledError)]
    assert not failed


async def _recovered(members: Sequence[Member], since: float) -> float:
    """Seconds until everyone has got a message through that was begun after ``since``."""
    waiting = set(members)
    while waiting:
        assert time.monotonic() < since + 3 * _RECOVERED_WITHIN_S, f"{[m.number for m in waiting]} get nothing through"
        await asyncio.sleep(_POLL_S)
        waiting -= {member for member in waiting if _got_through(member, since)}
    return time.monotonic() - since


def _got_through(member: Member, since: float) -> bool:
    return any(
        message.started >= since and message.acknowledged is not None and message.target.listener.has_got(message.text)
        for message in member.sent[-10:]
    )


_ALL_TROUBLES: Final = (
    ("worker",),
    ("kafka",),
    ("redis",),
    ("mariadb",),
    ("node",),
    ("kafka", "mariadb"),
    ("node", "redis"),
)
_BROKER_TROUBLES: Final = (("kafka",), ("worker", "kafka"))
"""What may go differently on Apache Kafka."""


async def endure(
    deployment: Deployment, members: Sequence[Member], troubles: Sequence[Sequence[str]], keeper: ThreadPoolExecutor
) -> dict[str, float]:
    """Kill and bring back; seconds until everyone got a message through, by trouble.

    ``keeper`` has one thread: parts die with the thread that started them.
    """
    loop = asyncio.get_running_loop()
    recovery: dict[str, float] = {}
    await _recovered(members, time.monotonic())
    for trouble in troubles:
        for name in trouble:
            await loop.run_in_executor(keeper, deployment.kill, name)
        await asyncio.sleep(_DOWN_S)
        # The last first: nodes and workers need the other parts to start.
        for name in reversed(trouble):
            await loop.run_in_executor(keeper, deployment.bring_back, name)
        recovery[" and ".join(trouble)] = await _recovered(members, time.monotonic())
    return recovery


def check(totals: Totals, recovery: dict[str, float], deployment: Deployment) -> None:
    """Nothing lost, nothing doubled, everything soon back."""
    assert not totals.lost, totals.lost
    assert not totals.doubled, totals.doubled
    assert totals.acknowledged == totals.sent
    assert max(recovery.values()) < _RECOVERED_WITHIN_S, recovery
    defects = [line for node in deployment.nodes for line in tracebacks(node)]
    assert not defects, "\n".join(defects)
    for node in deployment.nodes:
        node.kill()
    for part in deployment.parts.values():
        part.stop()


def told(what: str, totals: Totals, recovery: dict[str, float], deployment: Deployment) -> str:
    """The line the suite prints."""
    seconds = ", ".join(f"{name} {value:.1f}" for name, value in recovery.items())
    defects = sum(len(tracebacks(node)) for node in deployment.nodes)
    return f"\nchaos {what}: {totals}; tracebacks in logs {defects}; recovery in seconds: {seconds}"


def tracebacks(node: Server) -> list[str]:
    """What a node or a worker of it took for a defect: a part that is away is a warning (docs/explanation/failures.md).

    A structured line holds its traceback; one that Python itself printed goes on over the lines below it.
    """
    lines = node.log.read_text(errors="replace").splitlines()
    return [
        line[:_SHOWN] if line.startswith("{") else "\n".join(lines[number : number + _SHOWN_LINES])
        for number, line in enumerate(lines)
        if "Traceback (most recent call last)" in line
    ]


@pytest.mark.timeout(300)
async def test_nothing_acknowledged_is_lost(deployment: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    broker = deployment.parts["kafka"].name
    members = await enrolled(deployment.nodes, _MEMBERS)
    await asyncio.gather(
        *(
            member.meet([members[(member.number + step) % _MEMBERS] for step in range(1, PARTNERS + 1)])
            for member in members
        )
    )
    with ThreadPoolExecutor(1) as keeper:
        async with writing(members):
            troubles = _ALL_TROUBLES if broker == "kafka" else _BROKER_TROUBLES
            recovery = await endure(deployment, members, troubles, keeper)
            boxes = await _settled(members)
        totals = audit(members, boxes)
        with capsys.disabled():
            print(told(f"on the full stack with {broker}", totals, recovery, deployment))
        check(totals, recovery, deployment)


async def _settled(members: Sequence[Member]) -> dict[Member, Stored]:
    """Let everyone finish the message at hand; the boxes once every device holds what its account holds."""
    for member in members:
        member.is_sending = False
    deadline = time.monotonic() + 3 * _RECOVERED_WITHIN_S
    while True:
        open_ones = [member.number for member in members if member.sent[-1].acknowledged is None]
        boxes = {member: await read_box(member) for member in members}
        behind = differing(members, boxes)
        if time.monotonic() > deadline:
            assert not behind, f"members {behind} did not converge"
            assert not open_ones, f"members {open_ones} get no acknowledgement"
            return boxes
        if not behind and not open_ones and not audit(members, boxes).lost:
            return boxes
