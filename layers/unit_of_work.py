"""One unit of work of a function, with the context it runs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from layers.context import Caller, Context, Services
from layers.database import Transaction

T = TypeVar("T")


def run(
    services: Services,
    work: Callable[[Context], T],
    *,
    writes: bool,
    caller: Caller | None = None,
) -> tuple[T, Context]:
    """Run ``work`` in a transaction and commit it; returns its result and the context it ran in.

    The database runs it again from the start when it breaks a deadlock or two calls race for a key (`Database.run`):
    ``work`` holds no state between runs and acts outside the transaction only after its commit.
    """

    def attempt(db: Transaction) -> tuple[T, Context]:
        context = Context(services, db, int(services.clock()), caller)
        return work(context), context

    return services.database.run(attempt, writes=writes)
