"""The block list.

https://core.telegram.org/api/block
"""

from __future__ import annotations

from layers.context import Context
from layers.domain import limits
from layers.domain.blocks import block, blocked_page, replace_blocked, unblock
from layers.domain.chats import peer_objects
from layers.domain.peers import access_peer, is_user, peer_of, require_user
from layers.errors import bad_request
from layers.registry import function
from tl import api


@function(api.contacts.Block, writes=True)
def block_peer(ctx: Context, request: api.contacts.Block) -> bool:
    """Keep a peer from writing to the caller, or only from seeing his stories."""
    peer_key = _access_other(ctx, request.id)
    if is_user(peer_key):
        require_user(ctx, peer_key, error="CONTACT_ID_INVALID")
    block(ctx, ctx.user_id, [peer_key], stories_only=request.my_stories_from)
    return True


@function(api.contacts.Unblock, writes=True)
def unblock_peer(ctx: Context, request: api.contacts.Unblock) -> bool:
    """Undo a block."""
    unblock(ctx, ctx.user_id, [_access_other(ctx, request.id)], stories_only=request.my_stories_from)
    return True


@function(api.contacts.SetBlocked, writes=True)
def set_blocked(ctx: Context, request: api.contacts.SetBlocked) -> bool:
    """Make a block list consist of exactly these peers."""
    if len(request.id) > limits.CONTACTS_AT_ONCE:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    peer_keys = [_access_other(ctx, peer) for peer in request.id]
    replace_blocked(ctx, ctx.user_id, peer_keys, stories_only=request.my_stories_from)
    return True


@function(api.contacts.GetBlocked)
def get_blocked(ctx: Context, request: api.contacts.GetBlocked) -> api.contacts.TypeBlocked:
    """A page of a block list, latest first."""
    if request.offset < 0:
        raise bad_request("OFFSET_INVALID")
    limit = min(max(request.limit, 1), limits.PEOPLE_PER_PAGE)
    count, rows = blocked_page(ctx, ctx.user_id, request.offset, limit, stories_only=request.my_stories_from)
    blocked = [api.PeerBlocked(peer_id=peer_of(row.peer_key), date=row.date) for row in rows]
    named = peer_objects(ctx, ctx.user_id, [row.peer_key for row in rows])
    if request.offset == 0 and len(rows) == count:
        return api.contacts.Blocked(blocked=blocked, chats=named.chats, users=named.users)
    return api.contacts.BlockedSlice(count=count, blocked=blocked, chats=named.chats, users=named.users)


def _access_other(ctx: Context, peer: api.TypeInputPeer) -> int:
    peer_key = access_peer(ctx, peer)
    if peer_key == ctx.user_id:
        raise bad_request("CONTACT_ID_INVALID")
    return peer_key
