"""get_future_salts: https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session import wire

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def get_future_salts(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Answer bare future_salts with 1 to 64 salts, which stands for the acknowledgement."""
    salts = session.salts.future(wire.read_int(body), frame.now)
    session.answer_directly(msg_id, wire.future_salts(msg_id, int(frame.now), salts))
