"""One message for each HTTP response. checklist 16, 17, 19"""

import pytest

from connection_tier.session import SessionLimits, wire
from tests.unit.session.world import QUERY, RESULT, World, flatten

MAX_BYTES = 1 << 20


@pytest.fixture
def world() -> World:
    world = World()
    world.settle()
    return world


def test_nothing_is_an_empty_container(world: World) -> None:
    for response in (world.session.next_response(MAX_BYTES), world.session.empty_response()):
        assert flatten(response) == []
        assert response.body == wire.MSG_CONTAINER.to_bytes(4, "little") + bytes(4)
        assert (response.msg_id & 3, response.seqno & 1) == (3, 0)


def test_one_message_travels_bare(world: World) -> None:
    msg_id = world.request()
    world.session.send_result(msg_id, RESULT)
    response = world.session.next_response(MAX_BYTES)
    assert response.body == wire.rpc_result(msg_id, RESULT)
    assert response.msg_id & 3 == 1


def test_all_that_waits_travels_together(world: World) -> None:
    queries = [world.request() for _ in range(3)]
    for msg_id in queries:
        world.session.send_result(msg_id, RESULT)
    world.session.push(b"push")
    messages = flatten(world.session.next_response(MAX_BYTES))
    assert [message.body for message in messages] == [wire.rpc_result(msg_id, RESULT) for msg_id in queries] + [b"push"]


def test_resent_messages_ride_in_a_container_as_they_were(world: World) -> None:
    world.session.push(b"lost")
    first = world.session.next_response(MAX_BYTES)
    world.session.attach()
    response = world.session.next_response(MAX_BYTES)
    [again] = flatten(response)
    assert (again.msg_id, again.seqno, again.body) == (first.msg_id, first.seqno, b"lost")
    assert response.msg_id > again.msg_id
    world.session.push(b"newx")
    world.session.attach()
    messages = flatten(world.session.next_response(MAX_BYTES))
    assert [message.body for message in messages] == [b"lost", b"newx"]


def test_old_messages_are_sent_again_until_acknowledged(world: World) -> None:
    world.session.push(b"lost")
    [sent] = flatten(world.session.next_response(MAX_BYTES))
    world.session.resend_older(30)
    assert not world.has_output()
    world.now += 31
    world.session.resend_older(30)
    assert [message.msg_id for message in flatten(world.session.next_response(MAX_BYTES))] == [sent.msg_id]
    world.acknowledge(sent.msg_id)
    world.session.resend_older(30)
    assert not world.session.outgoing


def test_a_surplus_waits_for_the_next_response(world: World) -> None:
    for number in range(4):
        world.session.push(bytes([number]) * 400)
    first = flatten(world.session.next_response(1000))
    second = flatten(world.session.next_response(1000))
    assert [message.body[0] for message in first + second] == [0, 1, 2, 3]
    assert first
    assert second


def test_a_big_message_travels_alone(world: World) -> None:
    world.session.push(b"tiny")
    world.session.push(bytes(5000))
    world.session.push(b"tiny")
    sizes = [[len(message.body) for message in flatten(world.session.next_response(1000))] for _ in range(3)]
    assert sizes == [[4], [5000], [4]]


def test_resends_fill_a_response_too() -> None:
    world = World(SessionLimits(max_kept_messages=100))
    world.settle()
    for _ in range(10):
        world.session.push(bytes(400))
    while world.session.outgoing:
        world.session.next_response(MAX_BYTES)
    world.session.attach()
    world.session.push(b"newx")
    responses = [flatten(world.session.next_response(1000)) for _ in range(5)]
    bodies = [len(message.body) for response in responses for message in response]
    assert bodies == [400] * 10 + [4]
    assert all(len(response) <= 3 for response in responses)


def test_acknowledgements_ride_when_they_are_due(world: World) -> None:
    world.request(QUERY)
    assert flatten(world.session.next_response(MAX_BYTES)) == []
    world.now += 2
    [ack] = flatten(world.session.next_response(MAX_BYTES))
    assert ack.constructor == wire.MSGS_ACK
