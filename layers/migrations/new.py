"""Write the next revision: `python -m layers.migrations.new "what changes"`.

The present revisions are applied to an empty SQLite file, and what `layers.schema` has beyond them becomes the new one.
Read it before you commit it: a renamed column looks like one dropped and one added. MySQL commits each statement by
itself, and a revision that was interrupted is run again from its start: keep it to one change, or make each step
harmless when repeated.

``--again`` rewrites the newest revision instead, while it is not released.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext

from layers.database import open_database
from layers.migrations.revisions import VERSIONS, in_folder
from layers.migrations.run import alembic_config
from layers.schema import metadata


def write_revision(
    message: str, *, versions: Path = VERSIONS, target: sa.MetaData = metadata, again: bool = False
) -> Path | None:
    """Write what ``target`` has beyond the revisions in a folder; the new file, or None when there is nothing.

    ``again`` takes the newest revision away first, and puts it back if it cannot be replaced.
    """
    files = in_folder(versions)
    replaced = files.popitem()[1] if again else None
    set_aside = replaced.rename(replaced.with_suffix(".replaced")) if replaced else None
    number = f"{int(max(files, default='0')) + 1:04}"
    try:
        written = _generate(message, number, versions, target)
    except BaseException:
        if replaced and set_aside:
            set_aside.rename(replaced)
        raise
    if set_aside:
        set_aside.unlink()
    return written


def _generate(message: str, number: str, versions: Path, target: sa.MetaData) -> Path | None:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/empty.db")
        try:
            with database.engine.connect() as connection:
                config = alembic_config(versions, connection=connection, target=target)
                _format_after_writing(config)
                command.upgrade(config, "head")
                script = command.revision(
                    config,
                    message.rstrip("."),
                    autogenerate=True,
                    rev_id=number,
                    process_revision_directives=_nothing_for_no_change,
                )
        finally:
            database.close()
    if not script or isinstance(script, list):
        return None
    path = Path(script.path)
    path.write_text(
        "".join(line for line in path.read_text().splitlines(True) if not line.lstrip().startswith("# ###"))
    )
    return path


def _format_after_writing(config: Any) -> None:
    hooks = {
        "hooks": "lint, format",
        "lint.type": "module",
        "lint.module": "ruff",
        "lint.options": "check --fix-only --quiet REVISION_SCRIPT_FILENAME",
        "format.type": "module",
        "format.module": "ruff",
        "format.options": "format --quiet REVISION_SCRIPT_FILENAME",
    }
    for name, value in hooks.items():
        config.set_section_option("post_write_hooks", name, value)


def _nothing_for_no_change(
    _context: MigrationContext, _revision: str | Iterable[str | None] | Iterable[str], directives: list[MigrationScript]
) -> None:
    operations = directives[0].upgrade_ops
    if operations is not None and operations.is_empty():
        directives.clear()


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m layers.migrations.new", description="Write the next revision.")
    parser.add_argument("message", help="what changes, in a few words")
    parser.add_argument("--again", action="store_true", help="rewrite the newest revision, while it is not released")
    options = parser.parse_args(arguments)
    written = write_revision(options.message, again=options.again)
    sys.stdout.write(f"{written}: read it before you commit it\n" if written else "the schema has no change\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
