"""Top peers as clients ask for them."""

from __future__ import annotations

from typing import Any

import pytest

from layers.domain.hashes import vector_hash
from layers.domain.top_peers import Category, bump
from layers.errors import RpcError
from tests.harness import Client, Harness
from tl import api


def top(owner: Client, **fields: Any) -> Any:
    """contacts.getTopPeers."""
    return owner.call(api.contacts.GetTopPeers(**{"offset": 0, "limit": 10, "hash": 0, **fields}))


@pytest.fixture
def rated(server: Harness, alice: Client, bob: Client, carol: Client) -> Client:
    """Alice, who wrote to Carol twice and to Bob once."""
    with server.services.database.transaction(writes=True) as db:
        for peer_key in (carol.id, bob.id, carol.id):
            bump(server.context(db), alice.id, Category.CORRESPONDENTS, peer_key)
    return alice


def test_highest_first(rated: Client, bob: Client, carol: Client) -> None:
    answer = top(rated, correspondents=True, groups=True)
    (category,) = answer.categories
    assert category.category == api.TopPeerCategoryCorrespondents()
    assert category.count == 2
    assert [item.peer.user_id for item in category.peers] == [carol.id, bob.id]
    assert [user.id for user in answer.users] == [carol.id, bob.id]
    assert category.peers[0].rating == pytest.approx(2.0)


def test_unchanged(rated: Client, bob: Client, carol: Client) -> None:
    known = vector_hash([carol.id, bob.id])
    assert top(rated, correspondents=True, hash=known) == api.contacts.TopPeersNotModified()
    assert isinstance(top(rated, correspondents=True, hash=known + 1), api.contacts.TopPeers)


def test_hash_counts_the_ids_of_channels_as_clients_do(server: Harness, alice: Client, bob: Client) -> None:
    with server.services.database.transaction(writes=True) as db:
        bump(server.context(db), alice.id, Category.CHANNELS, -(10**12 + 77))
        bump(server.context(db), alice.id, Category.CORRESPONDENTS, bob.id)
    known = vector_hash([bob.id, 77])
    assert top(alice, channels=True, correspondents=True, hash=known) == api.contacts.TopPeersNotModified()


def test_nothing_yet_is_an_empty_answer(alice: Client) -> None:
    assert top(alice, correspondents=True) == api.contacts.TopPeers(categories=[], chats=[], users=[])


def test_pages(rated: Client, bob: Client) -> None:
    (category,) = top(rated, correspondents=True, offset=1, limit=1).categories
    assert (category.count, [item.peer.user_id for item in category.peers]) == (2, [bob.id])


def test_every_category_can_be_asked_for(alice: Client) -> None:
    for category in Category:
        assert isinstance(top(alice, **{category.value: True}), api.contacts.TopPeers)


def test_bad_requests(alice: Client) -> None:
    with pytest.raises(RpcError, match="TYPES_EMPTY"):
        top(alice)
    with pytest.raises(RpcError, match="OFFSET_INVALID"):
        top(alice, correspondents=True, offset=-1)


def test_taking_one_out(rated: Client, bob: Client, carol: Client) -> None:
    category = api.TopPeerCategoryCorrespondents()
    request = api.contacts.ResetTopPeerRating(category=category, peer=rated.peer(carol))
    assert rated.call(request) is True
    assert [item.peer.user_id for item in top(rated, correspondents=True).categories[0].peers] == [bob.id]
    wrong = api.InputPeerUser(user_id=bob.id, access_hash=5)
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        rated.call(api.contacts.ResetTopPeerRating(category=category, peer=wrong))


def test_switching_off_and_on(rated: Client) -> None:
    assert rated.call(api.contacts.ToggleTopPeers(enabled=False)) is True
    assert top(rated, correspondents=True) == api.contacts.TopPeersDisabled()
    rated.call(api.contacts.ToggleTopPeers(enabled=True))
    assert top(rated, correspondents=True).categories == []
