"""Basic groups: https://core.telegram.org/api/channel#basic-groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from functions.sync.retention import prune
from layers.domain import limits
from layers.domain.files import locate
from layers.errors import RpcError
from layers.schema import contents, inbox_reads, outbox_reads
from tests.harness import Client, grouped
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.grouping import add, chat_peer, full, make_group, members_of, remove, say
from tests.unit.functions.messages.world import after, crowd, dialogs, history, last_id, statements, texts
from tl import api


def _everyone_disallowed(client: Client) -> None:
    client.call(api.account.SetPrivacy(key=api.InputPrivacyKeyChatInvite(), rules=[api.InputPrivacyValueDisallowAll()]))


# Coming about


def test_the_answer_holds_one_message_id_and_one_service_message(world: World) -> None:
    request = api.messages.CreateChat(users=[world.alice.input_user(world.bob)], title="  Good \n friends ")
    updates = grouped(world.alice.call(request).updates.updates)
    assert len(updates["updateMessageID"]) == len(updates["updateNewMessage"]) == 1
    (new,) = updates["updateNewMessage"]
    assert new.message.action == api.MessageActionChatCreate(title="Good friends", users=[world.alice.id, world.bob.id])
    assert updates["updateMessageID"][0].id == new.message.id
    (listed,) = updates["updateChatParticipants"]
    assert {type(item).__name__ for item in listed.participants.participants} == {
        "ChatParticipantCreator",
        "ChatParticipant",
    }


def test_a_new_group_is_in_the_list_of_everyone(world: World) -> None:
    group = make_group(world.alice, world.bob)
    for client in (world.alice, world.bob):
        page = client.call(dialogs())
        assert [dialog.peer for dialog in page.dialogs] == [api.PeerChat(chat_id=group)]
        (chat,) = page.chats
        assert (chat.id, chat.title, chat.participants_count) == (group, "Friends", 2)
        assert chat.creator == (client is world.alice)
        assert chat.default_banned_rights.until_date == 0x7FFFFFFF
        assert page.dialogs[0].pts is None


@pytest.mark.parametrize("title", ["", "  \n"])
def test_a_group_needs_a_name(world: World, title: str) -> None:
    with pytest.raises(RpcError, match="CHAT_TITLE_EMPTY"):
        world.alice.call(api.messages.CreateChat(users=[], title=title))


def test_who_does_not_let_himself_be_added_is_named(world: World) -> None:
    _everyone_disallowed(world.bob)
    world.carol.call(api.contacts.Block(id=world.carol.peer(world.alice)))
    invited = [world.alice.input_user(other) for other in (world.bob, world.carol)]
    answer = world.alice.call(api.messages.CreateChat(users=invited, title="Friends"))
    assert {missing.user_id for missing in answer.missing_invitees} == {world.bob.id, world.carol.id}
    world.server.settle()
    assert world.bob.call(dialogs()).dialogs == []
    group = answer.updates.chats[0].id
    assert members_of(world.alice, group) == [world.alice.id]
    assert add(world.alice, group, world.bob).missing_invitees[0].user_id == world.bob.id
    assert members_of(world.alice, group) == [world.alice.id]


def test_there_are_at_most_200(world: World) -> None:
    others = crowd(world.server, limits.CHAT_SIZE - 1)
    group = make_group(world.alice, *others)
    assert len(members_of(others[-1], group)) == limits.CHAT_SIZE
    with pytest.raises(RpcError, match="USERS_TOO_MUCH"):
        add(world.alice, group, world.bob)
    with pytest.raises(RpcError, match="USERS_TOO_MUCH"):
        make_group(world.alice, world.bob, *others)


# Sending


def _send(group: int, random_id: int) -> api.messages.SendMessage:
    return api.messages.SendMessage(peer=chat_peer(group), message="hello", random_id=random_id)


def test_sending_costs_the_same_in_a_group_of_10_and_of_60(world: World) -> None:  # checklist 90
    small = make_group(world.alice, *crowd(world.server, 9))
    large = make_group(world.alice, *crowd(world.server, 59))
    for group in (small, large):
        say(world.alice, group, "first")
    assert statements(world.alice, _send(small, 1)) == statements(world.alice, _send(large, 2))


def test_a_message_is_stored_once_and_gone_with_its_last_copy(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)

    def stored() -> int:
        with world.server.services.database.transaction(writes=False) as db:
            return int(db.scalar(sa.select(sa.func.count()).select_from(contents)))

    before = stored()
    message_id = say(world.alice, group, "once")
    assert stored() == before + 1
    remove(world.alice, group, world.carol)
    world.alice.call(api.messages.DeleteMessages(id=[message_id], revoke=True))
    world.server.settle()
    assert "once" in texts_of(world.carol, group)
    assert "once" not in texts_of(world.bob, group)
    world.carol.call(api.messages.DeleteHistory(peer=chat_peer(group), max_id=0))
    for client in (world.alice, world.bob):
        client.call(api.messages.DeleteHistory(peer=chat_peer(group), max_id=0))
    assert stored() == before - 1


def texts_of(client: Client, group: int) -> list[str]:
    """Texts of the group's messages in a box, service messages left out."""
    answer = client.call(history(chat_peer(group)))
    return [message.message for message in answer.messages if isinstance(message, api.Message)]


