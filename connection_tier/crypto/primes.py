"""The proof of work of the key exchange: ``pq``, a product of two primes.

Specification: https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation
"""

from typing import Final

import cryptg
import gmpy2

from connection_tier.crypto.randomness import RandomBytes

_LOW: Final = 1 << 30
MAX_PQ: Final = (1 << 63) - 1


def generate_pq(random: RandomBytes) -> tuple[int, int]:
    """Return two distinct odd primes ``p < q`` of 31 bits. Cheap: tens of microseconds."""
    p = q = _prime(random)
    while q == p:
        q = _prime(random)
    return (p, q) if p < q else (q, p)


def factorize(pq: int) -> tuple[int, int]:
    """Return the factors ``p < q`` of a product of two primes; the client's half. Milliseconds."""
    p, q = cryptg.factorize_pq_pair(pq)
    return (p, q) if p < q else (q, p)


def _prime(random: RandomBytes) -> int:
    start = _LOW | int.from_bytes(random(4), "big") & (_LOW - 1)
    return int(gmpy2.next_prime(start))
