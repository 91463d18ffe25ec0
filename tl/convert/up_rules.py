"""Rules for canonical fields that an old line does not hold in that form, and for names that are gone.

`RULES` compute one field from the decoded fields of the old line (by TL name), `PAIRS` convert a value between types,
`REPLACE` makes the canonical object of one whose constructor or method has another name now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tl import api
from tl.convert.keyboards import UPGRADES as OLD_BUTTONS
from tl.convert.keyboards import inline_rows
from tl.registry import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Values = dict[str, Any]

_DAYS_PER_MONTH: Final = 30
_MANY_MONTHS: Final = 1200


def input_peer(peer: Any) -> Any:
    """The InputPeer of an InputUser or InputChannel."""
    if isinstance(peer, api.InputUser):
        return api.InputPeerUser(user_id=peer.user_id, access_hash=peer.access_hash)
    if isinstance(peer, api.InputChannel):
        return api.InputPeerChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
    if isinstance(peer, api.InputUserFromMessage):
        return api.InputPeerUserFromMessage(peer=peer.peer, msg_id=peer.msg_id, user_id=peer.user_id)
    if isinstance(peer, api.InputChannelFromMessage):
        return api.InputPeerChannelFromMessage(peer=peer.peer, msg_id=peer.msg_id, channel_id=peer.channel_id)
    return api.InputPeerSelf() if isinstance(peer, api.InputUserSelf) else api.InputPeerEmpty()


def _reply_to(values: Values) -> Any:
    """Old requests named the message (and since 148 the topic) in fields of their own."""
    topic_id = values.get("top_msg_id")
    message_id = values["reply_to_msg_id"] or topic_id
    if message_id is None:
        return None
    return api.InputReplyToMessage(reply_to_msg_id=message_id, top_msg_id=topic_id)


def _peer_of_user(values: Values) -> Any:
    """Stories were of users only; requests without an owner meant the caller's own."""
    return input_peer(values["user_id"]) if "user_id" in values else api.InputPeerSelf()


def _peer_user(values: Values) -> Any:
    return api.PeerUser(user_id=values["user_id"])


def _color(values: Values) -> Any:
    color, emoji = values.get("color"), values.get("background_emoji_id")
    return None if color is None and emoji is None else api.PeerColor(color=color, background_emoji_id=emoji)


def _rights(values: Values) -> Any:
    return api.BusinessBotRights(reply=values["can_reply"])


def _own_gift(values: Values) -> Any:
    return api.InputSavedStarGiftUser(msg_id=values["msg_id"])


def _paid_reaction_privacy(values: Values) -> Any:
    private = values["private"]
    return None if private is None else _privacy(private)


def _privacy(private: Any) -> Any:
    return api.PaidReactionPrivacyAnonymous() if private else api.PaidReactionPrivacyDefault()


def _chat_theme(values: Values) -> Any:
    emoticon = values["emoticon"]
    return api.InputChatTheme(emoticon=emoticon) if emoticon else api.InputChatThemeEmpty()


def _report_option(values: Values) -> bytes:
    """The reason of an old report, as the option that a newer client would have chosen."""
    name: bytes = values["reason"].TL_NAME.encode()
    return name


def _invoice_of_message(values: Values) -> Any:
    return api.InputInvoiceMessage(peer=values["peer"], msg_id=values["msg_id"])


def _correct_answers(values: Values) -> list[int] | None:
    """Indexes of the answers that old lines name by their option bytes; the last bytes count when none matches."""
    answers = values["correct_answers"]
    if answers is None:
        return None
    options = [getattr(answer, "option", None) for answer in values["poll"].answers]
    return [options.index(answer) if answer in options else (answer[-1] if answer else 0) for answer in answers]


def _business_recipients(recipients: Any) -> Any:
    cls = class_of("api", recipients.TL_NAME.replace("usinessRecipients", "usinessBotRecipients"))
    return cls(**{name: getattr(recipients, name) for name in recipients.FIELDS})


def _stars_topup(option: Any) -> Any:
    return api.InputStorePaymentStarsTopup(stars=option.stars, currency=option.currency, amount=option.amount)


def _text(text: Any) -> Any:
    return api.TextWithEntities(text=text, entities=[])


def _days(values: Values) -> int:
    months: int = values["months"]
    return max(0, min(months, _MANY_MONTHS)) * _DAYS_PER_MONTH


def _rarity(values: Values) -> Any:
    return api.StarGiftAttributeRarity(permille=values["rarity_permille"])


