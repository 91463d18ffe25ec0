"""Open answers and pictures of polls: https://core.telegram.org/api/poll."""

from __future__ import annotations

from typing import Any

import pytest

from layers.domain import poll_answers
from layers.errors import RpcError
from tests.harness import Client
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.channels.world import Channel
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.test_polls import ask, media, poll, vote, voters
from tests.unit.functions.messages.world import history, last_id
from tl import TLObject, api


def said(text: str) -> api.TextWithEntities:
    return api.TextWithEntities(text=text, entities=[])


def adding(client: Client, to: Client, message_id: int, text: str, **options: Any) -> api.messages.AddPollAnswer:
    answer = api.InputPollAnswer(text=said(text), **options)
    return api.messages.AddPollAnswer(peer=client.peer(to), msg_id=message_id, answer=answer)


def deleting(client: Client, to: Client, message_id: int, option: bytes) -> api.messages.DeletePollAnswer:
    return api.messages.DeletePollAnswer(peer=client.peer(to), msg_id=message_id, option=option)


def refused(client: Client, request: TLObject) -> str:
    with pytest.raises(RpcError) as caught:
        client.call(request)
    return str(caught.value.type)


def answers(shown: Any) -> list[str]:
    return [answer.text.text for answer in shown.poll.answers]


def test_an_answer_is_added_and_voted_for(world: World) -> None:
    at_alice = ask(world.alice, world.bob, poll(open_answers=True))
    at_bob = last_id(world.bob)
    before = media(world.alice, at_alice).poll
    update, edit, new = world.bob.call(adding(world.bob, world.alice, at_bob, "maybe")).updates
    assert (update.TL_NAME, edit.TL_NAME) == ("updateMessagePoll", "updateEditMessage")
    added = update.poll.answers[2]
    assert (added.text.text, added.option, added.added_by) == ("maybe", b"2", api.PeerUser(user_id=world.bob.id))
    assert new.message.action == api.MessageActionPollAppendAnswer(answer=added)
    assert new.message.reply_to.reply_to_msg_id == at_bob
    world.server.settle()
    shown = media(world.alice, at_alice)
    assert answers(shown) == ["yes", "no", "maybe"] and shown.poll.hash != before.hash
    vote(world.alice, world.bob, at_alice, b"2")
    assert voters(media(world.alice, at_alice).results) == [(0, False), (0, False), (1, True)]


def test_an_answer_is_deleted_with_its_votes(world: World) -> None:
    given = poll(open_answers=True, multiple_choice=True, public_voters=True)
    at_alice = ask(world.alice, world.bob, given)
    at_bob = last_id(world.bob)
    for text in ("maybe", "perhaps"):
        world.bob.call(adding(world.bob, world.alice, at_bob, text))
    vote(world.bob, world.alice, at_bob, b"2")
    vote(world.alice, world.bob, at_alice, b"2", b"3")
    answer = world.bob.call(deleting(world.bob, world.alice, at_bob, b"2"))
    assert answer.updates[-1].message.action.answer.text.text == "maybe"
    world.server.settle()
    shown = media(world.alice, at_alice)
    assert answers(shown) == ["yes", "no", "perhaps"]
    assert voters(shown.results) == [(0, False), (0, False), (1, True)]
    assert (shown.results.total_voters, shown.results.recent_voters) == (1, [api.PeerUser(user_id=world.alice.id)])
    assert media(world.bob, at_bob).results.results is None
    # Its place stays taken: the options of the others mean what they meant.
    for option in (b"2", b""):
        with pytest.raises(RpcError, match="OPTION_INVALID"):
            vote(world.bob, world.alice, at_bob, option)
    vote(world.bob, world.alice, at_bob, b"3")
    world.bob.call(adding(world.bob, world.alice, at_bob, "once more"))
    assert [item.option for item in media(world.bob, at_bob).poll.answers] == [b"0", b"1", b"3", b"4"]
    votes = api.messages.GetPollVotes(peer=world.alice.peer(world.bob), id=at_alice, option=b"3", limit=10)
    assert world.alice.call(votes).count == 2
    votes.option = None
    assert {item.option for item in world.alice.call(votes).votes} == {b"3"}
    votes.option = b""
    assert refused(world.alice, votes) == "OPTION_INVALID"


