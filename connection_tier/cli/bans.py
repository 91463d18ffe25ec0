"""`cirrusgram bans list | add | remove`: shut accounts out, and let them in again."""

from __future__ import annotations

import argparse
from typing import Any, Final

from connection_tier.cli.options import add_json, print_result
from connection_tier.cli.people import change, deployment, look, moment, table
from layers.context import Context
from layers.domain import bans, operating
from layers.errors import ConfigurationError

_LIMIT: Final = 1000


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    actions = commands.add_parser("bans", help="shut accounts out").add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", parents=[common], help="list bans, the newest first")
    listing.set_defaults(run=run_list)
    add = actions.add_parser("add", parents=[common], help="end all sessions of an account and refuse its sign-in")
    add.add_argument("user", metavar="USER", help="id, @username or +phone")
    add.add_argument("--reason", default="", metavar="TEXT", help="a note for operators; the user does not see it")
    add.add_argument("--days", type=int, metavar="N", help="for so many days (default: until it is removed)")
    add.set_defaults(run=run_add)
    remove = actions.add_parser("remove", parents=[common], help="let an account in again")
    remove.add_argument("user", metavar="USER", help="id, @username or +phone")
    remove.set_defaults(run=run_remove)
    for action in (listing, add, remove):
        add_json(action)


def run_list(options: argparse.Namespace) -> int:
    """List the bans that hold."""
    names = ("user_id", "phone", "banned_at", "until", "reason")
    with deployment(options) as services:
        rows = look(services, lambda ctx: bans.listed(ctx, _LIMIT))
    print_result(options, [{name: getattr(row, name) for name in names} for row in rows], _as_table)
    return 0


def run_add(options: argparse.Namespace) -> int:
    """Ban."""
    if options.days is not None and not 1 <= options.days <= 36_500:
        raise ConfigurationError("--days: give 1 to 36500")

    def work(ctx: Context) -> int:
        user_id = operating.find_user(ctx, options.user)
        bans.ban(ctx, user_id, reason=options.reason, days=options.days)
        return user_id

    with deployment(options) as services:
        user_id = change(services, work)
    print_result(options, {"banned": user_id}, lambda done: f"user {done['banned']} is banned; all sessions ended")
    return 0


def run_remove(options: argparse.Namespace) -> int:
    """Lift a ban; exit code 1 when there was none."""

    def work(ctx: Context) -> tuple[int, bool]:
        user_id = operating.find_user(ctx, options.user)
        return user_id, bans.lift(ctx, user_id)

    with deployment(options) as services:
        user_id, was_banned = change(services, work)
    done = {"user_id": user_id, "was_banned": was_banned}
    print_result(options, done, lambda _: f"user {user_id} {'may sign in again' if was_banned else 'was not banned'}")
    return 0 if was_banned else 1


def _as_table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "nobody is banned"
    shown = [
        (row["user_id"], row["phone"] or "–", moment(row["banned_at"]), moment(row["until"]), row["reason"] or "–")
        for row in rows
    ]
    return table(("user", "phone", "since", "until", "reason"), shown)
