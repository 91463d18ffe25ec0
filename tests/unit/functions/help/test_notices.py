"""What this server has nothing of, and support: checklist 114, 115."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from layers.domain.peers import SERVICE_USER_ID
from layers.errors import RpcError
from tests.harness import Client, Harness
from tl import api

Fails = Callable[..., RpcError]


def test_empty_answers(alice: Client) -> None:
    now = int(alice.server.clock())
    assert alice.call(api.help.GetTermsOfServiceUpdate()).expires > now
    assert alice.call(api.help.GetPromoData()).expires > now
    assert isinstance(alice.call(api.help.GetAppUpdate(source="")), api.help.NoAppUpdate)
    urls = alice.call(api.help.GetRecentMeUrls(referer="x"))
    assert (urls.urls, urls.chats, urls.users) == ([], [], [])
    assert isinstance(alice.call(api.help.GetDeepLinkInfo(path="x")), api.help.DeepLinkInfoEmpty)
    promo = alice.call(api.help.GetPremiumPromo())
    assert (promo.videos, promo.video_sections, promo.period_options) == ([], [], [])
    assert alice.call(api.help.GetInviteText()).message


def test_nothing_to_accept_or_dismiss(alice: Client, bob: Client, fails: Fails) -> None:
    fails("DATA_JSON_INVALID", alice, api.help.AcceptTermsOfService(id=api.DataJSON(data="{}")))
    empty = api.InputPeerEmpty()
    assert alice.call(api.help.DismissSuggestion(peer=empty, suggestion="BIRTHDAY_SETUP")) is False
    assert alice.call(api.help.DismissSuggestion(peer=alice.peer(bob), suggestion="x")) is False
    stranger = api.InputPeerUser(user_id=bob.id, access_hash=1)
    fails("PEER_ID_INVALID", alice, api.help.DismissSuggestion(peer=stranger, suggestion="x"))


def test_support_is_the_service_account(alice: Client, bob: Client, fails: Fails) -> None:
    support = alice.call(api.help.GetSupport())
    assert (support.user.id, support.user.first_name, support.user.verified) == (SERVICE_USER_ID, "Cirrusgram", True)
    assert support.phone_number
    assert fails("USER_INVALID", alice, api.help.GetSupportName()).code == 403
    assert fails("USER_INVALID", alice, api.help.GetUserInfo(user_id=alice.input_user(bob))).code == 403
    fails("USER_ID_INVALID", alice, api.help.GetUserInfo(user_id=api.InputUser(user_id=bob.id, access_hash=1)))


def test_app_log_is_taken_before_sign_in(server: Harness) -> None:
    event = api.InputAppEvent(time=1.5, type="x" * 5000, peer=0, data=api.JsonNull())
    assert server.device(None).call(api.help.SaveAppLog(events=[event] * 200)) is True


ANONYMOUS = (
    api.help.GetConfig(),
    api.help.GetAppConfig(hash=0),
    api.help.GetNearestDc(),
    api.help.GetCountriesList(lang_code="", hash=0),
    api.help.GetCdnConfig(),
    api.help.GetAppUpdate(source=""),
    api.langpack.GetLanguages(lang_pack="tdesktop"),
    api.account.GetPassword(),
    api.auth.ExportLoginToken(api_id=1, api_hash="x", except_ids=[]),
)
SIGNED_IN = (
    api.help.GetInviteText(),
    api.help.GetPromoData(),
    api.help.GetSupport(),
    api.account.GetAuthorizations(),
    api.auth.LogOut(),
    api.auth.ExportAuthorization(dc_id=2),
)


@pytest.mark.parametrize("request_", ANONYMOUS, ids=lambda request: request.TL_NAME)
def test_callable_before_sign_in(server: Harness, request_: object) -> None:
    # checklist 72
    assert server.device(None).call(request_) is not None


@pytest.mark.parametrize("request_", SIGNED_IN, ids=lambda request: request.TL_NAME)
def test_not_callable_before_sign_in(server: Harness, fails: Fails, request_: object) -> None:
    assert fails("AUTH_KEY_UNREGISTERED", server.device(None), request_).code == 401
