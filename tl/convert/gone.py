"""Names whose old ids do not decode: the canonical layer has nothing that means the same.

A request among them is answered with the error for unknown methods; the constructors were only ever sent by servers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOOSTS: Final = "boosts of stories (layers 164 and 165) became premium boosts with another model"
_REVENUE: Final = "advertising revenue in TON moved to payments.getStarsRevenueStats with other figures"
_ANSWER: Final = "part of answers, which only servers send"
_TRIAL: Final = "dropped before any layer that can still connect"

UNDECODABLE: Final[Mapping[str, str]] = {
    "booster": _BOOSTS,
    "stories.boostersList": _BOOSTS,
    "stories.boostsStatus": _BOOSTS,
    "stories.canApplyBoost": _BOOSTS,
    "stories.canApplyBoostOk": _BOOSTS,
    "stories.canApplyBoostReplace": _BOOSTS,
    "stories.getBoostersList": _BOOSTS,
    "stories.getBoostsStatus": _BOOSTS,
    "broadcastRevenueBalances": _REVENUE,
    "broadcastRevenueTransactionProceeds": _REVENUE,
    "broadcastRevenueTransactionRefund": _REVENUE,
    "broadcastRevenueTransactionWithdrawal": _REVENUE,
    "stats.broadcastRevenueStats": _REVENUE,
    "stats.broadcastRevenueTransactions": _REVENUE,
    "stats.broadcastRevenueWithdrawalUrl": _REVENUE,
    "stats.getBroadcastRevenueStats": _REVENUE,
    "stats.getBroadcastRevenueTransactions": _REVENUE,
    "stats.getBroadcastRevenueWithdrawalUrl": _REVENUE,
    "updateBroadcastRevenueTransactions": _REVENUE,
    "channelAdminLogEventActionChangeBackgroundEmoji": _ANSWER,
    "channelAdminLogEventActionChangeColor": _ANSWER,
    "messageInteractionCounters": _ANSWER,
    "payments.userStarGifts": _ANSWER,
    "premiumGiftOption": _ANSWER,
    "sponsoredWebPage": _ANSWER,
    "stats.broadcastStats": _ANSWER,
    "stats.messageStats": _ANSWER,
    "stories.userStories": _ANSWER,
    "updateBotSubscriptionExpire": _ANSWER,
    "updateGroupInvitePrivacyForbidden": _ANSWER,
    "userStarGift": _ANSWER,
    "channels.sendAsPeers": _TRIAL,
    "folders.deleteFolder": _TRIAL,
    "messageActionAttachMenuBotAllowed": _TRIAL,
    "messageUserReaction": _TRIAL,
    "messages.messageReactionsList": _TRIAL,
    "messages.translateNoResult": _TRIAL,
    "messages.translateResultText": _TRIAL,
    "payments.requestRecurringPayment": _TRIAL,
    "payments.restorePlayMarketReceipt": _TRIAL,
    "updateUserPhoto": _TRIAL,
    "help.getAppChangelog": "the changelog comes with the application now",
    "inputPasskeyCredentialFirebasePNV": "phone number verification by Firebase was dropped",
    "messages.getAllChats": "replaced by messages.getDialogs, which answers another type",
    "payments.canPurchasePremium": "purchases are checked with the payment form",
}
"""TL name -> why lines of that name do not decode."""
