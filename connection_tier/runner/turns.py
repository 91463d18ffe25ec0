"""Whose query runs next: callers take turns, so that a flood of one caller's makes nobody else wait behind it.

A caller's first query may take any free place. Its further ones share what is set apart for that: whoever has many in
flight keeps a few places busy, and the next caller finds one free.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Hashable
from typing import Final

_SHARE: Final = 8
"""One place in so many, and at least one, is for further queries of callers that have one running."""


class Turns:
    """At most ``places`` queries at a time, in turns of callers. Not thread-safe: it lives on the event loop."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._further_max = max(1, places // _SHARE)
        self._further = 0
        self._running: Counter[Hashable] = Counter()
        self._waiting: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()
        self.waiting = 0
        """Queries that wait for their turn."""

    async def take(self, caller: Hashable) -> None:
        """Wait for a place. Whoever got one owes a `give_back` when the query has really ended."""
        if caller not in self._waiting and self._may_run(caller):
            self._occupy(caller)
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(caller, deque()).append(place)
        self.waiting += 1
        try:
            await place
        except asyncio.CancelledError:
            if place.cancelled():
                self._withdraw(caller, place)
            else:
                self.give_back(caller)
            raise

    def give_back(self, caller: Hashable) -> None:
        """A query of this caller has ended."""
        self._free += 1
        self._running[caller] -= 1
        if self._running[caller]:
            self._further -= 1
        else:
            del self._running[caller]
        # Only callers with a running query are passed over, so the search is as short as there are places.
        while self._free and (waiting := next(filter(self._may_run, self._waiting), None)) is not None:
            place = self._waiting[waiting][0]
            self._withdraw(waiting, place)
            if waiting in self._waiting:
                self._waiting.move_to_end(waiting)
            if not place.done():
                self._occupy(waiting)
                place.set_result(None)

    def _may_run(self, caller: Hashable) -> bool:
        return self._free > 0 and (caller not in self._running or self._further < self._further_max)

    def _occupy(self, caller: Hashable) -> None:
        self._free -= 1
        self._further += caller in self._running
        self._running[caller] += 1

    def _withdraw(self, caller: Hashable, place: asyncio.Future[None]) -> None:
        queue = self._waiting.get(caller)
        if queue is None or place not in queue:
            return
        queue.remove(place)
        self.waiting -= 1
        if not queue:
            del self._waiting[caller]
