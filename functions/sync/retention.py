"""The periodic jobs that remove what is beyond its time (`layers.domain.retention`, docs/how-to/operate.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from layers import measures, unit_of_work
from layers.context import Context, Services
from layers.domain import bans, limits, retention, secret_chats
from layers.registry import job
from layers.schema import inbox_reads, outbox_reads, reports, secret_messages, sent_random_ids

_BATCHES: Final = 50
"""Of one kind in one run: a large backlog takes several, and never keeps the database busy for long."""


@job(every_s=300.0)
def prune(services: Services) -> dict[str, int]:
    """Remove rows beyond the ages that the settings say; how many of each kind."""
    settings = services.settings
    steps: dict[str, Callable[[Context], int] | None] = {
        "events": _when(settings.keep_events_days, retention.prune_events),
        "read_dates": _when(settings.keep_read_dates_days, _by_date(outbox_reads)),
        "read_dates_in_groups": _when(settings.keep_read_dates_days, _by_date(inbox_reads)),
        "random_ids": _when(settings.keep_random_ids_days, _by_date(sent_random_ids)),
        "reports": _when(settings.keep_reports_days, _by_date(reports)),
        # No device that could still fetch them was away for longer: it would be signed out.
        "secret_messages": _when(limits.AUTHORIZATION_TTL_DAYS[1], _by_date(secret_messages)),
        "secret_chats": lambda ctx: secret_chats.prune_discarded(ctx, retention.BATCH),
        "bans": lambda ctx: bans.delete_expired(ctx, retention.BATCH),
    }
    return {what: _repeat(services, what, step) for what, step in steps.items() if step is not None}


def _by_date(table: object) -> Callable[[Context, int], int]:
    return lambda ctx, days: retention.prune_by_date(ctx, table, days)  # type: ignore[arg-type]


def _when(days: int, step: Callable[[Context, int], int]) -> Callable[[Context], int] | None:
    """The step with its age; None where the setting is 0: keep for ever."""
    return (lambda ctx: step(ctx, days)) if days else None


def _repeat(services: Services, what: str, step: Callable[[Context], int]) -> int:
    total = 0
    for _ in range(_BATCHES):
        count, _ctx = unit_of_work.run(services, step, writes=True)
        if not count:
            break
        measures.PRUNED.inc(what, by=count)
        total += count
    return total
