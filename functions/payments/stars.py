"""Telegram Stars: every balance is nothing, and none can be bought.

https://core.telegram.org/api/stars
"""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.peers import access_peer, access_user
from layers.errors import bad_request
from layers.registry import function
from tl import api

_NONE_YET: Final = "there are no Stars on this server"


@function(api.payments.GetStarsStatus, partial=_NONE_YET)
def get_stars_status(ctx: Context, request: api.payments.GetStarsStatus) -> api.payments.StarsStatus:
    """The caller's balance."""
    return _status(ctx, request.peer, ton=request.ton)


@function(api.payments.GetStarsTransactions, partial=_NONE_YET)
def get_stars_transactions(ctx: Context, request: api.payments.GetStarsTransactions) -> api.payments.StarsStatus:
    """What came in and went out."""
    return _status(ctx, request.peer, ton=request.ton)


@function(api.payments.GetStarsSubscriptions, partial=_NONE_YET)
def get_stars_subscriptions(ctx: Context, request: api.payments.GetStarsSubscriptions) -> api.payments.StarsStatus:
    """What the caller pays for each month."""
    return _status(ctx, request.peer, ton=False)


@function(
    api.payments.GetStarsTopupOptions,
    api.payments.GetStarsGiftOptions,
    api.payments.GetStarsGiveawayOptions,
    partial=_NONE_YET,
)
def get_stars_options(
    ctx: Context,
    request: api.payments.GetStarsTopupOptions
    | api.payments.GetStarsGiftOptions
    | api.payments.GetStarsGiveawayOptions,
) -> list[api.TypeStarsTopupOption]:
    """What packets of Stars are sold: none."""
    if isinstance(request, api.payments.GetStarsGiftOptions) and request.user_id is not None:
        access_user(ctx, request.user_id)
    return []


def _status(ctx: Context, peer: api.TypeInputPeer, *, ton: bool) -> api.payments.StarsStatus:
    if access_peer(ctx, peer) != ctx.user_id:
        raise bad_request("PEER_ID_INVALID")
    balance = api.StarsTonAmount(amount=0) if ton else api.StarsAmount(amount=0, nanos=0)
    return api.payments.StarsStatus(balance=balance, chats=[], users=[])
