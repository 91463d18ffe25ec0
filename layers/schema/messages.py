"""Message boxes, dialogs, the event log and the outbox.

https://core.telegram.org/api/updates: an account has one sequence of events (``pts``) for its private chats and basic
groups. A new message needs no event row: its box entry carries the pts.
"""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text, tl

box_states = table(
    "box_states",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("pts", default=1),
    integer("last_message_id", default=0),
    integer("last_scheduled_id", default=0),
    integer("pruned_pts", default=0),
    integer("changed_at", default=0),
)
"""One row an account or channel: locked by each writer, so pts and message ids are dense and rise in commit order.

``changed_at``: when the pts moved last; who was away longer is told to fetch a channel's difference. ``pruned_pts``:
events up to it may be gone (`layers.domain.retention`).
"""

contents = table(
    "contents",
    big("content_id", primary_key=True, autoincrement=False),
    big("sender_id"),
    integer("date"),
    integer("edit_date", nullable=True),
    integer("extras", default=0),
    integer("holders", default=1),
    tl("message"),
)
"""What was said, stored once for all boxes. ``holders``: how many boxes have it, or will when the outbox is done.

``message`` is a TL message (or messageService) with what depends on the viewer left out: id, out, peer_id, reply ids,
access hashes and file references. `layers.domain.messages` fills it in. ``extras``: `layers.domain.extras.Extra`.
"""

boxes = table(
    "boxes",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    big("content_id"),
    big("peer_key"),
    big("sender_id"),
    integer("date"),
    integer("pts"),
    integer("flags", default=0),
    integer("reply_to_msg_id", nullable=True),
    sa.Index("uq_boxes_owner_id_content_id", "owner_id", "content_id", unique=True),
    sa.Index("ix_boxes_owner_id_peer_key_message_id", "owner_id", "peer_key", "message_id"),
    sa.Index("ix_boxes_owner_id_pts", "owner_id", "pts"),
    sa.Index("ix_boxes_owner_id_sender_id_peer_key", "owner_id", "sender_id", "peer_key", "message_id"),
)
"""A participant's view of a message: ``flags`` are `layers.domain.messages.BoxFlag`; ``pts`` that of its arrival."""

sent_random_ids = table(
    "sent_random_ids",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    big("random_id", primary_key=True, autoincrement=False),
    integer("message_id"),
    integer("pts"),
    integer("date"),
    sa.Index("ix_sent_random_ids_date", "date"),
)
"""What a repeated send answers: outlives the message, pruned by age."""

dialogs = table(
    "dialogs",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("folder_id", default=0),
    integer("top_message_id", default=0),
    integer("top_message_date", default=0),
    integer("read_inbox_max_id", default=0),
    integer("read_outbox_max_id", default=0),
    integer("unread_count", default=0),
    integer("message_count", default=0),
    integer("unread_mentions_count", default=0),
    integer("unread_reactions_count", default=0),
    integer("unread_poll_votes_count", default=0),
    integer("pinned_rank", default=0),
    flag("unread_mark"),
    flag("hidden_peer_settings"),
    integer("ttl_period", nullable=True),
    sa.Index("ix_dialogs_order", "owner_id", "folder_id", "top_message_date", "top_message_id"),
    sa.Index("ix_dialogs_pinned", "owner_id", "folder_id", "pinned_rank"),
)
"""``pinned_rank`` 0 = not pinned, else the higher the further up; ``top_message_id`` 0 = emptied dialog,
``top_message_date`` 0 = not listed."""

dialog_filters = table(
    "dialog_filters",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("filter_id", primary_key=True, autoincrement=False),
    integer("rank"),
    tl("filter"),
)
"""Folders of an account by ascending ``rank``. ``filter``: a TL dialogFilter whose peers have access_hash 0."""

saved_messages = table(
    "saved_messages",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    big("saved_peer_key"),
    sa.Index("ix_saved_messages_owner_id_saved_peer_key_message_id", "owner_id", "saved_peer_key", "message_id"),
)
"""The chat each message of Saved Messages came from; notes came from their owner."""

saved_dialogs = table(
    "saved_dialogs",
    big("owner_id", primary_key=True, autoincrement=False),
    big("saved_peer_key", primary_key=True, autoincrement=False),
    integer("top_message_id"),
    integer("message_count", default=0),
    integer("pinned_rank", default=0),
    sa.Index("ix_saved_dialogs_owner_id_top_message_id", "owner_id", "top_message_id"),
    sa.Index("ix_saved_dialogs_owner_id_pinned_rank", "owner_id", "pinned_rank"),
)
"""Saved Messages by origin; ``pinned_rank`` as in `dialogs`. A row has at least one message."""

drafts = table(
    "drafts",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("top_msg_id", primary_key=True, autoincrement=False, default=0),
    tl("draft"),
    integer("date"),
)

events = table(
    "events",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("pts", primary_key=True, autoincrement=False),
    integer("pts_count"),
    integer("date"),
    tl("update"),
    sa.Index("ix_events_date", "date"),
)
"""What happened besides new messages. ``update`` is a TL Update; updateEditMessage holds messageEmpty, the builder
puts the present message in."""

outbox = table(
    "outbox",
    big("id", primary_key=True, autoincrement=True),
    big("owner_id"),
    integer("date"),
    sa.Column("operation", sa.LargeBinary(65535), nullable=False),
    sa.Index("ix_outbox_owner_id_id", "owner_id", "id"),
    sa.Index("ix_outbox_date", "date"),
    sqlite_autoincrement=True,
)
"""Work for another account's box (``owner_id``), written in the sender's transaction, done by `functions.sync`."""

outbox_reads = table(
    "outbox_reads",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    integer("date"),
    sa.Index("ix_outbox_reads_date", "date"),
)
"""When the peer had read the account's messages up to ``message_id``: messages.getOutboxReadDate. Pruned by age."""

inbox_reads = table(
    "inbox_reads",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    integer("date"),
    sa.Index("ix_inbox_reads_date", "date"),
)
"""When the account had read a group up to ``message_id``: messages.getMessageReadParticipants. Pruned by age."""

message_tags = table(
    "message_tags",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("tag", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    sa.Index("ix_message_tags_owner_id_message_id", "owner_id", "message_id"),
    sa.Index("ix_message_tags_owner_id_tag_message_id", "owner_id", "tag", "message_id"),
)
"""Index of messages by `layers.domain.tags.Tag` (photo, video, url, pinned …): messages.search's filters."""

message_tag_counts = table(
    "message_tag_counts",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("tag", primary_key=True, autoincrement=False),
    integer("count"),
)

message_terms = table(
    "message_terms",
    big("owner_id", primary_key=True, autoincrement=False),
    text("term", 32, primary_key=True),
    integer("message_id", primary_key=True, autoincrement=False),
    big("peer_key"),
    sa.Index("ix_message_terms_owner_id_message_id_term", "owner_id", "message_id", "term"),
    sa.Index("ix_message_terms_owner_id_peer_key_term", "owner_id", "peer_key", "term", "message_id"),
)
"""Full-text index: the words of each message of a box, searched by prefix."""

reports = table(
    "reports",
    big("id", primary_key=True, autoincrement=True),
    big("reporter_id"),
    big("peer_key"),
    integer("message_id", default=0),
    text("option", 32),
    text("comment", 512, default=""),
    integer("date"),
    sa.Index("ix_reports_date", "date"),
    sa.Index("ix_reports_peer_key", "peer_key"),
    sqlite_autoincrement=True,
)
"""What users report to the operator; ``message_id`` is of the reporter's box, 0 = the chat as a whole."""
