"""The seam between the node and the functions."""

from __future__ import annotations

from typing import Protocol

from layers.invocation import Invocation, Reply
from layers.metrics import Snapshot


class Runner(Protocol):
    """Runs one request to its reply."""

    @property
    def is_ready(self) -> bool:
        """False while nobody is there to run anything."""

    async def invoke(self, invocation: Invocation) -> Reply:
        """Never raises for what a function does: failures and deadlines come as a `Reply` with an error."""

    def snapshots(self) -> list[Snapshot]:
        """The metrics of other processes that run functions for this node."""

    async def close(self) -> None:
        """Finish what runs and let go."""
