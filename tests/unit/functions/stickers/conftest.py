"""A server with a content folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import Harness
from tests.unit.functions.stickers.offering import with_content


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = with_content(tmp_path)
    yield harness
    harness.close()
