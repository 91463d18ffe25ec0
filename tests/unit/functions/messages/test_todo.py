"""To-do lists: https://core.telegram.org/api/todo."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import START, Client
from tests.unit.functions.channels.test_forums import create, in_topic
from tests.unit.functions.channels.world import Channel
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import history, last_id, write
from tl import TLObject, api

_RANDOM_IDS = itertools.count(60_000)


def said(text: str) -> api.TextWithEntities:
    return api.TextWithEntities(text=text, entities=[])


def items(*texts: str, first: int = 1) -> list[Any]:
    return [api.TodoItem(id=first + index, title=said(text)) for index, text in enumerate(texts)]


def todo(*texts: str, title: str = "To do", **options: Any) -> api.InputMediaTodo:
    listed = items(*(texts or ("one", "two", "three")))
    return api.InputMediaTodo(todo=api.TodoList(title=said(title), list=listed, **options))


def sending(peer: Any, media: api.InputMediaTodo, **options: Any) -> api.messages.SendMedia:
    return api.messages.SendMedia(peer=peer, media=media, message="", random_id=next(_RANDOM_IDS), **options)


def send(client: Client, to: Client, **options: Any) -> int:
    """Send a list; its id in the sender's box."""
    client.call(sending(client.peer(to), todo(**options)))
    client.server.settle()
    return last_id(client)


def toggling(peer: Any, message_id: int, *done: int, undo: tuple[int, ...] = ()) -> api.messages.ToggleTodoCompleted:
    return api.messages.ToggleTodoCompleted(peer=peer, msg_id=message_id, completed=list(done), incompleted=list(undo))


def appending(peer: Any, message_id: int, *given: Any) -> api.messages.AppendTodoList:
    return api.messages.AppendTodoList(peer=peer, msg_id=message_id, list=list(given))


def media(client: Client, message_id: int) -> Any:
    (message,) = client.call(api.messages.GetMessages(id=[api.InputMessageID(id=message_id)])).messages
    return message.media


def done(shown: Any) -> dict[int, int]:
    return {item.id: item.completed_by.user_id for item in shown.completions or ()}


def refused(client: Client, request: TLObject) -> str:
    with pytest.raises(RpcError) as caught:
        client.call(request)
    return str(caught.value.type)


def test_completing(world: World) -> None:
    at_alice = send(world.alice, world.bob, others_can_complete=True)
    at_bob = last_id(world.bob)
    peer = world.bob.peer(world.alice)
    edit, new = world.bob.call(toggling(peer, at_bob, 1, 3)).updates
    assert isinstance(edit, api.UpdateEditMessage) and done(edit.message.media) == {1: world.bob.id, 3: world.bob.id}
    assert edit.message.edit_hide and edit.message.edit_date is None
    assert edit.message.media.completions[0].date == START
    assert new.message.action == api.MessageActionTodoCompletions(completed=[1, 3], incompleted=[])
    assert new.message.reply_to.reply_to_msg_id == at_bob
    world.alice.pushes()
    world.server.settle()
    edit, new = world.alice.pushes()
    assert done(edit.message.media) == {1: world.bob.id, 3: world.bob.id}
    assert new.message.reply_to.reply_to_msg_id == at_alice
    world.alice.call(toggling(world.alice.peer(world.bob), at_alice, 2, 3, undo=(1,)))
    world.server.settle()
    assert done(media(world.bob, at_bob)) == {3: world.bob.id, 2: world.alice.id}
    action = world.bob.call(history(peer, limit=1)).messages[0].action
    assert action == api.MessageActionTodoCompletions(completed=[2], incompleted=[1])


def test_who_may_complete_and_append(world: World) -> None:
    at_alice = send(world.alice, world.bob)
    at_bob = last_id(world.bob)
    peer = world.bob.peer(world.alice)
    assert refused(world.bob, toggling(peer, at_bob, 1)) == "MESSAGE_AUTHOR_REQUIRED"
    assert refused(world.bob, appending(peer, at_bob, *items("four", first=4))) == "MESSAGE_AUTHOR_REQUIRED"
    world.alice.call(toggling(world.alice.peer(world.bob), at_alice, 1))
    world.alice.call(appending(world.alice.peer(world.bob), at_alice, *items("four", first=4)))
    assert refused(world.carol, toggling(world.carol.peer(world.alice), at_alice, 1)) == "MESSAGE_ID_INVALID"
    world.alice.call(api.contacts.Block(id=world.alice.peer(world.bob)))
    assert refused(world.bob, toggling(peer, at_bob, 2)) == "CHAT_WRITE_FORBIDDEN"
    assert refused(world.alice, toggling(world.alice.peer(world.bob), at_alice, 2)) == "YOU_BLOCKED_USER"


