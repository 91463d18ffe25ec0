"""User objects, from the viewer's perspective: the only place that builds ``user``.

https://core.telegram.org/constructor/user. What an account shows depends on who looks: names come from the viewer's
address book, and phone, photo and last-seen time pass the owner's privacy rules and blocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.last_seen import user_status
from layers.domain.peers import SERVICE_USER_ID, user_access_hash
from layers.domain.privacy import (
    PrivacyKey,
    Rules,
    Viewer,
    bots_among,
    default_rules,
    matches_first,
    named_chats,
    read_rules,
)
from layers.schema import blocked_peers, contacts, photos, users
from tl import api

_BATCH: Final = 1000
"""Ids in one statement: far below every engine's limit of parameters."""

_SHOWN_KEYS: Final = (PrivacyKey.PHONE_NUMBER, PrivacyKey.PROFILE_PHOTO, PrivacyKey.STATUS_TIMESTAMP)

_MINE, _THEIRS, _BLOCKED = 1, 2, 3

_ids: Final[sa.BindParameter[Any]] = sa.bindparam("ids", expanding=True)
_one: Final[sa.BindParameter[Any]] = sa.bindparam("one")

_fallbacks: Final = photos.alias("fallback_photos")
_USERS: Final = (
    sa.select(users, photos.c.photo, _fallbacks.c.photo.label("fallback_photo"))
    .select_from(
        users.outerjoin(photos, photos.c.id == users.c.photo_id).outerjoin(
            _fallbacks, _fallbacks.c.id == users.c.fallback_photo_id
        )
    )
    .where(users.c.id.in_(_ids))
)


def _relations(
    owners_of_mine: sa.ColumnElement[bool],
    owners_of_theirs: sa.ColumnElement[bool],
    blockers: sa.ColumnElement[bool],
) -> sa.CompoundSelect[Any]:
    """Address books of viewers, address books that hold viewers, and who blocked them, in one statement."""
    nothing: sa.ColumnElement[Any] = sa.literal_column("''")
    return sa.union_all(
        sa.select(
            sa.literal_column(str(_MINE)).label("kind"),
            contacts.c.owner_id.label("viewer_id"),
            contacts.c.contact_id.label("user_id"),
            contacts.c.phone,
            contacts.c.first_name,
            contacts.c.last_name,
            contacts.c.close_friend,
        ).where(owners_of_mine),
        sa.select(
            sa.literal_column(str(_THEIRS)),
            contacts.c.contact_id,
            contacts.c.owner_id,
            nothing,
            nothing,
            nothing,
            contacts.c.close_friend,
        ).where(owners_of_theirs),
        sa.select(
            sa.literal_column(str(_BLOCKED)),
            blocked_peers.c.peer_key,
            blocked_peers.c.owner_id,
            nothing,
            nothing,
            nothing,
            blocked_peers.c.stories_only,
        ).where(blockers, ~blocked_peers.c.stories_only),
    )


_RELATIONS_OF_VIEWER: Final = _relations(
    sa.and_(contacts.c.owner_id == _one, contacts.c.contact_id.in_(_ids)),
    sa.and_(contacts.c.contact_id == _one, contacts.c.owner_id.in_(_ids)),
    sa.and_(blocked_peers.c.peer_key == _one, blocked_peers.c.owner_id.in_(_ids)),
)
"""One viewer and many users."""

_RELATIONS_OF_USER: Final = _relations(
    sa.and_(contacts.c.contact_id == _one, contacts.c.owner_id.in_(_ids)),
    sa.and_(contacts.c.owner_id == _one, contacts.c.contact_id.in_(_ids)),
    sa.and_(blocked_peers.c.owner_id == _one, blocked_peers.c.peer_key.in_(_ids)),
)
"""Many viewers and one user."""


@dataclass(slots=True)
class Relations:
    """What the viewer and some users are to each other.

    ``mine``: rows of the viewer's address book by user id; ``theirs``: users that have the viewer in theirs, with
    whether he is a close friend; ``blocked_by``: users that blocked the viewer.
    """

    mine: dict[int, sa.Row[Any]] = field(default_factory=dict)
    theirs: dict[int, bool] = field(default_factory=dict)
    blocked_by: set[int] = field(default_factory=set)

    def add(self, row: sa.Row[Any]) -> None:
        """Take in one row of the statements above."""
        if row.kind == _MINE:
            self.mine[row.user_id] = row
        elif row.kind == _THEIRS:
            self.theirs[row.user_id] = bool(row.close_friend)
        else:
            self.blocked_by.add(row.user_id)


