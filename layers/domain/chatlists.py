"""Folders that are shared by links: https://core.telegram.org/api/folders#shared-folders.

A folder that is a list of chats and nothing else has links of its owner's, each to some of its chats. Who opens a link
joins the chats that he chooses and gets a folder with them; what is put into the link later is offered to him.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatFlag, Membership, memberships
from layers.domain.dialog_filters import Folder, put_filter, stored_filter
from layers.domain.peers import is_channel, peer_key, peer_of
from layers.domain.server_config import ME_URL_PREFIX
from layers.errors import bad_request
from layers.schema import chatlist_invites, chatlist_joins
from tl import api

_SLUG_BYTES: Final = 12
_FORM: Final = re.compile(r"(?:(?:https?://)?[\w.-]+/addlist/|tg://addlist\?slug=)?([\w-]{8,32})/?", re.ASCII)


def access_folder(ctx: Context, chatlist: api.TypeInputChatlist) -> Folder:
    """Gate: a folder of the caller's, as it is stored and locked; 400 FILTER_ID_INVALID."""
    folder = stored_filter(ctx, ctx.user_id, chatlist.filter_id, lock=True)
    if folder is None:
        raise bad_request("FILTER_ID_INVALID")
    return folder


def access_chatlist(ctx: Context, chatlist: api.TypeInputChatlist) -> api.DialogFilterChatlist:
    """Gate: a folder of the caller's that is shared; 400 FILTER_ID_INVALID, FILTER_NOT_SUPPORTED."""
    folder = access_folder(ctx, chatlist)
    if not isinstance(folder, api.DialogFilterChatlist):
        raise bad_request("FILTER_NOT_SUPPORTED")
    return folder


# Links


def clean_slug(slug: str) -> str:
    """The slug of a link or of itself; 400 INVITE_SLUG_EMPTY, INVITE_SLUG_EXPIRED for what cannot be one."""
    if not slug.strip():
        raise bad_request("INVITE_SLUG_EMPTY")
    found = _FORM.fullmatch(slug.strip())
    if found is None:
        raise bad_request("INVITE_SLUG_EXPIRED")
    return found[1]


def find_invite(ctx: Context, slug: str) -> Any:
    """The row of a link that somebody opens; 400 INVITE_SLUG_EMPTY, INVITE_SLUG_EXPIRED."""
    row = ctx.db.first(sa.select(chatlist_invites).where(chatlist_invites.c.slug == clean_slug(slug)))
    if row is None:
        raise bad_request("INVITE_SLUG_EXPIRED")
    return row


def invites_of(ctx: Context, filter_id: int) -> Sequence[Any]:
    """Rows of the links of the caller's folder, in the order they were made."""
    return ctx.db.rows(
        sa.select(chatlist_invites)
        .where(chatlist_invites.c.owner_id == ctx.user_id, chatlist_invites.c.filter_id == filter_id)
        .order_by(chatlist_invites.c.date, chatlist_invites.c.slug)
    )


def own_invite(ctx: Context, filter_id: int, slug: str) -> Any:
    """Gate: the row of a link of the caller's folder; 400 INVITE_SLUG_EMPTY, INVITE_SLUG_EXPIRED."""
    row = find_invite(ctx, slug)
    if (row.owner_id, row.filter_id) != (ctx.user_id, filter_id):
        raise bad_request("INVITE_SLUG_EXPIRED")
    return row


def invite_object(stored: bytes) -> api.ExportedChatlistInvite:
    """The exportedChatlistInvite that a row keeps."""
    return cast("api.ExportedChatlistInvite", tl.decode(stored))


def invite_keys(stored: bytes) -> list[int]:
    """Keys of the chats behind a link."""
    return [peer_key(peer) for peer in invite_object(stored).peers]


def make_invite(ctx: Context, filter_id: int, title: str, keys: Iterable[int]) -> api.ExportedChatlistInvite:
    """A new link of the caller's folder."""
    slug = base64.urlsafe_b64encode(ctx.services.random(_SLUG_BYTES)).decode()
    invite = api.ExportedChatlistInvite(
        title=title, url=f"{ME_URL_PREFIX}addlist/{slug}", peers=[peer_of(key) for key in keys]
    )
    ctx.db.execute(
        sa.insert(chatlist_invites),
        {
            "slug": slug,
            "owner_id": ctx.user_id,
            "filter_id": filter_id,
            "date": ctx.now,
            "invite": tl.encode(invite),
        },
    )
    return invite


