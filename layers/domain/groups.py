"""Basic groups: how they come about, and how they change: https://core.telegram.org/api/channel#basic-groups.

Whatever changes in a group is a service message for all its members, an update without a place in the sequence, or
both; the latter stands before the message. Members of a group get both through their outboxes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits, outbox
from layers.domain.boxes import open_box
from layers.domain.chats import ChatFlag, ChatKind, Membership, MemberStatus, membership
from layers.domain.members import (
    change_chat,
    member_ids,
    member_rows,
    participant_object,
    participants,
    put_members,
    set_member,
    take_out,
)
from layers.domain.messages import is_service, select_messages
from layers.domain.outgoing import Outgoing
from layers.domain.peers import bare_id, chat_key
from layers.domain.sending import Recipient, put
from layers.domain.successions import heir_of
from layers.domain.updates import answer_and_push, merged, notices
from layers.errors import bad_request
from layers.push import online_sessions, push_updates
from layers.schema import boxes, chat_members, chats, contents
from tl import api

PAST_MAX: Final = 100
"""Earlier messages that a new member may be given."""


def new_chat_id(ctx: Context) -> int:
    """A random id; one that is taken makes the unit of work start again."""
    span = limits.LAST_CHAT_ID - limits.FIRST_CHAT_ID + 1
    return limits.FIRST_CHAT_ID + int.from_bytes(ctx.services.random(8), "little") % span


def clean_title(title: str) -> str:
    """A title as it is stored; 400 CHAT_TITLE_EMPTY."""
    cleaned = " ".join(title.split())[: limits.CHAT_TITLE_LENGTH]
    if not cleaned:
        raise bad_request("CHAT_TITLE_EMPTY")
    return cleaned


def create_group(ctx: Context, title: str, user_ids: Sequence[int], *, timer: int = 0) -> api.Updates:
    """A group of the caller and these accounts, whose messages delete themselves after ``timer`` seconds (0 = never).

    The answer holds exactly one updateMessageID and one new service message: TDLib finds the new chat by them.
    """
    key = chat_key(new_chat_id(ctx))
    creator = ctx.user_id
    ctx.db.execute(
        sa.insert(chats),
        {
            "peer_key": key,
            "kind": int(ChatKind.BASIC),
            "title": title,
            "creator_id": creator,
            "date": ctx.now,
            "members_count": 1,
            "admins_count": 1,
            "version": 0,
            "ttl_period": timer or None,
        },
    )
    ctx.db.execute(
        sa.insert(chat_members),
        {
            "peer_key": key,
            "user_id": creator,
            "status": int(MemberStatus.CREATOR),
            "date": ctx.now,
            "inviter_id": creator,
        },
    )
    added = put_members(ctx, key, user_ids, inviter_id=creator)
    action = api.MessageActionChatCreate(title=title, users=[creator, *added])
    return act(
        ctx,
        Recipient(key, added),
        action,
        tells=[participants_update(ctx, key)],
        names_message=True,
        timer=timer,
        timed=[creator, *added],
    )


def participants_update(ctx: Context, key: int) -> api.UpdateChatParticipants:
    """Everyone in the group."""
    return api.UpdateChatParticipants(participants=participants_object(ctx, key))


def participants_object(ctx: Context, key: int) -> api.ChatParticipants:
    """chatParticipants of a group."""
    rows = participants(ctx, key)
    return api.ChatParticipants(
        chat_id=bare_id(key),
        participants=[participant_object(row) for row in rows],
        version=_version(ctx, key),
    )


def _version(ctx: Context, key: int) -> int:
    return int(ctx.db.scalar(sa.select(chats.c.version).where(chats.c.peer_key == key)))


def add_member(ctx: Context, member: Membership, user_id: int, *, past: int) -> api.Updates:
    """The caller brings somebody in and gives him the last ``past`` messages.

    Raises:
        RpcError: 400 USERS_TOO_MUCH, USER_ALREADY_PARTICIPANT.
    """
    key = member.key
    check_room(member)
    if not put_members(ctx, key, [user_id], inviter_id=ctx.user_id):
        raise bad_request("USER_ALREADY_PARTICIPANT")
    told = api.UpdateChatParticipantAdd(
        chat_id=bare_id(key), user_id=user_id, inviter_id=ctx.user_id, date=ctx.now, version=member.row.version + 1
    )
    audience = [other for other in member_ids(ctx, key) if other != ctx.user_id]
    given = {user_id: past_messages(ctx, key, ctx.user_id, min(past, PAST_MAX))}
    action = api.MessageActionChatAddUser(users=[user_id])
    return act(
        ctx,
        Recipient(key, audience),
        action,
        tells=[told],
        untold=[user_id],
        before=given,
        timer=member.row.ttl_period or 0,
        timed=[user_id],
    )


def check_room(member: Membership) -> None:
    """400 USERS_TOO_MUCH when the group is full."""
    if member.row.members_count >= limits.CHAT_SIZE:
        raise bad_request("USERS_TOO_MUCH")


def past_messages(ctx: Context, key: int, owner_id: int, count: int) -> list[outbox.Deliver]:
    """The last messages of the group in a member's box, to be delivered to a new one; oldest first."""
    if count <= 0:
        return []
    found = ctx.db.rows(
        select_messages(owner_id).where(boxes.c.peer_key == key).order_by(boxes.c.message_id.desc()).limit(count)
    )
    rows = [row for row in found if not is_service(row.message)]
    if not rows:
        return []
    ctx.db.execute(
        sa.update(contents)
        .where(contents.c.content_id.in_([row.content_id for row in rows]))
        .values(holders=contents.c.holders + 1)
    )
    return [outbox.Deliver(content_id=row.content_id, peer_key=key, is_past=True) for row in reversed(rows)]


