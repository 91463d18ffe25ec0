"""What a node pushes while the members of a channel write at once: in the channel's pts order, without a gap."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member
from tests.raw_client import RawClient
from tests.servers import Server
from tl import api

_SENDS = 30


def _changes(client: RawClient, channel_id: int) -> list[Any]:
    """Updates of the channel's sequence that were pushed or answered, as they came."""
    found = []
    for container in client.updates:
        for update in getattr(container, "updates", ()):
            message = getattr(update, "message", None)
            of = message.peer_id.channel_id if message is not None and "pts" in update.FIELDS else None
            if of == channel_id or getattr(update, "channel_id", None) == channel_id:
                found.append(update)
    return [update for update in found if "pts_count" in update.FIELDS]


async def _channel_of(client: RawClient, channel_id: int) -> api.InputPeerChannel:
    dialogs = await client.invoke(
        api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0)
    )
    chat = next(chat for chat in dialogs.chats if chat.id == channel_id)
    return api.InputPeerChannel(channel_id=chat.id, access_hash=chat.access_hash)


async def test_members_that_look_on_see_every_post_in_order(server: Server) -> None:
    phones = new_phone(), new_phone(), new_phone()
    async with (
        member(server, "Alice", phones[0]) as alice,
        member(server, "Bob", phones[1]) as bob,
        member(server, "Carol", phones[2]) as carol,
    ):
        for client in (bob, carol):
            await client.invoke(api.updates.GetState())
        made = await alice.invoke(api.channels.CreateChannel(title="Group", about="", megagroup=True))
        channel = api.InputChannel(channel_id=made.chats[0].id, access_hash=made.chats[0].access_hash)
        users = [await alice.input_peer(phone) for phone in phones[1:]]
        invited = [api.InputUser(user_id=user.user_id, access_hash=user.access_hash) for user in users]
        await alice.invoke(api.channels.InviteToChannel(channel=channel, users=invited))

        def is_told(client: RawClient) -> bool:
            singles = [getattr(container, "update", None) for container in client.updates]
            return any(isinstance(update, api.UpdateChannelTooLong) for update in singles)

        for client in (bob, carol):
            await client.wait_for(lambda client=client: is_told(client))
        peers = {client: await _channel_of(client, channel.channel_id) for client in (alice, bob)}
        seen = len(_changes(carol, channel.channel_id))

        async def write(client: RawClient, number: int) -> None:
            text = f"post {number}"
            await client.invoke(api.messages.SendMessage(peer=peers[client], message=text, random_id=number + 1))

        await asyncio.gather(*(write(client, number) for client in (alice, bob) for number in range(_SENDS)))
        await carol.wait_for(lambda: len(_changes(carol, channel.channel_id)) - seen >= 2 * _SENDS)
        changes = _changes(carol, channel.channel_id)[seen:]
        pts = [update.pts for update in changes]
        assert pts == list(range(pts[0], pts[0] + 2 * _SENDS))
        assert not any(update.message.out for update in changes)
