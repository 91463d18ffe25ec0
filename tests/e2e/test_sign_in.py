"""Signing in and out with Telethon, and what survives a restart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from telethon.errors import AuthKeyUnregisteredError, PhoneCodeInvalidError, UnauthorizedError
from telethon.tl import functions

from tests.e2e.clients.phones import new_phone
from tests.e2e.clients.telethon_client import make_client, session_string, sign_in, telethon
from tests.e2e.people import Circle, People, people_of
from tests.e2e.waiting import eventually
from tests.servers import Server


async def test_wrong_code(server: Server) -> None:
    phone = new_phone()
    async with telethon(server) as client:
        sent = await client.send_code_request(phone)
        with pytest.raises(PhoneCodeInvalidError):
            await client.sign_in(phone, "00000", phone_code_hash=sent.phone_code_hash)
        with pytest.raises(AuthKeyUnregisteredError):
            await client(functions.contacts.GetContactsRequest(hash=0))
        user = await sign_in(client, phone, "Late")
        assert user.first_name == "Late"


async def test_second_device_is_listed_and_can_be_ended(people: People) -> None:
    alice = await people.sign_up("Alice", device_model="Phone")
    tablet = await people.another_device(alice, device_model="Tablet")
    assert tablet.id == alice.id
    listed = (await alice(functions.account.GetAuthorizationsRequest())).authorizations
    assert {(entry.device_model, entry.current) for entry in listed} == {("Phone", True), ("Tablet", False)}
    [other] = [entry for entry in listed if not entry.current]
    await alice(functions.account.ResetAuthorizationRequest(hash=other.hash))
    with pytest.raises(UnauthorizedError):
        await tablet(functions.updates.GetStateRequest())
    assert (await alice.client.get_me()).id == alice.id


async def test_log_out(people: People) -> None:
    alice = await people.sign_up("Alice")
    tablet = await people.another_device(alice)
    assert await tablet.client.log_out()
    listed = (await alice(functions.account.GetAuthorizationsRequest())).authorizations
    assert len(listed) == 1


async def test_sessions_survive_a_restart(make_server: Callable[..., Server]) -> None:
    server = make_server()
    phone = new_phone()
    async with telethon(server, "Alice", phone=phone) as alice:
        kept = session_string(alice)
        me = await alice.get_me()
        await alice.send_message("me", "before")
    server.restart()
    async with telethon(server, session=kept) as alice:
        assert (await alice.get_me()).id == me.id
        await alice.send_message("me", "after")
        assert [m.message for m in await alice.get_messages("me", limit=10)] == ["after", "before"]


async def test_a_connected_client_outlives_a_restart(make_server: Callable[..., Server]) -> None:
    server = make_server()
    async with people_of(server) as people:
        alice, bob = await people.sign_up("Alice"), await people.sign_up("Bob")
        await people.introduce(alice, bob)
        await alice.send(bob, "before")
        await bob.told.message("before")
        server.restart()
        await alice.send(bob, "after")
        await bob.client.get_me()
        await bob.told.message("after")


async def test_what_was_missed_is_caught_up(circle: Circle, server: Server) -> None:
    alice, bob = circle.alice, circle.bob
    sent = await alice.send(bob, "to be edited")
    await bob.told.message("to be edited")
    kept = session_string(bob.client)
    bob.client.session.save()
    state = await bob(functions.updates.GetStateRequest())
    await bob.client.disconnect()
    for number in range(3):
        await alice.send(bob, f"missed {number}")
    await alice.client.edit_message(bob.id, sent.id, "edited")
    again = make_client(server, kept)
    await again.connect()
    try:
        missed = functions.updates.GetDifferenceRequest(pts=state.pts, date=state.date, qts=state.qts)
        # The box of someone who is away fills a moment after the sender's answer.
        difference = await eventually(
            lambda: again(missed), lambda seen: bool(getattr(seen, "other_updates", ()) and seen.new_messages[2:])
        )
        assert [m.message for m in difference.new_messages] == ["missed 0", "missed 1", "missed 2"]
        edits = [u.message.message for u in difference.other_updates if hasattr(u, "message")]
        assert edits == ["edited"]
        assert difference.state.pts == state.pts + 4
        assert alice.id in {user.id for user in difference.users}
    finally:
        await again.disconnect()


async def test_reconnected_client_catches_up(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice.send(bob, "one")
    await bob.told.message("one")
    await bob.client.disconnect()
    await alice.send(bob, "two")
    await bob.client.connect()
    await bob.client.catch_up()
    await bob.told.message("two")
    await alice.send(bob, "three")
    await bob.told.message("three")
