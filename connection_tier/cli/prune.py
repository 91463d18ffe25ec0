"""`cirrusgram prune files`: remove files that nothing refers to any more."""

from __future__ import annotations

import argparse
import sys
from typing import Any, Final

from connection_tier.cli.options import add_json, print_result
from connection_tier.cli.people import deployment
from layers import measures
from layers.domain.unused_files import find_unused, remove
from layers.errors import ConfigurationError

_DAYS: Final = 7


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    actions = commands.add_parser("prune", help="remove what nobody needs").add_subparsers(
        required=True, metavar="ACTION"
    )
    files = actions.add_parser("files", parents=[common], help="remove files that no message refers to")
    files.add_argument("--days", type=int, default=_DAYS, metavar="N", help=f"only files so old (default: {_DAYS})")
    files.add_argument("--dry-run", action="store_true", help="say how many, remove none")
    add_json(files)
    files.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read everything, then remove."""
    if options.days < 1:
        raise ConfigurationError("--days: give 1 or more, so that nothing is removed that is just being sent")
    with deployment(options) as services:
        unused = find_unused(services, older_than_days=options.days, progress=_show)
        _show("", 0)
        if not options.dry_run:
            measures.PRUNED.inc("files", by=remove(services, unused))
    found = {"documents": len(unused.documents), "photos": len(unused.photos), "removed": not options.dry_run}
    print_result(options, found, _as_text)
    return 0


def _show(table: str, rows: int) -> None:
    if sys.stderr.isatty():
        text = f"reading {table}: {rows} rows" if table else ""
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _as_text(found: dict[str, Any]) -> str:
    what = f"{found['documents']} documents and {found['photos']} photos that nothing refers to"
    return f"{what} {'were removed' if found['removed'] else 'would go'}"
