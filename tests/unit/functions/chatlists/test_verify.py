"""For every writing method: pushes, differences and a fresh fetch agree, for others and a second device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from layers.registry import load_registry
from tests.unit.functions.channels.world import Channel, World
from tests.unit.functions.chatlists.folders import chatlist, export, join, make_folder, slug_of
from tests.verify_updates import Verifier
from tl import api


class Scene:
    """Alice and Bob with two devices each, and two channels of Alice's in a folder."""

    def __init__(self, world: World) -> None:
        self.alice, self.bob = world.alice, world.bob
        self.tablet, self.phone = world.alice.device(), world.bob.device()
        self.group, self.news = world.supergroup(), world.broadcast()
        # Alice looks on from two devices, Bob too.
        self.verifier = Verifier(world.server, self.alice, self.tablet, self.bob, self.phone)
        self.verifier.call(self.alice, make_folder(self.alice, self.channels))

    @property
    def channels(self) -> list[Channel]:
        """What the folder holds."""
        return [self.group, self.news]

    def share(self) -> str:
        """A link to both; its slug."""
        return slug_of(self.verifier.call(self.tablet, export(self.tablet, self.channels)).invite)

    def join(self, slug: str) -> None:
        """Bob comes into the group."""
        self.verifier.call(self.bob, join(self.bob, slug, self.group))


ACTS: Final[dict[str, Callable[[Scene], None]]] = {}


def act(function: Callable[[Scene], None]) -> Callable[[Scene], None]:
    """Register a scene."""
    ACTS[function.__name__] = function
    return function


@act
def export_chatlist_invite(scene: Scene) -> None:
    scene.share()


@act
def edit_exported_invite(scene: Scene) -> None:
    request = api.chatlists.EditExportedInvite(
        chatlist=chatlist(), slug=scene.share(), title="Another", peers=[scene.news.peer(scene.alice)]
    )
    scene.verifier.call(scene.alice, request)


@act
def delete_exported_invite(scene: Scene) -> None:
    slug = scene.share()
    scene.verifier.call(scene.alice, api.chatlists.DeleteExportedInvite(chatlist=chatlist(), slug=slug))


@act
def join_chatlist_invite(scene: Scene) -> None:
    scene.join(scene.share())


@act
def join_chatlist_updates(scene: Scene) -> None:
    scene.join(scene.share())
    request = api.chatlists.JoinChatlistUpdates(chatlist=chatlist(), peers=[scene.news.peer(scene.bob)])
    scene.verifier.call(scene.phone, request)


@act
def hide_chatlist_updates(scene: Scene) -> None:
    scene.join(scene.share())
    scene.verifier.call(scene.phone, api.chatlists.HideChatlistUpdates(chatlist=chatlist()))


@act
def leave_chatlist(scene: Scene) -> None:
    scene.join(scene.share())
    request = api.chatlists.LeaveChatlist(chatlist=chatlist(), peers=[scene.group.peer(scene.bob)])
    scene.verifier.call(scene.phone, request)


@pytest.mark.parametrize("name", ACTS)
def test_everyone_sees_the_same(world: World, name: str) -> None:
    scene = Scene(world)
    ACTS[name](scene)
    scene.verifier.check()


def test_every_writing_method_has_a_scene() -> None:
    scenes = {name.replace("_", "") for name in ACTS}
    writing = {item.request.TL_NAME for item in load_registry() if item.writes}
    assert {name.partition(".")[2].lower() for name in writing if name.startswith("chatlists.")} == scenes