def test_messages_name_their_senders(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    say(world.bob, group, "from Bob")
    answer = world.carol.call(history(chat_peer(group)))
    assert answer.messages[0].from_id == api.PeerUser(user_id=world.bob.id)
    assert answer.messages[0].peer_id == api.PeerChat(chat_id=group)
    assert {user.id for user in answer.users} == {world.alice.id, world.bob.id, world.carol.id}
    assert [chat.id for chat in answer.chats] == [group]


@pytest.mark.parametrize(
    ("rights", "error"),
    [({"send_plain": True}, "CHAT_SEND_PLAIN_FORBIDDEN"), ({"send_messages": True}, "CHAT_WRITE_FORBIDDEN")],
)
def test_what_members_may_not_send(world: World, rights: dict[str, bool], error: str) -> None:
    group = make_group(world.alice, world.bob)
    banned = api.ChatBannedRights(until_date=0, **rights)
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=chat_peer(group), banned_rights=banned))
    with pytest.raises(RpcError, match=error):
        say(world.bob, group, "no")
    say(world.alice, group, "the owner may")
    world.alice.call(
        api.messages.EditChatAdmin(chat_id=group, user_id=world.alice.input_user(world.bob), is_admin=True)
    )
    say(world.bob, group, "administrators may")


def test_protected_content_is_not_forwarded(world: World) -> None:
    group = make_group(world.alice, world.bob)
    world.alice.call(api.messages.ToggleNoForwards(peer=chat_peer(group), enabled=True))
    message_id = say(world.bob, group, "secret")
    with pytest.raises(RpcError, match="CHAT_FORWARDS_RESTRICTED"):
        world.bob.call(
            api.messages.ForwardMessages(
                from_peer=chat_peer(group), id=[message_id], random_id=[1], to_peer=api.InputPeerSelf()
            )
        )


def test_typing_is_shown_to_members(world: World) -> None:
    group = make_group(world.alice, world.bob)
    request = api.messages.SetTyping(peer=chat_peer(group), action=api.SendMessageTypingAction())
    told = after(world.bob, lambda: world.alice.call(request))
    assert told == [
        api.UpdateChatUserTyping(
            chat_id=group, from_id=api.PeerUser(user_id=world.alice.id), action=api.SendMessageTypingAction()
        )
    ]
    world.carol.pushes()
    remove(world.bob, group, world.bob)
    assert after(world.bob, lambda: world.alice.call(request)) == []
    with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
        world.bob.call(request)


def test_groups_are_searched_like_other_chats(world: World) -> None:
    group = make_group(world.alice, world.bob)
    say(world.bob, group, "needle in the group")
    found = world.alice.call(
        api.messages.SearchGlobal(
            groups_only=True,
            q="needle",
            filter=api.InputMessagesFilterEmpty(),
            min_date=0,
            max_date=0,
            offset_rate=0,
            offset_peer=api.InputPeerEmpty(),
            offset_id=0,
            limit=10,
        )
    )
    assert texts(found) == ["needle in the group"]
    assert [chat.id for chat in found.chats] == [group]


