"""`cirrusgram serve` as a process of its own: what the tests over real sockets and the benchmarks talk to.

A test package takes the fixtures by importing them in its conftest.py:
``from tests.servers import make_server, pytest_runtest_makereport, server``.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import psutil
import pytest

from connection_tier.crypto.rsa import RsaKey, RsaPublicKey
from localstack.process import PartFailed, as_user, free_port, tail

LOGIN_CODE: Final = "12345"
HOST: Final = "127.0.0.1"

_READY_TIMEOUT_S: Final = 60.0
_STOP_TIMEOUT_S: Final = 30.0
_LOG_SHOWN_BYTES: Final = 6000
_FOR_TESTS: Final = {"CIRRUSGRAM_FLOOD_LIMITS": "false", "CIRRUSGRAM_LINK_PREVIEWS": "false"}
"""Tests ask nobody on the internet."""


class Server:
    """One node on free loopback ports with its data below ``folder``; it dies with this process.

    Args:
        folder: holds the data directory `data` and the output `server.log`.
        env: settings by environment, as ``{"CIRRUSGRAM_MAX_CONNECTIONS": "10"}``.
    """

    def __init__(self, folder: Path, env: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.data: Final = folder / "data"
        self.log: Final = folder / "server.log"
        self.tcp_port: Final = free_port()
        self.http_port: Final = free_port()
        # Every client of a test or benchmark comes from one address.
        self._env = {"CIRRUSGRAM_MAX_HANDSHAKES_PER_S": "1000000", **(env or {})}
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process; the server must run."""
        assert self._popen is not None, "the server does not run"
        return self._popen.pid

    @property
    def is_running(self) -> bool:
        """The process lives."""
        return self._popen is not None and self._popen.poll() is None

    @property
    def process(self) -> psutil.Process:
        """The process as psutil sees it."""
        return psutil.Process(self.pid)

    @property
    def rss_bytes(self) -> int:
        """Resident memory of the node."""
        return int(self.process.memory_info().rss)

    @property
    def cpu_s(self) -> float:
        """CPU seconds the node has used so far, user and system."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def public_key(self) -> RsaPublicKey:
        """The key clients must know."""
        return RsaKey.read(Path(self._env.get("CIRRUSGRAM_RSA_KEY", self.data / "mtproto.pem"))).public

    @property
    def environment(self) -> dict[str, str]:
        """What commands beside the server must be started with to mean the same deployment."""
        return {**os.environ, **self._env}

    @property
    def public_pem(self) -> str:
        """The key as PKCS#1 PEM, for client libraries."""
        return self.public_key.to_pem()

    @property
    def http_url(self) -> str:
        """`http://HOST:PORT`, without a slash at the end."""
        return f"http://{HOST}:{self.http_port}"

    def start(self) -> None:
        """Start and return once /readyz says ready.

        Raises:
            PartFailed: it ended or was not ready in time; the text carries its log.
        """
        program = Path(sys.executable).parent / "cirrusgram"
        command = [
            *(str(program), "serve", "--data", str(self.data), "--login-code", f"fixed:{LOGIN_CODE}"),
            *("--tcp", f"{HOST}:{self.tcp_port}", "--http", f"{HOST}:{self.http_port}"),
        ]
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                as_user(None, "SIGKILL", command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )
        deadline = time.monotonic() + _READY_TIMEOUT_S
        while not self.is_ready():
            if self._popen.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise PartFailed(f"the server did not start:\n{tail(self.log)}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """/readyz says so."""
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.http_url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal and go on."""
        assert self._popen is not None
        self._popen.send_signal(number)

    def wait(self) -> int:
        """Wait for its end; the exit code (negative: the signal)."""
        assert self._popen is not None
        try:
            return self._popen.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            raise AssertionError(f"the server did not end:\n{tail(self.log)}") from None
        finally:
            self._popen.wait()
            self._popen = None

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        if not self.is_running:
            return 0
        self.send_signal(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self._popen is not None:
            self._popen.kill()
            self._popen.wait()
            self._popen = None

    def restart(self) -> None:
        """Stop it in order and start it on the same data and ports."""
        self.stop()
        self.start()


@contextlib.contextmanager
def servers(folders: pytest.TempPathFactory, settings: Mapping[str, str]) -> Iterator[Callable[..., Server]]:
    """Starts servers with these settings, and more by ``make(CIRRUSGRAM_…="…")``; ends them all."""
    made: list[Server] = []

    def make(**env: str) -> Server:
        made.append(Server(folders.mktemp("server"), {**_FOR_TESTS, **settings, **env}))
        made[-1].start()
        return made[-1]

    try:
        yield make
    finally:
        for server in made:
            server.kill()


@pytest.fixture(scope="module")
def make_server(
    tmp_path_factory: pytest.TempPathFactory, deployment_settings: Mapping[str, str]
) -> Iterator[Callable[..., Server]]:
    """Start servers of the module's own: ``make_server(CIRRUSGRAM_MAX_CONNECTIONS_PER_IP="3")``.

    They run on what `--deployment` chose (tests.deployments).
    """
    with servers(tmp_path_factory, deployment_settings) as make:
        yield make


@pytest.fixture(scope="module")
def server(make_server: Callable[..., Server]) -> Server:
    """One server for the tests of a module."""
    return make_server()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what its server logged."""
    report = yield
    if report.failed:
        found: Any = getattr(item, "funcargs", {}).values()
        for value in found:
            if isinstance(value, Server):
                report.sections.append(("Server log", tail(value.log, _LOG_SHOWN_BYTES)))
    return report
