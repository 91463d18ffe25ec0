"""Which queries of the session run, which answers are kept: a repeated req_msg_id never executes twice.

Specification: https://core.telegram.org/mtproto/service_messages_about_messages#extended-voluntary-communication-of-status-of-one-message.
"""

from typing import Final

from connection_tier.session.outgoing import OutgoingMessage

_MAX_LOST: Final = 4096


class Results:
    """States of queries by req_msg_id: running, answered and not acknowledged, answered and lost."""

    __slots__ = ("_answers", "_lost", "running")

    def __init__(self) -> None:
        self.running: set[int] = set()
        self._answers: dict[int, OutgoingMessage] = {}
        self._lost: dict[int, None] = {}

    def __contains__(self, req_msg_id: int) -> bool:
        return req_msg_id in self.running or req_msg_id in self._answers or req_msg_id in self._lost

    def begin(self, req_msg_id: int) -> None:
        """The query is handed out for execution."""
        self.running.add(req_msg_id)

    def finish(self, answer: OutgoingMessage) -> None:
        """The query has its answer, which is kept until the client acknowledges it."""
        self.running.discard(answer.req_msg_id)
        self._lost.pop(answer.req_msg_id, None)
        self._answers[answer.req_msg_id] = answer

    def answer(self, req_msg_id: int) -> OutgoingMessage | None:
        """Return the kept answer."""
        return self._answers.get(req_msg_id)

    def is_lost(self, req_msg_id: int) -> bool:
        """Tell whether the answer was dropped before the client acknowledged it."""
        return req_msg_id in self._lost

    def acknowledged(self, answer: OutgoingMessage) -> None:
        """The client has the answer, or does not want it."""
        self._answers.pop(answer.req_msg_id, None)

    def lose(self, answer: OutgoingMessage) -> None:
        """The answer is dropped to stay within the bounds."""
        self._answers.pop(answer.req_msg_id, None)
        self._lost[answer.req_msg_id] = None
        if len(self._lost) > _MAX_LOST:
            del self._lost[next(iter(self._lost))]
