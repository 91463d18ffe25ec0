"""Coming into a chat by a link: https://core.telegram.org/api/invites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import limits, outbox
from layers.domain.boxes import Entry, open_box
from layers.domain.channel_joining import join_channel, let_into_channel
from layers.domain.chats import Membership
from layers.domain.groups import act, check_room
from layers.domain.invites import invite_objects, links_by_hash
from layers.domain.join_requests import ask, note_join, pending_update, settle_requests
from layers.domain.members import member_ids, present_among, put_members
from layers.domain.messages import BoxFlag
from layers.domain.peers import bare_id
from layers.domain.sending import Recipient
from layers.domain.updates import answer_and_push, notices
from layers.errors import RpcError, bad_request
from layers.schema import contents
from tl import TLObject, api


def join_by_link(ctx: Context, member: Membership, invite: Any, *, via_chatlist: bool = False) -> api.Updates:
    """The caller comes in by a link, or asks to; ``member`` is locked.

    ``via_chatlist``: the link stands behind a shared folder.

    Raises:
        RpcError: 400 USER_ALREADY_PARTICIPANT, USERS_TOO_MUCH, INVITE_REQUEST_SENT; 406 INVITE_HASH_EXPIRED for who
            was removed.
    """
    if member.is_member:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if member.is_banned:
        raise RpcError(406, "INVITE_HASH_EXPIRED")
    key = member.key
    action = api.MessageActionChatJoinedByLink(inviter_id=invite.admin_id)
    note_join(ctx, key, [ctx.user_id], invite.hash, via_chatlist=via_chatlist)
    if member.is_channel:
        event = api.ChannelAdminLogEventActionParticipantJoinByInvite(
            via_chatlist=via_chatlist, invite=invite_objects(ctx, [invite])[0]
        )
        return join_channel(ctx, member, action=action, event=event, inviter_id=invite.admin_id)
    check_room(member)
    put_members(ctx, key, [ctx.user_id], inviter_id=invite.admin_id)
    told = _added(member, ctx.user_id, invite.admin_id, ctx.now, 1)
    audience = [other for other in member_ids(ctx, key) if other != ctx.user_id]
    timer = member.row.ttl_period or 0
    return act(ctx, Recipient(key, audience), action, tells=[told], timer=timer, timed=[ctx.user_id])


def ask_to_join(ctx: Context, member: Membership, invite: Any) -> None:
    """The caller waits until an administrator lets him in."""
    if member.is_member:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if member.is_banned:
        raise RpcError(406, "INVITE_HASH_EXPIRED")
    ask(ctx, member.key, ctx.user_id, invite.hash)


def let_in(ctx: Context, member: Membership, requests: Sequence[Any]) -> api.Updates:
    """An administrator approves requests (rows of `chat_joins`); each new member says that he was let in."""
    if member.is_channel:
        return _let_into_channel(ctx, member, requests)
    key = member.key
    room = max(0, _room(member))
    if len(requests) > room:
        raise bad_request("USERS_TOO_MUCH")
    added = put_members(ctx, key, [row.user_id for row in reversed(requests)], inviter_id=ctx.user_id)
    _note_approved(ctx, key, requests)
    return _say_let_in(ctx, member, added)


def _note_approved(ctx: Context, key: int, requests: Sequence[Any]) -> None:
    by_hash: dict[str, list[int]] = {}
    for row in reversed(requests):
        by_hash.setdefault(row.hash, []).append(row.user_id)
    for hash_, user_ids in by_hash.items():
        note_join(ctx, key, user_ids, hash_, approved_by=ctx.user_id)
    settle_requests(ctx, key)


def _let_into_channel(ctx: Context, member: Membership, requests: Sequence[Any]) -> api.Updates:
    key = member.key
    links = links_by_hash(ctx, {row.hash for row in requests})
    inside = present_among(ctx, key, [row.user_id for row in requests])
    events: dict[int, TLObject] = {
        row.user_id: api.ChannelAdminLogEventActionParticipantJoinByRequest(
            invite=links.get(row.hash) or api.ChatInvitePublicJoinRequests(), approved_by=ctx.user_id
        )
        for row in reversed(requests)
        if row.user_id not in inside
    }
    _note_approved(ctx, key, requests)
    told = pending_update(ctx, key)
    if not events:
        return notices(ctx, ctx.user_id, [told])
    action = api.MessageActionChatJoinedByRequest()
    return let_into_channel(ctx, member, events, action, inviter_id=ctx.user_id, extra=[told])


def _room(member: Membership) -> int:
    return limits.CHAT_SIZE - int(member.row.members_count)


def _added(member: Membership, user_id: int, inviter_id: int, now: int, step: int) -> api.UpdateChatParticipantAdd:
    return api.UpdateChatParticipantAdd(
        chat_id=bare_id(member.key),
        user_id=user_id,
        inviter_id=inviter_id,
        date=now,
        version=member.row.version + step,
    )


def _say_let_in(ctx: Context, member: Membership, user_ids: Sequence[int]) -> api.Updates:
    """A service message of each new member, for everyone; one statement to store them, one for the others' outboxes."""
    key = member.key
    others = [other for other in member_ids(ctx, key) if other != ctx.user_id]
    message = api.MessageService(
        id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=api.MessageActionChatJoinedByRequest()
    )
    encoded = tl.encode(message)
    first_id = ctx.random_id()
    entries = [
        Entry(
            content_id=first_id + index,
            peer_key=key,
            sender_id=user_id,
            date=ctx.now,
            message=message,
            encoded=encoded,
        )
        for index, user_id in enumerate(user_ids)
    ]
    if entries:
        ctx.db.execute(
            sa.insert(contents),
            [
                {
                    "content_id": entry.content_id,
                    "sender_id": entry.sender_id,
                    "date": ctx.now,
                    "holders": 1 + len(others),
                    "message": encoded,
                }
                for entry in entries
            ],
        )
    # The version grew once for all of them.
    told = [_added(member, user_id, ctx.user_id, ctx.now, 1) for user_id in user_ids]
    announcements = [outbox.announce(update) for update in told]
    theirs = [outbox.Deliver(content_id=entry.content_id, peer_key=key) for entry in entries]
    operations: dict[int, Sequence[outbox.Operation]] = {}
    for other in others:
        own = [
            outbox.Deliver(content_id=entry.content_id, peer_key=key, flags=int(BoxFlag.OUT))
            if entry.sender_id == other
            else delivered
            for entry, delivered in zip(entries, theirs, strict=True)
        ]
        operations[other] = [*(() if other in user_ids else announcements), *own]
    outbox.post_all(ctx, operations)
    if member.row.ttl_period:
        outbox.post_each(ctx, user_ids, outbox.Timer(peer_key=key, period=member.row.ttl_period))
    with open_box(ctx, ctx.user_id) as box:
        for update in (*told, pending_update(ctx, key)):
            box.announce(update)
        if entries:
            box.append(entries)
    return answer_and_push(ctx, box)
