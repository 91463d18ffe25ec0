"""Tones in which a client may have a text rewritten."""

from __future__ import annotations

from layers.context import Context
from layers.registry import function
from tl import api


@function(api.aicompose.GetTones, partial="texts are not rewritten on this server")
def get_tones(ctx: Context, request: api.aicompose.GetTones) -> api.aicompose.TypeTones:
    """The tones on offer. An empty list has the hash 0, under which clients ask when they hold nothing."""
    return api.aicompose.Tones(hash=0, tones=[], users=[])
