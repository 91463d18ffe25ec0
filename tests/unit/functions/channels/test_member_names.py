"""Finding members by their names: https://core.telegram.org/constructor/channelParticipantsSearch."""

from __future__ import annotations

from typing import Any

import pytest

from layers.domain import participants
from tests.harness import Client
from tests.unit.functions.channels.world import Channel, World
from tests.unit.functions.messages.world import statements
from tl import api


def _request(group: Channel, who: Client, q: str, kind: Any = api.ChannelParticipantsSearch, **options: Any) -> Any:
    fields = {"offset": 0, "limit": 100, "hash": 0, **options}
    return api.channels.GetParticipants(channel=group.of(who), filter=kind(q=q), **fields)


def _found(group: Channel, who: Client, q: str, kind: Any = api.ChannelParticipantsSearch, **options: Any) -> set[int]:
    found = who.call(_request(group, who, q, kind, **options)).participants
    return {getattr(item, "user_id", None) or item.peer.user_id for item in found}


def _rename(client: Client, first_name: str, last_name: str = "") -> None:
    client.call(api.account.UpdateProfile(first_name=first_name, last_name=last_name))


def test_members_are_found_whenever_they_came(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(participants, "SEARCHED", 1)
    smith = world.server.user("Anna", last_name="Smith")
    group = world.supergroup(smith)
    others = [world.server.user("Anna", last_name=f"Number{number}") for number in range(4)]
    for other in others:
        group.owner.call(
            api.channels.InviteToChannel(channel=group.of(group.owner), users=[group.owner.input_user(other)])
        )
    assert _found(group, world.alice, "smi") == {smith.id}
    assert _found(group, world.alice, "ANNA smith") == {smith.id}
    assert _found(group, world.alice, "an") == {smith.id, *(other.id for other in others)}
    assert _found(group, world.alice, "anna nobody") == set()
    assert _found(group, world.alice, "...") == set()


def test_the_name_that_somebody_has_now(world: World) -> None:
    group = world.supergroup(world.bob)
    _rename(world.bob, "Robert", "Tables")
    assert _found(group, world.alice, "bob") == set()
    assert _found(group, world.alice, "rob") == _found(group, world.alice, "tables") == {world.bob.id}
    world.alice.call(
        api.contacts.AddContact(id=world.alice.input_user(world.bob), first_name="Dentist", last_name="", phone="")
    )
    assert _found(group, world.alice, "dent") == {world.bob.id}
    world.bob.call(api.channels.LeaveChannel(channel=group.of(world.bob)))
    assert _found(group, world.alice, "rob") == _found(group, world.alice, "dent") == set()


def test_names_of_those_who_were_removed(world: World) -> None:
    group = world.supergroup(world.bob)
    ban = api.ChatBannedRights(view_messages=True, until_date=0)
    for person in (world.bob, world.carol):
        world.alice.call(
            api.channels.EditBanned(
                channel=group.of(world.alice), participant=world.alice.peer(person), banned_rights=ban
            )
        )
    assert _found(group, world.alice, "bo", api.ChannelParticipantsKicked) == {world.bob.id}
    assert _found(group, world.alice, "car", api.ChannelParticipantsKicked) == {world.carol.id}
    assert _found(group, world.alice, "bo") == set()


def test_pages_of_a_search(world: World) -> None:
    people = [world.server.user("Anna", last_name="Anders") for _ in range(5)]
    group = world.supergroup(*people)
    pages = [_found(group, world.alice, "an", offset=offset, limit=2) for offset in range(0, 8, 2)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert set().union(*pages) == {person.id for person in people}


def test_a_search_costs_the_same_for_many(world: World) -> None:
    group = world.supergroup(*(world.server.user("Anna") for _ in range(2)))
    cost = statements(world.alice, _request(group, world.alice, "anna"))
    more = world.supergroup(*(world.server.user("Anna") for _ in range(10)))
    assert statements(world.alice, _request(more, world.alice, "anna")) == cost
