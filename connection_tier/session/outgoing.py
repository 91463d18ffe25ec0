"""Messages on their way to the client, and those kept until it acknowledges them.

Specification: https://core.telegram.org/mtproto/service_messages_about_messages. A content-related message keeps its
msg_id, seqno and body for ever: on a new connection of the session it is sent again as it was.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from connection_tier.session.limits import SessionLimits
from connection_tier.session.msg_id import ServerMsgIds
from connection_tier.session.wire import RPC_ERROR

_RESULT_OFFSET: Final = 12
"""rpc_result: its id, req_msg_id:long, then the result."""

_RPC_ERROR: Final = RPC_ERROR.to_bytes(4, "little")


class OutgoingMessage:
    """One server message. `msg_id` is 0 until the message is first handed to the transport."""

    __slots__ = (
        "body",
        "is_content_related",
        "is_push",
        "is_resending",
        "is_response",
        "msg_id",
        "req_msg_id",
        "seqno",
    )

    def __init__(
        self,
        body: bytes,
        *,
        is_response: bool = False,
        is_content_related: bool = False,
        is_push: bool = False,
        req_msg_id: int = 0,
    ) -> None:
        self.body = body
        self.is_response = is_response
        self.is_content_related = is_content_related
        self.is_push = is_push
        """Whether getDifference can replace the message."""
        self.req_msg_id = req_msg_id
        """The query this is the rpc_result of; 0 for everything else."""
        self.msg_id = 0
        self.seqno = 0
        self.is_resending = False

    @property
    def is_error(self) -> bool:
        """Whether it is the rpc_error of a query."""
        return bool(self.req_msg_id) and self.body[_RESULT_OFFSET : _RESULT_OFFSET + 4] == _RPC_ERROR


class OutgoingQueue:
    """Queue of new messages, store of unacknowledged ones, queue of those to be resent.

    Args:
        on_lost: called with each rpc_result that was dropped to stay within the bounds.
    """

    __slots__ = (
        "_content_count",
        "_kept",
        "_limits",
        "_msg_ids",
        "_on_lost",
        "_resend",
        "_unsent",
        "are_pushes_lost",
        "kept_bytes",
        "queued_bytes",
    )

    def __init__(
        self, msg_ids: ServerMsgIds, limits: SessionLimits, on_lost: Callable[[OutgoingMessage], None]
    ) -> None:
        self._msg_ids = msg_ids
        self._limits = limits
        self._on_lost = on_lost
        self._unsent: deque[OutgoingMessage] = deque()
        self._resend: deque[OutgoingMessage] = deque()
        self._kept: dict[int, OutgoingMessage] = {}
        self._content_count = 0
        self.queued_bytes = 0
        """Bodies of messages not yet handed to the transport."""
        self.kept_bytes = 0
        """Bodies of messages sent and not acknowledged."""
        self.are_pushes_lost = False
        """Whether a push was dropped: the client must be told to fetch the difference."""

    @property
    def held_bytes(self) -> int:
        """Bodies of all messages that are held for the client."""
        return self.queued_bytes + self.kept_bytes

    def __bool__(self) -> bool:
        return bool(self._unsent or self._resend)

    def __len__(self) -> int:
        return len(self._unsent) + len(self._resend)

    def put(self, message: OutgoingMessage) -> None:
        """Queue a new message."""
        self._unsent.append(message)
        self.queued_bytes += len(message.body)

    def put_first(self, message: OutgoingMessage) -> None:
        """Queue a new message before the others, for new_session_created."""
        self._unsent.appendleft(message)
        self.queued_bytes += len(message.body)

    def next_resend(self) -> OutgoingMessage | None:
        """Remove and return the next message to be sent again, skipping those acknowledged meanwhile."""
        while self._resend:
            message = self._resend.popleft()
            message.is_resending = False
            if message.msg_id in self._kept:
                return message
        return None

    def next_batch(self, max_bytes: int, max_messages: int, *, ends_at_error: bool = False) -> list[OutgoingMessage]:
        """Remove and identify the next new messages, together below `max_bytes` unless the first alone is bigger.

        With `ends_at_error` nothing follows an rpc_error.
        """
        unsent = self._unsent
        batch: list[OutgoingMessage] = []
        room = max_bytes
        while unsent and len(batch) < max_messages:
            size = len(unsent[0].body) + 16
            if batch and size > room:
                break
            room -= size
            message = unsent.popleft()
            self.queued_bytes -= len(message.body)
            self.identify(message)
            batch.append(message)
            if ends_at_error and message.is_error:
                break
        self._drop_excess_kept()
        return batch

    def identify(self, message: OutgoingMessage) -> None:
        """Give a message its msg_id and seqno; keep it if it is content-related."""
        message.msg_id = self._msg_ids.next(is_response=message.is_response)
        message.seqno = 2 * self._content_count
        if message.is_content_related:
            message.seqno += 1
            self._content_count += 1
            self._kept[message.msg_id] = message
            self.kept_bytes += len(message.body)

    def next_container_id(self, *, is_response: bool) -> tuple[int, int]:
        """Return msg_id and seqno for a container; a container is not content-related."""
        return self._msg_ids.next(is_response=is_response), 2 * self._content_count

    def acknowledge(self, msg_ids: Iterable[int]) -> list[OutgoingMessage]:
        """Forget kept messages; return them. Unknown ids are ignored."""
        acknowledged = []
        for msg_id in msg_ids:
            message = self._kept.pop(msg_id, None)
            if message is not None:
                self.kept_bytes -= len(message.body)
                acknowledged.append(message)
        return acknowledged

    def kept(self, msg_id: int) -> OutgoingMessage | None:
        """Return the unacknowledged message with this msg_id."""
        return self._kept.get(msg_id)

    def resend(self, message: OutgoingMessage) -> None:
        """Queue a kept message again, once."""
        if message.msg_id in self._kept and not message.is_resending:
            message.is_resending = True
            self._resend.append(message)

    def resend_all(self) -> int:
        """Queue every kept message again in msg_id order, for a new connection; return how many."""
        self._resend = deque(self._kept[msg_id] for msg_id in sorted(self._kept))
        for message in self._resend:
            message.is_resending = True
        return len(self._resend)

    def resend_older(self, msg_id: int) -> None:
        """Queue every kept message below a msg_id again, once."""
        for kept in sorted(self._kept):
            if kept >= msg_id:
                break
            self.resend(self._kept[kept])

    def withdraw(self, message: OutgoingMessage) -> None:
        """Neither send nor keep a message; it has a msg_id and a seqno afterwards, by which the client is told."""
        if not message.msg_id:
            self._remove_unsent(message)
            self.identify(message)
        self.acknowledge((message.msg_id,))

    def _remove_unsent(self, message: OutgoingMessage) -> None:
        self._unsent.remove(message)
        self.queued_bytes -= len(message.body)

    def drop_volatile(self) -> None:
        """Drop queued messages that only made sense on a connection that is gone: pongs, notices, states."""
        self._replace_unsent(message for message in self._unsent if message.is_content_related)

    def drop_excess_queued(self) -> None:
        """Without a connection, stay within the bound: pushes go first (the difference replaces them), then answers."""
        if self.queued_bytes <= self._limits.max_queued_bytes:
            return
        others = deque(message for message in self._unsent if not message.is_push)
        self.are_pushes_lost = self.are_pushes_lost or len(others) < len(self._unsent)
        self._replace_unsent(others)
        for message in others:
            if self.queued_bytes <= self._limits.max_queued_bytes:
                break
            if message.req_msg_id:
                self._remove_unsent(message)
                self._on_lost(message)

    def _replace_unsent(self, messages: Iterable[OutgoingMessage]) -> None:
        self._unsent = deque(messages)
        self.queued_bytes = sum(len(message.body) for message in self._unsent)

    def _drop_excess_kept(self) -> None:
        """Stay within the bounds by dropping the oldest; the newest stays however big it is."""
        limits = self._limits
        while len(self._kept) > limits.max_kept_messages or (
            self.kept_bytes > limits.max_kept_bytes and len(self._kept) > 1
        ):
            oldest = next(iter(self._kept.values()))
            self.acknowledge((oldest.msg_id,))
            if oldest.req_msg_id:
                self._on_lost(oldest)
            self.are_pushes_lost = self.are_pushes_lost or oldest.is_push
