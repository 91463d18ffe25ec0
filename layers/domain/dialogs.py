"""Chat lists: https://core.telegram.org/api/folders, https://core.telegram.org/constructor/dialog.

A dialog is listed while ``top_message_date`` is not 0: a chat whose history was cleared stays where it was, a deleted
one leaves the list. Pinned dialogs stand first by rank, the others by the date of their last message. The account's
channels are merged in (`layers.domain.channel_dialogs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.channel_dialogs import ChannelDialog, channel_dialogs, count_channels, listed_channels, with_unread
from layers.domain.channel_messages import channel_message_objects, load_channel_rows
from layers.domain.chats import peer_objects
from layers.domain.drafts import read_drafts
from layers.domain.messages import load_rows, message_objects, peers_in
from layers.domain.notify import notify_settings_of
from layers.domain.peers import access_peer, is_channel, peer_of
from layers.errors import bad_request
from layers.push import online_sessions, push_updates
from layers.schema import dialogs
from tl import api

MAIN_FOLDER: Final = 0
ARCHIVE_FOLDER: Final = 1
LIMIT_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class NoDialog:
    """The row of a chat without messages, as `dialog_page` wants it."""

    peer_key: int
    folder_id: int = MAIN_FOLDER
    top_message_id: int = 0
    top_message_date: int = 0
    read_inbox_max_id: int = 0
    read_outbox_max_id: int = 0
    unread_count: int = 0
    message_count: int = 0
    unread_mentions_count: int = 0
    unread_reactions_count: int = 0
    unread_poll_votes_count: int = 0
    pinned_rank: int = 0
    unread_mark: bool = False
    ttl_period: int | None = None


@dataclass(frozen=True, slots=True)
class DialogPage:
    """The parts that every answer with dialogs has."""

    dialogs: list[api.TypeDialog]
    messages: list[Any]
    users: list[api.TypeUser]
    chats: list[api.TypeChat]


def check_folder(folder_id: int) -> int:
    """The folder: 0 = main list, 1 = archive; 400 FOLDER_ID_INVALID for others."""
    if folder_id not in {MAIN_FOLDER, ARCHIVE_FOLDER}:
        raise bad_request("FOLDER_ID_INVALID")
    return folder_id


def access_dialog(ctx: Context, peer: api.TypeInputDialogPeer) -> int:
    """Gate: the key of the chat an InputDialogPeer names; folders are no chats (PEER_ID_INVALID)."""
    if not isinstance(peer, api.InputDialogPeer):
        raise bad_request("PEER_ID_INVALID")
    return access_peer(ctx, peer.peer)


def listed(owner_id: int, folder_id: int | None) -> list[sa.ColumnElement[bool]]:
    """Conditions of the account's listed dialogs in a folder, or in both for None."""
    where: list[sa.ColumnElement[bool]] = [dialogs.c.owner_id == owner_id, dialogs.c.top_message_date > 0]
    if folder_id is None:
        where.append(dialogs.c.folder_id.in_([MAIN_FOLDER, ARCHIVE_FOLDER]))
    else:
        where.append(dialogs.c.folder_id == folder_id)
    return where


def pinned_rows(ctx: Context, owner_id: int, folder_id: int | None) -> Sequence[Any]:
    """Rows of the pinned dialogs, the highest first."""
    statement = sa.select(dialogs).where(*listed(owner_id, folder_id), dialogs.c.pinned_rank > 0)
    most = 2 * limits.DIALOGS_FOLDER_PINNED
    found: list[Any] = list(ctx.db.rows(statement.order_by(dialogs.c.pinned_rank.desc()).limit(most)))
    found += listed_channels(ctx, owner_id, folder_id, pinned=True)
    return sorted(found, key=lambda row: -row.pinned_rank)[:most]


@dataclass(frozen=True, slots=True)
class Offset:
    """Where a page of dialogs goes on: after the dialog whose last message has this date and id."""

    date: int
    message_id: int


