"""Secret chats are asked for, accepted and ended. Checklist 107."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from functions.sync.retention import prune
from layers import unit_of_work
from layers.domain import limits
from layers.domain import secret_chats as domain
from layers.domain.auth_keys import destroy
from layers.domain.deletion import delete_account
from layers.domain.sessions import end_all
from layers.domain.srp import P
from layers.errors import RpcError
from layers.schema import reports, secret_chats, secret_messages, secret_queues
from tests.harness import Client, Harness
from tests.unit.functions.messages.secrets import (
    FINGERPRINT,
    G_A,
    G_B,
    accept,
    ask,
    difference,
    established,
    named,
    requested,
    say,
)
from tl import api

Fails = Callable[..., RpcError]
M = api.messages
PRIME = int.from_bytes(P, "big")


def rows(server: Harness, table: sa.Table) -> list[Any]:
    with server.services.database.transaction(writes=False) as db:
        return list(db.rows(sa.select(table)))


def work(server: Harness, what: Callable[[Any], Any]) -> Any:
    return unit_of_work.run(server.services, what, writes=True)[0]


def chats(updates: list[Any]) -> list[Any]:
    """The chats that updates tell of."""
    return [item.chat for item in updates if isinstance(item, api.UpdateEncryption)]


def test_from_request_to_chat(alice: Client, bob: Client, carol: Client) -> None:
    desk = bob.device()
    waiting = alice.call(ask(alice, bob, 4711))
    assert isinstance(waiting, api.EncryptedChatWaiting)
    assert (waiting.id, waiting.admin_id, waiting.participant_id) == (4711, alice.id, bob.id)
    asked = requested(bob)
    assert asked == requested(desk)
    assert (asked.id, asked.g_a, asked.admin_id, asked.participant_id) == (4711, G_A, alice.id, bob.id)
    assert asked.access_hash != waiting.access_hash
    assert alice.pushes() == carol.pushes() == []

    accepted = desk.call(accept(asked))
    assert (accepted.g_a_or_b, accepted.key_fingerprint, accepted.access_hash) == (G_A, FINGERPRINT, asked.access_hash)
    (theirs,) = chats(alice.pushes())
    assert (theirs.g_a_or_b, theirs.key_fingerprint, theirs.access_hash) == (G_B, FINGERPRINT, waiting.access_hash)
    assert chats(bob.pushes()) == [api.EncryptedChatDiscarded(id=4711)]
    assert desk.pushes() == []


def test_a_request_is_known_by_its_number(alice: Client, bob: Client, carol: Client, fails: Fails) -> None:
    """A lost answer is asked for again; the number of another chat is refused on either side."""
    first = alice.call(ask(alice, bob, 5))
    bob.pushes()
    assert alice.call(ask(alice, bob, 5)) == first
    assert bob.pushes() == []
    tablet = alice.device()
    for client, request in (
        (alice, ask(alice, bob, 5, G_B)),
        (alice, ask(alice, carol, 5)),
        (tablet, ask(tablet, bob, 5)),
        (bob, ask(bob, alice, 5)),
        (carol, ask(carol, bob, 5)),
    ):
        assert fails("RANDOM_ID_DUPLICATE", client, request).code == 400
    alice.call(M.DiscardEncryption(chat_id=5))
    fails("RANDOM_ID_DUPLICATE", alice, ask(alice, bob, 5))


_OUTSIDE = {
    "0": 0,
    "1": 1,
    "too small": (1 << 1984) - 1,
    "too large": PRIME - (1 << 1984) + 1,
    "p - 1": PRIME - 1,
    "p": PRIME,
    "too long": 1 << 2048,
}


@pytest.mark.parametrize("number", _OUTSIDE.values(), ids=_OUTSIDE)
def test_public_numbers_are_checked(alice: Client, bob: Client, fails: Fails, number: int) -> None:
    """https://core.telegram.org/mtproto/security_guidelines: between 2^1984 and p - 2^1984."""
    bad = number.to_bytes(257 if number >> 2048 else 256, "big")
    fails("DH_G_A_INVALID", alice, ask(alice, bob, g_a=bad))
    alice.call(ask(alice, bob))
    fails("DH_G_A_INVALID", bob, accept(requested(bob), g_b=bad))


def test_whom_one_cannot_ask(server: Harness, alice: Client, bob: Client, carol: Client, fails: Fails) -> None:
    robot = server.user("Robot", bot=True)
    fails("USER_ID_INVALID", alice, ask(alice, robot))
    me = M.RequestEncryption(user_id=api.InputUserSelf(), random_id=1, g_a=G_A)
    fails("USER_ID_INVALID", alice, me)
    wrong = M.RequestEncryption(user_id=api.InputUser(user_id=bob.id, access_hash=1), random_id=1, g_a=G_A)
    fails("USER_ID_INVALID", alice, wrong)
    fails("RANDOM_ID_EMPTY", alice, ask(alice, bob, 0))
    bob.call(api.contacts.Block(id=bob.peer(alice)))
    assert fails("USER_IS_BLOCKED", alice, ask(alice, bob)).code == 403
    to_carol = ask(alice, carol)
    work(server, lambda ctx: delete_account(ctx, carol.id))
    fails("INPUT_USER_DEACTIVATED", alice, to_carol)
    assert rows(server, secret_chats) == []


