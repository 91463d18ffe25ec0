"""Creating channels, posting to them, and who sees it: https://core.telegram.org/api/channel."""

from __future__ import annotations

import pytest

from functions.sync.retention import prune
from tests.harness import grouped
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.channels.world import World, history, refused
from tests.unit.functions.messages.world import dialogs
from tl import api


def test_create(world: World) -> None:
    request = api.channels.CreateChannel(title=" My  group ", about="of people", megagroup=True)
    answer = world.alice.call(request)
    kinds = grouped(answer.updates)
    (chat,) = answer.chats
    assert (chat.title, chat.creator, chat.megagroup, chat.participants_count) == ("My group", True, True, 1)
    assert len(kinds["updateMessageID"]) == len(kinds["updateNewChannelMessage"]) == 1
    (update,) = kinds["updateNewChannelMessage"]
    assert isinstance(update.message.action, api.MessageActionChannelCreate)
    assert (update.message.id, update.message.out, update.pts, update.pts_count) == (1, True, 2, 1)


def test_post_reaches_members_online(world: World) -> None:
    group = world.supergroup(world.bob)
    for client in (world.alice, world.bob, world.carol):
        client.pushes()
    tablet = world.alice.device()
    message_id = group.post(world.alice, "hello")
    (update,) = world.bob.pushes()
    assert (update.message.message, update.message.id, update.message.out) == ("hello", message_id, False)
    assert update.message.from_id == api.PeerUser(user_id=world.alice.id)
    (own,) = tablet.pushes()
    assert own.message.out
    assert not world.alice.pushes()
    assert not world.carol.pushes()
    assert group.texts(world.bob) == ["hello"]


def test_repeated_random_id(world: World) -> None:
    group = world.supergroup()
    request = group.message(world.alice, "once")
    first, second = world.alice.call(request), world.alice.call(request)
    assert first.updates == second.updates
    assert group.texts(world.alice) == ["once"]


def test_broadcast_posts(world: World) -> None:
    channel = world.broadcast(world.bob)
    channel.post(world.alice, "news")
    assert refused(world.bob, channel.message(world.bob, "me too")) == "CHAT_ADMIN_REQUIRED"
    (message, *_) = world.bob.call(history(channel.peer(world.bob))).messages
    assert (message.post, message.views, message.from_id, message.post_author) == (True, 1, None, None)


def test_dialogs(world: World) -> None:
    group = world.supergroup(world.bob)
    private = world.carol.peer(world.bob)
    world.carol.call(api.messages.SendMessage(peer=private, message="hi", random_id=1))
    world.server.settle()
    world.server.clock.advance(10)
    for number in range(3):
        group.post(world.alice, f"post {number}")
    page = world.bob.call(dialogs())
    first, second = page.dialogs
    assert first.peer == api.PeerChannel(channel_id=group.id)
    assert second.peer == api.PeerUser(user_id=world.carol.id)
    assert (first.unread_count, first.top_message) == (4, 5)  # the invitation counts too
    assert first.pts == world.bob.call(api.channels.GetFullChannel(channel=group.of(world.bob))).full_chat.pts
    world.bob.call(api.channels.ReadHistory(channel=group.of(world.bob), max_id=4))
    (again, _) = world.bob.call(dialogs()).dialogs
    assert (again.unread_count, again.read_inbox_max_id) == (1, 4)
    (mine,) = world.alice.call(dialogs()).dialogs
    assert (mine.unread_count, mine.read_outbox_max_id) == (0, 4)


def test_a_page_brings_whom_it_names(world: World) -> None:
    group = world.supergroup(world.bob)
    page = world.bob.call(api.channels.GetFullChannel(channel=group.of(world.bob)))
    assert page.full_chat.default_send_as == api.PeerUser(user_id=world.bob.id)
    assert [user.id for user in page.users] == [world.bob.id]


def test_a_stranger_sees_nothing(world: World) -> None:
    group = world.supergroup(world.bob)
    assert refused(world.carol, history(group.peer(world.carol))) == "CHANNEL_PRIVATE"
    assert refused(world.carol, group.message(world.carol, "hi")) == "CHANNEL_PRIVATE"
    wrong = api.InputPeerChannel(channel_id=group.id, access_hash=1)
    assert refused(world.bob, history(wrong)) == "CHANNEL_INVALID"


