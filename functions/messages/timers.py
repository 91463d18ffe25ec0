"""Auto-delete timers: https://core.telegram.org/api/auto-delete."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers import unit_of_work
from layers.context import Context, Services
from layers.database import is_outage
from layers.domain import limits, timers
from layers.domain.account_settings import Setting, read_settings, write_setting
from layers.domain.boxes import open_box
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import answer_and_push_channel
from layers.domain.chat_access import access_channel, require_right
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import Membership
from layers.domain.members import change_chat
from layers.domain.peers import SERVICE_USER_ID, access_peer, peer_of
from layers.domain.sending import access_recipient, put_timer
from layers.domain.updates import answer_and_push
from layers.errors import bad_request
from layers.registry import FloodLimit, function, job
from layers.schema import dialogs
from layers.telemetry import get_logger
from tl import api

logger = get_logger("timers")

_OWNERS_MAX: Final = 200


def check_period(period: int) -> int:
    """Seconds of a timer, 0 = none; 400 TTL_PERIOD_INVALID."""
    if not 0 <= period <= limits.HISTORY_TTL_S:
        raise bad_request("TTL_PERIOD_INVALID")
    return period


@function(api.messages.SetHistoryTTL, writes=True, flood=FloodLimit(60, 60))
def set_history_ttl(ctx: Context, request: api.messages.SetHistoryTTL) -> api.TypeUpdates:
    """After how many seconds messages sent from now on delete themselves, for everyone in the chat; 0 = never."""
    period = check_period(request.period)
    if isinstance(request.peer, api.InputPeerChannel | api.InputPeerChannelFromMessage):
        member = access_channel(ctx, request.peer, right=AdminRight.DELETE_MESSAGES, member_only=True, lock=True)
        return _set_for_channel(ctx, member, period)
    peer_key = access_peer(ctx, request.peer)
    if peer_key in {ctx.user_id, SERVICE_USER_ID}:
        raise bad_request("PEER_ID_INVALID")
    recipient = access_recipient(ctx, peer_key)
    if recipient.member is not None:
        require_right(recipient.member, AdminRight.DELETE_MESSAGES)
    with open_box(ctx, ctx.user_id) as box:
        present = ctx.db.scalar(
            sa.select(dialogs.c.ttl_period).where(dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == peer_key)
        )
        if (present or 0) == period:
            raise bad_request("CHAT_NOT_MODIFIED")
        put_timer(ctx, box, recipient, period)
        if recipient.member is not None:
            change_chat(ctx, peer_key, ttl_period=period or None)
    return answer_and_push(ctx, box)


def _set_for_channel(ctx: Context, member: Membership, period: int) -> api.TypeUpdates:
    if (member.row.ttl_period or 0) == period:
        raise bad_request("CHAT_NOT_MODIFIED")
    with open_channel_box(ctx, member.key) as box:
        append_service(ctx, box, member, api.MessageActionSetMessagesTTL(period=period))
        change_chat(ctx, member.key, ttl_period=period or None)
    update = api.UpdatePeerHistoryTTL(peer=peer_of(member.key), ttl_period=period or None)
    return answer_and_push_channel(ctx, box, extra=[update])


@function(api.messages.GetDefaultHistoryTTL)
def get_default_history_ttl(ctx: Context, _request: api.messages.GetDefaultHistoryTTL) -> api.DefaultHistoryTTL:
    """The timer that new private chats of the caller begin with."""
    found = read_settings(ctx, ctx.user_id, Setting.DEFAULT_HISTORY_TTL)
    default = found.get(Setting.DEFAULT_HISTORY_TTL)
    return default or api.DefaultHistoryTTL(period=0)


@function(api.messages.SetDefaultHistoryTTL, writes=True)
def set_default_history_ttl(ctx: Context, request: api.messages.SetDefaultHistoryTTL) -> bool:
    """The timer that private chats which the caller begins from now on have; chats that exist keep theirs."""
    write_setting(ctx, Setting.DEFAULT_HISTORY_TTL, api.DefaultHistoryTTL(period=check_period(request.period)))
    return True


@job(every_s=1, due=timers.NEXT)
def expire_messages(services: Services) -> int:
    """Delete messages, and destroy media, whose time is over; how many boxes that concerned."""
    owner_ids, _ = unit_of_work.run(services, lambda ctx: timers.due_owners(ctx, _OWNERS_MAX), writes=False)
    for owner_id in owner_ids:
        _expire(services, owner_id)
    return len(owner_ids)


def _expire(services: Services, owner_id: int) -> None:
    try:
        unit_of_work.run(services, lambda ctx: timers.expire(ctx, owner_id), writes=True)
    except Exception as error:
        if is_outage(error):
            raise
        # One account's trouble must not keep the others waiting.
        logger.exception("messages not deleted", user_id=owner_id)
