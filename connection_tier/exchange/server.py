"""The server's side of the key exchange.

Specification: https://core.telegram.org/mtproto/auth_key, https://core.telegram.org/mtproto/security_guidelines

One object serves one connection and holds a few handshakes, since clients probe with ``req_pq`` they never follow up.
It may be dropped once the new key has decrypted a message. Calls must not overlap. ``receive`` computes for up to 10 ms
where :func:`is_heavy` says so: run it in a thread.
"""

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final

import tl
from connection_tier.crypto import dh
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.primes import generate_pq
from connection_tier.crypto.randomness import RandomBytes
from connection_tier.crypto.rsa import RsaKey
from connection_tier.exchange.derivation import TemporaryAes, natural, natural_bytes, retry_id, server_salt
from connection_tier.exchange.errors import HandshakeFailed
from connection_tier.exchange.inner_data import InnerData, open_inner_data
from connection_tier.exchange.unencrypted import Clock
from connection_tier.transport.errors import TransportErrorCode
from tl import mtproto

HANDSHAKE_LIFE_S: Final = 600
"""How long an identical query gets the identical answer."""

MAX_PENDING: Final = 8
"""Handshakes one connection may have open; the oldest is forgotten."""

MAX_TEMP_EXPIRES_S: Final = 7 * 86400
"""The longest life of a temporary key; clients ask for a day."""

MAX_BODY_BYTES: Final = 2048
"""The longest query of the exchange is half of it, the random bytes clients append included."""

_MAX_RETRIES: Final = 3
_TEST_DC: Final = 10000

_HEAVY: Final = frozenset(
    method.CONSTRUCTOR_ID.to_bytes(4, "little") for method in (mtproto.ReqDHParams, mtproto.SetClientDHParams)
)
_FIRST_HEAVY: Final = mtproto.ReqDHParams.CONSTRUCTOR_ID.to_bytes(4, "little")
_LEGAL: Final = _HEAVY | frozenset(
    method.CONSTRUCTOR_ID.to_bytes(4, "little") for method in (mtproto.ReqPq, mtproto.ReqPqMulti)
)


class StoreOutcome(enum.Enum):
    """What became of a new auth key in the store of record."""

    STORED = enum.auto()
    COLLISION = enum.auto()
    """Another key has the same id: the client is asked to retry."""
    FAILED = enum.auto()


@dataclass(frozen=True, slots=True)
class NewAuthKey:
    """A key both sides now share. Store it, then ask :meth:`ServerExchange.finish` for the answer.

    Attributes:
        server_salt: its first salt, valid at once (signed TL long).
        expires_in: life in seconds of a temporary key, None for a permanent one.
        expires_at: the Unix time at which a temporary key ends.
        dc: the data centre the client named, None if it named none.
    """

    auth_key: AuthKey
    server_salt: int = field(repr=False)
    expires_in: int | None
    expires_at: int | None
    dc: int | None
    server_nonce: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExchangeReply:
    """Either an ``answer`` (TL body) to send, or a ``new_key`` to store first."""

    answer: bytes | None = None
    new_key: NewAuthKey | None = None


@dataclass(slots=True)
class _DhStep:
    """What the second answer of a handshake fixed."""

    inner: InnerData
    aes: TemporaryAes
    secret: int
    expected_retry_id: int = 0
    retries: int = 0
    is_finished: bool = False


@dataclass(slots=True)
class _Handshake:
    nonce: bytes
    server_nonce: bytes
    p: int
    q: int
    expires_at: float
    res_pq: bytes
    replies: dict[bytes, ExchangeReply] = field(default_factory=dict)
    """Query without trailing random bytes -> its reply, for identical resends. At most one a step and retry."""
    dh: _DhStep | None = None
    new_key: NewAuthKey | None = None
    new_key_query: bytes = b""


def is_heavy(body: bytes) -> bool:
    """Whether :meth:`ServerExchange.receive` would compute for milliseconds on this body."""
    return body[:4] in _HEAVY


def is_first_heavy(body: bytes) -> bool:
    """Whether it is the one of an exchange's two heavy queries that comes first."""
    return body[:4] == _FIRST_HEAVY


