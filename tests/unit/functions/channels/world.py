"""Channels with people in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.unit.functions.messages.world import history, ids, texts
from tl import TLObject, api

__all__ = ["Channel", "World", "history", "ids", "refused", "texts"]

_RANDOM_IDS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class World:
    """Accounts on one server."""

    server: Harness
    alice: Client
    bob: Client
    carol: Client

    def supergroup(self, *members: Client, owner: Client | None = None, **options: Any) -> Channel:
        """A new supergroup of Alice's with these members."""
        return Channel.create(owner or self.alice, members, megagroup=True, **options)

    def broadcast(self, *members: Client, owner: Client | None = None, **options: Any) -> Channel:
        """A new broadcast channel of Alice's with these members."""
        return Channel.create(owner or self.alice, members, broadcast=True, **options)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel and who made it."""

    id: int
    owner: Client

    @classmethod
    def create(cls, owner: Client, members: Iterable[Client] = (), **options: Any) -> Channel:
        """A new channel with these members."""
        answer = owner.call(api.channels.CreateChannel(title="Channel", about="about", **options))
        channel = cls(answer.chats[0].id, owner)
        invited = [owner.input_user(member) for member in members]
        if invited:
            owner.call(api.channels.InviteToChannel(channel=owner.channel(channel.id), users=invited))
        return channel

    def of(self, client: Client) -> Any:
        """The InputChannel of a user."""
        return client.channel(self.id)

    def peer(self, client: Client) -> Any:
        """The InputPeer of a user."""
        return client.channel_peer(self.id)

    def post(self, sender: Client, text: str, **options: Any) -> int:
        """Send a text; its id."""
        answer = sender.call(self.message(sender, text, **options))
        return next(update.id for update in answer.updates if isinstance(update, api.UpdateMessageID))

    def message(self, sender: Client, text: str, **options: Any) -> Any:
        """The request that sends a text."""
        fields = {"peer": self.peer(sender), "message": text, "random_id": next(_RANDOM_IDS), **options}
        return api.messages.SendMessage(**fields)

    def texts(self, client: Client, **options: Any) -> list[str]:
        """The texts of the history as a user sees it, the newest first; service messages left out."""
        answer = client.call(history(self.peer(client), **options))
        return [message.message for message in answer.messages if isinstance(message, api.Message)]

    def publish(self, name: str) -> None:
        """Give it a public name."""
        self.owner.call(api.channels.UpdateUsername(channel=self.of(self.owner), username=name))


def refused(client: Client, request: TLObject) -> str:
    """The error of a call that must fail."""
    with pytest.raises(RpcError) as caught:
        client.call(request)
    return str(caught.value)
