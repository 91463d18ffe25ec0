"""Reacting to messages: https://core.telegram.org/api/reactions.

Reactions belong to the content, so all boxes that show it show the same. Whoever changes them locks the content first:
counts are kept, never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import upsert
from layers.domain import catalog, limits
from layers.domain.extras import Extra
from layers.domain.peers import peer_of
from layers.domain.reaction_summaries import reaction_of, reaction_text
from layers.errors import bad_request
from layers.schema import content_reactions, contents, documents, reaction_uses, reactions
from tl import api

Offset: TypeAlias = tuple[int, int, int]
"""Where a list of reactions goes on: date, reactor and position of the last one before."""

RECENT_SHOWN: Final = 3
"""Latest reactors in a message itself; messages.getMessageReactionsList has all."""

_STANDARD: Final = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 "
    "🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 "
    "🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
STANDARD: Final = tuple(_STANDARD.split(" "))
"""Emoji that may be reactions while the operator has not chosen others (`layers.domain.catalog`)."""

_LOCK: Final = (
    sa.select(contents.c.content_id, contents.c.extras)
    .where(contents.c.content_id.in_(sa.bindparam("content_ids", expanding=True)))
    .order_by(contents.c.content_id)
    .with_for_update()
)


def check_reactions(ctx: Context, wanted: Sequence[Any], *, at_most: int) -> list[str]:
    """The reactions a client names, as stored.

    Raises:
        RpcError: REACTION_INVALID, REACTIONS_TOO_MANY, DOCUMENT_INVALID.
    """
    texts: list[str] = []
    for reaction in wanted:
        if isinstance(reaction, api.ReactionEmpty):
            continue
        if not isinstance(reaction, api.ReactionEmoji | api.ReactionCustomEmoji):
            raise bad_request("REACTION_INVALID")
        if isinstance(reaction, api.ReactionEmoji):
            reaction = api.ReactionEmoji(emoticon=reaction.emoticon.replace("\ufe0f", ""))
        texts.append(reaction_text(reaction))
    texts = list(dict.fromkeys(texts))
    if len(texts) > at_most:
        raise bad_request("REACTIONS_TOO_MANY")
    given = [reaction_of(text) for text in texts]
    emoji = {item.emoticon for item in given if isinstance(item, api.ReactionEmoji)}
    if emoji and not emoji <= set(available(ctx)):
        raise bad_request("REACTION_INVALID")
    for item in given:
        if isinstance(item, api.ReactionCustomEmoji):
            _check_custom(ctx, item.document_id)
    return texts


def available(ctx: Context) -> Sequence[str]:
    """Emoji that may be reactions, those to offer first in front."""
    chosen = catalog.read_reactions(ctx)
    return STANDARD if chosen is None else [item.reaction for item in chosen.reactions if not item.inactive]


def _check_custom(ctx: Context, document_id: int) -> None:
    stored = ctx.db.scalar(sa.select(documents.c.document).where(documents.c.id == document_id))
    document: Any = None if stored is None else tl.decode(stored)
    if document is None or not any(isinstance(item, api.DocumentAttributeCustomEmoji) for item in document.attributes):
        raise bad_request("DOCUMENT_INVALID")


def lock_contents(ctx: Context, content_ids: Sequence[int]) -> Sequence[Any]:
    """Lock contents, whose counts are about to change; rows of those that exist."""
    return ctx.db.rows(_LOCK, {"content_ids": sorted(content_ids)})


def set_reactions(
    ctx: Context,
    content_id: int,
    reactor_key: int,
    wanted: Sequence[str],
    *,
    big: bool,
    unread: bool,
    chat_key: int = 0,
    unique: int = limits.REACTIONS_UNIQUE,
) -> list[str] | None:
    """Make these the reactor's reactions to a message; those it had before, or None when nothing changes.

    ``unread``: the author has to be told. ``chat_key``: the group or channel, 0 in a private chat. ``unique``: how many
    different ones the message may have. A constant number of statements.

    Raises:
        RpcError: MESSAGE_ID_INVALID when the content is gone, REACTIONS_TOO_MANY.
    """
    content = next(iter(lock_contents(ctx, [content_id])), None)
    if content is None:
        raise bad_request("MESSAGE_ID_INVALID")
    mine = [reactions.c.content_id == content_id, reactions.c.reactor_key == reactor_key]
    rows = ctx.db.rows(sa.select(reactions).where(*mine).order_by(reactions.c.position))
    before = [row.reaction for row in rows]
    if before == list(wanted):
        return None
    kept = {row.reaction: row for row in rows}
    if rows:
        ctx.db.execute(sa.delete(reactions).where(*mine))
    if wanted:
        values = [
            {
                "content_id": content_id,
                "reactor_key": reactor_key,
                "reaction": text,
                "position": position,
                "date": kept[text].date if text in kept else ctx.now,
                "big": kept[text].big if text in kept else big,
                "unread": kept[text].unread if text in kept else unread,
                "chat_key": chat_key,
            }
            for position, text in enumerate(wanted)
        ]
        ctx.db.execute(sa.insert(reactions), values)
    if not content.extras & Extra.REACTIONS:
        flags = contents.c.extras.op("|")(int(Extra.REACTIONS))
        ctx.db.execute(sa.update(contents).where(contents.c.content_id == content_id).values(extras=flags))
    _count(ctx, content_id, added=set(wanted) - set(before), removed=set(before) - set(wanted), unique=unique)
    return before


def _count(ctx: Context, content_id: int, *, added: set[str], removed: set[str], unique: int) -> None:
    stored = ctx.db.scalar(sa.select(content_reactions.c.summary).where(content_reactions.c.content_id == content_id))
    summary: Any = api.MessageReactions(results=[]) if stored is None else tl.decode(stored)
    counts = {reaction_text(item.reaction): item.count for item in summary.results}
    for text in sorted(added):
        counts[text] = counts.get(text, 0) + 1
    for text in removed:
        counts[text] = counts.get(text, 0) - 1
    counts = {text: count for text, count in counts.items() if count > 0}
    if added and len(counts) > unique:
        raise bad_request("REACTIONS_TOO_MANY")
    summary.results = [
        api.ReactionCount(reaction=reaction_of(text), count=count)
        for text, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
    latest = ctx.db.rows(
        sa.select(reactions)
        .where(reactions.c.content_id == content_id)
        .order_by(reactions.c.date.desc(), reactions.c.reactor_key)
        .limit(RECENT_SHOWN)
    )
    summary.can_see_list = True
    summary.recent_reactions = [peer_reaction(row) for row in latest] or None
    write_summaries(ctx, [(content_id, summary)])


def write_summaries(ctx: Context, summaries: Sequence[tuple[int, Any]]) -> None:
    """Keep the counts and latest reactors of messages, by content."""
    values = [{"content_id": content_id, "summary": tl.encode(summary)} for content_id, summary in summaries]
    upsert(ctx.db, content_reactions, values, update=["summary"])


def peer_reaction(row: Any) -> api.MessagePeerReaction:
    """A row of `reactions` as a list shows it."""
    return api.MessagePeerReaction(
        big=bool(row.big),
        unread=bool(row.unread),
        peer_id=peer_of(row.reactor_key),
        date=row.date,
        reaction=reaction_of(row.reaction),
    )


def unread_contents(ctx: Context, content_ids: Sequence[int]) -> set[int]:
    """Those of the contents that have reactions which their author has not seen."""
    if not content_ids:
        return set()
    rows = ctx.db.rows(sa.select(content_reactions).where(content_reactions.c.content_id.in_(content_ids)))
    found = set()
    for row in rows:
        summary: Any = tl.decode(row.summary)
        if any(recent.unread for recent in summary.recent_reactions or ()):
            found.add(row.content_id)
    return found


def mark_seen(ctx: Context, content_ids: Sequence[int]) -> None:
    """The author of these messages has seen their reactions."""
    lock_contents(ctx, content_ids)
    ctx.db.execute(
        sa.update(reactions).where(reactions.c.content_id.in_(content_ids), reactions.c.unread).values(unread=False)
    )
    changed = []
    for row in ctx.db.rows(sa.select(content_reactions).where(content_reactions.c.content_id.in_(content_ids))):
        summary: Any = tl.decode(row.summary)
        for recent in summary.recent_reactions or ():
            recent.unread = False
        changed.append((row.content_id, summary))
    if changed:
        write_summaries(ctx, changed)


def reaction_count(ctx: Context, content_id: int, text: str | None) -> int:
    """How many reactions a message has, or how many of one kind: from the kept counts."""
    stored = ctx.db.scalar(sa.select(content_reactions.c.summary).where(content_reactions.c.content_id == content_id))
    if stored is None:
        return 0
    summary: Any = tl.decode(stored)
    return sum(item.count for item in summary.results if text is None or reaction_text(item.reaction) == text)


def reactors(ctx: Context, content_id: int, text: str | None, offset: Offset | None, limit: int) -> list[Any]:
    """Rows of a message's reactions, the latest first, from behind ``offset`` on."""
    statement = sa.select(reactions).where(reactions.c.content_id == content_id)
    if text is not None:
        statement = statement.where(reactions.c.reaction == text)
    date, reactor, position = reactions.c.date, reactions.c.reactor_key, reactions.c.position
    if offset is not None:
        last_date, last_reactor, last_position = offset
        behind = sa.or_(reactor > last_reactor, sa.and_(reactor == last_reactor, position > last_position))
        statement = statement.where(date <= last_date, sa.or_(date < last_date, behind))
    statement = statement.order_by(date.desc(), reactor, position)
    return list(ctx.db.rows(statement.limit(limit)))


