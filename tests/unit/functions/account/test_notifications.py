"""account.*NotifySettings, getNotifyExceptions, sign-up notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client, grouped
from tl import api

Fails = Callable[..., RpcError]
SCOPES = [
    (api.InputNotifyUsers(), api.NotifyUsers()),
    (api.InputNotifyChats(), api.NotifyChats()),
    (api.InputNotifyBroadcasts(), api.NotifyBroadcasts()),
]


def read(client: Client, peer: Any) -> Any:
    return client.call(api.account.GetNotifySettings(peer=peer))


def change(client: Client, peer: Any, **fields: Any) -> None:
    settings = api.InputPeerNotifySettings(**fields)
    assert client.call(api.account.UpdateNotifySettings(peer=peer, settings=settings)) is True


@pytest.mark.parametrize(("peer", "notify_peer"), SCOPES, ids=lambda item: item.TL_NAME)
def test_kinds_of_chats(alice: Client, bob: Client, peer: Any, notify_peer: Any) -> None:
    laptop = alice.device()
    default = read(alice, peer)
    assert (default.show_previews, default.silent, default.mute_until) == (True, False, 0)
    assert isinstance(default.android_sound, api.NotificationSoundDefault)
    change(alice, peer, mute_until=2**31 - 1, sound=api.NotificationSoundNone())
    stored = read(laptop, peer)
    assert stored.mute_until == 2**31 - 1
    none = api.NotificationSoundNone()
    assert (stored.ios_sound, stored.android_sound, stored.other_sound) == (none, none, none)
    (update,) = grouped(laptop.pushes())["updateNotifySettings"]
    assert (update.peer, update.notify_settings) == (notify_peer, stored)
    assert alice.pushes() == []
    assert read(bob, peer) == default


def test_peer_follows_its_kind_until_it_has_settings_of_its_own(alice: Client, bob: Client) -> None:
    peer = api.InputNotifyPeer(peer=alice.peer(bob))
    assert read(alice, peer) == api.PeerNotifySettings()
    change(alice, peer, silent=True, stories_muted=True)
    assert (read(alice, peer).silent, read(alice, peer).stories_muted) == (True, True)
    full = alice.call(api.users.GetFullUser(id=alice.input_user(bob))).full_user
    assert full.notify_settings.silent is True
    change(alice, peer)
    assert read(alice, peer) == api.PeerNotifySettings()
    assert alice.call(api.account.GetNotifyExceptions()).updates == []


def test_refusals(alice: Client, bob: Client, fails: Fails) -> None:
    peer = api.InputNotifyPeer(peer=alice.peer(bob))
    local = api.NotificationSoundLocal(title="x" * 300, data="")
    for settings in (api.InputPeerNotifySettings(mute_until=-1), api.InputPeerNotifySettings(sound=local)):
        fails("SETTINGS_INVALID", alice, api.account.UpdateNotifySettings(peer=peer, settings=settings))
    stranger = api.InputNotifyPeer(peer=api.InputPeerUser(user_id=bob.id, access_hash=1))
    fails("PEER_ID_INVALID", alice, api.account.GetNotifySettings(peer=stranger))
    channel = api.InputPeerChannel(channel_id=1, access_hash=1)
    fails("CHANNEL_INVALID", alice, api.account.GetNotifySettings(peer=api.InputNotifyPeer(peer=channel)))
    topic = api.InputNotifyForumTopic(peer=alice.peer(bob), top_msg_id=1)
    fails("MSG_ID_INVALID", alice, api.account.GetNotifySettings(peer=topic))
    community = api.InputNotifyCommunity(community=api.InputChannelEmpty())
    fails("PEER_ID_INVALID", alice, api.account.GetNotifySettings(peer=community))


def test_exceptions(alice: Client, bob: Client) -> None:
    carol = alice.server.user("Carol")
    change(alice, api.InputNotifyPeer(peer=alice.peer(bob)), silent=True)
    change(alice, api.InputNotifyPeer(peer=alice.peer(carol)), sound=api.NotificationSoundNone())

    def listed(**fields: Any) -> set[int]:
        answer = alice.call(api.account.GetNotifyExceptions(**fields))
        found = {update.peer.peer.user_id for update in answer.updates}
        assert {user.id for user in answer.users} == found
        return found

    assert listed() == {bob.id, carol.id}
    assert listed(peer=api.InputNotifyUsers()) == {bob.id, carol.id}
    assert listed(peer=api.InputNotifyChats()) == set()
    assert listed(peer=api.InputNotifyPeer(peer=alice.peer(bob))) == {bob.id}
    assert listed(compare_sound=True) == {carol.id}
    assert listed(compare_stories=True) == set()


def test_reset(alice: Client, bob: Client) -> None:
    laptop = alice.device()
    change(alice, api.InputNotifyPeer(peer=alice.peer(bob)), silent=True)
    change(alice, api.InputNotifyUsers(), silent=True)
    laptop.pushes()
    assert alice.call(api.account.ResetNotifySettings()) is True
    assert read(alice, api.InputNotifyUsers()).silent is False
    assert alice.call(api.account.GetNotifyExceptions()).updates == []
    assert len(grouped(laptop.pushes())["updateNotifySettings"]) == 3


def test_reading_costs_one_query(alice: Client, queries: list[str]) -> None:
    read(alice, api.InputNotifyUsers())
    assert len(queries) == 1


def test_sign_up_notices(alice: Client) -> None:
    assert alice.call(api.account.GetContactSignUpNotification()) is False
    assert alice.call(api.account.SetContactSignUpNotification(silent=True)) is True
    assert alice.call(api.account.GetContactSignUpNotification()) is True


def test_reactions(alice: Client, fails: Fails) -> None:
    settings = alice.call(api.account.GetReactionsNotifySettings())
    assert isinstance(settings.messages_notify_from, api.ReactionNotificationsFromContacts)
    changed = api.ReactionsNotifySettings(sound=api.NotificationSoundNone(), show_previews=False)
    assert alice.call(api.account.SetReactionsNotifySettings(settings=changed)) == changed
    assert alice.call(api.account.GetReactionsNotifySettings()) == changed
    local = api.NotificationSoundLocal(title="", data="x" * 300)
    bad = api.ReactionsNotifySettings(sound=local, show_previews=False)
    fails("SETTINGS_INVALID", alice, api.account.SetReactionsNotifySettings(settings=bad))
