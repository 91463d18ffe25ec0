"""A client on real sockets made of our own client halves, for functional tests and benchmarks.

    async with RawClient(public_key, TcpStream(host, port)) as client:
        await client.make_key()
        config = await client.invoke(api.help.GetConfig())

It decodes results in the layer it declares and keeps everything the server sends: `events`, `updates`, quick acks.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

import aiohttp

import tl
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.message import decrypt, encrypt, pack_plaintext
from connection_tier.crypto.rsa import RsaPublicKey
from connection_tier.exchange import ClientExchange, ClientKey, MsgIdSource, decode_unencrypted, encode_unencrypted
from connection_tier.session.client import ClientSession
from connection_tier.session.client_events import BadMsg, BadSalt, ClientEvent, RpcResult, Update
from connection_tier.transport import ClientTransport, ErrorCode, Packet, QuickAck
from layers.errors import RpcError
from tests.results import decode_answer
from tl import TLObject, api

TIMEOUT_S = 20.0


class Stream(Protocol):
    """A byte stream to the server."""

    async def open(self) -> None: ...

    async def send(self, data: bytes) -> None: ...

    async def receive(self) -> bytes:
        """Some bytes; empty once the server has closed."""

    async def close(self) -> None: ...


class TcpStream:
    """Plain TCP."""

    def __init__(self, host: str, port: int) -> None:
        self._address = host, port
        self._reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect."""
        self._reader, self.writer = await asyncio.open_connection(*self._address)

    async def send(self, data: bytes) -> None:
        """Write and wait for room."""
        assert self.writer is not None
        self.writer.write(data)
        await self.writer.drain()

    async def receive(self) -> bytes:
        """Up to 256 KiB."""
        assert self._reader is not None
        try:
            return await self._reader.read(1 << 18)
        except ConnectionError:
            return b""

    async def close(self) -> None:
        """Close."""
        if self.writer is not None:
            self.writer.close()
            with contextlib.suppress(ConnectionError):
                await self.writer.wait_closed()


class WebSocketStream:
    """A WebSocket; `messages` counts what arrived, to check that each holds one packet."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self.messages = 0

    async def open(self) -> None:
        """Connect with the subprotocol that clients ask for."""
        self._http = aiohttp.ClientSession()
        self._socket = await self._http.ws_connect(self._url, protocols=("binary",), max_msg_size=0)

    @property
    def protocol(self) -> str | None:
        """The subprotocol the server echoed."""
        assert self._socket is not None
        return self._socket.protocol

    async def send(self, data: bytes) -> None:
        """One message."""
        assert self._socket is not None
        await self._socket.send_bytes(data)

    async def receive(self) -> bytes:
        """The next message's bytes."""
        assert self._socket is not None
        message = await self._socket.receive()
        if message.type is not aiohttp.WSMsgType.BINARY:
            return b""
        self.messages += 1
        return bytes(message.data)

    async def close(self) -> None:
        """Close."""
        if self._socket is not None:
            await self._socket.close()
        if self._http is not None:
            await self._http.close()


