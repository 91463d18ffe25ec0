"""gzip_packed: formats, bombs, what is worth packing."""

import zlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_tier.session import InflateFailed, RpcRequest, SessionLimits, pack_gzip, unpack_gzip
from connection_tier.session.containers import build_container
from connection_tier.session.packed import InflateBudget
from connection_tier.session.wire import GZIP_PACKED, tl_bytes
from tests.unit.session.world import QUERY, World
from tl import mtproto

MIB = 1024 * 1024
PACKED = GZIP_PACKED.to_bytes(4, "little")


def packed(body: bytes, wbits: int = 31) -> bytes:
    return PACKED + tl_bytes(zlib.compress(body, 9, wbits))


@pytest.mark.parametrize("wbits", [15, 31], ids=["zlib", "gzip"])
def test_both_formats(wbits: int) -> None:  # checklist 63
    world = World()
    (event,) = world.receive(packed(QUERY, wbits))
    assert isinstance(event, RpcRequest)
    assert event.body == QUERY


@given(st.binary(max_size=5000))
def test_round_trip(body: bytes) -> None:
    assert unpack_gzip(pack_gzip(b"head" + body, 1, MIB)) == b"head" + body


def test_nesting_up_to_the_limit() -> None:  # checklist 63
    body = QUERY
    for _ in range(4):
        body = packed(body)
    world = World()
    assert [type(event) for event in world.receive(body)] == [RpcRequest]
    assert unpack_gzip(body) == QUERY
    assert world.receive(packed(body)) == []
    assert [answer for answer in world.decoded() if isinstance(answer, mtproto.MsgContainer)] == []
    with pytest.raises(InflateFailed):
        unpack_gzip(packed(body))


@pytest.mark.parametrize(
    "body",
    [
        PACKED,
        PACKED + tl_bytes(b""),
        PACKED + tl_bytes(b"no gzip"),
        packed(QUERY)[:-12],
        PACKED + tl_bytes(zlib.compress(QUERY * 100, 9, 31)[:-9]),
        packed(bytes(11 * MIB)),
        packed(b""),
    ],
    ids=["no_bytes", "empty", "no_format", "short_bytes", "incomplete", "bomb", "nothing_inside"],
)
def test_damage_costs_an_rpc_error(body: bytes) -> None:  # checklist 63, 66
    world = World()
    world.settle()
    msg_id = world.msg_id()
    assert world.receive(body, msg_id=msg_id) == []
    (answer,) = world.decoded()
    assert answer.req_msg_id == msg_id
    assert answer.result.error_code == 400
    assert answer.result.error_message == "INPUT_FETCH_FAIL"
    world.request()


def test_a_bomb_inflates_no_further_than_the_cap() -> None:  # checklist 63
    budget = InflateBudget(10 * MIB, 32 * MIB)
    with pytest.raises(InflateFailed, match=str(10 * MIB)):
        budget.inflate(packed(bytes(200 * MIB)))
    assert budget.remaining == 0


def test_one_packet_shares_one_cap() -> None:  # checklist 63
    limits = SessionLimits(max_inflated_message=100_000, max_inflated_frame=250_000)
    world = World(limits)
    world.settle()
    item = packed(QUERY + bytes(90_000))
    messages = [(world.msg_id(), world.seqno(), item) for _ in range(4)]
    events = world.container(*messages)
    assert [event.msg_id for event in events if isinstance(event, RpcRequest)] == [messages[0][0], messages[1][0]]
    assert [answer.req_msg_id for answer in world.decoded()] == [messages[2][0], messages[3][0]]
    assert len(world.receive(item)) == 1, "the next packet has a cap of its own"


def test_results_are_packed_when_it_pays() -> None:  # checklist 64
    world = World()
    world.settle()
    compressible = b"data" * 1000
    noise = Random(1).randbytes(4000)
    file = bytes.fromhex("d5186a09") + bytes(4000)
    sizes = []
    for result in (compressible, compressible[:1000], noise, file):
        world.session.send_result(world.request(), result)
        (message,) = world.sent()
        assert unpack_gzip(message.body[12:]) == result
        sizes.append(len(message.body) - 12)
    assert sizes[0] < 200
    assert sizes[1:] == [1000, 4000, 4004]
    world.session.send_result(world.request(), compressible, gzip=False)
    assert len(world.sent()[0].body) == 12 + 4000


def test_packing_can_be_turned_off() -> None:
    world = World(SessionLimits(gzip_min=0))
    world.settle()
    world.session.send_result(world.request(), b"data" * 1000)
    assert len(world.sent()[0].body) == 12 + 4000


def test_packed_container_with_a_known_id_reaches_its_duplicates() -> None:
    world = World()
    messages = [(world.msg_id(), world.seqno(), bytes([index]) * 400) for index in range(1, 4)]
    body = packed(build_container(messages))
    msg_id = world.msg_id()
    assert len(world.service(body, msg_id=msg_id)) == 3
    for req_msg_id, _, _ in messages:
        world.session.send_result(req_msg_id, b"done")
    first = world.sent()
    assert world.service(body, msg_id=msg_id) == []
    assert {message.msg_id for message in world.sent()} < {message.msg_id for message in first}
