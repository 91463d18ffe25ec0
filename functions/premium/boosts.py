"""Boosts of channels.

https://core.telegram.org/api/boost
"""

from __future__ import annotations

from layers.context import Context
from layers.registry import function
from tl import api


@function(api.premium.GetMyBoosts, partial="there is no Premium on this server, whose accounts have boosts to give")
def get_my_boosts(ctx: Context, request: api.premium.GetMyBoosts) -> api.premium.MyBoosts:
    """The caller's boosts and where he spent them."""
    return api.premium.MyBoosts(my_boosts=[], chats=[], users=[])
