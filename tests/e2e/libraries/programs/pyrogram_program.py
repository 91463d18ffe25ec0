"""Pyrogram and the forks that kept its interface, driven by lines of JSON (see ``tests/e2e/libraries/driver.py``).

Runs in the virtual environment of the library, without this project: ``python pyrogram_program.py MODULE``.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import sys
from typing import Any


class Program:
    """One client; each method with a name in `COMMANDS` is a command."""

    COMMANDS = ("sign_up", "add_contact", "send_text", "edit", "send_photo", "send_document", "download", "history")
    COMMANDS += ("go_offline", "come_back", "log_out")

    def __init__(self, module: str, settings: dict[str, Any]) -> None:
        self._module = module
        self._library = importlib.import_module(module)
        self._raw = importlib.import_module(f"{module}.raw")
        self._enums = importlib.import_module(f"{module}.enums")
        self._point_at(settings)
        options = {"skip_updates": False} if hasattr(self._library.Client, "recover_gaps") else {}
        self._client = self._library.Client(
            "client",
            api_id=1,
            api_hash="0" * 32,
            workdir=settings["folder"],
            device_model=module,
            system_version="1",
            app_version="1",
            **options,
        )
        self._messages: dict[int, Any] = {}
        self._state: Any = None
        self._add_handlers()

    def _point_at(self, settings: dict[str, Any]) -> None:
        """Telegram's addresses and keys are built in: put the server's in their place."""
        rsa = importlib.import_module(f"{self._module}.crypto.rsa")
        rsa.server_public_keys[int(settings["fingerprint"])] = rsa.PublicKey(int(settings["n"]), settings["e"])
        centres = importlib.import_module(f"{self._module}.session.internals").DataCenter
        centres.__new__ = lambda _cls, *_args, **_options: (settings["host"], settings["tcp_port"])

    def _add_handlers(self) -> None:
        handlers = self._library.handlers
        self._client.add_handler(handlers.MessageHandler(self._on_message))
        self._client.add_handler(handlers.EditedMessageHandler(self._on_edit))

    async def _on_message(self, _client: Any, message: Any) -> None:
        self._messages[message.id] = message
        emit({"event": "message", **described(message)})

    async def _on_edit(self, _client: Any, message: Any) -> None:
        emit({"event": "edit", **described(message)})

    async def sign_up(self, phone: str, code: str, name: str) -> dict[str, Any]:
        """Sign in by code, sign up when there is no account, then start as a signed-in client does."""
        await self._client.connect()
        sent = await self._client.send_code(phone)
        user = None
        # The one answers that there is no account, the other raises it.
        with contextlib.suppress(self._library.errors.PhoneNumberUnoccupied):
            user = await self._client.sign_in(phone, sent.phone_code_hash, code)
        if not isinstance(user, self._library.types.User):
            user = await self._sign_up(phone, sent.phone_code_hash, name)
        await self._client.disconnect()
        await self._client.start()
        return {"user_id": user.id, "name": user.first_name}

    async def _sign_up(self, phone: str, phone_code_hash: str, name: str) -> Any:
        if hasattr(self._client, "sign_up"):
            return await self._client.sign_up(phone, phone_code_hash, name)
        request = self._raw.functions.auth.SignUp(
            phone_number=phone, phone_code_hash=phone_code_hash, first_name=name, last_name=""
        )
        made = await self._client.invoke(request)
        await self._client.storage.user_id(made.user.id)
        await self._client.storage.is_bot(False)
        return self._library.types.User._parse(self._client, made.user)

    async def add_contact(self, phone: str, name: str) -> dict[str, Any]:
        """Import a number; whose it is."""
        card = self._library.types.InputPhoneContact(phone, name)
        imported = await self._client.import_contacts([card])
        return {"user_id": imported.users[0].id}

    async def send_text(self, to: int, text: str, bold: list[int] | None = None) -> dict[str, Any]:
        """Send a text; `bold` is offset and length of its bold part."""
        entities = None
        if bold:
            kind = self._enums.MessageEntityType.BOLD
            entities = [self._library.types.MessageEntity(type=kind, offset=bold[0], length=bold[1])]
        message = await self._client.send_message(to, text, entities=entities)
        return {"message_id": message.id}

    async def edit(self, to: int, message_id: int, text: str) -> dict[str, Any]:
        """Change a text."""
        message = await self._client.edit_message_text(to, message_id, text)
        return {"text": message.text}

    async def send_photo(self, to: int, path: str, caption: str) -> dict[str, Any]:
        """Send a JPEG as a photo."""
        message = await self._client.send_photo(to, path, caption=caption)
        return {"message_id": message.id}

    async def send_document(self, to: int, path: str, caption: str) -> dict[str, Any]:
        """Send a file as it is."""
        message = await self._client.send_document(to, path, caption=caption, force_document=True)
        return {"message_id": message.id}

    async def download(self, message_id: int, path: str) -> dict[str, Any]:
        """The file of a received message, into `path`."""
        saved = await self._client.download_media(self._messages[message_id], file_name=path)
        return {"path": str(saved)}

    async def history(self, chat: int) -> dict[str, Any]:
        """Texts of a chat, newest first."""
        texts = [message.text or message.caption async for message in self._client.get_chat_history(chat)]
        return {"texts": texts}

    async def go_offline(self) -> dict[str, Any]:
        """Close the connections and stay signed in."""
        self._state = await self._client.invoke(self._raw.functions.updates.GetState())
        await self._client.stop()
        return {}

    async def come_back(self) -> dict[str, Any]:
        """Connect again and fetch what was missed."""
        # Stopping forgets the handlers.
        self._client.dispatcher.groups.clear()
        self._add_handlers()
        await self._client.start()
        if not hasattr(self._client, "recover_gaps"):
            await self._difference()
        return {}

    async def _difference(self) -> None:
        """What Pyrogram leaves to its user: the difference, handed to the handlers like the rest."""
        state = self._state
        query = self._raw.functions.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts)
        for _ in range(100):
            found = await self._client.invoke(query)
            if not isinstance(found, self._raw.types.updates.DifferenceEmpty):
                break
            # What was sent meanwhile may be on its way to this account's box.
            await asyncio.sleep(0.1)
        users, chats = ({one.id: one for one in many} for many in (found.users, found.chats))
        for message in found.new_messages:
            update = self._raw.types.UpdateNewMessage(message=message, pts=0, pts_count=0)
            self._client.dispatcher.updates_queue.put_nowait((update, users, chats))

    async def log_out(self) -> dict[str, Any]:
        """End the session on the server."""
        return {"logged_out": bool(await self._client.log_out())}


def described(message: Any) -> dict[str, Any]:
    """What the test wants to know of a message."""
    found = message.entities or message.caption_entities or []
    entities = [[entity.type.name.lower(), entity.offset, entity.length] for entity in found]
    return {
        "message_id": message.id,
        "chat": message.chat.id,
        "sender": message.from_user.id if message.from_user else None,
        "out": bool(message.outgoing),
        "text": message.text or message.caption or "",
        "entities": entities,
        "media": message.media.name.lower() if message.media else None,
        "file_name": message.document.file_name if message.document else None,
    }


def emit(value: dict[str, Any]) -> None:
    """One line on stdout."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


async def answer(program: Program, command: dict[str, Any]) -> None:
    """Carry out one command."""
    number, name = command.pop("id"), command.pop("do")
    try:
        if name not in program.COMMANDS:
            raise LookupError(name)
        emit({"id": number, "ok": await getattr(program, name)(**command)})
    except Exception as error:  # whatever it is, the test reports it
        emit({"id": number, "error": f"{type(error).__name__}: {error}"})


async def main() -> None:
    """Settings first, then commands until the input ends."""
    program = Program(sys.argv[1], json.loads(sys.stdin.readline()))
    running: set[asyncio.Task[None]] = set()
    emit({"event": "ready"})
    while line := await asyncio.to_thread(sys.stdin.readline):
        task = asyncio.create_task(answer(program, json.loads(line)))
        running.add(task)
        task.add_done_callback(running.discard)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
