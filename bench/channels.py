"""Channels and chats: a post at 10 to 100,000 members, reading at 1,000 to 1,000,000 messages, fan-out to 1,000 people.

``python -m bench channels [--database sqlite|mariadb|both] [--most N] [--quick]``. Functions run in this process, as in
a node's thread; times are medians of wall time and of CPU; beside them what the database did for a call, which depends
on nothing else that the machine does. Members and messages are put into the tables directly. The fan-out is that of
``python -m bench fan_out``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import tl
from bench._filling import SENDER, Filling, Work, give_memory
from bench.fan_out import fan_out
from bench.server import report
from layers.bootstrap import open_services
from layers.config import Settings
from layers.context import Caller, Services
from layers.domain.chats import channel_access_hash
from layers.domain.peers import peer_key, user_access_hash
from layers.invocation import Invocation, invoke
from layers.registry import Registry, load_registry
from layers.schema import box_states, chats
from layers.unit_of_work import run
from localstack import parts
from tests.deployments import make_schema
from tl import TLObject, api

FIRST_OWNER = 1001
FIRST_MEMBER = 10_000
_SMALL_CHATS = 30
_ALLOWED = 1.5


@dataclass(slots=True)
class Size:
    """An account for which something has a certain size, and what it asks for."""

    number: int
    owner_id: int
    requests: Iterator[TLObject]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    work: list[int] = field(default_factory=list)


class Bench:
    """One database with channels and boxes in it."""

    def __init__(self, services: Services, registry: Registry, label: str) -> None:
        self._services = services
        self._registry = registry
        self._label = label
        self._filling = Filling(services)
        self._random_ids = iter(range(1, 1 << 60))
        self._msg_ids = iter(range(4, 1 << 60, 4))

    def _invoke(self, owner_id: int, request: TLObject) -> bytes:
        caller = Caller(1, 1, next(self._msg_ids), tl.LAYER, "127.0.0.1", user_id=owner_id)
        reply = invoke(self._services, self._registry, Invocation(caller, tl.encode(request)))
        if reply.result is None:
            raise RuntimeError(reply.error_message)
        return reply.result

    def compare(self, name: str, sizes: Sequence[Size], count: int) -> None:
        """Print the medians of ``count`` calls at each size, and how far they are apart.

        The sizes take turns, so that what else the machine does falls on all of them.
        """
        for turn in range(count + 3):
            for size in sizes:
                request = next(size.requests)
                if turn < 3:
                    self._invoke(size.owner_id, request)
                    continue
                cpu, wall = time.thread_time(), time.perf_counter()
                self._invoke(size.owner_id, request)
                size.cpu.append(time.thread_time() - cpu)
                size.wall.append(time.perf_counter() - wall)
        unit = ""
        for size in sizes:
            for _ in range(6):
                request = next(size.requests)
                with Work(self._services.database.engine) as work:
                    self._invoke(size.owner_id, request)
                size.work.append(work.taken)
                unit = work.unit
            wall, cpu = statistics.median(size.wall) * 1000, statistics.median(size.cpu) * 1000
            note = f"{cpu:.2f} ms CPU, {statistics.median(size.work):,.0f} {unit}"
            report(f"{self._label}: {name} at {size.number:,}", wall, "ms", note)
        walls, cpus, works = (
            [statistics.median(getattr(size, part)) for size in sizes] for part in ("wall", "cpu", "work")
        )
        ratio = max(walls) / min(walls)
        verdict = "" if ratio <= _ALLOWED else f"more than {_ALLOWED}"
        note = f"CPU {max(cpus) / min(cpus):.2f}, {unit} {max(works) / max(1, min(works)):.2f} {verdict}"
        report(f"{self._label}: {name}, most to least", ratio, "times", note)

    def create(self, owner_id: int) -> int:
        """The id of a new supergroup."""
        request = api.channels.CreateChannel(title="Group", about="", megagroup=True)
        made: Any = tl.decode(self._invoke(owner_id, request))
        return int(made.chats[0].id)

    def _update(self, statement: Any) -> None:
        run(self._services, lambda ctx: ctx.db.execute(statement), writes=True)

    def channel(self, owner_id: int, channel_id: int) -> api.InputPeerChannel:
        """The InputPeer of a channel."""
        key = peer_key(api.PeerChannel(channel_id=channel_id))
        access_hash, _ = run(self._services, lambda ctx: channel_access_hash(ctx, owner_id, key), writes=False)
        return api.InputPeerChannel(channel_id=channel_id, access_hash=access_hash)

    def user(self, owner_id: int, user_id: int) -> api.InputPeerUser:
        """The InputPeer of somebody."""
        access_hash, _ = run(self._services, lambda ctx: user_access_hash(ctx, owner_id, user_id), writes=False)
        return api.InputPeerUser(user_id=user_id, access_hash=access_hash)

    def posts(self, peer: Any) -> Iterator[TLObject]:
        """Texts to send."""
        while True:
            text = "A message of the usual length, for the benchmark."
            yield api.messages.SendMessage(peer=peer, message=text, random_id=next(self._random_ids))

    def posting(self, members: Sequence[int], count: int) -> None:
        """messages.sendMessage at each number of members."""
        first_id, sizes = FIRST_MEMBER, []
        owner_id = FIRST_OWNER - 1
        self._filling.people(range(owner_id, owner_id + 1), boxed=True)
        for number in members:
            channel_id = self.create(owner_id)
            key = peer_key(api.PeerChannel(channel_id=channel_id))
            self._filling.members(key, range(first_id, first_id + number))
            first_id += number
            self._update(sa.update(chats).where(chats.c.peer_key == key).values(members_count=number + 1))
            sizes.append(Size(number, owner_id, self.posts(self.channel(owner_id, channel_id))))
        self.compare("post, members", sizes, count)

    def reading(self, numbers: Sequence[int], count: int) -> None:
        """Reading methods at each number of messages: in a channel, and in a private chat of an account's box."""
        places = []
        self._filling.people(range(SENDER, SENDER + 1))
        others = range(FIRST_OWNER + len(numbers), FIRST_OWNER + len(numbers) + _SMALL_CHATS)
        self._filling.people(others)
        for owner_id, number in enumerate(numbers, FIRST_OWNER):
            started = time.perf_counter()
            self._filling.people(range(owner_id, owner_id + 1), boxed=True)
            channel_id = self.create(owner_id)
            key = peer_key(api.PeerChannel(channel_id=channel_id))
            self._filling.messages(key, key, number)
            for other in others:
                self._filling.messages(owner_id, other, 3)
            self._filling.messages(owner_id, SENDER, number)
            channel, user = self.channel(owner_id, channel_id), self.user(owner_id, SENDER)
            places.append((number, owner_id, channel, user))
            report(f"{self._label}: filled with 2 x {number:,} messages", time.perf_counter() - started, "s")
        self._filling.analyze()

        def compare(name: str, make: Callable[[int, int, Any, Any], Iterator[TLObject]]) -> None:
            self.compare(name, [Size(place[0], place[1], make(*place)) for place in places], count)

        compare("getDialogs", lambda _n, _o, _c, _u: _dialogs())
        for kind, place in (("channel", 2), ("private", 3)):

            def peer(*all_: Any, place: int = place) -> Any:
                return all_[place]

            compare(f"getHistory, {kind}", lambda n, o, c, u, p=peer: _histories(p(n, o, c, u), n))  # type: ignore[misc]
            for query in ("rare", "alpha", "beta two"):
                compare(
                    f"search '{query}', {kind}",
                    lambda n, o, c, u, p=peer, q=query: _searches(p(n, o, c, u), q),  # type: ignore[misc]
                )
        compare("search everywhere 'alpha'", lambda _n, _o, _c, _u: _global_searches("alpha"))
        compare("getDifference", lambda _n, owner_id, _c, _u: self._differences(owner_id))
        compare("send to a private chat", lambda _n, _o, _c, user: self.posts(user))

    def _differences(self, owner_id: int) -> Iterator[TLObject]:
        statement = sa.select(box_states.c.pts).where(box_states.c.owner_id == owner_id)
        pts, _ = run(self._services, lambda ctx: ctx.db.scalar(statement), writes=False)
        while True:
            yield api.updates.GetDifference(pts=pts - 50, date=int(time.time()), qts=0)


