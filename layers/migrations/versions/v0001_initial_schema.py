"""initial schema.

Revision 0001, after nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from layers.migrations.types import BIG, TL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account_deletions",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_account_deletions")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "account_settings",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", TL, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "name", name=op.f("pk_account_settings")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "admin_log",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("event_id", BIG, autoincrement=False, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("action", TL, nullable=False),
        sa.PrimaryKeyConstraint("peer_key", "event_id", name=op.f("pk_admin_log")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("admin_log", schema=None) as batch_op:
        batch_op.create_index("ix_admin_log_date", ["date"], unique=False)

    op.create_table(
        "attached_stickers",
        sa.Column("media_id", BIG, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("media_id", "position", name=op.f("pk_attached_stickers")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "auth_keys",
        sa.Column("auth_key_id", BIG, autoincrement=False, nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(length=512), nullable=False),
        sa.Column("initial_salt", BIG, nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("layer", sa.Integer(), nullable=True),
        sa.Column("api_id", sa.Integer(), nullable=True),
        sa.Column("device_model", sa.String(length=256), nullable=False),
        sa.Column("system_version", sa.String(length=256), nullable=False),
        sa.Column("app_version", sa.String(length=256), nullable=False),
        sa.Column("system_lang_code", sa.String(length=64), nullable=False),
        sa.Column("lang_pack", sa.String(length=64), nullable=False),
        sa.Column("lang_code", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("auth_key_id", name=op.f("pk_auth_keys")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "authorizations",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("auth_key_id", BIG, autoincrement=False, nullable=False),
        sa.Column("hash", BIG, nullable=False),
        sa.Column("date_created", sa.Integer(), nullable=False),
        sa.Column("date_active", sa.Integer(), nullable=False),
        sa.Column("ip", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=128), nullable=False),
        sa.Column("password_pending", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("encrypted_requests_disabled", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("call_requests_disabled", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("unconfirmed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("device_lock_period", sa.Integer(), nullable=False),
        sa.Column("exported_from", BIG, nullable=True),
        sa.PrimaryKeyConstraint("user_id", "auth_key_id", name=op.f("pk_authorizations")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("authorizations", schema=None) as batch_op:
        batch_op.create_index("ix_authorizations_auth_key_id", ["auth_key_id"], unique=False)
        batch_op.create_index("ix_authorizations_exported_from", ["exported_from"], unique=False)
        batch_op.create_index("ix_authorizations_user_id_hash", ["user_id", "hash"], unique=False)

    op.create_table(
        "bans",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("banned_at", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_bans")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("bans", schema=None) as batch_op:
        batch_op.create_index("ix_bans_phone", ["phone"], unique=False)
        batch_op.create_index("ix_bans_until", ["until"], unique=False)

    op.create_table(
        "blocked_peers",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("stories_only", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", name=op.f("pk_blocked_peers")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("blocked_peers", schema=None) as batch_op:
        batch_op.create_index("ix_blocked_peers_owner_id_date", ["owner_id", "date"], unique=False)

    op.create_table(
        "box_states",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("pts", sa.Integer(), nullable=False),
        sa.Column("last_message_id", sa.Integer(), nullable=False),
        sa.Column("last_scheduled_id", sa.Integer(), nullable=False),
        sa.Column("pruned_pts", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_box_states")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "boxes",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_id", BIG, nullable=False),
        sa.Column("peer_key", BIG, nullable=False),
        sa.Column("sender_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("pts", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("reply_to_msg_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("owner_id", "message_id", name=op.f("pk_boxes")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("boxes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_boxes_owner_id_peer_key_message_id", ["owner_id", "peer_key", "message_id"], unique=False
        )
        batch_op.create_index("ix_boxes_owner_id_pts", ["owner_id", "pts"], unique=False)
        batch_op.create_index(
            "ix_boxes_owner_id_sender_id_peer_key", ["owner_id", "sender_id", "peer_key", "message_id"], unique=False
        )
        batch_op.create_index("uq_boxes_owner_id_content_id", ["owner_id", "content_id"], unique=True)

    op.create_table(
        "catalog",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("value", TL, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_catalog")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "channel_marks",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("tag", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "tag", "message_id", name=op.f("pk_channel_marks")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("channel_marks", schema=None) as batch_op:
        batch_op.create_index("ix_channel_marks_peer_key_message_id", ["peer_key", "message_id"], unique=False)

    op.create_table(
        "channel_mentions",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "message_id", name=op.f("pk_channel_mentions")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("channel_mentions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_channel_mentions_owner_id_peer_key_unread",
            ["owner_id", "peer_key", "unread", "message_id"],
            unique=False,
        )
        batch_op.create_index("ix_channel_mentions_peer_key_message_id", ["peer_key", "message_id"], unique=False)

    op.create_table(
        "channel_pages",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("main_tab", sa.String(length=32), nullable=False),
        sa.Column("sticker_set_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("peer_key", name=op.f("pk_channel_pages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "channel_reads",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("read_max_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", BIG, nullable=False),
        sa.Column("other_read_max_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("peer_key", name=op.f("pk_channel_reads")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "channel_settings",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("send_as", BIG, nullable=False),
        sa.Column("view_as_messages", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", name=op.f("pk_channel_settings")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "chat_invites",
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("peer_key", BIG, nullable=False),
        sa.Column("admin_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("start_date", sa.Integer(), nullable=False),
        sa.Column("expire_date", sa.Integer(), nullable=False),
        sa.Column("usage_limit", sa.Integer(), nullable=False),
        sa.Column("usage_count", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=32), nullable=False),
        sa.Column("request_needed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("permanent", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("revoked", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_chat_invites")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("chat_invites", schema=None) as batch_op:
        batch_op.create_index(
            "ix_chat_invites_peer_key_admin_id_revoked_date", ["peer_key", "admin_id", "revoked", "date"], unique=False
        )

    op.create_table(
        "chat_joins",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("requested", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("approved_by", BIG, nullable=False),
        sa.Column("via_chatlist", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("peer_key", "user_id", name=op.f("pk_chat_joins")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("chat_joins", schema=None) as batch_op:
        batch_op.create_index(
            "ix_chat_joins_hash_requested_date_user_id", ["hash", "requested", "date", "user_id"], unique=False
        )
        batch_op.create_index(
            "ix_chat_joins_peer_key_requested_date_user_id", ["peer_key", "requested", "date", "user_id"], unique=False
        )

    op.create_table(
        "chat_members",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("inviter_id", BIG, nullable=False),
        sa.Column("admin_rights", sa.Integer(), nullable=False),
        sa.Column("banned_rights", sa.Integer(), nullable=False),
        sa.Column("until_date", sa.Integer(), nullable=False),
        sa.Column("rank", sa.String(length=16), nullable=False),
        sa.Column("promoted_by", BIG, nullable=False),
        sa.Column("kicked_by", BIG, nullable=False),
        sa.Column("bot", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("available_min_id", sa.Integer(), nullable=False),
        sa.Column("last_sent_at", sa.Integer(), nullable=False),
        sa.Column("last_title", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("peer_key", "user_id", name=op.f("pk_chat_members")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("chat_members", schema=None) as batch_op:
        batch_op.create_index("ix_chat_members_peer_key_banned_rights", ["peer_key", "banned_rights"], unique=False)
        batch_op.create_index("ix_chat_members_peer_key_bot", ["peer_key", "bot", "user_id"], unique=False)
        batch_op.create_index(
            "ix_chat_members_peer_key_status_date_user_id", ["peer_key", "status", "date", "user_id"], unique=False
        )
        batch_op.create_index(
            "ix_chat_members_user_id_status_peer_key", ["user_id", "status", "peer_key"], unique=False
        )

    op.create_table(
        "chat_reactions",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("reactions_limit", sa.Integer(), nullable=False),
        sa.Column("available", TL, nullable=False),
        sa.PrimaryKeyConstraint("peer_key", name=op.f("pk_chat_reactions")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "chatlist_invites",
        sa.Column("slug", sa.String(length=32), nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("filter_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("invite", TL, nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_chatlist_invites")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("chatlist_invites", schema=None) as batch_op:
        batch_op.create_index(
            "ix_chatlist_invites_owner_id_filter_id_date", ["owner_id", "filter_id", "date"], unique=False
        )

    op.create_table(
        "chatlist_joins",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("filter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=32), nullable=False),
        sa.Column("seen", TL, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "filter_id", name=op.f("pk_chatlist_joins")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "chats",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.Column("creator_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("photo_id", BIG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("members_count", sa.Integer(), nullable=False),
        sa.Column("admins_count", sa.Integer(), nullable=False),
        sa.Column("kicked_count", sa.Integer(), nullable=False),
        sa.Column("restricted_count", sa.Integer(), nullable=False),
        sa.Column("pending_count", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("default_banned_rights", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=32), nullable=True),
        sa.Column("migrated_to", BIG, nullable=True),
        sa.Column("migrated_from", BIG, nullable=True),
        sa.Column("migrated_from_max_id", sa.Integer(), nullable=False),
        sa.Column("linked_chat_key", BIG, nullable=True),
        sa.Column("slowmode_s", sa.Integer(), nullable=False),
        sa.Column("ttl_period", sa.Integer(), nullable=True),
        sa.Column("theme_emoticon", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("peer_key", name=op.f("pk_chats")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "contacts",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("contact_id", BIG, autoincrement=False, nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("last_name", sa.String(length=64), nullable=False),
        sa.Column("note", TL, nullable=True),
        sa.Column("close_friend", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "contact_id", name=op.f("pk_contacts")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index("ix_contacts_contact_id", ["contact_id"], unique=False)

    op.create_table(
        "content_reactions",
        sa.Column("content_id", BIG, autoincrement=False, nullable=False),
        sa.Column("summary", TL, nullable=False),
        sa.PrimaryKeyConstraint("content_id", name=op.f("pk_content_reactions")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "contents",
        sa.Column("content_id", BIG, autoincrement=False, nullable=False),
        sa.Column("sender_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("edit_date", sa.Integer(), nullable=True),
        sa.Column("extras", sa.Integer(), nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.Column("message", TL, nullable=False),
        sa.PrimaryKeyConstraint("content_id", name=op.f("pk_contents")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "dialog_filters",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("filter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("filter", TL, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "filter_id", name=op.f("pk_dialog_filters")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "dialogs",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("top_message_id", sa.Integer(), nullable=False),
        sa.Column("top_message_date", sa.Integer(), nullable=False),
        sa.Column("read_inbox_max_id", sa.Integer(), nullable=False),
        sa.Column("read_outbox_max_id", sa.Integer(), nullable=False),
        sa.Column("unread_count", sa.Integer(), nullable=False),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("unread_mentions_count", sa.Integer(), nullable=False),
        sa.Column("unread_reactions_count", sa.Integer(), nullable=False),
        sa.Column("unread_poll_votes_count", sa.Integer(), nullable=False),
        sa.Column("pinned_rank", sa.Integer(), nullable=False),
        sa.Column("unread_mark", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("hidden_peer_settings", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("ttl_period", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", name=op.f("pk_dialogs")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("dialogs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_dialogs_order", ["owner_id", "folder_id", "top_message_date", "top_message_id"], unique=False
        )
        batch_op.create_index("ix_dialogs_pinned", ["owner_id", "folder_id", "pinned_rank"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("document", TL, nullable=False),
        sa.Column("blob_prefix", sa.String(length=128), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("part_size", sa.Integer(), nullable=False),
        sa.Column(
            "sha256",
            sa.LargeBinary(length=32)
            .with_variant(sa.VARBINARY(length=32), "mariadb")
            .with_variant(sa.VARBINARY(length=32), "mysql"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index("ix_documents_owner_id_sha256", ["owner_id", "sha256"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("top_msg_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("draft", TL, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "top_msg_id", name=op.f("pk_drafts")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "email_codes",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(length=512), nullable=False),
        sa.Column("sealed_settings", sa.LargeBinary(length=4096), nullable=True),
        sa.Column("sent_at", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "purpose", name=op.f("pk_email_codes")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "emoji_keywords",
        sa.Column("lang_code", sa.String(length=32), nullable=False),
        sa.Column("keyword", sa.String(length=64), nullable=False),
        sa.Column("emoji", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("lang_code", "keyword", "emoji", name=op.f("pk_emoji_keywords")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("emoji_keywords", schema=None) as batch_op:
        batch_op.create_index("ix_emoji_keywords_lang_code_version", ["lang_code", "version"], unique=False)

    op.create_table(
        "emoji_languages",
        sa.Column("lang_code", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("suggest_url", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("lang_code", name=op.f("pk_emoji_languages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "encrypted_files",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("blob_prefix", sa.String(length=128), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("part_size", sa.Integer(), nullable=False),
        sa.Column("key_fingerprint", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encrypted_files")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("encrypted_files", schema=None) as batch_op:
        batch_op.create_index("ix_encrypted_files_owner_id", ["owner_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("pts", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pts_count", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("update", TL, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "pts", name=op.f("pk_events")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_date", ["date"], unique=False)

    op.create_table(
        "expirations",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("media", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "message_id", "media", name=op.f("pk_expirations")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("expirations", schema=None) as batch_op:
        batch_op.create_index("ix_expirations_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "featured_reads",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("set_id", BIG, autoincrement=False, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "set_id", name=op.f("pk_featured_reads")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "featured_sets",
        sa.Column("short_name_key", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("short_name_key", name=op.f("pk_featured_sets")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("featured_sets", schema=None) as batch_op:
        batch_op.create_index("ix_featured_sets_rank", ["rank"], unique=False)

    op.create_table(
        "forum_topics",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("icon_color", sa.Integer(), nullable=False),
        sa.Column("icon_emoji_id", BIG, nullable=False),
        sa.Column("creator_id", BIG, nullable=False),
        sa.Column("from_key", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("top_message_id", sa.Integer(), nullable=False),
        sa.Column("top_message_date", sa.Integer(), nullable=False),
        sa.Column("pinned_rank", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("peer_key", "topic_id", name=op.f("pk_forum_topics")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("forum_topics", schema=None) as batch_op:
        batch_op.create_index(
            "ix_forum_topics_order", ["peer_key", "pinned_rank", "top_message_date", "top_message_id"], unique=False
        )

    op.create_table(
        "future_auth_tokens",
        sa.Column(
            "digest",
            sa.LargeBinary(length=32)
            .with_variant(sa.VARBINARY(length=32), "mariadb")
            .with_variant(sa.VARBINARY(length=32), "mysql"),
            nullable=False,
        ),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_future_auth_tokens")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("future_auth_tokens", schema=None) as batch_op:
        batch_op.create_index("ix_future_auth_tokens_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_future_auth_tokens_user_id", ["user_id"], unique=False)

    op.create_table(
        "inbox_reads",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "message_id", name=op.f("pk_inbox_reads")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("inbox_reads", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_reads_date", ["date"], unique=False)

    op.create_table(
        "installed_sets",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("set_id", BIG, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "set_id", name=op.f("pk_installed_sets")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("installed_sets", schema=None) as batch_op:
        batch_op.create_index(
            "ix_installed_sets_owner_id_kind_archived_rank", ["owner_id", "kind", "archived", "rank"], unique=False
        )

    op.create_table(
        "kept_documents",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("list", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", BIG, autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "list", "document_id", name=op.f("pk_kept_documents")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("kept_documents", schema=None) as batch_op:
        batch_op.create_index("ix_kept_documents_owner_id_list_rank", ["owner_id", "list", "rank"], unique=False)

    op.create_table(
        "login_codes",
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("phone_code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_code", sa.LargeBinary(length=128), nullable=True),
        sa.Column("auth_key_id", BIG, nullable=False),
        sa.Column("sent_at", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("resends", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("phone", name=op.f("pk_login_codes")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "login_emails",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(length=512), nullable=False),
        sa.Column("reset_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_login_emails")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "member_names",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("term", sa.String(length=32), nullable=False),
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("peer_key", "term", "user_id", name=op.f("pk_member_names")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("member_names", schema=None) as batch_op:
        batch_op.create_index("ix_member_names_user_id_peer_key_term", ["user_id", "peer_key", "term"], unique=False)

    op.create_table(
        "message_counters",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("forwards", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "message_id", name=op.f("pk_message_counters")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "message_tag_counts",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("tag", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "tag", name=op.f("pk_message_tag_counts")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "message_tags",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("tag", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "tag", "message_id", name=op.f("pk_message_tags")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("message_tags", schema=None) as batch_op:
        batch_op.create_index("ix_message_tags_owner_id_message_id", ["owner_id", "message_id"], unique=False)
        batch_op.create_index(
            "ix_message_tags_owner_id_tag_message_id", ["owner_id", "tag", "message_id"], unique=False
        )

    op.create_table(
        "message_terms",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("term", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "term", "message_id", name=op.f("pk_message_terms")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("message_terms", schema=None) as batch_op:
        batch_op.create_index(
            "ix_message_terms_owner_id_message_id_term", ["owner_id", "message_id", "term"], unique=False
        )
        batch_op.create_index(
            "ix_message_terms_owner_id_peer_key_term", ["owner_id", "peer_key", "term", "message_id"], unique=False
        )

    op.create_table(
        "notify_settings",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("settings", TL, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "scope", name=op.f("pk_notify_settings")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "outbox",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("operation", sa.LargeBinary(length=65535), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_date", ["date"], unique=False)
        batch_op.create_index("ix_outbox_owner_id_id", ["owner_id", "id"], unique=False)

    op.create_table(
        "outbox_reads",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "message_id", name=op.f("pk_outbox_reads")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("outbox_reads", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_reads_date", ["date"], unique=False)

    op.create_table(
        "passwords",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("salt1", sa.LargeBinary(length=128), nullable=False),
        sa.Column("salt2", sa.LargeBinary(length=64), nullable=False),
        sa.Column("sealed_verifier", sa.LargeBinary(length=512), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("sealed_email", sa.LargeBinary(length=512), nullable=True),
        sa.Column("secure_settings", TL, nullable=True),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.Column("reset_at", sa.Integer(), nullable=True),
        sa.Column("reset_retry_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_passwords")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "peer_options",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("translations_disabled", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("noforwards_mine", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("noforwards_peer", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("theme_emoticon", sa.String(length=32), nullable=False),
        sa.Column("wallpaper", TL, nullable=True),
        sa.Column("own_wallpaper", TL, nullable=True),
        sa.Column("wallpaper_overridden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", name=op.f("pk_peer_options")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "photos",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("photo", TL, nullable=False),
        sa.Column("blob_prefix", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.create_index("ix_photos_owner_id", ["owner_id"], unique=False)

    op.create_table(
        "poll_votes",
        sa.Column("poll_id", BIG, autoincrement=False, nullable=False),
        sa.Column("voter_key", BIG, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "voter_key", "position", name=op.f("pk_poll_votes")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("poll_votes", schema=None) as batch_op:
        batch_op.create_index("ix_poll_votes_poll_id_date", ["poll_id", "date", "voter_key"], unique=False)
        batch_op.create_index(
            "ix_poll_votes_poll_id_position_date", ["poll_id", "position", "date", "voter_key"], unique=False
        )

    op.create_table(
        "polls",
        sa.Column("poll_id", BIG, autoincrement=False, nullable=False),
        sa.Column("creator_id", BIG, nullable=False),
        sa.Column("place_key", BIG, nullable=False),
        sa.Column("content_id", BIG, nullable=False),
        sa.Column("close_date", sa.Integer(), nullable=True),
        sa.Column("poll", TL, nullable=False),
        sa.Column("results", TL, nullable=False),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_polls")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.create_index("ix_polls_close_date", ["close_date"], unique=False)

    op.create_table(
        "post_terms",
        sa.Column("term", sa.String(length=33), nullable=False),
        sa.Column("date", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "date", "owner_id", "message_id", name=op.f("pk_post_terms")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("post_terms", schema=None) as batch_op:
        batch_op.create_index("ix_post_terms_owner_id_message_id", ["owner_id", "message_id"], unique=False)

    op.create_table(
        "privacy_rules",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("rules", TL, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_privacy_rules")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "push_devices",
        sa.Column("auth_key_id", BIG, autoincrement=False, nullable=False),
        sa.Column("token_type", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "token_digest",
            sa.LargeBinary(length=32)
            .with_variant(sa.VARBINARY(length=32), "mariadb")
            .with_variant(sa.VARBINARY(length=32), "mysql"),
            nullable=False,
        ),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("token", sa.String(length=4096), nullable=False),
        sa.Column("app_sandbox", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("no_muted", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=512), nullable=False),
        sa.Column("other_uids", sa.String(length=1024), nullable=False),
        sa.PrimaryKeyConstraint("auth_key_id", "token_type", "token_digest", name=op.f("pk_push_devices")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("push_devices", schema=None) as batch_op:
        batch_op.create_index("ix_push_devices_user_id", ["user_id"], unique=False)

    op.create_table(
        "quick_replies",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("shortcut_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shortcut", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "shortcut_id", name=op.f("pk_quick_replies")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("quick_replies", schema=None) as batch_op:
        batch_op.create_index("uq_quick_replies_owner_id_shortcut", ["owner_id", "shortcut"], unique=True)

    op.create_table(
        "quick_reply_messages",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shortcut_id", sa.Integer(), nullable=False),
        sa.Column("random_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("edit_date", sa.Integer(), nullable=True),
        sa.Column("reply_to_msg_id", sa.Integer(), nullable=True),
        sa.Column("media_unread", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("message", TL, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "message_id", name=op.f("pk_quick_reply_messages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("quick_reply_messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_quick_reply_messages_owner_id_shortcut_id", ["owner_id", "shortcut_id", "message_id"], unique=False
        )
        batch_op.create_index("uq_quick_reply_messages_owner_id_random_id", ["owner_id", "random_id"], unique=True)

    op.create_table(
        "quick_reply_states",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("last_shortcut_id", sa.Integer(), nullable=False),
        sa.Column("last_message_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_quick_reply_states")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "reaction_removals",
        sa.Column("chat_key", BIG, autoincrement=False, nullable=False),
        sa.Column("reactor_key", BIG, autoincrement=False, nullable=False),
        sa.Column("actor_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("chat_key", "reactor_key", name=op.f("pk_reaction_removals")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "reaction_uses",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("reaction", sa.String(length=64), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("last_used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "reaction", name=op.f("pk_reaction_uses")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("reaction_uses", schema=None) as batch_op:
        batch_op.create_index("ix_reaction_uses_owner_id_last_used", ["owner_id", "last_used"], unique=False)
        batch_op.create_index("ix_reaction_uses_owner_id_uses", ["owner_id", "uses"], unique=False)

    op.create_table(
        "reactions",
        sa.Column("content_id", BIG, autoincrement=False, nullable=False),
        sa.Column("reactor_key", BIG, autoincrement=False, nullable=False),
        sa.Column("reaction", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("big", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("unread", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("chat_key", BIG, nullable=False),
        sa.PrimaryKeyConstraint("content_id", "reactor_key", "reaction", name=op.f("pk_reactions")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.create_index("ix_reactions_content_id_date", ["content_id", "date"], unique=False)
        batch_op.create_index("ix_reactions_content_id_reaction_date", ["content_id", "reaction", "date"], unique=False)
        batch_op.create_index(
            "ix_reactions_reactor_key_chat_key", ["reactor_key", "chat_key", "content_id", "date"], unique=False
        )

    op.create_table(
        "reports",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("reporter_id", BIG, nullable=False),
        sa.Column("peer_key", BIG, nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("option", sa.String(length=32), nullable=False),
        sa.Column("comment", sa.String(length=512), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index("ix_reports_date", ["date"], unique=False)
        batch_op.create_index("ix_reports_peer_key", ["peer_key"], unique=False)

    op.create_table(
        "saved_contacts",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("last_name", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "phone", name=op.f("pk_saved_contacts")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("saved_contacts", schema=None) as batch_op:
        batch_op.create_index("ix_saved_contacts_phone", ["phone"], unique=False)

    op.create_table(
        "saved_dialogs",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("saved_peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("top_message_id", sa.Integer(), nullable=False),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("pinned_rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "saved_peer_key", name=op.f("pk_saved_dialogs")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("saved_dialogs", schema=None) as batch_op:
        batch_op.create_index("ix_saved_dialogs_owner_id_pinned_rank", ["owner_id", "pinned_rank"], unique=False)
        batch_op.create_index("ix_saved_dialogs_owner_id_top_message_id", ["owner_id", "top_message_id"], unique=False)

    op.create_table(
        "saved_messages",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_peer_key", BIG, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "message_id", name=op.f("pk_saved_messages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("saved_messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_saved_messages_owner_id_saved_peer_key_message_id",
            ["owner_id", "saved_peer_key", "message_id"],
            unique=False,
        )

    op.create_table(
        "saved_tag_counts",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("saved_peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("reaction", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("owner_id", "saved_peer_key", "reaction", name=op.f("pk_saved_tag_counts")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "saved_tags",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("reaction", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_peer_key", BIG, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "reaction", "message_id", name=op.f("pk_saved_tags")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("saved_tags", schema=None) as batch_op:
        batch_op.create_index("ix_saved_tags_owner_id_message_id", ["owner_id", "message_id"], unique=False)

    op.create_table(
        "scheduled_messages",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, nullable=False),
        sa.Column("random_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("reply_to_msg_id", sa.Integer(), nullable=True),
        sa.Column("send_as", BIG, nullable=True),
        sa.Column("media_unread", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("edit_date", sa.Integer(), nullable=True),
        sa.Column("repeat_period", sa.Integer(), nullable=True),
        sa.Column("message", TL, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "message_id", name=op.f("pk_scheduled_messages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("scheduled_messages", schema=None) as batch_op:
        batch_op.create_index("ix_scheduled_messages_date", ["date", "owner_id"], unique=False)
        batch_op.create_index("uq_scheduled_messages_random_id", ["owner_id", "peer_key", "random_id"], unique=True)

    op.create_table(
        "secret_chats",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("peer_id", BIG, nullable=False),
        sa.Column("is_admin", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("auth_key_id", BIG, nullable=False),
        sa.Column("peer_auth_key_id", BIG, nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.Column("state_at", sa.Integer(), nullable=False),
        sa.Column("g", sa.LargeBinary(length=256), nullable=False),
        sa.Column("key_fingerprint", BIG, nullable=False),
        sa.Column("history_deleted", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("read_max_date", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "chat_id", name=op.f("pk_secret_chats")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("secret_chats", schema=None) as batch_op:
        batch_op.create_index("ix_secret_chats_owner_id_changed_at", ["owner_id", "changed_at"], unique=False)
        batch_op.create_index("ix_secret_chats_state_changed_at", ["state", "changed_at"], unique=False)

    op.create_table(
        "secret_messages",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("auth_key_id", BIG, autoincrement=False, nullable=False),
        sa.Column("qts", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("random_id", BIG, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("message", TL, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "auth_key_id", "qts", name=op.f("pk_secret_messages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("secret_messages", schema=None) as batch_op:
        batch_op.create_index("ix_secret_messages_date", ["date"], unique=False)

    op.create_table(
        "secret_queues",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("auth_key_id", BIG, autoincrement=False, nullable=False),
        sa.Column("qts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "auth_key_id", name=op.f("pk_secret_queues")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "sent_random_ids",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("random_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("pts", sa.Integer(), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "random_id", name=op.f("pk_sent_random_ids")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("sent_random_ids", schema=None) as batch_op:
        batch_op.create_index("ix_sent_random_ids_date", ["date"], unique=False)

    op.create_table(
        "shown_senders",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("sender_key", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "sender_key", "message_id", name=op.f("pk_shown_senders")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("shown_senders", schema=None) as batch_op:
        batch_op.create_index("ix_shown_senders_owner_id_message_id", ["owner_id", "message_id"], unique=False)

    op.create_table(
        "sticker_emoji",
        sa.Column("set_id", BIG, autoincrement=False, nullable=False),
        sa.Column("emoji", sa.String(length=32), nullable=False),
        sa.Column("document_id", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("set_id", "emoji", "document_id", name=op.f("pk_sticker_emoji")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("sticker_emoji", schema=None) as batch_op:
        batch_op.create_index("ix_sticker_emoji_emoji_document_id", ["emoji", "document_id"], unique=False)

    op.create_table(
        "sticker_sets",
        sa.Column("set_id", BIG, autoincrement=False, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("title_key", sa.String(length=64), nullable=False),
        sa.Column("short_name", sa.String(length=64), nullable=False),
        sa.Column("short_name_key", sa.String(length=64), nullable=False),
        sa.Column("text_color", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Integer(), nullable=False),
        sa.Column("cover_id", BIG, nullable=True),
        sa.Column("thumb_id", BIG, nullable=True),
        sa.Column("thumb_version", sa.Integer(), nullable=False),
        sa.Column("software", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("set_id", name=op.f("pk_sticker_sets")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("sticker_sets", schema=None) as batch_op:
        batch_op.create_index("ix_sticker_sets_owner_id_date", ["owner_id", "date"], unique=False)
        batch_op.create_index("ix_sticker_sets_title_key", ["title_key"], unique=False)
        batch_op.create_index("uq_sticker_sets_short_name_key", ["short_name_key"], unique=True)

    op.create_table(
        "sticker_words",
        sa.Column("set_id", BIG, autoincrement=False, nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("document_id", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("set_id", "word", "document_id", name=op.f("pk_sticker_words")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("sticker_words", schema=None) as batch_op:
        batch_op.create_index("ix_sticker_words_word_document_id", ["word", "document_id"], unique=False)

    op.create_table(
        "stickers",
        sa.Column("set_id", BIG, autoincrement=False, nullable=False),
        sa.Column("document_id", BIG, autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("emoji", sa.String(length=255), nullable=False),
        sa.Column("keywords", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("set_id", "document_id", name=op.f("pk_stickers")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("stickers", schema=None) as batch_op:
        batch_op.create_index("ix_stickers_document_id", ["document_id"], unique=False)
        batch_op.create_index("ix_stickers_set_id_rank", ["set_id", "rank"], unique=False)

    op.create_table(
        "successions",
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("old_owner_id", BIG, nullable=False),
        sa.Column("new_owner_id", BIG, nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("peer_key", name=op.f("pk_successions")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("successions", schema=None) as batch_op:
        batch_op.create_index("ix_successions_due_at", ["due_at"], unique=False)

    op.create_table(
        "thread_marks",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_max_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", BIG, nullable=False),
        sa.Column("other_read_max_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "thread_id", name=op.f("pk_thread_marks")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "thread_messages",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "thread_id", "message_id", name=op.f("pk_thread_messages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("thread_messages", schema=None) as batch_op:
        batch_op.create_index("ix_thread_messages_owner_id_message_id", ["owner_id", "message_id"], unique=False)

    op.create_table(
        "thread_reads",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_inbox_max_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "peer_key", "thread_id", name=op.f("pk_thread_reads")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "threads",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("max_id", sa.Integer(), nullable=False),
        sa.Column("pts", sa.Integer(), nullable=False),
        sa.Column("post_owner_id", BIG, nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "thread_id", name=op.f("pk_threads")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.create_index("ix_threads_post_owner_id_post_id", ["post_owner_id", "post_id"], unique=False)

    op.create_table(
        "top_peers",
        sa.Column("owner_id", BIG, autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=24), nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.Column("rating", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "category", "peer_key", name=op.f("pk_top_peers")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("top_peers", schema=None) as batch_op:
        batch_op.create_index("ix_top_peers_owner_id_category_rating", ["owner_id", "category", "rating"], unique=False)

    op.create_table(
        "user_photos",
        sa.Column("user_id", BIG, autoincrement=False, nullable=False),
        sa.Column("photo_id", BIG, autoincrement=False, nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("rank", BIG, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "photo_id", name=op.f("pk_user_photos")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("user_photos", schema=None) as batch_op:
        batch_op.create_index("ix_user_photos_user_id_rank", ["user_id", "rank"], unique=False)

    op.create_table(
        "usernames",
        sa.Column("username", sa.String(length=32), nullable=False),
        sa.Column("peer_key", BIG, nullable=False),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_usernames")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("usernames", schema=None) as batch_op:
        batch_op.create_index("ix_usernames_peer_key", ["peer_key"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("last_name", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=32), nullable=True),
        sa.Column("about", sa.String(length=140), nullable=False),
        sa.Column("lang_code", sa.String(length=64), nullable=False),
        sa.Column("photo_id", BIG, nullable=True),
        sa.Column("fallback_photo_id", BIG, nullable=True),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("last_seen", sa.Integer(), nullable=False),
        sa.Column("online_until", sa.Integer(), nullable=False),
        sa.Column("account_ttl_days", sa.Integer(), nullable=False),
        sa.Column("authorization_ttl_days", sa.Integer(), nullable=False),
        sa.Column("birthday", sa.Integer(), nullable=True),
        sa.Column("bot", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("verified", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("sensitive_enabled", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("top_peers_disabled", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("contact_signup_silent", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("phone", name=op.f("uq_users_phone")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "web_page_waits",
        sa.Column("page_id", BIG, autoincrement=False, nullable=False),
        sa.Column("place_key", BIG, autoincrement=False, nullable=False),
        sa.Column("peer_key", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("page_id", "place_key", "peer_key", name=op.f("pk_web_page_waits")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_table(
        "web_pages",
        sa.Column("page_id", BIG, autoincrement=False, nullable=False),
        sa.Column("url", sa.String(length=2048), nullable=False),
        sa.Column("fetched_at", sa.Integer(), nullable=False),
        sa.Column("try_at", sa.Integer(), nullable=True),
        sa.Column("page", TL, nullable=True),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_web_pages")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    with op.batch_alter_table("web_pages", schema=None) as batch_op:
        batch_op.create_index("ix_web_pages_try_at", ["try_at"], unique=False)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("web_pages", schema=None) as batch_op:
        batch_op.drop_index("ix_web_pages_try_at")

    op.drop_table("web_pages")
    op.drop_table("web_page_waits")
    op.drop_table("users")
    with op.batch_alter_table("usernames", schema=None) as batch_op:
        batch_op.drop_index("ix_usernames_peer_key")

    op.drop_table("usernames")
    with op.batch_alter_table("user_photos", schema=None) as batch_op:
        batch_op.drop_index("ix_user_photos_user_id_rank")

    op.drop_table("user_photos")
    with op.batch_alter_table("top_peers", schema=None) as batch_op:
        batch_op.drop_index("ix_top_peers_owner_id_category_rating")

    op.drop_table("top_peers")
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_index("ix_threads_post_owner_id_post_id")

    op.drop_table("threads")
    op.drop_table("thread_reads")
    with op.batch_alter_table("thread_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_thread_messages_owner_id_message_id")

    op.drop_table("thread_messages")
    op.drop_table("thread_marks")
    with op.batch_alter_table("successions", schema=None) as batch_op:
        batch_op.drop_index("ix_successions_due_at")

    op.drop_table("successions")
    with op.batch_alter_table("stickers", schema=None) as batch_op:
        batch_op.drop_index("ix_stickers_set_id_rank")
        batch_op.drop_index("ix_stickers_document_id")

    op.drop_table("stickers")
    with op.batch_alter_table("sticker_words", schema=None) as batch_op:
        batch_op.drop_index("ix_sticker_words_word_document_id")

    op.drop_table("sticker_words")
    with op.batch_alter_table("sticker_sets", schema=None) as batch_op:
        batch_op.drop_index("uq_sticker_sets_short_name_key")
        batch_op.drop_index("ix_sticker_sets_title_key")
        batch_op.drop_index("ix_sticker_sets_owner_id_date")

    op.drop_table("sticker_sets")
    with op.batch_alter_table("sticker_emoji", schema=None) as batch_op:
        batch_op.drop_index("ix_sticker_emoji_emoji_document_id")

    op.drop_table("sticker_emoji")
    with op.batch_alter_table("shown_senders", schema=None) as batch_op:
        batch_op.drop_index("ix_shown_senders_owner_id_message_id")

    op.drop_table("shown_senders")
    with op.batch_alter_table("sent_random_ids", schema=None) as batch_op:
        batch_op.drop_index("ix_sent_random_ids_date")

    op.drop_table("sent_random_ids")
    op.drop_table("secret_queues")
    with op.batch_alter_table("secret_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_secret_messages_date")

    op.drop_table("secret_messages")
    with op.batch_alter_table("secret_chats", schema=None) as batch_op:
        batch_op.drop_index("ix_secret_chats_state_changed_at")
        batch_op.drop_index("ix_secret_chats_owner_id_changed_at")

    op.drop_table("secret_chats")
    with op.batch_alter_table("scheduled_messages", schema=None) as batch_op:
        batch_op.drop_index("uq_scheduled_messages_random_id")
        batch_op.drop_index("ix_scheduled_messages_date")

    op.drop_table("scheduled_messages")
    with op.batch_alter_table("saved_tags", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_tags_owner_id_message_id")

    op.drop_table("saved_tags")
    op.drop_table("saved_tag_counts")
    with op.batch_alter_table("saved_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_messages_owner_id_saved_peer_key_message_id")

    op.drop_table("saved_messages")
    with op.batch_alter_table("saved_dialogs", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_dialogs_owner_id_top_message_id")
        batch_op.drop_index("ix_saved_dialogs_owner_id_pinned_rank")

    op.drop_table("saved_dialogs")
    with op.batch_alter_table("saved_contacts", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_contacts_phone")

    op.drop_table("saved_contacts")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index("ix_reports_peer_key")
        batch_op.drop_index("ix_reports_date")

    op.drop_table("reports")
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.drop_index("ix_reactions_reactor_key_chat_key")
        batch_op.drop_index("ix_reactions_content_id_reaction_date")
        batch_op.drop_index("ix_reactions_content_id_date")

    op.drop_table("reactions")
    with op.batch_alter_table("reaction_uses", schema=None) as batch_op:
        batch_op.drop_index("ix_reaction_uses_owner_id_uses")
        batch_op.drop_index("ix_reaction_uses_owner_id_last_used")

    op.drop_table("reaction_uses")
    op.drop_table("reaction_removals")
    op.drop_table("quick_reply_states")
    with op.batch_alter_table("quick_reply_messages", schema=None) as batch_op:
        batch_op.drop_index("uq_quick_reply_messages_owner_id_random_id")
        batch_op.drop_index("ix_quick_reply_messages_owner_id_shortcut_id")

    op.drop_table("quick_reply_messages")
    with op.batch_alter_table("quick_replies", schema=None) as batch_op:
        batch_op.drop_index("uq_quick_replies_owner_id_shortcut")

    op.drop_table("quick_replies")
    with op.batch_alter_table("push_devices", schema=None) as batch_op:
        batch_op.drop_index("ix_push_devices_user_id")

    op.drop_table("push_devices")
    op.drop_table("privacy_rules")
    with op.batch_alter_table("post_terms", schema=None) as batch_op:
        batch_op.drop_index("ix_post_terms_owner_id_message_id")

    op.drop_table("post_terms")
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.drop_index("ix_polls_close_date")

    op.drop_table("polls")
    with op.batch_alter_table("poll_votes", schema=None) as batch_op:
        batch_op.drop_index("ix_poll_votes_poll_id_position_date")
        batch_op.drop_index("ix_poll_votes_poll_id_date")

    op.drop_table("poll_votes")
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.drop_index("ix_photos_owner_id")

    op.drop_table("photos")
    op.drop_table("peer_options")
    op.drop_table("passwords")
    with op.batch_alter_table("outbox_reads", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_reads_date")

    op.drop_table("outbox_reads")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_owner_id_id")
        batch_op.drop_index("ix_outbox_date")

    op.drop_table("outbox")
    op.drop_table("notify_settings")
    with op.batch_alter_table("message_terms", schema=None) as batch_op:
        batch_op.drop_index("ix_message_terms_owner_id_peer_key_term")
        batch_op.drop_index("ix_message_terms_owner_id_message_id_term")

    op.drop_table("message_terms")
    with op.batch_alter_table("message_tags", schema=None) as batch_op:
        batch_op.drop_index("ix_message_tags_owner_id_tag_message_id")
        batch_op.drop_index("ix_message_tags_owner_id_message_id")

    op.drop_table("message_tags")
    op.drop_table("message_tag_counts")
    op.drop_table("message_counters")
    with op.batch_alter_table("member_names", schema=None) as batch_op:
        batch_op.drop_index("ix_member_names_user_id_peer_key_term")

    op.drop_table("member_names")
    op.drop_table("login_emails")
    op.drop_table("login_codes")
    with op.batch_alter_table("kept_documents", schema=None) as batch_op:
        batch_op.drop_index("ix_kept_documents_owner_id_list_rank")

    op.drop_table("kept_documents")
    with op.batch_alter_table("installed_sets", schema=None) as batch_op:
        batch_op.drop_index("ix_installed_sets_owner_id_kind_archived_rank")

    op.drop_table("installed_sets")
    with op.batch_alter_table("inbox_reads", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_reads_date")

    op.drop_table("inbox_reads")
    with op.batch_alter_table("future_auth_tokens", schema=None) as batch_op:
        batch_op.drop_index("ix_future_auth_tokens_user_id")
        batch_op.drop_index("ix_future_auth_tokens_expires_at")

    op.drop_table("future_auth_tokens")
    with op.batch_alter_table("forum_topics", schema=None) as batch_op:
        batch_op.drop_index("ix_forum_topics_order")

    op.drop_table("forum_topics")
    with op.batch_alter_table("featured_sets", schema=None) as batch_op:
        batch_op.drop_index("ix_featured_sets_rank")

    op.drop_table("featured_sets")
    op.drop_table("featured_reads")
    with op.batch_alter_table("expirations", schema=None) as batch_op:
        batch_op.drop_index("ix_expirations_expires_at")

    op.drop_table("expirations")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_date")

    op.drop_table("events")
    with op.batch_alter_table("encrypted_files", schema=None) as batch_op:
        batch_op.drop_index("ix_encrypted_files_owner_id")

    op.drop_table("encrypted_files")
    op.drop_table("emoji_languages")
    with op.batch_alter_table("emoji_keywords", schema=None) as batch_op:
        batch_op.drop_index("ix_emoji_keywords_lang_code_version")

    op.drop_table("emoji_keywords")
    op.drop_table("email_codes")
    op.drop_table("drafts")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index("ix_documents_owner_id_sha256")

    op.drop_table("documents")
    with op.batch_alter_table("dialogs", schema=None) as batch_op:
        batch_op.drop_index("ix_dialogs_pinned")
        batch_op.drop_index("ix_dialogs_order")

    op.drop_table("dialogs")
    op.drop_table("dialog_filters")
    op.drop_table("contents")
    op.drop_table("content_reactions")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index("ix_contacts_contact_id")

    op.drop_table("contacts")
    op.drop_table("chats")
    op.drop_table("chatlist_joins")
    with op.batch_alter_table("chatlist_invites", schema=None) as batch_op:
        batch_op.drop_index("ix_chatlist_invites_owner_id_filter_id_date")

    op.drop_table("chatlist_invites")
    op.drop_table("chat_reactions")
    with op.batch_alter_table("chat_members", schema=None) as batch_op:
        batch_op.drop_index("ix_chat_members_user_id_status_peer_key")
        batch_op.drop_index("ix_chat_members_peer_key_status_date_user_id")
        batch_op.drop_index("ix_chat_members_peer_key_bot")
        batch_op.drop_index("ix_chat_members_peer_key_banned_rights")

    op.drop_table("chat_members")
    with op.batch_alter_table("chat_joins", schema=None) as batch_op:
        batch_op.drop_index("ix_chat_joins_peer_key_requested_date_user_id")
        batch_op.drop_index("ix_chat_joins_hash_requested_date_user_id")

    op.drop_table("chat_joins")
    with op.batch_alter_table("chat_invites", schema=None) as batch_op:
        batch_op.drop_index("ix_chat_invites_peer_key_admin_id_revoked_date")

    op.drop_table("chat_invites")
    op.drop_table("channel_settings")
    op.drop_table("channel_reads")
    op.drop_table("channel_pages")
    with op.batch_alter_table("channel_mentions", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_mentions_peer_key_message_id")
        batch_op.drop_index("ix_channel_mentions_owner_id_peer_key_unread")

    op.drop_table("channel_mentions")
    with op.batch_alter_table("channel_marks", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_marks_peer_key_message_id")

    op.drop_table("channel_marks")
    op.drop_table("catalog")
    with op.batch_alter_table("boxes", schema=None) as batch_op:
        batch_op.drop_index("uq_boxes_owner_id_content_id")
        batch_op.drop_index("ix_boxes_owner_id_sender_id_peer_key")
        batch_op.drop_index("ix_boxes_owner_id_pts")
        batch_op.drop_index("ix_boxes_owner_id_peer_key_message_id")

    op.drop_table("boxes")
    op.drop_table("box_states")
    with op.batch_alter_table("blocked_peers", schema=None) as batch_op:
        batch_op.drop_index("ix_blocked_peers_owner_id_date")

    op.drop_table("blocked_peers")
    with op.batch_alter_table("bans", schema=None) as batch_op:
        batch_op.drop_index("ix_bans_until")
        batch_op.drop_index("ix_bans_phone")

    op.drop_table("bans")
    with op.batch_alter_table("authorizations", schema=None) as batch_op:
        batch_op.drop_index("ix_authorizations_user_id_hash")
        batch_op.drop_index("ix_authorizations_exported_from")
        batch_op.drop_index("ix_authorizations_auth_key_id")

    op.drop_table("authorizations")
    op.drop_table("auth_keys")
    op.drop_table("attached_stickers")
    with op.batch_alter_table("admin_log", schema=None) as batch_op:
        batch_op.drop_index("ix_admin_log_date")

    op.drop_table("admin_log")
    op.drop_table("account_settings")
    op.drop_table("account_deletions")
