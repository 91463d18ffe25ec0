"""Messages to be sent later: https://core.telegram.org/api/scheduled-messages."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from functions.messages.scheduled import send_due_messages
from layers.domain import limits
from layers.domain.scheduled import UNTIL_ONLINE
from layers.errors import RpcError
from tests.harness import START, Client
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import after, history, last_id, texts, write
from tl import api

_RANDOM_IDS = itertools.count(70_000)
LATER = START + 3600


def later(client: Client, to: Client, text: str = "later", date: int = LATER, **options: Any) -> int:
    """Schedule a message; its id among those that wait."""
    options.setdefault("random_id", next(_RANDOM_IDS))
    answer = client.call(api.messages.SendMessage(peer=client.peer(to), message=text, schedule_date=date, **options))
    (news,) = [item for item in answer.updates if isinstance(item, api.UpdateNewScheduledMessage)]
    return int(news.message.id)


def waiting(client: Client, to: Client) -> list[Any]:
    return list(client.call(api.messages.GetScheduledHistory(peer=client.peer(to), hash=0)).messages)


def run_job(world: World) -> int:
    count = send_due_messages(world.server.services)
    world.server.settle()
    return count


def test_a_message_waits_and_is_sent(world: World) -> None:
    tablet = world.alice.device()
    message_id = later(world.alice, world.bob, "in an hour", silent=True)
    (pushed,) = tablet.pushes()
    assert isinstance(pushed, api.UpdateNewScheduledMessage)
    (message,) = waiting(world.alice, world.bob)
    assert message == pushed.message
    assert (message.id, message.message, message.date) == (message_id, "in an hour", LATER)
    assert message.out and message.from_scheduled and message.silent
    full = api.users.GetFullUser(id=world.alice.input_user(world.bob))
    assert world.alice.call(full).full_user.has_scheduled
    assert run_job(world) == 0
    assert last_id(world.bob) == 0
    world.server.clock.advance(3601)
    world.alice.pushes()
    world.bob.pushes()
    assert run_job(world) == 1
    for device in (world.alice, tablet):
        new, gone = device.pushes()
        assert isinstance(new, api.UpdateNewMessage) and new.message.from_scheduled
        assert (gone.messages, gone.sent_messages) == ([message_id], [new.message.id])
    (received,) = world.bob.pushes()
    assert (received.message.message, received.message.silent) == ("in an hour", True)
    # The recipient does not learn that it was written earlier.
    assert not received.message.from_scheduled
    assert received.message.date == int(world.server.clock())
    assert run_job(world) == 0
    assert waiting(world.alice, world.bob) == []
    assert not world.alice.call(full).full_user.has_scheduled


def test_what_is_due_at_once_is_sent_at_once(world: World) -> None:
    answer = world.alice.call(
        api.messages.SendMessage(peer=world.alice.peer(world.bob), message="now", random_id=1, schedule_date=START + 3)
    )
    assert isinstance(answer, api.UpdateShortSentMessage)


def test_a_repeated_call_schedules_once(world: World) -> None:
    first = later(world.alice, world.bob, random_id=5)
    assert later(world.alice, world.bob, random_id=5) == first
    assert len(waiting(world.alice, world.bob)) == 1


def test_several_nodes_send_once(world: World) -> None:
    for number in range(5):
        later(world.alice, world.bob, str(number))
        later(world.carol, world.bob, f"carol {number}")
    world.server.clock.advance(3601)
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: send_due_messages(world.server.services), range(4)))
    world.server.settle()
    assert sum(counts) == 10
    found = world.bob.call(history(world.bob.peer(world.alice)))
    assert texts(found) == ["4", "3", "2", "1", "0"]
    assert len(world.bob.call(history(world.bob.peer(world.carol))).messages) == 5


def test_an_album_stays_one(world: World) -> None:
    singles = [
        api.InputSingleMedia(
            media=api.InputMediaUploadedPhoto(file=upload(world.alice, picture(50 + number, 40))),
            random_id=number + 1,
            message="",
        )
        for number in range(2)
    ]
    world.alice.call(
        api.messages.SendMultiMedia(peer=world.alice.peer(world.bob), multi_media=singles, schedule_date=LATER)
    )
    assert len(waiting(world.alice, world.bob)) == 2
    world.server.clock.advance(3601)
    assert run_job(world) == 2
    found = world.bob.call(history(world.bob.peer(world.alice))).messages
    assert len({message.grouped_id for message in found}) == 1 and found[0].media.photo.access_hash


def test_forwards_wait_too(world: World) -> None:
    (message_id,) = write(world.bob, world.alice, "pass it on")
    request = api.messages.ForwardMessages(
        from_peer=world.alice.peer(world.bob),
        id=[last_id(world.alice)],
        random_id=[3],
        to_peer=world.alice.peer(world.carol),
        schedule_date=LATER,
    )
    assert message_id and world.alice.call(request)
    (message,) = waiting(world.alice, world.carol)
    assert message.fwd_from.from_id == api.PeerUser(user_id=world.bob.id)
    world.server.clock.advance(3601)
    assert run_job(world) == 1
    assert texts(world.carol.call(history(world.carol.peer(world.alice)))) == ["pass it on"]


def test_a_reply_to_what_is_deleted_is_sent_without_it(world: World) -> None:
    kept, lost = write(world.alice, world.bob, "kept", "lost")
    for message_id in (kept, lost):
        later(world.alice, world.bob, reply_to=api.InputReplyToMessage(reply_to_msg_id=message_id))
    assert [item.reply_to.reply_to_msg_id for item in waiting(world.alice, world.bob)] == [lost, kept]
    world.alice.call(api.messages.DeleteMessages(id=[lost], revoke=True))
    world.server.clock.advance(3601)
    assert run_job(world) == 2
    second, first = world.alice.call(history(world.alice.peer(world.bob), limit=2)).messages
    assert first.reply_to.reply_to_msg_id == kept
    assert second.reply_to is None


def test_until_online(world: World) -> None:
    later(world.alice, world.bob, "welcome", UNTIL_ONLINE)
    assert run_job(world) == 0
    world.bob.call(api.account.UpdateStatus(offline=False))
    assert run_job(world) == 1
    assert texts(world.bob.call(history(world.bob.peer(world.alice)))) == ["welcome"]
    with pytest.raises(RpcError, match="SCHEDULE_DATE_INVALID"):
        later(world.alice, world.alice, date=UNTIL_ONLINE)
    world.carol.call(
        api.account.SetPrivacy(key=api.InputPrivacyKeyStatusTimestamp(), rules=[api.InputPrivacyValueDisallowAll()])
    )
    with pytest.raises(RpcError, match="SCHEDULE_STATUS_PRIVATE"):
        later(world.alice, world.carol, date=UNTIL_ONLINE)


def test_sending_now(world: World) -> None:
    first, second = (later(world.alice, world.bob, text) for text in ("one", "two"))
    tablet = world.alice.device()
    answer = world.alice.call(api.messages.SendScheduledMessages(peer=world.alice.peer(world.bob), id=[second, first]))
    gone, *news = answer.updates
    assert gone.messages == [first, second]
    assert [item.message.message for item in news] == ["one", "two"]
    assert gone.sent_messages == [item.message.id for item in news]
    assert len(tablet.pushes()) == 3
    world.server.settle()
    assert texts(world.bob.call(history(world.bob.peer(world.alice)))) == ["two", "one"]
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        world.alice.call(api.messages.SendScheduledMessages(peer=world.alice.peer(world.bob), id=[first]))


def test_deleting(world: World) -> None:
    message_id = later(world.alice, world.bob)
    peer = world.alice.peer(world.bob)
    tablet = world.alice.device()
    (update,) = world.alice.call(api.messages.DeleteScheduledMessages(peer=peer, id=[message_id])).updates
    assert tablet.pushes() == [update]
    assert update.sent_messages is None
    world.server.clock.advance(3601)
    assert run_job(world) == 0
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        world.alice.call(api.messages.DeleteScheduledMessages(peer=peer, id=[message_id]))
    with pytest.raises(RpcError, match="MESSAGE_IDS_EMPTY"):
        world.alice.call(api.messages.DeleteScheduledMessages(peer=peer, id=[]))
    # Ids are never used again.
    assert later(world.alice, world.bob, date=LATER + 9000) == message_id + 1


def test_editing(world: World) -> None:
    message_id = later(world.alice, world.bob, "one")
    peer = world.alice.peer(world.bob)
    tablet = world.alice.device()
    edit = api.messages.EditMessage(peer=peer, id=message_id, message="two", schedule_date=LATER + 60)
    (update,) = world.alice.call(edit).updates
    assert (update.message.message, update.message.date) == ("two", LATER + 60)
    assert tablet.pushes() == [update]
    with pytest.raises(RpcError, match="MESSAGE_NOT_MODIFIED"):
        world.alice.call(edit)
    with pytest.raises(RpcError, match="SCHEDULE_DATE_INVALID"):
        world.alice.call(api.messages.EditMessage(peer=peer, id=message_id, schedule_date=START - 5))
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        world.alice.call(api.messages.EditMessage(peer=peer, id=99, message="x", schedule_date=LATER))
    world.server.clock.advance(3601)
    assert run_job(world) == 0
    world.server.clock.advance(60)
    assert run_job(world) == 1
    assert texts(world.bob.call(history(world.bob.peer(world.alice)))) == ["two"]


def test_lists(world: World) -> None:
    first = later(world.alice, world.bob, "first", LATER)
    last = later(world.alice, world.bob, "last", LATER + 60)
    later(world.alice, world.carol)
    found = waiting(world.alice, world.bob)
    assert [message.id for message in found] == [last, first]
    peer = world.alice.peer(world.bob)
    some = world.alice.call(api.messages.GetScheduledMessages(peer=peer, id=[first, 99]))
    assert [message.id for message in some.messages] == [first]
    assert {user.id for user in some.users} == {world.alice.id, world.bob.id}
    assert waiting(world.bob, world.alice) == []


def test_limits(world: World) -> None:
    with pytest.raises(RpcError, match="SCHEDULE_DATE_TOO_LATE"):
        later(world.alice, world.bob, date=START + limits.SCHEDULE_AHEAD_S + 60)
    with pytest.raises(RpcError, match="SCHEDULE_DATE_INVALID"):
        later(world.alice, world.bob, date=-5)
    bot = world.server.user("Bot", bot=True)
    with pytest.raises(RpcError, match="SCHEDULE_BOT_NOT_ALLOWED"):
        later(bot, world.bob)
    for _ in range(limits.SCHEDULED_PER_CHAT):
        later(world.alice, world.bob)
    with pytest.raises(RpcError, match="SCHEDULE_TOO_MUCH"):
        later(world.alice, world.bob)


def test_what_cannot_be_sent_any_more_is_dropped(world: World) -> None:
    message_id = later(world.alice, world.bob)
    world.alice.call(api.contacts.Block(id=world.alice.peer(world.bob)))
    world.server.clock.advance(3601)
    pushed = after(world.alice, lambda: send_due_messages(world.server.services))
    assert [(item.messages, item.sent_messages) for item in pushed] == [([message_id], None)]
    assert waiting(world.alice, world.bob) == []
    assert last_id(world.bob) == 0


DAY = 86_400


def test_a_message_is_sent_again_and_again(world: World) -> None:
    message_id = later(world.alice, world.bob, "every day", random_id=9, schedule_repeat_period=DAY)
    # The client's call comes again: nothing more is scheduled.
    assert later(world.alice, world.bob, "every day", random_id=9, schedule_repeat_period=DAY) == message_id
    tablet = world.alice.device()
    (message,) = waiting(world.alice, world.bob)
    assert message.schedule_repeat_period == DAY
    world.server.clock.advance(3601)
    assert run_job(world) == 1
    (again,) = [item for item in tablet.pushes() if isinstance(item, api.UpdateNewScheduledMessage)]
    assert (again.message.id, again.message.date) == (message_id, LATER + DAY)
    assert waiting(world.alice, world.bob) == [again.message]
    assert run_job(world) == 0
    # Days on which nobody sent anything are not made up for.
    world.server.clock.advance(3 * DAY)
    assert run_job(world) == 1
    (message,) = waiting(world.alice, world.bob)
    assert message.date == LATER + 4 * DAY
    found = world.bob.call(history(world.bob.peer(world.alice))).messages
    assert [item.message for item in found] == ["every day"] * 2
    assert all(item.schedule_repeat_period is None for item in found)
    # Now instead of then.
    request = api.messages.SendScheduledMessages(peer=world.alice.peer(world.bob), id=[message_id])
    kinds = [item.TL_NAME for item in world.alice.call(request).updates]
    assert kinds == ["updateNewMessage", "updateNewScheduledMessage"]
    world.alice.call(api.messages.DeleteScheduledMessages(peer=request.peer, id=[message_id]))
    world.server.clock.advance(9 * DAY)
    assert run_job(world) == 0


def test_each_poll_that_is_sent_again_has_votes_of_its_own(world: World) -> None:
    answers: list[Any] = [
        api.InputPollAnswer(text=api.TextWithEntities(text=text, entities=[])) for text in ("yes", "no")
    ]
    question = api.TextWithEntities(text="Well?", entities=[])
    poll: Any = api.InputMediaPoll(poll=api.Poll(id=0, question=question, answers=answers, hash=0))
    request = api.messages.SendMedia(
        peer=world.alice.peer(world.bob),
        media=poll,
        message="",
        random_id=1,
        schedule_date=LATER,
        schedule_repeat_period=DAY,
    )
    world.alice.call(request)
    world.server.clock.advance(3601)
    for _ in range(2):
        assert run_job(world) == 1
        world.server.clock.advance(DAY)
    first, second = world.bob.call(history(world.bob.peer(world.alice))).messages
    assert first.media.poll.id != second.media.poll.id


def test_repetition_is_changed_with_the_message(world: World) -> None:
    message_id = later(world.alice, world.bob, schedule_repeat_period=7 * DAY)
    edit = api.messages.EditMessage(
        peer=world.alice.peer(world.bob),
        id=message_id,
        message="changed",
        schedule_date=LATER,
        schedule_repeat_period=14 * DAY,
    )
    (update,) = world.alice.call(edit).updates
    assert update.message.schedule_repeat_period == 14 * DAY
    with pytest.raises(RpcError, match="MESSAGE_NOT_MODIFIED"):
        world.alice.call(edit)
    edit.schedule_repeat_period = 5
    with pytest.raises(RpcError, match="SCHEDULE_DATE_INVALID"):
        world.alice.call(edit)
    edit.schedule_repeat_period = None
    (update,) = world.alice.call(edit).updates
    assert update.message.schedule_repeat_period is None


@pytest.mark.parametrize(
    ("date", "period"), [(LATER, 100), (LATER, -DAY), (START + 1, DAY), (0, DAY), (UNTIL_ONLINE, DAY)]
)
def test_what_cannot_be_sent_again(world: World, date: int, period: int) -> None:
    with pytest.raises(RpcError, match="SCHEDULE_DATE_INVALID"):
        later(world.alice, world.bob, date=date, schedule_repeat_period=period)


def test_only_single_forwards_are_sent_again(world: World) -> None:
    ids = write(world.alice, world.bob, "one", "two")
    request = api.messages.ForwardMessages(
        from_peer=world.alice.peer(world.bob),
        id=ids,
        random_id=[1, 2],
        to_peer=world.alice.peer(world.carol),
        schedule_date=LATER,
        schedule_repeat_period=DAY,
    )
    with pytest.raises(RpcError, match="SCHEDULE_DATE_INVALID"):
        world.alice.call(request)
    request.id, request.random_id = ids[:1], [1]
    world.alice.call(request)
    (message,) = waiting(world.alice, world.carol)
    assert message.schedule_repeat_period == DAY
