"""Reading ``p_q_inner_data`` out of its RSA block.

Specification: https://core.telegram.org/mtproto/auth_key#4-encrypted-data-payload-generation
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import tl
from connection_tier.crypto.rsa import RsaKey
from connection_tier.crypto.rsa_padding import legacy_hash_matches, legacy_open, rsa_pad_open
from connection_tier.exchange.derivation import natural
from connection_tier.exchange.errors import HandshakeFailed
from tl import mtproto

_CONSTRUCTORS: Final = (
    mtproto.PQInnerData,
    mtproto.PQInnerDataDc,
    mtproto.PQInnerDataTemp,
    mtproto.PQInnerDataTempDc,
)
_IDS: Final = frozenset(constructor.CONSTRUCTOR_ID.to_bytes(4, "little") for constructor in _CONSTRUCTORS)


@dataclass(frozen=True, slots=True)
class InnerData:
    """The four constructors in one shape. ``dc`` and ``expires_in`` are None where the constructor has none."""

    pq: int
    p: int
    q: int
    nonce: bytes
    server_nonce: bytes
    new_nonce: bytes = field(repr=False)
    dc: int | None
    expires_in: int | None


def open_inner_data(key: RsaKey, encrypted: bytes) -> InnerData:
    """Decrypt and parse. Heavy: the RSA operation, about a millisecond.

    Raises:
        HandshakeFailed: no RSA block of this key, wrong hash, or another object inside.
    """
    try:
        block = key.decrypt_raw(encrypted)
    except ValueError:
        raise HandshakeFailed("not an RSA block") from None
    for data, digest in _candidates(block):
        parsed = _parse(data, digest)
        if parsed is not None:
            return parsed
    raise HandshakeFailed("wrong padding or hash of the RSA block")


def _candidates(block: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield what the block may hold: data with padding, and the hash still to be compared (None: it is verified)."""
    data_with_padding = rsa_pad_open(block)
    if data_with_padding is not None:
        yield data_with_padding, None
        return
    legacy = legacy_open(block)
    if legacy is not None:
        digest, data = legacy
        yield data, digest


def _parse(data: bytes, digest: bytes | None) -> InnerData | None:
    if data[:4] not in _IDS:
        return None
    try:
        inner, end = tl.decode_prefix(data)
    except tl.DecodeError:
        return None
    if digest is not None and not legacy_hash_matches(digest, data[:end]):
        return None
    return InnerData(
        pq=natural(inner.pq),
        p=natural(inner.p),
        q=natural(inner.q),
        nonce=inner.nonce,
        server_nonce=inner.server_nonce,
        new_nonce=inner.new_nonce,
        dc=inner.dc if isinstance(inner, (mtproto.PQInnerDataDc, mtproto.PQInnerDataTempDc)) else None,
        expires_in=inner.expires_in
        if isinstance(inner, (mtproto.PQInnerDataTemp, mtproto.PQInnerDataTempDc))
        else None,
    )
