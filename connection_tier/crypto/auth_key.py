"""The authorization key, with what each message needs of it cut out once.

Specification: https://core.telegram.org/mtproto/description#authorization-key
"""

from hashlib import sha1, sha256
from hmac import compare_digest
from typing import Final

AUTH_KEY_BYTES: Final = 256


class Direction:
    """The slices of an auth key for messages of one direction: ``x`` is 0 from client to server, 8 back."""

    __slots__ = ("aes_a", "aes_b", "msg_key_hash")

    def __init__(self, key: bytes, x: int) -> None:
        self.aes_a = key[x : x + 36]
        self.aes_b = key[x + 40 : x + 76]
        # A started hash is copied for each message: cheaper than hashing the slice again, and it spares joining
        # the slice with the plaintext.
        self.msg_key_hash = sha256(key[x + 88 : x + 120])


class AuthKey:
    """A 2048-bit authorization key.

    Attributes:
        key: the 256 bytes, with leading zeros.
        id: the key's id as a TL long: the low 64 bits of its SHA-1, signed.
        id_bytes: the same as the eight bytes which open every message.
        aux_hash: the high 64 bits of its SHA-1, eight bytes.
        from_client, from_server: slices for each direction.
    """

    __slots__ = ("aux_hash", "from_client", "from_server", "id", "id_bytes", "key")

    def __init__(self, key: bytes) -> None:
        if len(key) != AUTH_KEY_BYTES:
            raise ValueError(f"an auth key is {AUTH_KEY_BYTES} bytes")
        self.key = key
        digest = sha1(key, usedforsecurity=False).digest()
        self.aux_hash = digest[:8]
        self.id_bytes = digest[12:]
        self.id = int.from_bytes(self.id_bytes, "little", signed=True)
        self.from_client = Direction(key, 0)
        self.from_server = Direction(key, 8)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AuthKey) and compare_digest(self.key, other.key)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<AuthKey id={self.id}>"

    def new_nonce_hash(self, new_nonce: bytes, number: int) -> bytes:
        """Return ``new_nonce_hash1``, ``2`` or ``3`` of the key exchange, 16 bytes."""
        return sha1(new_nonce + bytes((number,)) + self.aux_hash, usedforsecurity=False).digest()[4:]
