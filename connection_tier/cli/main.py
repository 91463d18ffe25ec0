"""The command line: `cirrusgram serve | migrate | keys | users | broadcast | …`.

Bad input is one line on standard error and exit code 2, never a traceback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from connection_tier.cli import (
    backup,
    bans,
    broadcast,
    client_config,
    codes,
    doctor,
    keys,
    methods,
    migrate,
    package,
    prune,
    serve,
    sessions,
    users,
)
from layers.errors import ConfigurationError

_EXIT_CONFIGURATION: Final = 2
_EXIT_INTERRUPTED: Final = 130
_COMMANDS: Final = (
    serve,
    migrate,
    keys,
    client_config,
    codes,
    users,
    sessions,
    bans,
    broadcast,
    prune,
    backup,
    doctor,
    methods,
    package,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
    except ConfigurationError as error:
        print(f"cirrusgram: {error}", file=sys.stderr)
        return _EXIT_CONFIGURATION
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python would complain again while it exits.
        sys.stdout = None
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cirrusgram", description="A Telegram-compatible server people run themselves."
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help="data directory (default: ./data)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add_command(commands, common)
    return parser
