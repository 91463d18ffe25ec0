"""MTProto over HTTP: https://core.telegram.org/mtproto/transports#http.

``POST /api`` (native clients) and ``/apiw1`` with its variants (web clients, CORS): the body is one raw MTProto
message, the response is one. Messages of the server leave in responses only:

* a request with http_wait is a long poll: it waits for messages as http_wait says
  (https://core.telegram.org/mtproto/service_messages#http-waitlong-poll);
* one without waits until each query it brought has its answer, as with max_wait 25000; one that brought none, or only
  bad news, is answered at once.

Failures are HTTP statuses whose body is the transport error itself, four bytes: 404 for an unknown key, 429 for too
much of something.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from aiohttp import web

from connection_tier.crypto.message import DecryptedMessage, DecryptError, decrypt, encrypt, pack_plaintext
from connection_tier.exchange import HandshakeFailed, is_unencrypted
from connection_tier.server.budget import packet_cost
from connection_tier.server.http_link import HttpLink
from connection_tier.server.keys import KeyEntry
from connection_tier.server.sessions import SessionHandle
from connection_tier.session import (
    DestroyAuthKey,
    DestroySession,
    Event,
    HttpWait,
    OutgoingPlain,
    RpcCancelled,
    RpcRequest,
    TransportFlood,
)
from connection_tier.transport import MAX_PACKET_BYTES, TransportErrorCode
from layers import measures
from layers.database import is_outage
from layers.telemetry import get_logger

if TYPE_CHECKING:
    from connection_tier.server.node import Node

NATIVE_PATHS: Final = ("/api",)
WEB_PATHS: Final = (
    *("/apiw1", "/apiw1_test", "/apiw1_premium", "/apiw1_test_premium"),
    *("/apiw_test1", "/apiw_premium1", "/apiw_test_premium1"),
)
"""Both orders: web clients differ."""

_MIN_BODY_BYTES: Final = 20
_BODY_DEADLINE_S: Final = 60
_SEND_DEADLINE_S: Final = 60
_LARGE_BYTES: Final = 64 * 1024
"""Larger messages are decrypted and encrypted in a thread."""

_SESSIONS_PER_KEY: Final = 16
"""Sessions of one key that are served over HTTP; a further one has the oldest wait for its client."""

_STORE_FAILED: Final = -503

logger = get_logger("http")


class HttpFailure(Exception):
    """The request is answered with a status; ``code`` is the transport error it stands for."""

    def __init__(self, status: HTTPStatus, code: int) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """A response's body and, unless it is a step of a key exchange, the link it left by."""

    body: bytes
    link: HttpLink | None = None


@dataclass(slots=True)
class _Received:
    """What a request brought: queries, its last http_wait, the end of its key."""

    queries: list[int] = field(default_factory=list)
    poll: HttpWait | None = None
    is_key_gone: bool = False


