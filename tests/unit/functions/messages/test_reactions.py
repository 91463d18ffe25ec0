"""Reactions: https://core.telegram.org/api/reactions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from functions.messages.content_jobs import import_content
from layers.context import Services
from layers.errors import RpcError
from tests.harness import Client, Harness
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import after, dialogs, history, ids, last_id, statements, write
from tl import api


def react(client: Client, to: Client, message_id: int, *emoji: str, **options: Any) -> Any:
    reaction: list[Any] = [api.ReactionEmoji(emoticon=item) for item in emoji]
    return client.call(api.messages.SendReaction(peer=client.peer(to), msg_id=message_id, reaction=reaction, **options))


def shown(client: Client, other: Client, message_id: int) -> Any:
    (message,) = client.call(api.messages.GetMessages(id=[api.InputMessageID(id=message_id)])).messages
    return message.reactions


def counts(reactions: Any) -> list[tuple[str, int]]:
    return [(item.reaction.emoticon, item.count) for item in reactions.results]


def unread_count(client: Client, other: Client) -> int:
    page = client.call(dialogs())
    (dialog,) = [item for item in page.dialogs if item.peer == api.PeerUser(user_id=other.id)]
    return int(dialog.unread_reactions_count)


def test_both_sides_see_a_reaction(world: World) -> None:
    (at_bob,) = write(world.bob, world.alice, "hello")
    at_alice = last_id(world.alice)
    answer = react(world.alice, world.bob, at_alice, "👍")
    update, edit = answer.updates
    assert counts(update.reactions) == [("👍", 1)]
    assert edit.pts_count == 1
    assert edit.message.edit_hide and edit.message.edit_date is None
    world.server.settle()
    for client, other, message_id in ((world.alice, world.bob, at_alice), (world.bob, world.alice, at_bob)):
        found = shown(client, other, message_id)
        assert counts(found) == [("👍", 1)]
        assert found.results[0].chosen_order == (0 if client is world.alice else None)
        (recent,) = found.recent_reactions
        assert recent.peer_id == api.PeerUser(user_id=world.alice.id)
        assert recent.my == (client is world.alice)
        assert recent.unread == (client is world.bob)


def test_the_author_is_told_and_reads(world: World) -> None:
    first, second = write(world.bob, world.alice, "one", "two")
    top = last_id(world.alice)
    tablet = world.bob.device()
    for message_id in (top - 1, top):
        pushed = after(world.bob, lambda message_id=message_id: react(world.alice, world.bob, message_id, "🔥"))
        assert [item.TL_NAME for item in pushed] == ["updateMessageReactions", "updateEditMessage"]
    assert unread_count(world.bob, world.alice) == 2
    request = api.messages.GetUnreadReactions(
        peer=world.bob.peer(world.alice), offset_id=0, add_offset=0, limit=10, max_id=0, min_id=0
    )
    assert ids(world.bob.call(request)) == [second, first]
    world.bob.call(api.messages.ReadMessageContents(id=[first]))
    assert ids(world.bob.call(request)) == [second]
    assert unread_count(world.bob, world.alice) == 1
    tablet.pushes()
    answer = world.bob.call(api.messages.ReadReactions(peer=world.bob.peer(world.alice)))
    assert (answer.pts_count, answer.offset) == (1, 0)
    assert [item.TL_NAME for item in tablet.pushes()] == ["updateReadMessagesContents"]
    assert ids(world.bob.call(request)) == []
    assert unread_count(world.bob, world.alice) == 0
    assert not shown(world.bob, world.alice, second).recent_reactions[0].unread


def test_taking_a_reaction_back_leaves_nothing_unread(world: World) -> None:
    (at_bob,) = write(world.bob, world.alice, "hello")
    react(world.alice, world.bob, last_id(world.alice), "👍")
    world.server.settle()
    react(world.alice, world.bob, last_id(world.alice))
    world.server.settle()
    assert unread_count(world.bob, world.alice) == 0
    assert shown(world.bob, world.alice, at_bob) is None


def test_deleting_a_message_with_unread_reactions(world: World) -> None:
    (at_bob,) = write(world.bob, world.alice, "hello")
    react(world.alice, world.bob, last_id(world.alice), "👍")
    world.server.settle()
    world.bob.call(api.messages.DeleteMessages(id=[at_bob], revoke=True))
    world.server.settle()
    assert unread_count(world.bob, world.alice) == 0


def test_several_reactions_keep_their_order(world: World) -> None:
    (message_id,) = write(world.alice, world.bob, "hello")
    react(world.alice, world.bob, message_id, "🔥", "👍", "🎉")
    found = shown(world.alice, world.bob, message_id)
    assert {item.reaction.emoticon: item.chosen_order for item in found.results} == {"🔥": 0, "👍": 1, "🎉": 2}
    react(world.alice, world.bob, message_id, "👍")
    assert counts(shown(world.alice, world.bob, message_id)) == [("👍", 1)]
    with pytest.raises(RpcError, match="MESSAGE_NOT_MODIFIED"):
        react(world.alice, world.bob, message_id, "👍")


def test_who_reacted(world: World) -> None:
    (at_bob,) = write(world.bob, world.alice, "hello")
    react(world.bob, world.alice, at_bob, "👍", "🔥")
    world.server.clock.advance(5)
    react(world.alice, world.bob, last_id(world.alice), "👍")
    peer = world.bob.peer(world.alice)
    everyone = world.bob.call(api.messages.GetMessageReactionsList(peer=peer, id=at_bob, limit=2))
    assert everyone.count == 3
    assert [item.peer_id.user_id for item in everyone.reactions] == [world.alice.id, world.bob.id]
    rest = world.bob.call(
        api.messages.GetMessageReactionsList(peer=peer, id=at_bob, limit=2, offset=everyone.next_offset)
    )
    assert [item.reaction.emoticon for item in rest.reactions] == ["🔥"]
    assert rest.next_offset is None
    thumbs = api.ReactionEmoji(emoticon="👍")
    found = world.bob.call(api.messages.GetMessageReactionsList(peer=peer, id=at_bob, reaction=thumbs, limit=10))
    assert found.count == 2
    assert {user.id for user in found.users} == {world.alice.id, world.bob.id}
    with pytest.raises(RpcError, match="OFFSET_INVALID"):
        world.bob.call(api.messages.GetMessageReactionsList(peer=peer, id=at_bob, limit=2, offset="x"))


def test_present_reactions(world: World) -> None:
    one, two = write(world.alice, world.bob, "one", "two")
    react(world.alice, world.bob, one, "👍")
    found = world.alice.call(
        api.messages.GetMessagesReactions(peer=world.alice.peer(world.bob), id=[one, two, 99])
    ).updates
    assert {item.msg_id: len(item.reactions.results) for item in found} == {one: 1, two: 0}


def test_errors(world: World) -> None:
    (message_id,) = write(world.alice, world.bob, "hello")
    with pytest.raises(RpcError, match="REACTION_INVALID"):
        react(world.alice, world.bob, message_id, "no emoji")
    with pytest.raises(RpcError, match="REACTIONS_TOO_MANY"):
        react(world.alice, world.bob, message_id, "👍", "🔥", "🎉", "👏")
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        react(world.alice, world.bob, message_id + 1, "👍")
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        react(world.alice, world.carol, message_id, "👍")
    custom: list[Any] = [api.ReactionCustomEmoji(document_id=5)]
    peer = world.alice.peer(world.bob)
    with pytest.raises(RpcError, match="DOCUMENT_INVALID"):
        world.alice.call(api.messages.SendReaction(peer=peer, msg_id=message_id, reaction=custom))
    with pytest.raises(RpcError, match="REACTION_INVALID"):
        world.alice.call(api.messages.SendPaidReaction(peer=peer, msg_id=message_id, count=1, random_id=1))


def test_blocked_people_do_not_react(world: World) -> None:
    write(world.bob, world.alice, "hello")
    world.bob.call(api.contacts.Block(id=world.bob.peer(world.alice)))
    with pytest.raises(RpcError, match="CHAT_WRITE_FORBIDDEN"):
        react(world.alice, world.bob, last_id(world.alice), "👍")
    (message_id,) = write(world.carol, world.alice, "hi")
    world.carol.call(api.contacts.Block(id=world.carol.peer(world.alice)))
    with pytest.raises(RpcError, match="YOU_BLOCKED_USER"):
        react(world.carol, world.alice, message_id, "👍")


def test_recent_and_top(world: World) -> None:
    (message_id,) = write(world.alice, world.bob, "hello")
    tablet = world.alice.device()
    react(world.alice, world.bob, message_id, "🔥", add_to_recent=True)
    assert "updateRecentReactions" in [item.TL_NAME for item in tablet.pushes()]
    world.server.clock.advance(1)
    react(world.alice, world.bob, message_id, "🎉", add_to_recent=True)
    react(world.alice, world.bob, message_id)
    react(world.alice, world.bob, message_id, "🔥")
    recent = world.alice.call(api.messages.GetRecentReactions(limit=10, hash=0))
    assert [item.emoticon for item in recent.reactions] == ["🎉", "🔥"]
    again = world.alice.call(api.messages.GetRecentReactions(limit=10, hash=recent.hash))
    assert isinstance(again, api.messages.ReactionsNotModified)
    top = world.alice.call(api.messages.GetTopReactions(limit=5, hash=0))
    assert [item.emoticon for item in top.reactions] == ["🔥", "🎉", "👍", "👎", "❤"]
    assert world.alice.call(api.messages.ClearRecentReactions())
    assert world.alice.call(api.messages.GetRecentReactions(limit=10, hash=0)).reactions == []


def test_the_default_reaction(world: World) -> None:
    assert world.alice.call(api.help.GetConfig()).reactions_default == api.ReactionEmoji(emoticon="👍")
    assert world.alice.call(api.messages.SetDefaultReaction(reaction=api.ReactionEmoji(emoticon="❤\ufe0f")))
    assert world.alice.call(api.help.GetConfig()).reactions_default == api.ReactionEmoji(emoticon="❤")
    with pytest.raises(RpcError, match="REACTION_INVALID"):
        world.alice.call(api.messages.SetDefaultReaction(reaction=api.ReactionEmpty()))


def test_reporting_a_reaction(world: World) -> None:
    (at_bob,) = write(world.bob, world.alice, "hello")
    react(world.alice, world.bob, last_id(world.alice), "👍")
    peer = world.bob.peer(world.alice)
    assert world.bob.call(api.messages.ReportReaction(peer=peer, id=at_bob, reaction_peer=peer))
    with pytest.raises(RpcError, match="USER_ID_INVALID"):
        world.bob.call(api.messages.ReportReaction(peer=peer, id=at_bob, reaction_peer=world.bob.peer(world.carol)))


def test_a_page_costs_one_statement_more_whatever_has_reactions(world: World) -> None:
    message_ids = write(world.alice, world.bob, *(str(number) for number in range(20)))
    request = history(world.alice.peer(world.bob))
    plain = statements(world.alice, request)
    react(world.alice, world.bob, message_ids[0], "👍")
    one = statements(world.alice, request)
    for message_id in message_ids[1:]:
        react(world.alice, world.bob, message_id, "👍")
    assert statements(world.alice, request) == one == plain + 1


# Tags of saved messages


def _search(client: Client, *emoji: str, **options: Any) -> list[int]:
    request = api.messages.Search(
        peer=api.InputPeerSelf(),
        q="",
        filter=api.InputMessagesFilterEmpty(),
        saved_reaction=[api.ReactionEmoji(emoticon=item) for item in emoji],
        min_date=0,
        max_date=0,
        offset_id=0,
        add_offset=0,
        limit=10,
        max_id=0,
        min_id=0,
        hash=0,
        **options,
    )
    return ids(client.call(request))


def _tags(client: Client, peer: Any = None) -> list[tuple[str, str | None, int]]:
    found = client.call(api.messages.GetSavedReactionTags(peer=peer, hash=0)).tags
    return [(item.reaction.emoticon, item.title, item.count) for item in found]


def test_tags(world: World) -> None:
    alice = world.alice
    one, two, three = write(alice, alice, "one", "two", "three")
    react(alice, alice, one, "👍", "🔥")
    react(alice, alice, two, "👍")
    found = shown(alice, alice, one)
    assert found.reactions_as_tags and not found.can_see_list and found.recent_reactions is None
    assert _tags(alice) == [("👍", None, 2), ("🔥", None, 1)]
    assert _tags(alice, api.InputPeerSelf()) == _tags(alice)
    assert _tags(alice, alice.peer(world.bob)) == []
    assert _search(alice, "👍") == [two, one]
    assert _search(alice, "👍", "🔥") == [one]
    assert _search(alice, "🎉") == []
    tablet = alice.device()
    assert alice.call(api.messages.UpdateSavedReactionTag(reaction=api.ReactionEmoji(emoticon="👍"), title="good"))
    assert [item.TL_NAME for item in tablet.pushes()] == ["updateSavedReactionTags"]
    react(alice, alice, one, "🔥")
    assert _tags(alice) == [("👍", "good", 1), ("🔥", None, 1)]
    alice.call(api.messages.DeleteMessages(id=[two], revoke=False))
    assert _tags(alice) == [("🔥", None, 1)]
    with pytest.raises(RpcError, match="REACTION_INVALID"):
        alice.call(api.messages.UpdateSavedReactionTag(reaction=api.ReactionEmoji(emoticon="👍"), title="x"))
    assert _search(alice, "👍") == []
    assert three not in _search(alice, "🔥")


def test_tags_are_of_saved_messages_alone(world: World) -> None:
    write(world.alice, world.bob, "one")
    request = api.messages.Search(
        peer=world.alice.peer(world.bob),
        q="",
        filter=api.InputMessagesFilterEmpty(),
        saved_reaction=[api.ReactionEmoji(emoticon="👍")],
        min_date=0,
        max_date=0,
        offset_id=0,
        add_offset=0,
        limit=10,
        max_id=0,
        min_id=0,
        hash=0,
    )
    with pytest.raises(RpcError, match="PEER_ID_NOT_SUPPORTED"):
        world.alice.call(request)


# What the operator offers


def _content(folder: Path) -> Path:
    folder.mkdir()
    names = ("static_icon", "appear_animation", "select_animation", "activate_animation", "effect_animation")
    entry = {"reaction": "🦄", "title": "Unicorn"}
    for name in names:
        (folder / f"{name}.tgs").write_bytes(name.encode())
        entry[name] = f"{name}.tgs"
    (folder / "reactions.json").write_text(json.dumps([entry]))
    (folder / "effects.json").write_text(json.dumps([{"emoticon": "🎉", "effect_sticker": "static_icon.tgs"}]))
    return folder


def test_an_operators_reactions_and_effects(tmp_path: Path) -> None:
    server = Harness(tmp_path, content=_content(tmp_path / "content"))
    alice = server.user("Alice")
    assert alice.call(api.messages.GetAvailableReactions(hash=0)).reactions == []
    for _ in range(2):
        import_content(server.services)
    found = alice.call(api.messages.GetAvailableReactions(hash=0))
    (unicorn,) = found.reactions
    assert (unicorn.reaction, unicorn.title) == ("🦄", "Unicorn")
    location = api.InputDocumentFileLocation(
        id=unicorn.static_icon.id,
        access_hash=unicorn.static_icon.access_hash,
        file_reference=unicorn.static_icon.file_reference,
        thumb_size="",
    )
    assert _bytes(server.services, alice, location) == b"static_icon"
    known = alice.call(api.messages.GetAvailableReactions(hash=found.hash))
    assert isinstance(known, api.messages.AvailableReactionsNotModified)
    (note,) = write(alice, alice, "note")
    with pytest.raises(RpcError, match="REACTION_INVALID"):
        react(alice, alice, note, "👍")
    react(alice, alice, note, "🦄")
    effects = alice.call(api.messages.GetAvailableEffects(hash=0))
    assert [(item.emoticon, item.id) for item in effects.effects] == [("🎉", effects.documents[0].id)]
    assert effects.documents[0].access_hash
    server.close()


def _bytes(services: Services, client: Client, location: Any) -> bytes:
    from layers.domain.files import locate

    file = locate(services, client.caller, location)
    return b"".join(services.blobs.get(key, offset, length) for key, offset, length in file.pieces(0, file.size))


def test_a_broken_folder_changes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = _content(tmp_path / "content")
    (folder / "reactions.json").write_text('[{"reaction": "🦄", "title": "x", "static_icon": "../../etc/passwd"}]')
    server = Harness(tmp_path, content=folder)
    import_content(server.services)
    assert server.user("Alice").call(api.messages.GetAvailableReactions(hash=0)).reactions == []
    server.close()
