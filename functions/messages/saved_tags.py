"""Tags of saved messages: https://core.telegram.org/api/saved-messages#tags."""

from __future__ import annotations

from functions.messages.reactions import list_hash
from layers.context import Context
from layers.domain.dialogs import tell_own_devices
from layers.domain.limits import SAVED_TAG_TITLE_LENGTH
from layers.domain.peers import access_peer
from layers.domain.reaction_summaries import reaction_of, reaction_text
from layers.domain.saved_tags import EVERYWHERE, name_tag, tags_in_use
from layers.errors import bad_request
from layers.registry import function
from tl import api


@function(api.messages.GetSavedReactionTags)
def get_saved_reaction_tags(
    ctx: Context, request: api.messages.GetSavedReactionTags
) -> api.messages.TypeSavedReactionTags:
    """The tags in use, of all saved messages or of those from one chat."""
    origin = EVERYWHERE if request.peer is None else access_peer(ctx, request.peer)
    rows = tags_in_use(ctx, ctx.user_id, origin)
    hash_ = list_hash([f"{row.reaction} {row.title or ''} {row.count}" for row in rows])
    if request.hash and request.hash == hash_:
        return api.messages.SavedReactionTagsNotModified()
    tags = [api.SavedReactionTag(reaction=reaction_of(row.reaction), title=row.title, count=row.count) for row in rows]
    return api.messages.SavedReactionTags(tags=list(tags), hash=hash_)


@function(api.messages.UpdateSavedReactionTag, writes=True)
def update_saved_reaction_tag(ctx: Context, request: api.messages.UpdateSavedReactionTag) -> bool:
    """Name a tag that is in use, or take its name away."""
    if not isinstance(request.reaction, api.ReactionEmoji | api.ReactionCustomEmoji):
        raise bad_request("REACTION_INVALID")
    title = (request.title or "").strip()[:SAVED_TAG_TITLE_LENGTH] or None
    if not name_tag(ctx, ctx.user_id, reaction_text(request.reaction), title):
        raise bad_request("REACTION_INVALID")
    tell_own_devices(ctx, api.UpdateSavedReactionTags())
    return True
