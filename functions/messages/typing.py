"""Actions in progress: https://core.telegram.org/method/messages.setTyping."""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.blocks import blocks_either_way
from layers.domain.channel_sending import access_writer
from layers.domain.peers import SERVICE_USER_ID, access_peer, is_channel, is_user, require_user
from layers.domain.sending import access_recipient
from layers.domain.typing import tell_channel, tell_group, tell_typing
from layers.errors import forbidden
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(120, 60)


@function(api.messages.SetTyping, flood=_FLOOD, partial="actions of bots (text drafts)")
def set_typing(ctx: Context, request: api.messages.SetTyping) -> bool:
    """Show the others that the caller types, records, uploads …; whoever blocked the caller does not see it."""
    peer_key = access_peer(ctx, request.peer)
    if peer_key in {ctx.user_id, SERVICE_USER_ID}:
        return True
    if is_channel(peer_key):
        tell_channel(ctx, access_writer(ctx, peer_key), request.action, request.top_msg_id)
        return True
    if not is_user(peer_key):
        tell_group(ctx, access_recipient(ctx, peer_key), request.action)
        return True
    require_user(ctx, peer_key, error="PEER_ID_INVALID")
    blocked_by_me, blocks_me = blocks_either_way(ctx, ctx.user_id, peer_key)
    if blocked_by_me:
        raise forbidden("USER_IS_BLOCKED")
    if not blocks_me:
        tell_typing(ctx, peer_key, request.action)
    return True
