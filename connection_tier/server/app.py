"""A node with its services, opened from settings and run until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import os
import random
import signal
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Final, TypeVar, cast

from aiohttp import web

from connection_tier.crypto.rsa import KeyFileError, RsaKey
from connection_tier.runner import LocalRunner, Runner
from connection_tier.runner.background import Background
from connection_tier.runner.measured import MeasuredRunner
from connection_tier.runner.routes import RoutedRunner, parse_routes
from connection_tier.runner.workers import WorkerRunner, worker_environment
from connection_tier.server.http import HttpLog, make_app
from connection_tier.server.node import Node
from connection_tier.server.running import announced
from connection_tier.server.tcp import SocketProtocol
from connection_tier.server.tls import load_tls
from connection_tier.transport import ProxySecret, parse_secret
from layers.config import Settings, parse_addresses
from layers.context import Services
from layers.errors import ConfigurationError
from layers.registry import Registry, load_registry
from layers.telemetry import get_logger

T = TypeVar("T")

_HTTP_SHUTDOWN_S: Final = 2
_HTTP_KEEPALIVE_S: Final = 75
"""Clients that keep an HTTP connection ping every minute."""

_BACKLOG: Final = 4096

logger = get_logger("node")


def load_rsa_key(settings: Settings) -> RsaKey:
    """The server's RSA key; made on first start when the data directory has none."""
    path = settings.rsa_key or settings.data / "mtproto.pem"
    try:
        if settings.rsa_key is None and not path.exists():
            key = RsaKey.generate()
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(key.to_pem())
            return key
        return RsaKey.read(path)
    except KeyFileError as error:
        raise ConfigurationError(str(error)) from error
    except OSError as error:
        raise ConfigurationError(f"RSA key {path}: {error.strerror}") from error


async def open_runner(services: Services, registry: Registry) -> Runner:
    """The runners that the settings' routes name, started, behind one.

    Raises:
        ConfigurationError: the routes cannot be read or one of the runners cannot be used.
    """
    settings = services.settings
    routes = parse_routes(settings, registry)
    runners: dict[str, Runner] = {}
    for target in {route.target for route in routes}:
        if target == "workers":
            workers = WorkerRunner(settings.workers, registry, worker_environment(settings.model_dump()))
            await workers.start()
            runners[target] = MeasuredRunner(target, workers)
        elif target == "lambda":
            from connection_tier.runner.awslambda import LambdaRunner  # botocore, only where it is used

            functions = LambdaRunner(settings, registry, random.uniform)
            await functions.start()
            runners[target] = MeasuredRunner(target, functions)
        else:
            runners[target] = MeasuredRunner(target, LocalRunner(services, registry))
    return runners[routes[0].target] if len(runners) == 1 else RoutedRunner(routes, runners)


def load_secrets(settings: Settings) -> list[ProxySecret]:
    """The MTProxy secrets of the settings.

    Raises:
        ConfigurationError: one of them is none; the text does not repeat it.
    """
    found = []
    for number, text in enumerate((settings.proxy_secrets or "").split(","), start=1):
        if text.strip():
            try:
                found.append(parse_secret(text))
            except ValueError as error:
                raise ConfigurationError(f"CIRRUSGRAM_PROXY_SECRETS, number {number}: {error}") from error
    return found


@asynccontextmanager
async def running_node(services: Services, rsa_key: RsaKey) -> AsyncIterator[Node]:
    """A node that listens on the settings' addresses; it drains when the block ends.

    Raises:
        ConfigurationError: an address is taken or cannot be bound, or a file or secret cannot be used.
    """
    settings = services.settings
    tls = (
        None if settings.tls_cert is None or settings.tls_key is None else load_tls(settings.tls_cert, settings.tls_key)
    )
    proxy_secrets = load_secrets(settings)
    registry = load_registry()
    background = Background(services, registry)
    runner = await open_runner(services, registry)
    node = Node(services, registry, runner, [rsa_key], proxy_secrets)
    await node.start()
    if settings.consumers == "local" and not settings.workers:
        background.start_consumers()
    background.start_jobs()
    web_runner = web.AppRunner(
        make_app(node),
        access_log=None,
        logger=HttpLog(),
        shutdown_timeout=_HTTP_SHUTDOWN_S,
        keepalive_timeout=_HTTP_KEEPALIVE_S,
    )
    await web_runner.setup()
    http = cast("web.Server", web_runner.server)  # made by setup()
    listening = Listening(node)
    try:
        await listening.open("http", settings.http, lambda: SocketProtocol(node, http, is_http=True))
        if settings.https is not None:
            await listening.open("https", settings.https, lambda: SocketProtocol(node, http, is_http=True), tls)
        await listening.open("tcp", settings.tcp, lambda: SocketProtocol(node, http))
        try:
            yield node
        finally:
            # Over HTTP a draining node still says that it is.
            listening.close("tcp")
    finally:
        node.is_draining = True
        await node.stop()
        listening.close()
        await web_runner.cleanup()
        await runner.close()
        await asyncio.to_thread(background.close)


class Listening:
    """The listening sockets of a node."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._servers: list[tuple[str, asyncio.Server]] = []

    async def open(
        self, name: str, addresses: str, protocol: Callable[[], asyncio.Protocol], tls: ssl.SSLContext | None = None
    ) -> None:
        """Listen on each of the addresses of a setting: 'tcp', 'http' or 'https'.

        Raises:
            ConfigurationError: one is taken or cannot be bound.
        """
        loop = asyncio.get_running_loop()
        for host, port in parse_addresses(addresses):
            shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            binding = loop.create_server(protocol, host or None, port, backlog=_BACKLOG, ssl=tls)
            server = await _bind(f"--{name}", shown, binding)
            self._servers.append((name, server))
            self._node.addresses.setdefault(name, []).append(server.sockets[0].getsockname()[:2])

    def close(self, name: str | None = None) -> None:
        """Listen no more: on the addresses of one setting, or on all."""
        for opened, server in self._servers:
            if name in {None, opened}:
                server.close()


async def _bind(flag: str, address: str, binding: Awaitable[T]) -> T:
    try:
        return await binding
    except OSError as error:
        reason = (
            "the address is taken by another process"
            if error.errno == errno.EADDRINUSE
            else (error.strerror or str(error))
        )
        raise ConfigurationError(f"{flag} {address}: {reason}; choose another HOST:PORT") from error


async def serve_until_stopped(services: Services, rsa_key: RsaKey, announce: Callable[[Node], None]) -> None:
    """Run a node until SIGTERM or SIGINT; ``announce(node)`` is called once it listens."""
    with announced(services.settings.data) if services.settings.is_single_node else nullcontext():
        await _serve_until_stopped(services, rsa_key, announce)


async def _serve_until_stopped(services: Services, rsa_key: RsaKey, announce: Callable[[Node], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running_node(services, rsa_key) as node:
        if services.settings.is_single_node:
            loop.add_signal_handler(signal.SIGHUP, node.look_again)
        announce(node)
        await stop.wait()
        logger.info("draining", connections=len(node.connections))
