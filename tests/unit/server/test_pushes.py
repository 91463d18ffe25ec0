"""Pushes leave in pts order, once, encoded for each layer. Checklist 77, 87; tl/README: fan-out."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import tl
from connection_tier.server import pushes
from connection_tier.server.keys import KeyEntry
from connection_tier.server.pushes import PushHub
from connection_tier.server.sessions import SessionHandle, SessionTable
from connection_tier.session import ServerSalts, Session
from layers.cache import open_cache
from layers.domain.auth_keys import AuthKeyRecord
from layers.push import Push
from tl import api

USER = 5


class Receiver:
    """A session that records what is pushed to it."""

    def __init__(
        self,
        table: SessionTable,
        auth_key_id: int,
        *,
        layer: int = tl.LAYER,
        user_id: int = USER,
        session_id: int | None = None,
    ) -> None:
        record = AuthKeyRecord(auth_key_id, b"", 0, user_id=user_id, layer=layer)
        salts = ServerSalts(b"s" * 32, auth_key_id)
        session = Session(session_id or auth_key_id * 10, auth_key_id, salts=salts, clock=lambda: 1e9, random=bytes)
        self.bodies: list[bytes] = []
        self.handle = SessionHandle(session, KeyEntry(None, salts, record))  # type: ignore[arg-type]
        self._session: Any = session
        table.add(self.handle)
        table.start_receiving(self.handle, user_id)

    def received(self) -> list[Any]:
        """Decoded updates queued for the client."""
        found = []
        while (packet := self._session.next_packet(max_messages=1)) is not None:
            found.append(tl.decode(packet.body))
        return found


def update(number: int) -> bytes:
    return tl.encode(api.UpdateShort(update=api.UpdateConfig(), date=number))


def push(pts: int, pts_count: int = 1, **options: Any) -> Push:
    return Push(USER, update(pts), pts, pts_count, **options)


@pytest.fixture
def table() -> SessionTable:
    return SessionTable("node", open_cache("memory://").aio(), lambda: 1e9)


async def test_order_is_restored(table: SessionTable) -> None:
    receiver, hub = Receiver(table, 1), PushHub(table)
    for pts in (10, 13, 12, 11):
        hub.receive(push(pts))
    assert [item.date for item in receiver.received()] == [10, 11, 12, 13]


async def test_a_gap_is_not_waited_for_forever(table: SessionTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushes, "_HOLD_S", 0.01)
    receiver, hub = Receiver(table, 1), PushHub(table)
    hub.receive(push(10))
    hub.receive(push(12))
    assert [item.date for item in receiver.received()] == [10]
    async with asyncio.timeout(5):
        found: list[Any] = []
        while not found:
            await asyncio.sleep(0)
            found = receiver.received()
    assert [item.date for item in found] == [12]


async def test_an_advance_fills_the_gap(table: SessionTable) -> None:
    receiver, hub = Receiver(table, 1), PushHub(table)
    hub.receive(push(10))
    hub.receive(push(12))
    hub.receive(Push(USER, b"", 11, 1))
    assert [item.date for item in receiver.received()] == [10, 12]


async def test_updates_without_pts_pass_at_once(table: SessionTable) -> None:
    receiver, hub = Receiver(table, 1), PushHub(table)
    hub.receive(push(10))
    hub.receive(push(12))
    hub.receive(Push(USER, update(99)))
    assert [item.date for item in receiver.received()] == [10, 99]


async def test_the_calling_session_is_left_out(table: SessionTable) -> None:
    phone, desk, hub = Receiver(table, 1), Receiver(table, 2), PushHub(table)
    hub.receive(push(10, except_auth_key_id=1, except_session_id=10))
    assert (len(phone.received()), len(desk.received())) == (0, 1)


async def test_only_one_key(table: SessionTable) -> None:
    phone, desk, hub = Receiver(table, 1), Receiver(table, 2), PushHub(table)
    hub.receive(Push(0, update(1), only_auth_key_id=2))
    assert (len(phone.received()), len(desk.received())) == (0, 1)


async def test_only_one_device_of_a_user(table: SessionTable) -> None:
    """Secret chats: not the user's other devices, and not a session of the key that asked for no updates."""
    phone, desk, hub = Receiver(table, 1), Receiver(table, 2), PushHub(table)
    silent = Receiver(table, 2, session_id=21)
    table.stop_receiving(silent.handle)
    hub.receive(Push(USER, update(1), only_auth_key_id=2))
    assert [len(receiver.received()) for receiver in (phone, desk, silent)] == [0, 1, 0]


async def test_each_device_has_an_order_of_its_own(table: SessionTable) -> None:
    """Secret messages by the device's qts, whatever the account's pts is. Checklist 76."""
    phone, desk, hub = Receiver(table, 1), Receiver(table, 2), PushHub(table)
    hub.receive(push(500))
    for receiver in (phone, desk):
        receiver.received()
    for qts in (2, 4, 3):
        hub.receive(push(qts, only_auth_key_id=1))
    hub.receive(push(9, only_auth_key_id=2))
    hub.receive(push(501))
    assert [item.date for item in phone.received()] == [2, 3, 4, 501]
    assert [item.date for item in desk.received()] == [9, 501]


async def test_each_layer_is_encoded_once(table: SessionTable, monkeypatch: pytest.MonkeyPatch) -> None:
    receivers = [Receiver(table, key, layer=layer) for key, layer in ((1, 220), (2, 220), (3, tl.LAYER))]
    waiting = Push(USER, update(1))
    encoded: list[int] = []
    encode = tl.encode
    monkeypatch.setattr(tl, "encode", lambda item, layer=tl.LAYER: (encoded.append(layer), encode(item, layer))[1])
    PushHub(table).receive(waiting)
    assert encoded == [220]
    assert all(len(receiver.received()) == 1 for receiver in receivers)


async def test_nobody_else_receives(table: SessionTable) -> None:
    stranger, hub = Receiver(table, 1, user_id=6), PushHub(table)
    hub.receive(push(10))
    assert stranger.received() == []


async def test_after_lost_messages_clients_fetch_the_difference(table: SessionTable) -> None:
    receiver, hub = Receiver(table, 1), PushHub(table)
    hub.receive(push(10))
    hub.resync()
    assert [item.TL_NAME for item in receiver.received()] == ["updateShort", "updatesTooLong"]
    hub.receive(push(20))
    assert [item.date for item in receiver.received()] == [20]
