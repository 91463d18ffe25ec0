"""The inner message of auth.bindTempAuthKey: MTProto 1.0, encrypted by the client with its permanent key.

https://core.telegram.org/method/auth.bindTempAuthKey, https://core.telegram.org/mtproto/description_v1. The connection
tier has an engine of its own; functions may not import it, and this is the one message that a function decrypts.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from typing import Final

import cryptg

_ENVELOPE_BYTES: Final = 24
_HEADER: Final = struct.Struct("<qqqii")
_BLOCK_BYTES: Final = 16
_MAX_BYTES: Final = 256
"""The message holds one bind_auth_key_inner of 40 bytes."""


class DecryptionFailed(Exception):
    """The message is not one that this key encrypted; nothing more is told."""


@dataclass(frozen=True, slots=True)
class InnerMessage:
    """A decrypted message; the server salt and session id in front of it are random and say nothing."""

    msg_id: int
    seqno: int
    body: bytes


def decrypt_inner(auth_key: bytes, data: bytes) -> InnerMessage:
    """Decrypt ``auth_key_id:8 | msg_key:16 | AES-256-IGE(salt, session_id, msg_id, seqno, length, body, padding)``.

    ``auth_key`` is the permanent key's 256 bytes. The msg_key of version 1 leaves the padding out, so the length is
    bounded before the comparison, and a wrong length is not told from a wrong msg_key.

    Raises:
        DecryptionFailed: for any reason.
    """
    size = len(data) - _ENVELOPE_BYTES
    if not _HEADER.size <= size <= _MAX_BYTES or size % _BLOCK_BYTES or data[:8] != _sha1(auth_key)[12:]:
        raise DecryptionFailed
    msg_key = data[8:_ENVELOPE_BYTES]
    key, iv = _aes_key_iv(auth_key, msg_key)
    padded: bytes = cryptg.decrypt_ige(data[_ENVELOPE_BYTES:], key, iv)
    _, _, msg_id, seqno, length = _HEADER.unpack_from(padded)
    end = _HEADER.size + length
    is_length_valid = length >= 0 and length % 4 == 0 and 0 <= size - end < _BLOCK_BYTES
    hashed = padded[: end if is_length_valid else size]
    if not hmac.compare_digest(_sha1(hashed)[4:], msg_key) or not is_length_valid:
        raise DecryptionFailed
    return InnerMessage(msg_id, seqno, padded[_HEADER.size : end])


def _aes_key_iv(auth_key: bytes, msg_key: bytes) -> tuple[bytes, bytes]:
    """AES key and IV of a message from the client (x = 0)."""
    a = _sha1(msg_key + auth_key[:32])
    b = _sha1(auth_key[32:48] + msg_key + auth_key[48:64])
    c = _sha1(auth_key[64:96] + msg_key)
    d = _sha1(msg_key + auth_key[96:128])
    return a[:8] + b[8:20] + c[4:16], a[8:20] + b[:8] + c[16:20] + d[:8]


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()