def test_who_may_delete_what(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at_alice = ask(world.alice, world.bob, poll(open_answers=True))
    at_bob = last_id(world.bob)
    world.alice.call(adding(world.alice, world.bob, at_alice, "mine"))
    world.bob.call(adding(world.bob, world.alice, at_bob, "yours"))
    assert refused(world.bob, deleting(world.bob, world.alice, at_bob, b"2")) == "MESSAGE_AUTHOR_REQUIRED"
    assert refused(world.alice, deleting(world.alice, world.bob, at_alice, b"0")) == "OPTION_INVALID"
    assert refused(world.alice, deleting(world.alice, world.bob, at_alice, b"9")) == "OPTION_INVALID"
    world.alice.call(deleting(world.alice, world.bob, at_alice, b"3"))
    monkeypatch.setattr(poll_answers, "_VOTES", 0)
    vote(world.bob, world.alice, at_bob, b"2")
    assert refused(world.alice, deleting(world.alice, world.bob, at_alice, b"2")) == "OPTION_INVALID"


def test_what_takes_no_answers(world: World) -> None:
    closed_list = ask(world.alice, world.bob)
    at_bob = last_id(world.bob)
    assert refused(world.bob, adding(world.bob, world.alice, at_bob, "x")) == "POLL_UNSUPPORTED"
    quiz = api.InputMediaPoll(poll=poll(quiz=True, open_answers=True), correct_answers=[0])
    request = api.messages.SendMedia(peer=world.alice.peer(world.bob), media=quiz, message="", random_id=1)
    assert refused(world.alice, request) == "POLL_UNSUPPORTED"
    at_alice = ask(world.alice, world.bob, poll(*map(str, range(11)), open_answers=True, close_period=600))
    at_bob = last_id(world.bob)
    assert refused(world.bob, adding(world.bob, world.alice, at_bob, "x" * 101)) == "POLL_ANSWER_INVALID"
    assert refused(world.bob, adding(world.bob, world.alice, at_bob, " ")) == "POLL_ANSWER_INVALID"
    assert refused(world.bob, adding(world.bob, world.alice, closed_list + 9, "x")) == "MESSAGE_ID_INVALID"
    forward = api.messages.ForwardMessages(
        from_peer=world.alice.peer(world.bob), id=[at_alice], random_id=[7], to_peer=world.alice.peer(world.carol)
    )
    world.alice.call(forward)
    copy = last_id(world.alice)
    assert refused(world.alice, adding(world.alice, world.carol, copy, "x")) == "MESSAGE_ID_INVALID"
    world.bob.call(adding(world.bob, world.alice, at_bob, "the twelfth"))
    assert refused(world.bob, adding(world.bob, world.alice, at_bob, "x")) == "POLL_ANSWERS_INVALID"
    world.server.clock.advance(601)
    assert refused(world.bob, adding(world.bob, world.alice, at_bob, "x")) == "MESSAGE_POLL_CLOSED"
    assert refused(world.bob, deleting(world.bob, world.alice, at_bob, b"11")) == "MESSAGE_POLL_CLOSED"


def test_pictures(world: World) -> None:
    def photo(width: int) -> api.InputMediaUploadedPhoto:
        return api.InputMediaUploadedPhoto(file=upload(world.alice, picture(width, 40)))

    given = poll(quiz=True)
    for number, answer in enumerate(given.answers):
        answer.media = photo(50 + number)
    geo = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=48.1, long=11.5))
    at_alice = ask(
        world.alice,
        world.bob,
        given,
        correct_answers=[0],
        attached_media=photo(60),
        solution="see",
        solution_entities=[],
        solution_media=geo,
    )
    at_bob = last_id(world.bob)
    shown = media(world.bob, at_bob)
    files = [shown.attached_media, *(answer.media for answer in shown.poll.answers)]
    assert all(item.photo.access_hash and item.photo.file_reference for item in files)
    assert len({item.photo.id for item in files}) == 3
    # The solution comes with its picture, when one has voted.
    assert shown.results.solution_media is None
    update = vote(world.bob, world.alice, at_bob, b"0").updates[0]
    assert isinstance(update.results.solution_media, api.MessageMediaGeo)
    assert update.poll.answers[0].media.photo.access_hash
    assert media(world.alice, at_alice).results.solution_media is None


def test_pictures_of_added_answers_and_in_channels(world: World) -> None:
    group = Channel.create(world.alice, [world.bob], megagroup=True)
    request = api.messages.SendMedia(
        peer=group.peer(world.alice), media=api.InputMediaPoll(poll=poll(open_answers=True)), message="", random_id=1
    )
    world.alice.call(request)
    number = world.alice.call(history(group.peer(world.alice), limit=1)).messages[0].id
    photo = api.InputMediaUploadedPhoto(file=upload(world.bob, picture(50, 40)))
    answer = api.InputPollAnswer(text=said("this"), media=photo)
    added = world.bob.call(api.messages.AddPollAnswer(peer=group.peer(world.bob), msg_id=number, answer=answer))
    assert added.updates[-1].message.action.answer.media.photo.access_hash
    shown = world.alice.call(history(group.peer(world.alice), limit=2)).messages
    assert shown[1].media.poll.answers[2].media.photo.file_reference
    assert shown[0].action.answer.media.photo.file_reference


def test_wrong_pictures(world: World) -> None:
    given = poll()
    given.answers[0].media = api.InputMediaDice(emoticon="🎲")  # type: ignore[union-attr]
    once = api.InputMediaUploadedPhoto(file=upload(world.alice, picture(50, 40)), ttl_seconds=5)
    for wrong in (
        api.InputMediaPoll(poll=given),
        api.InputMediaPoll(poll=poll(), attached_media=once),
        api.InputMediaPoll(poll=poll(), solution_media=api.InputMediaDice(emoticon="🎲")),
    ):
        request = api.messages.SendMedia(peer=world.alice.peer(world.bob), media=wrong, message="", random_id=1)
        assert refused(world.alice, request) == "MEDIA_INVALID"


def test_clients_of_old_layers_get_something(world: World) -> None:
    old = world.server.device(world.bob.id, layer=158)
    at_alice = ask(world.alice, world.bob, poll(open_answers=True))
    world.alice.call(adding(world.alice, world.bob, at_alice, "maybe"))
    world.server.settle()
    found = old.call(history(old.peer(world.alice))).messages
    assert len(found) == 2 and len(found[1].media.poll.answers) == 3
