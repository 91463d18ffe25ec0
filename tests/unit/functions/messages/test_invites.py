"""Links into groups and requests to join: https://core.telegram.org/api/invites."""

from __future__ import annotations

from typing import Any

import pytest

import tl
from layers.errors import RpcError
from tests.harness import Client, grouped
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.grouping import chat_peer, full, make_group, members_of, remove, say
from tests.unit.functions.messages.world import after, crowd, history, statements
from tl import api


def export(client: Client, group: int, **options: Any) -> Any:
    """A new link."""
    return client.call(api.messages.ExportChatInvite(peer=chat_peer(group), **options))


def join(client: Client, invite: Any) -> Any:
    """Come in by a link."""
    result = client.call(api.messages.ImportChatInvite(hash=invite.link.rpartition("+")[2]))
    client.server.settle()
    return result


def check(client: Client, invite: Any) -> Any:
    """What is behind a link."""
    return client.call(api.messages.CheckChatInvite(hash=invite.link.rpartition("+")[2]))


def edit(client: Client, group: int, invite: Any, **options: Any) -> Any:
    """Change a link."""
    request = api.messages.EditExportedChatInvite(peer=chat_peer(group), link=invite.link, **options)
    return client.call(request)


def listed(client: Client, group: int, admin: Client, **options: Any) -> Any:
    """An administrator's links."""
    named = api.InputUserSelf() if admin.id == client.id else client.input_user(admin)
    request = {"peer": chat_peer(group), "admin_id": named, "limit": 100, **options}
    return client.call(api.messages.GetExportedChatInvites(**request))


def importers(client: Client, group: int, **options: Any) -> Any:
    """Who came, or waits."""
    request = {
        "peer": chat_peer(group),
        "offset_date": 0,
        "offset_user": api.InputUserEmpty(),
        "limit": 100,
        **options,
    }
    return client.call(api.messages.GetChatInviteImporters(**request))


def refused(error: str, client: Client, invite: Any) -> None:
    """The link does not let the client in."""
    with pytest.raises(RpcError, match=error):
        join(client, invite)


# Links


def test_a_permanent_link_shows_nothing_else(world: World) -> None:
    group = make_group(world.alice, world.bob)
    invite = export(world.alice, group)
    assert invite.permanent
    assert invite.link.startswith("https://t.me/+")
    rest = (invite.title, invite.expire_date, invite.usage_limit, invite.start_date, invite.requested)
    assert rest == (None, None, None, None, None)
    assert full(world.alice, group).full_chat.exported_invite == invite
    assert full(world.bob, group).full_chat.exported_invite is None
    successor = export(world.alice, group, legacy_revoke_permanent=True)
    assert successor.link != invite.link
    refused("INVITE_HASH_EXPIRED", world.carol, invite)
    assert not export(world.alice, group).permanent


def test_coming_in(world: World) -> None:
    group = make_group(world.alice, world.bob)
    invite = export(world.alice, group)
    preview = check(world.carol, invite)
    assert (preview.title, preview.participants_count, preview.channel) == ("Friends", 2, False)
    told = grouped(after(world.bob, lambda: join(world.carol, invite)))
    assert told["updateChatParticipantAdd"][0].user_id == world.carol.id
    (new,) = told["updateNewMessage"]
    assert new.message.action == api.MessageActionChatJoinedByLink(inviter_id=world.alice.id)
    assert new.message.from_id == api.PeerUser(user_id=world.carol.id)
    assert members_of(world.carol, group) == [world.alice.id, world.bob.id, world.carol.id]
    assert isinstance(check(world.carol, invite), api.ChatInviteAlready)
    refused("USER_ALREADY_PARTICIPANT", world.carol, invite)
    assert importers(world.alice, group, link=invite.link).importers[0].user_id == world.carol.id
    assert listed(world.alice, group, world.alice).invites[0].usage == 1


def test_old_layers_are_answered_with_updates(world: World) -> None:
    group = make_group(world.alice)
    invite = export(world.alice, group)
    result = join(world.carol, invite)
    assert isinstance(result, api.messages.ChatInviteJoinResultOk)
    old = next(
        line
        for line in tl.schema.api_schema()
        if line.name == "messages.importChatInvite" and str(line.result) == "Updates"
    )
    assert tl.encode_result(result, old.id, 200)[:4] == api.Updates.CONSTRUCTOR_ID.to_bytes(4, "little")


