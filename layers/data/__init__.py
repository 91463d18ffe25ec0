"""Facts kept as files: countries, time zones, colours. `generate` makes those that come from other sources."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_json(name: str) -> Any:
    """The content of a data file, read once; callers do not change it."""
    return json.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))
