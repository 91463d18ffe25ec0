"""A runner that tells how long its invocations take."""

from __future__ import annotations

import time

from connection_tier.runner.port import Runner
from layers import measures
from layers.invocation import Invocation, Reply
from layers.metrics import Snapshot


class MeasuredRunner:
    """Measures another runner under its ``name``."""

    def __init__(self, name: str, runner: Runner) -> None:
        self._name = name
        self._runner = runner

    @property
    def is_ready(self) -> bool:
        """As the runner says."""
        return self._runner.is_ready

    async def invoke(self, invocation: Invocation) -> Reply:
        """Run and measure."""
        started = time.perf_counter()
        try:
            return await self._runner.invoke(invocation)
        finally:
            measures.INVOCATIONS.observe(time.perf_counter() - started, self._name)

    def snapshots(self) -> list[Snapshot]:
        """As the runner has them."""
        return self._runner.snapshots()

    async def close(self) -> None:
        """Close the runner."""
        await self._runner.close()
