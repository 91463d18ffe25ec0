"""Acknowledgements, duplicates, resending and the bounds of what is kept."""

from collections.abc import Callable

import pytest

from connection_tier.session import Attached, SessionLimits, wire
from tests.unit.session.world import QUERY, RESULT, World, flatten
from tl import mtproto


@pytest.fixture
def world() -> World:
    world = World()
    world.settle()
    return world


def replay(world: World, msg_id: int, seqno: int) -> None:
    assert world.receive(QUERY, msg_id=msg_id, seqno=seqno) == []


# --- new_session_created -----------------------------------------------------------------------------------------


def test_a_new_session_announces_itself_before_any_answer() -> None:  # checklist 58
    world = World()
    assert world.is_new()
    first = (world.msg_id(), world.seqno(), wire.ping(1))
    second = (world.msg_id(), world.seqno(), QUERY)
    world.container(first, second)
    assert not world.is_new()
    world.session.send_result(second[0], RESULT)
    sent = world.sent()
    announcement = sent[0].decode()
    assert isinstance(announcement, mtproto.NewSessionCreated)
    assert (announcement.first_msg_id, announcement.server_salt) == (first[0], world.salt)
    assert sent[0].seqno % 2 == 1
    assert [message.msg_id for message in sent] == sorted(message.msg_id for message in sent)


def test_it_is_repeated_for_a_smaller_msg_id() -> None:  # checklist 58
    world = World()
    lost, lost_seqno = world.msg_id(), world.seqno()
    world.now += 1
    world.request()
    (first,) = world.decoded()
    world.receive(QUERY, msg_id=lost, seqno=lost_seqno)
    (second,) = world.decoded()
    assert second.first_msg_id == lost < first.first_msg_id
    assert second.unique_id == first.unique_id


def test_it_is_corrected_while_it_waits() -> None:
    world = World()
    lost, lost_seqno = world.msg_id(), world.seqno()
    world.now += 1
    world.request()
    world.receive(QUERY, msg_id=lost, seqno=lost_seqno)
    assert [message.first_msg_id for message in world.decoded()] == [lost]


def test_unique_id_differs_when_the_state_was_lost() -> None:  # checklist 58
    announced = []
    for seed in (1, 2):
        world = World(seed=seed)
        world.request()
        announced.append(world.decoded()[0].unique_id)
    assert announced[0] != announced[1]


def test_a_refused_message_does_not_begin_the_session() -> None:
    world = World()
    world.receive(QUERY, salt=5)
    assert world.is_new()
    assert [type(message) for message in world.decoded()] == [mtproto.BadServerSalt]


# --- acknowledgements --------------------------------------------------------------------------------------------


def test_an_answer_within_the_delay_is_the_acknowledgement(world: World) -> None:  # checklist 53
    world.session.send_result(world.request(), RESULT)
    assert world.session.next_deadline is None
    assert [type(message) for message in world.decoded()] == [mtproto.RpcResult]


def test_a_slow_query_is_acknowledged_after_the_delay(world: World) -> None:  # checklist 53
    msg_id = world.request()
    assert not world.has_output()
    deadline = world.session.next_deadline
    assert deadline is not None
    assert world.now < deadline <= world.now + 30
    world.now = deadline
    assert world.has_output()
    (message,) = world.sent()
    assert message.decode() == mtproto.MsgsAck(msg_ids=[msg_id])
    assert message.seqno % 2 == 0
    assert world.session.next_deadline is None


def test_sixteen_waiting_are_acknowledged_at_once(world: World) -> None:  # checklist 53
    queries = [world.request() for _ in range(15)]
    assert not world.has_output()
    queries.append(world.request())
    assert world.has_output()
    assert world.decoded() == [mtproto.MsgsAck(msg_ids=queries)]


def test_acknowledgements_ride_with_other_messages(world: World) -> None:
    waiting = world.request()
    world.now += 1.5
    world.session.push(b"push")
    (packet,) = world.packets()
    bodies = [message.body for message in flatten(packet)]
    assert bodies == [b"push", wire.msgs_ack([waiting])]


