"""What a client needs before anything else: https://core.telegram.org/api/config."""

from __future__ import annotations

from layers.context import Context
from layers.domain import langpacks
from layers.domain.account_settings import Setting, read_settings
from layers.domain.app_config import app_config
from layers.domain.countries import is_region
from layers.domain.fact_checks import is_fact_checker
from layers.domain.reactions import available
from layers.domain.server_config import server_config
from layers.registry import function
from tl import api


@function(api.help.GetConfig, anonymous=True)
def get_config(ctx: Context, request: api.help.GetConfig) -> api.Config:
    """Addresses and limits; names the client's system language when its pack is here."""
    config = server_config(ctx.settings, ctx.now)
    origin = ctx.origin
    pack = langpacks.find(ctx.settings, origin.lang_pack, origin.system_lang_code.lower())
    if pack is not None and pack.strings:
        config.suggested_lang_code = pack.lang_code
        config.lang_pack_version = pack.version
        config.base_lang_pack_version = 0
    if origin.user_id is not None:
        chosen = read_settings(ctx, origin.user_id, Setting.DEFAULT_REACTION).get(Setting.DEFAULT_REACTION)
        config.reactions_default = chosen or api.ReactionEmoji(emoticon=available(ctx)[0])
    return config


@function(api.help.GetAppConfig, anonymous=True)
def get_app_config(ctx: Context, request: api.help.GetAppConfig) -> api.help.TypeAppConfig:
    """Client limits and switches as JSON, or that nothing changed."""
    config = app_config(is_fact_checker=is_fact_checker(ctx, ctx.origin.user_id))
    return api.help.AppConfigNotModified() if request.hash == config.hash else config


@function(api.help.GetNearestDc, anonymous=True)
def get_nearest_dc(ctx: Context, request: api.help.GetNearestDc) -> api.NearestDc:
    """This server is the nearest. The country is that of the client's system language: no address data base is here."""
    dc_id = ctx.settings.dc_id
    region = ctx.origin.system_lang_code.replace("_", "-").partition("-")[2].upper()
    return api.NearestDc(country=region if is_region(region) else "", this_dc=dc_id, nearest_dc=dc_id)


@function(api.help.GetCdnConfig, anonymous=True)
def get_cdn_config(ctx: Context, request: api.help.GetCdnConfig) -> api.CdnConfig:
    """No CDN data centres."""
    return api.CdnConfig(public_keys=[])
