"""TDLib itself, as its wheel has it: it reaches the node through MTProxy secrets. Checklist 11, 22, 131.

Its servers and RSA keys are compiled in, so it goes no further than a resPQ; but up to there the bytes on the wire are
those of TDLib's own obfuscation and framing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.libraries.catalog import home_of

SECRET = "00112233445566778899aabbccddeeff"
FAKE_TLS = "ee" + "0f" * 16 + b"www.example.org".hex()
WRONG_FAKE_TLS = "ee" + "f0" * 16 + b"www.example.org".hex()
ROOT = Path(__file__).parents[2]


def _own_network_is_possible() -> bool:
    return subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """TDLib's answer for each secret it tries, while the node knows `SECRET`."""
    python = home_of("tdlib", "TDLib") / "bin" / "python"
    if not _own_network_is_possible():
        pytest.skip("unshare --net is not allowed here, and TDLib would look for its own servers")
    tried = [SECRET, "dd" + SECRET, FAKE_TLS, "ab" * 16, WRONG_FAKE_TLS]
    done = subprocess.run(
        [
            *("unshare", "--net", sys.executable, "-m", "tests.e2e.libraries.alone"),
            *(str(tmp_path_factory.mktemp("tdlib")), str(python), f"{SECRET},{FAKE_TLS}", *tried),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(tried, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("secret", [SECRET, "dd" + SECRET, FAKE_TLS], ids=["simple", "dd", "fake TLS"])
def test_the_node_is_reached(answers: dict[str, dict[str, Any]], secret: str) -> None:
    """It sent req_pq_multi and liked the answer."""
    assert answers[secret]["@type"] == "seconds", answers[secret]


@pytest.mark.parametrize("secret", ["ab" * 16, WRONG_FAKE_TLS], ids=["simple", "fake TLS"])
def test_a_wrong_secret_leads_nowhere(answers: dict[str, dict[str, Any]], secret: str) -> None:
    assert answers[secret]["@type"] == "error"
