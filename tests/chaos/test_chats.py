"""The chaos run in chats: a group of 50 and a supergroup of 500, twenty of whose members write to both.

https://core.telegram.org/api/channel. Afterwards every acknowledged message stands in the box of each of the 50 members
and in the channel exactly once, and every device holds what its account and the channel hold.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
import sqlalchemy as sa

from layers.database import Transaction, open_database
from layers.domain.chats import MemberStatus
from layers.domain.peers import peer_key
from layers.schema import chat_members, chats, dialogs, users
from localstack.process import Process
from tests.chaos.stack_audit import Totals, read_difference
from tests.chaos.stack_members import Member, Target, channel_difference
from tests.chaos.test_stack import Deployment, check, deployment, endure, enrolled, told, writing
from tl import api

__all__ = ["deployment"]

_WRITERS: Final = 20
_GROUP: Final = 50
_CHANNEL: Final = 500
_FIRST_SILENT_ID: Final = 1_000_000
_TROUBLES: Final = (("worker",), ("kafka",), ("redis",), ("mariadb",), ("node",), ("node", "redis"))
_CONVERGE_S: Final = 15.0
_POLL_S: Final = 0.2


@pytest.fixture
def broker(start_part: Callable[[str], Process]) -> Iterator[Process]:
    """The broker of the test suite: test_stack.py holds Apache Kafka against it."""
    yield start_part("kafka")


@pytest.mark.timeout(300)
async def test_nothing_said_in_chats_is_lost(deployment: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    members = await enrolled(deployment.nodes, _GROUP)
    writers = members[:_WRITERS]
    channel = await _found_chats(members, writers)
    _fill(deployment, channel, _CHANNEL - _GROUP)
    with ThreadPoolExecutor(1) as keeper:
        async with writing(writers):
            recovery = await endure(deployment, writers, _TROUBLES, keeper)
            for writer in writers:
                writer.is_sending = False
            await _converged(writers)
        totals = await _audit(members, writers)
        with capsys.disabled():
            print(told(f"in a group of {_GROUP} and a supergroup of {_CHANNEL}", totals, recovery, deployment))
        check(totals, recovery, deployment)


async def _found_chats(members: Sequence[Member], writers: Sequence[Member]) -> int:
    """Make both chats and tell the writers where to write; the channel's id."""
    founder = members[0]
    async with founder.client() as client:
        contacts = [
            api.InputPhoneContact(client_id=member.number, phone=member.phone, first_name="M", last_name="")
            for member in members[1:]
        ]
        known = (await client.invoke(api.contacts.ImportContacts(contacts=contacts))).users
        others = [api.InputUser(user_id=user.id, access_hash=user.access_hash) for user in known]
        assert len(others) == _GROUP - 1
        made = await client.invoke(api.messages.CreateChat(users=others, title="fifty"))
        group = api.InputPeerChat(chat_id=made.updates.chats[0].id)
        made = await client.invoke(api.channels.CreateChannel(title="five hundred", about="", megagroup=True))
        (channel,) = made.chats
        invite = api.InputChannel(channel_id=channel.id, access_hash=channel.access_hash)
        await client.invoke(api.channels.InviteToChannel(channel=invite, users=others))
    for writer in writers:
        async with writer.client() as client:
            request = api.messages.GetDialogs(
                offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=20, hash=0
            )
            listed = await client.invoke(request)
            (seen,) = (chat for chat in listed.chats if isinstance(chat, api.Channel))
            (dialog,) = (dialog for dialog in listed.dialogs if isinstance(dialog.peer, api.PeerChannel))
            writer.input_channel = api.InputChannel(channel_id=seen.id, access_hash=seen.access_hash)
            writer.channel.pts = dialog.pts
            listener = writers[(writer.number + 1) % len(writers)]
            to_channel = api.InputPeerChannel(channel_id=seen.id, access_hash=seen.access_hash)
            writer.targets = [Target("g", group, listener), Target("c", to_channel, listener)]
            await writer.note_state(client)
    return int(channel.id)


