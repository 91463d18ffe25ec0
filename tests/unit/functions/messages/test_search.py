"""messages.search and its siblings: https://core.telegram.org/api/search."""

from __future__ import annotations

from typing import Any

import pytest

from layers.domain import search as domain
from layers.domain import search_words
from layers.errors import RpcError
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import ids, statements, text_message, texts, write
from tl import api

PHOTO = api.MessageMediaPhoto(photo=api.Photo(id=5, access_hash=0, file_reference=b"", date=1, sizes=[], dc_id=2))
GEO = api.MessageMediaGeo(geo=api.GeoPoint(long=1.0, lat=2.0, access_hash=0))


def find(peer: Any, q: str = "", filter: Any = None, **options: Any) -> api.messages.Search:
    fields: dict[str, Any] = {
        "min_date": 0,
        "max_date": 0,
        "offset_id": 0,
        "add_offset": 0,
        "limit": 100,
        "max_id": 0,
        "min_id": 0,
        "hash": 0,
    }
    return api.messages.Search(peer=peer, q=q, filter=filter or api.InputMessagesFilterEmpty(), **{**fields, **options})


def find_everywhere(q: str = "", filter: Any = None, **options: Any) -> api.messages.SearchGlobal:
    fields: dict[str, Any] = {
        "min_date": 0,
        "max_date": 0,
        "offset_rate": 0,
        "offset_peer": api.InputPeerEmpty(),
        "offset_id": 0,
        "limit": 100,
    }
    return api.messages.SearchGlobal(q=q, filter=filter or api.InputMessagesFilterEmpty(), **{**fields, **options})


@pytest.fixture
def chat(world: World) -> Any:
    """Alice's chat with Bob, with words of several alphabets and kinds of messages."""
    write(
        world.alice,
        world.bob,
        "Hello world",
        "hello again, wonderful World",
        "Привет, МИР",
        "Straße",
        text_message("a picture of the world", media=PHOTO),
        text_message("", media=GEO),
        text_message("see example.org", entities=[api.MessageEntityUrl(offset=4, length=11)]),
    )
    write(world.alice, world.carol, "hello carol", text_message("carol's picture", media=PHOTO))
    return world.alice.peer(world.bob)


