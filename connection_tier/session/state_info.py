"""One byte of state a message: https://core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages."""

from typing import Final

from connection_tier.session.acks import PendingAcks
from connection_tier.session.received import ReceivedWindow
from connection_tier.session.results import Results

NOTHING_KNOWN: Final = 1
NOT_RECEIVED: Final = 2
NOT_RECEIVED_TOO_HIGH: Final = 3
RECEIVED: Final = 4
ALREADY_ACKNOWLEDGED: Final = 8
NEEDS_NO_ACKNOWLEDGMENT: Final = 16
RPC_BEING_PROCESSED: Final = 32
RESPONSE_GENERATED: Final = 64
RECEIPT_KNOWN: Final = 128


def message_state(msg_id: int, received: ReceivedWindow, acks: PendingAcks, results: Results) -> int:
    """Return the state byte of a client msg_id.

    NEEDS_NO_ACKNOWLEDGMENT is a message that is not content-related; RPC_BEING_PROCESSED also covers a finished query;
    RECEIPT_KNOWN means that the client has acknowledged the answer. Of a query whose answer was lost nothing is known,
    which makes the client ask again.
    """
    if results.is_lost(msg_id):
        return NOTHING_KNOWN
    if msg_id not in received:
        if msg_id in results:
            is_running = msg_id in results.running
            return RECEIVED | ALREADY_ACKNOWLEDGED | RPC_BEING_PROCESSED | (0 if is_running else RESPONSE_GENERATED)
        if msg_id & 3 or msg_id <= received.floor or not len(received):
            return NOTHING_KNOWN
        return NOT_RECEIVED_TOO_HIGH if msg_id > received.highest else NOT_RECEIVED
    state = RECEIVED
    if not received.is_content_related(msg_id):
        state |= NEEDS_NO_ACKNOWLEDGMENT
    elif msg_id not in acks:
        state |= ALREADY_ACKNOWLEDGED
    if received.is_rpc(msg_id):
        state |= RPC_BEING_PROCESSED
        if msg_id not in results.running:
            state |= RESPONSE_GENERATED
            if results.answer(msg_id) is None:
                state |= RECEIPT_KNOWN
    return state
