"""Messages of 777000: login codes for signed-in users, notices of new logins. Checklist 100, 105."""

from __future__ import annotations

from typing import Any

from layers.domain.login import pending_codes
from layers.domain.peers import SERVICE_USER_ID
from tests.harness import Client, Harness
from tests.unit.functions.auth.conftest import PHONE, send_code
from tl import api


def service_history(client: Client) -> list[Any]:
    """What 777000 has written, newest first; the client must see its dialog."""
    client.server.settle()
    found = client.call(
        api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0)
    )
    [dialog] = [dialog for dialog in found.dialogs if dialog.peer == api.PeerUser(user_id=SERVICE_USER_ID)]
    [user] = [user for user in found.users if user.id == SERVICE_USER_ID]
    assert (user.verified, user.support, user.first_name) == (True, True, "Cirrusgram")
    peer = api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)
    history = client.call(
        api.messages.GetHistory(
            peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=10, max_id=0, min_id=0, hash=0
        )
    )
    assert dialog.top_message == history.messages[0].id
    assert dialog.unread_count == len(history.messages)
    return list(history.messages)


def test_a_signed_in_user_gets_the_code_as_a_message(server: Harness, alice: Client) -> None:
    sent = send_code(server.device(None))
    assert isinstance(sent.sent.type, api.auth.SentCodeTypeApp)
    assert isinstance(sent.sent.next_type, api.auth.CodeTypeSms)
    [message] = service_history(alice)
    assert message.message.startswith(f"Login code: {sent.code}.")
    assert message.from_id is None
    assert message.peer_id == api.PeerUser(user_id=SERVICE_USER_ID)
    assert not message.out
    assert "updateNewMessage" in {update.TL_NAME for update in alice.pushes()}


def test_resent_codes_go_by_the_other_way(server: Harness, alice: Client) -> None:
    sent = send_code(server.device(None))
    again = sent.client.call(api.auth.ResendCode(phone_number="+" + PHONE, phone_code_hash=sent.sent.phone_code_hash))
    assert isinstance(again.type, api.auth.SentCodeTypeSms)
    assert len(service_history(alice)) == 1


def test_codes_for_new_numbers_and_signed_out_users_are_not_messages(server: Harness, alice: Client) -> None:
    assert isinstance(send_code(server.device(None), "9996621299").sent.type, api.auth.SentCodeTypeSms)
    alice.call(api.auth.LogOut())
    assert isinstance(send_code(server.device(None)).sent.type, api.auth.SentCodeTypeSms)
    assert len(pending_codes(server.services)) == 2


def test_a_new_login_is_told(server: Harness, alice: Client) -> None:
    sent = send_code(server.device(None))
    sent.sign_in()
    notice, code = service_history(alice)
    assert notice.message.startswith("New login.")
    assert "Device: harness, 1" in notice.message
    assert code.message.startswith("Login code: ")


def test_the_first_login_is_not(server: Harness) -> None:
    alice = server.user("Alice", phone=PHONE)
    alice.call(api.auth.LogOut())
    sent = send_code(server.device(None))
    sent.sign_in()
    server.settle()
    assert alice.pushes() == []