def _fill(deployment: Deployment, channel_id: int, count: int) -> None:
    """Members who never connect: rows are all there is of them."""
    key = peer_key(api.PeerChannel(channel_id=channel_id))
    ids = range(_FIRST_SILENT_ID, _FIRST_SILENT_ID + count)
    database = open_database(deployment.nodes[0].environment["CIRRUSGRAM_DATABASE_URL"], pool_size=1)

    def work(transaction: Transaction) -> None:
        people = [{"id": i, "phone": f"999{i}", "first_name": "Silent", "created_at": 1} for i in ids]
        joined = [{"peer_key": key, "user_id": i, "status": int(MemberStatus.MEMBER), "date": 1} for i in ids]
        transaction.execute(sa.insert(users), people)
        transaction.execute(sa.insert(chat_members), joined)
        transaction.execute(sa.insert(dialogs), [{"owner_id": i, "peer_key": key} for i in ids])
        grown = sa.update(chats).where(chats.c.peer_key == key)
        transaction.execute(grown.values(members_count=chats.c.members_count + count))

    try:
        database.run(work, writes=True)
    finally:
        database.close()


async def _converged(writers: Sequence[Member]) -> None:
    """Until every device holds every message that was sent, by its own means."""
    deadline = time.monotonic() + _CONVERGE_S
    while True:
        said = {label: _said(writers, label) for label in ("g", "c")}
        behind = [
            writer.number
            for writer in writers
            if not said["g"] <= set(writer.own.box.values()) or not said["c"] <= set(writer.channel.box.values())
        ]
        if not behind and all(writer.sent[-1].acknowledged for writer in writers):
            return
        assert time.monotonic() < deadline, f"members {behind} did not converge"
        await asyncio.sleep(_POLL_S)


def _said(writers: Sequence[Member], label: str) -> set[str]:
    """The acknowledged texts of one chat."""
    return {
        message.text
        for writer in writers
        for message in writer.sent
        if message.target.label == label and message.acknowledged is not None
    }


async def _audit(members: Sequence[Member], writers: Sequence[Member]) -> Totals:
    """What the server holds, against what was acknowledged."""
    totals = Totals(lost=[], doubled=[])
    totals.sent = sum(len(writer.sent) for writer in writers)
    totals.acknowledged = sum(message.acknowledged is not None for writer in writers for message in writer.sent)
    totals.repeated = sum(writer.repeated for writer in writers)
    boxes = [[message.message for message in await _box(member)] for member in members]
    channel = [message.message for message in await _channel(writers[0])]
    for label, places in (("g", boxes), ("c", [channel])):
        said = _said(writers, label)
        for texts in places:
            counted = Counter(texts)
            totals.lost += sorted(said - counted.keys())  # type: ignore[operator]
            totals.doubled += sorted(text for text, count in counted.items() if count > 1)  # type: ignore[operator]
            for writer in writers:
                own = [int(text.partition(":")[2]) for text in texts if text.startswith(f"{writer.number}>{label}")]
                assert own == sorted(own), f"messages of member {writer.number} are out of order"
    return totals


async def _box(member: Member) -> list[Any]:
    async with member.client() as client:
        return [message for message in await read_difference(client) if isinstance(message, api.Message)]


async def _channel(member: Member) -> list[Any]:
    """Every message of the channel, from its difference; checks that pts has no gap."""
    found: list[Any] = []
    pts = 1
    async with member.client() as client:
        while True:
            part = await client.invoke(channel_difference(member.input_channel, pts))
            if isinstance(part, api.updates.ChannelDifferenceEmpty):
                return found
            assert isinstance(part, api.updates.ChannelDifference)
            counts = len(part.new_messages) + sum(getattr(update, "pts_count", 0) for update in part.other_updates)
            assert part.pts - pts == counts, f"pts {pts}…{part.pts} with {counts} changes"
            found += [message for message in part.new_messages if isinstance(message, api.Message)]
            pts = part.pts
            if part.final:
                return found
