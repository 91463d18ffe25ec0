"""Fetching what strangers name: nothing but the public internet, within bounds of time and size."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from layers.domain.page_parsing import about_page
from layers.safe_fetch import FetchRefused, Policy, fetch, is_public

HTML = ("text/html",)


@contextmanager
def serving(answer: Callable[[str], bytes | list[bytes]]) -> Iterator[int]:
    """A server on loopback; ``answer`` gets the request line and gives what is sent, slowly where it is a list."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                line = connection.recv(65536).split(b"\r\n")[0].decode()
                found = answer(line)
                for part in found if isinstance(found, list) else [found]:
                    try:
                        connection.sendall(part)
                    except OSError:
                        break
                    if isinstance(found, list) and over.wait(0.05):
                        break

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listener.close()


def page(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def loopback(**options: Any) -> Policy:
    """A policy under which every host is on loopback."""
    fields: dict[str, Any] = {
        "resolve": lambda _host, _port: ["127.0.0.1"],
        "is_allowed": lambda address: address == "127.0.0.1",
        "ports": None,
        "timeout_s": 5.0,
    }
    return Policy(**{**fields, **options})


def test_a_page() -> None:
    with serving(lambda line: page(line.encode())) as port:
        found = fetch(f"http://example.org:{port}/a?b=c", loopback(), at_most=100, mime_types=HTML)
    assert (found.data, found.mime_type, found.charset) == (b"GET /a?b=c HTTP/1.1", "text/html", "utf-8")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "no address",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)
    policy = Policy(resolve=lambda _host, _port: [address])
    with pytest.raises(FetchRefused, match="not public"):
        fetch("http://example.org/", policy, at_most=10, mime_types=HTML)


def test_public_addresses() -> None:
    assert is_public("93.184.216.34") and is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_one_private_address_among_others_is_enough_to_refuse() -> None:
    policy = Policy(resolve=lambda _host, _port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(FetchRefused, match="not public"):
        fetch("http://example.org/", policy, at_most=10, mime_types=HTML)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///x",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://example.org/" + "x" * 5000,
        "gopher://127.0.0.1/",
    ],
)
def test_urls_that_are_not_fetched(url: str) -> None:
    policy = Policy(resolve=lambda _host, _port: ["93.184.216.34"])
    with pytest.raises(FetchRefused):
        fetch(url, policy, at_most=10, mime_types=HTML)


def test_lines_cannot_be_smuggled_in() -> None:
    with serving(lambda line: page(b"x")) as port, pytest.raises(FetchRefused):
        fetch(f"http://example.org:{port}/a b\r\nX: y", loopback(), at_most=10, mime_types=HTML)


def test_each_redirect_is_checked_and_the_checked_address_is_used() -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "example.org" else ["10.0.0.1"]

    def answer(line: str) -> bytes:
        if "/inside" in line:
            return page(b"", status="302 Found", Location="http://intranet.example/")
        if "/once" in line:
            return page(b"", status="301 Moved", Location="/there")
        return page(b"found")

    with serving(answer) as port:
        policy = loopback(resolve=resolve)
        found = fetch(f"http://example.org:{port}/once", policy, at_most=10, mime_types=HTML)
        assert (found.data, found.url) == (b"found", f"http://example.org:{port}/there")
        # One look-up for each request: what was checked is what is connected to.
        assert asked == ["example.org", "example.org"]
        with pytest.raises(FetchRefused, match="not public"):
            fetch(f"http://example.org:{port}/inside", policy, at_most=10, mime_types=HTML)


def test_redirects_end() -> None:
    answer = page(b"", status="302 Found", Location="/again")
    with serving(lambda _line: answer) as port, pytest.raises(FetchRefused, match="too many redirects"):
        fetch(f"http://example.org:{port}/", loopback(redirects=2), at_most=10, mime_types=HTML)


def test_bounds_of_size() -> None:
    with serving(lambda _line: page(b"x" * 1000)) as port:
        url = f"http://example.org:{port}/"
        assert fetch(url, loopback(), at_most=10, mime_types=HTML, cut=True).data == b"x" * 10
        assert len(fetch(url, loopback(), at_most=1000, mime_types=HTML).data) == 1000
        with pytest.raises(FetchRefused, match="more than 10"):
            fetch(url, loopback(), at_most=10, mime_types=HTML)


def test_bounds_of_time() -> None:
    drops = [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 200]
    with serving(lambda _line: drops) as port:
        started = time.monotonic()
        with pytest.raises(FetchRefused):
            fetch(f"http://example.org:{port}/", loopback(timeout_s=0.5), at_most=10, mime_types=HTML)
        assert time.monotonic() - started < 5


def test_what_is_not_wanted() -> None:
    with serving(lambda _line: page(b"x", kind="application/zip")) as port, pytest.raises(FetchRefused, match="zip"):
        fetch(f"http://example.org:{port}/", loopback(), at_most=10, mime_types=HTML)
    with serving(lambda _line: page(b"x", status="404 Not Found")) as port, pytest.raises(FetchRefused, match="404"):
        fetch(f"http://example.org:{port}/", loopback(), at_most=10, mime_types=HTML)
    with serving(lambda _line: b"no HTTP") as port, pytest.raises(FetchRefused):
        fetch(f"http://example.org:{port}/", loopback(), at_most=10, mime_types=HTML)


# What a page says


def test_what_a_page_says() -> None:
    html = """<html><head><title>Title &amp; more</title>
    <meta property="og:title" content="Open  graph"><meta name="description" content="plain">
    <meta property="og:description" content="best"><meta property="og:image" content="/a.png">
    <meta property="og:site_name" content="Site"><meta property="og:type" content="video.movie"></head>
    <body><title>not this</title></body></html>"""
    found = about_page(html.encode(), "utf-8", "https://www.example.org/x/y")
    assert (found.title, found.description, found.site_name) == ("Open graph", "best", "Site")
    assert (found.kind, found.image) == ("video", "https://www.example.org/a.png")
    bare = about_page(
        b"<title>Title &amp; more</title><meta name=description content=plain>", "", "https://www.example.org"
    )
    assert (bare.title, bare.description, bare.site_name) == ("Title & more", "plain", "example.org")


def test_charsets() -> None:
    html = '<meta charset="windows-1251"><title>Привет</title>'
    assert about_page(html.encode("cp1251"), "", "https://example.org").title == "Привет"
    assert about_page("<title>é</title>".encode("latin-1"), "latin-1", "https://example.org").title == "é"
    assert about_page("<title>é</title>".encode(), "no-such-charset", "https://example.org").title == "é"
    assert about_page(b"<title>\xff", "zlib", "https://example.org").title
