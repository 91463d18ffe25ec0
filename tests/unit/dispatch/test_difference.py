"""Pushes and the answer to updates.getDifference (https://core.telegram.org/api/updates#recovering-gaps)."""

from __future__ import annotations

import asyncio

import pytest

from connection_tier.server import sessions
from connection_tier.session import wire
from tests.unit.dispatch.test_cancel import Node
from tl import api

DIFFERENCE = api.updates.GetDifference(pts=1, date=1, qts=0)
CHANNEL_DIFFERENCE = api.updates.GetChannelDifference(
    channel=api.InputChannelEmpty(), filter=api.ChannelMessagesFilterEmpty(), pts=1, limit=10
)


def left(node: Node) -> list[bytes]:
    """What the session has for its client, without the answers' beginnings."""
    bodies = []
    while (packet := node.session.next_packet(max_messages=1)) is not None:
        bodies.append(packet.body)
    return bodies


async def taken_in(node: Node) -> None:
    """Answer every query, and let the time pass that a client is given: a timer set later runs out later."""
    node.runner.may_end.set()
    await node.dispatcher.drain(5)
    await asyncio.sleep(sessions._SETTLE_S)


@pytest.mark.parametrize("query", [DIFFERENCE, CHANNEL_DIFFERENCE])
async def test_pushes_leave_after_a_difference_that_is_being_read(query: api.updates.GetDifference) -> None:
    node = Node()
    msg_id = node.submit(query)
    await node.runner.started.wait()
    node.handle.push(b"push-one")
    node.handle.push(b"push-two")
    assert b"push-one" not in left(node)
    node.runner.may_end.set()
    await node.dispatcher.drain(5)
    # The answer goes alone: a client takes it in before it looks at a push.
    (answer,) = left(node)
    assert answer[:12] == wire.rpc_result(msg_id, b"")
    await taken_in(node)
    assert left(node) == [b"push-one", b"push-two"]
    node.handle.push(b"push-three")
    assert left(node) == [b"push-three"]


async def test_pushes_wait_for_the_last_of_two_differences() -> None:
    node = Node()
    node.submit(DIFFERENCE)
    dropped = node.submit(DIFFERENCE)
    await node.runner.started.wait()
    node.handle.push(b"push-one")
    node.drop(dropped)
    await taken_in(node)
    assert left(node)[-1] == b"push-one"
    assert not node.handle.held


async def test_other_queries_hold_nothing_back() -> None:
    node = Node()
    node.submit(api.help.GetConfig())
    await node.runner.started.wait()
    node.handle.push(b"push-one")
    assert left(node)[-1] == b"push-one"
    node.runner.may_end.set()
    await node.dispatcher.drain(5)


async def test_few_pushes_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_HELD_MAX", 1)
    node = Node()
    node.submit(DIFFERENCE)
    await node.runner.started.wait()
    node.handle.push(b"push-one")
    node.handle.push(b"push-two")
    assert b"push-two" in left(node)
    await taken_in(node)
    assert left(node)[-1] == b"push-one"
