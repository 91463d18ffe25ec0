"""`cirrusgram keys show`: the RSA public key that clients must know."""

from __future__ import annotations

import argparse
from typing import Any

from connection_tier.cli.options import add_json, print_result, settings_of
from connection_tier.crypto.rsa import RsaKey
from connection_tier.server.app import load_rsa_key
from layers.config import Settings
from layers.errors import ConfigurationError


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("keys", help="the server's RSA key")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    show = actions.add_parser("show", parents=[common], help="print the public key (PKCS#1 PEM)")
    add_json(show)
    show.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the public key."""
    key = existing_rsa_key(settings_of(options))
    value = {"fingerprint": fingerprint_hex(key), "public_key": key.public_pem()}
    print_result(options, value, lambda shown: shown["public_key"].strip())
    return 0


def existing_rsa_key(settings: Settings) -> RsaKey:
    """The deployment's RSA key, which a first start has made."""
    path = settings.rsa_key or settings.data / "mtproto.pem"
    if not path.exists():
        raise ConfigurationError(f"no RSA key at {path}: start the server once, or give --data DIR")
    return load_rsa_key(settings)


def fingerprint_hex(key: RsaKey) -> str:
    """The fingerprint as 16 hex digits."""
    return f"{key.fingerprint & 0xFFFFFFFFFFFFFFFF:016x}"
