"""The check of AWS Signature Version 4, so that a client that signs wrongly is found out here."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

_AUTHORIZATION: Final = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/\d{8}/(?P<region>[^/]+)/lambda/aws4_request, "
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Verifier:
    """Knows one access key and its secret."""

    access_key: str
    secret_key: str

    def is_signed(self, request: web.Request, body: bytes) -> bool:
        """Whether the request was signed with the secret, as it arrived."""
        found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
        if found is None or found["key"] != self.access_key or "X-Amz-Date" not in request.headers:
            return False
        signed = {name: request.headers.get(name, "") for name in found["headers"].split(";")}
        url = f"http://{request.headers.get('Host', '')}{request.raw_path}"
        copy = AWSRequest(request.method, url, signed, body)
        copy.context["timestamp"] = request.headers["X-Amz-Date"]
        auth = SigV4Auth(Credentials(self.access_key, self.secret_key), "lambda", found["region"])
        signature = auth.signature(auth.string_to_sign(copy, auth.canonical_request(copy)), copy)
        return hmac.compare_digest(signature, found["signature"])
