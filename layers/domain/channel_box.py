"""The box of a supergroup or channel: https://core.telegram.org/api/channel.

A channel's messages stand once, in a box that belongs to the channel itself: its rows have the channel's key both as
``owner_id`` and as ``peer_key``. History, search, tags and the event log are therefore those of any box, and a post
writes the same rows whatever the number of members. The channel's own row in `dialogs` holds its last message and their
number; what a member has read stands in the member's row, which a post never touches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.database import insert_ignore
from layers.domain.boxes import Box, BoxRow, Entry
from layers.domain.channel_marks import add_marks, drop_marks, remove_marks
from layers.domain.chats import PRESENT, ChatFlag
from layers.domain.members import member_rows
from layers.domain.mentions import drop_mentions
from layers.domain.messages import BoxFlag
from layers.domain.peers import bare_id
from layers.domain.post_search import forget_posts, index_posts
from layers.domain.shown_senders import forget_shown_senders, note_shown_senders
from layers.domain.threads import remove_from_threads, thread_of
from layers.domain.unread import Mark
from layers.schema import box_states, boxes, chats, dialogs, message_counters
from tl import api


class ChannelBox(Box):
    """A channel's box, locked until the unit of work ends. Use `open_channel_box`."""

    def __init__(self, ctx: Context, owner_id: int) -> None:
        super().__init__(ctx, owner_id)
        self.shown: list[tuple[int, int]] = []
        """Users and messages of which they are shown their own view, beside what everybody is told."""

    def append(self, entries: Sequence[Entry], *, index_text: bool = True) -> list[BoxRow]:
        """Put messages in, in order."""
        rows = super().append(entries, index_text=index_text)
        hidden = [
            (row.message_id, entry.message)
            for row, entry in zip(rows, entries, strict=True)
            if row.flags & BoxFlag.ANONYMOUS and not entry.message.post
        ]
        note_shown_senders(self._ctx, self.owner_id, hidden)
        return rows

    def index_text(self, items: Iterable[tuple[Any, Any]]) -> None:
        """Add (row, message) pairs to the word indexes: the channel's own, and that of all channels' posts."""
        pairs = list(items)
        super().index_text(pairs)
        index_posts(self._ctx, self.owner_id, [pair for pair in pairs if pair[1].post])

    def edited(self, row: Any, message: Any) -> None:
        """The content of a message in this box was replaced by ``message``."""
        if message.post:
            forget_posts(self._ctx, self.owner_id, [row.message_id])
        super().edited(row, message)

    def delete(self, rows: Sequence[Any], *, keep_dialog: bool = True) -> None:
        """Remove messages for everyone, with what hangs on them."""
        if not rows:
            return
        super().delete(rows, keep_dialog=keep_dialog)
        message_ids = [row.message_id for row in rows]
        db = self._ctx.db
        remove_from_threads(self._ctx, self.owner_id, message_ids)
        drop_mentions(self._ctx, self.owner_id, message_ids)
        drop_marks(self._ctx, self.owner_id, message_ids)
        forget_shown_senders(self._ctx, self.owner_id, message_ids)
        forget_posts(self._ctx, self.owner_id, message_ids)
        table = message_counters.c
        db.execute(
            sa.delete(message_counters).where(table.owner_id == self.owner_id, table.message_id.in_(message_ids))
        )

    def _has_author_here(self, row: Any) -> bool:
        return not row.flags & BoxFlag.ANONYMOUS

    def show(self, user_id: int, rows: Sequence[Any]) -> None:
        """Show a user's devices messages as he sees them: what goes to everybody says nothing of what is his own."""
        self.shown += [(user_id, row.message_id) for row in rows]

    def reacted(self, rows: Sequence[Any]) -> None:
        """As in a box; the authors are shown it apart."""
        super().reacted(rows)
        self._show_authors(rows)

    def poll_changed(self, rows: Sequence[Any], *, voted: Collection[int] = ()) -> None:
        """As in a box; the authors are shown new votes apart."""
        super().poll_changed(rows, voted=voted)
        self._show_authors([row for row in rows if row.content_id in voted])

    def _show_authors(self, rows: Sequence[Any]) -> None:
        for row in rows:
            if self._has_author_here(row):
                self.show(row.sender_id, [row])

    def _mark(self, rows: Sequence[Any], mark: Mark) -> None:
        """As in a box, but the marks are the authors', who must still be in the channel."""
        marked = readable_by_authors(self._ctx, self.owner_id, rows)
        if marked:
            self._set_flags(marked, boxes.c.flags.op("|")(int(mark.flag)))
            is_forum = self._is_forum()
            add_marks(self._ctx, self.owner_id, mark, [_marked(row, is_forum=is_forum) for row in marked])

    def _unmark(self, rows: Sequence[Any], mark: Mark) -> None:
        if rows:
            self._set_flags(rows, boxes.c.flags.op("&")(~int(mark.flag)))
            remove_marks(self._ctx, self.owner_id, mark, [row.message_id for row in rows])

    def _is_forum(self) -> bool:
        flags = self._ctx.db.scalar(sa.select(chats.c.flags).where(chats.c.peer_key == self.owner_id))
        return bool(flags & ChatFlag.FORUM)

    def _edit_update(self, message_id: int) -> Any:
        return api.UpdateEditChannelMessage(message=api.MessageEmpty(id=message_id), pts=0, pts_count=0)

    def _delete_update(self, message_ids: list[int]) -> Any:
        return api.UpdateDeleteChannelMessages(
            channel_id=bare_id(self.owner_id), messages=message_ids, pts=0, pts_count=0
        )

    def _pin_update(self, peer_key: int, message_ids: list[int], *, pinned: bool) -> Any:
        return api.UpdatePinnedChannelMessages(
            pinned=pinned, channel_id=bare_id(peer_key), messages=message_ids, pts=0, pts_count=0
        )


