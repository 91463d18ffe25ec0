"""users.getUsers and its neighbours."""

from __future__ import annotations

import pytest

from layers.domain import limits
from layers.errors import RpcError
from tests.harness import Client, Harness
from tl import api


def test_in_the_order_asked(alice: Client, bob: Client) -> None:
    found = alice.call(api.users.GetUsers(id=[alice.input_user(bob), api.InputUserSelf(), alice.input_user(bob)]))
    assert [user.id for user in found] == [bob.id, alice.id, bob.id]
    assert found[1].self


def test_without_access_a_user_is_empty(alice: Client, bob: Client, carol: Client) -> None:
    asked = [
        api.InputUser(user_id=bob.id, access_hash=1),
        carol.input_user(bob),
        api.InputUser(user_id=5, access_hash=0),
        api.InputUserEmpty(),
        alice.input_user(bob),
    ]
    found = alice.call(api.users.GetUsers(id=asked))
    assert [type(user) for user in found] == [api.UserEmpty] * 4 + [api.User]
    assert [user.id for user in found] == [bob.id, bob.id, 5, 0, bob.id]


def test_none_and_too_many(alice: Client) -> None:
    assert alice.call(api.users.GetUsers(id=[])) == []
    with pytest.raises(RpcError, match="INPUT_REQUEST_TOO_LONG"):
        alice.call(api.users.GetUsers(id=[api.InputUserSelf()] * (limits.USERS_AT_ONCE + 1)))


def test_a_device_that_is_not_signed_in(server: Harness) -> None:
    with pytest.raises(RpcError, match="AUTH_KEY_UNREGISTERED"):
        server.device(None).call(api.users.GetUsers(id=[api.InputUserSelf()]))


def test_writing_to_anyone_is_free(alice: Client, bob: Client) -> None:
    answer = alice.call(api.users.GetRequirementsToContact(id=[alice.input_user(bob)]))
    assert answer == [api.RequirementToContactEmpty()]
    with pytest.raises(RpcError, match="USER_ID_INVALID"):
        alice.call(api.users.GetRequirementsToContact(id=[api.InputUser(user_id=bob.id, access_hash=1)]))


def test_no_music_yet(alice: Client, bob: Client) -> None:
    request = api.users.GetSavedMusic(id=alice.input_user(bob), offset=0, limit=10, hash=0)
    assert alice.call(request) == api.users.SavedMusic(count=0, documents=[])
    by_id = api.users.GetSavedMusicByID(id=api.InputUser(user_id=bob.id, access_hash=1), documents=[])
    with pytest.raises(RpcError, match="USER_ID_INVALID"):
        alice.call(by_id)
