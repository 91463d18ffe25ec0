"""Terms, promotions, updates and invitations: what this server has nothing of is answered as empty."""

from __future__ import annotations

from layers.context import Context
from layers.domain import limits
from layers.domain.peers import access_peer
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.telemetry import get_logger
from tl import api

_APP_LOG_EVENTS = 100
_EVENT_TYPE_LENGTH = 64

logger = get_logger("functions.help")


@function(api.help.GetInviteText)
def get_invite_text(ctx: Context, request: api.help.GetInviteText) -> api.help.InviteText:
    """What a user may send to invite a friend."""
    return api.help.InviteText(
        message="Hi! I am on Cirrusgram, a Telegram-compatible server of our own. Ask me how to join."
    )


@function(api.help.GetTermsOfServiceUpdate)
def get_terms_of_service_update(
    ctx: Context, request: api.help.GetTermsOfServiceUpdate
) -> api.help.TermsOfServiceUpdateEmpty:
    """There are no terms to accept."""
    return api.help.TermsOfServiceUpdateEmpty(expires=ctx.now + limits.TERMS_LIFE_S)


@function(api.help.AcceptTermsOfService)
def accept_terms_of_service(ctx: Context, request: api.help.AcceptTermsOfService) -> bool:
    """No terms were offered, so no id of them is valid."""
    raise bad_request("DATA_JSON_INVALID")


@function(api.help.GetPromoData)
def get_promo_data(ctx: Context, request: api.help.GetPromoData) -> api.help.PromoDataEmpty:
    """Nothing is promoted and nothing suggested."""
    return api.help.PromoDataEmpty(expires=ctx.now + limits.PROMO_LIFE_S)


@function(api.help.DismissSuggestion)
def dismiss_suggestion(ctx: Context, request: api.help.DismissSuggestion) -> bool:
    """False: help.getPromoData made no suggestion that could be dismissed."""
    if not isinstance(request.peer, api.InputPeerEmpty):
        access_peer(ctx, request.peer)
    return False


@function(api.help.GetAppUpdate, anonymous=True)
def get_app_update(ctx: Context, request: api.help.GetAppUpdate) -> api.help.NoAppUpdate:
    """Clients come from elsewhere."""
    return api.help.NoAppUpdate()


@function(api.help.GetRecentMeUrls)
def get_recent_me_urls(ctx: Context, request: api.help.GetRecentMeUrls) -> api.help.RecentMeUrls:
    """No links to offer."""
    return api.help.RecentMeUrls(urls=[], chats=[], users=[])


@function(api.help.GetDeepLinkInfo, anonymous=True)
def get_deep_link_info(ctx: Context, request: api.help.GetDeepLinkInfo) -> api.help.DeepLinkInfoEmpty:
    """Nothing is known of a link that the client does not know itself."""
    return api.help.DeepLinkInfoEmpty()


@function(api.help.GetPremiumPromo)
def get_premium_promo(ctx: Context, request: api.help.GetPremiumPromo) -> api.help.PremiumPromo:
    """Premium is not sold here."""
    return api.help.PremiumPromo(
        status_text="This server does not sell Premium.",
        status_entities=[],
        video_sections=[],
        videos=[],
        period_options=[],
        users=[],
    )


@function(api.help.SaveAppLog, anonymous=True, flood=FloodLimit(60, 60))
def save_app_log(ctx: Context, request: api.help.SaveAppLog) -> bool:
    """Count a client's own events in our log: their types only, their data may be private."""
    types = [event.type[:_EVENT_TYPE_LENGTH] for event in request.events[:_APP_LOG_EVENTS]]
    logger.info("app log", user_id=ctx.origin.user_id, count=len(request.events), types=sorted(set(types)))
    return True
