"""`user` as different people see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.blocks import block
from layers.domain.contacts import NewContact, save_contacts, set_close_friends
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.privacy import PrivacyKey, set_rules
from layers.domain.users import user_for_viewers, user_object, user_objects
from layers.schema import contacts, photos, users
from tests.harness import START, Client, Harness
from tests.unit.domain.conftest import Run
from tl import api

_DAY = 86_400
_NOBODY = [api.PrivacyValueDisallowAll()]
_EVERYBODY = [api.PrivacyValueAllowAll()]


def _see(run: Run, viewer: Client, user: Client) -> Any:
    return run(lambda ctx: user_object(ctx, viewer.id, user.id))


def _add(run: Run, owner: Client, contact: Client, **fields: Any) -> None:
    entry = NewContact(contact.id, **{"first_name": "", "last_name": "", **fields})
    run(lambda ctx: save_contacts(ctx, owner.id, [entry]))


def _rules(run: Run, owner: Client, key: PrivacyKey, rules: Any) -> None:
    run(lambda ctx: set_rules(ctx, owner.id, key, rules))


def _set(run: Run, user: Client, **columns: Any) -> None:
    run(lambda ctx: ctx.db.execute(sa.update(users).where(users.c.id == user.id).values(**columns)))


def test_self(run: Run, alice: Client) -> None:
    me = _see(run, alice, alice)
    assert (me.self, me.first_name, me.last_name, me.phone) == (True, "Alice", "Aldrin", "491701")
    assert not me.contact


def test_stranger_shows_name_but_not_number(run: Run, alice: Client, bob: Client) -> None:
    seen = _see(run, alice, bob)
    assert (seen.self, seen.first_name, seen.last_name, seen.phone) == (False, "Bob", "Bean", None)
    assert not seen.contact
    assert not seen.mutual_contact


def test_access_hash_depends_on_the_viewer(run: Run, alice: Client, bob: Client, carol: Client) -> None:
    seen = {_see(run, viewer, bob).access_hash for viewer in (alice, carol, bob)}
    assert len(seen) == 3
    assert 0 not in seen


def test_order_duplicates_and_unknown_ids(run: Run, alice: Client, bob: Client) -> None:
    found = run(lambda ctx: user_objects(ctx, alice.id, [bob.id, 5, alice.id, bob.id]))
    assert [user.id for user in found] == [bob.id, 5, alice.id]
    assert found[1] == api.UserEmpty(id=5)


def test_statements_do_not_grow_with_users(
    server: Harness, alice: Client, statements: Callable[[Callable[[Context], Any]], int]
) -> None:
    ids = [server.user(f"U{number}").id for number in range(100)]
    assert statements(lambda ctx: user_objects(ctx, alice.id, [])) == 0
    assert statements(lambda ctx: user_objects(ctx, alice.id, [alice.id])) == 1
    assert statements(lambda ctx: user_objects(ctx, alice.id, ids[:1])) == 3
    assert statements(lambda ctx: user_objects(ctx, alice.id, [alice.id, *ids])) == 3
    assert statements(lambda ctx: user_for_viewers(ctx, alice.id, ids[:1])) == 4
    assert statements(lambda ctx: user_for_viewers(ctx, alice.id, [alice.id, *ids])) == 4


def test_more_users_than_a_statement_names(run: Run, alice: Client) -> None:
    rows = [{"id": 50_000 + number, "first_name": "N", "created_at": START} for number in range(1500)]
    run(lambda ctx: ctx.db.execute(sa.insert(users), rows))
    ids = list(range(50_000, 51_500))
    assert [user.id for user in run(lambda ctx: user_objects(ctx, alice.id, ids))] == ids
    assert list(run(lambda ctx: user_for_viewers(ctx, alice.id, ids))) == ids


def test_contact_has_the_names_of_the_address_book(run: Run, alice: Client, bob: Client) -> None:
    _add(run, alice, bob, first_name="Bobby", last_name="Work")
    seen = _see(run, alice, bob)
    assert (seen.contact, seen.mutual_contact) == (True, False)
    assert (seen.first_name, seen.last_name) == ("Bobby", "Work")
    assert _see(run, bob, alice).contact is False


def test_mutual_contacts_and_close_friends(run: Run, alice: Client, bob: Client) -> None:
    _add(run, alice, bob, first_name="B")
    _add(run, bob, alice, first_name="A")
    run(lambda ctx: set_close_friends(ctx, alice.id, {bob.id}))
    assert _see(run, alice, bob).mutual_contact
    assert _see(run, bob, alice).mutual_contact
    assert _see(run, alice, bob).close_friend
    assert not _see(run, bob, alice).close_friend


def test_number_is_shown_to_contacts_of_the_owner(run: Run, alice: Client, bob: Client) -> None:
    _add(run, bob, alice, first_name="A")
    assert _see(run, alice, bob).phone == "491702"


def test_number_known_from_the_address_book_stays_known(run: Run, alice: Client, bob: Client) -> None:
    _rules(run, bob, PrivacyKey.PHONE_NUMBER, _NOBODY)
    _add(run, alice, bob, first_name="B", phone="491702")
    assert _see(run, alice, bob).phone == "491702"


def test_contact_without_number_does_not_reveal_it(run: Run, alice: Client, bob: Client) -> None:
    _add(run, alice, bob, first_name="B")
    assert _see(run, alice, bob).phone is None


def test_deleted_account_shows_nothing(run: Run, alice: Client, bob: Client) -> None:
    _set(run, bob, deleted=True, username="bobby")
    _add(run, alice, bob, first_name="B", phone="491702")
    seen = _see(run, alice, bob)
    assert seen.deleted
    assert (seen.first_name, seen.last_name, seen.username, seen.phone) == (None, None, None, None)
    assert (seen.photo, seen.status) == (None, None)


def test_bot_and_service_account(run: Run, server: Harness, alice: Client) -> None:
    bot = server.user("Robot", bot=True, phone="1", username="robot")
    seen = _see(run, alice, bot)
    assert (seen.bot, seen.bot_info_version, seen.username, seen.status) == (True, 1, "robot", None)
    row = {"id": SERVICE_USER_ID, "first_name": "Telegram", "created_at": START, "verified": True}
    run(lambda ctx: ctx.db.execute(sa.insert(users), row))
    service = run(lambda ctx: user_object(ctx, alice.id, SERVICE_USER_ID))
    assert service.support
    assert service.verified


def _give_photo(run: Run, user: Client, photo_id: int, *, column: str = "photo_id") -> None:
    photo = api.Photo(
        id=photo_id,
        access_hash=0,
        file_reference=b"",
        date=START,
        sizes=[api.PhotoStrippedSize(type="i", bytes=b"thumb"), api.PhotoSize(type="m", w=1, h=1, size=1)],
        dc_id=2,
    )
    row = {"id": photo_id, "owner_id": user.id, "date": START, "photo": tl.encode(photo), "blob_prefix": "photos/7"}
    run(lambda ctx: ctx.db.execute(sa.insert(photos), row))
    _set(run, user, **{column: photo_id})


def test_photo(run: Run, alice: Client, bob: Client) -> None:
    _give_photo(run, bob, 7)
    expected = api.UserProfilePhoto(photo_id=7, dc_id=2, stripped_thumb=b"thumb")
    assert _see(run, alice, bob).photo == expected
    _rules(run, bob, PrivacyKey.PROFILE_PHOTO, _NOBODY)
    assert _see(run, alice, bob).photo is None
    assert _see(run, bob, bob).photo == expected


def test_fallback_photo_for_those_who_may_not_see_the_other(run: Run, alice: Client, bob: Client) -> None:
    _give_photo(run, bob, 7)
    _give_photo(run, bob, 8, column="fallback_photo_id")
    _rules(run, bob, PrivacyKey.PROFILE_PHOTO, _NOBODY)
    assert _see(run, alice, bob).photo.photo_id == 8
    assert _see(run, bob, bob).photo.photo_id == 7


def test_who_is_blocked_sees_neither_photo_nor_status(run: Run, alice: Client, bob: Client) -> None:
    _give_photo(run, bob, 7)
    _set(run, bob, last_seen=START)
    run(lambda ctx: block(ctx, bob.id, [alice.id]))
    seen = _see(run, alice, bob)
    assert (seen.photo, seen.status) == (None, api.UserStatusEmpty())
    assert _see(run, bob, alice).first_name == "Alice"


def test_who_is_kept_from_stories_only_sees_the_rest(run: Run, alice: Client, bob: Client) -> None:
    _give_photo(run, bob, 7)
    run(lambda ctx: block(ctx, bob.id, [alice.id], stories_only=True))
    assert _see(run, alice, bob).photo is not None


@pytest.mark.parametrize(
    ("ago", "status"),
    [
        (0, api.UserStatusRecently()),
        (3 * _DAY - 60, api.UserStatusRecently()),
        (3 * _DAY + 60, api.UserStatusLastWeek()),
        (7 * _DAY + 60, api.UserStatusLastMonth()),
        (30 * _DAY + 60, api.UserStatusEmpty()),
    ],
)
def test_hidden_time_is_told_in_spans(
    run: Run, alice: Client, bob: Client, ago: int, status: Any
) -> None:  # checklist 110
    _set(run, bob, last_seen=START - ago)
    assert _see(run, alice, bob).status == api.UserStatusOffline(was_online=START - ago)
    _rules(run, bob, PrivacyKey.STATUS_TIMESTAMP, _NOBODY)
    assert _see(run, alice, bob).status == status


def test_online(run: Run, alice: Client, bob: Client) -> None:
    _set(run, bob, last_seen=START, online_until=START + 300)
    assert _see(run, alice, bob).status == api.UserStatusOnline(expires=START + 300)
    _rules(run, bob, PrivacyKey.STATUS_TIMESTAMP, _NOBODY)
    assert _see(run, alice, bob).status == api.UserStatusRecently()


def test_online_that_ran_out_is_the_last_time_seen(run: Run, alice: Client, bob: Client) -> None:
    _set(run, bob, last_seen=START - 400, online_until=START - 100)
    assert _see(run, alice, bob).status == api.UserStatusOffline(was_online=START - 100)


def test_who_hides_his_time_sees_no_other(run: Run, alice: Client, bob: Client) -> None:
    _set(run, bob, last_seen=START)
    _rules(run, alice, PrivacyKey.STATUS_TIMESTAMP, _NOBODY)
    assert _see(run, alice, bob).status == api.UserStatusRecently(by_me=True)
    _rules(run, alice, PrivacyKey.STATUS_TIMESTAMP, [api.PrivacyValueAllowUsers(users=[bob.id]), *_NOBODY])
    assert _see(run, alice, bob).status == api.UserStatusOffline(was_online=START)


def test_one_user_for_many_viewers_is_what_each_sees(run: Run, server: Harness, alice: Client, bob: Client) -> None:
    viewers = [server.user(f"V{number}") for number in range(6)]
    _give_photo(run, bob, 7)
    _set(run, bob, last_seen=START)
    _add(run, viewers[0], bob, first_name="Mine")
    _add(run, bob, viewers[1], first_name="His")
    run(lambda ctx: block(ctx, bob.id, [viewers[2].id]))
    _rules(run, viewers[3], PrivacyKey.STATUS_TIMESTAMP, _NOBODY)
    _rules(run, bob, PrivacyKey.PROFILE_PHOTO, [api.PrivacyValueDisallowUsers(users=[viewers[4].id]), *_EVERYBODY])
    everyone = [bob, alice, *viewers]
    together = run(lambda ctx: user_for_viewers(ctx, bob.id, [viewer.id for viewer in everyone]))
    assert together == {viewer.id: _see(run, viewer, bob) for viewer in everyone}


def test_unknown_user_for_viewers(run: Run, alice: Client) -> None:
    assert run(lambda ctx: user_for_viewers(ctx, 5, [alice.id])) == {alice.id: api.UserEmpty(id=5)}


def test_rows_of_others_do_not_leak_into_the_view(run: Run, alice: Client, bob: Client, carol: Client) -> None:
    _add(run, carol, bob, first_name="Secret name", phone="491702")
    assert _see(run, alice, bob).first_name == "Bob"
    assert run(lambda ctx: ctx.db.scalar(sa.select(sa.func.count()).select_from(contacts))) == 1
