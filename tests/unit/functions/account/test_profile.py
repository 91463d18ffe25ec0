"""account.updateProfile, updateUsername, checkUsername, updateBirthday, updateStatus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits, usernames
from layers.errors import RpcError
from layers.schema import authorizations, users
from layers.schema import usernames as usernames_table
from tests.harness import Client, Harness, grouped
from tl import api

Fails = Callable[..., RpcError]


def known_to(client: Client, other: Client) -> None:
    """Put ``other`` into the address book of ``client``."""
    client.call(api.contacts.AddContact(id=client.input_user(other), first_name="Pal", last_name="", phone=""))
    client.pushes()
    other.pushes()


def test_update_profile(alice: Client, bob: Client) -> None:
    known_to(bob, alice)
    laptop = alice.device()
    user = alice.call(api.account.UpdateProfile(first_name="Al", last_name="Lee", about="Hi\nthere"))
    assert (user.first_name, user.last_name, user.self) == ("Al", "Lee", True)
    full = alice.call(api.users.GetFullUser(id=api.InputUserSelf())).full_user
    assert full.about == "Hi there"
    (named,) = grouped(laptop.pushes())["updateUserName"]
    assert (named.user_id, named.first_name, named.last_name) == (alice.id, "Al", "Lee")
    assert alice.pushes() == []
    # Somebody who knows him is pushed the user as he sees him: under the name of his own book.
    assert [update.user_id for update in grouped(bob.pushes())["updateUser"]] == [alice.id]


def test_absent_fields_stay(alice: Client) -> None:
    alice.call(api.account.UpdateProfile(first_name="Al", last_name="Lee", about="x"))
    assert alice.call(api.account.UpdateProfile(last_name="")).first_name == "Al"
    assert alice.call(api.account.UpdateProfile()).last_name in {None, ""}
    assert alice.call(api.users.GetFullUser(id=api.InputUserSelf())).full_user.about == "x"


def test_bio_is_told_to_own_devices_only(alice: Client, bob: Client) -> None:
    known_to(bob, alice)
    laptop = alice.device()
    alice.call(api.account.UpdateProfile(about="new"))
    assert grouped(laptop.pushes()).keys() == {"updateUser"}
    assert bob.pushes() == []


def test_profile_limits(alice: Client, fails: Fails) -> None:
    fails("FIRSTNAME_INVALID", alice, api.account.UpdateProfile(first_name=""))
    fails("FIRSTNAME_INVALID", alice, api.account.UpdateProfile(first_name="\u202e \u200b"))
    fails("FIRSTNAME_INVALID", alice, api.account.UpdateProfile(first_name="x" * 65))
    fails("LASTNAME_INVALID", alice, api.account.UpdateProfile(last_name="x" * 65))
    fails("ABOUT_TOO_LONG", alice, api.account.UpdateProfile(about="x" * (limits.ABOUT_LENGTH + 1)))
    # Each of these is two UTF-16 code units.
    fails("ABOUT_TOO_LONG", alice, api.account.UpdateProfile(about="😀" * 36))
    assert alice.call(api.account.UpdateProfile(about="😀" * 35, first_name="👨‍👩‍👧"))


def set_name(client: Client, username: str) -> Any:
    return client.call(api.account.UpdateUsername(username=username))


def test_username_is_set_changed_and_removed(alice: Client, bob: Client) -> None:
    laptop = alice.device()
    assert set_name(alice, "Alice_01").username == "Alice_01"
    (update,) = grouped(laptop.pushes())["updateUserName"]
    assert [(item.username, item.active, item.editable) for item in update.usernames] == [("Alice_01", True, True)]
    assert bob.call(api.contacts.ResolveUsername(username="alice_01")).peer.user_id == alice.id
    assert set_name(alice, "ALICE_01").username == "ALICE_01"
    assert set_name(alice, "alice_new").username == "alice_new"
    assert bob.call(api.account.CheckUsername(username="alice_01")) is True
    assert set_name(alice, "").username is None
    assert laptop.pushes()[-1].usernames == []
    assert bob.call(api.account.CheckUsername(username="alice_new")) is True


@pytest.mark.parametrize(
    "username",
    [
        *("abcd", "x" * 33, "1abcd", "_abcd", "abcd_", "ab__cd", "ab cd", "ab-cd", "äbcde", "", "abcde\n"),
        *("adminx", "telegramx", "supporter", "joinchat", "some_bot", "settings1", "CirrusGram"),
    ],
)
def test_username_form(alice: Client, fails: Fails, username: str) -> None:
    fails("USERNAME_INVALID", alice, api.account.CheckUsername(username=username))
    if username:
        fails("USERNAME_INVALID", alice, api.account.UpdateUsername(username=username))


@pytest.mark.parametrize("username", ["abcde", "x" * 32, "a1_b2_c3", "Abcde"])
def test_good_usernames(alice: Client, username: str) -> None:
    assert alice.call(api.account.CheckUsername(username=username)) is True
    assert set_name(alice, username).username == username


def test_username_of_another(alice: Client, bob: Client, fails: Fails) -> None:
    set_name(alice, "Alice")
    assert bob.call(api.account.CheckUsername(username="aLICE")) is False
    assert alice.call(api.account.CheckUsername(username="alice")) is True
    fails("USERNAME_OCCUPIED", bob, api.account.UpdateUsername(username="aLICE"))
    fails("USERNAME_NOT_MODIFIED", alice, api.account.UpdateUsername(username="Alice"))
    fails("USERNAME_NOT_MODIFIED", bob, api.account.UpdateUsername(username=""))


def test_lost_race_for_a_username_is_told_as_occupied(
    alice: Client, bob: Client, fails: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_name(alice, "wanted")
    looked: list[str] = []
    holder = usernames.holder

    def blind_at_first(ctx: Any, username: str) -> int | None:
        looked.append(username)
        return holder(ctx, username) if len(looked) > 1 else None

    monkeypatch.setattr(usernames, "holder", blind_at_first)
    fails("USERNAME_OCCUPIED", bob, api.account.UpdateUsername(username="wanted"))
    assert len(looked) == 2


def test_bots_may_end_in_bot(server: Harness) -> None:
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(usernames_table)) == 0
    usernames.check_form("some_bot", is_bot=True)


def test_birthday(alice: Client, fails: Fails) -> None:
    birthday = api.Birthday(day=29, month=2, year=2000)
    assert alice.call(api.account.UpdateBirthday(birthday=birthday)) is True
    full = alice.call(api.users.GetFullUser(id=api.InputUserSelf())).full_user
    assert full.birthday == birthday
    fails("BIRTHDAY_INVALID", alice, api.account.UpdateBirthday(birthday=api.Birthday(day=30, month=2)))
    alice.call(api.account.UpdateBirthday())
    assert alice.call(api.users.GetFullUser(id=api.InputUserSelf())).full_user.birthday is None


def test_status(server: Harness, alice: Client, bob: Client) -> None:
    known_to(bob, alice)
    server.clock.advance(100)
    assert alice.call(api.account.UpdateStatus(offline=False)) is True
    (online,) = grouped(bob.pushes())["updateUserStatus"]
    assert isinstance(online.status, api.UserStatusOnline)
    with server.services.database.transaction(writes=False) as db:
        active = db.scalar(
            sa.select(authorizations.c.date_active).where(authorizations.c.auth_key_id == alice.auth_key_id)
        )
        assert active == int(server.clock())
    alice.call(api.account.UpdateStatus(offline=True))
    (offline,) = grouped(bob.pushes())["updateUserStatus"]
    assert isinstance(offline.status, api.UserStatusOffline)
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(users.c.last_seen).where(users.c.id == alice.id)) == int(server.clock())
