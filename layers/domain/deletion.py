"""Deleting accounts: at their owner's wish, after a week without the password, or after long idleness.

https://core.telegram.org/api/account-deletion. A deleted account leaves its row, without anything personal, so that the
chats of others keep their shape; its number and public name are free again.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import insert_ignore
from layers.domain import limits, sessions
from layers.domain.channel_members import leave_all
from layers.domain.contacts import tell_about_user
from layers.domain.member_names import forget_names
from layers.domain.password_changes import remove_password
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.presence import audience
from layers.domain.secret_chats import end_account
from layers.domain.server_config import ME_URL_PREFIX
from layers.domain.service_messages import tell_deletion_requested
from layers.errors import bad_request
from layers.schema import (
    account_deletions,
    account_settings,
    authorizations,
    blocked_peers,
    channel_marks,
    contacts,
    featured_reads,
    installed_sets,
    kept_documents,
    login_codes,
    login_emails,
    notify_settings,
    peer_options,
    privacy_rules,
    quick_replies,
    quick_reply_messages,
    reaction_uses,
    saved_contacts,
    scheduled_messages,
    top_peers,
    user_photos,
    usernames,
    users,
)

_HASH_BYTES: Final = 16
_PERSONAL: Final = (
    account_settings.c.user_id,
    contacts.c.owner_id,
    saved_contacts.c.owner_id,
    blocked_peers.c.owner_id,
    privacy_rules.c.user_id,
    user_photos.c.user_id,
    account_deletions.c.user_id,
    login_emails.c.user_id,
    notify_settings.c.owner_id,
    top_peers.c.owner_id,
    scheduled_messages.c.owner_id,
    channel_marks.c.owner_id,
    quick_replies.c.owner_id,
    quick_reply_messages.c.owner_id,
    reaction_uses.c.owner_id,
    installed_sets.c.owner_id,
    kept_documents.c.owner_id,
    featured_reads.c.owner_id,
    peer_options.c.owner_id,
)
"""What goes with the account: each row whose column names it."""


def delete_account(ctx: Context, user_id: int) -> None:
    """Delete an account: its sessions end at once, and those who know it are told."""
    row = ctx.db.first(sa.select(users.c.phone, users.c.deleted).where(users.c.id == user_id).with_for_update())
    if row is None or row.deleted:
        return
    viewers = [viewer for viewer in audience(ctx, user_id) if viewer != user_id]
    end_account(ctx, user_id)
    sessions.end_all(ctx, user_id)
    remove_password(ctx, user_id)
    ctx.db.execute(
        sa.update(users)
        .where(users.c.id == user_id)
        .values(
            deleted=True,
            phone=None,
            username=None,
            first_name="",
            last_name="",
            about="",
            birthday=None,
            photo_id=None,
            fallback_photo_id=None,
            online_until=0,
            last_seen=0,
        )
    )
    ctx.db.execute(sa.delete(usernames).where(usernames.c.peer_key == user_id))
    if row.phone is not None:
        ctx.db.execute(sa.delete(login_codes).where(login_codes.c.phone == row.phone))
    leave_all(ctx, user_id)
    forget_names(ctx, user_id)
    for column in _PERSONAL:
        ctx.db.execute(sa.delete(column.table).where(column == user_id))
    tell_about_user(ctx, user_id, viewers)


def request_deletion(ctx: Context, user_id: int) -> int:
    """Somebody without the password wants the account deleted: in how many seconds it will be, 0 when it was now.

    The owner's devices get a link to cancel it; asking again changes nothing.
    """
    row = ctx.db.first(sa.select(account_deletions).where(account_deletions.c.user_id == user_id).with_for_update())
    if row is not None:
        if row.due_at > ctx.now:
            return int(row.due_at) - ctx.now
        delete_account(ctx, user_id)
        return 0
    hash_ = ctx.services.random(_HASH_BYTES).hex()
    due_at = ctx.now + limits.PASSWORD_RESET_S
    values = {"user_id": user_id, "hash": hash_, "requested_at": ctx.now, "due_at": due_at}
    if insert_ignore(ctx.db, account_deletions, values):
        phone = ctx.db.scalar(sa.select(users.c.phone).where(users.c.id == user_id))
        link = f"{ME_URL_PREFIX}confirmphone?phone={phone}&hash={hash_}"
        tell_deletion_requested(ctx, user_id, link, due_at)
    return limits.PASSWORD_RESET_S


def check_request(ctx: Context, user_id: int, hash_: str) -> None:
    """400 HASH_INVALID unless the account's deletion is requested under this hash."""
    known = ctx.db.scalar(sa.select(account_deletions.c.hash).where(account_deletions.c.user_id == user_id))
    if known is None or not hmac.compare_digest(known.encode(), hash_.encode()):
        raise bad_request("HASH_INVALID")


def cancel_deletion(ctx: Context, user_id: int) -> None:
    """The owner keeps the account; 400 CODE_HASH_INVALID when nobody wanted it deleted."""
    if not ctx.db.execute(sa.delete(account_deletions).where(account_deletions.c.user_id == user_id)).rowcount:
        raise bad_request("CODE_HASH_INVALID")


def due_accounts(ctx: Context, limit: int) -> Sequence[int]:
    """Accounts whose requested deletion is due."""
    return ctx.db.scalars(
        sa.select(account_deletions.c.user_id).where(account_deletions.c.due_at <= ctx.now).limit(limit)
    )


def idle_accounts(ctx: Context, limit: int) -> Sequence[Any]:
    """Accounts nobody used for as many days as they set (account.setAccountTTL)."""
    since = ctx.now - users.c.account_ttl_days * limits.DAY_S
    is_active = sa.exists().where(authorizations.c.user_id == users.c.id, authorizations.c.date_active >= since)
    return ctx.db.scalars(
        sa.select(users.c.id)
        .where(
            users.c.last_seen < since,
            users.c.created_at < since,
            ~users.c.deleted,
            ~users.c.bot,
            users.c.id != SERVICE_USER_ID,
            ~is_active,
        )
        .limit(limit)
    )