def readable_by_authors(ctx: Context, channel_key: int, rows: Sequence[Any]) -> list[Any]:
    """Those of the rows whose authors are in the channel and may read them; one statement, none for none."""
    if not rows:
        return []
    members = member_rows(ctx, channel_key, {row.sender_id for row in rows})
    above = {user_id: row.available_min_id for user_id, row in members.items() if row.status in PRESENT}
    return [row for row in rows if row.message_id > above.get(row.sender_id, row.message_id)]


def _marked(row: Any, *, is_forum: bool) -> tuple[int, int, int]:
    return row.sender_id, row.message_id, thread_of(tl.decode(row.message), row.reply_to_msg_id, is_forum=is_forum)


@contextmanager
def open_channel_box(ctx: Context, channel_key: int) -> Iterator[ChannelBox]:
    """Lock a channel's box for changes; its state is written when the block ends without an error."""
    box = ChannelBox(ctx, channel_key)
    yield box
    box.save()


def create_channel_box(ctx: Context, channel_key: int) -> None:
    """Give a new channel its box."""
    insert_ignore(ctx.db, box_states, {"owner_id": channel_key})


def channel_state(ctx: Context, channel_key: int) -> Any:
    """``pts``, ``last_message_id``, ``message_count``, ``top_message_id`` and ``top_message_date``; one statement."""
    return ctx.db.first(
        sa.select(
            box_states.c.pts,
            box_states.c.last_message_id,
            sa.func.coalesce(dialogs.c.message_count, 0).label("message_count"),
            sa.func.coalesce(dialogs.c.top_message_id, 0).label("top_message_id"),
            sa.func.coalesce(dialogs.c.top_message_date, 0).label("top_message_date"),
        )
        .select_from(
            box_states.outerjoin(
                dialogs,
                sa.and_(dialogs.c.owner_id == box_states.c.owner_id, dialogs.c.peer_key == box_states.c.owner_id),
            )
        )
        .where(box_states.c.owner_id == channel_key)
    )
