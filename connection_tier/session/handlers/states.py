"""msgs_state_req: https://core.telegram.org/mtproto/service_messages_about_messages#request-for-message-status-information."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session import wire
from connection_tier.session.state_info import message_state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def msgs_state_req(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Answer msgs_state_info with one byte for each id."""
    send_state_info(session, msg_id, wire.read_msg_ids(body))


def send_state_info(session: Session, req_msg_id: int, msg_ids: Iterable[int]) -> None:
    """Queue msgs_state_info in answer to `req_msg_id`."""
    info = bytes(message_state(msg_id, session.received, session.acks, session.results) for msg_id in msg_ids)
    session.answer_directly(req_msg_id, wire.msgs_state_info(req_msg_id, info))
