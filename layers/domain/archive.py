"""The archive as an entry above the main chat list: https://core.telegram.org/api/folders#peer-folders.

Clients that draw the archive above the chats (a ``dialogFolder``) learn its last message and unread counts from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.account_settings import Setting, read_settings
from layers.domain.boxes import Box
from layers.domain.chats import peer_objects
from layers.domain.dialogs import ARCHIVE_FOLDER, MAIN_FOLDER, DialogPage, listed, recent_rows
from layers.domain.history import load_in_order
from layers.domain.messages import message_objects, peers_in
from layers.domain.notify import notify_settings_of, scoped_settings
from layers.domain.peers import peer_of
from layers.schema import dialogs
from tl import api

_UNREAD_MAX: Final = 500
"""Unread archived chats that are counted."""

_ARCHIVED: Final = sa.select(dialogs.c.peer_key).where(
    dialogs.c.owner_id == sa.bindparam("owner"),
    dialogs.c.peer_key.in_(sa.bindparam("keys", expanding=True)),
    dialogs.c.folder_id == ARCHIVE_FOLDER,
)


def with_archive(ctx: Context, page: DialogPage) -> DialogPage:
    """The page with the archive's entry on top, if the caller has archived chats."""
    tops = recent_rows(ctx, ctx.user_id, ARCHIVE_FOLDER, 1) or _pinned_top(ctx)
    if not tops:
        return page
    (top,) = tops
    known = {message.id for message in page.messages}
    rows = load_in_order(ctx, ctx.user_id, [top.top_message_id] if top.top_message_id not in known else [])
    messages = message_objects(ctx, ctx.user_id, rows)
    shown = {user.id for user in page.users}
    named = peer_objects(ctx, ctx.user_id, sorted(({top.peer_key} | peers_in(messages)) - shown))
    shown_chats = {chat.id for chat in page.chats}
    return DialogPage(
        dialogs=[_entry(ctx, top), *page.dialogs],
        messages=[*page.messages, *messages],
        users=[*page.users, *named.users],
        chats=[*page.chats, *(chat for chat in named.chats if chat.id not in shown_chats)],
    )


def _pinned_top(ctx: Context) -> Sequence[Any]:
    """A pinned archived chat, where there are no others."""
    return ctx.db.rows(sa.select(dialogs).where(*listed(ctx.user_id, ARCHIVE_FOLDER)).limit(1))


def _entry(ctx: Context, top: Any) -> api.DialogFolder:
    unread = ctx.db.rows(
        sa.select(dialogs.c.peer_key, dialogs.c.unread_count)
        .where(
            *listed(ctx.user_id, ARCHIVE_FOLDER),
            sa.or_(dialogs.c.unread_count > 0, dialogs.c.unread_mark),
        )
        .limit(_UNREAD_MAX)
    )
    muted = _muted(ctx, ctx.user_id, [row.peer_key for row in unread])
    loud = [row for row in unread if row.peer_key not in muted]
    return api.DialogFolder(
        pinned=True,
        folder=api.Folder(id=ARCHIVE_FOLDER, title="Archived Chats"),
        peer=peer_of(top.peer_key),
        top_message=top.top_message_id,
        unread_muted_peers_count=len(unread) - len(loud),
        unread_unmuted_peers_count=len(loud),
        unread_muted_messages_count=sum(row.unread_count for row in unread if row.peer_key in muted),
        unread_unmuted_messages_count=sum(row.unread_count for row in loud),
    )


def leave_archive(ctx: Context, box: Box, peer_keys: Iterable[int]) -> None:
    """Bring chats that got a message back to the main list, unless they are muted or the account wants them to stay.

    One statement where none of them is archived. ``keep_archived_folders``, which keeps chats that a folder names, is
    taken as ``keep_archived_unmuted``.
    """
    owner_id = box.owner_id
    archived = ctx.db.scalars(_ARCHIVED, {"owner": owner_id, "keys": sorted(set(peer_keys))})
    loud = sorted(set(archived) - _muted(ctx, owner_id, archived))
    if not loud:
        return
    kept = read_settings(ctx, owner_id, Setting.GLOBAL_PRIVACY).get(Setting.GLOBAL_PRIVACY)
    if kept is not None and (kept.keep_archived_unmuted or kept.keep_archived_folders):
        return
    move_to_folder(ctx, box, dict.fromkeys(loud, MAIN_FOLDER))


def move_to_folder(ctx: Context, box: Box, folders: Mapping[int, int]) -> None:
    """Move chats to the folders, 0 or 1; who moves is unpinned."""
    for folder_id in sorted(set(folders.values())):
        keys = [peer_key for peer_key, target in folders.items() if target == folder_id]
        ctx.db.execute(
            sa.update(dialogs)
            .where(dialogs.c.owner_id == box.owner_id, dialogs.c.peer_key.in_(keys))
            .values(folder_id=folder_id, pinned_rank=0)
        )
    peers = [api.FolderPeer(peer=peer_of(key), folder_id=folder_id) for key, folder_id in folders.items()]
    box.record(api.UpdateFolderPeers(folder_peers=peers, pts=0, pts_count=0))


def _muted(ctx: Context, owner_id: int, peer_keys: Sequence[int]) -> set[int]:
    """Those of the users' chats that are muted, by themselves or as all private chats are."""
    if not peer_keys:
        return set()
    own = notify_settings_of(ctx, owner_id, peer_keys)
    default = scoped_settings(ctx, owner_id, ["users"]).get("users")
    default_until = (default.mute_until if default else None) or 0

    def until(peer_key: int) -> int:
        value = own[peer_key].mute_until
        return default_until if value is None else value

    return {peer_key for peer_key in peer_keys if until(peer_key) > ctx.now}
