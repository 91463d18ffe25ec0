"""The revisions this program knows, by the names of their files: no need to import Alembic to look."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
VERSIONS: Final = FOLDER / "versions"
VERSION_TABLE: Final = "alembic_version"
_FILE: Final = re.compile(r"v(\d{4})_\w+\.py")


def in_folder(versions: Path) -> dict[str, Path]:
    """Revision numbers and their files, the oldest first: `{'0001': …, '0002': …}`."""
    found = ((match[1], path) for path in versions.iterdir() if (match := _FILE.fullmatch(path.name)))
    return dict(sorted(found))


@cache
def known() -> tuple[str, ...]:
    """The revision numbers of this program, the oldest first."""
    return tuple(in_folder(VERSIONS))


def newest() -> str:
    """The revision a database must be at."""
    return known()[-1]
