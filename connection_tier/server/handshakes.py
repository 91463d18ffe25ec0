"""The key exchanges of a node: how many run at once, where new keys go, and those that come over HTTP.

https://core.telegram.org/mtproto/auth_key. On a stream the connection holds its exchange. Over HTTP each step is a
request of its own, perhaps on another connection, so exchanges are found by the client's nonce.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from connection_tier.crypto.rsa import RsaKey
from connection_tier.exchange import (
    HandshakeFailed,
    MsgIdSource,
    NewAuthKey,
    ServerExchange,
    StoreOutcome,
    decode_unencrypted,
    encode_unencrypted,
    is_first_heavy,
    is_heavy,
)
from connection_tier.exchange.server import HANDSHAKE_LIFE_S
from connection_tier.server.budget import AddressRates, MessageRate
from connection_tier.server.keys import KeyStore
from connection_tier.transport import TransportErrorCode
from layers import measures
from layers.clock import Clock
from layers.database import is_outage
from layers.telemetry import get_logger

OVER_HTTP_MAX: Final = 4096
"""Exchanges over HTTP that a node remembers; the one that began first is forgotten."""

_OVER_HTTP_PER_S: Final = 500
"""Steps over HTTP, of all clients: there is no connection to count them by."""

_NONCE: Final = slice(4, 20)
"""Where each query of the exchange carries the client's nonce."""

logger = get_logger("handshakes")

InThread = Callable[..., Awaitable[Any]]


@dataclass(slots=True)
class _OverHttp:
    exchange: ServerExchange
    forget_at: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Handshakes:
    """Answers the queries of key exchanges.

    ``in_thread`` runs their arithmetic, which must not keep messages waiting; at most ``max_running`` steps run or wait
    for it, and of one address ``max_per_s`` exchanges a second.
    """

    def __init__(
        self,
        rsa_keys: Sequence[RsaKey],
        keys: KeyStore,
        clock: Clock,
        in_thread: InThread,
        *,
        max_running: int,
        max_per_s: int,
    ) -> None:
        self._rsa_keys = rsa_keys
        self._keys = keys
        self._clock = clock
        self._in_thread = in_thread
        self._max_running = max_running
        self._rates = AddressRates(max_per_s)
        self._running = 0
        self._over_http: OrderedDict[bytes, _OverHttp] = OrderedDict()
        self._http_rate = MessageRate(_OVER_HTTP_PER_S, clock())
        self._msg_ids = MsgIdSource(clock)

    @property
    def over_http(self) -> int:
        """Exchanges over HTTP that are remembered."""
        return len(self._over_http)

    def new_exchange(self) -> ServerExchange:
        """An exchange in its first state."""
        return ServerExchange(self._rsa_keys, os.urandom, self._clock)

    async def step(self, exchange: ServerExchange, body: bytes, ip: str) -> bytes | None:
        """Answer one query that `is_heavy`.

        Raises:
            HandshakeFailed: the client broke the exchange, or too many run, of all clients or of its address (-429).
        """
        if is_first_heavy(body):
            now = self._clock()
            if self._rates.is_over(ip, now):
                measures.HANDSHAKES.inc("limited")
                raise HandshakeFailed("too many handshakes of this address", TransportErrorCode.TOO_MANY_REQUESTS)
            self._rates.count(ip, now)
        if self._running >= self._max_running:
            measures.HANDSHAKES.inc("busy")
            raise HandshakeFailed("too many handshakes", TransportErrorCode.TOO_MANY_REQUESTS)
        self._running += 1
        try:
            reply = await self._in_thread(exchange.receive, body)
            if reply.new_key is not None:
                outcome = await self._store(reply.new_key)
                measures.HANDSHAKES.inc("ok" if outcome is StoreOutcome.STORED else "unstored")
                return exchange.finish(reply.new_key, outcome)
            answer: bytes | None = reply.answer
            return answer
        except HandshakeFailed:
            measures.HANDSHAKES.inc("failed")
            raise
        finally:
            self._running -= 1

    async def _store(self, new_key: NewAuthKey) -> StoreOutcome:
        """The key is in the store of record before the client hears of it (checklist 36)."""
        try:
            stored = await self._keys.store(new_key.auth_key, new_key.server_salt, new_key.expires_at)
        except Exception as error:
            if not is_outage(error):
                raise
            logger.warning("a new key could not be stored", reason=type(error).__name__)
            return StoreOutcome.FAILED
        return StoreOutcome.STORED if stored else StoreOutcome.COLLISION

    async def answer_http(self, payload: bytes, ip: str) -> bytes:
        """Answer one unencrypted message that came as an HTTP request; both are transport payloads.

        Raises:
            HandshakeFailed: as `step`.
        """
        if not self._http_rate.spend(1, self._clock()):
            raise HandshakeFailed("too many handshakes over HTTP", TransportErrorCode.TOO_MANY_REQUESTS)
        body = decode_unencrypted(payload).body
        nonce = body[_NONCE]
        known = self._over_http.get(nonce)
        if known is None:
            if is_heavy(body):
                raise HandshakeFailed("no such handshake")
            exchange = self.new_exchange()
            answer = exchange.receive(body).answer
            self._remember(nonce, exchange)
        else:
            async with known.lock:
                if is_heavy(body):
                    answer = await self.step(known.exchange, body, ip)
                else:
                    answer = known.exchange.receive(body).answer
        if answer is None:
            raise HandshakeFailed("nothing to answer")
        return encode_unencrypted(self._msg_ids.next(), answer)

    def _remember(self, nonce: bytes, exchange: ServerExchange) -> None:
        now = self._clock()
        remembered = self._over_http
        remembered[nonce] = _OverHttp(exchange, now + HANDSHAKE_LIFE_S)
        while len(remembered) > OVER_HTTP_MAX or next(iter(remembered.values())).forget_at <= now:
            remembered.popitem(last=False)