class HttpTransport:
    """Answers the requests of a node, each with one message."""

    def __init__(self, node: Node) -> None:
        self._node = node

    async def answer(self, payload: bytes, ip: str, is_gone: Callable[[], bool]) -> Answer:
        """The response's body to a request's body; ``is_gone`` says whether anybody is there to take it.

        Raises:
            HttpFailure: it has none.
        """
        if self._node.is_draining:
            raise HttpFailure(HTTPStatus.SERVICE_UNAVAILABLE, _STORE_FAILED)
        if is_unencrypted(payload):
            return Answer(await self._exchange(payload, ip))
        key = await self._key(int.from_bytes(payload[:8], "little", signed=True), ip)
        message, inflated = await self._node.unpacked(await self._decrypt(key, payload))
        handle, link = self._session(key, message.session_id)
        link.begin()
        try:
            received = await self._receive(handle, link, message, ip, inflated)
            if not received.is_key_gone:
                await link.wait(received.queries, received.poll)
            if is_gone():
                raise HttpFailure(HTTPStatus.REQUEST_TIMEOUT, -HTTPStatus.REQUEST_TIMEOUT)
            body = await self._encrypt(key, link.take())
            if received.is_key_gone:
                self._node.drop_key(key.auth_key.id)
            return Answer(body, link)
        finally:
            link.end()

    async def _exchange(self, payload: bytes, ip: str) -> bytes:
        try:
            return await self._node.handshakes.answer_http(payload, ip)
        except HandshakeFailed as error:
            status = (
                HTTPStatus.TOO_MANY_REQUESTS
                if error.code == TransportErrorCode.TOO_MANY_REQUESTS
                else HTTPStatus.NOT_FOUND
            )
            raise HttpFailure(status, error.code) from None

    async def _key(self, auth_key_id: int, ip: str) -> KeyEntry:
        key = self._node.keys.at_hand(auth_key_id)
        if key is not None:
            return key
        now = self._node.services.clock()
        if self._node.guesses.is_over(ip, now):
            raise HttpFailure(HTTPStatus.TOO_MANY_REQUESTS, TransportErrorCode.TOO_MANY_REQUESTS)
        try:
            key = await self._node.keys.get(auth_key_id)
        except Exception as error:
            if not is_outage(error):
                raise
            # The store cannot tell: 404 would make the client throw a good key away.
            logger.warning("key store does not answer")
            raise HttpFailure(HTTPStatus.SERVICE_UNAVAILABLE, _STORE_FAILED) from None
        if key is None:
            self._node.guesses.count(ip, now)
            raise HttpFailure(HTTPStatus.NOT_FOUND, TransportErrorCode.AUTH_KEY_NOT_FOUND)
        return key

    async def _decrypt(self, key: KeyEntry, payload: bytes) -> DecryptedMessage:
        try:
            if len(payload) <= _LARGE_BYTES:
                return decrypt(key.auth_key, payload, from_client=True)
            return await self._node.in_thread(decrypt, key.auth_key, payload, from_client=True)
        except DecryptError:
            measures.UNDECRYPTABLE.inc()
            raise HttpFailure(HTTPStatus.BAD_REQUEST, -HTTPStatus.BAD_REQUEST) from None

    async def _encrypt(self, key: KeyEntry, packet: OutgoingPlain) -> bytes:
        plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
        if len(plaintext) <= _LARGE_BYTES:
            return encrypt(key.auth_key, plaintext, from_server=True, random=os.urandom)
        return await self._node.in_thread(encrypt, key.auth_key, plaintext, from_server=True, random=os.urandom)

    def _session(self, key: KeyEntry, session_id: int) -> tuple[SessionHandle, HttpLink]:
        handle = self._node.sessions.get(key.auth_key.id, session_id)
        if handle is not None and isinstance(handle.connection, HttpLink):
            handle.key = key
            return handle, handle.connection
        others = [other.connection for other in self._node.sessions.of_key(key.auth_key.id)]
        links = [link for link in others if isinstance(link, HttpLink)]
        if len(links) >= _SESSIONS_PER_KEY:
            links[0].close()
        link = HttpLink(self._node)
        handle = self._node.session_for(key, session_id, link)
        link.serve(handle)
        return handle, link

    async def _receive(
        self, handle: SessionHandle, link: HttpLink, message: DecryptedMessage, ip: str, inflated: int
    ) -> _Received:
        session = handle.session
        is_full = session.in_flight >= session.limits.max_in_flight
        if is_full or not link.rate.spend(1, self._node.services.clock()):
            raise HttpFailure(HTTPStatus.TOO_MANY_REQUESTS, TransportErrorCode.TOO_MANY_REQUESTS)
        inflated_before = session.inflated_bytes
        events = session.receive(salt=message.salt, msg_id=message.msg_id, seqno=message.seqno, body=message.body)
        handle.count_refused()
        received = _Received()
        for event in events:
            await self._on_event(handle, event, received, ip)
        link.schedule_flush(handle)
        cost = packet_cost(len(events), inflated + session.inflated_bytes - inflated_before)
        if cost and not link.rate.spend(cost, self._node.services.clock()):
            raise HttpFailure(HTTPStatus.TOO_MANY_REQUESTS, TransportErrorCode.TOO_MANY_REQUESTS)
        return received

    async def _on_event(self, handle: SessionHandle, event: Event, received: _Received, ip: str) -> None:
        match event:
            case RpcRequest():
                received.queries.append(event.msg_id)
                self._node.dispatcher.submit(handle, event.msg_id, event.body, ip)
            case HttpWait():
                received.poll = event
            case RpcCancelled():
                self._node.dispatcher.cancel(handle, event.msg_id)
            case DestroySession():
                self._node.destroy_session(handle, event)
            case DestroyAuthKey():
                received.is_key_gone = await self._node.destroy_auth_key(handle, event)
            case TransportFlood():
                raise HttpFailure(HTTPStatus.TOO_MANY_REQUESTS, TransportErrorCode.TOO_MANY_REQUESTS)
            case _:
                pass  # CloseAfter: there is no connection of the session's own to close


