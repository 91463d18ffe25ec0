"""The secret of an MTProxy: simple and padded. checklist 11"""

import os

import pytest

from connection_tier.transport import ClientTransport, ProxySecret, ServerTransport, TransportError, parse_secret
from tests.unit.transport.streams import by_byte, encrypted

SECRET = bytes(range(16))
OTHER = bytes(16)


@pytest.mark.parametrize("kind", ["abridged", "intermediate", "padded_intermediate"])
@pytest.mark.parametrize("secret", [SECRET, OTHER, b""])
def test_both_ways(kind: str, secret: bytes) -> None:
    # checklist 10: the DC id in the header, here that of a test DC's media
    client = ClientTransport(kind, obfuscated=True, dc_id=-10002, secret=secret)
    server = ServerTransport(secrets=[ProxySecret(OTHER), ProxySecret(SECRET)])
    payload = encrypted(5)
    packets = [
        packet
        for piece in by_byte(client.connect_bytes() + client.encode(payload))
        for packet in server.receive_data(piece)
    ]
    assert [packet.payload for packet in packets] == [payload]
    assert (server.dc_id, server.name) == (-10002, f"obfuscated+{kind}")
    [answer] = client.receive_data(server.encode(payload))
    assert answer.payload == payload


def test_unknown_secret() -> None:
    client = ClientTransport("abridged", obfuscated=True, secret=os.urandom(16))
    server = ServerTransport(secrets=[ProxySecret(SECRET)])
    with pytest.raises(TransportError, match="unknown transport"):
        server.receive_data(client.connect_bytes())


def test_a_dd_secret_requires_padding() -> None:
    server = ServerTransport(secrets=[ProxySecret(SECRET, requires_padding=True)])
    padded = ClientTransport("padded_intermediate", obfuscated=True, secret=SECRET)
    assert server.receive_data(padded.connect_bytes()) == []
    assert server.detected
    server = ServerTransport(secrets=[ProxySecret(SECRET, requires_padding=True)])
    with pytest.raises(TransportError, match="dd secret"):
        server.receive_data(ClientTransport("abridged", obfuscated=True, secret=SECRET).connect_bytes())


def test_a_client_without_the_secret_is_as_before() -> None:
    server = ServerTransport(secrets=[ProxySecret(SECRET)])
    assert server.receive_data(b"\xef") == []
    assert server.name == "abridged"


def test_parse() -> None:
    assert parse_secret("DD" + SECRET.hex().upper()) == ProxySecret(SECRET, requires_padding=True)
    assert parse_secret(f" {SECRET.hex()} ") == ProxySecret(SECRET)
    fake = parse_secret("ee" + SECRET.hex() + b"example.org".hex())
    assert fake == ProxySecret(SECRET, requires_padding=True, is_fake_tls=True)
    # A plain secret may begin with the bytes dd or ee itself.
    for first in ("dd", "ee"):
        assert parse_secret(first + "00" * 15) == ProxySecret(bytes.fromhex(first) + bytes(15))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "32 hex digits"),
        ("00" * 15, "32 hex digits"),
        ("zz" * 16, "32 hex digits"),
        ("dd" + "00" * 17, "32 hex digits"),
        ("ee" + "00" * 16, "host name"),
        ("ee" + "00" * 16 + "6", "host name"),
    ],
)
def test_parse_refuses(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_secret(text)
