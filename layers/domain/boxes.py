"""The message box of an account: private chats and basic groups.

https://core.telegram.org/api/updates. Every change locks the owner's row of `box_states` first, so message ids and pts
are dense and rise in commit order; the changes are collected and become one push, the same that a difference would
show (`layers.domain.updates`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers import agenda
from layers.context import Context
from layers.database import insert_ignore, upsert
from layers.domain.extras import drop_extras, extras_of
from layers.domain.messages import BoxFlag
from layers.domain.peers import peer_of
from layers.domain.reactions import mark_seen, unread_contents
from layers.domain.saved import index_saved, unindex_saved
from layers.domain.saved_tags import untag_saved
from layers.domain.tags import OF_BOX, Tag, tags_of, terms_of
from layers.domain.unread import MARKS, REACTIONS, VOTES, Mark
from layers.schema import (
    box_states,
    boxes,
    contents,
    dialogs,
    events,
    expirations,
    message_tag_counts,
    message_tags,
    message_terms,
    outbox_reads,
)
from tl import api


@dataclass(frozen=True, slots=True)
class Change:
    """A change that advanced the pts: a new message, or the update of an event row.

    ``update`` of an edit holds messageEmpty; `layers.domain.updates` puts the present message in.
    """

    pts: int
    pts_count: int
    message_id: int = 0
    update: Any = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A message to put in a box; ``message`` is what is stored (or was decoded) of its content."""

    content_id: int
    peer_key: int
    sender_id: int
    date: int
    message: Any
    encoded: bytes
    flags: int = 0
    reply_to_msg_id: int | None = None
    edit_date: int | None = None
    extras: int = 0


@dataclass(frozen=True, slots=True)
class BoxRow:
    """A row as `layers.domain.messages.select_messages` returns it, for messages this call has just put in."""

    message_id: int
    content_id: int
    peer_key: int
    sender_id: int
    date: int
    pts: int
    flags: int
    reply_to_msg_id: int | None
    edit_date: int | None
    extras: int
    message: bytes


# Built once: what every send runs should not be put together anew each time.
_LOCK: Final = (
    sa.select(box_states.c.pts, box_states.c.last_message_id)
    .where(box_states.c.owner_id == sa.bindparam("owner"))
    .with_for_update()
)
_SAVE: Final = (
    sa.update(box_states)
    .where(box_states.c.owner_id == sa.bindparam("owner"))
    .values(
        pts=sa.bindparam("new_pts"),
        last_message_id=sa.bindparam("new_last_message_id"),
        changed_at=sa.bindparam("new_changed_at"),
    )
)
_INSERT: Final = sa.insert(boxes)
_INSERT_TERMS: Final = sa.insert(message_terms)


class NoBox(LookupError):
    """The account keeps no messages (777000), or does not exist."""


