"""The creation of authorization keys, both sides, and the unencrypted messages it travels in. No I/O.

Specification: https://core.telegram.org/mtproto/auth_key
"""

from connection_tier.exchange.client import ClientExchange, ClientKey
from connection_tier.exchange.errors import HandshakeFailed
from connection_tier.exchange.server import (
    ExchangeReply,
    NewAuthKey,
    ServerExchange,
    StoreOutcome,
    is_first_heavy,
    is_heavy,
)
from connection_tier.exchange.unencrypted import (
    MsgIdSource,
    UnencryptedMessage,
    decode_unencrypted,
    encode_unencrypted,
    is_unencrypted,
)

__all__ = [
    "ClientExchange",
    "ClientKey",
    "ExchangeReply",
    "HandshakeFailed",
    "MsgIdSource",
    "NewAuthKey",
    "ServerExchange",
    "StoreOutcome",
    "UnencryptedMessage",
    "decode_unencrypted",
    "encode_unencrypted",
    "is_first_heavy",
    "is_heavy",
    "is_unencrypted",
]
