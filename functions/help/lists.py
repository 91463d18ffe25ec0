"""Lists of the world and of colours, each with a hash: https://core.telegram.org/api/config."""

from __future__ import annotations

from layers.context import Context
from layers.domain.countries import countries_list
from layers.domain.peer_colors import accent_colors, profile_colors
from layers.domain.timezones import timezones_list
from layers.registry import function
from tl import api


@function(api.help.GetCountriesList, anonymous=True)
def get_countries_list(ctx: Context, request: api.help.GetCountriesList) -> api.help.TypeCountriesList:
    """Countries with calling codes, named in the client's language."""
    countries = countries_list(request.lang_code)
    return api.help.CountriesListNotModified() if request.hash == countries.hash else countries


@function(api.help.GetTimezonesList, anonymous=True)
def get_timezones_list(ctx: Context, request: api.help.GetTimezonesList) -> api.help.TypeTimezonesList:
    """Time zones with their offset now."""
    zones = timezones_list(ctx.now)
    return api.help.TimezonesListNotModified() if request.hash == zones.hash else zones


@function(api.help.GetPeerColors, anonymous=True)
def get_peer_colors(ctx: Context, request: api.help.GetPeerColors) -> api.help.TypePeerColors:
    """Colours for names and replies."""
    colors = accent_colors()
    return api.help.PeerColorsNotModified() if request.hash == colors.hash else colors


@function(api.help.GetPeerProfileColors, anonymous=True)
def get_peer_profile_colors(ctx: Context, request: api.help.GetPeerProfileColors) -> api.help.TypePeerColors:
    """Colours for profiles."""
    colors = profile_colors()
    return api.help.PeerColorsNotModified() if request.hash == colors.hash else colors
