"""Groups and channels, who is in them, and the links that lead there.

https://core.telegram.org/api/channel. Basic groups, supergroups and broadcast channels share their tables, so that one
set of gates (`layers.domain.chat_access`) serves them all. Bit masks are those of `layers.domain.chat_rights` and
`layers.domain.chats.ChatFlag`.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text

chats = table(
    "chats",
    big("peer_key", primary_key=True, autoincrement=False),
    integer("kind"),
    text("title", 255),
    text("about", 255, default=""),
    big("creator_id"),
    integer("date"),
    big("photo_id", nullable=True),
    integer("version", default=1),
    integer("members_count", default=0),
    integer("admins_count", default=0),
    integer("kicked_count", default=0),
    integer("restricted_count", default=0),
    integer("pending_count", default=0),
    integer("flags", default=0),
    integer("default_banned_rights", default=0),
    text("username", 32, nullable=True),
    big("migrated_to", nullable=True),
    big("migrated_from", nullable=True),
    integer("migrated_from_max_id", default=0),
    big("linked_chat_key", nullable=True),
    integer("slowmode_s", default=0),
    integer("ttl_period", nullable=True),
    text("theme_emoticon", 32, default=""),
)
"""One row a chat under the signed key of `layers.domain.peers`; ``kind`` is a `layers.domain.chats.ChatKind`.

The counters are kept as members come and go. ``version`` grows with whatever a list of participants or the default
rights show. ``migrated_to`` and ``migrated_from`` join a basic group and the supergroup it became.
"""

PRESENT_STATUSES: Final = (2, 3, 4)
"""`layers.domain.chats.MemberStatus` of those who are in a chat: members, administrators, the owner."""

chat_members = table(
    "chat_members",
    big("peer_key", primary_key=True, autoincrement=False),
    big("user_id", primary_key=True, autoincrement=False),
    integer("status"),
    integer("date"),
    big("inviter_id", default=0),
    integer("admin_rights", default=0),
    integer("banned_rights", default=0),
    integer("until_date", default=0),
    text("rank", 16, default=""),
    big("promoted_by", default=0),
    big("kicked_by", default=0),
    flag("bot"),
    integer("available_min_id", default=0),
    integer("last_sent_at", default=0),
    text("last_title", 255, default=""),
    sa.Index("ix_chat_members_user_id_status_peer_key", "user_id", "status", "peer_key"),
    sa.Index("ix_chat_members_peer_key_status_date_user_id", "peer_key", "status", "date", "user_id"),
    sa.Index("ix_chat_members_peer_key_banned_rights", "peer_key", "banned_rights"),
    sa.Index("ix_chat_members_peer_key_bot", "peer_key", "bot", "user_id"),
)
"""Everyone who is or was in a chat; ``status`` is a `layers.domain.chats.MemberStatus`.
A channel as which nobody may write stands here too, under its key in ``user_id``, as banned.

``date``: of joining, of leaving or of the ban. ``until_date`` ends ``banned_rights``, 0 = never. ``available_min_id``:
what a member of a channel may read begins behind it. ``last_sent_at`` serves the slow mode.
``last_title``: what the chat was called when one left it: later names are none of one's business.
"""

member_names = table(
    "member_names",
    big("peer_key", primary_key=True, autoincrement=False),
    text("term", 32, primary_key=True),
    big("user_id", primary_key=True, autoincrement=False),
    sa.Index("ix_member_names_user_id_peer_key_term", "user_id", "peer_key", "term"),
)
"""The words of the names of those who are or were in a supergroup or channel."""

chat_invites = table(
    "chat_invites",
    text("hash", 32, primary_key=True),
    big("peer_key"),
    big("admin_id"),
    integer("date"),
    integer("start_date", default=0),
    integer("expire_date", default=0),
    integer("usage_limit", default=0),
    integer("usage_count", default=0),
    text("title", 32, default=""),
    flag("request_needed"),
    flag("permanent"),
    flag("revoked"),
    sa.Index("ix_chat_invites_peer_key_admin_id_revoked_date", "peer_key", "admin_id", "revoked", "date"),
)
"""Links into chats: ``hash`` follows ``https://t.me/+``.

``start_date``: when it was last changed. 0 = not, never, without a limit.
"""

chat_joins = table(
    "chat_joins",
    big("peer_key", primary_key=True, autoincrement=False),
    big("user_id", primary_key=True, autoincrement=False),
    text("hash", 32),
    integer("date"),
    flag("requested"),
    big("approved_by", default=0),
    flag("via_chatlist"),
    sa.Index("ix_chat_joins_peer_key_requested_date_user_id", "peer_key", "requested", "date", "user_id"),
    sa.Index("ix_chat_joins_hash_requested_date_user_id", "hash", "requested", "date", "user_id"),
)
"""Who came into a chat by which link, or (``requested``) waits to be let in; ``hash`` '' = without a link.
``via_chatlist``: by a shared folder."""
