"""Each code of bad_msg_notification, and that a bad message is never executed."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from connection_tier.session import RpcRequest, SessionLimits
from connection_tier.session.containers import build_container
from connection_tier.session.wire import MSG_CONTAINER, msgs_ack
from tests.unit.session.world import QUERY, World
from tl import mtproto


@dataclass(frozen=True, slots=True)
class Bad:
    msg_id: int
    seqno: int
    body: bytes = QUERY
    salt: int | None = None


def older_id(world: World) -> int:
    """A msg_id that lies between received ones and was not received."""
    return world.request() - 2**29


def reused_container_id(world: World) -> Bad:
    msg_id = world.request()
    return Bad(msg_id, world.seqno(is_content=False), build_container([(msg_id - 2**29, 1, QUERY)]))


def forgotten(world: World) -> Bad:
    first = world.msg_id()
    for _ in range(1200):
        world.now += 1
        world.session.send_result(world.request(), b"done")
    inner = (first, 1, QUERY)
    return Bad(world.msg_id(), world.seqno(is_content=False), build_container([inner]))


CASES: dict[str, tuple[int, Callable[[World], Bad]]] = {
    "too_low": (16, lambda world: Bad(world.msg_id(-301), 99)),
    "too_high": (17, lambda world: Bad(world.msg_id(32), 99)),
    "parity_1": (18, lambda world: Bad(world.msg_id() + 1, 99)),
    "parity_2": (18, lambda world: Bad(world.msg_id() + 2, 99)),
    "parity_3": (18, lambda world: Bad(world.msg_id() + 3, 99)),
    "negative_id": (18, lambda world: Bad(-8, 99)),
    "parity_before_time": (18, lambda world: Bad(world.msg_id(-500) + 1, 99)),
    "reused_container_id": (19, reused_container_id),
    "seqno_below_older": (32, lambda world: Bad(world.msg_id(), 1)),
    "seqno_equal_and_odd": (32, lambda world: Bad(world.msg_id(), 2 * world.content_count - 1)),
    "seqno_above_newer": (33, lambda world: Bad(older_id(world), 99)),
    "odd_container": (34, lambda world: Bad(world.msg_id(), world.seqno(), build_container([]))),
    "even_query": (35, lambda world: Bad(world.msg_id(), world.seqno(is_content=False))),
    "container_count": (64, lambda world: Bad(world.msg_id(), 98, MSG_CONTAINER.to_bytes(4, "little") + b"\x01\0\0\0")),
    "time_before_salt": (16, lambda world: Bad(world.msg_id(-301), 99, salt=5)),
    "salt_before_seqno": (48, lambda world: Bad(world.msg_id(), 1, salt=5)),
    "salt_before_container": (48, lambda world: Bad(world.msg_id(), 99, build_container([])[:4], salt=5)),
}


@pytest.mark.parametrize("name", CASES)
def test_code(name: str) -> None:  # checklist 49, 50, 52, 129
    code, make = CASES[name]
    world = World()
    world.settle()
    world.now += 2
    bad = make(world)
    world.sent()
    events = world.receive(bad.body, msg_id=bad.msg_id, seqno=bad.seqno, salt=bad.salt)
    assert events == []
    (notice,) = world.sent()
    assert notice.msg_id % 4 == 3
    assert notice.seqno % 2 == 0
    decoded = notice.decode()
    assert (decoded.bad_msg_id, decoded.bad_msg_seqno, decoded.error_code) == (bad.msg_id, bad.seqno, code)
    if code == 48:
        assert isinstance(decoded, mtproto.BadServerSalt)
        assert decoded.new_server_salt == world.salt
    else:
        assert isinstance(decoded, mtproto.BadMsgNotification)


def test_code_20_for_a_message_older_than_all_kept() -> None:  # checklist 47, 49
    world = World(SessionLimits(min_received_ids=400))
    world.settle()
    bad = forgotten(world)
    world.sent()
    assert world.receive(bad.body, msg_id=bad.msg_id, seqno=bad.seqno) == []
    (notice,) = world.decoded()
    assert notice.error_code == 20


def test_nothing_is_kept_of_a_bad_message() -> None:
    world = World()
    world.settle()
    msg_id, seqno = world.msg_id(), world.seqno()
    assert world.receive(QUERY, msg_id=msg_id, seqno=seqno, salt=5) == []
    assert len(world.receive(QUERY, msg_id=msg_id, seqno=seqno)) == 1, "the same message with the right salt executes"


def test_resend_in_a_fresh_container_passes_the_window_of_time() -> None:  # checklist 46
    world = World()
    world.settle()
    msg_id, seqno = world.msg_id(), world.seqno()
    world.now += 310
    assert world.receive(QUERY, msg_id=msg_id, seqno=seqno) == []
    assert world.container((msg_id, seqno, QUERY)) == [RpcRequest(msg_id, QUERY)]


@pytest.mark.parametrize("is_content", [False, True])
def test_clients_disagree_about_pings(is_content: bool) -> None:  # checklist 48
    world = World()
    world.settle()
    world.receive(mtproto_ping(), seqno=world.seqno(is_content=is_content))
    assert [type(answer) for answer in world.decoded()] == [mtproto.Pong]


def mtproto_ping() -> bytes:
    return bytes.fromhex("ec77be7a") + bytes(8)


def test_a_message_out_of_order_fits_between_its_neighbours() -> None:
    world = World()
    world.settle()
    late, late_seqno = world.msg_id(), world.seqno()
    world.now += 1
    world.request()
    assert len(world.receive(QUERY, msg_id=late, seqno=late_seqno)) == 1


def test_odd_ack_is_taken() -> None:  # mtcute numbers its acknowledgments odd
    world = World()
    world.settle()
    world.sent()
    assert world.receive(msgs_ack([1]), msg_id=world.msg_id(), seqno=world.seqno()) == []
    assert world.sent() == []
