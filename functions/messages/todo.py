"""To-do lists: https://core.telegram.org/api/todo. They are sent by messages.sendMedia and edited by editMessage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layers.context import Context
from layers.domain import outbox, todo
from layers.domain.boxes import Box
from layers.domain.telling import change_and_say, replace_quietly
from layers.errors import bad_request, forbidden
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(300, 60)


@function(api.messages.ToggleTodoCompleted, writes=True, flood=_FLOOD)
def toggle_todo_completed(ctx: Context, request: api.messages.ToggleTodoCompleted) -> api.TypeUpdates:
    """Mark items of a list as done or not done, as its author or where he lets others.

    Raises:
        RpcError: MESSAGE_ID_INVALID, TODO_ITEMS_EMPTY, TODO_NOT_MODIFIED, 403 MESSAGE_AUTHOR_REQUIRED.
    """
    if not request.completed and not request.incompleted:
        raise bad_request("TODO_ITEMS_EMPTY")
    return _change(
        ctx,
        request,
        lambda media: todo.complete(ctx, media, request.completed, request.incompleted),
        lambda given: given.others_can_complete,
    )


@function(api.messages.AppendTodoList, writes=True, flood=_FLOOD)
def append_todo_list(ctx: Context, request: api.messages.AppendTodoList) -> api.TypeUpdates:
    """Add items to a list, as its author or where he lets others.

    Raises:
        RpcError: MESSAGE_ID_INVALID, 403 MESSAGE_AUTHOR_REQUIRED; as `layers.domain.todo.new_todo`.
    """
    return _change(
        ctx, request, lambda media: todo.append(ctx, media, request.list), lambda given: given.others_can_append
    )


def _change(
    ctx: Context, request: Any, change: Callable[[Any], Any], is_for_others: Callable[[Any], bool]
) -> api.TypeUpdates:
    def work(box: Box, row: Any) -> tuple[Any, outbox.Operation]:
        message = todo.lock_todo(ctx, row.content_id)
        if row.sender_id != ctx.user_id and not is_for_others(message.media.todo):
            raise forbidden("MESSAGE_AUTHOR_REQUIRED")
        action = change(message.media)
        return action, replace_quietly(ctx, box, row, message)

    return change_and_say(ctx, request.peer, request.msg_id, work)