def test_members_can_fetch_the_photo(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    photo = api.InputChatUploadedPhoto(file=upload(world.bob, picture(200, 200), name="a.jpg"))
    world.bob.call(api.messages.EditChatPhoto(chat_id=group, photo=photo))
    world.server.settle()
    services = world.server.services
    shown = world.carol.call(history(chat_peer(group))).messages[0].action.photo
    named = {"id": shown.id, "access_hash": shown.access_hash, "file_reference": shown.file_reference}
    assert locate(services, world.carol.caller, api.InputPhotoFileLocation(**named, thumb_size="c")).size > 0
    small = api.InputPeerPhotoFileLocation(peer=chat_peer(group), photo_id=shown.id)
    (chat,) = world.carol.call(api.messages.GetChats(id=[group])).chats
    assert chat.photo.photo_id == shown.id
    assert locate(services, world.carol.caller, small).size > 0
    assert full(world.carol, group).full_chat.chat_photo.access_hash == shown.access_hash
    remove(world.alice, group, world.carol)
    with pytest.raises(RpcError, match="LOCATION_INVALID"):
        locate(services, world.carol.caller, small)


# Reading


def _readers(client: Client, group: int, message_id: int) -> list[int]:
    request = api.messages.GetMessageReadParticipants(peer=chat_peer(group), msg_id=message_id)
    return [reader.user_id for reader in client.call(request)]


def test_who_has_read(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    message_id = say(world.alice, group, "read me")
    assert _readers(world.alice, group, message_id) == []
    world.bob.call(api.messages.ReadHistory(peer=chat_peer(group), max_id=0))
    world.server.settle()
    assert _readers(world.alice, group, message_id) == [world.bob.id]
    world.server.clock.advance(10)
    world.carol.call(api.messages.ReadHistory(peer=chat_peer(group), max_id=0))
    assert _readers(world.alice, group, message_id) == [world.carol.id, world.bob.id]
    later = say(world.alice, group, "and me")
    assert _readers(world.alice, group, later) == []


def test_what_keeps_readers_from_being_shown(world: World) -> None:
    group = make_group(world.alice, world.bob)
    theirs = say(world.bob, group, "not mine")
    mine = say(world.alice, group, "mine")
    with pytest.raises(RpcError, match="MSG_ID_INVALID"):
        _readers(world.alice, group, theirs + 1000)
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(api.messages.GetMessageReadParticipants(peer=world.alice.peer(world.bob), msg_id=mine))
    world.server.clock.advance(8 * 86_400)
    with pytest.raises(RpcError, match="MSG_TOO_OLD"):
        _readers(world.alice, group, mine)


# Members


def test_strangers_and_former_members_see_nothing(world: World) -> None:
    group = make_group(world.alice, world.bob)
    for request in (
        api.messages.GetFullChat(chat_id=group),
        api.messages.GetChats(id=[group]),
        history(chat_peer(group)),
        _send(group, 1),
    ):
        with pytest.raises(RpcError, match="CHAT_ID_INVALID"):
            world.carol.call(request)
    remove(world.alice, group, world.bob)
    say(world.alice, group, "among us")
    world.alice.call(api.messages.EditChatTitle(chat_id=group, title="Without Bob"))
    world.server.settle()
    page = full(world.bob, group)
    assert isinstance(page.full_chat.participants, api.ChatParticipantsForbidden)
    assert (page.full_chat.about, page.full_chat.chat_photo) == ("", None)
    assert page.chats == [api.ChatForbidden(id=group, title="Friends")]
    assert world.bob.call(api.messages.GetChats(id=[group])).chats == page.chats
    assert "among us" not in texts_of(world.bob, group)
    with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
        say(world.bob, group, "let me in")
    for writing in (
        api.messages.EditChatTitle(chat_id=group, title="Mine"),
        api.messages.AddChatUser(chat_id=group, user_id=world.bob.input_user(world.carol), fwd_limit=0),
        api.messages.DeleteChatUser(chat_id=group, user_id=api.InputUserSelf()),
    ):
        with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
            world.bob.call(writing)


def test_who_may_remove_whom(world: World) -> None:
    dave = world.server.user("Dave")
    group = make_group(world.alice, world.bob, world.carol)
    add(world.bob, group, dave)
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        remove(world.carol, group, dave)
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        remove(world.bob, group, world.alice)
    remove(world.bob, group, dave)  # whom he had brought
    with pytest.raises(RpcError, match="USER_NOT_PARTICIPANT"):
        remove(world.alice, group, dave)
    world.alice.call(
        api.messages.EditChatAdmin(chat_id=group, user_id=world.alice.input_user(world.carol), is_admin=True)
    )
    remove(world.carol, group, world.bob)
    assert members_of(world.alice, group) == [world.alice.id, world.carol.id]


def test_a_new_member_is_given_the_last_messages(world: World) -> None:
    group = make_group(world.alice, world.bob)
    for number in range(4):
        say(world.bob, group, f"message {number}")
    add(world.alice, group, world.carol, fwd_limit=3)
    assert texts_of(world.carol, group) == ["message 3", "message 2", "message 1"]
    remove(world.alice, group, world.carol)
    say(world.bob, group, "meanwhile")
    add(world.alice, group, world.carol, fwd_limit=100)
    found = texts_of(world.carol, group)
    assert sorted(found) == sorted(set(found))
    assert {"meanwhile", "message 0"} <= set(found)


def test_who_left_is_brought_back_only_by_those_he_knows(world: World) -> None:
    group = make_group(world.alice, world.bob)
    remove(world.bob, group, world.bob)
    with pytest.raises(RpcError, match="USER_NOT_MUTUAL_CONTACT"):
        add(world.alice, group, world.bob)
    with pytest.raises(RpcError, match="USER_ALREADY_PARTICIPANT"):
        world.alice.call(api.messages.AddChatUser(chat_id=group, user_id=api.InputUserSelf(), fwd_limit=0))


def test_only_the_owner_appoints_and_ends(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        world.bob.call(
            api.messages.EditChatAdmin(chat_id=group, user_id=world.bob.input_user(world.carol), is_admin=True)
        )
    for request in (
        api.messages.DeleteChat(chat_id=group),
        api.messages.ToggleNoForwards(peer=chat_peer(group), enabled=True),
    ):
        with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
            world.bob.call(request)
    world.alice.call(api.messages.DeleteChat(chat_id=group))
    world.server.settle()
    for client in (world.alice, world.bob):
        assert client.call(dialogs()).dialogs == []
    with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
        say(world.alice, group, "anyone?")


@pytest.mark.parametrize("right", ["change_info", "invite_users", "pin_messages"])
def test_a_right_taken_from_members_gives_its_error(world: World, right: str) -> None:
    group = make_group(world.alice, world.bob)
    message_id = say(world.bob, group, "hello")
    banned = api.ChatBannedRights(until_date=0, **{right: True})
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=chat_peer(group), banned_rights=banned))
    request = {
        "change_info": api.messages.EditChatTitle(chat_id=group, title="Mine"),
        "invite_users": api.messages.AddChatUser(chat_id=group, user_id=world.bob.input_user(world.carol), fwd_limit=0),
        "pin_messages": api.messages.UpdatePinnedMessage(peer=chat_peer(group), id=message_id),
    }[right]
    with pytest.raises(RpcError, match="CHAT_ADMIN_REQUIRED"):
        world.bob.call(request)
    with pytest.raises(RpcError, match="CHAT_NOT_MODIFIED"):
        world.alice.call(api.messages.EditChatDefaultBannedRights(peer=chat_peer(group), banned_rights=banned))


def test_administrators_delete_what_others_wrote(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    say(world.carol, group, "rude")
    seen_by_bob = world.bob.call(history(chat_peer(group))).messages[0].id
    with pytest.raises(RpcError, match="MESSAGE_DELETE_FORBIDDEN"):
        world.bob.call(api.messages.DeleteMessages(id=[seen_by_bob], revoke=True))
    seen_by_alice = world.alice.call(history(chat_peer(group))).messages[0].id
    world.alice.call(api.messages.DeleteMessages(id=[seen_by_alice], revoke=True))
    world.server.settle()
    assert texts_of(world.carol, group) == []


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (lambda g: api.messages.EditChatTitle(chat_id=g, title="Friends"), "CHAT_NOT_MODIFIED"),
        (lambda g: api.messages.EditChatTitle(chat_id=g, title=" "), "CHAT_TITLE_EMPTY"),
        (lambda g: api.messages.EditChatAbout(peer=chat_peer(g), about="x" * 256), "CHAT_ABOUT_TOO_LONG"),
        (lambda g: api.messages.EditChatAbout(peer=chat_peer(g), about=""), "CHAT_ABOUT_NOT_MODIFIED"),
        (lambda g: api.messages.EditChatPhoto(chat_id=g, photo=api.InputChatPhotoEmpty()), "CHAT_NOT_MODIFIED"),
        (
            lambda g: api.messages.EditChatDefaultBannedRights(
                peer=chat_peer(g), banned_rights=api.ChatBannedRights(view_messages=True, until_date=0)
            ),
            "BANNED_RIGHTS_INVALID",
        ),
        (
            lambda g: api.messages.EditChatDefaultBannedRights(
                peer=chat_peer(g), banned_rights=api.ChatBannedRights(until_date=5)
            ),
            "UNTIL_DATE_INVALID",
        ),
        (lambda g: api.messages.CreateChat(users=[], title="x", ttl_period=-5), "TTL_PERIOD_INVALID"),
        (lambda g: api.messages.GetFullChat(chat_id=g + 1), "CHAT_ID_INVALID"),
        (lambda g: api.messages.GetFullChat(chat_id=-5), "CHAT_ID_INVALID"),
        (
            lambda g: api.messages.SetChatTheme(peer=chat_peer(g), theme=api.InputChatThemeEmpty()),
            "PEER_ID_INVALID",
        ),
    ],
)
def test_what_is_refused_by_name(world: World, request_: object, error: str) -> None:
    group = make_group(world.alice, world.bob)
    with pytest.raises(RpcError, match=error):
        world.alice.call(request_(group))  # type: ignore[operator]


