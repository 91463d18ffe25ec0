"""msg_copy, deprecated: https://core.telegram.org/mtproto/service_messages#message-copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session.wire import MESSAGE, MESSAGE_HEADER, MalformedMessage, constructor_id

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def msg_copy(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Process the original message if it was not seen."""
    start = 4 + MESSAGE_HEADER.size
    if constructor_id(body[4:8]) == MESSAGE:
        start += 4
    if len(body) < start:
        raise MalformedMessage("no original message")
    original_msg_id, seqno, size = MESSAGE_HEADER.unpack_from(body, start - MESSAGE_HEADER.size)
    if size & 3 or start + size != len(body) or original_msg_id >= msg_id:
        raise MalformedMessage("original message does not fit")
    session.receive_copied(frame, original_msg_id, seqno, body[start:], depth + 1)