def test_what_cannot_be_completed(world: World) -> None:
    (text,) = write(world.alice, world.bob, "no list")
    at_alice = send(world.alice, world.bob)
    peer = world.alice.peer(world.bob)
    assert refused(world.alice, toggling(peer, text, 1)) == "MESSAGE_ID_INVALID"
    assert refused(world.alice, toggling(peer, at_alice + 5, 1)) == "MESSAGE_ID_INVALID"
    assert refused(world.alice, toggling(peer, at_alice)) == "TODO_ITEMS_EMPTY"
    for request in (toggling(peer, at_alice, 9), toggling(peer, at_alice, undo=(1,))):
        assert refused(world.alice, request) == "TODO_NOT_MODIFIED"
    world.alice.call(toggling(peer, at_alice, 1))
    assert refused(world.alice, toggling(peer, at_alice, 1)) == "TODO_NOT_MODIFIED"
    # A forward is a copy of how things stood.
    forward = api.messages.ForwardMessages(
        from_peer=peer, id=[at_alice], random_id=[next(_RANDOM_IDS)], to_peer=world.alice.peer(world.carol)
    )
    world.alice.call(forward)
    copy = last_id(world.alice)
    assert done(media(world.alice, copy)) == {1: world.alice.id}
    assert refused(world.alice, toggling(world.alice.peer(world.carol), copy, 2)) == "MESSAGE_ID_INVALID"


def test_appending(world: World) -> None:
    at_alice = send(world.alice, world.bob, others_can_append=True)
    at_bob = last_id(world.bob)
    peer = world.bob.peer(world.alice)
    edit, new = world.bob.call(appending(peer, at_bob, *items("four", "five", first=4))).updates
    assert [item.title.text for item in edit.message.media.todo.list] == ["one", "two", "three", "four", "five"]
    assert new.message.action.list == items("four", "five", first=4)
    assert refused(world.bob, appending(peer, at_bob)) == "TODO_ITEMS_EMPTY"
    assert refused(world.bob, appending(peer, at_bob, *items("again", first=5))) == "TODO_ITEM_DUPLICATE"
    assert refused(world.bob, appending(peer, at_bob, *items("x", "y", first=6)[::-1], *items("z", first=7))) == (
        "TODO_ITEM_DUPLICATE"
    )
    many = [str(number) for number in range(26)]
    assert refused(world.bob, appending(peer, at_bob, *items(*many, first=6))) == "TODO_ITEMS_TOO_MUCH"
    world.bob.call(appending(peer, at_bob, *items(*many[:25], first=6)))
    world.server.settle()
    assert len(media(world.alice, at_alice).todo.list) == 30


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (api.InputMediaTodo(todo=api.TodoList(title=said("To do"), list=[])), "TODO_ITEMS_EMPTY"),
        (todo(*map(str, range(31))), "TODO_ITEMS_TOO_MUCH"),
        (api.InputMediaTodo(todo=api.TodoList(title=said("x"), list=items("a") + items("b"))), "TODO_ITEM_DUPLICATE"),
        (api.InputMediaTodo(todo=api.TodoList(title=said("x"), list=items("a", first=0))), "MEDIA_INVALID"),
        (todo(title=""), "MESSAGE_EMPTY"),
        (todo(title="x" * 33), "MESSAGE_TOO_LONG"),
        (todo(" "), "MESSAGE_EMPTY"),
        (todo("x" * 65), "MESSAGE_TOO_LONG"),
    ],
)
def test_wrong_lists(world: World, given: api.InputMediaTodo, error: str) -> None:
    assert refused(world.alice, sending(world.alice.peer(world.bob), given)) == error


def test_editing_keeps_what_is_done(world: World) -> None:
    at_alice = send(world.alice, world.bob, others_can_complete=True)
    at_bob = last_id(world.bob)
    world.bob.call(toggling(world.bob.peer(world.alice), at_bob, 1, 2))
    given = api.InputMediaTodo(todo=api.TodoList(title=said("Changed"), list=[*items("uno"), *items("four", first=4)]))
    edit = api.messages.EditMessage(peer=world.alice.peer(world.bob), id=at_alice, media=given)
    (update,) = world.alice.call(edit).updates
    assert update.message.edit_date == START and not update.message.edit_hide
    world.server.settle()
    shown = media(world.bob, at_bob)
    assert [item.title.text for item in shown.todo.list] == ["uno", "four"]
    assert done(shown) == {1: world.bob.id} and not shown.todo.others_can_complete
    (text,) = write(world.alice, world.bob, "no list")
    edit = api.messages.EditMessage(peer=world.alice.peer(world.bob), id=text, media=todo())
    assert refused(world.alice, edit) == "MESSAGE_ID_INVALID"


