"""Each rule of the key exchange broken once: the handshake fails, and nothing of it goes on."""

import os
from collections.abc import Callable
from hashlib import sha1

import pytest

import tl
from connection_tier.crypto import dh
from connection_tier.crypto.aes import ige_encrypt
from connection_tier.crypto.rsa_padding import legacy_encrypt, rsa_pad_encrypt
from connection_tier.exchange import HandshakeFailed, decode_unencrypted, encode_unencrypted
from connection_tier.exchange.unencrypted import MsgIdSource, UnencryptedMessage, is_unencrypted
from tests.unit.crypto.keys import server_key
from tests.unit.exchange.steps import NOW, Manual, ManualClock, server
from tl import api, mtproto

MARGIN = 1 << 1984
PUBLIC = server_key().public


def rsa_block(data: bytes) -> bytes:
    """RSA_PAD as far as the RSA block, so that a test may break what is inside."""
    return rsa_pad_encrypt(PUBLIC, data, random=os.urandom)


def damaged(block: bytes) -> bytes:
    """The block with another last bit."""
    return block[:-1] + bytes([block[-1] ^ 1])


DH_PARAMS: dict[str, Callable[[Manual], bytes]] = {
    # checklist 25 121: the open fields
    "wrong nonce": lambda m: m.req_dh_params(nonce=bytes(16)),
    "wrong server_nonce": lambda m: m.req_dh_params(server_nonce=bytes(16)),
    "factors in the wrong order": lambda m: m.req_dh_params(p=m.q.to_bytes(4, "big"), q=m.p.to_bytes(4, "big")),
    "1 and pq": lambda m: m.req_dh_params(p=b"\x01", q=m.pq.to_bytes(8, "big")),
    "wrong p": lambda m: m.req_dh_params(p=(m.p + 2).to_bytes(4, "big")),
    "empty p and q": lambda m: m.req_dh_params(p=b"", q=b""),
    "unknown fingerprint": lambda m: m.req_dh_params(public_key_fingerprint=server_key().fingerprint ^ 1),
    # checklist 26: the RSA block
    "no RSA block": lambda m: m.req_dh_params(encrypted=b""),
    "truncated RSA block": lambda m: m.req_dh_params(encrypted=rsa_block(m.inner())[:-1]),
    "long RSA block": lambda m: m.req_dh_params(encrypted=b"\x00" + rsa_block(m.inner())),
    "RSA block above n": lambda m: m.req_dh_params(encrypted=b"\xff" * 256),
    "random RSA block": lambda m: m.req_dh_params(encrypted=b"\x01" + os.urandom(255)),
    "RSA block of zero": lambda m: m.req_dh_params(encrypted=bytes(256)),
    "damaged RSA_PAD": lambda m: m.req_dh_params(encrypted=damaged(rsa_block(m.inner()))),
    "legacy padding, wrong hash": lambda m: m.req_dh_params(
        encrypted=PUBLIC.encrypt_raw(sha1(b"other").digest() + m.inner().ljust(235, b"\x00"))
    ),
    "legacy padding, hash of all": lambda m: m.req_dh_params(
        encrypted=PUBLIC.encrypt_raw(sha1(m.inner().ljust(235, b"\x00")).digest() + m.inner().ljust(235, b"\x00"))
    ),
    "legacy padding, another object": lambda m: m.req_dh_params(
        encrypted=legacy_encrypt(PUBLIC, tl.encode(mtproto.MsgsAck(msg_ids=[1])), random=os.urandom)
    ),
    "another object": lambda m: m.req_dh_params(tl.encode(mtproto.MsgsAck(msg_ids=[1]))),
    "truncated object": lambda m: m.req_dh_params(
        encrypted=rsa_block(mtproto.PQInnerData.CONSTRUCTOR_ID.to_bytes(4, "little") + b"\xff" * 140)
    ),
    # checklist 27 121: the repeated fields
    "inner nonce": lambda m: m.req_dh_params(m.inner(nonce=bytes(16))),
    "inner server_nonce": lambda m: m.req_dh_params(m.inner(server_nonce=bytes(16))),
    "inner pq": lambda m: m.req_dh_params(m.inner(pq=(m.pq + 2).to_bytes(8, "big"))),
    "inner p": lambda m: m.req_dh_params(m.inner(p=m.q.to_bytes(4, "big"))),
    "inner q": lambda m: m.req_dh_params(m.inner(q=m.p.to_bytes(4, "big"))),
    "expires_in 0": lambda m: m.req_dh_params(m.inner(mtproto.PQInnerDataTemp, expires_in=0)),
    "expires_in negative": lambda m: m.req_dh_params(m.inner(mtproto.PQInnerDataTempDc, expires_in=-1)),
    "expires_in over the cap": lambda m: m.req_dh_params(m.inner(mtproto.PQInnerDataTempDc, expires_in=604801)),
    # checklist 21: order
    "set_client_DH_params at once": lambda m: m.set_client_dh_params(),
}


@pytest.mark.parametrize("build", DH_PARAMS.values(), ids=DH_PARAMS.keys())
def test_req_dh_params(build: Callable[[Manual], bytes]) -> None:
    manual = Manual(server()).req_pq()
    with pytest.raises(HandshakeFailed):
        manual.exchange.receive(build(manual))


def test_nothing_goes_on_after_a_failure() -> None:  # checklist 25
    manual = Manual(server()).req_pq()
    with pytest.raises(HandshakeFailed, match="fingerprint"):
        manual.exchange.receive(manual.req_dh_params(public_key_fingerprint=1))
    with pytest.raises(HandshakeFailed, match="unknown server_nonce"):
        manual.exchange.receive(manual.req_dh_params())
    Manual(manual.exchange).to_dh()


