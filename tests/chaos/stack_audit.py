"""What the server holds after the trouble, held against what the clients were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.chaos.stack_members import Member
from tests.raw_client import RawClient, TcpStream
from tl import api

_PAGE = 100


@dataclass(slots=True)
class Totals:
    """Counts over all members; ``lost`` and ``doubled`` name the messages."""

    sent: int = 0
    acknowledged: int = 0
    repeated: int = 0
    lost: list[str] | None = None
    doubled: list[str] | None = None

    def __str__(self) -> str:
        return (
            f"messages sent {self.sent}, acknowledged {self.acknowledged}, repeated {self.repeated}, "
            f"lost {len(self.lost or ())}, doubled {len(self.doubled or ())}"
        )


@dataclass(slots=True, repr=False)
class Stored:
    """One account's box on the server: texts by message id, from the difference and from the histories."""

    difference: dict[int, str]
    histories: dict[int, str]


async def read_box(member: Member) -> Stored:
    """The whole box, both ways; checks that pts has no gap."""
    client = RawClient(member.public_key, TcpStream(*member.addresses[0]), key=member.key)
    assert member.key is not None
    client.use_key(member.key)
    async with client:
        difference = await read_difference(client)
        histories: dict[int, str] = {}
        for peer in {_peer_id(message) for message in difference if isinstance(message, api.Message)}:
            user = await _input_peer(client, peer)
            histories.update(await _history(client, user))
    return Stored(
        {message.id: message.message for message in difference if isinstance(message, api.Message)}, histories
    )


def _peer_id(message: api.Message) -> int:
    assert isinstance(message.peer_id, api.PeerUser)
    return message.peer_id.user_id


async def read_difference(client: RawClient) -> list[Any]:
    """Every message of the box; each stands for one pts."""
    found: list[Any] = []
    pts = 1
    while True:
        part = await client.invoke(api.updates.GetDifference(pts=pts, date=1, qts=0))
        if isinstance(part, api.updates.DifferenceEmpty):
            return found
        state = part.state if isinstance(part, api.updates.Difference) else part.intermediate_state
        counts = len(part.new_messages) + sum(getattr(update, "pts_count", 0) for update in part.other_updates)
        assert state.pts - pts == counts, f"pts {pts}…{state.pts} with {counts} changes"
        found += part.new_messages
        pts = state.pts
        if isinstance(part, api.updates.Difference):
            ids = [message.id for message in found]
            assert ids == sorted(set(ids)), "message ids rise with pts"
            return found


async def _input_peer(client: RawClient, user_id: int) -> api.InputPeerUser:
    dialogs = await client.invoke(
        api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=_PAGE, hash=0)
    )
    user = next(user for user in dialogs.users if user.id == user_id)
    return api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)


async def _history(client: RawClient, peer: api.InputPeerUser) -> dict[int, str]:
    found: dict[int, str] = {}
    offset_id = 0
    while True:
        request = api.messages.GetHistory(
            peer=peer, offset_id=offset_id, offset_date=0, add_offset=0, limit=_PAGE, max_id=0, min_id=0, hash=0
        )
        page = await client.invoke(request)
        found.update({message.id: message.message for message in page.messages if isinstance(message, api.Message)})
        if len(page.messages) < _PAGE:
            return found
        offset_id = page.messages[-1].id


def audit(members: Sequence[Member], boxes: dict[Member, Stored]) -> Totals:
    """Compare; raises AssertionError for boxes that disagree or are out of order."""
    totals = Totals(lost=[], doubled=[])
    for member in members:
        stored = boxes[member]
        assert stored.difference == stored.histories, f"member {member.number}: difference and histories differ"
        totals.sent += len(member.sent)
        totals.repeated += member.repeated
        for message in member.sent:
            counts = [
                Counter(boxes[side].difference.values())[message.text] for side in (member, message.target.listener)
            ]
            if message.acknowledged is not None:
                totals.acknowledged += 1
                if 0 in counts:
                    totals.lost.append(message.text)  # type: ignore[union-attr]
            if max(counts) > 1:
                totals.doubled.append(message.text)  # type: ignore[union-attr]
        for side in (member, *(target.listener for target in member.targets)):
            texts = _stream(member, boxes[side].difference)
            assert texts == sorted(texts), f"messages of member {member.number} are out of order"
    return totals


def _stream(sender: Member, box: dict[int, str]) -> Iterable[int]:
    own = (text for _, text in sorted(box.items()) if text.startswith(f"{sender.number}>"))
    return [int(text.partition(":")[2]) for text in own]


def differing(members: Sequence[Member], boxes: dict[Member, Stored]) -> list[int]:
    """Members whose device does not hold what their box holds."""
    return [
        member.number
        for member in members
        if {text for text in member.own.box.values() if text}
        != {text for text in boxes[member].difference.values() if text}
    ]
