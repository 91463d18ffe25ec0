"""All client libraries at once on one server, layers 158 to 229, each writing to its neighbours in a ring."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Protocol

import pyrogram
import pytest
from telethon.tl import functions, types

from tests.e2e.clients.kurigram_client import kurigram
from tests.e2e.clients.phones import new_phone
from tests.e2e.libraries.catalog import LIBRARIES, start
from tests.e2e.people import DEADLINE_S, People, Person
from tests.e2e.test_kurigram import Inbox
from tests.servers import Server

_TEXTS_EACH_WAY = 3


class Member(Protocol):
    """One account in one library."""

    name: str
    phone: str
    user_id: int

    async def meet(self, other: Member) -> None:
        """Import the other's number."""

    async def send(self, to: int, text: str) -> int:
        """Send a text; the message's id."""

    async def text(self, text: str) -> Any:
        """Wait for a text."""

    def texts(self) -> list[str]:
        """Incoming texts in the order in which they came."""

    async def chat(self, other: Member) -> list[str]:
        """Texts of the chat, newest first."""


class WithTelethon:
    """A member that uses Telethon in this process."""

    name = "Telethon"

    def __init__(self, person: Person) -> None:
        self._person = person
        self.phone, self.user_id = person.phone, person.id
        self._texts: list[str] = []
        person.client.add_event_handler(self._take)

    async def _take(self, update: Any) -> None:
        if isinstance(update, types.UpdateNewMessage) and not update.message.out:
            self._texts.append(update.message.message)

    async def meet(self, other: Member) -> None:
        card = types.InputPhoneContact(0, other.phone, other.name, "")
        await self._person(functions.contacts.ImportContactsRequest([card]))

    async def send(self, to: int, text: str) -> int:
        return int((await self._person.client.send_message(to, text)).id)

    async def text(self, text: str) -> Any:
        return await self._person.told.message(text)

    def texts(self) -> list[str]:
        return self._texts

    async def chat(self, other: Member) -> list[str]:
        return [message.message for message in await self._person.client.get_messages(other.user_id, limit=50)]


class WithKurigram:
    """A member that uses Kurigram in this process."""

    name = "Kurigram"

    def __init__(self, client: Any, phone: str) -> None:
        self._client = client
        self._inbox = Inbox(client)
        self.phone, self.user_id = phone, client.me.id

    async def meet(self, other: Member) -> None:
        await self._client.import_contacts([pyrogram.types.InputPhoneContact(other.phone, other.name)])

    async def send(self, to: int, text: str) -> int:
        return int((await self._client.send_message(to, text)).id)

    async def text(self, text: str) -> Any:
        return await self._inbox.text(text)

    def texts(self) -> list[str]:
        return [message.text for kind, message in self._inbox._seen if kind == "message" and not message.outgoing]

    async def chat(self, other: Member) -> list[str]:
        return [message.text async for message in self._client.get_chat_history(other.user_id)]


@pytest.mark.timeout(150)
async def test_all_at_once(server: Server, people: People, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        members = await _members(server, people, tmp_path, stack)
        ring = [(members[n - 1], members[n], members[(n + 1) % len(members)]) for n in range(len(members))]
        await asyncio.gather(*(_meet(me, left, right) for left, me, right in ring))
        await asyncio.gather(*(_talk(me, left, right) for left, me, right in ring))
        for left, me, right in ring:
            for text in [*_expected(left, me), *_expected(right, me)]:
                async with asyncio.timeout(DEADLINE_S):
                    await me.text(text)
        for left, me, right in ring:
            expected = [*_expected(left, me), *_expected(right, me)]
            assert Counter(me.texts()) == Counter(expected), me.name
            for other in (left, right):
                from_other = [text for text in me.texts() if text.startswith(f"{other.name} to")]
                assert from_other == _expected(other, me), "in the order in which they were sent"
        # Both ends hold the same chat. Texts that crossed may stand in another order: each end has its own box.
        for _, me, right in ring:
            for chat in await asyncio.gather(me.chat(right), right.chat(me)):
                assert Counter(chat) == Counter([*_expected(me, right), *_expected(right, me)])
                for sender, to in ((me, right), (right, me)):
                    sent = [text for text in reversed(chat) if text.startswith(f"{sender.name} to")]
                    assert sent == _expected(sender, to)


async def _members(server: Server, people: People, folder: Path, stack: AsyncExitStack) -> list[Member]:
    drivers = await asyncio.gather(
        *(
            stack.enter_async_context(start(library, server, folder / str(number)))
            for number, library in enumerate(LIBRARIES)
        )
    )
    await asyncio.gather(*(driver.sign_up() for driver in drivers))
    phone = new_phone()
    client = await stack.enter_async_context(kurigram(server, folder / "kurigram", "Kurigram", phone=phone))
    return [*drivers, WithTelethon(await people.sign_up("Telethon")), WithKurigram(client, phone)]


async def _meet(me: Member, *others: Member) -> None:
    for other in others:
        await me.meet(other)


async def _talk(me: Member, *others: Member) -> None:
    for number in range(_TEXTS_EACH_WAY):
        for other in others:
            await me.send(other.user_id, _text(me, other, number))


def _expected(sender: Member, to: Member) -> Sequence[str]:
    return [_text(sender, to, number) for number in range(_TEXTS_EACH_WAY)]


def _text(sender: Member, to: Member, number: int) -> str:
    return f"{sender.name} to {to.name}: {number}"
