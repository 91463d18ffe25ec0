"""Which reactions the members of a chat may use: https://core.telegram.org/api/reactions#manage-available-reactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.chat_rights import BannedRight
from layers.domain.chats import Membership
from layers.domain.reaction_summaries import reaction_of, reaction_text
from layers.domain.reactions import check_reactions
from layers.errors import bad_request, forbidden
from layers.schema import chat_reactions
from tl import api


def chat_reactions_of(ctx: Context, peer_key: int) -> tuple[api.TypeChatReactions, int | None]:
    """A chat's ``available_reactions`` and ``reactions_limit`` for its chatFull or channelFull."""
    row = ctx.db.first(sa.select(chat_reactions).where(chat_reactions.c.peer_key == peer_key))
    if row is None:
        return api.ChatReactionsAll(allow_custom=True), None
    available: Any = tl.decode(row.available)
    return available, row.reactions_limit or None


def check_chat_reactions(ctx: Context, member: Membership | None, wanted: Sequence[str]) -> int:
    """Refuse reactions that the chat or the caller's rights there do not allow; how many a message may have.

    Taking reactions back is always allowed. One statement in a group, none elsewhere.

    Raises:
        RpcError: 403 CHAT_WRITE_FORBIDDEN, 400 REACTION_INVALID.
    """
    if member is None:
        return limits.REACTIONS_UNIQUE
    available, most = chat_reactions_of(ctx, member.key)
    if wanted:
        if member.banned_rights & BannedRight.SEND_REACTIONS:
            raise forbidden("CHAT_WRITE_FORBIDDEN")
        if not all(_is_allowed(available, text) for text in wanted):
            raise bad_request("REACTION_INVALID")
    return most or limits.REACTIONS_UNIQUE


def _is_allowed(available: api.TypeChatReactions, text: str) -> bool:
    match available:
        case api.ChatReactionsAll():
            return available.allow_custom or isinstance(reaction_of(text), api.ReactionEmoji)
        case api.ChatReactionsSome():
            return text in {reaction_text(item) for item in available.reactions}
        case _:
            return False


def set_chat_reactions(ctx: Context, peer_key: int, wanted: api.TypeChatReactions, most: int) -> bool:
    """Set what members may use; False when nothing changes.

    Raises:
        RpcError: REACTION_INVALID, REACTIONS_TOO_MANY, REACTIONS_COUNT_INVALID.
    """
    if not 0 <= most <= limits.REACTIONS_UNIQUE:
        raise bad_request("REACTIONS_COUNT_INVALID")
    if isinstance(wanted, api.ChatReactionsSome):
        texts = check_reactions(ctx, wanted.reactions, at_most=limits.REACTIONS_IN_CHAT)
        wanted = api.ChatReactionsSome(reactions=[reaction_of(text) for text in texts])
    if chat_reactions_of(ctx, peer_key) == (wanted, most or None):
        return False
    row = {"peer_key": peer_key, "reactions_limit": most, "available": tl.encode(wanted)}
    upsert(ctx.db, chat_reactions, row, update=["reactions_limit", "available"])
    return True
