"""Encrypted messages: golden vectors of other implementations, and one reaction to every damage."""

import os
import struct
from hashlib import sha256

import cryptg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telethon.crypto import AuthKey as TelethonAuthKey
from telethon.network.mtprotostate import MTProtoState

from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.message import (
    DecryptedMessage,
    DecryptError,
    decrypt,
    encrypt,
    encrypt_with_ack_token,
    pack_plaintext,
    quick_ack_token,
)
from connection_tier.crypto.message_v1 import encrypt_v1
from layers.domain.mtproto_v1 import InnerMessage, decrypt_inner
from tests.unit.crypto.determinism import SeededRandom

KEY = AuthKey(SeededRandom("auth key")(256))
GOLDEN_MESSAGE = "9876ef9ba87fb900eef2d28657cdcce2b9cba8b209d6c5f76cb6e66ebea0390e"
GOLDEN_V1 = "c8eb31612493d02179f5c18acf3fca347a9972693160183808c61480e9f96308"
OTHER_KEY = AuthKey(SeededRandom("other key")(256))
BODY = b"body" * 5
PLAINTEXT = pack_plaintext(-1, 2, 3 << 32, 5, BODY)


def sealed(padded: bytes, *, key: AuthKey = KEY, x: int = 0) -> bytes:
    """Encrypt a client's plaintext whatever its padding, by the specification's text."""
    msg_key = sha256(key.key[88 + x : 120 + x] + padded).digest()[8:24]
    a = sha256(msg_key + key.key[x : x + 36]).digest()
    b = sha256(key.key[x + 40 : x + 76] + msg_key).digest()
    aes_key, iv = a[:8] + b[8:24] + a[24:32], b[:8] + a[8:24] + b[24:32]
    return key.id_bytes + msg_key + cryptg.encrypt_ige(padded, aes_key, iv)


def with_padding(size: int, body: bytes = BODY, length: int | None = None) -> bytes:
    return struct.pack("<qqqii", 1, 2, 3, 4, len(body) if length is None else length) + body + bytes(size)


@pytest.mark.parametrize("from_server", [False, True])
@pytest.mark.parametrize("size", [0, 4, 8, 12, 256, 524288])
def test_round_trip(from_server: bool, size: int) -> None:  # checklist 40 41 43
    plaintext = pack_plaintext(-(1 << 63), (1 << 63) - 1, 1 << 62, -5, os.urandom(size))
    data, token = encrypt_with_ack_token(KEY, plaintext, from_server=from_server, random=os.urandom)
    assert len(data) % 16 == 8
    assert 12 <= len(data) - 24 - len(plaintext) <= 27
    message = decrypt(KEY, data, from_client=not from_server)
    assert message == DecryptedMessage(-(1 << 63), (1 << 63) - 1, 1 << 62, -5, plaintext[32:], token)
    with pytest.raises(DecryptError):
        decrypt(KEY, data, from_client=from_server)


def test_golden() -> None:  # checklist 128
    data = encrypt(KEY, PLAINTEXT, from_server=True, random=SeededRandom("padding"))
    padded = PLAINTEXT + SeededRandom("padding")(12)
    assert data == sealed(padded, x=8)
    assert sha256(data).hexdigest() == GOLDEN_MESSAGE


def test_telethon() -> None:  # checklist 41: another implementation, both ways
    state = MTProtoState(TelethonAuthKey(KEY.key), {"telethon.network.mtprotostate": None})
    state.salt = 77
    inner = struct.pack("<qii", 4 << 32, 3, len(BODY)) + BODY
    message = decrypt(KEY, state.encrypt_message_data(inner), from_client=True)
    assert message[:5] == (77, state.id, 4 << 32, 3, BODY)
    assert state.auth_key.key_id == int.from_bytes(KEY.id_bytes, "little")
    assert state.auth_key.aux_hash == int.from_bytes(KEY.aux_hash, "little")
    new_nonce = SeededRandom("nonce")(32)
    for number in (1, 2, 3):
        expected = state.auth_key.calc_new_nonce_hash(int.from_bytes(new_nonce, "little", signed=True), number)
        assert KEY.new_nonce_hash(new_nonce, number) == expected.to_bytes(16, "little", signed=True)


def test_kurigram() -> None:  # checklist 41
    from io import BytesIO

    from pyrogram.crypto import mtproto
    from pyrogram.raw.core import Message
    from pyrogram.raw.functions.ping import Ping

    request = Message(Ping(ping_id=5), 8 << 32, 1, 12)
    session_id = bytes(range(8))
    data = mtproto.pack(request, 9, session_id, KEY.key, KEY.id_bytes)
    message = decrypt(KEY, data, from_client=True)
    assert message[:4] == (9, int.from_bytes(session_id, "little"), 8 << 32, 1)
    assert message.body == Ping(ping_id=5).write()
    answer = pack_plaintext(9, message.session_id, (8 << 32) + 1, 1, message.body)
    sent = encrypt(KEY, answer, from_server=True, random=os.urandom)
    assert mtproto.unpack(BytesIO(sent), session_id, KEY.key, KEY.id_bytes).msg_id == (8 << 32) + 1


