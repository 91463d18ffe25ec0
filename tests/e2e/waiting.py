"""What holds a moment later, when functions/sync has done its work: on the real parts it is another process's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tests.e2e.people import DEADLINE_S

T = TypeVar("T")

_PAUSE_S = 0.05


async def eventually(look: Callable[[], Awaitable[T]], fits: Callable[[T], bool]) -> T:
    """Look until what is seen fits; what was seen last when it never does."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + DEADLINE_S
    while True:
        seen = await look()
        if fits(seen) or loop.time() > deadline:
            return seen
        await asyncio.sleep(_PAUSE_S)
