"""Polls and quizzes: https://core.telegram.org/api/poll."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from functions.messages.polls import close_due_polls
from layers.errors import RpcError
from tests.harness import Client
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import after, history, last_id, statements, write
from tl import api

_RANDOM_IDS = itertools.count(50_000)


def _said(text: str) -> api.TextWithEntities:
    return api.TextWithEntities(text=text, entities=[])


def poll(*answers: str, question: str = "Well?", **options: Any) -> api.Poll:
    given: list[Any] = [api.InputPollAnswer(text=_said(text)) for text in answers or ("yes", "no")]
    return api.Poll(id=0, question=_said(question), answers=given, hash=0, **options)


def ask(client: Client, to: Client, given: api.Poll | None = None, **options: Any) -> int:
    """Send a poll; its id in the sender's box."""
    media = api.InputMediaPoll(poll=given or poll(), **options)
    client.call(api.messages.SendMedia(peer=client.peer(to), media=media, message="", random_id=next(_RANDOM_IDS)))
    client.server.settle()
    return last_id(client)


def vote(client: Client, to: Client, message_id: int, *options: bytes) -> Any:
    return client.call(api.messages.SendVote(peer=client.peer(to), msg_id=message_id, options=list(options)))


def media(client: Client, message_id: int) -> Any:
    (message,) = client.call(api.messages.GetMessages(id=[api.InputMessageID(id=message_id)])).messages
    return message.media


def voters(results: Any) -> list[tuple[int | None, bool]]:
    return [(item.voters, item.chosen) for item in results.results]


def close(client: Client, to: Client, message_id: int, poll_id: int) -> Any:
    closed = poll(closed=True)
    closed.id = poll_id
    given = api.InputMediaPoll(poll=closed)
    return client.call(api.messages.EditMessage(peer=client.peer(to), id=message_id, media=given))


def test_voting(world: World) -> None:
    at_alice = ask(world.alice, world.bob)
    at_bob = last_id(world.bob)
    shown = media(world.bob, at_bob)
    assert [answer.text.text for answer in shown.poll.answers] == ["yes", "no"]
    assert not shown.poll.creator and media(world.alice, at_alice).poll.creator
    assert (shown.results.total_voters, shown.results.results) == (0, None)
    update, edit = vote(world.bob, world.alice, at_bob, b"1").updates
    assert (update.poll_id, voters(update.results)) == (shown.poll.id, [(0, False), (1, True)])
    assert edit.pts_count == 1
    pushed = after(world.alice, world.server.settle)
    assert [item.TL_NAME for item in pushed] == ["updateMessagePoll", "updateEditMessage"]
    # Who has not voted sees how many have, no more.
    assert (pushed[0].results.total_voters, pushed[0].results.results) == (1, None)
    vote(world.alice, world.bob, at_alice, b"1")
    assert voters(media(world.bob, at_bob).results) == [(0, False), (2, True)]
    vote(world.bob, world.alice, at_bob, b"0")
    assert voters(media(world.alice, at_alice).results) == [(1, False), (1, True)]
    vote(world.bob, world.alice, at_bob)
    assert media(world.bob, at_bob).results.total_voters == 1


def test_voting_errors(world: World) -> None:
    at_alice = ask(world.alice, world.bob)
    at_bob = last_id(world.bob)
    (text,) = write(world.alice, world.bob, "no poll")
    with pytest.raises(RpcError, match="OPTION_INVALID"):
        vote(world.bob, world.alice, at_bob, b"7")
    with pytest.raises(RpcError, match="OPTIONS_TOO_MUCH"):
        vote(world.bob, world.alice, at_bob, b"0", b"1")
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        vote(world.alice, world.bob, text, b"0")
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        vote(world.alice, world.carol, at_alice, b"0")
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        vote(world.carol, world.alice, at_alice, b"0")
    vote(world.bob, world.alice, at_bob, b"0")
    with pytest.raises(RpcError, match="MESSAGE_NOT_MODIFIED"):
        vote(world.bob, world.alice, at_bob, b"0")


def test_several_answers(world: World) -> None:
    ask(world.alice, world.bob, poll("a", "b", "c", multiple_choice=True, public_voters=True))
    at_bob = last_id(world.bob)
    vote(world.bob, world.alice, at_bob, b"0", b"2")
    results = media(world.bob, at_bob).results
    assert voters(results) == [(1, True), (0, False), (1, True)]
    assert results.total_voters == 1
    assert results.recent_voters == [api.PeerUser(user_id=world.bob.id)]


