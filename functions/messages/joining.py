"""Coming into chats by links, and letting people in: https://core.telegram.org/api/invites."""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain.chats import ChatFlag, ChatKind, Membership, chat_objects, is_readable, membership
from layers.domain.contacts import contact_ids
from layers.domain.invites import access_invite, access_invites, usable_invite
from layers.domain.join_requests import drop_requests, importer_page, pending_update, requests, settle_requests
from layers.domain.joining import ask_to_join, join_by_link, let_in
from layers.domain.limits import CHAT_PEEK_S
from layers.domain.members import member_ids
from layers.domain.peers import access_user, bare_id
from layers.domain.photos import stored_photo
from layers.domain.updates import notices
from layers.domain.users import user_objects
from layers.domain.viewer_media import for_viewer
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(60, 60)
_PAGE: Final = 100
_SHOWN_MEMBERS: Final = 5
"""Acquaintances whom the preview of a group names."""
_COLORS: Final = 7


@function(api.messages.CheckChatInvite, flood=_FLOOD)
def check_chat_invite(ctx: Context, request: api.messages.CheckChatInvite) -> api.TypeChatInvite:
    """What is behind a link: the chat for its members and, to peek into, for everybody if it is public; else a preview.

    Where one has to ask to be let in, the preview says so.
    """
    invite = usable_invite(ctx, request.hash)
    member = _behind(ctx, invite, lock=False)
    if member.is_member:
        return api.ChatInviteAlready(chat=chat_objects(ctx, ctx.user_id, [member.key])[0])
    if member.is_channel and is_readable(member) and not invite.request_needed:
        chat = chat_objects(ctx, ctx.user_id, [member.key])[0]
        return api.ChatInvitePeek(chat=chat, expires=ctx.now + CHAT_PEEK_S)
    return _preview(ctx, member, invite)


def _behind(ctx: Context, invite: Any, *, lock: bool) -> Membership:
    member = membership(ctx, ctx.user_id, invite.peer_key, lock=lock)
    if member is None or member.flags & ChatFlag.DEACTIVATED or member.is_banned:
        raise RpcError(406, "INVITE_HASH_EXPIRED")
    return member


def _preview(ctx: Context, member: Membership, invite: Any) -> api.ChatInvite:
    row = member.row
    photo: Any = None if row.photo_id is None else stored_photo(ctx, row.photo_id)
    if photo is not None:
        for_viewer(ctx, ctx.user_id, photo)
    people = None
    if not member.is_channel:
        known = set(contact_ids(ctx, ctx.user_id, member_ids(ctx, member.key)))
        people = user_objects(ctx, ctx.user_id, sorted(known)[:_SHOWN_MEMBERS]) or None
    return api.ChatInvite(
        channel=member.is_channel,
        broadcast=member.kind is ChatKind.BROADCAST,
        megagroup=member.kind is ChatKind.SUPERGROUP,
        public=row.username is not None,
        request_needed=bool(invite.request_needed),
        verified=bool(member.flags & ChatFlag.VERIFIED),
        title=row.title,
        about=row.about or None,
        photo=photo or api.PhotoEmpty(id=0),
        participants_count=row.members_count,
        participants=people,
        color=bare_id(member.key) % _COLORS,
    )


@function(api.messages.ImportChatInvite, writes=True, flood=_FLOOD)
def import_chat_invite(
    ctx: Context, request: api.messages.ImportChatInvite
) -> api.messages.ChatInviteJoinResultOk | RpcError:
    """Come in by a link; where an administrator must agree, 400 INVITE_REQUEST_SENT says that he was asked."""
    invite = usable_invite(ctx, request.hash)
    member = _behind(ctx, invite, lock=True)
    # Once more under the lock: of two who take the last place of a link one comes too late.
    invite = usable_invite(ctx, request.hash)
    if invite.request_needed:
        ask_to_join(ctx, member, invite)
        return bad_request("INVITE_REQUEST_SENT")
    return api.messages.ChatInviteJoinResultOk(updates=join_by_link(ctx, member, invite))


@function(api.messages.GetChatInviteImporters)
def get_chat_invite_importers(
    ctx: Context, request: api.messages.GetChatInviteImporters
) -> api.messages.ChatInviteImporters:
    """Who came by a link, or waits to be let in, the latest first."""
    member = access_invites(ctx, request.peer)
    if request.link and request.q:
        raise bad_request("SEARCH_WITH_LINK_NOT_SUPPORTED")
    hash_ = access_invite(ctx, member, request.link).hash if request.link else None
    after = None
    if request.offset_date > 0:
        after = (request.offset_date, _offset_user(ctx, request.offset_user))
    count, rows = importer_page(
        ctx,
        member,
        hash_=hash_,
        requested=request.requested,
        words=(request.q or "").strip(),
        after=after,
        limit=min(max(request.limit, 1), _PAGE),
    )
    people = {row.user_id for row in rows} | {row.approved_by for row in rows if row.approved_by}
    return api.messages.ChatInviteImporters(
        count=count,
        importers=[
            api.ChatInviteImporter(
                requested=bool(row.requested),
                via_chatlist=bool(row.via_chatlist),
                user_id=row.user_id,
                date=row.date,
                about=(row.about or None) if row.requested else None,
                approved_by=row.approved_by or None,
            )
            for row in rows
        ],
        users=user_objects(ctx, ctx.user_id, sorted(people)),
    )


def _offset_user(ctx: Context, user: api.TypeInputUser) -> int:
    return 0 if isinstance(user, api.InputUserEmpty) else access_user(ctx, user)


@function(api.messages.HideChatJoinRequest, writes=True, flood=FloodLimit(300, 60))
def hide_chat_join_request(ctx: Context, request: api.messages.HideChatJoinRequest) -> api.Updates:
    """Let somebody in who waits, or do not."""
    member = access_invites(ctx, request.peer, lock=True)
    user_id = access_user(ctx, request.user_id)
    rows = requests(ctx, member.key, user_ids=[user_id])
    if not rows:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return _answer_requests(ctx, member, rows, approved=request.approved)


@function(api.messages.HideAllChatJoinRequests, writes=True, flood=FloodLimit(30, 60))
def hide_all_chat_join_requests(ctx: Context, request: api.messages.HideAllChatJoinRequests) -> api.Updates:
    """Let everybody in who waits (behind one link), or nobody."""
    member = access_invites(ctx, request.peer, lock=True)
    hash_ = access_invite(ctx, member, request.link).hash if request.link else None
    rows = requests(ctx, member.key, hash_=hash_)
    if not rows:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return _answer_requests(ctx, member, rows, approved=request.approved)


def _answer_requests(ctx: Context, member: Membership, rows: Any, *, approved: bool) -> api.Updates:
    if approved:
        return let_in(ctx, member, rows)
    drop_requests(ctx, member.key, [row.user_id for row in rows])
    settle_requests(ctx, member.key)
    return notices(ctx, ctx.user_id, [pending_update(ctx, member.key)])