class TransportFailed(Exception):
    """The server sent a transport error; ``code`` is None when it only closed."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"transport error {code}" if code else "connection closed")
        self.code = code


class RawClient:
    """One connection with at most one key and session.

    Args:
        public_key: the server's.
        stream: where it listens.
        kind: the transport, as `ClientTransport` names it.
        layer: what initConnection declares.
        key, session: to come back with.
    """

    def __init__(
        self,
        public_key: RsaPublicKey,
        stream: Stream,
        *,
        kind: str = "abridged",
        obfuscated: bool = True,
        layer: int = tl.LAYER,
        key: ClientKey | None = None,
        session: ClientSession | None = None,
    ) -> None:
        self._public_key = public_key
        self.stream = stream
        self._transport = ClientTransport(kind, obfuscated=obfuscated, random=os.urandom)
        self.layer = layer
        self.key = key
        self.session = session
        self.updates: list[Any] = []
        self.events: list[ClientEvent] = []
        self.quick_acks: list[bytes] = []
        self.error_code: int | None = None
        self.is_closed = False
        self.packets_received = 0
        self._waiting: dict[int, asyncio.Future[RpcResult]] = {}
        self._changed = asyncio.Condition()
        self._packets: asyncio.Queue[Packet | None] = asyncio.Queue()
        self._reading: asyncio.Task[None] | None = None
        self._is_declared = False
        self._must_resend = False

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def connect(self) -> None:
        """Open the stream and start reading."""
        await self.stream.open()
        await self.stream.send(self._transport.connect_bytes())
        self._reading = asyncio.create_task(self._read())

    async def close(self) -> None:
        """Close the stream."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        await self.stream.close()

    # Keys

    async def make_key(self, *, expires_in: int | None = None, legacy_padding: bool = False) -> ClientKey:
        """Run a key exchange; with ``expires_in`` for a temporary key. The key is used from then on."""
        exchange = ClientExchange(
            [self._public_key], os.urandom, time.time, expires_in=expires_in, legacy_padding=legacy_padding
        )
        msg_ids = MsgIdSource(time.time)
        query: bytes | None = exchange.start()
        while query is not None:
            # A client's msg_id is divisible by four, unlike the server's.
            await self.send_payload(encode_unencrypted(msg_ids.next() - 1, query))
            answer = decode_unencrypted(await self.next_payload()).body
            query = await asyncio.to_thread(exchange.receive, answer)
        assert exchange.result is not None
        self.use_key(exchange.result)
        return exchange.result

    def use_key(self, key: ClientKey) -> None:
        """Speak under a key in a new session."""
        self.key = key
        session_id = int.from_bytes(os.urandom(8), "little", signed=True)
        self.session = ClientSession(session_id, salt=key.server_salt, clock=time.time)
        self._is_declared = False

    @property
    def auth_key(self) -> AuthKey:
        """The key in use."""
        assert self.key is not None
        return self.key.auth_key

    # Payloads

    async def send_payload(self, payload: bytes, *, quick_ack: bool = False) -> None:
        """One transport packet."""
        await self.stream.send(self._transport.encode(payload, quick_ack=quick_ack))

    async def next_payload(self) -> bytes:
        """The next packet that is not an encrypted message of our key."""
        async with asyncio.timeout(TIMEOUT_S):
            packet = await self._packets.get()
        if packet is None:
            raise TransportFailed(self.error_code)
        return packet.payload

    async def _read(self) -> None:
        while data := await self.stream.receive():
            for event in self._transport.receive_data(data):
                if isinstance(event, QuickAck):
                    self.quick_acks.append(event.token)
                elif isinstance(event, ErrorCode):
                    self.error_code = event.code
                else:
                    self.packets_received += 1
                    self._on_packet(event)
            if self._must_resend:
                self._must_resend = False
                await self.flush()
            await self._notify()
        self.is_closed = True
        self._packets.put_nowait(None)
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(TransportFailed(self.error_code))
        await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _on_packet(self, packet: Packet) -> None:
        if self.key is None or packet.payload[:8] != self.auth_key.id_bytes or self.session is None:
            self._packets.put_nowait(packet)
            return
        message = decrypt(self.auth_key, packet.payload, from_client=False)
        assert message.session_id == self.session.session_id
        for event in self.session.receive(msg_id=message.msg_id, seqno=message.seqno, body=message.body):
            self.events.append(event)
            if isinstance(event, Update):
                self.updates.append(tl.decode(event.body))
            elif isinstance(event, RpcResult):
                future = self._waiting.pop(event.req_msg_id, None)
                if future is not None and not future.done():
                    future.set_result(event)
            elif isinstance(event, (BadMsg, BadSalt)):
                self._must_resend = True
                if isinstance(event, BadMsg):
                    self._resend(event)

    def _resend(self, event: BadMsg) -> None:
        assert self.session is not None
        if event.error_code in {16, 17} and event.bad_msg_id in self._waiting:
            future = self._waiting.pop(event.bad_msg_id)
            self._waiting[self.session.resend_as_new(event.bad_msg_id)] = future

    async def wait_for(self, condition: Any) -> None:
        """Return once ``condition()`` is true; it is looked at whenever something arrives."""
        async with asyncio.timeout(TIMEOUT_S), self._changed:
            await self._changed.wait_for(condition)

    async def wait_closed(self) -> None:
        """Return once the server has closed the connection."""
        await self.wait_for(lambda: self.is_closed)

    # Messages

    async def flush(self, *, quick_ack: bool = False) -> None:
        """Send what the session holds: queries, acknowledgements."""
        assert self.session is not None
        while (packet := self.session.next_packet()) is not None:
            plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
            payload = encrypt(self.auth_key, plaintext, from_server=False, random=os.urandom)
            await self.send_payload(payload, quick_ack=quick_ack)

    def put(self, request: TLObject | bytes) -> tuple[int, asyncio.Future[RpcResult]]:
        """Queue a query; its msg_id and the future of its answer. `flush` sends it."""
        assert self.session is not None
        body = request if isinstance(request, bytes) else tl.encode(request, self.layer)
        if not self._is_declared:
            self._is_declared = True
            body = tl.encode(api.InvokeWithLayer(layer=self.layer, query=tl.encode(_init(body))))
        msg_id = self.session.request(body)
        future = self._waiting[msg_id] = asyncio.get_running_loop().create_future()
        return msg_id, future

    def put_again(self, msg_id: int) -> asyncio.Future[RpcResult]:
        """Queue an unanswered query of the session as it was, as clients do on a new connection."""
        assert self.session is not None
        self.session.resend(msg_id)
        future = self._waiting[msg_id] = asyncio.get_running_loop().create_future()
        return future

    async def invoke_raw(self, request: TLObject | bytes) -> RpcResult:
        """A query's answer as it came."""
        _, future = self.put(request)
        await self.flush()
        async with asyncio.timeout(TIMEOUT_S):
            return await future

    async def invoke(self, request: TLObject) -> Any:
        """A method's decoded result, or `RpcError`."""
        return self._decoded(await self.invoke_raw(request), request)

    async def invoke_all(self, requests: Sequence[TLObject]) -> list[Any]:
        """Many queries in containers; results in order, `RpcError` instances among them."""
        futures = [self.put(request)[1] for request in requests]
        await self.flush()
        async with asyncio.timeout(TIMEOUT_S):
            answers = await asyncio.gather(*futures)
        results: list[Any] = []
        for request, answer in zip(requests, answers, strict=True):
            try:
                results.append(self._decoded(answer, request))
            except RpcError as error:
                results.append(error)
        return results

    def _decoded(self, answer: RpcResult, request: TLObject) -> Any:
        if answer.error is not None:
            raise RpcError(*answer.error)
        return decode_answer(answer.body, request, self.layer)

    # Accounts

    async def sign_up(self, phone: str, first_name: str, *, code: str = "12345") -> api.User:
        """A signed-in account, new or known."""
        sent = await self.invoke(
            api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x" * 32, settings=api.CodeSettings())
        )
        answer = await self.invoke(
            api.auth.SignIn(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=code)
        )
        if isinstance(answer, api.auth.AuthorizationSignUpRequired):
            answer = await self.invoke(
                api.auth.SignUp(
                    phone_number=phone,
                    phone_code_hash=sent.phone_code_hash,
                    first_name=first_name,
                    last_name="",
                )
            )
        return answer.user  # type: ignore[no-any-return]

    async def input_peer(self, phone: str) -> api.InputPeerUser:
        """How this account names the owner of a phone number."""
        contact = api.InputPhoneContact(client_id=0, phone=phone, first_name=phone, last_name="")
        found = await self.invoke(api.contacts.ImportContacts(contacts=[contact]))
        user = found.users[0]
        return api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)


def _init(query: bytes) -> api.InitConnection:
    return api.InitConnection(
        api_id=1,
        device_model="raw",
        system_version="1",
        app_version="1",
        system_lang_code="en",
        lang_pack="",
        lang_code="en",
        query=query,
    )


@contextlib.asynccontextmanager
async def signed_in(
    public_key: RsaPublicKey, stream: Stream, phone: str, first_name: str, **options: Any
) -> AsyncIterator[RawClient]:
    """A connected client with a new key, signed in."""
    async with RawClient(public_key, stream, **options) as client:
        await client.make_key()
        await client.sign_up(phone, first_name)
        yield client
