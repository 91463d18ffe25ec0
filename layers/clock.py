"""Time as a dependency, so that tests may move it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Wall clock, in seconds since the epoch."""

    def __call__(self) -> float: ...


def system_clock() -> float:
    """The machine's wall clock."""
    return time.time()
