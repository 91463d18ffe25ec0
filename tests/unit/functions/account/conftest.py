"""Fixtures of this package."""

from tests.unit.functions.seeded import server

__all__ = ["server"]