def test_terms(world: World) -> None:
    group = make_group(world.alice)
    others = crowd(world.server, 3)
    limited = export(world.alice, group, usage_limit=1, title="one")
    soon = export(world.alice, group, expire_date=int(world.server.clock()) + 60)
    assert (limited.title, limited.usage_limit, limited.permanent) == ("one", 1, False)
    join(others[0], limited)
    refused("INVITE_HASH_EXPIRED", others[1], limited)
    join(others[1], soon)
    world.server.clock.advance(61)
    refused("INVITE_HASH_EXPIRED", others[2], soon)
    more = edit(world.alice, group, limited, usage_limit=2).invite
    assert (more.usage_limit, more.title) == (2, "one")
    assert more.start_date
    join(others[2], limited)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"expire_date": 5}, "EXPIRE_DATE_INVALID"),
        ({"usage_limit": 1, "request_needed": True}, "USAGE_LIMIT_INVALID"),
        ({"usage_limit": 100_000}, "USAGE_LIMIT_INVALID"),
        ({"subscription_pricing": api.StarsSubscriptionPricing(period=1, amount=1)}, "PRICING_CHAT_INVALID"),
    ],
)
def test_terms_that_are_refused(world: World, options: dict[str, Any], error: str) -> None:
    group = make_group(world.alice)
    with pytest.raises(RpcError, match=error):
        export(world.alice, group, **options)


@pytest.mark.parametrize(
    ("hash_", "error"),
    [("", "INVITE_HASH_EMPTY"), ("!?", "INVITE_HASH_INVALID"), ("abcdefgh12345678", "INVITE_HASH_EXPIRED")],
)
def test_hashes_that_lead_nowhere(world: World, hash_: str, error: str) -> None:
    for request in (api.messages.CheckChatInvite(hash=hash_), api.messages.ImportChatInvite(hash=hash_)):
        with pytest.raises(RpcError, match=error):
            world.alice.call(request)


def test_revoking(world: World) -> None:
    group = make_group(world.alice)
    permanent = export(world.alice, group)
    with pytest.raises(RpcError, match="CHAT_INVITE_PERMANENT"):
        edit(world.alice, group, permanent, title="mine")
    replaced = edit(world.alice, group, permanent, revoked=True)
    assert replaced.invite.revoked
    assert replaced.new_invite.permanent
    other = export(world.alice, group, title="other")
    with pytest.raises(RpcError, match="INVITE_REVOKED_MISSING"):
        world.alice.call(api.messages.DeleteExportedChatInvite(peer=chat_peer(group), link=other.link))
    assert isinstance(edit(world.alice, group, other, revoked=True), api.messages.ExportedChatInvite)
    with pytest.raises(RpcError, match="INVITE_HASH_EXPIRED"):
        edit(world.alice, group, other, title="again")
    assert {link.link for link in listed(world.alice, group, world.alice, revoked=True).invites} == {
        permanent.link,
        other.link,
    }
    world.alice.call(api.messages.DeleteExportedChatInvite(peer=chat_peer(group), link=other.link))
    assert listed(world.alice, group, world.alice, revoked=True).count == 1
    world.alice.call(api.messages.DeleteRevokedExportedChatInvites(peer=chat_peer(group), admin_id=api.InputUserSelf()))
    assert listed(world.alice, group, world.alice, revoked=True).count == 0
    assert [link.link for link in listed(world.alice, group, world.alice).invites] == [replaced.new_invite.link]


def test_links_are_paged(world: World) -> None:
    group = make_group(world.alice)
    made = []
    for number in range(5):
        world.server.clock.advance(1)
        made.append(export(world.alice, group, title=f"link {number}").link)
    first = listed(world.alice, group, world.alice, limit=2)
    assert (first.count, [link.link for link in first.invites]) == (5, made[:2:-1])
    last = first.invites[-1]
    rest = listed(world.alice, group, world.alice, offset_date=last.date, offset_link=last.link)
    assert [link.link for link in rest.invites] == made[2::-1]


