"""Certificate files: what can be used, and one line for what cannot. checklist 18"""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from connection_tier.server.tls import load_tls
from layers.errors import ConfigurationError
from tests.functional.certificates import make_certificate


def test_loads(tmp_path: Path) -> None:
    context = load_tls(*make_certificate(tmp_path))
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("broken", ["absent", "garbage", "other key", "passphrase"])
def test_what_cannot_be_used(broken: str, tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, passphrase=b"secret" if broken == "passphrase" else None)
    if broken == "absent":
        key.unlink()
    elif broken == "garbage":
        key.write_text("no key")
    elif broken == "other key":
        key = make_certificate(tmp_path / "other")[1]
    with pytest.raises(ConfigurationError) as error:
        load_tls(certificate, key)
    assert "CIRRUSGRAM_TLS_KEY" in str(error.value)
    assert "\n" not in str(error.value)
