"""For every writing method in a basic group: pushes, differences and a fresh fetch agree, for everyone concerned.

Erin is offline all the time and catches up in the end; Frank has left the group before the scene starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.unit.files.uploading import picture, upload
from tests.verify_updates import Verifier
from tl import api


@dataclass
class Scene:
    """A group of Alice (its owner, with two devices), Bob, Carol and Erin; Dave is a stranger to it."""

    server: Harness
    alice: Client
    tablet: Client
    bob: Client
    carol: Client
    dave: Client
    erin: Client
    frank: Client
    group: int
    verifier: Verifier
    _random_id: int = 5000

    @property
    def peer(self) -> api.InputPeerChat:
        """The group, as everyone names it."""
        return api.InputPeerChat(chat_id=self.group)

    def random_id(self) -> int:
        """A new one."""
        self._random_id += 1
        return self._random_id

    def call(self, device: Client, request: Any) -> Any:
        """Call through the verifier."""
        return self.verifier.call(device, request)

    def say(self, sender: Client, text: str, **options: Any) -> int:
        """Send a text to the group; its id in the sender's box."""
        request = api.messages.SendMessage(peer=self.peer, message=text, random_id=self.random_id(), **options)
        self.call(sender, request)
        return self.verifier.last(sender)

    def last(self, device: Client) -> int:
        """The newest message's id on a device."""
        return self.verifier.last(device)


def _say(sender: Client, group: int, text: str, random_id: int) -> None:
    peer = api.InputPeerChat(chat_id=group)
    sender.call(api.messages.SendMessage(peer=peer, message=text, random_id=random_id))


def make_scene(server: Harness) -> Scene:
    """A group with a history."""
    alice, bob, carol, dave = (server.user(name) for name in ("Alice", "Bob", "Carol", "Dave"))
    erin, frank = server.user("Erin"), server.user("Frank")
    tablet = alice.device()
    invited = [alice.input_user(other) for other in (bob, carol, erin, frank)]
    answer = alice.call(api.messages.CreateChat(users=invited, title="Friends"))
    group = answer.updates.chats[0].id
    server.settle()
    _say(bob, group, "hello all", 1)
    _say(frank, group, "bye", 2)
    server.settle()
    frank.call(api.messages.DeleteChatUser(chat_id=group, user_id=api.InputUserSelf()))
    _say(alice, group, "he is gone", 3)
    erin.disconnect()
    verifier = Verifier(server, alice, tablet, bob, carol, dave, frank, offline=[erin])
    return Scene(server, alice, tablet, bob, carol, dave, erin, frank, group, verifier)


Act = Callable[[Scene], None]
ACTS: Final[dict[str, Act]] = {}
"""What happens, by the method it is about and a word."""


def act(function: Act) -> Act:
    """Register a scene."""
    ACTS[function.__name__] = function
    return function


@act
def create_chat(scene: Scene) -> None:
    invited = [scene.bob.input_user(other) for other in (scene.alice, scene.dave, scene.erin)]
    scene.call(scene.bob, api.messages.CreateChat(users=invited, title="Another"))
    scene.call(scene.tablet, api.messages.CreateChat(users=[], title="Alone"))


@act
def add_chat_user(scene: Scene) -> None:
    request = api.messages.AddChatUser(chat_id=scene.group, user_id=scene.bob.input_user(scene.dave), fwd_limit=2)
    scene.call(scene.bob, request)
    scene.say(scene.dave, "thank you")


@act
def add_chat_user__again(scene: Scene) -> None:
    scene.call(
        scene.alice,
        api.messages.DeleteChatUser(chat_id=scene.group, user_id=scene.alice.input_user(scene.carol)),
    )
    scene.say(scene.bob, "Carol does not read this")
    scene.call(
        scene.alice,
        api.messages.AddChatUser(chat_id=scene.group, user_id=scene.alice.input_user(scene.carol), fwd_limit=100),
    )
    scene.say(scene.carol, "now I do")


