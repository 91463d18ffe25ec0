"""The server's RSA keys: files, fingerprints, and the raw operation.

Specification: https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation

How plaintexts are padded is in :mod:`connection_tier.crypto.rsa_padding`.
"""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha1
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from connection_tier.crypto.gmp import secret_power

RSA_BYTES: Final = 256
RSA_BITS: Final = 8 * RSA_BYTES


class KeyFileError(Exception):
    """A key file cannot be used; the message is one line for the person who runs the server."""


def _tl_bytes(value: int) -> bytes:
    """Serialise a natural number as TL ``bytes``: big-endian, without leading zeros."""
    data = value.to_bytes((value.bit_length() + 7) // 8, "big")
    head = bytes((len(data),)) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
    return head + data + bytes(-(len(head) + len(data)) % 4)


def fingerprint(n: int, e: int) -> int:
    """Return the low 64 bits of the SHA-1 of a bare ``rsa_public_key``, as a signed TL long."""
    digest = sha1(_tl_bytes(n) + _tl_bytes(e), usedforsecurity=False).digest()
    return int.from_bytes(digest[-8:], "little", signed=True)


@dataclass(frozen=True)
class RsaPublicKey:
    """A server's public key, as a client holds it."""

    n: int
    e: int

    @classmethod
    def load(cls, pem: bytes) -> "RsaPublicKey":
        """Read a PEM public key, PKCS#1 or SubjectPublicKeyInfo.

        Raises:
            KeyFileError: it is no 2048-bit RSA public key.
        """
        try:
            key = load_pem_public_key(pem)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise KeyFileError("not a PEM public key") from None
        if not isinstance(key, rsa.RSAPublicKey) or key.key_size != RSA_BITS:
            raise KeyFileError(f"not a {RSA_BITS}-bit RSA public key")
        numbers = key.public_numbers()
        return cls(numbers.n, numbers.e)

    @cached_property
    def fingerprint(self) -> int:
        """The key's fingerprint, a signed TL long."""
        return fingerprint(self.n, self.e)

    def encrypt_raw(self, block: bytes) -> bytes:
        """Raise a big-endian number below n to e: 256 bytes."""
        value = int.from_bytes(block, "big")
        if value >= self.n:
            raise ValueError("the block is not below the modulus")
        return pow(value, self.e, self.n).to_bytes(RSA_BYTES, "big")

    def to_pem(self) -> str:
        """Return the PKCS#1 form ('BEGIN RSA PUBLIC KEY') which client configurations take."""
        key = rsa.RSAPublicNumbers(self.e, self.n).public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()


@dataclass(frozen=True)
class RsaKey:
    """A server's private key. The factors are kept for the Chinese remainder theorem, four times faster."""

    public: RsaPublicKey
    d: int = field(repr=False)
    p: int = field(repr=False)
    q: int = field(repr=False)
    d_p: int = field(repr=False)
    d_q: int = field(repr=False)
    q_inverse: int = field(repr=False)

    @classmethod
    def generate(cls) -> "RsaKey":
        """Make a new 2048-bit key. Heavy: a fraction of a second.

        Its fingerprint has all sixteen hex digits: mtcute looks keys up by a text that drops leading zeros.
        """
        while True:
            key = cls._of(rsa.generate_private_key(65537, RSA_BITS))
            if key.fingerprint >> 60 & 15:
                return key

    @classmethod
    def load(cls, pem: bytes, *, source: str = "RSA key") -> "RsaKey":
        """Read an unencrypted PEM private key, PKCS#8 or PKCS#1. ``source`` names it in errors.

        Raises:
            KeyFileError: it is no 2048-bit RSA private key.
        """
        try:
            key = load_pem_private_key(pem, password=None)
        except TypeError:
            raise KeyFileError(f"{source}: the private key is encrypted with a password") from None
        except (ValueError, UnsupportedAlgorithm):
            raise KeyFileError(f"{source}: not a PEM private key") from None
        if not isinstance(key, rsa.RSAPrivateKey):
            raise KeyFileError(f"{source}: not an RSA key")
        if key.key_size != RSA_BITS:
            raise KeyFileError(f"{source}: the RSA key has {key.key_size} bits, MTProto needs {RSA_BITS}")
        return cls._of(key)

    @classmethod
    def read(cls, path: Path) -> "RsaKey":
        """Read a key file.

        Raises:
            KeyFileError: it is unreadable, or holds no 2048-bit RSA private key.
        """
        try:
            pem = path.read_bytes()
        except OSError as error:
            raise KeyFileError(f"{path}: {error.strerror or 'cannot be read'}") from None
        return cls.load(pem, source=str(path))

    @classmethod
    def _of(cls, key: rsa.RSAPrivateKey) -> "RsaKey":
        numbers = key.private_numbers()
        public = numbers.public_numbers
        return cls(
            RsaPublicKey(public.n, public.e),
            d=numbers.d,
            p=numbers.p,
            q=numbers.q,
            d_p=numbers.dmp1,
            d_q=numbers.dmq1,
            q_inverse=numbers.iqmp,
        )

    @property
    def fingerprint(self) -> int:
        """The public key's fingerprint, a signed TL long."""
        return self.public.fingerprint

    def to_pem(self) -> bytes:
        """Return the private key as unencrypted PKCS#8 PEM: write it where only the server can read."""
        numbers = rsa.RSAPrivateNumbers(
            p=self.p,
            q=self.q,
            d=self.d,
            dmp1=self.d_p,
            dmq1=self.d_q,
            iqmp=self.q_inverse,
            public_numbers=rsa.RSAPublicNumbers(self.public.e, self.public.n),
        )
        return numbers.private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def public_pem(self) -> str:
        """Return the public key in the PKCS#1 form ('BEGIN RSA PUBLIC KEY')."""
        return self.public.to_pem()

    def decrypt_raw(self, block: bytes) -> bytes:
        """Apply the private exponent to 256 bytes below n: 256 bytes. Heavy: about a millisecond, without the GIL.

        Raises:
            ValueError: the block is not 256 bytes, or not below the modulus.
        """
        value = int.from_bytes(block, "big")
        if len(block) != RSA_BYTES or value >= self.public.n:
            raise ValueError("not an RSA block of this key")
        at_p = secret_power(value % self.p, self.d_p, self.p)
        at_q = secret_power(value % self.q, self.d_q, self.q)
        result = at_q + (at_p - at_q) * self.q_inverse % self.p * self.q
        return result.to_bytes(RSA_BYTES, "big")