class ServerExchange:
    """Answers the queries of one connection.

    Args:
        rsa_keys: the server's keys, the preferred one first.
        clock: Unix time in seconds.
        dc_ids: the data centres this server stands for (a test one by its plain number); None accepts any.
        max_temp_expires_s: temporary keys asking for a longer life are refused.
    """

    __slots__ = ("_clock", "_dc_ids", "_handshakes", "_keys", "_max_temp_expires_s", "_random")

    def __init__(
        self,
        rsa_keys: Sequence[RsaKey],
        random: RandomBytes,
        clock: Clock,
        *,
        dc_ids: Collection[int] | None = None,
        max_temp_expires_s: int = MAX_TEMP_EXPIRES_S,
    ) -> None:
        self._keys: Mapping[int, RsaKey] = {key.fingerprint: key for key in rsa_keys}
        self._random = random
        self._clock = clock
        self._dc_ids = dc_ids
        self._max_temp_expires_s = max_temp_expires_s
        self._handshakes: dict[bytes, _Handshake] = {}

    @property
    def pending(self) -> int:
        """How many handshakes are remembered."""
        return len(self._handshakes)

    @property
    def is_idle(self) -> bool:
        """Whether every handshake has come to its end: what is remembered serves resends only."""
        return all(handshake.dh is not None and handshake.dh.is_finished for handshake in self._handshakes.values())

    def receive(self, body: bytes) -> ExchangeReply:
        """Answer the body of one unencrypted message. See :func:`is_heavy`.

        Raises:
            HandshakeFailed: the client broke the exchange; that handshake is forgotten.
        """
        if body[:4] not in _LEGAL or len(body) > MAX_BODY_BYTES:
            raise HandshakeFailed("not a query of the key exchange")
        try:
            query, end = tl.decode_prefix(body)
        except tl.DecodeError:
            raise HandshakeFailed("malformed query") from None
        if isinstance(query, (mtproto.ReqPq, mtproto.ReqPqMulti)):
            return self._req_pq(query.nonce)
        handshake = self._find(query.nonce, query.server_nonce)
        canonical = body[:end]
        known = handshake.replies.get(canonical)
        if known is not None:
            return known
        if handshake.new_key is not None and compare_digest(handshake.new_key_query, canonical):
            return ExchangeReply(new_key=handshake.new_key)
        try:
            if isinstance(query, mtproto.ReqDHParams):
                reply = self._req_dh_params(handshake, query)
            else:
                reply = self._set_client_dh_params(handshake, query, canonical)
        except HandshakeFailed:
            del self._handshakes[handshake.server_nonce]
            raise
        if reply.answer is not None:
            handshake.replies[canonical] = reply
        return reply

    def finish(self, new_key: NewAuthKey, outcome: StoreOutcome) -> bytes:
        """Return the answer which tells the client what became of its key: ``dh_gen_ok``, ``_retry`` or ``_fail``.

        Raises:
            HandshakeFailed: the handshake was forgotten meanwhile, or has collided too often.
        """
        handshake = self._handshakes.get(new_key.server_nonce)
        if handshake is None or handshake.dh is None or handshake.new_key is not new_key:
            raise HandshakeFailed("no handshake awaits this key")
        step = handshake.dh
        auth_key = new_key.auth_key
        nonces = {"nonce": handshake.nonce, "server_nonce": handshake.server_nonce}
        answer: tl.TLObject
        match outcome:
            case StoreOutcome.STORED:
                step.is_finished = True
                answer = mtproto.DhGenOk(**nonces, new_nonce_hash1=auth_key.new_nonce_hash(step.inner.new_nonce, 1))
            case StoreOutcome.COLLISION:
                step.retries += 1
                step.is_finished = step.retries > _MAX_RETRIES
                step.expected_retry_id = retry_id(auth_key.aux_hash)
                answer = mtproto.DhGenRetry(**nonces, new_nonce_hash2=auth_key.new_nonce_hash(step.inner.new_nonce, 2))
            case StoreOutcome.FAILED:
                step.is_finished = True
                answer = mtproto.DhGenFail(**nonces, new_nonce_hash3=auth_key.new_nonce_hash(step.inner.new_nonce, 3))
        data = tl.encode(answer)
        if step.is_finished:
            step.secret = 0
        handshake.replies[handshake.new_key_query] = ExchangeReply(answer=data)
        handshake.new_key = None
        return data

    def _find(self, nonce: bytes, server_nonce: bytes) -> _Handshake:
        handshake = self._handshakes.get(server_nonce)
        if handshake is None or handshake.expires_at <= self._clock():
            raise HandshakeFailed("unknown server_nonce")
        if not compare_digest(handshake.nonce, nonce):
            raise HandshakeFailed("wrong nonce")
        return handshake

    def _req_pq(self, nonce: bytes) -> ExchangeReply:
        now = self._clock()
        for expired in [key for key, value in self._handshakes.items() if value.expires_at <= now]:
            del self._handshakes[expired]
        for handshake in self._handshakes.values():
            if compare_digest(handshake.nonce, nonce):
                return ExchangeReply(answer=handshake.res_pq)
        while len(self._handshakes) >= MAX_PENDING:
            del self._handshakes[next(iter(self._handshakes))]
        p, q = generate_pq(self._random)
        server_nonce = self._random(16)
        res_pq = tl.encode(
            mtproto.ResPQ(
                nonce=nonce,
                server_nonce=server_nonce,
                pq=natural_bytes(p * q),
                server_public_key_fingerprints=list(self._keys),
            )
        )
        self._handshakes[server_nonce] = _Handshake(nonce, server_nonce, p, q, now + HANDSHAKE_LIFE_S, res_pq)
        return ExchangeReply(answer=res_pq)

    def _req_dh_params(self, handshake: _Handshake, query: mtproto.ReqDHParams) -> ExchangeReply:
        if handshake.dh is not None:
            raise HandshakeFailed("another req_DH_params with the same nonces")
        if (natural(query.p), natural(query.q)) != (handshake.p, handshake.q):
            raise HandshakeFailed("wrong factors of pq")
        key = self._keys.get(query.public_key_fingerprint)
        if key is None:
            raise HandshakeFailed("unknown fingerprint")
        inner = open_inner_data(key, query.encrypted_data)
        self._check_inner(handshake, inner)
        secret, g_a = dh.generate_key_pair(self._random)
        aes = TemporaryAes(inner.new_nonce, handshake.server_nonce)
        answer = tl.encode(
            mtproto.ServerDHInnerData(
                nonce=handshake.nonce,
                server_nonce=handshake.server_nonce,
                g=dh.DH_G,
                dh_prime=natural_bytes(dh.DH_PRIME),
                g_a=natural_bytes(g_a),
                server_time=int(self._clock()),
            )
        )
        handshake.dh = _DhStep(inner, aes, secret)
        ok = mtproto.ServerDHParamsOk(
            nonce=handshake.nonce,
            server_nonce=handshake.server_nonce,
            encrypted_answer=aes.seal(answer, self._random),
        )
        return ExchangeReply(answer=tl.encode(ok))

    def _check_inner(self, handshake: _Handshake, inner: InnerData) -> None:
        is_same = compare_digest(inner.nonce, handshake.nonce)
        is_same &= compare_digest(inner.server_nonce, handshake.server_nonce)
        p, q = handshake.p, handshake.q
        if not is_same or (inner.pq, inner.p, inner.q) != (p * q, p, q):
            raise HandshakeFailed("the inner data repeat other values")
        if inner.dc is not None and not self._is_our_dc(inner.dc):
            raise HandshakeFailed("another data centre", TransportErrorCode.WRONG_DC)
        if inner.expires_in is not None and not 0 < inner.expires_in <= self._max_temp_expires_s:
            raise HandshakeFailed("expires_in out of range")

    def _is_our_dc(self, dc: int) -> bool:
        """Whether a DC id is one of ours: a negative one serves media, 10000 is added to a test one."""
        if self._dc_ids is None:
            return True
        plain = abs(dc)
        return (plain - _TEST_DC if plain > _TEST_DC else plain) in self._dc_ids

    def _set_client_dh_params(
        self, handshake: _Handshake, query: mtproto.SetClientDHParams, canonical: bytes
    ) -> ExchangeReply:
        step = handshake.dh
        if step is None or step.is_finished or handshake.new_key is not None:
            raise HandshakeFailed("set_client_DH_params out of order")
        inner = _open_client_dh(step.aes, query.encrypted_data)
        is_same = compare_digest(inner.nonce, handshake.nonce)
        is_same &= compare_digest(inner.server_nonce, handshake.server_nonce)
        if not is_same:
            raise HandshakeFailed("the inner data repeat other nonces")
        if inner.retry_id != step.expected_retry_id:
            raise HandshakeFailed("wrong retry_id")
        g_b = natural(inner.g_b)
        try:
            dh.check_group_element(g_b)
        except dh.DhError as error:
            raise HandshakeFailed(str(error)) from None
        new_nonce, expires_in = step.inner.new_nonce, step.inner.expires_in
        handshake.new_key = NewAuthKey(
            AuthKey(dh.shared_key(g_b, step.secret)),
            server_salt(new_nonce, handshake.server_nonce),
            expires_in,
            None if expires_in is None else int(self._clock()) + expires_in,
            step.inner.dc,
            handshake.server_nonce,
        )
        handshake.new_key_query = canonical
        return ExchangeReply(new_key=handshake.new_key)


def _open_client_dh(aes: TemporaryAes, encrypted: bytes) -> mtproto.ClientDHInnerData:
    opened = aes.open(encrypted)
    if opened is None or opened.data[:4] != mtproto.ClientDHInnerData.CONSTRUCTOR_ID.to_bytes(4, "little"):
        raise HandshakeFailed("unreadable client_DH_inner_data")
    try:
        inner, end = tl.decode_prefix(opened.data)
    except tl.DecodeError:
        raise HandshakeFailed("unreadable client_DH_inner_data") from None
    if not isinstance(inner, mtproto.ClientDHInnerData) or not opened.is_intact(end):
        raise HandshakeFailed("wrong hash of client_DH_inner_data")
    return inner
