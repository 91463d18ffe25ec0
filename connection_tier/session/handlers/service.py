"""The shape of a table entry for a service message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


class Handler(Protocol):
    """Processes one accepted service message; raises MalformedMessage when its bytes do not follow the layout."""

    def __call__(self, session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None: ...


@dataclass(frozen=True, slots=True)
class ServiceMessage:
    """How a constructor is processed.

    Clients disagree which of them are content-related (TDLib numbers all even, Telethon ping and the requests odd,
    mtcute even msgs_ack), so both parities of seqno are taken.

    Attributes:
        is_rpc: answered by rpc_result, which is kept for duplicates.
    """

    handle: Handler
    is_rpc: bool = False


def ignore(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Accept and do nothing."""
