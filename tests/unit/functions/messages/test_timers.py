"""Auto-delete timers and media that destroy themselves: https://core.telegram.org/api/auto-delete."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from functions.messages.timers import expire_messages
from layers.errors import RpcError
from tests.harness import Client
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import after, dialogs, history, last_id, statements, write
from tl import api

_RANDOM_IDS = itertools.count(90_000)
ONCE = 0x7FFFFFFF


def set_timer(client: Client, to: Client, period: int) -> Any:
    answer = client.call(api.messages.SetHistoryTTL(peer=client.peer(to), period=period))
    client.server.settle()
    return answer


def say(client: Client, to: Client, text: str) -> int:
    client.call(api.messages.SendMessage(peer=client.peer(to), message=text, random_id=next(_RANDOM_IDS)))
    client.server.settle()
    return last_id(client)


def newest(client: Client, other: Client) -> Any:
    return client.call(history(client.peer(other), limit=1)).messages[0]


def run_job(world: World) -> int:
    count = expire_messages(world.server.services)
    world.server.settle()
    return count


def test_messages_delete_themselves_on_both_sides(world: World) -> None:
    write(world.alice, world.bob, "before")
    world.bob.pushes()
    answer = set_timer(world.alice, world.bob, 60)
    timer, new = answer.updates
    assert timer == api.UpdatePeerHistoryTTL(peer=api.PeerUser(user_id=world.bob.id), ttl_period=60)
    assert new.message.action == api.MessageActionSetMessagesTTL(period=60)
    assert new.message.ttl_period is None
    pushed = world.bob.pushes()
    assert [item.TL_NAME for item in pushed] == ["updatePeerHistoryTTL", "updateNewMessage"]
    for client, other in ((world.alice, world.bob), (world.bob, world.alice)):
        full = client.call(api.users.GetFullUser(id=client.input_user(other))).full_user
        assert full.ttl_period == 60
        assert client.call(dialogs()).dialogs[0].ttl_period == 60
        say(client, other, "for a minute")
        assert newest(client, other).ttl_period == 60
    assert run_job(world) == 0
    world.server.clock.advance(61)
    pushed = after(world.bob, lambda: run_job(world))
    assert [item.TL_NAME for item in pushed] == ["updateDeleteMessages"]
    for client, other in ((world.alice, world.bob), (world.bob, world.alice)):
        left = client.call(history(client.peer(other))).messages
        assert [getattr(message, "message", None) for message in left] == [None, "before"]
        assert client.call(dialogs()).dialogs[0].unread_count <= 2
    assert run_job(world) == 0


def test_a_short_answer_says_when_the_message_ends(world: World) -> None:
    set_timer(world.alice, world.bob, 60)
    answer = world.alice.call(
        api.messages.SendMessage(peer=world.alice.peer(world.bob), message="x", random_id=next(_RANDOM_IDS))
    )
    assert answer.ttl_period == 60


def test_no_timer_any_more(world: World) -> None:
    set_timer(world.alice, world.bob, 60)
    set_timer(world.bob, world.alice, 0)
    say(world.alice, world.bob, "for ever")
    world.server.clock.advance(61)
    assert run_job(world) == 0
    with pytest.raises(RpcError, match="CHAT_NOT_MODIFIED"):
        set_timer(world.alice, world.bob, 0)


def test_errors(world: World) -> None:
    for period in (-1, 366 * 86_400 + 1):
        with pytest.raises(RpcError, match="TTL_PERIOD_INVALID"):
            set_timer(world.alice, world.bob, period)
        with pytest.raises(RpcError, match="TTL_PERIOD_INVALID"):
            world.alice.call(api.messages.SetDefaultHistoryTTL(period=period))
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        set_timer(world.alice, world.alice, 60)


def test_new_chats_begin_with_the_default(world: World) -> None:
    write(world.carol, world.alice, "we know each other")
    assert world.alice.call(api.messages.SetDefaultHistoryTTL(period=60))
    assert world.alice.call(api.messages.GetDefaultHistoryTTL()).period == 60
    request = api.messages.SendMessage(peer=world.alice.peer(world.bob), message="hi", random_id=5)
    answer = world.alice.call(request)
    world.server.settle()
    named, timer, service, new = answer.updates
    assert named == api.UpdateMessageID(id=new.message.id, random_id=5)
    assert timer.ttl_period == 60
    assert service.message.action == api.MessageActionSetMessagesTTL(period=60, auto_setting_from=world.alice.id)
    assert new.message.ttl_period == 60
    # A repeated call answers the same message, and the chat begins once.
    again = world.alice.call(request)
    assert [item.id for item in again.updates if isinstance(item, api.UpdateMessageID)] == [new.message.id]
    assert newest(world.bob, world.alice).ttl_period == 60
    say(world.bob, world.alice, "hello")
    assert newest(world.bob, world.alice).ttl_period == 60
    say(world.alice, world.carol, "still here")
    assert newest(world.alice, world.carol).ttl_period is None


def test_a_group_has_a_timer(world: World) -> None:
    users: list[Any] = [world.alice.input_user(world.bob)]
    created = world.alice.call(api.messages.CreateChat(users=users, title="Friends"))
    world.server.settle()
    chat_id = created.updates.chats[0].id
    peer = api.InputPeerChat(chat_id=chat_id)
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        world.bob.call(api.messages.SetHistoryTTL(peer=peer, period=60))
    world.alice.call(api.messages.SetHistoryTTL(peer=peer, period=60))
    world.server.settle()
    assert world.bob.call(api.messages.GetFullChat(chat_id=chat_id)).full_chat.ttl_period == 60
    world.bob.call(api.messages.SendMessage(peer=peer, message="for a minute", random_id=next(_RANDOM_IDS)))
    world.server.settle()
    world.server.clock.advance(61)
    run_job(world)
    for client in (world.alice, world.bob):
        found = client.call(history(peer)).messages
        assert all(isinstance(message, api.MessageService) for message in found)


def test_a_timer_costs_a_send_one_statement(world: World) -> None:
    write(world.alice, world.bob, "before")

    def cost() -> int:
        return statements(
            world.alice,
            api.messages.SendMessage(peer=world.alice.peer(world.bob), message="x", random_id=next(_RANDOM_IDS)),
        )

    plain = cost()
    set_timer(world.alice, world.bob, 60)
    assert cost() == plain + 1


# Media


def send_photo(client: Client, to: Client, ttl_seconds: int) -> int:
    media = api.InputMediaUploadedPhoto(file=upload(client, picture(60, 40)), ttl_seconds=ttl_seconds)
    client.call(api.messages.SendMedia(peer=client.peer(to), media=media, message="look", random_id=next(_RANDOM_IDS)))
    client.server.settle()
    return last_id(client)


@pytest.mark.parametrize(("ttl_seconds", "wait"), [(10, 11), (ONCE, 1)])
def test_media_go_when_they_were_seen(world: World, ttl_seconds: int, wait: int) -> None:
    at_alice = send_photo(world.alice, world.bob, ttl_seconds)
    assert newest(world.bob, world.alice).media_unread
    world.server.clock.advance(100)
    assert run_job(world) == 0
    # The sender opening it starts nothing.
    world.alice.call(api.messages.ReadMessageContents(id=[at_alice]))
    world.bob.call(api.messages.ReadMessageContents(id=[last_id(world.bob)]))
    world.server.clock.advance(wait)
    for client in (world.alice, world.bob):
        client.pushes()
    assert run_job(world) == 1
    for client, other in ((world.alice, world.bob), (world.bob, world.alice)):
        pushed = [item for item in client.pushes() if isinstance(item, api.UpdateEditMessage)]
        message = newest(client, other)
        assert pushed[-1].message == message
        assert message.media == api.MessageMediaPhoto(ttl_seconds=ttl_seconds)
        assert (message.message, message.edit_date) == ("look", None)
    assert run_job(world) == 0


def test_such_media_are_not_passed_on(world: World) -> None:
    message_id = send_photo(world.alice, world.bob, 10)
    with pytest.raises(RpcError, match="CHAT_FORWARDS_RESTRICTED"):
        world.alice.call(
            api.messages.ForwardMessages(
                from_peer=world.alice.peer(world.bob),
                id=[message_id],
                random_id=[1],
                to_peer=world.alice.peer(world.carol),
            )
        )


def test_a_deleted_message_just_ends(world: World) -> None:
    set_timer(world.alice, world.bob, 60)
    message_id = say(world.alice, world.bob, "x")
    world.alice.call(api.messages.DeleteMessages(id=[message_id], revoke=True))
    world.server.settle()
    world.server.clock.advance(61)
    assert run_job(world) == 2
    assert run_job(world) == 0
    assert isinstance(newest(world.alice, world.bob), api.MessageService)
