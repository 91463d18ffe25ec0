"""TLS for https and wss by certificate files (checklist 18)."""

from __future__ import annotations

import ssl
from pathlib import Path

from layers.errors import ConfigurationError


def load_tls(certificate: Path, key: Path) -> ssl.SSLContext:
    """A server context: TLS 1.2 and newer, HTTP/1.1 only.

    ``certificate``: PEM with the chain, the server's own first. ``key``: its private key, PEM without a passphrase.

    Raises:
        ConfigurationError: a file cannot be read, or the two do not belong together.
    """
    for variable, path in (("CIRRUSGRAM_TLS_CERT", certificate), ("CIRRUSGRAM_TLS_KEY", key)):
        try:
            path.open("rb").close()
        except OSError as error:
            raise ConfigurationError(f"{variable} {path}: {error.strerror}") from error
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except (ssl.SSLError, ValueError) as error:
        reason = error.reason if isinstance(error, ssl.SSLError) and error.reason else "not PEM"
        raise ConfigurationError(
            f"CIRRUSGRAM_TLS_CERT {certificate} with CIRRUSGRAM_TLS_KEY {key}: {reason.replace('_', ' ').lower()}; "
            "give the PEM chain and its private key without a passphrase"
        ) from error
    return context


def _no_passphrase() -> str:
    """Without it OpenSSL would ask on the terminal."""
    return ""
