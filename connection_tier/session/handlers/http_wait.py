"""http_wait: https://core.telegram.org/mtproto/service_messages#http-waitlong-poll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session.events import HttpWait
from connection_tier.session.wire import read_http_wait

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def http_wait(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Tell the HTTP shell how long it may hold the response."""
    frame.events.append(HttpWait(*read_http_wait(body)))
