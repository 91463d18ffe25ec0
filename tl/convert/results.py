"""Shapes of method results that changed: what an old method id must be answered with.

A rule is given the canonical result; the objects in what it returns are written for the session's layer afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tl import api
from tl.exceptions import EncodeError
from tl.registry import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tl.schema import Combinator
    from tl.schema.combinator import TypeRef


def _joined(result: Any) -> Any:
    """Updates of a join. A join that waits for a web view has none yet."""
    if isinstance(result, api.messages.ChatInviteJoinResultOk):
        return result.updates
    return api.Updates(updates=[], users=getattr(result, "users", []), chats=[], date=0, seq=0)


def _forwards(result: Any) -> Any:
    messages = [forward.message for forward in result.forwards if isinstance(forward, api.PublicForwardMessage)]
    return api.messages.MessagesSlice(
        count=result.count, messages=messages, topics=[], chats=result.chats, users=result.users
    )


def _reported(result: Any) -> bool:
    """The old dialogue had one step: whatever the new one would ask next, the report was taken."""
    return isinstance(result, api.TypeReportResult)


def _url_result(name: str) -> Callable[[Any], Any]:
    return lambda result: class_of("api", name)(url=result.url)


def _phone_call(result: Any) -> Any:
    updates = getattr(result, "updates", ())
    calls = [update.phone_call for update in updates if isinstance(update, api.UpdatePhoneCall)]
    users = getattr(result, "users", [])
    return api.phone.PhoneCall(phone_call=calls[0] if calls else api.PhoneCallEmpty(id=0), users=users)


def _user_star_gifts(result: Any) -> Any:
    """Saved gifts as the gifts of a user: those of chats did not exist."""
    gifts = []
    for gift in result.gifts:
        cls = class_of("api", "userStarGift")
        fields = {name: getattr(gift, name) for name in cls.FIELDS if name in gift.FIELDS}
        fields["from_id"] = getattr(gift.from_id, "user_id", None)
        gifts.append(cls(**fields))
    cls = class_of("api", "payments.userStarGifts")
    return cls(count=result.count, gifts=gifts, next_offset=result.next_offset, users=result.users)


def _user_stories(result: Any) -> Any:
    stories = result.stories
    cls = class_of("api", "userStories")
    own = cls(user_id=getattr(stories.peer, "user_id", 0), max_read_id=stories.max_read_id, stories=stories.stories)
    return class_of("api", "stories.userStories")(stories=own, users=result.users)


def _max_ids(result: Any) -> list[int]:
    return [story.max_id or 0 for story in result]


SHAPES: Final[Mapping[tuple[str, str], Callable[[Any], Any]]] = {
    ("account.verifyEmail", "Bool"): lambda _result: True,
    ("bots.getBotInfo", "Vector<string>"): lambda result: [result.about, result.description],
    ("channels.deleteHistory", "Bool"): lambda _result: True,
    ("channels.inviteToChannel", "Updates"): lambda result: result.updates,
    ("channels.joinChannel", "Updates"): _joined,
    ("help.getAppConfig", "JSONValue"): lambda result: getattr(result, "config", None) or api.JsonObject(value=[]),
    ("messages.addChatUser", "Updates"): lambda result: result.updates,
    ("messages.createChat", "Updates"): lambda result: result.updates,
    ("messages.getDialogFilters", "Vector<DialogFilter>"): lambda result: result.filters,
    ("messages.getMessageReadParticipants", "Vector<long>"): lambda result: [reader.user_id for reader in result],
    ("messages.getWebPage", "WebPage"): lambda result: result.webpage,
    ("messages.getWebPagePreview", "MessageMedia"): lambda result: result.media,
    ("messages.importChatInvite", "Updates"): _joined,
    ("messages.report", "Bool"): _reported,
    ("messages.requestAppWebView", "AppWebViewResult"): _url_result("appWebViewResultUrl"),
    ("messages.requestSimpleWebView", "SimpleWebViewResult"): _url_result("simpleWebViewResultUrl"),
    ("phone.createConferenceCall", "phone.PhoneCall"): _phone_call,
    ("phone.sendGroupCallMessage", "Bool"): lambda _result: True,
    ("stats.getMessagePublicForwards", "messages.Messages"): _forwards,
    ("stories.canSendStory", "Bool"): lambda result: result.count_remains > 0,
    ("stories.getPeerMaxIDs", "Vector<int>"): _max_ids,
    ("payments.getUserStarGift", "payments.UserStarGifts"): _user_star_gifts,
    ("payments.getUserStarGifts", "payments.UserStarGifts"): _user_star_gifts,
    ("stories.applyBoost", "Bool"): lambda _result: True,
    ("stories.getUserStories", "stories.UserStories"): _user_stories,
    ("users.getIsPremiumRequiredToContact", "Vector<Bool>"): lambda result: [
        isinstance(requirement, api.RequirementToContactPremium) for requirement in result
    ],
    ("users.getStoriesMaxIDs", "Vector<int>"): _max_ids,
    ("stories.report", "Bool"): _reported,
}
"""(method, old result type) -> conversion of the canonical result."""


def shape(value: Any, line: Combinator, canonical: TypeRef) -> Any:
    """Turn a canonical result into what `line`, an old line of the method, declares.

    Raises:
        EncodeError: no rule knows how.
    """
    rule = SHAPES.get((line.name, str(line.result)))
    if rule is None:
        raise EncodeError(f"no rule from {canonical} to {line.result} of {line.name}#{line.id:08x}")
    return rule(value)
