"""Hostile clients beside well-behaved ones: what each attack meets, and what it costs everybody else.

``python -m bench abuse [--quick] [--only NAME] [--seconds N]``. A node runs as a process of its own; the attacker is
another process of the lowest priority, so that on one machine it takes the node's attention and not its processor.
Meanwhile two people who were there before call at a steady pace (20 reads and 20 messages a second between them); their
p50 and p99 are compared with those of the quiet time before; an attack of nobody shows what the attacker's process
alone changes. Everything runs without flood limits, which would stop
most of it earlier.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import multiprocessing
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from layers.config import Settings
from tests.abuse import ATTACKS, Attack, Target
from tests.raw_client import RawClient, TcpStream, signed_in
from tests.servers import HOST, Server
from tl import api

_PACE_S: Final = 0.05
_LOWEST_PRIORITY: Final = 19
_HANDSHAKES_PER_S: Final = str(Settings.model_fields["max_handshakes_per_s"].default)


async def nobody(target: Target, _size: int) -> Counter[str]:
    """The control: the attacker's process is as busy as in an attack, and leaves the node alone."""
    until = time.monotonic() + target.lasting_s
    while time.monotonic() < until:
        pass
    return Counter({"nothing": 1})


_ALL: Final = {"nobody": Attack(nobody, 1, 1, frozenset({"nothing"})), **ATTACKS}


def attack_again(target: Target, name: str, size: int, seconds: float, report: Any) -> None:
    """The attacker's process: the attack, again if it ends early; sends what it met."""
    os.nice(_LOWEST_PRIORITY)
    report.send("ready")
    found: Counter[str] = Counter()

    async def run() -> None:
        deadline = time.monotonic() + seconds
        while True:
            found.update(await _ALL[name].run(target, size))
            if time.monotonic() > deadline:
                return

    try:
        asyncio.run(run())
    except Exception as error:
        found[f"attacker: {type(error).__name__} {error}"] += 1
    report.send(found)
    report.close()


class Bystanders:
    """Two people who go on calling and writing to each other."""

    def __init__(self, one: RawClient, two: RawClient, peer: api.InputPeerUser) -> None:
        self._one = one
        self._two = two
        self._peer = peer
        self._random_ids = itertools.count(int(time.time()) << 20)
        self.latencies: list[float] = []

    async def call_for(self, done: asyncio.Event) -> list[float]:
        """Seconds of each call until ``done``."""
        found: list[float] = []

        async def reads() -> None:
            while not done.is_set():
                await self._timed(self._two, api.updates.GetState(), found)

        async def sends() -> None:
            while not done.is_set():
                request = api.messages.SendMessage(peer=self._peer, message="hello", random_id=next(self._random_ids))
                await self._timed(self._one, request, found)

        await asyncio.gather(reads(), sends())
        return found

    @staticmethod
    async def _timed(client: RawClient, request: Any, found: list[float]) -> None:
        started = time.perf_counter()
        answer = await client.invoke_raw(request)
        assert answer.error is None, answer.error
        found.append(time.perf_counter() - started)
        await asyncio.sleep(_PACE_S)


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[Server]:
    server = Server(folder, {"CIRRUSGRAM_FLOOD_LIMITS": "false", "CIRRUSGRAM_MAX_HANDSHAKES_PER_S": _HANDSHAKES_PER_S})
    server.start()
    try:
        yield server
    finally:
        server.kill()


def at(values: list[float], share: float) -> float:
    """A percentile in milliseconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class Abuse:
    """The measurements against one node."""

    def __init__(self, server: Server, seconds: float) -> None:
        self._server = server
        self._seconds = seconds

    @contextlib.asynccontextmanager
    async def _people(self) -> Any:
        key, port = self._server.public_key, self._server.tcp_port
        async with (
            signed_in(key, TcpStream(HOST, port), "99966200001", "One") as one,
            signed_in(key, TcpStream(HOST, port), "99966200002", "Two") as two,
        ):
            await two.invoke(api.updates.GetState())
            yield Bystanders(one, two, await one.input_peer("99966200002"))

    async def quiet(self) -> list[float]:
        """The bystanders' latencies with nobody else there."""
        async with self._people() as people:
            done = asyncio.Event()
            asyncio.get_running_loop().call_later(self._seconds, done.set)
            found: list[float] = await people.call_for(done)
            return found

    async def under(self, name: str, size: int) -> tuple[list[float], Counter[str], int]:
        """Their latencies under an attack, what the attacker met, and the node's highest resident memory."""
        server = self._server
        target = Target(server.public_key, HOST, server.tcp_port, server.http_port, lasting_s=self._seconds)
        ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(
            target=attack_again, args=(target, name, size, self._seconds, theirs)
        )
        highest = 0
        async with self._people() as people:
            process.start()
            theirs.close()
            await asyncio.to_thread(ours.recv)  # importing costs as much as an attack
            done = asyncio.Event()
            calling = asyncio.create_task(people.call_for(done))
            while not ours.poll():
                if not process.is_alive() and not ours.poll():
                    raise RuntimeError("the attacker died")
                highest = max(highest, server.rss_bytes)
                await asyncio.sleep(0.2)
            met = await asyncio.to_thread(ours.recv)
            done.set()
            latencies = await calling
        process.join()
        return latencies, met, highest


def main() -> int:
    """Run the attacks one after the other and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench abuse", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the sizes of the tests")
    parser.add_argument("--only", help="one attack")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each attack lasts at least (default 8)")
    options = parser.parse_args()
    names = [options.only] if options.only else list(_ALL)
    failures = 0
    print(time.strftime("%Y-%m-%d"), os.cpu_count(), "cores", "quick" if options.quick else "")
    print("| attack | quiet p50 / p99, ms | under attack | p99 times | memory, MiB | met |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="cirrusgram-abuse-") as folder:
        for number, name in enumerate(names):
            attack = _ALL[name]
            with _serving(Path(folder) / str(number)) as server:
                abuse = Abuse(server, options.seconds)
                before = asyncio.run(abuse.quiet())
                resting = server.rss_bytes
                latencies, met, highest = asyncio.run(abuse.under(name, attack.small if options.quick else attack.full))
                undocumented = sorted(set(met) - attack.reactions)
                alive = server.is_running and b"Traceback" not in server.log.read_bytes()
                print(
                    f"| {name} | {at(before, 0.5):.0f} / {at(before, 0.99):.0f} |"
                    f" {at(latencies, 0.5):.0f} / {at(latencies, 0.99):.0f} |"
                    f" {at(latencies, 0.99) / at(before, 0.99):.1f} | {resting >> 20} → {highest >> 20} |"
                    f" {', '.join(f'{count} {kind}' for kind, count in met.most_common())} |",
                    "" if alive else "CRASHED OR TRACEBACK",
                    f"UNDOCUMENTED {undocumented}" if undocumented else "",
                    flush=True,
                )
                failures += bool(undocumented) or not alive
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
