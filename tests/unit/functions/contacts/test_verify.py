"""Whoever applies the pushes holds what a fresh fetch gives: address books and block lists on every device."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tl
from layers.schema import blocked_peers, contacts, saved_contacts, users
from tests.harness import Client, Harness
from tests.unit.functions.contacts.test_imports import entry
from tl import api


class Onlooker:
    """A device that only looks on: contacts as it shows them, and both block lists."""

    def __init__(self, device: Client) -> None:
        self.device = device
        self.contacts, self.blocked = _fetch(device)
        self._seen = device.server.push_count

    def look(self) -> None:
        """Apply what was pushed since the last look, then compare with a fresh fetch."""
        server = self.device.server
        pushes, self._seen = server.pushes_since(self._seen), server.push_count
        for push in pushes:
            if self.device.receives(push):
                self._apply(tl.decode(push.updates))
        assert (self.contacts, self.blocked) == _fetch(self.device)

    def _apply(self, container: Any) -> None:
        for user in container.users:
            self.contacts.pop(user.id, None)
            if user.contact:
                self.contacts[user.id] = _shown(user)
        for update in container.updates:
            if isinstance(update, api.UpdatePeerBlocked):
                user_id = cast("api.PeerUser", update.peer_id).user_id
                self.blocked.pop(user_id, None)
                if update.blocked or update.blocked_my_stories_from:
                    self.blocked[user_id] = update.blocked


def _shown(user: Any) -> tuple[Any, ...]:
    return (user.first_name, user.last_name, user.phone, user.mutual_contact, user.close_friend)


def _fetch(device: Client) -> tuple[dict[int, Any], dict[int, bool]]:
    """(contact id → what is shown of it, blocked peer → in full)."""
    book = device.call(api.contacts.GetContacts(hash=0))
    assert {item.user_id: item.mutual for item in book.contacts} == {
        user.id: user.mutual_contact for user in book.users
    }
    blocked = {}
    for stories_only in (False, True):
        page = device.call(api.contacts.GetBlocked(my_stories_from=stories_only, offset=0, limit=100))
        blocked.update({item.peer_id.user_id: not stories_only for item in page.blocked})
    return {user.id: _shown(user) for user in book.users}, blocked


_TABLES = (contacts, saved_contacts, blocked_peers, users)
_PHONES = ("491701234501", "491701234502", "491701234503")
_ACTIONS = (
    "add",
    "add with number",
    "delete",
    "import",
    "delete number",
    "close friend",
    "no close friends",
    "block",
    "unblock",
    "block from stories",
    "unblock from stories",
    "set blocked",
)


def _request(action: str, owner: Client, other: Client, phone: str) -> Any:
    user, peer = owner.input_user(other), owner.peer(other)
    match action:
        case "add":
            return api.contacts.AddContact(id=user, first_name=f"A{other.id}", last_name="", phone="")
        case "add with number":
            return api.contacts.AddContact(id=user, first_name=f"P{other.id}", last_name="L", phone=f"+{phone}")
        case "delete":
            return api.contacts.DeleteContacts(id=[user])
        case "import":
            return api.contacts.ImportContacts(contacts=[entry(f"+{phone}", 1, "Imported")])
        case "delete number":
            return api.contacts.DeleteByPhones(phones=[phone])
        case "close friend":
            return api.contacts.EditCloseFriends(id=[other.id])
        case "no close friends":
            return api.contacts.EditCloseFriends(id=[])
        case "set blocked":
            return api.contacts.SetBlocked(id=[peer], limit=100)
        case _:
            method = api.contacts.Unblock if action.startswith("un") else api.contacts.Block
            return method(id=peer, my_stories_from=action.endswith("stories"))


_STEPS = st.lists(st.tuples(st.sampled_from(_ACTIONS), st.integers(0, 2), st.integers(1, 2)), min_size=1, max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_devices_that_look_on_hold_the_truth(server: Harness, steps: list[tuple[str, int, int]]) -> None:
    with server.services.database.transaction(writes=True) as db:
        for table in _TABLES:
            db.execute(table.delete())
    people = [server.user(f"U{number}", phone=phone) for number, phone in enumerate(_PHONES)]
    onlookers = [Onlooker(person.device()) for person in people]
    for action, who, step in steps:
        whom = (who + step) % len(people)
        people[who].call(_request(action, people[who], people[whom], _PHONES[whom]))
        for onlooker in onlookers:
            onlooker.look()
