"""Authorization keys, users and what belongs to an account."""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import DIGEST, big, flag, integer, table, text, tl

auth_keys = table(
    "auth_keys",
    big("auth_key_id", primary_key=True, autoincrement=False),
    sa.Column("sealed_key", sa.LargeBinary(512), nullable=False),
    big("initial_salt"),
    integer("created_at"),
    big("user_id", nullable=True),
    integer("layer", nullable=True),
    integer("api_id", nullable=True),
    text("device_model", 256, default=""),
    text("system_version", 256, default=""),
    text("app_version", 256, default=""),
    text("system_lang_code", 64, default=""),
    text("lang_pack", 64, default=""),
    text("lang_code", 64, default=""),
)
"""Permanent authorization keys, encrypted; temporary ones live in the cache until they expire.

``user_id`` is the account signed in with the key; the client's data come with initConnection.
"""

authorizations = table(
    "authorizations",
    big("user_id", primary_key=True, autoincrement=False),
    big("auth_key_id", primary_key=True, autoincrement=False),
    big("hash"),
    integer("date_created"),
    integer("date_active"),
    text("ip", 64, default=""),
    text("country", 64, default=""),
    text("region", 128, default=""),
    flag("password_pending"),
    flag("encrypted_requests_disabled"),
    flag("call_requests_disabled"),
    flag("unconfirmed"),
    integer("device_lock_period", default=0),
    big("exported_from", nullable=True),
    sa.Index("ix_authorizations_auth_key_id", "auth_key_id"),
    sa.Index("ix_authorizations_exported_from", "exported_from"),
    sa.Index("ix_authorizations_user_id_hash", "user_id", "hash"),
)
"""Signed-in devices of a user; ``hash`` names one in account.getAuthorizations.

``password_pending``: the key proved the phone but not yet the password, and is not signed in. ``unconfirmed``: the user
has not yet said on an older device that this one is his. ``exported_from``: the key of the
same device from which the login was copied for another data centre; such a row is not listed and ends with that key's.
"""

users = table(
    "users",
    big("id", primary_key=True, autoincrement=True),
    text("phone", 32, nullable=True),
    text("first_name", 64, default=""),
    text("last_name", 64, default=""),
    text("username", 32, nullable=True),
    text("about", 140, default=""),
    text("lang_code", 64, default=""),
    big("photo_id", nullable=True),
    big("fallback_photo_id", nullable=True),
    integer("created_at"),
    integer("last_seen", default=0),
    integer("online_until", default=0),
    integer("account_ttl_days", default=365),
    integer("authorization_ttl_days", default=180),
    integer("birthday", nullable=True),
    flag("bot"),
    flag("deleted"),
    flag("verified"),
    flag("sensitive_enabled"),
    flag("top_peers_disabled"),
    flag("contact_signup_silent"),
    sa.UniqueConstraint("phone"),
    sqlite_autoincrement=True,
)

usernames = table(
    "usernames",
    text("username", 32, primary_key=True),
    big("peer_key"),
    sa.Index("ix_usernames_peer_key", "peer_key"),
)
"""Lower-case public names of users and channels: one namespace, unique by the primary key."""

login_codes = table(
    "login_codes",
    text("phone", 32, primary_key=True),
    text("phone_code_hash", 64),
    sa.Column("code_digest", sa.LargeBinary(32), nullable=False),
    sa.Column("sealed_code", sa.LargeBinary(128), nullable=True),
    big("auth_key_id"),
    integer("sent_at"),
    integer("expires_at"),
    integer("attempts", default=0),
    integer("resends", default=0),
    flag("verified"),
)
"""Pending codes, one a phone number. ``sealed_code`` is there only when the operator reads codes from this machine."""

privacy_rules = table(
    "privacy_rules",
    big("user_id", primary_key=True, autoincrement=False),
    text("key", 48, primary_key=True),
    tl("rules"),
)
"""``rules``: a TL privacyRules-like vector in the canonical layer, kept for each key that differs from the default."""

bans = table(
    "bans",
    big("user_id", primary_key=True, autoincrement=False),
    text("phone", 32, nullable=True),
    text("reason", 200, default=""),
    integer("banned_at"),
    integer("until", nullable=True),
    sa.Index("ix_bans_phone", "phone"),
    sa.Index("ix_bans_until", "until"),
)
"""Accounts the operator has shut out, with the number they had; ``until``: when that ends by itself."""

user_photos = table(
    "user_photos",
    big("user_id", primary_key=True, autoincrement=False),
    big("photo_id", primary_key=True, autoincrement=False),
    integer("date"),
    big("rank"),
    sa.Index("ix_user_photos_user_id_rank", "user_id", "rank"),
)
"""Profile photos, the newest ``rank`` first."""

account_settings = table(
    "account_settings",
    big("user_id", primary_key=True, autoincrement=False),
    text("name", 40, primary_key=True),
    tl("value"),
)
"""What an account only keeps for its devices: one TL object a ``name``, see `layers.domain.account_settings`."""

passwords = table(
    "passwords",
    big("user_id", primary_key=True, autoincrement=False),
    big("version"),
    sa.Column("salt1", sa.LargeBinary(128), nullable=False),
    sa.Column("salt2", sa.LargeBinary(64), nullable=False),
    sa.Column("sealed_verifier", sa.LargeBinary(512), nullable=False),
    text("hint", 255, default=""),
    sa.Column("sealed_email", sa.LargeBinary(512), nullable=True),
    tl("secure_settings", nullable=True),
    integer("changed_at"),
    integer("reset_at", nullable=True),
    integer("reset_retry_at", nullable=True),
)
"""Two-step verification of the accounts that have it: the SRP verifier and the recovery address, both encrypted.

``version`` is random and changes with the password. ``reset_at``: when a requested reset may be carried out;
``reset_retry_at``: when another may be requested after one was declined.
"""

email_codes = table(
    "email_codes",
    big("user_id", primary_key=True, autoincrement=False),
    text("purpose", 16, primary_key=True),
    sa.Column("code_digest", sa.LargeBinary(32), nullable=False),
    sa.Column("sealed_address", sa.LargeBinary(512), nullable=False),
    sa.Column("sealed_settings", sa.LargeBinary(4096), nullable=True),
    integer("sent_at"),
    integer("expires_at"),
    integer("attempts", default=0),
)
"""Codes sent by e-mail, one for each purpose of an account; ``sealed_settings`` are what the code puts into effect."""

account_deletions = table(
    "account_deletions",
    big("user_id", primary_key=True, autoincrement=False),
    text("hash", 64),
    integer("requested_at"),
    integer("due_at"),
)
"""Accounts that somebody without the password wants deleted; ``hash`` names the request in the owner's notice."""

future_auth_tokens = table(
    "future_auth_tokens",
    sa.Column("digest", DIGEST, primary_key=True),
    big("user_id"),
    integer("expires_at"),
    sa.Index("ix_future_auth_tokens_user_id", "user_id"),
    sa.Index("ix_future_auth_tokens_expires_at", "expires_at"),
)
"""Tokens given to devices that signed out: they prove the phone at the next sign-in, once."""

login_emails = table(
    "login_emails",
    big("user_id", primary_key=True, autoincrement=False),
    sa.Column("sealed_address", sa.LargeBinary(512), nullable=False),
    integer("reset_at", nullable=True),
)
"""Addresses to which login codes go instead of the phone, encrypted. ``reset_at``: when the phone takes over again."""
