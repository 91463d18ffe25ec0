"""A server and three people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness import Client, Harness


@dataclass(frozen=True, slots=True)
class World:
    """Accounts on one server."""

    server: Harness
    alice: Client
    bob: Client
    carol: Client


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    server = Harness(tmp_path)
    yield World(server, server.user("Alice"), server.user("Bob"), server.user("Carol"))
    server.close()