def recent_rows(
    ctx: Context, owner_id: int, folder_id: int | None, limit: int, offset: Offset | None = None
) -> Sequence[Any]:
    """Rows of dialogs that are not pinned, the one with the latest message first."""
    date, message_id = dialogs.c.top_message_date, dialogs.c.top_message_id
    statement = sa.select(dialogs).where(*listed(owner_id, folder_id), dialogs.c.pinned_rank == 0)
    channels: list[Any] = list(listed_channels(ctx, owner_id, folder_id, pinned=False))
    if offset is not None:
        statement = statement.where(date <= offset.date, sa.or_(date < offset.date, message_id < offset.message_id))
        place = offset.date, offset.message_id
        channels = [row for row in channels if (row.top_message_date, row.top_message_id) < place]
    found = [*ctx.db.rows(statement.order_by(date.desc(), message_id.desc()).limit(limit)), *channels]
    return sorted(found, key=lambda row: (row.top_message_date, row.top_message_id), reverse=True)[:limit]


def count_listed(ctx: Context, owner_id: int, folder_id: int | None, *, pinned: bool = True) -> int:
    """How many dialogs a folder lists, with or without the pinned ones."""
    where = listed(owner_id, folder_id)
    if not pinned:
        where.append(dialogs.c.pinned_rank == 0)
    others = int(ctx.db.scalar(sa.select(sa.func.count()).select_from(dialogs).where(*where)))
    return others + count_channels(ctx, owner_id, folder_id, pinned=pinned)


def rows_of(ctx: Context, owner_id: int, peer_keys: Iterable[int]) -> list[Any]:
    """Dialog rows of the chats in the given order; a chat without messages has a `NoDialog`."""
    wanted = list(dict.fromkeys(peer_keys))
    if not wanted:
        return []
    statement = sa.select(dialogs).where(dialogs.c.owner_id == owner_id, dialogs.c.peer_key.in_(wanted))
    found: dict[int, Any] = {row.peer_key: row for row in ctx.db.rows(statement)}
    found |= channel_dialogs(ctx, owner_id, [key for key in wanted if is_channel(key)])
    return [found.get(peer_key) or NoDialog(peer_key) for peer_key in wanted]


def dialog_page(ctx: Context, owner_id: int, rows: Sequence[Any]) -> DialogPage:
    """Dialogs with their last messages, drafts, notification settings, users and chats.

    A constant number of statements whatever the number of rows.
    """
    rows = with_unread(ctx, owner_id, rows)
    peer_keys = [row.peer_key for row in rows]
    own = [row.top_message_id for row in rows if row.top_message_id and not is_channel(row.peer_key)]
    messages = message_objects(ctx, owner_id, load_rows(ctx, owner_id, own).values())
    tops = {row.peer_key: [row.top_message_id] for row in rows if row.top_message_id and is_channel(row.peer_key)}
    messages += channel_message_objects(ctx, owner_id, list(load_channel_rows(ctx, tops).values()))
    drafts = read_drafts(ctx, owner_id, peer_keys)
    settings = notify_settings_of(ctx, owner_id, peer_keys)
    objects: list[api.TypeDialog] = [
        api.Dialog(
            pinned=row.pinned_rank > 0,
            unread_mark=bool(row.unread_mark),
            peer=peer_of(row.peer_key),
            top_message=row.top_message_id,
            read_inbox_max_id=row.read_inbox_max_id,
            read_outbox_max_id=row.read_outbox_max_id,
            unread_count=row.unread_count,
            unread_mentions_count=row.unread_mentions_count,
            unread_reactions_count=row.unread_reactions_count,
            unread_poll_votes_count=row.unread_poll_votes_count,
            notify_settings=settings[row.peer_key],
            draft=drafts.get(row.peer_key),
            folder_id=row.folder_id or None,
            ttl_period=row.ttl_period,
            pts=row.pts if isinstance(row, ChannelDialog) else None,
        )
        for row in rows
    ]
    named = peer_objects(ctx, owner_id, [*peer_keys, *sorted(peers_in(messages))])
    return DialogPage(objects, messages, named.users, named.chats)


def tell_own_devices(ctx: Context, *updates: api.TypeUpdate, peer_keys: Iterable[int] = ()) -> None:
    """Push updates without a place in the sequence to the caller's other sessions, if there are any."""
    if not online_sessions(ctx, ctx.user_id):
        return
    named = peer_objects(ctx, ctx.user_id, peer_keys)
    container = api.Updates(
        updates=list(updates),
        users=named.users,
        chats=named.chats,
        date=ctx.now,
        seq=0,
    )
    push_updates(ctx, ctx.user_id, container)


# Pins


