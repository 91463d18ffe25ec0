"""auth.bindTempAuthKey, dropTempAuthKeys and the store of keys: checklist 33, 36 to 39."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

import tl
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.message_v1 import encrypt_v1
from layers.cache import CacheUnavailable
from layers.context import Caller
from layers.domain import auth_keys, limits
from layers.domain.mtproto_v1 import DecryptionFailed, decrypt_inner
from layers.errors import RpcError
from layers.invocation import Invocation, Reply, invoke
from layers.schema import auth_keys as auth_keys_table
from tests.harness import Harness
from tl import api, mtproto

Fails = Callable[..., RpcError]
MSG_ID, SESSION_ID, NONCE = 7 << 34, 4711, 99
DAY = 86_400


class Device:
    """A client with a permanent key and temporary ones."""

    def __init__(self, server: Harness) -> None:
        self.server = server
        self.perm = AuthKey(os.urandom(256))
        assert auth_keys.save_permanent(server.services, self.perm.id, self.perm.key, 5)

    def temporary(self, life_s: int = DAY) -> AuthKey:
        key = AuthKey(os.urandom(256))
        expires_at = int(self.server.clock()) + life_s
        assert auth_keys.save_temporary(self.server.services, key.id, key.key, 6, expires_at)
        return key

    def bind(self, temp: AuthKey, *, outer: dict[str, Any] | None = None, **inner: Any) -> Reply:
        """Send bindTempAuthKey; ``inner`` changes the signed message, ``outer`` the request."""
        expires_at = int(self.server.clock()) + DAY
        fields: dict[str, Any] = {
            "nonce": NONCE,
            "temp_auth_key_id": temp.id,
            "perm_auth_key_id": self.perm.id,
            "temp_session_id": SESSION_ID,
            "expires_at": expires_at,
        }
        msg_id, seqno = inner.pop("msg_id", MSG_ID), inner.pop("seqno", 0)
        body = tl.encode(mtproto.BindAuthKeyInner(**fields | inner))
        header = struct.pack("<qqqii", 1, 2, msg_id, seqno, len(body))
        request: dict[str, Any] = {
            "perm_auth_key_id": self.perm.id,
            "nonce": NONCE,
            "expires_at": expires_at,
            "encrypted_message": encrypt_v1(self.perm, header + body, random=os.urandom),
        }
        return self.call(api.auth.BindTempAuthKey(**request | (outer or {})), temp.id, temp.id)

    def call(self, request: tl.TLObject, auth_key_id: int, temp_auth_key_id: int | None) -> Reply:
        caller = Caller(auth_key_id, SESSION_ID, MSG_ID, tl.LAYER, "127.0.0.1", temp_auth_key_id=temp_auth_key_id)
        return invoke(self.server.services, self.server.registry, Invocation(caller, tl.encode(request)))

    def load(self, key: AuthKey) -> auth_keys.AuthKeyRecord | None:
        return auth_keys.load(self.server.services, key.id)


@pytest.fixture
def device(server: Harness) -> Device:
    return Device(server)


def test_permanent_key_survives_and_is_unique(server: Harness, device: Device) -> None:
    record = device.load(device.perm)
    assert record == auth_keys.AuthKeyRecord(device.perm.id, device.perm.key, 5, layer=None, api_id=None)
    assert not record.is_unbound
    assert not auth_keys.save_permanent(server.services, device.perm.id, os.urandom(256), 1)
    assert not auth_keys.save_temporary(server.services, device.perm.id, os.urandom(256), 1, int(server.clock()) + 9)
    assert auth_keys.load(server.services, 12345) is None


def test_key_is_not_readable_at_rest(server: Harness, device: Device) -> None:
    with server.services.database.transaction(writes=False) as db:
        sealed = db.scalar(sa.select(auth_keys_table.c.sealed_key))
    assert device.perm.key not in sealed
    temp = device.temporary()
    assert temp.key not in (server.services.cache.get(f"temp_auth_key:{temp.id}") or b"")


def test_temporary_key_is_unbound_then_bound(server: Harness, device: Device) -> None:
    temp = device.temporary()
    record = device.load(temp)
    assert record is not None
    assert record.is_unbound
    assert (record.auth_key, record.initial_salt, record.user_id) == (temp.key, 6, None)
    reply = device.bind(temp)
    assert (reply.error_message, reply.auth_changed) == ("", True)
    assert temp.id in server.auth_keys_changed
    bound = device.load(temp)
    assert bound is not None
    assert (bound.perm_auth_key_id, bound.account_key_id, bound.is_unbound) == (device.perm.id, device.perm.id, False)


def test_bound_key_has_the_permanent_keys_account(server: Harness, device: Device) -> None:
    alice = server.user("Alice")
    temp = device.temporary()
    device.bind(temp)
    with server.services.database.transaction(writes=True) as db:
        table = auth_keys_table
        db.execute(table.update().where(table.c.auth_key_id == device.perm.id).values(user_id=alice.id))
    assert auth_keys.save_client_info(server.services, device.perm.id, **CLIENT)
    record = device.load(temp)
    assert record is not None
    assert (record.user_id, record.is_bot, record.layer, record.lang_pack) == (alice.id, False, 200, "tdesktop")


CLIENT: dict[str, Any] = {
    "layer": 200,
    "api_id": 17,
    "device_model": "PC",
    "system_version": "1",
    "app_version": "2",
    "system_lang_code": "de-DE",
    "lang_pack": "tdesktop",
    "lang_code": "de",
}


def test_client_info_is_written_only_when_it_changes(server: Harness, device: Device) -> None:
    assert auth_keys.save_client_info(server.services, device.perm.id, **CLIENT)
    assert not auth_keys.save_client_info(server.services, device.perm.id, **CLIENT)
    assert auth_keys.save_client_info(server.services, device.perm.id, **CLIENT | {"device_model": "x" * 999})
    record = device.load(device.perm)
    assert record is not None
    assert len(record.device_model) == 256
    assert not auth_keys.save_client_info(server.services, 1, **CLIENT)


@pytest.mark.parametrize(
    "inner",
    [
        {"nonce": NONCE + 1},
        {"temp_auth_key_id": 1},
        {"perm_auth_key_id": 1},
        {"temp_session_id": SESSION_ID + 1},
        {"expires_at": 2_000_000_000},
        {"msg_id": MSG_ID + 4},
        {"seqno": 1},
    ],
)
def test_each_field_of_the_inner_message_is_checked(device: Device, inner: dict[str, Any]) -> None:
    temp = device.temporary()
    assert device.bind(temp, **inner).error_message == "ENCRYPTED_MESSAGE_INVALID"
    record = device.load(temp)
    assert record is not None
    assert record.is_unbound


def test_other_refusals(server: Harness, device: Device) -> None:
    temp = device.temporary()
    now = int(server.clock())
    assert device.bind(temp, outer={"perm_auth_key_id": 1}).error_message == "ENCRYPTED_MESSAGE_INVALID"
    assert device.bind(temp, outer={"encrypted_message": b""}).error_message == "ENCRYPTED_MESSAGE_INVALID"
    assert device.bind(temp, outer={"encrypted_message": b"\0" * 2000}).error_message == "INPUT_REQUEST_TOO_LONG"
    assert device.bind(temp, outer={"expires_at": now}).error_message == "EXPIRES_AT_INVALID"
    unknown = AuthKey(os.urandom(256))
    assert device.bind(unknown).error_message == "TEMP_AUTH_KEY_EMPTY"
    request = api.auth.BindTempAuthKey(
        perm_auth_key_id=device.perm.id, nonce=1, expires_at=now + 9, encrypted_message=b""
    )
    assert device.call(request, device.perm.id, None).error_message == "TEMP_AUTH_KEY_EMPTY"


def test_binding_again_is_fine_but_not_to_another_key(server: Harness, device: Device) -> None:
    temp = device.temporary()
    device.bind(temp)
    assert device.bind(temp).result is not None
    other = Device(server)
    assert other.bind(temp).error_message == "TEMP_AUTH_KEY_ALREADY_BOUND"


def test_temporary_key_ends(server: Harness, device: Device) -> None:
    temp = device.temporary(life_s=60)
    device.bind(temp)
    server.clock.advance(61)
    assert device.load(temp) is None
    assert not auth_keys.save_temporary(server.services, 8, b"\1" * 256, 0, int(server.clock()))


def test_many_connections_keep_their_keys_and_the_oldest_makes_room(server: Harness, device: Device) -> None:
    keys = []
    for _ in range(limits.TEMPORARY_KEYS_PER_KEY + 1):
        server.clock.advance(1)
        keys.append(device.temporary())
        device.bind(keys[-1])
    assert device.load(keys[0]) is None
    assert keys[0].id in server.auth_keys_changed
    assert all(device.load(key) is not None for key in keys[1:])


def test_drop_temp_auth_keys(server: Harness, device: Device) -> None:
    keys = [device.temporary() for _ in range(4)]
    for key in keys:
        device.bind(key)
    request = api.auth.DropTempAuthKeys(except_auth_keys=[keys[1].id])
    assert device.call(request, device.perm.id, keys[0].id).result is not None
    assert [device.load(key) is not None for key in keys] == [True, True, False, False]
    assert keys[2].id in server.auth_keys_changed
    too_many = api.auth.DropTempAuthKeys(except_auth_keys=[0] * 1001)
    assert device.call(too_many, device.perm.id, None).error_message == "INPUT_REQUEST_TOO_LONG"


def test_destroyed_key_takes_its_account_state_along(server: Harness, device: Device) -> None:
    temp, other = device.temporary(), device.temporary()
    device.bind(temp)
    assert auth_keys.destroy(server.services, other.id)
    assert device.load(other) is None
    assert auth_keys.destroy(server.services, device.perm.id)
    assert device.load(device.perm) is None
    assert device.load(temp) is None
    assert {device.perm.id, temp.id, other.id} <= set(server.auth_keys_changed)
    assert not auth_keys.destroy(server.services, device.perm.id)


def test_a_cache_that_is_away_does_not_make_keys_unknown(server: Harness, device: Device) -> None:
    # checklist 14
    temp = device.temporary()

    def away(keys: object) -> list[bytes | None]:
        raise CacheUnavailable

    server.services.cache.get_many = away  # type: ignore[method-assign]
    assert device.load(device.perm) is not None
    with pytest.raises(CacheUnavailable):
        device.load(temp)


def test_inner_message_survives_no_change_of_a_bit() -> None:
    key = AuthKey(os.urandom(256))
    body = b"\1" * 40
    sealed = encrypt_v1(key, struct.pack("<qqqii", 1, 2, 3, 0, len(body)) + body, random=os.urandom)
    message = decrypt_inner(key.key, sealed)
    assert (message.msg_id, message.seqno, message.body) == (3, 0, body)
    # The last block holds padding, which version 1 does not sign.
    for position in range(len(sealed) - 16):
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises(DecryptionFailed):
            decrypt_inner(key.key, bytes(broken))
    for cut in range(len(sealed)):
        with pytest.raises(DecryptionFailed):
            decrypt_inner(key.key, sealed[:cut])


def test_records_are_plain_values(device: Device) -> None:
    record = device.load(device.perm)
    assert record is not None
    assert replace(record, user_id=3).user_id == 3
