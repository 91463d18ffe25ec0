"""msgs_ack: https://core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session.wire import read_msg_ids

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def msgs_ack(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Stop keeping the named messages; ids we do not know are ignored."""
    for message in session.outgoing.acknowledge(read_msg_ids(body)):
        if message.req_msg_id:
            session.results.acknowledged(message)
