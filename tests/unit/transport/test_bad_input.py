"""Detection, and the reaction to everything that is no valid stream."""

import contextlib
import struct
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connection_tier.transport import ClientTransport, HttpDetected, Packet, ServerTransport, TransportError
from connection_tier.transport.obfuscated import Obfuscation
from tests.unit.crypto.determinism import SeededRandom
from tests.unit.transport.streams import VARIANTS, by_byte, client_of, encrypted, feed_server


def full_frame(payload: bytes, *, seq: int = 0, length: int | None = None, crc: int | None = None) -> bytes:
    frame = struct.pack("<II", len(payload) + 12 if length is None else length, seq) + payload
    return frame + struct.pack("<I", crc32(frame) if crc is None else crc)


def obfuscated(tag: bytes, rest: bytes = b"") -> bytes:
    obfuscation, init = Obfuscation.open(tag, 2, SeededRandom("init"))
    return init + obfuscation.encrypt(rest)


BROKEN = {
    # checklist 9: bounds
    "abridged, empty": b"\xef\x00",
    "abridged, 4 bytes": b"\xef\x01" + bytes(4),
    "abridged, over 16 MiB": b"\xef\x7f\x01\x00\x40",
    "abridged, long form, empty": b"\xef\x7f\x00\x00\x00",
    "abridged, quick ack, empty": b"\xef\x80",
    "intermediate, empty": b"\xee" * 4 + bytes(4),
    "intermediate, 4 bytes": b"\xee" * 4 + struct.pack("<i", 4),
    "intermediate, not a multiple of 4": b"\xee" * 4 + struct.pack("<i", 41),
    "intermediate, over 16 MiB": b"\xee" * 4 + struct.pack("<i", (16 << 20) + 4),
    "intermediate, -1": b"\xee" * 4 + struct.pack("<i", -1),
    "padded, 7 bytes": b"\xdd" * 4 + struct.pack("<i", 7),
    "padded, over 16 MiB": b"\xdd" * 4 + struct.pack("<i", (16 << 20) + 16),
    "full, length 0": struct.pack("<II", 0, 0),
    "full, length 12": struct.pack("<II", 12, 0),
    "full, not a multiple of 4": struct.pack("<II", 33, 0),
    "full, over 16 MiB": struct.pack("<II", (16 << 20) + 16, 0),
    # checklist 8: sequence and CRC
    "full, wrong CRC": full_frame(encrypted(3), crc=0),
    # checklist 2: reserved
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01",
    # checklist 10: the tag inside the header
    "obfuscated, unknown tag": obfuscated(b"\x12\x34\x56\x78"),
    "obfuscated, mixed tag": obfuscated(b"\xef\xee\xef\xef"),
    "obfuscated, broken inside": obfuscated(b"\xef" * 4, b"\x00"),
}


