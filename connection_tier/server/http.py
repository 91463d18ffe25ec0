"""The node's HTTP server: WebSocket and HTTP transports, health.

https://core.telegram.org/mtproto/transports#websocket: a byte stream in binary messages with obfuscation inside;
the server sends one transport packet per message, as the web clients expect.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import Final

from aiohttp import WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

from connection_tier.server.admin import AdminEndpoints
from connection_tier.server.connection import Connection
from connection_tier.server.http_transport import HttpEndpoints, cors_headers
from connection_tier.server.node import Node
from connection_tier.server.tcp import ClientTransport
from connection_tier.transport import MAX_PACKET_BYTES, HttpDetected
from layers.telemetry import get_logger

NODE: Final = web.AppKey("node", Node)

_PATHS: Final = ("/apiws", "/apiws_test", "/apiws_premium", "/apiws_test_premium")
_MESSAGE_BYTES: Final = MAX_PACKET_BYTES + 1024
_QUEUE_HIGH_BYTES: Final = 256 * 1024
_SEND_DEADLINE_S: Final = 60

logger = get_logger("http")


class HttpLog(logging.Logger):
    """aiohttp's log in ours. What a client got wrong is left out: it would put the client's bytes into the log."""

    def __init__(self) -> None:
        super().__init__("aiohttp.server", logging.WARNING)

    def handle(self, record: logging.LogRecord) -> None:
        """Write a record, unless it tells of a malformed request."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, HttpProcessingError):
            logger.error("HTTP failed", exc_info=record.exc_info, reason=record.getMessage())


class WebSocketWire:
    """The `Wire` of a WebSocket: packets wait in a queue for the one task that sends them."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._packets: deque[bytes] = deque()
        self._queued = 0
        self._wake = asyncio.Event()
        self._readable = asyncio.Event()
        self._readable.set()
        self._closing = False
        self.connection: Connection | None = None

    def write(self, data: bytes) -> None:
        """Queue one packet, which becomes one message."""
        self._packets.append(data)
        self._queued += len(data)
        if self._queued > _QUEUE_HIGH_BYTES and self.connection is not None:
            self.connection.set_writable(False)
        self._wake.set()

    def close(self) -> None:
        """Close once the queue is sent."""
        self._closing = True
        self._readable.set()
        self._wake.set()

    def pause_reading(self) -> None:
        """Let the client wait."""
        self._readable.clear()

    def resume_reading(self) -> None:
        """Read again."""
        self._readable.set()

    async def wait_readable(self) -> None:
        """Return when the next message may be read."""
        await self._readable.wait()

    async def send_queued(self) -> None:
        """Send packets until the wire closes."""
        while not (self._closing and not self._packets):
            await self._wake.wait()
            self._wake.clear()
            while self._packets:
                data = self._packets.popleft()
                async with asyncio.timeout(_SEND_DEADLINE_S):
                    await self._socket.send_bytes(data)
                before = self._queued
                self._queued -= len(data)
                if before > _QUEUE_HIGH_BYTES >= self._queued and self.connection is not None:
                    self.connection.set_writable(True)
        await self._socket.close()


async def websocket(request: web.Request) -> web.StreamResponse:
    """One WebSocket client."""
    node = request.app[NODE]
    cors_headers(request, node.services.settings.allowed_origins)
    if node.is_draining:
        raise web.HTTPServiceUnavailable
    ip = request.remote or ""
    socket = web.WebSocketResponse(protocols=("binary",), max_msg_size=_MESSAGE_BYTES, compress=False)
    await socket.prepare(request)
    wire = WebSocketWire(socket)
    connection = wire.connection = Connection(node, wire, ip, is_websocket=True)
    node.add(connection)
    sender = asyncio.create_task(wire.send_queued())
    try:
        while True:
            await wire.wait_readable()
            message = await socket.receive()
            if message.type is not WSMsgType.BINARY:
                break
            try:
                connection.receive_data(message.data)
            except HttpDetected:
                break
    finally:
        wire.close()
        node.remove(connection)
        await asyncio.wait({sender}, timeout=5)
        if not sender.done():
            sender.cancel()
        await asyncio.gather(sender, return_exceptions=True)
    return socket


async def healthz(_request: web.Request) -> web.Response:
    """The process lives."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """The node takes clients: not draining, its functions can run and its database answers.

    Without the cache it serves on, with less comfort, as every other node would: it stays ready and says so.
    """
    node = request.app[NODE]
    if node.is_draining:
        return web.json_response({"status": "draining"}, status=503)
    if not node.runner.is_ready:
        return web.json_response({"status": "unready", "reason": "no worker"}, status=503)
    try:
        async with asyncio.timeout(5):
            await node.in_thread(node.services.database.check)
    except Exception as error:  # any failure means: not ready
        return web.json_response({"status": "unready", "reason": type(error).__name__}, status=503)
    lacking = await node.lacking()
    state = {"status": "ready", "connections": len(node.connections)}
    return web.json_response({**state, "lacking": lacking} if lacking else state)


@web.middleware
async def _note_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever has sent the header of a request is no longer cut off for sending none."""
    transport: object = request.transport
    if isinstance(transport, ClientTransport):
        transport.on_request()
    return await handler(request)


async def _end_with_length(_request: web.Request, response: web.StreamResponse) -> None:
    """Telethon takes what follows Content-Length for the body, so it must be the last header."""
    length = response.headers.popall("Content-Length", [])
    if length:
        response.headers["Content-Length"] = length[0]


def make_app(node: Node) -> web.Application:
    """The node's HTTP application."""
    app = web.Application(client_max_size=MAX_PACKET_BYTES + 1024, middlewares=[_note_request])
    app[NODE] = node
    app.on_response_prepare.append(_end_with_length)
    HttpEndpoints(node).add_routes(app.router)
    for path in _PATHS:
        app.router.add_get(path, websocket)
    AdminEndpoints(node).add_routes(app.router)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app
