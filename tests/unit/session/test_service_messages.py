"""Each service message a client may send."""

import pytest

import tl
from connection_tier.session import (
    CloseAfter,
    DestroyAuthKey,
    DestroySession,
    HttpWait,
    RpcCancelled,
    RpcRequest,
    SessionLimits,
    TransportFlood,
    wire,
)
from connection_tier.session.handlers import SERVICE_MESSAGES
from tests.unit.session.world import QUERY, RESULT, SESSION_ID, World
from tl import mtproto


@pytest.fixture
def world() -> World:
    world = World()
    world.settle()
    return world


def test_ping(world: World) -> None:  # checklist 59
    msg_id = world.msg_id()
    assert world.receive(wire.ping(77), msg_id=msg_id) == []
    (message,) = world.sent()
    assert message.decode() == mtproto.Pong(msg_id=msg_id, ping_id=77)
    assert message.msg_id % 4 == 1
    assert message.seqno % 2 == 0
    world.now += 60
    assert not world.has_output(), "the pong stands for the acknowledgement"


def test_ping_delay_disconnect(world: World) -> None:  # checklist 59
    msg_id = world.msg_id()
    assert world.service(wire.ping_delay_disconnect(77, 75), msg_id=msg_id) == [CloseAfter(75)]
    assert world.decoded() == [mtproto.Pong(msg_id=msg_id, ping_id=77)]
    assert world.service(wire.ping_delay_disconnect(77, -75)) == [CloseAfter(0)]


def test_get_future_salts_is_answered_bare(world: World) -> None:  # checklist 51
    msg_id = world.msg_id()
    assert world.receive(wire.get_future_salts(5), msg_id=msg_id) == []
    (answer,) = world.decoded()
    assert isinstance(answer, mtproto.FutureSalts)
    assert (answer.req_msg_id, answer.now, len(answer.salts)) == (msg_id, int(world.now), 5)
    assert answer.salts[0].salt == world.salt
    world.now += 60
    assert not world.has_output()


def test_http_wait(world: World) -> None:  # checklist 17
    assert world.service(wire.http_wait(0, 50, 25000)) == [HttpWait(0, 50, 25000)]


def test_destroy_session(world: World) -> None:  # checklist 61
    msg_id = world.msg_id()
    assert world.receive(wire.destroy_session(99), msg_id=msg_id) == [DestroySession(msg_id, 99)]
    world.session.answer_destroy_session(msg_id, 99, was_found=True)
    assert world.decoded() == [mtproto.DestroySessionOk(session_id=99)]
    world.session.answer_destroy_session(msg_id, 99, was_found=False)
    assert world.decoded() == [mtproto.DestroySessionNone(session_id=99)]


def test_the_current_session_is_never_destroyed(world: World) -> None:  # checklist 61
    assert world.receive(wire.destroy_session(SESSION_ID)) == []
    assert world.decoded() == [mtproto.DestroySessionNone(session_id=SESSION_ID)]


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        ("ok", mtproto.DestroyAuthKeyOk()),
        ("none", mtproto.DestroyAuthKeyNone()),
        ("fail", mtproto.DestroyAuthKeyFail()),
    ],
)
def test_destroy_auth_key_is_answered_bare(world: World, outcome: str, answer: object) -> None:  # checklist 61
    msg_id = world.msg_id()
    assert world.receive(wire.destroy_auth_key(), msg_id=msg_id) == [DestroyAuthKey(msg_id)]
    world.session.answer_destroy_auth_key(msg_id, outcome)
    assert world.decoded() == [answer]


def test_drop_of_a_running_query(world: World) -> None:  # checklist 60
    req_msg_id = world.request()
    msg_id = world.msg_id()
    assert world.receive(wire.rpc_drop_answer(req_msg_id), msg_id=msg_id) == [RpcCancelled(req_msg_id)]
    assert {(answer.req_msg_id, type(answer.result)) for answer in world.decoded()} == {
        (req_msg_id, mtproto.RpcAnswerDroppedRunning),
        (msg_id, mtproto.RpcAnswerDroppedRunning),
    }
    assert not world.session.send_result(req_msg_id, RESULT)
    assert world.sent() == []


