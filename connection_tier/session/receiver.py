"""The way of one decrypted client message through the checks to its handler.

Specification: https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message. Each
function returns after the first check that fails, having queued its bad_msg_notification; nothing raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_tier.session import wire
from connection_tier.session.bad_msg import BadMsgCode
from connection_tier.session.containers import BadContainer, ContainerTooLarge, parse_container
from connection_tier.session.events import RpcRequest, TransportFlood
from connection_tier.session.handlers import SERVICE_MESSAGES
from connection_tier.session.msg_id import check_time
from connection_tier.session.outgoing import OutgoingMessage
from connection_tier.session.packed import InflateFailed
from connection_tier.session.received import IS_CONTAINER, IS_RPC
from connection_tier.session.state_info import message_state
from connection_tier.session.wire import (
    GZIP_PACKED,
    MSG_CONTAINER,
    MSG_COPY,
    MalformedMessage,
    TooManyIds,
    constructor_id,
)

if TYPE_CHECKING:
    from connection_tier.session.frame import Frame
    from connection_tier.session.session import Session


def receive_packet(session: Session, frame: Frame, salt: int, msg_id: int, seqno: int, body: bytes) -> None:
    """Check msg_id, time and salt of a packet, then its message or the messages of its container."""
    if _has_wrong_parity(session, msg_id, seqno):
        return
    is_known = _is_known(session, msg_id)
    if not is_known:
        code = check_time(msg_id, frame.now)
        if code is not None:
            session.notify_bad_msg(msg_id, seqno, code)
            return
    if not session.salts.is_valid(salt, frame.now):
        session.notify_bad_salt(msg_id, seqno, frame.now)
        return
    is_container_again = is_known and session.received.is_container(msg_id)
    constructor = constructor_id(body)
    depth = 0
    if constructor == GZIP_PACKED and (is_container_again or not is_known):
        try:
            body, depth = _inflate(session, frame, body, 0)
        except InflateFailed:
            if not is_known:
                _refuse_unparsable(session, frame, msg_id, seqno)
            return
        constructor = constructor_id(body)
    if constructor != MSG_CONTAINER:
        receive_message(session, frame, msg_id, seqno, body, depth)
    elif is_known and not is_container_again:
        session.notify_bad_msg(msg_id, seqno, BadMsgCode.CONTAINER_ID_REUSED)
    else:
        _receive_container(session, frame, msg_id, seqno, body, depth)


def receive_message(session: Session, frame: Frame, msg_id: int, seqno: int, body: bytes, depth: int) -> None:
    """Process a message that is not a container: alone, of a container, or of a msg_copy."""
    if _has_wrong_parity(session, msg_id, seqno):
        return
    if _is_known(session, msg_id):
        _receive_duplicate(session, frame, msg_id, seqno)
        return
    if _is_out_of_order(session, msg_id, seqno):
        return
    constructor = constructor_id(body)
    if constructor == GZIP_PACKED:
        try:
            body, depth = _inflate(session, frame, body, depth)
        except InflateFailed:
            _refuse_unparsable(session, frame, msg_id, seqno)
            return
        constructor = constructor_id(body)
    if constructor in SERVICE_MESSAGES:
        _receive_service_message(session, frame, msg_id, seqno, body, depth)
    elif constructor == MSG_CONTAINER:
        session.notify_bad_msg(msg_id, seqno, BadMsgCode.BAD_CONTAINER)
    elif not seqno & 1:
        session.notify_bad_msg(msg_id, seqno, BadMsgCode.ODD_SEQNO_EXPECTED)
    elif not constructor:
        _refuse_unparsable(session, frame, msg_id, seqno)
    else:
        session.accept(msg_id, seqno, IS_RPC, frame.now)
        session.results.begin(msg_id)
        frame.events.append(RpcRequest(msg_id, body))


def _receive_container(session: Session, frame: Frame, msg_id: int, seqno: int, body: bytes, depth: int) -> None:
    """Process a container's messages; a container that is known already may still bring duplicates to answer."""
    try:
        messages = parse_container(body, msg_id, session.limits.max_container_messages)
    except ContainerTooLarge:
        frame.events.append(TransportFlood())
        return
    except BadContainer:
        session.notify_bad_msg(msg_id, seqno, BadMsgCode.BAD_CONTAINER)
        return
    is_known = msg_id in session.received
    if not is_known:
        if _is_out_of_order(session, msg_id, seqno):
            return
        if seqno & 1:
            session.notify_bad_msg(msg_id, seqno, BadMsgCode.EVEN_SEQNO_EXPECTED)
            return
    for inner_msg_id, inner_seqno, inner_body in messages:
        receive_message(session, frame, inner_msg_id, inner_seqno, inner_body, depth)
    if not is_known:
        session.received.add(msg_id, seqno, IS_CONTAINER, frame.now)


