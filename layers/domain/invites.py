"""Links into chats: https://core.telegram.org/api/invites#invite-links.

Each administrator with the right to invite has his own: one permanent link, which has no title, end or limit and can
only be replaced, and any number of others.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.chat_access import access_any_chat
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import Membership, MemberStatus
from layers.domain.server_config import ME_URL_PREFIX
from layers.errors import RpcError, bad_request
from layers.schema import chat_invites, chat_joins, chat_members
from tl import api

TITLE_MAX: Final = 32
USAGE_MAX: Final = 99_999
_HASH_BYTES: Final = 12
_FORM: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?[\w.-]+/(?:\+|joinchat/)|tg://join\?invite=|\+)?([\w-]{8,32})/?", re.ASCII
)
_BY_HASH: Final = sa.select(chat_invites).where(chat_invites.c.hash == sa.bindparam("hash"))


@dataclass(frozen=True, slots=True)
class Terms:
    """What a client may choose for a link; 0 = without."""

    title: str = ""
    expire_date: int = 0
    usage_limit: int = 0
    request_needed: bool = False

    @property
    def is_plain(self) -> bool:
        """Nothing was chosen."""
        return self == Terms()


def access_invites(ctx: Context, peer: api.TypeInputPeer, *, lock: bool = False) -> Membership:
    """Gate: a chat whose links the caller may manage, as an administrator with the right to invite.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED; as `access_any_chat`.
    """
    member = access_any_chat(ctx, peer, lock=lock)
    if not member.admin_rights & AdminRight.INVITE_USERS:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return member


def check_terms(ctx: Context, terms: Terms) -> Terms:
    """400 EXPIRE_DATE_INVALID, USAGE_LIMIT_INVALID; a link whose users are let in one by one has no limit."""
    if terms.expire_date and terms.expire_date <= ctx.now:
        raise bad_request("EXPIRE_DATE_INVALID")
    if not 0 <= terms.usage_limit <= USAGE_MAX or (terms.usage_limit and terms.request_needed):
        raise bad_request("USAGE_LIMIT_INVALID")
    return terms


def clean_hash(link: str) -> str:
    """The hash of a link or of itself; 400 INVITE_HASH_EMPTY, INVITE_HASH_INVALID."""
    if not link.strip():
        raise bad_request("INVITE_HASH_EMPTY")
    found = _FORM.fullmatch(link.strip())
    if found is None:
        raise bad_request("INVITE_HASH_INVALID")
    return found[1]


def link_of(hash_: str) -> str:
    """The link of a hash."""
    return f"{ME_URL_PREFIX}+{hash_}"


def make_invite(ctx: Context, key: int, admin_id: int, terms: Terms, *, permanent: bool) -> Any:
    """A new link of an administrator; its row."""
    (hash_,) = make_invites(ctx, [key], admin_id, terms, permanent=permanent)
    return find_invite(ctx, hash_)


def make_invites(ctx: Context, keys: Sequence[int], admin_id: int, terms: Terms, *, permanent: bool) -> list[str]:
    """New links of an administrator into several chats; their hashes. One statement."""
    hashes = [base64.urlsafe_b64encode(ctx.services.random(_HASH_BYTES)).decode() for _ in keys]
    if not keys:
        return hashes
    ctx.db.execute(
        sa.insert(chat_invites),
        [
            {
                "hash": hash_,
                "peer_key": key,
                "admin_id": admin_id,
                "date": ctx.now,
                "expire_date": terms.expire_date,
                "usage_limit": terms.usage_limit,
                "title": terms.title,
                "request_needed": terms.request_needed,
                "permanent": permanent,
            }
            for key, hash_ in zip(keys, hashes, strict=True)
        ],
    )
    return hashes


def find_invite(ctx: Context, hash_: str) -> Any:
    """The row of a link, or None."""
    return ctx.db.first(_BY_HASH, {"hash": hash_})


def permanent_invite(ctx: Context, key: int, admin_id: int) -> Any:
    """The row of an administrator's permanent link, or None."""
    return ctx.db.first(
        sa.select(chat_invites).where(
            chat_invites.c.peer_key == key,
            chat_invites.c.admin_id == admin_id,
            ~chat_invites.c.revoked,
            chat_invites.c.permanent,
        )
    )


def replace_permanent(ctx: Context, key: int, admin_id: int) -> Any:
    """Revoke an administrator's permanent link and make another; its row."""
    ctx.db.execute(
        sa.update(chat_invites)
        .where(chat_invites.c.peer_key == key, chat_invites.c.admin_id == admin_id, chat_invites.c.permanent)
        .values(revoked=True)
    )
    return make_invite(ctx, key, admin_id, Terms(), permanent=True)


def access_invite(ctx: Context, member: Membership, link: str) -> Any:
    """Gate: the row of a link of this chat that the caller may manage: his own, the owner everyone's.

    Raises:
        RpcError: INVITE_HASH_EMPTY, INVITE_HASH_INVALID, INVITE_HASH_EXPIRED, CHAT_ADMIN_REQUIRED.
    """
    row = find_invite(ctx, clean_hash(link))
    if row is None or row.peer_key != member.key:
        raise bad_request("INVITE_HASH_EXPIRED")
    check_whose(ctx, member, row.admin_id)
    return row


