"""What a device knows of its secret chats, built the ways a client can: https://core.telegram.org/api/end-to-end.

From pushes and the answers to its own calls, from updates.getDifference since it went offline, or from a difference
since the beginning. All must come to the same: `SecretVerifier`, the counterpart of `tests.verify_updates`.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import tl
from tests.harness import Client, Harness
from tl import TLObject, api

_LIMITS: Final = (None, 1, 3)
"""How many secret messages a difference may hold."""


@dataclass
class SecretModel:
    """One device's secret chats by id, what it received and has not acknowledged, how far the others have read."""

    user_id: int
    qts: int = 1
    pts: int = 1
    date: int = 1
    chats: dict[int, Any] = field(default_factory=dict)
    messages: list[Any] = field(default_factory=list)
    reads: dict[int, int] = field(default_factory=dict)

    @classmethod
    def fetch(cls, device: Client) -> SecretModel:
        """Everything that the server still has for the device."""
        model = cls(device.id, pts=device.call(api.updates.GetState()).pts)
        model.catch_up(device)
        return model

    def catch_up(self, device: Client, qts_limit: int | None = None) -> int:
        """Fetch what was missed, to the end; how many differences it took."""
        for count in range(1, 1000):
            found = device.call(
                api.updates.GetDifference(pts=self.pts, date=self.date, qts=self.qts, qts_limit=qts_limit)
            )
            if isinstance(found, api.updates.DifferenceEmpty):
                return count
            known = {user.id for user in found.users}
            # As clients do: chats first, then what was said in them.
            for update in found.other_updates:
                self._apply(update, known)
            for message in found.new_encrypted_messages:
                self._add(message)
            is_last = isinstance(found, api.updates.Difference)
            state = found.state if is_last else found.intermediate_state
            assert state.qts >= self.qts
            self.qts, self.pts, self.date = state.qts, state.pts, state.date
            if is_last:
                return count
        raise AssertionError("the difference does not end")

    def receive(self, container: Any) -> None:
        """Take an Updates object as it was pushed."""
        if isinstance(container, api.UpdateShort):
            self._apply(container.update, set())
        elif isinstance(container, api.Updates):
            for update in container.updates:
                self._apply(update, {user.id for user in container.users})

    def answered(self, request: Any, result: Any) -> None:
        """What the calling device knows from the answer to its own call."""
        match request:
            case api.messages.RequestEncryption() | api.messages.AcceptEncryption():
                self.chats[result.id] = result
            case api.messages.DiscardEncryption():
                self._end(api.EncryptedChatDiscarded(id=request.chat_id, history_deleted=request.delete_history))
            case api.messages.ReceivedQueue():
                # The client keeps them; the server's part is over.
                self.messages = [message for message in self.messages if message.random_id not in result]
            case _:
                pass

    def _apply(self, update: Any, known: set[int]) -> None:
        match update:
            case api.UpdateEncryption(chat=api.EncryptedChatDiscarded()):
                self._end(update.chat)
            case api.UpdateEncryption():
                assert {update.chat.admin_id, update.chat.participant_id} <= known
                self.chats[update.chat.id] = update.chat
            case api.UpdateNewEncryptedMessage():
                assert update.qts == self.qts + 1, f"at qts {self.qts}, received {update.qts}"
                self.qts = update.qts
                self._add(update.message)
            case api.UpdateEncryptedMessagesRead():
                assert self.chats[update.chat_id]
                self.reads[update.chat_id] = update.max_date
            case _:
                pass

    def _add(self, message: Any) -> None:
        assert isinstance(self.chats[message.chat_id], api.EncryptedChat | api.EncryptedChatDiscarded)
        self.messages.append(message)

    def _end(self, chat: Any) -> None:
        self.chats[chat.id] = chat
        if chat.history_deleted:
            self.messages = [message for message in self.messages if message.chat_id != chat.id]


class SecretVerifier:
    """Devices that look on; call through it, and `check` in the end. Those ``offline`` get no pushes."""

    def __init__(self, server: Harness, *devices: Client, offline: Sequence[Client] = ()) -> None:
        self._server = server
        self._devices = devices
        self._offline = offline
        self.models = {device.auth_key_id: SecretModel.fetch(device) for device in (*devices, *offline)}
        self._before = copy.deepcopy(self.models)
        self._seen = server.push_count

    def call(self, device: Client, request: TLObject) -> Any:
        """Call a method; everyone takes in what follows from it."""
        result = device.call(request)
        self.models[device.auth_key_id].answered(request, result)
        self.look()
        return result

    def look(self) -> None:
        """Everyone takes in what was pushed."""
        pushes, self._seen = self._server.pushes_since(self._seen), self._server.push_count
        for push in pushes:
            for device in self._devices:
                if push.updates and device.receives(push):
                    self.models[device.auth_key_id].receive(tl.decode(push.updates))

    def check(self) -> None:
        """Every device's views agree."""
        for device in (*self._devices, *self._offline):
            fresh = SecretModel.fetch(device)
            if device in self._devices:
                _compare(f"pushes to {device.auth_key_id}", self.models[device.auth_key_id], fresh)
            for limit in _LIMITS:
                late = copy.deepcopy(self._before[device.auth_key_id])
                late.catch_up(device, limit)
                _compare(f"differences of {limit} to {device.auth_key_id}", late, fresh)


def _compare(how: str, model: SecretModel, fresh: SecretModel) -> None:
    assert model.qts == fresh.qts, f"{how}: qts"
    assert model.messages == fresh.messages, f"{how}: messages"
    # A device need not hear of the end of a chat that it never knew.
    ended = [n for n, chat in fresh.chats.items() if isinstance(chat, api.EncryptedChatDiscarded)]
    unknown = [n for n in ended if n not in model.chats]
    assert model.chats == {n: chat for n, chat in fresh.chats.items() if n not in unknown}, f"{how}: chats"
    assert model.reads == fresh.reads, f"{how}: reads"
