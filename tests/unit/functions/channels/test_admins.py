"""Rights, restrictions, bans, and the error of each right that is missing: https://core.telegram.org/api/rights."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness import Client, grouped
from tests.unit.functions.channels.world import Channel, World, refused
from tests.unit.functions.messages.world import statements
from tl import api


def promote(channel: Channel, who: Client, *, by: Client | None = None, rank: str = "", **rights: bool) -> Any:
    """A request that gives somebody rights."""
    by = by or channel.owner
    return api.channels.EditAdmin(
        channel=channel.of(by), user_id=by.input_user(who), admin_rights=api.ChatAdminRights(**rights), rank=rank
    )


def restrict(channel: Channel, who: Client, *, by: Client | None = None, until_date: int = 0, **rights: bool) -> Any:
    """A request that restricts somebody."""
    by = by or channel.owner
    return api.channels.EditBanned(
        channel=channel.of(by),
        participant=by.peer(who),
        banned_rights=api.ChatBannedRights(until_date=until_date, **rights),
    )


def test_an_administrator(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    world.bob.pushes()
    world.alice.call(promote(group, world.bob, delete_messages=True, ban_users=True, rank="keeper"))
    assert grouped(world.bob.pushes())["updateChannel"]
    (chat,) = world.bob.call(api.channels.GetChannels(id=[group.of(world.bob)])).chats
    assert (chat.admin_rights.delete_messages, chat.admin_rights.pin_messages) == (True, False)
    message_id = group.post(world.carol, "spam")
    delete = api.channels.DeleteMessages(channel=group.of(world.bob), id=[message_id])
    world.bob.call(delete)
    asked = api.channels.GetParticipant(channel=group.of(world.alice), participant=world.alice.peer(world.bob))
    found = world.alice.call(asked).participant
    assert (found.rank, found.promoted_by, found.can_edit) == ("keeper", world.alice.id, True)
    world.alice.call(promote(group, world.bob))
    delete.id = [group.post(world.carol, "more spam")]
    assert refused(world.bob, delete) == "MESSAGE_DELETE_FORBIDDEN"
    full = world.alice.call(api.channels.GetFullChannel(channel=group.of(world.alice))).full_chat
    assert full.admins_count == 1


def test_nobody_grants_what_he_does_not_have(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    assert refused(world.bob, promote(group, world.carol, by=world.bob, pin_messages=True)) == "CHAT_ADMIN_REQUIRED"
    world.alice.call(promote(group, world.bob, add_admins=True, invite_users=True))
    assert refused(world.bob, promote(group, world.carol, by=world.bob, pin_messages=True)) == "RIGHT_FORBIDDEN"
    world.bob.call(promote(group, world.carol, by=world.bob, invite_users=True))
    assert refused(world.bob, promote(group, world.alice, by=world.bob, invite_users=True)) == "USER_CREATOR"
    ranked = promote(group, world.carol, rank="x" * 17, invite_users=True)
    assert refused(world.alice, ranked) == "ADMIN_RANK_INVALID"


def test_a_ban(world: World) -> None:
    group = world.supergroup(world.bob)
    group.publish("open_group")
    world.bob.pushes()
    answer = world.alice.call(restrict(group, world.bob, view_messages=True))
    (update,) = grouped(answer.updates)["updateNewChannelMessage"]
    assert update.message.action.user_id == world.bob.id
    assert grouped(world.bob.pushes())["updateChannel"]
    assert refused(world.bob, group.message(world.bob, "hi")) == "CHANNEL_PRIVATE"
    assert refused(world.bob, api.channels.JoinChannel(channel=group.of(world.bob))) == "CHANNEL_PRIVATE"
    (chat,) = world.bob.call(api.channels.GetChannels(id=[group.of(world.bob)])).chats
    assert isinstance(chat, api.ChannelForbidden)
    kicked = world.alice.call(
        api.channels.GetParticipants(
            channel=group.of(world.alice), filter=api.ChannelParticipantsKicked(q=""), offset=0, limit=10, hash=0
        )
    )
    (entry,) = kicked.participants
    assert (entry.left, entry.kicked_by, entry.peer) == (True, world.alice.id, api.PeerUser(user_id=world.bob.id))
    world.alice.call(restrict(group, world.bob))
    world.bob.call(api.channels.JoinChannel(channel=group.of(world.bob)))
    group.post(world.bob, "back")


def test_a_ban_ends(world: World) -> None:
    group = world.supergroup(world.bob)
    group.publish("open_group")
    until = int(world.server.clock()) + 3600
    world.alice.call(restrict(group, world.bob, view_messages=True, until_date=until))
    assert refused(world.bob, api.channels.JoinChannel(channel=group.of(world.bob))) == "CHANNEL_PRIVATE"
    world.server.clock.advance(3601)
    world.bob.call(api.channels.JoinChannel(channel=group.of(world.bob)))
    group.post(world.bob, "back")


def test_restrictions(world: World) -> None:
    group = world.supergroup(world.bob)
    world.alice.call(restrict(group, world.bob, send_plain=True))
    assert refused(world.bob, group.message(world.bob, "hi")) == "CHAT_SEND_PLAIN_FORBIDDEN"
    world.alice.call(restrict(group, world.bob, send_messages=True))
    assert refused(world.bob, group.message(world.bob, "hi")) == "CHAT_WRITE_FORBIDDEN"
    listed = world.alice.call(
        api.channels.GetParticipants(
            channel=group.of(world.alice), filter=api.ChannelParticipantsBanned(q=""), offset=0, limit=10, hash=0
        )
    )
    assert [(entry.left, entry.peer.user_id) for entry in listed.participants] == [(False, world.bob.id)]
    world.alice.call(restrict(group, world.bob))
    group.post(world.bob, "hi")


def test_slow_mode(world: World) -> None:  # checklist 71
    group = world.supergroup(world.bob)
    world.alice.call(api.channels.ToggleSlowMode(channel=group.of(world.alice), seconds=30))
    group.post(world.bob, "one")
    world.server.clock.advance(10)
    assert refused(world.bob, group.message(world.bob, "two")) == "SLOWMODE_WAIT_20"
    group.post(world.alice, "administrators need not wait")
    world.server.clock.advance(21)
    group.post(world.bob, "two")


def _of(group: Channel, who: Client) -> Any:
    return group.of(who)


MISSING: dict[str, tuple[str, Any]] = {
    "editTitle": ("CHAT_ADMIN_REQUIRED", lambda g, w: api.channels.EditTitle(channel=g.of(w), title="x")),
    "editPhoto": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.EditPhoto(channel=g.of(w), photo=api.InputChatPhotoEmpty()),
    ),
    "editChatAbout": ("CHAT_ADMIN_REQUIRED", lambda g, w: api.messages.EditChatAbout(peer=g.peer(w), about="x")),
    "updateUsername": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.UpdateUsername(channel=g.of(w), username="new_name"),
    ),
    "toggleSlowMode": ("CHAT_ADMIN_REQUIRED", lambda g, w: api.channels.ToggleSlowMode(channel=g.of(w), seconds=10)),
    "togglePreHistoryHidden": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.TogglePreHistoryHidden(channel=g.of(w), enabled=True),
    ),
    "toggleJoinToSend": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.ToggleJoinToSend(channel=g.of(w), enabled=True),
    ),
    "toggleJoinRequest": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.ToggleJoinRequest(channel=g.of(w), enabled=True),
    ),
    "toggleParticipantsHidden": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.ToggleParticipantsHidden(channel=g.of(w), enabled=True),
    ),
    "toggleAntiSpam": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.ToggleAntiSpam(channel=g.of(w), enabled=True),
    ),
    "toggleForum": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.ToggleForum(channel=g.of(w), enabled=True, tabs=False),
    ),
    "toggleNoForwards": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.messages.ToggleNoForwards(peer=g.peer(w), enabled=True),
    ),
    "convertToGigagroup": ("CHAT_ADMIN_REQUIRED", lambda g, w: api.channels.ConvertToGigagroup(channel=g.of(w))),
    "deleteChannel": ("CHAT_ADMIN_REQUIRED", lambda g, w: api.channels.DeleteChannel(channel=g.of(w))),
    "deleteHistory": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.DeleteHistory(channel=g.of(w), max_id=0, for_everyone=True),
    ),
    "deleteMessages": ("MESSAGE_DELETE_FORBIDDEN", lambda g, w: api.channels.DeleteMessages(channel=g.of(w), id=[4])),
    "deleteParticipantHistory": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.DeleteParticipantHistory(channel=g.of(w), participant=w.peer(g.owner)),
    ),
    "editMessage": (
        "MESSAGE_AUTHOR_REQUIRED",
        lambda g, w: api.messages.EditMessage(peer=g.peer(w), id=4, message="x"),
    ),
    "updatePinnedMessage": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.messages.UpdatePinnedMessage(peer=g.peer(w), id=4),
    ),
    "unpinAllMessages": ("CHAT_ADMIN_REQUIRED", lambda g, w: api.messages.UnpinAllMessages(peer=g.peer(w))),
    "editChatDefaultBannedRights": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.messages.EditChatDefaultBannedRights(
            peer=g.peer(w), banned_rights=api.ChatBannedRights(until_date=0)
        ),
    ),
    "editBanned": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: restrict(g, g.owner, by=w, view_messages=True),
    ),
    "editAdmin": ("CHAT_ADMIN_REQUIRED", lambda g, w: promote(g, g.owner, by=w, invite_users=True)),
    "getAdminLog": (
        "CHAT_ADMIN_REQUIRED",
        lambda g, w: api.channels.GetAdminLog(channel=g.of(w), q="", max_id=0, min_id=0, limit=10),
    ),
    "getMessageAuthor": ("CHAT_ADMIN_REQUIRED", lambda g, w: api.channels.GetMessageAuthor(channel=g.of(w), id=4)),
}


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_right_has_a_name(world: World, name: str) -> None:
    group = world.supergroup(world.bob)
    stop = api.ChatBannedRights(change_info=True, invite_users=True, pin_messages=True, until_date=0)
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=group.peer(world.alice), banned_rights=stop))
    group.post(world.alice, "one")
    group.post(world.alice, "two")
    error, make = MISSING[name]
    assert refused(world.bob, make(group, world.bob)) == error


def test_an_administrator_needs_a_right_for_what_members_may_not_do(world: World) -> None:
    group = world.supergroup(world.bob)
    rename = api.channels.EditTitle(channel=group.of(world.bob), title="Bob's")
    pin = api.messages.UpdatePinnedMessage(peer=group.peer(world.bob), id=group.post(world.alice, "one"))
    world.alice.call(promote(group, world.bob, ban_users=True))
    world.bob.call(rename)
    stop = api.ChatBannedRights(change_info=True, pin_messages=True, send_messages=True, until_date=0)
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=group.peer(world.alice), banned_rights=stop))
    world.alice.call(promote(group, world.bob, ban_users=True, pin_messages=True))
    rename.title = "Bob's again"
    assert refused(world.bob, rename) == "CHAT_ADMIN_REQUIRED"
    world.bob.call(pin)
    assert group.post(world.bob, "no restriction keeps an administrator from writing")


def test_the_admin_log(world: World) -> None:
    group = world.supergroup(world.bob)
    channel = group.of(world.alice)
    world.server.clock.advance(1)
    world.alice.call(api.channels.EditTitle(channel=channel, title="Second"))
    world.server.clock.advance(1)
    message_id = group.post(world.bob, "spam words")
    world.alice.call(api.channels.DeleteMessages(channel=channel, id=[message_id]))
    world.server.clock.advance(1)
    world.alice.call(restrict(group, world.bob, view_messages=True))

    def log(**options: Any) -> list[Any]:
        fields = {"q": "", "max_id": 0, "min_id": 0, "limit": 100, **options}
        return list(world.alice.call(api.channels.GetAdminLog(channel=channel, **fields)).events)

    names = [event.action.TL_NAME.removeprefix("channelAdminLogEventAction") for event in log()]
    assert names == ["ParticipantToggleBan", "DeleteMessage", "ChangeTitle", "ParticipantInvite"]
    (deleted,) = log(events_filter=api.ChannelAdminLogEventsFilter(delete=True))
    assert deleted.action.message.message == "spam words"
    assert [event.id for event in log(q="spam")] == [deleted.id]
    assert len(log(max_id=deleted.id)) == 2
    assert not log(admins=[world.alice.input_user(world.bob)])
    world.server.clock.advance(3 * 86_400)
    assert not log()


def test_posts_cost_the_same_whatever_the_members(world: World) -> None:  # checklist 90
    few, many = world.supergroup(world.bob), world.supergroup(world.bob)
    people = [world.server.user(f"User {number}") for number in range(40)]
    for start in range(0, 40, 20):
        users = [world.alice.input_user(client) for client in people[start : start + 20]]
        world.alice.call(api.channels.InviteToChannel(channel=many.of(world.alice), users=users))
    published = world.server.channel_pushes
    counts = [statements(world.alice, group.message(world.alice, "hello")) for group in (few, many)]
    assert counts[0] == counts[1]
    assert world.server.channel_pushes == published + 2
    histories = [
        statements(
            world.alice,
            api.messages.GetHistory(
                peer=group.peer(world.alice),
                offset_id=0,
                offset_date=0,
                add_offset=0,
                limit=100,
                max_id=0,
                min_id=0,
                hash=0,
            ),
        )
        for group in (few, many)
    ]
    assert histories[0] == histories[1]


def test_by_link_and_on_request(world: World) -> None:
    group = world.supergroup()
    link = world.alice.call(api.messages.ExportChatInvite(peer=group.peer(world.alice))).link
    hash_ = link.rpartition("+")[2] or link.rpartition("/")[2]
    joined = world.bob.call(api.messages.ImportChatInvite(hash=hash_))
    assert grouped(joined.updates.updates)["updateNewChannelMessage"][0].message.action.inviter_id == world.alice.id
    group.post(world.bob, "hi")
    asking = world.alice.call(
        api.messages.ExportChatInvite(peer=group.peer(world.alice), request_needed=True, title="ask")
    ).link
    hash_ = asking.rpartition("+")[2] or asking.rpartition("/")[2]
    assert refused(world.carol, api.messages.ImportChatInvite(hash=hash_)) == "INVITE_REQUEST_SENT"
    assert refused(world.carol, group.message(world.carol, "hi")) == "CHANNEL_PRIVATE"
    world.alice.call(
        api.messages.HideChatJoinRequest(
            approved=True, peer=group.peer(world.alice), user_id=world.alice.input_user(world.carol)
        )
    )
    group.post(world.carol, "hi")
