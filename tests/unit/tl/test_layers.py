"""Objects for clients of older layers."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tl
from tests.unit.tl.reader import lines, read
from tests.unit.tl.samples import Samples, without_deadline
from tl import api
from tl.convert.check import missing_rules, receivable_types
from tl.convert.vanishing import vanishing_types
from tl.schema import api_schema, nearest_covered

COVERED = sorted({line.first_layer for line in lines().values()} | {line.last_layer for line in lines().values()})
SUPPORTED = [layer for layer in COVERED if layer >= tl.MIN_LAYER]
CLIENT_LAYERS = (158, 181, 198, 214, 220, 223, 227, 228, 229, 231)
BOOLS = {"boolTrue", "boolFalse"}


@cache
def receivable(layer: int) -> list[tuple[str, str]]:
    """(type, canonical constructor) of everything that a client of the layer can be sent."""
    known = {line.result for line in lines().values() if not line.is_method and line.last_layer == tl.LAYER}
    types = sorted(receivable_types(layer) & known)
    return [(kind, name) for kind in types for name in tl.constructors_of(kind) if name not in BOOLS]


def vanishes(value: tl.TLObject, kind: str, layer: int) -> bool:
    vanishing = vanishing_types(layer).get(kind) if layer < tl.LAYER else None
    return vanishing is not None and vanishing.test(value)


def old(value: tl.TLObject, layer: int, kind: str | None = None) -> Any:
    """What a client of the layer reads."""
    return read(tl.encode(value, layer), kind or value.TL_TYPE, layer)


@pytest.mark.parametrize("layer", SUPPORTED)
def test_tables_are_complete(layer: int) -> None:
    assert missing_rules(layer) == []


@pytest.mark.parametrize("layer", SUPPORTED)
def test_every_object_reads_back_by_the_layers_own_schema(layer: int) -> None:  # checklist 68
    """To the last byte, by a reader that knows nothing of the codec, and only ids that the layer knows."""
    everything = receivable(layer)
    # All of it at the layers of real clients, a third of it at each of the others.
    for kind, name in everything if layer in CLIENT_LAYERS else everything[layer % 3 :: 3]:
        value = Samples(layer).of_class(name, 3)
        if not vanishes(value, kind, layer):
            old(value, layer, kind)


@without_deadline
@given(st.data(), st.sampled_from(SUPPORTED), st.integers(0, 2**32))
def test_random_objects_read_back(data: st.DataObject, layer: int, seed: int) -> None:
    kind, name = data.draw(st.sampled_from(receivable(layer)))
    value = Samples(seed).of_class(name)
    if not vanishes(value, kind, layer):
        old(value, layer, kind)


def test_layers_without_data_use_the_nearest_lower_one() -> None:
    assert nearest_covered(168) == 167
    assert nearest_covered(tl.LAYER) == tl.LAYER
    value = Samples(1).of_class("userFull")
    assert tl.encode(value, 168) == tl.encode(value, 167)


def test_updates_with_pts_are_known_to_every_supported_layer() -> None:
    """A dropped update would leave the client's pts behind; none that has a pts is ever dropped."""
    for line in api_schema():
        if line.result.name != "Update" or line.is_method or line.last_layer != tl.LAYER:
            continue
        if line.field("pts") is not None:
            assert api_schema().at(line.name, tl.MIN_LAYER) is not None, line.name
            value = Samples(3).of_class(line.name)
            for layer in CLIENT_LAYERS:
                updates = api.Updates(updates=[value], users=[], chats=[], date=0, seq=0)
                assert old(updates, layer)["updates"][0].get("pts") == value.pts


