"""Messages that an account keeps to answer with: https://core.telegram.org/api/business#quick-reply-shortcuts.

They stand below shortcuts in a list of their own, with ids of their own; whoever changes it locks the account's row of
`quick_reply_states`. On Telegram they are for Business accounts, here for everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain import limits
from layers.domain.chats import peer_objects
from layers.domain.dialogs import tell_own_devices
from layers.domain.hashes import vector_hash
from layers.domain.messages import peers_in
from layers.domain.outgoing import Outgoing
from layers.domain.viewer_media import for_viewer
from layers.domain.web_pages import add_pages
from layers.errors import RpcError, bad_request
from layers.schema import quick_replies, quick_reply_messages, quick_reply_states
from tl import api

_WORD_CHARACTERS: Final = "_\u00b7\u200c"
_LOCK: Final = (
    sa.select(quick_reply_states).where(quick_reply_states.c.owner_id == sa.bindparam("owner")).with_for_update()
)
_messages: Final = quick_reply_messages.c


def check_shortcut(name: str) -> str:
    """A shortcut's name: letters, digits and underscores; 400 SHORTCUT_INVALID."""
    is_word = all(character.isalnum() or character in _WORD_CHARACTERS for character in name)
    if not 0 < len(name) <= limits.QUICK_REPLY_SHORTCUT_LENGTH or not is_word:
        raise bad_request("SHORTCUT_INVALID")
    return name


def lock(ctx: Context) -> Any:
    """Lock the caller's quick replies; ``last_shortcut_id`` and ``last_message_id``."""
    insert_ignore(ctx.db, quick_reply_states, {"owner_id": ctx.user_id, "last_shortcut_id": 0, "last_message_id": 0})
    return ctx.db.first(_LOCK, {"owner": ctx.user_id})


# Reading


def _of_caller(ctx: Context) -> sa.Select[Any]:
    """Shortcuts in order, with ``count`` and ``top_message``."""
    counted = sa.select(sa.func.count()).where(*_below(quick_replies.c.owner_id, quick_replies.c.shortcut_id))
    newest = sa.select(sa.func.max(_messages.message_id)).where(
        *_below(quick_replies.c.owner_id, quick_replies.c.shortcut_id)
    )
    return (
        sa.select(
            quick_replies.c.shortcut_id,
            quick_replies.c.shortcut,
            quick_replies.c.rank,
            counted.scalar_subquery().label("count"),
            newest.scalar_subquery().label("top_message"),
        )
        .where(quick_replies.c.owner_id == ctx.user_id)
        .order_by(quick_replies.c.rank, quick_replies.c.shortcut_id)
    )


def _below(owner_id: Any, shortcut_id: Any) -> tuple[sa.ColumnElement[bool], ...]:
    return _messages.owner_id == owner_id, _messages.shortcut_id == shortcut_id


def shortcuts(ctx: Context) -> Sequence[Any]:
    """The caller's shortcuts in order: ``shortcut_id``, ``shortcut``, ``rank``, ``count``, ``top_message``."""
    return ctx.db.rows(_of_caller(ctx))


def access_shortcut(ctx: Context, shortcut_id: int) -> Any:
    """Gate: the caller's shortcut of that id; 400 SHORTCUT_INVALID."""
    row = ctx.db.first(_of_caller(ctx).where(quick_replies.c.shortcut_id == shortcut_id))
    if row is None:
        raise bad_request("SHORTCUT_INVALID")
    return row


def named(ctx: Context, name: str) -> Any:
    """The caller's shortcut of that name, or None."""
    return ctx.db.first(_of_caller(ctx).where(quick_replies.c.shortcut == name))


def rows_of(ctx: Context, message_ids: Sequence[int]) -> Sequence[Any]:
    """The caller's messages of these ids, of whichever shortcuts."""
    if not message_ids:
        return []
    wanted = sa.select(quick_reply_messages).where(
        _messages.owner_id == ctx.user_id, _messages.message_id.in_(message_ids)
    )
    return ctx.db.rows(wanted.order_by(_messages.message_id))


