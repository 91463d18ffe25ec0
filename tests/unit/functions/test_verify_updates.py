"""For every writing method: pushes, differences and a fresh fetch agree, for the peer and for a second device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from functions.messages.scheduled import send_due_messages
from functions.messages.timers import expire_messages
from functions.messages.web_pages import fetch_pages
from layers.registry import load_registry
from tests.harness import Client, Harness
from tests.unit.domain.test_safe_fetch import loopback, page, serving
from tests.unit.files.uploading import picture, upload
from tests.unit.functions import test_verify_groups, test_verify_secrets
from tests.unit.functions.channels import test_verify as test_verify_channels
from tests.unit.functions.stickers.offering import offer, with_content
from tests.verify_updates import Verifier
from tl import api


@dataclass
class Scene:
    """Alice with two devices, Bob and Carol; the chats have some history before the scene starts."""

    server: Harness
    alice: Client
    tablet: Client
    bob: Client
    carol: Client
    verifier: Verifier
    _random_id: int = 0

    def random_id(self) -> int:
        """A new one."""
        self._random_id += 1
        return self._random_id

    def call(self, device: Client, request: Any) -> Any:
        """Call through the verifier."""
        return self.verifier.call(device, request)

    def say(self, sender: Client, to: Client, text: str, **options: Any) -> int:
        """Send a text; its id in the sender's box."""
        self.call(
            sender,
            api.messages.SendMessage(peer=sender.peer(to), message=text, random_id=self.random_id(), **options),
        )
        return self.verifier.last(sender)

    def last(self, device: Client) -> int:
        """The newest message's id on a device."""
        return self.verifier.last(device)


def _text(peer: Any, text: str, random_id: int, **options: Any) -> api.messages.SendMessage:
    return api.messages.SendMessage(peer=peer, message=text, random_id=random_id, **options)


def make_scene(server: Harness) -> Scene:
    """People with a history."""
    alice, bob, carol = server.user("Alice"), server.user("Bob"), server.user("Carol")
    tablet = alice.device()
    for number in range(3):
        bob.call(_text(bob.peer(alice), f"before {number}", 100 + number))
        alice.call(_text(alice.peer(bob), f"answer {number}", 200 + number))
    carol.call(_text(carol.peer(alice), "hello", 300))
    return Scene(server, alice, tablet, bob, carol, Verifier(server, alice, tablet, bob, carol), 1000)


Act = Callable[[Scene], None]
ACTS: Final[dict[str, Act]] = {}
"""What happens, by the method it is about and a word."""


def act(function: Act) -> Act:
    """Register a scene: ``send_message__reply`` is about messages.sendMessage."""
    ACTS[function.__name__] = function
    return function


@act
def send_message(scene: Scene) -> None:
    bold = [api.MessageEntityBold(offset=0, length=5)]
    scene.say(scene.alice, scene.bob, "hello Bob", entities=bold, silent=True)
    scene.say(scene.bob, scene.alice, "hello Alice")
    scene.say(scene.bob, scene.alice, "again")
    scene.say(scene.carol, scene.bob, "we have not met")


@act
def send_message__to_oneself(scene: Scene) -> None:
    scene.say(scene.alice, scene.alice, "note")
    scene.say(scene.tablet, scene.alice, "another note")


@act
def send_message__reply_and_quote(scene: Scene) -> None:
    scene.say(scene.bob, scene.alice, "one two three")
    reply = api.InputReplyToMessage(reply_to_msg_id=scene.last(scene.alice), quote_text="two", quote_offset=4)
    scene.say(scene.alice, scene.bob, "two?", reply_to=reply)
    scene.say(scene.bob, scene.alice, "yes", reply_to=api.InputReplyToMessage(reply_to_msg_id=scene.last(scene.bob)))


def _live(latitude: float, **options: Any) -> api.InputMediaGeoLive:
    return api.InputMediaGeoLive(geo_point=api.InputGeoPoint(lat=latitude, long=9.0), **options)


