"""Modular exponentiation by GMP, without the GIL.

gmpy2 keeps the permission to release the GIL in a context of the current thread: it is entered for each operation, so
that any thread of a pool may call.
"""

import gmpy2


def secret_power(base: int, exponent: int, modulus: int) -> int:
    """Return ``base ** exponent mod modulus`` (odd modulus, positive exponent) in time independent of the exponent."""
    with gmpy2.context(allow_release_gil=True):
        return int(gmpy2.powmod_sec(base, exponent, modulus))
