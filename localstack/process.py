"""A server process that this project starts for tests and development: found, started, awaited, stopped by pid."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

READY_TIMEOUT_S: Final = 60.0
STOP_TIMEOUT_S: Final = 15.0
_SYSTEM_FOLDERS: Final = "/usr/local/sbin:/usr/sbin:/sbin"


class PartFailed(RuntimeError):
    """A part is not installed, did not start or did not become ready; the text says what to do or what it logged."""


class Process:
    """One server. `start` returns when `is_ready` does not raise; it may be killed and started again on its data.

    Attributes:
        url: how our own adapters reach it.
        folder: its private data directory, with its output in `log`.
    """

    def __init__(
        self,
        name: str,
        url: str,
        folder: Path,
        command: Sequence[str],
        is_ready: Callable[[], None],
        *,
        user: str | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        self.name = name
        self.url = url
        self.folder = folder
        self.log = folder / f"{name}.log"
        self._command = command
        self._is_ready = is_ready
        self._user = user
        self._env = env or {}
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return None if self._popen is None else self._popen.pid

    def start(self, *, detached: bool = False) -> None:
        """Start and wait until it serves. It dies with the thread that called this, unless `detached`.

        Raises:
            PartFailed: it ended or was not ready in time.
        """
        if self._popen is not None and self._popen.poll() is None:
            return
        command = as_user(self._user, "clear" if detached else "SIGKILL", self._command)
        environment = {**os.environ, "HOME": str(self.folder), **self._env}
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True
            )
        self._wait()

    def stop(self) -> None:
        """Ask it to end, wait, and kill it when it does not."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self._end(signal.SIGKILL)

    def release(self) -> int:
        """Let a detached process live on; returns its pid."""
        if self._popen is None:
            raise PartFailed(f"{self.name} does not run")
        pid = self._popen.pid
        # A Popen that is dropped while its child lives warns, unless it knows an exit code.
        self._popen.returncode = 0
        self._popen = None
        return pid

    def _end(self, how: signal.Signals) -> None:
        if self._popen is None:
            return
        self._popen.send_signal(how)
        try:
            self._popen.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        self._popen = None

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT_S
        while True:
            try:
                self._is_ready()
            except Exception as error:
                # Whatever the client library raises while nobody listens yet; the deadline ends it.
                if self._popen is None or self._popen.poll() is not None or time.monotonic() > deadline:
                    self.kill()
                    raise PartFailed(f"{self.name} did not start: {error}\n{tail(self.log)}") from error
                time.sleep(0.02)
            else:
                return


def as_user(user: str | None, parent_death_signal: str, command: Sequence[str]) -> list[str]:
    """The command under another user id (None: our own), with the signal it gets when its parent dies."""
    identity = [f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
    return [find("setpriv", "apt-get install util-linux"), *identity, f"--pdeathsig={parent_death_signal}", *command]


def unprivileged_user(*candidates: str) -> str | None:
    """The first of these users that exists, when we are root; else None, for we are unprivileged already."""
    if os.geteuid() != 0:
        return None
    for name in candidates:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise PartFailed(f"no unprivileged user to run it as: none of {', '.join(candidates)} exists")


def find(program: str, how_to_install: str) -> str:
    """The path of a program, also from beside this interpreter or from the system folders."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath), _SYSTEM_FOLDERS])
    found = shutil.which(program, path=path)
    if found is None:
        raise PartFailed(f"{program} is not installed: {how_to_install}")
    return found


def run(command: Sequence[str], *, env: dict[str, str] | None = None) -> None:
    """Run a command to its end.

    Raises:
        PartFailed: it failed, with what it printed.
    """
    done = subprocess.run(
        command,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise PartFailed(f"{command[0]} failed ({done.returncode}):\n{done.stdout.decode(errors='replace')[-2000:]}")


def free_port(preferred: int | None = None) -> int:
    """A loopback port nobody listens on: the preferred one if it is free."""
    for port in (preferred, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise PartFailed("no free port on 127.0.0.1")


def tail(log: Path, size: int = 2000) -> str:
    """The end of a log file."""
    return log.read_bytes()[-size:].decode(errors="replace") if log.exists() else ""
