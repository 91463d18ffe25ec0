"""What a node pushes while several devices write at once: in pts order, without a gap (checklist 77)."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.client_model import ClientModel
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member
from tests.raw_client import RawClient
from tests.servers import Server
from tl import api

_SENDS = 60


async def _start(client: RawClient) -> tuple[ClientModel, int]:
    """A model of the present state, and where the updates that follow begin."""
    [me] = await client.invoke(api.users.GetUsers(id=[api.InputUserSelf()]))
    seen = len(client.updates)
    state = await client.invoke(api.updates.GetState())
    return ClientModel(me.id, pts=state.pts, date=state.date), seen


def _follow(client: RawClient, model: ClientModel, seen: int) -> None:
    """Apply what was pushed, in the order of its arrival; raises `Gap`."""
    for container in client.updates[seen:]:
        model.apply(container)


async def _write(client: RawClient, peer: Any, name: str) -> None:
    async def one(number: int) -> None:
        text = f"{name} {number}"
        await client.invoke(api.messages.SendMessage(peer=peer, message=text, random_id=number + 1))

    await asyncio.gather(*(one(number) for number in range(_SENDS)))
    history = await client.invoke(_history(peer))
    own = [message.id for message in history.messages if message.out][:20]
    await asyncio.gather(
        *(client.invoke(api.messages.EditMessage(peer=peer, id=i, message=f"edited {i}")) for i in own)
    )
    await client.invoke(api.messages.DeleteMessages(id=own[:3], revoke=True))


def _history(peer: Any, offset_id: int = 0) -> api.messages.GetHistory:
    return api.messages.GetHistory(
        peer=peer, offset_id=offset_id, offset_date=0, add_offset=0, limit=100, max_id=0, min_id=0, hash=0
    )


async def test_devices_that_look_on_see_every_change_in_order(server: Server) -> None:
    phones = new_phone(), new_phone()
    async with (
        member(server, "Alice", phones[0]) as alice,
        member(server, "Alice", phones[0]) as tablet,
        member(server, "Bob", phones[1]) as bob,
        member(server, "Bob", phones[1]) as desk,
    ):
        to_bob, to_alice = await alice.input_peer(phones[1]), await bob.input_peer(phones[0])
        looking = {client: await _start(client) for client in (tablet, desk)}
        await asyncio.gather(_write(alice, to_bob, "from Alice"), _write(bob, to_alice, "from Bob"))
        for client, writer, peer in ((tablet, alice, to_bob), (desk, bob, to_alice)):
            model, seen = looking[client]
            async with asyncio.timeout(20):
                fresh: dict[int, Any] = {}
                # Each deletes three; the other's box learns of it a little later.
                while len(fresh) != 2 * _SENDS - 6:
                    fresh = await _everything(writer, peer)
                state = await writer.invoke(api.updates.GetState())
                while model.pts < state.pts:
                    await client.invoke(api.help.GetNearestDc())
                    _follow(client, model, seen)
            assert {i: m for i, m in model.messages.items() if m.peer_id.user_id == peer.user_id} == fresh


async def _everything(client: RawClient, peer: Any) -> dict[int, Any]:
    found: list[Any] = []
    while not found or len(found) % 100 == 0:
        page = await client.invoke(_history(peer, found[-1].id if found else 0))
        found += page.messages
    return {message.id: message for message in found}
