"""Fixtures of this package."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping

import pytest

from tests.e2e.people import Circle, People, circle_of, people_of
from tests.servers import Server, make_server, pytest_runtest_makereport, servers

__all__ = ["make_server", "pytest_runtest_makereport"]


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory, deployment_settings: Mapping[str, str]) -> Iterator[Server]:
    """One server for all: each test makes people of its own, and starting one costs more than most tests do."""
    with servers(tmp_path_factory, deployment_settings) as make:
        yield make()


@pytest.fixture
def server(shared_server: Server) -> Server:
    """The server that tests share; started again when a test has ended it."""
    if not shared_server.is_running:
        shared_server.start()
    return shared_server


@pytest.fixture
async def people(server: Server) -> AsyncIterator[People]:
    """Makes people with Telethon."""
    async with people_of(server) as made:
        yield made


@pytest.fixture
async def circle(server: Server) -> AsyncIterator[Circle]:
    """Alice with two devices, Bob and Carol, in each other's contacts."""
    async with circle_of(server) as made:
        yield made
