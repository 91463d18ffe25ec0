"""`python -m localstack.stack up|down|status|logs`: the real parts in the background, for development.

`up --lambda` also starts a Lambda endpoint with every function of the source tree, and has the server use it.

Data live in one private folder (CIRRUSGRAM_STACK_DIR, default: one per user in the temporary folder) and survive
`down`; `down --wipe` removes them. Kafka's and Redis's are in memory.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from localstack import parts
from localstack.process import STOP_TIMEOUT_S, PartFailed, Process, tail

DATABASE: Final = "cirrusgram"
LAMBDA: Final = "lambda"
PORTS: Final = {"mariadb": 13306, "redis": 16379, "kafka": 19092, "s3": 19000, LAMBDA: 19001}
"""Preferred ports, so that URLs stay the same from one start to the next."""
VARIABLES: Final = {
    "mariadb": "CIRRUSGRAM_DATABASE_URL",
    "redis": "CIRRUSGRAM_CACHE_URL",
    "kafka": "CIRRUSGRAM_BUS_URL",
    "s3": "CIRRUSGRAM_BLOB_URL",
}
"""The setting of the server that each part's URL belongs to."""


@dataclass(frozen=True, slots=True)
class Started:
    """A part that an earlier command started; `born` tells its process from a later one with the same pid."""

    name: str
    url: str
    pid: int
    born: str
    log: str

    def is_running(self) -> bool:
        return bool(self.born) and birth(self.pid) == self.born


def birth(pid: int) -> str:
    """The start time of a process that is alive, in clock ticks; "" when there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


class Stack:
    """The parts of one folder and what is known about them in its `state.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = folder / "state.json"

    def started(self) -> list[Started]:
        if not self._state.exists():
            return []
        return [Started(**row) for row in json.loads(self._state.read_text())]

    def up(self, *, with_lambda: bool = False) -> Iterator[Started]:
        """Start what does not run; yields each part when it serves."""
        parts.private_folder(self._folder)
        rows = {row.name: row for row in self.started() if row.is_running()}
        for name, make in parts.PARTS.items():
            if name not in rows:
                self._start(make(self._folder / name, port=PORTS[name]), rows)
            if name == "mariadb":
                make_database(rows[name].url)
            yield rows[name]
        if with_lambda:
            if LAMBDA not in rows:
                env = dict(variable(row) for row in rows.values()) | self.common()
                self._start(parts.lambda_endpoint(self._folder / LAMBDA, port=PORTS[LAMBDA], env=env), rows)
            yield rows[LAMBDA]

    def _start(self, process: Process, rows: dict[str, Started]) -> None:
        process.start(detached=True)
        pid = process.release()
        rows[process.name] = Started(process.name, process.url, pid, birth(pid), str(process.log))
        self._write(list(rows.values()))

    def common(self) -> dict[str, str]:
        """What nodes and Lambdas must have in common besides the parts: the master key, made once."""
        key = self._folder / "master.key"
        if not key.exists():
            descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(base64.b64encode(secrets.token_bytes(32)))
        return {"CIRRUSGRAM_MASTER_KEY": key.read_text()}

    def down(self, *, wipe: bool) -> list[str]:
        """Stop what runs; returns the names."""
        stopped = []
        for row in reversed(self.started()):
            if not row.is_running():
                continue
            os.kill(row.pid, signal.SIGTERM)
            deadline = time.monotonic() + STOP_TIMEOUT_S
            while row.is_running():
                if time.monotonic() > deadline:
                    os.kill(row.pid, signal.SIGKILL)
                time.sleep(0.02)
            stopped.append(row.name)
        self._state.unlink(missing_ok=True)
        if wipe and self._folder.exists():
            shutil.rmtree(self._folder)
        return stopped

    def _write(self, rows: list[Started]) -> None:
        temporary = self._state.with_suffix(".new")
        temporary.write_text(json.dumps([asdict(row) for row in rows], indent=1))
        temporary.replace(self._state)


def make_database(server_url: str) -> None:
    """Create our schema on a MariaDB server if it is not there."""
    import pymysql
    from sqlalchemy.engine import make_url

    server = make_url(server_url)
    connection = pymysql.connect(host=server.host, port=server.port or 0, user="root", ssl_disabled=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE IF NOT EXISTS {DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
    finally:
        connection.close()


def variable(row: Started) -> tuple[str, str]:
    """The server's setting that a part's URL belongs to, and its value."""
    name = "CIRRUSGRAM_LAMBDA_ENDPOINT" if row.name == LAMBDA else VARIABLES[row.name]
    return name, row.url + DATABASE if row.name == "mariadb" else row.url


def export(name: str, value: str) -> str:
    """The line of shell that makes a setting."""
    return f"export {name}='{value}'"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m localstack.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start the parts and print the settings that use them")
    up.add_argument("--lambda", action="store_true", dest="with_lambda", help="and run every function in Lambda")
    down = commands.add_parser("down", help="stop them")
    down.add_argument("--wipe", action="store_true", help="and remove their data")
    commands.add_parser("status", help="which parts run, where")
    logs = commands.add_parser("logs", help="the end of their logs")
    logs.add_argument("part", nargs="?", choices=list(PORTS))
    chosen = parser.parse_args(arguments)
    default = Path(tempfile.gettempdir()) / f"cirrusgram-stack-{os.getuid()}"
    stack = Stack(Path(os.environ.get("CIRRUSGRAM_STACK_DIR", default)).absolute())
    try:
        return run(stack, chosen)
    except PartFailed as error:
        print(error, file=sys.stderr)
        return 2


def run(stack: Stack, chosen: argparse.Namespace) -> int:
    """Carry out one command; returns the exit code."""
    if chosen.command == "up":
        for row in stack.up(with_lambda=chosen.with_lambda):
            print(export(*variable(row)), flush=True)
        if chosen.with_lambda:
            for name, value in {**stack.common(), "CIRRUSGRAM_ROUTES": "*=lambda"}.items():
                print(export(name, value))
    elif chosen.command == "down":
        print("stopped:", ", ".join(stack.down(wipe=chosen.wipe)) or "nothing ran")
    elif chosen.command == "status":
        rows = {row.name: row for row in stack.started()}
        for name in PORTS:
            found = rows.get(name)
            if found is None and name == LAMBDA:
                continue
            print(f"{name:8} " + (f"pid {found.pid}  {found.url}" if found and found.is_running() else "down"))
        return 0 if rows and all(row.is_running() for row in rows.values()) else 1
    else:
        for row in stack.started():
            if chosen.part in (None, row.name):
                print(f"== {row.name} ({row.log})\n{tail(Path(row.log))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
