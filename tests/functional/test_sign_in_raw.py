"""Sign-in over the wire with the raw client: password, QR code, temporary keys. Checklist 100-105."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from connection_tier.exchange.binding import encrypt_binding
from connection_tier.session.client import ClientSession
from connection_tier.session.msg_id import ClientMsgIds
from layers.errors import RpcError
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member, with_key
from tests.raw_client import RawClient
from tests.servers import LOGIN_CODE, Server
from tests.srp_client import new_settings, no_password, proof
from tl import api

_PASSWORD = "correct horse"
_DAY_S = 86_400


async def fails(name: str, client: RawClient, request: Any) -> RpcError:
    """The call answers this error."""
    with pytest.raises(RpcError) as caught:
        await client.invoke(request)
    assert caught.value.message == name
    return caught.value


async def set_password(client: RawClient) -> None:
    state = await client.invoke(api.account.GetPassword())
    assert await client.invoke(
        api.account.UpdatePasswordSettings(
            password=api.InputCheckPasswordEmpty(), new_settings=new_settings(state, _PASSWORD)
        )
    )


async def checked(client: RawClient, password: str = _PASSWORD) -> api.auth.CheckPassword:
    """The request that proves a password."""
    state = await client.invoke(api.account.GetPassword())
    return api.auth.CheckPassword(password=proof(state, password))


async def sign_in_request(client: RawClient, phone: str) -> api.auth.SignIn:
    """auth.signIn with the right code."""
    sent = await client.invoke(
        api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x" * 32, settings=api.CodeSettings())
    )
    return api.auth.SignIn(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=LOGIN_CODE)


async def act_by_temporary_key(client: RawClient) -> None:
    """Make a temporary key and bind it to the client's key."""
    # What initConnection says of the client is kept under the permanent key.
    await client.invoke(api.help.GetConfig())
    permanent = client.auth_key
    temporary = await client.make_key(expires_in=_DAY_S)
    now = time.time()
    session_id, nonce, expires_at = 4711, 99, int(now) + _DAY_S
    client.session = ClientSession(session_id, salt=temporary.server_salt, clock=lambda: now)
    message = encrypt_binding(
        permanent,
        msg_id=ClientMsgIds(lambda: now).next(),
        nonce=nonce,
        temp_auth_key_id=temporary.auth_key.id,
        temp_session_id=session_id,
        expires_at=expires_at,
        random=os.urandom,
    )
    request = api.auth.BindTempAuthKey(
        perm_auth_key_id=permanent.id, nonce=nonce, expires_at=expires_at, encrypted_message=message
    )
    assert await client.invoke(request) is True


def told(client: RawClient, kind: type) -> list[Any]:
    """Updates of a type that were pushed to the client, in whatever container."""
    found: list[Any] = []
    for container in client.updates:
        items = [container.update] if isinstance(container, api.UpdateShort) else getattr(container, "updates", [])
        found += [item for item in items if isinstance(item, kind)]
    return found


async def test_password(server: Server) -> None:
    phone = new_phone()
    async with member(server, "Alice", phone) as alice, with_key(server) as tablet:
        await set_password(alice)
        error = await fails("SESSION_PASSWORD_NEEDED", tablet, await sign_in_request(tablet, phone))
        assert error.code == 401
        await fails("AUTH_KEY_UNREGISTERED", tablet, api.updates.GetState())
        await fails("PASSWORD_HASH_INVALID", tablet, await checked(tablet, "wrong"))
        request = await checked(tablet)
        answer = await tablet.invoke(request)
        # The very next call on the same connection is that of a signed-in key.
        assert (await tablet.invoke(api.updates.GetState())).pts >= 0
        me = (await tablet.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0]
        assert me.id == answer.user.id
        await fails("SRP_ID_INVALID", tablet, request)


async def test_degenerate_a(server: Server) -> None:
    # checklist 102
    phone = new_phone()
    async with member(server, "Alice", phone) as alice, with_key(server) as tablet:
        await set_password(alice)
        await fails("SESSION_PASSWORD_NEEDED", tablet, await sign_in_request(tablet, phone))
        for factor in (0, 1):
            state = await tablet.invoke(api.account.GetPassword())
            srp_a = (factor * int.from_bytes(state.current_algo.p, "big")).to_bytes(256, "big")
            check = api.InputCheckPasswordSRP(srp_id=state.srp_id, A=srp_a, M1=bytes(32))
            await fails("SRP_A_INVALID", tablet, api.auth.CheckPassword(password=check))


