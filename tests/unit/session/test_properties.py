"""Whatever a client sends in whatever order: nothing raises, nothing executes twice, no answer is out of reach."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from connection_tier.session import OutgoingPlain, RpcRequest, SessionLimits, wire
from connection_tier.session.client import ClientSession
from connection_tier.session.client_events import DetailedInfo, RpcResult
from connection_tier.session.handlers import SERVICE_MESSAGES
from tests.unit.session.world import SESSION_ID, World

CONSTRUCTORS = [wire.MSG_CONTAINER, wire.GZIP_PACKED, wire.MSG_COPY, *SERVICE_MESSAGES]
LONGS = st.integers(-(2**63), 2**63 - 1)
INTS = st.integers(-(2**31), 2**31 - 1)
BODIES = st.one_of(
    st.binary(max_size=64),
    st.tuples(st.sampled_from(CONSTRUCTORS), st.binary(max_size=64)).map(
        lambda parts: parts[0].to_bytes(4, "little") + parts[1]
    ),
)


@given(
    st.lists(
        st.tuples(
            st.one_of(LONGS, st.integers(-400, 60)),
            INTS,
            BODIES,
            st.one_of(st.just(None), LONGS),
            st.floats(0, 1000),
        ),
        max_size=20,
    )
)
def test_no_exception_escapes(messages: list[tuple[int, int, bytes, int | None, float]]) -> None:
    world = World()
    for msg_id, seqno, body, salt, step in messages:
        if -400 <= msg_id <= 60:
            msg_id = world.msg_id(msg_id + 0.5)
        world.session.receive(salt=world.salt if salt is None else salt, msg_id=msg_id, seqno=seqno, body=body)
        world.sent()
        world.now += step


@given(st.lists(st.tuples(INTS, BODIES), max_size=10), BODIES)
def test_no_exception_escapes_a_container(inner: list[tuple[int, bytes]], tail: bytes) -> None:
    world = World()
    messages = [(world.msg_id(), seqno, body + bytes(-len(body) % 4)) for seqno, body in inner]
    parts = [(msg_id, seqno, body) for msg_id, seqno, body in messages if len(body) >= 4]
    world.container(*parts)
    world.sent()
    world.service(wire.MSG_CONTAINER.to_bytes(4, "little") + tail)
    world.sent()


@dataclass
class Execution:
    """How often the server's shell was asked to run a query, and what it answered."""

    times: int = 0
    answer: bytes | None = None


@dataclass
class Network:
    """Packets under way in both directions: they may be lost, doubled and reordered."""

    to_server: list[OutgoingPlain] = field(default_factory=list)
    to_client: list[OutgoingPlain] = field(default_factory=list)


class LossyConversation(RuleBasedStateMachine):
    """A client and a server whose packets suffer; at the end the client repeats what is unanswered."""

    def __init__(self) -> None:
        super().__init__()
        limits = SessionLimits(max_resent_answer=200, gzip_min=0, received_ids_age_s=331.0)
        self.world = World(limits)
        self.client = ClientSession(SESSION_ID, salt=self.world.salt, clock=lambda: self.world.now)
        self.network = Network()
        self.executions: dict[int, Execution] = {}
        self.asked: set[int] = set()
        self.results: dict[int, bytes] = {}

    @rule(count=st.integers(1, 5))
    def ask(self, count: int) -> None:
        for index in range(count):
            self.asked.add(self.client.request(b"ask." * (index + 1)))

    @rule()
    def client_sends(self) -> None:
        packet = self.client.next_packet()
        if packet is not None:
            self.network.to_server.append(packet)

    @rule(max_bytes=st.integers(1, 2000))
    def server_sends(self, max_bytes: int) -> None:
        self.network.to_client += self.world.session.next_packets(max_bytes)

    @precondition(lambda self: self.network.to_server)
    @rule(data=st.data(), keep=st.booleans())
    def server_receives(self, data: st.DataObject, keep: bool) -> None:
        index = data.draw(st.integers(0, len(self.network.to_server) - 1))
        packet = self.network.to_server[index]
        if not keep:
            del self.network.to_server[index]
        self._server_receives(packet)

    @precondition(lambda self: self.network.to_client)
    @rule(data=st.data(), keep=st.booleans())
    def client_receives(self, data: st.DataObject, keep: bool) -> None:
        index = data.draw(st.integers(0, len(self.network.to_client) - 1))
        packet = self.network.to_client[index]
        if not keep:
            del self.network.to_client[index]
        self._client_receives(packet)

    @precondition(lambda self: self.network.to_server or self.network.to_client)
    @rule()
    def connection_breaks(self) -> None:
        self.network = Network()
        self.world.session.detach()
        self.world.session.attach()

    @rule(seconds=st.floats(0.001, 200))
    def time_passes(self, seconds: float) -> None:
        self.world.now += seconds

    @rule(size=st.integers(1, 100))
    def server_answers(self, size: int) -> None:
        running = sorted(self.world.session.results.running)
        if running:
            self._answer(running[0], size)

    @rule()
    def client_repeats(self) -> None:
        self.client.resend(*self.client.unanswered)

    @invariant()
    def nothing_runs_twice(self) -> None:
        assert all(execution.times == 1 for execution in self.executions.values())

    @invariant()
    def results_are_the_answers(self) -> None:
        for msg_id, body in self.results.items():
            assert self.executions[msg_id].answer == body

    def teardown(self) -> None:
        """On a connection that loses nothing, repeating what is unanswered brings every answer."""
        self.network = Network()
        self.world.session.detach()
        self.world.session.attach()
        for _ in range(6):
            self.client.resend(*self.client.unanswered)
            self._settle()
            for msg_id in sorted(self.world.session.results.running):
                self._answer(msg_id, 5)
            self._settle()
        assert self.asked - set(self.results) == set()

    def _settle(self) -> None:
        quiet = False
        while not quiet:
            packet = self.client.next_packet(always_container=True)
            if packet is not None:
                self._server_receives(packet)
            packets = self.world.packets()
            for answer in packets:
                self._client_receives(answer)
            quiet = packet is None and not packets

    def _answer(self, msg_id: int, size: int) -> None:
        answer = msg_id.to_bytes(8, "little") * size
        self.executions[msg_id].answer = answer
        assert self.world.session.send_result(msg_id, answer)

    def _server_receives(self, packet: OutgoingPlain) -> None:
        for event in self.world.session.receive(
            salt=packet.salt, msg_id=packet.msg_id, seqno=packet.seqno, body=packet.body
        ):
            if isinstance(event, RpcRequest):
                self.executions.setdefault(event.msg_id, Execution()).times += 1

    def _client_receives(self, packet: OutgoingPlain) -> None:
        for event in self.client.receive(msg_id=packet.msg_id, seqno=packet.seqno, body=packet.body):
            if isinstance(event, RpcResult):
                assert event.error is None
                self.results[event.req_msg_id] = event.body
            elif isinstance(event, DetailedInfo):
                self.client.request_resend(event.answer_msg_id)


TestLossyConversation = LossyConversation.TestCase
TestLossyConversation.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
