"""A server, users, and what the services are called with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from layers.context import Context
from tests.harness import Client, Harness

Run = Callable[[Callable[[Context], Any]], Any]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = Harness(tmp_path)
    yield harness
    harness.close()


@pytest.fixture
def alice(server: Harness) -> Client:
    return server.user("Alice", last_name="Aldrin", phone="491701")


@pytest.fixture
def bob(server: Harness) -> Client:
    return server.user("Bob", last_name="Bean", phone="491702")


@pytest.fixture
def carol(server: Harness) -> Client:
    return server.user("Carol", phone="491703")


@pytest.fixture
def run(server: Harness) -> Run:
    """Run a service in a unit of work of its own: ``run(lambda ctx: user_object(ctx, 1, 2))``."""

    def call(work: Callable[[Context], Any]) -> Any:
        with server.services.database.transaction(writes=True) as db:
            return work(server.context(db))

    return call


@pytest.fixture
def statements(server: Harness) -> Callable[[Callable[[Context], Any]], int]:
    """How many statements a service sends."""

    def count(work: Callable[[Context], Any]) -> int:
        with server.services.database.transaction(writes=True) as db:
            work(server.context(db))
            return db.statements

    return count
