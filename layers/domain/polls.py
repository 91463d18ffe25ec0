"""Polls and quizzes: https://core.telegram.org/api/poll.

A poll is shared by the message it was sent with and its forwards. Each vote locks it, so its results are kept with it
and never counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

import tl
from layers import agenda
from layers.context import Context
from layers.domain import limits
from layers.domain.peers import peer_of
from layers.domain.text import normalise
from layers.errors import bad_request
from layers.schema import poll_votes, polls
from tl import api

Offset: TypeAlias = tuple[int, int]
"""Where a list of votes goes on: date and voter of the last one before."""

_QUESTION_LENGTH: Final = 255
_ANSWER_LENGTH: Final = 100
_OPTION_LENGTH: Final = 100
_SOLUTION_LENGTH: Final = 200
_SOLUTION_LINES: Final = 2
_ANSWERS_MIN: Final = 2
_RECENT_VOTERS: Final = 3

_LOCK: Final = sa.select(polls).where(polls.c.poll_id == sa.bindparam("poll_id")).with_for_update()


# Making one


Store: TypeAlias = Callable[[Context, Any], Any]
"""What an InputMedia (or None) is stored as: `layers.domain.media.store_poll_media`."""


def new_poll(ctx: Context, media: api.InputMediaPoll, store: Store) -> api.MessageMediaPoll:
    """The stored form of a poll to be sent; `keep_poll` keeps it with the content it is sent as.

    Raises:
        RpcError: POLL_QUESTION_INVALID, POLL_ANSWERS_INVALID, POLL_ANSWER_INVALID, POLL_OPTION_INVALID,
            POLL_OPTION_DUPLICATE, QUIZ_*, MESSAGE_POLL_CLOSED, MEDIA_INVALID; as ``store``.
    """
    given = media.poll
    if given.closed:
        raise bad_request("MESSAGE_POLL_CLOSED")
    if (given.open_answers and given.quiz) or given.subscribers_only or given.countries_iso2:
        raise bad_request("POLL_UNSUPPORTED")
    answers = _answers(ctx, given.answers, store)
    correct = _correct(media, given, len(answers))
    close_period, close_date = _closing(ctx, given)
    poll = api.Poll(
        id=ctx.random_id(),
        public_voters=given.public_voters,
        multiple_choice=given.multiple_choice,
        quiz=given.quiz,
        open_answers=given.open_answers,
        revoting_disabled=given.revoting_disabled,
        shuffle_answers=given.shuffle_answers,
        hide_results_until_close=given.hide_results_until_close,
        question=_text(ctx, given.question, _QUESTION_LENGTH, "POLL_QUESTION_INVALID"),
        answers=list(answers),
        close_period=close_period,
        close_date=close_date,
        hash=0,
    )
    results = api.PollResults(
        results=[
            api.PollAnswerVoters(option=answer.option, voters=0, recent_voters=[], correct=index in correct)
            for index, answer in enumerate(answers)
        ],
        total_voters=0,
    )
    if media.solution_media is not None and not given.quiz:
        raise bad_request("MEDIA_INVALID")
    if given.quiz and media.solution:
        results.solution, results.solution_entities = _solution(ctx, media)
    results.solution_media = store(ctx, media.solution_media)
    _set_hash(poll)
    return api.MessageMediaPoll(poll=poll, results=results, attached_media=store(ctx, media.attached_media))


def anew(ctx: Context, media: Any) -> Any:
    """Stored media that are sent again: a poll becomes another one, with votes of its own."""
    if isinstance(media, api.MessageMediaPoll):
        poll: Any = media.poll
        poll.id = ctx.random_id()
        _set_hash(poll)
    return media


def _text(ctx: Context, given: api.TextWithEntities, limit: int, error: str) -> api.TextWithEntities:
    if not given.text.strip():
        raise bad_request(error)
    text, entities = normalise(ctx, given.text, given.entities, limit=limit, too_long=error)
    return api.TextWithEntities(text=text, entities=entities or [])


def _answers(ctx: Context, given: Sequence[Any], store: Store) -> list[api.PollAnswer]:
    if not _ANSWERS_MIN <= len(given) <= limits.POLL_ANSWERS:
        raise bad_request("POLL_ANSWERS_INVALID")
    answers = []
    for index, answer in enumerate(given):
        option = answer.option if isinstance(answer, api.PollAnswer) else b"%d" % index
        if not 0 < len(option) <= _OPTION_LENGTH:
            raise bad_request("POLL_OPTION_INVALID")
        shown = store(ctx, answer.media) if isinstance(answer, api.InputPollAnswer) else None
        answers.append(api.PollAnswer(text=answer_text(ctx, answer.text), option=option, media=shown))
    if len({answer.option for answer in answers}) != len(answers):
        raise bad_request("POLL_OPTION_DUPLICATE")
    return answers


def answer_text(ctx: Context, given: api.TextWithEntities) -> api.TextWithEntities:
    """The text of an answer; 400 POLL_ANSWER_INVALID."""
    return _text(ctx, given, _ANSWER_LENGTH, "POLL_ANSWER_INVALID")


def _correct(media: api.InputMediaPoll, poll: api.Poll, count: int) -> set[int]:
    given = media.correct_answers or []
    if not poll.quiz:
        if given:
            raise bad_request("QUIZ_CORRECT_ANSWER_INVALID")
        return set()
    if poll.multiple_choice:
        raise bad_request("QUIZ_MULTIPLE_INVALID")
    if not given:
        raise bad_request("QUIZ_CORRECT_ANSWERS_EMPTY")
    if len(given) > 1:
        raise bad_request("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    if not 0 <= given[0] < count:
        raise bad_request("QUIZ_CORRECT_ANSWER_INVALID")
    return set(given)


def _solution(ctx: Context, media: api.InputMediaPoll) -> tuple[str, list[Any]]:
    error = "MESSAGE_TOO_LONG"
    text, entities = normalise(
        ctx, media.solution or "", media.solution_entities, limit=_SOLUTION_LENGTH, too_long=error
    )
    if text.count("\n") > _SOLUTION_LINES:
        raise bad_request(error)
    return text, entities or []


def _closing(ctx: Context, poll: api.Poll) -> tuple[int | None, int | None]:
    """``close_period`` and the moment it ends, which a client may give instead."""
    at_least, at_most = limits.POLL_CLOSE_PERIOD_S
    period = poll.close_period
    if period is None and poll.close_date is not None:
        if not at_least <= poll.close_date - ctx.now <= at_most:
            raise bad_request("POLL_UNSUPPORTED")
        return None, poll.close_date
    if period is None:
        return None, None
    if not at_least <= period <= at_most:
        raise bad_request("POLL_UNSUPPORTED")
    return period, ctx.now + period


def _set_hash(poll: Any) -> None:
    """What clients know a state of the poll by."""
    poll.hash = 0
    poll.hash = int.from_bytes(hashlib.sha256(tl.encode(poll)).digest()[:8], "little", signed=True) or 1


def keep_poll(ctx: Context, content_id: int, message: Any, place_key: int) -> None:
    """Keep the poll that a new content holds, unless it is one that is kept already: a forward.

    The message itself is left without results, which tell the right answer.
    """
    media = message.media
    if media.poll.close_period is not None:
        # A poll that was scheduled is open for as long as one that is sent at once.
        media.poll.close_date = ctx.now + media.poll.close_period
        _set_hash(media.poll)
    results, media.results = media.results, api.PollResults(total_voters=0)
    if ctx.db.scalar(sa.select(polls.c.poll_id).where(polls.c.poll_id == media.poll.id)) is not None:
        return
    ctx.db.execute(
        sa.insert(polls),
        {
            "poll_id": media.poll.id,
            "creator_id": ctx.user_id,
            "place_key": place_key,
            "content_id": content_id,
            "close_date": media.poll.close_date,
            "poll": tl.encode(media.poll),
            "results": tl.encode(results),
        },
    )
    if media.poll.close_date:
        agenda.enter(ctx, media.poll.close_date)


# Voting


def vote(ctx: Context, poll_id: int, options: Sequence[bytes]) -> None:
    """Vote, or with no options take the vote back.

    Raises:
        RpcError: MESSAGE_POLL_CLOSED, OPTION_INVALID, OPTIONS_TOO_MUCH, REVOTE_NOT_ALLOWED, MESSAGE_NOT_MODIFIED.
    """
    _, poll, results = lock_open_poll(ctx, poll_id)
    known = [answer.option for answer in poll.answers]
    if not set(options) <= set(filter(None, known)):
        raise bad_request("OPTION_INVALID")
    wanted = {known.index(option) for option in options}
    if len(wanted) > 1 and not poll.multiple_choice:
        raise bad_request("OPTIONS_TOO_MUCH")
    mine = [poll_votes.c.poll_id == poll_id, poll_votes.c.voter_key == ctx.user_id]
    before = set(ctx.db.scalars(sa.select(poll_votes.c.position).where(*mine)))
    if before and (poll.quiz or poll.revoting_disabled):
        raise bad_request("REVOTE_NOT_ALLOWED")
    if before == wanted:
        raise bad_request("MESSAGE_NOT_MODIFIED")
    if before:
        ctx.db.execute(sa.delete(poll_votes).where(*mine))
    if wanted:
        values = [
            {"poll_id": poll_id, "voter_key": ctx.user_id, "position": position, "date": ctx.now}
            for position in sorted(wanted)
        ]
        ctx.db.execute(sa.insert(poll_votes), values)
    for position, item in enumerate(results.results):
        item.voters += (position in wanted) - (position in before)
    results.total_voters += bool(wanted) - bool(before)
    if poll.public_voters:
        results.recent_voters = recent_voters(ctx, poll_id) or None
    ctx.db.execute(sa.update(polls).where(polls.c.poll_id == poll_id).values(results=tl.encode(results)))


def lock_open_poll(ctx: Context, poll_id: int) -> tuple[Any, Any, Any]:
    """The row, the poll and its results, locked; 400 MESSAGE_POLL_CLOSED."""
    row = _locked(ctx, poll_id)
    poll: Any = tl.decode(row.poll)
    if poll.closed or _is_over(ctx, poll):
        raise bad_request("MESSAGE_POLL_CLOSED")
    return row, poll, tl.decode(row.results)


def save_poll(ctx: Context, row: Any, poll: Any, results: Any) -> None:
    """Keep what has become of a poll, which clients then know by another hash."""
    _set_hash(poll)
    values = {"poll": tl.encode(poll), "results": tl.encode(results)}
    ctx.db.execute(sa.update(polls).where(polls.c.poll_id == row.poll_id).values(**values))


def options_of(ctx: Context, poll_id: int) -> list[bytes]:
    """The options of a poll by their places; b"" where an answer was deleted."""
    poll: Any = tl.decode(ctx.db.scalar(sa.select(polls.c.poll).where(polls.c.poll_id == poll_id)))
    return [answer.option for answer in poll.answers]


def _locked(ctx: Context, poll_id: int) -> Any:
    row = ctx.db.first(_LOCK, {"poll_id": poll_id})
    if row is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return row


def _is_over(ctx: Context, poll: api.Poll) -> bool:
    return poll.close_date is not None and poll.close_date <= ctx.now


def recent_voters(ctx: Context, poll_id: int) -> list[api.TypePeer]:
    """Who voted last, as the results show it."""
    # Whoever chose several answers has as many rows, all of one date.
    rows = ctx.db.scalars(
        sa.select(poll_votes.c.voter_key)
        .where(poll_votes.c.poll_id == poll_id)
        .order_by(poll_votes.c.date.desc(), poll_votes.c.voter_key)
        .limit(_RECENT_VOTERS * limits.POLL_ANSWERS)
    )
    return [peer_of(key) for key in list(dict.fromkeys(rows))[:_RECENT_VOTERS]]


def close(ctx: Context, poll_id: int) -> bool:
    """Close a poll; False when it is closed already."""
    row = _locked(ctx, poll_id)
    poll: Any = tl.decode(row.poll)
    if poll.closed:
        return False
    poll.closed = True
    _set_hash(poll)
    values = {"poll": tl.encode(poll), "close_date": None}
    ctx.db.execute(sa.update(polls).where(polls.c.poll_id == poll_id).values(**values))
    return True


NEXT: Final = sa.select(sa.func.min(polls.c.close_date))
"""When the next poll is to be closed."""


def due(ctx: Context, limit: int) -> Sequence[Any]:
    """Rows (poll_id, place_key, content_id) of polls whose time is over."""
    return ctx.db.rows(
        sa.select(polls.c.poll_id, polls.c.place_key, polls.c.content_id)
        .where(polls.c.close_date <= ctx.now)
        .order_by(polls.c.close_date)
        .limit(limit)
    )


# Who voted


def voters(ctx: Context, poll_id: int, position: int | None, offset: Offset | None, limit: int) -> list[Any]:
    """Rows (voter_key, date) of voters, of those who chose one answer or of all, the latest first."""
    statement = sa.select(poll_votes.c.voter_key, poll_votes.c.date).where(poll_votes.c.poll_id == poll_id)
    if position is not None:
        statement = statement.where(poll_votes.c.position == position)
    date, voter = poll_votes.c.date, poll_votes.c.voter_key
    if offset is not None:
        statement = statement.where(date <= offset[0], sa.or_(date < offset[0], voter > offset[1]))
    statement = statement.group_by(date, voter).order_by(date.desc(), voter)
    return list(ctx.db.rows(statement.limit(limit)))


def choices(ctx: Context, poll_id: int, voter_keys: Sequence[int]) -> dict[int, list[int]]:
    """The positions that each of these voters chose."""
    rows = ctx.db.rows(
        sa.select(poll_votes.c.voter_key, poll_votes.c.position)
        .where(poll_votes.c.poll_id == poll_id, poll_votes.c.voter_key.in_(voter_keys))
        .order_by(poll_votes.c.position)
    )
    found: dict[int, list[int]] = {key: [] for key in voter_keys}
    for row in rows:
        found[row.voter_key].append(row.position)
    return found
