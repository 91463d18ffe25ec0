"""Reactions as a viewer sees them: https://core.telegram.org/constructor/messageReactions.

The counts and the latest reactors of a message are kept as one object (`content_reactions`); the viewer's own choice
and what only the author may see are put in here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.peers import peer_of
from layers.schema import content_reactions, reactions
from tl import api

REACTIONS_UNREAD: Final = 64
"""`layers.domain.messages.BoxFlag.REACTIONS_UNREAD`, which that module cannot lend to this one."""

_CUSTOM: Final = "id:"

_SUMMARIES: Final = (
    sa.select(content_reactions.c.content_id, content_reactions.c.summary, reactions.c.reaction, reactions.c.position)
    .select_from(
        content_reactions.outerjoin(
            reactions,
            sa.and_(
                reactions.c.content_id == content_reactions.c.content_id,
                reactions.c.reactor_key == sa.bindparam("viewer"),
            ),
        )
    )
    .where(content_reactions.c.content_id.in_(sa.bindparam("content_ids", expanding=True)))
)


def reaction_text(reaction: Any) -> str:
    """A reaction as a key in the database: the emoji, or ``id:`` and the document of a custom one."""
    if isinstance(reaction, api.ReactionCustomEmoji):
        return f"{_CUSTOM}{reaction.document_id}"
    return str(reaction.emoticon)


def reaction_of(text: str) -> api.TypeReaction:
    """Inverse of `reaction_text`."""
    if text.startswith(_CUSTOM):
        return api.ReactionCustomEmoji(document_id=int(text.removeprefix(_CUSTOM)))
    return api.ReactionEmoji(emoticon=text)


def read_summaries(ctx: Context, viewer_id: int, content_ids: Sequence[int]) -> dict[int, api.MessageReactions]:
    """Counts with the viewer's choice and the latest reactors, by content; one statement."""
    summaries: dict[int, bytes] = {}
    chosen: dict[int, dict[str, int]] = defaultdict(dict)
    for row in ctx.db.rows(_SUMMARIES, {"viewer": viewer_id, "content_ids": list(content_ids)}):
        summaries[row.content_id] = row.summary
        if row.reaction is not None:
            chosen[row.content_id][row.reaction] = row.position
    viewer = peer_of(viewer_id) if viewer_id else None
    found: dict[int, api.MessageReactions] = {}
    for content_id, encoded in summaries.items():
        summary: Any = tl.decode(encoded)
        for count in summary.results:
            count.chosen_order = chosen[content_id].get(reaction_text(count.reaction))
        for recent in summary.recent_reactions or ():
            recent.my = recent.peer_id == viewer
        found[content_id] = summary
    return found


def add_reactions(ctx: Context, viewer_id: int, pairs: Sequence[tuple[Any, Any]]) -> None:
    """Put reactions into the messages of (row, message) pairs."""
    found = read_summaries(ctx, viewer_id, [row.content_id for row, _ in pairs])
    for row, message in pairs:
        summary = found.get(row.content_id)
        if isinstance(message, api.Message):
            # As on Telegram: clients that take each reaction for an edit know it by this.
            message.edit_hide = message.edit_hide or row.edit_date is None
        message.reactions = None if summary is None or not summary.results else for_box(summary, row, viewer_id)
        if message.reactions is not None and getattr(message, "post", False):
            # Who reads a broadcast channel stays unknown.
            message.reactions.can_see_list = False
            message.reactions.recent_reactions = None


def for_box(summary: api.MessageReactions, row: Any, viewer_id: int) -> api.MessageReactions:
    """A viewer's summary as the entry of a box shows it."""
    # 0: what is pushed to all members of a channel at once says nothing of anyone's own choice.
    summary.min = viewer_id == 0
    if row.peer_key == viewer_id:
        summary.reactions_as_tags = True
        summary.can_see_list = False
        summary.recent_reactions = None
        return summary
    # Unread marks are the author's, until he has looked.
    unread = row.sender_id == viewer_id and bool(row.flags & REACTIONS_UNREAD)
    for recent in summary.recent_reactions or ():
        recent.unread = recent.unread and unread
    return summary