class Box:
    """One account's box, locked until the unit of work ends. Use `open_box`."""

    def __init__(self, ctx: Context, owner_id: int) -> None:
        state = ctx.db.first(_LOCK, {"owner": owner_id})
        if state is None:
            raise NoBox(f"account {owner_id} has no box")
        self._ctx = ctx
        self.owner_id = owner_id
        self._opened_at_pts: int = state.pts
        self.pts: int = state.pts
        self.last_message_id: int = state.last_message_id
        self.changes: list[Change] = []
        self.notices: list[Any] = []
        """Updates without a place in the sequence that are pushed ahead of the changes."""
        self.rows: dict[int, BoxRow] = {}
        """Rows of the messages that were put in, so that the push need not read them again."""

    @property
    def pts_count(self) -> int:
        """How far the pts has advanced since the box was opened."""
        return self.pts - self._opened_at_pts

    def save(self) -> None:
        """Write the new state; called once at the end."""
        if self.changes:
            values = {"new_pts": self.pts, "new_last_message_id": self.last_message_id, "new_changed_at": self._ctx.now}
            self._ctx.db.execute(_SAVE, {"owner": self.owner_id, **values})

    # New messages

    def append(self, entries: Sequence[Entry], *, index_text: bool = True) -> list[BoxRow]:
        """Put messages in, in order; their dialogs rise. ``index_text`` False leaves the word index to the caller."""
        rows = []
        for entry in entries:
            self.last_message_id += 1
            self.pts += 1
            rows.append(
                BoxRow(
                    message_id=self.last_message_id,
                    content_id=entry.content_id,
                    peer_key=entry.peer_key,
                    sender_id=entry.sender_id,
                    date=entry.date,
                    pts=self.pts,
                    flags=entry.flags,
                    reply_to_msg_id=entry.reply_to_msg_id,
                    edit_date=entry.edit_date,
                    extras=entry.extras | extras_of(entry.message),
                    message=entry.encoded,
                )
            )
            self.changes.append(Change(self.pts, 1, message_id=self.last_message_id))
        self._ctx.db.execute(_INSERT, [self._box_values(row) for row in rows])
        self.rows.update({row.message_id: row for row in rows})
        messages = [entry.message for entry in entries]
        self._tag(
            [
                (row.peer_key, row.message_id, [*tags_of(message), *_tags_of_flags(row.flags)])
                for row, message in zip(rows, messages, strict=True)
            ]
        )
        if index_text:
            self.index_text(zip(rows, messages, strict=True))
        self._raise_dialogs(rows)
        self._time(rows, messages)
        notes = [pair for pair in zip(rows, messages, strict=True) if self._is_saved(pair[0].peer_key)]
        if notes:
            index_saved(self._ctx, self.owner_id, notes)
        return rows

    def _box_values(self, row: BoxRow) -> dict[str, Any]:
        return {
            "owner_id": self.owner_id,
            "message_id": row.message_id,
            "content_id": row.content_id,
            "peer_key": row.peer_key,
            "sender_id": row.sender_id,
            "date": row.date,
            "pts": row.pts,
            "flags": row.flags,
            "reply_to_msg_id": row.reply_to_msg_id,
        }

    def _raise_dialogs(self, rows: Sequence[BoxRow]) -> None:
        by_peer: dict[int, list[BoxRow]] = defaultdict(list)
        for row in rows:
            by_peer[row.peer_key].append(row)
        for peer_key, added in by_peer.items():
            top = added[-1]
            unread = sum(1 for row in added if self._counts_as_unread(row.flags, peer_key))
            mentions = sum(1 for row in added if row.flags & BoxFlag.MENTIONED)
            upsert(
                self._ctx.db,
                dialogs,
                {
                    "owner_id": self.owner_id,
                    "peer_key": peer_key,
                    "top_message_id": top.message_id,
                    "top_message_date": top.date,
                    "unread_count": unread,
                    "unread_mentions_count": mentions,
                    "message_count": len(added),
                },
                update=("top_message_id", "top_message_date"),
                add={"unread_count": unread, "unread_mentions_count": mentions, "message_count": len(added)},
            )

    def _counts_as_unread(self, flags: int, peer_key: int) -> bool:
        return not flags & BoxFlag.OUT and peer_key != self.owner_id

    def _is_saved(self, peer_key: int) -> bool:
        """Messages to oneself are Saved Messages; those of a channel's box are not."""
        return peer_key == self.owner_id > 0

    # The updates that stand in the event log; a channel has its own kinds

    def _edit_update(self, message_id: int) -> Any:
        return api.UpdateEditMessage(message=api.MessageEmpty(id=message_id), pts=0, pts_count=0)

    def _delete_update(self, message_ids: list[int]) -> Any:
        return api.UpdateDeleteMessages(messages=message_ids, pts=0, pts_count=0)

    def _pin_update(self, peer_key: int, message_ids: list[int], *, pinned: bool) -> Any:
        return api.UpdatePinnedMessages(pinned=pinned, peer=peer_of(peer_key), messages=message_ids, pts=0, pts_count=0)

    # The indexes

    def index_text(self, items: Iterable[tuple[Any, Any]]) -> None:
        """Add (row, message) pairs to the word index."""
        index_text(self._ctx, self.owner_id, items)

    def _tag(self, items: Sequence[tuple[int, int, Sequence[Tag]]]) -> None:
        """Tag messages: (peer key, message id, tags)."""
        values = [
            {"owner_id": self.owner_id, "peer_key": peer_key, "tag": int(tag), "message_id": message_id}
            for peer_key, message_id, tags in items
            for tag in tags
        ]
        if values:
            self._ctx.db.execute(sa.insert(message_tags), values)
            self._count_tags(Counter((value["peer_key"], value["tag"]) for value in values), +1)

    def _untag(self, message_ids: Sequence[int], *, tags: Sequence[Tag] | None = None) -> None:
        where = [message_tags.c.owner_id == self.owner_id, message_tags.c.message_id.in_(message_ids)]
        if tags is not None:
            where.append(message_tags.c.tag.in_([int(tag) for tag in tags]))
        rows = self._ctx.db.rows(sa.select(message_tags.c.peer_key, message_tags.c.tag).where(*where))
        if rows:
            self._ctx.db.execute(sa.delete(message_tags).where(*where))
            self._count_tags(Counter((row.peer_key, row.tag) for row in rows), -1)

    def _count_tags(self, counts: Counter[tuple[int, int]], sign: int) -> None:
        for (peer_key, tag), count in counts.items():
            upsert(
                self._ctx.db,
                message_tag_counts,
                {"owner_id": self.owner_id, "peer_key": peer_key, "tag": tag, "count": count},
                add={"count": sign * count},
            )

    # Events

    def announce(self, update: Any) -> None:
        """Tell the owner's devices that are online something that has no place in the sequence."""
        self.notices.append(update)

    def record(self, update: Any, pts_count: int = 1) -> Change:
        """Advance the pts by an update that is kept as an event row, which learns its ``pts`` if it has the field."""
        self.pts += pts_count
        if "pts" in update.FIELDS:
            update.pts = self.pts
            update.pts_count = pts_count
        self._ctx.db.execute(
            sa.insert(events),
            {
                "owner_id": self.owner_id,
                "pts": self.pts,
                "pts_count": pts_count,
                "date": self._ctx.now,
                "update": tl.encode(update),
            },
        )
        change = Change(self.pts, pts_count, update=update)
        self.changes.append(change)
        return change

    def edited(self, row: Any, message: Any) -> None:
        """The content of a message in this box was replaced by ``message``."""
        # Read again for the push: besides the content, the flags may have changed since it was put in.
        self.rows.pop(row.message_id, None)
        self._untag([row.message_id], tags=[tag for tag in Tag if tag not in OF_BOX])
        self._tag([(row.peer_key, row.message_id, tags_of(message))])
        self._ctx.db.execute(
            sa.delete(message_terms).where(
                message_terms.c.owner_id == self.owner_id, message_terms.c.message_id == row.message_id
            )
        )
        self.index_text([(row, message)])
        self.record(self._edit_update(row.message_id))

    def delete(self, rows: Sequence[Any], *, keep_dialog: bool = True) -> None:
        """Remove messages (rows with message_id, content_id, peer_key, flags); dialogs are brought up to date.

        With ``keep_dialog`` False a dialog that becomes empty leaves the list.
        """
        if not rows:
            return
        message_ids = [row.message_id for row in rows]
        owned = [boxes.c.owner_id == self.owner_id, boxes.c.message_id.in_(message_ids)]
        self._ctx.db.execute(sa.delete(boxes).where(*owned))
        release(self._ctx, [row.content_id for row in rows])
        self._untag(message_ids)
        self._ctx.db.execute(
            sa.delete(message_terms).where(
                message_terms.c.owner_id == self.owner_id, message_terms.c.message_id.in_(message_ids)
            )
        )
        by_peer: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            by_peer[row.peer_key].append(row)
        saved = [row.message_id for row in rows if self._is_saved(row.peer_key)]
        if saved:
            unindex_saved(self._ctx, self.owner_id, saved)
            untag_saved(self._ctx, self.owner_id, [row.message_id for row in rows if row.flags & BoxFlag.TAGGED])
        for peer_key, removed in by_peer.items():
            self._lower_dialog(peer_key, removed, keep_dialog=keep_dialog)
        self.record(self._delete_update(sorted(message_ids)), len(message_ids))

    def _lower_dialog(self, peer_key: int, removed: Sequence[Any], *, keep_dialog: bool) -> None:
        dialog = self._dialog(peer_key)
        if dialog is None:
            return
        unread = sum(
            1
            for row in removed
            if row.message_id > dialog.read_inbox_max_id and self._counts_as_unread(row.flags, peer_key)
        )
        mentions = sum(1 for row in removed if row.flags & BoxFlag.MENTIONED and row.flags & BoxFlag.MEDIA_UNREAD)
        values: dict[str, Any] = {
            "unread_count": max(0, dialog.unread_count - unread),
            "unread_mentions_count": max(0, dialog.unread_mentions_count - mentions),
            "message_count": max(0, dialog.message_count - len(removed)),
        }
        for mark in MARKS:
            marked = sum(1 for row in removed if row.flags & mark.flag)
            if marked:
                values[mark.column] = max(0, getattr(dialog, mark.column) - marked)
        if any(row.message_id == dialog.top_message_id for row in removed):
            top = self._ctx.db.first(
                sa.select(boxes.c.message_id, boxes.c.date)
                .where(boxes.c.owner_id == self.owner_id, boxes.c.peer_key == peer_key)
                .order_by(boxes.c.message_id.desc())
                .limit(1)
            )
            values["top_message_id"] = top.message_id if top else 0
            if top or not keep_dialog:
                values["top_message_date"] = top.date if top else 0
        self._ctx.db.execute(sa.update(dialogs).where(*self._is_dialog(peer_key)).values(**values))

    def _dialog(self, peer_key: int) -> sa.Row[Any] | None:
        return self._ctx.db.first(sa.select(dialogs).where(*self._is_dialog(peer_key)))

    def _is_dialog(self, peer_key: int) -> tuple[sa.ColumnElement[bool], ...]:
        return dialogs.c.owner_id == self.owner_id, dialogs.c.peer_key == peer_key

    # Reading

    def read_inbox(self, peer_key: int, max_id: int) -> bool:
        """Mark incoming messages up to ``max_id`` as read; False when they were already."""
        dialog = self._dialog(peer_key)
        if dialog is None:
            return False
        max_id = min(max_id, self.last_message_id)
        if max_id <= dialog.read_inbox_max_id and not dialog.unread_mark:
            return False
        max_id = max(max_id, dialog.read_inbox_max_id)
        unread = 0
        if max_id < dialog.top_message_id:
            unread = self._ctx.db.scalar(
                sa.select(sa.func.count())
                .select_from(boxes)
                .where(
                    boxes.c.owner_id == self.owner_id,
                    boxes.c.peer_key == peer_key,
                    boxes.c.message_id > max_id,
                    boxes.c.flags.op("&")(int(BoxFlag.OUT)) == 0,
                )
            )
        self._ctx.db.execute(
            sa.update(dialogs)
            .where(*self._is_dialog(peer_key))
            .values(read_inbox_max_id=max_id, unread_count=unread, unread_mark=False)
        )
        self.record(
            api.UpdateReadHistoryInbox(
                peer=peer_of(peer_key), max_id=max_id, still_unread_count=unread, pts=0, pts_count=0
            )
        )
        return True

    def read_outbox(self, peer_key: int, content_id: int) -> bool:
        """The peer has read our messages up to the one with this content (or the last before it)."""
        dialog = self._dialog(peer_key)
        if dialog is None:
            return False
        max_id = self._position_of(peer_key, content_id, above=dialog.read_outbox_max_id)
        if max_id is None:
            return False
        upsert(
            self._ctx.db,
            outbox_reads,
            {"owner_id": self.owner_id, "peer_key": peer_key, "message_id": max_id, "date": self._ctx.now},
            update=("date",),
        )
        self._ctx.db.execute(sa.update(dialogs).where(*self._is_dialog(peer_key)).values(read_outbox_max_id=max_id))
        self.record(api.UpdateReadHistoryOutbox(peer=peer_of(peer_key), max_id=max_id, pts=0, pts_count=0))
        return True

    def _position_of(self, peer_key: int, content_id: int, *, above: int) -> int | None:
        """The id, if it is ``above``, of the message with this content; where it is deleted here, of the last before.

        Contents of one millisecond are not ordered by their ids, so the message itself is looked for first.
        """
        own = [boxes.c.owner_id == self.owner_id, boxes.c.peer_key == peer_key, boxes.c.message_id > above]
        exact = sa.select(boxes.c.message_id).where(boxes.c.owner_id == self.owner_id, boxes.c.content_id == content_id)
        message_id = self._ctx.db.scalar(exact)
        if message_id is not None and message_id <= above:
            return None
        if message_id is None:
            message_id = self._ctx.db.scalar(
                sa.select(boxes.c.message_id)
                .where(*own, boxes.c.content_id < content_id)
                .order_by(boxes.c.message_id.desc())
                .limit(1)
            )
        return None if message_id is None else int(message_id)

    def read_contents(self, rows: Sequence[Any]) -> None:
        """Mark media (voice, round video) and mentions of messages as seen; rows that are seen already are skipped."""
        unseen = [row for row in rows if row.flags & BoxFlag.MEDIA_UNREAD]
        if not unseen:
            return
        message_ids = [row.message_id for row in unseen]
        self._ctx.db.execute(
            sa.update(boxes)
            .where(boxes.c.owner_id == self.owner_id, boxes.c.message_id.in_(message_ids))
            .values(flags=boxes.c.flags.op("&")(~int(BoxFlag.MEDIA_UNREAD)))
        )
        mentions = Counter(row.peer_key for row in unseen if row.flags & BoxFlag.MENTIONED)
        for peer_key, count in mentions.items():
            self._ctx.db.execute(
                sa.update(dialogs)
                .where(*self._is_dialog(peer_key))
                .values(unread_mentions_count=dialogs.c.unread_mentions_count - count)
            )
        self.record(api.UpdateReadMessagesContents(messages=sorted(message_ids), pts=0, pts_count=0), len(message_ids))

    # Reactions and polls

    def reacted(self, rows: Sequence[Any]) -> None:
        """The reactions to these messages have changed; an author's own are unread while he has not looked."""
        own = [row for row in rows if self._has_author_here(row)]
        unread = unread_contents(self._ctx, [row.content_id for row in own])
        was = {row.content_id for row in own if row.flags & BoxFlag.REACTIONS_UNREAD}
        self._mark([row for row in own if row.content_id in unread - was], REACTIONS)
        self._unmark([row for row in own if row.content_id in was - unread], REACTIONS)
        self._changed(rows, api.UpdateMessageReactions, reactions=api.MessageReactions(results=[]))

    def poll_changed(self, rows: Sequence[Any], *, voted: Collection[int] = ()) -> None:
        """The polls of these messages have other results or were closed; ``voted``: contents with new votes.

        In polls with public voters new votes are unread while the author has not looked.
        """
        new = [row for row in rows if row.content_id in voted and not row.flags & BoxFlag.VOTES_UNREAD]
        own = [row for row in new if self._has_author_here(row)]
        self._mark([row for row in own if _shows_voters(tl.decode(row.message))], VOTES)
        self._changed(rows, api.UpdateMessagePoll, poll_id=0, results=api.PollResults())

    def _has_author_here(self, row: Any) -> bool:
        """Whether the marks of this row are somebody's to see; notes to oneself bear none."""
        return bool(row.sender_id == self.owner_id != row.peer_key)

    def _changed(self, rows: Sequence[Any], kind: Any, **fields: Any) -> None:
        for row in rows:
            self.rows.pop(row.message_id, None)
            self.record(kind(peer=peer_of(row.peer_key), msg_id=row.message_id, **fields))

    def read_reactions(self, rows: Sequence[Any]) -> None:
        """The owner has seen the reactions to his messages; rows without unread ones are skipped."""
        unread = self.see_reactions(rows)
        # The update of media says too that they were played, which of own voice messages is the peer's to say.
        media = [row for row in unread if row.flags & BoxFlag.MEDIA_UNREAD]
        self._changed(media, api.UpdateMessageReactions, reactions=api.MessageReactions(results=[]))
        self._record_seen([row for row in unread if not row.flags & BoxFlag.MEDIA_UNREAD])

    def _record_seen(self, rows: Sequence[Any]) -> None:
        message_ids = sorted(row.message_id for row in rows)
        if message_ids:
            self.record(api.UpdateReadMessagesContents(messages=message_ids, pts=0, pts_count=0), len(message_ids))

    def see_reactions(self, rows: Sequence[Any]) -> list[Any]:
        """The author has seen the reactions to these messages; those of which some were unread. Nobody is told."""
        unread = [row for row in rows if row.flags & BoxFlag.REACTIONS_UNREAD]
        if unread:
            mark_seen(self._ctx, [row.content_id for row in unread])
            self._unmark(unread, REACTIONS)
        return unread

    def read_votes(self, rows: Sequence[Any]) -> None:
        """The owner has seen the votes in his polls; rows without unread ones are skipped."""
        self._record_seen(self.see_votes(rows))

    def see_votes(self, rows: Sequence[Any]) -> list[Any]:
        """As `see_reactions`, of votes in polls."""
        unread = [row for row in rows if row.flags & BoxFlag.VOTES_UNREAD]
        self._unmark(unread, VOTES)
        return unread

    def _mark(self, rows: Sequence[Any], mark: Mark) -> None:
        if rows:
            self._set_flags(rows, boxes.c.flags.op("|")(int(mark.flag)))
            self._tag([(row.peer_key, row.message_id, (mark.tag,)) for row in rows])
            self._count_marks(rows, mark, +1)

    def _unmark(self, rows: Sequence[Any], mark: Mark) -> None:
        if rows:
            self._set_flags(rows, boxes.c.flags.op("&")(~int(mark.flag)))
            self._untag([row.message_id for row in rows], tags=(mark.tag,))
            self._count_marks(rows, mark, -1)

    def _set_flags(self, rows: Sequence[Any], flags: sa.ColumnElement[int]) -> None:
        self._ctx.db.execute(
            sa.update(boxes)
            .where(boxes.c.owner_id == self.owner_id, boxes.c.message_id.in_([row.message_id for row in rows]))
            .values(flags=flags)
        )

    def _count_marks(self, rows: Sequence[Any], mark: Mark, sign: int) -> None:
        column = dialogs.c[mark.column]
        for peer_key, count in Counter(row.peer_key for row in rows).items():
            self._ctx.db.execute(
                sa.update(dialogs).where(*self._is_dialog(peer_key)).values({column: column + sign * count})
            )

    # Timers

    def set_timer(self, peer_key: int, period: int) -> None:
        """Messages that will come to a chat delete themselves after ``period`` seconds; 0 = they stay."""
        self._ctx.db.execute(sa.update(dialogs).where(*self._is_dialog(peer_key)).values(ttl_period=period or None))
        self.announce(api.UpdatePeerHistoryTTL(peer=peer_of(peer_key), ttl_period=period or None))

    def _time(self, rows: Sequence[BoxRow], messages: Sequence[Any]) -> None:
        values = [
            {
                "owner_id": self.owner_id,
                "message_id": row.message_id,
                "media": False,
                "expires_at": row.date + message.ttl_period,
            }
            for row, message in zip(rows, messages, strict=True)
            if message.ttl_period
        ]
        if values:
            self._ctx.db.execute(sa.insert(expirations), values)
            agenda.enter(self._ctx, min(value["expires_at"] for value in values))

    # Pins

    def pin(self, peer_key: int, rows: Sequence[Any], *, pinned: bool) -> list[int]:
        """Pin or unpin messages of one dialog; returns the ids whose state changed."""
        changed = [row.message_id for row in rows if bool(row.flags & BoxFlag.PINNED) != pinned]
        if not changed:
            return []
        flags = boxes.c.flags
        bit = int(BoxFlag.PINNED)
        self._ctx.db.execute(
            sa.update(boxes)
            .where(boxes.c.owner_id == self.owner_id, boxes.c.message_id.in_(changed))
            .values(flags=flags.op("|")(bit) if pinned else flags.op("&")(~bit))
        )
        if pinned:
            self._tag([(peer_key, message_id, (Tag.PINNED,)) for message_id in changed])
        else:
            self._untag(changed, tags=(Tag.PINNED,))
        self.record(self._pin_update(peer_key, sorted(changed), pinned=pinned), len(changed))
        return changed


