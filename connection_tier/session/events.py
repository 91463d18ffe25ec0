"""What a session tells the shell that drives it."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RpcRequest:
    """A query to execute once; answer it with `Session.send_result` or `Session.send_rpc_error`.

    `body` is the inflated TL body. `gzip_packed` may still stand inside a wrapper such as invokeWithLayer.
    """

    msg_id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class RpcCancelled:
    """rpc_drop_answer hit a running query: its answer is no longer wanted, and `send_result` will discard it."""

    msg_id: int


@dataclass(frozen=True, slots=True)
class CloseAfter:
    """ping_delay_disconnect: close this connection in `seconds`, unless a newer CloseAfter re-arms the timer."""

    seconds: int


@dataclass(frozen=True, slots=True)
class DestroySession:
    """Forget another session of this key, then call `Session.answer_destroy_session`."""

    msg_id: int
    session_id: int


@dataclass(frozen=True, slots=True)
class DestroyAuthKey:
    """Destroy the authorization key, then call `Session.answer_destroy_auth_key` and close its connections."""

    msg_id: int


@dataclass(frozen=True, slots=True)
class HttpWait:
    """http_wait, legal over HTTP only; milliseconds."""

    max_delay: int
    wait_after: int
    max_wait: int


@dataclass(frozen=True, slots=True)
class TransportFlood:
    """A limit of containers or service messages is exceeded: send transport error -429 and close."""


Event: TypeAlias = RpcRequest | RpcCancelled | CloseAfter | DestroySession | DestroyAuthKey | HttpWait | TransportFlood