# The HTTP server's side


def cors_headers(request: web.Request, allowed: frozenset[str] | None) -> dict[str, str]:
    """CORS headers of a response to a page's request.

    Raises:
        web.HTTPForbidden: the page's origin is not among the allowed ones.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return {}
    if allowed is None:
        return {"Access-Control-Allow-Origin": "*"}
    if origin.lower() not in allowed:
        raise web.HTTPForbidden(text="this origin may not connect")
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


class HttpEndpoints:
    """The aiohttp handlers."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._transport = HttpTransport(node)
        self._origins = node.services.settings.allowed_origins

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the handlers on their paths."""
        for path in NATIVE_PATHS:
            router.add_post(path, self._native)
        for path in WEB_PATHS:
            router.add_post(path, self._web)
            router.add_options(path, self._preflight)

    async def _native(self, request: web.Request) -> web.StreamResponse:
        return await self._respond(request, {})

    async def _web(self, request: web.Request) -> web.StreamResponse:
        return await self._respond(request, cors_headers(request, self._origins))

    async def _preflight(self, request: web.Request) -> web.Response:
        headers = cors_headers(request, self._origins)
        headers |= {
            "Access-Control-Allow-Methods": "POST, OPTIONS",
            "Access-Control-Allow-Headers": request.headers.get("Access-Control-Request-Headers", "content-type"),
            "Access-Control-Max-Age": "1728000",
        }
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=headers)

    async def _respond(self, request: web.Request, headers: dict[str, str]) -> web.StreamResponse:
        link: HttpLink | None = None
        try:
            answer = await self._answer(request)
            link = answer.link
            response = web.Response(body=answer.body, headers=headers)
        except HttpFailure as failure:
            measures.TRANSPORT_ERRORS.inc(str(int(failure.code)))
            body = int(failure.code).to_bytes(4, "little", signed=True)
            response = web.Response(status=failure.status, body=body, headers=headers)
        try:
            async with asyncio.timeout(_SEND_DEADLINE_S):
                await response.prepare(request)
                await response.write_eof()
        except (ConnectionError, TimeoutError):
            if request.transport is not None:
                request.transport.abort()
            if link is not None:
                link.sent_in_vain()
        return response

    async def _answer(self, request: web.Request) -> Answer:
        size = request.content_length
        if size is None:
            raise HttpFailure(HTTPStatus.LENGTH_REQUIRED, -HTTPStatus.LENGTH_REQUIRED)
        if not _MIN_BODY_BYTES <= size <= MAX_PACKET_BYTES or size % 4:
            raise HttpFailure(HTTPStatus.BAD_REQUEST, -HTTPStatus.BAD_REQUEST)
        inbound = self._node.inbound
        try:
            if not inbound.change(0, size):
                raise HttpFailure(HTTPStatus.TOO_MANY_REQUESTS, TransportErrorCode.TOO_MANY_REQUESTS)
            try:
                async with asyncio.timeout(_BODY_DEADLINE_S):
                    payload = await request.read()
            except (TimeoutError, ConnectionError):
                raise HttpFailure(HTTPStatus.REQUEST_TIMEOUT, -HTTPStatus.REQUEST_TIMEOUT) from None
        finally:
            inbound.change(size, 0)

        def is_gone() -> bool:
            return request.transport is None or request.transport.is_closing()

        return await self._transport.answer(payload, request.remote or "", is_gone)
