"""Rules for fields of old lines that the canonical object does not hold in that form.

`PAIRS` convert a value from the canonical type of a field to its old type, whatever the constructor; `FIELDS` compute
one field of one constructor from the whole object and come first. A rule may return None: an optional field is then
absent, a required number, string, Bool or vector zero, empty or false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tl import api
from tl.convert.keyboards import old_inline_rows
from tl.registry import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAYS_PER_MONTH: Final = 30


def _user_id(peer: Any) -> int:
    """The user behind a peer; old lines knew users only."""
    return peer.user_id if isinstance(peer, api.PeerUser) else 0


def _chat_id(peer: Any) -> int | None:
    if isinstance(peer, api.PeerChat):
        return peer.chat_id
    return peer.channel_id if isinstance(peer, api.PeerChannel) else None


def _peer_of_user(user_id: int) -> api.PeerUser:
    return api.PeerUser(user_id=user_id)


def _months(value: Any) -> int:
    days: int = value.days
    return max(1, round(days / _DAYS_PER_MONTH))


def _input_user(peer: Any) -> Any:
    if isinstance(peer, api.InputPeerUser):
        return api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    return api.InputUserSelf() if isinstance(peer, api.InputPeerSelf) else api.InputUserEmpty()


def _stars(amount: Any) -> int:
    """Whole stars; an amount in TON has no meaning to a client that knows stars only."""
    return amount.amount if isinstance(amount, api.StarsAmount) else 0


def _old_votes(votes: Any) -> list[Any]:
    """Votes of users; old lines had no votes of chats."""
    names = {
        "messagePeerVote": "messageUserVote",
        "messagePeerVoteInputOption": "messageUserVoteInputOption",
        "messagePeerVoteMultiple": "messageUserVoteMultiple",
    }
    old = []
    for vote in votes:
        if isinstance(vote.peer, api.PeerUser):
            rest = {name: getattr(vote, name) for name in vote.FIELDS if name != "peer"}
            old.append(class_of("api", names[vote.TL_NAME])(user_id=vote.peer.user_id, **rest))
    return old


def _user_stories(stories: Any) -> Any:
    if not isinstance(stories.peer, api.PeerUser):
        return None
    cls = class_of("api", "userStories")
    return cls(user_id=stories.peer.user_id, max_read_id=stories.max_read_id, stories=stories.stories)


def _poll_options(media: Any) -> list[bytes] | None:
    """Correct answers by option bytes; the canonical line counts answers instead."""
    if media.correct_answers is None:
        return None
    options = [getattr(answer, "option", None) for answer in media.poll.answers]
    chosen = [options[index] if 0 <= index < len(options) else None for index in media.correct_answers]
    return [
        bytes([index & 255]) if option is None else option
        for index, option in zip(media.correct_answers, chosen, strict=True)
    ]


def _interactions(stats: Any) -> list[Any]:
    cls = class_of("api", "messageInteractionCounters")
    posts = (post for post in stats.recent_posts_interactions if isinstance(post, api.PostInteractionCountersMessage))
    return [cls(msg_id=post.msg_id, views=post.views, forwards=post.forwards) for post in posts]


def _permille(attribute: Any) -> int:
    return getattr(attribute.rarity, "permille", 0)


def _reply_to_id(draft: Any) -> int | None:
    return getattr(draft.reply_to, "reply_to_msg_id", None)


def _can_reply(value: Any) -> bool:
    return value.rights is not None and value.rights.reply


def _background_emoji(value: Any) -> int | None:
    return getattr(value.color, "background_emoji_id", None)


def _resale_stars(amounts: Any) -> int | None:
    stars = (amount.amount for amount in amounts or () if isinstance(amount, api.StarsAmount))
    return next(stars, None)


def _web_page(sponsored: Any) -> Any:
    cls = class_of("api", "sponsoredWebPage")
    return cls(url=sponsored.url, site_name=sponsored.title, photo=sponsored.photo)


def _business_recipients(recipients: Any) -> Any:
    fields = api.BusinessRecipients.FIELDS
    return api.BusinessRecipients(**{name: getattr(recipients, name) for name in fields})


def _webview(joined: Any) -> Any:
    return api.WebViewResultUrl(query_id=joined.query_id, url="")


def _same(name: str) -> Callable[[Any], Any]:
    """The canonical field as it is: it became optional since."""
    return lambda value: getattr(value, name)


def _user_of(name: str) -> Callable[[Any], int]:
    return lambda value: _user_id(getattr(value, name))


PAIRS: Final[Mapping[tuple[str, str], Callable[[Any], Any]]] = {
    ("TextWithEntities", "string"): lambda text: text.text,
    ("RecentStory", "int"): lambda story: story.max_id,
    ("PeerColor", "int"): lambda color: getattr(color, "color", None),
    ("BusinessBotRecipients", "BusinessRecipients"): _business_recipients,
    ("double", "int"): round,
    ("true", "Bool"): bool,
    ("Vector<MessagePeerVote>", "Vector<MessageUserVote>"): _old_votes,
    ("StarsAmount", "long"): _stars,
    ("Vector<Peer>", "Vector<long>"): lambda peers: [peer.user_id for peer in peers if isinstance(peer, api.PeerUser)],
    ("Peer", "long"): _user_id,
    ("Vector<KeyboardInlineButtonRow>", "Vector<KeyboardButtonRow>"): old_inline_rows,
    ("Vector<MessageExtendedMedia>", "MessageExtendedMedia"): lambda media: (
        media[0] if media else api.MessageExtendedMediaPreview()
    ),
    ("PaidReactionPrivacy", "Bool"): lambda privacy: not isinstance(privacy, api.PaidReactionPrivacyDefault),
    ("string", "int"): lambda text: int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None,
    ("GroupCallMessage", "TextWithEntities"): lambda message: message.message,
    ("PeerStories", "UserStories"): _user_stories,
}
"""(canonical type, old type) -> conversion of the value."""

FIELDS: Final[Mapping[tuple[str, str], Callable[[Any], Any]]] = {
    ("attachMenuBot", "peer_types"): _same("peer_types"),
    ("botBusinessConnection", "can_reply"): _can_reply,
    ("channel", "background_emoji_id"): _background_emoji,
    ("connectedBot", "can_reply"): _can_reply,
    ("draftMessage", "reply_to_msg_id"): _reply_to_id,
    ("ephemeralMessage", "peer_id"): lambda value: value.peer_id or value.from_id,
    ("help.promoData", "peer"): lambda value: value.peer or _peer_of_user(0),
    ("inputMediaInvoice", "provider"): _same("provider"),
    ("inputMediaPoll", "correct_answers"): _poll_options,
    ("inputReplyToStory", "user_id"): lambda value: _input_user(value.peer),
    ("invoice", "recurring_terms_url"): _same("terms_url"),
    ("messageActionGiftCode", "months"): _months,
    ("messageActionGiftPremium", "months"): _months,
    ("messageActionRequestedPeer", "peer"): lambda value: value.peers[0] if value.peers else _peer_of_user(0),
    ("messageActionSetChatTheme", "emoticon"): lambda value: getattr(value.theme, "emoticon", ""),
    ("messageActionStarGift", "convert_stars"): _same("convert_stars"),
    ("messageActionStarGiftUnique", "resale_stars"): lambda value: _resale_stars([value.resale_amount]),
    ("messageMediaDocument", "alt_document"): lambda value: next(iter(value.alt_documents or ()), None),
    ("messageMediaGiveaway", "months"): _same("months"),
    ("messageMediaGiveawayResults", "months"): _same("months"),
    ("messageMediaStory", "user_id"): _user_of("peer"),
    ("messageReplyHeader", "reply_to_msg_id"): _same("reply_to_msg_id"),
    ("messageReplyStoryHeader", "user_id"): _user_of("peer"),
    ("messages.chatInviteJoinResultWebView", "webview"): _webview,
    ("pageListOrderedItemBlocks", "num"): _same("num"),
    ("pageListOrderedItemText", "num"): _same("num"),
    ("payments.checkedGiftCode", "from_id"): lambda value: value.from_id or _peer_of_user(0),
    ("payments.checkedGiftCode", "months"): _months,
    ("payments.giveawayInfoResults", "activated_count"): _same("activated_count"),
    ("payments.starsStatus", "history"): _same("history"),
    ("pollAnswerVoters", "voters"): _same("voters"),
    ("sponsoredMessage", "webpage"): _web_page,
    ("starGiftAttributeBackdrop", "rarity_permille"): _permille,
    ("starGiftAttributeModel", "rarity_permille"): _permille,
    ("starGiftAttributePattern", "rarity_permille"): _permille,
    ("starGiftUnique", "resell_stars"): lambda value: _resale_stars(value.resell_amount),
    ("starsTransaction", "stars:StarsAmount"): _same("amount"),
    ("starsTransaction", "stars:long"): lambda value: _stars(value.amount),
    ("stats.broadcastStats", "recent_message_interactions"): _interactions,
    ("stories.allStories", "user_stories"): lambda value: [
        stories for stories in map(_user_stories, value.peer_stories) if stories is not None
    ],
    ("storyViews", "reactions_count"): _same("reactions_count"),
    ("updateEphemeralBotCallbackQuery", "peer"): lambda value: value.peer or _peer_of_user(value.user_id),
    ("updateGroupCall", "chat_id"): lambda value: _chat_id(value.peer),
    ("updateGroupCallMessage", "from_id"): lambda value: value.message.from_id,
    ("updateGroupCallMessage", "random_id"): lambda value: value.message.id,
    ("updateMessagePollVote", "user_id"): _user_of("peer"),
    ("updateReadStories", "user_id"): _user_of("peer"),
    ("updateSentStoryReaction", "user_id"): _user_of("peer"),
    ("updateStory", "user_id"): _user_of("peer"),
    ("urlAuthResultAccepted", "url"): _same("url"),
    ("user", "background_emoji_id"): _background_emoji,
    ("userFull", "theme_emoticon"): lambda value: getattr(value.theme, "emoticon", None),
    ("webPageAttributeStarGiftAuction", "center_color"): lambda _value: 0,
    ("webPageAttributeStarGiftAuction", "edge_color"): lambda _value: 0,
    ("webPageAttributeStarGiftAuction", "text_color"): lambda _value: 0,
    ("webPageAttributeStory", "user_id"): _user_of("peer"),
    ("webViewResultUrl", "query_id"): _same("query_id"),
}
"""(constructor, field or field:type of the old line) -> its value."""
