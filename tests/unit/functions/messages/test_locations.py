"""Live locations: https://core.telegram.org/api/live-location."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from layers.domain.hashes import vector_hash
from layers.domain.live_locations import FOR_EVER
from tests.harness import Client, Harness
from tl import api

M = api.messages
_RANDOM_IDS = itertools.count(9000)
HOUR = 3600


def live(latitude: float = 50.0, **options: Any) -> api.InputMediaGeoLive:
    return api.InputMediaGeoLive(geo_point=api.InputGeoPoint(lat=latitude, long=9.0), **options)


def share(client: Client, peer: Any, media: Any = None) -> Any:
    """Send a live location; the message."""
    given = media or live(period=HOUR)
    answer = client.call(M.SendMedia(peer=peer, media=given, message="", random_id=next(_RANDOM_IDS)))
    client.server.settle()
    news = (api.UpdateNewMessage, api.UpdateNewChannelMessage)
    return next(update.message for update in answer.updates if isinstance(update, news))


def move(client: Client, peer: Any, message: Any, media: Any) -> Any:
    answer = client.call(M.EditMessage(peer=peer, id=message.id, media=media))
    client.server.settle()
    edits = (api.UpdateEditMessage, api.UpdateEditChannelMessage)
    return next(update.message for update in answer.updates if isinstance(update, edits))


def recent(client: Client, peer: Any, hash: int = 0, limit: int = 10) -> Any:
    return client.call(M.GetRecentLocations(peer=peer, limit=limit, hash=hash))


def latitudes(answer: Any) -> list[float]:
    return [message.media.geo.lat for message in answer.messages]


def test_a_location_moves_until_its_time_is_over(
    server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]
) -> None:
    peer = alice.peer(bob)
    sent = share(alice, peer)
    assert (sent.media.period, sent.media.heading) == (HOUR, None)
    server.clock.advance(60)
    moved = move(alice, peer, sent, live(51.0, heading=90))
    assert (moved.media.geo.lat, moved.media.heading, moved.media.period) == (51.0, 90, HOUR)
    assert moved.edit_hide and moved.edit_date == moved.date + 60
    found = recent(bob, bob.peer(alice))
    assert latitudes(found) == [51.0] and [user.id for user in found.users if not user.self] == [alice.id]
    # Not what stands in another chat.
    assert latitudes(recent(bob, api.InputPeerSelf())) == []
    server.clock.advance(HOUR)
    assert latitudes(recent(bob, bob.peer(alice))) == []
    fails("MESSAGE_EDIT_TIME_EXPIRED", alice, M.EditMessage(peer=peer, id=sent.id, media=live(52.0)))


def test_one_of_each_sender_and_who_stops(server: Harness, alice: Client, bob: Client) -> None:
    peer = alice.peer(bob)
    share(alice, peer, live(1.0, period=HOUR))
    share(alice, peer, live(2.0, period=HOUR))
    share(bob, bob.peer(alice), live(3.0, period=FOR_EVER))
    found = recent(alice, peer)
    assert latitudes(found) == [3.0, 2.0]
    hash_ = vector_hash(number for message in found.messages for number in (message.id, message.date))
    assert recent(alice, peer, hash_) == M.MessagesNotModified(count=2)
    assert latitudes(recent(alice, peer, limit=1)) == [3.0]
    last = found.messages[1]
    server.clock.advance(10)
    stopped = move(alice, peer, last, live(9.0, stopped=True))
    assert (stopped.media.geo.lat, stopped.media.period) == (2.0, 10)
    # The one before it is still shared.
    assert latitudes(recent(alice, peer, hash_)) == [3.0, 1.0]
    # Without an end, for longer than anything else may be edited.
    server.clock.advance(100 * 24 * HOUR)
    mine = recent(bob, bob.peer(alice)).messages[0]
    assert move(bob, bob.peer(alice), mine, live(4.0)).media.geo.lat == 4.0


def test_a_location_is_shared_for_longer(
    server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]
) -> None:
    peer = alice.peer(bob)
    sent = share(alice, peer)
    assert move(alice, peer, sent, live(period=HOUR + 86_400)).media.period == HOUR + 86_400
    fails("MEDIA_INVALID", alice, M.EditMessage(peer=peer, id=sent.id, media=live(period=3 * 86_400)))
    assert move(alice, peer, sent, live(period=FOR_EVER)).media.period == FOR_EVER


@pytest.mark.parametrize(
    ("media", "error"),
    [
        (live(), "MEDIA_INVALID"),
        (live(period=59), "MEDIA_INVALID"),
        (live(period=86_401), "MEDIA_INVALID"),
        (live(period=HOUR, heading=361), "MEDIA_INVALID"),
        (live(period=HOUR, proximity_notification_radius=100), "MEDIA_INVALID"),
        (live(period=HOUR, stopped=True), "MEDIA_INVALID"),
        (live(91.0, period=HOUR), "GEO_POINT_INVALID"),
    ],
)
def test_what_is_refused(alice: Client, bob: Client, fails: Callable[..., Any], media: Any, error: str) -> None:
    fails(error, alice, M.SendMedia(peer=alice.peer(bob), media=media, message="", random_id=1))


def test_only_a_live_location_moves(alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    peer = alice.peer(bob)
    place = api.InputMediaGeoPoint(geo_point=api.InputGeoPoint(lat=1.0, long=1.0))
    sent = share(alice, peer, place)
    fails("MEDIA_PREV_INVALID", alice, M.EditMessage(peer=peer, id=sent.id, media=live()))
    theirs = share(bob, bob.peer(alice))
    copy = recent(alice, peer).messages[0]
    assert copy.media.geo.lat == theirs.media.geo.lat
    fails("MESSAGE_AUTHOR_REQUIRED", alice, M.EditMessage(peer=peer, id=copy.id, media=live()))


def test_a_copy_stays_where_it_is(server: Harness, alice: Client, bob: Client) -> None:
    sent = share(alice, alice.peer(bob))
    move(alice, alice.peer(bob), sent, live(51.0))
    note = recent(bob, bob.peer(alice)).messages[0]
    bob.call(M.ForwardMessages(from_peer=bob.peer(alice), to_peer=api.InputPeerSelf(), id=[note.id], random_id=[5]))
    (copy,) = bob.call(M.GetMessages(id=[api.InputMessageID(id=note.id + 1)])).messages
    assert copy.media == api.MessageMediaGeo(geo=note.media.geo) and not copy.edit_hide
    assert latitudes(recent(bob, api.InputPeerSelf())) == []


def test_in_a_supergroup(server: Harness, alice: Client, bob: Client) -> None:
    created = alice.call(api.channels.CreateChannel(title="Walkers", about="", megagroup=True))
    key = created.chats[0].id
    peer = alice.channel_peer(key)
    alice.call(api.channels.InviteToChannel(channel=alice.channel(key), users=[alice.input_user(bob)]))
    sent = share(alice, peer)
    moved = move(alice, peer, sent, live(51.0))
    assert moved.media.geo.lat == 51.0
    assert latitudes(recent(bob, bob.channel_peer(key))) == [51.0]
