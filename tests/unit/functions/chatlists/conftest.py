"""A server and some people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import Harness
from tests.unit.functions.channels.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    server = Harness(tmp_path)
    yield World(server, server.user("Alice"), server.user("Bob"), server.user("Carol"))
    server.close()
