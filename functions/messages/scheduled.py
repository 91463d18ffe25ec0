"""Messages to be sent later: https://core.telegram.org/api/scheduled-messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import tl
from layers import unit_of_work
from layers.context import Caller, Context, Services
from layers.database import is_outage
from layers.domain import quick_replies, scheduled
from layers.domain.chats import peer_objects
from layers.domain.dialogs import tell_own_devices
from layers.domain.messages import peers_in
from layers.domain.outgoing import Outgoing
from layers.domain.peers import access_peer, peer_of
from layers.domain.send_as import named_sender
from layers.domain.sending import Recipient, send
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function, job
from layers.telemetry import get_logger
from tl import api

logger = get_logger("scheduled")

_IDS_MAX: Final = 100
_OWNERS_MAX: Final = 200


def send_or_schedule(
    ctx: Context,
    request: Any,
    recipient: Recipient,
    items: Sequence[Outgoing],
    *,
    reply_to_msg_id: int | None,
) -> api.TypeUpdates:
    """Send messages, now or at the request's ``schedule_date``; or keep them as quick replies.

    Raises:
        RpcError: PEER_ID_INVALID for quick replies to others than oneself, SCHEDULE_DATE_INVALID for later ones; as
            `layers.domain.sending.send`, `layers.domain.scheduled.schedule` and `layers.domain.quick_replies.keep`.
    """
    if request.quick_reply_shortcut is not None:
        if recipient.peer_key != ctx.user_id:
            raise bad_request("PEER_ID_INVALID")
        if request.schedule_date or getattr(request, "schedule_repeat_period", None):
            raise bad_request("SCHEDULE_DATE_INVALID")
        return quick_replies.keep(ctx, request.quick_reply_shortcut, items, reply_to_msg_id=reply_to_msg_id)
    period = getattr(request, "schedule_repeat_period", None)
    if (request.schedule_date or 0) < 0:
        raise bad_request("SCHEDULE_DATE_INVALID")
    scheduled.check_repetition(ctx, request.schedule_date, period)
    clears_draft = bool(getattr(request, "clear_draft", False))
    is_channel = recipient.member is not None and recipient.member.is_channel
    draft_thread = (getattr(request.reply_to, "top_msg_id", None) or 0) if is_channel else 0
    sender = named_sender(ctx, recipient, request.send_as)
    if scheduled.is_later(ctx, request.schedule_date):
        return scheduled.schedule(
            ctx,
            recipient,
            items,
            request.schedule_date,
            reply_to_msg_id=reply_to_msg_id,
            clears_draft=clears_draft,
            draft_thread=draft_thread,
            send_as=sender,
            repeat_period=period,
        )
    return send(
        ctx,
        recipient,
        items,
        reply_to_msg_id=reply_to_msg_id,
        clears_draft=clears_draft,
        draft_thread=draft_thread,
        send_as=sender,
    )


@function(api.messages.GetScheduledHistory)
def get_scheduled_history(ctx: Context, request: api.messages.GetScheduledHistory) -> api.messages.TypeMessages:
    """The caller's messages that wait for a chat, the one that is due last first."""
    rows = scheduled.scheduled_rows(ctx, access_peer(ctx, request.peer))
    if request.hash and request.hash == scheduled.scheduled_hash(rows):
        return api.messages.MessagesNotModified(count=len(rows))
    return scheduled.answer(ctx, rows)


@function(api.messages.GetScheduledMessages)
def get_scheduled_messages(ctx: Context, request: api.messages.GetScheduledMessages) -> api.messages.Messages:
    """The caller's messages that wait, by id."""
    _check_ids(request.id)
    return scheduled.answer(ctx, scheduled.scheduled_rows(ctx, access_peer(ctx, request.peer), request.id))


def _check_ids(message_ids: Sequence[int]) -> None:
    if len(message_ids) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")


@function(api.messages.SendScheduledMessages, writes=True, flood=FloodLimit(300, 60))
def send_scheduled_messages(ctx: Context, request: api.messages.SendScheduledMessages) -> api.Updates:
    """Send messages now instead of later."""
    rows = _locked(ctx, request)
    updates = scheduled.send_now(ctx, rows)
    new = api.UpdateNewMessage | api.UpdateNewChannelMessage
    messages = [update.message for update in updates if isinstance(update, new)]
    return _updates(ctx, updates, peers_in(messages) | {rows[0].peer_key})


@function(api.messages.DeleteScheduledMessages, writes=True)
def delete_scheduled_messages(ctx: Context, request: api.messages.DeleteScheduledMessages) -> api.Updates:
    """Do not send messages after all."""
    rows = _locked(ctx, request)
    scheduled.drop(ctx, rows)
    peer = peer_of(rows[0].peer_key)
    update = api.UpdateDeleteScheduledMessages(peer=peer, messages=[row.message_id for row in rows])
    tell_own_devices(ctx, update, peer_keys=[rows[0].peer_key])
    return _updates(ctx, [update], {rows[0].peer_key})


def _locked(ctx: Context, request: Any) -> Sequence[Any]:
    """The rows that a request names, locked with the caller's box; those that are gone are left out, but not all."""
    peer_key = access_peer(ctx, request.peer)
    _check_ids(request.id)
    if not request.id:
        raise bad_request("MESSAGE_IDS_EMPTY")
    scheduled.lock(ctx)
    rows = scheduled.scheduled_rows(ctx, peer_key, request.id)
    if not rows:
        raise bad_request("MESSAGE_ID_INVALID")
    return rows


def _updates(ctx: Context, updates: list[Any], peer_keys: set[int]) -> api.Updates:
    named = peer_objects(ctx, ctx.user_id, peer_keys)
    return api.Updates(updates=updates, users=named.users, chats=named.chats, date=ctx.now, seq=0)


@job(every_s=1, due=scheduled.NEXT)
def send_due_messages(services: Services) -> int:
    """Send what is due, of each account in a transaction of its own; how many messages that were."""
    owner_ids, _ = unit_of_work.run(services, lambda ctx: scheduled.due_owners(ctx, _OWNERS_MAX), writes=False)
    return sum(_send_due(services, owner_id) for owner_id in owner_ids)


def _send_due(services: Services, owner_id: int) -> int:
    # On the author's behalf, from none of his sessions: all of them are told.
    caller = Caller(auth_key_id=0, session_id=0, msg_id=0, layer=tl.LAYER, ip="", user_id=owner_id)
    try:
        count, _ = unit_of_work.run(services, scheduled.send_due, writes=True, caller=caller)
    except RpcError as error:
        logger.info("scheduled messages wait", user_id=owner_id, reason=error.type)
        return 0
    except Exception as error:
        if is_outage(error):
            raise
        # One account's trouble must not keep the others waiting.
        logger.exception("scheduled messages not sent", user_id=owner_id)
        return 0
    return count