@act
def edit_message__live_location(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    media = _live(50.0, period=900)
    scene.call(scene.alice, api.messages.SendMedia(peer=peer, media=media, message="", random_id=scene.random_id()))
    sent = scene.last(scene.alice)
    scene.server.clock.advance(60)
    scene.call(scene.alice, api.messages.EditMessage(peer=peer, id=sent, media=_live(51.0, heading=90)))
    scene.call(scene.tablet, api.messages.EditMessage(peer=peer, id=sent, media=_live(51.0, stopped=True)))


@act
def toggle_no_forwards__private(scene: Scene) -> None:
    mine, theirs = scene.alice.peer(scene.bob), scene.bob.peer(scene.alice)
    toggle = api.messages.ToggleNoForwards
    scene.call(scene.alice, toggle(peer=mine, enabled=True))
    scene.call(scene.bob, toggle(peer=theirs, enabled=False))
    asked = scene.last(scene.alice)
    scene.call(scene.tablet, toggle(peer=mine, enabled=False, request_msg_id=asked))
    assert scene.verifier.model(scene.bob).messages[scene.last(scene.bob) - 1].action.expired


@act
def set_chat_theme(scene: Scene) -> None:
    day = {"base_theme": "day", "accent_color": "#336699"}
    offer(scene.server, "chat_themes.json", [{"emoticon": "🎄", "title": "Winter", "settings": [day]}])
    peer = scene.alice.peer(scene.bob)
    scene.call(scene.alice, api.messages.SetChatTheme(peer=peer, theme=api.InputChatTheme(emoticon="🎄")))
    answer = api.messages.SetChatTheme(peer=scene.bob.peer(scene.alice), theme=api.InputChatThemeEmpty())
    scene.call(scene.bob, answer)


@act
def set_chat_wall_paper(scene: Scene) -> None:
    blue = api.WallPaperSettings(background_color=0x336699)
    paper = {"wallpaper": api.InputWallPaperNoFile(id=0), "settings": blue}
    mine, theirs = scene.alice.peer(scene.bob), scene.bob.peer(scene.alice)
    scene.call(scene.alice, api.messages.SetChatWallPaper(peer=mine, for_both=True, **paper))
    scene.call(scene.bob, api.messages.SetChatWallPaper(peer=theirs, revert=True))
    scene.call(scene.bob, api.messages.SetChatWallPaper(peer=theirs, id=scene.last(scene.bob)))
    scene.call(scene.tablet, api.messages.SetChatWallPaper(peer=mine))


@act
def send_screenshot_notification(scene: Scene) -> None:
    asked = scene.say(scene.bob, scene.alice, "a secret")
    request = api.messages.SendScreenshotNotification(
        peer=scene.bob.peer(scene.alice),
        reply_to=api.InputReplyToMessage(reply_to_msg_id=asked),
        random_id=scene.random_id(),
    )
    scene.call(scene.bob, request)
    scene.call(scene.bob, request)
    actions = [
        message.action for message in scene.verifier.model(scene.tablet).messages.values() if hasattr(message, "action")
    ]
    assert actions == [api.MessageActionScreenshotTaken()]


@act
def send_message__reply_to_another_chat(scene: Scene) -> None:
    scene.say(scene.carol, scene.alice, "well said")
    reply = api.InputReplyToMessage(
        reply_to_msg_id=scene.last(scene.alice), reply_to_peer_id=scene.alice.peer(scene.carol)
    )
    scene.say(scene.alice, scene.bob, "look", reply_to=reply)


@act
def send_message__repeated(scene: Scene) -> None:
    request = _text(scene.alice.peer(scene.bob), "once", 77)
    scene.call(scene.alice, request)
    scene.call(scene.alice, request)
    assert [m.message for m in scene.verifier.model(scene.bob).messages.values()].count("once") == 1


@act
def send_message__blocked(scene: Scene) -> None:
    scene.call(scene.bob, api.contacts.Block(id=scene.bob.peer(scene.alice)))
    scene.say(scene.alice, scene.bob, "nobody hears this")
    scene.call(scene.bob, api.contacts.Unblock(id=scene.bob.peer(scene.alice)))
    scene.say(scene.alice, scene.bob, "but this")


@act
def send_message__clears_the_draft(scene: Scene) -> None:
    scene.call(scene.alice, api.messages.SaveDraft(peer=scene.alice.peer(scene.bob), message="unfin"))
    scene.say(scene.alice, scene.bob, "unfinished", clear_draft=True)


@act
def save_draft(scene: Scene) -> None:
    scene.call(scene.alice, api.messages.SaveDraft(peer=scene.alice.peer(scene.bob), message="to Bob"))
    scene.call(scene.tablet, api.messages.SaveDraft(peer=scene.alice.peer(scene.carol), message="to Carol"))
    scene.call(scene.alice, api.messages.SaveDraft(peer=scene.alice.peer(scene.bob), message=""))


@act
def clear_all_drafts(scene: Scene) -> None:
    scene.call(scene.alice, api.messages.SaveDraft(peer=scene.alice.peer(scene.bob), message="to Bob"))
    scene.call(scene.alice, api.messages.SaveDraft(peer=scene.alice.peer(scene.carol), message="to Carol"))
    scene.call(scene.tablet, api.messages.ClearAllDrafts())


_GEO: Final = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=48.1, long=11.5))
_CONTACT: Final = api.InputMediaContact(phone_number="+99966012345", first_name="Dave", last_name="", vcard="")


@act
def send_media(scene: Scene) -> None:
    for media in (_GEO, _CONTACT, api.InputMediaDice(emoticon="🎲")):
        scene.call(
            scene.alice,
            api.messages.SendMedia(
                peer=scene.alice.peer(scene.bob), media=media, message="", random_id=scene.random_id()
            ),
        )


def _voice(scene: Scene) -> api.InputMediaUploadedDocument:
    return api.InputMediaUploadedDocument(
        file=upload(scene.bob, b"OggS" + bytes(2000), name="voice.ogg"),
        mime_type="audio/ogg",
        attributes=[api.DocumentAttributeAudio(duration=2, voice=True, waveform=bytes(10))],
    )


@act
def read_message_contents__voice(scene: Scene) -> None:
    for text in ("listen", "and to this"):
        scene.call(
            scene.bob,
            api.messages.SendMedia(
                peer=scene.bob.peer(scene.alice), media=_voice(scene), message=text, random_id=scene.random_id()
            ),
        )
    scene.call(scene.alice, api.messages.ReadMessageContents(id=[scene.last(scene.alice)]))
    scene.call(scene.tablet, api.messages.ReadMessageContents(id=[scene.last(scene.alice) - 1]))