def test_unknown_updates_are_dropped_from_the_box() -> None:
    known = api.UpdateUserTyping(user_id=1, action=api.SendMessageTypingAction())
    newer = api.UpdateReadStories(peer=api.PeerUser(user_id=1), max_id=1)
    updates = api.Updates(updates=[newer, known], users=[], chats=[], date=0, seq=0)
    assert [update["_"] for update in old(updates, 158)["updates"]] == ["updateUserTyping"]
    assert [update["_"] for update in old(updates, 164)["updates"]] == ["updateReadStories", "updateUserTyping"]
    short = api.UpdateShort(update=newer, date=5)
    assert old(short, 158) | {"updates": []} == old(api.Updates(updates=[], users=[], chats=[], date=5, seq=0), 158)
    assert old(short, 164)["_"] == "updateShort"


def test_what_requires_an_unknown_value_vanishes_with_it() -> None:
    privacy = api.UpdatePrivacy(key=api.PrivacyKeyBirthday(), rules=[])
    updates = api.Updates(updates=[privacy], users=[], chats=[], date=0, seq=0)
    assert old(updates, 176)["updates"] == []
    assert len(old(updates, 177)["updates"]) == 1
    paid = api.ReactionCount(reaction=api.ReactionPaid(), count=1)
    heart = api.ReactionCount(reaction=api.ReactionEmoji(emoticon="❤"), count=2)
    assert [count["count"] for count in old(api.MessageReactions(results=[paid, heart]), 185)["results"]] == [2]
    assert [count["count"] for count in old(api.MessageReactions(results=[paid, heart]), 186)["results"]] == [1, 2]


def message(**fields: Any) -> api.Message:
    return api.Message(**{"id": 1, "peer_id": api.PeerUser(user_id=1), "date": 1, "message": "m", **fields})


def test_unknown_media_and_actions_have_substitutes() -> None:
    todo = api.MessageMediaToDo(todo=api.TodoList(title=api.TextWithEntities(text="t", entities=[]), list=[]))
    assert old(message(media=todo), 204)["media"]["_"] == "messageMediaUnsupported"
    assert old(message(media=todo), 207)["media"]["_"] == "messageMediaToDo"
    service = api.MessageService(
        id=1,
        peer_id=api.PeerChat(chat_id=1),
        date=1,
        action=api.MessageActionNoForwardsToggle(prev_value=False, new_value=True),
    )
    assert old(service, 158)["action"]["_"] == "messageActionEmpty"


def test_unknown_entities_are_dropped() -> None:
    entities = [
        api.MessageEntityBold(offset=0, length=1),
        api.MessageEntityTonAddress(offset=0, length=1),
    ]
    assert [entity["_"] for entity in old(message(entities=entities), 229)["entities"]] == ["messageEntityBold"]
    assert len(old(message(entities=entities), 232)["entities"]) == 2


def test_rich_text_keeps_its_words() -> None:
    text = api.TextConcat(
        texts=[api.TextSpoiler(text=api.TextBold(text=api.TextPlain(text="a"))), api.TextMath(source="b")]
    )
    block = old(api.PageBlockParagraph(text=text), 220)
    assert block["text"]["texts"] == [
        {"_": "textBold", "text": {"_": "textPlain", "text": "a"}},
        {"_": "textPlain", "text": "b"},
    ]
    assert old(api.PageBlockHeading1(text=api.TextEmpty()), 220)["_"] == "pageBlockHeader"


def inline(*buttons: api.TypeKeyboardInlineButton) -> api.ReplyInlineMarkup:
    return api.ReplyInlineMarkup(rows=[api.KeyboardInlineButtonRow(buttons=list(buttons))])


def test_inline_keyboards_before_layer_229() -> None:
    markup = inline(
        api.KeyboardInlineButton(text="u", type=api.InlineButtonTypeUrl(url="https://example.org")),
        api.KeyboardInlineButton(text="c", type=api.InlineButtonTypeCallback(data=b"d", requires_password=True)),
        api.KeyboardInlineButton(text="k", type=api.InlineButtonTypeCopy(copy_text="x")),
        api.KeyboardInlineButton(text="n", type=api.InlineButtonTypeDisabled()),
    )
    buttons = old(markup, 228)["rows"][0]["buttons"]
    assert [button["_"] for button in buttons] == [
        "keyboardButtonUrl",
        "keyboardButtonCallback",
        "keyboardButtonCopy",
        "keyboardButtonCallback",
    ]
    assert (buttons[0]["url"], buttons[1]["data"]) == ("https://example.org", b"d")
    assert [button["_"] for button in old(markup, 158)["rows"][0]["buttons"]][2] == "keyboardButtonCallback"
    back = tl.decode(tl.encode(markup, 228))
    assert back.rows[0].buttons[:3] == markup.rows[0].buttons[:3]


