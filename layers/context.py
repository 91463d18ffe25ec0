"""What a function is given: who calls, the unit of work, and the services of the deployment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from layers.agenda import Agenda
from layers.blobs import Blobs
from layers.bus import Bus
from layers.cache import Cache
from layers.clock import Clock
from layers.config import Settings
from layers.database import Database, Transaction
from layers.errors import RpcError
from layers.keys import Keys


@dataclass(frozen=True, slots=True)
class Caller:
    """The session a request came from.

    ``auth_key_id`` is the permanent key's id, also when the request came under a temporary key
    (``temp_auth_key_id``): all account state hangs on the permanent key. ``layer`` is the API layer the answer is
    encoded in; the client fields are those of initConnection.
    """

    auth_key_id: int
    session_id: int
    msg_id: int
    layer: int
    ip: str
    user_id: int | None = None
    is_bot: bool = False
    temp_auth_key_id: int | None = None
    api_id: int = 0
    device_model: str = ""
    system_version: str = ""
    app_version: str = ""
    system_lang_code: str = ""
    lang_pack: str = ""
    lang_code: str = ""

    @property
    def who(self) -> str:
        """Whom the request is counted to where clients take turns: a user, or before sign-in an address."""
        return f"ip {self.ip}" if self.user_id is None else f"user {self.user_id}"


@dataclass(frozen=True, slots=True)
class Services:
    """The adapters of one process, made at its start."""

    settings: Settings
    database: Database
    cache: Cache
    bus: Bus
    blobs: Blobs
    keys: Keys
    clock: Clock
    random: Callable[[int], bytes]
    agenda: Agenda = field(default_factory=Agenda)


@dataclass(slots=True)
class Context:
    """One call's context. ``db`` is the call's unit of work: it commits when the function returns, as one.

    ``now`` is the time of the call in whole unix seconds; a function never asks for another.
    """

    services: Services
    db: Transaction
    now: int
    caller: Caller | None = None
    prepared: Mapping[int, Mapping[str, Any]] = field(default_factory=dict, init=False)
    """Rows by their id that the function's ``prepare`` step made before the transaction began."""
    auth_changed: bool = field(default=False, init=False)
    """Set when sign-in state of the caller's key changed: the tier then reads the key's record again."""

    @property
    def user_id(self) -> int:
        """The signed-in user, or 401 AUTH_KEY_UNREGISTERED."""
        if self.caller is None or self.caller.user_id is None:
            raise RpcError(401, "AUTH_KEY_UNREGISTERED")
        return self.caller.user_id

    @property
    def origin(self) -> Caller:
        """The calling session, for functions that only clients call."""
        if self.caller is None:
            raise RuntimeError("this function was called by the system, not by a client")
        return self.caller

    @property
    def cache(self) -> Cache:
        """The deployment's cache."""
        return self.services.cache

    @property
    def bus(self) -> Bus:
        """The deployment's bus."""
        return self.services.bus

    @property
    def blobs(self) -> Blobs:
        """The deployment's blob storage."""
        return self.services.blobs

    @property
    def keys(self) -> Keys:
        """Derived hashes and tokens."""
        return self.services.keys

    @property
    def settings(self) -> Settings:
        """The deployment's settings."""
        return self.services.settings

    def random_long(self) -> int:
        """A random signed 64-bit integer, never 0."""
        return int.from_bytes(self.services.random(8), "little", signed=True) or 1

    def random_id(self) -> int:
        """A positive 63-bit id that rises with time: 41 bits of milliseconds, 22 of randomness."""
        milliseconds = int(self.services.clock() * 1000) - _ID_EPOCH_MS
        return milliseconds << 22 | int.from_bytes(self.services.random(3), "little") >> 2

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run once the call's work is committed; never when it fails."""
        self.db.after_commit(action)


_ID_EPOCH_MS = 1_735_689_600_000  # 2025-01-01
