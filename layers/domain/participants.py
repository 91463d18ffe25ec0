"""Members of supergroups and channels as lists show them: https://core.telegram.org/api/channel#channel-participants.

Every list is read along an index of `chat_members` and cut to a page; names are looked up in an index of the members'
names, among public names, and among what the viewer calls his contacts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import tags
from layers.domain.chat_rights import ALL_ADMIN_RIGHTS, AdminRight, admin_rights_object, banned_rights_object
from layers.domain.chats import PRESENT, Membership, MemberStatus
from layers.domain.member_names import begins, named
from layers.domain.peers import peer_of
from layers.schema import chat_members, contacts, member_names, usernames
from tl import api

PAGE_MAX: Final = 200
SEARCHED: Final = 1_000
_LAST: Final = "\U0010ffff"
_table = chat_members.c


def participant_object(row: Any, viewer: Membership) -> Any:
    """The channelParticipant of a row of `chat_members`, as the viewer sees it."""
    user_id, rank = row.user_id, row.rank or None
    match row.status:
        case MemberStatus.CREATOR:
            rights = ALL_ADMIN_RIGHTS | AdminRight(row.admin_rights) & AdminRight.ANONYMOUS
            return api.ChannelParticipantCreator(user_id=user_id, admin_rights=admin_rights_object(rights), rank=rank)
        case MemberStatus.ADMIN:
            can_edit = viewer.is_creator or (
                row.promoted_by == viewer.viewer_id and bool(viewer.admin_rights & AdminRight.ADD_ADMINS)
            )
            return api.ChannelParticipantAdmin(
                can_edit=can_edit,
                self=user_id == viewer.viewer_id,
                user_id=user_id,
                inviter_id=(row.inviter_id or user_id) if user_id == viewer.viewer_id else None,
                promoted_by=row.promoted_by or user_id,
                date=row.date,
                admin_rights=admin_rights_object(AdminRight(row.admin_rights)),
                rank=rank,
            )
    if row.status == MemberStatus.BANNED or (row.banned_rights and not 0 < row.until_date <= viewer.now):
        return api.ChannelParticipantBanned(
            left=row.status not in PRESENT,
            peer=peer_of(user_id),
            kicked_by=row.kicked_by or row.promoted_by or user_id,
            date=row.date,
            banned_rights=banned_rights_object(row.banned_rights, row.until_date),
            rank=rank,
        )
    if row.status == MemberStatus.LEFT:
        return api.ChannelParticipantLeft(peer=peer_of(user_id))
    if user_id == viewer.viewer_id:
        return api.ChannelParticipantSelf(
            user_id=user_id, inviter_id=row.inviter_id or user_id, date=row.date, rank=rank
        )
    return api.ChannelParticipant(user_id=user_id, date=row.date, rank=rank)


def select_members(channel_key: int) -> sa.Select[Any]:
    """Rows of those who are or were in the channel."""
    return sa.select(chat_members).where(_table.peer_key == channel_key)


def page_of_present(ctx: Context, channel_key: int, offset: int, limit: int) -> list[Any]:
    """A page of the members, owner and administrators first, then by the date of joining, the latest first."""
    order = (_table.status.desc(), _table.date.desc(), _table.user_id.desc())
    statement = select_members(channel_key).where(_table.status >= int(MemberStatus.MEMBER)).order_by(*order)
    return list(ctx.db.rows(statement.limit(limit).offset(offset)))


def page(ctx: Context, statement: sa.Select[Any], offset: int, limit: int) -> list[Any]:
    """A page of another list."""
    ordered = statement.order_by(_table.date.desc(), _table.user_id)
    return list(ctx.db.rows(ordered.limit(limit).offset(offset)))


def search_members(
    ctx: Context, channel_key: int, query: str, limit: int, *, where: Sequence[sa.ColumnElement[bool]] = ()
) -> list[Any]:
    """Members whose name or public name begins with the words of the query; ``where`` replaces "present".

    The same order each time, so that lists may be cut to pages.
    """
    words = query.casefold().removeprefix("@").split()
    if not words:
        return []
    narrowed = list(where) or [_table.status >= int(MemberStatus.MEMBER)]
    members = select_members(channel_key).where(*narrowed)
    by_name = members.join(usernames, usernames.c.peer_key == _table.user_id).where(
        usernames.c.username >= words[0], usernames.c.username < words[0] + _LAST
    )
    found: dict[int, Any] = {}
    if len(words) == 1:
        found = {row.user_id: row for row in ctx.db.rows(by_name.order_by(usernames.c.username).limit(limit))}
    folded = tags.words(" ".join(words))
    if folded:
        first, *others = sorted(folded, key=len, reverse=True)
        by_term = members.join(member_names, member_names.c.user_id == _table.user_id).where(
            *begins(channel_key, first), *named(channel_key, others)
        )
        order = (member_names.c.term, member_names.c.user_id)
        # Two of a member's names may begin alike.
        found |= {row.user_id: row for row in ctx.db.rows(by_term.order_by(*order).limit(2 * limit))}
    if len(found) < limit:
        found |= {row.user_id: row for row in _by_book(ctx, channel_key, members, words) if row.user_id not in found}
    return list(found.values())[:limit]


def _by_book(ctx: Context, channel_key: int, members: sa.Select[Any], words: Sequence[str]) -> Sequence[Any]:
    """Members whom the viewer's contacts call by the words; contacts are few."""
    book = ctx.db.rows(
        sa.select(contacts.c.contact_id, contacts.c.first_name, contacts.c.last_name)
        .join(chat_members, sa.and_(_table.user_id == contacts.c.contact_id, _table.peer_key == channel_key))
        .where(contacts.c.owner_id == ctx.user_id)
        .limit(SEARCHED)
    )
    fitting = [row.contact_id for row in book if _fits(words, f"{row.first_name} {row.last_name}")]
    return ctx.db.rows(members.where(_table.user_id.in_(fitting))) if fitting else []


def _fits(words: Sequence[str], name: str) -> bool:
    names = name.casefold().split()
    return all(any(part.startswith(word) for part in names) for word in words)
