"""Fetching what strangers name, without letting them reach anything that is not public.

A URL that a user sends must not make the server ask its own network, its cloud's metadata service or itself. So the
host is resolved once, every address is checked, and the connection goes to the checked address (a second look-up could
give another one); each redirect starts over. Time and size are bounded, and only the default ports are used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""(host, port) → addresses as text."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CHUNK: Final = 1 << 16
_URL_MAX: Final = 4096
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_USER_AGENT: Final = "Mozilla/5.0 (compatible; CirrusgramBot; link preview)"


class FetchRefused(Exception):
    """The URL is not one to be fetched, or what it gave is not wanted; the text says why."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchRefused(f"{host} has no address") from error
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, also when it is wrapped in IPv6."""
    try:
        found: _IP = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched. Tests on loopback bring an ``is_allowed`` and ports of their own."""

    resolve: Resolver = resolve
    is_allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] | None = frozenset({80, 443})
    """None: any port."""
    redirects: int = 4
    timeout_s: float = 10.0
    """For everything together."""
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: ``url`` after redirects, the media type without parameters, the charset or ''."""

    url: str
    mime_type: str
    charset: str
    data: bytes


def fetch(url: str, policy: Policy, *, at_most: int, mime_types: Sequence[str], cut: bool = False) -> Page:
    """GET a URL. ``mime_types``: prefixes of those wanted. A longer body than ``at_most`` is cut, or refused.

    Raises:
        FetchRefused: for any reason.
    """
    deadline = time.monotonic() + policy.timeout_s
    for _ in range(policy.redirects + 1):
        parts = _checked(url, policy)
        with _connected(parts, _address(parts, policy), policy, deadline) as connection:
            answer = _get(connection, parts)
            if answer.status in _REDIRECTS:
                url = urljoin(url, answer.headers.get("Location", ""))
                continue
            if answer.status != http.client.OK:
                raise FetchRefused(f"status {answer.status}")
            mime_type = answer.headers.get_content_type()
            if not mime_type.startswith(tuple(mime_types)):
                raise FetchRefused(f"{mime_type} is not wanted")
            data = _read(answer, at_most, cut=cut)
            return Page(url, mime_type, answer.headers.get_content_charset() or "", data)
    raise FetchRefused("too many redirects")


def _checked(url: str, policy: Policy) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("no URL") from error
    if len(url) > _URL_MAX or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchRefused("only http and https URLs are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("URLs with a name or password are not fetched")
    if policy.ports is not None and port is not None and port not in policy.ports:
        raise FetchRefused(f"port {port} is not fetched from")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _address(parts: SplitResult, policy: Policy) -> str:
    """The address to connect to; refused when any of the host's addresses is not allowed."""
    host = parts.hostname or ""
    addresses = policy.resolve(host, _port(parts))
    if not addresses:
        raise FetchRefused(f"{host} has no address")
    if not all(policy.is_allowed(address) for address in addresses):
        raise FetchRefused(f"{host} is not public")
    return addresses[0]


@contextmanager
def _connected(
    parts: SplitResult, address: str, policy: Policy, deadline: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the checked address, which calls itself by the host's name; cut off at the deadline."""
    host, port = parts.hostname or "", _port(parts)
    connection = http.client.HTTPConnection(host, port)
    try:
        sock = socket.create_connection((address, port), timeout=_left(deadline))
        # A timeout of the socket is for each read alone: who sends a byte now and then would never be done.
        guard = threading.Timer(_left(deadline), _cut_off, (sock,))
        guard.start()
        try:
            if parts.scheme == "https":
                sock = policy.context.wrap_socket(sock, server_hostname=host)
            # Taken as it is: connecting by the name would look it up again.
            connection.sock = sock
            yield connection
        finally:
            guard.cancel()
            connection.close()
            sock.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchRefused(f"{type(error).__name__}: {error}") from error


def _cut_off(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchRefused("it took too long")
    return left


def _get(connection: http.client.HTTPConnection, parts: SplitResult) -> http.client.HTTPResponse:
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    if any(character <= " " or character >= "\x7f" for character in target):
        raise FetchRefused("the URL holds characters that must be escaped")
    connection.request(
        "GET",
        target,
        headers={
            "User-Agent": _USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,image/*;q=0.8",
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
    )
    return connection.getresponse()


def _read(answer: http.client.HTTPResponse, at_most: int, *, cut: bool) -> bytes:
    data = bytearray()
    with answer:
        while len(data) <= at_most:
            chunk = answer.read1(min(_CHUNK, at_most + 1 - len(data)))
            if not chunk:
                return bytes(data)
            data += chunk
    if not cut:
        raise FetchRefused(f"more than {at_most} bytes")
    return bytes(data[:at_most])
