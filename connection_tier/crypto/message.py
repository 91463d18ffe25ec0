"""Encrypted messages, MTProto 2.0.

Specification: https://core.telegram.org/mtproto/description, https://core.telegram.org/mtproto/security_guidelines

An encrypted message is ``auth_key_id 8 | msg_key 16 | AES-IGE data``; the data are
``salt 8 | session_id 8 | msg_id 8 | seqno 4 | length 4 | body | 12 to 1024 bytes of padding``.
"""

from hashlib import sha256
from hmac import compare_digest
from struct import Struct
from typing import Final, NamedTuple

from connection_tier.crypto.aes import BLOCK_BYTES, ige_decrypt, ige_encrypt
from connection_tier.crypto.auth_key import AuthKey, Direction
from connection_tier.crypto.randomness import RandomBytes

HEADER: Final = Struct("<qqqii")
"""salt, session_id, msg_id, seqno, length of the body."""

ENVELOPE_BYTES: Final = 24
"""auth_key_id and msg_key."""

MIN_PADDING: Final = 12
MAX_PADDING: Final = 1024
_MIN_DATA: Final = -(-(HEADER.size + MIN_PADDING) // BLOCK_BYTES) * BLOCK_BYTES


class DecryptError(Exception):
    """A message could not be decrypted. It never tells why: any difference would help an attacker."""

    def __init__(self) -> None:
        super().__init__("message cannot be decrypted")


class DecryptedMessage(NamedTuple):
    """What a message holds. Longs are signed, as in TL.

    ``ack_token``: the four bytes which acknowledge it quickly, in the order of the SHA-256, top bit set.
    """

    salt: int
    session_id: int
    msg_id: int
    seqno: int
    body: bytes
    ack_token: bytes


def quick_ack_token(msg_key_large: bytes) -> bytes:
    """Return the quick-ack token of the SHA-256 whose middle is the msg_key."""
    return (int.from_bytes(msg_key_large[:4], "little") | 0x80000000).to_bytes(4, "little")


def pack_plaintext(salt: int, session_id: int, msg_id: int, seqno: int, body: bytes) -> bytes:
    """Join a message's header and body to what :func:`encrypt` takes."""
    return HEADER.pack(salt, session_id, msg_id, seqno, len(body)) + body


def encrypt(auth_key: AuthKey, plaintext: bytes, *, from_server: bool, random: RandomBytes) -> bytes:
    """Pad and encrypt a message (see :func:`pack_plaintext`). Heavy only for files: about 3 ms a megabyte."""
    return encrypt_with_ack_token(auth_key, plaintext, from_server=from_server, random=random)[0]


def encrypt_with_ack_token(
    auth_key: AuthKey, plaintext: bytes, *, from_server: bool, random: RandomBytes
) -> tuple[bytes, bytes]:
    """Encrypt as :func:`encrypt` and return the token with which the receiver may acknowledge the message, too."""
    direction = auth_key.from_server if from_server else auth_key.from_client
    padded = plaintext + random(MIN_PADDING + -(len(plaintext) + MIN_PADDING) % BLOCK_BYTES)
    msg_key_large = _msg_key_large(direction, padded)
    msg_key = msg_key_large[8:24]
    key, iv = _aes_key_iv(direction, msg_key)
    return auth_key.id_bytes + msg_key + ige_encrypt(padded, key, iv), quick_ack_token(msg_key_large)


def decrypt(auth_key: AuthKey, data: bytes, *, from_client: bool) -> DecryptedMessage:
    """Decrypt a whole encrypted message, envelope included.

    The msg_key is compared over all decrypted bytes before any field is looked at.

    Raises:
        DecryptError: anything is wrong.
    """
    direction = auth_key.from_client if from_client else auth_key.from_server
    size = len(data) - ENVELOPE_BYTES
    if size < _MIN_DATA or size % BLOCK_BYTES or data[:8] != auth_key.id_bytes:
        raise DecryptError
    msg_key = data[8:ENVELOPE_BYTES]
    key, iv = _aes_key_iv(direction, msg_key)
    padded = ige_decrypt(data[ENVELOPE_BYTES:], key, iv)
    msg_key_large = _msg_key_large(direction, padded)
    if not compare_digest(msg_key_large[8:24], msg_key):
        raise DecryptError
    salt, session_id, msg_id, seqno, length = HEADER.unpack_from(padded)
    if length < 0 or length % 4 or not MIN_PADDING <= size - HEADER.size - length <= MAX_PADDING:
        raise DecryptError
    body = padded[HEADER.size : HEADER.size + length]
    return DecryptedMessage(salt, session_id, msg_id, seqno, body, quick_ack_token(msg_key_large))


def _msg_key_large(direction: Direction, padded: bytes) -> bytes:
    digest = direction.msg_key_hash.copy()
    digest.update(padded)
    return digest.digest()


def _aes_key_iv(direction: Direction, msg_key: bytes) -> tuple[bytes, bytes]:
    a = sha256(msg_key + direction.aes_a).digest()
    b = sha256(direction.aes_b + msg_key).digest()
    return a[:8] + b[8:24] + a[24:], b[:8] + a[8:24] + b[24:]
