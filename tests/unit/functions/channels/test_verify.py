"""For every writing method: pushes, channel differences and a fresh fetch agree, for others and a second device."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from functions.messages.reaction_removal import remove_reactions
from layers.registry import load_registry
from tests.channel_model import ChannelVerifier
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, upload
from tests.unit.functions.channels.world import Channel
from tl import api


@dataclass
class Scene:
    """A supergroup of Alice (two devices) with Bob and Carol; Dave is outside."""

    server: Harness
    group: Channel
    alice: Client
    tablet: Client
    bob: Client
    carol: Client
    dave: Client
    verifier: ChannelVerifier

    def call(self, device: Client, request: Any) -> Any:
        """Call through the verifier."""
        return self.verifier.call(device, request)

    def say(self, sender: Client, text: str, **options: Any) -> int:
        """Send a text; its id."""
        answer = self.call(sender, self.group.message(sender, text, **options))
        return next(int(update.id) for update in answer.updates if isinstance(update, api.UpdateMessageID))


Act = Callable[[Scene], None]
ACTS: Final[dict[str, Act]] = {}


def act(function: Act) -> Act:
    """Register a scene."""
    ACTS[function.__name__] = function
    return function


@act
def send_message(scene: Scene) -> None:
    scene.say(scene.alice, "hello", entities=[api.MessageEntityBold(offset=0, length=5)])
    scene.say(scene.bob, "hello Alice")
    scene.say(scene.tablet, "from the tablet")


@act
def send_message__reply(scene: Scene) -> None:
    first = scene.say(scene.bob, "one two three")
    quote = api.InputReplyToMessage(reply_to_msg_id=first, quote_text="two", quote_offset=4)
    second = scene.say(scene.alice, "two?", reply_to=quote)
    scene.say(scene.carol, "three", reply_to=api.InputReplyToMessage(reply_to_msg_id=second))


@act
def send_message__mention(scene: Scene) -> None:
    entity = api.InputMessageEntityMentionName(offset=0, length=3, user_id=scene.alice.input_user(scene.bob))
    scene.say(scene.alice, "Bob, look", entities=[entity])


@act
def send_message__anonymous(scene: Scene) -> None:
    rights = api.ChatAdminRights(anonymous=True)
    me = api.InputUserSelf()
    edit = api.channels.EditAdmin(channel=scene.group.of(scene.alice), user_id=me, admin_rights=rights, rank="boss")
    scene.call(scene.alice, edit)
    scene.say(scene.alice, "who am I?")


@act
def send_media(scene: Scene) -> None:
    geo = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=48.1, long=11.5))
    file = upload(scene.alice, picture(40, 30), name="picture.jpg")
    photo = api.InputMediaUploadedPhoto(file=file)
    for number, media in enumerate((geo, photo)):
        request = api.messages.SendMedia(
            peer=scene.group.peer(scene.alice), media=media, message="look", random_id=900 + number
        )
        scene.call(scene.alice, request)


@act
def edit_message(scene: Scene) -> None:
    message_id = scene.say(scene.bob, "mistake")
    scene.call(
        scene.bob, api.messages.EditMessage(peer=scene.group.peer(scene.bob), id=message_id, message="corrected")
    )


@act
def edit_message__mention(scene: Scene) -> None:
    entity = api.InputMessageEntityMentionName(offset=0, length=3, user_id=scene.alice.input_user(scene.bob))
    message_id = scene.say(scene.alice, "Bob, look", entities=[entity])
    scene.call(
        scene.alice, api.messages.EditMessage(peer=scene.group.peer(scene.alice), id=message_id, message="never mind")
    )


@act
def forward_messages(scene: Scene) -> None:
    message_id = scene.say(scene.bob, "pass it on")
    forward = api.messages.ForwardMessages(
        from_peer=scene.group.peer(scene.alice),
        id=[message_id],
        random_id=[77],
        to_peer=scene.group.peer(scene.alice),
    )
    scene.call(scene.alice, forward)


@act
def delete_messages(scene: Scene) -> None:
    ids = [scene.say(scene.bob, f"message {number}") for number in range(3)]
    scene.call(scene.bob, api.channels.DeleteMessages(channel=scene.group.of(scene.bob), id=ids[:1]))
    scene.call(scene.alice, api.channels.DeleteMessages(channel=scene.group.of(scene.alice), id=ids[2:]))


@act
def delete_participant_history(scene: Scene) -> None:
    for number in range(3):
        scene.say(scene.bob, f"message {number}")
    request = api.channels.DeleteParticipantHistory(
        channel=scene.group.of(scene.alice), participant=scene.alice.peer(scene.bob)
    )
    scene.call(scene.alice, request)


@act
def delete_history(scene: Scene) -> None:
    scene.say(scene.alice, "before")
    scene.call(scene.alice, api.channels.DeleteHistory(channel=scene.group.of(scene.alice), max_id=0))
    scene.say(scene.alice, "after")


@act
def delete_history__for_everyone(scene: Scene) -> None:
    scene.say(scene.bob, "before")
    request = api.channels.DeleteHistory(channel=scene.group.of(scene.alice), max_id=0, for_everyone=True)
    scene.call(scene.alice, request)
    scene.say(scene.alice, "after")


@act
def read_history(scene: Scene) -> None:
    first = scene.say(scene.alice, "one")
    scene.say(scene.alice, "two")
    scene.say(scene.bob, "three")
    scene.call(scene.bob, api.channels.ReadHistory(channel=scene.group.of(scene.bob), max_id=first))
    scene.call(scene.tablet, api.channels.ReadHistory(channel=scene.group.of(scene.alice), max_id=0))
    scene.call(scene.carol, api.channels.ReadHistory(channel=scene.group.of(scene.carol), max_id=0))


@act
def read_message_contents(scene: Scene) -> None:
    entity = api.InputMessageEntityMentionName(offset=0, length=5, user_id=scene.bob.input_user(scene.alice))
    ids = [scene.say(scene.bob, "Alice, look", entities=[entity]) for _ in range(3)]
    scene.call(scene.alice, api.channels.ReadMessageContents(channel=scene.group.of(scene.alice), id=ids[:1]))
    scene.call(scene.tablet, api.messages.ReadMentions(peer=scene.group.peer(scene.alice)))


def _reaction(scene: Scene, device: Client, message_id: int, *emoji: str) -> api.messages.SendReaction:
    wanted: list[Any] = [api.ReactionEmoji(emoticon=item) for item in emoji]
    return api.messages.SendReaction(peer=scene.group.peer(device), msg_id=message_id, reaction=wanted)


@act
def send_reaction(scene: Scene) -> None:
    first, second = (scene.say(scene.alice, text) for text in ("one", "two"))
    scene.call(scene.bob, _reaction(scene, scene.bob, first, "👍"))
    scene.call(scene.carol, _reaction(scene, scene.carol, first, "🔥"))
    scene.call(scene.carol, _reaction(scene, scene.carol, second, "🔥"))
    scene.call(scene.alice, _reaction(scene, scene.alice, second, "👍"))
    scene.call(scene.tablet, _reaction(scene, scene.tablet, first, "👍"))
    # Taken back before the author has looked.
    scene.call(scene.carol, _reaction(scene, scene.carol, second))


@act
def read_reactions(scene: Scene) -> None:
    for text in ("one", "two"):
        message_id = scene.say(scene.alice, text)
        scene.call(scene.bob, _reaction(scene, scene.bob, message_id, "👍"))
    scene.call(scene.alice, api.channels.ReadMessageContents(channel=scene.group.of(scene.alice), id=[message_id]))
    scene.call(scene.tablet, api.messages.ReadReactions(peer=scene.group.peer(scene.alice)))
    scene.call(scene.carol, _reaction(scene, scene.carol, message_id, "🔥"))


@act
def delete_participant_reactions(scene: Scene) -> None:
    for text in ("one", "two"):
        message_id = scene.say(scene.alice, text)
        scene.call(scene.bob, _reaction(scene, scene.bob, message_id, "👍"))
        scene.call(scene.carol, _reaction(scene, scene.carol, message_id, "👍"))
    request = api.messages.DeleteParticipantReactions(
        peer=scene.group.peer(scene.alice), participant=scene.alice.peer(scene.bob)
    )
    scene.call(scene.alice, request)
    assert scene.verifier.happens(lambda: remove_reactions(scene.server.services)) == 2


@act
def delete_messages__with_unread_reactions(scene: Scene) -> None:
    message_id = scene.say(scene.alice, "one")
    scene.call(scene.bob, _reaction(scene, scene.bob, message_id, "👍"))
    scene.call(scene.alice, api.channels.DeleteMessages(channel=scene.group.of(scene.alice), id=[message_id]))


def _todo(*texts: str) -> api.InputMediaTodo:
    items: list[Any] = [
        api.TodoItem(id=index + 1, title=api.TextWithEntities(text=text, entities=[]))
        for index, text in enumerate(texts)
    ]
    title = api.TextWithEntities(text="To do", entities=[])
    given = api.TodoList(title=title, list=items, others_can_complete=True, others_can_append=True)
    return api.InputMediaTodo(todo=given)


@act
def toggle_todo_completed(scene: Scene) -> None:
    peer = scene.group.peer(scene.alice)
    scene.call(scene.alice, api.messages.SendMedia(peer=peer, media=_todo("one"), message="", random_id=951))
    message_id = scene.verifier.last(scene.alice)
    toggle = api.messages.ToggleTodoCompleted(
        peer=scene.group.peer(scene.bob), msg_id=message_id, completed=[1], incompleted=[]
    )
    scene.call(scene.bob, toggle)
    two: list[Any] = [api.TodoItem(id=2, title=api.TextWithEntities(text="two", entities=[]))]
    scene.call(
        scene.carol,
        api.messages.AppendTodoList(peer=scene.group.peer(scene.carol), msg_id=message_id, list=two),
    )


@act
def update_pinned_message(scene: Scene) -> None:
    ids = [scene.say(scene.bob, f"message {number}") for number in range(2)]
    peer = scene.group.peer(scene.alice)
    scene.call(scene.alice, api.messages.UpdatePinnedMessage(peer=peer, id=ids[0]))
    scene.call(scene.alice, api.messages.UpdatePinnedMessage(peer=peer, id=ids[1], silent=True))
    scene.call(scene.alice, api.messages.UpdatePinnedMessage(peer=peer, id=ids[0], unpin=True))
    scene.call(scene.alice, api.messages.UnpinAllMessages(peer=peer))


@act
def membership(scene: Scene) -> None:
    users = [scene.alice.input_user(scene.dave)]
    scene.call(scene.alice, api.channels.InviteToChannel(channel=scene.group.of(scene.alice), users=users))
    scene.call(scene.dave, api.channels.LeaveChannel(channel=scene.group.of(scene.dave)))
    scene.call(scene.alice, api.channels.UpdateUsername(channel=scene.group.of(scene.alice), username="our_group"))
    scene.call(scene.dave, api.channels.JoinChannel(channel=scene.group.of(scene.dave)))
    ban = api.ChatBannedRights(view_messages=True, until_date=0)
    request = api.channels.EditBanned(
        channel=scene.group.of(scene.alice), participant=scene.alice.peer(scene.dave), banned_rights=ban
    )
    scene.call(scene.alice, request)


@act
def settings(scene: Scene) -> None:
    channel = scene.group.of(scene.alice)
    scene.call(scene.alice, api.channels.EditTitle(channel=channel, title="Another"))
    file = upload(scene.alice, picture(200, 200), name="picture.jpg")
    scene.call(scene.alice, api.channels.EditPhoto(channel=channel, photo=api.InputChatUploadedPhoto(file=file)))
    scene.call(scene.alice, api.channels.EditPhoto(channel=channel, photo=api.InputChatPhotoEmpty()))
    scene.call(scene.alice, api.channels.ToggleSlowMode(channel=channel, seconds=10))
    scene.call(scene.alice, api.messages.EditChatAbout(peer=scene.group.peer(scene.alice), about="new"))


@act
def switches(scene: Scene) -> None:
    channel = scene.group.of(scene.alice)
    for switch in (
        api.channels.TogglePreHistoryHidden,
        api.channels.ToggleJoinToSend,
        api.channels.ToggleParticipantsHidden,
        api.channels.ToggleAntiSpam,
    ):
        scene.call(scene.alice, switch(channel=channel, enabled=True))
    scene.call(scene.alice, api.channels.TogglePreHistoryHidden(channel=channel, enabled=False))
    scene.call(scene.alice, api.channels.UpdateUsername(channel=channel, username="our_group"))
    scene.call(scene.alice, api.channels.ToggleJoinRequest(channel=channel, enabled=True))
    scene.call(scene.alice, api.channels.ToggleViewForumAsMessages(channel=channel, enabled=True))
    spam = [scene.say(scene.carol, "spam")]
    report = api.channels.ReportSpam(
        channel=scene.group.of(scene.bob), participant=scene.bob.peer(scene.carol), id=spam
    )
    scene.call(scene.bob, report)


def _forum(scene: Scene) -> int:
    """Turn the group into a forum; the id of a topic in which something was said."""
    toggle = api.channels.ToggleForum(channel=scene.group.of(scene.alice), enabled=True, tabs=False)
    scene.call(scene.alice, toggle)
    create = api.messages.CreateForumTopic(peer=scene.group.peer(scene.bob), title="Topic", random_id=4711)
    answer = scene.call(scene.bob, create)
    topic_id = next(int(update.id) for update in answer.updates if isinstance(update, api.UpdateMessageID))
    scene.say(scene.carol, "in the topic", reply_to=api.InputReplyToMessage(reply_to_msg_id=topic_id))
    return topic_id


@act
def create_forum_topic(scene: Scene) -> None:
    topic_id = _forum(scene)
    read = api.messages.ReadDiscussion(peer=scene.group.peer(scene.alice), msg_id=topic_id, read_max_id=100)
    scene.call(scene.alice, read)


@act
def read_discussion(scene: Scene) -> None:
    first = scene.say(scene.alice, "root")
    scene.say(scene.bob, "answer", reply_to=api.InputReplyToMessage(reply_to_msg_id=first))
    read = api.messages.ReadDiscussion(peer=scene.group.peer(scene.alice), msg_id=first, read_max_id=100)
    scene.call(scene.alice, read)


@act
def edit_forum_topic(scene: Scene) -> None:
    topic_id = _forum(scene)
    peer = scene.group.peer(scene.alice)
    scene.call(scene.alice, api.messages.EditForumTopic(peer=peer, topic_id=topic_id, title="Renamed"))
    scene.call(scene.alice, api.messages.EditForumTopic(peer=peer, topic_id=1, hidden=True))


@act
def update_pinned_forum_topic(scene: Scene) -> None:
    topic_id = _forum(scene)
    peer = scene.group.peer(scene.alice)
    scene.call(scene.alice, api.messages.UpdatePinnedForumTopic(peer=peer, topic_id=topic_id, pinned=True))


@act
def reorder_pinned_forum_topics(scene: Scene) -> None:
    topic_id = _forum(scene)
    peer = scene.group.peer(scene.alice)
    scene.call(scene.alice, api.messages.ReorderPinnedForumTopics(peer=peer, order=[topic_id, 1], force=True))


@act
def delete_topic_history(scene: Scene) -> None:
    topic_id = _forum(scene)
    scene.call(scene.alice, api.messages.DeleteTopicHistory(peer=scene.group.peer(scene.alice), top_msg_id=topic_id))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    server = Harness(tmp_path)
    alice, bob, carol, dave = (server.user(name) for name in ("Alice", "Bob", "Carol", "Dave"))
    tablet = alice.device()
    group = Channel.create(alice, (bob, carol), megagroup=True)
    for number, sender in enumerate((alice, bob, carol)):
        group.post(sender, f"before {number}")
    yield Scene(
        server, group, alice, tablet, bob, carol, dave, ChannelVerifier(server, group.id, alice, tablet, bob, carol)
    )
    server.close()


@pytest.mark.parametrize("name", ACTS)
def test_everyone_sees_the_same(scene: Scene, name: str) -> None:
    ACTS[name](scene)
    scene.verifier.check()


_ELSEWHERE: Final = {
    # They make or end the channel itself: test_posting, test_admins.
    "channels.createChannel",
    "channels.deleteChannel",
    # Of a broadcast channel, or of what a page shows; no message says so: test_discussion, test_posting, test_pages.
    "channels.setDiscussionGroup",
    "channels.setMainProfileTab",
    "channels.setStickers",
    "channels.toggleSignatures",
    # They change nothing on this server, whatever they are given: test_honest, test_names, test_admins.
    "channels.convertToGigagroup",
    "channels.deactivateAllUsernames",
    "channels.editLocation",
    "channels.reorderUsernames",
    "channels.reportAntiSpamFalsePositive",
    "channels.restrictSponsoredMessages",
    "channels.setBoostsToUnblockRestrictions",
    "channels.setEmojiStickers",
    "channels.toggleAutotranslation",
    "channels.toggleUsername",
    "channels.updateColor",
    "channels.updateEmojiStatus",
    "channels.updatePaidMessagesPrice",
}


def test_every_writing_method_of_channels_has_a_scene() -> None:
    named = re.findall(r"api\.channels\.(\w)(\w+)", Path(__file__).read_text(encoding="utf-8"))
    called = {f"channels.{first.lower()}{rest}" for first, rest in named}
    writing = {item.request.TL_NAME for item in load_registry() if item.writes}
    missing = {name for name in writing if name.startswith("channels.")} - called - _ELSEWHERE
    assert not missing
    assert not _ELSEWHERE & called
