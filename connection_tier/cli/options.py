"""What the reading commands share: settings and `--json`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import orjson

from layers.config import Settings, load_settings


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="print JSON, for scripts")


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the deployment that a command looks at."""
    return load_settings(data=options.data)


def print_result(options: argparse.Namespace, value: Any, as_text: Callable[[Any], str]) -> None:
    """Print a value as JSON or as text."""
    if options.json:
        print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
    else:
        print(as_text(value))
