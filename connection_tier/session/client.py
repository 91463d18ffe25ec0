"""The client's half of a session, for tests and benchmarks: https://core.telegram.org/mtproto/description#session.

It makes msg_ids, seqnos, containers and acknowledgements, and turns server messages into events. Like the server's
half it does no I/O: `next_packet` gives plain messages to encrypt, `receive` takes decrypted ones.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from struct import error, unpack_from
from typing import Final

from connection_tier.session import wire
from connection_tier.session.client_events import (
    Acknowledged,
    BadMsg,
    BadSalt,
    ClientEvent,
    DetailedInfo,
    FutureSalts,
    NewSession,
    Pong,
    RpcResult,
    ServiceAnswer,
    StateInfo,
    Update,
)
from connection_tier.session.containers import build_container, parse_container
from connection_tier.session.msg_id import ClientMsgIds
from connection_tier.session.packed import InflateBudget, pack_gzip
from connection_tier.session.session import OutgoingPlain
from connection_tier.session.wire import MalformedMessage, constructor_id, read_msg_ids, read_tl_bytes

_INFLATE_CAP: Final = 32 * 1024 * 1024
_MAX_CONTAINERS: Final = 256
_MAX_SEEN: Final = 4096

_SERVICE_ANSWERS: Final = frozenset(
    (
        wire.DESTROY_SESSION_OK,
        wire.DESTROY_SESSION_NONE,
        wire.DESTROY_AUTH_KEY_OK,
        wire.DESTROY_AUTH_KEY_NONE,
        wire.DESTROY_AUTH_KEY_FAIL,
        wire.MSG_NEW_DETAILED_INFO,
        wire.MSGS_ALL_INFO,
        wire.MSGS_STATE_REQ,
        wire.MSG_RESEND_REQ,
    )
)


@dataclass(frozen=True, slots=True)
class _Sent:
    msg_id: int
    seqno: int
    body: bytes


class ClientSession:
    """A client's session.

    Args:
        session_id: signed 64-bit, random.
        salt: the first salt: that of the key exchange, or any (the server corrects it).
        clock: unix time in seconds.
    """

    def __init__(self, session_id: int, *, salt: int, clock: Callable[[], float]) -> None:
        self.session_id = session_id
        self.salt = salt
        self._msg_ids = ClientMsgIds(clock)
        self._content_count = 0
        self._queue: deque[_Sent] = deque()
        self._sent: dict[int, _Sent] = {}
        self._containers: dict[int, tuple[int, ...]] = {}
        self._seen: dict[int, None] = {}
        self._acks: list[int] = []
        self.min_acks = 1
        """How many acknowledgements must wait before they leave without another message."""
        self._parsers: dict[int, Callable[[int, bytes], ClientEvent]] = {
            wire.NEW_SESSION_CREATED: self._parse_new_session,
            wire.BAD_MSG_NOTIFICATION: self._parse_bad_msg,
            wire.BAD_SERVER_SALT: self._parse_bad_salt,
            wire.PONG: self._parse_pong,
            wire.MSGS_ACK: self._parse_acks,
            wire.MSGS_STATE_INFO: self._parse_state_info,
            wire.MSG_DETAILED_INFO: self._parse_detailed_info,
            wire.FUTURE_SALTS: self._parse_future_salts,
        }

    # --- output --------------------------------------------------------------------------------------------------

    def request(self, body: bytes, *, gzip: bool = False) -> int:
        """Queue a query; return its msg_id, which its RpcResult will name."""
        return self._put(pack_gzip(body, 1, 1 << 24) if gzip else body, is_content_related=True)

    def service(self, body: bytes, *, is_content_related: bool = False) -> int:
        """Queue a service message; return its msg_id."""
        return self._put(body, is_content_related=is_content_related)

    def ping(self, ping_id: int) -> int:
        return self.service(wire.ping(ping_id))

    def ping_delay_disconnect(self, ping_id: int, disconnect_delay: int) -> int:
        return self.service(wire.ping_delay_disconnect(ping_id, disconnect_delay))

    def get_future_salts(self, num: int) -> int:
        return self.service(wire.get_future_salts(num))

    def request_states(self, *msg_ids: int) -> int:
        """Queue msgs_state_req."""
        return self.service(wire.id_vector(wire.MSGS_STATE_REQ, msg_ids))

    def request_resend(self, *msg_ids: int) -> int:
        """Queue msg_resend_req for server messages."""
        return self.service(wire.id_vector(wire.MSG_RESEND_REQ, msg_ids))

    def request_answers(self, *req_msg_ids: int) -> int:
        """Queue msg_resend_ans_req for the answers to our queries."""
        return self.service(wire.id_vector(wire.MSG_RESEND_ANS_REQ, req_msg_ids))

    def drop_answer(self, req_msg_id: int) -> int:
        """Queue rpc_drop_answer."""
        return self._put(wire.rpc_drop_answer(req_msg_id), is_content_related=True)

    def resend(self, *msg_ids: int) -> None:
        """Queue messages again with the same msg_id, seqno and body; of a container its messages."""
        for msg_id in msg_ids:
            for inner in self._containers.get(msg_id, (msg_id,)):
                message = self._sent.get(inner)
                if message is not None and message not in self._queue:
                    self._queue.append(message)

    def resend_as_new(self, msg_id: int) -> int:
        """Queue a message again with a new msg_id and seqno; return the new msg_id."""
        message = self._sent.pop(msg_id)
        return self._put(message.body, is_content_related=bool(message.seqno & 1))

    @property
    def unanswered(self) -> list[int]:
        """msg_ids of sent content-related messages without an answer, oldest first."""
        return [msg_id for msg_id, message in self._sent.items() if message.seqno & 1]

    @property
    def has_output(self) -> bool:
        return bool(self._queue) or len(self._acks) >= self.min_acks

    def next_packet(self, *, max_messages: int = 100, always_container: bool = False) -> OutgoingPlain | None:
        """Return the next message to encrypt: queued messages and acknowledgements, in a container if several."""
        batch = [self._queue.popleft() for _ in range(min(len(self._queue), max_messages))]
        if self._acks and (batch or len(self._acks) >= self.min_acks):
            acks, self._acks = self._acks[: wire.MAX_MSG_IDS], self._acks[wire.MAX_MSG_IDS :]
            batch.append(_Sent(self._msg_ids.next(), 2 * self._content_count, wire.msgs_ack(acks)))
        if not batch:
            return None
        if len(batch) == 1 and not always_container:
            return OutgoingPlain(self.salt, self.session_id, batch[0].msg_id, batch[0].seqno, batch[0].body)
        msg_id = self._msg_ids.next()
        self._containers[msg_id] = tuple(message.msg_id for message in batch)
        if len(self._containers) > _MAX_CONTAINERS:
            del self._containers[next(iter(self._containers))]
        body = build_container([(message.msg_id, message.seqno, message.body) for message in batch])
        return OutgoingPlain(self.salt, self.session_id, msg_id, 2 * self._content_count, body)

    def _put(self, body: bytes, *, is_content_related: bool) -> int:
        message = _Sent(self._msg_ids.next(), 2 * self._content_count + is_content_related, body)
        self._content_count += is_content_related
        self._queue.append(message)
        self._sent[message.msg_id] = message
        return message.msg_id

    # --- input ---------------------------------------------------------------------------------------------------

    def receive(self, *, msg_id: int, seqno: int, body: bytes) -> list[ClientEvent]:
        """Process one decrypted server message; a message known already is acknowledged again and gives no event.

        Raises:
            ValueError: the server sent what a client must refuse.
        """
        events: list[ClientEvent] = []
        self._receive(msg_id, seqno, body, events)
        return events

    def _receive(self, msg_id: int, seqno: int, body: bytes, events: list[ClientEvent]) -> None:
        if not msg_id & 1:
            raise MalformedMessage("server msg_id is even")
        constructor = constructor_id(body)
        if constructor == wire.MSG_CONTAINER:
            for inner_msg_id, inner_seqno, inner_body in parse_container(body, msg_id, 1024):
                self._receive(inner_msg_id, inner_seqno, inner_body, events)
            return
        if seqno & 1:
            self._acks.append(msg_id)
        if msg_id in self._seen:
            return
        self._seen[msg_id] = None
        if len(self._seen) > _MAX_SEEN:
            del self._seen[next(iter(self._seen))]
        try:
            event = self._parse(msg_id, constructor, body)
        except error as problem:
            raise MalformedMessage(f"constructor {constructor:#010x}") from problem
        events.append(event)

    def _parse(self, msg_id: int, constructor: int, body: bytes) -> ClientEvent:
        if constructor == wire.GZIP_PACKED:
            body = InflateBudget(_INFLATE_CAP, _INFLATE_CAP).inflate(body)
            constructor = constructor_id(body)
        if constructor == wire.RPC_RESULT:
            return self._parse_rpc_result(body)
        parse = self._parsers.get(constructor)
        if parse is not None:
            return parse(msg_id, body)
        if constructor in _SERVICE_ANSWERS:
            return ServiceAnswer(msg_id, constructor, body)
        return Update(msg_id, body)

    def _parse_rpc_result(self, body: bytes) -> RpcResult:
        (req_msg_id,) = unpack_from("<q", body, 4)
        self._sent.pop(req_msg_id, None)
        result = body[12:]
        if constructor_id(result) == wire.GZIP_PACKED:
            result = InflateBudget(_INFLATE_CAP, _INFLATE_CAP).inflate(result)
        if constructor_id(result) != wire.RPC_ERROR:
            return RpcResult(req_msg_id, result)
        (code,) = unpack_from("<i", result, 4)
        text, _ = read_tl_bytes(result, 8)
        return RpcResult(req_msg_id, b"", (code, bytes(text).decode()))

    def _parse_new_session(self, msg_id: int, body: bytes) -> ClientEvent:
        first_msg_id, unique_id, self.salt = unpack_from("<qqq", body, 4)
        return NewSession(first_msg_id, unique_id, self.salt)

    def _parse_bad_msg(self, msg_id: int, body: bytes) -> ClientEvent:
        bad_msg_id, bad_msg_seqno, code = unpack_from("<qii", body, 4)
        self._msg_ids.correct(msg_id, code)
        return BadMsg(bad_msg_id, bad_msg_seqno, code)

    def _parse_bad_salt(self, msg_id: int, body: bytes) -> ClientEvent:
        bad_msg_id, _, _, self.salt = unpack_from("<qiiq", body, 4)
        self.resend(bad_msg_id)
        return BadSalt(bad_msg_id, self.salt)

    def _parse_pong(self, msg_id: int, body: bytes) -> ClientEvent:
        ping_msg_id, ping_id = unpack_from("<qq", body, 4)
        self._sent.pop(ping_msg_id, None)
        return Pong(ping_msg_id, ping_id)

    def _parse_acks(self, msg_id: int, body: bytes) -> ClientEvent:
        return Acknowledged(read_msg_ids(body))

    def _parse_state_info(self, msg_id: int, body: bytes) -> ClientEvent:
        (req_msg_id,) = unpack_from("<q", body, 4)
        info, _ = read_tl_bytes(body, 12)
        self._sent.pop(req_msg_id, None)
        return StateInfo(req_msg_id, bytes(info))

    def _parse_detailed_info(self, msg_id: int, body: bytes) -> ClientEvent:
        return DetailedInfo(*unpack_from("<qqii", body, 4))

    def _parse_future_salts(self, msg_id: int, body: bytes) -> ClientEvent:
        req_msg_id, now, count = unpack_from("<qii", body, 4)
        self._sent.pop(req_msg_id, None)
        salts = tuple(unpack_from("<iiq", body, 20 + 16 * index) for index in range(count))
        return FutureSalts(req_msg_id, now, salts)