def test_a_quiz(world: World) -> None:
    quiz = poll("1", "2", quiz=True)
    at_alice = ask(world.alice, world.bob, quiz, correct_answers=[1], solution="two", solution_entities=[])
    at_bob = last_id(world.bob)
    for client, message_id in ((world.alice, at_alice), (world.bob, at_bob)):
        hidden = media(client, message_id).results
        assert hidden.results is None and hidden.solution is None
    vote(world.bob, world.alice, at_bob, b"0")
    shown = media(world.bob, at_bob).results
    assert [item.correct for item in shown.results] == [False, True]
    assert shown.solution == "two"
    for options in ((b"1",), ()):
        with pytest.raises(RpcError, match="REVOTE_NOT_ALLOWED"):
            vote(world.bob, world.alice, at_bob, *options)


@pytest.mark.parametrize(
    ("given", "options", "error"),
    [
        (poll("one"), {}, "POLL_ANSWERS_INVALID"),
        (poll(*map(str, range(13))), {}, "POLL_ANSWERS_INVALID"),
        (poll(question=" "), {}, "POLL_QUESTION_INVALID"),
        (poll(question="x" * 256), {}, "POLL_QUESTION_INVALID"),
        (poll("yes", ""), {}, "POLL_ANSWER_INVALID"),
        (poll("yes", "x" * 101), {}, "POLL_ANSWER_INVALID"),
        (poll(quiz=True), {}, "QUIZ_CORRECT_ANSWERS_EMPTY"),
        (poll(quiz=True), {"correct_answers": [0, 1]}, "QUIZ_CORRECT_ANSWERS_TOO_MUCH"),
        (poll(quiz=True), {"correct_answers": [2]}, "QUIZ_CORRECT_ANSWER_INVALID"),
        (poll(quiz=True, multiple_choice=True), {"correct_answers": [0]}, "QUIZ_MULTIPLE_INVALID"),
        (poll(closed=True), {}, "MESSAGE_POLL_CLOSED"),
        (poll(close_period=3), {}, "POLL_UNSUPPORTED"),
    ],
)
def test_wrong_polls(world: World, given: api.Poll, options: dict[str, Any], error: str) -> None:
    with pytest.raises(RpcError, match=error):
        ask(world.alice, world.bob, given, **options)


def test_options_that_a_client_names(world: World) -> None:
    named: list[Any] = [api.PollAnswer(text=_said(text), option=text.encode()) for text in ("a", "b")]
    given = poll()
    given.answers = named
    message_id = ask(world.alice, world.alice, given)
    vote(world.alice, world.alice, message_id, b"b")
    assert voters(media(world.alice, message_id).results) == [(0, False), (1, True)]
    given.answers = [named[0], named[0]]
    with pytest.raises(RpcError, match="POLL_OPTION_DUPLICATE"):
        ask(world.alice, world.alice, given)


def test_closing(world: World) -> None:
    at_alice = ask(world.alice, world.bob)
    at_bob = last_id(world.bob)
    poll_id = media(world.alice, at_alice).poll.id
    with pytest.raises(RpcError, match="MESSAGE_AUTHOR_REQUIRED"):
        close(world.bob, world.alice, at_bob, poll_id)
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        close(world.alice, world.bob, at_alice, poll_id + 1)
    vote(world.bob, world.alice, at_bob, b"0")
    answer = close(world.alice, world.bob, at_alice, poll_id)
    assert answer.updates[0].poll.closed
    pushed = after(world.bob, world.server.settle)
    assert pushed[0].poll.closed and voters(pushed[0].results) == [(1, True), (0, False)]
    # Everybody sees the results now, and the message counts as unedited.
    assert voters(media(world.alice, at_alice).results) == [(1, False), (0, False)]
    assert pushed[1].message.edit_date is None
    with pytest.raises(RpcError, match="MESSAGE_POLL_CLOSED"):
        vote(world.bob, world.alice, at_bob, b"1")
    with pytest.raises(RpcError, match="MESSAGE_POLL_CLOSED"):
        close(world.alice, world.bob, at_alice, poll_id)


