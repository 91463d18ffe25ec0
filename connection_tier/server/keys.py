"""The node's authorization keys: a bounded cache before the store of record.

https://core.telegram.org/mtproto/auth_key. A key that this node merely has not loaded is looked up before anyone says
-404 (checklist 14), and when the store does not answer the connection is closed without it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from connection_tier.crypto.auth_key import AuthKey
from connection_tier.session import INITIAL_SALT_LIFETIME_S, ServerSalts
from layers.context import Services
from layers.domain import auth_keys
from layers.domain.auth_keys import AuthKeyRecord

_CAPACITY: Final = 100_000

InThread = Callable[..., Awaitable[Any]]


@dataclass(slots=True)
class KeyEntry:
    """One key in use on this node. ``record`` is replaced when its account state changes.

    ``changes`` counts the changes the node heard of, ``seen`` those that ``record`` has in it.
    """

    auth_key: AuthKey
    salts: ServerSalts
    record: AuthKeyRecord
    changes: int = 0
    seen: int = 0

    @property
    def is_stale(self) -> bool:
        """The account state changed: it must be read again before the next request."""
        return self.changes != self.seen


class KeyStore:
    """Loads, keeps and refreshes keys. Store access runs in threads through ``in_thread``.

    Keys that strangers name are looked up through ``in_lookup_thread``: whoever guesses keys keeps these threads busy
    and not those that clients with a key need.
    """

    def __init__(self, services: Services, in_thread: InThread, in_lookup_thread: InThread | None = None) -> None:
        self._services = services
        self._in_thread = in_thread
        self._in_lookup_thread = in_lookup_thread or in_thread
        self._entries: OrderedDict[int, KeyEntry] = OrderedDict()
        self._loading: dict[int, asyncio.Task[KeyEntry | None]] = {}

    def at_hand(self, auth_key_id: int) -> KeyEntry | None:
        """The key if it is in memory and alive."""
        entry = self._entries.get(auth_key_id)
        if entry is None:
            return None
        expires_at = entry.record.expires_at
        if expires_at is not None and expires_at <= self._services.clock():
            del self._entries[auth_key_id]
            return None
        return entry

    async def get(self, auth_key_id: int) -> KeyEntry | None:
        """The key from memory or the store; None when the store of record denies it.

        Raises:
            CacheUnavailable, sqlalchemy.exc.DBAPIError: the store does not answer.
        """
        entry = self.at_hand(auth_key_id)
        if entry is not None:
            return entry
        task = self._loading.get(auth_key_id)
        if task is None:
            task = self._loading[auth_key_id] = asyncio.create_task(self._load(auth_key_id))
            task.add_done_callback(lambda _: self._loading.pop(auth_key_id, None))
        return await asyncio.shield(task)

    async def _load(self, auth_key_id: int) -> KeyEntry | None:
        record = await self._in_lookup_thread(auth_keys.load, self._services, auth_key_id)
        return None if record is None else self._keep(record)

    def _keep(self, record: AuthKeyRecord) -> KeyEntry:
        salts = ServerSalts(
            self._services.keys.salts,
            record.auth_key_id,
            initial_salt=record.initial_salt,
            initial_valid_until=self._services.clock() + INITIAL_SALT_LIFETIME_S,
        )
        entry = self._entries[record.auth_key_id] = KeyEntry(AuthKey(record.auth_key), salts, record)
        while len(self._entries) > _CAPACITY:
            self._entries.popitem(last=False)
        return entry

    async def store(self, auth_key: AuthKey, initial_salt: int, expires_at: int | None) -> bool:
        """Store a key that an exchange just made; False when its id is taken."""
        new = self._services, auth_key.id, auth_key.key, initial_salt
        if expires_at is None:
            stored = await self._in_thread(auth_keys.save_permanent, *new)
        else:
            stored = await self._in_thread(auth_keys.save_temporary, *new, expires_at)
        if not stored:
            return False
        self._keep(AuthKeyRecord(auth_key.id, auth_key.key, initial_salt, expires_at=expires_at))
        return True

    async def refresh(self, entry: KeyEntry) -> bool:
        """Read the key's account state again; False when the key is gone."""
        change = entry.changes
        record = await self._in_thread(auth_keys.load, self._services, entry.auth_key.id)
        if record is None:
            self._entries.pop(entry.auth_key.id, None)
            return False
        # Of two that read at once the later change wins; until one has read it, the entry stays stale.
        if change >= entry.seen:
            entry.record, entry.seen = record, change
        return True

    def doubt_all(self) -> None:
        """Changes may have gone unheard: every key's account state is read again before its next request."""
        for entry in self._entries.values():
            entry.changes += 1

    def affected(self, auth_key_id: int) -> list[KeyEntry]:
        """The key itself and the temporary keys bound to it, as far as this node holds them."""
        own = self._entries.get(auth_key_id)
        bound = [entry for entry in self._entries.values() if entry.record.perm_auth_key_id == auth_key_id]
        return bound if own is None else [own, *bound]

    async def save_client_info(self, entry: KeyEntry, info: dict[str, Any]) -> None:
        """Keep what initConnection said, in memory at once and in the store when it changed."""
        entry.record = replace(entry.record, **info)
        if not entry.record.is_unbound:
            await self._in_thread(
                lambda: auth_keys.save_client_info(self._services, entry.record.account_key_id, **info)
            )

    async def destroy(self, entry: KeyEntry) -> bool:
        """Destroy the key for good (destroy_auth_key)."""
        self._entries.pop(entry.auth_key.id, None)
        return bool(await self._in_thread(auth_keys.destroy, self._services, entry.auth_key.id))
