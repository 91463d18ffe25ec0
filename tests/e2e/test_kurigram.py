"""The same conversation with Kurigram, Telethon at the other end."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrogram
import pytest
from pyrogram import enums, handlers
from telethon.tl import types as telethon_types

from tests.e2e.clients.kurigram_client import kurigram
from tests.e2e.clients.phones import new_phone
from tests.e2e.people import DEADLINE_S, SERVICE_USER_ID, People, Person
from tests.e2e.test_media import named, picture
from tests.e2e.waiting import eventually
from tests.servers import Server


class Inbox:
    """What the client's handlers were called with."""

    def __init__(self, client: pyrogram.Client) -> None:
        self._seen: list[tuple[str, Any]] = []
        self._changed = asyncio.Condition()
        client.add_handler(handlers.MessageHandler(self._on_message))
        client.add_handler(handlers.EditedMessageHandler(self._on_edit))
        client.add_handler(handlers.DeletedMessagesHandler(self._on_delete))

    async def _on_message(self, _client: pyrogram.Client, message: Any) -> None:
        await self._add("message", message)

    async def _on_edit(self, _client: pyrogram.Client, message: Any) -> None:
        await self._add("edit", message)

    async def _on_delete(self, _client: pyrogram.Client, messages: Any) -> None:
        await self._add("delete", messages)

    async def _add(self, kind: str, value: Any) -> None:
        async with self._changed:
            self._seen.append((kind, value))
            self._changed.notify_all()

    async def wait_for(self, kind: str, fits: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first of a kind that fits."""

        def found() -> Any:
            return next((value for seen, value in self._seen if seen == kind and fits(value)), None)

        try:
            async with asyncio.timeout(DEADLINE_S), self._changed:
                return await self._changed.wait_for(found)
        except TimeoutError:
            raise AssertionError(f"no {kind} among {self._seen}") from None

    async def text(self, text: str) -> Any:
        """The message with a text or caption."""
        return await self.wait_for("message", lambda message: (message.text or message.caption) == text)


@dataclass
class Pair:
    """Dora with Kurigram on two devices, Eve with Telethon, in each other's contacts."""

    dora: Any  # a Client; its answers are unions that an assertion decides
    inbox: Inbox
    desk: Any
    desk_inbox: Inbox
    eve: Person


@pytest.fixture
async def pair(server: Server, people: People, tmp_path: Path) -> AsyncIterator[Pair]:
    eve, phone = await people.sign_up("Eve"), new_phone()
    async with (
        kurigram(server, tmp_path / "1", "Dora", phone=phone) as dora,
        kurigram(server, tmp_path / "2", "Dora", phone=phone) as desk,
    ):
        imported = await dora.import_contacts([pyrogram.types.InputPhoneContact(eve.phone, "Eve")])
        assert [user.id for user in imported.users] == [eve.id]
        assert [user.id for user in await desk.get_contacts()] == [eve.id]
        yield Pair(dora, Inbox(dora), desk, Inbox(desk), eve)


async def test_text_both_ways(pair: Pair) -> None:
    sent = await pair.dora.send_message(pair.eve.id, "**hello** Eve")
    at_eve = await pair.eve.told.message("hello Eve")
    assert [(type(e), e.offset, e.length) for e in at_eve.entities] == [(telethon_types.MessageEntityBold, 0, 5)]
    at_desk = await pair.desk_inbox.text("hello Eve")
    assert (at_desk.id, at_desk.outgoing) == (sent.id, True)
    await pair.eve.client.send_message(at_eve.peer_id, "`hello` Dora", reply_to=at_eve.id)
    at_dora = await pair.inbox.text("hello Dora")
    assert at_dora.reply_to_message_id == sent.id
    assert [entity.type for entity in at_dora.entities] == [enums.MessageEntityType.CODE]
    history = [message.text async for message in pair.dora.get_chat_history(pair.eve.id)]
    assert history == ["hello Dora", "hello Eve"]


async def test_edit_delete_forward_read(pair: Pair) -> None:
    sent = await pair.dora.send_message(pair.eve.id, "first")
    at_eve = await pair.eve.told.message("first")
    await pair.dora.edit_message_text(pair.eve.id, sent.id, "second")
    edited = await pair.eve.told.wait_for(telethon_types.UpdateEditMessage)
    assert (edited.message.id, edited.message.message) == (at_eve.id, "second")
    assert (await pair.desk_inbox.wait_for("edit")).text == "second"
    await pair.dora.forward_messages("me", pair.eve.id, sent.id)
    assert (await pair.desk_inbox.wait_for("message", lambda m: m.forward_origin is not None)).text == "second"
    await pair.eve.client.send_message(at_eve.peer_id, "unread")
    await pair.inbox.text("unread")
    await pair.dora.read_chat_history(pair.eve.id)
    await pair.eve.told.wait_for(telethon_types.UpdateReadHistoryOutbox)
    await pair.dora.delete_messages(pair.eve.id, sent.id)
    gone = await pair.eve.told.wait_for(telethon_types.UpdateDeleteMessages)
    assert gone.messages == [at_eve.id]
    assert [message.id for message in await pair.desk_inbox.wait_for("delete")] == [sent.id]


async def test_photo_album_document(pair: Pair, tmp_path: Path) -> None:
    paths = []
    for seed in range(2):
        path = tmp_path / f"{seed}.jpg"
        path.write_bytes(picture(900, 600, seed))
        paths.append(path)
    await pair.dora.send_photo(pair.eve.id, str(paths[0]), caption="one")
    at_eve = await pair.eve.told.message("one")
    assert {"m", "x"} <= {size.type for size in at_eve.photo.sizes}
    album = [pyrogram.types.InputMediaPhoto(str(path), caption=f"album {n}") for n, path in enumerate(paths)]
    await pair.dora.send_media_group(pair.eve.id, album)
    group = {(await pair.eve.told.message(f"album {number}")).grouped_id for number in range(2)}
    assert len(group) == 1
    data = random.Random(5).randbytes(1_500_000)
    await pair.eve.client.send_file(at_eve.peer_id, named(data, "data.bin"), caption="a file", force_document=True)
    at_dora = await pair.inbox.text("a file")
    assert (at_dora.document.file_name, at_dora.document.file_size) == ("data.bin", len(data))
    back = await at_dora.download(in_memory=True)
    assert hashlib.sha256(back.getvalue()).digest() == hashlib.sha256(data).digest()
    await pair.eve.client.send_file(at_eve.peer_id, named(picture(900, 600), "a.jpg"), caption="seen")
    photo = (await pair.inbox.text("seen")).photo
    assert (photo.width, photo.height) == (900, 600)


async def test_profile_dialogs_and_search(pair: Pair) -> None:
    await pair.dora.update_profile(first_name="Theodora", bio="a client of another library")
    name = f"dora_{new_phone().lstrip('+')}"
    await pair.dora.set_username(name)
    me = await pair.desk.get_me()
    assert (me.first_name, me.username) == ("Theodora", name)
    await pair.dora.send_message(pair.eve.id, "pears")
    await pair.dora.send_message("me", "note")
    chats = [d async for d in pair.dora.get_dialogs() if d.chat.id != SERVICE_USER_ID]
    assert [d.top_message.text for d in chats] == ["note", "pears"]

    async def pears() -> list[str]:
        return [m.text async for m in pair.dora.search_messages(pair.eve.id, "pears")]

    # The words of a message are indexed a moment after it was sent.
    assert await eventually(pears, bool) == ["pears"]
    chat = await pair.dora.get_chat(pair.eve.id)
    assert chat.first_name == "Eve"
    await pair.dora.block_user(pair.eve.id)
    await pair.dora.unblock_user(pair.eve.id)
