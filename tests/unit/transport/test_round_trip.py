"""Both halves of every transport against each other, however the stream is cut."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connection_tier.transport import ErrorCode, Packet, QuickAck, ServerTransport, TransportErrorCode
from tests.unit.crypto.determinism import SeededRandom
from tests.unit.transport.streams import (
    PAYLOADS,
    VARIANTS,
    at_random,
    by_byte,
    client_of,
    encrypted,
    feed_client,
    feed_server,
    unencrypted,
)

TOKEN = b"\x01\x02\x03\x84"

variants = pytest.mark.parametrize(("kind", "obfuscated"), VARIANTS)


@variants
@pytest.mark.parametrize("cutting", ["bytes", "random", "whole"])
def test_client_to_server(kind: str, obfuscated: bool, cutting: str) -> None:  # checklist 1 3 4 6 7 8 10 127
    client = client_of(kind, obfuscated=obfuscated)
    server = ServerTransport()
    sent = client.connect_bytes() + b"".join(client.encode(payload) for payload in PAYLOADS)
    chunks = {"bytes": by_byte(sent), "random": at_random(sent, Random(7)), "whole": iter([sent])}[cutting]
    assert feed_server(server, chunks) == [Packet(payload) for payload in PAYLOADS]
    assert server.detected
    assert server.name == ("obfuscated+" if obfuscated else "") + kind
    assert server.dc_id == (-10002 if obfuscated else None)
    assert server.buffered_bytes == 0
    assert not server.failed


@variants
@pytest.mark.parametrize("cutting", ["bytes", "random", "whole"])
def test_server_to_client(kind: str, obfuscated: bool, cutting: str) -> None:  # checklist 1 3 12 13 127
    client = client_of(kind, obfuscated=obfuscated)
    server = ServerTransport(random=SeededRandom("server"))
    feed_server(server, [client.connect_bytes() + client.encode(encrypted(3))])
    parts = []
    for payload in PAYLOADS:
        parts += [server.encode(payload), server.encode_quick_ack(TOKEN)]
    sent = b"".join([*parts, server.encode_error(TransportErrorCode.AUTH_KEY_NOT_FOUND)])
    chunks = {"bytes": by_byte(sent), "random": at_random(sent, Random(8)), "whole": iter([sent])}[cutting]
    expected: list[object] = []
    for payload in PAYLOADS:
        expected += [Packet(payload)] if kind == "full" else [Packet(payload), QuickAck(TOKEN)]
    assert feed_client(client, chunks) == [*expected, ErrorCode(-404)]


@pytest.mark.parametrize(("kind", "obfuscated"), [it for it in VARIANTS if it[0] != "full"])
@pytest.mark.parametrize("payload", [encrypted(3), encrypted(31), unencrypted(5)], ids=["short", "long", "plain"])
def test_quick_ack_request(kind: str, obfuscated: bool, payload: bytes) -> None:  # checklist 5 6
    client = client_of(kind, obfuscated=obfuscated)
    sent = client.connect_bytes() + client.encode(payload, quick_ack=True) + client.encode(payload)
    assert feed_server(ServerTransport(), by_byte(sent)) == [Packet(payload, quick_ack=True), Packet(payload)]


@settings(deadline=None, max_examples=60)
@given(
    variant=st.sampled_from(VARIANTS),
    sizes=st.lists(st.integers(3, 200), max_size=6),
    cuts=st.integers(0, 1 << 32),
    seed=st.sampled_from("abcd"),
)
def test_any_cut_gives_the_same_packets(
    variant: tuple[str, bool], sizes: list[int], cuts: int, seed: str
) -> None:  # checklist 1 127
    kind, obfuscated = variant
    client = client_of(kind, obfuscated=obfuscated, seed=seed)
    payloads = [encrypted(size, seed) for size in sizes]
    sent = client.connect_bytes() + b"".join(client.encode(payload) for payload in payloads)
    server = ServerTransport()
    assert feed_server(server, at_random(sent, Random(cuts), largest=300)) == [Packet(payload) for payload in payloads]
    assert server.buffered_bytes <= 64


@variants
def test_largest_packet(kind: str, obfuscated: bool) -> None:  # checklist 9
    payload = encrypted(1) * ((16 << 20) // 40)
    payload += bytes((16 << 20) - len(payload))
    if kind == "padded_intermediate":
        payload = payload[:-8]  # 24 + 16n
    client = client_of(kind, obfuscated=obfuscated)
    sent = client.connect_bytes() + client.encode(payload)
    server = ServerTransport()
    chunks = [sent[position : position + 65536] for position in range(0, len(sent), 65536)]
    assert feed_server(server, chunks[:-1]) == []
    assert server.buffered_bytes > len(payload) - 2 * 65536
    assert feed_server(server, chunks[-1:]) == [Packet(payload)]
    assert server.buffered_bytes == 0


def test_padding_is_what_telethon_strips() -> None:  # checklist 7: clients differ in how much they strip
    server = ServerTransport(random=SeededRandom("padding"))
    client = client_of("padded_intermediate", obfuscated=False)
    feed_server(server, [client.connect_bytes()])
    lengths = {len(server.encode(encrypted(3))) - 4 - 72 for _ in range(100)}
    assert lengths == {0, 1, 2, 3}
    assert len(server.encode_error(-404)) == 8


@pytest.mark.parametrize("payload", [encrypted(3), encrypted(4), unencrypted(5), unencrypted(8)])
@pytest.mark.parametrize("padding", range(16))
def test_every_padding_is_cut(payload: bytes, padding: int) -> None:  # checklist 7
    framed = (len(payload) + padding).to_bytes(4, "little") + payload + b"\x07" * padding
    assert ServerTransport().receive_data(b"\xdd" * 4 + framed) == [Packet(payload)]


@pytest.mark.parametrize("size", [8, 12, 20, 23])
def test_short_padded_bodies_are_passed_on(size: int) -> None:  # checklist 7 9: the message layer refuses them
    body = b"\x01" * size
    assert ServerTransport().receive_data(b"\xdd" * 4 + size.to_bytes(4, "little") + body) == [Packet(body)]


def test_unencrypted_body_with_a_wrong_own_length_is_passed_on() -> None:  # checklist 7 21
    body = unencrypted(5)[:16] + (400).to_bytes(4, "little") + bytes(20)
    assert ServerTransport().receive_data(b"\xdd" * 4 + len(body).to_bytes(4, "little") + body) == [Packet(body)]


def test_quick_ack_byte_order() -> None:  # checklist 12
    wire = {}
    for kind in ("abridged", "intermediate", "padded_intermediate"):
        server = ServerTransport()
        server.receive_data(client_of(kind, obfuscated=False).connect_bytes())
        wire[kind] = server.encode_quick_ack(TOKEN)
    assert wire == {"abridged": TOKEN[::-1], "intermediate": TOKEN, "padded_intermediate": TOKEN}


def test_error_before_detection_says_nothing() -> None:  # checklist 13: "in the current framing"
    server = ServerTransport()
    assert server.encode_error(TransportErrorCode.TOO_MANY_REQUESTS) == b""
    assert server.name == ""
    with pytest.raises(RuntimeError):
        server.encode(encrypted(3))


def test_full_counts_packets_of_each_side() -> None:  # checklist 8
    client = client_of("full", obfuscated=False)
    server = ServerTransport()
    for number in range(3):
        frame = client.encode(encrypted(3))
        assert frame[4:8] == number.to_bytes(4, "little")
        assert server.receive_data(frame) == [Packet(encrypted(3))]
        assert server.encode(encrypted(3))[4:8] == number.to_bytes(4, "little")


def test_programming_errors() -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        client_of("abridged", obfuscated=False).encode(b"12345")
    with pytest.raises(ValueError, match="no quick ack"):
        client_of("full", obfuscated=False).encode(encrypted(3), quick_ack=True)
    with pytest.raises(ValueError, match="cannot be obfuscated"):
        client_of("full", obfuscated=True)
