"""The message "X joined": https://core.telegram.org/constructor/messageActionContactSignUp.

It stands only in the box of the one who keeps the number: the new account has sent nothing and does not learn who knows
its number.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import outbox
from layers.schema import contents, users
from tl import api


def tell_joined(ctx: Context, user_id: int, owner_ids: Sequence[int]) -> None:
    """Put the message into the boxes of the owners who did not switch it off; ``user_id`` has just signed up."""
    if not owner_ids:
        return
    listening = ctx.db.scalars(
        sa.select(users.c.id).where(users.c.id.in_(owner_ids), ~users.c.contact_signup_silent, ~users.c.deleted)
    )
    if not listening:
        return
    message = api.MessageService(
        id=0, peer_id=api.PeerUser(user_id=user_id), date=ctx.now, action=api.MessageActionContactSignUp()
    )
    encoded = tl.encode(message)
    # A content for each: deleting one's own copy for both sides must not touch the others'.
    first_id = ctx.random_id()
    content_ids = {owner_id: first_id + index for index, owner_id in enumerate(listening)}
    ctx.db.execute(
        sa.insert(contents),
        [
            {"content_id": content_id, "sender_id": user_id, "date": ctx.now, "message": encoded}
            for content_id in content_ids.values()
        ],
    )
    outbox.post_all(
        ctx,
        {
            owner_id: [outbox.Deliver(content_id=content_id, peer_key=user_id)]
            for owner_id, content_id in content_ids.items()
        },
    )
