"""Secret chats: who has one with whom on which device, and what waits for a device.

https://core.telegram.org/api/end-to-end. The server sees a chat's two public numbers and opaque bytes, nothing else.
"""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import big, flag, integer, table, text, tl

secret_chats = table(
    "secret_chats",
    big("owner_id", primary_key=True, autoincrement=False),
    integer("chat_id", primary_key=True, autoincrement=False),
    big("peer_id"),
    flag("is_admin"),
    big("auth_key_id", default=0),
    big("peer_auth_key_id", default=0),
    integer("state"),
    integer("date"),
    integer("changed_at"),
    integer("state_at"),
    sa.Column("g", sa.LargeBinary(256), nullable=False),
    big("key_fingerprint", default=0),
    flag("history_deleted"),
    integer("read_max_date", default=0),
    integer("read_at", default=0),
    sa.Index("ix_secret_chats_owner_id_changed_at", "owner_id", "changed_at"),
    sa.Index("ix_secret_chats_state_changed_at", "state", "changed_at"),
)
"""Two rows a chat, one a side. ``state``: `layers.domain.secret_sides.State`; ``auth_key_id``: the side's device, 0
until one has accepted; ``g``: the other side's public number; ``read_max_date``: how far the other side has read.

``changed_at`` is the later of ``state_at`` and ``read_at``: differences are made from it.
"""

secret_queues = table(
    "secret_queues",
    big("user_id", primary_key=True, autoincrement=False),
    big("auth_key_id", primary_key=True, autoincrement=False),
    integer("qts"),
)
"""The qts of each device that ever received a secret message: locked by whoever sends to it, so that it is dense."""

secret_messages = table(
    "secret_messages",
    big("user_id", primary_key=True, autoincrement=False),
    big("auth_key_id", primary_key=True, autoincrement=False),
    integer("qts", primary_key=True, autoincrement=False),
    integer("chat_id"),
    big("random_id"),
    integer("date"),
    tl("message"),
    sa.Index("ix_secret_messages_date", "date"),
)
"""What a device has not acknowledged (messages.receivedQueue). ``message``: a TL EncryptedMessage as it receives it."""

encrypted_files = table(
    "encrypted_files",
    big("id", primary_key=True, autoincrement=False),
    big("owner_id"),
    integer("date"),
    text("blob_prefix", 128),
    big("size"),
    integer("part_size"),
    integer("key_fingerprint"),
    sa.Index("ix_encrypted_files_owner_id", "owner_id"),
)
"""Files of secret chats: parts as those of `documents`, of bytes that only the two devices can read."""
