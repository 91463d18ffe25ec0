"""How ``p_q_inner_data`` is padded for RSA: the current RSA_PAD, and the SHA-1 form most third-party clients still use.

Specification: https://core.telegram.org/mtproto/auth_key#41-rsa-pad-data-server-public-key-mentioned-above-is-implemented-as-follows
"""

from hashlib import sha1, sha256
from hmac import compare_digest
from typing import Final

from connection_tier.crypto.aes import ige_decrypt, ige_encrypt
from connection_tier.crypto.randomness import RandomBytes
from connection_tier.crypto.rsa import RSA_BYTES, RsaPublicKey

RSA_PAD_DATA_BYTES: Final = 192
RSA_PAD_MAX_DATA: Final = 144

_KEY_BYTES: Final = 32
_ZERO_IV: Final = bytes(32)
_SHA1_BYTES: Final = 20
LEGACY_DATA_BYTES: Final = RSA_BYTES - 1 - _SHA1_BYTES


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(len(left), "big")


def rsa_pad_encrypt(key: RsaPublicKey, data: bytes, *, random: RandomBytes) -> bytes:
    """Pad at most 144 bytes with RSA_PAD and encrypt them: 256 bytes."""
    if len(data) > RSA_PAD_MAX_DATA:
        raise ValueError(f"RSA_PAD takes at most {RSA_PAD_MAX_DATA} bytes")
    data_with_padding = data + random(RSA_PAD_DATA_BYTES - len(data))
    while True:
        temp_key = random(_KEY_BYTES)
        data_with_hash = data_with_padding[::-1] + sha256(temp_key + data_with_padding).digest()
        aes_encrypted = ige_encrypt(data_with_hash, temp_key, _ZERO_IV)
        block = _xor(temp_key, sha256(aes_encrypted).digest()) + aes_encrypted
        if int.from_bytes(block, "big") < key.n:
            return key.encrypt_raw(block)


def rsa_pad_open(block: bytes) -> bytes | None:
    """Undo RSA_PAD on a decrypted block: the data and their padding (192 bytes), None when the hash differs."""
    aes_encrypted = block[_KEY_BYTES:]
    temp_key = _xor(block[:_KEY_BYTES], sha256(aes_encrypted).digest())
    data_with_hash = ige_decrypt(aes_encrypted, temp_key, _ZERO_IV)
    data_with_padding = data_with_hash[:RSA_PAD_DATA_BYTES][::-1]
    expected = sha256(temp_key + data_with_padding).digest()
    return data_with_padding if compare_digest(data_with_hash[RSA_PAD_DATA_BYTES:], expected) else None


def legacy_encrypt(key: RsaPublicKey, data: bytes, *, random: RandomBytes) -> bytes:
    """Encrypt ``SHA1(data) || data || padding`` (255 bytes): 256 bytes."""
    if len(data) > LEGACY_DATA_BYTES:
        raise ValueError(f"the legacy padding takes at most {LEGACY_DATA_BYTES} bytes")
    digest = sha1(data, usedforsecurity=False).digest()
    return key.encrypt_raw(digest + data + random(LEGACY_DATA_BYTES - len(data)))


def legacy_open(block: bytes) -> tuple[bytes, bytes] | None:
    """Split a decrypted block into the SHA-1 and the data with their padding (235 bytes); None if it is no such block.

    The block is 255 bytes of fixed positions: a hash which starts with zero bytes keeps them. Only who parses the
    data knows where they end: compare the hash with :func:`legacy_hash_matches` then.
    """
    if block[0]:
        return None
    return block[1 : 1 + _SHA1_BYTES], block[1 + _SHA1_BYTES :]


def legacy_hash_matches(digest: bytes, data: bytes) -> bool:
    """Compare the hash :func:`legacy_open` found with that of the data without padding, in constant time."""
    return compare_digest(digest, sha1(data, usedforsecurity=False).digest())
