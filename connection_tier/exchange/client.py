"""The client's side of the key exchange, for tests, benchmarks and raw clients.

Specification: https://core.telegram.org/mtproto/auth_key
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

import tl
from connection_tier.crypto import dh
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.primes import MAX_PQ, factorize
from connection_tier.crypto.randomness import RandomBytes
from connection_tier.crypto.rsa import RsaPublicKey
from connection_tier.crypto.rsa_padding import legacy_encrypt, rsa_pad_encrypt
from connection_tier.exchange.derivation import TemporaryAes, natural, natural_bytes, retry_id, server_salt
from connection_tier.exchange.errors import HandshakeFailed
from connection_tier.exchange.unencrypted import Clock
from tl import mtproto


@dataclass(frozen=True, slots=True)
class ClientKey:
    """The key a client made. ``time_offset``: server time minus the client's, seconds."""

    auth_key: AuthKey
    server_salt: int
    time_offset: int
    expires_at: int | None


@dataclass(slots=True)
class _DhStep:
    aes: TemporaryAes
    g: int
    prime: int
    g_a: int
    server_time: int


class ClientExchange:
    """Makes one auth key: send :meth:`start`, then each answer :meth:`receive` returns, until ``result`` is set.

    Args:
        public_keys: server keys the client trusts.
        legacy_padding: pad RSA with SHA-1 as older clients do, instead of RSA_PAD.
        dc_id: the data centre to name, None to name none.
        expires_in: ask for a temporary key of so many seconds.
    """

    def __init__(
        self,
        public_keys: Sequence[RsaPublicKey],
        random: RandomBytes,
        clock: Clock,
        *,
        legacy_padding: bool = False,
        dc_id: int | None = 2,
        expires_in: int | None = None,
    ) -> None:
        self._keys = {key.fingerprint: key for key in public_keys}
        self._random = random
        self._clock = clock
        self._encrypt = legacy_encrypt if legacy_padding else rsa_pad_encrypt
        self._dc_id = dc_id
        self._expires_in = expires_in
        self._nonce = random(16)
        self._new_nonce = random(32)
        self._server_nonce = b""
        self._dh: _DhStep | None = None
        self._auth_key: AuthKey | None = None
        self.result: ClientKey | None = None
        """The key, once the server has confirmed it."""

    def start(self) -> bytes:
        """Return the first query."""
        return tl.encode(mtproto.ReqPqMulti(nonce=self._nonce))

    def receive(self, body: bytes) -> bytes | None:
        """Take a server's answer and return the next query; None when the exchange is finished. Heavy.

        Raises:
            HandshakeFailed: the server broke the exchange, or could not make a key.
        """
        try:
            answer = tl.decode(body)
        except tl.DecodeError:
            raise HandshakeFailed("malformed answer") from None
        if self._dh is None and not self._server_nonce and isinstance(answer, mtproto.ResPQ):
            return self._on_res_pq(answer)
        if self._server_nonce and self._dh is None and isinstance(answer, mtproto.ServerDHParamsOk):
            return self._on_dh_params(answer)
        if self._auth_key is not None and isinstance(answer, (mtproto.DhGenOk, mtproto.DhGenRetry, mtproto.DhGenFail)):
            return self._on_dh_gen(self._auth_key, answer)
        raise HandshakeFailed("answer out of order")

    def _on_res_pq(self, answer: mtproto.ResPQ) -> bytes:
        if not compare_digest(answer.nonce, self._nonce):
            raise HandshakeFailed("wrong nonce")
        key = next((self._keys[it] for it in answer.server_public_key_fingerprints if it in self._keys), None)
        if key is None:
            raise HandshakeFailed("no known fingerprint")
        pq = natural(answer.pq)
        if not 1 < pq <= MAX_PQ:
            raise HandshakeFailed("pq out of range")
        p, q = factorize(pq)
        self._server_nonce = answer.server_nonce
        encoded = tl.encode(self._inner_data(pq, p, q))
        return tl.encode(
            mtproto.ReqDHParams(
                nonce=self._nonce,
                server_nonce=self._server_nonce,
                p=natural_bytes(p),
                q=natural_bytes(q),
                public_key_fingerprint=key.fingerprint,
                encrypted_data=self._encrypt(key, encoded, random=self._random),
            )
        )

    def _inner_data(self, pq: int, p: int, q: int) -> tl.TLObject:
        fields: dict[str, Any] = {
            "pq": natural_bytes(pq),
            "p": natural_bytes(p),
            "q": natural_bytes(q),
            "nonce": self._nonce,
            "server_nonce": self._server_nonce,
            "new_nonce": self._new_nonce,
        }
        dc, expires_in = self._dc_id, self._expires_in
        if dc is None:
            if expires_in is None:
                return mtproto.PQInnerData(**fields)
            return mtproto.PQInnerDataTemp(**fields, expires_in=expires_in)
        if expires_in is None:
            return mtproto.PQInnerDataDc(**fields, dc=dc)
        return mtproto.PQInnerDataTempDc(**fields, dc=dc, expires_in=expires_in)

    def _on_dh_params(self, answer: mtproto.ServerDHParamsOk) -> bytes:
        self._check_nonces(answer.nonce, answer.server_nonce)
        aes = TemporaryAes(self._new_nonce, self._server_nonce)
        opened = aes.open(answer.encrypted_answer)
        if opened is None:
            raise HandshakeFailed("unreadable server_DH_inner_data")
        try:
            inner, end = tl.decode_prefix(opened.data)
        except tl.DecodeError:
            raise HandshakeFailed("unreadable server_DH_inner_data") from None
        if not isinstance(inner, mtproto.ServerDHInnerData) or not opened.is_intact(end):
            raise HandshakeFailed("wrong hash of server_DH_inner_data")
        self._check_nonces(inner.nonce, inner.server_nonce)
        step = _DhStep(aes, inner.g, natural(inner.dh_prime), natural(inner.g_a), inner.server_time)
        try:
            dh.check_group(step.g, step.prime)
            dh.check_group_element(step.g_a, step.prime)
        except dh.DhError as error:
            raise HandshakeFailed(str(error)) from None
        self._dh = step
        return self._set_client_dh_params(step, 0)

    def _set_client_dh_params(self, step: _DhStep, retry: int) -> bytes:
        secret, g_b = dh.generate_key_pair(self._random, step.g, step.prime)
        self._auth_key = AuthKey(dh.shared_key(step.g_a, secret, step.prime))
        inner = mtproto.ClientDHInnerData(
            nonce=self._nonce, server_nonce=self._server_nonce, retry_id=retry, g_b=natural_bytes(g_b)
        )
        return tl.encode(
            mtproto.SetClientDHParams(
                nonce=self._nonce,
                server_nonce=self._server_nonce,
                encrypted_data=step.aes.seal(tl.encode(inner), self._random),
            )
        )

    def _on_dh_gen(
        self, auth_key: AuthKey, answer: mtproto.DhGenOk | mtproto.DhGenRetry | mtproto.DhGenFail
    ) -> bytes | None:
        self._check_nonces(answer.nonce, answer.server_nonce)
        if isinstance(answer, mtproto.DhGenOk):
            received, number = answer.new_nonce_hash1, 1
        elif isinstance(answer, mtproto.DhGenRetry):
            received, number = answer.new_nonce_hash2, 2
        else:
            received, number = answer.new_nonce_hash3, 3
        if not compare_digest(received, auth_key.new_nonce_hash(self._new_nonce, number)):
            raise HandshakeFailed("wrong new_nonce_hash")
        step = self._dh
        if step is None or isinstance(answer, mtproto.DhGenFail):
            raise HandshakeFailed("the server could not make a key")
        if isinstance(answer, mtproto.DhGenRetry):
            return self._set_client_dh_params(step, retry_id(auth_key.aux_hash))
        now = int(self._clock())
        self.result = ClientKey(
            auth_key,
            server_salt(self._new_nonce, self._server_nonce),
            step.server_time - now,
            None if self._expires_in is None else step.server_time + self._expires_in,
        )
        return None

    def _check_nonces(self, nonce: bytes, server_nonce: bytes) -> None:
        is_same = compare_digest(nonce, self._nonce)
        is_same &= compare_digest(server_nonce, self._server_nonce)
        if not is_same:
            raise HandshakeFailed("wrong nonces")