def rows_below(ctx: Context, shortcut_id: int, message_ids: Sequence[int] | None = None) -> Sequence[Any]:
    """The messages of a shortcut of the caller, oldest first; or those of these ids."""
    wanted = sa.select(quick_reply_messages).where(*_below(ctx.user_id, shortcut_id))
    if message_ids is not None:
        wanted = wanted.where(_messages.message_id.in_(message_ids))
    return ctx.db.rows(wanted.order_by(_messages.message_id))


def quick_reply(row: Any) -> api.QuickReply:
    """A row of `shortcuts` as clients see it."""
    return api.QuickReply(
        shortcut_id=row.shortcut_id, shortcut=row.shortcut, top_message=row.top_message or 0, count=row.count
    )


def message_objects(ctx: Context, rows: Sequence[Any]) -> list[Any]:
    """The messages of rows as their owner sees them."""
    messages = []
    for row in rows:
        message: Any = tl.decode(row.message)
        message.id = row.message_id
        message.out = True
        message.peer_id = api.PeerUser(user_id=row.owner_id)
        message.date = row.date
        message.edit_date = row.edit_date
        message.quick_reply_shortcut_id = row.shortcut_id
        if row.reply_to_msg_id is not None:
            message.reply_to = message.reply_to or api.MessageReplyHeader()
            message.reply_to.reply_to_msg_id = row.reply_to_msg_id
        messages.append(for_viewer(ctx, row.owner_id, message))
    linking = [message for message in messages if isinstance(message.media, api.MessageMediaWebPage)]
    if linking:
        add_pages(ctx, [(ctx.user_id, message) for message in linking])
    return messages


def shortcuts_hash(rows: Sequence[Any], tops: dict[int, Any]) -> int:
    """The hash of the list of shortcuts, which the page on quick replies defines."""
    parts: list[int] = []
    for row in rows:
        digest = hashlib.md5(row.shortcut.encode(), usedforsecurity=False).digest()
        edit_date = getattr(tops.get(row.top_message), "edit_date", None) or 0
        parts += [row.shortcut_id, int.from_bytes(digest[:8], "big"), row.top_message or 0, edit_date]
    return vector_hash(parts)


def messages_hash(rows: Sequence[Any]) -> int:
    """The hash of the messages of a shortcut."""
    return vector_hash(part for row in rows for part in (row.message_id, row.edit_date or 0))


# Changing


def keep(
    ctx: Context, shortcut: Any, items: Sequence[Outgoing], *, reply_to_msg_id: int | None = None
) -> api.TypeUpdates:
    """Add messages to a shortcut, which is made if it is new by name; a repeated ``random_id`` adds nothing.

    Raises:
        RpcError: SHORTCUT_INVALID, QUICK_REPLIES_TOO_MUCH, REPLY_MESSAGES_TOO_MUCH, REPLY_MESSAGE_ID_INVALID,
            QUICK_REPLIES_BOT_NOT_ALLOWED, TTL_MEDIA_INVALID; 500 RANDOM_ID_DUPLICATE.
    """
    if ctx.origin.is_bot:
        raise bad_request("QUICK_REPLIES_BOT_NOT_ALLOWED")
    for item in items:
        _prepare(item.message)
    state = lock(ctx)
    random_ids = [item.random_id for item in items]
    known = _known(ctx, random_ids)
    if known or len(set(random_ids)) != len(random_ids):
        if len(known) != len(items):
            raise RpcError(500, "RANDOM_ID_DUPLICATE")
        return _told(ctx, known, [])
    row = _find(ctx, shortcut)
    check_room(ctx, row, len(items))
    shortcut_id = state.last_shortcut_id + 1 if row is None else row.shortcut_id
    if reply_to_msg_id is not None and not rows_below(ctx, shortcut_id, [reply_to_msg_id]):
        raise bad_request("REPLY_MESSAGE_ID_INVALID")
    values = [
        {
            "owner_id": ctx.user_id,
            "message_id": state.last_message_id + 1 + index,
            "shortcut_id": shortcut_id,
            "random_id": item.random_id,
            "date": ctx.now,
            "reply_to_msg_id": reply_to_msg_id,
            "media_unread": item.media_unread,
            "message": tl.encode(item.message),
        }
        for index, item in enumerate(items)
    ]
    ctx.db.execute(sa.insert(quick_reply_messages), values)
    if row is None:
        _create(ctx, shortcut_id, shortcut.shortcut)
    ctx.db.execute(
        sa.update(quick_reply_states)
        .where(quick_reply_states.c.owner_id == ctx.user_id)
        .values(
            last_message_id=state.last_message_id + len(items),
            last_shortcut_id=max(state.last_shortcut_id, shortcut_id),
        )
    )
    created = [] if row else [api.UpdateNewQuickReply(quick_reply=quick_reply(access_shortcut(ctx, shortcut_id)))]
    return _told(ctx, _known(ctx, random_ids), created, push=True)


