"""messages.searchGlobal over supergroups and channels: https://core.telegram.org/method/messages.searchGlobal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from layers.domain import global_search
from tests.harness import Client
from tests.unit.functions.channels.world import Channel, World, refused
from tests.unit.functions.messages.test_search import find_everywhere
from tests.unit.functions.messages.world import statements, texts, write
from tl import api


@pytest.fixture(params=["by the word index", "by walking the chats"])
def scene(request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    if request.param != "by the word index":
        monkeypatch.setattr(global_search, "COMMON", 1)
        monkeypatch.setattr(global_search, "_BATCH", 2)
    yield Scene(world)


class Scene:
    """Bob is in two groups and a channel of Alice's, and she writes to him; another group is none of his business."""

    def __init__(self, world: World) -> None:
        self.world, self.bob, self.alice = world, world.bob, world.alice
        self.group, self.second = world.supergroup(world.bob), world.supergroup(world.bob)
        self.news = world.broadcast(world.bob)
        self.foreign = world.supergroup()
        self.expected: list[str] = []
        for number in range(3):
            for name, channel in (("group", self.group), ("second", self.second), ("news", self.news)):
                self._say(channel, f"rain {number} {name}")
            write(world.alice, world.bob, f"rain {number} private")
            self.expected.insert(0, f"rain {number} private")
            world.server.clock.advance(1)
            self.foreign.post(world.alice, f"rain {number} elsewhere")
            self.group.post(world.alice, "nothing of the kind")

    def _say(self, channel: Channel, text: str) -> None:
        self.world.server.clock.advance(1)
        channel.post(self.world.alice, text)
        self.expected.insert(0, text)

    def find(self, q: str = "rain", **options: Any) -> list[str]:
        """What Bob finds on one page."""
        return texts(self.bob.call(find_everywhere(q, **options)))


def _input_peer(client: Client, message: Any) -> Any:
    peer = message.peer_id
    if isinstance(peer, api.PeerChannel):
        return client.channel_peer(peer.channel_id)
    return api.InputPeerEmpty()


def test_all_chats_newest_first(scene: Scene) -> None:
    assert scene.find() == scene.expected
    assert scene.find("rain nonsense") == []
    assert scene.find("rain gro") == [text for text in scene.expected if "group" in text]
    answer = scene.bob.call(find_everywhere("rain"))
    assert {chat.id for chat in answer.chats} == {scene.group.id, scene.second.id, scene.news.id}
    named = {message.peer_id.channel_id for message in answer.messages if isinstance(message.peer_id, api.PeerChannel)}
    assert named == {chat.id for chat in answer.chats}


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
def test_pages(scene: Scene, limit: int) -> None:
    request = find_everywhere("rain", limit=limit)
    found: list[str] = []
    for _ in range(20):
        page = scene.bob.call(request)
        found += texts(page)
        if getattr(page, "next_rate", None) is None:
            break
        last = page.messages[-1]
        request.offset_rate, request.offset_id = page.next_rate, last.id
        request.offset_peer = _input_peer(scene.bob, last)
    assert found == scene.expected


def test_messages_of_the_same_second(world: World) -> None:
    groups = [world.supergroup(world.bob) for _ in range(3)]
    world.server.clock.time = float(int(world.server.clock.time) + 1)
    for group in groups:
        group.post(world.alice, f"rain {group.id}")
    write(world.alice, world.bob, "rain in private")
    expected = {f"rain {group.id}" for group in groups} | {"rain in private"}
    request, found = find_everywhere("rain", limit=1), []
    for _ in range(4):
        page = world.bob.call(request)
        found += texts(page)
        request.offset_rate, request.offset_id = page.messages[-1].date, page.messages[-1].id
        request.offset_peer = _input_peer(world.bob, page.messages[-1])
    assert len(found) == 4
    assert set(found) == expected


def test_kinds_of_chats(scene: Scene) -> None:
    def of(*names: str) -> list[str]:
        return [text for text in scene.expected if text.split()[-1] in names]

    assert scene.find(users_only=True) == of("private")
    assert scene.find(groups_only=True) == of("group", "second")
    assert scene.find(broadcasts_only=True) == of("news")
    archive = api.folders.EditPeerFolders(
        folder_peers=[api.InputFolderPeer(peer=scene.group.peer(scene.bob), folder_id=1)]
    )
    scene.bob.call(archive)
    assert scene.find(folder_id=1) == of("group")
    assert scene.find(folder_id=0) == of("second", "news", "private")
    assert scene.find(community=scene.group.of(scene.bob)) == []


def test_dates(scene: Scene) -> None:
    messages = scene.bob.call(find_everywhere("rain")).messages
    dates = {message.message: message.date for message in messages}
    oldest, newest = dates["rain 0 news"], dates["rain 2 group"]
    between = [text for text in scene.expected if oldest < dates[text] < newest]
    assert scene.find(min_date=oldest, max_date=newest) == between


def test_what_one_may_not_read_is_not_found(scene: Scene) -> None:
    leave = api.channels.LeaveChannel(channel=scene.second.of(scene.bob))
    scene.bob.call(leave)
    assert scene.find() == [text for text in scene.expected if "second" not in text]
    hide = api.channels.TogglePreHistoryHidden(channel=scene.group.of(scene.alice), enabled=True)
    scene.alice.call(hide)
    invite = api.channels.InviteToChannel(
        channel=scene.group.of(scene.alice), users=[scene.alice.input_user(scene.world.carol)]
    )
    scene.alice.call(invite)
    assert texts(scene.world.carol.call(find_everywhere("rain"))) == []
    scene.world.server.clock.advance(1)
    scene.group.post(scene.alice, "rain at last")
    assert texts(scene.world.carol.call(find_everywhere("rain"))) == ["rain at last"]


def test_kinds_of_messages(world: World) -> None:
    group, news = world.supergroup(world.bob), world.broadcast(world.bob)
    media = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=48.1, long=11.5))
    for number, channel in enumerate((group, news, group)):
        world.server.clock.advance(1)
        request = api.messages.SendMedia(
            peer=channel.peer(world.alice), media=media, message=f"place {number}", random_id=50 + number
        )
        world.alice.call(request)
    group.post(world.alice, "place without a map")
    found = world.bob.call(find_everywhere(filter=api.InputMessagesFilterGeo(), limit=2))
    assert (texts(found), found.count) == (["place 2", "place 1"], 3)
    both = world.bob.call(find_everywhere("place", filter=api.InputMessagesFilterGeo()))
    assert texts(both) == ["place 2", "place 1", "place 0"]
    wrong = find_everywhere("x", filter=api.InputMessagesFilterGeo(), folder_id=7)
    assert refused(world.bob, wrong) == "FOLDER_ID_INVALID"


def test_more_channels_cost_no_statement_more(world: World) -> None:
    channels = [world.supergroup(world.bob)]
    channels[0].post(world.alice, "rain")
    cost = statements(world.bob, find_everywhere("rain"))
    for _ in range(4):
        channel = world.supergroup(world.bob)
        channel.post(world.alice, "rain")
    assert statements(world.bob, find_everywhere("rain")) == cost
