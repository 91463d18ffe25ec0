"""Joining, leaving, inviting, and lists of members: https://core.telegram.org/api/channel."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness import Client, grouped
from tests.unit.functions.channels.world import Channel, World, history, refused
from tests.unit.functions.messages.world import dialogs
from tl import TLObject, api


def participants(channel: Channel, viewer: Client, asked: Any, **options: Any) -> Any:
    """The answer of channels.getParticipants."""
    fields = {"offset": 0, "limit": 100, "hash": 0, **options}
    return viewer.call(api.channels.GetParticipants(channel=channel.of(viewer), filter=asked, **fields))


def ids_of(answer: Any) -> list[int]:
    return [item.user_id if hasattr(item, "user_id") else item.peer.user_id for item in answer.participants]


def test_join_a_public_group(world: World) -> None:
    group = world.supergroup()
    group.post(world.alice, "before")
    group.publish("our_group")
    found = world.bob.call(api.contacts.ResolveUsername(username="our_group"))
    assert found.peer == api.PeerChannel(channel_id=group.id)
    assert found.chats[0].left
    assert group.texts(world.bob) == ["before"]
    assert refused(world.bob, group.message(world.bob, "hi")) == "CHAT_GUEST_SEND_FORBIDDEN"
    world.alice.pushes()
    joined = world.bob.call(api.channels.JoinChannel(channel=group.of(world.bob)))
    kinds = grouped(joined.updates.updates)
    assert kinds["updateNewChannelMessage"][0].message.action.users == [world.bob.id]
    assert not joined.updates.chats[0].left
    assert grouped(world.alice.pushes())["updateNewChannelMessage"]
    assert [dialog.peer.channel_id for dialog in world.bob.call(dialogs()).dialogs] == [group.id]
    group.post(world.bob, "hi")
    join = api.channels.JoinChannel(channel=group.of(world.bob))
    assert refused(world.bob, join) == "USER_ALREADY_PARTICIPANT"


def test_leave(world: World) -> None:
    group = world.supergroup(world.bob)
    leave = api.channels.LeaveChannel(channel=group.of(world.bob))
    tablet = world.bob.device()
    world.alice.pushes()
    world.bob.call(leave)
    assert grouped(world.alice.pushes())["updateNewChannelMessage"][0].message.action.user_id == world.bob.id
    # His other device learns of it, and none is told what is said without him.
    assert [update.channel_id for update in grouped(tablet.pushes())["updateChannel"]] == [group.id]
    (seen,) = tablet.call(api.channels.GetChannels(id=[group.of(world.bob)])).chats
    assert isinstance(seen, api.ChannelForbidden)
    for device in (world.bob, tablet):
        assert not device.call(dialogs()).dialogs
        device.pushes()
    group.post(world.alice, "without Bob")
    assert not world.bob.pushes()
    assert not tablet.pushes()
    assert refused(world.bob, leave) == "CHANNEL_PRIVATE"
    assert refused(world.alice, api.channels.LeaveChannel(channel=group.of(world.alice))) == "USER_CREATOR"
    left = world.bob.call(api.channels.GetLeftChannels(offset=0))
    assert [chat.id for chat in left.chats] == [group.id]
    full = world.alice.call(api.channels.GetFullChannel(channel=group.of(world.alice))).full_chat
    assert full.participants_count == 1


def test_invite(world: World) -> None:
    group = world.supergroup(world.bob)
    dave = world.server.user("Dave")
    invite = api.channels.InviteToChannel(
        channel=group.of(world.bob), users=[world.bob.input_user(world.carol), world.bob.input_user(dave)]
    )
    rules: Any = [api.InputPrivacyValueDisallowAll()]
    dave.call(api.account.SetPrivacy(key=api.InputPrivacyKeyChatInvite(), rules=rules))
    answer = world.bob.call(invite)
    assert [item.user_id for item in answer.missing_invitees] == [dave.id]
    (update,) = grouped(answer.updates.updates)["updateNewChannelMessage"]
    assert update.message.action.users == [world.carol.id]
    assert grouped(world.carol.pushes())["updateChannel"]
    stop = api.ChatBannedRights(invite_users=True, until_date=0)
    world.alice.call(api.messages.EditChatDefaultBannedRights(peer=group.peer(world.alice), banned_rights=stop))
    assert refused(world.bob, invite) == "CHAT_ADMIN_REQUIRED"


def test_hidden_history(world: World) -> None:
    group = world.supergroup(world.bob)
    group.post(world.alice, "old")
    world.alice.call(api.channels.TogglePreHistoryHidden(channel=group.of(world.alice), enabled=True))
    users = [world.alice.input_user(world.carol)]
    world.alice.call(api.channels.InviteToChannel(channel=group.of(world.alice), users=users))
    group.post(world.alice, "new")
    assert group.texts(world.bob) == ["new", "old"]
    assert group.texts(world.carol) == ["new"]
    old = api.channels.GetMessages(channel=group.of(world.carol), id=[api.InputMessageID(id=3)])
    assert isinstance(world.carol.call(old).messages[0], api.MessageEmpty)
    found = world.carol.call(
        api.messages.Search(
            peer=group.peer(world.carol),
            q="old",
            filter=api.InputMessagesFilterEmpty(),
            min_date=0,
            max_date=0,
            offset_id=0,
            add_offset=0,
            limit=10,
            max_id=0,
            min_id=0,
            hash=0,
        )
    )
    assert not found.messages
    late = api.updates.GetChannelDifference(
        channel=group.of(world.carol), filter=api.ChannelMessagesFilterEmpty(), pts=1, limit=100
    )
    texts = [getattr(message, "message", "") for message in world.carol.call(late).new_messages]
    assert "old" not in texts
    assert "new" in texts


def test_lists_of_members(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    everyone = participants(group, world.bob, api.ChannelParticipantsRecent())
    assert everyone.count == 3
    assert ids_of(everyone)[0] == world.alice.id
    assert set(ids_of(everyone)) == {world.alice.id, world.bob.id, world.carol.id}
    assert isinstance(everyone.participants[0], api.ChannelParticipantCreator)
    page = participants(group, world.bob, api.ChannelParticipantsRecent(), offset=1, limit=1)
    assert ids_of(page) == ids_of(everyone)[1:2]
    assert ids_of(participants(group, world.bob, api.ChannelParticipantsSearch(q="car"))) == [world.carol.id]
    assert ids_of(participants(group, world.bob, api.ChannelParticipantsAdmins())) == [world.alice.id]
    for asked in (api.ChannelParticipantsKicked(q=""), api.ChannelParticipantsBanned(q="")):
        request = api.channels.GetParticipants(channel=group.of(world.bob), filter=asked, offset=0, limit=10, hash=0)
        assert refused(world.bob, request) == "CHAT_ADMIN_REQUIRED"
        assert not ids_of(participants(group, world.alice, asked))
    one = api.channels.GetParticipant(channel=group.of(world.bob), participant=api.InputPeerSelf())
    assert isinstance(world.bob.call(one).participant, api.ChannelParticipantSelf)
    other = api.channels.GetParticipant(channel=group.of(world.alice), participant=world.alice.peer(world.bob))
    assert isinstance(world.alice.call(other).participant, api.ChannelParticipant)


def test_members_of_a_broadcast_channel_are_for_administrators(world: World) -> None:
    channel = world.broadcast(world.bob)
    request = api.channels.GetParticipants(
        channel=channel.of(world.bob), filter=api.ChannelParticipantsRecent(), offset=0, limit=10, hash=0
    )
    assert refused(world.bob, request) == "CHAT_ADMIN_REQUIRED"
    assert participants(channel, world.alice, api.ChannelParticipantsRecent()).count == 2


READING: list[tuple[str, Any]] = [
    ("getHistory", lambda group, who: history(group.peer(who))),
    ("getMessages", lambda group, who: api.channels.GetMessages(channel=group.of(who), id=[api.InputMessageID(id=3)])),
    ("getFullChannel", lambda group, who: api.channels.GetFullChannel(channel=group.of(who))),
    (
        "getParticipants",
        lambda group, who: api.channels.GetParticipants(
            channel=group.of(who), filter=api.ChannelParticipantsRecent(), offset=0, limit=10, hash=0
        ),
    ),
    (
        "getParticipant",
        lambda group, who: api.channels.GetParticipant(channel=group.of(who), participant=api.InputPeerSelf()),
    ),
    ("exportMessageLink", lambda group, who: api.channels.ExportMessageLink(channel=group.of(who), id=3)),
    (
        "getAdminLog",
        lambda group, who: api.channels.GetAdminLog(channel=group.of(who), q="", max_id=0, min_id=0, limit=10),
    ),
    ("getSendAs", lambda group, who: api.channels.GetSendAs(peer=group.peer(who))),
    ("getMessageAuthor", lambda group, who: api.channels.GetMessageAuthor(channel=group.of(who), id=3)),
    (
        "getChannelDifference",
        lambda group, who: api.updates.GetChannelDifference(
            channel=group.of(who), filter=api.ChannelMessagesFilterEmpty(), pts=1, limit=10
        ),
    ),
    (
        "search",
        lambda group, who: api.messages.Search(
            peer=group.peer(who),
            q="secret",
            filter=api.InputMessagesFilterEmpty(),
            min_date=0,
            max_date=0,
            offset_id=0,
            add_offset=0,
            limit=10,
            max_id=0,
            min_id=0,
            hash=0,
        ),
    ),
    (
        "getSearchCounters",
        lambda group, who: api.messages.GetSearchCounters(
            peer=group.peer(who), filters=[api.InputMessagesFilterPhotos()]
        ),
    ),
    (
        "getSearchResultsPositions",
        lambda group, who: api.messages.GetSearchResultsPositions(
            peer=group.peer(who), filter=api.InputMessagesFilterPhotos(), offset_id=0, limit=10
        ),
    ),
    (
        "getSearchResultsCalendar",
        lambda group, who: api.messages.GetSearchResultsCalendar(
            peer=group.peer(who), filter=api.InputMessagesFilterPhotos(), offset_id=0, offset_date=0
        ),
    ),
    (
        "getMessagesViews",
        lambda group, who: api.messages.GetMessagesViews(peer=group.peer(who), id=[3], increment=False),
    ),
    (
        "getUnreadMentions",
        lambda group, who: api.messages.GetUnreadMentions(
            peer=group.peer(who), offset_id=0, add_offset=0, limit=10, max_id=0, min_id=0
        ),
    ),
    (
        "getPeerDialogs",
        lambda group, who: api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=group.peer(who))]),
    ),
    ("getPeerSettings", lambda group, who: api.messages.GetPeerSettings(peer=group.peer(who))),
    ("getMessageEditData", lambda group, who: api.messages.GetMessageEditData(peer=group.peer(who), id=3)),
    (
        "getMessageReadParticipants",
        lambda group, who: api.messages.GetMessageReadParticipants(peer=group.peer(who), msg_id=3),
    ),
    (
        "forwardMessages",
        lambda group, who: api.messages.ForwardMessages(
            from_peer=group.peer(who), id=[3], random_id=[1], to_peer=api.InputPeerSelf()
        ),
    ),
    ("getChannels", lambda group, who: api.channels.GetChannels(id=[group.of(who)])),
    ("getDialogs", lambda group, who: dialogs()),
    ("getLeftChannels", lambda group, who: api.channels.GetLeftChannels(offset=0)),
    ("getState", lambda group, who: api.updates.GetDifference(pts=1, date=1, qts=0)),
]


def _everything(answer: Any) -> list[Any]:
    """Every object inside an answer."""
    found, waiting = [], [answer]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, TLObject):
            found.append(item)
            waiting += [getattr(item, name) for name in item.FIELDS]
    return found


@pytest.mark.parametrize("how", ["banned", "left", "removed from public"])
@pytest.mark.parametrize(("name", "make"), READING, ids=[name for name, _ in READING])
def test_who_is_out_sees_nothing(world: World, name: str, make: Any, how: str) -> None:
    """Whatever somebody asks who was in the channel, he learns nothing but its title."""
    group = world.supergroup(world.bob)
    group.post(world.alice, "secret words")
    if how == "left":
        world.bob.call(api.channels.LeaveChannel(channel=group.of(world.bob)))
    else:
        if how == "removed from public":
            group.publish("public_group")
        rights = api.ChatBannedRights(view_messages=True, until_date=0)
        ban = api.channels.EditBanned(
            channel=group.of(world.alice), participant=world.alice.peer(world.bob), banned_rights=rights
        )
        world.alice.call(ban)
    request = make(group, world.bob)
    if name in {"getChannels", "getDialogs", "getLeftChannels", "getState"}:
        seen = _everything(world.bob.call(request))
        assert not [item for item in seen if isinstance(item, api.Message | api.Channel | api.Dialog)]
        return
    assert refused(world.bob, request) == "CHANNEL_PRIVATE"


def test_a_deleted_account_is_in_no_channel(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    world.bob.call(api.account.DeleteAccount(reason="enough"))
    everyone = participants(group, world.alice, api.ChannelParticipantsRecent())
    assert world.bob.id not in ids_of(everyone)
    assert everyone.count == 2


@pytest.mark.parametrize("layer", [225, 232])
def test_lists_of_own_channels(world: World, layer: int) -> None:
    channel, group = world.broadcast(), world.supergroup()
    channel.publish("public_news")
    device = world.alice.device(layer=layer)
    assert [chat.id for chat in device.call(api.channels.GetAdminedPublicChannels()).chats] == [channel.id]
    assert [chat.id for chat in device.call(api.channels.GetGroupsForDiscussion()).chats] == [group.id]
    assert not device.call(api.channels.GetInactiveChannels()).chats
    world.server.clock.advance(40 * 86_400)
    group.post(world.alice, "not silent")
    assert [chat.id for chat in device.call(api.channels.GetInactiveChannels()).chats] == [channel.id]
    assert not device.call(api.channels.GetLeftChannels(offset=0)).chats
