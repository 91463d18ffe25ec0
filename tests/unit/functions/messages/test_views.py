"""Read dates, views, reports and the action bar."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import tl
from layers.domain.account_settings import Setting
from layers.errors import RpcError
from layers.schema import account_settings, reports
from tests.harness import Client, Harness
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import write
from tl import api


def read_date(client: Client, other: Client, message_id: int) -> Any:
    return client.call(api.messages.GetOutboxReadDate(peer=client.peer(other), msg_id=message_id))


def hide_read_marks(server: Harness, user: Client) -> None:
    """Set hide_read_marks and show the last-seen time to nobody."""
    settings = api.GlobalPrivacySettings(hide_read_marks=True)
    with server.services.database.transaction(writes=True) as db:
        db.execute(
            sa.insert(account_settings),
            {"user_id": user.id, "name": Setting.GLOBAL_PRIVACY.value, "value": tl.encode(settings)},
        )
    user.call(
        api.account.SetPrivacy(key=api.InputPrivacyKeyStatusTimestamp(), rules=[api.InputPrivacyValueDisallowAll()])
    )


def test_the_moment_of_reading(world: World) -> None:
    write(world.alice, world.bob, "one", "two")
    with pytest.raises(RpcError, match="MESSAGE_NOT_READ_YET"):
        read_date(world.alice, world.bob, 1)
    world.server.clock.advance(100)
    moment = int(world.server.clock())
    world.bob.call(api.messages.ReadHistory(peer=world.bob.peer(world.alice), max_id=1))
    world.server.settle()
    assert read_date(world.alice, world.bob, 1).date == moment
    with pytest.raises(RpcError, match="MESSAGE_NOT_READ_YET"):
        read_date(world.alice, world.bob, 2)
    world.server.clock.advance(50)
    world.bob.call(api.messages.ReadHistory(peer=world.bob.peer(world.alice), max_id=0))
    world.server.settle()
    assert read_date(world.alice, world.bob, 1).date == moment
    assert read_date(world.alice, world.bob, 2).date == moment + 50
    world.server.clock.advance(8 * 86_400)
    with pytest.raises(RpcError, match="MESSAGE_TOO_OLD"):
        read_date(world.alice, world.bob, 1)


def test_read_dates_of_what_one_did_not_send(world: World) -> None:
    write(world.bob, world.alice, "one")
    for other, message_id in ((world.bob, 1), (world.bob, 99), (world.carol, 1)):
        with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
            read_date(world.alice, other, message_id)


@pytest.mark.parametrize(("who", "error"), [("alice", "YOUR_PRIVACY_RESTRICTED"), ("bob", "USER_PRIVACY_RESTRICTED")])
def test_hidden_read_marks(world: World, who: str, error: str) -> None:
    write(world.alice, world.bob, "one")
    world.bob.call(api.messages.ReadHistory(peer=world.bob.peer(world.alice), max_id=0))
    world.server.settle()
    hide_read_marks(world.server, getattr(world, who))
    with pytest.raises(RpcError, match=error):
        read_date(world.alice, world.bob, 1)


def test_views(world: World) -> None:
    write(world.alice, world.bob, "one")
    request = api.messages.GetMessagesViews(peer=world.alice.peer(world.bob), id=[1], increment=True)
    assert world.alice.call(request).views == [api.MessageViews()]
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(api.messages.GetMessageReadParticipants(peer=world.alice.peer(world.bob), msg_id=1))


def kept(server: Harness) -> list[Any]:
    with server.services.database.transaction(writes=False) as db:
        columns = (reports.c.peer_key, reports.c.message_id, reports.c.option, reports.c.comment)
        return [tuple(row) for row in db.rows(sa.select(*columns).order_by(reports.c.id))]


def test_reports_are_kept_with_their_reason(world: World) -> None:
    write(world.bob, world.alice, "buy now")
    peer = world.alice.peer(world.bob)

    def report(option: bytes, message: str = "") -> Any:
        return world.alice.call(api.messages.Report(peer=peer, id=[1], option=option, message=message))

    choice = report(b"")
    options = [option.option for option in choice.options]
    assert b"spam" in options
    assert kept(world.server) == []
    assert report(b"spam") == api.ReportResultReported()
    assert isinstance(report(b"other"), api.ReportResultAddComment)
    assert report(b"other", "rude") == api.ReportResultReported()
    assert world.alice.call(api.messages.ReportSpam(peer=peer)) is True
    bob = world.bob.id
    assert kept(world.server) == [(bob, 1, "spam", ""), (bob, 1, "other", "rude"), (bob, 0, "spam", "")]
    with pytest.raises(RpcError, match="OPTION_INVALID"):
        report(b"nonsense")
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        world.alice.call(api.messages.ReportSpam(peer=api.InputPeerSelf()))
    with pytest.raises(RpcError, match="MESSAGE_ID_INVALID"):
        world.alice.call(api.messages.Report(peer=world.alice.peer(world.carol), id=[1], option=b"spam", message=""))


def test_the_action_bar_is_closed_on_all_devices(world: World) -> None:
    write(world.bob, world.alice, "hello")
    tablet = world.alice.device()
    tablet.pushes()
    peer = world.alice.peer(world.bob)
    bar = world.alice.call(api.messages.GetPeerSettings(peer=peer))
    assert bar.settings.add_contact
    assert [user.id for user in bar.users] == [world.bob.id]
    assert world.alice.call(api.messages.HidePeerSettingsBar(peer=peer)) is True
    (update,) = tablet.pushes()
    assert (update.peer.user_id, update.settings) == (world.bob.id, api.PeerSettings())
    assert world.alice.call(api.messages.GetPeerSettings(peer=peer)).settings == api.PeerSettings()
    assert world.alice.call(api.messages.HidePeerSettingsBar(peer=world.alice.peer(world.carol))) is True
    assert world.alice.call(api.messages.GetPeerSettings(peer=world.alice.peer(world.carol))).settings == (
        api.PeerSettings()
    )