def user_objects(ctx: Context, viewer_id: int, user_ids: Iterable[int]) -> list[api.TypeUser]:
    """``user`` for each id as ``viewer_id`` sees it, each id once, in the order given; ``userEmpty`` where unknown.

    Three statements for a thousand ids, none for none, one for the viewer alone.
    """
    wanted = list(dict.fromkeys(user_ids))
    result: list[api.TypeUser] = []
    for start in range(0, len(wanted), _BATCH):
        result += _user_objects(ctx, viewer_id, wanted[start : start + _BATCH])
    return result


def user_object(ctx: Context, viewer_id: int, user_id: int) -> api.TypeUser:
    """One user as ``viewer_id`` sees it."""
    return user_objects(ctx, viewer_id, [user_id])[0]


def phone_of(ctx: Context, user_id: int) -> str | None:
    """The number of an account, whoever may see it."""
    return cast("str | None", ctx.db.scalar(sa.select(users.c.phone).where(users.c.id == user_id)))


def user_for_viewers(ctx: Context, user_id: int, viewer_ids: Iterable[int]) -> dict[int, api.TypeUser]:
    """One user as each of many viewers sees it, for pushes; four statements for a thousand viewers."""
    result: dict[int, api.TypeUser] = {}
    wanted = list(dict.fromkeys(viewer_ids))
    for start in range(0, len(wanted), _BATCH):
        result |= _user_for_viewers(ctx, user_id, wanted[start : start + _BATCH])
    return result


@dataclass(frozen=True, slots=True)
class Seen:
    """When an account was online: `users.online_until` and `users.last_seen`."""

    online_until: int
    last_seen: int


def statuses_for_viewers(
    ctx: Context, user_id: int, viewer_ids: Iterable[int], *seen: Seen
) -> dict[int, list[api.TypeUserStatus]]:
    """What each viewer is shown for each of several times, by viewer; at most `_BATCH` viewers, three statements."""
    looks = _looks(ctx, user_id, list(dict.fromkeys(viewer_ids))[:_BATCH])
    return {look.viewer_id: [look.status(user_id, moment) for moment in seen] for look in looks}


def read_relations(ctx: Context, viewer_id: int, user_ids: Iterable[int]) -> Relations:
    """How the viewer and the users stand to each other; one statement, none when there is nobody else."""
    relations = Relations()
    others = [user_id for user_id in user_ids if user_id != viewer_id]
    if others:
        for row in ctx.db.rows(_RELATIONS_OF_VIEWER, {"one": viewer_id, "ids": others}):
            relations.add(row)
    return relations


def stripped_thumb(photo: bytes | None) -> bytes | None:
    """The bytes of a stored photo's ``photoStrippedSize``, or None."""
    if photo is None:
        return None
    for size in cast("api.Photo", tl.decode(photo)).sizes:
        if isinstance(size, api.PhotoStrippedSize):
            return size.bytes
    return None


def _user_objects(ctx: Context, viewer_id: int, user_ids: list[int]) -> list[api.TypeUser]:
    others = [user_id for user_id in user_ids if user_id != viewer_id]
    # The viewer's own row says whether he is a bot, his own rules whose last-seen time is shown to him in return.
    everyone = [viewer_id, *others]
    rows = {row.id: row for row in ctx.db.rows(_USERS, {"ids": everyone})}
    relations = read_relations(ctx, viewer_id, others)
    rules = read_rules(ctx, everyone, _SHOWN_KEYS) if others else {}
    me = rows.get(viewer_id)
    chats = named_chats(ctx, rules.values(), everyone)
    look = _Look(ctx, viewer_id, bool(me is not None and me.bot), relations, rules, chats)
    return [look.user(rows[user_id]) if user_id in rows else api.UserEmpty(id=user_id) for user_id in user_ids]


def _user_for_viewers(ctx: Context, user_id: int, viewer_ids: list[int]) -> dict[int, api.TypeUser]:
    row = ctx.db.first(_USERS, {"ids": [user_id]})
    if row is None:
        return {viewer_id: api.UserEmpty(id=user_id) for viewer_id in viewer_ids}
    return {look.viewer_id: look.user(row) for look in _looks(ctx, user_id, viewer_ids)}


