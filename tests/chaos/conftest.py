"""Fixtures of this package."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from localstack.parts import PARTS
from localstack.process import Process
from tests.chaos.stack_nodes import start_nodes
from tests.deployments import shared_settings
from tests.servers import Server, make_server, pytest_runtest_makereport, server

__all__ = ["make_node", "make_server", "parts", "pytest_runtest_makereport", "server"]


@pytest.fixture(scope="module")
def parts(parts_folder: Path) -> Iterator[dict[str, Process]]:
    """Parts of the module's own; a test that ends one starts it again."""
    with contextlib.ExitStack() as stack:
        started = {}
        for name in ("mariadb", "redis", "kafka", "s3"):
            part = started[name] = PARTS[name](parts_folder / f"{name}-{secrets.token_hex(4)}")
            part.start()
            stack.callback(part.stop)
        yield started


@pytest.fixture(scope="module")
def make_node(tmp_path_factory: pytest.TempPathFactory, parts: dict[str, Process]) -> Iterator[Callable[[], Server]]:
    """Start nodes of one deployment."""
    folder = tmp_path_factory.mktemp("nodes")
    settings = shared_settings(
        folder,
        mariadb_url=parts["mariadb"].url,
        redis_url=parts["redis"].url,
        kafka_url=parts["kafka"].url,
        s3_url=parts["s3"].url,
    )
    started: list[Server] = []

    def make() -> Server:
        started.extend(start_nodes(folder / str(len(started)), settings, 1))
        return started[-1]

    yield make
    for node in started:
        node.kill()
