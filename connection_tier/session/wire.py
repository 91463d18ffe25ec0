"""Byte layouts of the service messages, written by hand because every packet meets them.

Specification: https://core.telegram.org/mtproto/service_messages and
https://core.telegram.org/mtproto/service_messages_about_messages. Every `long` is signed 64-bit and every `int` signed
32-bit, little endian, as in TL. The tests compare each layout with the schema's own codec.
"""

from collections.abc import Iterable
from struct import Struct, error, pack, unpack_from
from typing import Final

MSG_CONTAINER: Final = 0x73F1F8DC
MESSAGE: Final = 0x5BB8E511
MSG_COPY: Final = 0xE06046B2
GZIP_PACKED: Final = 0x3072CFA1
MSGS_ACK: Final = 0x62D6B459
BAD_MSG_NOTIFICATION: Final = 0xA7EFF811
BAD_SERVER_SALT: Final = 0xEDAB447B
MSG_RESEND_REQ: Final = 0x7D861A08
MSG_RESEND_ANS_REQ: Final = 0x8610BAEB
MSGS_STATE_REQ: Final = 0xDA69FB52
MSGS_STATE_INFO: Final = 0x04DEB57D
MSGS_ALL_INFO: Final = 0x8CC0D131
MSG_DETAILED_INFO: Final = 0x276D3EC6
MSG_NEW_DETAILED_INFO: Final = 0x809DB6DF
NEW_SESSION_CREATED: Final = 0x9EC20908
RPC_RESULT: Final = 0xF35C6D01
RPC_ERROR: Final = 0x2144CA19
RPC_DROP_ANSWER: Final = 0x58E4A740
RPC_ANSWER_UNKNOWN: Final = 0x5E2AD36E
RPC_ANSWER_DROPPED_RUNNING: Final = 0xCD78E586
RPC_ANSWER_DROPPED: Final = 0xA43AD8B7
GET_FUTURE_SALTS: Final = 0xB921BD04
FUTURE_SALTS: Final = 0xAE500895
PING: Final = 0x7ABE77EC
PING_DELAY_DISCONNECT: Final = 0xF3427B8C
PONG: Final = 0x347773C5
DESTROY_SESSION: Final = 0xE7512126
DESTROY_SESSION_OK: Final = 0xE22045FC
DESTROY_SESSION_NONE: Final = 0x62D350C9
DESTROY_AUTH_KEY: Final = 0xD1435160
DESTROY_AUTH_KEY_OK: Final = 0xF660E1D4
DESTROY_AUTH_KEY_NONE: Final = 0x0A9F2259
DESTROY_AUTH_KEY_FAIL: Final = 0xEA109B13
HTTP_WAIT: Final = 0x9299359F
VECTOR: Final = 0x1CB5C415

MAX_MSG_IDS: Final = 8192
"""The most msg_ids that msgs_ack, msgs_state_req or a resend request may name."""

MESSAGE_HEADER: Final = Struct("<qii")
"""`msg_id:long seqno:int bytes:int`, before each body of a container."""

_ID: Final = Struct("<I")
_ID_INT: Final = Struct("<Ii")
_ID_LONG: Final = Struct("<Iq")
_ID_LONG_INT: Final = Struct("<Iqi")
_ID_LONG_LONG: Final = Struct("<Iqq")
_ID_LONG_INT_INT: Final = Struct("<Iqii")
_ID_LONG_INT_INT_LONG: Final = Struct("<Iqiiq")
_ID_LONG_LONG_LONG: Final = Struct("<Iqqq")
_ID_LONG_LONG_INT_INT: Final = Struct("<Iqqii")
_ID_INT_INT_INT: Final = Struct("<Iiii")
_VECTOR_HEADER: Final = Struct("<IIi")
_FUTURE_SALT: Final = Struct("<iiq")


class MalformedMessage(ValueError):
    """A service message's bytes do not follow its layout."""


class TooManyIds(MalformedMessage):
    """A service message names more msg_ids than the protocol allows."""


def constructor_id(body: bytes) -> int:
    """Return the constructor of `body`; 0, which no constructor has, when it is shorter than 4 bytes."""
    return int.from_bytes(body[:4], "little") if len(body) >= 4 else 0


def tl_bytes(data: bytes) -> bytes:
    """Serialise TL `bytes`: length, data, zero padding to a multiple of 4."""
    size = len(data)
    if size < 254:
        return b"".join((bytes((size,)), data, b"\0" * (-(size + 1) % 4)))
    return b"".join((b"\xfe", size.to_bytes(3, "little"), data, b"\0" * (-size % 4)))


def read_tl_bytes(body: bytes, position: int) -> tuple[memoryview, int]:
    """Read TL `bytes` at `position`; return a view of the data and the position behind its padding."""
    if position >= len(body):
        raise MalformedMessage("bytes expected")
    size = body[position]
    header = 1
    if size >= 254:
        if size == 255:
            raise MalformedMessage("reserved length byte")
        size = int.from_bytes(body[position + 1 : position + 4], "little")
        header = 4
    end = position + header + size
    padded_end = position + (header + size + 3 & ~3)
    if padded_end > len(body):
        raise MalformedMessage("bytes end beyond the message")
    return memoryview(body)[position + header : end], padded_end


def read_msg_ids(body: bytes) -> tuple[int, ...]:
    """Read `constructor Vector<long>`, the layout of msgs_ack, msgs_state_req and the resend requests."""
    try:
        _, vector, count = _VECTOR_HEADER.unpack_from(body)
        if vector != VECTOR or count < 0:
            raise MalformedMessage("vector of msg_id expected")
        if count > MAX_MSG_IDS:
            raise TooManyIds(f"{count} ids")
        return unpack_from(f"<{count}q", body, 12)
    except error as problem:
        raise MalformedMessage(str(problem)) from problem


