"""`cirrusgram codes`: login codes that wait, for an operator without an SMS gateway."""

from __future__ import annotations

import argparse
from typing import Any

from connection_tier.cli.options import add_json, print_result, settings_of
from layers.bootstrap import existing_services
from layers.domain.login import pending_codes


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("codes", parents=[common], help="list pending login codes")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List codes that were sent and not used, the newest first."""
    settings = settings_of(options)
    with existing_services(settings) as services:
        now = int(services.clock())
        waiting = [
            {"phone": f"+{item['phone']}", "code": item["code"], "expires_in_s": item["expires_at"] - now}
            for item in pending_codes(services)
        ]
    print_result(options, waiting, _table)
    return 0


def _table(waiting: list[dict[str, Any]]) -> str:
    if not waiting:
        return "no login codes wait"
    return "\n".join(f"{item['phone']:<18} {item['code']:<8} {item['expires_in_s']} s left" for item in waiting)
