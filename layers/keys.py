"""Everything that is derived from the deployment's master key.

Access hashes, file references and server salts are keyed hashes of (purpose, viewer, target, epoch): every node
computes the same value and nothing is stored. Authorization keys are encrypted at rest with AES-256-GCM, bound to
their id.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
import struct
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from layers.errors import ConfigurationError

MASTER_KEY_BYTES: Final = 32

_NONCE_BYTES: Final = 12
_FILE_REFERENCE_MAC_BYTES: Final = 12
FILE_REFERENCE_LIFE_S: Final = 24 * 3600
"""A file reference stays valid this long; clients fetch the origin again for a new one."""


class Keys:
    """Purpose keys derived from one master key (HMAC-SHA256 of the purpose's name)."""

    def __init__(self, master: bytes) -> None:
        if len(master) != MASTER_KEY_BYTES:
            raise ConfigurationError(f"the master key must be {MASTER_KEY_BYTES} bytes, not {len(master)}")
        self._master = master
        self._access = self._derive("access_hash")
        self._reference = self._derive("file_reference")
        self._codes = self._derive("login_code")
        self._tokens = self._derive("token")
        self.salts = self._derive("server_salt")
        self._at_rest = AESGCM(self._derive("at_rest"))

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(self._master, b"cirrusgram/" + purpose.encode(), "sha256")

    def access_hash(self, kind: str, viewer_id: int, target_id: int) -> int:
        """The signed 64-bit ``access_hash`` under which ``viewer_id`` may name the object; never 0.

        ``kind`` is 'user', 'photo', 'document' …; objects of different kinds never share a hash.
        """
        digest = hmac.digest(self._access, b"%b|%d|%d" % (kind.encode(), viewer_id, target_id), "sha256")
        (value,) = struct.unpack_from("<q", digest)
        return int(value) or 1

    def is_access_hash(self, kind: str, viewer_id: int, target_id: int, given: int) -> bool:
        """Whether ``given`` is that `access_hash`; takes the same time for every wrong one."""
        expected = self.access_hash(kind, viewer_id, target_id)
        return hmac.compare_digest(struct.pack("<q", expected), struct.pack("<q", given))

    def file_reference(self, viewer_id: int, file_id: int, now: int) -> bytes:
        """Opaque ``file_reference`` bytes: bound to the viewer and the file, valid `FILE_REFERENCE_LIFE_S`.

        Files in a channel have the channel's key, a negative number, as their viewer; the reference then names it.
        """
        expires = now + FILE_REFERENCE_LIFE_S
        # Rounded, so that two answers within an hour carry the same bytes and clients' caches agree.
        expires -= expires % 3600
        place = struct.pack("<q", viewer_id) if viewer_id < 0 else b""
        return struct.pack("<I", expires) + self._reference_mac(viewer_id, file_id, expires) + place

    @staticmethod
    def channel_of_reference(reference: bytes) -> int | None:
        """The key of the channel that a ``file_reference`` was given out in; None for one of a user's own."""
        if len(reference) != 12 + _FILE_REFERENCE_MAC_BYTES:
            return None
        (key,) = struct.unpack_from("<q", reference, 4 + _FILE_REFERENCE_MAC_BYTES)
        return int(key) if key < 0 else None

    def check_file_reference(self, viewer_id: int, file_id: int, reference: bytes, now: int) -> str | None:
        """None when good, else the error's name (FILE_REFERENCE_EMPTY, _INVALID or _EXPIRED)."""
        if not reference:
            return "FILE_REFERENCE_EMPTY"
        if len(reference) != 4 + _FILE_REFERENCE_MAC_BYTES + (8 if viewer_id < 0 else 0):
            return "FILE_REFERENCE_INVALID"
        (expires,) = struct.unpack_from("<I", reference)
        mac = reference[4 : 4 + _FILE_REFERENCE_MAC_BYTES]
        if not hmac.compare_digest(self._reference_mac(viewer_id, file_id, expires), mac):
            return "FILE_REFERENCE_INVALID"
        return "FILE_REFERENCE_EXPIRED" if expires < now else None

    def _reference_mac(self, viewer_id: int, file_id: int, expires: int) -> bytes:
        text = b"%d|%d|%d" % (viewer_id, file_id, expires)
        return hmac.digest(self._reference, text, "sha256")[:_FILE_REFERENCE_MAC_BYTES]

    def code_digest(self, phone_code_hash: str, code: str) -> bytes:
        """What is stored of a login code: useless without the master key, even for five digits."""
        return hmac.digest(self._codes, f"{phone_code_hash}|{code}".encode(), "sha256")

    def token_mac(self, purpose: str, payload: bytes) -> bytes:
        """A 16-byte MAC for tokens handed to clients (login tokens, exported authorizations)."""
        return hmac.digest(self._tokens, purpose.encode() + b"|" + payload, "sha256")[:16]

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        """Encrypt for storage; ``bound_to`` (the row's id) must be given again to `unseal`."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._at_rest.encrypt(nonce, plaintext, bound_to)

    def unseal(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Decrypt what `seal` returned; `ConfigurationError` when the master key is another one."""
        try:
            return self._at_rest.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        except InvalidTag as error:
            raise ConfigurationError(
                "stored keys cannot be decrypted: the master key is not the one this database was written with"
            ) from error


def load_or_create_master_key(path: Path) -> bytes:
    """Read the master key file (base64, one line), making it with mode 0600 when it does not exist."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        master = secrets.token_bytes(MASTER_KEY_BYTES)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(master) + b"\n")
        return master
    except OSError as error:
        raise ConfigurationError(f"cannot read the master key {path}: {error.strerror}") from error
    return parse_master_key(text.decode("ascii", "replace"), origin=str(path))


def parse_master_key(text: str, *, origin: str) -> bytes:
    """Decode a base64 master key from a file or the environment."""
    try:
        master = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise ConfigurationError(f"{origin} does not hold a base64 master key") from error
    if len(master) != MASTER_KEY_BYTES:
        raise ConfigurationError(f"{origin} must hold {MASTER_KEY_BYTES} bytes in base64, not {len(master)}")
    return master
