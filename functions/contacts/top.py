"""Top peers: whom the caller writes to most.

https://core.telegram.org/api/top-rating
"""

from __future__ import annotations

from layers.context import Context
from layers.domain import limits
from layers.domain.chats import peer_objects
from layers.domain.peers import access_peer, peer_of
from layers.domain.top_peers import (
    Category,
    category_of,
    forget,
    is_enabled,
    list_top_peers,
    set_enabled,
    tl_category,
    top_peers_hash,
)
from layers.errors import bad_request
from layers.registry import function
from tl import api


@function(api.contacts.GetTopPeers)
def get_top_peers(ctx: Context, request: api.contacts.GetTopPeers) -> api.contacts.TypeTopPeers:
    """The highest rated peers of the categories asked for, or topPeersDisabled, or topPeersNotModified."""
    categories = [category for category in Category if getattr(request, category.value)]
    if not categories:
        raise bad_request("TYPES_EMPTY")
    if request.offset < 0:
        raise bad_request("OFFSET_INVALID")
    if not is_enabled(ctx, ctx.user_id):
        return api.contacts.TopPeersDisabled()
    limit = min(max(request.limit, 1), limits.PEOPLE_PER_PAGE)
    found = {category: list_top_peers(ctx, ctx.user_id, category, request.offset, limit) for category in categories}
    keys = [item.peer_key for _, items in found.values() for item in items]
    if request.hash and request.hash == top_peers_hash(keys):
        return api.contacts.TopPeersNotModified()
    named = peer_objects(ctx, ctx.user_id, keys)
    return api.contacts.TopPeers(
        categories=[
            api.TopPeerCategoryPeers(
                category=tl_category(category),
                count=count,
                peers=[api.TopPeer(peer=peer_of(item.peer_key), rating=item.rating) for item in items],
            )
            for category, (count, items) in found.items()
            if items
        ],
        chats=named.chats,
        users=named.users,
    )


@function(api.contacts.ResetTopPeerRating, writes=True)
def reset_top_peer_rating(ctx: Context, request: api.contacts.ResetTopPeerRating) -> bool:
    """Take a peer out of a category."""
    forget(ctx, ctx.user_id, category_of(request.category), access_peer(ctx, request.peer))
    return True


@function(api.contacts.ToggleTopPeers, writes=True)
def toggle_top_peers(ctx: Context, request: api.contacts.ToggleTopPeers) -> bool:
    """Count top peers, or stop counting and forget."""
    set_enabled(ctx, ctx.user_id, request.enabled)
    return True
