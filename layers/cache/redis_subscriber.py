"""Pub/sub over one Redis connection that is replaced when it is lost (https://redis.io/docs/latest/develop/pubsub/)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from redis import exceptions

from layers.cache.port import RESYNC, CacheUnavailable
from layers.cache.queue import EventQueue

if TYPE_CHECKING:
    from redis.asyncio.connection import AbstractConnection

_log = logging.getLogger(__name__)

HEARTBEAT_S: Final = 5.0
"""Silence after which the connection is asked for a sign of life; as much again without one and it is given up."""
CONFIRM_TIMEOUT_S: Final = 5.0
LOSS_CHANNEL: Final = "loss"
"""Every subscriber listens here: who could not publish something says so when the cache answers again."""
_FIRST_PAUSE_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 2.0


class RedisSubscriber:
    """Reads pushed messages in a task of its own, which `__aenter__` starts and `close` ends."""

    def __init__(self, connect: Callable[[], AbstractConnection], queue_size: int) -> None:
        self._connect = connect
        self._queue = EventQueue(queue_size)
        self._wanted: set[str] = {LOSS_CHANNEL}
        self._confirmed: set[str] = set()
        self._changed = asyncio.Condition()
        self._sending = asyncio.Lock()
        self._connection: AbstractConnection | None = None
        self._missed = False
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="redis-subscriber")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def subscribe(self, *channels: str) -> None:
        if self._task is None:
            raise RuntimeError("enter the subscriber before you subscribe")
        new = [channel for channel in channels if channel not in self._wanted]
        self._wanted.update(new)
        try:
            async with asyncio.timeout(CONFIRM_TIMEOUT_S):
                await self._send("SUBSCRIBE", new)
                async with self._changed:
                    await self._changed.wait_for(lambda: self._confirmed.issuperset(channels))
        except TimeoutError as error:
            raise CacheUnavailable(f"the cache did not confirm {len(channels)} subscriptions") from error

    async def unsubscribe(self, *channels: str) -> None:
        old = [channel for channel in channels if channel in self._wanted]
        self._wanted.difference_update(old)
        self._confirmed.difference_update(old)
        await self._send("UNSUBSCRIBE", old)

    async def __aiter__(self) -> AsyncIterator[tuple[str, bytes]]:
        while (event := await self._queue.get()) is not None:
            yield event

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._queue.close()

    async def _run(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            connection = self._connect()
            try:
                await connection.connect()
                self._connection = connection
                await self._send("SUBSCRIBE", sorted(self._wanted))
                pause_s = _FIRST_PAUSE_S
                self._settle()
                await self._read(connection)
            except (exceptions.RedisError, OSError) as error:
                _log.warning("subscriber lost the cache, again in %.2f s: %s", pause_s, error)
            finally:
                self._connection = None
                self._confirmed.clear()
                with contextlib.suppress(exceptions.RedisError, OSError):
                    await connection.disconnect(nowait=True)
            self._missed = True
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _read(self, connection: AbstractConnection) -> None:
        asked = False
        while True:
            try:
                answer = await connection.read_response(timeout=HEARTBEAT_S, disconnect_on_error=False)
            except exceptions.TimeoutError:
                if asked:
                    raise
                asked = True
                await self._send("PING", [])
                continue
            asked = False
            match answer:
                case [b"message", channel, _] if channel.decode() == LOSS_CHANNEL:
                    self._queue.put_nowait(RESYNC, b"")
                case [b"message", channel, data]:
                    self._queue.put_nowait(channel.decode(), data)
                case [b"subscribe", channel, _]:
                    if (name := channel.decode()) in self._wanted:
                        self._confirmed.add(name)
                    self._settle()
                    async with self._changed:
                        self._changed.notify_all()
                case _:
                    # The confirmation of an UNSUBSCRIBE, or the answer to PING.
                    pass

    def _settle(self) -> None:
        """Tell the reader that it missed something, once every channel is subscribed again."""
        if self._missed and self._confirmed >= self._wanted:
            self._missed = False
            self._queue.put_nowait(RESYNC, b"")

    async def _send(self, command: str, channels: list[str]) -> None:
        """Send on the present connection; without one the next connection subscribes to all that is wanted."""
        connection = self._connection
        if connection is None or (not channels and command != "PING"):
            return
        with contextlib.suppress(exceptions.RedisError, OSError):
            async with self._sending:
                await connection.send_command(command, *channels, check_health=False)
