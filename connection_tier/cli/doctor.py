"""`cirrusgram doctor`: is this configuration usable? One line a check, exit code 1 when one fails."""

from __future__ import annotations

import argparse
import socket
from collections.abc import Callable
from typing import Any

from connection_tier.cli.options import add_json, print_result
from connection_tier.server.app import load_rsa_key, load_secrets
from connection_tier.server.tls import load_tls
from layers.blobs import open_blobs
from layers.bootstrap import make_data_directory, open_keys
from layers.bus import open_bus
from layers.cache import open_cache
from layers.codes import open_sender
from layers.config import Settings, load_settings, parse_addresses
from layers.database import open_database
from layers.errors import ConfigurationError
from layers.geo import check_file


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("doctor", parents=[common], help="check a configuration")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check each part and say what is wrong with it."""
    settings = load_settings(data=options.data)
    checks: list[tuple[str, Callable[[], None]]] = [
        ("data directory", lambda: make_data_directory(settings.data)),
        ("master key", lambda: _discard(open_keys(settings))),
        ("RSA key", lambda: _discard(load_rsa_key(settings))),
        ("database", lambda: _check_and_close(open_database(settings.effective_database_url))),
        ("cache", lambda: _check_and_close(open_cache(settings.cache_url))),
        ("bus", lambda: _check_and_close(open_bus(settings.bus_url))),
        ("blobs", lambda: _check_and_close(open_blobs(settings.effective_blob_url))),
        ("login codes", lambda: _discard(open_sender(settings.login_code))),
        ("MaxMind file", lambda: None if settings.geo_database is None else check_file(settings.geo_database)),
        ("TCP address", lambda: _can_bind(settings.tcp)),
        ("HTTP address", lambda: _can_bind(settings.http)),
        ("HTTPS address", lambda: _can_serve_tls(settings)),
        ("proxy secrets", lambda: _discard(load_secrets(settings))),
    ]
    results = [_result(name, check) for name, check in checks]
    print_result(options, results, lambda rows: "\n".join(_line(row) for row in rows))
    return 0 if all(row["ok"] for row in results) else 1


def _result(name: str, check: Callable[[], None]) -> dict[str, Any]:
    try:
        check()
    except ConfigurationError as error:
        return {"check": name, "ok": False, "problem": str(error)}
    return {"check": name, "ok": True, "problem": None}


def _line(row: dict[str, Any]) -> str:
    return f"{'ok  ' if row['ok'] else 'FAIL'}  {row['check']}" + (f": {row['problem']}" if row["problem"] else "")


def _discard(_value: object) -> None:
    """The check was to make the value."""


def _check_and_close(adapter: Any) -> None:
    try:
        adapter.check()
    finally:
        adapter.close()


def _can_serve_tls(settings: Settings) -> None:
    if settings.https is not None and settings.tls_cert is not None and settings.tls_key is not None:
        load_tls(settings.tls_cert, settings.tls_key)
        _can_bind(settings.https)


def _can_bind(addresses: str) -> None:
    for host, port in parse_addresses(addresses):
        _can_bind_one(host, port)


def _can_bind_one(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(f"{host}:{port}: {error.strerror}; is the server running already?") from error
