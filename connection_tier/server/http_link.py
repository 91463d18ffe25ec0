"""The HTTP responses that wait for one session: when they leave and what they carry.

https://core.telegram.org/mtproto/service_messages#http-waitlong-poll. A request with http_wait waits for messages, one
without for the answers to its own queries.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from connection_tier.server.budget import MessageRate
from connection_tier.server.sessions import SessionHandle
from connection_tier.session import HttpWait, OutgoingPlain

if TYPE_CHECKING:
    from connection_tier.server.node import Node

_RESPONSE_BYTES: Final = 2 * 1024 * 1024
_DEFAULT_MAX_WAIT_S: Final = 25.0
_MAX_WAIT_S: Final = 60.0
_WAITING_MAX: Final = 8
"""Responses of one session that wait at a time; a further request has the one that waits longest answered."""

_IDLE_S: Final = 60
"""A session without a request for so long is served by nobody: pushes are kept within its bounds only."""

_RESEND_AGE_S: Final = 30


class HttpLink:
    """The responses that wait for one session. Not thread-safe: everything happens on the event loop."""

    _handle: SessionHandle
    carrier = "http"

    def __init__(self, node: Node) -> None:
        self._node = node
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[asyncio.Event] = deque()
        self._requests = 0
        self._idle: asyncio.TimerHandle | None = None
        self._first_ready = 0.0
        self._last_ready = 0.0
        self._ready_count = 0
        self._resent_at = node.services.clock()
        self.rate = MessageRate(node.services.settings.max_messages_per_s, node.services.clock())
        self._is_released = False
        self.is_lost = False
        """The session is served by another link, or is no more."""

    def serve(self, handle: SessionHandle) -> None:
        """Name the session, once; before any request begins."""
        self._handle = handle
        self._node.http_links.add(self)

    # Link

    def schedule_flush(self, handle: SessionHandle) -> None:
        """Note when messages became ready, and let those who wait decide."""
        session = handle.session
        count = len(session.outgoing)
        now = self._loop.time()
        if count and not self._ready_count:
            self._first_ready = now
        if count > self._ready_count:
            self._last_ready = now
        self._ready_count = count
        if session.is_overflowed:
            self.lose(handle)
        self._wake()

    def answered(self, handle: SessionHandle) -> None:
        """A query has its answer."""
        self.schedule_flush(handle)

    def lose(self, handle: SessionHandle) -> None:
        """Answer what waits with nothing; the session waits for its client elsewhere."""
        self.is_lost = True
        if self._idle is not None:
            self._idle.cancel()
        if handle.connection is self:
            handle.connection = None
            handle.detached_at = self._node.services.clock()
            handle.session.detach()
        self._node.http_links.discard(self)
        self._wake()

    def close(self) -> None:
        """The key is gone, or has too many sessions."""
        self.lose(self._handle)

    def release(self) -> None:
        """The node stops: answer what waits with what is there."""
        self._is_released = True
        self._wake()

    def _wake(self) -> None:
        for waiting in self._waiting:
            waiting.set()

    # Requests

    def begin(self) -> None:
        """A request of the session arrived."""
        self._requests += 1
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        now = self._node.services.clock()
        if now - self._resent_at >= _RESEND_AGE_S:
            self._resent_at = now
            self._handle.session.resend_older(_RESEND_AGE_S)

    def end(self) -> None:
        """Its response is on its way."""
        self._requests -= 1
        if not self._requests and not self.is_lost:
            self._idle = self._loop.call_later(_IDLE_S, self.lose, self._handle)

    def take(self) -> OutgoingPlain:
        """What the response carries."""
        session = self._handle.session
        if self.is_lost:
            return session.empty_response()
        response = session.next_response(_RESPONSE_BYTES)
        if self._handle.waiting:
            self._node.dispatcher.begin_waiting(self._handle)
        self._ready_count = len(session.outgoing)
        if self._handle.pushed and not self._ready_count:
            self._handle.has_left()
        self._first_ready = self._last_ready = self._loop.time()
        return response

    def sent_in_vain(self) -> None:
        """A response was not delivered: what it carried goes with the next one."""
        if not self.is_lost:
            self._handle.session.outgoing.resend_all()

    async def wait(self, queries: Iterable[int], poll: HttpWait | None) -> None:
        """Return when the response of a request should leave: one that brought ``queries`` and perhaps http_wait."""
        changed = asyncio.Event()
        self._waiting.append(changed)
        if len(self._waiting) > _WAITING_MAX:
            self._waiting.popleft().set()
        asked = tuple(queries)
        limit_s = _DEFAULT_MAX_WAIT_S if poll is None else min(max(poll.max_wait, 0) / 1000, _MAX_WAIT_S)
        deadline = self._loop.time() + limit_s
        try:
            while not (self.is_lost or self._is_released) and changed in self._waiting:
                due = self._due_queries(asked, deadline) if poll is None else self._due_poll(poll, deadline)
                delay = due - self._loop.time()
                if delay <= 0:
                    return
                changed.clear()
                try:
                    async with asyncio.timeout(delay):
                        await changed.wait()
                except TimeoutError:
                    pass
        finally:
            if changed in self._waiting:
                self._waiting.remove(changed)

    def _due_queries(self, asked: tuple[int, ...], deadline: float) -> float:
        session = self._handle.session
        return deadline if any(session.is_waited_for(msg_id) for msg_id in asked) else 0.0

    def _due_poll(self, poll: HttpWait, deadline: float) -> float:
        """max_wait bounds max_delay (since the first message), which bounds wait_after (since the last)."""
        if not self._ready_count:
            return deadline
        after_first = self._first_ready + max(poll.max_delay, 0) / 1000
        after_last = self._last_ready + max(poll.wait_after, 0) / 1000
        return min(after_first, after_last, deadline)
