"""A fixed RSA key of the tests alone, and the handshake it makes with fixed randomness."""

from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from gmpy2 import next_prime

from connection_tier.crypto.rsa import RsaKey
from tests.unit.crypto.determinism import SeededRandom


@cache
def golden_rsa_key() -> RsaKey:
    """A key whose primes come from a seed: no private key lies in the repository."""
    top = 3 << 1022
    source = SeededRandom("golden rsa")
    p, q = (int(next_prime(top | int.from_bytes(source(128), "big") >> 2)) for _ in range(2))
    e = 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(e, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
    return RsaKey.load(numbers.private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


GOLDEN_KEY_ID = -2846842534216062665
GOLDEN_TRANSCRIPT = [
    "18ec008d4d3e1180",
    "22fcbddf25109d08",
    "535f9d89c55ee963",
    "d465600e074c772c",
    "01a037851b3eb7ee",
    "540cca93e67245a1",
]
"""The first half of the SHA-256 of each message, in turn."""
