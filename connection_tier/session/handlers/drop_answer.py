"""rpc_drop_answer: https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session import wire
from connection_tier.session.events import RpcCancelled

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def rpc_drop_answer(session: Session, frame: Frame, msg_id: int, body: bytes, depth: int, /) -> None:
    """Answer whether the query was running, answered or unknown; its answer is not sent from now on.

    A query dropped while it runs is itself answered rpc_answer_dropped_running.
    """
    req_msg_id = wire.read_long(body)
    results = session.results
    answer = results.answer(req_msg_id)
    if req_msg_id in results.running:
        frame.events.append(RpcCancelled(req_msg_id))
        session.answer_rpc(req_msg_id, wire.rpc_answer_dropped_running())
        session.answer_rpc(msg_id, wire.rpc_answer_dropped_running())
    elif answer is not None:
        session.outgoing.withdraw(answer)
        results.acknowledged(answer)
        session.answer_rpc(msg_id, wire.rpc_answer_dropped(answer.msg_id, answer.seqno, len(answer.body)))
    else:
        session.answer_rpc(msg_id, wire.rpc_answer_unknown())
