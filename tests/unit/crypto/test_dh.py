"""Diffie-Hellman groups and values, and the primes of the proof of work."""

import os

import pytest
from pyrogram.crypto.prime import CURRENT_DH_PRIME

from connection_tier.crypto import dh
from connection_tier.crypto.aes import ige_decrypt, ige_encrypt
from connection_tier.crypto.primes import MAX_PQ, factorize, generate_pq
from tests.unit.crypto.determinism import SeededRandom

MARGIN = 1 << 1984


def test_the_prime_is_the_one_clients_know() -> None:  # checklist 29 120
    assert dh.DH_PRIME == CURRENT_DH_PRIME
    dh.check_group(dh.DH_G, dh.DH_PRIME)


@pytest.mark.parametrize("g", [2, 3, 4, 5, 6, 7])
def test_generators(g: int) -> None:  # checklist 29: Euler's criterion decides, the residue table must agree
    p = dh.DH_PRIME
    if pow(g, (p - 1) // 2, p) == 1:
        dh.check_group(g, p)
    else:
        with pytest.raises(dh.DhError):
            dh.check_group(g, p)


@pytest.mark.parametrize(
    ("g", "prime"),
    [(1, dh.DH_PRIME), (8, dh.DH_PRIME), (3, dh.DH_PRIME + 2), (3, 23), (3, dh.DH_PRIME >> 1), (3, 0)],
)
def test_bad_groups(g: int, prime: int) -> None:  # checklist 29
    with pytest.raises(dh.DhError):
        dh.check_group(g, prime)


@pytest.mark.parametrize(
    ("value", "is_valid"),
    [
        (0, False),
        (1, False),
        (MARGIN - 1, False),
        (MARGIN, True),
        (dh.DH_PRIME // 2, True),
        (dh.DH_PRIME - MARGIN, True),
        (dh.DH_PRIME - MARGIN + 1, False),
        (dh.DH_PRIME - 1, False),
        (dh.DH_PRIME, False),
        (dh.DH_PRIME + MARGIN, False),
    ],
)
def test_group_element_range(value: int, is_valid: bool) -> None:  # checklist 30 31 120
    if is_valid:
        dh.check_group_element(value)
    else:
        with pytest.raises(dh.DhError, match="out of range"):
            dh.check_group_element(value)


def test_both_sides_agree() -> None:  # checklist 30 32
    a, g_a = dh.generate_key_pair(os.urandom)
    b, g_b = dh.generate_key_pair(os.urandom)
    assert g_a == pow(3, a, dh.DH_PRIME)
    assert a != b
    key = dh.shared_key(g_a, b)
    assert key == dh.shared_key(g_b, a)
    assert len(key) == 256


def test_shared_key_keeps_leading_zeros() -> None:  # checklist 32; clients.md, trap 4
    assert dh.shared_key(5, 1) == bytes(255) + b"\x05"


def test_weak_exponents_are_drawn_again() -> None:  # checklist 30
    good = SeededRandom("exponent")(256)
    order = (dh.DH_PRIME - 1) // 2  # g ** (order + 3) = g ** 3, far below the margin
    supply = iter([bytes(256), bytes(255) + b"\x05", (order + 3).to_bytes(256, "big"), good])
    secret, _ = dh.generate_key_pair(lambda size: next(supply))
    assert secret == int.from_bytes(good, "big")


def test_pq() -> None:  # checklist 24
    seen = set()
    for _ in range(50):
        p, q = generate_pq(os.urandom)
        assert p < q
        assert p % 2
        assert q % 2
        assert p * q <= MAX_PQ
        assert len(p.to_bytes((p.bit_length() + 7) // 8, "big")) == 4
        assert pow(2, p - 1, p) == pow(2, q - 1, q) == 1
        seen.add(p * q)
    assert len(seen) == 50
    assert factorize(p * q) == (p, q)


def test_pq_is_of_two_primes() -> None:  # checklist 24: the same number drawn twice is drawn again
    supply = iter([b"\x00\x00\x00\x01", b"\x00\x00\x00\x01", b"\x00\x10\x00\x00"])
    p, q = generate_pq(lambda size: next(supply))
    assert p != q


@pytest.mark.parametrize("operation", [ige_encrypt, ige_decrypt])
def test_ige_takes_whole_blocks(operation: object) -> None:
    assert callable(operation)
    with pytest.raises(ValueError, match="whole blocks"):
        operation(bytes(17), bytes(32), bytes(32))
