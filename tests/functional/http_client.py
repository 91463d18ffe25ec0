"""A client of the HTTP transport made of our own client halves."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

import aiohttp

import tl
from connection_tier.crypto.message import decrypt, encrypt, pack_plaintext
from connection_tier.exchange import ClientExchange, ClientKey, MsgIdSource, decode_unencrypted, encode_unencrypted
from connection_tier.session import OutgoingPlain, wire
from connection_tier.session.client import ClientSession
from connection_tier.session.client_events import ClientEvent, RpcResult, Update
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import raw
from tests.raw_client import RawClient
from tests.results import decode_result
from tests.servers import Server
from tl import TLObject, api


class HttpRefused(Exception):
    """A status other than 200; ``code`` is the transport error in its body."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.code = int.from_bytes(body, "little", signed=True)


class HttpClient:
    """One key and session; requests may overlap.

    Args:
        path: of the server's HTTP port, or of its TCP port with ``on_tcp_port``.
    """

    def __init__(self, server: Server, path: str = "/api", *, on_tcp_port: bool = False) -> None:
        port = server.tcp_port if on_tcp_port else server.http_port
        self.url = f"http://127.0.0.1:{port}{path}"
        self._server = server
        self.events: list[ClientEvent] = []
        self.updates: list[Any] = []
        self.key: ClientKey | None = None
        self.session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self.http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(40))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.http.close()

    async def post(self, payload: bytes) -> bytes:
        """One request's response body."""
        async with self.http.post(self.url, data=payload) as response:
            body = await response.read()
            if response.status != 200:
                raise HttpRefused(response.status, body)
            return body

    async def make_key(self, *, fresh_connections: bool = False) -> None:
        """A key exchange, each step a request."""
        exchange = ClientExchange([self._server.public_key], os.urandom, time.time)
        msg_ids = MsgIdSource(time.time)
        query: bytes | None = exchange.start()
        while query is not None:
            body = await self.post(encode_unencrypted(msg_ids.next() - 1, query))
            query = exchange.receive(decode_unencrypted(body).body)
            if fresh_connections:
                await self.http.close()
                self.http = aiohttp.ClientSession()
        assert exchange.result is not None
        self.use(exchange.result)

    def use(self, key: ClientKey, session: ClientSession | None = None) -> None:
        """Speak under a key, in a new session or an old one."""
        self.key = key
        session_id = int.from_bytes(os.urandom(8), "little", signed=True)
        self.session = session or ClientSession(session_id, salt=key.server_salt, clock=time.time)

    def take_over(self, client: RawClient) -> None:
        """Go on with the key and session of a client of another transport."""
        assert client.key is not None
        self.use(client.key, client.session)

    def pack(self) -> bytes:
        """What the session holds, as one request's body."""
        assert self.session is not None
        packet = self.session.next_packet(max_messages=1024)
        assert packet is not None
        return self.encrypt(packet)

    def encrypt(self, packet: OutgoingPlain) -> bytes:
        """A request's body."""
        assert self.key is not None
        plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
        return encrypt(self.key.auth_key, plaintext, from_server=False, random=os.urandom)

    async def flush(self, poll: tuple[int, int, int] | None = None) -> list[ClientEvent]:
        """Send what the session holds, with http_wait if ``poll`` gives its milliseconds; the response's events."""
        assert self.session is not None
        if poll is not None:
            self.session.service(wire.http_wait(*poll))
        return self.unpack(await self.post(self.pack()))

    def unpack(self, body: bytes) -> list[ClientEvent]:
        """A response's events."""
        assert self.key is not None
        assert self.session is not None
        message = decrypt(self.key.auth_key, body, from_client=False)
        assert message.session_id == self.session.session_id
        events = self.session.receive(msg_id=message.msg_id, seqno=message.seqno, body=message.body)
        self.events += events
        self.updates += [tl.decode(event.body) for event in events if isinstance(event, Update)]
        return events

    def query(self, request: TLObject) -> int:
        """Queue a query that declares the layer; its msg_id."""
        assert self.session is not None
        init = api.InitConnection(
            api_id=1,
            device_model="http",
            system_version="1",
            app_version="1",
            system_lang_code="en",
            lang_pack="",
            lang_code="en",
            query=tl.encode(request),
        )
        return self.session.request(tl.encode(api.InvokeWithLayer(layer=tl.LAYER, query=tl.encode(init))))

    async def invoke(self, request: TLObject) -> Any:
        """A method's decoded result; one request, one response."""
        msg_id = self.query(request)
        await self.flush()
        return self.result(msg_id, request)

    def result(self, msg_id: int, request: TLObject) -> Any:
        """The decoded result of a query that was answered."""
        [answer] = [event for event in self.events if isinstance(event, RpcResult) and event.req_msg_id == msg_id]
        assert answer.error is None
        return decode_result(answer.body, type(request))

    def has(self, matches: Callable[[ClientEvent], bool]) -> bool:
        """Whether an event came."""
        return any(matches(event) for event in self.events)


@asynccontextmanager
async def over_http(server: Server, path: str = "/api", **options: Any) -> AsyncIterator[HttpClient]:
    """A client with a key of its own."""
    async with HttpClient(server, path, **options) as client:
        await client.make_key()
        yield client


@asynccontextmanager
async def http_member(server: Server, first_name: str = "Http") -> AsyncIterator[tuple[HttpClient, str]]:
    """A client that is signed in, under a session of its own, and its phone number."""
    phone = new_phone()
    async with raw(server) as signing_in:
        await signing_in.make_key()
        await signing_in.sign_up(phone, first_name)
        assert signing_in.key is not None
        key = signing_in.key
    async with HttpClient(server) as client:
        client.use(key)
        yield client, phone