def test_an_acknowledged_message_is_not_sent_again(world: World) -> None:  # checklist 53
    world.session.push(b"one.")
    world.session.push(b"two.")
    first, second = world.sent()
    world.acknowledge(first.msg_id, 12345, -1)
    assert world.session.attach() == Attached(1, are_pushes_lost=False)
    assert world.sent() == [second]


# --- duplicates --------------------------------------------------------------------------------------------------


def test_duplicate_of_a_running_query(world: World) -> None:  # checklist 47
    msg_id = world.request()
    replay(world, msg_id, 2 * world.content_count - 1)
    assert world.session.in_flight == 1
    assert world.sent() == []


def test_duplicate_of_an_answer_that_waits(world: World) -> None:  # checklist 47
    msg_id = world.request()
    world.session.send_result(msg_id, RESULT)
    replay(world, msg_id, 2 * world.content_count - 1)
    assert len(world.sent()) == 1


def test_duplicate_of_a_sent_answer(world: World) -> None:  # checklist 57
    msg_id = world.request()
    world.session.send_result(msg_id, RESULT)
    sent = world.sent()
    for _ in range(2):
        for _ in range(2):
            replay(world, msg_id, 2 * world.content_count - 1)
        assert world.sent() == sent


def test_duplicate_of_a_big_sent_answer(world: World) -> None:  # checklist 57
    msg_id = world.request()
    world.session.send_result(msg_id, b"big." * 10_000, gzip=False)
    (sent,) = world.sent()
    replay(world, msg_id, 2 * world.content_count - 1)
    (info,) = world.decoded()
    assert (info.msg_id, info.answer_msg_id, info.bytes) == (msg_id, sent.msg_id, len(sent.body))
    world.service(wire.id_vector(wire.MSG_RESEND_REQ, [info.answer_msg_id]))
    assert world.sent() == [sent]


def test_duplicate_of_an_acknowledged_answer(world: World) -> None:  # checklist 47
    msg_id = world.request()
    world.session.send_result(msg_id, RESULT)
    world.acknowledge(*(message.msg_id for message in world.sent()))
    replay(world, msg_id, 2 * world.content_count - 1)
    world.now += 30
    assert world.decoded() == [mtproto.MsgsAck(msg_ids=[msg_id])]


def test_a_duplicate_reaches_its_answer_after_the_window_of_time(world: World) -> None:  # checklist 47
    msg_id = world.request()
    world.session.send_result(msg_id, RESULT)
    sent = world.sent()
    world.now += 3000
    replay(world, msg_id, 2 * world.content_count - 1)
    assert world.sent() == sent


def test_duplicate_of_a_lost_answer() -> None:
    world = World(SessionLimits(max_kept_messages=2))
    world.settle()
    msg_id, seqno = world.request(), 2 * world.content_count - 1
    world.session.send_result(msg_id, RESULT)
    world.sent()
    for _ in range(3):
        world.session.push(b"push")
        world.sent()
    replay(world, msg_id, seqno)
    (answer,) = world.decoded()
    assert (answer.req_msg_id, answer.result.error_code) == (msg_id, 500)
    assert state_of(world, msg_id) == 4 | 8 | 32 | 64, "the error is an answer"


def test_long_running_queries_outlive_the_window() -> None:  # checklist 47
    world = World(SessionLimits(min_received_ids=400, max_received_ids=600))
    running, seqno = world.request(), 2 * world.content_count - 1
    for _ in range(2000):
        world.now += 1
        world.request()
        world.session.results.running.discard(world.session.received.highest)
    assert running not in world.session.received
    world.sent()
    replay(world, running, seqno)
    assert world.sent() == [], "a duplicate, neither too old nor unknown"
    world.session.send_result(running, RESULT)
    (answer,) = world.sent()
    assert state_of(world, running) == 4 | 8 | 32 | 64
    replay(world, running, seqno)
    assert world.sent() == [answer]


