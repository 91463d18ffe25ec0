"""A user who goes on sending and listening while parts of the server are killed.

Everything a client may do and nothing more: reconnect to either node, send an unanswered query again as it was, repeat
what failed with 500 under the same random_id, apply pushes in pts order, fetch the difference at a gap, at
updatesTooLong, for a new session and after a reconnection (https://core.telegram.org/api/updates).
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import time
from collections.abc import Iterable
from collections.abc import Sequence as ListOf
from dataclasses import dataclass, field
from typing import Any, Final

from connection_tier.crypto.rsa import RsaPublicKey
from connection_tier.exchange import ClientKey
from connection_tier.session.client import ClientSession
from connection_tier.session.client_events import NewSession, RpcResult
from layers.errors import RpcError
from tests.raw_client import RawClient, TcpStream, TransportFailed
from tests.results import decode_result
from tl import api

Address = tuple[str, int]
Addresses = ListOf[Address]

PARTNERS: Final = 2
_RECONNECT_S: Final = 0.1
_REPEAT_S: Final = 0.2
_PATIENCE_S: Final = 0.5
"""How long a client waits for the push that fills a gap."""
_LOST: Final = (OSError, TransportFailed, TimeoutError)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Target:
    """Where a member writes to: another one, or a chat. ``listener``: a member who must get what is written there."""

    label: str
    peer: api.TypeInputPeer
    listener: Member


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """One message of the stream, as its sender knows it. Times are of the monotonic clock."""

    text: str
    random_id: int
    target: Target
    started: float
    acknowledged: float | None = None


@dataclass(slots=True, eq=False, repr=False)
class Sequence:
    """What a device holds of one sequence of pts: of its account's box, or of a channel's.

    Attributes:
        box: texts by message id.
        arrived: when each text came, of the monotonic clock.
    """

    pts: int = 0
    box: dict[int, str] = field(default_factory=dict)
    arrived: dict[str, float] = field(default_factory=dict)
    held: list[Any] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    gap_since: float | None = None

    @property
    def is_stuck(self) -> bool:
        """A gap has been there for longer than a client waits."""
        return self.gap_since is not None and time.monotonic() - self.gap_since > _PATIENCE_S

    def settle(self, *updates: Any) -> None:
        """Apply what follows on what is known; the rest is held."""
        waiting = []
        for update in sorted([*self.held, *updates], key=lambda update: update.pts):  # type: ignore[no-any-return]
            if update.pts > self.pts + update.pts_count:
                waiting.append(update)
            elif update.pts == self.pts + update.pts_count:
                self.pts = update.pts
                message = update.message
                self.add(message.id, self.texts.pop(message.id, None) or getattr(message, "message", ""))
        self.held = waiting
        self.gap_since = (self.gap_since or time.monotonic()) if waiting else None

    def take_short_answer(self, answer: api.UpdateShortSentMessage, text: str) -> None:
        """The answer to a text of one's own, which the client knows itself."""
        if answer.id not in self.box:
            self.texts[answer.id] = text
            sent = api.MessageEmpty(id=answer.id)
            self.settle(api.UpdateNewMessage(message=sent, pts=answer.pts, pts_count=answer.pts_count))

    def catch_up(self, messages: Iterable[Any], pts: int) -> None:
        """Apply a difference that ends at ``pts``."""
        for message in messages:
            self.add(message.id, getattr(message, "message", ""))
        self.pts = max(self.pts, pts)

    def add(self, message_id: int, text: str) -> None:
        """Hold a message; it may come twice but never change."""
        assert self.box.get(message_id, text) == text, f"message {message_id} changed"
        self.box[message_id] = text
        self.arrived.setdefault(text, time.monotonic())


