"""What only supergroups and channels have: read marks, mentions, counters of messages, threads, topics, the admin log.

https://core.telegram.org/api/channel. A channel's messages stand in `boxes` under its own key; nothing here has a row
for each member and message.
"""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text, tl

channel_reads = table(
    "channel_reads",
    big("peer_key", primary_key=True, autoincrement=False),
    integer("read_max_id", default=0),
    big("reader_id", default=0),
    integer("other_read_max_id", default=0),
)
"""How far a supergroup was read: by whoever read furthest, and by the next of the others.

So everyone's messages have a read mark by somebody else without a row for each reader.
"""

channel_mentions = table(
    "channel_mentions",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    integer("thread_id", default=0),
    flag("unread"),
    sa.Index("ix_channel_mentions_owner_id_peer_key_unread", "owner_id", "peer_key", "unread", "message_id"),
    sa.Index("ix_channel_mentions_peer_key_message_id", "peer_key", "message_id"),
)
"""Messages of channels that mention an account (``owner_id``)."""

message_counters = table(
    "message_counters",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    integer("views", default=0),
    integer("forwards", default=0),
)
"""Views and forwards of channel posts; a post that nobody has looked at or forwarded has no row."""

shown_senders = table(
    "shown_senders",
    big("owner_id", primary_key=True, autoincrement=False),
    big("sender_key", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    sa.Index("ix_shown_senders_owner_id_message_id", "owner_id", "message_id"),
)
"""Messages of a supergroup that show a channel, or the group itself, as their sender."""

post_terms = table(
    "post_terms",
    text("term", 33, primary_key=True),
    integer("date", primary_key=True, autoincrement=False),
    big("owner_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    sa.Index("ix_post_terms_owner_id_message_id", "owner_id", "message_id"),
)
"""Words and hashtags (with their sign) of the posts of all broadcast channels, for searches over the public ones."""

threads = table(
    "threads",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("thread_id", primary_key=True, autoincrement=False),
    integer("replies", default=0),
    integer("max_id", default=0),
    integer("pts", default=0),
    big("post_owner_id", default=0),
    integer("post_id", default=0),
    sa.Index("ix_threads_post_owner_id_post_id", "post_owner_id", "post_id"),
)
"""Replies below a message of a supergroup, a forum topic, or the comments of a post.

``post_owner_id`` and ``post_id``: the broadcast post of which the thread's first message is the copy; 0 = none.
"""

thread_messages = table(
    "thread_messages",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("thread_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    sa.Index("ix_thread_messages_owner_id_message_id", "owner_id", "message_id"),
)
"""The messages of each thread; a message may stand in two, its topic's and that of the message it answers."""

thread_reads = table(
    "thread_reads",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("thread_id", primary_key=True, autoincrement=False),
    integer("read_inbox_max_id", default=0),
)
"""How far an account (``owner_id``) read a thread; written when it reads, never by a post."""

thread_marks = table(
    "thread_marks",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("thread_id", primary_key=True, autoincrement=False),
    integer("read_max_id", default=0),
    big("reader_id", default=0),
    integer("other_read_max_id", default=0),
)
"""How far a thread of a supergroup (``owner_id``) was read, as `channel_reads` has it."""

forum_topics = table(
    "forum_topics",
    big("peer_key", primary_key=True, autoincrement=False),
    integer("topic_id", primary_key=True, autoincrement=False),
    text("title", 128),
    integer("icon_color"),
    big("icon_emoji_id", default=0),
    big("creator_id"),
    big("from_key", default=0),
    integer("date"),
    integer("top_message_id", default=0),
    integer("top_message_date", default=0),
    integer("pinned_rank", default=0),
    flag("closed"),
    flag("hidden"),
    sa.Index("ix_forum_topics_order", "peer_key", "pinned_rank", "top_message_date", "top_message_id"),
)
"""Topics of a forum; 1 is the general one. ``pinned_rank`` 0 = not pinned, else the higher the further up."""

admin_log = table(
    "admin_log",
    big("peer_key", primary_key=True, autoincrement=False),
    big("event_id", primary_key=True, autoincrement=False),
    integer("date"),
    big("user_id"),
    integer("kind"),
    tl("action"),
    sa.Index("ix_admin_log_date", "date"),
)
"""What administrators did, for two days; ``kind`` is a `layers.domain.admin_log.Kind`, ``action`` a TL object."""

channel_settings = table(
    "channel_settings",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    big("send_as", default=0),
    flag("view_as_messages"),
)
"""What an account chose for a channel: as whom it writes there (0 = itself), whether a forum is shown as one chat."""

channel_pages = table(
    "channel_pages",
    big("peer_key", primary_key=True, autoincrement=False),
    text("main_tab", 32, default=""),
    big("sticker_set_id", default=0),
)
"""What the administrators chose for a channel's page: the TL name of its first tab, a group's own stickers; '' and 0 =
nothing."""