def test_the_window_is_bounded() -> None:
    world = World(SessionLimits(max_received_ids=1000))
    for _ in range(5000):
        world.now += 0.001
        world.service(wire.http_wait(0, 0, 0))
    assert 400 <= len(world.session.received) <= 1000


# --- resending ---------------------------------------------------------------------------------------------------


def test_a_new_connection_gets_everything_unacknowledged_as_it_was(world: World) -> None:  # checklist 19, 54
    world.session.send_result(world.request(), RESULT)
    world.session.push(b"one.")
    world.session.push(b"two.")
    sent = world.sent()
    world.session.detach()
    world.session.push(b"new.")
    assert world.session.attach() == Attached(3, are_pushes_lost=False)
    again = world.sent()
    assert again[:3] == sent
    assert again[3].body == b"new."
    assert again[3].msg_id > sent[-1].msg_id


def test_resent_messages_travel_alone_and_first(world: World) -> None:
    world.session.push(b"one.")
    world.session.push(b"two.")
    sent = world.sent()
    world.session.attach()
    world.session.push(b"new.")
    assert [(packet.msg_id, packet.body) for packet in world.packets()[:2]] == [
        (message.msg_id, message.body) for message in sent
    ]


def test_an_old_resent_message_travels_in_a_fresh_container(world: World) -> None:  # checklist 19
    world.session.push(b"one.")
    (sent,) = world.sent()
    world.now += 1000
    world.session.attach()
    (packet,) = world.packets()
    assert flatten(packet) == [sent]
    assert packet.msg_id >> 32 == int(world.now)


def test_volatile_messages_die_with_their_connection(world: World) -> None:
    world.receive(wire.ping(1))
    world.receive(QUERY, salt=5)
    world.session.push(b"push")
    world.session.attach()
    assert [message.body for message in world.sent()] == [b"push"]


def test_msg_resend_req(world: World) -> None:  # checklist 56
    world.session.push(b"one.")
    world.session.push(b"two.")
    first, second = world.sent()
    assert world.service(wire.id_vector(wire.MSG_RESEND_REQ, [second.msg_id])) == []
    assert world.sent() == [second]
    msg_id = world.msg_id()
    world.service(wire.id_vector(wire.MSG_RESEND_REQ, [first.msg_id, 5]), msg_id=msg_id)
    again, info = world.sent()
    assert again == first
    assert info.decode() == mtproto.MsgsStateInfo(req_msg_id=msg_id, info=b"\x01\x01")


def test_msg_resend_ans_req(world: World) -> None:  # checklist 56
    req_msg_id = world.request()
    world.session.send_result(req_msg_id, RESULT)
    sent = world.sent()
    world.service(wire.id_vector(wire.MSG_RESEND_ANS_REQ, [req_msg_id]))
    assert world.sent() == sent
    running = world.request()
    world.service(wire.id_vector(wire.MSG_RESEND_ANS_REQ, [running]))
    (info,) = world.decoded()
    assert info.info == bytes([4 | 32])


def test_a_message_acknowledged_while_it_waits_for_resending(world: World) -> None:
    world.session.push(b"one.")
    (sent,) = world.sent()
    world.session.attach()
    world.acknowledge(sent.msg_id)
    assert world.sent() == []
    assert not world.has_output()


# --- states ------------------------------------------------------------------------------------------------------


def state_of(world: World, msg_id: int) -> int:
    world.service(wire.id_vector(wire.MSGS_STATE_REQ, [msg_id]))
    (info,) = [message for message in world.sent() if message.constructor == wire.MSGS_STATE_INFO]
    (state,) = info.decode().info
    assert isinstance(state, int)
    return state


def running(world: World) -> int:
    return world.request()


def acknowledged_running(world: World) -> int:
    msg_id = world.request()
    world.now += 5
    world.sent()
    return msg_id


