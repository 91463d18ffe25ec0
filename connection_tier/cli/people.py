"""What the commands about users share: a unit of work, names of accounts, and telling the nodes."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from connection_tier.cli.options import settings_of
from connection_tier.server.running import look_again
from layers import unit_of_work
from layers.bootstrap import existing_services
from layers.context import Context, Services

T = TypeVar("T")

_FLUSH_S: Final = 10.0


@contextmanager
def deployment(options: argparse.Namespace) -> Iterator[Services]:
    """The services of the deployment; what was produced has left when the block ends, and its node knows."""
    with existing_services(settings_of(options)) as services:
        yield services
        services.bus.flush(_FLUSH_S)


def change(services: Services, work: Callable[[Context], T]) -> T:
    """Do something about sessions, in one transaction, and make the nodes see it."""
    result, _ = unit_of_work.run(services, work, writes=True)
    if services.settings.is_single_node:
        look_again(services.settings.data)
    return result


def look(services: Services, work: Callable[[Context], T]) -> T:
    """Look something up."""
    return unit_of_work.run(services, work, writes=False)[0]


def moment(at: int | None) -> str:
    """A time in UTC, or a dash."""
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime(at)) if at else "–"


def account_fields(row: Any) -> dict[str, Any]:
    """An account for JSON."""
    return {
        "id": row.id,
        "phone": row.phone and f"+{row.phone}",
        "name": " ".join(filter(None, (row.first_name, row.last_name))),
        "username": row.username,
        "created_at": row.created_at,
        "last_seen": row.last_seen or None,
        "bot": bool(row.bot),
        "deleted": bool(row.deleted),
        "sessions": row.sessions,
        "ban": None
        if row.banned_at is None
        else {"banned_at": row.banned_at, "until": row.until, "reason": row.reason},
    }


def state_of(account: dict[str, Any]) -> str:
    """One word about an account."""
    if account["deleted"]:
        return "deleted"
    if account["ban"] is not None:
        return "banned"
    return "bot" if account["bot"] else ""


def table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    """Columns as wide as they must be."""
    cells = [heads, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[index]) for row in cells) for index in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )
