"""A client library as a process: commands go in as lines of JSON, answers and events come out.

The first line holds the settings (address, key, folder), each further one a command: ``{"id": 1, "do": "send_text"}``
and its parameters. The program answers ``{"id": 1, "ok": {…}}`` or ``{"id": 1, "error": "…"}`` and tells of messages:
``{"event": "message" | "edit", "message_id", "chat", "sender", "out", "text", "entities", "media", "file_name"}``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from localstack.process import as_user, tail
from tests.e2e.clients.phones import new_phone
from tests.servers import HOST, LOGIN_CODE, Server

CALL_TIMEOUT_S: Final = 30.0
EVENT_TIMEOUT_S: Final = 15.0
_STOP_TIMEOUT_S: Final = 3.0
# One event carries one message: a text of 4,096 characters, escaped, and its entities.
_LINE_LIMIT: Final = 1024 * 1024


class ProgramFailed(AssertionError):
    """A command failed or was not answered; the text carries what the program wrote to stderr."""


class Driver:
    """One account in one library. `name` labels it in errors."""

    def __init__(self, name: str, process: asyncio.subprocess.Process, log: Path) -> None:
        self.name = name
        self.phone = new_phone()
        self.user_id = 0
        self.events: list[dict[str, Any]] = []
        self._process = process
        self._log = log
        self._changed = asyncio.Condition()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._reader = asyncio.create_task(self._read(), name=f"reader of {name}")

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            value = json.loads(line)
            if "event" in value:
                async with self._changed:
                    self.events.append(value)
                    self._changed.notify_all()
            elif (waiting := self._answers.pop(value["id"], None)) and not waiting.done():
                waiting.set_result(value)
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_result({"error": "the program ended"})

    async def call(self, do: str, **parameters: Any) -> dict[str, Any]:
        """Carry out a command; its answer.

        Raises:
            ProgramFailed: it failed, or there was no answer in `CALL_TIMEOUT_S`.
        """
        assert self._process.stdin is not None
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(json.dumps({"id": self._number, "do": do, **parameters}).encode() + b"\n")
        try:
            async with asyncio.timeout(CALL_TIMEOUT_S):
                value = await answer
        except TimeoutError:
            value = {"error": "no answer"}
        if "error" in value:
            raise ProgramFailed(f"{self.name} {do}: {value['error']}\n{value.get('trace', '')}\n{tail(self._log)}")
        found: dict[str, Any] = value["ok"]
        return found

    async def event(self, kind: str, fits: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """The first event of a kind that fits, waiting for it; it may have come before."""

        def found() -> dict[str, Any] | None:
            return next((event for event in self.events if event["event"] == kind and fits(event)), None)

        try:
            async with asyncio.timeout(EVENT_TIMEOUT_S), self._changed:
                event = await self._changed.wait_for(found)
        except TimeoutError:
            raise ProgramFailed(f"{self.name}: no {kind} among {self.events}\n{tail(self._log)}") from None
        assert event is not None
        return event

    async def text(self, text: str) -> dict[str, Any]:
        """The message with a text or caption."""
        return await self.event("message", lambda event: event["text"] == text)

    def texts(self) -> list[str]:
        """Texts of the messages that arrived, in order; one that a program was pushed and then fetched counts once.

        Libraries without a catch-up of their own do not compare pts, so their programs see such a message twice.
        """
        arrived = [event for event in self.events if event["event"] == "message" and not event["out"]]
        return list({event["message_id"]: event["text"] for event in arrived}.values())

    async def sign_up(self) -> None:
        """A new account named after the library."""
        made = await self.call("sign_up", phone=self.phone, code=LOGIN_CODE, name=self.name)
        assert made["name"] == self.name
        self.user_id = made["user_id"]

    async def send(self, to: int, text: str, **options: Any) -> int:
        """Send a text; the message's id."""
        return int((await self.call("send_text", to=to, text=text, **options))["message_id"])

    async def meet(self, other: Any) -> None:
        """Import the other's number."""
        found = await self.call("add_contact", phone=other.phone, name=other.name)
        assert found["user_id"] == other.user_id

    async def chat(self, other: Any) -> list[str]:
        """Texts of the chat with the other, newest first."""
        return list((await self.call("history", chat=other.user_id))["texts"])

    async def end(self) -> None:
        """Let the program end, or end it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(_STOP_TIMEOUT_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reader


@asynccontextmanager
async def driver(
    server: Server, name: str, command: Sequence[str], folder: Path, env: Mapping[str, str]
) -> AsyncIterator[Driver]:
    """Start a program, wait until it reads commands, and end it in any case."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    log = folder / "stderr.log"
    key = server.public_key
    settings = {
        "host": HOST,
        "tcp_port": server.tcp_port,
        "http_port": server.http_port,
        "pem": server.public_pem,
        "n": str(key.n),
        "e": key.e,
        "fingerprint": str(key.fingerprint),
        "folder": str(folder),
    }
    with log.open("wb") as stderr:
        process = await asyncio.create_subprocess_exec(
            *as_user(None, "SIGKILL", command),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=stderr,
            env=dict(env),
            cwd=folder,
            limit=_LINE_LIMIT,
        )
    made = Driver(name, process, log)
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(settings).encode() + b"\n")
        await made.event("ready")
        yield made
    finally:
        await made.end()