def answered(world: World) -> int:
    msg_id = world.request()
    world.session.send_result(msg_id, RESULT)
    world.sent()
    return msg_id


def answer_known(world: World) -> int:
    msg_id = world.request()
    world.session.send_result(msg_id, RESULT)
    world.acknowledge(*(message.msg_id for message in world.sent()))
    return msg_id


def service(world: World) -> int:
    msg_id = world.msg_id()
    world.service(wire.http_wait(0, 0, 0), msg_id=msg_id)
    return msg_id


def between(world: World) -> int:
    world.now += 1
    msg_id = world.msg_id()
    world.now += 1
    world.request()
    return msg_id


STATES: dict[str, tuple[Callable[[World], int], int]] = {
    "server_id": (lambda world: world.msg_id() + 1, 1),
    "between": (between, 2),
    "too_high": (lambda world: world.msg_id(1000), 3),
    "service": (service, 4 | 16),
    "running": (running, 4 | 32),
    "acknowledged_running": (acknowledged_running, 4 | 8 | 32),
    "answered": (answered, 4 | 8 | 32 | 64),
    "answer_known": (answer_known, 4 | 8 | 32 | 64 | 128),
}


@pytest.mark.parametrize("name", STATES)
def test_state(world: World, name: str) -> None:  # checklist 55
    make, state = STATES[name]
    assert state_of(world, make(world)) == state


def test_state_of_what_the_window_forgot() -> None:  # checklist 55
    world = World()
    first = world.request()
    world.session.send_result(first, RESULT)
    world.acknowledge(*(message.msg_id for message in world.sent()))
    for _ in range(1200):
        world.now += 1
        world.service(wire.http_wait(0, 0, 0))
    assert state_of(world, first) == 1


def test_state_of_a_lost_answer_makes_the_client_ask_again() -> None:
    world = World(SessionLimits(max_kept_messages=1))
    world.settle()
    msg_id = answered(world)
    for _ in range(2):
        world.session.push(b"push")
        world.sent()
    assert state_of(world, msg_id) == 1


# --- bounds ------------------------------------------------------------------------------------------------------


def test_kept_messages_are_bounded() -> None:  # checklist 54
    world = World(SessionLimits(max_kept_messages=10, max_kept_bytes=1000))
    world.settle()
    for _ in range(30):
        world.session.push(b"push" * 50)
        world.sent()
    assert world.session.outgoing.kept_bytes <= 1000
    attached = world.session.attach()
    assert attached == Attached(5, are_pushes_lost=True)
    assert not world.session.attach().are_pushes_lost


def test_a_message_above_the_bound_is_sent_and_kept_alone() -> None:
    world = World(SessionLimits(max_kept_bytes=1000))
    world.settle()
    msg_id = world.request()
    world.session.send_result(msg_id, b"big." * 1000, gzip=False)
    sent = world.sent()
    world.session.attach()
    assert world.sent() == sent


def test_a_slow_reader_overflows() -> None:  # checklist 20
    world = World(SessionLimits(max_queued_bytes=1000))
    world.settle()
    for _ in range(10):
        world.session.push(b"push" * 25)
    assert not world.is_overflowed()
    world.session.push(b"push")
    assert world.is_overflowed()
    world.session.detach()
    assert not world.is_overflowed()
    assert world.session.attach() == Attached(0, are_pushes_lost=True)
    assert world.sent() == []


def test_congestion_by_running_queries_and_by_unsent_answers() -> None:  # checklist 20
    world = World(SessionLimits(max_in_flight=3, congested_bytes=1000))
    world.settle()
    queries = [world.request() for _ in range(2)]
    assert not world.is_congested()
    queries.append(world.request())
    assert world.is_congested()
    world.session.send_result(queries.pop(), bytes(500), gzip=False)
    assert not world.is_congested()
    world.session.send_result(queries.pop(), bytes(500), gzip=False)
    assert world.is_congested()
    world.packets()
    assert not world.is_congested()