def test_reply_keyboards_before_layer_229() -> None:
    buttons: list[api.TypeKeyboardButton] = [
        api.KeyboardButton(text="p", type=api.ButtonTypeDefault()),
        api.KeyboardButton(text="q", type=api.ButtonTypeRequestPhone()),
        api.KeyboardButton(
            text="r", type=api.ButtonTypeRequestPeer(button_id=1, peer_type=api.RequestPeerTypeUser(), max_quantity=1)
        ),
    ]
    markup = api.ReplyKeyboardMarkup(rows=[api.KeyboardButtonRow(buttons=buttons)])
    names = ["keyboardButton", "keyboardButtonRequestPhone", "keyboardButtonRequestPeer"]
    for layer in (158, 220, 228):
        assert [button["_"] for button in old(markup, layer)["rows"][0]["buttons"]] == names
        assert tl.decode(tl.encode(markup, layer)) == markup if layer > 168 else True
    assert "type" in old(markup, 229)["rows"][0]["buttons"][0]


def test_fields_that_changed_type() -> None:
    poll = api.Poll(
        id=1,
        question=api.TextWithEntities(text="q?", entities=[]),
        answers=[api.PollAnswer(text=api.TextWithEntities(text="a", entities=[]), option=b"0")],
        hash=0,
    )
    assert old(poll, 158)["question"] == "q?"
    assert old(poll, 158)["answers"][0]["text"] == "a"
    story = api.User(id=1, stories_max_id=api.RecentStory(max_id=9))
    assert old(story, 216)["stories_max_id"] == 9
    assert old(story, 218)["stories_max_id"]["max_id"] == 9
    draft = api.DraftMessage(message="", date=1, reply_to=api.InputReplyToMessage(reply_to_msg_id=4))
    assert old(draft, 158)["reply_to_msg_id"] == 4
    status = api.EmojiStatus(document_id=1, until=2)
    assert old(status, 196) == {"_": "emojiStatusUntil", "document_id": 1, "until": 2}
    topic = api.UpdatePinnedForumTopic(peer=api.PeerChannel(channel_id=3), topic_id=4, pinned=True)
    assert old(topic, 214)["_"] == "updateChannelPinnedTopic"
    full = Samples(0, depth=0).of_class("userFull")
    full.theme = api.ChatTheme(emoticon="🏆")
    assert old(full, 201)["theme_emoticon"] == "🏆"


def test_bits_shared_in_an_old_line_only() -> None:
    """recurring and recurring_terms_url had one bit at layer 158: without terms there is no recurring invoice."""
    invoice = api.Invoice(currency="XTR", prices=[], recurring=True)
    assert "recurring" not in old(invoice, 158)
    invoice.terms_url = "https://example.org"
    assert old(invoice, 158)["recurring_terms_url"] == "https://example.org"
    assert old(api.Invoice(currency="XTR", prices=[], recurring=True), 164)["recurring"] is True


def test_objects_of_a_layer_can_be_told_from_each_other() -> None:
    """One object, many layers: the codecs do not leak into each other."""
    value = message(entities=[], media=api.MessageMediaEmpty())
    encoded = {layer: tl.encode(value, layer) for layer in CLIENT_LAYERS}
    for layer in reversed(CLIENT_LAYERS):
        assert tl.encode(value, layer) == encoded[layer]
        assert tl.decode(encoded[layer]) == value