def _histories(peer: Any, number: int) -> Iterator[TLObject]:
    while True:
        for offset_id in (0, number // 2, number // 3):
            yield api.messages.GetHistory(
                peer=peer, offset_id=offset_id, offset_date=0, add_offset=0, limit=50, max_id=0, min_id=0, hash=0
            )


def _searches(peer: Any, query: str) -> Iterator[TLObject]:
    # No more than the smallest chat has of two words: a longer page costs more whatever the chat's length.
    while True:
        yield api.messages.Search(
            peer=peer,
            q=query,
            filter=api.InputMessagesFilterEmpty(),
            min_date=0,
            max_date=0,
            offset_id=0,
            add_offset=0,
            limit=15,
            max_id=0,
            min_id=0,
            hash=0,
        )


def _global_searches(query: str) -> Iterator[TLObject]:
    while True:
        yield api.messages.SearchGlobal(
            q=query,
            filter=api.InputMessagesFilterEmpty(),
            min_date=0,
            max_date=0,
            offset_rate=0,
            offset_peer=api.InputPeerEmpty(),
            offset_id=0,
            limit=15,
        )


def _dialogs() -> Iterator[TLObject]:
    while True:
        yield api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0)


def main() -> None:
    """Parse options, fill databases, print figures."""
    parser = argparse.ArgumentParser(prog="python -m bench channels", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "mariadb", "both"), default="both")
    parser.add_argument("--most", type=int, default=1_000_000, help="no more messages and members than these")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), os.cpu_count(), "cores", "quick" if options.quick else "")
    fan_out(100 if options.quick else 1000)
    with tempfile.TemporaryDirectory(prefix="cirrusgram-bench-") as folder:
        if options.database in {"sqlite", "both"}:
            _run(Path(folder) / "sqlite", None, "sqlite", options)
        if options.database in {"mariadb", "both"}:
            database = parts.mariadb(parts.private_folder(parts.private_folder(Path(folder)) / "mariadb"))
            database.start()
            give_memory(database.url)
            try:
                _run(Path(folder) / "on-mariadb", make_schema(database.url), "mariadb", options)
            finally:
                database.stop()


def _run(folder: Path, url: str | None, label: str, options: argparse.Namespace) -> None:
    settings = Settings(data=folder, database_url=url, flood_limits=False, log_level="WARNING")
    services = open_services(settings)
    try:
        bench = Bench(services, load_registry(), label)
        most = 10_000 if options.quick else options.most
        bench.posting([number for number in (10, 1_000, 100_000) if number <= most], 30 if options.quick else 200)
        sizes = [number for number in (1_000, 100_000, 1_000_000) if number <= most]
        bench.reading(sizes, 15 if options.quick else 60)
    finally:
        services.bus.close()
        services.cache.close()
        services.blobs.close()
        services.database.close()


if __name__ == "__main__":
    main()
