"""Peer-to-peer SMS sign-in: nobody is asked to send codes for this server.

https://core.telegram.org/api/smsjobs
"""

from __future__ import annotations

from layers.context import Context
from layers.errors import bad_request, forbidden
from layers.registry import function
from tl import api


@function(api.smsjobs.IsEligibleToJoin)
def is_eligible_to_join(ctx: Context, request: api.smsjobs.IsEligibleToJoin) -> api.smsjobs.TypeEligibilityToJoin:
    """403 NOT_ELIGIBLE: the programme does not exist here."""
    raise forbidden("NOT_ELIGIBLE")


@function(api.smsjobs.GetStatus)
def get_status(ctx: Context, request: api.smsjobs.GetStatus) -> api.smsjobs.TypeStatus:
    """400 NOT_JOINED: nobody takes part."""
    raise bad_request("NOT_JOINED")
