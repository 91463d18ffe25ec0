"""Folders: https://core.telegram.org/api/folders#folders."""

from __future__ import annotations

from typing import Any

import pytest

from layers.domain import limits
from layers.errors import RpcError
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import after
from tl import api


def folder(filter_id: int, *include: Any, title: str = "Work", **fields: Any) -> api.DialogFilter:
    values: dict[str, Any] = {"pinned_peers": [], "exclude_peers": [], **fields}
    text = api.TextWithEntities(text=title, entities=[])
    return api.DialogFilter(id=filter_id, title=text, include_peers=list(include), **values)


def update(filter_id: int, filter: Any = None) -> api.messages.UpdateDialogFilter:
    return api.messages.UpdateDialogFilter(id=filter_id, filter=filter)


def folders(world: World) -> list[Any]:
    return list(world.alice.call(api.messages.GetDialogFilters()).filters)


def test_an_account_starts_with_all_chats(world: World) -> None:
    assert folders(world) == [api.DialogFilterDefault()]


def test_folders_are_kept_in_order_and_devices_learn_them(world: World) -> None:
    tablet = world.alice.device()
    bob = world.alice.peer(world.bob)
    work = folder(2, bob, api.InputPeerSelf(), emoticon="💼", color=3, exclude_muted=True)
    (told,) = after(tablet, lambda: world.alice.call(update(2, work)))
    assert (told.id, told.filter) == (2, work)
    people = folder(7, contacts=True, title="People", exclude_peers=[bob])
    world.alice.call(update(7, people))
    assert folders(world) == [api.DialogFilterDefault(), work, people]
    (told,) = after(tablet, lambda: world.alice.call(api.messages.UpdateDialogFiltersOrder(order=[7, 99])))
    assert told.order == [0, 7, 2]
    assert [item.id for item in folders(world)[1:]] == [7, 2]
    renamed = folder(2, bob, title="Office")
    world.alice.call(update(2, renamed))
    assert folders(world)[2] == renamed
    (told,) = after(tablet, lambda: world.alice.call(update(2)))
    assert (told.id, told.filter) == (2, None)
    assert [item.id for item in folders(world)[1:]] == [7]
    assert after(tablet, lambda: world.alice.call(update(2))) == []
    assert world.bob.call(api.messages.GetDialogFilters()).filters == [api.DialogFilterDefault()]


def test_what_a_folder_may_not_be(world: World) -> None:
    bob = world.alice.peer(world.bob)
    stranger = api.InputPeerUser(user_id=world.bob.id, access_hash=1)
    cases = [
        (1, folder(1, bob), "FILTER_ID_INVALID"),
        (256, folder(256, bob), "FILTER_ID_INVALID"),
        (3, folder(2, bob), "FILTER_ID_INVALID"),
        (2, folder(2, bob, title="  "), "FILTER_TITLE_EMPTY"),
        (2, folder(2, bob, title="x" * 13), "MESSAGE_TOO_LONG"),
        (2, folder(2, exclude_peers=[bob]), "FILTER_INCLUDE_EMPTY"),
        (2, folder(2, *([bob] * (limits.DIALOG_FILTER_CHATS + 1))), "FILTER_INCLUDE_TOO_MUCH"),
        (2, folder(2, stranger), "PEER_ID_INVALID"),
        (2, api.DialogFilterDefault(), "FILTER_ID_INVALID"),
    ]
    for filter_id, wrong, error in cases:
        with pytest.raises(RpcError, match=error):
            world.alice.call(update(filter_id, wrong))
    for filter_id in range(2, 2 + limits.DIALOG_FILTERS):
        world.alice.call(update(filter_id, folder(filter_id, bob)))
    with pytest.raises(RpcError, match="FILTERS_TOO_MUCH"):
        world.alice.call(update(100, folder(100, bob)))
    world.alice.call(update(2, folder(2, bob, title="Again")))
    with pytest.raises(RpcError, match="PREMIUM_ACCOUNT_REQUIRED"):
        world.alice.call(api.messages.ToggleDialogFilterTags(enabled=True))
