"""Two-step verification and QR sign-in with Telethon: edit_2fa, sign_in(password=…), qr_login. Checklist 101-105."""

from __future__ import annotations

import asyncio
import re

import pytest
from telethon import TelegramClient
from telethon.errors import (
    AuthTokenAlreadyAcceptedError,
    PasswordHashInvalidError,
    SessionPasswordNeededError,
    SrpIdInvalidError,
)
from telethon.password import compute_check
from telethon.tl import functions, types

from tests.e2e.clients.telethon_client import make_client
from tests.e2e.people import DEADLINE_S, People, Person
from tests.servers import LOGIN_CODE, Server

_PASSWORD = "correct horse"


async def connected(server: Server, people: People) -> TelegramClient:
    """A device that is not signed in; disconnected with the people."""
    client = make_client(server)
    await client.connect()
    people.keep(client)
    return client


async def ask_for_password(client: TelegramClient, phone: str) -> None:
    """Sign in with the code, up to the password."""
    sent = await client.send_code_request(phone)
    with pytest.raises(SessionPasswordNeededError):
        await client.sign_in(phone, LOGIN_CODE, phone_code_hash=sent.phone_code_hash)


async def service_text(person: Person, start: str) -> str:
    """The message of the service account that starts so."""
    update = await person.told.wait_for(
        types.UpdateNewMessage, lambda update: (update.message.message or "").startswith(start)
    )
    assert update.message.peer_id == types.PeerUser(777000)
    return str(update.message.message)


async def test_password_is_set_asked_for_changed_and_removed(server: Server, people: People) -> None:
    alice = await people.sign_up("Alice")
    assert await alice.client.edit_2fa(new_password=_PASSWORD, hint="battery staple")
    tablet = await connected(server, people)
    await ask_for_password(tablet, alice.phone)
    assert (await tablet(functions.account.GetPasswordRequest())).hint == "battery staple"
    with pytest.raises(PasswordHashInvalidError):
        await tablet.sign_in(password="wrong")
    me = await tablet.sign_in(password=_PASSWORD)
    assert me.id == alice.id
    assert [m.message for m in await tablet.get_messages("me", limit=1)] == []
    with pytest.raises(PasswordHashInvalidError):
        await alice.client.edit_2fa(current_password="wrong", new_password="other")
    assert await alice.client.edit_2fa(current_password=_PASSWORD, new_password="other")
    laptop = await connected(server, people)
    await ask_for_password(laptop, alice.phone)
    assert (await laptop.sign_in(password="other")).id == alice.id
    assert await alice.client.edit_2fa(current_password="other")
    phone = await connected(server, people)
    sent = await phone.send_code_request(alice.phone)
    assert (await phone.sign_in(alice.phone, LOGIN_CODE, phone_code_hash=sent.phone_code_hash)).id == alice.id


async def test_a_proof_is_good_once(server: Server, people: People) -> None:
    # checklist 102
    alice = await people.sign_up("Alice")
    await alice.client.edit_2fa(new_password=_PASSWORD)
    tablet = await connected(server, people)
    await ask_for_password(tablet, alice.phone)
    proof = compute_check(await tablet(functions.account.GetPasswordRequest()), _PASSWORD)
    await tablet(functions.auth.CheckPasswordRequest(proof))
    with pytest.raises(SrpIdInvalidError):
        await tablet(functions.auth.CheckPasswordRequest(proof))


async def test_recovery_address(server: Server, people: People, deployment: str) -> None:
    # checklist 103
    if deployment == "lambda":
        pytest.skip("mails are log lines here, and those of functions are not in the node's log")
    alice = await people.sign_up("Alice")

    def mailed_code(length: int) -> str:
        found: list[str] = re.findall(rf"Your code is (\d{{{length}}})", server.log.read_text())
        return found[-1]

    assert await alice.client.edit_2fa(
        new_password=_PASSWORD, email="alice@example.org", email_code_callback=mailed_code
    )
    tablet = await connected(server, people)
    await ask_for_password(tablet, alice.phone)
    recovery = await tablet(functions.auth.RequestPasswordRecoveryRequest())
    assert recovery.email_pattern == "a***e@example.org"
    answer = await tablet(functions.auth.RecoverPasswordRequest(code=mailed_code(6)))
    assert answer.user.id == alice.id
    assert not (await alice(functions.account.GetPasswordRequest())).has_password


async def test_qr_code(server: Server, people: People) -> None:
    # checklist 104
    alice = await people.sign_up("Alice")
    tablet = await connected(server, people)
    qr = await tablet.qr_login()
    assert qr.url.startswith("tg://login?token=")
    waiting = asyncio.create_task(qr.wait(DEADLINE_S))
    # The handler stands before the token is accepted.
    await asyncio.sleep(0)
    entry = await alice(functions.auth.AcceptLoginTokenRequest(qr.token))
    assert entry.device_model == "Telethon"
    assert (await waiting).id == alice.id
    assert (await tablet.get_me()).id == alice.id
    with pytest.raises(AuthTokenAlreadyAcceptedError):
        await alice(functions.auth.AcceptLoginTokenRequest(qr.token))
    assert "New login." in await service_text(alice, "New login.")


async def test_qr_code_with_a_password(server: Server, people: People) -> None:
    alice = await people.sign_up("Alice")
    await alice.client.edit_2fa(new_password=_PASSWORD)
    tablet = await connected(server, people)
    qr = await tablet.qr_login()
    waiting = asyncio.create_task(qr.wait(DEADLINE_S))
    await asyncio.sleep(0)
    await alice(functions.auth.AcceptLoginTokenRequest(qr.token))
    with pytest.raises(SessionPasswordNeededError):
        await waiting
    assert (await tablet.sign_in(password=_PASSWORD)).id == alice.id


async def test_the_code_comes_to_the_other_device(server: Server, people: People) -> None:
    alice = await people.sign_up("Alice")
    tablet = await connected(server, people)
    sent = await tablet.send_code_request(alice.phone)
    assert isinstance(sent.type, types.auth.SentCodeTypeApp)
    assert (await service_text(alice, "Login code: ")).startswith(f"Login code: {LOGIN_CODE}.")
    await tablet.sign_in(alice.phone, LOGIN_CODE, phone_code_hash=sent.phone_code_hash)
    await service_text(alice, "New login.")
    service = await alice.client.get_entity(777000)
    assert service.verified
    assert any(dialog.id == 777000 for dialog in await alice.client.get_dialogs())


async def test_a_device_that_signed_out_needs_no_code(server: Server, people: People) -> None:
    # checklist 105
    alice = await people.sign_up("Alice")
    tablet = await connected(server, people)
    sent = await tablet.send_code_request(alice.phone)
    await tablet.sign_in(alice.phone, LOGIN_CODE, phone_code_hash=sent.phone_code_hash)
    token = (await tablet(functions.auth.LogOutRequest())).future_auth_token
    settings = types.CodeSettings(logout_tokens=[token])
    answer = await tablet(functions.auth.SendCodeRequest(alice.phone, 1, "0" * 32, settings))
    assert isinstance(answer, types.auth.SentCodeSuccess)
    assert answer.authorization.user.id == alice.id
    assert (await tablet.get_me()).id == alice.id
