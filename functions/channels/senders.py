"""As whom somebody writes in a supergroup: https://core.telegram.org/api/channel#sending-messages-as-another-peer."""

from __future__ import annotations

from layers.context import Context
from layers.database import upsert
from layers.domain.chat_access import access_channel
from layers.domain.chats import peer_objects
from layers.domain.dialogs import tell_own_devices
from layers.domain.peers import access_peer, bare_id, peer_of
from layers.domain.send_as import own_public_channels, possible_senders
from layers.errors import bad_request
from layers.registry import function
from layers.schema import channel_settings
from tl import api


@function(api.channels.GetSendAs)
def get_send_as(ctx: Context, request: api.channels.GetSendAs) -> api.channels.SendAsPeers:
    """The peers as whom the caller may write in a channel, or pay for reactions and live stories there."""
    member = access_channel(ctx, request.peer)
    if request.for_paid_reactions or request.for_live_stories:
        keys = [ctx.user_id, *own_public_channels(ctx)]
    else:
        keys = possible_senders(ctx, member)
    named = peer_objects(ctx, ctx.user_id, [member.key, *keys])
    return api.channels.SendAsPeers(
        peers=[api.SendAsPeer(peer=peer_of(key)) for key in keys], chats=named.chats, users=named.users
    )


@function(api.messages.SaveDefaultSendAs, writes=True)
def save_default_send_as(ctx: Context, request: api.messages.SaveDefaultSendAs) -> bool:
    """Choose as whom the next messages in a supergroup go out; 400 SEND_AS_PEER_INVALID."""
    member = access_channel(ctx, request.peer)
    key = access_peer(ctx, request.send_as)
    if key not in possible_senders(ctx, member):
        raise bad_request("SEND_AS_PEER_INVALID")
    values = {"owner_id": ctx.user_id, "peer_key": member.key, "send_as": 0 if key == ctx.user_id else key}
    upsert(ctx.db, channel_settings, values, update=("send_as",))
    return True


@function(api.channels.ToggleViewForumAsMessages, writes=True)
def toggle_view_forum_as_messages(ctx: Context, request: api.channels.ToggleViewForumAsMessages) -> api.Updates:
    """Whether the caller's devices show a forum as one chat.

    Raises:
        RpcError: CHAT_NOT_MODIFIED.
    """
    member = access_channel(ctx, request.channel, member_only=True)
    values = {"owner_id": ctx.user_id, "peer_key": member.key, "view_as_messages": request.enabled}
    upsert(ctx.db, channel_settings, values, update=("view_as_messages",))
    update = api.UpdateChannelViewForumAsMessages(channel_id=bare_id(member.key), enabled=request.enabled)
    tell_own_devices(ctx, update, peer_keys=[member.key])
    named = peer_objects(ctx, ctx.user_id, [member.key])
    return api.Updates(updates=[update], users=[], chats=named.chats, date=ctx.now, seq=0)
