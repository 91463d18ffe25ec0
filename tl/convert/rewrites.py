"""Canonical constructors that older layers need as another object, by their content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tl import api
from tl.convert.keyboards import LAST_OLD_LAYER, old_button
from tl.registry import class_of, schema_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tl.objects import TLObject


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Another object to write instead.

    Attributes:
        last_layer: the last layer it is needed for.
        make: given (object, layer) the object to write; None to write the object as it is.
    """

    last_layer: int
    make: Callable[[Any, int], Any]


def _short_update(short: Any, layer: int) -> Any:
    """An updateShort whose only update the layer does not know turns into an empty box."""
    # The rules of vanishing need the names of this module.
    from tl.convert.vanishing import vanishing_types

    vanishing = vanishing_types(layer).get("Update")
    if vanishing is None or not vanishing.test(short.update):
        return None
    return api.Updates(updates=[], users=[], chats=[], date=short.date, seq=0)


def _promo_data(promo: Any, _layer: int) -> Any:
    return api.help.PromoDataEmpty(expires=promo.expires) if promo.peer is None else None


def _emoji_status(status: Any, _layer: int) -> Any:
    """A status that ends had a constructor of its own."""
    if status.until is None:
        return None
    return class_of("api", "emojiStatusUntil")(document_id=status.document_id, until=status.until)


def _channel_id(peer: Any) -> int:
    """Topics were of channels only."""
    return peer.channel_id if isinstance(peer, api.PeerChannel) else 0


def _pinned_topic(update: Any, _layer: int) -> Any:
    cls = class_of("api", "updateChannelPinnedTopic")
    return cls(pinned=update.pinned, channel_id=_channel_id(update.peer), topic_id=update.topic_id)


def _pinned_topics(update: Any, _layer: int) -> Any:
    return class_of("api", "updateChannelPinnedTopics")(channel_id=_channel_id(update.peer), order=update.order)


REWRITES: Final[Mapping[str, Rewrite]] = {
    "emojiStatus": Rewrite(196, _emoji_status),
    "help.promoData": Rewrite(202, _promo_data),
    "keyboardButton": Rewrite(LAST_OLD_LAYER, old_button),
    "keyboardInlineButton": Rewrite(LAST_OLD_LAYER, old_button),
    "updatePinnedForumTopic": Rewrite(214, _pinned_topic),
    "updatePinnedForumTopics": Rewrite(214, _pinned_topics),
    "updateShort": Rewrite(231, _short_update),
}
"""Canonical constructors that older layers may need as another object."""


def rewrite_of(cls: type[TLObject], layer: int) -> Callable[[Any, int], Any] | None:
    """The rewriting rule of a canonical class at a layer."""
    line = cls.COMBINATOR
    rewrite = REWRITES.get(line.name) if line.schema == "api" else None
    if rewrite is None or layer > rewrite.last_layer or line.last_layer != schema_of("api").latest:
        return None
    return rewrite.make
