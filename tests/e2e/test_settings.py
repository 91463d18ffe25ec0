"""Settings of an account with Telethon: kept, applied, and told to the other device."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from telethon.tl import functions, types

from tests.e2e.people import Circle

_FOREVER: Final = datetime.fromtimestamp(2**31 - 1, tz=UTC)


async def test_privacy_of_last_seen(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    await alice(functions.account.UpdateStatusRequest(offline=False))
    await alice(functions.account.UpdateStatusRequest(offline=True))

    async def seen() -> object:
        [user] = await bob(functions.users.GetUsersRequest([await bob.peer(alice)]))
        return user.status

    assert isinstance(await seen(), types.UserStatusOffline)
    rules = [types.InputPrivacyValueDisallowAll()]
    await alice(functions.account.SetPrivacyRequest(types.InputPrivacyKeyStatusTimestamp(), rules))
    told = await circle.tablet.told.wait_for(types.UpdatePrivacy)
    assert isinstance(told.key, types.PrivacyKeyStatusTimestamp)
    assert isinstance(await seen(), types.UserStatusRecently)
    kept = await circle.tablet(functions.account.GetPrivacyRequest(types.InputPrivacyKeyStatusTimestamp()))
    assert [type(rule) for rule in kept.rules] == [types.PrivacyValueDisallowAll]


async def test_privacy_of_the_phone_number(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    name = f"phone_{alice.id}"
    await alice(functions.account.UpdateUsernameRequest(name))
    rules = [types.InputPrivacyValueDisallowAll()]
    for key in (types.InputPrivacyKeyPhoneNumber(), types.InputPrivacyKeyAddedByPhone()):
        await alice(functions.account.SetPrivacyRequest(key, rules))
    await bob(functions.contacts.DeleteContactsRequest([await bob.peer(alice)]))
    await alice(functions.contacts.DeleteContactsRequest([await alice.peer(bob)]))
    resolved = await bob(functions.contacts.ResolveUsernameRequest(name))
    assert [user.phone for user in resolved.users] == [None]
    found = await bob(functions.contacts.ImportContactsRequest([types.InputPhoneContact(1, alice.phone, "Alice", "")]))
    assert found.imported == []


async def test_notification_settings(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    peer = types.InputNotifyPeer(await alice.peer(bob))
    settings = types.InputPeerNotifySettings(mute_until=_FOREVER, show_previews=False)
    await alice(functions.account.UpdateNotifySettingsRequest(peer, settings))
    told = await circle.tablet.told.wait_for(types.UpdateNotifySettings)
    assert (told.peer.peer.user_id, told.notify_settings.mute_until) == (bob.id, _FOREVER)
    kept = await circle.tablet(functions.account.GetNotifySettingsRequest(peer))
    assert (kept.mute_until, kept.show_previews) == (_FOREVER, False)
    assert (await circle.tablet.dialog(bob)).notify_settings.mute_until == _FOREVER


async def test_account_settings(circle: Circle) -> None:
    alice, tablet = circle.alice, circle.tablet
    await alice(functions.account.SetAccountTTLRequest(types.AccountDaysTTL(90)))
    assert (await tablet(functions.account.GetAccountTTLRequest())).days == 90
    await alice(functions.account.SetContentSettingsRequest(sensitive_enabled=True))
    assert (await tablet(functions.account.GetContentSettingsRequest())).sensitive_enabled
    assert not (await alice(functions.account.GetPasswordRequest())).has_password
    token = "0" * 64
    assert await alice(functions.account.RegisterDeviceRequest(4, token, False, b"", [], no_muted=True))
    assert await alice(functions.account.UnregisterDeviceRequest(4, token, []))


async def test_what_clients_ask_at_their_start(circle: Circle) -> None:
    """Each start-up call of help and langpack answers something a client can go on with."""
    alice = circle.alice
    config = await alice(functions.help.GetConfigRequest())
    assert {option.ip_address for option in config.dc_options} == {"127.0.0.1"}
    assert config.message_length_max == 4096
    assert (await alice(functions.help.GetNearestDcRequest())).this_dc == config.this_dc
    first = await alice(functions.help.GetAppConfigRequest(hash=0))
    again = await alice(functions.help.GetAppConfigRequest(hash=first.hash))
    assert isinstance(again, types.help.AppConfigNotModified)
    assert (await alice(functions.help.GetCountriesListRequest("en", 0))).countries
    assert (await alice(functions.help.GetTimezonesListRequest(0))).timezones
    assert isinstance(await alice(functions.help.GetPromoDataRequest()), types.help.PromoDataEmpty)
    assert (await alice(functions.help.GetInviteTextRequest())).message
    await alice(functions.langpack.GetLangPackRequest("tdesktop", "en"))
    await alice(functions.messages.GetDialogFiltersRequest())
    await alice(functions.messages.GetAllStickersRequest(0))
    await alice(functions.contacts.GetTopPeersRequest(0, 10, 0, correspondents=True))


async def test_top_people_and_global_search(circle: Circle) -> None:
    alice, bob = circle.alice, circle.bob
    for number in range(3):
        await alice.send(bob, f"pear number {number}")
    await bob.told.message("pear number 2")
    top = await alice(functions.contacts.GetTopPeersRequest(0, 10, 0, correspondents=True))
    assert top.categories[0].peers[0].peer.user_id == bob.id
    found = await alice(
        functions.messages.SearchGlobalRequest(
            q="pear",
            filter=types.InputMessagesFilterEmpty(),
            min_date=None,
            max_date=None,
            offset_rate=0,
            offset_peer=types.InputPeerEmpty(),
            offset_id=0,
            limit=10,
        )
    )
    assert len(found.messages) == 3
    counters = await alice(
        functions.messages.GetSearchCountersRequest(
            await alice.peer(bob), [types.InputMessagesFilterPhotos(), types.InputMessagesFilterUrl()]
        )
    )
    assert [counter.count for counter in counters] == [0, 0]