def _looks(ctx: Context, user_id: int, viewer_ids: list[int]) -> list[_Look]:
    """What each viewer needs to see one user."""
    others = [viewer_id for viewer_id in viewer_ids if viewer_id != user_id]
    relations: defaultdict[int, Relations] = defaultdict(Relations)
    if others:
        for relation in ctx.db.rows(_RELATIONS_OF_USER, {"one": user_id, "ids": others}):
            relations[relation.viewer_id].add(relation)
    rules = read_rules(ctx, [user_id, *others], _SHOWN_KEYS) if others else {}
    bots = bots_among(ctx, others)
    chats = named_chats(ctx, rules.values(), [user_id, *others])
    return [_Look(ctx, viewer_id, viewer_id in bots, relations[viewer_id], rules, chats) for viewer_id in viewer_ids]


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything one viewer needs to see a batch of users."""

    ctx: Context
    viewer_id: int
    viewer_is_bot: bool
    relations: Relations
    rules: Mapping[tuple[int, PrivacyKey], Rules]
    chats: Mapping[int, frozenset[int]]
    """Of each person the chats that the rules name and he is in."""

    def user(self, row: sa.Row[Any]) -> api.User:
        """The object of one row of `_USERS`."""
        user_id = row.id
        is_self = user_id == self.viewer_id
        mine = self.relations.mine.get(user_id)
        access_hash = user_access_hash(self.ctx, self.viewer_id, user_id)
        if row.deleted:
            return api.User(self=is_self, id=user_id, access_hash=access_hash, deleted=True, contact=mine is not None)
        names = row if mine is None else mine
        return api.User(
            self=is_self,
            id=user_id,
            access_hash=access_hash,
            contact=mine is not None,
            mutual_contact=mine is not None and user_id in self.relations.theirs,
            close_friend=mine is not None and bool(mine.close_friend),
            bot=bool(row.bot),
            bot_info_version=1 if row.bot else None,
            verified=bool(row.verified),
            support=user_id == SERVICE_USER_ID,
            first_name=names.first_name or None,
            last_name=names.last_name or None,
            username=row.username,
            phone=row.phone if self._shows_phone(user_id, mine) else None,
            photo=self._photo(row),
            status=None
            if row.bot or user_id == SERVICE_USER_ID
            else self.status(user_id, Seen(row.online_until, row.last_seen)),
        )

    def _allows(self, owner_id: int, key: PrivacyKey) -> bool:
        """Whether the owner's rules let the viewer see it."""
        close = self.relations.theirs.get(owner_id)
        chat_ids = self.chats.get(self.viewer_id, frozenset())
        viewer = Viewer(self.viewer_id, close is not None, bool(close), self.viewer_is_bot, chat_ids=chat_ids)
        return self._decide(owner_id, key, viewer)

    def _decide(self, owner_id: int, key: PrivacyKey, viewer: Viewer) -> bool:
        return matches_first(self.rules.get((owner_id, key)) or default_rules(key), viewer)

    def _shows_phone(self, user_id: int, mine: sa.Row[Any] | None) -> bool:
        # Who came into the address book by the number is known by it; that is no leak.
        known = mine is not None and bool(mine.phone)
        return user_id == self.viewer_id or known or self._allows(user_id, PrivacyKey.PHONE_NUMBER)

    def _photo(self, row: sa.Row[Any]) -> api.UserProfilePhoto | None:
        if row.id in self.relations.blocked_by:
            return None
        photo_id, photo = row.photo_id, row.photo
        if row.id != self.viewer_id and not self._allows(row.id, PrivacyKey.PROFILE_PHOTO):
            photo_id, photo = row.fallback_photo_id, row.fallback_photo
        if photo_id is None:
            return None
        return api.UserProfilePhoto(
            photo_id=photo_id,
            dc_id=self.ctx.settings.dc_id,
            stripped_thumb=stripped_thumb(photo),
        )

    def status(self, user_id: int, seen: Seen) -> api.TypeUserStatus:
        """The status the viewer is shown of a person who was online then."""
        if user_id == self.viewer_id:
            return user_status(seen.online_until, seen.last_seen, self.ctx.now, exact=True)
        if user_id in self.relations.blocked_by:
            return api.UserStatusEmpty()
        may_see = self._allows(user_id, PrivacyKey.STATUS_TIMESTAMP)
        shows_own = self._shows_own_status(user_id)
        return user_status(
            seen.online_until,
            seen.last_seen,
            self.ctx.now,
            exact=may_see and shows_own,
            by_me=may_see and not shows_own,
        )

    def _shows_own_status(self, user_id: int) -> bool:
        """Whoever hides his last-seen time from a user does not see that user's either."""
        mine = self.relations.mine.get(user_id)
        chat_ids = self.chats.get(user_id, frozenset())
        other = Viewer(user_id, mine is not None, mine is not None and bool(mine.close_friend), chat_ids=chat_ids)
        return self._decide(self.viewer_id, PrivacyKey.STATUS_TIMESTAMP, other)
