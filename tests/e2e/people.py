"""People with Telethon on their devices, and what each device was told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from telethon import TelegramClient, events
from telethon.tl import functions, types

from tests.e2e.clients.phones import new_phone
from tests.e2e.clients.telethon_client import make_client, sign_in
from tests.servers import Server

DEADLINE_S = 15.0
SERVICE_USER_ID = 777000
"""Whoever tells accounts of new logins."""


class Watcher:
    """Every update a client was told, in order; `wait_for` takes the first that fits, waiting for it."""

    def __init__(self, client: TelegramClient) -> None:
        self.updates: list[Any] = []
        self._changed = asyncio.Condition()
        client.add_event_handler(self._take, events.Raw)

    async def _take(self, update: Any) -> None:
        async with self._changed:
            self.updates.append(update)
            self._changed.notify_all()

    async def wait_for(self, kind: type, fits: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first update of a type (and condition), taken out; it may have come before."""

        def found() -> Any:
            return next((update for update in self.updates if isinstance(update, kind) and fits(update)), None)

        try:
            async with asyncio.timeout(DEADLINE_S), self._changed:
                update = await self._changed.wait_for(found)
        except TimeoutError:
            raise AssertionError(f"no {kind.__name__} among {self.updates}") from None
        self.updates.remove(update)
        return update

    async def message(self, text: str) -> types.Message:
        """The new message with this text."""
        update = await self.wait_for(types.UpdateNewMessage, lambda update: update.message.message == text)
        return update.message

    async def message_with(self, media: type) -> types.Message:
        """The new message with a medium of this type."""
        update = await self.wait_for(types.UpdateNewMessage, lambda update: isinstance(update.message.media, media))
        return update.message


@dataclass(frozen=True, slots=True)
class Person:
    """One device of an account. Calling it calls the method: ``await alice(functions.help.GetConfigRequest())``."""

    client: TelegramClient
    id: int
    phone: str
    first_name: str
    told: Watcher = field(repr=False)

    async def __call__(self, request: Any) -> Any:
        return await self.client(request)

    async def send(self, to: Person, text: str, **options: Any) -> types.Message:
        """Send a message."""
        return await self.client.send_message(to.id, text, **options)

    async def peer(self, other: Person) -> Any:
        """The other as an InputPeer of this device."""
        return await self.client.get_input_entity(other.id)

    async def history(self, other: Person, limit: int = 100) -> list[types.Message]:
        """The chat with the other, newest first."""
        return list(await self.client.get_messages(other.id, limit=limit))

    async def dialog(self, other: Person) -> types.Dialog:
        """The chat with the other in the list of chats."""
        found = await self(
            functions.messages.GetPeerDialogsRequest(peers=[types.InputDialogPeer(await self.peer(other))])
        )
        return found.dialogs[0]


class People:
    """Makes people and their devices; all are disconnected in the end."""

    def __init__(self, server: Server, stack: AsyncExitStack) -> None:
        self._server = server
        self._stack = stack

    async def sign_up(self, first_name: str, **options: Any) -> Person:
        """A new account with one device."""
        return await self._device(new_phone(), first_name, options)

    async def another_device(self, person: Person, **options: Any) -> Person:
        """A second device of the account; it knows the contacts."""
        device = await self._device(person.phone, person.first_name, options)
        await device(functions.contacts.GetContactsRequest(hash=0))
        return device

    async def _device(self, phone: str, first_name: str, options: dict[str, Any]) -> Person:
        client = make_client(self._server, **options)
        told = Watcher(client)
        await client.connect()
        self.keep(client)
        user = await sign_in(client, phone, first_name)
        return Person(client, user.id, phone, first_name, told)

    def keep(self, client: TelegramClient) -> None:
        """Disconnect a client with the others in the end."""
        self._stack.push_async_callback(client.disconnect)

    @staticmethod
    async def introduce(*people: Person) -> None:
        """Each has the others' numbers in the address book."""
        for person in people:
            cards = [
                types.InputPhoneContact(number, other.phone, other.first_name, "")
                for number, other in enumerate(people)
                if other.id != person.id
            ]
            found = await person(functions.contacts.ImportContactsRequest(cards))
            assert len(found.imported) == len(cards)


@asynccontextmanager
async def people_of(server: Server) -> AsyncIterator[People]:
    """People of a server."""
    async with AsyncExitStack() as stack:
        yield People(server, stack)


@dataclass(frozen=True, slots=True)
class Circle:
    """Three who know each other; Alice has two devices."""

    alice: Person
    tablet: Person
    bob: Person
    carol: Person


@asynccontextmanager
async def circle_of(server: Server) -> AsyncIterator[Circle]:
    """A new circle."""
    async with people_of(server) as people:
        alice, bob, carol = [await people.sign_up(name) for name in ("Alice", "Bob", "Carol")]
        await people.introduce(alice, bob, carol)
        yield Circle(alice, await people.another_device(alice), bob, carol)
