"""Folders: https://core.telegram.org/api/folders#folders.

A folder is a filter that the clients apply to the chat list; the server keeps it for the account's devices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.chats import input_peer
from layers.domain.peers import access_peer
from layers.domain.text import check_entities, utf16_length
from layers.errors import bad_request
from layers.schema import chatlist_invites, chatlist_joins, dialog_filters
from tl import api

Folder: TypeAlias = api.DialogFilter | api.DialogFilterChatlist
"""A folder of one's own, or one that may be shared: a list of chats and nothing else."""

_FIRST_ID: Final = 2
_LAST_ID: Final = 255
_EMOTICON_MAX: Final = 32
_COLORS: Final = 7
_PEER_FIELDS: Final = ("pinned_peers", "include_peers", "exclude_peers")
_KINDS: Final = ("contacts", "non_contacts", "groups", "broadcasts", "bots")
_EXCLUDED_KINDS: Final = ("exclude_muted", "exclude_read", "exclude_archived")
_COMMON_FIELDS: Final = ("title_noanimate", "id", "title", "emoticon", "color", "pinned_peers", "include_peers")


def read_filters(ctx: Context) -> list[Folder]:
    """The caller's folders in order."""
    rows = ctx.db.scalars(
        sa.select(dialog_filters.c.filter)
        .where(dialog_filters.c.owner_id == ctx.user_id)
        .order_by(dialog_filters.c.rank, dialog_filters.c.filter_id)
    )
    return [for_owner(ctx, _decoded(row)) for row in rows]


def _decoded(stored: bytes) -> Folder:
    return cast("Folder", tl.decode(stored))


def check_id(filter_id: int) -> int:
    """The id of a folder; 0 and 1 are the chat list itself and the archive. 400 FILTER_ID_INVALID."""
    if not _FIRST_ID <= filter_id <= _LAST_ID:
        raise bad_request("FILTER_ID_INVALID")
    return filter_id


def stored_filter(ctx: Context, owner_id: int, filter_id: int, *, lock: bool = False) -> Folder | None:
    """A folder as it is stored, or None; what its owner is shown is `for_owner` of it."""
    statement = sa.select(dialog_filters.c.filter).where(
        dialog_filters.c.owner_id == owner_id, dialog_filters.c.filter_id == filter_id
    )
    row = ctx.db.first(statement.with_for_update() if lock else statement)
    return None if row is None else _decoded(row.filter)


def filter_keys(folder: Folder) -> list[int]:
    """Keys of the chats that a stored folder always shows, the pinned ones first."""
    return [_key(peer) for peer in (*folder.pinned_peers, *folder.include_peers)]


def add_to_filter(folder: api.DialogFilterChatlist, keys: Iterable[int]) -> None:
    """Put chats into a stored folder; 400 FILTER_INCLUDE_TOO_MUCH."""
    present = set(filter_keys(folder))
    folder.include_peers = [*folder.include_peers, *(stored_peer(key) for key in keys if key not in present)]
    if len(folder.include_peers) > limits.DIALOG_FILTER_CHATS:
        raise bad_request("FILTER_INCLUDE_TOO_MUCH")


def replace_in_filter(folder: Folder, key: int, successor: int) -> None:
    """Put a chat in the place of another in a stored folder."""
    keys = {stored: successor if stored == key else stored for stored in filter_keys(folder)}
    folder.pinned_peers = [stored_peer(keys[_key(peer)]) for peer in folder.pinned_peers]
    folder.include_peers = [stored_peer(keys[_key(peer)]) for peer in folder.include_peers]


def save_filter(ctx: Context, filter_id: int, given: api.TypeDialogFilter) -> Folder:
    """Create or replace a folder; returns it as the account's devices see it.

    One that is shared stays so.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_TITLE_EMPTY, MESSAGE_TOO_LONG, FILTER_INCLUDE_EMPTY,
            FILTER_INCLUDE_TOO_MUCH, DIALOG_FILTERS_TOO_MUCH, CHATLIST_EXCLUDE_INVALID for a shared folder that would
            be more than a list of chats, and those of the peers.
    """
    if not isinstance(given, api.DialogFilter | api.DialogFilterChatlist) or given.id != filter_id:
        raise bad_request("FILTER_ID_INVALID")
    present = stored_filter(ctx, ctx.user_id, filter_id, lock=True)
    if isinstance(present, api.DialogFilterChatlist) and isinstance(given, api.DialogFilter):
        if not is_plain_list(given):
            raise bad_request("CHATLIST_EXCLUDE_INVALID")
        given = as_chatlist(given)
    stored = _checked(ctx, given)
    if isinstance(stored, api.DialogFilterChatlist):
        stored.has_my_invites = isinstance(present, api.DialogFilterChatlist) and present.has_my_invites
    put_filter(ctx, stored)
    return for_owner(ctx, stored)


def put_filter(ctx: Context, stored: Folder) -> None:
    """Create or replace a folder of the caller's as it is to be stored; a new one comes last.

    Raises:
        RpcError: DIALOG_FILTERS_TOO_MUCH.
    """
    ranks = _ranks(ctx)
    if stored.id not in ranks and len(ranks) >= limits.DIALOG_FILTERS:
        raise bad_request("DIALOG_FILTERS_TOO_MUCH")
    values = {
        "owner_id": ctx.user_id,
        "filter_id": stored.id,
        "rank": ranks.get(stored.id, max(ranks.values(), default=0) + 1),
        "filter": tl.encode(stored),
    }
    upsert(ctx.db, dialog_filters, values, update=("filter",))


