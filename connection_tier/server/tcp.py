"""A socket with MTProto over TCP or HTTP, perhaps behind a load balancer.

https://core.telegram.org/mtproto/transports#tcp. A client that speaks HTTP on the TCP port is handed to the HTTP
server, so that every transport works on every port (checklist 1).
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from typing import Any, Final, cast

from connection_tier.server.connection import Connection
from connection_tier.server.node import Node
from connection_tier.server.proxy_protocol import ProxyHeaderReader, ProxyProtocolError
from connection_tier.transport import FakeTls, HttpDetected, TransportError
from layers.telemetry import get_logger

HttpFactory = Callable[[], asyncio.Protocol]

_WRITE_BUFFER_BYTES: Final = 256 * 1024
_PROXY_HEADER_DEADLINE_S: Final = 10
_HTTP_REQUEST_DEADLINE_S: Final = 60
"""From the connection to the end of the first request's header: as long as an MTProto client may stay a stranger."""

logger = get_logger("tcp")


class SocketProtocol(asyncio.Protocol):
    """A socket and, unless its client speaks HTTP, the `Wire` under its `Connection`.

    Args:
        http: makes a protocol of the HTTP server.
        is_http: whether nothing but HTTP is expected here.
    """

    __slots__ = (
        "_connection",
        "_deadline",
        "_fake_tls",
        "_http",
        "_http_factory",
        "_ip",
        "_is_http",
        "_node",
        "_proxy",
        "_transport",
    )

    def __init__(self, node: Node, http: HttpFactory, *, is_http: bool = False) -> None:
        self._node = node
        self._http_factory = http
        self._is_http = is_http
        self._transport: asyncio.Transport | None = None
        self._proxy: ProxyHeaderReader | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._ip: str | None = None
        self._connection: Connection | None = None
        self._fake_tls: FakeTls | None = None
        self._http: asyncio.Protocol | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # What create_server makes, though uvloop's is no subclass.
        self._transport = transport = cast("asyncio.Transport", transport)
        transport.set_write_buffer_limits(high=_WRITE_BUFFER_BYTES)
        sock = transport.get_extra_info("socket")
        if sock is not None and sock.family in {socket.AF_INET, socket.AF_INET6}:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._node.services.settings.proxy_protocol == "required":
            self._proxy = ProxyHeaderReader()
            self._deadline = asyncio.get_running_loop().call_later(_PROXY_HEADER_DEADLINE_S, transport.abort)
        else:
            self._open(_peer_ip(transport))

    def _open(self, ip: str) -> None:
        """Serve the client at this address, if it fits."""
        transport = self._transport
        if transport is None:
            return
        if (self._node.is_draining and not self._is_http) or not self._node.admit(ip):
            # No framing is known yet, so the -429 cannot be spelled: closing says it.
            transport.abort()
            return
        self._ip = ip
        if self._is_http:
            # The HTTP server hears of a client when it says something: connections that do not cost little.
            self._limit_stranger(transport)
        else:
            if self._node.has_fake_tls:
                self._fake_tls = FakeTls(self._node.proxy_secrets, self._node.seen_hellos, os.urandom)
            self._connection = Connection(self._node, self, ip)
            self._node.add(self._connection)

    def data_received(self, data: bytes) -> None:
        if self._connection is not None:
            if self._fake_tls is not None:
                data = self._unwrapped(self._fake_tls, data)
            if not data:
                return
            try:
                self._connection.receive_data(data)
            except HttpDetected as detected:
                self._node.remove(self._connection)
                self._connection = None
                self._open_http(detected.data)
        elif self._http is not None:
            self._http.data_received(data)
        elif self._proxy is not None:
            self._read_proxy_header(self._proxy, data)
        elif self._is_http:
            self._open_http(data)

    def _unwrapped(self, fake_tls: FakeTls, data: bytes) -> bytes:
        """The transport's bytes among the client's; none of a client that is turned away."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return b""
        try:
            data = fake_tls.receive_data(data)
        except TransportError as error:
            logger.debug("fake TLS broken", reason=str(error), ip=self._ip)
            transport.close()
            return b""
        if hello := fake_tls.data_to_send():
            transport.write(hello)
        return data

    def _read_proxy_header(self, reader: ProxyHeaderReader, data: bytes) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        try:
            header = reader.receive_data(data)
        except ProxyProtocolError as error:
            logger.warning("no PROXY header where one is required", peer=_peer_ip(transport), reason=str(error))
            transport.abort()
            return
        if header is None:
            return
        self._proxy = None
        self._cancel_deadline()
        self._open(header.source or _peer_ip(transport))
        if header.rest:
            self.data_received(header.rest)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _open_http(self, data: bytes) -> None:
        transport = self._transport
        if transport is None:
            return
        self._http = self._http_factory()
        shown = ClientTransport(transport, self._ip or "", self._cancel_deadline)
        self._http.connection_made(cast("asyncio.Transport", shown))
        if self._deadline is None:
            self._limit_stranger(transport)
        self._http.data_received(data)

    def _limit_stranger(self, transport: asyncio.Transport) -> None:
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(_HTTP_REQUEST_DEADLINE_S, transport.abort)

    def eof_received(self) -> bool | None:
        return None if self._http is None else self._http.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_deadline()
        if self._connection is not None:
            self._node.remove(self._connection)
            self._connection = None
        if self._http is not None:
            self._http.connection_lost(exc)
            self._http = None
        if self._ip is not None:
            self._node.release(self._ip)
            self._ip = None
        self._transport = None

    def pause_writing(self) -> None:
        if self._connection is not None:
            self._connection.set_writable(False)
        elif self._http is not None:
            self._http.pause_writing()

    def resume_writing(self) -> None:
        if self._connection is not None:
            self._connection.set_writable(True)
        elif self._http is not None:
            self._http.resume_writing()

    # Wire

    def write(self, data: bytes) -> None:
        """Queue bytes for the socket."""
        if self._transport is not None:
            self._transport.write(data if self._fake_tls is None else self._fake_tls.wrap(data))

    def close(self) -> None:
        """Flush and close."""
        if self._transport is not None:
            self._transport.close()

    def pause_reading(self) -> None:
        """Let the client wait."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()


class ClientTransport:
    """The socket's transport as the HTTP server sees it: its peer is the client, not the load balancer.

    ``on_request`` is to be called when a request has come: the client has sent a whole header.
    """

    def __init__(self, transport: asyncio.Transport, ip: str, on_request: Callable[[], None]) -> None:
        self._transport = transport
        self._ip = ip
        self.on_request = on_request

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """As the transport says, but for the address of the client."""
        return (self._ip, 0) if name == "peername" else self._transport.get_extra_info(name, default)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _peer_ip(transport: asyncio.Transport) -> str:
    """The other end's address, an IPv4 one as such also on a socket that takes both."""
    peer = transport.get_extra_info("peername")
    ip: str = peer[0] if isinstance(peer, tuple) else ""
    return ip.removeprefix("::ffff:")
