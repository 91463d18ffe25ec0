"""A user's page.

https://core.telegram.org/method/users.getFullUser
"""

from __future__ import annotations

from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.birthdays import unpack_birthday
from layers.domain.blocks import block_state
from layers.domain.contacts import note_of, peer_settings
from layers.domain.groups import common_chats
from layers.domain.notify import peer_notify_settings
from layers.domain.peer_options import add_options
from layers.domain.peers import SERVICE_USER_ID, access_user
from layers.domain.pins import pinned_message_id
from layers.domain.privacy import PrivacyKey, allowed_keys
from layers.domain.scheduled import has_scheduled
from layers.domain.users import user_object
from layers.domain.viewer_media import for_viewer
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import dialogs, photos, users
from tl import api

_ASKED: Final = (
    PrivacyKey.ABOUT,
    PrivacyKey.BIRTHDAY,
    PrivacyKey.FORWARDS,
    PrivacyKey.VOICE_MESSAGES,
)


@function(
    api.users.GetFullUser,
    flood=FloodLimit(300, 60),
    partial="no calls, stories, gifts and business profiles, which do not exist on this server yet",
)
def get_full_user(ctx: Context, request: api.users.GetFullUser) -> api.users.UserFull:
    """Everything a client shows on the page of a user."""
    user_id = access_user(ctx, request.id)
    row = ctx.db.first(
        sa.select(users, dialogs.c.folder_id, dialogs.c.ttl_period)
        .select_from(
            users.outerjoin(dialogs, sa.and_(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == users.c.id))
        )
        .where(users.c.id == user_id)
    )
    if row is None:
        raise bad_request("USER_ID_INVALID")
    user = user_object(ctx, ctx.user_id, user_id)
    return api.users.UserFull(full_user=_full(ctx, row, user), chats=[], users=[user])


def _full(ctx: Context, row: sa.Row[Any], user: api.TypeUser) -> api.UserFull:
    user_id: int = row.id
    may_see = allowed_keys(ctx, user_id, ctx.user_id, _ASKED)
    blocked, blocked_from_stories = block_state(ctx, ctx.user_id, user_id)
    full = api.UserFull(
        id=user_id,
        settings=peer_settings(ctx, ctx.user_id, user_id),
        notify_settings=peer_notify_settings(ctx, ctx.user_id, user_id),
        common_chats_count=0 if user_id == ctx.user_id else len(common_chats(ctx, ctx.user_id, user_id)),
        blocked=blocked,
        blocked_my_stories_from=blocked_from_stories and not blocked,
        pinned_msg_id=pinned_message_id(ctx, ctx.user_id, user_id),
        can_pin_message=user_id != SERVICE_USER_ID and not row.deleted,
        folder_id=row.folder_id or None,
        ttl_period=row.ttl_period,
        has_scheduled=has_scheduled(ctx, user_id),
        bot_info=api.BotInfo(user_id=user_id) if row.bot else None,
    )
    add_options(ctx, full)
    if row.deleted:
        return full
    full.about = (row.about or None) if PrivacyKey.ABOUT in may_see else None
    full.birthday = unpack_birthday(row.birthday) if PrivacyKey.BIRTHDAY in may_see else None
    full.note = note_of(ctx, ctx.user_id, user_id) if isinstance(user, api.User) and user.contact else None
    full.voice_messages_forbidden = PrivacyKey.VOICE_MESSAGES not in may_see
    if PrivacyKey.FORWARDS not in may_see:
        full.private_forward_name = f"{row.first_name} {row.last_name}".strip()
    _add_photos(ctx, full, row, user)
    return for_viewer(ctx, ctx.user_id, full)


def _add_photos(ctx: Context, full: api.UserFull, row: sa.Row[Any], user: api.TypeUser) -> None:
    """The photo that the user object shows, and the owner's own fallback."""
    shown = user.photo.photo_id if isinstance(user, api.User) and isinstance(user.photo, api.UserProfilePhoto) else None
    fallback = row.fallback_photo_id if row.id == ctx.user_id else None
    wanted = {photo_id for photo_id in (shown, fallback) if photo_id is not None}
    if not wanted:
        return
    stored = {
        found.id: cast("api.Photo", tl.decode(found.photo))
        for found in ctx.db.rows(sa.select(photos.c.id, photos.c.photo).where(photos.c.id.in_(wanted)))
    }
    if shown is not None and shown == row.fallback_photo_id != row.photo_id:
        full.fallback_photo = stored.get(shown)
    else:
        full.profile_photo = None if shown is None else stored.get(shown)
        full.fallback_photo = None if fallback is None else stored.get(fallback)
