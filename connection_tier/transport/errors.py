"""Errors of the transport layer and the codes it sends to a client.

Specification: https://core.telegram.org/mtproto/mtproto-transports#transport-errors

::

    TransportError          the peer broke the framing: close the connection
        HttpDetected        the bytes are an HTTP request: hand the socket to an HTTP server (or close)
"""

from enum import IntEnum


class TransportErrorCode(IntEnum):
    """The codes a server may send as a lone four-byte packet before it closes the connection."""

    AUTH_KEY_NOT_FOUND = -404
    """The auth key is unknown, or an unencrypted query broke the key exchange. A client drops its key: send it only
    after the store of record denied the key."""

    TOO_MANY_REQUESTS = -429
    """Too many connections, or a container or service message over its limits."""

    WRONG_DC = -444
    """The data centre id is invalid here."""


class TransportError(Exception):
    """The peer violated its transport; nothing after the violation can be read."""


class HttpDetected(TransportError):
    """The first bytes are an HTTP request line.

    Attributes:
        data: every byte received so far, to be replayed to the HTTP server.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__("HTTP request on a stream transport")
        self.data = data
