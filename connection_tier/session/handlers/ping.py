"""ping, ping_delay_disconnect: https://core.telegram.org/mtproto/service_messages#ping-messages-pingpong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session.events import CloseAfter
from connection_tier.session.wire import pong, read_long, read_long_int

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def ping(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Answer pong, which stands for the acknowledgement."""
    session.answer_directly(msg_id, pong(msg_id, read_long(body)))


def ping_delay_disconnect(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Answer pong and have the connection closed in disconnect_delay seconds unless another ping re-arms it."""
    ping_id, disconnect_delay = read_long_int(body)
    session.answer_directly(msg_id, pong(msg_id, ping_id))
    frame.events.append(CloseAfter(max(0, disconnect_delay)))