@pytest.mark.parametrize("stream", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("cutting", ["bytes", "whole"])
def test_violation(stream: bytes, cutting: str) -> None:
    server = ServerTransport()
    with pytest.raises(TransportError):
        feed_server(server, by_byte(stream) if cutting == "bytes" else [stream])
    assert server.failed
    assert server.buffered_bytes == 0
    with pytest.raises(TransportError):  # refuses further input
        server.receive_data(b"\xef")


def test_full_wrong_sequence_number() -> None:  # checklist 8
    server = ServerTransport()
    assert server.receive_data(full_frame(encrypted(3))) == [Packet(encrypted(3))]
    with pytest.raises(TransportError, match="sequence number 2 instead of 1"):
        server.receive_data(full_frame(encrypted(3), seq=2))


@pytest.mark.parametrize("cutting", ["bytes", "whole"])
def test_packets_before_a_violation_are_not_lost(cutting: str) -> None:  # checklist 1
    client = client_of("abridged", obfuscated=True)
    sent = client.connect_bytes() + client.encode(encrypted(3)) + client.encode(b"")
    server = ServerTransport()
    packets = []
    with pytest.raises(TransportError):
        for chunk in [*(by_byte(sent) if cutting == "bytes" else [sent]), b"more"]:
            packets += server.receive_data(chunk)
    assert packets == [Packet(encrypted(3))]


@pytest.mark.parametrize("verb", [b"GET /", b"POST /api", b"HEAD /", b"OPTIONS /"])
def test_http_is_handed_over(verb: bytes) -> None:  # checklist 2
    request = verb + b" HTTP/1.1\r\n"
    with pytest.raises(HttpDetected) as caught:
        ServerTransport().receive_data(request)
    assert caught.value.data == request
    server = ServerTransport()
    with pytest.raises(HttpDetected) as caught:
        feed_server(server, by_byte(request))
    assert caught.value.data == request[:4]
    assert server.failed


@pytest.mark.parametrize("size", [1, 3, 4, 7, 8, 63])
def test_undecided_waits(size: int) -> None:  # checklist 2
    init = client_of("abridged", obfuscated=True).connect_bytes()
    server = ServerTransport()
    assert server.receive_data(init[:size]) == []
    assert not server.detected
    assert server.buffered_bytes == size


def test_websocket_takes_only_obfuscation() -> None:  # checklist 15
    server = ServerTransport(require_obfuscation=True)
    assert server.receive_data(b"\xef" + b"\x01" * 62) == []
    with pytest.raises(TransportError):
        server.receive_data(b"\x01")
    client = client_of("intermediate", obfuscated=True)
    server = ServerTransport(require_obfuscation=True)
    sent = client.connect_bytes() + client.encode(encrypted(3))
    assert feed_server(server, by_byte(sent)) == [Packet(encrypted(3))]


def test_own_limit() -> None:  # checklist 9: refused by the header, before any of the body is buffered
    server = ServerTransport(max_packet_bytes=1024)
    with pytest.raises(TransportError):
        server.receive_data(b"\xee" * 4 + struct.pack("<i", 1028))


def test_init_avoids_reserved_patterns() -> None:  # checklist 2
    reserved = [b"\xef" + bytes(63), b"GET " + bytes(60), b"\x16\x03\x01\x02" + bytes(60), b"abcd" + bytes(60)]
    good = SeededRandom("good")(64)
    supply = iter([*reserved, good])
    client = ClientTransport("abridged", obfuscated=True, random=lambda size: next(supply))
    assert client.connect_bytes()[:56] == good[:56]
    assert next(supply, None) is None


@settings(deadline=None, max_examples=300)
@given(data=st.binary(max_size=200), start=st.sampled_from([b"", b"\xef", b"\xee" * 4, b"\xdd" * 4, bytes(8)]))
def test_fuzz_server(data: bytes, start: bytes) -> None:
    server = ServerTransport()
    try:
        packets = feed_server(server, [start + data])
    except TransportError:
        assert server.failed
    else:
        assert all(8 <= len(packet.payload) <= 16 << 20 for packet in packets)


@settings(deadline=None, max_examples=300)
@given(data=st.binary(max_size=200), variant=st.sampled_from(VARIANTS))
def test_fuzz_client(data: bytes, variant: tuple[str, bool]) -> None:
    client = client_of(variant[0], obfuscated=variant[1])
    with contextlib.suppress(TransportError):
        client.receive_data(data)


@settings(deadline=None, max_examples=200)
@given(data=st.binary(max_size=300), cut=st.integers(0, 300))
def test_fuzz_is_independent_of_cuts(data: bytes, cut: int) -> None:  # checklist 1
    def outcome(chunks: list[bytes]) -> tuple[list[Packet], bool]:
        server = ServerTransport()
        packets: list[Packet] = []
        try:
            for chunk in [*chunks, b""]:
                packets += server.receive_data(chunk)
        except TransportError:
            return packets, True
        return packets, False

    assert outcome([data]) == outcome([data[:cut], data[cut:]])