@act
def edit_message__media(scene: Scene) -> None:
    scene.call(
        scene.bob,
        api.messages.SendMedia(
            peer=scene.bob.peer(scene.alice),
            media=api.InputMediaUploadedPhoto(file=upload(scene.bob, picture(80, 40), name="a.jpg")),
            message="before",
            random_id=scene.random_id(),
        ),
    )
    scene.call(
        scene.bob,
        api.messages.EditMessage(
            peer=scene.bob.peer(scene.alice),
            id=scene.last(scene.bob),
            message="after",
            media=api.InputMediaUploadedPhoto(file=upload(scene.bob, picture(50, 100), name="b.jpg")),
        ),
    )


@act
def forward_messages__album(scene: Scene) -> None:
    send_multi_media(scene)
    top = scene.last(scene.bob)
    scene.call(
        scene.bob,
        api.messages.ForwardMessages(
            from_peer=scene.bob.peer(scene.alice),
            id=[top - 2, top - 1, top],
            random_id=[scene.random_id() for _ in range(3)],
            to_peer=scene.bob.peer(scene.carol),
            drop_media_captions=True,
            drop_author=True,
        ),
    )


@act
def send_multi_media(scene: Scene) -> None:
    album = [
        api.InputSingleMedia(
            media=api.InputMediaUploadedPhoto(file=upload(scene.alice, picture(90, 60), name="a.jpg")),
            random_id=scene.random_id(),
            message=f"picture {number}",
        )
        for number in range(3)
    ]
    scene.call(scene.alice, api.messages.SendMultiMedia(peer=scene.alice.peer(scene.bob), multi_media=album))


@act
def update_dialog_filter(scene: Scene) -> None:
    for filter_id, title in ((2, "work"), (3, "home")):
        folder = api.DialogFilter(
            id=filter_id,
            title=api.TextWithEntities(text=title, entities=[]),
            pinned_peers=[],
            include_peers=[scene.alice.peer(scene.bob)],
            exclude_peers=[],
        )
        scene.call(scene.alice, api.messages.UpdateDialogFilter(id=filter_id, filter=folder))
    scene.call(scene.tablet, api.messages.UpdateDialogFilter(id=2))


@act
def update_dialog_filters_order(scene: Scene) -> None:
    update_dialog_filter(scene)
    scene.call(scene.alice, api.messages.UpdateDialogFiltersOrder(order=[3, 0]))


@act
def edit_message(scene: Scene) -> None:
    message_id = scene.say(scene.alice, scene.bob, "frist")
    scene.call(
        scene.alice,
        api.messages.EditMessage(peer=scene.alice.peer(scene.bob), id=message_id, message="first"),
    )
    scene.say(scene.alice, scene.bob, "second")
    scene.call(
        scene.tablet,
        api.messages.EditMessage(
            peer=scene.alice.peer(scene.bob),
            id=message_id,
            message="FIRST",
            entities=[api.MessageEntityItalic(offset=0, length=5)],
        ),
    )


@act
def forward_messages(scene: Scene) -> None:
    ids = [scene.say(scene.alice, scene.bob, text) for text in ("one", "two", "three")]
    scene.call(
        scene.alice,
        api.messages.ForwardMessages(
            from_peer=scene.alice.peer(scene.bob),
            id=ids,
            random_id=[scene.random_id() for _ in ids],
            to_peer=scene.alice.peer(scene.carol),
        ),
    )
    scene.call(
        scene.tablet,
        api.messages.ForwardMessages(
            from_peer=scene.alice.peer(scene.bob),
            id=ids[:1],
            random_id=[scene.random_id()],
            to_peer=api.InputPeerSelf(),
            drop_author=True,
        ),
    )


@act
def delete_messages__revoke(scene: Scene) -> None:
    ids = [scene.say(scene.alice, scene.bob, text) for text in ("one", "two")]
    scene.say(scene.bob, scene.alice, "three")
    scene.call(scene.alice, api.messages.DeleteMessages(id=[*ids, scene.last(scene.alice)], revoke=True))


@act
def delete_messages__for_oneself(scene: Scene) -> None:
    scene.say(scene.alice, scene.bob, "one")
    scene.say(scene.bob, scene.alice, "two")
    scene.call(scene.alice, api.messages.DeleteMessages(id=[scene.last(scene.alice)], revoke=False))
    scene.call(scene.bob, api.messages.DeleteMessages(id=[scene.last(scene.bob), 999], revoke=False))


@act
def delete_history__clear(scene: Scene) -> None:
    scene.say(scene.bob, scene.alice, "unread")
    scene.call(scene.alice, api.messages.DeleteHistory(peer=scene.alice.peer(scene.bob), max_id=0, just_clear=True))
    scene.say(scene.bob, scene.alice, "after")


@act
def delete_history__revoke(scene: Scene) -> None:
    scene.say(scene.bob, scene.alice, "unread")
    scene.call(scene.alice, api.messages.DeleteHistory(peer=scene.alice.peer(scene.bob), max_id=0, revoke=True))
    scene.say(scene.alice, scene.bob, "a new start")


