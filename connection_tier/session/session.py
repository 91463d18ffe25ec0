"""One MTProto session on the server: https://core.telegram.org/mtproto/description#session.

Decrypted messages in, events out; answers and pushes in, messages ready for encryption out. No I/O.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from connection_tier.session import wire
from connection_tier.session.acks import PendingAcks
from connection_tier.session.bad_msg import BadMsgCode
from connection_tier.session.containers import build_container
from connection_tier.session.events import Event
from connection_tier.session.frame import Frame
from connection_tier.session.limits import SessionLimits
from connection_tier.session.msg_id import ServerMsgIds
from connection_tier.session.outgoing import OutgoingMessage, OutgoingQueue
from connection_tier.session.packed import pack_gzip
from connection_tier.session.received import ReceivedWindow
from connection_tier.session.receiver import receive_message, receive_packet
from connection_tier.session.results import Results
from connection_tier.session.salts import ServerSalts

_REFUSED_NOTED: Final = 1024

_DESTROY_AUTH_KEY_RESULTS: Final = {
    "ok": wire.DESTROY_AUTH_KEY_OK,
    "none": wire.DESTROY_AUTH_KEY_NONE,
    "fail": wire.DESTROY_AUTH_KEY_FAIL,
}


@dataclass(frozen=True, slots=True)
class OutgoingPlain:
    """A message to encrypt: the fields of the plaintext in their order, without padding."""

    salt: int
    session_id: int
    msg_id: int
    seqno: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """What a new connection of the session finds.

    Attributes:
        resent: messages queued again with their old msg_id.
        are_pushes_lost: pushes were dropped meanwhile: push updatesTooLong, so that the client fetches the difference.
    """

    resent: int
    are_pushes_lost: bool


class Session:
    """The state of one session_id of one authorization key. All longs are signed 64-bit integers.

    Args:
        session_id: chosen by the client.
        auth_key_id: the key in use.
        salts: the salts of that key.
        clock: returns unix time in seconds.
        random: returns that many random bytes.
        limits: bounds of every queue and window.
    """

    __slots__ = (
        "_announcement",
        "_clock",
        "_first_msg_id",
        "_unique_id",
        "acks",
        "auth_key_id",
        "inflated_bytes",
        "is_attached",
        "limits",
        "outgoing",
        "received",
        "refused",
        "results",
        "salts",
        "session_id",
    )

    def __init__(
        self,
        session_id: int,
        auth_key_id: int,
        *,
        salts: ServerSalts,
        clock: Callable[[], float],
        random: Callable[[int], bytes],
        limits: SessionLimits = SessionLimits(),  # noqa: B008 - immutable
    ) -> None:
        self.session_id = session_id
        self.auth_key_id = auth_key_id
        self.salts = salts
        self._clock = clock
        self.limits = limits
        self._unique_id = int.from_bytes(random(8), "little", signed=True)
        self._first_msg_id = 0
        self._announcement: OutgoingMessage | None = None
        self.received = ReceivedWindow(limits)
        self.acks = PendingAcks(limits)
        self.results = Results()
        self.outgoing = OutgoingQueue(ServerMsgIds(clock), limits, self.results.lose)
        self.is_attached = True
        self.refused: list[int] = []
        """Codes of the notices of ignored messages, for whoever counts them and empties the list."""
        self.inflated_bytes = 0
        """What gzip_packed of the client grew to so far, refused ones included."""

    # --- connections ---------------------------------------------------------------------------------------------

    def attach(self) -> Attached:
        """A new connection serves the session: everything unacknowledged is queued again as it was.

        Call it before the first `receive` from that connection, and not for each request over HTTP.
        """
        self.is_attached = True
        self.outgoing.drop_volatile()
        are_pushes_lost = self.outgoing.are_pushes_lost
        self.outgoing.are_pushes_lost = False
        return Attached(self.outgoing.resend_all(), are_pushes_lost)

    def detach(self) -> None:
        """The session has no connection: answers and pushes wait, within the bounds."""
        self.is_attached = False
        self.outgoing.drop_volatile()
        self.outgoing.drop_excess_queued()

    # --- input ---------------------------------------------------------------------------------------------------

    @property
    def is_new(self) -> bool:
        """Whether no message was accepted yet; the first one causes new_session_created."""
        return not self._first_msg_id

    @property
    def in_flight(self) -> int:
        """Queries handed out and not answered."""
        return len(self.results.running)

    def is_waited_for(self, req_msg_id: int) -> bool:
        """Whether a query was handed out and neither answered nor dropped."""
        return req_msg_id in self.results.running

    @property
    def is_congested(self) -> bool:
        """Whether the shell should stop reading from the client: it asks faster than answers leave.

        No answer is lost for that; work and memory are bounded by not taking more of it.
        """
        limits = self.limits
        return len(self.results.running) >= limits.max_in_flight or self.outgoing.queued_bytes >= limits.congested_bytes

    def receive(self, *, salt: int, msg_id: int, seqno: int, body: bytes) -> list[Event]:
        """Process one decrypted message; nothing in it raises.

        The checks come in the order parity (18), time (16, 17), salt (48), container (19, 64), age (20), seqno
        (32, 33), parity of seqno (34, 35). A message that is known already skips the check of time: a duplicate must
        reach its answer however late it comes.
        """
        frame = Frame(self._clock(), self.limits)
        receive_packet(self, frame, salt, msg_id, seqno, body)
        self.inflated_bytes += frame.inflated_bytes
        return frame.events

    def receive_copied(self, frame: Frame, msg_id: int, seqno: int, body: bytes, depth: int) -> None:
        """Process the original message of a msg_copy, if it was not seen."""
        receive_message(self, frame, msg_id, seqno, body, depth)

    def accept(self, msg_id: int, seqno: int, flags: int, now: float) -> None:
        """Enter a message that passed the checks: it owes an acknowledgement if it is content-related."""
        self.received.add(msg_id, seqno, flags, now)
        if seqno & 1:
            self.acks.add(msg_id, now)
        if not self._first_msg_id or msg_id < self._first_msg_id:
            self._announce(msg_id, now)

    def _announce(self, first_msg_id: int, now: float) -> None:
        """Queue new_session_created, again with the same unique_id when a smaller msg_id arrives."""
        self._first_msg_id = first_msg_id
        body = wire.new_session_created(first_msg_id, self._unique_id, self.salts.current(now))
        if self._announcement is not None and not self._announcement.msg_id:
            self._announcement.body = body
            return
        self._announcement = OutgoingMessage(body, is_content_related=True)
        self.outgoing.put_first(self._announcement)

    def notify_bad_msg(self, msg_id: int, seqno: int, code: BadMsgCode) -> None:
        """Tell the client that its message was ignored."""
        self._note_refused(code)
        self.outgoing.put(OutgoingMessage(wire.bad_msg_notification(msg_id, seqno, code)))

    def notify_bad_salt(self, msg_id: int, seqno: int, now: float) -> None:
        """Tell the client the salt to use; it sends the message again."""
        self._note_refused(BadMsgCode.BAD_SERVER_SALT)
        notice = wire.bad_server_salt(msg_id, seqno, BadMsgCode.BAD_SERVER_SALT, self.salts.current(now))
        self.outgoing.put(OutgoingMessage(notice))

    def _note_refused(self, code: BadMsgCode) -> None:
        if len(self.refused) < _REFUSED_NOTED:
            self.refused.append(int(code))

    # --- answers and pushes --------------------------------------------------------------------------------------

    def send_result(self, req_msg_id: int, result: bytes, *, gzip: bool = True) -> bool:
        """Answer a query with a boxed TL result; return False if nobody waits for it (dropped or answered before).

        The result is packed when that shrinks it, unless `gzip` is False.
        """
        if req_msg_id not in self.results.running:
            return False
        if gzip:
            result = pack_gzip(result, self.limits.gzip_min, self.limits.gzip_max)
        self._put_result(req_msg_id, result)
        return True

    def send_rpc_error(self, req_msg_id: int, error_code: int, error_message: str) -> bool:
        """Answer a query with rpc_error; return False if nobody waits for it."""
        return self.send_result(req_msg_id, wire.rpc_error(error_code, error_message), gzip=False)

    def push(self, body: bytes) -> None:
        """Queue an update for the client; content-related, not packed."""
        self.outgoing.put(OutgoingMessage(body, is_content_related=True, is_push=True))
        if not self.is_attached:
            self.outgoing.drop_excess_queued()

    def answer_directly(self, req_msg_id: int, body: bytes) -> None:
        """Queue an answer that is no rpc_result and stands for the acknowledgement of the question."""
        self.acks.discard(req_msg_id)
        self.outgoing.put(OutgoingMessage(body, is_response=True))

    def answer_rpc(self, req_msg_id: int, result: bytes) -> None:
        """Queue the rpc_result of a service message that is answered like a query."""
        self._put_result(req_msg_id, result)

    def answer_destroy_session(self, msg_id: int, session_id: int, *, was_found: bool) -> None:
        """Answer destroy_session `msg_id`, as a bare message."""
        answer = wire.destroy_session_ok if was_found else wire.destroy_session_none
        self.answer_directly(msg_id, answer(session_id))

    def answer_destroy_auth_key(self, msg_id: int, outcome: str) -> None:
        """Answer destroy_auth_key `msg_id`, as a bare message; `outcome` is "ok", "none" or "fail"."""
        self.answer_directly(msg_id, wire.destroy_auth_key_result(_DESTROY_AUTH_KEY_RESULTS[outcome]))

    def _put_result(self, req_msg_id: int, result: bytes) -> None:
        answer = OutgoingMessage(
            wire.rpc_result(req_msg_id, result), is_response=True, is_content_related=True, req_msg_id=req_msg_id
        )
        self.acks.discard(req_msg_id)
        self.results.finish(answer)
        self.outgoing.put(answer)
        if not self.is_attached:
            self.outgoing.drop_excess_queued()

    # --- output --------------------------------------------------------------------------------------------------

    @property
    def has_output(self) -> bool:
        """Whether a packet should leave now."""
        return bool(self.outgoing) or self.acks.is_due(self._clock())

    @property
    def next_deadline(self) -> float | None:
        """Unix time at which waiting acknowledgements become output; None while none waits."""
        return self.acks.deadline

    @property
    def is_overflowed(self) -> bool:
        """Whether the client reads so slowly that its connection must be closed."""
        return self.outgoing.queued_bytes > self.limits.max_queued_bytes

    def next_packets(self, max_bytes: int = 1024 * 1024, max_messages: int | None = None) -> list[OutgoingPlain]:
        """Return packets until about `max_bytes` of bodies are taken or nothing is left.

        Args:
            max_bytes: at least one packet is returned however big it is.
            max_messages: messages in one container, if less than the session's limit.
        """
        packets = []
        taken = 0
        while taken < max_bytes:
            packet = self.next_packet(max_messages)
            if packet is None:
                break
            packets.append(packet)
            taken += len(packet.body)
        return packets

    def next_packet(self, max_messages: int | None = None) -> OutgoingPlain | None:
        """Return the next packet, or None: a resent message, else new messages and due acknowledgements together.

        A resent message travels alone and first: some clients drop the rest of a container at a message they know, and
        a resent message after a higher msg_id. An rpc_error is the last of its container: GramJS throws at it and
        never looks at what follows, so that the other queries would wait for ever.
        """
        now = self._clock()
        resent = self.outgoing.next_resend()
        if resent is not None:
            is_old = (resent.msg_id >> 32) < now - self.limits.bare_resend_age_s
            return self._container([resent], now) if is_old else self._plain(resent, now)
        outgoing = self.outgoing
        if self.acks.should_ride(now) if outgoing else self.acks.is_due(now):
            outgoing.put(OutgoingMessage(wire.msgs_ack(self.acks.take())))
        batch = outgoing.next_batch(
            self.limits.max_packet_bytes,
            min(max_messages or 1024, self.limits.max_packet_messages),
            ends_at_error=True,
        )
        if not batch:
            return None
        return self._plain(batch[0], now) if len(batch) == 1 else self._container(batch, now)

    def next_response(self, max_bytes: int) -> OutgoingPlain:
        """Return what one HTTP response carries: all that waits, resent messages too, in one message.

        Over HTTP a client expects exactly one message a response: an empty container when nothing waits. What exceeds
        about `max_bytes` of bodies waits for the next response; one message travels however big it is.
        """
        now = self._clock()
        outgoing = self.outgoing
        batch: list[OutgoingMessage] = []
        room = max_bytes
        count = self.limits.max_packet_messages
        while room > 0 and len(batch) < count and (resent := outgoing.next_resend()) is not None:
            batch.append(resent)
            room -= len(resent.body)
        is_resending = bool(batch)
        if self.acks.should_ride(now):
            outgoing.put(OutgoingMessage(wire.msgs_ack(self.acks.take())))
        if room > 0:
            batch += outgoing.next_batch(room, count - len(batch))
        if len(batch) == 1 and not is_resending:
            return self._plain(batch[0], now)
        return self._container(batch, now)

    def empty_response(self) -> OutgoingPlain:
        """Return an empty container, for an HTTP response that may carry nothing of the session."""
        return self._container([], self._clock())

    def resend_older(self, age_s: float) -> None:
        """Queue again, once each, the unacknowledged messages first sent longer ago: an HTTP response can get lost."""
        self.outgoing.resend_older(int(self._clock() - age_s) << 32)

    def _plain(self, message: OutgoingMessage, now: float) -> OutgoingPlain:
        return OutgoingPlain(self.salts.current(now), self.session_id, message.msg_id, message.seqno, message.body)

    def _container(self, messages: list[OutgoingMessage], now: float) -> OutgoingPlain:
        is_response = any(message.is_response for message in messages)
        msg_id, seqno = self.outgoing.next_container_id(is_response=is_response)
        body = build_container([(message.msg_id, message.seqno, message.body) for message in messages])
        return OutgoingPlain(self.salts.current(now), self.session_id, msg_id, seqno, body)
