"""The client's half of MTProto 1.0: only the inner message of ``auth.bindTempAuthKey`` still uses it.

The server's half is in the function that answers the method (`layers.domain.mtproto_v1`).

Specification: https://core.telegram.org/mtproto/description_v1, https://core.telegram.org/method/auth.bindTempAuthKey
"""

from hashlib import sha1

from connection_tier.crypto.aes import BLOCK_BYTES, ige_encrypt
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.randomness import RandomBytes


def encrypt_v1(auth_key: AuthKey, plaintext: bytes, *, random: RandomBytes) -> bytes:
    """Encrypt a client's message (header and body, without padding)."""
    msg_key = _sha1(plaintext)[4:]
    key, iv = _aes_key_iv(auth_key.key, msg_key)
    padded = plaintext + random(-len(plaintext) % BLOCK_BYTES)
    return auth_key.id_bytes + msg_key + ige_encrypt(padded, key, iv)


def _sha1(data: bytes) -> bytes:
    return sha1(data, usedforsecurity=False).digest()


def _aes_key_iv(key: bytes, msg_key: bytes) -> tuple[bytes, bytes]:
    """Derive key and IV for a message from the client (x = 0)."""
    a = _sha1(msg_key + key[:32])
    b = _sha1(key[32:48] + msg_key + key[48:64])
    c = _sha1(key[64:96] + msg_key)
    d = _sha1(msg_key + key[96:128])
    return a[:8] + b[8:20] + c[4:16], a[8:20] + b[:8] + c[16:20] + d[:8]