@act
def delete_chat_user__kicked(scene: Scene) -> None:
    scene.call(
        scene.alice,
        api.messages.DeleteChatUser(chat_id=scene.group, user_id=scene.alice.input_user(scene.erin)),
    )
    scene.call(
        scene.tablet,
        api.messages.DeleteChatUser(chat_id=scene.group, user_id=scene.alice.input_user(scene.carol)),
    )
    scene.say(scene.bob, "they are gone")
    scene.call(scene.bob, api.messages.EditMessage(peer=scene.peer, id=scene.last(scene.bob), message="really"))


@act
def delete_chat_user__left(scene: Scene) -> None:
    scene.call(scene.carol, api.messages.DeleteChatUser(chat_id=scene.group, user_id=api.InputUserSelf()))
    scene.say(scene.alice, "Carol is gone")


@act
def delete_chat_user__the_owner_left(scene: Scene) -> None:
    scene.call(
        scene.alice,
        api.messages.EditChatAdmin(chat_id=scene.group, user_id=scene.alice.input_user(scene.carol), is_admin=True),
    )
    scene.call(scene.tablet, api.messages.DeleteChatUser(chat_id=scene.group, user_id=api.InputUserSelf()))
    scene.call(scene.carol, api.messages.EditChatTitle(chat_id=scene.group, title="Of Carol"))


@act
def delete_chat_user__with_the_history(scene: Scene) -> None:
    for user in (scene.carol, scene.erin):
        scene.call(
            scene.alice,
            api.messages.DeleteChatUser(chat_id=scene.group, user_id=scene.alice.input_user(user), revoke_history=True),
        )
    scene.call(
        scene.bob,
        api.messages.DeleteChatUser(chat_id=scene.group, user_id=api.InputUserSelf(), revoke_history=True),
    )


@act
def delete_chat(scene: Scene) -> None:
    scene.call(scene.alice, api.messages.DeleteChat(chat_id=scene.group))


@act
def edit_chat_title(scene: Scene) -> None:
    scene.call(scene.bob, api.messages.EditChatTitle(chat_id=scene.group, title="Foes"))
    scene.call(scene.tablet, api.messages.EditChatTitle(chat_id=scene.group, title="Friends again"))


@act
def edit_chat_photo(scene: Scene) -> None:
    photo = api.InputChatUploadedPhoto(file=upload(scene.bob, picture(200, 200), name="a.jpg"))
    scene.call(scene.bob, api.messages.EditChatPhoto(chat_id=scene.group, photo=photo))
    scene.call(scene.alice, api.messages.EditChatPhoto(chat_id=scene.group, photo=api.InputChatPhotoEmpty()))


@act
def edit_chat_about(scene: Scene) -> None:
    scene.call(scene.bob, api.messages.EditChatAbout(peer=scene.peer, about="for friends"))


@act
def edit_chat_admin(scene: Scene) -> None:
    for is_admin in (True, False, True):
        scene.call(
            scene.alice,
            api.messages.EditChatAdmin(
                chat_id=scene.group, user_id=scene.alice.input_user(scene.bob), is_admin=is_admin
            ),
        )