def _receive_service_message(session: Session, frame: Frame, msg_id: int, seqno: int, body: bytes, depth: int) -> None:
    constructor = constructor_id(body)
    service = SERVICE_MESSAGES[constructor]
    if constructor == MSG_COPY and depth >= session.limits.max_depth:
        _refuse_unparsable(session, frame, msg_id, seqno)
        return
    session.accept(msg_id, seqno, IS_RPC if service.is_rpc else 0, frame.now)
    try:
        service.handle(session, frame, msg_id, body, depth)
    except TooManyIds:
        frame.events.append(TransportFlood())
    except MalformedMessage:
        _answer_unparsable(session, msg_id)


def _receive_duplicate(session: Session, frame: Frame, msg_id: int, seqno: int) -> None:
    """Never execute again; get the answer to the client if there is one, else acknowledge."""
    answer = session.results.answer(msg_id)
    if answer is not None:
        if not answer.msg_id:
            return
        if len(answer.body) <= session.limits.max_resent_answer:
            session.outgoing.resend(answer)
            return
        state = message_state(msg_id, session.received, session.acks, session.results)
        notice = wire.msg_detailed_info(msg_id, answer.msg_id, len(answer.body), state)
        session.outgoing.put(OutgoingMessage(notice, is_response=True))
    elif session.results.is_lost(msg_id):
        session.answer_rpc(msg_id, wire.rpc_error(500, "RPC_ANSWER_LOST"))
    elif seqno & 1:
        session.acks.add(msg_id, frame.now)


def _has_wrong_parity(session: Session, msg_id: int, seqno: int) -> bool:
    if msg_id & 3 or msg_id <= 0:
        session.notify_bad_msg(msg_id, seqno, BadMsgCode.MSG_ID_PARITY)
        return True
    return False


def _is_known(session: Session, msg_id: int) -> bool:
    return msg_id in session.received or msg_id in session.results


def _is_out_of_order(session: Session, msg_id: int, seqno: int) -> bool:
    code = session.received.check(msg_id, seqno)
    if code is not None:
        session.notify_bad_msg(msg_id, seqno, code)
        return True
    return False


def _inflate(session: Session, frame: Frame, body: bytes, depth: int) -> tuple[bytes, int]:
    while constructor_id(body) == GZIP_PACKED:
        if depth >= session.limits.max_depth:
            raise InflateFailed("nested too deep")
        body = frame.budget.inflate(body)
        depth += 1
    return body, depth


def _refuse_unparsable(session: Session, frame: Frame, msg_id: int, seqno: int) -> None:
    """Accept a message that cannot be read, so that it is answered once."""
    if not _is_out_of_order(session, msg_id, seqno):
        session.accept(msg_id, seqno, IS_RPC, frame.now)
        _answer_unparsable(session, msg_id)


def _answer_unparsable(session: Session, msg_id: int) -> None:
    session.answer_rpc(msg_id, wire.rpc_error(400, "INPUT_FETCH_FAIL"))