def test_the_first_device_wins(alice: Client, bob: Client, fails: Fails) -> None:
    desk = bob.device()
    alice.call(ask(alice, bob))
    asked = requested(bob)
    first = bob.call(accept(asked))
    alice.pushes()
    fails("ENCRYPTION_ALREADY_ACCEPTED", desk, accept(asked))
    # A lost answer is asked for again.
    assert bob.call(accept(asked)) == first
    fails("ENCRYPTION_ALREADY_ACCEPTED", bob, accept(asked, g_b=G_A))
    assert alice.pushes() == []
    fails("ENCRYPTION_ALREADY_ACCEPTED", desk, M.DiscardEncryption(chat_id=asked.id))
    fails("CHAT_ID_INVALID", desk, say(named(asked)))


def test_only_who_was_asked_accepts(alice: Client, bob: Client, carol: Client, fails: Fails) -> None:
    waiting = alice.call(ask(alice, bob))
    asked = requested(bob)
    fails("CHAT_ID_INVALID", alice, accept(waiting))
    fails("CHAT_ID_INVALID", carol, accept(asked))
    asked.access_hash += 1
    fails("CHAT_ID_INVALID", bob, accept(asked))


def test_declining(alice: Client, bob: Client, fails: Fails) -> None:
    desk, tablet = bob.device(), alice.device()
    waiting = alice.call(ask(alice, bob))
    asked = requested(bob)
    requested(desk)
    fails("ENCRYPTION_ID_INVALID", tablet, M.DiscardEncryption(chat_id=waiting.id))
    assert desk.call(M.DiscardEncryption(chat_id=asked.id)) is True
    gone = [api.EncryptedChatDiscarded(id=asked.id)]
    assert chats(alice.pushes()) == chats(bob.pushes()) == gone
    assert desk.pushes() == tablet.pushes() == []
    fails("ENCRYPTION_ALREADY_DECLINED", bob, accept(asked))
    fails("ENCRYPTION_ALREADY_DECLINED", bob, M.DiscardEncryption(chat_id=asked.id))
    fails("ENCRYPTION_ALREADY_DECLINED", alice, M.DiscardEncryption(chat_id=asked.id))
    fails("CHAT_ID_EMPTY", alice, M.DiscardEncryption(chat_id=0))
    fails("ENCRYPTION_ID_INVALID", alice, M.DiscardEncryption(chat_id=99))


def test_a_request_is_taken_back(alice: Client, bob: Client) -> None:
    desk = bob.device()
    waiting = alice.call(ask(alice, bob))
    requested(bob)
    requested(desk)
    alice.call(M.DiscardEncryption(chat_id=waiting.id))
    assert chats(bob.pushes()) == chats(desk.pushes()) == [api.EncryptedChatDiscarded(id=waiting.id)]


def test_the_history_goes_with_the_chat(server: Harness, alice: Client, bob: Client, fails: Fails) -> None:
    hers, his = established(alice, bob)
    other, _ = established(alice, bob)
    alice.call(say(hers, "unread"))
    alice.call(say(other, "of another chat"))
    bob.call(say(his, "unread too"))
    alice.pushes()
    bob.call(M.DiscardEncryption(chat_id=his.chat_id, delete_history=True))
    assert chats(alice.pushes()) == [api.EncryptedChatDiscarded(id=his.chat_id, history_deleted=True)]
    assert [row.chat_id for row in rows(server, secret_messages)] == [other.chat_id]
    fails("ENCRYPTION_DECLINED", alice, say(hers))
    fails("ENCRYPTION_DECLINED", bob, say(his))


def test_without_that_it_still_arrives(alice: Client, bob: Client) -> None:
    hers, _ = established(alice, bob)
    alice.call(say(hers, "good-bye"))
    alice.call(M.DiscardEncryption(chat_id=hers.chat_id))
    found = difference(bob)
    assert len(found.new_encrypted_messages) == 1
    assert chats(found.other_updates) == [api.EncryptedChatDiscarded(id=hers.chat_id)]


def test_devices_that_take_no_requests(alice: Client, bob: Client) -> None:
    """account.changeAuthorizationSettings: neither pushes nor differences show them a request."""
    desk = bob.device()
    before = bob.call(api.updates.GetState()).date
    settings = api.account.ChangeAuthorizationSettings
    desk.call(settings(hash=0, encrypted_requests_disabled=True))
    alice.call(ask(alice, bob))
    requested(bob)
    assert desk.pushes() == []
    assert isinstance(difference(desk, date=before), api.updates.DifferenceEmpty)
    assert len(chats(difference(bob, date=before).other_updates)) == 1
    desk.call(settings(hash=0, encrypted_requests_disabled=False))
    assert len(chats(difference(desk, date=before).other_updates)) == 1


