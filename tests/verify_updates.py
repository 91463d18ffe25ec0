"""`verify_updates`: pushes, differences and a fresh fetch show every device of everyone the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import tl
from tests.client_model import ClientModel
from tests.harness import Client, Harness
from tl import TLObject

_SLICES: Final = (None, 1, 3)
"""How differences are asked for at the end: whole, and in slices of so many changes."""


class Observer:
    """A device that looks on: its model follows answers and pushes; ``before`` is how it was at the start.

    One that is ``offline`` gets no pushes and catches up in the end.
    """

    def __init__(self, device: Client, *, offline: bool = False) -> None:
        self.device = device
        self.offline = offline
        self.model = ClientModel.fetch(device)
        self.before = self.model.copy()
        self._seen = device.server.push_count

    def receive(self) -> list[Any]:
        """Apply what was pushed since the last look; the containers."""
        containers = []
        server = self.device.server
        pushes, self._seen = server.pushes_since(self._seen), server.push_count
        for push in pushes:
            if self.offline or not self.device.receives(push):
                continue
            if not push.updates:
                # A bare advance is for boxes in which no other session looks on.
                assert not push.pts or push.user_id != self.device.id or push.pts <= self.model.pts, push
                continue
            container = tl.decode(push.updates)
            containers.append(container)
            self.model.apply(container)
            # A push to one device has a place in the device's sequence, not in the account's.
            if push.pts and not push.only_auth_key_id:
                assert self.model.pts == push.pts
        return containers

    def check(self) -> None:
        """Compare the pushed state with differences since the start and with a fresh fetch."""
        fresh = ClientModel.fetch(self.device)
        if not self.offline:
            _compare("pushes", self.model, fresh)
            assert self.model.settings() == fresh.settings()
            _compare_participants(self.model, fresh)
        for pts_limit in _SLICES:
            late = self.before.copy()
            late.catch_up(self.device, pts_limit=pts_limit)
            _compare(f"differences of {pts_limit}", late, fresh)


class Verifier:
    """Everyone's devices on a harness; call through it, and `check` in the end."""

    def __init__(self, server: Harness, *devices: Client, offline: Sequence[Client] = ()) -> None:
        self._server = server
        server.settle()
        self._observers = {device.auth_key_id: Observer(device) for device in devices}
        self._observers |= {device.auth_key_id: Observer(device, offline=True) for device in offline}

    def call(self, device: Client, request: TLObject) -> Any:
        """Call a method; everyone takes in what follows from it."""
        result = device.call(request)
        self._observers[device.auth_key_id].model.apply_answer(request, result)
        self._server.settle()
        for observer in self._observers.values():
            observer.receive()
        return result

    def happens(self, work: Callable[[], Any]) -> Any:
        """Let something happen that nobody called for, a job; everyone takes in what follows from it."""
        result = work()
        self._server.settle()
        for observer in self._observers.values():
            observer.receive()
        return result

    def model(self, device: Client) -> ClientModel:
        """What a device knows."""
        return self._observers[device.auth_key_id].model

    def last(self, device: Client) -> int:
        """The id of the newest message a device knows."""
        return max(self.model(device).messages)

    def check(self) -> None:
        """Every device's three states agree."""
        for observer in self._observers.values():
            observer.check()


def _compare_participants(model: ClientModel, fresh: ClientModel) -> None:
    """Of the groups whose members the device was told, the list that a fresh fetch gives."""
    for key, known in model.participants.items():
        assert known == fresh.participants.get(key), f"participants of {key}"


def _compare(how: str, model: ClientModel, fresh: ClientModel) -> None:
    assert model.pts == fresh.pts, f"{how}: pts"
    assert model.messages.keys() == fresh.messages.keys(), f"{how}: messages"
    for message_id, message in fresh.messages.items():
        assert model.messages[message_id] == message, f"{how}: message {message_id}"
    assert model.counters() == fresh.counters(), f"{how}: counters"
