"""To-do lists: https://core.telegram.org/api/todo.

A list stands in the message itself, with who completed what. Whoever changes it locks the content first, because
several may do so at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import limits
from layers.domain.text import normalise
from layers.errors import bad_request
from layers.schema import contents
from tl import api

_LOCK: Final = (
    sa.select(contents.c.message).where(contents.c.content_id == sa.bindparam("content_id")).with_for_update()
)


def new_todo(ctx: Context, media: api.InputMediaTodo) -> api.MessageMediaToDo:
    """The stored form of a list to be sent.

    Raises:
        RpcError: TODO_ITEMS_EMPTY, TODO_ITEMS_TOO_MUCH, TODO_ITEM_DUPLICATE, MEDIA_INVALID for an id below 1,
            MESSAGE_EMPTY and MESSAGE_TOO_LONG for a title.
    """
    given: Any = media.todo
    return api.MessageMediaToDo(
        todo=api.TodoList(
            others_can_append=given.others_can_append,
            others_can_complete=given.others_can_complete,
            title=_text(ctx, given.title, limits.TODO_TITLE_LENGTH),
            list=_items(ctx, given.list),
        )
    )


def _items(ctx: Context, given: Sequence[Any], present: Sequence[Any] = ()) -> list[Any]:
    if not given:
        raise bad_request("TODO_ITEMS_EMPTY")
    if len(given) + len(present) > limits.TODO_ITEMS:
        raise bad_request("TODO_ITEMS_TOO_MUCH")
    ids = [item.id for item in (*present, *given)]
    if len(set(ids)) != len(ids):
        raise bad_request("TODO_ITEM_DUPLICATE")
    if min(ids) < 1:
        raise bad_request("MEDIA_INVALID")
    return [api.TodoItem(id=item.id, title=_text(ctx, item.title, limits.TODO_ITEM_LENGTH)) for item in given]


def _text(ctx: Context, given: Any, limit: int) -> api.TextWithEntities:
    text, entities = normalise(ctx, given.text, given.entities, limit=limit)
    return api.TextWithEntities(text=text, entities=entities or [])


def lock_todo(ctx: Context, content_id: int) -> Any:
    """The message with a to-do list as it is now, its content locked; 400 MESSAGE_ID_INVALID for any other.

    A forwarded list is a copy that shows how things stood.
    """
    stored = ctx.db.scalar(_LOCK, {"content_id": content_id})
    message: Any = None if stored is None else tl.decode(stored)
    if not isinstance(getattr(message, "media", None), api.MessageMediaToDo) or message.fwd_from is not None:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def complete(
    ctx: Context, media: Any, completed: Sequence[int], incompleted: Sequence[int]
) -> api.MessageActionTodoCompletions:
    """Mark items as done, or as not done; ids that are not in the list are passed over.

    Raises:
        RpcError: TODO_NOT_MODIFIED.
    """
    known = {item.id for item in media.todo.list}
    done = {item.id: item for item in media.completions or ()}
    new = [number for number in dict.fromkeys(completed) if number in known - done.keys()]
    undone = [number for number in dict.fromkeys(incompleted) if number in done and number not in completed]
    if not new and not undone:
        raise bad_request("TODO_NOT_MODIFIED")
    me = api.PeerUser(user_id=ctx.user_id)
    added = {number: api.TodoCompletion(id=number, completed_by=me, date=ctx.now) for number in new}
    media.completions = _present({**done, **added}.values(), known - set(undone))
    return api.MessageActionTodoCompletions(completed=new, incompleted=undone)


def _present(completions: Iterable[Any], ids: set[int]) -> list[Any] | None:
    return [item for item in completions if item.id in ids] or None


def append(ctx: Context, media: Any, given: Sequence[Any]) -> api.MessageActionTodoAppendTasks:
    """Add items to a list; raises as `new_todo`."""
    items = _items(ctx, given, media.todo.list)
    media.todo.list = [*media.todo.list, *items]
    return api.MessageActionTodoAppendTasks(list=items)


def with_completions(media: api.MessageMediaToDo, before: Any) -> api.MessageMediaToDo:
    """An edited list: what was done of it stays done."""
    media.completions = _present(before.completions or (), {item.id for item in media.todo.list})
    return media