def test_pushes_are_dropped_before_answers() -> None:
    world = World(SessionLimits(max_queued_bytes=1000))
    queries = [world.request() for _ in range(4)]
    world.session.detach()
    world.session.push(b"push" * 25)
    for msg_id in queries[:2]:
        world.session.send_result(msg_id, b"data" * 100)
    world.session.push(b"push" * 25)
    assert world.session.attach().are_pushes_lost
    kinds = [type(message.decode()) if message.constructor != wire.RPC_RESULT else "answer" for message in world.sent()]
    assert kinds[:3] == [mtproto.NewSessionCreated, "answer", "answer"]


def test_answers_beyond_the_bound_count_as_lost() -> None:
    world = World(SessionLimits(max_queued_bytes=1000))
    world.settle()
    queries = [world.request() for _ in range(4)]
    world.session.detach()
    for msg_id in queries:
        world.session.send_result(msg_id, b"data" * 100)
    world.session.attach()
    assert [state_of(world, msg_id) & 7 for msg_id in queries] == [1, 1, 4, 4]


def test_packets_stay_below_their_bounds() -> None:
    world = World(SessionLimits(max_packet_bytes=1000, max_packet_messages=3))
    world.settle()
    for size in (10, 10, 10, 10, 100, 150, 400, 10):
        world.session.push(b"push" * size)
    packets = world.packets()
    assert [len(flatten(packet)) for packet in packets] == [3, 2, 1, 1, 1]
    for packet in packets:
        ids = [message.msg_id for message in flatten(packet)]
        assert len(ids) == 1 or max(ids) < packet.msg_id


def test_packets_are_taken_in_portions(world: World) -> None:
    for _ in range(10):
        world.session.push(bytes(300_000))
    assert len(world.session.next_packets(1_000_000)) == 4
    assert len(world.session.next_packets(1)) == 1
    assert len(world.packets()) == 5


def test_seqno_counts_content_related_messages() -> None:  # checklist 48
    world = World()
    world.settle()
    before = world.session.outgoing.next_container_id(is_response=False)[1]
    world.session.push(b"one.")
    world.receive(wire.ping(1))
    world.session.push(b"two.")
    (packet,) = world.packets()
    assert [message.seqno - before for message in flatten(packet)] == [1, 2, 3]
    assert packet.seqno - before == 4


def test_answers_are_responses_and_pushes_are_not(world: World) -> None:  # checklist 45, 65
    world.session.send_result(world.request(), RESULT)
    (answer,) = world.sent()
    world.session.push(b"push")
    (push,) = world.sent()
    assert (answer.msg_id % 4, push.msg_id % 4) == (1, 3)
    assert (answer.seqno % 2, push.seqno % 2) == (1, 1)


def test_one_answer_a_request(world: World) -> None:  # checklist 65
    msg_id = world.request()
    assert world.session.send_rpc_error(msg_id, 400, "PEER_ID_INVALID")
    assert not world.session.send_result(msg_id, RESULT)
    assert not world.session.send_result(5, RESULT)
    (answer,) = world.decoded()
    assert answer.result == mtproto.RpcError(error_code=400, error_message="PEER_ID_INVALID")


# --- containers --------------------------------------------------------------------------------------------------


def test_nothing_follows_an_error_in_a_container(world: World) -> None:
    """GramJS throws at an rpc_error and never looks at the rest of the container."""
    asked = [world.request() for _ in range(5)]
    for number, msg_id in enumerate(asked):
        if number in {1, 2}:
            world.session.send_rpc_error(msg_id, 401, "AUTH_KEY_UNREGISTERED")
        else:
            world.session.send_result(msg_id, RESULT)
    packets = [[message.decode() for message in flatten(packet)] for packet in world.packets()]
    assert [[answer.req_msg_id for answer in packet] for packet in packets] == [asked[:2], asked[2:3], asked[3:]]
    is_error = [[isinstance(answer.result, mtproto.RpcError) for answer in packet] for packet in packets]
    assert is_error == [[False, True], [True], [False, False]]
