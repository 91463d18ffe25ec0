"""Communities that an account belongs to."""

from __future__ import annotations

from layers.context import Context
from layers.registry import function
from tl import api


@function(api.communities.GetJoinedCommunities, partial="there are no communities on this server yet")
def get_joined_communities(ctx: Context, request: api.communities.GetJoinedCommunities) -> api.messages.TypeChats:
    """The caller's communities."""
    return api.messages.Chats(chats=[])