def test_common_chats(world: World) -> None:
    groups = sorted((make_group(world.alice, world.bob) for _ in range(3)), reverse=True)
    make_group(world.alice, world.carol)
    left = make_group(world.bob, world.alice)
    remove(world.alice, left, world.alice)

    def page(limit: int, max_id: int = 0) -> list[int]:
        request = api.messages.GetCommonChats(user_id=world.alice.input_user(world.bob), max_id=max_id, limit=limit)
        return [chat.id for chat in world.alice.call(request).chats]

    assert page(100) == groups
    assert page(2) == groups[:2]
    assert page(2, groups[1]) == groups[2:]
    user = world.alice.call(api.users.GetFullUser(id=world.alice.input_user(world.bob)))
    assert user.full_user.common_chats_count == 3


def test_the_statements_of_a_list_do_not_grow_with_groups(world: World) -> None:
    make_group(world.alice, world.bob)
    one = statements(world.alice, dialogs())
    for _ in range(5):
        make_group(world.alice, world.bob, world.carol)
    assert statements(world.alice, dialogs()) == one


def test_who_is_online(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    world.carol.disconnect()
    assert world.alice.call(api.messages.GetOnlines(peer=chat_peer(group))).onlines == 2


def test_a_group_is_found_by_its_name(world: World) -> None:
    group = make_group(world.alice, world.bob, title="Chess on Sundays")
    request = api.contacts.Search(q="sund", limit=10)
    found = world.bob.call(request)
    assert found.my_results == [api.PeerChat(chat_id=group)]
    assert [chat.id for chat in found.chats] == [group]
    assert world.carol.call(request).my_results == []
    remove(world.alice, group, world.bob)
    assert world.bob.call(request).my_results == []


def test_moments_of_reading_are_forgotten_in_time(world: World) -> None:
    group = make_group(world.alice, world.bob)

    def kept() -> int:
        with world.server.services.database.transaction(writes=False) as db:
            return sum(
                int(db.scalar(sa.select(sa.func.count()).select_from(table))) for table in (inbox_reads, outbox_reads)
            )

    for _ in range(2):
        world.server.clock.advance(3600)
        say(world.alice, group, "read me")
        world.bob.call(api.messages.ReadHistory(peer=chat_peer(group), max_id=0))
        world.server.settle()
    before = kept()
    prune(world.server.services)
    assert kept() == before > 0
    world.server.clock.advance(605_000)
    prune(world.server.services)
    assert kept() == 0


def test_privacy_rules_may_name_groups(world: World) -> None:
    group = make_group(world.alice, world.bob, world.carol)
    other = make_group(world.bob, world.carol)
    shown = [api.InputPrivacyValueAllowChatParticipants(chats=[group]), api.InputPrivacyValueDisallowAll()]
    key = api.InputPrivacyKeyPhoneNumber()
    answer = world.alice.call(api.account.SetPrivacy(key=key, rules=shown))
    assert answer.rules[0] == api.PrivacyValueAllowChatParticipants(chats=[group])
    assert [chat.id for chat in answer.chats] == [group]
    with pytest.raises(RpcError, match="PRIVACY_VALUE_INVALID"):
        foreign = [api.InputPrivacyValueAllowChatParticipants(chats=[other])]
        world.alice.call(api.account.SetPrivacy(key=key, rules=foreign))

    def phone(viewer: Client) -> str | None:
        (user,) = viewer.call(api.users.GetUsers(id=[viewer.input_user(world.alice)]))
        return user.phone  # type: ignore[no-any-return]

    assert phone(world.bob)
    assert phone(world.server.user("Dave")) is None
    remove(world.alice, group, world.bob)
    assert phone(world.bob) is None
    assert phone(world.carol)


def test_a_timer_holds_for_everyone_who_comes(world: World) -> None:
    invited = [world.alice.input_user(world.bob)]
    answer = world.alice.call(api.messages.CreateChat(users=invited, title="Short", ttl_period=86_400))
    world.server.settle()
    group = answer.updates.chats[0].id
    add(world.alice, group, world.carol)
    say(world.bob, group, "for a day")
    for client in (world.alice, world.bob, world.carol):
        (dialog,) = client.call(dialogs()).dialogs
        assert dialog.ttl_period == 86_400
        assert client.call(history(chat_peer(group))).messages[0].ttl_period == 86_400
    assert full(world.carol, group).full_chat.ttl_period == 86_400


def test_the_owner_leaves_the_group_to_somebody(world: World, fails: Callable[..., Any]) -> None:
    alice, bob, carol = world.alice, world.bob, world.carol
    bot = world.server.user("Bot", bot=True)
    group = make_group(alice, bob, carol, bot)
    peer = chat_peer(group)

    def heir(client: Client) -> Any:
        return client.call(api.messages.GetFutureChatCreatorAfterLeave(peer=peer))

    def kinds(client: Client) -> dict[int, str]:
        listed = client.call(api.messages.GetFullChat(chat_id=group)).full_chat.participants.participants
        return {item.user_id: type(item).__name__ for item in listed}

    assert heir(alice).id == bob.id
    alice.call(api.messages.EditChatAdmin(chat_id=group, user_id=alice.input_user(carol), is_admin=True))
    assert heir(alice).id == carol.id
    fails("CHAT_ADMIN_REQUIRED", carol, api.messages.GetFutureChatCreatorAfterLeave(peer=peer))
    remove(alice, group, alice)
    assert kinds(bob) == {carol.id: "ChatParticipantCreator", bob.id: "ChatParticipant", bot.id: "ChatParticipant"}
    actions = [getattr(message, "action", None) for message in last_messages(bob, 2)]
    assert actions == [
        api.MessageActionChatDeleteUser(user_id=alice.id),
        api.MessageActionChangeCreator(new_creator_id=carol.id),
    ]
    carol.call(api.messages.EditChatTitle(chat_id=group, title="Of Carol"))
    remove(carol, group, carol)
    assert kinds(bob)[bob.id] == "ChatParticipantCreator"
    # Nobody but a bot is left to.
    assert heir(bob) == api.UserEmpty(id=0)
    remove(bob, group, bob)


def last_messages(client: Client, count: int) -> list[Any]:
    newest = last_id(client)
    named = [api.InputMessageID(id=newest - index) for index in range(count)]
    found: list[Any] = client.call(api.messages.GetMessages(id=named)).messages
    return found