@act
def edit_chat_participant_rank(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    scene.call(scene.alice, api.messages.EditChatParticipantRank(peer=scene.peer, participant=peer, rank="cook"))
    own = api.InputPeerSelf()
    scene.call(scene.carol, api.messages.EditChatParticipantRank(peer=scene.peer, participant=own, rank="guest"))


@act
def edit_chat_default_banned_rights(scene: Scene) -> None:
    rights = api.ChatBannedRights(send_photos=True, until_date=0)
    scene.call(scene.alice, api.messages.EditChatDefaultBannedRights(peer=scene.peer, banned_rights=rights))
    for device in (scene.alice, scene.tablet, scene.bob):
        seen = scene.verifier.model(device).groups[-scene.group].default_banned_rights
        assert seen == api.ChatBannedRights(send_photos=True, until_date=0x7FFFFFFF)


@act
def toggle_no_forwards(scene: Scene) -> None:
    scene.call(scene.alice, api.messages.ToggleNoForwards(peer=scene.peer, enabled=True))
    for device in (scene.alice, scene.tablet, scene.bob):
        assert scene.verifier.model(device).groups[-scene.group].noforwards
    scene.call(scene.tablet, api.messages.ToggleNoForwards(peer=scene.peer, enabled=False))


@act
def send_message(scene: Scene) -> None:
    scene.say(scene.alice, "hello", silent=True)
    scene.say(scene.bob, "hello Alice")
    scene.say(scene.tablet, "hello Bob")


@act
def send_message__repeated(scene: Scene) -> None:
    request = api.messages.SendMessage(peer=scene.peer, message="once", random_id=77)
    scene.call(scene.alice, request)
    scene.call(scene.alice, request)


@act
def send_message__mentions_and_replies(scene: Scene) -> None:
    scene.call(scene.carol, api.account.UpdateUsername(username="carol_is_here"))
    scene.say(scene.bob, "what does @carol_is_here say?")
    named = api.InputMessageEntityMentionName(offset=0, length=4, user_id=scene.bob.input_user(scene.erin))
    scene.say(scene.bob, "Erin?", entities=[named])
    answer = api.InputReplyToMessage(reply_to_msg_id=scene.last(scene.carol))
    scene.say(scene.carol, "nothing", reply_to=answer)
    assert scene.verifier.model(scene.carol).chat(-scene.group).unread_mentions_count == 1
    assert scene.verifier.model(scene.bob).chat(-scene.group).unread_mentions_count == 1
    assert scene.verifier.model(scene.alice).chat(-scene.group).unread_mentions_count == 0


@act
def read_mentions(scene: Scene) -> None:
    send_message__mentions_and_replies(scene)
    scene.call(scene.carol, api.messages.ReadMentions(peer=scene.peer))
    scene.call(scene.bob, api.messages.ReadMessageContents(id=[scene.last(scene.bob)]))


@act
def send_media(scene: Scene) -> None:
    dice = api.InputMediaDice(emoticon="🎲")
    scene.call(scene.bob, api.messages.SendMedia(peer=scene.peer, media=dice, message="", random_id=scene.random_id()))


@act
def forward_messages(scene: Scene) -> None:
    scene.say(scene.bob, "pass it on")
    scene.call(
        scene.alice,
        api.messages.ForwardMessages(
            from_peer=scene.peer,
            id=[scene.last(scene.alice)],
            random_id=[scene.random_id()],
            to_peer=scene.alice.peer(scene.dave),
        ),
    )
    scene.call(
        scene.bob,
        api.messages.ForwardMessages(
            from_peer=scene.peer,
            id=[scene.last(scene.bob)],
            random_id=[scene.random_id()],
            to_peer=api.InputPeerSelf(),
        ),
    )
    scene.call(
        scene.alice,
        api.messages.ForwardMessages(
            from_peer=scene.alice.peer(scene.dave),
            id=[scene.last(scene.alice)],
            random_id=[scene.random_id()],
            to_peer=scene.peer,
        ),
    )


@act
def edit_message(scene: Scene) -> None:
    scene.say(scene.bob, "first")
    scene.call(scene.bob, api.messages.EditMessage(peer=scene.peer, id=scene.last(scene.bob), message="second"))


@act
def edit_message__that_a_former_member_has(scene: Scene) -> None:
    own = [message for message in scene.verifier.model(scene.bob).messages.values() if message.out]
    scene.call(scene.bob, api.messages.EditMessage(peer=scene.peer, id=own[-1].id, message="changed"))
    texts = {getattr(message, "message", "") for message in scene.verifier.model(scene.frank).messages.values()}
    assert "hello all" in texts


@act
def delete_messages(scene: Scene) -> None:
    scene.say(scene.bob, "one")
    scene.say(scene.carol, "two")
    scene.say(scene.bob, "three")
    scene.call(scene.carol, api.messages.DeleteMessages(id=[scene.last(scene.carol)]))
    scene.call(scene.bob, api.messages.DeleteMessages(id=[scene.last(scene.bob)], revoke=True))
    scene.call(scene.alice, api.messages.DeleteMessages(id=[scene.last(scene.alice)], revoke=True))


@act
def delete_messages__that_a_former_member_has(scene: Scene) -> None:
    everything = sorted(scene.verifier.model(scene.alice).messages)
    scene.call(scene.alice, api.messages.DeleteMessages(id=everything, revoke=True))
    assert scene.verifier.model(scene.frank).messages


@act
def delete_history(scene: Scene) -> None:
    scene.call(scene.bob, api.messages.DeleteHistory(peer=scene.peer, max_id=0))
    scene.call(scene.frank, api.messages.DeleteHistory(peer=scene.peer, max_id=0, revoke=True))
    scene.say(scene.alice, "still here")


@act
def read_history(scene: Scene) -> None:
    scene.say(scene.bob, "read this")
    scene.say(scene.carol, "and this")
    scene.call(scene.alice, api.messages.ReadHistory(peer=scene.peer, max_id=0))
    scene.say(scene.bob, "and that")
    scene.call(scene.carol, api.messages.ReadHistory(peer=scene.peer, max_id=scene.last(scene.carol)))
    assert scene.verifier.model(scene.bob).chat(-scene.group).read_outbox_max_id == scene.last(scene.bob)


@act
def update_pinned_message(scene: Scene) -> None:
    scene.say(scene.bob, "keep this")
    scene.call(scene.bob, api.messages.UpdatePinnedMessage(peer=scene.peer, id=scene.last(scene.bob)))
    pinned = [m.id for m in scene.verifier.model(scene.alice).messages.values() if getattr(m, "pinned", False)]
    scene.call(scene.alice, api.messages.UpdatePinnedMessage(peer=scene.peer, id=pinned[0], unpin=True))


@act
def unpin_all_messages(scene: Scene) -> None:
    for text in ("one", "two"):
        scene.say(scene.carol, text)
        request = api.messages.UpdatePinnedMessage(peer=scene.peer, id=scene.last(scene.carol), silent=True)
        scene.call(scene.carol, request)
    scene.call(scene.tablet, api.messages.UnpinAllMessages(peer=scene.peer))


def _link(scene: Scene, **options: Any) -> str:
    invite = scene.alice.call(api.messages.ExportChatInvite(peer=scene.peer, **options))
    return str(invite.link.rpartition("+")[2])


@act
def import_chat_invite(scene: Scene) -> None:
    scene.call(scene.dave, api.messages.ImportChatInvite(hash=_link(scene)))
    scene.say(scene.dave, "here I am")


def _ask(scene: Scene, *people: Client) -> None:
    hash_ = _link(scene, request_needed=True)
    for person in people:
        with pytest.raises(RpcError, match="INVITE_REQUEST_SENT"):
            person.call(api.messages.ImportChatInvite(hash=hash_))
    scene.server.settle()


@act
def hide_chat_join_request(scene: Scene) -> None:
    _ask(scene, scene.dave)
    request = api.messages.HideChatJoinRequest(
        peer=scene.peer, user_id=scene.alice.input_user(scene.dave), approved=True
    )
    scene.call(scene.alice, request)
    scene.say(scene.dave, "thank you")


@act
def hide_all_chat_join_requests(scene: Scene) -> None:
    _ask(scene, scene.dave, scene.server.user("Gina"), scene.server.user("Hugo"))
    scene.call(scene.tablet, api.messages.HideAllChatJoinRequests(peer=scene.peer, approved=True))
    scene.say(scene.dave, "three of us")


@act
def save_draft(scene: Scene) -> None:
    scene.call(scene.alice, api.messages.SaveDraft(peer=scene.peer, message="unfin"))
    scene.say(scene.alice, "unfinished", clear_draft=True)
    scene.call(scene.tablet, api.messages.SaveDraft(peer=scene.peer, message="more"))


@act
def toggle_dialog_pin(scene: Scene) -> None:
    peer = api.InputDialogPeer(peer=scene.peer)
    scene.call(scene.alice, api.messages.ToggleDialogPin(peer=peer, pinned=True))
    scene.call(scene.alice, api.messages.MarkDialogUnread(peer=peer, unread=True))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = Harness(tmp_path)
    yield harness
    harness.close()


@pytest.mark.parametrize("name", ACTS)
def test_pushes_differences_and_a_fetch_agree(server: Harness, name: str) -> None:
    scene = make_scene(server)
    before = server.push_count
    frank = scene.verifier.model(scene.frank).copy()
    ACTS[name](scene)
    scene.verifier.check()
    if name != "delete_history":  # the only thing that he does himself
        assert not [push for push in server.pushes_since(before) if push.user_id == scene.frank.id]
        assert scene.verifier.model(scene.frank).messages == frank.messages
