"""Block lists. Checklist 111."""

from __future__ import annotations

from typing import Any, cast

import pytest

from layers.domain import limits
from layers.domain.blocks import blocks_either_way, is_blocked
from layers.errors import RpcError
from tests.harness import Client, Harness
from tl import api


def blocked(owner: Client, **fields: Any) -> list[int]:
    """Ids on the list, latest first."""
    answer = owner.call(api.contacts.GetBlocked(**{"offset": 0, "limit": 100, **fields}))
    return [item.peer_id.user_id for item in answer.blocked]


def test_blocking_and_unblocking(server: Harness, alice: Client, bob: Client) -> None:
    tablet = alice.device()
    assert alice.call(api.contacts.Block(id=alice.peer(bob))) is True
    peer = api.PeerUser(user_id=bob.id)
    assert tablet.pushes() == [api.UpdatePeerBlocked(blocked=True, peer_id=peer)]
    assert (alice.pushes(), bob.pushes()) == ([], [])
    answer = alice.call(api.contacts.GetBlocked(offset=0, limit=100))
    assert isinstance(answer, api.contacts.Blocked)
    assert [user.id for user in answer.users] == blocked(alice) == [bob.id]
    with server.services.database.transaction(writes=False) as db:
        assert is_blocked(server.context(db), alice.id, bob.id)
        assert blocks_either_way(server.context(db), bob.id, alice.id) == (False, True)
        assert blocks_either_way(server.context(db), alice.id, bob.id) == (True, False)
    assert alice.call(api.contacts.Unblock(id=alice.peer(bob))) is True
    assert tablet.pushes() == [api.UpdatePeerBlocked(peer_id=peer)]
    assert blocked(alice) == []


def test_repeating_is_harmless(alice: Client, bob: Client) -> None:
    tablet = alice.device()
    assert alice.call(api.contacts.Unblock(id=alice.peer(bob))) is True
    assert tablet.pushes() == []
    alice.call(api.contacts.Block(id=alice.peer(bob)))
    assert alice.call(api.contacts.Block(id=alice.peer(bob))) is True
    assert blocked(alice) == [bob.id]


def test_stories_list_is_another(alice: Client, bob: Client) -> None:
    tablet = alice.device()
    alice.call(api.contacts.Block(id=alice.peer(bob), my_stories_from=True))
    (update,) = tablet.pushes()
    assert (update.blocked, update.blocked_my_stories_from) == (False, True)
    assert blocked(alice) == []
    assert blocked(alice, my_stories_from=True) == [bob.id]
    alice.call(api.contacts.Unblock(id=alice.peer(bob), my_stories_from=True))
    assert blocked(alice, my_stories_from=True) == []


def test_a_full_block_is_not_weakened(alice: Client, bob: Client) -> None:
    alice.call(api.contacts.Block(id=alice.peer(bob)))
    alice.call(api.contacts.Block(id=alice.peer(bob), my_stories_from=True))
    alice.call(api.contacts.Unblock(id=alice.peer(bob), my_stories_from=True))
    assert blocked(alice) == [bob.id]


def test_a_stories_block_can_become_a_full_one(alice: Client, bob: Client) -> None:
    alice.call(api.contacts.Block(id=alice.peer(bob), my_stories_from=True))
    alice.call(api.contacts.Block(id=alice.peer(bob)))
    assert blocked(alice) == [bob.id]
    assert blocked(alice, my_stories_from=True) == []


def test_pages(server: Harness, alice: Client) -> None:
    people = [server.user(f"P{number}") for number in range(5)]
    for person in people:
        server.clock.advance(10)
        alice.call(api.contacts.Block(id=alice.peer(person)))
    first = alice.call(api.contacts.GetBlocked(offset=0, limit=2))
    assert isinstance(first, api.contacts.BlockedSlice)
    assert first.count == 5
    assert [cast("api.PeerUser", item.peer_id).user_id for item in first.blocked] == [people[4].id, people[3].id]
    assert blocked(alice, offset=4, limit=2) == [people[0].id]
    assert blocked(alice, offset=9) == []
    with pytest.raises(RpcError, match="OFFSET_INVALID"):
        blocked(alice, offset=-1)


def test_setting_the_whole_list(alice: Client, bob: Client, carol: Client) -> None:
    alice.call(api.contacts.Block(id=alice.peer(bob)))
    tablet = alice.device()
    assert alice.call(api.contacts.SetBlocked(id=[alice.peer(carol)], limit=10)) is True
    assert blocked(alice) == [carol.id]
    pushed: list[Any] = tablet.pushes()
    assert [(update.peer_id.user_id, update.blocked) for update in pushed] == [
        (bob.id, False),
        (carol.id, True),
    ]
    alice.call(api.contacts.SetBlocked(id=[alice.peer(carol), alice.peer(carol)], limit=10))
    assert tablet.pushes() == []
    with pytest.raises(RpcError, match="INPUT_REQUEST_TOO_LONG"):
        alice.call(api.contacts.SetBlocked(id=[alice.peer(bob)] * (limits.CONTACTS_AT_ONCE + 1), limit=10))


@pytest.mark.parametrize(
    ("peer", "error"),
    [
        (api.InputPeerSelf(), "CONTACT_ID_INVALID"),
        (api.InputPeerEmpty(), "PEER_ID_INVALID"),
        (api.InputPeerChat(chat_id=1), "CHAT_ID_INVALID"),
        (api.InputPeerUser(user_id=1002, access_hash=1), "PEER_ID_INVALID"),
    ],
)
def test_bad_peers(alice: Client, bob: Client, peer: Any, error: str) -> None:
    assert bob.id == 1002
    for request in (
        api.contacts.Block(id=peer),
        api.contacts.Unblock(id=peer),
        api.contacts.SetBlocked(id=[peer], limit=1),
    ):
        with pytest.raises(RpcError, match=error):
            alice.call(request)
