"""The client's side of SRP, written from https://core.telegram.org/api/srp, for tests of the server's."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from tl import api

_SIZE = 256


def _h(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _salted(data: bytes, salt: bytes) -> bytes:
    return _h(salt, data, salt)


def password_hash(algo: Any, password: str) -> int:
    """x = PH2(password, salt1, salt2)."""
    ph1 = _salted(_salted(password.encode(), algo.salt1), algo.salt2)
    stretched = hashlib.pbkdf2_hmac("sha512", ph1, algo.salt1, 100_000)
    return int.from_bytes(_salted(stretched, algo.salt2), "big")


def new_settings(state: Any, password: str, **fields: Any) -> api.account.PasswordInputSettings:
    """Settings that set a password: salt1 extended by 32 bytes, the verifier in 256."""
    algo = state.new_algo
    algo.salt1 += secrets.token_bytes(32)
    verifier = pow(algo.g, password_hash(algo, password), int.from_bytes(algo.p, "big"))
    values = {"new_algo": algo, "new_password_hash": verifier.to_bytes(_SIZE, "big"), "hint": "", **fields}
    return api.account.PasswordInputSettings(**values)


def no_password() -> api.account.PasswordInputSettings:
    """Settings that remove the password."""
    return api.account.PasswordInputSettings(new_algo=api.PasswordKdfAlgoUnknown(), new_password_hash=b"", hint="")


def proof(state: Any, password: str) -> api.InputCheckPasswordSRP:
    """The answer to the challenge of an account.password."""
    algo = state.current_algo
    p, g = int.from_bytes(algo.p, "big"), algo.g
    g_padded = g.to_bytes(_SIZE, "big")
    x = password_hash(algo, password)
    a = int.from_bytes(secrets.token_bytes(_SIZE), "big")
    srp_a = pow(g, a, p).to_bytes(_SIZE, "big")
    u = int.from_bytes(_h(srp_a, state.srp_B), "big")
    k = int.from_bytes(_h(algo.p, g_padded), "big")
    g_b = (int.from_bytes(state.srp_B, "big") - k * pow(g, x, p)) % p
    shared = pow(g_b, a + u * x, p).to_bytes(_SIZE, "big")
    group = bytes(i ^ j for i, j in zip(_h(algo.p), _h(g_padded), strict=True))
    m1 = _h(group, _h(algo.salt1), _h(algo.salt2), srp_a, state.srp_B, _h(shared))
    return api.InputCheckPasswordSRP(srp_id=state.srp_id, A=srp_a, M1=m1)
