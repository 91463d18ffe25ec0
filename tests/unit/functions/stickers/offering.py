"""A content folder in tests of what the operator offers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from functions.messages.content_jobs import import_content
from tests.harness import Harness


def offer(server: Harness, name: str, entries: Any) -> None:
    """Put a list into the server's content folder and take it in."""
    folder = server.services.settings.content
    assert folder is not None
    (folder / name).write_text(json.dumps(entries))
    import_content(server.services)


def with_content(tmp_path: Path) -> Harness:
    """A server that has a content folder with a picture in it."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "icon.webp").write_bytes(b"an icon")
    return Harness(tmp_path, content=folder)
