"""The local runner: functions in threads of the node."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from connection_tier.runner.turns import Turns
from layers.context import Services
from layers.invocation import Invocation, Reply, invoke
from layers.metrics import Snapshot
from layers.registry import Registry

DEADLINE_S: Final = 30


class LocalRunner:
    """Threads that share one process with the node: the embedded default."""

    def __init__(self, services: Services, registry: Registry) -> None:
        self._services = services
        self._registry = registry
        self._threads = ThreadPoolExecutor(services.settings.threads, thread_name_prefix="function")
        self._turns = Turns(services.settings.threads)

    @property
    def is_ready(self) -> bool:
        """Always: threads are there."""
        return True

    async def invoke(self, invocation: Invocation) -> Reply:
        """Run in a thread when it is the caller's turn; without a reply after `DEADLINE_S`, -503 Timeout."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(DEADLINE_S):
                who = invocation.caller.who
                await self._turns.take(who)
                running = self._threads.submit(invoke, self._services, self._registry, invocation)
                # A thread is not free before it has ended, whether or not its reply is still waited for.
                running.add_done_callback(lambda _: loop.call_soon_threadsafe(self._turns.give_back, who))
                return await asyncio.wrap_future(running)
        except TimeoutError:
            return Reply(None, -503, "Timeout")

    def snapshots(self) -> list[Snapshot]:
        """None: functions measure themselves in the node's process."""
        return []

    async def close(self) -> None:
        """Wait for the functions that run."""
        await asyncio.to_thread(self._threads.shutdown)