def _amount(values: Values) -> Any:
    stars = values["stars"]
    return stars if isinstance(stars, api.StarsAmount) else _stars(stars)


def _stars(stars: Any) -> Any:
    return api.StarsAmount(amount=stars, nanos=0)


def _reactions(emoticons: Any) -> Any:
    if not emoticons:
        return api.ChatReactionsNone()
    return api.ChatReactionsSome(reactions=[api.ReactionEmoji(emoticon=emoticon) for emoticon in emoticons])


RULES: Final[Mapping[tuple[str, str], Callable[[Values], Any]]] = {
    **dict.fromkeys(
        (
            ("draftMessage", "reply_to"),
            ("messages.prolongWebView", "reply_to"),
            ("messages.requestWebView", "reply_to"),
            ("messages.saveDraft", "reply_to"),
            ("messages.sendInlineBotResult", "reply_to"),
            ("messages.sendMedia", "reply_to"),
            ("messages.sendMessage", "reply_to"),
            ("messages.sendMultiMedia", "reply_to"),
            ("messages.sendScreenshotNotification", "reply_to"),
        ),
        _reply_to,
    ),
    **dict.fromkeys(
        (
            ("inputInvoiceStarGift", "peer"),
            ("inputMediaStory", "peer"),
            ("inputReplyToStory", "peer"),
            ("stories.deleteStories", "peer"),
            ("stories.editStory", "peer"),
            ("stories.exportStoryLink", "peer"),
            ("stories.getPinnedStories", "peer"),
            ("stories.getStoriesArchive", "peer"),
            ("stories.getStoriesByID", "peer"),
            ("stories.getStoriesViews", "peer"),
            ("stories.getStoryViewsList", "peer"),
            ("stories.incrementStoryViews", "peer"),
            ("stories.readStories", "peer"),
            ("stories.report", "peer"),
            ("stories.sendReaction", "peer"),
            ("stories.sendStory", "peer"),
            ("stories.togglePinned", "peer"),
        ),
        _peer_of_user,
    ),
    **dict.fromkeys(
        (
            ("inputInvoiceStarGiftTransfer", "stargift"),
            ("inputInvoiceStarGiftUpgrade", "stargift"),
            ("payments.convertStarGift", "stargift"),
            ("payments.saveStarGift", "stargift"),
            ("payments.transferStarGift", "stargift"),
            ("payments.upgradeStarGift", "stargift"),
        ),
        _own_gift,
    ),
    **dict.fromkeys(
        (
            ("payments.getPaymentForm", "invoice"),
            ("payments.sendPaymentForm", "invoice"),
            ("payments.validateRequestedInfo", "invoice"),
        ),
        _invoice_of_message,
    ),
    **dict.fromkeys(
        (
            ("messageMediaStory", "peer"),
            ("messageReplyStoryHeader", "peer"),
            ("updateMessagePollVote", "peer"),
            ("updateReadStories", "peer"),
            ("updateSentStoryReaction", "peer"),
            ("updateStory", "peer"),
            ("webPageAttributeStory", "peer"),
        ),
        _peer_user,
    ),
    **dict.fromkeys(
        (
            ("messageActionGiftCode", "days"),
            ("messageActionGiftPremium", "days"),
            ("payments.checkedGiftCode", "days"),
        ),
        _days,
    ),
    **dict.fromkeys(
        (
            ("starGiftAttributeBackdrop", "rarity"),
            ("starGiftAttributeModel", "rarity"),
            ("starGiftAttributePattern", "rarity"),
        ),
        _rarity,
    ),
    ("account.sendVerifyEmailCode", "purpose"): lambda _values: api.EmailVerifyPurposePassport(),
    ("account.updateColor", "color"): _color,
    ("account.updateConnectedBot", "rights"): _rights,
    ("account.verifyEmail", "purpose"): lambda _values: api.EmailVerifyPurposePassport(),
    ("account.verifyEmail", "verification"): lambda values: api.EmailVerificationCode(code=values["code"]),
    ("botBusinessConnection", "rights"): _rights,
    ("channel", "color"): _color,
    ("channels.toggleSignatures", "signatures_enabled"): lambda values: values["enabled"],
    ("connectedBot", "rights"): _rights,
    # An old topic does not say whose it is: the forum is the one that was asked.
    ("forumTopic", "peer"): lambda _values: api.PeerChannel(channel_id=0),
    ("inputInvoiceStars", "purpose"): lambda values: _stars_topup(values["option"]),
    ("inputMediaPoll", "correct_answers"): _correct_answers,
    ("invoice", "terms_url"): lambda values: values.get("recurring_terms_url"),
    ("keyboardButton", "type"): lambda _values: api.ButtonTypeDefault(),
    ("messageActionRequestedPeer", "peers"): lambda values: [values["peer"]],
    ("messageActionSetChatTheme", "theme"): lambda values: api.ChatTheme(emoticon=values["emoticon"]),
    ("messages.chatInviteJoinResultWebView", "query_id"): lambda values: values["webview"].query_id or 0,
    ("messages.report", "option"): _report_option,
    ("messages.sendBotRequestedPeer", "requested_peers"): lambda values: [values["requested_peer"]],
    ("messages.sendPaidReaction", "private"): _paid_reaction_privacy,
    ("messages.setChatTheme", "theme"): _chat_theme,
    ("messages.translateText", "id"): lambda values: None if values["msg_id"] is None else [values["msg_id"]],
    ("payments.assignAppStoreTransaction", "purpose"): lambda values: api.InputStorePaymentPremiumSubscription(
        restore=values["restore"]
    ),
    ("payments.assignPlayMarketTransaction", "purpose"): lambda _values: api.InputStorePaymentPremiumSubscription(),
    ("payments.assignPlayMarketTransaction", "receipt"): lambda values: api.DataJSON(data=values["purchase_token"]),
    ("payments.getStarsRevenueWithdrawalUrl", "amount"): lambda values: values["stars"],
    ("payments.updateStarGiftPrice", "resell_amount"): lambda values: _stars(values["resell_stars"]),
    ("starsTransaction", "amount"): _amount,
    ("stories.allStories", "stealth_mode"): lambda _values: api.StoriesStealthMode(),
    ("stories.allStoriesNotModified", "stealth_mode"): lambda _values: api.StoriesStealthMode(),
    ("stories.report", "option"): _report_option,
    ("updateGroupCall", "peer"): lambda values: (
        api.PeerChannel(channel_id=values["chat_id"]) if values["chat_id"] else None
    ),
    ("updateGroupCallMessage", "message"): lambda values: api.GroupCallMessage(
        id=0, from_id=values["from_id"], date=0, message=values["message"]
    ),
    ("user", "color"): _color,
}
"""(TL name, canonical field) -> its value, given the old line's fields."""

