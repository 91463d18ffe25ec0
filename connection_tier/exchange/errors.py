"""The error of the key exchange."""

from connection_tier.transport.errors import TransportErrorCode


class HandshakeFailed(Exception):
    """The peer broke the key exchange. A server answers ``code`` as a transport error and closes the connection.

    The message is for counters and debug logs: it names the broken rule and holds no key material.
    """

    def __init__(self, reason: str, code: TransportErrorCode = TransportErrorCode.AUTH_KEY_NOT_FOUND) -> None:
        super().__init__(reason)
        self.code = code
