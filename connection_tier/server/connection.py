"""One client connection: bytes → packets → messages → sessions, and back.

https://core.telegram.org/mtproto/mtproto-transports, https://core.telegram.org/mtproto/description. The same object
serves TCP and WebSocket; what differs is behind `Wire`. Packets are handled in order and, a few at a time, at once;
what must wait (a key that is not in memory, a step of a key exchange, a large decryption, many packets in one read)
stops the reading of this one connection meanwhile.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from connection_tier.crypto.message import DecryptedMessage, DecryptError, decrypt, encrypt, pack_plaintext
from connection_tier.exchange import (
    HandshakeFailed,
    MsgIdSource,
    ServerExchange,
    decode_unencrypted,
    encode_unencrypted,
    is_heavy,
)
from connection_tier.server.budget import MessageRate, packet_cost
from connection_tier.server.keys import KeyEntry
from connection_tier.server.sessions import SessionHandle
from connection_tier.session import (
    CloseAfter,
    DestroyAuthKey,
    DestroySession,
    Event,
    HttpWait,
    RpcCancelled,
    RpcRequest,
    TransportFlood,
    may_grow,
)
from connection_tier.transport import Packet, ServerTransport, TransportError, TransportErrorCode
from layers import measures
from layers.database import is_outage
from layers.telemetry import get_logger

if TYPE_CHECKING:
    from connection_tier.server.node import Node

_LARGE_PACKET_BYTES: Final = 64 * 1024
"""Packets above this are decrypted in a thread."""

_AT_ONCE_S: Final = 0.001
"""How long packets are handled in one go; what is left takes turns with other connections."""

_IN_FLIGHT_MAX: Final = 4096
"""Queries that a session may have accepted, running or not, before it is told -429: two full containers and more."""

_SESSIONS_MAX: Final = 16
"""Sessions one connection may speak for at a time."""

_UNENCRYPTED_MAX: Final = 64
"""Unencrypted messages one connection may send: several handshakes and their repetitions."""

_IDLE_LIFE_S: Final = 900
"""A connection without any byte for so long is dead: clients ping every minute or so."""

_STRANGER_IDLE_S: Final = 60
_STRANGER_LIFE_S: Final = 120
"""A connection that has not proven a key by then is closed."""

logger = get_logger("connection")


class Wire(Protocol):
    """The socket under a connection."""

    def write(self, data: bytes) -> None:
        """Queue bytes: one transport packet a call."""

    def close(self) -> None:
        """Flush and close."""

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


class Connection:
    """The server's end of one connection. Not thread-safe: everything happens on the event loop."""

    __slots__ = (
        "_acks_timer",
        "_busy",
        "_closed",
        "_exchange",
        "_flush_scheduled",
        "_held",
        "_in_backlog",
        "_is_writable",
        "_msg_ids",
        "_node",
        "_opened_at",
        "_packets",
        "_rate",
        "_reading",
        "_sessions",
        "_transport",
        "_unencrypted",
        "_wire",
        "carrier",
        "close_at",
        "ip",
        "is_proven",
        "last_seen",
    )

    def __init__(self, node: Node, wire: Wire, ip: str, *, is_websocket: bool = False) -> None:
        self.carrier = "websocket" if is_websocket else "tcp"
        self._node = node
        self._wire = wire
        self.ip = ip
        self._transport = ServerTransport(require_obfuscation=is_websocket, secrets=node.proxy_secrets)
        self._exchange: ServerExchange | None = None
        self._msg_ids: MsgIdSource | None = None
        self._sessions: dict[tuple[int, int], SessionHandle] = {}
        self._packets: deque[Packet] = deque()
        self._busy = False
        self._in_backlog = False
        self._reading = True
        self._is_writable = True
        self._closed = False
        self._flush_scheduled = False
        self._acks_timer: asyncio.TimerHandle | None = None
        self._unencrypted = 0
        self.is_proven = False
        """A message under a known key has arrived: the connection is no stranger's."""
        self.last_seen = self._opened_at = node.services.clock()
        self._rate = MessageRate(node.services.settings.max_messages_per_s, self._opened_at)
        self._held = 0
        self.close_at: float | None = None
        """When ping_delay_disconnect asks to close, in the node's clock."""

    @property
    def transport_name(self) -> str:
        """'obfuscated+abridged' and the like; empty before detection."""
        return self._transport.name

    @property
    def sessions(self) -> list[SessionHandle]:
        """Sessions this connection serves."""
        return list(self._sessions.values())

    def is_overdue(self, now: float) -> bool:
        """Whether the connection has outlived its use: it asked to be closed, is silent, or never proved a key."""
        if self.close_at is not None and self.close_at <= now:
            return True
        if self.is_proven:
            return self.last_seen + _IDLE_LIFE_S < now
        # Trickled bytes do not keep a stranger alive.
        return self.last_seen + _STRANGER_IDLE_S < now or self._opened_at + _STRANGER_LIFE_S < now

    # Input

    def receive_data(self, data: bytes) -> None:
        """Take bytes from the socket.

        Raises:
            HttpDetected: the client speaks HTTP; nothing was consumed.
        """
        if self._closed:
            return
        self.last_seen = self._node.services.clock()
        try:
            packets = self._transport.receive_data(data)
        except TransportError as error:
            if type(error) is not TransportError:
                raise
            logger.debug("transport broken", reason=str(error), ip=self.ip)
            self.close()
            return
        if packets:
            if not self._rate.spend(len(packets), self.last_seen):
                self.fail(TransportErrorCode.TOO_MANY_REQUESTS)
                return
            self._packets.extend(packets)
        self._work()
        self._account()

    def _account(self) -> None:
        """Tell the node how much this connection makes it hold."""
        held = 0 if self._closed else self._transport.buffered_bytes
        if self._packets and not self._closed:
            held += sum(len(packet.payload) for packet in self._packets)
        if held != self._held:
            before, self._held = self._held, held
            if not self._node.inbound.change(before, held):
                logger.info("too many inbound bytes", ip=self.ip, held=held)
                self.fail(TransportErrorCode.TOO_MANY_REQUESTS)

    def _work(self) -> None:
        """Handle packets until one must wait; many of them in turns."""
        if not self._in_backlog and self.work():
            self._in_backlog = True
            self._update_reading()
            self._node.backlog.add(self)

    def work(self) -> bool:
        """Handle some packets; whether more could be handled now. Called by the backlog where several wait."""
        packets = self._packets
        until = monotonic() + _AT_ONCE_S
        while packets and not self._closed and not self._busy:
            self._handle(packets.popleft())
            if monotonic() > until:
                break
        if packets and not self._closed and not self._busy:
            return True
        if self._transport.failed and not self._busy:
            self.close()
        if self._in_backlog:
            self._in_backlog = False
            self._account()
            self._update_reading()
        return False

    def _handle(self, packet: Packet) -> None:
        payload = packet.payload
        auth_key_id = int.from_bytes(payload[:8], "little", signed=True)
        if auth_key_id == 0:
            self._handle_unencrypted(payload)
            return
        key = self._node.keys.at_hand(auth_key_id)
        if key is None:
            self._wait_for(self._load_key(auth_key_id, packet))
        elif len(payload) > _LARGE_PACKET_BYTES:
            self._wait_for(self._decrypt_large(key, packet))
        else:
            try:
                message = decrypt(key.auth_key, payload, from_client=True)
            except DecryptError:
                self._refuse_undecryptable()
                return
            if may_grow(message.body):
                self._wait_for(self._unpack(key, message, packet))
            else:
                self._receive(key, message, packet)

    def _wait_for(self, step: object) -> None:
        """Stop reading until a step is done; packets behind it stay in order."""
        self._busy = True
        self._update_reading()
        self._node.spawn(self._complete(step))

    async def _complete(self, step: object) -> None:
        try:
            await step  # type: ignore[misc]  # a coroutine of this class
        except Exception:
            logger.exception("connection failed", ip=self.ip)
            self.close()
        finally:
            self._busy = False
            self._work()
            self._account()
            self._update_reading()

    async def _load_key(self, auth_key_id: int, packet: Packet) -> None:
        now = self._node.services.clock()
        if self._node.guesses.is_over(self.ip, now):
            self.fail(TransportErrorCode.TOO_MANY_REQUESTS)
            return
        try:
            key = await self._node.keys.get(auth_key_id)
        except Exception as error:
            if not is_outage(error):
                raise
            # The store cannot tell: -404 would make the client throw a good key away.
            logger.warning("key store does not answer")
            self.close()
            return
        if key is None:
            self._node.guesses.count(self.ip, now)
            self.fail(TransportErrorCode.AUTH_KEY_NOT_FOUND)
            return
        await self._decrypt_large(key, packet)

    async def _decrypt_large(self, key: KeyEntry, packet: Packet) -> None:
        try:
            message = await self._node.in_thread(decrypt, key.auth_key, packet.payload, from_client=True)
        except DecryptError:
            self._refuse_undecryptable()
            return
        await self._unpack(key, message, packet)

    async def _unpack(self, key: KeyEntry, message: DecryptedMessage, packet: Packet) -> None:
        """Receive a message that may be packed: a thread inflates it."""
        inflated = 0
        if may_grow(message.body):
            message, inflated = await self._node.unpacked(message)
        if not self._closed:
            self._receive(key, message, packet, inflated)

    def _refuse_undecryptable(self) -> None:
        measures.UNDECRYPTABLE.inc()
        self.close()

    def _receive(self, key: KeyEntry, message: DecryptedMessage, packet: Packet, inflated: int = 0) -> None:
        self.is_proven = True
        if self._exchange is not None and self._exchange.is_idle:
            self._exchange = self._msg_ids = None  # its key works, so no step of it will be repeated
        handle = self._session(key, message.session_id)
        if handle.session.in_flight >= _IN_FLIGHT_MAX:
            self.fail(TransportErrorCode.TOO_MANY_REQUESTS)
            return
        inflated_before = handle.session.inflated_bytes
        events = handle.session.receive(
            salt=message.salt, msg_id=message.msg_id, seqno=message.seqno, body=message.body
        )
        if handle.session.refused:
            handle.count_refused()
        if packet.quick_ack and message.msg_id in handle.session.received:
            token = self._transport.encode_quick_ack(message.ack_token)
            if token:
                self._wire.write(token)
        for event in events:
            self._on_event(handle, event)
        cost = packet_cost(len(events), inflated + handle.session.inflated_bytes - inflated_before)
        if cost and not self._rate.spend(cost, self.last_seen):
            # What was accepted is answered on the client's next connection.
            self.fail(TransportErrorCode.TOO_MANY_REQUESTS)
            return
        if handle.session.is_congested:
            self._update_reading()
        self.schedule_flush(handle)

    def _session(self, key: KeyEntry, session_id: int) -> SessionHandle:
        identity = key.auth_key.id, session_id
        handle = self._sessions.get(identity)
        if handle is None:
            handle = self._node.session_for(key, session_id, self)
            if len(self._sessions) >= _SESSIONS_MAX:
                self.lose(next(iter(self._sessions.values())))
            self._sessions[identity] = handle
        return handle

    def _on_event(self, handle: SessionHandle, event: Event) -> None:
        match event:
            case RpcRequest():
                self._node.dispatcher.submit(handle, event.msg_id, event.body, self.ip)
            case CloseAfter():
                self.close_at = self._node.services.clock() + event.seconds
            case DestroySession():
                self._node.destroy_session(handle, event)
            case DestroyAuthKey():
                self._wait_for(self._destroy_auth_key(handle, event))
            case TransportFlood():
                self.fail(TransportErrorCode.TOO_MANY_REQUESTS)
            case RpcCancelled():
                self._node.dispatcher.cancel(handle, event.msg_id)
            case HttpWait():
                pass  # legal over HTTP only: on a stream it means nothing

    async def _destroy_auth_key(self, handle: SessionHandle, event: DestroyAuthKey) -> None:
        is_gone = await self._node.destroy_auth_key(handle, event)
        self.flush()
        if is_gone:
            self._node.drop_key(handle.session.auth_key_id)

    # Key exchange

    def _handle_unencrypted(self, payload: bytes) -> None:
        self._unencrypted += 1
        if self._unencrypted > _UNENCRYPTED_MAX:
            self.fail(TransportErrorCode.TOO_MANY_REQUESTS)
            return
        try:
            body = decode_unencrypted(payload).body
        except HandshakeFailed as error:
            self.fail(error.code)
            return
        if self._exchange is None:
            self._exchange = self._node.handshakes.new_exchange()
            self._msg_ids = MsgIdSource(self._node.services.clock)
        if is_heavy(body):
            self._wait_for(self._exchange_in_thread(self._exchange, body))
        else:
            self._exchange_now(self._exchange, body)

    def _exchange_now(self, exchange: ServerExchange, body: bytes) -> None:
        try:
            answer = exchange.receive(body).answer
        except HandshakeFailed as error:
            self.fail(error.code)
            return
        if answer is not None:
            self._send_unencrypted(answer)

    async def _exchange_in_thread(self, exchange: ServerExchange, body: bytes) -> None:
        try:
            answer = await self._node.handshakes.step(exchange, body, self.ip)
        except HandshakeFailed as error:
            logger.debug("handshake failed", reason=str(error), ip=self.ip)
            self.fail(error.code)
            return
        if answer is not None and not self._closed:
            self._send_unencrypted(answer)

    def _send_unencrypted(self, body: bytes) -> None:
        if self._msg_ids is not None:
            self._wire.write(self._transport.encode(encode_unencrypted(self._msg_ids.next(), body)))

    # Output

    def schedule_flush(self, handle: SessionHandle) -> None:
        """Send what the session holds at the end of this turn of the loop: answers of one turn share a container."""
        if not self._flush_scheduled and handle.session.has_output:
            self._flush_scheduled = True
            asyncio.get_running_loop().call_soon(self.flush)
        elif self._acks_timer is None and handle.session.next_deadline is not None:
            self._arm_acks(handle.session.next_deadline)

    def answered(self, handle: SessionHandle) -> None:
        """A query of the session was answered."""
        self.schedule_flush(handle)
        if not self._reading:
            self._update_reading()

    def flush(self) -> None:
        """Encrypt and write what the sessions hold, as far as the socket takes it."""
        self._flush_scheduled = False
        for handle in self._sessions.values():
            session = handle.session
            while self._is_writable and not self._closed and session.has_output:
                packet = session.next_packet()
                if packet is None:
                    break
                plaintext = pack_plaintext(packet.salt, packet.session_id, packet.msg_id, packet.seqno, packet.body)
                data = encrypt(handle.key.auth_key, plaintext, from_server=True, random=os.urandom)
                self._wire.write(self._transport.encode(data))
            if handle.pushed and not session.outgoing:
                handle.has_left()
            if session.is_overflowed:
                logger.info("client reads too slowly", ip=self.ip)
                self.close()
                return
            if self._acks_timer is None and session.next_deadline is not None:
                self._arm_acks(session.next_deadline)
            if handle.waiting:
                self._node.dispatcher.begin_waiting(handle)
        if not self._reading:
            self._update_reading()

    def _arm_acks(self, deadline: float) -> None:
        delay = max(0.0, deadline - self._node.services.clock())
        self._acks_timer = asyncio.get_running_loop().call_later(delay, self._acks_due)

    def _acks_due(self) -> None:
        self._acks_timer = None
        if not self._closed:
            self.flush()

    def set_writable(self, is_writable: bool) -> None:
        """The socket's buffer is full (False) or has room again (True)."""
        self._is_writable = is_writable
        if is_writable and not self._closed:
            self.flush()

    def _update_reading(self) -> None:
        """Read while nothing that came is waiting and no session has too many queries or unsent answers."""
        wanted = not (self._busy or self._in_backlog) and not any(
            handle.session.is_congested for handle in self._sessions.values()
        )
        if wanted != self._reading and not self._closed:
            self._reading = wanted
            if wanted:
                self._wire.resume_reading()
            else:
                self._wire.pause_reading()

    # End

    def fail(self, code: int) -> None:
        """Send a transport error and close."""
        if not self._closed:
            data = self._transport.encode_error(code)
            if data:
                self._wire.write(data)
            measures.TRANSPORT_ERRORS.inc(str(int(code)))
            self.close()

    def close(self) -> None:
        """Close the socket; `closed` follows when it is."""
        if not self._closed:
            self._closed = True
            self._wire.close()

    def closed(self) -> None:
        """The socket is gone: sessions wait for their client to come back."""
        self._closed = True
        self._packets.clear()
        self._account()
        if self._acks_timer is not None:
            self._acks_timer.cancel()
        for handle in self.sessions:
            self.lose(handle)

    def lose(self, handle: SessionHandle) -> None:
        """The session leaves this connection: for another one, or because this one is gone."""
        self._sessions.pop((handle.session.auth_key_id, handle.session.session_id), None)
        if handle.connection is self:
            handle.connection = None
            handle.pushed.clear()  # they wait for the client, not for us
            handle.detached_at = self._node.services.clock()
            handle.session.detach()