def free_filter_id(ctx: Context) -> int:
    """An id that none of the caller's folders has."""
    taken = _ranks(ctx).keys()
    return next(number for number in range(_FIRST_ID, _LAST_ID + 1) if number not in taken)


def _ranks(ctx: Context) -> dict[int, int]:
    rows = ctx.db.rows(
        sa.select(dialog_filters.c.filter_id, dialog_filters.c.rank)
        .where(dialog_filters.c.owner_id == ctx.user_id)
        .with_for_update()
    )
    return {row.filter_id: row.rank for row in rows}


def is_plain_list(folder: api.DialogFilter) -> bool:
    """Whether a folder is a list of chats and nothing else, and so may be shared."""
    return not folder.exclude_peers and not any(getattr(folder, name) for name in (*_KINDS, *_EXCLUDED_KINDS))


def as_chatlist(folder: api.DialogFilter) -> api.DialogFilterChatlist:
    """A list of chats as a folder that may be shared."""
    return api.DialogFilterChatlist(**{name: getattr(folder, name) for name in _COMMON_FIELDS})


def delete_filter(ctx: Context, filter_id: int) -> bool:
    """Remove a folder with its links; False when there is none of that id."""
    for table in (chatlist_invites, chatlist_joins):
        ctx.db.execute(sa.delete(table).where(table.c.owner_id == ctx.user_id, table.c.filter_id == filter_id))
    deleted = ctx.db.execute(
        sa.delete(dialog_filters).where(
            dialog_filters.c.owner_id == ctx.user_id, dialog_filters.c.filter_id == filter_id
        )
    )
    return bool(deleted.rowcount)


_SET_RANK: Final = (
    sa.update(dialog_filters)
    .where(dialog_filters.c.owner_id == sa.bindparam("owner"), dialog_filters.c.filter_id == sa.bindparam("id"))
    .values(rank=sa.bindparam("position"))
)


def order_filters(ctx: Context, order: Sequence[int]) -> list[int]:
    """Put the folders in this order, those that are not named last; returns the ids in their new order."""
    present = ctx.db.scalars(
        sa.select(dialog_filters.c.filter_id)
        .where(dialog_filters.c.owner_id == ctx.user_id)
        .order_by(dialog_filters.c.rank, dialog_filters.c.filter_id)
    )
    named = [filter_id for filter_id in dict.fromkeys(order) if filter_id in present]
    final = named + [filter_id for filter_id in present if filter_id not in named]
    if final and final != list(present):
        ctx.db.execute(
            _SET_RANK,
            [{"owner": ctx.user_id, "id": filter_id, "position": index + 1} for index, filter_id in enumerate(final)],
        )
    return final


def _checked(ctx: Context, given: Folder) -> Folder:
    title = given.title.text.strip()
    if not title:
        raise bad_request("FILTER_TITLE_EMPTY")
    if utf16_length(title) > limits.DIALOG_FILTER_TITLE_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    excluded = given.exclude_peers if isinstance(given, api.DialogFilter) else []
    if max(map(len, (given.pinned_peers, given.include_peers, excluded))) > limits.DIALOG_FILTER_CHATS:
        raise bad_request("FILTER_INCLUDE_TOO_MUCH")
    kinds = {name: getattr(given, name) for name in _KINDS} if isinstance(given, api.DialogFilter) else {}
    if not (given.pinned_peers or given.include_peers or any(kinds.values())):
        raise bad_request("FILTER_INCLUDE_EMPTY")
    fields: dict[str, Any] = {
        "title_noanimate": given.title_noanimate,
        "id": given.id,
        "title": api.TextWithEntities(text=title, entities=check_entities(ctx, title, given.title.entities)),
        "emoticon": given.emoticon[:_EMOTICON_MAX] if given.emoticon else None,
        "color": given.color if given.color is not None and 0 <= given.color < _COLORS else None,
        "pinned_peers": _stored_peers(ctx, given.pinned_peers),
        "include_peers": _stored_peers(ctx, given.include_peers),
    }
    if isinstance(given, api.DialogFilterChatlist):
        return api.DialogFilterChatlist(**fields)
    fields |= kinds | {name: getattr(given, name) for name in _EXCLUDED_KINDS}
    return api.DialogFilter(**fields, exclude_peers=_stored_peers(ctx, given.exclude_peers))


def _stored_peers(ctx: Context, peers: Sequence[api.TypeInputPeer]) -> list[api.InputPeerUser]:
    return [stored_peer(access_peer(ctx, peer)) for peer in peers]


def stored_peer(key: int) -> api.InputPeerUser:
    """A peer as it stands in a stored folder: its key, whatever it is, and no access_hash."""
    return api.InputPeerUser(user_id=key, access_hash=0)


def _key(peer: Any) -> int:
    return int(peer.user_id)


def for_owner(ctx: Context, stored: Folder) -> Folder:
    """The folder with the caller's access hashes."""
    for name in _PEER_FIELDS:
        peers = getattr(stored, name, None)
        if peers is not None:
            setattr(stored, name, [input_peer(ctx, ctx.user_id, _key(peer)) for peer in peers])
    return stored
