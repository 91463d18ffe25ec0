"""What a client's session tells its user."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RpcResult:
    """The answer to `req_msg_id`: an inflated TL `body`, or the (code, message) of rpc_error in `error`."""

    req_msg_id: int
    body: bytes
    error: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """A message that is no service message: a boxed Updates object."""

    msg_id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class NewSession:
    """new_session_created."""

    first_msg_id: int
    unique_id: int
    server_salt: int


@dataclass(frozen=True, slots=True)
class BadMsg:
    """bad_msg_notification. For codes 16 and 17 the clock offset is corrected already; `resend_as_new` sends again."""

    bad_msg_id: int
    bad_msg_seqno: int
    error_code: int


@dataclass(frozen=True, slots=True)
class BadSalt:
    """bad_server_salt; the new salt is taken and the message is queued again already."""

    bad_msg_id: int
    new_server_salt: int


@dataclass(frozen=True, slots=True)
class Pong:
    """pong to the ping `msg_id`."""

    msg_id: int
    ping_id: int


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """msgs_ack of our messages."""

    msg_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StateInfo:
    """msgs_state_info: one byte for each id of the request `req_msg_id`."""

    req_msg_id: int
    info: bytes


@dataclass(frozen=True, slots=True)
class DetailedInfo:
    """msg_detailed_info: the answer `answer_msg_id` to `msg_id` exists; fetch it with `request_resend`."""

    msg_id: int
    answer_msg_id: int
    size: int
    status: int


@dataclass(frozen=True, slots=True)
class FutureSalts:
    """future_salts: (valid_since, valid_until, salt) each."""

    req_msg_id: int
    now: int
    salts: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """Another bare service message: destroy_session_ok and the like."""

    msg_id: int
    constructor_id: int
    body: bytes


ClientEvent: TypeAlias = (
    RpcResult
    | Update
    | NewSession
    | BadMsg
    | BadSalt
    | Pong
    | Acknowledged
    | StateInfo
    | DetailedInfo
    | FutureSalts
    | ServiceAnswer
)
