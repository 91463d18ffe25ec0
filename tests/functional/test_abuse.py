"""Every attack of tests.abuse at a small scale: documented reactions, bounded memory, and everyone else is served on.

Checklist 20, 133. How fast the others are served meanwhile is measured by `bench/abuse.py`, not asserted.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Self

import pytest

from tests.abuse import ATTACKS, Target
from tests.functional.clients import member, with_key
from tests.raw_client import RawClient
from tests.servers import HOST, Server
from tl import api

_INBOUND_BYTES = 64 << 20
_GROWTH_BYTES = _INBOUND_BYTES + (64 << 20)
"""What the node may grow by: the budget of unhandled input, and as much for sessions, threads and the allocator."""


@pytest.fixture(scope="module")
def target(make_server: Callable[..., Server]) -> tuple[Server, Target]:
    server = make_server(CIRRUSGRAM_MAX_INBOUND_BYTES=str(_INBOUND_BYTES))
    return server, Target(server.public_key, HOST, server.tcp_port, server.http_port, lasting_s=0.3)


class Bystander:
    """A client that keeps calling, one call after the other, while the block runs."""

    def __init__(self, client: RawClient) -> None:
        self._client = client
        self._answered = asyncio.Event()
        self._calling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._calling = asyncio.create_task(self._call())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._calling is not None
        self._calling.cancel()
        await asyncio.gather(self._calling, return_exceptions=True)

    async def _call(self) -> None:
        for number in itertools.count(1):
            assert isinstance(await self._client.invoke(api.updates.GetState()), api.updates.State)
            request = api.messages.SendMessage(peer=api.InputPeerSelf(), message="x", random_id=number)
            await self._client.invoke(request)
            self._answered.set()

    async def is_served(self) -> None:
        """Return once calls that are made from now on are answered; raise what made them fail."""
        assert self._calling is not None
        for _ in range(2):
            self._answered.clear()
            answered = asyncio.create_task(self._answered.wait())
            done, _ = await asyncio.wait({answered, self._calling}, timeout=20, return_when="FIRST_COMPLETED")
            if self._calling in done:
                self._calling.result()
            assert answered in done


@pytest.mark.parametrize("name", ATTACKS)
async def test_attack(target: tuple[Server, Target], name: str) -> None:
    server, aim = target
    attack = ATTACKS[name]
    before = server.rss_bytes
    async with member(server, "Bystander") as client, Bystander(client) as bystander:
        reactions = await attack.run(aim, attack.small)
        assert reactions.total() > 0
        assert set(reactions) <= attack.reactions, reactions
        assert server.rss_bytes - before < _GROWTH_BYTES
        await bystander.is_served()
    assert server.is_running
    async with with_key(server) as newcomer:
        assert isinstance(await newcomer.invoke(api.help.GetConfig()), api.Config)
    # What strangers and abusers send is no defect of ours.
    assert b"Traceback" not in server.log.read_bytes()
