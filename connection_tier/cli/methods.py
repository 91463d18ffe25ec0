"""`cirrusgram methods`: every method of the canonical layer with its honest status, from the registry.

`--markdown` prints the page docs/reference/methods.md; `--check FILE` says whether a page is up to date.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final, NamedTuple

import tl
from connection_tier.cli.options import add_json, print_result
from connection_tier.dispatch.wrappers import HONOURED_WRAPPERS
from connection_tier.files import STREAMED_METHODS
from layers.errors import ConfigurationError
from layers.registry import Registry, load_registry

_HEAD: Final = """\
# Methods

Every method of layer {layer} and what this server does with it, generated from the registry of functions by
`cirrusgram methods --markdown`. **real**: Telegram's behaviour. **partial**: real, with what is missing named.
**none**: answers 400 METHOD_INVALID.

{summary}
"""


class Row(NamedTuple):
    """One line of the table; ``note`` says what is missing of a partial method."""

    method: str
    usable_by: str
    status: str
    note: str


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("methods", parents=[common], help="what each TL method does here")
    parser.add_argument("--markdown", action="store_true", help="print the reference page")
    parser.add_argument("--check", type=Path, metavar="FILE", help="fail when the page in FILE is out of date")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print or check the table."""
    rows = table(load_registry())
    if options.check is not None:
        if options.check.read_text("utf-8") != markdown(rows):
            raise ConfigurationError(
                f"{options.check} is out of date: run `cirrusgram methods --markdown > {options.check}`"
            )
        return 0
    if options.markdown:
        print(markdown(rows), end="")
        return 0
    print_result(options, [row._asdict() for row in rows], lambda _: _text(rows))
    return 0


def table(registry: Registry) -> list[Row]:
    """A row for each method of the canonical layer, in its order."""
    return [Row(method.name, method.usable_by, *_status(registry, method.name)) for method in tl.methods()]


def _status(registry: Registry, name: str) -> tuple[str, str]:
    if name in STREAMED_METHODS or name in HONOURED_WRAPPERS:
        return "real", ""
    function = registry.get(name)
    if function is None:
        return "none", ""
    return ("partial", function.partial) if function.partial else ("real", "")


def markdown(rows: list[Row]) -> str:
    """The reference page."""
    by_namespace: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        namespace, _, _ = row.method.rpartition(".")
        by_namespace[namespace or "(wrappers)"].append(row)
    parts = [_HEAD.format(layer=tl.LAYER, summary=_summary(rows))]
    for namespace, members in by_namespace.items():
        counts = Counter(row.status for row in members)
        parts.append(
            f"\n## {namespace}\n\n{_counts(counts)}\n\n| method | for | status | missing |\n|---|---|---|---|\n"
        )
        parts.extend(f"| `{row.method}` | {row.usable_by} | {row.status} | {row.note} |\n" for row in members)
    return "".join(parts)


def _summary(rows: list[Row]) -> str:
    return f"{len(rows)} methods: {_counts(Counter(row.status for row in rows))}."


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[status]} {status}" for status in ("real", "partial", "none"))


def _text(rows: list[Row]) -> str:
    lines = [f"{row.status:<8} {row.method}" + (f"  (missing: {row.note})" if row.note else "") for row in rows]
    return "\n".join([*lines, _summary(rows)])
