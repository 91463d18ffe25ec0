"""The story feeds and profiles: empty until stories can be posted.

https://core.telegram.org/api/stories
"""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.peers import access_peer, peer_of
from layers.domain.users import user_objects
from layers.errors import bad_request
from layers.registry import function
from tl import api

_NONE_YET: Final = "no story can be posted on this server yet"
_STATE: Final = "none"
"""The state of a feed without stories: a client that holds it is told that nothing changed."""
_PEERS_AT_ONCE: Final = 100


@function(api.stories.GetAllStories, partial=_NONE_YET)
def get_all_stories(ctx: Context, request: api.stories.GetAllStories) -> api.stories.TypeAllStories:
    """The feed of the caller's contacts and channels."""
    stealth_mode = api.StoriesStealthMode()
    if request.state == _STATE and not request.next:
        return api.stories.AllStoriesNotModified(state=_STATE, stealth_mode=stealth_mode)
    return api.stories.AllStories(count=0, state=_STATE, peer_stories=[], chats=[], users=[], stealth_mode=stealth_mode)


@function(api.stories.GetPeerMaxIDs, partial=_NONE_YET)
def get_peer_max_ids(ctx: Context, request: api.stories.GetPeerMaxIDs) -> list[api.TypeRecentStory]:
    """The youngest story of each peer: none."""
    if len(request.id) > _PEERS_AT_ONCE:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    return [api.RecentStory() for _ in request.id]


@function(api.stories.GetPeerStories, partial=_NONE_YET)
def get_peer_stories(ctx: Context, request: api.stories.GetPeerStories) -> api.stories.PeerStories:
    """The active stories of a peer."""
    peer_key = access_peer(ctx, request.peer)
    return api.stories.PeerStories(
        stories=api.PeerStories(peer=peer_of(peer_key), stories=[]),
        chats=[],
        users=user_objects(ctx, ctx.user_id, [peer_key]),
    )


@function(
    api.stories.GetPinnedStories,
    api.stories.GetStoriesArchive,
    api.stories.GetStoriesByID,
    api.stories.GetAlbumStories,
    partial=_NONE_YET,
)
def get_stories(
    ctx: Context,
    request: api.stories.GetPinnedStories
    | api.stories.GetStoriesArchive
    | api.stories.GetStoriesByID
    | api.stories.GetAlbumStories,
) -> api.stories.Stories:
    """Stories of a profile, an archive, an album, or by id."""
    access_peer(ctx, request.peer)
    return api.stories.Stories(count=0, stories=[], chats=[], users=[])


@function(api.stories.GetAlbums, partial=_NONE_YET)
def get_albums(ctx: Context, request: api.stories.GetAlbums) -> api.stories.TypeAlbums:
    """The story albums of a peer."""
    access_peer(ctx, request.peer)
    return api.stories.Albums(hash=0, albums=[])


@function(api.stories.GetAllReadPeerStories, partial=_NONE_YET)
def get_all_read_peer_stories(ctx: Context, request: api.stories.GetAllReadPeerStories) -> api.TypeUpdates:
    """How far each peer's stories were read, as updateReadStories."""
    return api.Updates(updates=[], users=[], chats=[], date=ctx.now, seq=0)


@function(api.stories.GetChatsToSend, partial=_NONE_YET)
def get_chats_to_send(ctx: Context, request: api.stories.GetChatsToSend) -> api.messages.TypeChats:
    """Channels that the caller may post stories as."""
    return api.messages.Chats(chats=[])


@function(api.stories.CanSendStory, partial=_NONE_YET)
def can_send_story(ctx: Context, request: api.stories.CanSendStory) -> api.stories.CanSendStoryCount:
    """How many stories the caller may post now."""
    access_peer(ctx, request.peer)
    return api.stories.CanSendStoryCount(count_remains=0)
