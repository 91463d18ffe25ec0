"""Contacts, blocks, notification settings and push devices."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import DIGEST, big, flag, integer, table, text, tl

contacts = table(
    "contacts",
    big("owner_id", primary_key=True, autoincrement=False),
    big("contact_id", primary_key=True, autoincrement=False),
    text("phone", 32, default=""),
    text("first_name", 64, default=""),
    text("last_name", 64, default=""),
    tl("note", nullable=True),
    flag("close_friend"),
    integer("date"),
    sa.Index("ix_contacts_contact_id", "contact_id"),
)
"""``owner_id`` has ``contact_id`` in the address book under these names. Mutual when the reverse row exists.

``phone`` is filled when the owner knows the number; ``note``: a textWithEntities.
"""

saved_contacts = table(
    "saved_contacts",
    big("owner_id", primary_key=True, autoincrement=False),
    text("phone", 32, primary_key=True),
    text("first_name", 64, default=""),
    text("last_name", 64, default=""),
    integer("date"),
    sa.Index("ix_saved_contacts_phone", "phone"),
)
"""Imported numbers that nobody has signed up with: they become contacts when somebody does."""

blocked_peers = table(
    "blocked_peers",
    big("owner_id", primary_key=True, autoincrement=False),
    big("peer_key", primary_key=True, autoincrement=False),
    integer("date"),
    flag("stories_only"),
    sa.Index("ix_blocked_peers_owner_id_date", "owner_id", "date"),
)

notify_settings = table(
    "notify_settings",
    big("owner_id", primary_key=True, autoincrement=False),
    text("scope", 40, primary_key=True),
    tl("settings"),
)
"""``scope``: 'users', 'chats', 'broadcasts' or 'peer:<peer_key>'; ``settings``: peerNotifySettings."""

push_devices = table(
    "push_devices",
    big("auth_key_id", primary_key=True, autoincrement=False),
    integer("token_type", primary_key=True, autoincrement=False),
    sa.Column("token_digest", DIGEST, primary_key=True),
    big("user_id"),
    text("token", 4096),
    flag("app_sandbox"),
    flag("no_muted"),
    sa.Column("secret", sa.LargeBinary(512), nullable=False),
    text("other_uids", 1024, default=""),
    sa.Index("ix_push_devices_user_id", "user_id"),
)

top_peers = table(
    "top_peers",
    big("owner_id", primary_key=True, autoincrement=False),
    text("category", 24, primary_key=True),
    big("peer_key", primary_key=True, autoincrement=False),
    sa.Column("rating", sa.Double, nullable=False),
    sa.Index("ix_top_peers_owner_id_category_rating", "owner_id", "category", "rating"),
)
"""Frequent correspondents; what ``rating`` counts, `layers.domain.top_peers` says."""
