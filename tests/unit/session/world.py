"""A session with a clock under the test's control, and a client's hand to write messages into it."""

from dataclasses import dataclass
from random import Random
from typing import Any

import tl
from connection_tier.session import Event, OutgoingPlain, ServerSalts, Session, SessionLimits
from connection_tier.session.containers import build_container, parse_container
from connection_tier.session.wire import MSG_CONTAINER, constructor_id, msgs_ack

SESSION_ID = -0x0123456789ABCDEF
AUTH_KEY_ID = 0x1122334455667788
SECRET = b"secret of the fleet".ljust(32, b"\0")
START = 1_800_000_000.25
QUERY = bytes.fromhex("0b8f9c0c") + b"query..."
RESULT = bytes.fromhex("b5757299")


@dataclass(frozen=True, slots=True)
class Message:
    """One server message, outside or inside a container."""

    msg_id: int
    seqno: int
    body: bytes

    @property
    def constructor(self) -> int:
        return constructor_id(self.body)

    def decode(self) -> Any:
        return tl.decode(self.body)


def flatten(packet: OutgoingPlain) -> list[Message]:
    """The messages of a packet."""
    if constructor_id(packet.body) == MSG_CONTAINER:
        return [Message(*inner) for inner in parse_container(packet.body, packet.msg_id, 1024)]
    return [Message(packet.msg_id, packet.seqno, packet.body)]


class World:
    """A server session at a moment of unix time."""

    def __init__(self, limits: SessionLimits | None = None, seed: int = 1) -> None:
        self.now = START
        self.salts = ServerSalts(SECRET, AUTH_KEY_ID)
        self.session = Session(
            SESSION_ID,
            AUTH_KEY_ID,
            salts=self.salts,
            clock=lambda: self.now,
            random=Random(seed).randbytes,
            limits=limits or SessionLimits(),
        )
        self.content_count = 0
        self._last_msg_id = 0

    @property
    def salt(self) -> int:
        return self.salts.current(self.now)

    def msg_id(self, offset_s: float = 0.0) -> int:
        """A client msg_id of this moment, above the earlier ones unless `offset_s` moves it."""
        value = int((self.now + offset_s) * 2**32) & ~3
        if not offset_s:
            value = max(value, self._last_msg_id + 4)
            self._last_msg_id = value
        return value

    def seqno(self, *, is_content: bool = True) -> int:
        self.content_count += is_content
        return 2 * self.content_count - is_content

    def receive(
        self, body: bytes, *, msg_id: int | None = None, seqno: int | None = None, salt: int | None = None
    ) -> list[Event]:
        """Receive a content-related message of this moment, except for what is given."""
        return self.session.receive(
            salt=self.salt if salt is None else salt,
            msg_id=self.msg_id() if msg_id is None else msg_id,
            seqno=self.seqno() if seqno is None else seqno,
            body=body,
        )

    def service(self, body: bytes, *, msg_id: int | None = None) -> list[Event]:
        """Receive a message that is not content-related."""
        return self.receive(body, msg_id=msg_id, seqno=self.seqno(is_content=False))

    def container(self, *messages: tuple[int, int, bytes]) -> list[Event]:
        return self.service(build_container(messages))

    def request(self, body: bytes = QUERY) -> int:
        """Receive a query; return its msg_id."""
        msg_id = self.msg_id()
        events = self.receive(body, msg_id=msg_id)
        assert [type(event).__name__ for event in events] == ["RpcRequest"]
        return msg_id

    def packets(self) -> list[OutgoingPlain]:
        return self.session.next_packets(1 << 40)

    def sent(self) -> list[Message]:
        """Take all output as single messages."""
        return [message for packet in self.packets() for message in flatten(packet)]

    def decoded(self) -> list[Any]:
        """Take all output as TL objects."""
        return [message.decode() for message in self.sent()]

    def has_output(self) -> bool:
        return self.session.has_output

    def is_congested(self) -> bool:
        return self.session.is_congested

    def is_overflowed(self) -> bool:
        return self.session.is_overflowed

    def is_new(self) -> bool:
        return self.session.is_new

    def settle(self) -> None:
        """Let the session begin, and its first messages go out and be acknowledged."""
        self.session.send_result(self.request(), RESULT)
        self.acknowledge(*(message.msg_id for message in self.sent()))

    def acknowledge(self, *msg_ids: int) -> None:
        """Send msgs_ack."""
        assert self.service(msgs_ack(msg_ids)) == []
