"""A server key made once for all tests."""

from functools import cache

from connection_tier.crypto.rsa import RsaKey


@cache
def server_key() -> RsaKey:
    return RsaKey.generate()
