"""The admin page in a real browser: it loads nothing from elsewhere, keeps the token to itself and shows what happens.

Screenshots go to the folder that SCREENSHOTS names, if it does.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from connection_tier.server.admin import page
from tests.functional.clients import member, websocket, with_key
from tests.servers import Server
from tl import api

_TOKEN = "a-token-that-opens-the-page"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_FLAGS += ["--disable-component-update", "--disable-sync"]
_PAGE = re.compile(r"<script>(.*)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def node(make_server: Callable[..., Server]) -> Server:
    return make_server(CIRRUSGRAM_ADMIN_TOKEN=_TOKEN)


@asynccontextmanager
async def browser_page(**options: Any) -> AsyncIterator[Any]:
    """A page of headless Chromium; skips with its reason where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (Debian: chromium)")
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("playwright is not installed (PyPI: playwright)")
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            context = await browser.new_context(**options)
            yield await context.new_page()
        finally:
            await browser.close()


def test_the_page_refers_to_nothing_elsewhere() -> None:
    html, headers = page()
    text = html.decode()
    for said in ("http://", "https://", "//cdn", "@import", "src=", "url("):
        assert said not in text.replace("http://www.w3.org/2000/svg", ""), said
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "style=" not in _PAGE.sub("", text), "the policy forbids attributes of style"


async def test_an_operator_sees_the_node(node: Server) -> None:
    problems: list[str] = []
    addresses: list[str] = []
    async with member(node, "Alice") as alice, with_key(node, websocket(node)) as bob, browser_page() as shown:
        shown.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        shown.on("pageerror", lambda error: problems.append(str(error)))
        shown.on("request", lambda request: addresses.append(request.url))
        await alice.invoke(api.messages.SendMessage(peer=api.InputPeerSelf(), message="hi", random_id=1))
        await bob.invoke(api.help.GetConfig())

        await shown.goto(f"{node.http_url}/admin")
        assert await shown.locator("#board").is_hidden()
        assert problems == []
        await shown.fill("#token", "this is not the one")
        await shown.click("button[type=submit]")
        await shown.get_by_text("That is not the token.").wait_for()
        assert any("401" in problem for problem in problems), "the browser itself reports the refusal"
        problems.clear()

        await shown.fill("#token", _TOKEN)
        await shown.click("button[type=submit]")
        await shown.locator("#board").wait_for(state="visible")
        assert await shown.locator("#state").inner_text() == "ready"
        methods = await shown.locator("#methods").inner_text()
        assert "messages.sendMessage" in methods
        connections = await shown.locator("#connections").inner_text()
        assert "tcp" in connections
        assert "websocket" in connections
        assert await shown.locator(".tile").count() == 8
        assert await shown.locator("#charts svg").count() == 6

        await shown.reload()
        await shown.locator("#board").wait_for(state="visible")
        await shown.click("#leave")
        assert await shown.locator("#login").is_visible()
        assert await shown.evaluate("sessionStorage.length + localStorage.length") == 0
        assert problems == []
        assert {address.split("?")[0].removeprefix(node.http_url) for address in addresses} <= {
            "/admin",
            "/admin/status",
            "/favicon.ico",
        }
        assert not any(_TOKEN in address for address in addresses)
    assert _TOKEN not in node.log.read_text()


def _failure(method: str, error: str, user_id: int | None) -> dict[str, Any]:
    trace_id = "6b0b3d83847e457eaf8e07e0a251ebab"
    return {"at": 1_790_000_700.0, "method": method, "error": error, "user_id": user_id, "trace_id": trace_id}


_BUSY: dict[str, Any] = {
    "node_id": "6f1c2a9b7d3e4f50",
    "version": "0.1.0",
    "at": 1_790_000_900.0,
    "uptime_s": 273_600,
    "state": "ready",
    "lacking": [],
    "connections": [
        {"carrier": "tcp", "transport": "obfuscated+padded intermediate", "count": 8123},
        {"carrier": "tcp", "transport": "abridged", "count": 964},
        {"carrier": "websocket", "transport": "obfuscated+intermediate", "count": 2310},
        {"carrier": "http", "transport": "http", "count": 12},
    ],
    "sockets": 11_431,
    "layers": {"232": 9102, "216": 1904, "214": 411, "158": 35, "none": 9},
    "sessions": {"tcp": 9100, "websocket": 2310, "http": 12, "none": 39},
    "users_online": 10_240,
    "running": 17,
    "queues": {"inbound": 51_233, "outbound": 1_923_111},
    "lag": {"consumers": {"boxes": 3}, "outbox_oldest_s": 0, "outbox_stale_accounts": 0, "pushes_held": 2},
    "refused": {"48": 81, "16": 3},
    "handshakes": {"ok": 2210, "failed": 12, "busy": 0},
    "errors": {"FLOOD_WAIT_X": 310, "PEER_ID_INVALID": 41, "PHONE_CODE_INVALID": 22, "RPC_CALL_FAIL": 2},
    "recent_errors": [
        _failure("messages.sendMessage", "RPC_CALL_FAIL", 4080743488),
        _failure("photos.uploadProfilePhoto", "INTERNAL", None),
    ],
    "history": [
        {
            "at": 1_790_000_000.0 + 5 * index,
            "requests": 410 + 90 * ((index * 37) % 11) / 11 + index,
            "errors": 1.5,
            "messages": 120 + 30 * ((index * 53) % 7) / 7,
            "connections": 9000 + 13 * index,
            "p50": 4 + ((index * 29) % 5) / 5,
            "p95": 18 + 6 * ((index * 31) % 9) / 9,
            "p99": 40 + 35 * ((index * 41) % 13) / 13,
            "push_p95": 11 + 9 * ((index * 17) % 8) / 8,
            "loop_p99": 1 + 2 * ((index * 23) % 6) / 6,
        }
        for index in range(180)
    ],
    "methods": [
        {"method": name, "count": count, "per_s": count / 300, "errors": errors}
        | {"p50": p50, "p95": p50 * 4, "p99": p50 * 9}
        for name, count, errors, p50 in (
            ("messages.sendMessage", 36_210, 12, 6.1),
            ("updates.getDifference", 20_010, 0, 3.2),
            ("messages.getHistory", 18_240, 3, 8.4),
            ("account.updateStatus", 17_000, 0, 1.1),
            ("upload.getFile", 9_240, 1, 21.5),
            ("contacts.resolveUsername", 820, 310, 2.2),
        )
    ],
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_busy_node_fits_the_page(node: Server, scheme: str, tmp_path: Path) -> None:
    """By the numbers of a large node: nothing overflows on a desk or on a telephone, in either colour scheme."""

    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    async with browser_page(color_scheme=scheme, viewport={"width": 1280, "height": 900}) as shown:
        await shown.route("**/admin/status", lambda route: route.fulfill(json=_BUSY))
        await shown.goto(f"{node.http_url}/admin")
        await shown.screenshot(path=folder / f"login-{scheme}.png")
        await shown.fill("#token", _TOKEN)
        await shown.click("button[type=submit]")
        await shown.locator("#board").wait_for(state="visible")
        assert "RPC_CALL_FAIL" in await shown.locator("#recent").inner_text()
        for width in (1280, 390):
            await shown.set_viewport_size({"width": width, "height": 900})
            assert await shown.evaluate("document.documentElement.scrollWidth") <= width
            await shown.screenshot(path=folder / f"admin-{scheme}-{width}.png", full_page=True)