def test_difference(world: World) -> None:  # checklist 76, 84
    group = world.supergroup(world.bob)
    before = world.bob.call(api.channels.GetFullChannel(channel=group.of(world.bob))).full_chat.pts
    ids = [group.post(world.alice, f"post {number}") for number in range(3)]
    world.alice.call(api.channels.DeleteMessages(channel=group.of(world.alice), id=ids[:1]))
    request = api.updates.GetChannelDifference(
        channel=group.of(world.bob), filter=api.ChannelMessagesFilterEmpty(), pts=before, limit=100
    )
    found = world.bob.call(request)
    assert [message.id for message in found.new_messages] == ids[1:]
    (deleted,) = found.other_updates
    assert deleted.messages == ids[:1]
    assert (found.final, found.pts) == (True, before + 4)
    request.pts = found.pts
    assert isinstance(world.bob.call(request), api.updates.ChannelDifferenceEmpty)


def test_a_difference_from_before_what_was_pruned_is_too_long(world: World) -> None:
    """`layers.domain.retention`: deletions of a quarter ago are gone; who needs them fetches the history anew.

    checklist 86
    """
    group = world.supergroup(world.bob)
    before = world.bob.call(api.channels.GetFullChannel(channel=group.of(world.bob))).full_chat.pts
    ids = [group.post(world.alice, f"post {number}") for number in range(3)]
    world.alice.call(api.channels.DeleteMessages(channel=group.of(world.alice), id=ids[:1]))
    world.server.clock.advance(91 * 86_400)
    assert prune(world.server.services)["events"] > 0
    request = api.updates.GetChannelDifference(
        channel=group.of(world.bob), filter=api.ChannelMessagesFilterEmpty(), pts=before, limit=100
    )
    found = world.bob.call(request)
    assert isinstance(found, api.updates.ChannelDifferenceTooLong)
    assert ids[2] in [message.id for message in found.messages]
    request.pts = found.dialog.pts
    assert isinstance(world.bob.call(request), api.updates.ChannelDifferenceEmpty)


