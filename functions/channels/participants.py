"""Members of a channel: https://core.telegram.org/api/channel#channel-participants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chat_access import access_channel, named_channel
from layers.domain.chats import ChatFlag, ChatKind, Membership, MemberStatus, peer_objects
from layers.domain.hashes import vector_hash
from layers.domain.participants import (
    PAGE_MAX,
    page,
    page_of_present,
    participant_object,
    search_members,
    select_members,
)
from layers.domain.peers import access_user
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import chat_members, contacts
from tl import api

_FLOOD: Final = FloodLimit(300, 60)
_OFFSET_MAX: Final = 200_000
_FOUND_MAX: Final = 10_000
"""Members of a name whom pages reach."""
_table = chat_members.c


@function(api.channels.GetParticipants, flood=_FLOOD)
def get_participants(ctx: Context, request: api.channels.GetParticipants) -> api.channels.TypeChannelParticipants:
    """A page of the members that a filter asks for.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED for lists that only administrators see.
    """
    viewer = access_channel(ctx, request.channel)
    limit = min(request.limit, PAGE_MAX) if request.limit > 0 else 0
    offset = min(max(0, request.offset), _OFFSET_MAX)
    rows, count = _listed(ctx, viewer, request.filter, offset, limit)
    if request.hash and request.hash == vector_hash(row.user_id for row in rows):
        return api.channels.ChannelParticipantsNotModified()
    named = peer_objects(ctx, ctx.user_id, _peers_of(rows, viewer))
    return api.channels.ChannelParticipants(
        count=max(count, len(rows)),
        participants=[participant_object(row, viewer) for row in rows],
        chats=named.chats,
        users=named.users,
    )


def _peers_of(rows: Sequence[Any], viewer: Membership) -> list[int]:
    keys = [viewer.key]
    for row in rows:
        keys += [key for key in (row.user_id, row.inviter_id, row.promoted_by, row.kicked_by) if key]
    return keys


def _listed(ctx: Context, viewer: Membership, asked: Any, offset: int, limit: int) -> tuple[list[Any], int]:
    row, key = viewer.row, viewer.key
    admins_only = isinstance(asked, api.ChannelParticipantsKicked | api.ChannelParticipantsBanned)
    is_hidden = viewer.kind is ChatKind.BROADCAST or bool(viewer.flags & ChatFlag.MEMBERS_HIDDEN)
    if not viewer.is_admin:
        if admins_only or viewer.kind is ChatKind.BROADCAST:
            raise bad_request("CHAT_ADMIN_REQUIRED")
        if is_hidden and not isinstance(asked, api.ChannelParticipantsBots):
            asked = api.ChannelParticipantsAdmins()
    match asked:
        case api.ChannelParticipantsRecent():
            return page_of_present(ctx, key, offset, limit), row.members_count
        case api.ChannelParticipantsAdmins():
            admins = _table.status >= int(MemberStatus.ADMIN)
            return page(ctx, select_members(key).where(admins), offset, limit), row.admins_count
        case api.ChannelParticipantsKicked():
            banned = _table.status == int(MemberStatus.BANNED)
            if asked.q.strip():
                return _searched(ctx, key, asked.q, offset, limit, [banned])
            return page(ctx, select_members(key).where(banned), offset, limit), row.kicked_count
        case api.ChannelParticipantsBanned():
            restricted = [_table.status != int(MemberStatus.BANNED), _table.banned_rights > 0]
            if asked.q.strip():
                return _searched(ctx, key, asked.q, offset, limit, restricted)
            return page(ctx, select_members(key).where(*restricted), offset, limit), row.restricted_count
        case api.ChannelParticipantsBots():
            bots = [_table.bot, _table.status >= int(MemberStatus.MEMBER)]
            return _found(page(ctx, select_members(key).where(*bots), offset, limit))
        case api.ChannelParticipantsContacts():
            return _contacts(ctx, key, asked.q, offset, limit)
        case api.ChannelParticipantsSearch() | api.ChannelParticipantsMentions():
            if (asked.q or "").strip():
                return _searched(ctx, key, asked.q or "", offset, limit)
            return page_of_present(ctx, key, offset, limit), row.members_count
        case _:
            raise bad_request("INPUT_FILTER_INVALID")


def _searched(
    ctx: Context, key: int, query: str, offset: int, limit: int, where: Sequence[sa.ColumnElement[bool]] = ()
) -> tuple[list[Any], int]:
    """A page of the members of a name, and how many were found up to its end."""
    found = search_members(ctx, key, query, min(offset + limit, _FOUND_MAX), where=where)
    return found[offset : offset + limit], len(found)


def _found(rows: list[Any]) -> tuple[list[Any], int]:
    return rows, len(rows)


def _contacts(ctx: Context, key: int, query: str, offset: int, limit: int) -> tuple[list[Any], int]:
    joined = sa.and_(contacts.c.owner_id == ctx.user_id, contacts.c.contact_id == _table.user_id)
    statement = select_members(key).join(contacts, joined).where(_table.status >= int(MemberStatus.MEMBER))
    if query.strip():
        found = {row.user_id for row in search_members(ctx, key, query, PAGE_MAX)}
        if not found:
            return [], 0
        statement = statement.where(_table.user_id.in_(found))
    return _found(page(ctx, statement, offset, limit))


@function(api.channels.GetParticipant, flood=_FLOOD)
def get_participant(ctx: Context, request: api.channels.GetParticipant) -> api.channels.ChannelParticipant:
    """What one user is in a channel; a channel as which nobody may write is banned.

    Raises:
        RpcError: USER_NOT_PARTICIPANT, PARTICIPANT_ID_INVALID, CHAT_ADMIN_REQUIRED.
    """
    viewer = access_channel(ctx, request.channel)
    if isinstance(request.participant, api.InputPeerChannel | api.InputPeerChannelFromMessage):
        user_id = named_channel(ctx, request.participant)
    else:
        user_id = access_user(ctx, request.participant, error="PARTICIPANT_ID_INVALID")
    if user_id != ctx.user_id and viewer.kind is ChatKind.BROADCAST and not viewer.is_admin:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    row = ctx.db.first(select_members(viewer.key).where(_table.user_id == user_id))
    hidden = row is not None and row.status == MemberStatus.BANNED and not viewer.is_admin
    restricted = row is not None and row.status == MemberStatus.LEFT and not row.banned_rights
    if row is None or hidden or restricted:
        raise bad_request("USER_NOT_PARTICIPANT")
    named = peer_objects(ctx, ctx.user_id, _peers_of([row], viewer))
    return api.channels.ChannelParticipant(
        participant=participant_object(row, viewer), chats=named.chats, users=named.users
    )
