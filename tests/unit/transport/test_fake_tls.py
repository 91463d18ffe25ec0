"""Fake TLS of MTProxy secrets that begin with "ee". checklist 11; TDLib's own client half: tests/e2e/test_tdlib.py"""

from __future__ import annotations

import hmac
import os

import pytest

from connection_tier.transport import (
    ClientTransport,
    FakeTls,
    ProxySecret,
    SeenHellos,
    ServerTransport,
    TransportError,
)
from tests.unit.transport.streams import by_byte, encrypted

SECRET = bytes(range(16))
SECRETS = [ProxySecret(bytes(16)), ProxySecret(b"o" * 16, True, True), ProxySecret(SECRET, True, True)]
NOW = 1_700_000_000


class Clock:
    now = float(NOW)

    def __call__(self) -> float:
        return self.now


def hello(secret: bytes = SECRET, *, sent_at: int = NOW, size: int = 517) -> bytes:
    """A client's first record."""
    head = b"\x16\x03\x01" + (size - 5).to_bytes(2, "big") + b"\x01" + (size - 9).to_bytes(3, "big") + b"\x03\x03"
    tail = b"\x20" + os.urandom(32) + os.urandom(size - 76)
    digest = hmac.digest(secret, head + bytes(32) + tail, "sha256")
    stamped = int.from_bytes(digest[28:], "little") ^ sent_at
    return head + digest[:28] + stamped.to_bytes(4, "little") + tail


def record(data: bytes) -> bytes:
    return b"\x17\x03\x03" + len(data).to_bytes(2, "big") + data


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seen(clock: Clock) -> SeenHellos:
    return SeenHellos(clock)


def opened(seen: SeenHellos, first: bytes) -> FakeTls:
    tls = FakeTls(SECRETS, seen, os.urandom)
    assert tls.receive_data(first) == b""
    return tls


def is_answer(answer: bytes, first: bytes, secret: bytes = SECRET) -> bool:
    """What a client checks of the ServerHello."""
    blank = answer[:11] + bytes(32) + answer[43:]
    assert answer.startswith(b"\x16\x03\x03")
    handshake = 5 + int.from_bytes(answer[3:5], "big")
    assert answer[43:76] == first[43:76]
    assert answer[handshake : handshake + 9] == b"\x14\x03\x03\x00\x01\x01\x17\x03\x03"
    assert len(answer) == handshake + 11 + int.from_bytes(answer[handshake + 9 : handshake + 11], "big")
    return hmac.compare_digest(hmac.digest(secret, first[11:43] + blank, "sha256"), answer[11:43])


@pytest.mark.parametrize("size", [76, 517, 1800])
def test_hello(seen: SeenHellos, size: int) -> None:
    first = hello(size=size)
    tls = opened(seen, first)
    assert is_answer(tls.data_to_send(), first)
    assert tls.data_to_send() == b""


def test_a_transport_inside_a_byte_at_a_time(seen: SeenHellos) -> None:
    """Records may be cut anywhere and hold any part of the transport."""
    client = ClientTransport("padded_intermediate", obfuscated=True, secret=SECRET)
    server = ServerTransport(secrets=SECRETS)
    tls = FakeTls(SECRETS, seen, os.urandom)
    payload = encrypted(5)
    stream = client.connect_bytes() + client.encode(payload)
    sent = hello() + b"\x14\x03\x03\x00\x01\x01" + record(stream[:50]) + record(b"") + record(stream[50:])
    packets = [p for piece in by_byte(sent) if (data := tls.receive_data(piece)) for p in server.receive_data(data)]
    assert [packet.payload for packet in packets] == [payload]
    large = encrypted(3000)
    wrapped = tls.wrap(server.encode(large))
    inner = b""
    while wrapped:
        size = int.from_bytes(wrapped[3:5], "big")
        assert wrapped[:3] == b"\x17\x03\x03"
        assert size <= 16 * 1024
        inner, wrapped = inner + wrapped[5 : 5 + size], wrapped[5 + size :]
    [answer] = client.receive_data(inner)
    assert answer.payload == large


def test_replay(seen: SeenHellos, clock: Clock) -> None:
    first = hello()
    opened(seen, first)
    with pytest.raises(TransportError, match="was seen"):
        opened(seen, first)
    clock.now += 200
    with pytest.raises(TransportError, match="old"):
        opened(seen, first)


@pytest.mark.parametrize("skew_s", [-121, 121])
def test_time(seen: SeenHellos, skew_s: int) -> None:
    opened(seen, hello(sent_at=NOW + skew_s - (1 if skew_s > 0 else -1)))
    with pytest.raises(TransportError, match="old"):
        opened(seen, hello(sent_at=NOW + skew_s))


def test_hellos_are_forgotten_in_time(seen: SeenHellos, clock: Clock) -> None:
    for _ in range(5):
        assert seen.is_fresh(os.urandom(32), int(clock.now))
    clock.now += 300
    assert seen.is_fresh(os.urandom(32), int(clock.now))
    assert len(seen._until) == 1


@pytest.mark.parametrize(
    "first",
    [
        hello(os.urandom(16)),
        hello(bytes(16)),  # a secret of the node, but not one for fake TLS
        b"\x16\x03\x01\x00\x20" + bytes(32),
        b"\x16\x03\x01\xff\xff" + bytes(100),
        hello()[:100] + b"!" + hello()[101:],
    ],
    ids=["unknown", "not for TLS", "short", "long", "changed"],
)
def test_who_is_turned_away(seen: SeenHellos, first: bytes) -> None:
    with pytest.raises(TransportError):
        FakeTls(SECRETS, seen, os.urandom).receive_data(first)


@pytest.mark.parametrize(
    "broken", [b"\x15\x03\x03\x00\x02ab", b"\x17\x03\x03\x80\x00", b"GET / HTTP", b"\x14\x03\x03\x00\x02"]
)
def test_broken_records(seen: SeenHellos, broken: bytes) -> None:
    tls = opened(seen, hello())
    with pytest.raises(TransportError, match="record"):
        tls.receive_data(broken)


@pytest.mark.parametrize(
    "data", [b"\xef\x0a", b"\x16", b"\x16\x03\x02" + bytes(64), os.urandom(64).replace(b"\x16", b"x")]
)
def test_other_clients_pass(seen: SeenHellos, data: bytes) -> None:
    tls = FakeTls(SECRETS, seen, os.urandom)
    passed = b"".join(tls.receive_data(piece) for piece in by_byte(data + b"more"))
    assert passed == data + b"more"
    assert tls.wrap(b"answer") == b"answer"


def test_without_such_secrets_everything_passes(seen: SeenHellos) -> None:
    tls = FakeTls(SECRETS[:1], seen, os.urandom)
    assert tls.receive_data(hello()[:3]) == b"\x16\x03\x01"
