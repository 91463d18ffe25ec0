"""msg_resend_req, msg_resend_ans_req: https://core.telegram.org/mtproto/service_messages_about_messages#explicit-request-to-re-send-messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session.handlers.states import send_state_info
from connection_tier.session.wire import read_msg_ids

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def msg_resend_req(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Send the named server messages again; if any is unknown, answer the states of all as well."""
    msg_ids = read_msg_ids(body)
    messages = [session.outgoing.kept(wanted) for wanted in msg_ids]
    for message in messages:
        if message is not None:
            session.outgoing.resend(message)
    if None in messages:
        send_state_info(session, msg_id, msg_ids)


def msg_resend_ans_req(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Send the answers to the named queries again; if any is unknown, answer the states of all as well."""
    msg_ids = read_msg_ids(body)
    answers = [session.results.answer(wanted) for wanted in msg_ids]
    for answer in answers:
        if answer is not None:
            session.outgoing.resend(answer)
    if None in answers:
        send_state_info(session, msg_id, msg_ids)
