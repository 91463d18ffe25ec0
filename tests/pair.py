"""Two people on one server, of whom one writes to the other while something is wrong with it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from layers.errors import RpcError
from tests.raw_client import RawClient, TcpStream
from tests.servers import Server
from tl import api


class Pair:
    """Alice, who writes, and Bob, who listens."""

    def __init__(self, node: Server, alice: RawClient, bob: RawClient, to_bob: api.InputPeerUser) -> None:
        self.node = node
        self.alice = alice
        self.bob = bob
        self._to_bob = to_bob

    async def send(self) -> str:
        """Send a message; its text."""
        text = f"message {secrets.token_hex(8)}"
        await self.alice.invoke(
            api.messages.SendMessage(peer=self._to_bob, message=text, random_id=int.from_bytes(os.urandom(7)))
        )
        return text

    async def delivered(self, text: str) -> None:
        """Wait until Bob was pushed the message, or told to fetch what he missed and it is there."""
        known = ""
        while text not in known:
            await self.bob.wait_for(lambda: text in str(self.bob.updates) or self._is_told())
            known = str(self.bob.updates)
            if self._is_told():
                self.bob.updates.clear()
                known += str(await self.bob.invoke(api.updates.GetDifference(pts=1, date=1, qts=0)))

    def _is_told(self) -> bool:
        return any(isinstance(update, api.UpdatesTooLong) for update in self.bob.updates)

    async def error(self) -> tuple[int, str]:
        """The error of sending a message."""
        with pytest.raises(RpcError) as caught:
            await self.send()
        return caught.value.code, caught.value.type

    async def works_again(self) -> None:
        """Send until it succeeds."""

        async def delivers() -> None:
            await self.delivered(await self.send())

        await patiently(delivers)


@contextlib.asynccontextmanager
async def two_people(node: Server) -> AsyncIterator[Pair]:
    alice, bob = (RawClient(node.public_key, TcpStream("127.0.0.1", node.tcp_port)) for _ in range(2))
    async with alice, bob:
        for client, phone in ((alice, "+9996630001"), (bob, "+9996630002")):
            await client.make_key()
            await patiently(lambda client=client, phone=phone: client.sign_up(phone, "Someone"))
        await bob.invoke(api.updates.GetState())
        pair = Pair(node, alice, bob, await alice.input_peer("+9996630002"))
        await pair.works_again()
        yield pair


async def patiently(call: Callable[[], Awaitable[object]]) -> None:
    """Until it succeeds: processes notice one by one that a part which the test before took away is back."""
    async with asyncio.timeout(20):
        while True:
            try:
                await call()
            except RpcError as error:
                assert error.code == 500
            else:
                return
