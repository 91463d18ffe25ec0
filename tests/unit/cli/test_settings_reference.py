"""docs/reference/settings.md names every setting, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from layers.config import Settings

_PAGE = Path(__file__).parents[3] / "docs/reference/settings.md"


def test_every_setting_is_documented() -> None:
    rows = [line for line in _PAGE.read_text().splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert named == {name.upper() for name in Settings.model_fields}