def _shows_voters(message: Any) -> bool:
    """Whether a message is its author's own poll with public voters."""
    return bool(message.media.poll.public_voters) and message.fwd_from is None


def _tags_of_flags(flags: int) -> list[Tag]:
    tags = {BoxFlag.MENTIONED: Tag.MENTION, BoxFlag.PINNED: Tag.PINNED}
    return [tag for flag, tag in tags.items() if flags & flag]


def release(ctx: Context, content_ids: Sequence[int]) -> None:
    """A box no longer holds these contents; what no box holds is gone, with whatever stood beside it."""
    ctx.db.execute(_RELEASE, {"content_ids": content_ids})
    drop_extras(ctx, content_ids)
    ctx.db.execute(_FORGET, {"content_ids": content_ids})


_HELD: Final = contents.c.content_id.in_(sa.bindparam("content_ids", expanding=True))
_RELEASE: Final = sa.update(contents).where(_HELD).values(holders=contents.c.holders - 1)
_FORGET: Final = sa.delete(contents).where(_HELD, contents.c.holders <= 0)


@contextmanager
def open_box(ctx: Context, owner_id: int) -> Iterator[Box]:
    """Lock an account's box for changes; its state is written when the block ends without an error."""
    box = Box(ctx, owner_id)
    yield box
    box.save()


def index_text(ctx: Context, owner_id: int, items: Iterable[tuple[Any, Any]], *, may_exist: bool = False) -> None:
    """Add (row, message) pairs to the word index of an account; needs no lock.

    ``may_exist``: a message whose words may be there already, because it was edited before it was delivered.
    """
    values = [
        {"owner_id": owner_id, "term": term, "message_id": row.message_id, "peer_key": row.peer_key}
        for row, message in items
        for term in terms_of(message)
    ]
    if values and may_exist:
        insert_ignore(ctx.db, message_terms, values)
    elif values:
        ctx.db.execute(_INSERT_TERMS, values)


def current_pts(ctx: Context, owner_id: int) -> int:
    """The account's pts without locking it."""
    return int(ctx.db.scalar(sa.select(box_states.c.pts).where(box_states.c.owner_id == owner_id)))
