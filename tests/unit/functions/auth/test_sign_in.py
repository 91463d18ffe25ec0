"""auth.signIn, signUp, logOut: checklist 100, 105."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.seed import seed
from layers.errors import RpcError
from layers.schema import auth_keys, box_states, login_codes, push_devices, users
from tests.harness import Client, Harness
from tests.unit.functions.auth.conftest import PHONE, call_as, send_code
from tl import api

Fails = Callable[..., RpcError]


def test_unknown_number_signs_up(server: Harness) -> None:
    client = server.device(None)
    started = send_code(client)
    required = started.sign_in()
    assert isinstance(required, api.auth.AuthorizationSignUpRequired)
    assert required.terms_of_service is None
    user = started.sign_up(" Ann\u200b ", "  Lee\n").user
    assert (user.first_name, user.last_name, user.phone, user.self) == ("Ann", "Lee", PHONE, True)
    assert limits.FIRST_USER_ID <= user.id <= limits.LAST_USER_ID
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(box_states.c.pts).where(box_states.c.owner_id == user.id)) == 1
        assert db.scalar(sa.select(auth_keys.c.user_id).where(auth_keys.c.auth_key_id == client.auth_key_id)) == user.id
        assert db.scalar(sa.select(sa.func.count()).select_from(login_codes)) == 0
    assert client.auth_key_id in server.auth_keys_changed


def test_known_number_signs_in(server: Harness, alice: Client) -> None:
    client = server.device(None)
    authorization = send_code(client).sign_in()
    assert isinstance(authorization, api.auth.Authorization)
    assert authorization.user.id == alice.id
    assert client.auth_key_id in server.auth_keys_changed


def test_other_devices_hear_of_the_login(server: Harness, alice: Client) -> None:
    laptop = alice.device()
    send_code(server.device(None)).sign_in()
    for device in (alice, laptop):
        (update,) = [item for item in device.pushes() if isinstance(item, api.UpdateNewAuthorization)]
        assert update.unconfirmed
        assert update.device == "harness, 1"
        assert update.date == int(server.clock())
    hashes = [item.hash for item in alice.call(api.account.GetAuthorizations()).authorizations]
    assert update.hash in hashes


def test_first_device_tells_nobody(server: Harness) -> None:
    started = send_code(server.device(None))
    started.sign_in()
    started.sign_up()
    assert server.push_count == 0


def test_a_key_that_signs_in_again_leaves_its_account(server: Harness, alice: Client) -> None:
    bob = server.user("Bob", phone="9996625678")
    send_code(bob).sign_in()
    assert [item.hash for item in alice.call(api.account.GetAuthorizations()).authorizations].count(0) == 1
    assert len(alice.call(api.account.GetAuthorizations()).authorizations) == 2


@pytest.mark.parametrize("code", ["", None])
def test_code_must_be_there(server: Harness, fails: Fails, code: str | None) -> None:
    started = send_code(server.device(None))
    request = api.auth.SignIn(phone_number=PHONE, phone_code_hash=started.sent.phone_code_hash, phone_code=code)
    fails("PHONE_CODE_EMPTY", started.client.call, request)


def test_wrong_hash_or_number(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    fails("PHONE_CODE_EXPIRED", started.sign_in, phone_code_hash="ff")
    fails("PHONE_CODE_EXPIRED", started.sign_in, phone_number="9996625555")
    assert fails("PHONE_NUMBER_INVALID", started.sign_in, phone_number="5").code == 406
    assert started.sign_in() is not None


def test_attempts_are_limited_and_counted_although_the_call_fails(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    for _ in range(limits.LOGIN_CODE_ATTEMPTS):
        fails("PHONE_CODE_INVALID", started.sign_in, started.wrong_code)
    fails("PHONE_CODE_EXPIRED", started.sign_in, started.wrong_code)
    fails("PHONE_CODE_EXPIRED", started.sign_in)


def test_brute_force_from_many_keys_at_once_gets_no_more_attempts(server: Harness) -> None:
    started = send_code(server.device(None))
    right = started.code
    wrong = [f"{number:05d}" for number in range(60) if f"{number:05d}" != right][:40]
    clients = [server.device(None) for _ in wrong]

    def attempt(pair: tuple[Client, str]) -> str:
        request = api.auth.SignIn(phone_number=PHONE, phone_code_hash=started.sent.phone_code_hash, phone_code=pair[1])
        try:
            pair[0].call(request)
        except RpcError as error:
            return error.message
        return "signed in"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, zip(clients, wrong, strict=True)))
    assert outcomes.count("PHONE_CODE_INVALID") == limits.LOGIN_CODE_ATTEMPTS
    assert set(outcomes) == {"PHONE_CODE_INVALID", "PHONE_CODE_EXPIRED"}


def test_code_expires(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    code = started.code
    server.clock.advance(limits.LOGIN_CODE_LIFE_S + 1)
    fails("PHONE_CODE_EXPIRED", started.sign_in, code)


@pytest.mark.usefixtures("alice")
def test_code_is_used_once(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    code = started.code
    started.sign_in(code)
    fails("PHONE_CODE_EXPIRED", started.sign_in, code)


def test_sign_up_needs_a_verified_code(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    fails("PHONE_CODE_EXPIRED", started.sign_up)
    started.sign_in()
    fails("FIRSTNAME_INVALID", started.sign_up, "")
    fails("FIRSTNAME_INVALID", started.sign_up, " \u200b\t")
    fails("FIRSTNAME_INVALID", started.sign_up, "x" * 65)
    fails("LASTNAME_INVALID", started.sign_up, "Ann", "x" * 65)
    fails("PHONE_CODE_EXPIRED", started.sign_up, phone_code_hash="00")
    assert fails("PHONE_NUMBER_INVALID", started.sign_up, phone_number="1").code == 406
    assert started.sign_up().user.first_name == "Ann"
    fails("PHONE_CODE_EXPIRED", started.sign_up)


def test_verified_code_waits_for_the_name_but_not_for_ever(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    server.clock.advance(limits.LOGIN_CODE_LIFE_S - 10)
    started.sign_in()
    server.clock.advance(limits.LOGIN_CODE_LIFE_S - 10)
    assert started.sign_up()
    later = send_code(server.device(None), "9996624444")
    later.sign_in()
    server.clock.advance(limits.LOGIN_CODE_LIFE_S + 1)
    fails("PHONE_CODE_EXPIRED", later.sign_up)


def test_number_may_be_taken_meanwhile(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    started.sign_in()
    server.user("Early", phone=PHONE)
    fails("PHONE_NUMBER_OCCUPIED", started.sign_up)


def test_seeding_again_changes_nothing(server: Harness) -> None:
    seed(server.services)
    with server.services.database.transaction(writes=False) as db:
        row = db.first(sa.select(users).where(users.c.id == SERVICE_USER_ID))
    assert row is not None
    assert row.verified
    assert row.first_name == "Cirrusgram"


def test_key_without_a_permanent_one_cannot_sign_in(server: Harness, fails: Fails) -> None:
    client = server.device(None)
    started = send_code(client)
    request = api.auth.SignIn(phone_number=PHONE, phone_code_hash=started.sent.phone_code_hash, phone_code=started.code)
    server.user("Alice", phone=PHONE)
    assert fails("AUTH_KEY_PERM_EMPTY", call_as, client, request, auth_key_id=5).code == 401


def test_address_books_that_hold_the_number_get_a_contact(server: Harness) -> None:
    bob = keeper_of(server, "Bob")
    started = send_code(server.device(None))
    started.sign_in()
    user = started.sign_up().user
    book = bob.call(api.contacts.GetContacts(hash=0))
    assert [(item.id, item.first_name) for item in book.users] == [(user.id, "Annie")]


def keeper_of(server: Harness, name: str) -> Client:
    """A user with the number in his address book."""
    keeper = server.user(name)
    contact = api.InputPhoneContact(client_id=1, phone="+" + PHONE, first_name="Annie", last_name="")
    keeper.call(api.contacts.ImportContacts(contacts=[contact]))
    return keeper


def test_keepers_of_the_number_are_told_that_he_joined(server: Harness) -> None:
    bob, carol, dave = keeper_of(server, "Bob"), keeper_of(server, "Carol"), server.user("Dave")
    carol.call(api.account.SetContactSignUpNotification(silent=True))
    ann = server.device(None)
    started = send_code(ann)
    started.sign_in()
    user = started.sign_up().user
    server.settle()
    update: Any = next(item for item in bob.pushes() if isinstance(item, api.UpdateNewMessage))
    assert isinstance(update.message.action, api.MessageActionContactSignUp)
    assert (update.message.peer_id, update.message.out) == (api.PeerUser(user_id=user.id), False)
    (dialog,) = bob.call(_dialogs()).dialogs
    assert dialog.peer == api.PeerUser(user_id=user.id)
    assert carol.call(_dialogs()).dialogs == dave.call(_dialogs()).dialogs == []
    # The new account does not learn who keeps its number.
    ann.user_id = user.id
    assert ann.call(_dialogs()).dialogs == []
    top = ann.call(api.contacts.GetTopPeers(correspondents=True, offset=0, limit=10, hash=0))
    assert [peer for category in getattr(top, "categories", []) for peer in category.peers] == []


def test_joining_can_be_kept_quiet(server: Harness) -> None:
    bob = keeper_of(server, "Bob")
    started = send_code(server.device(None))
    started.sign_in()
    started.sign_up(no_joined_notifications=True)
    server.settle()
    assert bob.call(_dialogs()).dialogs == []
    assert len(bob.call(api.contacts.GetContacts(hash=0)).contacts) == 1


def _dialogs() -> api.messages.GetDialogs:
    return api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0)


def test_log_out(server: Harness, alice: Client, fails: Fails) -> None:
    laptop = alice.device()
    alice.call(api.account.RegisterDevice(token_type=2, token="t", app_sandbox=False, secret=b"", other_uids=[]))
    assert alice.call(api.auth.LogOut()).future_auth_token
    assert alice.auth_key_id in server.auth_keys_changed
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(auth_keys.c.user_id).where(auth_keys.c.auth_key_id == alice.auth_key_id)) is None
        assert db.scalar(sa.select(sa.func.count()).select_from(push_devices)) == 0
    assert len(laptop.call(api.account.GetAuthorizations()).authorizations) == 1
    assert fails("AUTH_KEY_UNREGISTERED", call_as, alice, api.auth.LogOut(), user_id=None).code == 401


def test_the_device_idle_for_longest_makes_room(
    server: Harness, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SESSIONS_PER_USER", 3)
    others = []
    for _ in range(3):
        server.clock.advance(10)
        device = server.device(None)
        others.append(device)
        send_code(device).sign_in()
    assert alice.auth_key_id in server.auth_keys_changed
    with server.services.database.transaction(writes=False) as db:
        signed_in = set(db.scalars(sa.select(auth_keys.c.auth_key_id).where(auth_keys.c.user_id == alice.id)))
    assert signed_in == {device.auth_key_id for device in others}
