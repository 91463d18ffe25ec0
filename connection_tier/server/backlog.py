"""Connections with more packets than one turn of the event loop should handle: they take turns.

Whoever sends a packet now and then is served at once. Whoever fills the socket's buffer is read no further until what
came is handled, a few packets at a time, between those who were there first and those who come (checklist 20).
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Final, Protocol

from layers.telemetry import get_logger

_TURN_S: Final = 0.002
"""How long one turn of the event loop is spent on the backlog."""

logger = get_logger("backlog")


class Worker(Protocol):
    """A connection with packets that wait."""

    def work(self) -> bool:
        """Handle some; whether more wait."""

    def close(self) -> None:
        """Let the client go."""


class Backlog:
    """The connections of a node that have packets waiting, in the order of their turns."""

    def __init__(self) -> None:
        self._queue: deque[Worker] = deque()
        self._is_scheduled = False

    def __len__(self) -> int:
        return len(self._queue)

    def add(self, worker: Worker) -> None:
        """Call its `work` in its turns until it says that nothing waits."""
        self._queue.append(worker)
        self._schedule()

    def _schedule(self) -> None:
        if self._queue and not self._is_scheduled:
            self._is_scheduled = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._is_scheduled = False
        until = time.monotonic() + _TURN_S
        while self._queue and time.monotonic() < until:
            worker = self._queue.popleft()
            try:
                if worker.work():
                    self._queue.append(worker)
            except Exception:
                logger.exception("connection failed")
                worker.close()
        self._schedule()
