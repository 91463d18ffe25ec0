"""Decoding: any layer's bytes into canonical objects, and nothing but DecodeError for everything else."""

from __future__ import annotations

import random
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tl
from tests.unit.tl.reader import Line, lines
from tests.unit.tl.samples import Samples, without_deadline
from tests.unit.tl.writer import Writer
from tl import api, mtproto
from tl.convert.gone import UNDECODABLE
from tl.decoder import decoder_of
from tl.schema import api_schema, mtproto_schema
from tl.wire import MAX_DEPTH

CONSTRUCTORS = sorted(line.name for line in api_schema() if not line.is_method and line.last_layer == tl.LAYER)
METHODS = sorted(line.name for line in api_schema() if line.is_method and line.last_layer == tl.LAYER)
BOOLS = {"boolTrue", "boolFalse"}


def decode_or_fail(data: bytes) -> Any:
    """Decode; any exception but DecodeError goes through."""
    try:
        return tl.decode(data)
    except tl.DecodeError:
        return None


def is_listed(error: tl.UnknownConstructor) -> bool:
    return lines()[error.constructor_id].name in UNDECODABLE


@without_deadline
@given(st.sampled_from(CONSTRUCTORS + METHODS), st.integers(0, 2**32))
def test_canonical_objects_survive_a_round_trip(name: str, seed: int) -> None:
    if name in BOOLS:
        return
    value = Samples(seed).of_class(name)
    assert tl.decode(tl.encode(value)) == value


def test_every_id_has_a_decoder_or_a_reason() -> None:
    undecodable = set()
    for line in (*api_schema(), *mtproto_schema()):
        try:
            decoder_of(line)
        except tl.UnknownConstructor as error:
            assert error.constructor_id == line.id
            undecodable.add(line.name)
    assert undecodable == UNDECODABLE.keys()


@pytest.mark.parametrize("is_method", [False, True])
def test_every_line_of_every_layer_becomes_a_valid_canonical_object(*, is_method: bool) -> None:
    """What an old client writes decodes, can be written at the canonical layer, and requests remember their id."""
    for line in lines().values():
        if line.is_method != is_method or line.name in UNDECODABLE or line.name in BOOLS:
            continue
        if line.name == "keyboardButtonRow":
            continue  # It is inline or not by what it stands in.
        for layer in {line.first_layer, line.last_layer}:
            data = Writer(line.id ^ layer, layer).line(line)
            try:
                value = tl.decode(data)
            except tl.UnknownConstructor as error:
                assert is_listed(error), f"{line.name} at {layer}"
                continue
            assert tl.decode(tl.encode(value)) == value, f"{line.name} at {layer}"
            if is_method:
                assert value.wire_id == line.id


@without_deadline
@given(st.binary(max_size=200))
def test_random_bytes_raise_decode_error_only(data: bytes) -> None:
    decode_or_fail(data)


@without_deadline
@given(st.sampled_from(sorted(lines())), st.binary(max_size=300))
def test_random_fields_raise_decode_error_only(constructor_id: int, data: bytes) -> None:
    decode_or_fail(struct.pack("<I", constructor_id) + data)


@without_deadline
@given(st.sampled_from(sorted(lines())), st.integers(0, 2**32))
def test_mutated_objects_raise_decode_error_only(constructor_id: int, seed: int) -> None:
    line: Line = lines()[constructor_id]
    chance = random.Random(seed)
    data = bytearray(Writer(seed, line.last_layer).line(line))
    for _ in range(chance.randint(1, 4)):
        position = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[position] ^= 1 << chance.randrange(8)
            case 1:
                del data[position:]
            case 2:
                data[position : position + 4] = b"\xff\xff\xff\x7f"
            case _:
                data[position:position] = chance.randbytes(4)
        if not data:
            break
    decode_or_fail(bytes(data))


@without_deadline
@given(st.sampled_from(CONSTRUCTORS + METHODS), st.integers(0, 2**32))
def test_truncation_at_any_word_is_noticed(name: str, seed: int) -> None:
    if name in BOOLS:
        return
    value = Samples(seed, depth=2).of_class(name)
    has_rest = any(param.type.name == "!X" for param in value.COMBINATOR.params)
    data = tl.encode(value)
    for end in range(0, len(data), 4):
        if has_rest and decode_or_fail(data[:end]) is not None:
            continue
        with pytest.raises(tl.DecodeError):
            tl.decode(data[:end])
    if not has_rest:
        with pytest.raises(tl.DecodeError):
            tl.decode(data + bytes(4))