PAIRS: Final[Mapping[tuple[str, str], Callable[[Any], Any]]] = {
    ("Bool", "PaidReactionPrivacy"): _privacy,
    ("Bool", "true"): bool,
    ("BusinessRecipients", "BusinessBotRecipients"): _business_recipients,
    ("InputBusinessRecipients", "InputBusinessBotRecipients"): _business_recipients,
    ("InputUser", "InputPeer"): input_peer,
    ("MessageExtendedMedia", "Vector<MessageExtendedMedia>"): lambda media: [media],
    ("Vector<KeyboardButtonRow>", "Vector<KeyboardInlineButtonRow>"): inline_rows,
    ("Vector<MessageUserVote>", "Vector<MessagePeerVote>"): list,
    ("Vector<long>", "Vector<Peer>"): lambda ids: [api.PeerUser(user_id=user_id) for user_id in ids],
    ("Vector<string>", "ChatReactions"): _reactions,
    ("int", "PeerColor"): lambda color: api.PeerColor(color=color),
    ("int", "RecentStory"): lambda max_id: api.RecentStory(max_id=max_id),
    ("int", "double"): float,
    ("int", "long"): int,
    ("int", "string"): lambda number: str(number) if number else "",
    ("long", "Peer"): lambda user_id: api.PeerUser(user_id=user_id),
    ("long", "StarsAmount"): _stars,
    ("string", "Reaction"): lambda emoticon: api.ReactionEmoji(emoticon=emoticon),
    ("string", "TextWithEntities"): _text,
}
"""(old type, canonical type) -> conversion of the value."""


