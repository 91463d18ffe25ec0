"""A client's half of a secret chat, which no server has: https://core.telegram.org/api/end-to-end.

The key from the Diffie-Hellman exchange, messages in MTProto 2.0, files; written by the specification and apart from
the code of the connection tier.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from struct import pack, unpack_from
from typing import Final

from connection_tier.crypto.aes import ige_decrypt, ige_encrypt
from tl.wire import pack_bytes

LAYER: Final = 73
_DECRYPTED_MESSAGE_LAYER: Final = 0x1BE31789
_DECRYPTED_MESSAGE: Final = 0x1F814F1F
_MEDIA_EMPTY: Final = 0x89F5C4A
_MEDIA_DOCUMENT: Final = 0xB095434B


class SecretChat:
    """One side's key. ``is_originator``: it asked for the chat."""

    def __init__(self, key: bytes, *, is_originator: bool) -> None:
        assert len(key) == 256
        self._key = key
        self._is_originator = is_originator
        self.fingerprint = int.from_bytes(hashlib.sha1(key, usedforsecurity=False).digest()[-8:], "little", signed=True)

    def encrypt(self, message: bytes) -> bytes:
        """What messages.sendEncrypted takes as ``data``."""
        plain = pack("<I", len(message)) + message
        plain += os.urandom(12 + -(len(plain) + 12) % 16)
        msg_key = self._msg_key(plain, self._x(own=True))
        key, iv = self._aes(msg_key, self._x(own=True))
        return pack("<q", self.fingerprint) + msg_key + ige_encrypt(plain, key, iv)

    def decrypt(self, data: bytes) -> bytes:
        """A message of the other side."""
        assert unpack_from("<q", data) == (self.fingerprint,)
        msg_key = data[8:24]
        key, iv = self._aes(msg_key, self._x(own=False))
        plain = ige_decrypt(data[24:], key, iv)
        assert hmac.compare_digest(self._msg_key(plain, self._x(own=False)), msg_key)
        (length,) = unpack_from("<I", plain)
        assert 12 <= len(plain) - 4 - length <= 1024
        return plain[4 : 4 + length]

    def _x(self, *, own: bool) -> int:
        return 0 if own == self._is_originator else 8

    def _msg_key(self, plain: bytes, x: int) -> bytes:
        return hashlib.sha256(self._key[88 + x : 120 + x] + plain).digest()[8:24]

    def _aes(self, msg_key: bytes, x: int) -> tuple[bytes, bytes]:
        a = hashlib.sha256(msg_key + self._key[x : x + 36]).digest()
        b = hashlib.sha256(self._key[40 + x : 76 + x] + msg_key).digest()
        return a[:8] + b[8:24] + a[24:], b[:8] + a[8:24] + b[24:]


@dataclass(frozen=True)
class EncryptedUpload:
    """A file as it is sent: ``data`` go to the server, the key goes in the message."""

    data: bytes
    size: int
    key: bytes
    iv: bytes

    @property
    def fingerprint(self) -> int:
        """Of the key: what the server passes on."""
        digest = hashlib.md5(self.key + self.iv, usedforsecurity=False).digest()
        low, high = unpack_from("<II", digest)
        return int.from_bytes(pack("<I", low ^ high), "little", signed=True)

    @property
    def media(self) -> bytes:
        """decryptedMessageMediaDocument."""
        texts = pack_bytes(b"secret.bin") + pack_bytes(b"application/octet-stream")
        keys = pack_bytes(self.key) + pack_bytes(self.iv)
        return pack("<I", _MEDIA_DOCUMENT) + pack_bytes(b"") + pack("<ii", 0, 0) + texts + pack("<i", self.size) + keys


def encrypt_file(content: bytes) -> EncryptedUpload:
    """Encrypt with a fresh key."""
    key, iv = os.urandom(32), os.urandom(32)
    padded = content + os.urandom(-len(content) % 16)
    return EncryptedUpload(ige_encrypt(padded, key, iv), len(content), key, iv)


def decrypt_file(data: bytes, key: bytes, iv: bytes, size: int) -> bytes:
    """The content again."""
    return ige_decrypt(data, key, iv)[:size]


def text_message(random_id: int, text: str, number: int, *, is_originator: bool, media: bytes | None = None) -> bytes:
    """A decryptedMessageLayer, the ``number``-th of its side."""
    out_seq_no = 2 * number + (1 if is_originator else 0)
    inner = pack("<Iq", _DECRYPTED_MESSAGE, random_id) + pack_bytes(os.urandom(15)) + pack_bytes(text.encode())
    inner += pack("<I", _MEDIA_EMPTY) if media is None else media
    head = pack("<I", _DECRYPTED_MESSAGE_LAYER) + pack_bytes(os.urandom(15))
    return head + pack("<iii", LAYER, 0, out_seq_no) + inner


def text_of(message: bytes) -> tuple[int, str, bytes]:
    """random_id, text and media of a decryptedMessageLayer."""
    position = 4 + 16 + 12
    constructor, random_id = unpack_from("<Iq", message, position)
    assert constructor == _DECRYPTED_MESSAGE
    position += 12 + 16
    text, position = _string(message, position)
    return random_id, text.decode(), message[position:]


def document_of(media: bytes) -> tuple[int, bytes, bytes]:
    """size, key and iv of a decryptedMessageMediaDocument."""
    assert unpack_from("<I", media) == (_MEDIA_DOCUMENT,)
    _, position = _string(media, 4)
    position += 8
    for _ in range(2):
        _, position = _string(media, position)
    (size,) = unpack_from("<i", media, position)
    key, position = _string(media, position + 4)
    iv, _ = _string(media, position)
    return size, key, iv


def _string(data: bytes, position: int) -> tuple[bytes, int]:
    length, start = data[position], position + 1
    if length == 254:
        length, start = int.from_bytes(data[position + 1 : position + 4], "little"), position + 4
    end = start + length
    return data[start:end], end + (position - end) % 4
