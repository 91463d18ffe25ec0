"""Pinned messages: https://core.telegram.org/api/pin."""

from __future__ import annotations

from layers.context import Context
from layers.domain.boxes import open_box
from layers.domain.channel_editing import pin_in_channel, unpin_all_in_channel
from layers.domain.chat_access import channel_membership, require_right
from layers.domain.chat_rights import AdminRight
from layers.domain.messages import is_service, load_rows
from layers.domain.outgoing import Outgoing
from layers.domain.peers import access_peer, is_channel, is_user
from layers.domain.pins import set_pinned, unpin_batch
from layers.domain.sending import Recipient, access_recipient, send
from layers.domain.updates import answer_and_push, merged, push_box
from layers.errors import bad_request
from layers.registry import function
from tl import api


@function(api.messages.UpdatePinnedMessage, writes=True)
def update_pinned_message(ctx: Context, request: api.messages.UpdatePinnedMessage) -> api.TypeUpdates:
    """Pin or unpin a message for everyone, with ``pm_oneside`` for oneself; a loud pin is a message in the chat."""
    peer_key = access_peer(ctx, request.peer)
    if is_channel(peer_key):
        member = channel_membership(ctx, peer_key)
        return pin_in_channel(ctx, member, request.id, pinned=not request.unpin, silent=request.silent)
    recipient = _access_pinnable(ctx, peer_key)
    for_oneself = request.pm_oneside and is_user(peer_key)
    audience = () if for_oneself else recipient.audience
    with open_box(ctx, ctx.user_id) as box:
        row = load_rows(ctx, ctx.user_id, [request.id]).get(request.id)
        if row is None or row.peer_key != peer_key or is_service(row.message):
            raise bad_request("MESSAGE_ID_INVALID")
        changed = set_pinned(ctx, box, peer_key, [row], pinned=not request.unpin, audience=audience)
    answer = answer_and_push(ctx, box)
    announces = changed and not (request.unpin or request.silent or for_oneself or peer_key == ctx.user_id)
    return _with_announcement(ctx, answer, recipient, request.id) if announces else answer


def _access_pinnable(ctx: Context, peer_key: int) -> Recipient:
    """Gate: a chat in which the caller may pin; CHAT_ADMIN_REQUIRED in a group that leaves it to others."""
    recipient = access_recipient(ctx, peer_key)
    if recipient.member is not None:
        require_right(recipient.member, AdminRight.PIN_MESSAGES)
    return recipient


def _with_announcement(ctx: Context, answer: api.Updates, recipient: Recipient, message_id: int) -> api.TypeUpdates:
    """Send the service message "… pinned …" and answer both changes."""
    message = api.MessageService(
        id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=api.MessageActionPinMessage()
    )
    sent = send(ctx, recipient, [Outgoing(ctx.random_long(), message)], reply_to_msg_id=message_id)
    if not isinstance(sent, api.Updates):
        raise TypeError(f"a service message was answered by {sent.TL_NAME}")
    # The client sent no random_id, so it could make nothing of an updateMessageID.
    sent.updates = [update for update in sent.updates if not isinstance(update, api.UpdateMessageID)]
    return merged(answer, sent)


@function(api.messages.UnpinAllMessages, writes=True)
def unpin_all_messages(ctx: Context, request: api.messages.UnpinAllMessages) -> api.messages.AffectedHistory:
    """Unpin a chat's messages for everyone, a batch a call: ``offset`` > 0 asks the client to call again.

    ``top_msg_id``: those of a topic alone; ``saved_peer_id``: those of Saved Messages that came from a chat.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED, PEER_ID_INVALID; those of the peer.
    """
    peer_key = access_peer(ctx, request.peer)
    origin = None
    if request.saved_peer_id is not None:
        if peer_key != ctx.user_id:
            raise bad_request("PEER_ID_INVALID")
        origin = access_peer(ctx, request.saved_peer_id)
    if is_channel(peer_key):
        return unpin_all_in_channel(ctx, channel_membership(ctx, peer_key), request.top_msg_id or 0)
    recipient = _access_pinnable(ctx, peer_key)
    with open_box(ctx, ctx.user_id) as box:
        more = unpin_batch(ctx, box, recipient.peer_key, audience=recipient.audience, origin=origin)
    push_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=int(more))
