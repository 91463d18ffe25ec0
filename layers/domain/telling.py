"""Changes of a message that are said in the chat as well, by a service message that answers it.

https://core.telegram.org/api/todo, https://core.telegram.org/api/poll
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import outbox
from layers.domain.boxes import Box, open_box
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_sending import append_answer, require_writer
from layers.domain.channel_updates import answer_and_push_channel
from layers.domain.chat_rights import BannedRight
from layers.domain.former_members import keep_for_former_members
from layers.domain.outgoing import Outgoing
from layers.domain.peers import is_user
from layers.domain.places import Place, access_place, place_rows
from layers.domain.sending import Recipient, access_recipient, put
from layers.domain.updates import answer_and_push
from layers.errors import bad_request, forbidden
from layers.schema import contents
from tl import api

Change: TypeAlias = Callable[[Box, Any], tuple[Any, outbox.Operation]]
"""``(box, row) -> (action, operation)``: changes the message in the caller's or the channel's box; what is said about
it, and what the others' boxes are told."""


def change_and_say(ctx: Context, peer: api.TypeInputPeer, message_id: int, change: Change) -> api.TypeUpdates:
    """Change a message of a chat that the caller may write to, and say so.

    Raises:
        RpcError: MESSAGE_ID_INVALID, 403 CHAT_WRITE_FORBIDDEN; as the gates of sending.
    """
    place = access_place(ctx, peer)
    if place.channel is not None:
        return _in_channel(ctx, place, message_id, change)
    recipient = access_recipient(ctx, place.peer_key or ctx.user_id)
    if not _is_heard(ctx, recipient):
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    with open_box(ctx, ctx.user_id) as box:
        action, operation = change(box, _row(ctx, place, message_id))
        before = dict.fromkeys(recipient.audience, (operation,))
        put(ctx, box, recipient, [_service(ctx, action)], reply_to_msg_id=message_id, before=before)
    return answer_and_push(ctx, box)


def _is_heard(ctx: Context, recipient: Recipient) -> bool:
    if recipient.member is not None:
        return not recipient.member.banned_rights & BannedRight.SEND_MESSAGES
    return recipient.peer_key == ctx.user_id or recipient.receives


def _in_channel(ctx: Context, place: Place, message_id: int, change: Change) -> api.TypeUpdates:
    member = place.channel
    if member is None or not member.is_member or member.banned_rights & BannedRight.SEND_MESSAGES:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    require_writer(member)
    with open_channel_box(ctx, member.key) as box:
        row = _row(ctx, place, message_id)
        action, _ = change(box, row)
        mentions = append_answer(ctx, box, member, _service(ctx, action), row)
    return answer_and_push_channel(ctx, box, mentions=mentions)


def _row(ctx: Context, place: Place, message_id: int) -> Any:
    row = place_rows(ctx, place, [message_id]).get(message_id)
    if row is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return row


def _service(ctx: Context, action: Any) -> Outgoing:
    message = api.MessageService(id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=action)
    return Outgoing(ctx.random_long(), message)


def replace_quietly(ctx: Context, box: Box, row: Any, message: Any) -> outbox.Operation:
    """Put a message in place of what was there, without a date of editing: a service message says what happened."""
    message.edit_hide = row.edit_date is None
    if not is_user(row.peer_key) and box.owner_id != row.peer_key:
        keep_for_former_members(ctx, row.peer_key, row)
    ctx.db.execute(
        sa.update(contents).where(contents.c.content_id == row.content_id).values(message=tl.encode(message))
    )
    box.edited(row, message)
    return outbox.Edit(row.content_id)
