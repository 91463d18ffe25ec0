"""Fact checks: https://core.telegram.org/api/factcheck."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import tl
from layers.context import Context
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_updates import answer_and_push_channel
from layers.domain.chats import ChatKind
from layers.domain.fact_checks import new_fact_check, require_fact_checker
from layers.domain.places import access_place, place_rows
from layers.domain.telling import replace_quietly
from layers.errors import bad_request, forbidden
from layers.registry import FloodLimit, function
from tl import api

_IDS_MAX: Final = 100
_FLOOD: Final = FloodLimit(300, 60)


@function(api.messages.GetFactCheck)
def get_fact_check(ctx: Context, request: api.messages.GetFactCheck) -> list[api.FactCheck]:
    """The checks of messages in the order asked for; one with hash 0 where there is none."""
    place = access_place(ctx, request.peer)
    if len(request.msg_id) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    rows = place_rows(ctx, place, request.msg_id)
    found: dict[int, Any] = {number: getattr(tl.decode(row.message), "factcheck", None) for number, row in rows.items()}
    return [found.get(number) or api.FactCheck(hash=0) for number in request.msg_id]


@function(api.messages.EditFactCheck, writes=True, flood=_FLOOD)
def edit_fact_check(ctx: Context, request: api.messages.EditFactCheck) -> api.TypeUpdates:
    """Write a check of a channel's post, or another in its place.

    Raises:
        RpcError: 403 CHAT_ACTION_FORBIDDEN for whoever is no fact checker and in other chats, MESSAGE_ID_INVALID,
            MESSAGE_NOT_MODIFIED; as `layers.domain.fact_checks.new_fact_check`.
    """
    return _set(ctx, request, lambda: new_fact_check(ctx, request.text))


@function(api.messages.DeleteFactCheck, writes=True, flood=_FLOOD)
def delete_fact_check(ctx: Context, request: api.messages.DeleteFactCheck) -> api.TypeUpdates:
    """Take the check off a post; raises as `edit_fact_check`."""
    return _set(ctx, request, lambda: None)


def _set(ctx: Context, request: Any, make: Callable[[], api.FactCheck | None]) -> api.TypeUpdates:
    place = access_place(ctx, request.peer)
    require_fact_checker(ctx)
    if place.channel is None or place.channel.kind is not ChatKind.BROADCAST:
        raise forbidden("CHAT_ACTION_FORBIDDEN")
    check = make()
    with open_channel_box(ctx, place.owner_id) as box:
        row = place_rows(ctx, place, [request.msg_id]).get(request.msg_id)
        message: Any = None if row is None else tl.decode(row.message)
        if not isinstance(message, api.Message):
            raise bad_request("MESSAGE_ID_INVALID")
        if message.factcheck == check:
            raise bad_request("MESSAGE_NOT_MODIFIED")
        message.factcheck = check
        replace_quietly(ctx, box, row, message)
    return answer_and_push_channel(ctx, box)
