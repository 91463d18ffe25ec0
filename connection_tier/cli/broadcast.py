"""`cirrusgram broadcast TEXT`: a message of the service account to everybody."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any, Final

from connection_tier.cli.options import add_json, print_result
from connection_tier.cli.people import deployment, look
from layers import unit_of_work
from layers.context import Services
from layers.domain import operating
from layers.errors import ConfigurationError

_LENGTH_MAX: Final = 4096
_PER_SECOND: Final = 500
_BAR: Final = 30


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("broadcast", parents=[common], help="send a service message to all users")
    parser.add_argument("text", metavar="TEXT", help="what it says; - reads it from standard input")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--after", type=int, default=0, metavar="ID", help="go on behind this user, where one broke off"
    )
    parser.add_argument(
        "--per-second", type=int, default=_PER_SECOND, metavar="N", help=f"users told a second (default: {_PER_SECOND})"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell everybody, a batch at a time; what is interrupted says where to go on."""
    text = (sys.stdin.read() if options.text == "-" else options.text).strip()
    if not text or len(text) > _LENGTH_MAX:
        raise ConfigurationError(f"the text has 1 to {_LENGTH_MAX} characters")
    if options.per_second < 1:
        raise ConfigurationError("--per-second: give 1 or more")
    with deployment(options) as services:
        total = look(services, lambda ctx: operating.count_told(ctx, options.after))
        if not options.yes and not _agreed(total):
            print_result(options, {"told": 0}, lambda _: "nobody was told")
            return 1
        told, last = 0, options.after
        started = time.monotonic()
        bar = _Bar(total)
        try:
            while ids := _tell(services, text, last):
                told, last = told + len(ids), ids[-1]
                bar.show(told)
                # The relay and the consumers should not fall behind what people say to each other.
                time.sleep(max(0.0, told / options.per_second - (time.monotonic() - started)) if told < total else 0.0)
        except BaseException:
            bar.end()
            print(f"broken off: go on with --after {last}", file=sys.stderr)
            raise
        bar.end()
    print_result(options, {"told": told, "last_id": last}, lambda done: f"{done['told']} users are told")
    return 0


def _tell(services: Services, text: str, after: int) -> list[int]:
    return unit_of_work.run(services, lambda ctx: operating.broadcast_batch(ctx, text, after), writes=True)[0]


def _agreed(total: int) -> bool:
    if not sys.stdin.isatty():
        raise ConfigurationError("give --yes where nobody can be asked")
    return input(f"Send this to {total} users? [y/N] ").strip().lower() in {"y", "yes"}


class _Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self, total: int) -> None:
        self._total = max(1, total)
        self._is_shown = sys.stderr.isatty()

    def show(self, done: int) -> None:
        """So many are done."""
        if self._is_shown:
            share = min(1.0, done / self._total)
            filled = round(share * _BAR)
            print(
                f"\r{'█' * filled}{'░' * (_BAR - filled)} {share:4.0%}  {done}/{self._total}",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def end(self) -> None:
        """Leave the line."""
        if self._is_shown:
            print(file=sys.stderr)
