"""Where a message comes from, as a forward or a reply in another chat may say it.

https://core.telegram.org/constructor/messageFwdHeader
"""

from __future__ import annotations

from typing import Any

from layers.context import Context
from layers.domain import peer_options, privacy
from layers.domain.chats import ChatFlag, membership
from layers.domain.messages import BoxFlag
from layers.domain.peers import is_user, peer_of
from layers.domain.privacy import PrivacyKey
from layers.domain.users import user_objects
from tl import api


def is_protected(ctx: Context, peer_key: int) -> bool:
    """A chat whose messages may not be forwarded."""
    if is_user(peer_key):
        return peer_options.is_protected(peer_options.options_of(ctx, ctx.user_id, peer_key))
    member = membership(ctx, ctx.user_id, peer_key)
    return member is not None and bool(member.flags & ChatFlag.NOFORWARDS)


def linkable(ctx: Context, sender_ids: set[int]) -> dict[int, str | None]:
    """Sender → None when a forward may link to the account, else the name shown instead."""
    allowed = privacy.allowed(ctx, sender_ids, ctx.user_id, PrivacyKey.FORWARDS) | {ctx.user_id}
    names: dict[int, str | None] = dict.fromkeys(sender_ids & allowed)
    hidden = sender_ids - allowed
    for user in user_objects(ctx, ctx.user_id, hidden):
        full_name = f"{getattr(user, 'first_name', None) or ''} {getattr(user, 'last_name', None) or ''}".strip()
        names[user.id] = full_name or "Deleted Account"
    return names


def origin_of(row: Any, message: Any, linked: dict[int, str | None]) -> api.MessageFwdHeader:
    """Who wrote a message (a row and what is stored of it), and when."""
    if row.flags & BoxFlag.ANONYMOUS:
        return api.MessageFwdHeader(
            date=row.date,
            from_id=message.from_id or peer_of(row.peer_key),
            channel_post=row.message_id if message.post else None,
            post_author=message.post_author,
        )
    name = linked.get(row.sender_id)
    return api.MessageFwdHeader(
        date=row.date,
        from_id=None if name else api.PeerUser(user_id=row.sender_id),
        from_name=name,
    )