BAD_PLAINTEXTS = {
    "padding 0": with_padding(0, bytes(32)),
    "padding 8": with_padding(8, bytes(24)),
    "padding 11": with_padding(11, bytes(21)),
    "padding 1025": with_padding(1025, bytes(15)),
    "padding 1028": with_padding(1028, bytes(12)),
    "padding 1040": with_padding(1040, bytes(32)),
    "negative length": with_padding(12, length=-4),
    "huge length": with_padding(12, length=0x7FFFFFFF),
    "length of the padding, too": with_padding(12, length=32),
    "length beyond the data": with_padding(12, length=64),
    "length % 4 == 1": with_padding(15, bytes(17)),
    "length % 4 == 2": with_padding(14, bytes(18)),
    "length % 4 == 3": with_padding(13, bytes(19)),
}


def damaged() -> dict[str, bytes]:
    """Everything that must fail, all in the same way."""
    good = encrypt(KEY, PLAINTEXT, from_server=False, random=SeededRandom("good"))
    cases = {
        "empty": b"",
        "key id only": good[:8],
        "envelope only": good[:24],
        "32 bytes of data": good[:56],
        "not whole blocks": good[:-1],
        "one block short": good[:-16],
        "one block more": good + bytes(16),
        "other key id": OTHER_KEY.id_bytes + good[8:],
        "other key": sealed(with_padding(12), key=OTHER_KEY),
        "other key under our id": KEY.id_bytes + sealed(with_padding(12), key=OTHER_KEY)[8:],
        "from the server": encrypt(KEY, PLAINTEXT, from_server=True, random=SeededRandom("good")),
        "flipped msg_key": good[:8] + bytes((good[8] ^ 1,)) + good[9:],
        "flipped first byte": good[:24] + bytes((good[24] ^ 1,)) + good[25:],
        "flipped last byte": good[:-1] + bytes((good[-1] ^ 1,)),
        "zero": bytes(88),
    }
    for name, plaintext in BAD_PLAINTEXTS.items():
        assert len(plaintext) % 16 == 0
        cases[name] = sealed(plaintext)
    return cases


@pytest.mark.parametrize(("name", "data"), damaged().items(), ids=damaged().keys())
def test_every_failure_is_the_same(name: str, data: bytes) -> None:  # checklist 42 43 116 119 125
    with pytest.raises(DecryptError) as caught:
        decrypt(KEY, data, from_client=True)
    assert str(caught.value) == str(DecryptError())
    assert caught.value.args == DecryptError().args
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("padding", "is_valid"), [(8, False), (12, True), (1024, True), (1028, False), (1040, False)])
def test_padding_bounds(padding: int, is_valid: bool) -> None:  # checklist 43
    body = bytes((-32 - padding) % 16)
    data = sealed(with_padding(padding, body))
    if is_valid:
        assert decrypt(KEY, data, from_client=True).body == body
        return
    with pytest.raises(DecryptError):
        decrypt(KEY, data, from_client=True)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.booleans())
def test_fuzz(data: bytes, from_client: bool) -> None:
    with pytest.raises(DecryptError):
        decrypt(KEY, data, from_client=from_client)
    with pytest.raises(DecryptError):
        decrypt(KEY, KEY.id_bytes + data, from_client=from_client)


@settings(deadline=None, max_examples=200)
@given(st.binary(min_size=48, max_size=400))
def test_fuzz_plaintext(padded: bytes) -> None:  # checklist 43: a key holder's nonsense
    padded = padded[: len(padded) // 16 * 16]
    try:
        message = decrypt(KEY, sealed(padded), from_client=True)
    except DecryptError:
        return
    assert len(message.body) % 4 == 0
    assert 12 <= len(padded) - 32 - len(message.body) <= 1024


def test_quick_ack_token() -> None:  # checklist 12
    data, token = encrypt_with_ack_token(KEY, PLAINTEXT, from_server=False, random=SeededRandom("ack"))
    digest = sha256(KEY.key[88:120] + PLAINTEXT + SeededRandom("ack")(12)).digest()
    assert token == digest[:3] + bytes((digest[3] | 0x80,))
    assert decrypt(KEY, data, from_client=True).ack_token == token
    assert quick_ack_token(b"\x01\x02\x03\x04" + bytes(28)) == b"\x01\x02\x03\x84"


def test_auth_key() -> None:  # checklist 32 124
    assert AuthKey(KEY.key) == KEY
    assert KEY != OTHER_KEY
    assert KEY.key != KEY
    assert hash(KEY) == hash(AuthKey(KEY.key))
    assert repr(KEY) == f"<AuthKey id={KEY.id}>"
    assert KEY.id.to_bytes(8, "little", signed=True) == KEY.id_bytes
    with pytest.raises(ValueError, match="256 bytes"):
        AuthKey(bytes(255))


class TestVersion1:
    """MTProto 1.0, for auth.bindTempAuthKey."""

    @pytest.mark.parametrize("size", [0, 4, 40, 44, 52])
    def test_the_server_reads_it(self, size: int) -> None:  # checklist 37
        data = encrypt_v1(KEY, pack_plaintext(1, 2, 3, 0, bytes(size)), random=os.urandom)
        assert decrypt_inner(KEY.key, data) == InnerMessage(3, 0, bytes(size))

    def test_golden(self) -> None:  # checklist 37 128
        data = encrypt_v1(KEY, PLAINTEXT, random=SeededRandom("v1"))
        assert sha256(data).hexdigest() == GOLDEN_V1
