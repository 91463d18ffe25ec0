"""The secret of an MTProxy, which its clients mix into the keys of the obfuscation.

Specification: https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation
"""

from typing import NamedTuple

SECRET_BYTES = 16
_PADDED = "dd"
_FAKE_TLS = "ee"


class ProxySecret(NamedTuple):
    """``secret``: 16 bytes. ``requires_padding``: a "dd" or "ee" secret, whose clients speak padded intermediate only.

    ``is_fake_tls``: an "ee" secret, whose clients wrap that in fake TLS.
    """

    secret: bytes
    requires_padding: bool = False
    is_fake_tls: bool = False


def parse_secret(text: str) -> ProxySecret:
    """Read a secret as it stands in a tg://proxy link: 32 hex digits, perhaps behind "dd"; or "ee", 32 hex digits and
    the hex digits of a host name, which only clients need.

    Raises:
        ValueError: anything else; the text says what is wrong.
    """
    digits = text.strip().lower()
    is_fake_tls = digits.startswith(_FAKE_TLS) and len(digits) > 2 * SECRET_BYTES
    requires_padding = is_fake_tls or (digits.startswith(_PADDED) and len(digits) == len(_PADDED) + 2 * SECRET_BYTES)
    if requires_padding:
        digits = digits[len(_PADDED) :]
    try:
        decoded = bytes.fromhex(digits)
    except ValueError:
        decoded = b""
    secret, domain = decoded[:SECRET_BYTES], decoded[SECRET_BYTES:]
    if len(secret) != SECRET_BYTES or bool(domain) != is_fake_tls:
        raise ValueError("a secret is 32 hex digits, 'dd' and 32 hex digits, or 'ee', 32 hex digits and a host name's")
    return ProxySecret(secret, requires_padding, is_fake_tls)
