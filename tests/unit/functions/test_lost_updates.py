"""Checklist 130: pushes that are lost, doubled and out of order, then differences, come to what a fresh fetch shows."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import tl
from layers.errors import RpcError
from tests.client_model import ClientModel, Gap
from tests.harness import Client, Harness
from tl import api


class Lossy:
    """A device behind a bad connection; ``fate`` decides what becomes of each push."""

    def __init__(self, device: Client, fate: random.Random, *, loses: bool) -> None:
        self.device = device
        self.model = ClientModel.fetch(device)
        self._fate = fate
        self._loses = loses
        self._seen = device.server.push_count
        self._late: list[Any] = []

    def receive(self) -> None:
        """Take what arrives now."""
        server = self.device.server
        pushes, self._seen = server.pushes_since(self._seen), server.push_count
        arriving = [tl.decode(push.updates) for push in pushes if push.updates and self.device.receives(push)]
        for container in arriving:
            if not self._loses:
                self.apply(container)
                continue
            match self._fate.choices(("now", "twice", "late", "lost"), (6, 1, 2, 2))[0]:
                case "now":
                    self.apply(container)
                case "twice":
                    self.apply(container)
                    self.apply(container)
                case "late":
                    self._late.append(container)
                case _:
                    pass
        if self._late and self._fate.random() < 0.5:
            self.apply(self._late.pop(self._fate.randrange(len(self._late))))

    def apply(self, container: Any) -> None:
        """Take a push in."""
        self._healing(lambda: self.model.apply(container))

    def _healing(self, step: Callable[[], None]) -> None:
        """As a client: a gap is closed by a difference. Where nothing is lost there must be none."""
        try:
            step()
        except Gap:
            if not self._loses:
                raise
            self.model.catch_up(self.device)

    def call(self, request: Any) -> Any:
        """Call a method and take its answer in."""
        result = self.device.call(request)
        self._healing(lambda: self.model.apply_answer(request, result))
        return result


class Chats:
    """Two people, one with two devices, writing to each other at random."""

    def __init__(self, server: Harness, rng: random.Random, *, loses: bool) -> None:
        self.server = server
        self.rng = rng
        self._loses = loses
        alice, bob = server.user("Alice"), server.user("Bob")
        tablet = alice.device()
        self.devices = [Lossy(device, rng, loses=loses) for device in (alice, tablet, bob)]
        self._others = {alice.id: bob, bob.id: alice}

    def step(self, action: str) -> None:
        """One random call by a random device; what the server refuses changes nothing."""
        actor = self.rng.choice(self.devices)
        if not self._loses:
            # What was pushed before the call arrives before its answer.
            actor.receive()
        make: Callable[[Lossy, Any], Any] = getattr(self, f"_{action}")
        request = make(actor, actor.device.peer(self._others[actor.device.id]))
        if request is not None:
            try:
                actor.call(request)
            except RpcError as error:
                assert error.code == 400, error
        if self.rng.random() < 0.7:
            self.server.settle()
        for device in self.devices:
            if self.rng.random() < 0.8:
                device.receive()

    def _known(self, actor: Lossy) -> list[int]:
        return sorted(actor.model.messages)

    def _text(self) -> str:
        return f"text {self.rng.randrange(10**6)}"

    def _send(self, actor: Lossy, peer: Any) -> Any:
        reply_to = None
        if self._known(actor) and self.rng.random() < 0.3:
            reply_to = api.InputReplyToMessage(reply_to_msg_id=self.rng.choice(self._known(actor)))
        return api.messages.SendMessage(
            peer=peer, message=self._text(), random_id=self.rng.getrandbits(62), reply_to=reply_to
        )

    def _edit(self, actor: Lossy, peer: Any) -> Any:
        own = [message_id for message_id in self._known(actor) if actor.model.messages[message_id].out]
        return api.messages.EditMessage(peer=peer, id=self.rng.choice(own), message=self._text()) if own else None

    def _delete(self, actor: Lossy, _peer: Any) -> Any:
        known = self._known(actor)
        ids = self.rng.sample(known, min(len(known), self.rng.randint(1, 3)))
        return api.messages.DeleteMessages(id=ids, revoke=self.rng.random() < 0.5) if ids else None

    def _read(self, actor: Lossy, peer: Any) -> Any:
        known = self._known(actor)
        return api.messages.ReadHistory(peer=peer, max_id=self.rng.choice(known)) if known else None

    def _pin(self, actor: Lossy, peer: Any) -> Any:
        known = self._known(actor)
        if not known:
            return None
        unpin = self.rng.random() < 0.3
        return api.messages.UpdatePinnedMessage(
            peer=peer, id=self.rng.choice(known), silent=self.rng.random() < 0.5, unpin=unpin
        )

    def _forward(self, actor: Lossy, peer: Any) -> Any:
        known = [i for i in self._known(actor) if isinstance(actor.model.messages[i], api.Message)]
        ids = sorted(self.rng.sample(known, min(len(known), 2)))
        random_ids = [self.rng.getrandbits(62) for _ in ids]
        return api.messages.ForwardMessages(from_peer=peer, id=ids, random_id=random_ids, to_peer=peer) if ids else None

    def _clear(self, _actor: Lossy, peer: Any) -> Any:
        return api.messages.DeleteHistory(peer=peer, max_id=0, just_clear=True, revoke=self.rng.random() < 0.3)

    def check(self) -> None:
        """Everyone knows in the end what the server knows."""
        self.server.settle()
        for device in self.devices:
            if self._loses:
                device.model.catch_up(device.device)
            else:
                device.receive()
            fresh = ClientModel.fetch(device.device)
            assert device.model.pts == fresh.pts
            assert device.model.messages == fresh.messages
            assert device.model.counters() == fresh.counters()


_ACTIONS: Final = ("send", "send", "send", "edit", "delete", "read", "pin", "forward", "clear")


@pytest.mark.parametrize("loses", [False, True], ids=["nothing lost: never a gap", "any loss heals"])
# Not shrunk: a failing seed is as good as a short one, and each step is a call of a whole server.
@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(actions=st.lists(st.sampled_from(_ACTIONS), min_size=10, max_size=50), seed=st.integers(0, 2**32))
def test_client_comes_to_what_the_server_knows(loses: bool, actions: list[str], seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Harness(Path(folder))
        try:
            chats = Chats(server, random.Random(seed), loses=loses)
            for action in actions:
                chats.step(action)
            chats.check()
        finally:
            server.close()


@pytest.fixture
def people(tmp_path: Path) -> Iterator[tuple[Harness, Client, Client]]:
    server = Harness(tmp_path)
    yield server, server.user("Alice"), server.user("Bob")
    server.close()


def _send(sender: Client, to: Client, text: str, random_id: int, **options: Any) -> int:
    answer = sender.call(api.messages.SendMessage(peer=sender.peer(to), message=text, random_id=random_id, **options))
    return int(answer.id)


def test_edited_before_it_was_delivered(people: tuple[Harness, Client, Client]) -> None:
    server, alice, bob = people
    model = ClientModel.fetch(bob)
    message_id = _send(alice, bob, "hello", 1)
    alice.call(api.messages.EditMessage(peer=alice.peer(bob), id=message_id, message="hello again"))
    server.settle()
    for update in bob.pushes():
        model.apply(api.Updates(updates=[update], users=[api.UserEmpty(id=alice.id)], chats=[], date=0, seq=0))
    [message] = model.messages.values()
    assert message.message == "hello again"
    assert model.messages == ClientModel.fetch(bob).messages
    for reader in (alice, bob):
        other = bob if reader is alice else alice
        found = reader.call(
            api.messages.Search(
                peer=reader.peer(other),
                q="again",
                filter=api.InputMessagesFilterEmpty(),
                min_date=0,
                max_date=0,
                offset_id=0,
                add_offset=0,
                limit=5,
                max_id=0,
                min_id=0,
                hash=0,
            )
        )
        assert [found_message.message for found_message in found.messages] == ["hello again"]


def test_reply_delivered_together_with_what_it_answers(people: tuple[Harness, Client, Client]) -> None:
    server, alice, bob = people
    first = _send(alice, bob, "first", 1)
    _send(alice, bob, "second", 2, reply_to=api.InputReplyToMessage(reply_to_msg_id=first))
    server.settle()
    original, reply = sorted(ClientModel.fetch(bob).messages.values(), key=lambda message: message.id)
    assert reply.reply_to.reply_to_msg_id == original.id


def test_edited_and_deleted_before_it_was_delivered_leaves_no_gap(people: tuple[Harness, Client, Client]) -> None:
    server, alice, bob = people
    model = ClientModel.fetch(bob)
    message_id = _send(alice, bob, "hello", 1)
    _send(alice, bob, "stays", 2)
    alice.call(api.messages.EditMessage(peer=alice.peer(bob), id=message_id, message="hello again"))
    alice.call(api.messages.DeleteMessages(id=[message_id], revoke=True))
    server.settle()
    for update in bob.pushes():
        model.apply(api.Updates(updates=[update], users=[api.UserEmpty(id=alice.id)], chats=[], date=0, seq=0))
    assert [message.message for message in model.messages.values()] == ["stays"]
    assert model.pts == ClientModel.fetch(bob).pts
