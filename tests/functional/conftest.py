"""Fixtures of this package."""

from tests.servers import make_server, pytest_runtest_makereport, server

__all__ = ["make_server", "pytest_runtest_makereport", "server"]
