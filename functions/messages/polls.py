"""Polls and quizzes: https://core.telegram.org/api/poll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import tl
from layers import unit_of_work
from layers.context import Context, Services
from layers.domain import outbox, poll_answers, polls
from layers.domain.boxes import Box, open_box
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_updates import answer_and_push_channel, push_channel_box
from layers.domain.chats import ChatKind, peer_objects
from layers.domain.holders import other_holders, tell_holders
from layers.domain.media import prepare_answer, store_poll_media
from layers.domain.messages import load_rows_by_content, peers_in
from layers.domain.own_unread import read_unread, unread_answer
from layers.domain.peers import is_channel, peer_of
from layers.domain.places import Place, access_place, place_message_objects, place_rows
from layers.domain.telling import change_and_say
from layers.domain.unread import VOTES
from layers.domain.updates import answer_and_push, poll_update
from layers.errors import bad_request, forbidden
from layers.registry import FloodLimit, function, job
from tl import api

_VOTERS_MAX: Final = 100
_DUE_MAX: Final = 200


def access_poll(ctx: Context, place: Place, message_id: int) -> tuple[Any, int]:
    """Gate: the row of a message of that place which is a poll, and the poll's id; 400 MESSAGE_ID_INVALID."""
    row = place_rows(ctx, place, [message_id]).get(message_id)
    if row is None:
        raise bad_request("MESSAGE_ID_INVALID")
    media = getattr(tl.decode(row.message), "media", None)
    if not isinstance(media, api.MessageMediaPoll):
        raise bad_request("MESSAGE_ID_INVALID")
    return row, media.poll.id


@function(api.messages.SendVote, writes=True, flood=FloodLimit(300, 60), partial="bots are not told who votes (qts)")
def send_vote(ctx: Context, request: api.messages.SendVote) -> api.TypeUpdates:
    """Vote in a poll, or with no options take the vote back; the author learns of votes for all to see."""
    place = access_place(ctx, request.peer)

    def work(_row: Any, poll_id: int) -> None:
        polls.vote(ctx, poll_id, request.options)

    return change_poll(ctx, place, request.msg_id, work, is_vote=bool(request.options))


def change_poll(
    ctx: Context, place: Place, message_id: int, change: Callable[[Any, int], None], *, is_vote: bool = False
) -> api.TypeUpdates:
    """Do something to the poll of a message, and tell everyone who has the message."""
    if place.channel is not None:
        if not place.channel.is_member:
            raise forbidden("CHAT_WRITE_FORBIDDEN")
        with open_channel_box(ctx, place.owner_id) as channel_box:
            row, poll_id = access_poll(ctx, place, message_id)
            change(row, poll_id)
            channel_box.poll_changed([row], voted=_voted(ctx, row, is_vote=is_vote))
            channel_box.show(ctx.user_id, [row])
        return answer_and_push_channel(ctx, channel_box)
    with open_box(ctx, ctx.user_id) as box:
        row, poll_id = access_poll(ctx, place, message_id)
        change(row, poll_id)
        box.poll_changed([row])
        tell_holders(ctx, row, outbox.Poll(row.content_id, has_new_votes=is_vote))
    return answer_and_push(ctx, box)


def _voted(ctx: Context, row: Any, *, is_vote: bool) -> set[int]:
    """The content with a new vote that its author has yet to see: one's own vote is no news."""
    return {row.content_id} if is_vote and row.sender_id != ctx.user_id else set()


@function(api.messages.GetPollResults)
def get_poll_results(ctx: Context, request: api.messages.GetPollResults) -> api.Updates:
    """The present results of a poll."""
    place = access_place(ctx, request.peer)
    row, _ = access_poll(ctx, place, request.msg_id)
    (message,) = place_message_objects(ctx, place, [row])
    update = poll_update(message, request.poll_hash)
    named = peer_objects(ctx, ctx.user_id, peers_in([message]))
    return api.Updates(
        updates=[] if update is None else [update],
        users=named.users,
        chats=named.chats,
        date=ctx.now,
        seq=0,
    )


@function(api.messages.GetPollVotes)
def get_poll_votes(ctx: Context, request: api.messages.GetPollVotes) -> api.messages.VotesList:
    """Who voted in a poll with public voters, of all answers or of one; for whoever has voted himself."""
    place = access_place(ctx, request.peer)
    row, poll_id = access_poll(ctx, place, request.id)
    media = place_message_objects(ctx, place, [row])[0].media
    is_broadcast = place.channel is not None and place.channel.kind is ChatKind.BROADCAST
    if not media.poll.public_voters or is_broadcast:
        raise forbidden("BROADCAST_FORBIDDEN")
    if media.results.results is None:
        raise forbidden("POLL_VOTE_REQUIRED")
    options = polls.options_of(ctx, poll_id)
    if request.option is not None and (not request.option or request.option not in options):
        raise bad_request("OPTION_INVALID")
    position = None if request.option is None else options.index(request.option)
    limit = min(request.limit, _VOTERS_MAX) if request.limit > 0 else _VOTERS_MAX
    found = polls.voters(ctx, poll_id, position, _offset(request.offset), limit + 1)
    page = found[:limit]
    named = peer_objects(ctx, ctx.user_id, {item.voter_key for item in page})
    counts = {item.option: item.voters for item in media.results.results}
    count = media.results.total_voters if request.option is None else counts[request.option]
    return api.messages.VotesList(
        count=count or 0,
        votes=_votes(ctx, poll_id, page, options, request.option),
        chats=named.chats,
        users=named.users,
        next_offset=f"{page[-1].date}_{page[-1].voter_key}" if len(found) > limit else None,
    )


