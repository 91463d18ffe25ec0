"""Whoever left a group, was removed from it or never was in it sees nothing of it, whatever he asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

import tl
from layers.errors import RpcError
from layers.registry import load_registry
from tests.harness import Client
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.grouping import add, chat_peer, make_group, remove, say
from tl import TLObject, api

_SECRET: Final = "zanzibar"
"""What is said, and what the group is called, when the former member is gone."""

_GIVEN: Final[dict[str, Callable[[int], Any]]] = {
    "InputPeer": chat_peer,
    "InputDialogPeer": lambda group: api.InputDialogPeer(peer=chat_peer(group)),
    "InputUser": lambda _group: api.InputUserSelf(),
    "MessagesFilter": lambda _group: api.InputMessagesFilterEmpty(),
    "InputMessage": lambda _group: api.InputMessageID(id=1),
    "InputNotifyPeer": lambda group: api.InputNotifyPeer(peer=chat_peer(group)),
    "int": lambda _group: 100,
    "long": lambda group: group,
    "string": lambda _group: _SECRET,
    "Bool": lambda _group: False,
    "bytes": lambda _group: b"",
}
_TAKES_ZERO: Final = ("offset", "min_", "max_", "hash", "add_offset", "top_msg_id")


def _requests(group: int) -> Iterator[TLObject]:
    """Every reading method that can be asked about a group, with plain arguments."""
    for function in load_registry():
        if function.writes or function.anonymous:
            continue
        fields: dict[str, Any] | None = {}
        about_chat = False
        for param in function.request.COMBINATOR.fields:
            if not param.is_required:
                continue
            kind, is_list = (param.type.item.name, True) if param.type.item else (param.type.name, False)
            make = _GIVEN.get(kind)
            if make is None or fields is None:
                fields = None
                break
            zero = kind in {"int", "long"} and param.name.startswith(_TAKES_ZERO)
            value = 0 if zero else make(group)
            fields[param.attribute] = [value] if is_list else value
            about_chat = about_chat or kind in {"InputPeer", "InputDialogPeer"} or param.name in {"chat_id", "id", "q"}
        if fields is not None and (about_chat or not fields):
            yield function.request(**fields)


def _walk(client: Client, group: int) -> tuple[int, list[str]]:
    """How many methods answered, and which showed what they should not."""
    answered, leaks = 0, []
    for request in _requests(group):
        try:
            answer = client.call(request)
        except RpcError as error:
            assert error.code < 500, f"{request.TL_NAME}: {error}"
            continue
        answered += 1
        if isinstance(answer, TLObject) and _SECRET.encode() in tl.encode(answer):
            leaks.append(request.TL_NAME)
    return answered, leaks


@pytest.mark.parametrize("how", ["left", "removed", "stranger"])
def test_no_reading_method_shows_it(world: World, how: str) -> None:
    group = make_group(world.alice, *([] if how == "stranger" else [world.bob]))
    say(world.alice, group, "hello")
    if how != "stranger":
        remove(world.bob if how == "left" else world.alice, group, world.bob)
    dave = world.server.user(_SECRET)
    say(world.alice, group, _SECRET)
    world.alice.call(api.messages.EditChatTitle(chat_id=group, title=_SECRET))
    world.alice.call(api.messages.EditChatAbout(peer=chat_peer(group), about=_SECRET))
    add(world.alice, group, dave)
    world.server.settle()
    answered, leaks = _walk(world.bob, group)
    assert leaks == []
    assert answered > 20
    _, seen = _walk(world.carol if how == "stranger" else dave, group)
    assert how == "stranger" or {"messages.getHistory", "messages.getFullChat", "messages.getDialogs"} & set(seen)
