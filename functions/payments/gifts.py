"""Gifts and Premium offers: none exist.

https://core.telegram.org/api/gifts
"""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.peers import access_peer
from layers.registry import function
from tl import api

_NONE_YET: Final = "there are no gifts on this server"


@function(api.payments.GetStarGifts, partial=_NONE_YET)
def get_star_gifts(ctx: Context, request: api.payments.GetStarGifts) -> api.payments.TypeStarGifts:
    """Gifts on sale. An empty list has the hash 0, under which clients ask when they hold nothing."""
    return api.payments.StarGifts(hash=0, gifts=[], chats=[], users=[])


@function(api.payments.GetSavedStarGifts, partial=_NONE_YET)
def get_saved_star_gifts(ctx: Context, request: api.payments.GetSavedStarGifts) -> api.payments.SavedStarGifts:
    """Gifts that a peer received."""
    access_peer(ctx, request.peer)
    return api.payments.SavedStarGifts(count=0, gifts=[], chats=[], users=[])


@function(api.payments.GetStarGiftCollections, partial=_NONE_YET)
def get_star_gift_collections(
    ctx: Context, request: api.payments.GetStarGiftCollections
) -> api.payments.TypeStarGiftCollections:
    """How a peer sorted its gifts."""
    access_peer(ctx, request.peer)
    return api.payments.StarGiftCollections(collections=[])


@function(api.payments.GetStarGiftActiveAuctions, partial=_NONE_YET)
def get_star_gift_active_auctions(
    ctx: Context, request: api.payments.GetStarGiftActiveAuctions
) -> api.payments.TypeStarGiftActiveAuctions:
    """Auctions that the caller takes part in."""
    return api.payments.StarGiftActiveAuctions(auctions=[], users=[], chats=[])


@function(api.payments.GetPremiumGiftCodeOptions, partial="Premium is not sold on this server")
def get_premium_gift_code_options(
    ctx: Context, request: api.payments.GetPremiumGiftCodeOptions
) -> list[api.TypePremiumGiftCodeOption]:
    """What Premium gifts are sold."""
    if request.boost_peer is not None:
        access_peer(ctx, request.boost_peer)
    return []


@function(api.payments.GetSavedInfo, partial="nothing can be bought on this server, so nothing is saved")
def get_saved_info(ctx: Context, request: api.payments.GetSavedInfo) -> api.payments.SavedInfo:
    """Saved payment details of the caller."""
    return api.payments.SavedInfo()