def _votes(
    ctx: Context, poll_id: int, page: list[Any], options: list[bytes], asked: bytes | None
) -> list[api.TypeMessagePeerVote]:
    if asked is not None:
        return [api.MessagePeerVoteInputOption(peer=peer_of(item.voter_key), date=item.date) for item in page]
    chosen = polls.choices(ctx, poll_id, [item.voter_key for item in page])
    votes: list[api.TypeMessagePeerVote] = []
    for item in page:
        named = [options[position] for position in chosen[item.voter_key]]
        voter = peer_of(item.voter_key)
        if len(named) == 1:
            votes.append(api.MessagePeerVote(peer=voter, option=named[0], date=item.date))
        else:
            votes.append(api.MessagePeerVoteMultiple(peer=voter, options=named, date=item.date))
    return votes


def _offset(given: str | None) -> polls.Offset | None:
    if not given:
        return None
    try:
        date, voter = (int(part) for part in given.split("_"))
    except ValueError:
        raise bad_request("OFFSET_INVALID") from None
    return date, voter


@function(api.messages.GetUnreadPollVotes)
def get_unread_poll_votes(ctx: Context, request: api.messages.GetUnreadPollVotes) -> api.messages.TypeMessages:
    """The caller's own polls of a chat (or topic) with votes that he has not seen."""
    return unread_answer(ctx, request, VOTES)


@function(api.messages.ReadPollVotes, writes=True)
def read_poll_votes(ctx: Context, request: api.messages.ReadPollVotes) -> api.messages.AffectedHistory:
    """Mark votes in the caller's polls as seen, a batch a call: ``offset`` > 0 asks the client to call again."""
    return read_unread(ctx, request, VOTES)


@function(api.messages.AddPollAnswer, writes=True, flood=FloodLimit(300, 60), prepare=prepare_answer)
def add_poll_answer(ctx: Context, request: api.messages.AddPollAnswer) -> api.TypeUpdates:
    """Add an answer to a poll that lets people do so; a service message says so."""

    def work(box: Box, row: Any) -> tuple[Any, outbox.Operation]:
        poll_id = _own_poll(row)
        given: Any = request.answer
        if not isinstance(given, api.InputPollAnswer):
            raise bad_request("POLL_ANSWER_INVALID")
        answer = poll_answers.add_answer(ctx, poll_id, given, store_poll_media(ctx, given.media))
        box.poll_changed([row])
        return api.MessageActionPollAppendAnswer(answer=answer), outbox.Poll(row.content_id)

    return change_and_say(ctx, request.peer, request.msg_id, work)


@function(api.messages.DeletePollAnswer, writes=True, flood=FloodLimit(300, 60))
def delete_poll_answer(ctx: Context, request: api.messages.DeletePollAnswer) -> api.TypeUpdates:
    """Take an answer that was added away again; a service message says so."""

    def work(box: Box, row: Any) -> tuple[Any, outbox.Operation]:
        answer = poll_answers.delete_answer(ctx, _own_poll(row), request.option)
        box.poll_changed([row])
        return api.MessageActionPollDeleteAnswer(answer=answer), outbox.Poll(row.content_id)

    return change_and_say(ctx, request.peer, request.msg_id, work)


def _own_poll(row: Any) -> int:
    """The id of the poll of a message that is no forward; 400 MESSAGE_ID_INVALID."""
    message: Any = tl.decode(row.message)
    media = getattr(message, "media", None)
    if not isinstance(media, api.MessageMediaPoll) or message.fwd_from is not None:
        raise bad_request("MESSAGE_ID_INVALID")
    return media.poll.id


@job(every_s=1, due=polls.NEXT)
def close_due_polls(services: Services) -> int:
    """Close polls whose time is over; everyone who has the message is told."""
    rows, _ = unit_of_work.run(services, lambda ctx: polls.due(ctx, _DUE_MAX), writes=False)
    for row in rows:
        unit_of_work.run(services, lambda ctx, row=row: _close(ctx, row), writes=True)  # type: ignore[misc]
    return len(rows)


def _close(ctx: Context, poll: Any) -> None:
    if not polls.close(ctx, poll.poll_id):
        return
    if is_channel(poll.place_key):
        with open_channel_box(ctx, poll.place_key) as box:
            box.poll_changed(load_rows_by_content(ctx, poll.place_key, [poll.content_id]))
        push_channel_box(ctx, box)
        return
    closed = outbox.Poll(poll.content_id)
    for own in load_rows_by_content(ctx, poll.place_key, [poll.content_id]):
        outbox.post_each(ctx, [poll.place_key, *other_holders(ctx, poll.place_key, own.peer_key)], closed)
