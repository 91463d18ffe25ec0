"""Service messages of clients: one module a topic, one table of them all.

Specification: https://core.telegram.org/mtproto/service_messages.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from connection_tier.session import wire
from connection_tier.session.handlers import (
    acknowledgment,
    copies,
    destroy,
    drop_answer,
    future_salts,
    http_wait,
    ping,
    resend,
    states,
)
from connection_tier.session.handlers.service import ServiceMessage, ignore

SERVICE_MESSAGES: Final[Mapping[int, ServiceMessage]] = MappingProxyType(
    {
        wire.MSGS_ACK: ServiceMessage(acknowledgment.msgs_ack),
        wire.PING: ServiceMessage(ping.ping),
        wire.PING_DELAY_DISCONNECT: ServiceMessage(ping.ping_delay_disconnect),
        wire.GET_FUTURE_SALTS: ServiceMessage(future_salts.get_future_salts),
        wire.MSGS_STATE_REQ: ServiceMessage(states.msgs_state_req),
        wire.MSG_RESEND_REQ: ServiceMessage(resend.msg_resend_req),
        wire.MSG_RESEND_ANS_REQ: ServiceMessage(resend.msg_resend_ans_req),
        wire.RPC_DROP_ANSWER: ServiceMessage(drop_answer.rpc_drop_answer, is_rpc=True),
        wire.DESTROY_SESSION: ServiceMessage(destroy.destroy_session),
        wire.DESTROY_AUTH_KEY: ServiceMessage(destroy.destroy_auth_key),
        wire.HTTP_WAIT: ServiceMessage(http_wait.http_wait),
        wire.MSG_COPY: ServiceMessage(copies.msg_copy),
        # Voluntary or meaningless from a client: accepted in silence, never executed as a query.
        wire.MSGS_ALL_INFO: ServiceMessage(ignore),
        wire.MSGS_STATE_INFO: ServiceMessage(ignore),
        wire.MSG_DETAILED_INFO: ServiceMessage(ignore),
        wire.MSG_NEW_DETAILED_INFO: ServiceMessage(ignore),
        wire.NEW_SESSION_CREATED: ServiceMessage(ignore),
        wire.BAD_MSG_NOTIFICATION: ServiceMessage(ignore),
        wire.BAD_SERVER_SALT: ServiceMessage(ignore),
        wire.PONG: ServiceMessage(ignore),
        wire.RPC_RESULT: ServiceMessage(ignore),
    }
)
"""What is not in this table is a query."""
