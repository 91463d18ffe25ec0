"""The client's half against the server's half."""

from collections.abc import Iterator
from functools import partial

import pytest

from connection_tier.session import RpcRequest, wire
from connection_tier.session.client import ClientSession
from connection_tier.session.client_events import (
    Acknowledged,
    BadMsg,
    BadSalt,
    ClientEvent,
    DetailedInfo,
    FutureSalts,
    NewSession,
    Pong,
    RpcResult,
    ServiceAnswer,
    StateInfo,
    Update,
)
from tests.unit.session.world import QUERY, RESULT, SESSION_ID, World


class Pair:
    """A client and a server session with a lossless wire between them."""

    def __init__(self, clock_error_s: float = 0.0) -> None:
        self.world = World()
        self.client = ClientSession(SESSION_ID, salt=0, clock=lambda: self.world.now + clock_error_s)
        self.requests: list[RpcRequest] = []

    def run(self) -> list[ClientEvent]:
        """Exchange packets until both are silent; return the client's events."""
        return list(self._run())

    def _run(self) -> Iterator[ClientEvent]:
        while True:
            packet = self.client.next_packet()
            if packet is not None:
                events = self.world.session.receive(
                    salt=packet.salt, msg_id=packet.msg_id, seqno=packet.seqno, body=packet.body
                )
                self.requests += [event for event in events if isinstance(event, RpcRequest)]
            answers = self.world.packets()
            for answer in answers:
                assert answer.session_id == SESSION_ID
                yield from self.client.receive(msg_id=answer.msg_id, seqno=answer.seqno, body=answer.body)
            if packet is None and not answers:
                return


@pytest.fixture
def pair() -> Pair:
    pair = Pair()
    pair.client.ping(1)
    assert [type(event) for event in pair.run()] == [BadSalt, NewSession, Pong]
    return pair


@pytest.mark.parametrize("size", [10, 10_000])
def test_request_and_answer(pair: Pair, size: int) -> None:
    msg_id = pair.client.request(QUERY)
    assert pair.run() == []
    assert pair.requests == [RpcRequest(msg_id, QUERY)]
    assert pair.client.unanswered == [msg_id]
    pair.world.session.send_result(msg_id, b"data" * size)
    assert pair.run() == [RpcResult(msg_id, b"data" * size)]
    assert pair.client.unanswered == []
    assert pair.world.session.outgoing.kept_bytes == 0, "everything is acknowledged"


def test_packed_request(pair: Pair) -> None:
    msg_id = pair.client.request(QUERY * 100, gzip=True)
    pair.run()
    assert pair.requests == [RpcRequest(msg_id, QUERY * 100)]


def test_rpc_error(pair: Pair) -> None:
    msg_id = pair.client.request(QUERY)
    pair.run()
    pair.world.session.send_rpc_error(msg_id, 420, "FLOOD_WAIT_3")
    assert pair.run() == [RpcResult(msg_id, b"", (420, "FLOOD_WAIT_3"))]


def test_update(pair: Pair) -> None:
    pair.world.session.push(b"push")
    (event,) = pair.run()
    assert isinstance(event, Update)
    assert event.body == b"push"
    pair.world.session.attach()
    assert pair.run() == []


def test_service_messages(pair: Pair) -> None:
    slow = pair.client.request(QUERY)
    salts = pair.client.get_future_salts(3)
    states = pair.client.request_states(slow)
    events = pair.run()
    assert [type(event) for event in events] == [FutureSalts, StateInfo]
    assert isinstance(events[0], FutureSalts)
    assert (events[0].req_msg_id, len(events[0].salts)) == (salts, 3)
    assert events[1] == StateInfo(states, bytes([4 | 32]))
    pair.world.now += 5
    assert pair.run() == [Acknowledged((slow,))]
    pair.world.session.answer_destroy_auth_key(slow, "ok")
    (answer,) = pair.run()
    assert isinstance(answer, ServiceAnswer)
    assert answer.constructor_id == wire.DESTROY_AUTH_KEY_OK


def test_big_answer_by_request(pair: Pair) -> None:
    msg_id = pair.client.request(QUERY)
    packet = pair.client.next_packet()
    assert packet is not None
    receive = partial(
        pair.world.session.receive, salt=packet.salt, msg_id=packet.msg_id, seqno=packet.seqno, body=packet.body
    )
    receive()
    pair.world.session.send_result(msg_id, b"data" * 20_000, gzip=False)
    pair.world.packets()
    receive()
    (info,) = pair.run()
    assert isinstance(info, DetailedInfo)
    assert info.msg_id == msg_id
    pair.client.request_resend(info.answer_msg_id)
    assert pair.run() == [RpcResult(msg_id, b"data" * 20_000)]


@pytest.mark.parametrize(("clock_error_s", "code"), [(-5000.0, 16), (5000.0, 17)])
def test_a_wrong_clock_is_corrected(clock_error_s: float, code: int) -> None:  # checklist 46
    pair = Pair(clock_error_s)
    msg_id = pair.client.request(QUERY)
    assert pair.run() == [BadMsg(msg_id, 1, code)]
    again = pair.client.resend_as_new(msg_id)
    pair.run()
    assert pair.requests == [RpcRequest(again, QUERY)]


def test_a_dropped_answer(pair: Pair) -> None:
    msg_id = pair.client.request(QUERY)
    pair.run()
    pair.client.drop_answer(msg_id)
    assert [type(event) for event in pair.run()] == [RpcResult, RpcResult]


def test_answers_on_request(pair: Pair) -> None:
    msg_id = pair.client.request(QUERY)
    pair.run()
    pair.world.session.send_result(msg_id, RESULT)
    pair.world.packets()
    pair.client.request_answers(msg_id)
    assert pair.run() == [RpcResult(msg_id, RESULT)]


def test_even_server_ids_are_refused(pair: Pair) -> None:
    with pytest.raises(ValueError, match="even"):
        pair.client.receive(msg_id=4, seqno=0, body=QUERY)