def remove_member(ctx: Context, member: Membership, user_id: int, *, clears_history: bool) -> api.Updates:
    """Somebody leaves, or is removed by the caller; ``clears_history``: his copy of the history goes as well.

    He gets the service message as the last of the group.
    """
    key = member.key
    is_leaving = user_id == ctx.user_id
    handed_over = None
    if is_leaving and member.is_creator:
        heir_id = heir_of(ctx, key)
        if heir_id is not None:
            handed_over = hand_over(ctx, member, heir_id)
            member = refreshed(ctx, member)
    audience = [other for other in member_ids(ctx, key) if other != ctx.user_id]
    status = MemberStatus.LEFT if is_leaving else MemberStatus.BANNED
    row = member_rows(ctx, key, [user_id])[user_id]
    take_out(ctx, row, status, title=member.row.title, kicked_by=0 if is_leaving else ctx.user_id)
    told = api.UpdateChatParticipantDelete(chat_id=bare_id(key), user_id=user_id, version=member.row.version + 1)
    before: dict[int, Sequence[outbox.Operation]] = {}
    if clears_history and is_leaving:
        outbox.post(ctx, user_id, outbox.Clear(key))
    elif clears_history:
        before[user_id] = [outbox.Clear(key)]
    action = api.MessageActionChatDeleteUser(user_id=user_id)
    answer = act(ctx, Recipient(key, audience), action, tells=[told], untold=[user_id], before=before)
    return answer if handed_over is None else merged(handed_over, answer)


def hand_over(ctx: Context, member: Membership, heir_id: int) -> api.Updates:
    """The caller, a group's owner who is about to leave, becomes a member, and another member its owner."""
    key = member.key
    was_admin = member_rows(ctx, key, [heir_id])[heir_id].status == MemberStatus.ADMIN
    set_member(ctx, key, ctx.user_id, status=int(MemberStatus.MEMBER))
    set_member(ctx, key, heir_id, status=int(MemberStatus.CREATOR), promoted_by=0)
    change_chat(
        ctx,
        key,
        creator_id=heir_id,
        admins_count=chats.c.admins_count - int(was_admin),
        version=chats.c.version + 1,
    )
    action = api.MessageActionChangeCreator(new_creator_id=heir_id)
    told = participants_update(ctx, key)
    return act(ctx, group_recipient(ctx, member), action, tells=[told], untold=[ctx.user_id])


