"""A key exchange by hand, so that a test may break any field of any step."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import tl
from connection_tier.crypto import dh
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.primes import factorize
from connection_tier.crypto.rsa_padding import rsa_pad_encrypt
from connection_tier.exchange import ClientExchange, NewAuthKey, ServerExchange, StoreOutcome
from connection_tier.exchange.derivation import TemporaryAes
from tests.unit.crypto.keys import server_key
from tl import mtproto

NOW = 1_700_000_000.5


@dataclass
class ManualClock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


def server(clock: Callable[[], float] = ManualClock(), **options: Any) -> ServerExchange:  # noqa: B008
    return ServerExchange([server_key()], os.urandom, clock, **options)


def answer_of(
    exchange: ServerExchange, query: bytes, outcome: StoreOutcome = StoreOutcome.STORED
) -> tuple[bytes, NewAuthKey | None]:
    """Do as the shell does: answer, or store the key and then answer."""
    reply = exchange.receive(query)
    if reply.new_key is None:
        assert reply.answer is not None
        return reply.answer, None
    assert reply.answer is None
    return exchange.finish(reply.new_key, outcome), reply.new_key


def run(exchange: ServerExchange, client: ClientExchange) -> tuple[NewAuthKey, list[bytes]]:
    """Run a whole exchange: the server's key, and all that was sent in turn."""
    query: bytes | None = client.start()
    transcript = []
    new_key = None
    while query is not None:
        answer, new_key = answer_of(exchange, query)
        transcript += [query, answer]
        query = client.receive(answer)
    assert new_key is not None
    return new_key, transcript


@dataclass
class Manual:
    """A client whose every message can be changed before it is sealed."""

    exchange: ServerExchange
    nonce: bytes = field(default_factory=lambda: os.urandom(16))
    new_nonce: bytes = field(default_factory=lambda: os.urandom(32))
    server_nonce: bytes = b""
    pq: int = 0
    p: int = 0
    q: int = 0
    g_a: int = 0
    b: int = 0

    def req_pq(self) -> "Manual":
        reply = self.exchange.receive(tl.encode(mtproto.ReqPqMulti(nonce=self.nonce)))
        assert reply.answer is not None
        answer = tl.decode(reply.answer)
        self.server_nonce = answer.server_nonce
        self.pq = int.from_bytes(answer.pq, "big")
        self.p, self.q = factorize(self.pq)
        return self

    def inner(self, kind: type[tl.TLObject] = mtproto.PQInnerDataDc, **changes: Any) -> bytes:
        fields: dict[str, Any] = {
            "pq": self.pq.to_bytes(8, "big"),
            "p": self.p.to_bytes(4, "big"),
            "q": self.q.to_bytes(4, "big"),
            "nonce": self.nonce,
            "server_nonce": self.server_nonce,
            "new_nonce": self.new_nonce,
        }
        if kind in (mtproto.PQInnerDataDc, mtproto.PQInnerDataTempDc):
            fields["dc"] = 2
        if kind in (mtproto.PQInnerDataTemp, mtproto.PQInnerDataTempDc):
            fields["expires_in"] = 86400
        return tl.encode(kind(**{**fields, **changes}))

    def req_dh_params(self, inner: bytes | None = None, encrypted: bytes | None = None, **changes: Any) -> bytes:
        if encrypted is None:
            inner = self.inner() if inner is None else inner
            encrypted = rsa_pad_encrypt(server_key().public, inner, random=os.urandom)
        fields: dict[str, Any] = {
            "nonce": self.nonce,
            "server_nonce": self.server_nonce,
            "p": self.p.to_bytes(4, "big"),
            "q": self.q.to_bytes(4, "big"),
            "public_key_fingerprint": server_key().fingerprint,
            "encrypted_data": encrypted,
        }
        return tl.encode(mtproto.ReqDHParams(**{**fields, **changes}))

    @property
    def aes(self) -> TemporaryAes:
        return TemporaryAes(self.new_nonce, self.server_nonce)

    def to_dh(self) -> "Manual":
        """Pass the first two steps."""
        self.req_pq()
        reply = self.exchange.receive(self.req_dh_params())
        assert reply.answer is not None
        opened = self.aes.open(tl.decode(reply.answer).encrypted_answer)
        assert opened is not None
        inner, end = tl.decode_prefix(opened.data)
        assert opened.is_intact(end)
        self.g_a = int.from_bytes(inner.g_a, "big")
        return self

    def client_inner(self, **changes: Any) -> bytes:
        self.b, g_b = dh.generate_key_pair(os.urandom)
        fields: dict[str, Any] = {
            "nonce": self.nonce,
            "server_nonce": self.server_nonce,
            "retry_id": 0,
            "g_b": g_b.to_bytes(256, "big"),
        }
        return tl.encode(mtproto.ClientDHInnerData(**{**fields, **changes}))

    def set_client_dh_params(self, inner: bytes | None = None, encrypted: bytes | None = None, **changes: Any) -> bytes:
        if encrypted is None:
            encrypted = self.aes.seal(self.client_inner() if inner is None else inner, os.urandom)
        fields: dict[str, Any] = {
            "nonce": self.nonce,
            "server_nonce": self.server_nonce,
            "encrypted_data": encrypted,
        }
        return tl.encode(mtproto.SetClientDHParams(**{**fields, **changes}))

    @property
    def auth_key(self) -> AuthKey:
        return AuthKey(dh.shared_key(self.g_a, self.b))
