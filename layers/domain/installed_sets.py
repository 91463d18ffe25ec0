"""The sticker sets that an account has installed: https://core.telegram.org/api/stickers#installing-stickersets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain import limits
from layers.domain.set_kinds import Kind
from layers.schema import installed_sets, sticker_emoji, sticker_sets
from tl import api


def installed_rows(ctx: Context, kind: Kind) -> Sequence[Any]:
    """Rows of the sets that the caller has in use, in his order."""
    return ctx.db.rows(_of_caller(ctx, kind, archived=False).order_by(installed_sets.c.rank.desc()))


def _of_caller(ctx: Context, kind: Kind, *, archived: bool) -> sa.Select[Any]:
    return (
        sa.select(sticker_sets)
        .join(installed_sets, installed_sets.c.set_id == sticker_sets.c.set_id)
        .where(
            installed_sets.c.owner_id == ctx.user_id,
            installed_sets.c.kind == int(kind),
            installed_sets.c.archived.is_(archived),
        )
    )


def archived_rows(ctx: Context, kind: Kind, offset_id: int, limit: int) -> tuple[Sequence[Any], int]:
    """Rows of archived sets behind the one with this id (0 = from the first), and how many there are."""
    statement = _of_caller(ctx, kind, archived=True)
    count = ctx.db.scalar(sa.select(sa.func.count()).select_from(statement.subquery()))
    if offset_id:
        last = sa.select(installed_sets.c.rank).where(
            installed_sets.c.owner_id == ctx.user_id, installed_sets.c.set_id == offset_id
        )
        statement = statement.where(installed_sets.c.rank < last.scalar_subquery())
    return ctx.db.rows(statement.order_by(installed_sets.c.rank.desc()).limit(limit)), int(count or 0)


def install(ctx: Context, row: Any, *, archived: bool) -> list[Any]:
    """Install a set on top of the others of its kind, or into the archive; rows of sets that had to make room."""
    upsert(
        ctx.db,
        installed_sets,
        {
            "owner_id": ctx.user_id,
            "set_id": row.set_id,
            "kind": row.kind,
            "archived": archived,
            "rank": _next_rank(ctx),
            "date": ctx.now,
        },
        update=["archived", "rank"],
    )
    if archived:
        return []
    present = installed_rows(ctx, Kind(row.kind))
    pushed_out = list(present[limits.STICKER_SETS :])
    if pushed_out:
        set_archived(ctx, [item.set_id for item in pushed_out], archived=True)
    return pushed_out


def _next_rank(ctx: Context) -> int:
    highest = ctx.db.scalar(
        sa.select(sa.func.max(installed_sets.c.rank)).where(installed_sets.c.owner_id == ctx.user_id)
    )
    return (highest or 0) + 1


def uninstall(ctx: Context, set_ids: Sequence[int]) -> int:
    """Take sets away from the caller; how many he had."""
    return ctx.db.execute(
        sa.delete(installed_sets).where(installed_sets.c.owner_id == ctx.user_id, installed_sets.c.set_id.in_(set_ids))
    ).rowcount


def set_archived(ctx: Context, set_ids: Sequence[int], *, archived: bool) -> None:
    """Move installed sets to the archive or back."""
    ctx.db.execute(
        sa.update(installed_sets)
        .where(installed_sets.c.owner_id == ctx.user_id, installed_sets.c.set_id.in_(set_ids))
        .values(archived=archived)
    )


def reorder(ctx: Context, kind: Kind, order: Sequence[int]) -> list[int]:
    """Put sets in this order, those not named behind them; the new order of ids."""
    present = [row.set_id for row in installed_rows(ctx, kind)]
    first = [set_id for set_id in dict.fromkeys(order) if set_id in present]
    final = first + [set_id for set_id in present if set_id not in first]
    if final and final != present:
        statement = (
            sa.update(installed_sets)
            .where(installed_sets.c.owner_id == ctx.user_id, installed_sets.c.set_id == sa.bindparam("named"))
            .values(rank=sa.bindparam("place"))
        )
        top = _next_rank(ctx) + len(final)
        ctx.db.execute(statement, [{"named": set_id, "place": top - index} for index, set_id in enumerate(final)])
    return final


def documents_for(ctx: Context, emoji: str, kind: Kind, limit: int) -> list[int]:
    """Stickers of the caller's installed sets that stand for an emoji, in the order of the sets."""
    return list(
        ctx.db.scalars(
            sa.select(sticker_emoji.c.document_id)
            .join(installed_sets, installed_sets.c.set_id == sticker_emoji.c.set_id)
            .where(
                installed_sets.c.owner_id == ctx.user_id,
                installed_sets.c.kind == int(kind),
                installed_sets.c.archived.is_(False),
                sticker_emoji.c.emoji == emoji.replace("\ufe0f", "")[:32],
            )
            .order_by(installed_sets.c.rank.desc(), sticker_emoji.c.document_id)
            .limit(limit)
        )
    )


def sets_update(kind: Kind) -> api.UpdateStickerSets:
    """The installed sets of a kind have changed."""
    return api.UpdateStickerSets(masks=kind is Kind.MASKS, emojis=kind is Kind.EMOJI)