@act
def delete_history__up_to(scene: Scene) -> None:
    middle = scene.say(scene.alice, scene.bob, "the last to go")
    scene.say(scene.alice, scene.bob, "stays")
    scene.call(scene.alice, api.messages.DeleteHistory(peer=scene.alice.peer(scene.bob), max_id=middle, revoke=True))


@act
def read_history(scene: Scene) -> None:
    scene.say(scene.bob, scene.alice, "one")
    middle = scene.last(scene.alice)
    scene.say(scene.bob, scene.alice, "two")
    scene.call(scene.alice, api.messages.ReadHistory(peer=scene.alice.peer(scene.bob), max_id=middle))
    scene.call(scene.alice, api.messages.ReadHistory(peer=scene.alice.peer(scene.bob), max_id=middle))
    scene.call(scene.tablet, api.messages.ReadHistory(peer=scene.alice.peer(scene.bob), max_id=0))


@act
def read_history__with_deletions(scene: Scene) -> None:
    scene.say(scene.bob, scene.alice, "one")
    at_bob = scene.last(scene.bob)
    scene.say(scene.bob, scene.alice, "two")
    scene.call(scene.bob, api.messages.DeleteMessages(id=[at_bob + 1], revoke=False))
    scene.call(scene.alice, api.messages.ReadHistory(peer=scene.alice.peer(scene.bob), max_id=0))
    scene.say(scene.bob, scene.alice, "three")


@act
def read_message_contents(scene: Scene) -> None:
    mention = api.InputMessageEntityMentionName(offset=0, length=5, user_id=scene.bob.input_user(scene.alice))
    scene.say(scene.bob, scene.alice, "Alice, look", entities=[mention])
    scene.call(scene.alice, api.messages.ReadMessageContents(id=[scene.last(scene.alice)]))


@act
def read_mentions(scene: Scene) -> None:
    mention = api.InputMessageEntityMentionName(offset=0, length=5, user_id=scene.bob.input_user(scene.alice))
    for _ in range(2):
        scene.say(scene.bob, scene.alice, "Alice, look", entities=[mention])
    scene.call(scene.alice, api.messages.ReadMentions(peer=scene.alice.peer(scene.bob)))


