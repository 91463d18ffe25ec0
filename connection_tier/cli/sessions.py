"""`cirrusgram sessions list | end`: where an account is signed in."""

from __future__ import annotations

import argparse
from typing import Any

from connection_tier.cli.options import add_json, print_result
from connection_tier.cli.people import change, deployment, look, moment, table
from layers.context import Context
from layers.domain import operating


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("sessions", help="list the sessions of an account, end them")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, run, about in (("list", run_list, "list them"), ("end", run_end, "sign devices out")):
        action = actions.add_parser(name, parents=[common], help=about)
        action.add_argument("user", metavar="USER", help="id, @username or +phone")
        add_json(action)
        action.set_defaults(run=run)
        if name == "end":
            which = action.add_mutually_exclusive_group(required=True)
            which.add_argument("--hash", type=int, metavar="HASH", help="this one, as the list names it")
            which.add_argument("--all", action="store_true", help="all of them")


def run_list(options: argparse.Namespace) -> int:
    """List the devices."""

    def work(ctx: Context) -> list[dict[str, Any]]:
        rows = operating.list_sessions(ctx, operating.find_user(ctx, options.user))
        names = ("hash", "device_model", "system_version", "app_version", "layer", "ip", "country", "region")
        return [
            {name: getattr(row, name) for name in names}
            | {
                "created_at": row.date_created,
                "active_at": row.date_active,
                "owes_password": bool(row.password_pending),
            }
            for row in rows
        ]

    with deployment(options) as services:
        devices = look(services, work)
    print_result(options, devices, _as_table)
    return 0


def run_end(options: argparse.Namespace) -> int:
    """Sign devices out."""
    with deployment(options) as services:
        count = change(
            services,
            lambda ctx: operating.end_sessions(ctx, operating.find_user(ctx, options.user), options.hash),
        )
    print_result(options, {"ended": count}, lambda done: f"{done['ended']} sessions ended")
    return 0


def _as_table(devices: list[dict[str, Any]]) -> str:
    if not devices:
        return "signed in nowhere"
    rows = [
        (
            item["hash"],
            " ".join(filter(None, (item["device_model"], item["system_version"]))) or "–",
            item["app_version"] or "–",
            item["layer"] or "–",
            item["ip"],
            ", ".join(filter(None, (item["region"], item["country"]))) or "–",
            moment(item["active_at"]),
        )
        for item in devices
    ]
    return table(("hash", "device", "app", "layer", "address", "place", "active"), rows)
