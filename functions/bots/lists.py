"""Lists of bots.

https://core.telegram.org/api/bots
"""

from __future__ import annotations

from layers.context import Context
from layers.domain.peers import access_user, require_user
from layers.errors import bad_request
from layers.registry import function
from tl import api


@function(api.bots.GetPopularAppBots, partial="no bot of this server has an app yet")
def get_popular_app_bots(ctx: Context, request: api.bots.GetPopularAppBots) -> api.bots.PopularAppBots:
    """Bots whose apps are used most."""
    return api.bots.PopularAppBots(users=[])


@function(api.bots.GetAdminedBots, partial="bots cannot be made on this server yet")
def get_admined_bots(ctx: Context, request: api.bots.GetAdminedBots) -> list[api.TypeUser]:
    """The caller's bots."""
    return []


@function(api.bots.GetBotRecommendations, partial="nothing is recommended")
def get_bot_recommendations(ctx: Context, request: api.bots.GetBotRecommendations) -> api.users.TypeUsers:
    """Bots like this one."""
    user_id = access_user(ctx, request.bot, error="BOT_INVALID")
    if not require_user(ctx, user_id, error="BOT_INVALID").bot:
        raise bad_request("BOT_INVALID")
    return api.users.Users(users=[])