def change_invite(ctx: Context, row: Any, invite: api.ExportedChatlistInvite) -> None:
    """Replace what a link says."""
    ctx.db.execute(
        sa.update(chatlist_invites).where(chatlist_invites.c.slug == row.slug).values(invite=tl.encode(invite))
    )


def delete_invite(ctx: Context, row: Any) -> None:
    """A link leads nowhere any more; who came by it keeps his folder."""
    ctx.db.execute(sa.delete(chatlist_invites).where(chatlist_invites.c.slug == row.slug))


def check_shared_limit(ctx: Context, filter_id: int) -> None:
    """400 CHATLISTS_TOO_MUCH when another shared folder would be one too many for the caller."""
    shared = sa.union(
        sa.select(chatlist_invites.c.filter_id).where(chatlist_invites.c.owner_id == ctx.user_id),
        sa.select(chatlist_joins.c.filter_id).where(chatlist_joins.c.owner_id == ctx.user_id),
    )
    ids = set(ctx.db.scalars(shared))
    if filter_id not in ids and len(ids) >= limits.CHATLISTS_JOINED:
        raise bad_request("CHATLISTS_TOO_MUCH")


# What a link leads to


def may_share(member: Membership | None) -> bool:
    """Whether an account may lead others into a channel: a public one, or one into which it may invite people."""
    if member is None or not member.is_member or not member.is_channel:
        return False
    return member.row.username is not None or bool(member.admin_rights & AdminRight.INVITE_USERS)


def open_chats(ctx: Context, row: Any) -> list[int]:
    """Keys of the chats behind a link (a row) that the caller is in or may join; two statements.

    Those into which the link's owner can lead nobody any more are left out, and those from which the caller is banned.
    """
    keys = [key for key in invite_keys(row.invite) if is_channel(key)]
    mine, owners = memberships(ctx, ctx.user_id, keys), memberships(ctx, row.owner_id, keys)
    return [key for key in keys if key in mine and _is_open(mine[key], owners[key])]


def _is_open(mine: Membership, owners: Membership) -> bool:
    if mine.flags & ChatFlag.DEACTIVATED or mine.is_banned:
        return False
    return mine.is_member or may_share(owners)


# Folders made by a link


def joined_filter(ctx: Context, row: Any) -> int | None:
    """The caller's folder that was made by this link (a row), or from which it is; None when there is none."""
    if row.owner_id == ctx.user_id:
        return int(row.filter_id)
    found = ctx.db.scalar(
        sa.select(chatlist_joins.c.filter_id).where(
            chatlist_joins.c.owner_id == ctx.user_id, chatlist_joins.c.slug == row.slug
        )
    )
    return None if found is None else int(found)


def source_of(ctx: Context, filter_id: int) -> tuple[Any, list[int]] | None:
    """(the row of the link that made a folder, keys of the chats that it had when the caller looked last).

    None for a folder of the caller's own, and when the link is no more.
    """
    row = ctx.db.first(
        sa.select(chatlist_invites, chatlist_joins.c.seen)
        .join_from(chatlist_joins, chatlist_invites, chatlist_invites.c.slug == chatlist_joins.c.slug)
        .where(chatlist_joins.c.owner_id == ctx.user_id, chatlist_joins.c.filter_id == filter_id)
    )
    return None if row is None else (row, invite_keys(row.seen))


def note_seen(ctx: Context, filter_id: int, row: Any) -> None:
    """The caller has looked at everything behind the link (a row) from which a folder of his is."""
    values = {"owner_id": ctx.user_id, "filter_id": filter_id, "slug": row.slug, "seen": row.invite}
    upsert(ctx.db, chatlist_joins, values, update=("slug", "seen"))


def note_invites(ctx: Context, folder: api.DialogFilterChatlist) -> bool:
    """Show on a stored folder whether it has links; False when it did already."""
    has = bool(invites_of(ctx, folder.id))
    if folder.has_my_invites == has:
        return False
    folder.has_my_invites = has
    put_filter(ctx, folder)
    return True
