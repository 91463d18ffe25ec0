"""By which column each table is cut when one database is not enough (docs/scale.md).

Everything of an account lives where the account lives, so that a call's transaction stays within one shard; what
crosses accounts goes through the outbox. A table follows the first column of its primary key where that names an
account or a box.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layers.schema import metadata

_OWNERS: Final = {
    "owner_id": "leads the primary key: the box",
    "user_id": "leads the primary key: the account",
    "peer_key": "leads the primary key: the group or channel, an owner like an account",
}
"""Columns that name whom a row belongs to, where they lead the primary key."""

_BY_HAND: Final = {
    "auth_keys": ("auth_key_id", "a node asks by key before it knows the account; found by hash, no account data"),
    "users": ("id", "the account itself"),
    "usernames": ("username", "one namespace of all accounts: a lookup table of its own, read through a cache"),
    "login_codes": ("phone", "before there is an account"),
    "contents": ("content_id", "the id carries its time; stands with the sender's shard until others read it"),
    "photos": ("owner_id", "with who uploaded it"),
    "documents": ("owner_id", "with who uploaded it"),
    "attached_stickers": ("media_id", "with their photo or document"),
    "encrypted_files": ("owner_id", "with who uploaded it"),
    "outbox": ("owner_id", "with the box it is for; its rows are the one write of a send to another shard"),
    "future_auth_tokens": ("digest", "before it is known whose it is"),
    "push_devices": ("auth_key_id", "with the key: a device belongs to its key"),
    "catalog": ("name", "the operator's, the same everywhere: a copy in each shard"),
    "emoji_languages": ("lang_code", "the operator's, the same everywhere: a copy in each shard"),
    "emoji_keywords": ("lang_code", "with their language"),
    "featured_sets": ("short_name_key", "the operator's, the same everywhere: a copy in each shard"),
    "chatlist_invites": ("owner_id", "with the account whose folder it is; found by slug through a lookup table"),
    "chat_invites": ("peer_key", "with its group; found by hash through a lookup table"),
    "content_reactions": ("content_id", "with the content"),
    "reaction_removals": ("chat_key", "with its group"),
    "reactions": ("content_id", "with the content"),
    "post_terms": ("term", "an index over all channels, by word: written beside the post, read by searches over all"),
    "polls": ("place_key", "with the chat it was sent to"),
    "poll_votes": ("poll_id", "with its poll"),
    "sticker_sets": ("set_id", "read by everybody, changed by few: a copy in each shard"),
    "stickers": ("set_id", "with their set"),
    "sticker_emoji": ("set_id", "with their set"),
    "sticker_words": ("set_id", "with their set"),
    "web_pages": ("page_id", "a cache of pages, shared by all"),
    "web_page_waits": ("page_id", "with its page"),
    "reports": ("reporter_id", "with who reports"),
}
"""Tables whose key is not the account that leads their primary key."""


def sharding_keys() -> Iterator[tuple[str, str, str]]:
    """Table, column, reason; by name.

    Raises:
        ValueError: a table has no key: lead its primary key with the owner, or say by hand what it is.
    """
    for table in sorted(metadata.sorted_tables, key=lambda each: each.name):
        first = next(iter(table.primary_key.columns)).name
        if table.name in _BY_HAND:
            column, why = _BY_HAND[table.name]
            if column not in table.columns:
                raise ValueError(f"{table.name} has no column {column}")
            yield table.name, column, why
        elif first in _OWNERS:
            yield table.name, first, _OWNERS[first]
        else:
            raise ValueError(
                f"table {table.name}: {first} is no owner; name its sharding key in layers.schema.sharding"
            )
