"""One node over real sockets: CPU per handshake, call and message, push latency, files, memory per connection.

``python -m bench server [--database sqlite|mariadb|both] [--quick]``. The server is a process of its own on loopback;
CPU is what the operating system counted for it and its workers (not for the database server). A client of our own
drives it, so its cost is not in the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

import tl
from localstack import parts
from tests.deployments import make_schema
from tests.raw_client import RawClient, TcpStream, signed_in
from tests.servers import HOST, Server
from tl import api

PART_BYTES = 512 * 1024
CHUNK_BYTES = 1024 * 1024


@dataclass(slots=True)
class Scale:
    """How much of everything; ``--quick`` is for trying the benchmark itself."""

    handshakes: int = 60
    calls: int = 3000
    messages: int = 1000
    pushes: int = 300
    file_bytes: int = 200 * 1024 * 1024
    connections: int = 1000


QUICK = Scale(handshakes=5, calls=200, messages=50, pushes=20, file_bytes=8 * 1024 * 1024, connections=50)


class Meter:
    """CPU and memory of a server, its children, and other processes of ours that work for it."""

    def __init__(self, server: Server, helpers: Sequence[psutil.Process] = ()) -> None:
        self._server = server
        self._helpers = helpers

    def _processes(self) -> Iterator[psutil.Process]:
        for process in (self._server.process, *self._helpers):
            yield process
            yield from process.children(recursive=True)

    def cpu_s(self) -> float:
        """Seconds used so far."""
        total = 0.0
        for process in self._processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def rss_bytes(self) -> int:
        """Resident memory of the node itself."""
        return self._server.rss_bytes


def report(name: str, value: float, unit: str, note: str = "") -> None:
    """Print one figure."""
    print(f"{name:<44} {value:>10.2f} {unit:<8} {note}", flush=True)


def percentiles(values: list[float]) -> str:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(values)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    return f"p50 {at(0.5):.2f}  p95 {at(0.95):.2f}  p99 {at(0.99):.2f} ms"


class Bench:
    """The measurements against one server."""

    def __init__(
        self,
        server: Server,
        scale: Scale,
        label: str,
        *,
        other: Server | None = None,
        helpers: Sequence[psutil.Process] = (),
    ) -> None:
        self._server = server
        self._other = other or server
        self._scale = scale
        self._label = label
        self._meter = Meter(server, helpers)
        self._random_ids = iter(range(1, 1 << 60))

    def _stream(self, *, on_other: bool = False) -> TcpStream:
        return TcpStream(HOST, (self._other if on_other else self._server).tcp_port)

    @contextlib.asynccontextmanager
    async def _person(self, number: int, *, on_other: bool = False) -> AsyncIterator[RawClient]:
        phone = f"9996603{number:04}"
        stream = self._stream(on_other=on_other)
        async with signed_in(self._server.public_key, stream, phone, f"Person {number}") as client:
            await client.invoke(api.updates.GetState())
            yield client

    @contextlib.contextmanager
    def _measured(self, name: str, count: int) -> Iterator[None]:
        cpu, wall = self._meter.cpu_s(), time.perf_counter()
        yield
        cpu, wall = self._meter.cpu_s() - cpu, time.perf_counter() - wall
        report(f"{self._label}: {name}", cpu / count * 1000, "ms CPU", f"{count / wall:.0f}/s")

    async def handshakes(self) -> None:
        """Full key exchanges, one after the other."""
        count = self._scale.handshakes
        with self._measured("handshake", count):
            for _ in range(count):
                async with RawClient(self._server.public_key, self._stream()) as client:
                    await client.make_key()

    async def calls(self) -> None:
        """help.getConfig, one in flight, then many."""
        async with self._person(1) as client:
            count = self._scale.calls
            with self._measured("help.getConfig, one at a time", count):
                for _ in range(count):
                    await client.invoke_raw(api.help.GetConfig())
            with self._measured("help.getConfig, 20 in flight", count):
                for _ in range(count // 20):
                    futures = [client.put(api.help.GetConfig())[1] for _ in range(20)]
                    await client.flush()
                    await asyncio.gather(*futures)

    async def messages(self) -> None:
        """messages.sendMessage to a user who is online elsewhere, delivery and push included."""
        async with self._person(1) as sender, self._person(2) as receiver:
            peer = await sender.input_peer("99966030002")
            count = self._scale.messages
            latencies = []
            with self._measured("messages.sendMessage, delivered and pushed", count):
                before = len(receiver.updates)
                for _ in range(count):
                    started = time.perf_counter()
                    await sender.invoke_raw(self._message(peer))
                    latencies.append(time.perf_counter() - started)
                await receiver.wait_for(lambda: _messages(receiver) - before >= count)
            print(f"{'':<44} reply {percentiles(latencies)}")

    def _message(self, peer: api.InputPeerUser) -> api.messages.SendMessage:
        return api.messages.SendMessage(
            peer=peer, message="A message of the usual length, for the benchmark.", random_id=self._random_id()
        )

    def _random_id(self) -> int:
        return next(self._random_ids) << 20 | int.from_bytes(os.urandom(2), "little")

    async def throughput(self, pairs: int = 4, in_flight: int = 4) -> None:
        """messages.sendMessage by several senders at once, delivered."""
        count = self._scale.messages
        async with contextlib.AsyncExitStack() as stack:
            people = [await stack.enter_async_context(self._person(10 + n)) for n in range(2 * pairs)]
            peers = [await people[n].input_peer(f"9996603{10 + n + pairs:04}") for n in range(pairs)]

            async def send(lane: int) -> None:
                for _ in range(count // (pairs * in_flight)):
                    await people[lane].invoke_raw(self._message(peers[lane]))

            with self._measured(f"sendMessage, {pairs * in_flight} in flight", count):
                before = [_messages(client) for client in people]
                await asyncio.gather(*(send(lane) for lane in range(pairs) for _ in range(in_flight)))
                expected = count // (pairs * in_flight) * in_flight
                for n in range(pairs, 2 * pairs):
                    await people[n].wait_for(lambda n=n: _messages(people[n]) - before[n] >= expected)

    async def pushes(self) -> None:
        """From the sender's write to the receiver's read, one message at a time; across nodes where there are two."""
        async with self._person(1) as sender, self._person(2, on_other=True) as receiver:
            peer = await sender.input_peer("99966030002")
            latencies = []
            for _ in range(self._scale.pushes):
                before = _messages(receiver)
                started = time.perf_counter()
                await sender.invoke_raw(self._message(peer))
                await receiver.wait_for(lambda before=before: _messages(receiver) > before)
                latencies.append(time.perf_counter() - started)
            print(f"{self._label + ': send to push':<44} {percentiles(latencies)}")

    async def files(self) -> None:
        """One large file up over four connections and down again."""
        size = self._scale.file_bytes
        parts_count = size // PART_BYTES
        content = os.urandom(PART_BYTES)
        file_id = self._random_id()
        async with self._person(1) as client, contextlib.AsyncExitStack() as stack:
            lanes = [client]
            for _ in range(3):
                lane = RawClient(self._server.public_key, self._stream(), key=client.key)
                await stack.enter_async_context(lane)
                assert client.key is not None
                lane.use_key(client.key)
                lanes.append(lane)

            async def upload(lane: RawClient, numbers: range) -> None:
                for number in numbers:
                    await lane.invoke(
                        api.upload.SaveBigFilePart(
                            file_id=file_id, file_part=number, file_total_parts=parts_count, bytes=content
                        )
                    )

            await self._throughput(
                "upload", size, lambda: [upload(lane, range(i, parts_count, 4)) for i, lane in enumerate(lanes)]
            )
            media = await client.invoke(
                api.messages.UploadMedia(
                    peer=api.InputPeerSelf(),
                    media=api.InputMediaUploadedDocument(
                        file=api.InputFileBig(id=file_id, parts=parts_count, name="bench.bin"),
                        mime_type="application/octet-stream",
                        attributes=[api.DocumentAttributeFilename(file_name="bench.bin")],
                    ),
                )
            )
            document = media.document
            location = api.InputDocumentFileLocation(
                id=document.id,
                access_hash=document.access_hash,
                file_reference=document.file_reference,
                thumb_size="",
            )

            async def download(lane: RawClient, offsets: range) -> None:
                for offset in offsets:
                    await lane.invoke_raw(api.upload.GetFile(location=location, offset=offset, limit=CHUNK_BYTES))

            await self._throughput(
                "download",
                size,
                lambda: [download(lane, range(i * CHUNK_BYTES, size, 4 * CHUNK_BYTES)) for i, lane in enumerate(lanes)],
            )
            report(f"{self._label}: memory after the file", self._meter.rss_bytes() / 1e6, "MB")

    async def _throughput(self, name: str, size: int, make: Callable[[], list[object]]) -> None:
        cpu, wall = self._meter.cpu_s(), time.perf_counter()
        await asyncio.gather(*make())  # type: ignore[call-overload]
        cpu, wall = self._meter.cpu_s() - cpu, time.perf_counter() - wall
        megabytes = size / 1e6
        report(
            f"{self._label}: {name}", megabytes / cpu, "MB/s", f"per core of the server ({megabytes / wall:.0f} MB/s)"
        )

    async def idle_connections(self) -> None:
        """Connections that have made one call under one key and then say nothing."""
        count = self._scale.connections
        async with self._person(1) as owner, contextlib.AsyncExitStack() as stack:
            assert owner.key is not None
            await owner.invoke(api.help.GetConfig())
            before = self._meter.rss_bytes()
            for _ in range(count):
                client = RawClient(self._server.public_key, self._stream(), key=owner.key)
                await stack.enter_async_context(client)
                client.use_key(owner.key)
                await client.invoke_raw(api.InvokeWithoutUpdates(query=tl.encode(api.help.GetNearestDc())))
            grown = self._meter.rss_bytes() - before
            report(f"{self._label}: memory per idle connection", grown / count / 1024, "KiB", f"at {count}")

    async def run(self) -> None:
        """Everything, in order."""
        await self.handshakes()
        await self.calls()
        await self.messages()
        await self.pushes()
        await self.files()
        await self.idle_connections()


def _messages(client: RawClient) -> int:
    return sum(
        isinstance(update, api.UpdateNewMessage)
        for container in client.updates
        for update in getattr(container, "updates", ())
    )


def main() -> None:
    """Parse options, start servers, print figures."""
    parser = argparse.ArgumentParser(prog="python -m bench server", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "mariadb", "both"), default="both")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    scale = QUICK if options.quick else Scale()
    print(time.strftime("%Y-%m-%d"), os.cpu_count(), "cores", "quick" if options.quick else "")
    with tempfile.TemporaryDirectory(prefix="cirrusgram-bench-") as folder:
        if options.database in {"sqlite", "both"}:
            _run(Server(Path(folder) / "sqlite", {"CIRRUSGRAM_FLOOD_LIMITS": "false"}), scale, "sqlite")
        if options.database in {"mariadb", "both"}:
            # The database server has a user of its own, who must be able to reach its folder.
            database = parts.mariadb(parts.private_folder(parts.private_folder(Path(folder)) / "mariadb"))
            database.start()
            try:
                env = {"CIRRUSGRAM_FLOOD_LIMITS": "false", "CIRRUSGRAM_DATABASE_URL": make_schema(database.url)}
                _run(Server(Path(folder) / "on-mariadb", env), scale, "mariadb")
            finally:
                database.stop()


def _run(server: Server, scale: Scale, label: str) -> None:
    server.start()
    try:
        asyncio.run(Bench(server, scale, label).run())
    finally:
        server.stop()


if __name__ == "__main__":
    main()
