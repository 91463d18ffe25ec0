"""`cirrusgram client-config`: a ready snippet that points a client library at this server."""

from __future__ import annotations

import argparse
from string import Template
from typing import Any

from connection_tier.cli.client_snippets import SNIPPETS
from connection_tier.cli.keys import existing_rsa_key, fingerprint_hex
from connection_tier.cli.options import add_json, print_result, settings_of
from layers.config import parse_addresses


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("client-config", parents=[common], help="a snippet for a client library")
    parser.add_argument("client", choices=sorted(SNIPPETS))
    parser.add_argument("--tcp", metavar="HOST:PORT", help="where the server listens (default: as configured)")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the snippet."""
    settings = settings_of(options)
    key = existing_rsa_key(settings)
    host, port = parse_addresses(options.tcp or settings.tcp)[0]
    http_host, http_port = parse_addresses(settings.http)[0]
    values = {
        "host": settings.advertise or host or "127.0.0.1",
        "port": port,
        "http_host": settings.advertise or http_host or "127.0.0.1",
        "http_port": http_port,
        "dc_id": settings.dc_id,
        "pem": key.public_pem().strip(),
        "fingerprint": fingerprint_hex(key),
        "fingerprint_signed": key.fingerprint,
        "n": key.public.n,
        "n_hex": f"{key.public.n:x}",
        "e": key.public.e,
    }
    snippet = Template(SNIPPETS[options.client]).substitute(values)
    shown = {"client": options.client, "snippet": snippet, **{name: str(value) for name, value in values.items()}}
    print_result(options, shown, lambda value: value["snippet"])
    return 0
