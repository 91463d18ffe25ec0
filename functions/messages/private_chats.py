"""What one sets and says about a chat as a whole: translation, screenshots.

https://core.telegram.org/api/translation, https://core.telegram.org/method/messages.sendScreenshotNotification
"""

from __future__ import annotations

from functions.messages.replies import reply_to_msg_id
from layers.context import Context
from layers.domain.outgoing import Outgoing
from layers.domain.peer_options import set_options
from layers.domain.peers import SERVICE_USER_ID, access_peer, is_user
from layers.domain.sending import Recipient, access_recipient, send
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api


def private_recipient(ctx: Context, peer: api.TypeInputPeer) -> Recipient:
    """Gate: the other side of a private chat; 400 PEER_ID_INVALID, and as `layers.domain.sending.access_recipient`."""
    peer_key = access_peer(ctx, peer)
    if not is_user(peer_key) or peer_key in {ctx.user_id, SERVICE_USER_ID}:
        raise bad_request("PEER_ID_INVALID")
    return access_recipient(ctx, peer_key)


def service(ctx: Context, action: api.TypeMessageAction) -> api.MessageService:
    """The stored form of a service message."""
    return api.MessageService(id=0, peer_id=api.PeerUser(user_id=0), date=ctx.now, action=action)


@function(api.messages.SendScreenshotNotification, writes=True, flood=FloodLimit(60, 60))
def send_screenshot_notification(ctx: Context, request: api.messages.SendScreenshotNotification) -> api.TypeUpdates:
    """Tell the other side of a private chat that a screenshot of it was taken."""
    recipient = private_recipient(ctx, request.peer)
    item = Outgoing(request.random_id, service(ctx, api.MessageActionScreenshotTaken()))
    return send(ctx, recipient, [item], reply_to_msg_id=reply_to_msg_id(ctx, request.peer, request.reply_to) or None)


@function(api.messages.TogglePeerTranslations, writes=True)
def toggle_peer_translations(ctx: Context, request: api.messages.TogglePeerTranslations) -> bool:
    """Whether clients offer to translate a chat; they learn of it with the chat's page."""
    set_options(ctx, ctx.user_id, access_peer(ctx, request.peer), translations_disabled=request.disabled)
    return True
