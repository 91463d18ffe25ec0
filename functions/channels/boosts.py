"""What a channel gets for boosts, stars or a place on the map, none of which this server sells.

https://core.telegram.org/api/boost. Each method checks the caller's right and then answers as Telegram does for a
channel without boosts.
"""

from __future__ import annotations

from typing import Any

from layers.context import Context
from layers.domain.chat_access import access_channel
from layers.domain.chat_rights import AdminRight
from layers.errors import RpcError, bad_request
from layers.registry import function
from tl import api


def _require_admin(ctx: Context, channel: Any, right: AdminRight) -> None:
    member = access_channel(ctx, channel, member_only=True)
    if not member.is_admin or not member.admin_rights & right:
        raise bad_request("CHAT_ADMIN_REQUIRED")


@function(api.channels.UpdateColor, writes=True)
def update_color(ctx: Context, request: api.channels.UpdateColor) -> api.TypeUpdates:
    """Another colour than the one that follows from a channel's id: 400 BOOSTS_REQUIRED."""
    _require_admin(ctx, request.channel, AdminRight.CHANGE_INFO)
    raise _refused(asks=request.color is not None or request.background_emoji_id is not None)


@function(api.channels.UpdateEmojiStatus, writes=True)
def update_emoji_status(ctx: Context, request: api.channels.UpdateEmojiStatus) -> api.TypeUpdates:
    """An emoji beside a channel's name: 400 BOOSTS_REQUIRED."""
    _require_admin(ctx, request.channel, AdminRight.CHANGE_INFO)
    raise _refused(asks=not isinstance(request.emoji_status, api.EmojiStatusEmpty))


@function(api.channels.RestrictSponsoredMessages, writes=True)
def restrict_sponsored_messages(ctx: Context, request: api.channels.RestrictSponsoredMessages) -> api.TypeUpdates:
    """No sponsored messages in a channel: 400 BOOSTS_REQUIRED."""
    _require_admin(ctx, request.channel, AdminRight.CHANGE_INFO)
    raise _refused(asks=request.restricted)


@function(api.channels.SetEmojiStickers, writes=True)
def set_emoji_stickers(ctx: Context, request: api.channels.SetEmojiStickers) -> bool:
    """Custom emoji that everybody in a group may use: 400 BOOSTS_REQUIRED; it has none, so taking them away is done."""
    _require_admin(ctx, request.channel, AdminRight.CHANGE_INFO)
    if isinstance(request.stickerset, api.InputStickerSetEmpty):
        return True
    raise _refused(asks=True)


@function(api.channels.SetBoostsToUnblockRestrictions, writes=True)
def set_boosts_to_unblock_restrictions(
    ctx: Context, request: api.channels.SetBoostsToUnblockRestrictions
) -> api.TypeUpdates:
    """How many boosts free a member from restrictions: none can be given, so 0 is all there is."""
    _require_admin(ctx, request.channel, AdminRight.BAN_USERS)
    raise _refused(asks=request.boosts != 0)


def _refused(*, asks: bool) -> RpcError:
    """The answer to who asks for what boosts buy, and to who asks for what a channel without boosts has already."""
    return bad_request("BOOSTS_REQUIRED" if asks else "CHAT_NOT_MODIFIED")


@function(api.channels.UpdatePaidMessagesPrice, writes=True, partial="direct messages of channels")
def update_paid_messages_price(ctx: Context, request: api.channels.UpdatePaidMessagesPrice) -> api.TypeUpdates:
    """What a message to the channel costs: nothing, as nobody here has stars to pay with."""
    _require_admin(ctx, request.channel, AdminRight.CHANGE_INFO)
    if request.broadcast_messages_allowed:
        raise bad_request("CHANNEL_MONOFORUM_UNSUPPORTED")
    raise bad_request("CHAT_NOT_MODIFIED" if request.send_paid_messages_stars == 0 else "STARS_AMOUNT_INVALID")


@function(api.channels.EditLocation, writes=True)
def edit_location(ctx: Context, request: api.channels.EditLocation) -> bool:
    """Only groups that were made for a place have one: 400 MEGAGROUP_GEO_REQUIRED."""
    _require_admin(ctx, request.channel, AdminRight.CHANGE_INFO)
    raise bad_request("MEGAGROUP_GEO_REQUIRED")
