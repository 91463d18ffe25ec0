"""AWS Signature Version 4 of a JSON POST: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html.

The requests of the Lambda runner differ in path and body only, so that nearly all of what a general signer works out
is known beforehand; the key is derived once a day for each secret.
"""

from __future__ import annotations

import hmac
import time
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

CONTENT_TYPE: Final = "application/json"


class Credentials(NamedTuple):
    """``token`` is there for those of a role."""

    access_key: str
    secret_key: str
    token: str | None = None


def signed_headers(
    credentials: Credentials,
    region: str,
    host: str,
    path: str,
    body: bytes,
    now: float,
    service: str = "lambda",
    *,
    query: str = "",
) -> dict[str, str]:
    """The headers of ``POST https://host/path?query``.

    Args:
        host: as in the Host header, with a port that is not the scheme's own.
        path: absolute, percent-encoded once, with nothing in it that would be encoded again.
        query: of one parameter, so that there is no order to bring it in.
        now: unix seconds.
    """
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
    date = stamp[:8]
    headers = {"content-type": CONTENT_TYPE, "host": host, "x-amz-date": stamp}
    if credentials.token is not None:
        headers["x-amz-security-token"] = credentials.token
    names = ";".join(headers)
    canonical_headers = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical = f"POST\n{path}\n{query}\n{canonical_headers}\n{names}\n{sha256(body).hexdigest()}"
    scope = f"{date}/{region}/{service}/aws4_request"
    to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
    key = _signing_key(credentials.secret_key, date, region, service)
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


@lru_cache(maxsize=8)
def _signing_key(secret_key: str, date: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
