"""Taking all reactions of a member away: https://core.telegram.org/method/messages.deleteParticipantReactions."""

from __future__ import annotations

from typing import Any, Final

import tl
from layers import unit_of_work
from layers.context import Caller, Context, Services
from layers.database import is_outage
from layers.domain import outbox, reaction_removal
from layers.domain.boxes import open_box
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_updates import push_channel_box
from layers.domain.chat_access import access_any_chat
from layers.domain.chat_rights import AdminRight
from layers.domain.holders import other_holders
from layers.domain.messages import load_rows_by_content
from layers.domain.peers import access_peer, is_channel
from layers.domain.reaction_removal import ask, take_away, waiting
from layers.domain.updates import push_box
from layers.registry import FloodLimit, function, job
from layers.telemetry import get_logger
from tl import api

logger = get_logger("reactions")

_WISHES_MAX: Final = 100


@function(api.messages.DeleteParticipantReactions, writes=True, flood=FloodLimit(60, 60))
def delete_participant_reactions(ctx: Context, request: api.messages.DeleteParticipantReactions) -> bool:
    """Take all reactions of somebody in a group away, as an administrator; it is done soon.

    Raises:
        RpcError: PEER_ID_INVALID, CHAT_ADMIN_REQUIRED; as the gates of groups.
    """
    member = access_any_chat(ctx, request.peer, right=AdminRight.DELETE_MESSAGES)
    ask(ctx, member.key, access_peer(ctx, request.participant))
    return True


@job(every_s=1, due=reaction_removal.NEXT)
def remove_reactions(services: Services) -> int:
    """Do a batch of each wish; how many messages it was about. Everyone who has them is told."""
    wishes, _ = unit_of_work.run(services, lambda ctx: waiting(ctx, _WISHES_MAX), writes=False)
    return sum(_remove(services, wish) for wish in wishes)


def _remove(services: Services, wish: Any) -> int:
    # In the administrator's name, from none of his sessions: all of them are told.
    caller = Caller(auth_key_id=0, session_id=0, msg_id=0, layer=tl.LAYER, ip="", user_id=wish.actor_id)
    try:
        count, _ = unit_of_work.run(services, lambda ctx: _batch(ctx, wish), writes=True, caller=caller)
    except Exception as error:
        if is_outage(error):
            raise
        # One group's trouble must not keep the others waiting.
        logger.exception("reactions not removed", peer_key=wish.chat_key)
        return 0
    return count


def _batch(ctx: Context, wish: Any) -> int:
    if is_channel(wish.chat_key):
        with open_channel_box(ctx, wish.chat_key) as channel_box:
            content_ids = take_away(ctx, wish)
            rows = load_rows_by_content(ctx, wish.chat_key, content_ids)
            channel_box.reacted(rows)
            channel_box.show(wish.reactor_key, rows)
        push_channel_box(ctx, channel_box)
        return len(content_ids)
    with open_box(ctx, ctx.user_id) as box:
        content_ids = take_away(ctx, wish)
        box.reacted(load_rows_by_content(ctx, ctx.user_id, content_ids))
        others = other_holders(ctx, ctx.user_id, wish.chat_key)
        outbox.post_each(ctx, others, *(outbox.React(content_id) for content_id in content_ids))
    push_box(ctx, box)
    return len(content_ids)
