"""updates.getDifference at its edges: https://core.telegram.org/method/updates.getDifference. Checklist 83, 86."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client, Harness
from tl import api

Fails = Callable[..., RpcError]


def send(client: Client, count: int, start: int = 1) -> None:
    for number in range(start, start + count):
        client.call(api.messages.SendMessage(peer=api.InputPeerSelf(), message=str(number), random_id=number))


def difference(client: Client, pts: int, **limits: int) -> Any:
    return client.call(api.updates.GetDifference(pts=pts, date=1, qts=0, **limits))


def test_nothing_happened(alice: Client, server: Harness) -> None:
    state = alice.call(api.updates.GetState())
    empty = difference(alice, state.pts)
    assert empty == api.updates.DifferenceEmpty(date=int(server.clock()), seq=0)
    # A client that is ahead, as after a restored backup, is told nothing either.
    assert isinstance(difference(alice, state.pts + 1000), api.updates.DifferenceEmpty)


def test_too_long(alice: Client) -> None:
    """Never cut silently: a client that is further behind than it or the server likes fetches its chats anew."""
    pts = alice.call(api.updates.GetState()).pts
    send(alice, 5)
    assert difference(alice, pts, pts_total_limit=4) == api.updates.DifferenceTooLong(pts=pts + 5)
    whole = difference(alice, pts, pts_total_limit=5)
    assert isinstance(whole, api.updates.Difference)
    assert [message.message for message in whole.new_messages] == ["1", "2", "3", "4", "5"]


def test_slices(alice: Client) -> None:
    pts = alice.call(api.updates.GetState()).pts
    send(alice, 5)
    texts: list[str] = []
    for expected in (api.updates.DifferenceSlice, api.updates.DifferenceSlice, api.updates.Difference):
        part = difference(alice, pts, pts_limit=2)
        assert isinstance(part, expected)
        texts += [message.message for message in part.new_messages]
        pts = (part.state if isinstance(part, api.updates.Difference) else part.intermediate_state).pts
    assert texts == ["1", "2", "3", "4", "5"]
    assert pts == alice.call(api.updates.GetState()).pts


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"pts": 0, "date": 1}, "PERSISTENT_TIMESTAMP_EMPTY"), ({"pts": 1, "date": 0}, "DATE_EMPTY")],
)
def test_refusals(alice: Client, fails: Fails, fields: dict[str, int], name: str) -> None:
    fails(name, alice, api.updates.GetDifference(qts=0, **fields))
