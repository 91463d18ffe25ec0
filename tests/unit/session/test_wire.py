"""The hand-written layouts against the schema's codec."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tl
from connection_tier.session import wire
from tl import mtproto

BODIES = {
    "msgs_ack": (wire.msgs_ack([1, -2, 2**62]), mtproto.MsgsAck(msg_ids=[1, -2, 2**62])),
    "bad_msg_notification": (
        wire.bad_msg_notification(4, 3, 16),
        mtproto.BadMsgNotification(bad_msg_id=4, bad_msg_seqno=3, error_code=16),
    ),
    "bad_server_salt": (
        wire.bad_server_salt(4, 3, 48, -7),
        mtproto.BadServerSalt(bad_msg_id=4, bad_msg_seqno=3, error_code=48, new_server_salt=-7),
    ),
    "new_session_created": (
        wire.new_session_created(4, -5, 6),
        mtproto.NewSessionCreated(first_msg_id=4, unique_id=-5, server_salt=6),
    ),
    "ping": (wire.ping(9), mtproto.Ping(ping_id=9)),
    "ping_delay_disconnect": (
        wire.ping_delay_disconnect(9, 75),
        mtproto.PingDelayDisconnect(ping_id=9, disconnect_delay=75),
    ),
    "pong": (wire.pong(4, 9), mtproto.Pong(msg_id=4, ping_id=9)),
    "get_future_salts": (wire.get_future_salts(3), mtproto.GetFutureSalts(num=3)),
    "future_salts": (
        wire.future_salts(4, 5, [(1, 2, -3), (4, 5, 6)]),
        mtproto.FutureSalts(
            req_msg_id=4,
            now=5,
            salts=[
                mtproto.FutureSalt(valid_since=1, valid_until=2, salt=-3),
                mtproto.FutureSalt(valid_since=4, valid_until=5, salt=6),
            ],
        ),
    ),
    "msgs_state_info": (
        wire.msgs_state_info(4, b"\x01\x04"),
        mtproto.MsgsStateInfo(req_msg_id=4, info=b"\x01\x04"),
    ),
    "msg_detailed_info": (
        wire.msg_detailed_info(4, 5, 6, 7),
        mtproto.MsgDetailedInfo(msg_id=4, answer_msg_id=5, bytes=6, status=7),
    ),
    "rpc_error": (wire.rpc_error(400, "BAD"), mtproto.RpcError(error_code=400, error_message="BAD")),
    "rpc_drop_answer": (wire.rpc_drop_answer(4), mtproto.RpcDropAnswer(req_msg_id=4)),
    "rpc_answer_unknown": (wire.rpc_answer_unknown(), mtproto.RpcAnswerUnknown()),
    "rpc_answer_dropped_running": (wire.rpc_answer_dropped_running(), mtproto.RpcAnswerDroppedRunning()),
    "rpc_answer_dropped": (
        wire.rpc_answer_dropped(5, 3, 12),
        mtproto.RpcAnswerDropped(msg_id=5, seq_no=3, bytes=12),
    ),
    "destroy_session": (wire.destroy_session(8), mtproto.DestroySession(session_id=8)),
    "destroy_session_ok": (wire.destroy_session_ok(8), mtproto.DestroySessionOk(session_id=8)),
    "destroy_session_none": (wire.destroy_session_none(8), mtproto.DestroySessionNone(session_id=8)),
    "destroy_auth_key": (wire.destroy_auth_key(), mtproto.DestroyAuthKey()),
    "destroy_auth_key_fail": (
        wire.destroy_auth_key_result(wire.DESTROY_AUTH_KEY_FAIL),
        mtproto.DestroyAuthKeyFail(),
    ),
    "http_wait": (wire.http_wait(0, 50, 25000), mtproto.HttpWait(max_delay=0, wait_after=50, max_wait=25000)),
    "msg_resend_req": (wire.id_vector(wire.MSG_RESEND_REQ, [1]), mtproto.MsgResendReq(msg_ids=[1])),
    "msg_resend_ans_req": (wire.id_vector(wire.MSG_RESEND_ANS_REQ, [1]), mtproto.MsgResendAnsReq(msg_ids=[1])),
    "msgs_state_req": (wire.id_vector(wire.MSGS_STATE_REQ, []), mtproto.MsgsStateReq(msg_ids=[])),
}


@pytest.mark.parametrize("name", BODIES)
def test_layout_is_the_schemas(name: str) -> None:
    body, expected = BODIES[name]
    assert tl.encode(expected) == body
    assert tl.decode(body) == expected


@given(st.binary(max_size=600))
def test_tl_bytes_round_trip(data: bytes) -> None:
    body = wire.tl_bytes(data)
    assert len(body) % 4 == 0
    view, end = wire.read_tl_bytes(b"head" + body + b"tail", 4)
    assert bytes(view) == data
    assert end == 4 + len(body)


@pytest.mark.parametrize(
    "body",
    [b"", b"\x05abc", b"\xff\0\0\0", b"\xfe\xff\xff\xff", b"\xfe\x01", b"\x04abcd"],
    ids=["empty", "short", "reserved", "long", "no_length", "no_padding"],
)
def test_damaged_tl_bytes(body: bytes) -> None:
    with pytest.raises(wire.MalformedMessage):
        wire.read_tl_bytes(body, 0)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"abcd",
        wire.msgs_ack([1, 2])[:-1],
        b"abcd" + wire.MSGS_ACK.to_bytes(4, "little") + b"\0\0\0\0",
        wire.msgs_ack([])[:8] + b"\xff\xff\xff\xff",
        wire.msgs_ack([])[:8] + b"\xff\xff\x00\x00",
    ],
)
def test_damaged_ids(body: bytes) -> None:
    with pytest.raises(wire.MalformedMessage):
        wire.read_msg_ids(body)


def test_ids_up_to_the_limit() -> None:  # checklist 53
    assert len(wire.read_msg_ids(wire.msgs_ack(range(8192)))) == 8192
    with pytest.raises(wire.TooManyIds):
        wire.read_msg_ids(wire.msgs_ack(range(8193)))


@pytest.mark.parametrize("read", [wire.read_long, wire.read_int, wire.read_long_int, wire.read_http_wait])
def test_short_bodies(read: Callable[[bytes], object]) -> None:
    with pytest.raises(wire.MalformedMessage):
        read(b"abcd")