def check_whose(ctx: Context, member: Membership, admin_id: int) -> None:
    """400 CHAT_ADMIN_REQUIRED for the links of another administrator, unless the caller owns the chat."""
    if admin_id != ctx.user_id and not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")


def usable_invite(ctx: Context, link: str) -> Any:
    """The row of a link by which somebody may come in now.

    Raises:
        RpcError: 400 INVITE_HASH_EMPTY, INVITE_HASH_INVALID; 406 INVITE_HASH_EXPIRED.
    """
    row = find_invite(ctx, clean_hash(link))
    if row is None or row.revoked or _is_over(ctx, row):
        raise RpcError(406, "INVITE_HASH_EXPIRED")
    return row


def _is_over(ctx: Context, row: Any) -> bool:
    return bool(0 < row.expire_date <= ctx.now or 0 < row.usage_limit <= row.usage_count)


def change_invite(ctx: Context, row: Any, **values: Any) -> Any:
    """Change columns of a link; its row as it is then."""
    ctx.db.execute(sa.update(chat_invites).where(chat_invites.c.hash == row.hash).values(**values))
    return find_invite(ctx, row.hash)


def invite_page(
    ctx: Context, key: int, admin_id: int, *, revoked: bool, limit: int, after: tuple[int, str] | None
) -> tuple[int, Sequence[Any]]:
    """(how many there are, rows of an administrator's links, the latest first, behind a date and hash)."""
    mine = (chat_invites.c.peer_key == key, chat_invites.c.admin_id == admin_id, chat_invites.c.revoked == revoked)
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(chat_invites).where(*mine))
    statement = sa.select(chat_invites).where(*mine)
    if after is not None:
        date, hash_ = after
        later = sa.or_(chat_invites.c.date < date, sa.and_(chat_invites.c.date == date, chat_invites.c.hash < hash_))
        statement = statement.where(later)
    ordered = statement.order_by(chat_invites.c.date.desc(), chat_invites.c.hash.desc()).limit(limit)
    return int(count), ctx.db.rows(ordered)


def delete_invites(ctx: Context, key: int, admin_id: int, hash_: str | None = None) -> None:
    """Forget an administrator's revoked links, or one of them."""
    where = [chat_invites.c.peer_key == key, chat_invites.c.admin_id == admin_id, chat_invites.c.revoked]
    if hash_ is not None:
        where.append(chat_invites.c.hash == hash_)
    ctx.db.execute(sa.delete(chat_invites).where(*where))


def invite_counts(ctx: Context, key: int) -> Sequence[Any]:
    """Rows (user_id, active, gone) of the chat's present administrators who have links."""
    active = sa.func.sum(sa.case((chat_invites.c.revoked, 0), else_=1)).label("active")
    gone = sa.func.sum(sa.case((chat_invites.c.revoked, 1), else_=0)).label("gone")
    return ctx.db.rows(
        sa.select(chat_members.c.user_id, active, gone)
        .join_from(
            chat_members,
            chat_invites,
            sa.and_(
                chat_invites.c.peer_key == chat_members.c.peer_key, chat_invites.c.admin_id == chat_members.c.user_id
            ),
        )
        .where(
            chat_members.c.peer_key == key,
            chat_members.c.status.in_([int(MemberStatus.ADMIN), int(MemberStatus.CREATOR)]),
        )
        .group_by(chat_members.c.user_id)
        .order_by(chat_members.c.user_id)
    )


def links_by_hash(ctx: Context, hashes: Collection[str]) -> dict[str, api.ChatInviteExported]:
    """chatInviteExported by hash, of links that exist."""
    rows = ctx.db.rows(sa.select(chat_invites).where(chat_invites.c.hash.in_(hashes)))
    return dict(zip([row.hash for row in rows], invite_objects(ctx, rows), strict=True))


def invite_objects(ctx: Context, rows: Sequence[Any]) -> list[api.ChatInviteExported]:
    """chatInviteExported of rows; one statement for how many wait behind them."""
    asking = [row.hash for row in rows if row.request_needed]
    waiting: dict[str, int] = {}
    if asking:
        counted = ctx.db.rows(
            sa.select(chat_joins.c.hash, sa.func.count().label("waiting"))
            .where(chat_joins.c.hash.in_(asking), chat_joins.c.requested)
            .group_by(chat_joins.c.hash)
        )
        waiting = {row.hash: row.waiting for row in counted}
    return [_object(row, waiting.get(row.hash, 0)) for row in rows]


def _object(row: Any, requested: int) -> api.ChatInviteExported:
    """A permanent link shows no title, end, limit or change: TDLib takes it for an ordinary one otherwise."""
    link = api.ChatInviteExported(
        revoked=bool(row.revoked),
        permanent=bool(row.permanent),
        link=link_of(row.hash),
        admin_id=row.admin_id,
        date=row.date,
        usage=row.usage_count or None,
    )
    if row.permanent:
        return link
    link.request_needed = bool(row.request_needed)
    link.start_date = row.start_date or None
    link.expire_date = row.expire_date or None
    link.usage_limit = row.usage_limit or None
    link.requested = requested or None
    link.title = row.title or None
    return link