@pytest.fixture(params=["sorted", "by lists of words", "by walking the chat"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways to find messages by words, of which the numbers of messages decide."""
    if request.param != "sorted":
        monkeypatch.setattr(search_words, "_READ", 1)
    if request.param == "by walking the chat":
        monkeypatch.setattr(search_words, "_LISTS_MAX", 0)
        monkeypatch.setattr(search_words, "COMMON", 0)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("hello", [2, 1]),
        ("hel", [2, 1]),
        ("HELLO wor", [2, 1]),
        ("world hello", [2, 1]),
        ("wo", [5, 2, 1]),
        ("привет", [3]),
        ("мир прив", [3]),
        ("STRASSE", [4]),
        ("orld", []),
        ("hello picture", []),
        ("...", []),
        ("hello%", [2, 1]),
        ("_", []),
        ("  ", [7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_words_by_prefix(world: World, chat: Any, q: str, expected: list[int]) -> None:
    assert ids(world.alice.call(find(chat, q))) == expected


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (api.InputMessagesFilterPhotos(), [5]),
        (api.InputMessagesFilterPhotoVideo(), [5]),
        (api.InputMessagesFilterGeo(), [6]),
        (api.InputMessagesFilterUrl(), [7]),
        (api.InputMessagesFilterVoice(), []),
        (api.InputMessagesFilterChatPhotos(), []),
    ],
)
def test_filters(world: World, chat: Any, filter: Any, expected: list[int]) -> None:
    assert ids(world.alice.call(find(chat, filter=filter))) == expected


def test_words_and_filter_together(world: World, chat: Any) -> None:
    assert ids(world.alice.call(find(chat, "world", api.InputMessagesFilterPhotos()))) == [5]
    assert ids(world.alice.call(find(chat, "again", api.InputMessagesFilterPhotos()))) == []


def test_the_receiver_finds_the_same_words(world: World, chat: Any) -> None:
    assert texts(world.bob.call(find(world.bob.peer(world.alice), "hello"))) == [
        "hello again, wonderful World",
        "Hello world",
    ]


def test_sender(world: World, chat: Any) -> None:
    write(world.bob, world.alice, "hello from bob")
    mine = world.alice.call(find(chat, "hello", from_id=api.InputPeerSelf()))
    his = world.alice.call(find(chat, "hello", from_id=chat))
    assert (ids(mine), texts(his)) == ([2, 1], ["hello from bob"])
    assert texts(world.alice.call(find(chat, from_id=chat))) == ["hello from bob"]
    with pytest.raises(RpcError, match="FROM_PEER_INVALID"):
        world.alice.call(find(chat, from_id=api.InputPeerEmpty()))


def test_dates_and_offsets(world: World) -> None:
    for number in range(6):
        write(world.alice, world.bob, f"hello {number}")
        world.server.clock.advance(100)
    peer = world.alice.peer(world.bob)
    found = world.alice.call(find(peer, "hello"))
    dates = {message.id: message.date for message in found.messages}
    assert ids(world.alice.call(find(peer, "hello", min_date=dates[2], max_date=dates[5]))) == [4, 3]
    assert ids(world.alice.call(find(peer, max_date=dates[2]))) == [1]
    page = world.alice.call(find(peer, "hello", offset_id=4, limit=2))
    assert ids(page) == [3, 2]
    assert (page.count, page.offset_id_offset) == (6, 3)
    assert ids(world.alice.call(find(peer, "hello", offset_id=4, add_offset=-2, limit=3))) == [5, 4, 3]
    only_count = world.alice.call(find(peer, "hello", limit=0))
    assert (only_count.messages, only_count.count) == ([], 6)


def test_counts_come_from_counters_and_follow_deletions(world: World, chat: Any) -> None:
    filters = [
        api.InputMessagesFilterPhotos(),
        api.InputMessagesFilterPhotoVideo(),
        api.InputMessagesFilterUrl(),
        api.InputMessagesFilterMusic(),
        api.InputMessagesFilterEmpty(),
    ]
    request = api.messages.GetSearchCounters(peer=chat, filters=filters)
    counters = world.alice.call(request)
    assert [counter.filter for counter in counters] == filters
    assert [counter.count for counter in counters] == [1, 1, 1, 0, 7]
    world.alice.call(api.messages.DeleteMessages(id=[5]))
    assert [counter.count for counter in world.alice.call(request)] == [0, 0, 1, 0, 6]
    assert ids(world.alice.call(find(chat, "world"))) == [2, 1]


def test_global_search_pages(world: World, chat: Any) -> None:
    first = world.alice.call(find_everywhere("hello", limit=2))
    assert texts(first) == ["hello carol", "hello again, wonderful World"]
    assert first.count == 3
    last = first.messages[-1]
    second = world.alice.call(
        find_everywhere("hello", limit=2, offset_id=last.id, offset_peer=chat, offset_rate=first.next_rate)
    )
    assert texts(second) == ["Hello world"]
    photos = world.alice.call(find_everywhere(filter=api.InputMessagesFilterPhotos()))
    assert len(photos.messages) == 2
    assert world.alice.call(find_everywhere("hello", groups_only=True)).messages == []
    assert len(world.alice.call(find_everywhere("hello", users_only=True)).messages) == 3
    assert len(world.alice.call(find_everywhere("hello", folder_id=0)).messages) == 3
    assert world.alice.call(find_everywhere("hello", folder_id=1)).messages == []
    with pytest.raises(RpcError, match="SEARCH_QUERY_EMPTY"):
        world.alice.call(find_everywhere(" "))
    with pytest.raises(RpcError, match="FOLDER_ID_INVALID"):
        world.alice.call(find_everywhere("hello", folder_id=2))


def test_nobody_finds_what_is_not_his(world: World, chat: Any) -> None:
    assert world.carol.call(find_everywhere("wonderful")).messages == []


def test_sent_media(world: World, chat: Any) -> None:
    write(world.bob, world.alice, text_message("his picture", media=PHOTO))
    photos = api.InputMessagesFilterPhotos()
    found = world.alice.call(api.messages.SearchSentMedia(q="picture", filter=photos, limit=10))
    assert texts(found) == ["carol's picture", "a picture of the world"]
    with pytest.raises(RpcError, match="FILTER_NOT_SUPPORTED"):
        world.alice.call(api.messages.SearchSentMedia(q="", filter=api.InputMessagesFilterEmpty(), limit=10))


def test_positions_and_calendar(world: World) -> None:
    for number in range(5):
        write(world.alice, world.bob, text_message(f"photo {number}", media=PHOTO), "words")
        if number % 2:
            world.server.clock.advance(86_400)
    peer = world.alice.peer(world.bob)
    photos = api.InputMessagesFilterPhotos()
    request = api.messages.GetSearchResultsPositions(peer=peer, filter=photos, offset_id=7, limit=2)
    answer = world.alice.call(request)
    assert answer.count == 5
    assert [(position.msg_id, position.offset) for position in answer.positions] == [(5, 2), (3, 3)]
    calendar = world.alice.call(
        api.messages.GetSearchResultsCalendar(peer=peer, filter=photos, offset_id=0, offset_date=0)
    )
    assert [(day.min_msg_id, day.max_msg_id, day.count) for day in calendar.periods] == [
        (9, 9, 1),
        (5, 7, 2),
        (1, 3, 2),
    ]
    assert (calendar.count, calendar.min_msg_id) == (5, 1)
    assert ids(calendar) == [9, 7, 5, 3, 1]
    earlier = world.alice.call(
        api.messages.GetSearchResultsCalendar(peer=peer, filter=photos, offset_id=9, offset_date=0)
    )
    assert [day.count for day in earlier.periods] == [2, 2]
    with pytest.raises(RpcError, match="FILTER_NOT_SUPPORTED"):
        world.alice.call(
            api.messages.GetSearchResultsCalendar(
                peer=peer, filter=api.InputMessagesFilterEmpty(), offset_id=0, offset_date=0
            )
        )


def test_a_common_word_is_counted_inexactly(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain, "COUNT_MAX", 5)
    monkeypatch.setattr(domain, "EXAMINED_MAX", 2)
    write(world.alice, world.bob, *(f"hello {number % 2}" for number in range(8)))
    peer = world.alice.peer(world.bob)
    answer = world.alice.call(find(peer, "hello", limit=3))
    assert ids(answer) == [8, 7, 6]
    assert (answer.count, answer.inexact) == (5, True)
    # Never fewer than are shown, never a whole answer while there may be more.
    answer = world.alice.call(find(peer, "hello 1", limit=3))
    assert ids(answer) == [8, 6, 4]
    assert (type(answer), answer.count, answer.inexact) == (api.messages.MessagesSlice, 3, True)


@pytest.mark.parametrize(("q", "filter"), [("hello", None), ("", api.InputMessagesFilterUrl()), ("", None)])
def test_the_number_of_statements_does_not_depend_on_the_number_of_messages(
    world: World, monkeypatch: pytest.MonkeyPatch, q: str, filter: Any
) -> None:
    monkeypatch.setattr(search_words, "_READ", 10)
    link = text_message("hello example.org", entities=[api.MessageEntityUrl(offset=6, length=11)])
    write(world.alice, world.bob, *([link] * 10))
    request = find(world.alice.peer(world.bob), q, filter)
    few = statements(world.alice, request)
    write(world.alice, world.bob, *([link] * 30))
    assert len(ids(world.alice.call(request))) == 40
    assert statements(world.alice, request) == few == (8 if q else 6)
