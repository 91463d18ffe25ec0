"""Names bought at auction, views of forums, reports: methods of channels beside their messages."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from layers.schema import reports
from tests.harness import Client, grouped
from tests.unit.functions.channels.world import Channel, World, refused
from tl import api


def test_a_channel_has_one_name_that_is_not_for_sale(world: World) -> None:
    group = world.supergroup(world.bob)
    group.publish("our_group")
    own = group.of(world.alice)
    toggle = api.channels.ToggleUsername(channel=own, username="our_group", active=False)
    assert refused(world.alice, toggle) == "USERNAME_NOT_MODIFIED"
    toggle.username = "another"
    assert refused(world.alice, toggle) == "USERNAME_INVALID"
    order = api.channels.ReorderUsernames(channel=own, order=["our_group"])
    assert refused(world.alice, order) == "USERNAME_NOT_MODIFIED"
    assert world.alice.call(api.channels.DeactivateAllUsernames(channel=own)) is True
    assert world.alice.call(api.channels.GetChannels(id=[own])).chats[0].username == "our_group"
    for request in (toggle, order, api.channels.DeactivateAllUsernames(channel=own)):
        request.channel = group.of(world.bob)
        assert refused(world.bob, request) in {"CHAT_ADMIN_REQUIRED", "CHAT_NOT_MODIFIED"}


def test_a_forum_shown_as_one_chat(world: World) -> None:
    group = world.supergroup(world.bob)
    tablet = world.bob.device()
    for device in (tablet, world.alice):
        device.pushes()
    view = api.channels.ToggleViewForumAsMessages(channel=group.of(world.bob), enabled=True)
    world.bob.call(view)
    (told,) = grouped(tablet.pushes())["updateChannelViewForumAsMessages"]
    assert (told.channel_id, told.enabled) == (group.id, True)
    assert not world.alice.pushes()
    assert _full(world.bob, group).view_forum_as_messages
    assert not _full(world.alice, group).view_forum_as_messages
    view.channel = group.of(world.carol)
    assert refused(world.carol, view) == "CHANNEL_PRIVATE"


def _full(client: Client, group: Channel) -> Any:
    return client.call(api.channels.GetFullChannel(channel=group.of(client))).full_chat


def test_reports_of_spam(world: World) -> None:
    group = world.supergroup(world.bob, world.carol)
    spam = [group.post(world.carol, f"spam {number}") for number in range(2)]
    report = api.channels.ReportSpam(channel=group.of(world.bob), participant=world.bob.peer(world.carol), id=spam)
    assert world.bob.call(report) is True
    with world.server.services.database.transaction(writes=False) as db:
        rows = db.rows(sa.select(reports).where(reports.c.reporter_id == world.bob.id))
    assert sorted(row.message_id for row in rows) == spam
    for ids in ([999], []):
        report.id = ids
        assert refused(world.bob, report) == "MESSAGE_ID_INVALID"
    report.id, report.participant = spam, group.peer(world.bob)
    assert refused(world.bob, report) == "PARTICIPANT_ID_INVALID"


def test_nothing_is_deleted_as_spam(world: World) -> None:
    group = world.supergroup(world.bob)
    wrong = api.channels.ReportAntiSpamFalsePositive(channel=group.of(world.bob), msg_id=group.post(world.bob, "hello"))
    assert refused(world.bob, wrong) == "MESSAGE_ID_INVALID"
    wrong.channel = group.of(world.carol)
    assert refused(world.carol, wrong) == "CHANNEL_PRIVATE"
