"""The programs that `cirrusgram client-config` prints run as they are and sign a new number up."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.clients.phones import new_phone
from tests.e2e.clients.telethon_client import telethon
from tests.e2e.libraries.catalog import node_command
from tests.servers import LOGIN_CODE, Server

# A sign-up like that of test_libraries: only the program is another.
pytestmark = pytest.mark.deployments("embedded")

_DIALOGS: Final = {
    "telethon": [("Phone > ", "{phone}"), ("Code > ", LOGIN_CODE), ("Name > ", "Snippet")],
    "kurigram": [
        ("bot token: ", "{phone}"),
        ("(y/N): ", "y"),
        ("confirmation code: ", LOGIN_CODE),
        ("first name: ", "Snippet"),
        ("skip): ", ""),
    ],
    "mtcute": [("Phone > ", "{phone}"), ("Code > ", LOGIN_CODE), ("Name > ", "Snippet")],
    "gramjs": [("Phone > ", "{phone}"), ("Code > ", LOGIN_CODE), ("Name > ", "Snippet")],
}
_FILE_NAMES: Final = {"telethon": "hello.py", "kurigram": "hello.py", "mtcute": "hello.mjs", "gramjs": "hello.cjs"}
_TIMEOUT_S: Final = 60.0


@pytest.mark.parametrize("client", _DIALOGS)
async def test_snippet_runs(client: str, server: Server, tmp_path: Path) -> None:
    phone = new_phone()
    program = tmp_path / _FILE_NAMES[client]
    program.write_text(_snippet(client, server))
    command = [sys.executable, str(program)] if program.suffix == ".py" else node_command(program)
    dialog = [(prompt, answer.format(phone=phone)) for prompt, answer in _DIALOGS[client]]
    printed = await _converse(command, dialog, tmp_path)
    assert "signed in as Snippet" in printed
    async with telethon(server, phone=phone) as other_device:
        messages = await other_device.get_messages("me", limit=10)
    assert [message.message for message in messages] == ["Hello from my own server"]


def _snippet(client: str, server: Server) -> str:
    cirrusgram = str(Path(sys.executable).parent / "cirrusgram")
    where = ["--data", str(server.data), "--tcp", f"127.0.0.1:{server.tcp_port}"]
    return subprocess.run(
        [cirrusgram, "client-config", client, *where],
        check=True,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        env=server.environment,
    ).stdout


async def _converse(command: list[str], dialog: list[tuple[str, str]], folder: Path) -> str:
    """Answer each prompt when it stands at the end of the output; all that was printed."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    printed, remaining = "", list(dialog)
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            while data := await process.stdout.read(4096):
                printed += data.decode()
                if remaining and printed.endswith(remaining[0][0]):
                    process.stdin.write(remaining.pop(0)[1].encode() + b"\n")
            await process.wait()
    except TimeoutError:
        raise AssertionError(f"it waits after: {printed}") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, printed
    assert not remaining, printed
    return printed
