"""Folders and their links, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.harness import Client
from tests.unit.functions.channels.world import Channel
from tl import api


def chatlist(filter_id: int = 2) -> Any:
    """How requests name a folder."""
    return api.InputChatlistDialogFilter(filter_id=filter_id)


def make_folder(client: Client, channels: Sequence[Channel], filter_id: int = 2, **fields: Any) -> Any:
    """The request that makes a folder of channels."""
    values = {"pinned_peers": [], "exclude_peers": [], "title": api.TextWithEntities(text="News", entities=[])}
    values |= {"include_peers": [channel.peer(client) for channel in channels]} | fields
    return api.messages.UpdateDialogFilter(id=filter_id, filter=api.DialogFilter(id=filter_id, **values))


def export(client: Client, channels: Sequence[Channel], filter_id: int = 2, title: str = "") -> Any:
    """The request for a link to channels of a folder."""
    peers = [channel.peer(client) for channel in channels]
    return api.chatlists.ExportChatlistInvite(chatlist=chatlist(filter_id), title=title, peers=peers)


def share(client: Client, *channels: Channel, filter_id: int = 2) -> str:
    """Make a folder of channels with a link to all of them; its slug."""
    client.call(make_folder(client, channels, filter_id))
    return slug_of(client.call(export(client, channels, filter_id)).invite)


def slug_of(invite: Any) -> str:
    """The slug of an exportedChatlistInvite."""
    prefix, _, slug = invite.url.partition("/addlist/")
    assert prefix == "https://t.me"
    return str(slug)


def check(client: Client, slug: str) -> Any:
    """What a link shows."""
    return client.call(api.chatlists.CheckChatlistInvite(slug=slug))


def join(client: Client, slug: str, *channels: Channel) -> Any:
    """The request that joins channels behind a link."""
    return api.chatlists.JoinChatlistInvite(slug=slug, peers=[channel.peer(client) for channel in channels])


def folders(client: Client) -> dict[int, Any]:
    """The folders of an account by id."""
    found = client.call(api.messages.GetDialogFilters()).filters
    return {item.id: item for item in found if not isinstance(item, api.DialogFilterDefault)}


def channel_ids(peers: Sequence[Any]) -> list[int]:
    """Ids of the channels among Peers or InputPeers."""
    return [peer.channel_id for peer in peers]
