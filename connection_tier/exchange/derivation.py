"""Values both sides of the key exchange derive from its nonces.

Specification: https://core.telegram.org/mtproto/auth_key
"""

from hashlib import sha1
from hmac import compare_digest

from connection_tier.crypto.aes import BLOCK_BYTES, ige_decrypt, ige_encrypt
from connection_tier.crypto.randomness import RandomBytes

_HASH_BYTES = 20


def _sha1(data: bytes) -> bytes:
    return sha1(data, usedforsecurity=False).digest()


class TemporaryAes:
    """The AES key and IV under which the Diffie-Hellman values travel: ``tmp_aes_key`` and ``tmp_aes_iv``."""

    __slots__ = ("_iv", "_key")

    def __init__(self, new_nonce: bytes, server_nonce: bytes) -> None:
        server_hash = _sha1(server_nonce + new_nonce)
        self._key = _sha1(new_nonce + server_nonce) + server_hash[:12]
        self._iv = server_hash[12:] + _sha1(new_nonce + new_nonce) + new_nonce[:4]

    def seal(self, data: bytes, random: RandomBytes) -> bytes:
        """Encrypt ``SHA1(data) || data || 0 to 15 random bytes``."""
        with_hash = _sha1(data) + data
        return ige_encrypt(with_hash + random(-len(with_hash) % BLOCK_BYTES), self._key, self._iv)

    def open(self, encrypted: bytes) -> "Opened | None":
        """Decrypt what :meth:`seal` made; None when it is not a whole number of blocks."""
        if len(encrypted) % BLOCK_BYTES or len(encrypted) <= _HASH_BYTES:
            return None
        plain = ige_decrypt(encrypted, self._key, self._iv)
        return Opened(plain[:_HASH_BYTES], plain[_HASH_BYTES:])


class Opened:
    """Decrypted data with their padding. Only who parses them knows where they end, hence the hash comes after."""

    __slots__ = ("_digest", "data")

    def __init__(self, digest: bytes, data: bytes) -> None:
        self._digest = digest
        self.data = data

    def is_intact(self, end: int) -> bool:
        """Whether the hash is that of ``data[:end]``, and the padding behind it is shorter than a block."""
        return compare_digest(self._digest, _sha1(self.data[:end])) and len(self.data) - end < BLOCK_BYTES


def server_salt(new_nonce: bytes, server_nonce: bytes) -> int:
    """Return the first server salt of a new key, a signed TL long."""
    left = int.from_bytes(new_nonce[:8], "little", signed=True)
    return left ^ int.from_bytes(server_nonce[:8], "little", signed=True)


def retry_id(aux_hash: bytes) -> int:
    """Return an ``auth_key_aux_hash`` as the TL long a client repeats after ``dh_gen_retry``."""
    return int.from_bytes(aux_hash, "little", signed=True)


def natural(data: bytes) -> int:
    """Read a natural number: big-endian."""
    return int.from_bytes(data, "big")


def natural_bytes(value: int) -> bytes:
    """Write a natural number: big-endian, without leading zeros."""
    return value.to_bytes((value.bit_length() + 7) // 8, "big")
