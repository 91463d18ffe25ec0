"""Diffie-Hellman in the 2048-bit group of the key exchange.

Specification: https://core.telegram.org/mtproto/auth_key, https://core.telegram.org/mtproto/security_guidelines

Every exponentiation is heavy (about 4 ms): call these functions off the event loop. They release the GIL.
"""

from typing import Final

import gmpy2

from connection_tier.crypto.gmp import secret_power
from connection_tier.crypto.randomness import RandomBytes

DH_BYTES: Final = 256

DH_PRIME: Final = int(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f"
    "48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37"
    "20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
    "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4"
    "a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754"
    "fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
    "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f"
    "0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
    16,
)
"""The safe prime Telegram uses. Clients know it, and skip the slow primality test for it."""

DH_G: Final = 3

_MARGIN: Final = 1 << (2048 - 64)


class DhError(Exception):
    """A Diffie-Hellman value is outside its safe range."""


def check_group_element(value: int, prime: int = DH_PRIME) -> None:
    """Check a g_a or g_b: ``2^1984 <= value <= prime - 2^1984``, which implies ``1 < value < prime - 1``.

    Raises:
        DhError: it is out of range.
    """
    if not _MARGIN <= value <= prime - _MARGIN:
        raise DhError("group element out of range")


def check_group(g: int, prime: int) -> None:
    """Check the group a server offers, as a client must. Slow (a second) for any prime but the well-known one.

    Raises:
        DhError: not a 2048-bit safe prime, or g does not generate its subgroup of prime order.
    """
    if prime != DH_PRIME and not (
        prime.bit_length() == 2048 and gmpy2.is_prime(prime, 64) and gmpy2.is_prime(prime // 2, 64)
    ):
        raise DhError("the modulus is not a 2048-bit safe prime")
    residues = {
        2: prime % 8 == 7,
        3: prime % 3 == 2,
        4: True,
        5: prime % 5 in (1, 4),
        6: prime % 24 in (19, 23),
        7: prime % 7 in (3, 5, 6),
    }
    if not residues.get(g, False):
        raise DhError("g does not generate the subgroup")


def generate_key_pair(random: RandomBytes, g: int = DH_G, prime: int = DH_PRIME) -> tuple[int, int]:
    """Return a fresh 2048-bit exponent and its group element in the safe range. Heavy."""
    while True:
        secret = int.from_bytes(random(DH_BYTES), "big")
        if secret.bit_length() < 1024:
            continue
        public = secret_power(g, secret, prime)
        try:
            check_group_element(public, prime)
        except DhError:
            continue
        return secret, public


def shared_key(peer: int, secret: int, prime: int = DH_PRIME) -> bytes:
    """Return ``peer ** secret mod prime`` as 256 bytes with leading zeros. Heavy. Check ``peer`` first."""
    return secret_power(peer, secret, prime).to_bytes(DH_BYTES, "big")
