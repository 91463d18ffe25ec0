"""What is told about a message besides its text and media: reactions, polls, schedules, timers.

Facts that all viewers share hang on ``content_id``, whatever box or channel the message lies in; what belongs to one
account hangs on ``owner_id``. A row of `contents` says in ``extras`` whether there is anything to look for here.
"""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text, tl

reactions = table(
    "reactions",
    big("content_id", primary_key=True, autoincrement=False),
    big("reactor_key", primary_key=True, autoincrement=False),
    text("reaction", 64, primary_key=True),
    integer("position"),
    integer("date"),
    flag("big"),
    flag("unread"),
    big("chat_key", default=0),
    sa.Index("ix_reactions_content_id_date", "content_id", "date"),
    sa.Index("ix_reactions_content_id_reaction_date", "content_id", "reaction", "date"),
    sa.Index("ix_reactions_reactor_key_chat_key", "reactor_key", "chat_key", "content_id", "date"),
)
"""Who reacted how (`layers.domain.reactions.reaction_text`); ``position`` is the reactor's order, ``unread`` until the
message's author has seen it. ``chat_key``: the group, supergroup or channel it was given in; 0 in private chats."""

reaction_removals = table(
    "reaction_removals",
    big("chat_key", primary_key=True, autoincrement=False),
    big("reactor_key", primary_key=True, autoincrement=False),
    big("actor_id"),
)
"""Whose reactions a job is to take away in a group, in the name of which administrator."""

content_reactions = table(
    "content_reactions",
    big("content_id", primary_key=True, autoincrement=False),
    tl("summary"),
)
"""The counts and latest reactors of a message, kept with each reaction: a TL messageReactions without a viewer."""

reaction_uses = table(
    "reaction_uses",
    big("owner_id", primary_key=True, autoincrement=False),
    text("reaction", 64, primary_key=True),
    integer("uses"),
    integer("last_used", default=0),
    sa.Index("ix_reaction_uses_owner_id_uses", "owner_id", "uses"),
    sa.Index("ix_reaction_uses_owner_id_last_used", "owner_id", "last_used"),
)
"""Which reactions an account uses; ``last_used`` 0 = not among the recent ones."""

saved_tags = table(
    "saved_tags",
    big("owner_id", primary_key=True, autoincrement=False),
    text("reaction", 64, primary_key=True),
    integer("message_id", primary_key=True, autoincrement=False),
    big("saved_peer_key"),
    sa.Index("ix_saved_tags_owner_id_message_id", "owner_id", "message_id"),
)
"""Reactions as tags of one's saved messages."""

saved_tag_counts = table(
    "saved_tag_counts",
    big("owner_id", primary_key=True, autoincrement=False),
    big("saved_peer_key", primary_key=True, autoincrement=False),
    text("reaction", 64, primary_key=True),
    integer("count"),
    text("title", 64, nullable=True),
)
"""How many saved messages have a tag, by origin; ``saved_peer_key`` 0 = all together, with the tag's name."""

polls = table(
    "polls",
    big("poll_id", primary_key=True, autoincrement=False),
    big("creator_id"),
    big("place_key"),
    big("content_id"),
    integer("close_date", nullable=True),
    tl("poll"),
    tl("results"),
    sa.Index("ix_polls_close_date", "close_date"),
)
"""A poll, which several messages may show; ``place_key``: the box that the first of them is in.

``results``: a TL pollResults with every count and no viewer;
``close_date`` while a job has to close it."""

poll_votes = table(
    "poll_votes",
    big("poll_id", primary_key=True, autoincrement=False),
    big("voter_key", primary_key=True, autoincrement=False),
    integer("position", primary_key=True, autoincrement=False),
    integer("date"),
    sa.Index("ix_poll_votes_poll_id_date", "poll_id", "date", "voter_key"),
    sa.Index("ix_poll_votes_poll_id_position_date", "poll_id", "position", "date", "voter_key"),
)
"""``position``: the index of the chosen answer."""

scheduled_messages = table(
    "scheduled_messages",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    big("peer_key"),
    big("random_id"),
    integer("date"),
    integer("reply_to_msg_id", nullable=True),
    big("send_as", nullable=True),
    flag("media_unread"),
    integer("edit_date", nullable=True),
    integer("repeat_period", nullable=True),
    tl("message"),
    sa.Index("ix_scheduled_messages_date", "date", "owner_id"),
    sa.Index("uq_scheduled_messages_random_id", "owner_id", "peer_key", "random_id", unique=True),
)
"""Messages to be sent at ``date`` (0x7ffffffe: when the peer comes online); ids of their own, by owner.

``repeat_period``: after so many seconds they are sent again."""

expirations = table(
    "expirations",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("message_id", primary_key=True, autoincrement=False),
    sa.Column("media", sa.Boolean, primary_key=True),
    integer("expires_at"),
    sa.Index("ix_expirations_expires_at", "expires_at"),
)
"""Entries of boxes that delete themselves, or whose ``media`` are destroyed."""

catalog = table(
    "catalog",
    text("name", 32, primary_key=True),
    text("fingerprint", 64),
    tl("value", nullable=True),
)
"""Lists that the operator's content folder brought in: `layers.domain.catalog`. ``value`` None: the list stands in
tables of its own."""

chat_reactions = table(
    "chat_reactions",
    big("peer_key", primary_key=True, autoincrement=False),
    integer("reactions_limit", default=0),
    tl("available"),
)
"""Which reactions the members of a chat may use: a TL ChatReactions; without a row all. ``reactions_limit``: different
ones of a message, 0 = as many as anywhere."""

web_pages = table(
    "web_pages",
    big("page_id", primary_key=True, autoincrement=False),
    text("url", 2048),
    integer("fetched_at", default=0),
    integer("try_at", nullable=True),
    tl("page", nullable=True),
    sa.Index("ix_web_pages_try_at", "try_at"),
)
"""Pages that messages link to. ``fetched_at`` 0 = not yet; ``try_at``: when a job is to fetch it, or the end of the
lease of the one that does; ``page``: a TL webPage, or None where there is no preview."""

web_page_waits = table(
    "web_page_waits",
    big("page_id", primary_key=True, autoincrement=False),
    big("place_key", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
)
"""Boxes that show a page which is not there yet; ``peer_key``: the chat it was sent to."""
