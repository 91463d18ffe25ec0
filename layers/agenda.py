"""What becomes due: work that stands in a table with the time at which it is to be done.

A job is given the earliest time of its table (`layers.registry.job`); one loop of the process asks the database for all
of them in one statement, and sleeps until then (`connection_tier.runner.due_jobs`). What is entered meanwhile in this
process, and is due earlier, wakes it; what another process enters, it sees when it looks the next time.
"""

from __future__ import annotations

import math
import threading
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.context import Context


class Agenda:
    """Until when the loop of this process sleeps. One thread waits, any may enter."""

    def __init__(self) -> None:
        self._until = math.inf
        self._woken = threading.Event()

    def enter(self, at: float) -> None:
        """Something is due at a unix time."""
        if at < self._until:
            self._woken.set()

    def wake(self) -> None:
        """Look again now."""
        self._woken.set()

    def begin_look(self) -> None:
        """The database is asked now: whatever is entered from here on may be missing in its answer."""
        self._woken.clear()
        self._until = math.inf

    def sleep(self, now: float, seconds: float) -> bool:
        """Wait so long, less when something is entered that is due earlier; True when woken."""
        self._until = now + seconds
        return self._woken.wait(seconds)


def enter(ctx: Context, at: int) -> None:
    """Have the work done that this unit of work wrote down for a unix time, once it is committed."""
    ctx.after_commit(partial(ctx.services.agenda.enter, at))