def test_another_nonce_does_not_end_a_strangers_handshake() -> None:
    manual = Manual(server()).req_pq()
    with pytest.raises(HandshakeFailed, match="wrong nonce"):
        manual.exchange.receive(manual.req_dh_params(nonce=bytes(16)))
    assert manual.exchange.receive(manual.req_dh_params()).answer is not None


def with_hash(data: bytes, padding: int) -> bytes:
    return sha1(data).digest() + data + bytes(padding)


def sealed(manual: Manual, plain: bytes) -> bytes:
    """Encrypt whatever under the temporary key."""
    return ige_encrypt(plain, manual.aes._key, manual.aes._iv)


def g_b(value: int) -> Callable[[Manual], bytes]:
    return lambda m: m.set_client_dh_params(m.client_inner(g_b=value.to_bytes(257, "big").lstrip(b"\x00")))


CLIENT_DH: dict[str, Callable[[Manual], bytes]] = {
    "wrong nonce": lambda m: m.set_client_dh_params(nonce=bytes(16)),
    "wrong server_nonce": lambda m: m.set_client_dh_params(server_nonce=bytes(16)),
    "nothing encrypted": lambda m: m.set_client_dh_params(encrypted=b""),
    "one block": lambda m: m.set_client_dh_params(encrypted=bytes(16)),
    "not whole blocks": lambda m: m.set_client_dh_params(encrypted=m.aes.seal(m.client_inner(), os.urandom)[:-1]),
    "random bytes": lambda m: m.set_client_dh_params(encrypted=os.urandom(336)),
    "another key": lambda m: m.set_client_dh_params(
        encrypted=Manual(m.exchange).aes.seal(m.client_inner(), os.urandom)
    ),
    "wrong hash": lambda m: m.set_client_dh_params(encrypted=sealed(m, bytes(20) + m.client_inner() + bytes(12))),
    "a whole block of padding": lambda m: m.set_client_dh_params(
        encrypted=sealed(m, with_hash(m.client_inner(), -(20 + len(m.client_inner())) % 16 + 16))
    ),
    "another object": lambda m: m.set_client_dh_params(tl.encode(mtproto.MsgsAck(msg_ids=[1]))),
    "truncated object": lambda m: m.set_client_dh_params(
        mtproto.ClientDHInnerData.CONSTRUCTOR_ID.to_bytes(4, "little") + b"\xff" * 20
    ),
    # checklist 31 121
    "inner nonce": lambda m: m.set_client_dh_params(m.client_inner(nonce=bytes(16))),
    "inner server_nonce": lambda m: m.set_client_dh_params(m.client_inner(server_nonce=bytes(16))),
    "retry_id without a retry": lambda m: m.set_client_dh_params(m.client_inner(retry_id=1)),
    # checklist 31 120
    "g_b 0": g_b(0),
    "g_b 1": g_b(1),
    "g_b below the margin": g_b(MARGIN - 1),
    "g_b above the margin": g_b(dh.DH_PRIME - MARGIN + 1),
    "g_b = p - 1": g_b(dh.DH_PRIME - 1),
    "g_b = p": g_b(dh.DH_PRIME),
    "g_b of 257 bytes": g_b(1 << 2050),
}


@pytest.mark.parametrize("build", CLIENT_DH.values(), ids=CLIENT_DH.keys())
def test_set_client_dh_params(build: Callable[[Manual], bytes]) -> None:
    manual = Manual(server()).to_dh()
    with pytest.raises(HandshakeFailed):
        manual.exchange.receive(build(manual))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        tl.encode(mtproto.Ping(ping_id=1)),
        tl.encode(mtproto.MsgsAck(msg_ids=[1])),
        tl.encode(api.help.GetConfig()),
        tl.encode(mtproto.ReqPqMulti(nonce=bytes(16)))[:-1],
        tl.encode(mtproto.ReqPqMulti(nonce=bytes(16))) + bytes(3000),
    ],
)
def test_only_queries_of_the_exchange(body: bytes) -> None:  # checklist 21
    with pytest.raises(HandshakeFailed):
        server().receive(body)


class TestEnvelope:
    """checklist 21."""

    def test_round_trip(self) -> None:
        payload = encode_unencrypted(5, b"body")
        assert payload == bytes(8) + (5).to_bytes(8, "little") + (4).to_bytes(4, "little") + b"body"
        assert decode_unencrypted(payload) == UnencryptedMessage(5, b"body")
        assert is_unencrypted(payload)
        assert not is_unencrypted(b"\x01" + payload)

    @pytest.mark.parametrize(
        "payload",
        [
            b"",
            bytes(19),
            encode_unencrypted(5, b"body")[:-1],
            encode_unencrypted(5, b"body") + bytes(1),
            bytes(16) + b"\xff" * 4,
            b"\x01" + encode_unencrypted(5, b"body")[1:],
        ],
    )
    def test_damage(self, payload: bytes) -> None:
        with pytest.raises(HandshakeFailed):
            decode_unencrypted(payload)

    def test_msg_ids(self) -> None:
        clock = ManualClock()
        source = MsgIdSource(clock)
        ids = [source.next() for _ in range(3)]
        clock.now -= 100
        ids.append(source.next())
        clock.now += 200
        ids.append(source.next())
        assert ids == sorted(set(ids))
        assert all(msg_id % 4 == 1 for msg_id in ids)
        assert ids[0] >> 32 == int(NOW)
        assert ids[-1] >> 32 == int(NOW) + 100