def _renamed(name: str, **changed: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The conversion to another name: fields go over by name, those of `changed` are computed from the old object."""

    def convert(old: Any) -> Any:
        cls = class_of("api", name)
        fields = {field: getattr(old, field) for field in cls.FIELDS if field in old.FIELDS}
        fields.update((field, rule(old)) for field, rule in changed.items())
        return cls(**fields)

    return convert


def _peer_of_channel(old: Any) -> Any:
    return input_peer(old.channel)


METHODS: Final[Mapping[str, str]] = {
    "account.addNoPaidMessagesException": "account.toggleNoPaidMessagesException",
    "channels.clickSponsoredMessage": "messages.clickSponsoredMessage",
    "channels.createForumTopic": "messages.createForumTopic",
    "channels.deleteTopicHistory": "messages.deleteTopicHistory",
    "channels.editCreator": "messages.editChatCreator",
    "channels.editForumTopic": "messages.editForumTopic",
    "channels.getForumTopics": "messages.getForumTopics",
    "channels.getForumTopicsByID": "messages.getForumTopicsByID",
    "channels.getFutureCreatorAfterLeave": "messages.getFutureChatCreatorAfterLeave",
    "channels.getSponsoredMessages": "messages.getSponsoredMessages",
    "channels.reorderPinnedForumTopics": "messages.reorderPinnedForumTopics",
    "channels.reportSponsoredMessage": "messages.reportSponsoredMessage",
    "channels.updatePinnedForumTopic": "messages.updatePinnedForumTopic",
    "channels.viewSponsoredMessage": "messages.viewSponsoredMessage",
    "contacts.toggleStoriesHidden": "stories.togglePeerStoriesHidden",
    "payments.getUserStarGift": "payments.getSavedStarGift",
    "payments.getUserStarGifts": "payments.getSavedStarGifts",
    "stories.applyBoost": "premium.applyBoost",
    "stories.getAllReadUserStories": "stories.getAllReadPeerStories",
    "stories.getUserStories": "stories.getPeerStories",
    "users.getIsPremiumRequiredToContact": "users.getRequirementsToContact",
    "users.getStoriesMaxIDs": "stories.getPeerMaxIDs",
}
"""Gone method -> the canonical one that does its work."""

_CHANGED: Final[Mapping[str, Mapping[str, Callable[[Any], Any]]]] = {
    "contacts.toggleStoriesHidden": {"peer": lambda old: input_peer(old.id)},
    "payments.getUserStarGift": {
        "stargift": lambda old: [api.InputSavedStarGiftUser(msg_id=msg_id) for msg_id in old.msg_id]
    },
    "payments.getUserStarGifts": {"peer": lambda old: input_peer(old.user_id)},
    "stories.getUserStories": {"peer": lambda old: input_peer(old.user_id)},
    "users.getStoriesMaxIDs": {"id": lambda old: [input_peer(user) for user in old.id]},
}


def _method(old_name: str, new_name: str) -> Callable[[Any], Any]:
    changed = _CHANGED.get(old_name)
    if changed is None and old_name.startswith("channels.") and "SponsoredMessage" not in old_name:
        changed = {"peer": _peer_of_channel}
    if old_name == "channels.getSponsoredMessages":
        changed = {"peer": _peer_of_channel}
    return _renamed(new_name, **(changed or {}))


def _old_wallpaper(old: Any) -> Any:
    return api.MessageActionSetChatWallPaper(same=True, wallpaper=old.wallpaper)


REPLACE: Final[Mapping[str, Callable[[Any], Any]]] = {
    **OLD_BUTTONS,
    "appWebViewResultUrl": _renamed("webViewResultUrl"),
    **{old_name: _method(old_name, new_name) for old_name, new_name in METHODS.items()},
    "emojiStatusUntil": _renamed("emojiStatus"),
    "inputStorePaymentStars": _stars_topup,
    "messageActionSetSameChatWallPaper": _old_wallpaper,
    "messageUserVote": _renamed("messagePeerVote", peer=lambda old: api.PeerUser(user_id=old.user_id)),
    "messageUserVoteInputOption": _renamed(
        "messagePeerVoteInputOption", peer=lambda old: api.PeerUser(user_id=old.user_id)
    ),
    "messageUserVoteMultiple": _renamed("messagePeerVoteMultiple", peer=lambda old: api.PeerUser(user_id=old.user_id)),
    "phoneCallDiscardReasonAllowGroupCall": lambda _old: api.PhoneCallDiscardReasonHangup(),
    "simpleWebViewResultUrl": _renamed("webViewResultUrl"),
    "updateChannelPinnedTopic": _renamed(
        "updatePinnedForumTopic", peer=lambda old: api.PeerChannel(channel_id=old.channel_id)
    ),
    "updateChannelPinnedTopics": _renamed(
        "updatePinnedForumTopics", peer=lambda old: api.PeerChannel(channel_id=old.channel_id)
    ),
    "userStories": _renamed("peerStories", peer=lambda old: api.PeerUser(user_id=old.user_id)),
}
"""Gone name -> conversion of an object made by its line."""