def test_unknown_ids_are_reported() -> None:  # checklist 66
    with pytest.raises(tl.UnknownConstructor) as caught:
        tl.decode(b"\x01\x00\x00\x00rest")
    assert caught.value.constructor_id == 1
    with pytest.raises(tl.UnknownConstructor) as caught:
        tl.decode_request(struct.pack("<I", 0x75DFB671) + bytes(8))
    assert caught.value.constructor_id == 0x75DFB671, "a method that the canonical layer dropped"


def test_a_constructor_of_another_type_is_refused() -> None:
    data = struct.pack("<Iq", 0x59511722, 5)  # peerUser
    assert tl.decode(data) == api.PeerUser(user_id=5)
    chat = struct.pack("<I", api.messages.GetHistory.CONSTRUCTOR_ID) + data + bytes(36)
    with pytest.raises(tl.DecodeError, match="peerUser where InputPeer is declared"):
        tl.decode(chat)
    message = tl.encode(mtproto.Ping(ping_id=1))
    with pytest.raises(tl.DecodeError, match="ping"):
        tl.decode(struct.pack("<I", mtproto.MsgCopy.CONSTRUCTOR_ID) + message)


def test_a_method_is_not_accepted_as_a_value() -> None:
    data = struct.pack("<I", api.messages.GetHistory.CONSTRUCTOR_ID) + tl.encode(api.help.GetConfig()) + bytes(40)
    with pytest.raises(tl.DecodeError):
        tl.decode(data)


def test_users_and_channels_may_come_as_peers() -> None:
    """Kurigram sends InputPeer where InputUser or InputChannel is declared (clients, trap 11)."""
    peers = [api.InputPeerUser(user_id=1, access_hash=2), api.InputPeerSelf(), api.InputPeerEmpty()]
    data = struct.pack("<III", api.users.GetUsers.CONSTRUCTOR_ID, 0x1CB5C415, 3) + b"".join(map(tl.encode, peers))
    assert tl.decode_request(data).id == [  # type: ignore[attr-defined]
        api.InputUser(user_id=1, access_hash=2),
        api.InputUserSelf(),
        api.InputUserEmpty(),
    ]
    channel = tl.encode(api.InputPeerChannel(channel_id=3, access_hash=4))
    request = tl.decode(struct.pack("<I", api.channels.GetFullChannel.CONSTRUCTOR_ID) + channel)
    assert request.channel == api.InputChannel(channel_id=3, access_hash=4)
    with pytest.raises(tl.DecodeError, match="inputPeerChat where InputUser is declared"):
        tl.decode(
            struct.pack("<III", api.users.GetUsers.CONSTRUCTOR_ID, 0x1CB5C415, 1)
            + tl.encode(api.InputPeerChat(chat_id=1))
        )


@pytest.mark.parametrize("count", [2, 1 << 20, 0x7FFFFFFF, 0xFFFFFFFF])
def test_vector_counts_are_bounded_by_the_data(count: int) -> None:
    for head in (mtproto.MsgsAck.CONSTRUCTOR_ID, api.users.GetUsers.CONSTRUCTOR_ID):
        with pytest.raises(tl.DecodeError, match="longer than the data"):
            tl.decode(struct.pack("<III", head, 0x1CB5C415, count) + bytes(4))
    with pytest.raises(tl.DecodeError, match="longer than the data"):
        tl.decode(struct.pack("<II", mtproto.MsgContainer.CONSTRUCTOR_ID, count) + bytes(4))


def test_a_vector_needs_its_id() -> None:
    with pytest.raises(tl.DecodeError, match="vector"):
        tl.decode(struct.pack("<III", mtproto.MsgsAck.CONSTRUCTOR_ID, 0x1CB5C416, 0))


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 10_000, 100_000])
def test_hostile_nesting_is_refused(depth: int) -> None:
    bold = struct.pack("<I", api.TextBold.CONSTRUCTOR_ID)
    with pytest.raises(tl.DecodeError, match="deeper"):
        tl.decode(bold * depth + tl.encode(api.TextEmpty()))