@pytest.mark.parametrize("options", [{"close_period": 60}, {"close_date": 1_790_000_060}])
def test_closing_in_time(world: World, options: dict[str, int]) -> None:
    at_alice = ask(world.alice, world.bob, poll(**options))
    at_bob = last_id(world.bob)
    assert close_due_polls(world.server.services) == 0
    world.server.clock.advance(61)
    with pytest.raises(RpcError, match="MESSAGE_POLL_CLOSED"):
        vote(world.bob, world.alice, at_bob, b"1")
    world.alice.pushes()
    pushed = after(world.bob, lambda: close_due_polls(world.server.services))
    assert [item.TL_NAME for item in pushed] == ["updateMessagePoll", "updateEditMessage"]
    assert [item.TL_NAME for item in world.alice.pushes()] == ["updateMessagePoll", "updateEditMessage"]
    assert media(world.alice, at_alice).poll.closed and media(world.bob, at_bob).poll.closed
    assert close_due_polls(world.server.services) == 0


def test_results_hidden_until_the_end(world: World) -> None:
    at_alice = ask(world.alice, world.bob, poll(hide_results_until_close=True))
    vote(world.alice, world.bob, at_alice, b"0")
    assert voters(media(world.alice, at_alice).results) == [(None, True), (None, False)]
    close(world.alice, world.bob, at_alice, media(world.alice, at_alice).poll.id)
    assert voters(media(world.alice, at_alice).results) == [(1, True), (0, False)]


def test_who_voted(world: World) -> None:
    at_alice = ask(world.alice, world.bob, poll("a", "b", "c", multiple_choice=True, public_voters=True))
    at_bob = last_id(world.bob)
    peer = world.alice.peer(world.bob)
    vote(world.bob, world.alice, at_bob, b"0", b"1")
    with pytest.raises(RpcError, match="POLL_VOTE_REQUIRED"):
        world.alice.call(api.messages.GetPollVotes(peer=peer, id=at_alice, limit=10))
    world.server.clock.advance(3)
    vote(world.alice, world.bob, at_alice, b"1")
    first = world.alice.call(api.messages.GetPollVotes(peer=peer, id=at_alice, limit=1))
    assert first.count == 2
    assert first.votes == [
        api.MessagePeerVote(peer=api.PeerUser(user_id=world.alice.id), option=b"1", date=first.votes[0].date)
    ]
    rest = world.alice.call(api.messages.GetPollVotes(peer=peer, id=at_alice, limit=1, offset=first.next_offset))
    assert rest.votes[0].options == [b"0", b"1"] and rest.next_offset is None
    of_one = world.alice.call(api.messages.GetPollVotes(peer=peer, id=at_alice, option=b"0", limit=10))
    assert (of_one.count, [item.peer.user_id for item in of_one.votes]) == (1, [world.bob.id])
    with pytest.raises(RpcError, match="OPTION_INVALID"):
        world.alice.call(api.messages.GetPollVotes(peer=peer, id=at_alice, option=b"9", limit=10))


def test_a_secret_ballot_names_nobody(world: World) -> None:
    at_alice = ask(world.alice, world.bob)
    vote(world.alice, world.bob, at_alice, b"0")
    peer = world.alice.peer(world.bob)
    assert media(world.alice, at_alice).results.recent_voters is None
    with pytest.raises(RpcError, match="BROADCAST_FORBIDDEN"):
        world.alice.call(api.messages.GetPollVotes(peer=peer, id=at_alice, limit=10))


def test_a_forward_shows_the_same_poll(world: World) -> None:
    at_alice = ask(world.alice, world.bob)
    world.alice.call(
        api.messages.ForwardMessages(
            from_peer=world.alice.peer(world.bob), id=[at_alice], random_id=[9], to_peer=world.alice.peer(world.carol)
        )
    )
    world.server.settle()
    vote(world.carol, world.alice, last_id(world.carol), b"0")
    request = api.messages.GetPollResults(peer=world.alice.peer(world.bob), msg_id=at_alice, poll_hash=0)
    (update,) = world.alice.call(request).updates
    assert update.results.total_voters == 1
    known = api.messages.GetPollResults(peer=world.alice.peer(world.bob), msg_id=at_alice, poll_hash=update.poll.hash)
    assert world.alice.call(known).updates[0].poll is None


def test_a_page_costs_one_statement_more_whatever_polls_it_has(world: World) -> None:
    write(world.alice, world.bob, "text")
    request = history(world.alice.peer(world.bob))
    plain = statements(world.alice, request)
    ask(world.alice, world.bob)
    one = statements(world.alice, request)
    for _ in range(5):
        ask(world.alice, world.bob)
    assert statements(world.alice, request) == one == plain + 1
