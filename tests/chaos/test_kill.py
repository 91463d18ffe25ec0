"""Kill -9 in a stream of sends: no acknowledged message is missing on either side, none is doubled (checklist 132)."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from connection_tier.exchange import ClientKey
from layers.domain.peers import SERVICE_USER_ID
from layers.errors import RpcError
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import raw, with_key
from tests.raw_client import RawClient, TransportFailed
from tests.servers import Server
from tl import api

_KILLS = 4
_SENDS_BETWEEN = 60
_IN_FLIGHT = 4
_SETTLED_WITHIN_S = 40.0
_BROKEN = (TransportFailed, ConnectionError, TimeoutError, OSError)


@dataclass
class Sender:
    """A device that sends to one peer until told to stop; what got no answer it sends again with its random_id."""

    server: Server
    key: ClientKey
    name: str
    peer: Any
    stop: asyncio.Event
    first_random_id: int
    """Devices of one account share the space of random_ids towards a peer."""
    texts: dict[int, str] = field(default_factory=dict)
    acknowledged: set[int] = field(default_factory=set)
    retries: int = 0

    async def run(self) -> None:
        """Send, reconnecting as often as it takes, until everything begun is acknowledged."""
        numbers = itertools.count(self.first_random_id)
        while not (self.stop.is_set() and len(self.acknowledged) == len(self.texts)):
            with contextlib.suppress(*_BROKEN):
                async with raw(self.server, key=self.key) as client:
                    client.use_key(self.key)
                    await self._stream(client, numbers)
            await asyncio.sleep(0.05)  # a client's pause before it tries to connect again

    async def _stream(self, client: RawClient, numbers: itertools.count[int]) -> None:
        while True:
            waiting = [random_id for random_id in self.texts if random_id not in self.acknowledged]
            self.retries += len(waiting)
            if not waiting and self.stop.is_set():
                return
            while len(waiting) < _IN_FLIGHT and not self.stop.is_set():
                random_id = next(numbers)
                self.texts[random_id] = f"{self.name} {random_id}"
                waiting.append(random_id)
            await asyncio.gather(*(self._send(client, random_id) for random_id in waiting))

    async def _send(self, client: RawClient, random_id: int) -> None:
        request = api.messages.SendMessage(peer=self.peer, message=self.texts[random_id], random_id=random_id)
        await client.invoke(request)
        self.acknowledged.add(random_id)


@dataclass
class Account:
    """A user with the keys of its devices."""

    phone: str
    key: ClientKey
    user_id: int


async def _account(server: Server, first_name: str, phone: str | None = None) -> Account:
    phone = phone or new_phone()
    async with with_key(server) as client:
        user = await client.sign_up(phone, first_name)
        assert client.key is not None
        return Account(phone, client.key, user.id)


async def _history(client: RawClient, peer: Any) -> list[Any]:
    found: list[Any] = []
    while True:
        page = await client.invoke(
            api.messages.GetHistory(
                peer=peer,
                offset_id=found[-1].id if found else 0,
                offset_date=0,
                add_offset=0,
                limit=100,
                max_id=0,
                min_id=0,
                hash=0,
            )
        )
        found += page.messages
        if len(page.messages) < 100:
            return found


async def _seen(server: Server, account: Account) -> tuple[Counter[str], int, list[int]]:
    """Texts in the account's chats with people, its pts, and the ids of all its messages."""
    async with raw(server, key=account.key) as client:
        client.use_key(account.key)
        page = await client.invoke(
            api.messages.GetDialogs(
                offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0, exclude_pinned=False
            )
        )
        peers = [api.InputPeerUser(user_id=user.id, access_hash=user.access_hash or 0) for user in page.users]
        chats = {dialog.peer.user_id for dialog in page.dialogs}
        messages = [m for peer in peers if peer.user_id in chats for m in await _history(client, peer)]
        state = await client.invoke(api.updates.GetState())
    texts = Counter(m.message for m in messages if m.peer_id.user_id != SERVICE_USER_ID)
    return texts, state.pts, sorted(m.id for m in messages)


async def test_no_acknowledged_message_is_lost_or_doubled(make_server: Callable[..., Server]) -> None:
    server = make_server()
    alice, bob, carol = [await _account(server, name) for name in ("Alice", "Bob", "Carol")]
    tablet = await _account(server, "Alice", alice.phone)
    peers: dict[tuple[int, int], Any] = {}
    for one, other in ((alice, bob), (bob, alice), (alice, carol), (carol, alice)):
        async with raw(server, key=one.key) as client:
            client.use_key(one.key)
            peers[one.user_id, other.user_id] = await client.input_peer(other.phone)
    stop = asyncio.Event()
    senders = [
        Sender(server, key, name, peers[one.user_id, other.user_id], stop, 10**6 * index)
        for index, (name, key, one, other) in enumerate(
            (
                ("alice to bob", alice.key, alice, bob),
                ("alice's tablet to bob", tablet.key, alice, bob),
                ("bob to alice", bob.key, bob, alice),
                ("carol to alice", carol.key, carol, alice),
            ),
            start=1,
        )
    ]
    tasks = [asyncio.create_task(sender.run()) for sender in senders]
    try:
        for _ in range(_KILLS):
            await _more(senders, tasks, _SENDS_BETWEEN)
            # In a thread: the senders go on, into the dead server and into the starting one.
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
        await _more(senders, tasks, _SENDS_BETWEEN)
        stop.set()
        async with asyncio.timeout(_SETTLED_WITHIN_S):
            await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    expected = {
        alice.user_id: Counter(text for sender in senders for text in sender.texts.values()),
        bob.user_id: Counter(text for sender in senders[:3] for text in sender.texts.values()),
        carol.user_id: Counter(senders[3].texts.values()),
    }
    for account in (alice, bob, carol):
        await _check(server, account, expected[account.user_id])
    sent = sum(len(sender.texts) for sender in senders)
    retries = sum(sender.retries for sender in senders)
    print(f"{_KILLS} kills: {sent} sent and acknowledged, {retries} sent again, 0 lost, 0 doubled")
    assert retries


async def _more(senders: list[Sender], tasks: list[asyncio.Task[None]], count: int) -> None:
    """Return once so many more sends were acknowledged."""
    goal = sum(len(sender.acknowledged) for sender in senders) + count
    async with asyncio.timeout(_SETTLED_WITHIN_S):
        while sum(len(sender.acknowledged) for sender in senders) < goal:
            for task in tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.01)


async def _check(server: Server, account: Account, expected: Counter[str]) -> None:
    """The account's chats hold exactly what is expected, soon; pts and ids are dense."""
    seen: Counter[str] = Counter()
    async with asyncio.timeout(_SETTLED_WITHIN_S):
        while seen != expected:
            with contextlib.suppress(RpcError):
                seen, pts, ids = await _seen(server, account)
            doubled = {text: count for text, count in seen.items() if count > 1}
            assert not doubled
            assert not seen - expected
            if seen != expected:
                await asyncio.sleep(0.2)  # the relay delivers what the kill interrupted
    # Nothing but messages moved the box: every id and every pts (an empty box has 1) belongs to one.
    assert ids == list(range(1, len(ids) + 1))
    assert pts == 1 + len(ids)
