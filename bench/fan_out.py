"""One post to 1,000 members online at one node: CPU for each push, and the time until the last has it.

``python -m bench fan_out [--members N]``. First the node's own steps in this process, without sockets; then what no
server of the protocol can do without (msg_key and AES-IGE of the same packet, one write to a socket); then a node in a
process of its own and as many connections on loopback, which only count what arrives.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tl
from bench.server import Meter, report
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.message import encrypt, pack_plaintext
from connection_tier.server.channels import ChannelInterest
from connection_tier.server.keys import KeyEntry
from connection_tier.server.pushes import PushHub
from connection_tier.server.sessions import SessionHandle, SessionTable
from connection_tier.session import ServerSalts, Session
from layers.cache import open_cache
from layers.channel_push import OUT, ChannelPush, Mark
from layers.domain.auth_keys import AuthKeyRecord
from tests.raw_client import RawClient, TcpStream, signed_in
from tests.servers import HOST, Server
from tl import api

_FIRST = 1001
_PER_PERSON = 50
"""Connections of one account: a key holds up to 64 sessions."""
_ROUNDS = 5
_DEADLINE_S = 60


def fan_out(members: int) -> None:
    """Print every figure."""
    asyncio.run(_without_sockets(members, _ROUNDS))
    _unavoidable(members)
    with tempfile.TemporaryDirectory(prefix="cirrusgram-bench-") as folder:
        server = Server(Path(folder) / "node", {"CIRRUSGRAM_FLOOD_LIMITS": "false"})
        server.start()
        try:
            asyncio.run(_with_sockets(server, members))
        finally:
            server.stop()


async def _without_sockets(members: int, rounds: int) -> None:
    """The node's own steps alone: from the channel's topic to encrypted packets."""
    key = -(10**12) - 5
    table = SessionTable("bench", open_cache("memory://").aio(), time.time)

    async def read(_user_id: int) -> Sequence[int]:
        return [key]

    channels = ChannelInterest(table, read)
    hub = PushHub(table, channels)
    auth_key = AuthKey(os.urandom(256))
    handles = []
    for number in range(members):
        record = AuthKeyRecord(number + 1, b"", 0, user_id=_FIRST + number, layer=tl.LAYER - number % 3)
        salts = ServerSalts(b"s" * 32, number + 1)
        session = Session(number + 1, number + 1, salts=salts, clock=time.time, random=os.urandom)
        handle = SessionHandle(session, KeyEntry(auth_key, salts, record))
        table.add(handle)
        table.start_receiving(handle, _FIRST + number)
        await channels.follow(_FIRST + number)
        handles.append(handle)
    taken = []
    for pts in range(2, rounds + 2):
        container = _container(pts)
        push = ChannelPush(key, tl.encode(container), pts, 1, marks=(Mark(_FIRST, pts, OUT),))
        cpu, wall = time.thread_time(), time.perf_counter()
        hub.receive(push)
        for handle in handles:
            while (packet := handle.session.next_packet()) is not None:
                plain = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
                encrypt(auth_key, plain, from_server=True, random=os.urandom)
        taken.append((time.thread_time() - cpu, time.perf_counter() - wall))
    cpu, wall = (statistics.median(part) for part in zip(*taken, strict=True))
    report("hub, session, encryption: a push", cpu / members * 1e6, "µs CPU", f"all of them in {wall * 1000:.1f} ms")


def _unavoidable(members: int) -> None:
    """What every push costs whoever sends it."""
    auth_key = AuthKey(os.urandom(256))
    body = tl.encode(_container(2))
    plain = pack_plaintext(1, 2, 3, 1, body)
    crypto = _cpu(members, lambda: encrypt(auth_key, plain, from_server=True, random=os.urandom))
    near, far = socket.socketpair()
    packet = bytes(len(plain) + 50)

    def write() -> None:
        near.send(packet)
        far.recv(len(packet))

    with near, far:
        both = _cpu(members, write)
    report("msg_key and AES-IGE of a push", crypto * 1e6, "µs CPU", f"of {len(body)} bytes")
    report("a write to a socket and its reading", both * 1e6, "µs CPU")


def _cpu(count: int, work: Callable[[], object]) -> float:
    """Seconds of CPU of one call, the best of some rounds."""
    taken = []
    for _ in range(_ROUNDS):
        started = time.thread_time()
        for _ in range(count):
            work()
        taken.append((time.thread_time() - started) / count)
    return min(taken)


def _container(pts: int) -> api.Updates:
    message = api.Message(
        id=pts,
        peer_id=api.PeerChannel(channel_id=5),
        from_id=api.PeerUser(user_id=_FIRST),
        date=int(time.time()),
        message="A message of the usual length, for the benchmark.",
    )
    update = api.UpdateNewChannelMessage(message=message, pts=pts, pts_count=1)
    return api.Updates(updates=[update], users=[], chats=[], date=message.date, seq=0)


class _Tally:
    """How many packets are still to arrive, at all connections together."""

    def __init__(self) -> None:
        self.expected = 0
        self.all_here = asyncio.Event()

    def expect(self, number: int) -> None:
        """So many are sent now."""
        self.expected = number
        self.all_here.clear()

    def arrived(self) -> None:
        """One is here."""
        self.expected -= 1
        if not self.expected:
            self.all_here.set()


class _Counting(TcpStream):
    """A stream whose data are only counted from some moment on."""

    tally: _Tally | None = None

    async def receive(self) -> bytes:
        while (data := await super().receive()) and self.tally is not None:
            self.tally.arrived()
        return data


async def _with_sockets(server: Server, members: int) -> None:
    people = -(-members // _PER_PERSON)
    async with contextlib.AsyncExitStack() as stack:
        owner = await stack.enter_async_context(_person(server, 0))
        made: Any = await owner.invoke(api.channels.CreateChannel(title="Group", about="", megagroup=True))
        group = api.InputChannel(channel_id=made.chats[0].id, access_hash=made.chats[0].access_hash)
        link: Any = await owner.invoke(
            api.messages.ExportChatInvite(
                peer=api.InputPeerChannel(channel_id=group.channel_id, access_hash=group.access_hash)
            )
        )
        streams: list[_Counting] = []
        for number in range(1, people + 1):
            person = await stack.enter_async_context(_person(server, number))
            await person.invoke(api.messages.ImportChatInvite(hash=link.link.rpartition("+")[2]))
            more = [_Counting(HOST, server.tcp_port) for _ in range(min(_PER_PERSON, members - len(streams)))]
            await asyncio.gather(*(_listen(stack, server, person, stream) for stream in more))
            streams += more
        tally = _Tally()
        for stream in streams:
            stream.tally = tally
        meter, taken, alone = Meter(server), [], []
        peer = api.InputPeerChannel(channel_id=group.channel_id, access_hash=group.access_hash)
        for turn in range(_ROUNDS + 1):
            tally.expect(len(streams))
            cpu, wall = meter.cpu_s(), time.perf_counter()
            await owner.invoke_raw(_post(peer, turn))
            answered = time.perf_counter() - wall
            await asyncio.wait_for(tally.all_here.wait(), _DEADLINE_S)
            wall = time.perf_counter() - wall
            await asyncio.sleep(0.3)
            if turn:
                taken.append((meter.cpu_s() - cpu, wall))
                alone.append(answered)
        cpu, wall = (statistics.median(part) for part in zip(*taken, strict=True))
        note = f"the post itself included; it is answered after {statistics.median(alone) * 1000:.0f} ms"
        report(f"a post to {len(streams):,} connections: a push", cpu / len(streams) * 1e6, "µs CPU", note)
        report(f"a post to {len(streams):,} connections: until the last", wall * 1000, "ms")


async def _listen(stack: contextlib.AsyncExitStack, server: Server, person: RawClient, stream: _Counting) -> None:
    client = await stack.enter_async_context(RawClient(server.public_key, stream, key=person.key))
    assert person.key is not None
    client.use_key(person.key)
    await client.invoke(api.updates.GetState())


def _person(server: Server, number: int) -> contextlib.AbstractAsyncContextManager[RawClient]:
    return signed_in(server.public_key, TcpStream(HOST, server.tcp_port), f"9996604{number:04}", f"Person {number}")


def _post(peer: api.InputPeerChannel, number: int) -> api.messages.SendMessage:
    text = "A message of the usual length, for the benchmark."
    return api.messages.SendMessage(peer=peer, message=text, random_id=number + 1)


def main() -> None:
    """Parse options, print figures."""
    parser = argparse.ArgumentParser(prog="python -m bench fan_out", description=__doc__)
    parser.add_argument("--members", type=int, default=1000)
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), os.cpu_count(), "cores")
    fan_out(options.members)


if __name__ == "__main__":
    main()
