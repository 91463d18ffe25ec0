"""Signature Version 4, against botocore's signer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials
from hypothesis import given
from hypothesis import strategies as st

from connection_tier.runner.sigv4 import Credentials, signed_headers


def botocore_signature(credentials: Credentials, region: str, url: str, headers: dict[str, str], body: bytes) -> str:
    """The Authorization header that botocore makes for the same request at the same time."""
    signed = {name: value for name, value in headers.items() if name not in ("authorization", "host")}
    request: Any = AWSRequest("POST", url, signed, body)
    request.context["timestamp"] = headers["x-amz-date"]
    auth: Any = SigV4Auth(BotoCredentials(*credentials), "lambda", region)
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    names = auth.signed_headers(auth.headers_to_sign(request))
    return f"AWS4-HMAC-SHA256 Credential={auth.scope(request)}, SignedHeaders={names}, Signature={signature}"


@pytest.mark.parametrize("token", [None, "a/session+token=="])
@pytest.mark.parametrize(
    ("region", "origin"),
    [("eu-central-1", "https://lambda.eu-central-1.amazonaws.com"), ("us-east-1", "http://127.0.0.1:9001")],
)
def test_it_signs_as_botocore_does(region: str, origin: str, token: str | None) -> None:
    credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token)
    path = "/2015-03-31/functions/cirrusgram-messages/invocations"
    host = origin.partition("//")[2]
    headers = signed_headers(credentials, region, host, path, b'{"a":1}', 1_790_000_000.5)
    assert headers["x-amz-date"] == "20260921T141320Z"
    assert headers["authorization"] == botocore_signature(credentials, region, origin + path, headers, b'{"a":1}')


def test_a_query_is_signed() -> None:
    credentials = Credentials("KEY", "secret")
    moment = 1_790_000_000.5
    headers = signed_headers(credentials, "us-east-1", "localhost:1", "/x", b"", moment, query="Qualifier=live")
    url = "http://localhost:1/x?Qualifier=live"
    assert headers["authorization"] == botocore_signature(credentials, "us-east-1", url, headers, b"")


@given(body=st.binary(max_size=200), now=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1)))
def test_any_body_at_any_time(body: bytes, now: datetime) -> None:
    credentials = Credentials("KEY", "secret")
    moment = now.replace(tzinfo=UTC).timestamp()
    headers = signed_headers(credentials, "us-east-1", "localhost:1", "/x", body, moment)
    assert headers["authorization"] == botocore_signature(
        credentials, "us-east-1", "http://localhost:1/x", headers, body
    )