def test_who_has_read(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    message_id = group.post(world.alice, "read me")
    asked = api.messages.GetMessageReadParticipants(peer=group.peer(world.alice), msg_id=message_id)
    assert not world.alice.call(asked)
    world.bob.call(api.channels.ReadHistory(channel=group.of(world.bob), max_id=0))
    assert [reader.user_id for reader in world.alice.call(asked)] == [world.bob.id]
    asked.peer = group.peer(world.bob)
    assert refused(world.bob, asked) == "MSG_ID_INVALID"


def test_views_and_forwards(world: World) -> None:
    channel, group = world.broadcast(world.bob), world.supergroup(world.bob)
    post_id = channel.post(world.alice, "news")
    look = api.messages.GetMessagesViews(peer=channel.peer(world.bob), id=[post_id], increment=True)
    assert [view.views for view in world.bob.call(look).views] == [2]
    assert [view.views for view in world.bob.call(look).views] == [2], "once a day"
    forward = api.messages.ForwardMessages(
        from_peer=channel.peer(world.bob), id=[post_id], random_id=[9], to_peer=group.peer(world.bob)
    )
    (update,) = grouped(world.bob.call(forward).updates)["updateNewChannelMessage"]
    header = update.message.fwd_from
    assert (header.from_id, header.channel_post) == (api.PeerChannel(channel_id=channel.id), post_id)
    (shown, *_) = world.alice.call(history(channel.peer(world.alice))).messages
    assert (shown.views, shown.forwards) == (2, 1)


def test_protected_content(world: World) -> None:
    group = world.supergroup(world.bob)
    message_id = group.post(world.alice, "stays here")
    world.alice.call(api.messages.ToggleNoForwards(peer=group.peer(world.alice), enabled=True))
    forward = api.messages.ForwardMessages(
        from_peer=group.peer(world.bob), id=[message_id], random_id=[9], to_peer=api.InputPeerSelf()
    )
    assert refused(world.bob, forward) == "CHAT_FORWARDS_RESTRICTED"


def test_files_are_for_members(world: World) -> None:
    group = world.supergroup(world.bob)
    media = api.InputMediaUploadedPhoto(file=upload(world.alice, picture(80, 60), name="a.jpg"))
    request = api.messages.SendMedia(peer=group.peer(world.alice), media=media, message="", random_id=5)
    world.alice.call(request)
    (message, *_) = world.bob.call(history(group.peer(world.bob))).messages
    photo = message.media.photo
    known = api.InputPhoto(id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference)
    again = api.messages.SendMedia(
        peer=world.bob.peer(world.carol), media=api.InputMediaPhoto(id=known), message="", random_id=6
    )
    assert (
        refused(
            world.carol,
            api.messages.SendMedia(
                peer=world.carol.peer(world.bob), media=api.InputMediaPhoto(id=known), message="", random_id=6
            ),
        )
        == "FILE_REFERENCE_INVALID"
    )
    world.bob.call(again)
    world.bob.call(api.channels.LeaveChannel(channel=group.of(world.bob)))
    again.random_id = 7
    assert refused(world.bob, again) == "FILE_REFERENCE_INVALID"


def test_anonymous_administrators_are_not_found_out(world: World) -> None:
    group = world.supergroup(world.bob)
    rights = api.ChatAdminRights(anonymous=True)
    me = api.InputUserSelf()
    world.alice.call(
        api.channels.EditAdmin(channel=group.of(world.alice), user_id=me, admin_rights=rights, rank="boss")
    )
    world.bob.pushes()
    message_id = group.post(world.alice, "guess who")
    (update,) = grouped(world.bob.pushes())["updateNewChannelMessage"]
    assert (update.message.from_id, update.message.post_author) == (None, "boss")
    search = api.messages.Search(
        peer=group.peer(world.bob),
        q="guess",
        from_id=world.bob.peer(world.alice),
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
    assert not world.bob.call(search).messages
    author = api.channels.GetMessageAuthor(channel=group.of(world.alice), id=message_id)
    assert world.alice.call(author).id == world.alice.id


def test_deleted_for_all(world: World) -> None:
    channel = world.broadcast(world.bob)
    world.bob.pushes()
    world.alice.call(api.channels.DeleteChannel(channel=channel.of(world.alice)))
    assert grouped(world.bob.pushes())["updateChannel"]
    assert refused(world.bob, history(channel.peer(world.bob))) == "CHANNEL_PRIVATE"
    assert not world.bob.call(dialogs()).dialogs
    assert not world.alice.call(dialogs()).dialogs


def test_pins_and_folders_of_channels(world: World) -> None:
    group, other = world.supergroup(), world.supergroup()
    peer = api.InputDialogPeer(peer=group.peer(world.alice))
    world.alice.call(api.messages.ToggleDialogPin(peer=peer, pinned=True))
    page = world.alice.call(dialogs())
    assert [(item.peer.channel_id, item.pinned) for item in page.dialogs] == [(group.id, True), (other.id, False)]
    world.alice.call(api.messages.MarkDialogUnread(peer=peer, unread=True))
    assert world.alice.call(dialogs()).dialogs[0].unread_mark
    archive = api.folders.EditPeerFolders(folder_peers=[api.InputFolderPeer(peer=other.peer(world.alice), folder_id=1)])
    world.alice.call(archive)
    assert [item.peer.channel_id for item in world.alice.call(dialogs(folder_id=0)).dialogs] == [group.id]
    assert [item.peer.channel_id for item in world.alice.call(dialogs(folder_id=1)).dialogs] == [other.id]


def test_the_account_difference_names_channels(world: World) -> None:  # checklist 85
    group = world.supergroup(world.bob)
    state = world.bob.call(api.updates.GetState())
    world.server.clock.advance(10)
    asked = api.updates.GetDifference(pts=state.pts, date=int(world.server.clock()) - 5, qts=0)
    assert isinstance(world.bob.call(asked), api.updates.DifferenceEmpty)
    group.post(world.alice, "meanwhile")
    found = world.bob.call(asked)
    (update,) = found.other_updates
    assert isinstance(update, api.UpdateChannelTooLong)
    assert update.channel_id == group.id == found.chats[0].id


def test_a_reader_who_has_not_joined_polls(world: World) -> None:  # checklist 89
    channel = world.broadcast()
    channel.publish("public_news")
    request = api.updates.GetChannelDifference(
        channel=channel.of(world.bob), filter=api.ChannelMessagesFilterEmpty(), pts=1, limit=100
    )
    first = world.bob.call(request)
    channel.post(world.alice, "news")
    request.pts = first.pts
    found = world.bob.call(request)
    assert [message.message for message in found.new_messages] == ["news"]
    assert found.timeout
    assert found.chats[0].left


def test_a_difference_that_is_too_long(world: World, monkeypatch: pytest.MonkeyPatch) -> None:  # checklist 84
    monkeypatch.setattr("functions.updates.channels._TOO_LONG", 2)
    group = world.supergroup(world.bob)
    for number in range(4):
        group.post(world.alice, f"post {number}")
    request = api.updates.GetChannelDifference(
        channel=group.of(world.bob), filter=api.ChannelMessagesFilterEmpty(), pts=1, limit=100
    )
    found = world.bob.call(request)
    assert isinstance(found, api.updates.ChannelDifferenceTooLong)
    assert [message.message for message in found.messages[:2]] == ["post 3", "post 2"]
    assert (found.dialog.top_message, found.dialog.unread_count) == (found.messages[0].id, 5)
    request.pts = found.dialog.pts
    assert isinstance(world.bob.call(request), api.updates.ChannelDifferenceEmpty)
    request.pts = found.dialog.pts + 100
    assert refused(world.bob, request) == "PERSISTENT_TIMESTAMP_INVALID"
    request.pts = 0
    assert refused(world.bob, request) == "PERSISTENT_TIMESTAMP_EMPTY"


def test_who_writes_as_a_channel(world: World) -> None:
    channel, group = world.broadcast(), world.supergroup(world.bob)
    channel.publish("my_voice")
    group.publish("the_group")
    found = world.alice.call(api.channels.GetSendAs(peer=group.peer(world.alice)))
    assert [item.peer for item in found.peers] == [
        api.PeerUser(user_id=world.alice.id),
        api.PeerChannel(channel_id=channel.id),
    ]
    group.post(world.alice, "as a channel", send_as=channel.peer(world.alice))
    (message, *_) = world.bob.call(history(group.peer(world.bob))).messages
    assert message.from_id == api.PeerChannel(channel_id=channel.id)
    save = api.messages.SaveDefaultSendAs(peer=group.peer(world.alice), send_as=channel.peer(world.alice))
    world.alice.call(save)
    group.post(world.alice, "again")
    (message, *_) = world.bob.call(history(group.peer(world.bob))).messages
    assert message.from_id == api.PeerChannel(channel_id=channel.id)
    other = world.broadcast(owner=world.bob)
    other.publish("not_mine")
    wrong = group.message(world.alice, "no", send_as=other.peer(world.alice))
    assert refused(world.alice, wrong) == "SEND_AS_PEER_INVALID"


def test_signatures(world: World) -> None:
    channel = world.broadcast(world.bob)
    world.alice.call(api.channels.ToggleSignatures(channel=channel.of(world.alice), signatures_enabled=True))
    channel.post(world.alice, "signed")
    (message, *_) = world.bob.call(history(channel.peer(world.bob))).messages
    assert (message.post_author, message.from_id) == ("Alice", None)
    profiles = api.channels.ToggleSignatures(
        channel=channel.of(world.alice), signatures_enabled=True, profiles_enabled=True
    )
    world.alice.call(profiles)
    channel.post(world.alice, "with a profile")
    (message, *_) = world.bob.call(history(channel.peer(world.bob))).messages
    assert message.from_id == api.PeerUser(user_id=world.alice.id)
