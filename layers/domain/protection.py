"""Protecting a private chat from forwards: https://core.telegram.org/api/content-protection#for-users.

Either side protects the chat, for both. Whoever did so ends it; the other may ask him to, by a message that he answers
once.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import outbox
from layers.domain.boxes import Box, open_box
from layers.domain.messages import BoxFlag, load_rows
from layers.domain.outgoing import Outgoing
from layers.domain.peer_options import is_protected, options_of, set_options
from layers.domain.sending import Recipient, put
from layers.domain.updates import answer_and_push
from layers.errors import bad_request
from layers.schema import contents
from tl import api


def toggle_protection(ctx: Context, recipient: Recipient, request: api.messages.ToggleNoForwards) -> api.Updates:
    """Protect a private chat, end that, ask the other side to end it, or answer such a request.

    Raises:
        RpcError: CHAT_NOT_MODIFIED, REQUEST_MSG_EXPIRED.
    """
    with open_box(ctx, ctx.user_id) as box:
        options = options_of(ctx, ctx.user_id, recipient.peer_key)
        is_mine = options is not None and bool(options.noforwards_mine)
        is_theirs = options is not None and bool(options.noforwards_peer)
        if request.request_msg_id is not None:
            _answer(ctx, box, recipient, request.request_msg_id, is_mine=is_mine, enabled=request.enabled)
        elif not request.enabled and is_theirs:
            _say(ctx, box, recipient, api.MessageActionNoForwardsRequest(prev_value=True, new_value=False))
        elif request.enabled == is_mine:
            raise bad_request("CHAT_NOT_MODIFIED")
        else:
            was = is_protected(options)
            _say(ctx, box, recipient, api.MessageActionNoForwardsToggle(prev_value=was, new_value=request.enabled))
            set_options(ctx, ctx.user_id, recipient.peer_key, noforwards_mine=request.enabled)
            _tell(ctx, recipient, noforwards=request.enabled)
    return answer_and_push(ctx, box)


def _answer(ctx: Context, box: Box, recipient: Recipient, message_id: int, *, is_mine: bool, enabled: bool) -> None:
    row = load_rows(ctx, ctx.user_id, [message_id]).get(message_id)
    message: Any = None if row is None or row.peer_key != recipient.peer_key else tl.decode(row.message)
    action = getattr(message, "action", None)
    is_open = isinstance(action, api.MessageActionNoForwardsRequest) and not action.expired
    if row is None or not is_open or row.flags & BoxFlag.OUT or not is_mine:
        raise bad_request("REQUEST_MSG_EXPIRED")
    message.action.expired = True
    ctx.db.execute(
        sa.update(contents).where(contents.c.content_id == row.content_id).values(message=tl.encode(message))
    )
    box.edited(row, message)
    outbox.post_each(ctx, recipient.audience, outbox.Edit(row.content_id))
    _say(ctx, box, recipient, api.MessageActionNoForwardsToggle(prev_value=True, new_value=enabled))
    if not enabled:
        set_options(ctx, ctx.user_id, recipient.peer_key, noforwards_mine=False, noforwards_peer=False)
        _tell(ctx, recipient, noforwards=False, ends_protection=True)


def _say(ctx: Context, box: Box, recipient: Recipient, action: api.TypeMessageAction) -> None:
    message = api.MessageService(id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=action)
    put(ctx, box, recipient, [Outgoing(ctx.random_long(), message)])


def _tell(ctx: Context, recipient: Recipient, *, noforwards: bool, ends_protection: bool = False) -> None:
    look = outbox.Look(recipient.as_seen_by_others(ctx.user_id), noforwards=noforwards, ends_protection=ends_protection)
    outbox.post_each(ctx, recipient.audience, look)