def read_long(body: bytes) -> int:
    """Read the one `long` behind the constructor."""
    try:
        value: int = _ID_LONG.unpack_from(body)[1]
    except error as problem:
        raise MalformedMessage(str(problem)) from problem
    return value


def read_int(body: bytes) -> int:
    """Read the one `int` behind the constructor."""
    try:
        value: int = _ID_INT.unpack_from(body)[1]
    except error as problem:
        raise MalformedMessage(str(problem)) from problem
    return value


def read_long_int(body: bytes) -> tuple[int, int]:
    """Read `long int` behind the constructor."""
    try:
        _, first, second = _ID_LONG_INT.unpack_from(body)
    except error as problem:
        raise MalformedMessage(str(problem)) from problem
    return first, second


def read_http_wait(body: bytes) -> tuple[int, int, int]:
    """Read `max_delay wait_after max_wait`, in milliseconds."""
    try:
        _, max_delay, wait_after, max_wait = _ID_INT_INT_INT.unpack_from(body)
    except error as problem:
        raise MalformedMessage(str(problem)) from problem
    return max_delay, wait_after, max_wait


def id_vector(constructor: int, msg_ids: Iterable[int]) -> bytes:
    """Serialise `constructor Vector<long>`."""
    ids = tuple(msg_ids)
    return pack(f"<IIi{len(ids)}q", constructor, VECTOR, len(ids), *ids)


def msgs_ack(msg_ids: Iterable[int]) -> bytes:
    return id_vector(MSGS_ACK, msg_ids)


def bad_msg_notification(bad_msg_id: int, bad_msg_seqno: int, error_code: int) -> bytes:
    return _ID_LONG_INT_INT.pack(BAD_MSG_NOTIFICATION, bad_msg_id, bad_msg_seqno, error_code)


def bad_server_salt(bad_msg_id: int, bad_msg_seqno: int, error_code: int, new_server_salt: int) -> bytes:
    return _ID_LONG_INT_INT_LONG.pack(BAD_SERVER_SALT, bad_msg_id, bad_msg_seqno, error_code, new_server_salt)


def new_session_created(first_msg_id: int, unique_id: int, server_salt: int) -> bytes:
    return _ID_LONG_LONG_LONG.pack(NEW_SESSION_CREATED, first_msg_id, unique_id, server_salt)


def pong(msg_id: int, ping_id: int) -> bytes:
    return _ID_LONG_LONG.pack(PONG, msg_id, ping_id)


def ping(ping_id: int) -> bytes:
    return _ID_LONG.pack(PING, ping_id)


def ping_delay_disconnect(ping_id: int, disconnect_delay: int) -> bytes:
    return _ID_LONG_INT.pack(PING_DELAY_DISCONNECT, ping_id, disconnect_delay)


def future_salts(req_msg_id: int, now: int, salts: Iterable[tuple[int, int, int]]) -> bytes:
    """Serialise future_salts; each salt is (valid_since, valid_until, salt), bare in a bare vector."""
    items = [_FUTURE_SALT.pack(*salt) for salt in salts]
    return b"".join((_ID_LONG_INT_INT.pack(FUTURE_SALTS, req_msg_id, now, len(items)), *items))


def get_future_salts(num: int) -> bytes:
    return _ID_INT.pack(GET_FUTURE_SALTS, num)


def msgs_state_info(req_msg_id: int, info: bytes) -> bytes:
    return _ID_LONG.pack(MSGS_STATE_INFO, req_msg_id) + tl_bytes(info)


def msg_detailed_info(msg_id: int, answer_msg_id: int, size: int, status: int) -> bytes:
    return _ID_LONG_LONG_INT_INT.pack(MSG_DETAILED_INFO, msg_id, answer_msg_id, size, status)


def rpc_result(req_msg_id: int, result: bytes) -> bytes:
    return _ID_LONG.pack(RPC_RESULT, req_msg_id) + result


def rpc_error(error_code: int, error_message: str) -> bytes:
    return _ID_INT.pack(RPC_ERROR, error_code) + tl_bytes(error_message.encode())


def rpc_drop_answer(req_msg_id: int) -> bytes:
    return _ID_LONG.pack(RPC_DROP_ANSWER, req_msg_id)


def rpc_answer_unknown() -> bytes:
    return _ID.pack(RPC_ANSWER_UNKNOWN)


def rpc_answer_dropped_running() -> bytes:
    return _ID.pack(RPC_ANSWER_DROPPED_RUNNING)


def rpc_answer_dropped(msg_id: int, seq_no: int, size: int) -> bytes:
    return _ID_LONG_INT_INT.pack(RPC_ANSWER_DROPPED, msg_id, seq_no, size)


def destroy_session(session_id: int) -> bytes:
    return _ID_LONG.pack(DESTROY_SESSION, session_id)


def destroy_session_ok(session_id: int) -> bytes:
    return _ID_LONG.pack(DESTROY_SESSION_OK, session_id)


def destroy_session_none(session_id: int) -> bytes:
    return _ID_LONG.pack(DESTROY_SESSION_NONE, session_id)


def destroy_auth_key() -> bytes:
    return _ID.pack(DESTROY_AUTH_KEY)


def destroy_auth_key_result(constructor: int) -> bytes:
    return _ID.pack(constructor)


def http_wait(max_delay: int, wait_after: int, max_wait: int) -> bytes:
    return _ID_INT_INT_INT.pack(HTTP_WAIT, max_delay, wait_after, max_wait)