async def test_brute_force_waits(make_server: Callable[..., Server]) -> None:
    # checklist 102
    server = make_server(CIRRUSGRAM_FLOOD_LIMITS="true")
    phone = new_phone()
    async with member(server, "Alice", phone) as alice, with_key(server) as tablet:
        await set_password(alice)
        await fails("SESSION_PASSWORD_NEEDED", tablet, await sign_in_request(tablet, phone))
        good: Any = (await checked(tablet)).password
        errors: list[str] = []
        while not errors or not errors[-1].startswith("FLOOD_WAIT_"):
            state = await tablet.invoke(api.account.GetPassword())
            check = api.InputCheckPasswordSRP(srp_id=state.srp_id, A=good.A, M1=bytes(32))
            with pytest.raises(RpcError) as caught:
                await tablet.invoke(api.auth.CheckPassword(password=check))
            errors.append(caught.value.message)
            assert len(errors) < 20
        assert set(errors[:-1]) == {"PASSWORD_HASH_INVALID"}


async def test_qr_code(server: Server) -> None:
    # checklist 104
    async with member(server, "Alice") as alice, with_key(server) as tablet:
        export = api.auth.ExportLoginToken(api_id=1, api_hash="x" * 32, except_ids=[])
        token = await tablet.invoke(export)
        assert isinstance(token, api.auth.LoginToken)
        assert 0 < token.expires - time.time() <= 31
        await fails("AUTH_TOKEN_INVALIDX", alice, api.auth.AcceptLoginToken(token=b"?" * len(token.token)))
        entry = await alice.invoke(api.auth.AcceptLoginToken(token=token.token))
        assert entry.device_model == "raw"
        await tablet.wait_for(lambda: told(tablet, api.UpdateLoginToken))
        answer: Any = await tablet.invoke(export)
        assert answer.TL_NAME == "auth.loginTokenSuccess"
        assert answer.authorization.user.self
        assert (await tablet.invoke(api.updates.GetState())).pts >= 0
        await fails("AUTH_TOKEN_ALREADY_ACCEPTED", alice, api.auth.AcceptLoginToken(token=token.token))


async def test_qr_code_shown_under_a_temporary_key(server: Server) -> None:
    # checklist 104: the push reaches the sessions of the temporary key that acts for the waiting one
    async with AsyncExitStack() as stack:
        alice = await stack.enter_async_context(member(server, "Alice"))
        await set_password(alice)
        tablet = await stack.enter_async_context(with_key(server))
        await act_by_temporary_key(tablet)
        export = api.auth.ExportLoginToken(api_id=1, api_hash="x" * 32, except_ids=[])
        token = await tablet.invoke(export)
        entry = await alice.invoke(api.auth.AcceptLoginToken(token=token.token))
        assert entry.password_pending
        await tablet.wait_for(lambda: told(tablet, api.UpdateLoginToken))
        await fails("SESSION_PASSWORD_NEEDED", tablet, export)
        assert (await tablet.invoke(await checked(tablet))).user.first_name == "Alice"
        assert isinstance(await tablet.invoke(export), api.auth.LoginTokenSuccess)


async def test_future_auth_token(server: Server) -> None:
    # checklist 105
    phone = new_phone()
    async with member(server, "Alice", phone) as alice:
        me = (await alice.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0]
        token = (await alice.invoke(api.auth.LogOut())).future_auth_token
        await fails("AUTH_KEY_UNREGISTERED", alice, api.updates.GetState())
        settings = api.CodeSettings(logout_tokens=[token])
        answer = await alice.invoke(
            api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x" * 32, settings=settings)
        )
        assert answer.TL_NAME == "auth.sentCodeSuccess"
        assert answer.authorization.user.id == me.id
        assert (await alice.invoke(api.updates.GetState())).pts >= 0


async def test_a_password_that_was_removed_meanwhile(server: Server) -> None:
    phone = new_phone()
    async with member(server, "Alice", phone) as alice, with_key(server) as tablet:
        await set_password(alice)
        await fails("SESSION_PASSWORD_NEEDED", tablet, await sign_in_request(tablet, phone))
        state = await alice.invoke(api.account.GetPassword())
        request = api.account.UpdatePasswordSettings(password=proof(state, _PASSWORD), new_settings=no_password())
        assert await alice.invoke(request)
        answer = await tablet.invoke(api.auth.CheckPassword(password=api.InputCheckPasswordEmpty()))
        assert answer.user.first_name == "Alice"
