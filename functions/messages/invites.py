"""Managing a chat's links: https://core.telegram.org/api/invites#invite-links."""

from __future__ import annotations

from typing import Any, Final

from layers.context import Context
from layers.domain.invites import (
    TITLE_MAX,
    Terms,
    access_invite,
    access_invites,
    change_invite,
    check_terms,
    check_whose,
    clean_hash,
    delete_invites,
    find_invite,
    invite_counts,
    invite_objects,
    invite_page,
    make_invite,
    permanent_invite,
    replace_permanent,
)
from layers.domain.peers import access_user
from layers.domain.users import user_objects
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(120, 60)
_PAGE: Final = 100


@function(api.messages.ExportChatInvite, writes=True, flood=_FLOOD)
def export_chat_invite(ctx: Context, request: api.messages.ExportChatInvite) -> api.TypeExportedChatInvite:
    """A new link of the caller; ``legacy_revoke_permanent`` replaces his permanent one.

    Who asks for a link without terms and has no permanent one gets that. A price is refused (400 PRICING_CHAT_INVALID):
    nobody here has stars to pay with.
    """
    if request.subscription_pricing is not None:
        raise bad_request("PRICING_CHAT_INVALID")
    terms = check_terms(
        ctx,
        Terms(
            title=(request.title or "").strip()[:TITLE_MAX],
            expire_date=request.expire_date or 0,
            usage_limit=request.usage_limit or 0,
            request_needed=request.request_needed,
        ),
    )
    member = access_invites(ctx, request.peer, lock=True)
    if request.legacy_revoke_permanent:
        row = replace_permanent(ctx, member.key, ctx.user_id)
    else:
        permanent = terms.is_plain and permanent_invite(ctx, member.key, ctx.user_id) is None
        row = make_invite(ctx, member.key, ctx.user_id, terms, permanent=permanent)
    return invite_objects(ctx, [row])[0]


@function(api.messages.EditExportedChatInvite, writes=True, flood=_FLOOD)
def edit_exported_chat_invite(
    ctx: Context, request: api.messages.EditExportedChatInvite
) -> api.messages.TypeExportedChatInvite:
    """Change or revoke a link; a permanent one that is revoked is replaced."""
    member = access_invites(ctx, request.peer, lock=True)
    row = access_invite(ctx, member, request.link)
    users = user_objects(ctx, ctx.user_id, [row.admin_id])
    if request.revoked:
        invite = invite_objects(ctx, [change_invite(ctx, row, revoked=True)])[0]
        if not row.permanent or row.revoked:
            return api.messages.ExportedChatInvite(invite=invite, users=users)
        successor = invite_objects(ctx, [replace_permanent(ctx, member.key, row.admin_id)])[0]
        return api.messages.ExportedChatInviteReplaced(invite=invite, new_invite=successor, users=users)
    if row.permanent:
        raise bad_request("CHAT_INVITE_PERMANENT")
    if row.revoked:
        raise bad_request("INVITE_HASH_EXPIRED")
    changed = change_invite(ctx, row, start_date=ctx.now, **_changes(ctx, request, row))
    return api.messages.ExportedChatInvite(invite=invite_objects(ctx, [changed])[0], users=users)


def _changes(ctx: Context, request: api.messages.EditExportedChatInvite, row: Any) -> dict[str, Any]:
    """The columns that the request sets; what it leaves out stays."""
    changes: dict[str, Any] = {}
    if request.title is not None:
        changes["title"] = request.title.strip()[:TITLE_MAX]
    for name in ("expire_date", "usage_limit", "request_needed"):
        value = getattr(request, name)
        if value is not None:
            changes[name] = value
    if request.request_needed:
        changes.setdefault("usage_limit", 0)
    after = {"usage_limit": row.usage_limit, "request_needed": bool(row.request_needed), **changes}
    check_terms(
        ctx,
        Terms(
            expire_date=changes.get("expire_date", 0),
            usage_limit=after["usage_limit"],
            request_needed=after["request_needed"],
        ),
    )
    return changes


@function(api.messages.GetExportedChatInvite)
def get_exported_chat_invite(
    ctx: Context, request: api.messages.GetExportedChatInvite
) -> api.messages.ExportedChatInvite:
    """One link."""
    row = access_invite(ctx, access_invites(ctx, request.peer), request.link)
    users = user_objects(ctx, ctx.user_id, [row.admin_id])
    return api.messages.ExportedChatInvite(invite=invite_objects(ctx, [row])[0], users=users)


@function(api.messages.GetExportedChatInvites)
def get_exported_chat_invites(
    ctx: Context, request: api.messages.GetExportedChatInvites
) -> api.messages.ExportedChatInvites:
    """An administrator's links, the latest first: one's own, for the owner everyone's."""
    member = access_invites(ctx, request.peer)
    admin_id = access_user(ctx, request.admin_id, error="ADMIN_ID_INVALID")
    check_whose(ctx, member, admin_id)
    after = None
    if request.offset_link:
        offset = find_invite(ctx, clean_hash(request.offset_link))
        after = (request.offset_date or (offset.date if offset else 0), clean_hash(request.offset_link))
    limit = min(max(request.limit, 1), _PAGE)
    count, rows = invite_page(ctx, member.key, admin_id, revoked=request.revoked, limit=limit, after=after)
    return api.messages.ExportedChatInvites(
        count=count, invites=list(invite_objects(ctx, rows)), users=user_objects(ctx, ctx.user_id, [admin_id])
    )


@function(api.messages.DeleteExportedChatInvite, writes=True, flood=_FLOOD)
def delete_exported_chat_invite(ctx: Context, request: api.messages.DeleteExportedChatInvite) -> bool:
    """Forget a revoked link."""
    member = access_invites(ctx, request.peer, lock=True)
    row = access_invite(ctx, member, request.link)
    if not row.revoked:
        raise bad_request("INVITE_REVOKED_MISSING")
    delete_invites(ctx, member.key, row.admin_id, row.hash)
    return True


@function(api.messages.DeleteRevokedExportedChatInvites, writes=True, flood=_FLOOD)
def delete_revoked_exported_chat_invites(ctx: Context, request: api.messages.DeleteRevokedExportedChatInvites) -> bool:
    """Forget all revoked links of an administrator."""
    member = access_invites(ctx, request.peer, lock=True)
    admin_id = access_user(ctx, request.admin_id, error="ADMIN_ID_INVALID")
    check_whose(ctx, member, admin_id)
    delete_invites(ctx, member.key, admin_id)
    return True


@function(api.messages.GetAdminsWithInvites)
def get_admins_with_invites(
    ctx: Context, request: api.messages.GetAdminsWithInvites
) -> api.messages.ChatAdminsWithInvites:
    """How many links each administrator has, for the owner."""
    member = access_invites(ctx, request.peer)
    if not member.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    rows = invite_counts(ctx, member.key)
    return api.messages.ChatAdminsWithInvites(
        admins=[
            api.ChatAdminWithInvites(
                admin_id=row.user_id, invites_count=int(row.active), revoked_invites_count=int(row.gone)
            )
            for row in rows
        ],
        users=user_objects(ctx, ctx.user_id, [row.user_id for row in rows]),
    )
