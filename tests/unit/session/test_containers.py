"""Containers: layout, limits, and what a bad part of one costs."""

from contextlib import suppress
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_tier.session import RpcRequest, TransportFlood
from connection_tier.session.containers import BadContainer, ContainerTooLarge, build_container, parse_container
from connection_tier.session.packed import pack_gzip
from connection_tier.session.wire import MSG_CONTAINER, ping
from tests.unit.session.world import QUERY, World

BODIES = st.integers(0, 20).map(lambda words: b"body" * (words + 1))


@given(st.lists(st.tuples(st.integers(0, 2**62), st.integers(0, 2**31 - 1), BODIES), max_size=30))
def test_round_trip(messages: list[tuple[int, int, bytes]]) -> None:
    assert parse_container(build_container(messages), 2**63 - 1, 1024) == messages


@given(st.binary(max_size=200))
def test_parsing_raises_nothing_else(data: bytes) -> None:
    with suppress(BadContainer):
        parse_container(MSG_CONTAINER.to_bytes(4, "little") + data, 2**62, 1024)


def header(length: int) -> bytes:
    return pack("<Ii", MSG_CONTAINER, 1) + pack("<qii", 4, 1, length)


@pytest.mark.parametrize(
    "body",
    [
        pack("<I", MSG_CONTAINER),
        pack("<Ii", MSG_CONTAINER, -1),
        pack("<Ii", MSG_CONTAINER, 1),
        header(8) + b"body",
        header(4) + b"body" + b"more",
        header(3) + b"bod",
        header(0),
        header(-4) + b"body",
        header(2**31 - 1) + b"body",
        build_container([(4, 1, build_container([]))]),
        build_container([(400, 1, QUERY)]),
        build_container([(404, 1, QUERY)]),
    ],
    ids=[
        "no_count",
        "negative_count",
        "no_messages",
        "too_short",
        "bytes_behind",
        "not_by_4",
        "no_body",
        "negative_length",
        "huge_length",
        "container_inside",
        "same_msg_id",
        "higher_msg_id",
    ],
)
def test_bad_container(body: bytes) -> None:  # checklist 62
    with pytest.raises(BadContainer):
        parse_container(body, 400, 1024)


def test_count_limit() -> None:  # checklist 62
    messages = [(4 * index, 1, QUERY) for index in range(1025)]
    assert len(parse_container(build_container(messages[:1024]), 2**40, 1024)) == 1024
    with pytest.raises(ContainerTooLarge):
        parse_container(build_container(messages), 2**40, 1024)


def test_too_many_messages_are_a_transport_flood() -> None:  # checklist 13
    world = World()
    assert world.container(*[(4 * index, 1, QUERY) for index in range(1025)]) == [TransportFlood()]


def test_all_messages_are_processed_in_order() -> None:
    world = World()
    messages = [(world.msg_id(), world.seqno(), QUERY + bytes(4 * index)) for index in range(10)]
    events = world.container(*messages)
    assert events == [RpcRequest(msg_id, body) for msg_id, _, body in messages]


def test_a_bad_message_costs_no_sibling() -> None:  # checklist 50
    world = World()
    world.settle()
    first = (world.msg_id(), world.seqno(), QUERY)
    bad_parity = (world.msg_id() + 1, world.seqno(), QUERY)
    even = (world.msg_id(), world.seqno(is_content=False), QUERY)
    last = (world.msg_id(), world.seqno(), QUERY)
    events = world.container(first, bad_parity, even, last)
    assert events == [RpcRequest(first[0], QUERY), RpcRequest(last[0], QUERY)]
    assert [(notice.bad_msg_id, notice.error_code) for notice in world.decoded()] == [
        (bad_parity[0], 18),
        (even[0], 35),
    ]


def test_a_bad_container_costs_all_of_it() -> None:  # checklist 50
    world = World()
    world.settle()
    msg_id, seqno = world.msg_id(), world.seqno()
    container = build_container([(msg_id, seqno, QUERY)])
    assert world.service(container + b"more") == []
    assert [notice.error_code for notice in world.decoded()] == [64]
    assert len(world.service(container)) == 1


def test_container_ids_do_not_repeat_messages() -> None:
    world = World()
    world.settle()
    msg_id, seqno = world.msg_id(), world.seqno()
    container_id = world.msg_id()
    container = build_container([(msg_id, seqno, QUERY)])
    assert len(world.service(container, msg_id=container_id)) == 1
    assert world.service(container, msg_id=container_id) == [], "the same packet twice"
    assert world.container((msg_id, seqno, QUERY)) == [], "the same message in another container"
    assert world.sent() == []


def test_packed_container() -> None:
    world = World()
    message = (world.msg_id(), world.seqno(), QUERY)
    packed = pack_gzip(build_container([message, *(padding(world) for _ in range(20))]), 1, 1 << 20)
    assert packed[:4] == bytes.fromhex("a1cf7230")
    assert world.service(packed) == [RpcRequest(message[0], QUERY)]


def padding(world: World) -> tuple[int, int, bytes]:
    return (world.msg_id(), world.seqno(is_content=False), ping(0))


def test_container_hidden_in_a_packed_message() -> None:  # checklist 62
    world = World()
    world.settle()
    hidden = pack_gzip(build_container([(world.msg_id(), world.seqno(), bytes(400))]), 1, 1 << 20)
    outer = (world.msg_id(), world.seqno(is_content=False), hidden)
    assert world.container(outer) == []
    assert [(notice.bad_msg_id, notice.error_code) for notice in world.decoded()] == [(outer[0], 64)]
