"""MTProto stream transports: bytes to packets and back, for both sides. No I/O.

Specification: https://core.telegram.org/mtproto/mtproto-transports
"""

from connection_tier.transport.base import MAX_PACKET_BYTES, ErrorCode, Packet, QuickAck, ServerEvent
from connection_tier.transport.client import ClientTransport
from connection_tier.transport.errors import HttpDetected, TransportError, TransportErrorCode
from connection_tier.transport.fake_tls import FakeTls, SeenHellos
from connection_tier.transport.secret import ProxySecret, parse_secret
from connection_tier.transport.server import ServerTransport

__all__ = [
    "MAX_PACKET_BYTES",
    "ClientTransport",
    "ErrorCode",
    "FakeTls",
    "HttpDetected",
    "Packet",
    "ProxySecret",
    "QuickAck",
    "SeenHellos",
    "ServerEvent",
    "ServerTransport",
    "TransportError",
    "TransportErrorCode",
    "parse_secret",
]
