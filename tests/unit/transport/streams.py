"""Payloads and ways to cut a stream, shared by the transport tests."""

from collections.abc import Iterable, Iterator
from random import Random

from connection_tier.transport import ClientTransport, Packet, ServerEvent, ServerTransport
from tests.unit.crypto.determinism import SeededRandom

KINDS = ("abridged", "intermediate", "padded_intermediate", "full")
"""Every framing by name."""

VARIANTS = tuple((kind, False) for kind in KINDS) + tuple((kind, True) for kind in KINDS if kind != "full")
"""Every framing, plain and, where it can be, obfuscated."""


def encrypted(blocks: int, seed: str = "payload") -> bytes:
    """A payload of the shape of an encrypted message: a key id, a msg_key, whole AES blocks."""
    return b"\x01" + SeededRandom(f"{seed}{blocks}")(23 + 16 * blocks)


def unencrypted(words: int) -> bytes:
    """A payload of the shape of an unencrypted message."""
    return bytes(8) + b"\x02" * 8 + (4 * words).to_bytes(4, "little") + b"\x03" * (4 * words)


PAYLOADS = [
    unencrypted(5),
    encrypted(3),
    encrypted(30),
    encrypted(31),  # 520 bytes: the abridged long form
    unencrypted(10),
    encrypted(5000),
]


def client_of(kind: str, *, obfuscated: bool, seed: str = "client") -> ClientTransport:
    return ClientTransport(kind, obfuscated=obfuscated, dc_id=-10002, random=SeededRandom(seed))


def by_byte(data: bytes) -> Iterator[bytes]:
    for index in range(len(data)):
        yield data[index : index + 1]


def at_random(data: bytes, source: Random, largest: int = 700) -> Iterator[bytes]:
    position = 0
    while position < len(data):
        size = source.randint(0, largest)
        yield data[position : position + size]
        position += size


def feed_server(server: ServerTransport, chunks: Iterable[bytes]) -> list[Packet]:
    return [packet for chunk in chunks for packet in server.receive_data(chunk)]


def feed_client(client: ClientTransport, chunks: Iterable[bytes]) -> list[ServerEvent]:
    return [event for chunk in chunks for event in client.receive_data(chunk)]
