"""A server with what every deployment has from its start: the service account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.domain.seed import seed
from tests.harness import Harness


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = Harness(tmp_path)
    seed(harness.services)
    yield harness
    harness.close()
