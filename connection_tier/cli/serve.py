"""`cirrusgram serve`: one node with the local runner."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import Any, Final

import uvloop

from connection_tier.crypto.rsa import RsaKey
from connection_tier.server.app import load_rsa_key, serve_until_stopped
from connection_tier.server.node import Node
from layers.bootstrap import close_services, open_services
from layers.config import Settings, load_settings

_SWITCH_INTERVAL_S: Final = 0.001


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("serve", parents=[common], help="run the server")
    parser.add_argument("--tcp", metavar="HOST:PORT[,…]", help="MTProto by every transport (default: 127.0.0.1:4430)")
    parser.add_argument("--http", metavar="HOST:PORT[,…]", help="WebSocket, HTTP and health (default: 127.0.0.1:4431)")
    parser.add_argument("--https", metavar="HOST:PORT", help="the same over TLS; needs CIRRUSGRAM_TLS_CERT and _KEY")
    parser.add_argument("--workers", type=int, metavar="N", help="worker processes (default: threads of the node)")
    parser.add_argument("--routes", metavar="TABLE", help="where methods run, as in 'upload.*=local,*=lambda'")
    parser.add_argument("--login-code", metavar="log|fixed:NNNNN", help="how login codes reach people (default: log)")
    parser.add_argument("--advertise", metavar="HOST", help="the address clients are told (default: the listening one)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    settings = load_settings(
        data=options.data,
        tcp=options.tcp,
        http=options.http,
        https=options.https,
        workers=options.workers,
        routes=options.routes,
        login_code=options.login_code,
        advertise=options.advertise,
    )
    services = open_services(settings)
    rsa_key = load_rsa_key(settings)
    try:
        # The loop should not wait five milliseconds behind a function that computes.
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve_until_stopped(services, rsa_key, lambda node: _announce(settings, node, rsa_key)))
    finally:
        close_services(services)
    return 0


def _announce(settings: Settings, node: Node, rsa_key: RsaKey) -> None:
    lines = [
        "",
        "Cirrusgram is running.",
        *(f"  MTProto over TCP   {_shown(address)}" for address in node.addresses["tcp"]),
        *(f"  WebSocket          ws://{_shown(address)}/apiws" for address in node.addresses["http"]),
        *(f"  with TLS           wss://{_shown(address)}/apiws" for address in node.addresses.get("https", ())),
        f"  Health             http://{_shown(node.addresses['http'][0])}/readyz",
        f"  Data               {settings.data.resolve()}",
        f"  RSA fingerprint    {rsa_key.fingerprint & 0xFFFFFFFFFFFFFFFF:016x}",
        "",
        "Point a client at it:",
        f"  cirrusgram client-config telethon --data {settings.data}",
        f"  cirrusgram codes --data {settings.data}    (login codes that wait)",
        "",
    ]
    print("\n".join(lines), file=sys.stdout, flush=True)


def _shown(address: tuple[str, int]) -> str:
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
