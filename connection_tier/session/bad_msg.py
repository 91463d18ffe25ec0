"""Codes of bad_msg_notification: https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message."""

from enum import IntEnum


class BadMsgCode(IntEnum):
    """Why a client message was ignored."""

    MSG_ID_TOO_LOW = 16
    MSG_ID_TOO_HIGH = 17
    MSG_ID_PARITY = 18
    CONTAINER_ID_REUSED = 19
    MESSAGE_TOO_OLD = 20
    SEQNO_TOO_LOW = 32
    SEQNO_TOO_HIGH = 33
    EVEN_SEQNO_EXPECTED = 34
    ODD_SEQNO_EXPECTED = 35
    BAD_SERVER_SALT = 48
    BAD_CONTAINER = 64
