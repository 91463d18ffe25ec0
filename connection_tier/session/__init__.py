"""The MTProto session, sans I/O: https://core.telegram.org/mtproto/description#session."""

from connection_tier.session.bad_msg import BadMsgCode
from connection_tier.session.events import (
    CloseAfter,
    DestroyAuthKey,
    DestroySession,
    Event,
    HttpWait,
    RpcCancelled,
    RpcRequest,
    TransportFlood,
)
from connection_tier.session.limits import SessionLimits
from connection_tier.session.packed import InflateFailed, pack_gzip, unpack_gzip
from connection_tier.session.salts import INITIAL_SALT_LIFETIME_S, ServerSalts
from connection_tier.session.session import Attached, OutgoingPlain, Session
from connection_tier.session.unpacking import may_grow, unpack_packet

__all__ = [
    "INITIAL_SALT_LIFETIME_S",
    "Attached",
    "BadMsgCode",
    "CloseAfter",
    "DestroyAuthKey",
    "DestroySession",
    "Event",
    "HttpWait",
    "InflateFailed",
    "OutgoingPlain",
    "RpcCancelled",
    "RpcRequest",
    "ServerSalts",
    "Session",
    "SessionLimits",
    "TransportFlood",
    "may_grow",
    "pack_gzip",
    "unpack_gzip",
    "unpack_packet",
]
