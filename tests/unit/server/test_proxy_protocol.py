"""The PROXY protocol, versions 1 and 2."""

from __future__ import annotations

import ipaddress
import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_tier.server.proxy_protocol import SIGNATURE, ProxyHeader, ProxyHeaderReader, ProxyProtocolError

V4 = b"PROXY TCP4 192.0.2.7 203.0.113.1 40000 443\r\n"
V6 = b"PROXY TCP6 2001:db8::7 2001:db8::1 40000 443\r\n"


def version_2(source: str, *, command: int = 1, tlv: bytes = b"") -> bytes:
    address = ipaddress.ip_address(source)
    addresses = address.packed + address.packed + struct.pack(">HH", 40000, 443)
    family = 0x11 if address.version == 4 else 0x21
    return SIGNATURE + struct.pack(">BBH", 0x20 | command, family, len(addresses) + len(tlv)) + addresses + tlv


HEADERS = {
    "v1, IPv4": (V4, "192.0.2.7"),
    "v1, IPv6": (V6, "2001:db8::7"),
    "v1, unknown": (b"PROXY UNKNOWN\r\n", None),
    "v1, unknown with words": (b"PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", None),
    "v1, mapped": (b"PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 1 2\r\n", "192.0.2.7"),
    "v2, IPv4": (version_2("192.0.2.7"), "192.0.2.7"),
    "v2, IPv6": (version_2("2001:db8::7"), "2001:db8::7"),
    "v2, mapped": (version_2("::ffff:192.0.2.7"), "192.0.2.7"),
    "v2, with fields": (version_2("192.0.2.7", tlv=b"\x04\x00\x03abc"), "192.0.2.7"),
    "v2, local": (version_2("192.0.2.7", command=0), None),
    "v2, local without addresses": (SIGNATURE + b"\x20\x00\x00\x00", None),
    "v2, Unix socket": (SIGNATURE + b"\x21\x31\x00\xd8" + bytes(216), None),
}


@pytest.mark.parametrize("rest", [b"", b"\xef\x10", V4])
@pytest.mark.parametrize(("header", "source"), HEADERS.values(), ids=HEADERS)
def test_header(header: bytes, source: str | None, rest: bytes) -> None:
    assert ProxyHeaderReader().receive_data(header + rest) == ProxyHeader(source, rest)


@pytest.mark.parametrize(("header", "source"), HEADERS.values(), ids=HEADERS)
def test_a_byte_at_a_time(header: bytes, source: str | None) -> None:  # checklist 127
    reader = ProxyHeaderReader()
    for position in range(len(header) - 1):
        assert reader.receive_data(header[position : position + 1]) is None
    assert reader.receive_data(header[-1:]) == ProxyHeader(source, b"")


@pytest.mark.parametrize(
    "data",
    [
        b"\xef",
        b"GET / HTTP/1.1\r\n",
        b"PROXY TCP4 192.0.2.7\r\n",
        b"PROXY TCP4 192.0.2.7 203.0.113.1 40000 443 9\r\n",
        b"PROXY TCP4 2001:db8::7 2001:db8::1 40000 443\r\n",
        b"PROXY TCP6 192.0.2.7 203.0.113.1 40000 443\r\n",
        b"PROXY TCP4 192.0.2.999 203.0.113.1 40000 443\r\n",
        b"PROXY TCP4 192.0.2.7 203.0.113.1 70000 443\r\n",
        b"PROXY TCP4 192.0.2.7 203.0.113.1 -1 443\r\n",
        b"PROXY UDP4 192.0.2.7 203.0.113.1 1 443\r\n",
        b"PROXY \xff\r\n",
        b"PROXY " + b"x" * 101,
        SIGNATURE + b"\x11\x11\x00\x0c" + bytes(12),
        SIGNATURE + b"\x22\x11\x00\x0c" + bytes(12),
        SIGNATURE + b"\x21\x11\x00\x0b" + bytes(11),
        SIGNATURE + b"\x21\x21\x00\x23" + bytes(35),
        SIGNATURE + b"\x21\x11\xff\xff",
        SIGNATURE[:-1] + b"\r",
    ],
)
def test_no_header(data: bytes) -> None:
    with pytest.raises(ProxyProtocolError):
        ProxyHeaderReader().receive_data(data)


@given(st.lists(st.binary(max_size=64), max_size=8), st.sampled_from([b"", SIGNATURE, b"PROXY ", V4[:20]]))
def test_garbage(pieces: list[bytes], start: bytes) -> None:  # checklist 133
    """Anything ends in a header, an error, or a wait that is bounded."""
    reader = ProxyHeaderReader()
    try:
        for piece in (start, *pieces):
            header = reader.receive_data(piece)
            if header is not None:
                assert header.source is None or ipaddress.ip_address(header.source)
                return
    except ProxyProtocolError:
        return
    assert len(reader._buffer) < 4096 + 16


@given(st.sampled_from([socket.AF_INET, socket.AF_INET6]), st.binary(min_size=16, max_size=16))
def test_any_address(family: int, packed: bytes) -> None:
    address = ipaddress.ip_address(packed[: 4 if family == socket.AF_INET else 16])
    header = ProxyHeaderReader().receive_data(version_2(str(address)))
    assert header is not None
    mapped = getattr(address, "ipv4_mapped", None)
    assert header.source == str(mapped or address)
