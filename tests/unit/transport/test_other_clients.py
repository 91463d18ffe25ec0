"""The framings of Telethon and Kurigram against ours."""

import asyncio

import pytest
from telethon.network.connection.tcpabridged import AbridgedPacketCodec
from telethon.network.connection.tcpfull import FullPacketCodec
from telethon.network.connection.tcpintermediate import IntermediatePacketCodec, RandomizedIntermediatePacketCodec
from telethon.network.connection.tcpobfuscated import ObfuscatedIO

from connection_tier.transport import Packet, ServerTransport
from tests.unit.transport.streams import PAYLOADS, feed_server

CODECS = {
    "abridged": AbridgedPacketCodec,
    "intermediate": IntermediatePacketCodec,
    "padded_intermediate": RandomizedIntermediatePacketCodec,
    "full": FullPacketCodec,
}


@pytest.mark.parametrize("kind", CODECS)
async def test_telethon(kind: str) -> None:  # checklist 4 6 7 8 13
    codec = CODECS[kind](None)
    server = ServerTransport()
    tag = codec.tag if codec.tag is not None else codec.obfuscate_tag if kind == "padded_intermediate" else b""
    sent = tag + b"".join(codec.encode_packet(payload) for payload in PAYLOADS)
    assert feed_server(server, [sent]) == [Packet(payload) for payload in PAYLOADS]
    reader = asyncio.StreamReader()
    for payload in PAYLOADS:
        reader.feed_data(server.encode(payload))
    reader.feed_data(server.encode_error(-404))
    for payload in PAYLOADS:
        assert await codec.read_packet(reader) == payload
    assert await codec.read_packet(reader) == (-404).to_bytes(4, "little", signed=True)


@pytest.mark.parametrize("kind", ["abridged", "intermediate", "padded_intermediate"])
def test_telethon_obfuscation(kind: str) -> None:  # checklist 10
    codec = CODECS[kind](None)
    header, encryptor, decryptor = ObfuscatedIO.init_header(codec)
    server = ServerTransport()
    sent = bytes(header) + b"".join(encryptor.encrypt(codec.encode_packet(payload)) for payload in PAYLOADS)
    assert feed_server(server, [sent]) == [Packet(payload) for payload in PAYLOADS]
    assert server.name == f"obfuscated+{kind}"
    answer = server.encode(PAYLOADS[0])
    assert PAYLOADS[0] in decryptor.encrypt(answer)