def test_copies_of_a_login_are_no_devices(alice: Client, bob: Client) -> None:
    """auth.exportAuthorization: a device's key for another data centre takes no chats."""
    exported = bob.call(api.auth.ExportAuthorization(dc_id=1))
    copy = bob.server.device(None)
    copy.call(api.auth.ImportAuthorization(id=exported.id, bytes=exported.bytes))
    copy.user_id = bob.id
    alice.call(ask(alice, bob))
    assert chats(copy.pushes()) == []
    requested(bob)


@pytest.mark.parametrize("end", ["logOut", "resetAuthorization", "end_all", "destroy_auth_key"])
def test_a_device_that_is_signed_out_leaves_its_chats(server: Harness, alice: Client, bob: Client, end: str) -> None:
    tablet = alice.device()
    hers, his = established(alice, bob)
    kept, _ = established(tablet, bob)
    waiting = alice.call(ask(alice, bob))
    bob.call(say(his, "unread"))
    bob.pushes()
    if end == "logOut":
        alice.call(api.auth.LogOut())
    elif end == "resetAuthorization":
        hashes = [item.hash for item in tablet.call(api.account.GetAuthorizations()).authorizations]
        tablet.call(api.account.ResetAuthorization(hash=next(item for item in hashes if item)))
    elif end == "destroy_auth_key":
        assert destroy(server.services, alice.auth_key_id)
    else:
        work(server, lambda ctx: end_all(ctx, alice.id))
    gone = {hers.chat_id, waiting.id} | ({kept.chat_id} if end == "end_all" else set())
    assert {chat.id for chat in chats(bob.pushes())} == gone
    states = {row.chat_id: row.state for row in rows(server, secret_chats)}
    assert {chat_id for chat_id, state in states.items() if state == 2} == gone
    assert [row for row in rows(server, secret_messages) if row.auth_key_id == alice.auth_key_id] == []
    assert [row for row in rows(server, secret_queues) if row.auth_key_id == alice.auth_key_id] == []


def test_an_account_that_is_deleted_leaves_all(server: Harness, alice: Client, bob: Client, carol: Client) -> None:
    hers, _ = established(alice, bob)
    waiting = carol.call(ask(carol, bob))
    alice.pushes()
    carol.pushes()
    work(server, lambda ctx: delete_account(ctx, bob.id))
    assert chats(alice.pushes()) == [api.EncryptedChatDiscarded(id=hers.chat_id)]
    assert chats(carol.pushes()) == [api.EncryptedChatDiscarded(id=waiting.id)]


def test_who_was_away_is_told_the_present_state(server: Harness, alice: Client, bob: Client) -> None:
    desk = bob.device()
    before = bob.call(api.updates.GetState())
    bob.disconnect()
    server.clock.advance(3600)
    waiting = alice.call(ask(alice, bob))
    found = difference(desk, date=before.date)
    (chat,) = chats(found.other_updates)
    assert {user.id for user in found.users} == {alice.id, bob.id}
    desk.call(accept(chat))
    server.clock.advance(3600)
    assert chats(difference(bob, date=before.date).other_updates) == [api.EncryptedChatDiscarded(id=waiting.id)]
    (known,) = chats(difference(alice, date=before.date).other_updates)
    assert isinstance(known, api.EncryptedChat)
    server.clock.advance(3600)
    now = int(server.clock())
    assert isinstance(difference(bob, date=now), api.updates.DifferenceEmpty), "told once, long ago"


def test_a_flood_of_requests_does_not_fill_a_difference(
    server: Harness, alice: Client, bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(domain, "_TOLD_MAX", 2)
    waiting = []
    for _ in range(3):
        server.clock.advance(60)
        waiting.append(alice.call(ask(alice, bob)).id)
    assert [chat.id for chat in chats(difference(bob).other_updates)] == waiting[1:]


def test_reporting(server: Harness, alice: Client, bob: Client, carol: Client, fails: Fails) -> None:
    alice.call(ask(alice, bob))
    asked = requested(bob)
    assert bob.call(M.ReportEncryptedSpam(peer=named(asked))) is True
    (report,) = rows(server, reports)
    assert (report.reporter_id, report.peer_key, report.option) == (bob.id, alice.id, "spam")
    fails("CHAT_ID_INVALID", carol, M.ReportEncryptedSpam(peer=named(asked)))


def test_ended_chats_go_after_a_year(server: Harness, alice: Client, bob: Client) -> None:
    hers, _ = established(alice, bob)
    kept, _ = established(alice, bob)
    alice.call(say(kept))
    alice.call(M.DiscardEncryption(chat_id=hers.chat_id))
    server.clock.advance(limits.AUTHORIZATION_TTL_DAYS[1] * limits.DAY_S - 10)
    removed = prune(server.services)
    assert (removed["secret_chats"], removed["secret_messages"]) == (0, 0)
    server.clock.advance(20)
    removed = prune(server.services)
    assert (removed["secret_chats"], removed["secret_messages"]) == (2, 1)
    assert {row.chat_id for row in rows(server, secret_chats)} == {kept.chat_id}