@dataclass(slots=True, eq=False, repr=False)
class Member:
    """One user with one device.

    Attributes:
        own: what the device holds of its account's box.
        channel: the same of the one channel it follows, which ``input_channel`` names.
        sent: every message it tried to send, in order; at most the last is not acknowledged.
    """

    number: int
    addresses: Addresses
    public_key: RsaPublicKey
    key: ClientKey | None = None
    session: ClientSession | None = None
    user: Any = None
    targets: list[Target] = field(default_factory=list)
    own: Sequence = field(default_factory=Sequence)
    channel: Sequence = field(default_factory=Sequence)
    input_channel: Any = None
    date: int = 1
    sent: list[Message] = field(default_factory=list)
    repeated: int = 0
    reconnected: int = 0
    is_sending: bool = True
    _unanswered: int | None = None

    @property
    def phone(self) -> str:
        """The number it signed up with."""
        return f"+999661{self.number:04}"

    def has_got(self, text: str) -> bool:
        """Whether a text has arrived, in the account's box or in the channel."""
        return text in self.own.arrived or text in self.channel.arrived

    def client(self, address: Address | None = None) -> RawClient:
        """A connection of the device; to its home node by default."""
        address = address or self.addresses[self.number % len(self.addresses)]
        return RawClient(self.public_key, TcpStream(*address), key=self.key, session=self.session)

    async def enrol(self) -> None:
        """Make a key, sign up."""
        async with self.client() as client:
            await client.make_key()
            self.key, self.session = client.key, client.session
            self.user = await client.sign_up(self.phone, f"Member{self.number}")

    async def meet(self, partners: Iterable[Member]) -> None:
        """Learn how to address the partners, who become the targets."""
        async with self.client() as client:
            for partner in partners:
                peer = await client.input_peer(partner.phone)
                self.targets.append(Target(str(partner.number), peer, partner))
            await self.note_state(client)

    async def note_state(self, client: RawClient) -> None:
        """From here on the device follows its account's box."""
        state = await client.invoke(api.updates.GetState())
        self.own.pts, self.date = state.pts, state.date

    async def live(self) -> None:
        """Listen and send, on whichever node answers, until cancelled."""
        for attempt in itertools.count(self.number):
            with contextlib.suppress(*_LOST):
                async with self.client(self.addresses[attempt % len(self.addresses)]) as client:
                    await self._speak(client)
            self.reconnected += 1
            await asyncio.sleep(_RECONNECT_S)

    async def _speak(self, client: RawClient) -> None:
        await self._catch_up(client)
        tasks = [asyncio.create_task(self._listen(client)), asyncio.create_task(self._send(client))]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # Sending

    async def _send(self, client: RawClient) -> None:
        for number in itertools.count():
            if not self.sent or self.sent[-1].acknowledged is not None:
                if not self.is_sending:
                    return
                target = self.targets[number % len(self.targets)]
                text = f"{self.number}>{target.label}:{len(self.sent)}"
                self.sent.append(Message(text, random.getrandbits(62), target, time.monotonic()))
            message = self.sent[-1]
            answer = await self._answer(client, message)
            if answer is None:
                self.repeated += 1
                await asyncio.sleep(_REPEAT_S)
                continue
            message.acknowledged = time.monotonic()
            if isinstance(answer, api.UpdateShortSentMessage):
                self.own.take_short_answer(answer, message.text)
            else:
                self._take(answer)
            await asyncio.sleep(random.uniform(0.3, 0.9))

    async def _answer(self, client: RawClient, message: Message) -> Any:
        """The answer to one attempt; None when the server says to try again."""
        request = api.messages.SendMessage(peer=message.target.peer, message=message.text, random_id=message.random_id)
        session = client.session
        assert session is not None
        if self._unanswered in session.unanswered:
            msg_id, future = self._unanswered, client.put_again(self._unanswered)
        else:
            msg_id, future = client.put(request)
        self._unanswered = msg_id
        await client.flush()
        async with asyncio.timeout(20):
            result: RpcResult = await future
        self._unanswered = None
        if result.error is not None:
            if result.error[0] in {500, -503}:
                return None
            raise AssertionError(f"{message.text}: {result.error}")
        return decode_result(result.body, type(request))

    # Listening

    async def _listen(self, client: RawClient) -> None:
        taken = events = 0
        while not client.is_closed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_REPEAT_S):
                    await client.wait_for(lambda: len(client.updates) > taken or client.is_closed)  # noqa: B023
            is_behind = any(isinstance(event, NewSession) for event in client.events[events:])
            events = len(client.events)
            new, taken = client.updates[taken:], len(client.updates)
            for update in new:
                is_behind |= isinstance(update, api.UpdatesTooLong) or self._take(update)
            if is_behind or self.own.is_stuck or self.channel.is_stuck:
                await self._catch_up(client)
            await client.flush()
        raise TransportFailed(client.error_code)

    def _take(self, container: Any) -> bool:
        """Apply updates; True when one says that the channel's difference must be fetched."""
        updates = container.updates if isinstance(container, api.Updates) else [getattr(container, "update", None)]
        counted = [update for update in updates if update is not None and "pts_count" in update.FIELDS]
        in_channel = [update for update in counted if isinstance(update, api.UpdateNewChannelMessage)]
        self.own.settle(*(update for update in counted if update not in in_channel))
        self.channel.settle(*in_channel)
        return any(isinstance(update, api.UpdateChannelTooLong) for update in updates)

    async def _catch_up(self, client: RawClient) -> None:
        while True:
            request = api.updates.GetDifference(pts=self.own.pts, date=self.date, qts=0)
            difference = await self._patiently(client, request)
            if isinstance(difference, api.updates.DifferenceEmpty):
                break
            is_last = isinstance(difference, api.updates.Difference)
            state = difference.state if is_last else difference.intermediate_state
            self.own.catch_up(difference.new_messages, state.pts)
            self.date = state.date
            if is_last:
                break
        self.own.settle()
        while self.input_channel is not None:
            difference = await self._patiently(client, channel_difference(self.input_channel, self.channel.pts))
            if not isinstance(difference, api.updates.ChannelDifferenceEmpty):
                self.channel.catch_up(difference.new_messages, difference.pts)
            if difference.final:
                break
        self.channel.settle()

    @staticmethod
    async def _patiently(client: RawClient, request: Any) -> Any:
        """The answer to a reading request, whatever is away for the moment."""
        while True:
            try:
                return await client.invoke(request)
            except RpcError as error:
                if error.code not in {500, -503}:
                    raise
                await asyncio.sleep(_REPEAT_S)


def channel_difference(channel: Any, pts: int) -> api.updates.GetChannelDifference:
    """What happened in a channel after ``pts``."""
    return api.updates.GetChannelDifference(
        channel=channel, filter=api.ChannelMessagesFilterEmpty(), pts=pts, limit=100
    )
