"""Answers that are added to a poll while people vote: https://core.telegram.org/api/poll#open-answer-polls.

A vote names an answer by its place in the poll, so an answer that is deleted leaves its place: there stands one without
an option, which nobody is shown.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.peers import peer_of
from layers.domain.poll_results import living
from layers.domain.polls import answer_text, lock_open_poll, recent_voters, save_poll
from layers.errors import bad_request, forbidden
from layers.schema import poll_votes
from tl import api

_PLACES: Final = 100
"""Answers that a poll may have had in its life."""
_VOTES: Final = 1_000
"""An answer that more people chose stays."""


def add_answer(ctx: Context, poll_id: int, given: Any, media: Any = None) -> api.PollAnswer:
    """Add an answer by the caller to a poll that is open for them; the answer as it is shown.

    Raises:
        RpcError: MESSAGE_POLL_CLOSED, POLL_UNSUPPORTED for a poll that takes none, POLL_ANSWERS_INVALID for one more
            than a poll may have, POLL_ANSWER_INVALID.
    """
    row, poll, results = lock_open_poll(ctx, poll_id)
    if not poll.open_answers:
        raise bad_request("POLL_UNSUPPORTED")
    if len(living(poll.answers)) >= limits.POLL_ANSWERS or len(poll.answers) >= _PLACES:
        raise bad_request("POLL_ANSWERS_INVALID")
    known = {answer.option for answer in poll.answers}
    option = b"%d" % len(poll.answers)
    while option in known:
        option += b"+"
    answer = api.PollAnswer(
        text=answer_text(ctx, given.text), option=option, media=media, added_by=peer_of(ctx.user_id), date=ctx.now
    )
    poll.answers = [*poll.answers, answer]
    results.results = [*results.results, api.PollAnswerVoters(option=option, voters=0, recent_voters=[])]
    save_poll(ctx, row, poll, results)
    return answer


def delete_answer(ctx: Context, poll_id: int, option: bytes) -> api.PollAnswer:
    """Take an answer that somebody added away, with the votes for it: as who added it or as the poll's creator.

    Raises:
        RpcError: MESSAGE_POLL_CLOSED, OPTION_INVALID for any other answer and for one that very many chose, 403
            MESSAGE_AUTHOR_REQUIRED.
    """
    row, poll, results = lock_open_poll(ctx, poll_id)
    places = {answer.option: place for place, answer in enumerate(poll.answers) if answer.option}
    place = places.get(option)
    answer: Any = None if place is None else poll.answers[place]
    if place is None or answer.added_by is None or (results.results[place].voters or 0) > _VOTES:
        raise bad_request("OPTION_INVALID")
    if ctx.user_id != row.creator_id and answer.added_by != peer_of(ctx.user_id):
        raise forbidden("MESSAGE_AUTHOR_REQUIRED")
    results.total_voters -= _only_voters(ctx, poll_id, place)
    ctx.db.execute(sa.delete(poll_votes).where(poll_votes.c.poll_id == poll_id, poll_votes.c.position == place))
    poll.answers[place] = api.PollAnswer(text=api.TextWithEntities(text="", entities=[]), option=b"")
    results.results[place] = api.PollAnswerVoters(option=b"", voters=0, recent_voters=[])
    if poll.public_voters:
        results.recent_voters = recent_voters(ctx, poll_id) or None
    save_poll(ctx, row, poll, results)
    return answer  # type: ignore[no-any-return]


def _only_voters(ctx: Context, poll_id: int, place: int) -> int:
    """How many chose this answer and no other."""
    other = poll_votes.alias()
    chose_another = sa.exists().where(
        other.c.poll_id == poll_id, other.c.voter_key == poll_votes.c.voter_key, other.c.position != place
    )
    counted = sa.select(sa.func.count()).where(
        poll_votes.c.poll_id == poll_id, poll_votes.c.position == place, ~chose_another
    )
    return int(ctx.db.scalar(counted))