def test_honest_nesting_is_accepted() -> None:
    text: Any = api.TextPlain(text="x")
    for _ in range(MAX_DEPTH // 2):
        text = api.TextBold(text=text)
    assert tl.decode(tl.encode(text)) == text


@pytest.mark.parametrize("raw", [b"\xff", b"\xc3", b"\xed\xa0\x80"])
def test_strings_must_be_utf_8(raw: bytes) -> None:
    data = struct.pack("<I", api.auth.CheckRecoveryPassword.CONSTRUCTOR_ID) + bytes([len(raw)]) + raw
    with pytest.raises(tl.DecodeError, match="UTF-8"):
        tl.decode(data + bytes(-len(data) % 4))


def test_string_headers_are_checked() -> None:
    head = struct.pack("<I", mtproto.GzipPacked.CONSTRUCTOR_ID)
    with pytest.raises(tl.DecodeError, match="255"):
        tl.decode(head + b"\xff\xff\xff\xff" + bytes(8))
    with pytest.raises(tl.DecodeError, match="truncated"):
        tl.decode(head + b"\xfe\xff\xff\xff" + bytes(8))
    with pytest.raises(tl.DecodeError, match="truncated"):
        tl.decode(head + b"\x10abc")


def test_a_bool_must_be_one() -> None:
    with pytest.raises(tl.DecodeError, match="Bool"):
        tl.decode(struct.pack("<II", api.account.UpdateStatus.CONSTRUCTOR_ID, 1))


def test_a_broken_body_does_not_cost_its_container() -> None:
    ping = tl.encode(mtproto.Ping(ping_id=1))
    unknown = struct.pack("<II", 0x01010101, 0)
    messages = [
        mtproto.Message(msg_id=1, seqno=1, bytes=len(unknown), body=unknown),
        mtproto.Message(msg_id=5, seqno=3, bytes=len(ping), body=mtproto.Ping(ping_id=1)),
    ]
    container = mtproto.MsgContainer(messages=messages)
    assert tl.decode(tl.encode(container)) == container


def test_a_body_stays_within_its_length() -> None:
    ping = tl.encode(mtproto.Ping(ping_id=1))
    for length in (len(ping) + 4, 0x7FFFFFFC, -4, 3):
        data = struct.pack("<IIqii", mtproto.MsgContainer.CONSTRUCTOR_ID, 1, 1, 1, length) + ping
        with pytest.raises(tl.DecodeError):
            tl.decode(data)
    short = struct.pack("<IIqii", mtproto.MsgContainer.CONSTRUCTOR_ID, 1, 1, 1, 8) + ping[:8]
    assert tl.decode(short).messages[0].body == ping[:8]


def test_prefixes_and_requests() -> None:
    data = tl.encode(mtproto.Ping(ping_id=1))
    assert tl.decode_prefix(b"head" + data + b"tail", 4) == (mtproto.Ping(ping_id=1), 16)
    with pytest.raises(tl.DecodeError):
        tl.decode_prefix(data, -4)
    with pytest.raises(tl.DecodeError):
        tl.decode_prefix(data, 100)
    with pytest.raises(tl.DecodeError, match="not a method"):
        tl.decode_request(tl.encode(api.InputPeerSelf()))
    with pytest.raises(tl.DecodeError, match="not a method"):
        tl.decode_request(bytes.fromhex("b5757299"))
    assert tl.decode(bytes.fromhex("b5757299")) is True
    assert tl.peek_id(data) == mtproto.Ping.CONSTRUCTOR_ID
    with pytest.raises(tl.DecodeError):
        tl.peek_id(b"abc")
    assert tl.decode(memoryview(data)) == tl.decode(bytearray(data)) == mtproto.Ping(ping_id=1)


def test_queries_stay_raw() -> None:
    query = tl.encode(api.help.GetConfig())
    connection = api.InitConnection(
        api_id=1,
        device_model="d",
        system_version="s",
        app_version="a",
        system_lang_code="en",
        lang_pack="",
        lang_code="en",
        query=query,
    )
    request = tl.decode_request(tl.encode(api.InvokeWithLayer(layer=158, query=tl.encode(connection))))
    assert isinstance(request, api.InvokeWithLayer)
    assert tl.decode_request(request.query) == connection
    nested = api.InvokeWithoutUpdates(query=api.help.GetConfig())  # type: ignore[arg-type]
    assert tl.encode(nested)[4:] == query
