"""The execution ledger: a repeated req_msg_id is not executed twice, also when it reaches another node.

Checklist 47. One node knows a repetition by its session; a client that comes back through another node repeats its
unanswered queries there. So a writing query is noted in the shared cache before it runs, and its reply after it: the
repetition waits for that reply and returns it. Queries that only read are simply run again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from connection_tier.runner.frames import HEADER, pack_reply, unpack_reply
from layers.cache import AsyncCache, CacheUnavailable
from layers.context import Caller
from layers.invocation import Reply
from layers.telemetry import get_logger

KEPT_S: Final = 600
"""Longer than a client's message may be late (331 s)."""

_ALIVE_S: Final = 6
_RENEW_ALIVE_S: Final = 2
"""A node is dead when its sign of life, renewed this often, is older than `_ALIVE_S`."""

_RUNNING: Final = b"\xff"
"""First byte of a note without a reply, before the id of the node that runs the query; a reply begins with 0 or 1."""
_POLL_S: Final = 0.05
_WAIT_S: Final = 30
_MAX_REPLY_BYTES: Final = 256 * 1024
_UNKNOWN: Final = Reply(None, -503, "Timeout")

logger = get_logger("ledger")


class Ledger:
    """Notes of writing queries in the shared cache."""

    def __init__(self, cache: AsyncCache, node_id: str) -> None:
        self._cache = cache
        self._node_id = node_id

    async def keep_alive(self) -> None:
        """Give this node's sign of life until cancelled: who waits for its replies need not wait for a dead node."""
        while True:
            try:
                await self._cache.set(_alive(self._node_id), b"", ttl_s=_ALIVE_S)
            except CacheUnavailable:
                logger.debug("no sign of life")
            await asyncio.sleep(_RENEW_ALIVE_S)

    async def once(self, caller: Caller, run: Callable[[], Awaitable[Reply]]) -> Reply:
        """Run a query unless it was run before; then its reply of that time.

        Where that is unknown (the node died while it ran, or its reply was too large to keep), -503 Timeout: whether it
        took effect is for the client to see. Without a cache it is run: losing the ledger must not stop the service.
        """
        key = caller.temp_auth_key_id or caller.auth_key_id
        name = f"ledger:{key}:{caller.session_id}:{caller.msg_id}"
        try:
            is_first = await self._cache.set(name, _RUNNING + self._node_id.encode(), ttl_s=KEPT_S, only_if_absent=True)
        except CacheUnavailable:
            logger.warning("ledger unavailable")
            return await run()
        if not is_first:
            try:
                return await self._earlier(name)
            except CacheUnavailable:
                return _UNKNOWN
        reply = await run()
        packed = pack_reply(0, reply)[HEADER.size :]
        if len(packed) <= _MAX_REPLY_BYTES:
            try:
                await self._cache.set(name, packed, ttl_s=KEPT_S)
            except CacheUnavailable:
                logger.warning("ledger unavailable")
        return reply

    async def _earlier(self, name: str) -> Reply:
        deadline = asyncio.get_running_loop().time() + _WAIT_S
        while asyncio.get_running_loop().time() < deadline:
            note = await self._cache.get(name)
            if note is None:
                break
            if not note.startswith(_RUNNING):
                return unpack_reply(note)
            node_id = note[len(_RUNNING) :].decode()
            if node_id != self._node_id and await self._cache.get(_alive(node_id)) is None:
                break
            await asyncio.sleep(_POLL_S)
        return _UNKNOWN


def _alive(node_id: str) -> str:
    return f"alive:{node_id}"
