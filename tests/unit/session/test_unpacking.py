"""What a thread unpacks is what the session would have unpacked. Checklist 63."""

from __future__ import annotations

import struct
import zlib

import pytest

from connection_tier.session import SessionLimits, may_grow, unpack_packet
from connection_tier.session.containers import build_container, parse_container
from connection_tier.session.wire import GZIP_PACKED, tl_bytes

LIMITS = SessionLimits()
QUERY = b"head" + bytes(2000)


def packed(body: bytes, wbits: int = 31) -> bytes:
    return struct.pack("<I", GZIP_PACKED) + tl_bytes(zlib.compress(body, wbits=wbits))


@pytest.mark.parametrize("wbits", [15, 31], ids=["zlib", "gzip"])
@pytest.mark.parametrize("depth", range(5))
def test_a_message(wbits: int, depth: int) -> None:
    body = QUERY
    for _ in range(depth):
        body = packed(body, wbits)
    found = unpack_packet(body, LIMITS)
    assert found.body == QUERY
    assert found.inflated_bytes >= (len(QUERY) if depth else 0)


def test_messages_of_a_container() -> None:
    broken = packed(QUERY)[:-40] + bytes(40)
    container = build_container([(4, 1, packed(QUERY)), (8, 3, b"tail"), (12, 5, broken)])
    for body in (container, packed(container)):
        found = parse_container(unpack_packet(body, LIMITS).body, 16, 10)
        assert [(msg_id, seqno) for msg_id, seqno, _ in found] == [(4, 1), (8, 3), (12, 5)]
        assert [inner for *_, inner in found[:2]] == [QUERY, b"tail"]
        # What cannot be unpacked still cannot be, at no cost.
        assert found[2][2] == struct.pack("<II", GZIP_PACKED, 0)


def test_bombs_are_bounded() -> None:
    bomb = packed(bytes(50 << 20))
    assert may_grow(bomb)
    found = unpack_packet(build_container([(4 * n, 1, bomb) for n in range(1, 20)]), LIMITS)
    assert found.inflated_bytes <= LIMITS.max_inflated_message + 19
    deep = QUERY
    for _ in range(5):
        deep = packed(deep)
    assert unpack_packet(deep, LIMITS).body == struct.pack("<II", GZIP_PACKED, 0)


def test_what_is_no_container_stays() -> None:
    for body in (
        b"\xdc\xf8\xf1\x73" + bytes(3),
        b"\xdc\xf8\xf1\x73\xff\xff\xff\xff" + packed(QUERY),
        b"",
        b"abc",
        QUERY,
    ):
        assert unpack_packet(body, LIMITS).body == body


def test_small_and_plain_messages_are_left_to_the_session() -> None:
    assert not may_grow(packed(b"x" * 100))
    assert not may_grow(bytes(100_000))
