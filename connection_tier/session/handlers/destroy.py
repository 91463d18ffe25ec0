"""destroy_session, destroy_auth_key: https://core.telegram.org/mtproto/service_messages#request-to-destroy-session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session.events import DestroyAuthKey, DestroySession
from connection_tier.session.wire import read_long

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def destroy_session(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Have another session forgotten; the current one never is."""
    session_id = read_long(body)
    if session_id == session.session_id:
        session.answer_destroy_session(msg_id, session_id, was_found=False)
    else:
        frame.events.append(DestroySession(msg_id, session_id))


def destroy_auth_key(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Have the key destroyed."""
    frame.events.append(DestroyAuthKey(msg_id))
