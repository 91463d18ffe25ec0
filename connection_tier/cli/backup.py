"""`cirrusgram backup DIR`, `cirrusgram restore DIR`: a copy of a deployment that runs, and a deployment of a copy."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from connection_tier.cli.options import add_json, print_result, settings_of
from layers.backup import back_up, restore


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommands."""
    for name, run, about in (
        ("backup", run_backup, "copy database, files and keys into a new folder, while the server runs"),
        ("restore", run_restore, "make an empty deployment of such a copy; start the server afterwards"),
    ):
        parser = commands.add_parser(name, parents=[common], help=about)
        parser.add_argument("folder", type=Path, metavar="DIR", help="the copy")
        add_json(parser)
        parser.set_defaults(run=run)


def run_backup(options: argparse.Namespace) -> int:
    """Copy."""
    said = back_up(settings_of(options), options.folder)
    print_result(options, said, lambda _: _as_text(f"copied to {options.folder}", said))
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore."""
    said = restore(settings_of(options), options.folder)
    print_result(options, said, lambda _: _as_text(f"restored from {options.folder}", said))
    return 0


def _as_text(done: str, said: dict[str, Any]) -> str:
    files = "files" if said["files"] else "no files: they are in S3, whose bucket has its own copies"
    return f"{done}: {said['database']} at schema {said['schema']}; {files}; keys: {', '.join(said['keys']) or 'none'}"
