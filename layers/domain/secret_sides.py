"""The two sides of a secret chat as they are stored, the gates to them, and the object that a side's device is shown.

https://core.telegram.org/type/EncryptedChat. What happens to a chat: `layers.domain.secret_chats`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.errors import bad_request
from layers.schema import secret_chats
from tl import api


class State(IntEnum):
    """How far a chat has come; stored."""

    REQUESTED = 0
    ESTABLISHED = 1
    DISCARDED = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a chat: a row of ``secret_chats``."""

    owner_id: int
    chat_id: int
    peer_id: int
    is_admin: bool
    auth_key_id: int
    peer_auth_key_id: int
    state: int
    date: int
    changed_at: int
    state_at: int
    g: bytes
    key_fingerprint: int
    history_deleted: bool
    read_max_date: int
    read_at: int


_SIDE: Final = sa.select(secret_chats).where(
    secret_chats.c.owner_id == sa.bindparam("owner"), secret_chats.c.chat_id == sa.bindparam("chat")
)
_SIDE_LOCKED: Final = _SIDE.with_for_update()
KIND: Final = "secret_chat"
"""Of access hashes."""


def access_secret_chat(ctx: Context, peer: api.TypeInputEncryptedChat, *, lock: bool = False) -> Side:
    """Gate: the caller's side of a chat that his device is in, or could be; 400 CHAT_ID_INVALID."""
    if ctx.keys.is_access_hash(KIND, ctx.user_id, peer.chat_id, peer.access_hash):
        side = own_side(ctx, peer.chat_id, lock=lock)
        if side is not None and side.auth_key_id in {0, ctx.origin.auth_key_id}:
            return side
    raise bad_request("CHAT_ID_INVALID")


def access_established(ctx: Context, peer: api.TypeInputEncryptedChat, *, lock: bool = False) -> Side:
    """Gate: the caller's side of a chat in which his device may speak.

    Raises:
        RpcError: 400 CHAT_ID_INVALID; ENCRYPTION_ID_INVALID before it was accepted, ENCRYPTION_DECLINED after its end.
    """
    side = access_secret_chat(ctx, peer, lock=lock)
    if side.state == State.DISCARDED:
        raise bad_request("ENCRYPTION_DECLINED")
    if side.state != State.ESTABLISHED:
        raise bad_request("ENCRYPTION_ID_INVALID")
    return side


def own_side(ctx: Context, chat_id: int, *, lock: bool = False) -> Side | None:
    """The caller's side of a chat, whatever device it is on."""
    row = ctx.db.first(_SIDE_LOCKED if lock else _SIDE, {"owner": ctx.user_id, "chat": chat_id})
    return None if row is None else Side(**row._asdict())


def sides_of(
    ctx: Context, owner_ids: Sequence[int], chat_ids: Sequence[int], *, lock: bool = False
) -> dict[tuple[int, int], Side]:
    """Sides by (owner, chat), locked in one order wherever several are."""
    statement = (
        sa.select(secret_chats)
        .where(secret_chats.c.owner_id.in_(owner_ids), secret_chats.c.chat_id.in_(chat_ids))
        .order_by(secret_chats.c.owner_id, secret_chats.c.chat_id)
    )
    rows = ctx.db.rows(statement.with_for_update() if lock else statement)
    return {(row.owner_id, row.chat_id): Side(**row._asdict()) for row in rows}


def lock_sides(ctx: Context, seen: Side) -> tuple[Side, Side | None]:
    """Both sides of a chat, locked; the other is None when it is gone or has become a side of another chat."""
    found = sides_of(ctx, [seen.owner_id, seen.peer_id], [seen.chat_id], lock=True)
    own = found.get((seen.owner_id, seen.chat_id))
    if own is None:
        raise bad_request("CHAT_ID_INVALID")
    other = found.get((seen.peer_id, seen.chat_id))
    return own, other if other is not None and other.peer_id == own.owner_id else None


def chat_object(ctx: Context, side: Side) -> api.TypeEncryptedChat:
    """The chat as the device of a side, or one that may accept it, is shown it."""
    if side.state == State.DISCARDED:
        return api.EncryptedChatDiscarded(id=side.chat_id, history_deleted=bool(side.history_deleted))
    admin_id, participant_id = (side.owner_id, side.peer_id) if side.is_admin else (side.peer_id, side.owner_id)
    hash_ = ctx.keys.access_hash(KIND, side.owner_id, side.chat_id)
    if side.state == State.ESTABLISHED:
        return api.EncryptedChat(
            id=side.chat_id,
            access_hash=hash_,
            date=side.date,
            admin_id=admin_id,
            participant_id=participant_id,
            g_a_or_b=side.g,
            key_fingerprint=side.key_fingerprint,
        )
    if side.is_admin:
        return api.EncryptedChatWaiting(
            id=side.chat_id, access_hash=hash_, date=side.date, admin_id=admin_id, participant_id=participant_id
        )
    return api.EncryptedChatRequested(
        id=side.chat_id,
        access_hash=hash_,
        date=side.date,
        admin_id=admin_id,
        participant_id=participant_id,
        g_a=side.g,
    )
