"""When a device was last active: it connects, or says that its user looks at it."""

from __future__ import annotations

from typing import Any

from layers.domain.auth_keys import save_client_info
from tests.harness import Client
from tl import api

INFO: dict[str, Any] = {
    "layer": 200,
    "api_id": 17,
    "device_model": "PC",
    "system_version": "1",
    "app_version": "2",
    "system_lang_code": "de",
    "lang_pack": "tdesktop",
    "lang_code": "de",
}


def active(client: Client) -> int:
    (device,) = client.call(api.account.GetAuthorizations()).authorizations
    return int(device.date_active)


def test_connecting_is_activity_once_a_minute(alice: Client, queries: list[str]) -> None:
    server = alice.server
    started = active(alice)
    assert save_client_info(server.services, alice.auth_key_id, **INFO)
    assert active(alice) == started
    queries.clear()
    assert not save_client_info(server.services, alice.auth_key_id, **INFO)
    assert len(queries) == 1
    server.clock.advance(61)
    assert not save_client_info(server.services, alice.auth_key_id, **INFO)
    assert active(alice) == int(server.clock())


def test_saying_online_is_activity(alice: Client) -> None:
    alice.server.clock.advance(61)
    alice.call(api.account.UpdateStatus(offline=True))
    assert active(alice) < int(alice.server.clock())
    alice.call(api.account.UpdateStatus(offline=False))
    assert active(alice) == int(alice.server.clock())
