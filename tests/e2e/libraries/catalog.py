"""The client libraries: where they are installed and how a program with one of them is started."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.libraries.driver import Driver, driver
from tests.servers import Server

_HERE: Final = Path(__file__).parent
_INSTALL: Final = _HERE.parents[2] / "tools" / "clients.sh"
_INSTALL_TIMEOUT_S: Final = 100.0
_PROGRAMS: Final = _HERE / "programs"


@dataclass(frozen=True, slots=True)
class Library:
    """One library over one transport.

    Attributes:
        name: shown in test ids and used as the account's first name.
        layer: the API layer it speaks.
        home: the folder it is installed in, as tools/clients.sh names it.
        program: file name of its driver and the arguments.
        file_bytes: size of the files it sends and receives; small for those that encrypt in JavaScript.
    """

    name: str
    layer: int
    home: str
    program: tuple[str, ...]
    file_bytes: int = 1_300_000


LIBRARIES: Final = (
    Library("mtcute", 227, "node", ("mtcute_program.mjs", "tcp")),
    Library("mtcute WebSocket", 227, "node", ("mtcute_program.mjs", "websocket")),
    Library("GramJS", 198, "node", ("gramjs_program.cjs", "telegram", "tcp")),
    Library("GramJS WebSocket", 198, "node", ("gramjs_program.cjs", "telegram", "websocket")),
    Library("teleproto", 229, "node", ("gramjs_program.cjs", "teleproto", "tcp")),
    Library("Pyrofork", 220, "pyrofork", ("pyrogram_program.py", "pyrogram")),
    Library("Hydrogram", 181, "hydrogram", ("pyrogram_program.py", "hydrogram")),
    Library("Pyrogram", 158, "pyrogram", ("pyrogram_program.py", "pyrogram")),
    Library("mtproto core", 158, "node", ("mtproto_core_program.cjs",), 200_000),
)


@functools.cache
def _installed() -> tuple[dict[str, Path], str]:
    """The folders by name, and why some are missing."""
    try:
        done = subprocess.run(
            ["sh", str(_INSTALL), sys.executable],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_INSTALL_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        return {}, f"the registries did not deliver in {_INSTALL_TIMEOUT_S:.0f} s"
    found = (line.split(" ", 1) for line in done.stdout.splitlines())
    return {name: Path(folder) for name, folder in found}, " ".join(done.stderr.split()[-40:])


def home_of(name: str, of: str) -> Path:
    """Where a library is installed; the test is skipped, with the reason, when it cannot be."""
    homes, why = _installed()
    if name not in homes:
        pytest.skip(f"{of} is not installed: {why}")
    return homes[name]


def node_command(program: Path, *arguments: str) -> list[str]:
    """How to run a program that uses the Node libraries: they are put beside it, where Node looks for them.

    The test is skipped, with the reason, when they cannot be installed.
    """
    home = home_of("node", "the set of Node libraries")
    (program.parent / "node_modules").symlink_to(home / "node_modules")
    return [str(home_of("node-program", "Node")), str(program), *arguments]


@asynccontextmanager
async def start(library: Library, server: Server, folder: Path) -> AsyncIterator[Driver]:
    """Run a program with the library. The test is skipped, with the reason, when the library cannot be installed."""
    program, *arguments = library.program
    if library.home == "node":
        shutil.copytree(_PROGRAMS, folder / "programs")
        command = node_command(folder / "programs" / program, *arguments)
    else:
        home = home_of(library.home, library.name)
        command = [str(home / "bin" / "python"), "-P", str(_PROGRAMS / program), *arguments]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    async with driver(server, library.name, command, folder / "data", env) as made:
        yield made