# What an account likes to use


def note_uses(ctx: Context, owner_id: int, texts: Sequence[str], *, recent: bool) -> None:
    """Count uses of reactions for messages.getTopReactions; ``recent``: they head the recent ones."""
    for text in texts:
        row = {"owner_id": owner_id, "reaction": text, "uses": 1, "last_used": ctx.now if recent else 0}
        upsert(ctx.db, reaction_uses, row, update=["last_used"] if recent else (), add={"uses": 1})


def recent_reactions(ctx: Context, owner_id: int, limit: int) -> list[str]:
    """The reactions an account used last."""
    return list(
        ctx.db.scalars(
            sa.select(reaction_uses.c.reaction)
            .where(reaction_uses.c.owner_id == owner_id, reaction_uses.c.last_used > 0)
            .order_by(reaction_uses.c.last_used.desc(), reaction_uses.c.reaction)
            .limit(limit)
        )
    )


def top_reactions(ctx: Context, owner_id: int, limit: int) -> list[str]:
    """The reactions an account uses most, then the others that there are."""
    used = ctx.db.scalars(
        sa.select(reaction_uses.c.reaction)
        .where(reaction_uses.c.owner_id == owner_id)
        .order_by(reaction_uses.c.uses.desc(), reaction_uses.c.reaction)
        .limit(limit)
    )
    return list(dict.fromkeys([*used, *available(ctx)]))[:limit]


def clear_recent(ctx: Context, owner_id: int) -> None:
    """Forget which reactions were used last."""
    ctx.db.execute(
        sa.update(reaction_uses)
        .where(reaction_uses.c.owner_id == owner_id, reaction_uses.c.last_used > 0)
        .values(last_used=0)
    )
