"""The PROXY protocol, versions 1 and 2: a load balancer says whose connection it passes on. No I/O.

Specification: https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\r\n\r\n\x00\r\nQUIT\n"
_V1_START: Final = b"PROXY "
_V1_MAX_BYTES: Final = 107
_V2_HEADER_BYTES: Final = 16
_V2_MAX_BYTES: Final = 4096
"""Addresses take at most 216 bytes; the rest is for TLV fields, which are skipped."""

_LOCAL: Final = 0
_PROXY: Final = 1
_ADDRESS_BYTES: Final = {1: 4, 2: 16}
"""Of the families AF_INET and AF_INET6."""
_PORTS_BYTES: Final = 4


class ProxyProtocolError(Exception):
    """The bytes are no PROXY header: close the connection."""


@dataclass(frozen=True, slots=True)
class ProxyHeader:
    """What stood at the beginning of a connection.

    ``source``: the client's IP address; None when the balancer speaks for itself (a health check) or does not know.
    ``rest``: the client's own first bytes.
    """

    source: str | None
    rest: bytes


class ProxyHeaderReader:
    """Reads the header of one connection, however the stream is cut."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def receive_data(self, data: bytes) -> ProxyHeader | None:
        """Take bytes; the header once it is complete.

        Raises:
            ProxyProtocolError: no header can begin like this.
        """
        self._buffer += data
        start = bytes(self._buffer[: len(SIGNATURE)])
        if start == SIGNATURE:
            return self._read_v2()
        if start[: len(_V1_START)] == _V1_START:
            return self._read_v1()
        if not SIGNATURE.startswith(start) and not _V1_START.startswith(start):
            raise ProxyProtocolError("no PROXY header")
        return None

    def _read_v1(self) -> ProxyHeader | None:
        end = self._buffer.find(b"\r\n", 0, _V1_MAX_BYTES)
        if end < 0:
            if len(self._buffer) >= _V1_MAX_BYTES:
                raise ProxyProtocolError("version 1 line too long")
            return None
        try:
            words = bytes(self._buffer[:end]).decode("ascii").split(" ")
        except UnicodeDecodeError:
            raise ProxyProtocolError("version 1 line is not ASCII") from None
        return ProxyHeader(_v1_source(words[1:]), bytes(self._buffer[end + 2 :]))

    def _read_v2(self) -> ProxyHeader | None:
        buffer = self._buffer
        if len(buffer) < _V2_HEADER_BYTES:
            return None
        version, command = buffer[12] >> 4, buffer[12] & 0xF
        family = buffer[13] >> 4
        length = int.from_bytes(buffer[14:16], "big")
        if version != 2 or command not in {_LOCAL, _PROXY} or length > _V2_MAX_BYTES:
            raise ProxyProtocolError("malformed version 2 header")
        end = _V2_HEADER_BYTES + length
        if len(buffer) < end:
            return None
        size = _ADDRESS_BYTES.get(family)
        source = None
        if command == _PROXY and size is not None:
            if length < 2 * size + _PORTS_BYTES:
                raise ProxyProtocolError("version 2 addresses cut short")
            source = _plain(ipaddress.ip_address(bytes(buffer[_V2_HEADER_BYTES : _V2_HEADER_BYTES + size])))
        return ProxyHeader(source, bytes(buffer[end:]))


def _v1_source(words: list[str]) -> str | None:
    if words and words[0] == "UNKNOWN":
        return None
    if len(words) != 5 or words[0] not in {"TCP4", "TCP6"}:
        raise ProxyProtocolError("malformed version 1 line")
    version = int(words[0][3])
    try:
        source, destination = (ipaddress.ip_address(word) for word in words[1:3])
    except ValueError:
        raise ProxyProtocolError("malformed address in version 1 line") from None
    if source.version != version or destination.version != version:
        raise ProxyProtocolError("addresses of another family in version 1 line")
    if not all(port.isdecimal() and len(port) <= 5 and int(port) <= 65535 for port in words[3:]):
        raise ProxyProtocolError("malformed port in version 1 line")
    return _plain(source)


def _plain(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """The address as text; an IPv4 one also when it is mapped into IPv6, so that limits count it once."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
