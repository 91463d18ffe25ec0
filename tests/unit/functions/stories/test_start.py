"""What clients read at their start about things that do not exist here yet."""

from __future__ import annotations

from typing import Any

import pytest

from layers.errors import RpcError
from tests.harness import Client
from tl import api

_SELF = api.InputPeerSelf()

_READS: list[Any] = [
    api.stories.GetAllStories(),
    api.stories.GetPeerMaxIDs(id=[_SELF]),
    api.stories.GetPeerStories(peer=_SELF),
    api.stories.GetPinnedStories(peer=_SELF, offset_id=0, limit=10),
    api.stories.GetStoriesArchive(peer=_SELF, offset_id=0, limit=10),
    api.stories.GetStoriesByID(peer=_SELF, id=[1]),
    api.stories.GetAlbums(peer=_SELF, hash=0),
    api.stories.GetAlbumStories(peer=_SELF, album_id=1, offset=0, limit=10),
    api.stories.GetAllReadPeerStories(),
    api.stories.GetChatsToSend(),
    api.stories.CanSendStory(peer=_SELF),
    api.payments.GetStarsStatus(peer=_SELF),
    api.payments.GetStarsStatus(peer=_SELF, ton=True),
    api.payments.GetStarsTransactions(peer=_SELF, offset="", limit=10),
    api.payments.GetStarsSubscriptions(peer=_SELF, offset=""),
    api.payments.GetStarsTopupOptions(),
    api.payments.GetStarsGiftOptions(),
    api.payments.GetStarsGiveawayOptions(),
    api.payments.GetStarGifts(hash=0),
    api.payments.GetSavedStarGifts(peer=_SELF, offset="", limit=10),
    api.payments.GetStarGiftCollections(peer=_SELF, hash=0),
    api.payments.GetStarGiftActiveAuctions(hash=0),
    api.payments.GetPremiumGiftCodeOptions(),
    api.payments.GetSavedInfo(),
    api.premium.GetMyBoosts(),
    api.aicompose.GetTones(hash=0),
    api.channels.GetChannelRecommendations(),
    api.communities.GetJoinedCommunities(),
    api.bots.GetPopularAppBots(offset="", limit=10),
    api.bots.GetAdminedBots(),
]


@pytest.mark.parametrize("request_", _READS, ids=lambda request: request.TL_NAME)
@pytest.mark.parametrize("layer", [225, 232])
def test_every_read_is_answered(alice: Client, request_: Any, layer: int) -> None:
    alice.device(layer=layer).call(request_)


def test_every_read_says_what_is_missing(alice: Client) -> None:
    for request in _READS:
        function = alice.server.registry.get(request.TL_NAME)
        assert function is not None
        assert function.partial


def test_a_known_feed_is_not_sent_again(alice: Client) -> None:
    feed = alice.call(api.stories.GetAllStories())
    assert (feed.count, feed.has_more) == (0, False)
    again = alice.call(api.stories.GetAllStories(state=feed.state))
    assert isinstance(again, api.stories.AllStoriesNotModified)
    assert isinstance(alice.call(api.stories.GetAllStories(state=feed.state, next=True)), api.stories.AllStories)


def test_one_answer_for_each_peer(alice: Client, bob: Client) -> None:
    found = alice.call(api.stories.GetPeerMaxIDs(id=[alice.peer(bob), _SELF]))
    assert found == [api.RecentStory(), api.RecentStory()]
    with pytest.raises(RpcError, match="INPUT_REQUEST_TOO_LONG"):
        alice.call(api.stories.GetPeerMaxIDs(id=[_SELF] * 101))


def test_stories_of_a_user_name_him(alice: Client, bob: Client) -> None:
    answer = alice.call(api.stories.GetPeerStories(peer=alice.peer(bob)))
    assert answer.stories.peer == api.PeerUser(user_id=bob.id)
    assert [user.id for user in answer.users] == [bob.id]


def test_balances_are_ones_own(alice: Client, bob: Client) -> None:
    assert alice.call(api.payments.GetStarsStatus(peer=_SELF)).balance == api.StarsAmount(amount=0, nanos=0)
    assert alice.call(api.payments.GetStarsStatus(peer=_SELF, ton=True)).balance == api.StarsTonAmount(amount=0)
    with pytest.raises(RpcError, match="PEER_ID_INVALID"):
        alice.call(api.payments.GetStarsStatus(peer=alice.peer(bob)))


def test_wrong_access_hash(alice: Client, bob: Client) -> None:
    wrong = api.InputPeerUser(user_id=bob.id, access_hash=1)
    for request in (
        api.stories.GetPeerStories(peer=wrong),
        api.stories.GetPinnedStories(peer=wrong, offset_id=0, limit=1),
        api.payments.GetSavedStarGifts(peer=wrong, offset="", limit=1),
        api.payments.GetStarsStatus(peer=wrong),
    ):
        with pytest.raises(RpcError, match="PEER_ID_INVALID"):
            alice.call(request)


def test_recommendations_need_a_bot(alice: Client, bob: Client) -> None:
    with pytest.raises(RpcError, match="BOT_INVALID"):
        alice.call(api.bots.GetBotRecommendations(bot=alice.input_user(bob)))
    bot = alice.server.user("Bot", bot=True)
    answer = alice.call(api.bots.GetBotRecommendations(bot=alice.input_user(bot)))
    assert answer == api.users.Users(users=[])


def test_sms_sign_in_does_not_exist(alice: Client) -> None:
    with pytest.raises(RpcError, match="NOT_ELIGIBLE"):
        alice.call(api.smsjobs.IsEligibleToJoin())
    with pytest.raises(RpcError, match="NOT_JOINED"):
        alice.call(api.smsjobs.GetStatus())
