"""RSA keys, their files, and both paddings of p_q_inner_data."""

import os
from hashlib import sha1
from pathlib import Path

import pytest
import telethon.crypto.rsa as telethon_rsa
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from connection_tier.crypto.rsa import KeyFileError, RsaKey, RsaPublicKey
from connection_tier.crypto.rsa_padding import (
    legacy_encrypt,
    legacy_hash_matches,
    legacy_open,
    rsa_pad_encrypt,
    rsa_pad_open,
)
from tests.unit.crypto.determinism import SeededRandom
from tests.unit.crypto.keys import server_key


def test_fingerprint_is_telethons() -> None:  # checklist 22
    import rsa as rsa_package

    key = server_key()
    telethon_key = rsa_package.PublicKey.load_pkcs1(key.public_pem().encode())
    assert telethon_rsa._compute_fingerprint(telethon_key) == key.fingerprint
    assert -(1 << 63) <= key.fingerprint < 1 << 63


def test_pem_round_trip() -> None:
    key = server_key()
    assert RsaKey.load(key.to_pem()) == key
    assert key.to_pem().startswith(b"-----BEGIN PRIVATE KEY-----")
    assert key.public_pem().startswith("-----BEGIN RSA PUBLIC KEY-----")
    assert RsaPublicKey.load(key.public_pem().encode()) == key.public
    assert str(key.d) not in repr(key)
    assert str(key.p) not in repr(key)


def test_pkcs1_private_key() -> None:
    generated = rsa.generate_private_key(65537, 2048)
    pem = generated.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert RsaKey.load(pem).public.n == generated.public_key().public_numbers().n


def private_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, password: bytes = b"") -> bytes:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a PEM private key"),
        (b"garbage \xff", "not a PEM private key"),
        (server_key().public_pem().encode(), "not a PEM private key"),
        (server_key().to_pem()[:200], "not a PEM private key"),
        (private_pem(rsa.generate_private_key(65537, 1024)), "1024 bits"),
        (private_pem(ec.generate_private_key(ec.SECP256R1())), "not an RSA key"),
        (private_pem(rsa.generate_private_key(65537, 2048), b"secret"), "password"),
    ],
    ids=["empty", "garbage", "public", "truncated", "small", "elliptic", "encrypted"],
)
def test_key_file_errors_are_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "server.pem"
    path.write_bytes(content)
    with pytest.raises(KeyFileError, match=message) as caught:
        RsaKey.read(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_unreadable_key_file(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="No such file"):
        RsaKey.read(tmp_path / "missing.pem")
    with pytest.raises(KeyFileError, match="Is a directory"):
        RsaKey.read(tmp_path)


@pytest.mark.parametrize(
    "pem",
    [
        b"garbage",
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        rsa.generate_private_key(65537, 1024).public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1),
    ],
)
def test_public_key_errors(pem: bytes) -> None:
    with pytest.raises(KeyFileError):
        RsaPublicKey.load(pem)


def test_generated_key_works() -> None:
    key = RsaKey.generate()
    assert f"{key.fingerprint & (1 << 64) - 1:x}" == f"{key.fingerprint & (1 << 64) - 1:016x}"
    assert key.public.n.bit_length() == 2048
    block = (5).to_bytes(256, "big")
    assert key.decrypt_raw(key.public.encrypt_raw(block)) == block


@settings(deadline=None, max_examples=50)
@given(st.binary(min_size=1, max_size=144))
def test_rsa_pad_round_trip(data: bytes) -> None:  # checklist 26
    key = server_key()
    encrypted = rsa_pad_encrypt(key.public, data, random=os.urandom)
    assert len(encrypted) == 256
    opened = rsa_pad_open(key.decrypt_raw(encrypted))
    assert opened is not None
    assert len(opened) == 192
    assert opened.startswith(data)


@settings(deadline=None, max_examples=50)
@given(st.binary(min_size=1, max_size=144))
def test_legacy_round_trip(data: bytes) -> None:
    key = server_key()
    opened = legacy_open(key.decrypt_raw(legacy_encrypt(key.public, data, random=os.urandom)))
    assert opened is not None
    digest, rest = opened
    assert rest.startswith(data)
    assert legacy_hash_matches(digest, data)
    assert not legacy_hash_matches(digest, data + b"\x00")


def test_legacy_hash_which_starts_with_zero() -> None:  # clients.md, trap 4
    key = server_key()
    data = next(it for it in (n.to_bytes(4, "big") for n in range(10_000)) if sha1(it).digest()[0] == 0)
    opened = legacy_open(key.decrypt_raw(legacy_encrypt(key.public, data, random=SeededRandom("zero"))))
    assert opened is not None
    assert opened[0] == sha1(data).digest()
    assert legacy_hash_matches(opened[0], data)


def test_telethon_encrypts_for_us() -> None:  # clients.md: Telethon uses the SHA-1 padding
    key = server_key()
    telethon_rsa.add_key(key.public_pem(), old=False)
    try:
        encrypted = telethon_rsa.encrypt(key.fingerprint, b"inner data")
    finally:
        del telethon_rsa._server_keys[key.fingerprint]
    opened = legacy_open(key.decrypt_raw(encrypted))
    assert opened is not None
    assert legacy_hash_matches(opened[0], b"inner data")


def test_rsa_pad_damage() -> None:  # checklist 26: the hash is checked
    key = server_key()
    block = key.decrypt_raw(rsa_pad_encrypt(key.public, b"data", random=os.urandom))
    for at in (0, 31, 32, 100, 223, 224, 255):
        assert rsa_pad_open(block[:at] + bytes((block[at] ^ 1,)) + block[at + 1 :]) is None
    assert legacy_open(b"\x01" + bytes(255)) is None


def test_rsa_pad_draws_a_new_key_until_the_block_fits() -> None:  # checklist 26: the block is below n
    tiny = RsaPublicKey(server_key().public.n >> 3, 65537)
    draws: list[int] = []
    source = SeededRandom("fits")

    def random(size: int) -> bytes:
        draws.append(size)
        return source(size)

    assert len(rsa_pad_encrypt(tiny, b"data", random=random)) == 256
    assert len(draws) > 2


@pytest.mark.parametrize("block", [b"", bytes(255), bytes(257), b"\xff" * 256])
def test_no_rsa_block(block: bytes) -> None:  # checklist 26
    with pytest.raises(ValueError, match="not an RSA block"):
        server_key().decrypt_raw(block)


def test_programming_errors() -> None:
    public = server_key().public
    with pytest.raises(ValueError, match="144"):
        rsa_pad_encrypt(public, bytes(145), random=os.urandom)
    with pytest.raises(ValueError, match="235"):
        legacy_encrypt(public, bytes(236), random=os.urandom)
    with pytest.raises(ValueError, match="modulus"):
        public.encrypt_raw(b"\xff" * 256)