def delete_group(ctx: Context, member: Membership) -> None:
    """The group ends for everyone, and their histories go."""
    key = member.key
    everyone = member_ids(ctx, key)
    ctx.db.execute(
        sa.update(chat_members)
        .where(chat_members.c.peer_key == key, chat_members.c.user_id.in_(everyone))
        .values(status=int(MemberStatus.LEFT), date=ctx.now, last_title=member.row.title)
    )
    change_chat(
        ctx,
        key,
        flags=int(member.flags | ChatFlag.DEACTIVATED),
        members_count=0,
        version=chats.c.version + 1,
    )
    gone = api.UpdateChatParticipants(participants=api.ChatParticipantsForbidden(chat_id=bare_id(key)))
    outbox.post_each(ctx, everyone, outbox.announce(gone), outbox.Clear(key))


def act(
    ctx: Context,
    recipient: Recipient,
    action: Any,
    *,
    tells: Sequence[Any] = (),
    untold: Collection[int] = (),
    before: Mapping[int, Sequence[outbox.Operation]] | None = None,
    names_message: bool = False,
    timer: int = 0,
    timed: Collection[int] = (),
) -> api.Updates:
    """Put a service message of the caller into a group, with updates ahead of it for all but ``untold``.

    ``timed``: new members, whose boxes learn of the group's auto-delete ``timer``.
    """
    message = api.MessageService(id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=action)
    item = Outgoing(ctx.random_long(), message)
    announcements = [outbox.announce(update) for update in tells]
    ahead = {
        user_id: [*(before or {}).get(user_id, ()), *(announcements if user_id not in untold else ())]
        for user_id in recipient.audience
    }
    with open_box(ctx, ctx.user_id) as box:
        if ctx.user_id not in untold:
            for update in tells:
                box.announce(update)
        (row,) = put(ctx, box, recipient, [item], before=ahead)
        if timer and ctx.user_id in timed:
            box.set_timer(recipient.peer_key, timer)
    if timer:
        others = [user_id for user_id in timed if user_id != ctx.user_id]
        outbox.post_each(ctx, others, outbox.Timer(peer_key=recipient.peer_key, period=timer))
    first = [api.UpdateMessageID(id=row.message_id, random_id=item.random_id)] if names_message else []
    return answer_and_push(ctx, box, first=first)


def tell_group(ctx: Context, key: int, *updates: Any) -> api.Updates:
    """Tell everyone in the group who is online something that leaves no message; the caller's answer."""
    others = [member for member in member_ids(ctx, key) if member != ctx.user_id]
    outbox.post_each(ctx, others, *(outbox.announce(update) for update in updates))
    answer = notices(ctx, ctx.user_id, updates)
    if online_sessions(ctx, ctx.user_id):
        push_updates(ctx, ctx.user_id, answer)
    return answer


def group_recipient(ctx: Context, member: Membership) -> Recipient:
    """The other members of a group, for a service message."""
    return Recipient(member.key, [other for other in member_ids(ctx, member.key) if other != ctx.user_id])


def common_chats(ctx: Context, user_id: int, other_id: int) -> list[int]:
    """Keys of the chats that both accounts are in, by descending id."""
    mine, theirs = chat_members.alias(), chat_members.alias()
    present = [int(status) for status in (MemberStatus.MEMBER, MemberStatus.ADMIN, MemberStatus.CREATOR)]
    keys = ctx.db.scalars(
        sa.select(mine.c.peer_key)
        .join_from(mine, theirs, mine.c.peer_key == theirs.c.peer_key)
        .join(chats, chats.c.peer_key == mine.c.peer_key)
        .where(
            mine.c.user_id == user_id,
            mine.c.status.in_(present),
            theirs.c.user_id == other_id,
            theirs.c.status.in_(present),
            chats.c.kind != int(ChatKind.BROADCAST),
            chats.c.flags.op("&")(int(ChatFlag.DEACTIVATED | ChatFlag.MEMBERS_HIDDEN)) == 0,
        )
        .limit(_COMMON_MAX)
    )
    return sorted(keys, key=bare_id, reverse=True)


_COMMON_MAX: Final = 1000


def refreshed(ctx: Context, member: Membership) -> Membership:
    """The membership as it is after changes in this unit of work."""
    found = membership(ctx, member.viewer_id, member.key)
    if found is None:
        raise LookupError(f"chat {member.key} is gone")
    return found
