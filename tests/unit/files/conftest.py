"""A server with two users."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import Client, Harness


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = Harness(tmp_path)
    yield harness
    harness.close()


@pytest.fixture
def alice(server: Harness) -> Client:
    return server.user("Alice")


@pytest.fixture
def bob(server: Harness) -> Client:
    return server.user("Bob")
