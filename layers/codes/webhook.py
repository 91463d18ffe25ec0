"""Login codes by a request to a program of the operator's own.

``POST`` with JSON ``{"phone": "+…", "code": "…", "text": "…"}``; with a key, the header ``X-Cirrusgram-Signature`` is
``sha256=`` and the HMAC of the body under it. Any status of 200 to 299 means: taken.
"""

from __future__ import annotations

import hashlib
import hmac
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

import orjson

from layers.codes import TIMEOUT_S, USAGE, NotDelivered
from layers.errors import ConfigurationError

SIGNATURE: Final = "X-Cirrusgram-Signature"


def parse_webhook(url: str) -> tuple[str, bytes]:
    """``http[s]://[KEY@]HOST[:PORT]/PATH`` as (URL without the key, key).

    Raises:
        ConfigurationError: it is none, or would send codes in the clear over a network.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError(f"CIRRUSGRAM_LOGIN_CODE: {USAGE}")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ConfigurationError("CIRRUSGRAM_LOGIN_CODE: the webhook needs https:// unless it is on this machine")
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host).geturl(), unquote(parts.username or "").encode()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class WebhookSender:
    """Sends one request a code, on a connection of its own: codes are rare."""

    def __init__(self, url: str, key: bytes) -> None:
        self._parts = urlsplit(url)
        self._key = key

    def send(self, phone: str, code: str, text: str) -> None:
        body = orjson.dumps({"phone": f"+{phone}", "code": code, "text": text})
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers[SIGNATURE] = "sha256=" + hmac.new(self._key, body, hashlib.sha256).hexdigest()
        kind = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        connection = kind(self._parts.hostname or "", self._parts.port, timeout=TIMEOUT_S)
        path = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        try:
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise NotDelivered(type(error).__name__) from error
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise NotDelivered(f"status {status}")