@act
def update_pinned_message(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    first, second = (scene.say(scene.alice, scene.bob, text) for text in ("one", "two"))
    scene.call(scene.alice, api.messages.UpdatePinnedMessage(peer=peer, id=first))
    scene.call(scene.alice, api.messages.UpdatePinnedMessage(peer=peer, id=second, silent=True))
    scene.call(scene.tablet, api.messages.UpdatePinnedMessage(peer=peer, id=first, unpin=True))


@act
def update_pinned_message__oneside(scene: Scene) -> None:
    message_id = scene.say(scene.alice, scene.bob, "for me")
    scene.call(
        scene.alice,
        api.messages.UpdatePinnedMessage(peer=scene.alice.peer(scene.bob), id=message_id, pm_oneside=True),
    )


@act
def unpin_all_messages(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    for text in ("one", "two"):
        message_id = scene.say(scene.alice, scene.bob, text)
        scene.call(scene.alice, api.messages.UpdatePinnedMessage(peer=peer, id=message_id, silent=True))
    scene.call(scene.tablet, api.messages.UnpinAllMessages(peer=peer))


def _dialog(scene: Scene, other: Client) -> api.InputDialogPeer:
    return api.InputDialogPeer(peer=scene.alice.peer(other))


@act
def toggle_dialog_pin(scene: Scene) -> None:
    for other in (scene.bob, scene.carol):
        scene.call(scene.alice, api.messages.ToggleDialogPin(peer=_dialog(scene, other), pinned=True))
    scene.call(scene.tablet, api.messages.ToggleDialogPin(peer=_dialog(scene, scene.carol), pinned=False))


@act
def reorder_pinned_dialogs(scene: Scene) -> None:
    for other in (scene.bob, scene.carol):
        scene.call(scene.alice, api.messages.ToggleDialogPin(peer=_dialog(scene, other), pinned=True))
    order: list[Any] = [_dialog(scene, scene.bob), _dialog(scene, scene.carol)]
    scene.call(scene.alice, api.messages.ReorderPinnedDialogs(folder_id=0, order=order, force=True))


@act
def mark_dialog_unread(scene: Scene) -> None:
    for other in (scene.bob, scene.carol):
        scene.call(scene.alice, api.messages.MarkDialogUnread(peer=_dialog(scene, other), unread=True))
    scene.call(scene.tablet, api.messages.MarkDialogUnread(peer=_dialog(scene, scene.bob), unread=False))
    # Reading takes the mark off.
    scene.call(scene.tablet, api.messages.ReadHistory(peer=scene.alice.peer(scene.carol), max_id=0))


@act
def delete_saved_history(scene: Scene) -> None:
    scene.say(scene.alice, scene.alice, "note")
    scene.say(scene.tablet, scene.alice, "another note")
    scene.call(scene.alice, api.messages.DeleteSavedHistory(peer=api.InputPeerSelf(), max_id=0))
    scene.say(scene.alice, scene.alice, "a new note")


@act
def edit_peer_folders(scene: Scene) -> None:
    moved = api.InputFolderPeer(peer=scene.alice.peer(scene.bob), folder_id=1)
    scene.call(scene.alice, api.folders.EditPeerFolders(folder_peers=[moved]))
    scene.say(scene.bob, scene.alice, "in the archive")


def _save_from_bob_and_carol(scene: Scene) -> None:
    for other in (scene.bob, scene.carol):
        scene.say(other, scene.alice, "worth keeping")
        scene.call(
            scene.alice,
            api.messages.ForwardMessages(
                from_peer=scene.alice.peer(other),
                id=[scene.last(scene.alice)],
                random_id=[scene.random_id()],
                to_peer=api.InputPeerSelf(),
            ),
        )


@act
def delete_saved_history__of_a_chat(scene: Scene) -> None:
    _save_from_bob_and_carol(scene)
    scene.call(scene.alice, api.messages.DeleteSavedHistory(peer=scene.alice.peer(scene.bob), max_id=0))


@act
def toggle_saved_dialog_pin(scene: Scene) -> None:
    _save_from_bob_and_carol(scene)
    for other in (scene.bob, scene.carol):
        scene.call(scene.alice, api.messages.ToggleSavedDialogPin(peer=_dialog(scene, other), pinned=True))
    scene.call(scene.tablet, api.messages.ToggleSavedDialogPin(peer=_dialog(scene, scene.carol), pinned=False))


@act
def reorder_pinned_saved_dialogs(scene: Scene) -> None:
    _save_from_bob_and_carol(scene)
    for other in (scene.bob, scene.carol):
        scene.call(scene.alice, api.messages.ToggleSavedDialogPin(peer=_dialog(scene, other), pinned=True))
    order: list[Any] = [_dialog(scene, scene.bob), _dialog(scene, scene.carol)]
    scene.call(scene.tablet, api.messages.ReorderPinnedSavedDialogs(order=order, force=True))


def _react(device: Client, peer: Any, message_id: int, *emoji: str) -> api.messages.SendReaction:
    reaction: list[Any] = [api.ReactionEmoji(emoticon=item) for item in emoji]
    return api.messages.SendReaction(peer=peer, msg_id=message_id, reaction=reaction)


@act
def send_reaction(scene: Scene) -> None:
    peer = scene.bob.peer(scene.alice)
    scene.say(scene.alice, scene.bob, "one")
    scene.call(scene.bob, _react(scene.bob, peer, scene.last(scene.bob), "👍"))
    scene.call(scene.alice, _react(scene.alice, scene.alice.peer(scene.bob), scene.last(scene.alice), "🔥"))
    scene.call(scene.bob, _react(scene.bob, peer, scene.last(scene.bob), "🎉", "👏"))
    scene.say(scene.alice, scene.bob, "two")
    scene.call(scene.bob, _react(scene.bob, peer, scene.last(scene.bob), "👍"))
    scene.call(scene.bob, _react(scene.bob, peer, scene.last(scene.bob)))


@act
def send_reaction__as_a_tag(scene: Scene) -> None:
    note = scene.say(scene.alice, scene.alice, "note")
    scene.call(scene.alice, _react(scene.alice, api.InputPeerSelf(), note, "👍"))
    scene.call(scene.tablet, _react(scene.tablet, api.InputPeerSelf(), note, "👍", "🔥"))


@act
def send_reaction__to_a_message_that_is_deleted(scene: Scene) -> None:
    message_id = scene.say(scene.alice, scene.bob, "one")
    scene.call(scene.bob, _react(scene.bob, scene.bob.peer(scene.alice), scene.last(scene.bob), "👍"))
    scene.call(scene.alice, api.messages.DeleteMessages(id=[message_id], revoke=True))


@act
def read_reactions(scene: Scene) -> None:
    for text in ("one", "two"):
        scene.say(scene.alice, scene.bob, text)
        scene.call(scene.bob, _react(scene.bob, scene.bob.peer(scene.alice), scene.last(scene.bob), "👍"))
    scene.call(scene.alice, api.messages.ReadMessageContents(id=[scene.last(scene.alice)]))
    scene.call(scene.tablet, api.messages.ReadReactions(peer=scene.tablet.peer(scene.bob)))


def _ask(scene: Scene, to: Client, **options: Any) -> int:
    """Alice asks a question; its id in her box."""
    answers: list[Any] = [
        api.InputPollAnswer(text=api.TextWithEntities(text=text, entities=[])) for text in ("yes", "no")
    ]
    question = api.TextWithEntities(text="Well?", entities=[])
    poll = api.Poll(id=0, question=question, answers=answers, hash=0, **options)
    request = api.messages.SendMedia(
        peer=scene.alice.peer(to), media=api.InputMediaPoll(poll=poll), message="", random_id=scene.random_id()
    )
    scene.call(scene.alice, request)
    return scene.last(scene.alice)


@act
def send_vote(scene: Scene) -> None:
    message_id = _ask(scene, scene.bob, public_voters=True)
    at_bob = scene.last(scene.bob)
    peer = scene.bob.peer(scene.alice)
    scene.call(scene.bob, api.messages.SendVote(peer=peer, msg_id=at_bob, options=[b"0"]))
    scene.call(scene.alice, api.messages.SendVote(peer=scene.alice.peer(scene.bob), msg_id=message_id, options=[b"1"]))
    scene.call(scene.bob, api.messages.SendVote(peer=peer, msg_id=at_bob, options=[]))


@act
def read_poll_votes(scene: Scene) -> None:
    for to in (scene.bob, scene.carol):
        _ask(scene, to, public_voters=True)
        vote = api.messages.SendVote(peer=to.peer(scene.alice), msg_id=scene.last(to), options=[b"0"])
        scene.call(to, vote)
    scene.call(scene.tablet, api.messages.ReadPollVotes(peer=scene.alice.peer(scene.bob)))
    scene.call(scene.alice, api.messages.ReadMessageContents(id=[scene.last(scene.alice)]))
    # A change of mind is news again.
    peer = scene.bob.peer(scene.alice)
    scene.call(scene.bob, api.messages.SendVote(peer=peer, msg_id=scene.last(scene.bob), options=[b"1"]))


@act
def add_poll_answer(scene: Scene) -> None:
    _ask(scene, scene.bob, open_answers=True, public_voters=True)
    at_bob, peer = scene.last(scene.bob), scene.bob.peer(scene.alice)
    answer = api.InputPollAnswer(text=api.TextWithEntities(text="maybe", entities=[]))
    scene.call(scene.bob, api.messages.AddPollAnswer(peer=peer, msg_id=at_bob, answer=answer))
    scene.call(scene.bob, api.messages.SendVote(peer=peer, msg_id=at_bob, options=[b"2"]))


@act
def delete_poll_answer(scene: Scene) -> None:
    at_alice = _ask(scene, scene.bob, open_answers=True, multiple_choice=True)
    at_bob, peer = scene.last(scene.bob), scene.bob.peer(scene.alice)
    for text in ("maybe", "perhaps"):
        answer = api.InputPollAnswer(text=api.TextWithEntities(text=text, entities=[]))
        scene.call(scene.bob, api.messages.AddPollAnswer(peer=peer, msg_id=at_bob, answer=answer))
    scene.call(scene.bob, api.messages.SendVote(peer=peer, msg_id=at_bob, options=[b"2", b"3"]))
    peer = scene.alice.peer(scene.bob)
    scene.call(scene.alice, api.messages.DeletePollAnswer(peer=peer, msg_id=at_alice, option=b"2"))
    scene.call(scene.alice, api.messages.SendVote(peer=peer, msg_id=at_alice, options=[b"3"]))


@act
def edit_message__closes_a_poll(scene: Scene) -> None:
    message_id = _ask(scene, scene.bob)
    scene.call(
        scene.bob,
        api.messages.SendVote(peer=scene.bob.peer(scene.alice), msg_id=scene.last(scene.bob), options=[b"0"]),
    )
    poll = scene.verifier.model(scene.alice).messages[message_id].media.poll
    poll = api.Poll(id=poll.id, closed=True, question=poll.question, answers=poll.answers, hash=0)
    scene.call(
        scene.alice,
        api.messages.EditMessage(peer=scene.alice.peer(scene.bob), id=message_id, media=api.InputMediaPoll(poll=poll)),
    )


@act
def forward_messages__of_a_poll(scene: Scene) -> None:
    message_id = _ask(scene, scene.bob)
    request = api.messages.ForwardMessages(
        from_peer=scene.alice.peer(scene.bob),
        id=[message_id],
        random_id=[scene.random_id()],
        to_peer=scene.alice.peer(scene.carol),
    )
    scene.call(scene.alice, request)
    scene.call(
        scene.carol,
        api.messages.SendVote(peer=scene.carol.peer(scene.alice), msg_id=scene.last(scene.carol), options=[b"0"]),
    )
    # The first copy is told of the vote by messages.getPollResults alone.
    scene.call(scene.alice, api.messages.DeleteMessages(id=[message_id], revoke=True))


@act
def send_message__scheduled(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    later = int(scene.server.clock()) + 3600
    scene.call(scene.alice, _text(peer, "later", scene.random_id(), schedule_date=later))
    scene.call(scene.tablet, _text(peer, "later still", scene.random_id(), schedule_date=later + 60))
    scene.call(scene.tablet, api.messages.EditMessage(peer=peer, id=1, message="a bit later", schedule_date=later + 30))


@act
def send_scheduled_messages(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    later = int(scene.server.clock()) + 3600
    for text in ("one", "two", "three"):
        scene.call(scene.alice, _text(peer, text, scene.random_id(), schedule_date=later))
    scene.call(scene.tablet, api.messages.SendScheduledMessages(peer=peer, id=[1, 3]))


@act
def delete_scheduled_messages(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    later = int(scene.server.clock()) + 3600
    for text in ("one", "two"):
        scene.call(scene.alice, _text(peer, text, scene.random_id(), schedule_date=later))
    scene.call(scene.tablet, api.messages.DeleteScheduledMessages(peer=peer, id=[1]))


@act
def send_message__scheduled_and_due(scene: Scene) -> None:
    later = int(scene.server.clock()) + 3600
    for device, to in ((scene.alice, scene.bob), (scene.alice, scene.alice), (scene.bob, scene.carol)):
        scene.call(device, _text(device.peer(to), "in an hour", scene.random_id(), schedule_date=later))
    scene.server.clock.advance(3601)
    assert scene.verifier.happens(lambda: send_due_messages(scene.server.services)) == 3
    scene.say(scene.carol, scene.bob, "and now")


@act
def send_message__sent_again_and_again(scene: Scene) -> None:
    day = 86_400
    later = int(scene.server.clock()) + 600
    scene.say(scene.alice, scene.bob, "every day", schedule_date=later, schedule_repeat_period=day)
    for _ in range(2):
        scene.server.clock.advance(day)
        assert scene.verifier.happens(lambda: send_due_messages(scene.server.services)) == 1


@act
def set_history_ttl(scene: Scene) -> None:
    peer = scene.alice.peer(scene.bob)
    scene.call(scene.alice, api.messages.SetHistoryTTL(peer=peer, period=60))
    scene.say(scene.alice, scene.bob, "for a minute")
    scene.say(scene.bob, scene.alice, "I see")
    scene.call(scene.bob, api.messages.SetHistoryTTL(peer=scene.bob.peer(scene.alice), period=0))
    scene.say(scene.bob, scene.alice, "for ever")
    scene.server.clock.advance(61)
    assert scene.verifier.happens(lambda: expire_messages(scene.server.services)) == 2
    scene.say(scene.bob, scene.alice, "they are gone")


@act
def set_default_history_ttl__begins_a_chat(scene: Scene) -> None:
    scene.call(scene.bob, api.messages.SetDefaultHistoryTTL(period=60))
    scene.say(scene.bob, scene.carol, "we have not met")
    scene.say(scene.carol, scene.bob, "no")


@act
def read_message_contents__of_media_that_destroy_themselves(scene: Scene) -> None:
    media = api.InputMediaUploadedPhoto(file=upload(scene.alice, picture(60, 40)), ttl_seconds=5)
    scene.call(
        scene.alice,
        api.messages.SendMedia(
            peer=scene.alice.peer(scene.bob), media=media, message="look", random_id=scene.random_id()
        ),
    )
    scene.call(scene.bob, api.messages.ReadMessageContents(id=[scene.last(scene.bob)]))
    scene.server.clock.advance(6)
    assert scene.verifier.happens(lambda: expire_messages(scene.server.services)) == 1
    scene.say(scene.bob, scene.alice, "it is gone")


@act
def send_message__with_a_link(scene: Scene) -> None:
    html = page(b"<title>A page</title>")
    with serving(lambda line: page(b"", status="404 Not Found") if "missing" in line else html) as port:
        for name in ("there", "missing"):
            scene.say(scene.alice, scene.bob, f"see http://example.org:{port}/{name}")
        scene.say(scene.alice, scene.alice, f"http://example.org:{port}/there")
        assert scene.verifier.happens(lambda: fetch_pages(scene.server.services, loopback())) == 2
    scene.say(scene.bob, scene.alice, "read it")


def _prepare(scene: Scene, name: str, *texts: str) -> int:
    """A shortcut of Alice's with messages; its id."""
    shortcut = api.InputQuickReplyShortcut(shortcut=name)
    for text in texts:
        request = _text(api.InputPeerSelf(), text, scene.random_id(), quick_reply_shortcut=shortcut)
        scene.call(scene.alice, request)
    return next(number for number, known in scene.verifier.model(scene.tablet).quick_replies.items() if known == name)


@act
def send_message__as_a_quick_reply(scene: Scene) -> None:
    _prepare(scene, "hello", "Hello!", "How can I help you?")
    _prepare(scene, "bye", "Good bye")


@act
def edit_message__of_a_quick_reply(scene: Scene) -> None:
    shortcut_id = _prepare(scene, "hello", "Hello!")
    scene.call(
        scene.alice,
        api.messages.EditMessage(
            peer=api.InputPeerSelf(), id=1, message="Good day", quick_reply_shortcut_id=shortcut_id
        ),
    )


@act
def edit_quick_reply_shortcut(scene: Scene) -> None:
    shortcut_id = _prepare(scene, "hello", "Hello!")
    scene.call(scene.tablet, api.messages.EditQuickReplyShortcut(shortcut_id=shortcut_id, shortcut="welcome"))


@act
def reorder_quick_replies(scene: Scene) -> None:
    order = [_prepare(scene, name, name) for name in ("one", "two", "three")]
    scene.call(scene.alice, api.messages.ReorderQuickReplies(order=order[::-1]))


@act
def delete_quick_reply_shortcut(scene: Scene) -> None:
    first, _ = _prepare(scene, "hello", "Hello!"), _prepare(scene, "bye", "Good bye")
    scene.call(scene.tablet, api.messages.DeleteQuickReplyShortcut(shortcut_id=first))


@act
def delete_quick_reply_messages(scene: Scene) -> None:
    first, second = _prepare(scene, "hello", "Hello!", "Well?"), _prepare(scene, "bye", "Good bye")
    scene.call(scene.alice, api.messages.DeleteQuickReplyMessages(shortcut_id=first, id=[1]))
    # The last one takes the shortcut along.
    scene.call(scene.alice, api.messages.DeleteQuickReplyMessages(shortcut_id=second, id=[3]))


@act
def send_quick_reply_messages(scene: Scene) -> None:
    shortcut_id = _prepare(scene, "hello", "Hello!", "How can I help you?")
    request = api.messages.SendQuickReplyMessages(
        peer=scene.alice.peer(scene.bob),
        shortcut_id=shortcut_id,
        id=[],
        random_id=[scene.random_id(), scene.random_id()],
    )
    scene.call(scene.alice, request)
    scene.call(scene.alice, request)


def _todo(*texts: str) -> api.InputMediaTodo:
    items: list[Any] = [
        api.TodoItem(id=index + 1, title=api.TextWithEntities(text=text, entities=[]))
        for index, text in enumerate(texts)
    ]
    title = api.TextWithEntities(text="To do", entities=[])
    given = api.TodoList(title=title, list=items, others_can_complete=True, others_can_append=True)
    return api.InputMediaTodo(todo=given)


def _list(scene: Scene) -> tuple[int, int]:
    """Alice sends Bob a list; its ids in her box and in his."""
    request = api.messages.SendMedia(
        peer=scene.alice.peer(scene.bob), media=_todo("one", "two"), message="", random_id=scene.random_id()
    )
    scene.call(scene.alice, request)
    return scene.last(scene.alice), scene.last(scene.bob)


@act
def toggle_todo_completed(scene: Scene) -> None:
    at_alice, at_bob = _list(scene)
    toggle = api.messages.ToggleTodoCompleted
    scene.call(scene.bob, toggle(peer=scene.bob.peer(scene.alice), msg_id=at_bob, completed=[1, 2], incompleted=[]))
    peer = scene.alice.peer(scene.bob)
    scene.call(scene.tablet, toggle(peer=peer, msg_id=at_alice, completed=[], incompleted=[1]))


@act
def append_todo_list(scene: Scene) -> None:
    _, at_bob = _list(scene)
    three: list[Any] = [api.TodoItem(id=3, title=api.TextWithEntities(text="three", entities=[]))]
    request = api.messages.AppendTodoList(peer=scene.bob.peer(scene.alice), msg_id=at_bob, list=three)
    scene.call(scene.bob, request)


@act
def edit_message__of_a_list(scene: Scene) -> None:
    at_alice, at_bob = _list(scene)
    toggle = api.messages.ToggleTodoCompleted(
        peer=scene.bob.peer(scene.alice), msg_id=at_bob, completed=[1], incompleted=[]
    )
    scene.call(scene.bob, toggle)
    edit = api.messages.EditMessage(peer=scene.alice.peer(scene.bob), id=at_alice, media=_todo("uno"))
    scene.call(scene.alice, edit)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = with_content(tmp_path)
    yield harness
    harness.close()


@pytest.mark.parametrize("name", ACTS)
def test_pushes_differences_and_a_fetch_agree(server: Harness, name: str) -> None:
    scene = make_scene(server)
    ACTS[name](scene)
    scene.verifier.check()


_NO_PTS: Final = {
    # Said elsewhere, or not part of anyone's message box.
    "messages.clearRecentReactions",
    "messages.deleteParticipantReaction",
    "messages.getWebPagePreview",
    "messages.clearRecentStickers",
    "messages.readFeaturedStickers",
    "messages.togglePeerTranslations",
    "messages.faveSticker",
    "messages.installStickerSet",
    "messages.reorderStickerSets",
    "messages.saveGif",
    "messages.saveRecentSticker",
    "messages.toggleStickerSets",
    "messages.uninstallStickerSet",
    "messages.reportReaction",
    "messages.setChatAvailableReactions",
    "messages.setDefaultReaction",
    "messages.updateSavedReactionTag",
    "messages.uploadMedia",
    "messages.hidePeerSettingsBar",
    "messages.reportSpam",
    "messages.reorderPinnedSavedDialogs",
    "messages.toggleSavedDialogPin",
    "messages.report",
    "messages.setTyping",
    "messages.migrateChat",
    "messages.editChatCreator",
    "messages.saveDefaultSendAs",
    "messages.exportChatInvite",
    "messages.editExportedChatInvite",
    "messages.deleteExportedChatInvite",
    "messages.deleteRevokedExportedChatInvites",
    # Of channels: tests/unit/functions/channels.
    "messages.editFactCheck",
    "messages.deleteFactCheck",
    "messages.createForumTopic",
    "messages.deleteTopicHistory",
    "messages.editForumTopic",
    "messages.readDiscussion",
    "messages.reorderPinnedForumTopics",
    "messages.updatePinnedForumTopic",
}


def test_every_writing_method_of_messages_has_a_scene() -> None:
    acts = (*ACTS, *test_verify_groups.ACTS, *test_verify_channels.ACTS, *test_verify_secrets.ACTS)
    scenes = {name.partition("__")[0].replace("_", "") for name in acts}
    writing = {item.request.TL_NAME for item in load_registry() if item.writes}
    missing = {
        name
        for name in writing
        if name.startswith("messages.") and name not in _NO_PTS and name.partition(".")[2].lower() not in scenes
    }
    assert not missing
