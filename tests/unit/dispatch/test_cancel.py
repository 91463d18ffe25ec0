"""rpc_drop_answer stops what can be stopped. checklist 60"""

from __future__ import annotations

import asyncio
from typing import Any

import tl
from connection_tier.dispatch.dispatcher import Dispatcher
from connection_tier.server.keys import KeyEntry
from connection_tier.server.sessions import SessionHandle, SessionTable
from connection_tier.session import RpcRequest, ServerSalts, Session, wire
from connection_tier.session.client import ClientSession
from layers.cache import open_cache
from layers.domain.auth_keys import AuthKeyRecord
from layers.invocation import Invocation, Reply
from tl import api

NOW = 1e9 + 0.5


class Endless:
    """A runner whose queries end when they are told to, or cancelled."""

    def __init__(self) -> None:
        self.started = asyncio.Event()
        self.may_end = asyncio.Event()
        self.calls = 0
        self.cancelled = 0

    async def invoke(self, invocation: Invocation) -> Reply:
        self.calls += 1
        self.started.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return Reply(b"\xb5\x75\x72\x99")

    async def close(self) -> None: ...


class NoFiles:
    """No method streams files."""

    def handles(self, method_id: int) -> bool:
        return False


class Node:
    """A dispatcher with one session and its client."""

    def __init__(self) -> None:
        self.runner = Endless()
        sessions = SessionTable("node", open_cache("memory://").aio(), lambda: NOW)
        salts = ServerSalts(b"s" * 32, 1)
        self.session = Session(5, 1, salts=salts, clock=lambda: NOW, random=bytes)
        record = AuthKeyRecord(1, b"", 0, layer=tl.LAYER)
        self.handle = SessionHandle(self.session, KeyEntry(None, salts, record))  # type: ignore[arg-type]
        sessions.add(self.handle)
        files: Any = NoFiles()
        keys: Any = None
        channels: Any = None
        self.dispatcher = Dispatcher(
            self.runner,
            files,
            keys,
            sessions,
            channels,
            ledger=None,
            writes=lambda name: name == "messages.sendMessage",
        )
        self.client = ClientSession(5, salt=salts.current(NOW), clock=lambda: NOW)

    def submit(self, request: tl.TLObject) -> int:
        """Hand a query out as the session does; its msg_id."""
        msg_id = self.client.request(tl.encode(request))
        for event in self.receive():
            assert isinstance(event, RpcRequest)
            self.dispatcher.submit(self.handle, event.msg_id, event.body, "127.0.0.1")
        return msg_id

    def drop(self, msg_id: int) -> None:
        """rpc_drop_answer."""
        self.client.drop_answer(msg_id)
        self.receive()
        self.dispatcher.cancel(self.handle, msg_id)

    def receive(self) -> list[Any]:
        """The events of what the client sends."""
        packet = self.client.next_packet()
        assert packet is not None
        return self.session.receive(salt=packet.salt, msg_id=packet.msg_id, seqno=packet.seqno, body=packet.body)

    def answers(self, msg_id: int) -> list[bytes]:
        """The results that left for a query."""
        found = []
        while (packet := self.session.next_packet(max_messages=1)) is not None:
            if packet.body[:12] == wire.rpc_result(msg_id, b""):
                found.append(packet.body[12:])
        return found


SEND = api.messages.SendMessage(peer=api.InputPeerSelf(), message="x", random_id=1)


async def test_a_reading_query_is_cancelled() -> None:
    node = Node()
    msg_id = node.submit(api.help.GetConfig())
    await node.runner.started.wait()
    node.drop(msg_id)
    await node.dispatcher.drain(5)
    assert (node.runner.cancelled, node.dispatcher.running) == (1, 0)
    assert node.answers(msg_id) == [wire.rpc_answer_dropped_running()]


async def test_a_writing_query_runs_to_its_end_unanswered() -> None:
    node = Node()
    msg_id = node.submit(SEND)
    await node.runner.started.wait()
    node.drop(msg_id)
    node.runner.may_end.set()
    await node.dispatcher.drain(5)
    assert (node.runner.calls, node.runner.cancelled) == (1, 0)
    assert node.answers(msg_id) == [wire.rpc_answer_dropped_running()]


async def test_a_query_dropped_before_it_began_does_not_begin() -> None:
    node = Node()
    msg_id = node.submit(api.help.GetConfig())
    node.drop(msg_id)
    await node.dispatcher.drain(5)
    assert node.runner.calls == 0


async def test_a_query_that_waits_for_another_is_cancelled() -> None:
    node = Node()
    first = node.submit(api.help.GetConfig())
    waiting = node.submit(api.InvokeAfterMsg(msg_id=first, query=tl.encode(SEND)))
    await node.runner.started.wait()
    node.drop(waiting)
    node.runner.may_end.set()
    await node.dispatcher.drain(5)
    assert node.runner.calls == 1
    assert node.answers(waiting) == [wire.rpc_answer_dropped_running()]


async def test_what_follows_a_dropped_query_fails() -> None:
    """invokeAfterMsg of a query that was given up is MSG_WAIT_FAILED, not a wait without end."""
    node = Node()
    first = node.submit(api.help.GetConfig())
    follower = node.submit(api.InvokeAfterMsg(msg_id=first, query=tl.encode(SEND)))
    await node.runner.started.wait()
    node.drop(first)
    await node.dispatcher.drain(5)
    assert [b"MSG_WAIT_FAILED" in answer for answer in node.answers(follower)] == [True]


async def test_so_many_queries_of_a_session_run_at_a_time() -> None:  # checklist 20, 133
    """The others wait as bytes; none is lost."""
    node = Node()
    for _ in range(100):
        node.submit(api.help.GetConfig())
    await asyncio.sleep(0)
    assert (node.dispatcher.running, len(node.handle.waiting)) == (32, 68)
    node.runner.may_end.set()
    await node.dispatcher.drain(5)
    assert (node.runner.calls, node.dispatcher.running, len(node.handle.waiting)) == (100, 0, 0)


async def test_nothing_begins_for_a_client_that_does_not_read() -> None:  # checklist 20
    node = Node()
    limits = node.session.limits
    node.session.push(bytes(limits.congested_bytes))
    node.submit(api.help.GetConfig())
    assert (node.dispatcher.running, len(node.handle.waiting)) == (0, 1)
    while node.session.next_packet() is not None:
        pass  # it reads after all
    node.dispatcher.begin_waiting(node.handle)
    assert node.dispatcher.running == 1
    node.runner.may_end.set()
    await node.dispatcher.drain(5)
    assert node.runner.calls == 1
