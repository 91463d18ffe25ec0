"""The bounded queue between a publisher and one subscriber's event loop."""

from __future__ import annotations

import asyncio
from collections import deque

from layers.cache.port import RESYNC


class EventQueue:
    """Channel events for one event loop; `put_nowait` and `get` belong to that loop's thread.

    A full queue drops its oldest event and tells the reader by a RESYNC at that place: a reader that is told can fetch
    what it missed, a publisher that waits would hold up everyone else.
    """

    def __init__(self, size: int) -> None:
        if size < 1:
            raise ValueError("a subscriber's queue holds at least one event")
        self._size = size
        self._events: deque[tuple[str, bytes]] = deque()
        self._dropped = False
        self._closed = False
        self._ready = asyncio.Event()

    def put_nowait(self, channel: str, data: bytes) -> None:
        if self._closed:
            return
        if len(self._events) >= self._size:
            self._events.popleft()
            self._dropped = True
        self._events.append((channel, data))
        self._ready.set()

    def close(self) -> None:
        """End the reader after what is queued."""
        self._closed = True
        self._ready.set()

    async def get(self) -> tuple[str, bytes] | None:
        """The next event; None after the end."""
        while True:
            if self._dropped:
                self._dropped = False
                return RESYNC, b""
            if self._events:
                return self._events.popleft()
            if self._closed:
                return None
            self._ready.clear()
            await self._ready.wait()
