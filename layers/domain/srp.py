"""SRP as the server plays it: https://core.telegram.org/api/srp.

The group is the 2048-bit safe prime that clients know and need not test. Numbers are big-endian and padded to 256 bytes
wherever they are hashed or sent; H is SHA-256. Nothing here knows of accounts.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import gmpy2

G: Final = 3
P: Final = bytes.fromhex(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543"
    "aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f642477fe96bb2a941d5bcd1d4ac8cc49880708fa9b"
    "378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1"
    "178d169c6bc465b0d6ff9ca3928fef5b9ae4e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee"
    "2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b"
)
SIZE: Final = 256
"""Bytes of a padded number, and of the secret exponent b."""
PROOF_SIZE: Final = 32

_p: Final = int.from_bytes(P, "big")
_MARGIN: Final = 1 << (2048 - 64)


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _padded(number: int) -> bytes:
    return number.to_bytes(SIZE, "big")


_G_PADDED: Final = _padded(G)
_k: Final = int.from_bytes(_hash(P, _G_PADDED), "big")
_GROUP_HASH: Final = bytes(x ^ y for x, y in zip(_hash(P), _hash(_G_PADDED), strict=True))


@dataclass(frozen=True, slots=True)
class Secret:
    """What the server remembers of a password: ``verifier`` is v = g^x, 256 bytes."""

    salt1: bytes
    salt2: bytes
    verifier: bytes


def is_in_bounds(number: bytes) -> bool:
    """True for at most 256 bytes that read as 2^1984 <= n <= p - 2^1984: what a good modular power is.

    Refuses 0 and p, under which everybody would know the shared key.
    """
    return len(number) <= SIZE and _MARGIN <= int.from_bytes(number, "big") <= _p - _MARGIN


def pad(number: bytes) -> bytes:
    """The number in 256 bytes; it must not be longer."""
    return number.rjust(SIZE, b"\0")


def make_challenge(verifier: bytes, random: Callable[[int], bytes]) -> tuple[bytes, bytes]:
    """(b, srp_B): a new secret exponent, and B = k*v + g^b; both 256 bytes."""
    while True:
        b = random(SIZE)
        g_b = _power(G, b)
        srp_b = _challenge(verifier, g_b)
        # A client refuses the rest; of random exponents fewer than one in 2^60 gives such.
        if is_in_bounds(_padded(g_b)) and is_in_bounds(srp_b):
            return b, srp_b


def is_proof(secret: Secret, b: bytes, srp_a: bytes, m1: bytes) -> bool:
    """Whether ``m1`` shows that the client knows the password; in constant time.

    ``srp_a`` is its A, which must have passed `is_in_bounds`; ``b`` the exponent of the challenge it answers.
    """
    srp_a = pad(srp_a)
    srp_b = _challenge(secret.verifier, _power(G, b))
    u = int.from_bytes(_hash(srp_a, srp_b), "big")
    if u == 0:
        return False
    v_u = gmpy2.powmod(int.from_bytes(secret.verifier, "big"), u, _p)
    shared = _power(int(int.from_bytes(srp_a, "big") * v_u % _p), b)
    expected = _hash(_GROUP_HASH, _hash(secret.salt1), _hash(secret.salt2), srp_a, srp_b, _hash(_padded(shared)))
    return hmac.compare_digest(expected, m1)


def _challenge(verifier: bytes, g_b: int) -> bytes:
    return _padded((_k * int.from_bytes(verifier, "big") + g_b) % _p)


def _power(base: int, secret_exponent: bytes) -> int:
    # powmod_sec takes a time that does not depend on the exponent.
    return int(gmpy2.powmod_sec(base, int.from_bytes(secret_exponent, "big") or 1, _p))
