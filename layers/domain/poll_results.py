"""Polls as a viewer sees them: https://core.telegram.org/api/poll.

Until he has voted, or the poll is closed, a viewer learns only how many have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.schema import poll_votes, polls
from tl import api

VOTES_UNREAD: Final = 128
"""`layers.domain.messages.BoxFlag.VOTES_UNREAD`, which that module cannot lend to this one."""

_POLLS: Final = (
    sa.select(polls.c.poll_id, polls.c.creator_id, polls.c.poll, polls.c.results, poll_votes.c.position)
    .select_from(
        polls.outerjoin(
            poll_votes,
            sa.and_(poll_votes.c.poll_id == polls.c.poll_id, poll_votes.c.voter_key == sa.bindparam("viewer")),
        )
    )
    .where(polls.c.poll_id.in_(sa.bindparam("poll_ids", expanding=True)))
)


def add_polls(ctx: Context, viewer_id: int, media: Sequence[api.MessageMediaPoll]) -> None:
    """Bring the polls of messages up to date for a viewer; one statement."""
    found = read_polls(ctx, viewer_id, {item.poll.id for item in media})
    for item in media:
        if item.poll.id in found:
            item.poll, item.results = found[item.poll.id]


def read_polls(ctx: Context, viewer_id: int, poll_ids: Iterable[int]) -> dict[int, tuple[api.Poll, api.PollResults]]:
    """Polls and their results for a viewer, by id."""
    rows: dict[int, Any] = {}
    chosen: dict[int, set[int]] = defaultdict(set)
    for row in ctx.db.rows(_POLLS, {"viewer": viewer_id, "poll_ids": list(poll_ids)}):
        rows[row.poll_id] = row
        if row.position is not None:
            chosen[row.poll_id].add(row.position)
    found = {}
    for poll_id, row in rows.items():
        poll: Any = tl.decode(row.poll)
        results: Any = tl.decode(row.results)
        poll.answers = living(poll.answers)
        # 0: what is pushed to all members of a channel at once says nothing of anyone's own choice.
        poll.creator = row.creator_id == viewer_id
        visible = shown(poll, results, chosen[poll_id])
        visible.min = viewer_id == 0
        found[poll_id] = (poll, visible)
    return found


def living(answers: Sequence[Any]) -> list[Any]:
    """Answers (or their results) without those that were deleted, which have no option."""
    return [answer for answer in answers if answer.option]


def shown(poll: api.Poll, results: api.PollResults, chosen: set[int]) -> api.PollResults:
    """What of the results one may see who chose the answers at these positions."""
    may_see = poll.closed or (bool(chosen) and not poll.hide_results_until_close)
    visible = api.PollResults(total_voters=results.total_voters)
    if poll.public_voters:
        visible.recent_voters = results.recent_voters
    if may_see or chosen:
        visible.results = [
            api.PollAnswerVoters(
                chosen=position in chosen,
                correct=item.correct and may_see,
                option=item.option,
                voters=item.voters if may_see else None,
                recent_voters=[] if may_see else None,
            )
            for position, item in enumerate(results.results or ())
            if item.option
        ]
    if may_see:
        visible.solution_media = results.solution_media
    if may_see and results.solution is not None:
        visible.solution, visible.solution_entities = results.solution, results.solution_entities or []
    return visible