@pytest.mark.parametrize("is_sent", [False, True])
def test_drop_of_an_answer_on_its_way(world: World, is_sent: bool) -> None:  # checklist 60
    req_msg_id = world.request()
    world.session.send_result(req_msg_id, RESULT)
    sent = world.sent() if is_sent else []
    msg_id = world.msg_id()
    assert world.receive(wire.rpc_drop_answer(req_msg_id), msg_id=msg_id) == []
    (answer,) = world.decoded()
    assert answer.req_msg_id == msg_id
    assert isinstance(answer.result, mtproto.RpcAnswerDropped)
    assert answer.result.bytes == 12 + len(RESULT)
    assert answer.result.seq_no % 2 == 1
    if sent:
        assert (answer.result.msg_id, answer.result.seq_no) == (sent[0].msg_id, sent[0].seqno)
    world.session.attach()
    assert [message.decode().req_msg_id for message in world.sent()] == [msg_id]


def test_drop_of_an_unknown_query(world: World) -> None:  # checklist 60
    req_msg_id = world.request()
    world.session.send_result(req_msg_id, RESULT)
    world.acknowledge(*(message.msg_id for message in world.sent()))
    for unknown in (req_msg_id, 4):
        world.receive(wire.rpc_drop_answer(unknown))
        (answer,) = world.decoded()
        assert isinstance(answer.result, mtproto.RpcAnswerUnknown)


@pytest.mark.parametrize("constructor", [wire.MSGS_ACK, wire.MSGS_STATE_REQ, wire.MSG_RESEND_REQ])
def test_too_many_ids_are_a_transport_flood(world: World, constructor: int) -> None:  # checklist 13, 53
    assert world.service(wire.id_vector(constructor, range(8193))) == [TransportFlood()]
    assert world.service(wire.id_vector(constructor, range(8192))) == []


@pytest.mark.parametrize("name", ["MsgCopy", "boxed", "bare"])
def test_msg_copy(world: World, name: str) -> None:  # checklist 63
    msg_id, seqno = world.msg_id(), world.seqno()
    original = wire.MESSAGE_HEADER.pack(msg_id, seqno, len(QUERY)) + QUERY
    boxed = b"" if name == "bare" else wire.MESSAGE.to_bytes(4, "little")
    body = wire.MSG_COPY.to_bytes(4, "little") + boxed + original
    assert world.service(body) == [RpcRequest(msg_id, QUERY)]
    assert world.service(body) == [], "seen already"


def test_msg_copy_does_not_nest_for_ever(world: World) -> None:  # checklist 63
    body = QUERY
    world.now += 1
    ids = [world.msg_id() for _ in range(10)]
    for msg_id in ids:
        header = wire.MESSAGE_HEADER.pack(msg_id, 2 * world.content_count, len(body))
        body = wire.MSG_COPY.to_bytes(4, "little") + wire.MESSAGE.to_bytes(4, "little") + header + body
    assert world.service(body) == []
    (answer,) = world.decoded()
    assert (answer.req_msg_id, answer.result.error_message) == (ids[-4], "INPUT_FETCH_FAIL")


@pytest.mark.parametrize(
    "body",
    [
        wire.msgs_state_info(4, b"\x01"),
        wire.bad_msg_notification(5, 1, 16),
        wire.pong(4, 4),
        wire.rpc_result(4, RESULT),
        wire.new_session_created(4, 4, 4),
        tl.encode(mtproto.MsgsAllInfo(msg_ids=[5], info=b"\x04")),
    ],
)
def test_messages_that_need_no_reaction(world: World, body: bytes) -> None:  # checklist 56
    assert world.service(body) == []
    assert world.sent() == []


@pytest.mark.parametrize("constructor", [key for key in SERVICE_MESSAGES if key != wire.DESTROY_AUTH_KEY])
@pytest.mark.parametrize("length", [0, 4, 8])
def test_cut_service_messages(world: World, constructor: int, length: int) -> None:
    events = world.service(constructor.to_bytes(4, "little") + bytes(length))
    assert not any(isinstance(event, RpcRequest) for event in events)


def test_cut_ping_is_answered_with_an_rpc_error(world: World) -> None:  # checklist 66
    msg_id = world.msg_id()
    world.receive(wire.ping(5)[:8], msg_id=msg_id)
    (answer,) = world.decoded()
    assert (answer.req_msg_id, answer.result.error_message) == (msg_id, "INPUT_FETCH_FAIL")


def test_limits_are_independent_of_the_default() -> None:
    world = World(SessionLimits(max_container_messages=1))
    first = (world.msg_id(), world.seqno(), QUERY)
    second = (world.msg_id(), world.seqno(), QUERY)
    assert world.container(first, second) == [TransportFlood()]
