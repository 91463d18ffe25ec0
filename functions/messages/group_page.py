"""A basic group's page: https://core.telegram.org/method/messages.getFullChat."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chat_access import access_chat
from layers.domain.chat_reactions import chat_reactions_of
from layers.domain.chats import Membership, peer_objects
from layers.domain.groups import participants_object
from layers.domain.invites import invite_objects, permanent_invite
from layers.domain.join_requests import pending
from layers.domain.notify import peer_notify_settings
from layers.domain.peer_options import options_of
from layers.domain.peers import bare_id
from layers.domain.photos import stored_photo
from layers.domain.pins import pinned_message_id
from layers.domain.scheduled import has_scheduled
from layers.domain.viewer_media import for_viewer
from layers.registry import FloodLimit, function
from layers.schema import dialogs
from tl import api


@function(api.messages.GetFullChat, flood=FloodLimit(300, 60), partial="calls and bots")
def get_full_chat(ctx: Context, request: api.messages.GetFullChat) -> api.messages.ChatFull:
    """Everything a client shows on the page of a basic group; who is no longer in it sees no participants."""
    member = access_chat(ctx, request.chat_id, former=True)
    full = _full(ctx, member)
    keys = {member.key, ctx.user_id}
    if member.is_member:
        _add_inside(ctx, member, full)
        keys |= _people(full)
    named = peer_objects(ctx, ctx.user_id, sorted(keys))
    return api.messages.ChatFull(full_chat=for_viewer(ctx, ctx.user_id, full), chats=named.chats, users=named.users)


def _full(ctx: Context, member: Membership) -> api.ChatFull:
    folder_id = ctx.db.scalar(
        sa.select(dialogs.c.folder_id).where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == member.key)
    )
    options = options_of(ctx, ctx.user_id, member.key)
    return api.ChatFull(
        id=bare_id(member.key),
        translations_disabled=options is not None and bool(options.translations_disabled),
        about="",
        participants=api.ChatParticipantsForbidden(chat_id=bare_id(member.key)),
        notify_settings=peer_notify_settings(ctx, ctx.user_id, member.key),
        folder_id=folder_id or None,
    )


def _add_inside(ctx: Context, member: Membership, full: api.ChatFull) -> None:
    """What members alone see."""
    row = member.row
    full.about = row.about
    full.participants = participants_object(ctx, member.key)
    full.chat_photo = None if row.photo_id is None else stored_photo(ctx, row.photo_id)
    full.pinned_msg_id = pinned_message_id(ctx, ctx.user_id, member.key)
    full.ttl_period = row.ttl_period
    full.has_scheduled = has_scheduled(ctx, member.key)
    full.theme_emoticon = row.theme_emoticon or None
    full.available_reactions, full.reactions_limit = chat_reactions_of(ctx, member.key)
    if member.is_admin:
        _add_for_administrators(ctx, member, full)


def _add_for_administrators(ctx: Context, member: Membership, full: api.ChatFull) -> None:
    """One's own permanent link and who waits to be let in."""
    invite = permanent_invite(ctx, member.key, ctx.user_id)
    if invite is not None:
        full.exported_invite = invite_objects(ctx, [invite])[0]
    count, recent = pending(ctx, member.key)
    full.requests_pending = count or None
    full.recent_requesters = recent if count else None


def _people(full: api.ChatFull) -> set[int]:
    listed = cast("api.ChatParticipants", full.participants).participants
    people: set[Any] = {item.user_id for item in listed}
    people |= {getattr(item, "inviter_id", item.user_id) for item in listed}
    return people | {*(full.recent_requesters or ())}
