"""What is shown with a message but kept beside it: reactions and the results of polls.

A row says in ``extras`` whether there is anything, so a page of plain messages costs no statement more, and any other
page one for each kind.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.domain.peers import is_channel
from layers.domain.poll_results import VOTES_UNREAD, add_polls
from layers.domain.reaction_summaries import add_reactions
from layers.domain.viewer_media import for_viewer
from layers.domain.web_pages import add_pages
from layers.schema import content_reactions, contents, polls, reactions
from tl import api


class Extra(enum.IntFlag):
    """What there is beside a content; stored. ``REACTIONS`` stays when the last reaction is taken back."""

    REACTIONS = 1
    POLL = 2
    WEB_PAGE = 4


def extras_of(message: Any) -> int:
    """The extras of a stored message that is new."""
    media = getattr(message, "media", None)
    if isinstance(media, api.MessageMediaWebPage):
        return int(Extra.WEB_PAGE)
    return int(Extra.POLL) if isinstance(media, api.MessageMediaPoll) else 0


def add_extras(ctx: Context, viewer_id: int, pairs: Sequence[tuple[Any, Any]]) -> None:
    """Put reactions and poll results, as the viewer sees them, into the messages of (row, message) pairs."""
    rich = [pair for pair in pairs if pair[0].extras]
    if not rich:
        return
    with_reactions = [pair for pair in rich if pair[0].extras & Extra.REACTIONS]
    if with_reactions:
        add_reactions(ctx, viewer_id, with_reactions)
    with_polls = [pair for pair in rich if isinstance(pair[1].media, api.MessageMediaPoll)]
    if with_polls:
        add_polls(ctx, viewer_id, [message.media for _, message in with_polls])
    for row, message in with_polls:
        # What stands in the poll now was not in the message when its files were signed.
        for_viewer(ctx, row.peer_key if is_channel(row.peer_key) else viewer_id, message.media)
        message.media.results.has_unread_votes = bool(row.flags & VOTES_UNREAD) and row.sender_id == viewer_id
    with_pages = [
        # Files of a channel's messages carry references that are bound to the channel.
        (row.peer_key if is_channel(row.peer_key) else viewer_id, message)
        for row, message in rich
        if row.extras & Extra.WEB_PAGE and isinstance(message.media, api.MessageMediaWebPage)
    ]
    if with_pages:
        add_pages(ctx, with_pages)


def drop_extras(ctx: Context, content_ids: Sequence[int]) -> None:
    """Forget what stood beside those of the contents that no box holds any more."""
    rich = ctx.db.rows(
        sa.select(contents.c.content_id, contents.c.extras).where(
            contents.c.content_id.in_(content_ids), contents.c.extras != 0, contents.c.holders <= 0
        )
    )
    reacted = [row.content_id for row in rich if row.extras & Extra.REACTIONS]
    if reacted:
        for table in (reactions, content_reactions):
            ctx.db.execute(sa.delete(table).where(table.c.content_id.in_(reacted)))
    asked = [row.content_id for row in rich if row.extras & Extra.POLL]
    if asked:
        # Copies of a poll go on showing its results; nobody is left to close it by a timer.
        ctx.db.execute(sa.update(polls).where(polls.c.content_id.in_(asked)).values(close_date=None))
