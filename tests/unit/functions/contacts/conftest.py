"""How many statements a call takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import event

from tests.harness import Harness


@dataclass
class Statements:
    """How many statements went to the database."""

    count: int = 0


@pytest.fixture
def count_statements(server: Harness) -> Callable[[], AbstractContextManager[Statements]]:
    """``with count_statements() as sent: ...`` then ``sent.count``; BEGIN and COMMIT are not counted."""

    @contextmanager
    def counting() -> Iterator[Statements]:
        sent = Statements()

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.count += statement.split(None, 1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}

        engine = server.services.database.engine
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)

    return counting
