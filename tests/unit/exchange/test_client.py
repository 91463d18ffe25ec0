"""What a careful client must refuse. Our own client is one, so that it can judge servers."""

import os
from collections.abc import Callable
from typing import Any

import pytest

import tl
from connection_tier.crypto import dh
from connection_tier.crypto.aes import ige_encrypt
from connection_tier.crypto.rsa import RsaKey
from connection_tier.exchange import ClientExchange, HandshakeFailed
from connection_tier.exchange.derivation import TemporaryAes
from tests.unit.crypto.keys import server_key
from tests.unit.exchange.steps import ManualClock, answer_of, server
from tl import mtproto


def client_at(step: int) -> tuple[ClientExchange, bytes]:
    """A client which awaits answer ``step`` (0, 1, 2), and that answer."""
    exchange = server()
    client = ClientExchange([server_key().public], os.urandom, ManualClock())
    query = client.start()
    for _ in range(step):
        following = client.receive(answer_of(exchange, query)[0])
        assert following is not None
        query = following
    return client, answer_of(exchange, query)[0]


def changed(answer: bytes, **changes: Any) -> bytes:
    decoded = tl.decode(answer)
    for name, value in changes.items():
        setattr(decoded, name, value)
    return tl.encode(decoded)


def with_inner(client: ClientExchange, answer: bytes, **changes: Any) -> bytes:
    """Change the encrypted part of server_DH_params_ok."""
    aes = TemporaryAes(client._new_nonce, client._server_nonce)
    opened = aes.open(tl.decode(answer).encrypted_answer)
    assert opened is not None
    inner, _ = tl.decode_prefix(opened.data)
    return changed(answer, encrypted_answer=aes.seal(changed(tl.encode(inner), **changes), os.urandom))


def with_wrong_hash(client: ClientExchange, answer: bytes) -> bytes:
    aes = TemporaryAes(client._new_nonce, client._server_nonce)
    opened = aes.open(tl.decode(answer).encrypted_answer)
    assert opened is not None
    plain = bytes(20) + opened.data
    return changed(answer, encrypted_answer=ige_encrypt(plain, aes._key, aes._iv))


BAD: dict[str, tuple[int, Callable[[ClientExchange, bytes], bytes]]] = {
    "resPQ: nonce": (0, lambda c, a: changed(a, nonce=bytes(16))),
    "resPQ: no known fingerprint": (0, lambda c, a: changed(a, server_public_key_fingerprints=[1])),
    "resPQ: pq 0": (0, lambda c, a: changed(a, pq=b"")),
    "resPQ: pq too large": (0, lambda c, a: changed(a, pq=b"\xff" * 8)),
    "resPQ: another answer": (0, lambda c, a: client_at(1)[1]),
    "DH: nonce": (1, lambda c, a: changed(a, nonce=bytes(16))),
    "DH: server_nonce": (1, lambda c, a: changed(a, server_nonce=bytes(16))),
    "DH: not whole blocks": (1, lambda c, a: changed(a, encrypted_answer=bytes(33))),
    "DH: damaged": (1, lambda c, a: changed(a, encrypted_answer=bytes(592))),
    "DH: hash": (1, with_wrong_hash),
    "DH: inner nonce": (1, lambda c, a: with_inner(c, a, nonce=bytes(16))),
    "DH: inner server_nonce": (1, lambda c, a: with_inner(c, a, server_nonce=bytes(16))),
    "DH: prime": (1, lambda c, a: with_inner(c, a, dh_prime=(dh.DH_PRIME - 2).to_bytes(256, "big"))),
    "DH: g": (1, lambda c, a: with_inner(c, a, g=8)),
    "DH: g_a 1": (1, lambda c, a: with_inner(c, a, g_a=b"\x01")),
    "DH: g_a p - 1": (1, lambda c, a: with_inner(c, a, g_a=(dh.DH_PRIME - 1).to_bytes(256, "big"))),
    "DH: another answer": (1, lambda c, a: client_at(0)[1]),
    "dh_gen: nonce": (2, lambda c, a: changed(a, nonce=bytes(16))),
    "dh_gen: server_nonce": (2, lambda c, a: changed(a, server_nonce=bytes(16))),
    "dh_gen: hash": (2, lambda c, a: changed(a, new_nonce_hash1=bytes(16))),
    "dh_gen: retry with the hash of ok": (
        2,
        lambda c, a: tl.encode(
            mtproto.DhGenRetry(
                nonce=tl.decode(a).nonce,
                server_nonce=tl.decode(a).server_nonce,
                new_nonce_hash2=tl.decode(a).new_nonce_hash1,
            )
        ),
    ),
}


@pytest.mark.parametrize(("step", "change"), BAD.values(), ids=BAD.keys())
def test_refuses(step: int, change: Callable[[ClientExchange, bytes], bytes]) -> None:  # checklist 29 30 33 121 122
    client, answer = client_at(step)
    with pytest.raises(HandshakeFailed):
        client.receive(change(client, answer))
    assert client.result is None


def test_dh_gen_fail() -> None:  # checklist 33
    client, answer = client_at(2)
    ok = tl.decode(answer)
    assert client._auth_key is not None
    fail = mtproto.DhGenFail(
        nonce=ok.nonce,
        server_nonce=ok.server_nonce,
        new_nonce_hash3=client._auth_key.new_nonce_hash(client._new_nonce, 3),
    )
    with pytest.raises(HandshakeFailed, match="could not make a key"):
        client.receive(tl.encode(fail))


def test_unknown_server() -> None:  # checklist 122
    client = ClientExchange([RsaKey.generate().public], os.urandom, ManualClock())
    with pytest.raises(HandshakeFailed, match="fingerprint"):
        client.receive(answer_of(server(), client.start())[0])


def test_time_offset() -> None:  # checklist 123
    """The server's time is the one inside the encrypted answer, whatever msg_id its messages bear."""
    exchange = server(ManualClock(2_000_000_000))
    client = ClientExchange([server_key().public], os.urandom, ManualClock(1_999_999_000))
    query: bytes | None = client.start()
    while query is not None:
        query = client.receive(answer_of(exchange, query)[0])
    assert client.result is not None
    assert client.result.time_offset == 1000