def _prepare(message: Any) -> None:
    """Leave of a message what will be said each time it is sent."""
    if getattr(message.media, "ttl_seconds", None):
        raise bad_request("TTL_MEDIA_INVALID")
    message.fwd_from = None


def _find(ctx: Context, shortcut: Any) -> Any:
    if isinstance(shortcut, api.InputQuickReplyShortcutId):
        return access_shortcut(ctx, shortcut.shortcut_id)
    return named(ctx, check_shortcut(shortcut.shortcut))


def check_room(ctx: Context, row: Any, count: int) -> None:
    """Refuse messages that a shortcut (None: a new one) has no room for."""
    if row is not None:
        if row.count + count > limits.QUICK_REPLY_MESSAGES:
            raise bad_request("REPLY_MESSAGES_TOO_MUCH")
        return
    if count > limits.QUICK_REPLY_MESSAGES:
        raise bad_request("REPLY_MESSAGES_TOO_MUCH")
    mine = sa.select(sa.func.count()).select_from(quick_replies).where(quick_replies.c.owner_id == ctx.user_id)
    if ctx.db.scalar(mine) >= limits.QUICK_REPLIES:
        raise bad_request("QUICK_REPLIES_TOO_MUCH")


def _create(ctx: Context, shortcut_id: int, name: str) -> None:
    last = ctx.db.scalar(sa.select(sa.func.max(quick_replies.c.rank)).where(quick_replies.c.owner_id == ctx.user_id))
    values = {"owner_id": ctx.user_id, "shortcut_id": shortcut_id, "shortcut": name, "rank": (last or 0) + 1}
    ctx.db.execute(sa.insert(quick_replies), values)


def _known(ctx: Context, random_ids: Sequence[int]) -> Sequence[Any]:
    return ctx.db.rows(
        sa.select(quick_reply_messages)
        .where(_messages.owner_id == ctx.user_id, _messages.random_id.in_(random_ids))
        .order_by(_messages.message_id)
    )


def _told(ctx: Context, rows: Sequence[Any], before: Sequence[Any], *, push: bool = False) -> api.Updates:
    """The answer about messages that were added, and the same for the owner's other devices."""
    messages = message_objects(ctx, rows)
    news = [*before, *(api.UpdateQuickReplyMessage(message=message) for message in messages)]
    peers = peers_in(messages)
    if push:
        tell_own_devices(ctx, *news, peer_keys=peers)
    ids = [api.UpdateMessageID(id=row.message_id, random_id=row.random_id) for row in rows]
    return updates(ctx, [*ids, *news], peers)


def updates(ctx: Context, told: Sequence[Any], peer_keys: set[int]) -> api.Updates:
    """An answer about quick replies."""
    found = peer_objects(ctx, ctx.user_id, peer_keys)
    return api.Updates(updates=list(told), users=found.users, chats=found.chats, date=ctx.now, seq=0)


