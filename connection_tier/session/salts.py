"""Server salts: https://core.telegram.org/mtproto/description#server-salt.

A salt is a keyed hash of (auth_key_id, epoch), so that every node agrees and none is stored. An epoch lasts 30 minutes
and its salt stays good for a further 1800 s. Epochs of different keys begin at different moments, so that a node's
clients do not all change their salt in the same second.
"""

from collections.abc import Iterator
from hashlib import sha256
from hmac import digest
from struct import Struct
from typing import Final

EPOCH_S: Final = 1800
"""How long a salt is the current one, and how long it stays valid after that."""

EARLY_S: Final = 60
"""How early the next salt is accepted: clients switch to a future salt by their own clock."""

INITIAL_SALT_LIFETIME_S: Final = 2 * EPOCH_S
"""How long the salt of the key exchange stays valid after it."""

MAX_FUTURE_SALTS: Final = 64

_SALT: Final = Struct("<q")
_KEY_EPOCH: Final = Struct("<qq")


class ServerSalts:
    """The salts of one authorization key; a salt is a signed 64-bit integer.

    Args:
        secret: the node fleet's shared secret for salts.
        auth_key_id: signed 64-bit id of the key in use (the temporary one under PFS).
        initial_salt: new_nonce[0:8] XOR server_nonce[0:8] of the key exchange, if it is recent.
        initial_valid_until: unix time at which `initial_salt` ends.
    """

    __slots__ = (
        "_accepted",
        "_auth_key_id",
        "_current",
        "_initial_salt",
        "_initial_until",
        "_phase",
        "_secret",
        "_until",
    )

    def __init__(
        self, secret: bytes, auth_key_id: int, *, initial_salt: int | None = None, initial_valid_until: float = 0.0
    ) -> None:
        self._secret = secret
        self._auth_key_id = auth_key_id
        self._phase = auth_key_id % EPOCH_S
        self._initial_salt = initial_salt
        self._initial_until = initial_valid_until
        self._current = 0
        self._accepted: tuple[int, ...] = ()
        self._until = 0.0

    def current(self, now: float) -> int:
        """Return the salt of the epoch that contains `now`."""
        if now >= self._until or now < self._until - EPOCH_S:
            self._turn(now)
        return self._current

    def is_valid(self, salt: int, now: float) -> bool:
        """Tell whether a client may use `salt` at `now`."""
        if salt == self.current(now) or salt in self._accepted:
            return True
        if salt == self._initial_salt and now < self._initial_until:
            return True
        return now >= self._until - EARLY_S and salt == self._derive(self._epoch(now) + 1)

    def future(self, count: int, now: float) -> Iterator[tuple[int, int, int]]:
        """Yield (valid_since, valid_until, salt) of the current and the following epochs; `count` is cut to 1..64."""
        first = self._epoch(now)
        for epoch in range(first, first + max(1, min(count, MAX_FUTURE_SALTS))):
            valid_since = epoch * EPOCH_S - self._phase
            yield valid_since, valid_since + 2 * EPOCH_S, self._derive(epoch)

    def _epoch(self, now: float) -> int:
        return (int(now) + self._phase) // EPOCH_S

    def _turn(self, now: float) -> None:
        epoch = self._epoch(now)
        self._current = self._derive(epoch)
        self._accepted = (self._derive(epoch - 1),)
        self._until = float((epoch + 1) * EPOCH_S - self._phase)

    def _derive(self, epoch: int) -> int:
        salt: int = _SALT.unpack_from(digest(self._secret, _KEY_EPOCH.pack(self._auth_key_id, epoch), sha256))[0]
        return salt
