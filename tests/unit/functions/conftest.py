"""A server with people, and what a test asks of a call; a package that needs another server has its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from layers.errors import RpcError
from tests.harness import Client, Harness


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = Harness(tmp_path)
    yield harness
    harness.close()


@pytest.fixture
def alice(server: Harness) -> Client:
    return server.user("Alice")


@pytest.fixture
def bob(server: Harness) -> Client:
    return server.user("Bob")


@pytest.fixture
def carol(server: Harness) -> Client:
    return server.user("Carol")


@pytest.fixture
def fails() -> Callable[..., RpcError]:
    """``fails("NAME", client, request)``: the call answers this error."""

    def check(name: str, client: Client, request: Any) -> RpcError:
        with pytest.raises(RpcError) as caught:
            client.call(request)
        assert caught.value.message == name
        return caught.value

    return check


@pytest.fixture
def queries(server: Harness) -> Iterator[list[str]]:
    """Statements sent to the database, in order."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = server.services.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