def set_pinned(ctx: Context, peer_key: int, *, pinned: bool) -> None:
    """Pin a dialog above the others of its folder, or unpin it.

    Raises:
        RpcError: PEER_HISTORY_EMPTY for a chat that is not listed, PINNED_DIALOGS_TOO_MUCH.
    """
    owner_id = ctx.user_id
    row = ctx.db.first(
        sa.select(dialogs.c.folder_id, dialogs.c.pinned_rank).where(*_is_listed(owner_id, peer_key)).with_for_update()
    )
    if row is None:
        raise bad_request("PEER_HISTORY_EMPTY")
    if bool(row.pinned_rank) == pinned:
        return
    rank = 0
    if pinned:
        others = pinned_rows(ctx, owner_id, row.folder_id)
        if len(others) >= pinned_limit(row.folder_id):
            raise bad_request("PINNED_DIALOGS_TOO_MUCH")
        rank = others[0].pinned_rank + 1 if others else 1
    _set_ranks(ctx, {peer_key: rank})
    update = api.UpdateDialogPinned(
        pinned=pinned, folder_id=row.folder_id or None, peer=api.DialogPeer(peer=peer_of(peer_key))
    )
    tell_own_devices(ctx, update, peer_keys=[peer_key])


def _is_listed(owner_id: int, peer_key: int) -> list[sa.ColumnElement[bool]]:
    """Conditions of one chat in the list: a member's row of a channel is there while he is in it."""
    where: list[sa.ColumnElement[bool]] = [dialogs.c.owner_id == owner_id, dialogs.c.peer_key == peer_key]
    return where if is_channel(peer_key) else [*where, dialogs.c.top_message_date > 0]


def pinned_limit(folder_id: int) -> int:
    """How many dialogs may be pinned in a folder, as help.getAppConfig tells clients."""
    return limits.DIALOGS_FOLDER_PINNED if folder_id == ARCHIVE_FOLDER else limits.DIALOGS_PINNED


def reorder_pinned(ctx: Context, folder_id: int, order: Sequence[int], *, force: bool) -> None:
    """Give the pinned dialogs of a folder this order; with ``force`` those that are not in it are unpinned.

    Raises:
        RpcError: PINNED_DIALOGS_TOO_MUCH.
    """
    owner_id = ctx.user_id
    known = {row.peer_key: row for row in rows_of(ctx, owner_id, order)}
    wanted = [key for key in known if known[key].top_message_date and known[key].folder_id == folder_id]
    present = [row.peer_key for row in pinned_rows(ctx, owner_id, folder_id)]
    rest = [key for key in present if key not in known]
    final = wanted if force else wanted + rest
    if len(final) > pinned_limit(folder_id):
        raise bad_request("PINNED_DIALOGS_TOO_MUCH")
    if final == present:
        return
    ranks = dict.fromkeys(present, 0) | {key: len(final) - index for index, key in enumerate(final)}
    _set_ranks(ctx, ranks)
    update = api.UpdatePinnedDialogs(
        folder_id=folder_id or None, order=[api.DialogPeer(peer=peer_of(key)) for key in final]
    )
    tell_own_devices(ctx, update, peer_keys=final)


_SET_RANK: Final = (
    sa.update(dialogs)
    .where(dialogs.c.owner_id == sa.bindparam("owner"), dialogs.c.peer_key == sa.bindparam("peer"))
    .values(pinned_rank=sa.bindparam("rank"))
)


def _set_ranks(ctx: Context, ranks: dict[int, int]) -> None:
    ctx.db.execute(
        _SET_RANK, [{"owner": ctx.user_id, "peer": peer_key, "rank": rank} for peer_key, rank in ranks.items()]
    )


# Unread marks


def set_unread_mark(ctx: Context, peer_key: int, *, unread: bool) -> None:
    """Mark a listed chat as unread by hand, or take the mark away; 400 PEER_ID_INVALID for other chats."""
    row = ctx.db.first(sa.select(dialogs.c.unread_mark).where(*_is_listed(ctx.user_id, peer_key)))
    if row is None:
        raise bad_request("PEER_ID_INVALID")
    if bool(row.unread_mark) == unread:
        return
    ctx.db.execute(
        sa.update(dialogs)
        .where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == peer_key)
        .values(unread_mark=unread)
    )
    tell_own_devices(
        ctx,
        api.UpdateDialogUnreadMark(unread=unread, peer=api.DialogPeer(peer=peer_of(peer_key))),
        peer_keys=[peer_key],
    )