def test_whose_links_one_manages(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        export(world.bob, group)
    world.alice.call(
        api.messages.EditChatAdmin(chat_id=group, user_id=world.alice.input_user(world.bob), is_admin=True)
    )
    of_bob, of_alice = export(world.bob, group), export(world.alice, group)
    assert listed(world.alice, group, world.bob).invites == [of_bob]
    for refused_call in (
        lambda: listed(world.bob, group, world.alice),
        lambda: edit(world.bob, group, of_alice, revoked=True),
        lambda: world.bob.call(api.messages.GetAdminsWithInvites(peer=chat_peer(group))),
    ):
        with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
            refused_call()
    counts = world.alice.call(api.messages.GetAdminsWithInvites(peer=chat_peer(group)))
    assert {admin.admin_id: admin.invites_count for admin in counts.admins} == {world.alice.id: 1, world.bob.id: 1}
    found = world.alice.call(api.messages.GetExportedChatInvite(peer=chat_peer(group), link=of_bob.link))
    assert found.invite == of_bob
    stranger = world.server.user("Dave")
    with pytest.raises(RpcError, match="CHAT_ID_INVALID"):
        export(stranger, group)


def test_who_was_removed_does_not_come_back_by_a_link(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    invite = export(world.alice, group)
    remove(world.alice, group, world.bob)
    refused("INVITE_HASH_EXPIRED", world.bob, invite)
    with pytest.raises(RpcError, match="INVITE_HASH_EXPIRED"):
        check(world.bob, invite)
    remove(world.carol, group, world.carol)
    join(world.carol, invite)
    assert world.carol.id in members_of(world.alice, group)


# Requests


def _answer(client: Client, group: int, user: Client, *, approved: bool) -> Any:
    request = api.messages.HideChatJoinRequest(
        peer=chat_peer(group), user_id=client.input_user(user), approved=approved
    )
    result = client.call(request)
    client.server.settle()
    return result


def test_a_request_waits_for_an_administrator(world: World) -> None:
    group = make_group(world.alice, world.bob)
    invite = export(world.alice, group, request_needed=True)
    assert check(world.carol, invite).request_needed

    def ask() -> None:
        refused("INVITE_REQUEST_SENT", world.carol, invite)
        world.server.settle()

    (told,) = after(world.alice, ask)
    assert told == api.UpdatePendingJoinRequests(
        peer=api.PeerChat(chat_id=group), requests_pending=1, recent_requesters=[world.carol.id]
    )
    assert after(world.alice, ask) == []  # who asks again goes on waiting
    assert after(world.bob, ask) == []
    page = full(world.alice, group)
    assert (page.full_chat.requests_pending, page.full_chat.recent_requesters) == (1, [world.carol.id])
    assert world.carol.id in {user.id for user in page.users}
    assert importers(world.alice, group, requested=True, q="car").count == 1
    assert importers(world.alice, group, requested=True, q="dave").count == 0
    with pytest.raises(RpcError, match="CHAT_ID_INVALID"):
        world.carol.call(history(chat_peer(group)))
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        _answer(world.bob, group, world.carol, approved=True)

    told_bob = grouped(after(world.bob, lambda: _answer(world.alice, group, world.carol, approved=True)))
    assert told_bob["updateNewMessage"][0].message.action == api.MessageActionChatJoinedByRequest()
    assert members_of(world.carol, group) == [world.alice.id, world.bob.id, world.carol.id]
    (own,) = world.carol.call(history(chat_peer(group))).messages
    assert own.out
    joined = importers(world.alice, group, link=invite.link).importers[0]
    assert (joined.user_id, joined.approved_by) == (world.carol.id, world.alice.id)
    assert full(world.alice, group).full_chat.requests_pending is None
    with pytest.raises(RpcError, match="HIDE_REQUESTER_MISSING"):
        _answer(world.alice, group, world.carol, approved=True)


def test_a_declined_request_is_gone(world: World) -> None:
    group = make_group(world.alice)
    invite = export(world.alice, group, request_needed=True)
    refused("INVITE_REQUEST_SENT", world.carol, invite)
    answer = _answer(world.alice, group, world.carol, approved=False)
    assert answer.updates[0].requests_pending == 0
    assert members_of(world.alice, group) == [world.alice.id]
    refused("INVITE_REQUEST_SENT", world.carol, invite)


def test_all_requests_at_once(world: World) -> None:
    group = make_group(world.alice, world.bob)
    first = export(world.alice, group, request_needed=True)
    second = export(world.alice, group, request_needed=True, title="second")
    others = crowd(world.server, 6)
    for number, other in enumerate(others):
        refused("INVITE_REQUEST_SENT", other, first if number < 4 else second)
    request = api.messages.HideAllChatJoinRequests(peer=chat_peer(group), approved=True, link=second.link)
    world.alice.call(request)
    world.server.settle()
    assert set(members_of(world.alice, group)) == {world.alice.id, world.bob.id, others[4].id, others[5].id}
    say(others[5], group, "thank you")
    declined = world.alice.call(api.messages.HideAllChatJoinRequests(peer=chat_peer(group)))
    assert declined.updates[0].requests_pending == 0
    assert importers(world.alice, group, requested=True).count == 0


def test_letting_in_costs_the_same_for_one_and_for_many(world: World) -> None:
    counts = []
    for size in (1, 8):
        group = make_group(world.alice, world.bob)
        invite = export(world.alice, group, request_needed=True)
        for other in crowd(world.server, size):
            refused("INVITE_REQUEST_SENT", other, invite)
        request = api.messages.HideAllChatJoinRequests(peer=chat_peer(group), approved=True)
        counts.append(statements(world.alice, request))
    assert counts[0] == counts[1]