def replace(ctx: Context, row: Any, message: Any) -> api.Updates:
    """A message of a shortcut has another content; the caller holds the lock."""
    _prepare(message)
    ctx.db.execute(
        sa.update(quick_reply_messages)
        .where(_messages.owner_id == row.owner_id, _messages.message_id == row.message_id)
        .values(message=tl.encode(message), edit_date=ctx.now)
    )
    (changed,) = message_objects(ctx, rows_of(ctx, [row.message_id]))
    update = api.UpdateQuickReplyMessage(message=changed)
    tell_own_devices(ctx, update, peer_keys=peers_in([changed]))
    return updates(ctx, [update], peers_in([changed]))


def rename(ctx: Context, shortcut_id: int, name: str) -> None:
    """Name a shortcut anew; 400 SHORTCUT_INVALID, SHORTCUT_OCCUPIED."""
    lock(ctx)
    row = access_shortcut(ctx, shortcut_id)
    other = named(ctx, check_shortcut(name))
    if other is not None and other.shortcut_id != row.shortcut_id:
        raise bad_request("SHORTCUT_OCCUPIED")
    ctx.db.execute(
        sa.update(quick_replies)
        .where(quick_replies.c.owner_id == ctx.user_id, quick_replies.c.shortcut_id == shortcut_id)
        .values(shortcut=name)
    )
    _tell_list(ctx)


def reorder(ctx: Context, order: Sequence[int]) -> None:
    """Give the shortcuts this order; those it does not name follow. 400 SHORTCUT_INVALID for one that is not there."""
    lock(ctx)
    known = [row.shortcut_id for row in shortcuts(ctx)]
    if not set(order) <= set(known):
        raise bad_request("SHORTCUT_INVALID")
    final = list(dict.fromkeys([*order, *known]))
    if not final:
        return
    ctx.db.execute(
        sa.update(quick_replies)
        .where(quick_replies.c.owner_id == sa.bindparam("owner"), quick_replies.c.shortcut_id == sa.bindparam("id"))
        .values(rank=sa.bindparam("place")),
        [{"owner": ctx.user_id, "id": shortcut_id, "place": place + 1} for place, shortcut_id in enumerate(final)],
    )
    _tell_list(ctx)


def _tell_list(ctx: Context) -> None:
    tell_own_devices(ctx, api.UpdateQuickReplies(quick_replies=[quick_reply(row) for row in shortcuts(ctx)]))


def delete_shortcut(ctx: Context, shortcut_id: int) -> None:
    """Forget a shortcut with its messages; 400 SHORTCUT_INVALID."""
    lock(ctx)
    access_shortcut(ctx, shortcut_id)
    _forget(ctx, shortcut_id)
    tell_own_devices(ctx, api.UpdateDeleteQuickReply(shortcut_id=shortcut_id))


def _forget(ctx: Context, shortcut_id: int) -> None:
    ctx.db.execute(sa.delete(quick_reply_messages).where(*_below(ctx.user_id, shortcut_id)))
    ctx.db.execute(
        sa.delete(quick_replies).where(
            quick_replies.c.owner_id == ctx.user_id, quick_replies.c.shortcut_id == shortcut_id
        )
    )


def delete_messages(ctx: Context, shortcut_id: int, message_ids: Sequence[int]) -> list[Any]:
    """Forget messages of a shortcut, with the last one the shortcut; the updates about it.

    Raises:
        RpcError: SHORTCUT_INVALID.
    """
    lock(ctx)
    row = access_shortcut(ctx, shortcut_id)
    gone = [item.message_id for item in rows_below(ctx, shortcut_id, message_ids)]
    told: list[Any] = []
    if gone:
        ctx.db.execute(
            sa.delete(quick_reply_messages).where(*_below(ctx.user_id, shortcut_id), _messages.message_id.in_(gone))
        )
        told.append(api.UpdateDeleteQuickReplyMessages(shortcut_id=shortcut_id, messages=gone))
    if gone and len(gone) == row.count:
        _forget(ctx, shortcut_id)
        told.append(api.UpdateDeleteQuickReply(shortcut_id=shortcut_id))
    if told:
        tell_own_devices(ctx, *told)
    return told
