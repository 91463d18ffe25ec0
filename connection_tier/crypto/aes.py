"""AES-256 in the two modes MTProto uses: IGE for messages, CTR for transport obfuscation.

Specification: https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
"""

import cryptg
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

BLOCK_BYTES = 16


def ige_encrypt(data: bytes, key: bytes, iv: bytes) -> bytes:
    """Encrypt whole blocks. ``key`` and ``iv`` are 32 bytes each."""
    if len(data) % BLOCK_BYTES:
        raise ValueError("IGE takes whole blocks")
    encrypted: bytes = cryptg.encrypt_ige(data, key, iv)
    return encrypted


def ige_decrypt(data: bytes, key: bytes, iv: bytes) -> bytes:
    """Decrypt whole blocks. ``key`` and ``iv`` are 32 bytes each."""
    if len(data) % BLOCK_BYTES:
        raise ValueError("IGE takes whole blocks")
    decrypted: bytes = cryptg.decrypt_ige(data, key, iv)
    return decrypted


def ctr_stream(key: bytes, iv: bytes) -> CipherContext:
    """Return a continuous CTR key stream: ``update`` both encrypts and decrypts."""
    return Cipher(AES256(key), CTR(iv)).encryptor()