def test_replies_to_an_item(world: World) -> None:
    at_alice = send(world.alice, world.bob)
    reply = api.InputReplyToMessage(reply_to_msg_id=at_alice, todo_item_id=2)
    request = api.messages.SendMessage(peer=world.alice.peer(world.bob), message="done?", random_id=1, reply_to=reply)
    world.alice.call(request)
    world.server.settle()
    header = world.bob.call(history(world.bob.peer(world.alice), limit=1)).messages[0].reply_to
    assert (header.reply_to_msg_id, header.todo_item_id) == (last_id(world.bob) - 1, 2)


def test_in_a_group_those_who_left_see_how_it_was(world: World) -> None:
    users = [world.alice.input_user(world.bob), world.alice.input_user(world.carol)]
    created = world.alice.call(api.messages.CreateChat(users=users, title="Group"))
    peer = api.InputPeerChat(chat_id=created.updates.chats[0].id)
    world.server.settle()
    world.alice.call(sending(peer, todo(others_can_complete=True)))
    world.server.settle()
    ids = {client.id: last_id(client) for client in (world.alice, world.bob, world.carol)}
    world.carol.call(api.messages.DeleteChatUser(chat_id=peer.chat_id, user_id=api.InputUserSelf()))
    world.server.settle()
    world.bob.call(toggling(peer, ids[world.bob.id], 1))
    world.server.settle()
    assert done(media(world.alice, ids[world.alice.id])) == {1: world.bob.id}
    assert done(media(world.carol, ids[world.carol.id])) == {}
    assert refused(world.carol, toggling(peer, ids[world.carol.id], 2)) == "CHAT_WRITE_FORBIDDEN"
    rights = api.ChatBannedRights(until_date=0, send_messages=True)
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=peer, banned_rights=rights))
    world.server.settle()
    assert refused(world.bob, toggling(peer, ids[world.bob.id], 2)) == "CHAT_WRITE_FORBIDDEN"


def test_in_a_forum_what_is_said_stays_in_the_topic(world: World) -> None:
    forum = Channel.create(world.alice, [world.bob], megagroup=True, forum=True)
    topic = create(forum, world.alice, "Work", 1)
    world.alice.call(sending(forum.peer(world.alice), todo(others_can_complete=True), reply_to=in_topic(topic)))
    message_id = world.alice.call(history(forum.peer(world.alice), limit=1)).messages[0].id
    edit, new = world.bob.call(toggling(forum.peer(world.bob), message_id, 2)).updates
    assert done(edit.message.media) == {2: world.bob.id}
    header = new.message.reply_to
    assert (header.reply_to_msg_id, header.reply_to_top_id, header.forum_topic) == (message_id, topic, True)
    assert refused(world.carol, toggling(forum.peer(world.carol), message_id, 1)) == "CHANNEL_PRIVATE"
    rights = api.ChatBannedRights(until_date=0, send_polls=True)
    edit = api.messages.EditChatDefaultBannedRights(peer=forum.peer(world.alice), banned_rights=rights)
    world.alice.call(edit)
    assert refused(world.bob, sending(forum.peer(world.bob), todo())) == "CHAT_SEND_POLL_FORBIDDEN"


def test_nobody_overwrites_what_others_do_at_once(world: World) -> None:
    at_alice = send(world.alice, world.bob, others_can_complete=True)
    requests = [
        (world.alice, toggling(world.alice.peer(world.bob), at_alice, 1)),
        (world.bob, toggling(world.bob.peer(world.alice), last_id(world.bob), 2)),
    ]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda pair: pair[0].call(pair[1]), requests))
    world.server.settle()
    assert done(media(world.alice, at_alice)) == {1: world.alice.id, 2: world.bob.id}


def test_not_in_broadcast_channels(world: World) -> None:
    channel = Channel.create(world.alice, [world.bob], broadcast=True)
    assert refused(world.alice, sending(channel.peer(world.alice), todo())) == "MEDIA_INVALID"


def test_clients_of_old_layers_get_something(world: World) -> None:
    old = world.server.device(world.bob.id, layer=158)
    at_alice = send(world.alice, world.bob)
    world.alice.call(toggling(world.alice.peer(world.bob), at_alice, 1))
    world.server.settle()
    found = old.call(history(old.peer(world.alice))).messages
    assert len(found) == 2
