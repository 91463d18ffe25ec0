"""`cirrusgram users list | show`: the accounts of a deployment."""

from __future__ import annotations

import argparse
from typing import Any, Final

from connection_tier.cli.options import add_json, print_result
from connection_tier.cli.people import account_fields, deployment, look, moment, state_of, table
from layers.context import Context
from layers.domain import operating

_LIMIT: Final = 50


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    actions = commands.add_parser("users", help="list accounts, show one").add_subparsers(
        required=True, metavar="ACTION"
    )
    listing = actions.add_parser("list", parents=[common], help="list accounts by id")
    listing.add_argument("--search", metavar="TEXT", help="the beginning of a name, username or number")
    listing.add_argument("--after", type=int, default=0, metavar="ID", help="go on behind this one")
    listing.add_argument("--limit", type=int, default=_LIMIT, metavar="N", help=f"at most so many (default: {_LIMIT})")
    add_json(listing)
    listing.set_defaults(run=run_list)
    showing = actions.add_parser("show", parents=[common], help="show one account")
    showing.add_argument("user", metavar="USER", help="id, @username or +phone")
    add_json(showing)
    showing.set_defaults(run=run_show)


def run_list(options: argparse.Namespace) -> int:
    """List accounts."""
    with deployment(options) as services:
        rows = look(
            services,
            lambda ctx: operating.list_users(ctx, search=options.search, after=options.after, limit=options.limit),
        )
    print_result(options, [account_fields(row) for row in rows], _as_table)
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Show one account."""

    def work(ctx: Context) -> dict[str, Any]:
        row = operating.show_user(ctx, operating.find_user(ctx, options.user))
        return {**account_fields(row), "last_message_id": row.last_message_id}

    with deployment(options) as services:
        account = look(services, work)
    print_result(options, account, _as_lines)
    return 0


def _as_table(accounts: list[dict[str, Any]]) -> str:
    if not accounts:
        return "no accounts"
    rows = [
        (item["id"], item["phone"] or "–", item["name"], item["username"] or "–", item["sessions"], state_of(item))
        for item in accounts
    ]
    return table(("id", "phone", "name", "username", "sessions", ""), rows)


def _as_lines(account: dict[str, Any]) -> str:
    ban = account["ban"]
    shown = {
        "id": account["id"],
        "phone": account["phone"] or "–",
        "name": account["name"],
        "username": account["username"] or "–",
        "created": moment(account["created_at"]),
        "last seen": moment(account["last_seen"]),
        "sessions": account["sessions"],
        "messages so far": account["last_message_id"] or 0,
        "state": state_of(account) or "active",
    }
    if ban is not None:
        shown["banned"] = (
            f"{moment(ban['banned_at'])}, until {moment(ban['until'])}: {ban['reason'] or 'no reason noted'}"
        )
    return "\n".join(f"{name:<16} {value}" for name, value in shown.items())
