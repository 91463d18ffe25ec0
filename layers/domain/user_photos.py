"""Profile photos: the list of an account, which one is shown, and to whom.

https://core.telegram.org/api/profile#profile-photos. The photo of the highest ``rank`` is the current one. The fallback
photo stands outside the list: it is shown to whom the privacy rules do not show the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain.contacts import tell_about_user
from layers.domain.users import user_object
from layers.errors import bad_request
from layers.schema import contacts, dialogs, photos, user_photos, users
from tl import api

_TOLD_MAX: Final = 500
"""So many address books and dialogs at most are looked at for who is told; the others see it with the next user."""

_SHOWN: Final = sa.select(users.c.photo_id, users.c.fallback_photo_id).where(users.c.id == sa.bindparam("user_id"))
_LISTED: Final = sa.select(user_photos.c.photo_id, user_photos.c.rank).where(
    user_photos.c.user_id == sa.bindparam("user_id")
)
_COUNT: Final = sa.select(sa.func.count()).where(user_photos.c.user_id == sa.bindparam("user_id"))


class Visible(Enum):
    """What of an account's photos a viewer may see."""

    ALL = "all"
    FALLBACK = "fallback"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """Photos in stored form, the current one first, out of ``count``."""

    photos: Sequence[api.Photo]
    count: int


def visible_photos(ctx: Context, viewer_id: int, user_id: int) -> Visible:
    """What of the user's photos the viewer may see: the one builder of user objects decides."""
    if viewer_id == user_id:
        return Visible.ALL
    user = user_object(ctx, viewer_id, user_id)
    if not isinstance(user, api.User) or not isinstance(user.photo, api.UserProfilePhoto):
        return Visible.NONE
    return Visible.ALL if user.photo.photo_id == _shown(ctx, user_id).photo_id else Visible.FALLBACK


def may_see_photo(ctx: Context, viewer_id: int, user_id: int, photo_id: int) -> bool:
    """Whether the viewer may see this profile photo of the user."""
    visible = visible_photos(ctx, viewer_id, user_id)
    if visible is Visible.NONE:
        return False
    if photo_id == _shown(ctx, user_id).fallback_photo_id:
        return visible is Visible.FALLBACK or viewer_id == user_id
    return visible is Visible.ALL and is_listed(ctx, user_id, photo_id)


def is_listed(ctx: Context, user_id: int, photo_id: int) -> bool:
    """Whether the photo is in the user's list."""
    return _rank(ctx, user_id, photo_id) is not None


def list_photos(ctx: Context, viewer_id: int, user_id: int, *, offset: int, max_id: int, limit: int) -> Page:
    """A page of the user's photos as the viewer may see them; ``max_id``: only those behind this photo.

    Raises:
        RpcError: 400 MAX_ID_INVALID when the photo is not in the list.
    """
    visible = visible_photos(ctx, viewer_id, user_id)
    if visible is Visible.NONE:
        return Page([], 0)
    if visible is Visible.FALLBACK:
        fallback = _photos(ctx, sa.select(photos.c.photo).where(photos.c.id == _shown(ctx, user_id).fallback_photo_id))
        return Page(fallback[offset : offset + limit], len(fallback))
    page = (
        sa.select(photos.c.photo)
        .join(user_photos, user_photos.c.photo_id == photos.c.id)
        .where(user_photos.c.user_id == user_id)
        .order_by(user_photos.c.rank.desc())
        .offset(offset)
        .limit(limit)
    )
    if max_id:
        rank = _rank(ctx, user_id, max_id)
        if rank is None:
            raise bad_request("MAX_ID_INVALID")
        page = page.where(user_photos.c.rank < rank)
    return Page(_photos(ctx, page), ctx.db.scalar(_COUNT, {"user_id": user_id}))


def set_photo(ctx: Context, photo_id: int) -> None:
    """Make a photo the caller's current one, at the head of his list; those who know him are told."""
    _lock(ctx)
    top = ctx.db.scalar(sa.select(sa.func.max(user_photos.c.rank)).where(user_photos.c.user_id == ctx.user_id))
    row = {"user_id": ctx.user_id, "photo_id": photo_id, "date": ctx.now, "rank": (top or 0) + 1}
    upsert(ctx.db, user_photos, row, update=["rank", "date"])
    _show(ctx, photo_id=photo_id)


def set_fallback_photo(ctx: Context, photo_id: int | None) -> None:
    """Set or remove the photo for those who may not see the others; those who know the caller are told."""
    _lock(ctx)
    _show(ctx, fallback_photo_id=photo_id)


def delete_photos(ctx: Context, photo_ids: Collection[int]) -> list[int]:
    """Take photos out of the caller's list; returns those that were there. The newest left becomes the current one."""
    shown = _lock(ctx)
    listed = [row.photo_id for row in ctx.db.rows(_LISTED.where(user_photos.c.photo_id.in_(photo_ids)), _me(ctx))]
    removed = listed + [shown.fallback_photo_id] * (shown.fallback_photo_id in photo_ids)
    if not removed:
        return []
    ctx.db.execute(
        sa.delete(user_photos).where(user_photos.c.user_id == ctx.user_id, user_photos.c.photo_id.in_(listed))
    )
    newest = ctx.db.scalar(_LISTED.order_by(user_photos.c.rank.desc()).limit(1), _me(ctx))
    fallback = None if shown.fallback_photo_id in photo_ids else shown.fallback_photo_id
    if (newest, fallback) != (shown.photo_id, shown.fallback_photo_id):
        _show(ctx, photo_id=newest, fallback_photo_id=fallback)
    return list(dict.fromkeys(removed))


def current_photo_id(ctx: Context) -> int | None:
    """The caller's current photo."""
    return cast("int | None", _shown(ctx, ctx.user_id).photo_id)


def _show(ctx: Context, **columns: int | None) -> None:
    ctx.db.execute(sa.update(users).where(users.c.id == ctx.user_id).values(**columns))
    having_me = sa.select(contacts.c.owner_id).where(contacts.c.contact_id == ctx.user_id).limit(_TOLD_MAX)
    correspondents = (
        sa.select(dialogs.c.peer_key)
        .where(dialogs.c.owner_id == ctx.user_id, dialogs.c.folder_id == 0, dialogs.c.peer_key > 0)
        .order_by(dialogs.c.top_message_date.desc())
        .limit(_TOLD_MAX)
    )
    told = dict.fromkeys((ctx.user_id, *ctx.db.scalars(having_me), *ctx.db.scalars(correspondents)))
    tell_about_user(ctx, ctx.user_id, list(told))


def _me(ctx: Context) -> dict[str, int]:
    return {"user_id": ctx.user_id}


def _lock(ctx: Context) -> sa.Row[Any]:
    """The caller's row, locked: ranks rise in the order of commits."""
    return cast("sa.Row[Any]", ctx.db.first(_SHOWN.with_for_update(), _me(ctx)))


def _shown(ctx: Context, user_id: int) -> sa.Row[Any]:
    row = ctx.db.first(_SHOWN, {"user_id": user_id})
    if row is None:
        raise bad_request("USER_ID_INVALID")
    return row


def _rank(ctx: Context, user_id: int, photo_id: int) -> int | None:
    row = ctx.db.first(_LISTED.where(user_photos.c.photo_id == photo_id), {"user_id": user_id})
    return None if row is None else row.rank


def _photos(ctx: Context, statement: sa.Select[Any]) -> list[api.Photo]:
    return [cast("api.Photo", tl.decode(stored)) for stored in ctx.db.scalars(statement)]
