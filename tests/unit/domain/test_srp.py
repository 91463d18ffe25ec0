"""layers.domain.srp against clients written independently of it: Telethon and the specification. Checklist 101, 102."""

from __future__ import annotations

import hashlib
import secrets

import pytest
from telethon import password as telethon_password
from telethon.tl import types

from layers.domain import srp

_P = int.from_bytes(srp.P, "big")


def _telethon_algo(
    salt1: bytes, salt2: bytes
) -> types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow:
    return types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(salt1, salt2, srp.G, srp.P)


def test_telethon_proves_its_password() -> None:
    algo = _telethon_algo(secrets.token_bytes(40), secrets.token_bytes(16))
    secret = srp.Secret(algo.salt1, algo.salt2, telethon_password.compute_digest(algo, "pass wörd"))
    b, srp_b = srp.make_challenge(secret.verifier, secrets.token_bytes)
    state = types.account.Password(
        new_algo=algo,
        new_secure_algo=types.SecurePasswordKdfAlgoUnknown(),
        secure_random=b"",
        has_password=True,
        current_algo=algo,
        srp_B=srp_b,
        srp_id=1,
    )
    right = telethon_password.compute_check(state, "pass wörd")
    assert srp.is_proof(secret, b, right.A, right.M1)
    wrong = telethon_password.compute_check(state, "pass word")
    assert not srp.is_proof(secret, b, wrong.A, wrong.M1)
    other_b, _ = srp.make_challenge(secret.verifier, secrets.token_bytes)
    assert not srp.is_proof(secret, other_b, right.A, right.M1)
    assert not srp.is_proof(secret, b, right.A, right.M1[:-1])
    assert not srp.is_proof(secret, b, right.A, b"")


@pytest.mark.parametrize("number", [0, 1, 2**1984 - 1, _P, _P - 1, _P - 2**1984 + 1, _P + 2**1984, 2**2048 - 1])
def test_degenerate_numbers_are_out_of_bounds(number: int) -> None:
    # checklist 102
    assert not srp.is_in_bounds(number.to_bytes(256, "big"))


def test_bounds() -> None:
    assert srp.is_in_bounds((2**1984).to_bytes(256, "big"))
    assert srp.is_in_bounds((_P - 2**1984).to_bytes(256, "big"))
    assert srp.is_in_bounds((2**2000).to_bytes(251, "big"))
    assert not srp.is_in_bounds((2**2000).to_bytes(257, "big"))
    assert not srp.is_in_bounds(b"")


def test_zero_would_have_proven_any_password() -> None:
    """Why the bounds matter: with A = 0 the shared secret is 0 for everybody."""
    salt1, salt2 = secrets.token_bytes(40), secrets.token_bytes(16)
    verifier = pow(srp.G, secrets.randbits(256), _P).to_bytes(256, "big")
    b, srp_b = srp.make_challenge(verifier, secrets.token_bytes)
    zero = bytes(256)

    def h(*parts: bytes) -> bytes:
        return hashlib.sha256(b"".join(parts)).digest()

    group = bytes(x ^ y for x, y in zip(h(srp.P), h(srp.G.to_bytes(256, "big")), strict=True))
    forged = h(group, h(salt1), h(salt2), zero, srp_b, h(zero))
    assert srp.is_proof(srp.Secret(salt1, salt2, verifier), b, zero, forged)
    assert not srp.is_in_bounds(zero)


def test_challenges_are_padded_in_bounds_and_differ() -> None:
    verifier = srp.pad(b"\x07")
    made = [srp.make_challenge(verifier, secrets.token_bytes) for _ in range(8)]
    assert len({b for b, _ in made}) == len({srp_b for _, srp_b in made}) == 8
    assert all(len(srp_b) == 256 and srp.is_in_bounds(srp_b) for _, srp_b in made)


def test_a_challenge_out_of_bounds_is_made_again() -> None:
    exponents = [bytes(255) + b"\x01", secrets.token_bytes(256)]
    left = list(exponents)
    b, _ = srp.make_challenge(srp.pad(b"\x09"), lambda size: left.pop(0))
    assert b == exponents[1]
