"""Basic groups for tests."""

from __future__ import annotations

import itertools
from typing import Any

from tests.harness import Client
from tl import api

_RANDOM_IDS = itertools.count(900_000)


def make_group(creator: Client, *others: Client, title: str = "Friends") -> int:
    """A new group; its id."""
    request = api.messages.CreateChat(users=[creator.input_user(other) for other in others], title=title)
    answer = creator.call(request)
    creator.server.settle()
    return int(answer.updates.chats[0].id)


def chat_peer(group: int) -> Any:
    """The InputPeer of a group."""
    return api.InputPeerChat(chat_id=group)


def say(sender: Client, group: int, text: str, *, settle: bool = True, **options: Any) -> int:
    """Send a text to a group; its id in the sender's box."""
    request = api.messages.SendMessage(peer=chat_peer(group), message=text, random_id=next(_RANDOM_IDS), **options)
    answer = sender.call(request)
    if settle:
        sender.server.settle()
    return int(answer.updates[0].id)


def remove(by: Client, group: int, user: Client, **options: Any) -> Any:
    """Remove somebody from a group, or leave it."""
    named = api.InputUserSelf() if user.id == by.id else by.input_user(user)
    answer = by.call(api.messages.DeleteChatUser(chat_id=group, user_id=named, **options))
    by.server.settle()
    return answer


def add(by: Client, group: int, user: Client, fwd_limit: int = 0) -> Any:
    """Bring somebody into a group."""
    answer = by.call(api.messages.AddChatUser(chat_id=group, user_id=by.input_user(user), fwd_limit=fwd_limit))
    by.server.settle()
    return answer


def full(client: Client, group: int) -> Any:
    """The group's page."""
    return client.call(api.messages.GetFullChat(chat_id=group))


def members_of(client: Client, group: int) -> list[int]:
    """Ids of everyone in the group, as a member sees it."""
    return [item.user_id for item in full(client, group).full_chat.participants.participants]
