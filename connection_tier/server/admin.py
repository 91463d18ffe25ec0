"""`/metrics` for Prometheus, and the admin page with the JSON behind it, on the node's HTTP port.

The page needs a token in the settings; without one it does not exist. It travels in the Authorization header alone,
never in an address, and is compared in constant time. The page itself holds no data: anyone may load it where it is
on, and its script asks for the numbers with the token that the operator typed.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
import time
from contextlib import suppress
from functools import cache
from importlib import metadata, resources
from ipaddress import ip_address
from typing import Any, Final

import orjson
from aiohttp import web
from pydantic import SecretStr

from connection_tier.server.exposition import CONTENT_TYPE, exposition
from connection_tier.server.history import EVERY_S, History, by_label
from connection_tier.server.node import Node
from layers import measures
from layers.metrics import Snapshot, add_up

_SCRIPT_OR_STYLE: Final = re.compile(rb"<(script|style)>(.*?)</\1>", re.DOTALL)
_FORWARDED: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
_METHODS_SHOWN: Final = 40


@cache
def page() -> tuple[bytes, dict[str, str]]:
    """The page, and headers that let a browser run its own script and style and nothing else."""
    html = resources.files("connection_tier.server").joinpath("admin.html").read_bytes()
    hashes: dict[bytes, list[str]] = {b"script": [], b"style": []}
    for kind, text in _SCRIPT_OR_STYLE.findall(html):
        hashes[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'")
    policy = (
        f"default-src 'none'; script-src {' '.join(hashes[b'script'])}; style-src {' '.join(hashes[b'style'])}; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html, {"Content-Security-Policy": policy, **_HEADERS}


_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class AdminEndpoints:
    """The aiohttp handlers."""

    def __init__(self, node: Node) -> None:
        self._node = node
        settings = node.services.settings
        self._admin = _digest(settings.admin_token)
        self._metrics = _digest(settings.metrics_token)
        self._history = History()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the handlers on their paths."""
        router.add_get("/metrics", self._show_metrics)
        if self._admin is not None:
            router.add_get("/admin", self._show_page)
            router.add_get("/admin/status", self._show_status)
            self._node.spawn(self._remember())

    async def _remember(self) -> None:
        while True:
            self._history.add(time.time(), self._snapshot())
            await asyncio.sleep(EVERY_S)

    def _snapshot(self) -> Snapshot:
        workers = self._node.runner.snapshots()
        return add_up((measures.CATALOG.snapshot(), *workers))

    async def _show_metrics(self, request: web.Request) -> web.Response:
        if self._metrics is None and self._admin is None:
            if not _is_own_machine(request):
                raise web.HTTPForbidden(text="set CIRRUSGRAM_METRICS_TOKEN to read metrics from elsewhere\n")
        elif not (_is_token(request, self._metrics) or _is_token(request, self._admin)):
            raise _unauthorized()
        text = await self._node.in_thread(exposition, self._snapshot())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE, **_HEADERS})

    async def _show_page(self, _request: web.Request) -> web.Response:
        html, headers = page()
        return web.Response(body=html, headers={"Content-Type": "text/html; charset=utf-8", **headers})

    async def _show_status(self, request: web.Request) -> web.Response:
        if not _is_token(request, self._admin):
            raise _unauthorized()
        lacking = await self._node.lacking()
        body = orjson.dumps(self._status(lacking))
        return web.Response(body=body, headers={"Content-Type": "application/json", **_HEADERS})

    def _status(self, lacking: list[str]) -> dict[str, Any]:
        node = self._node
        now = time.time()
        snapshot = self._snapshot()
        errors = by_label(snapshot, measures.ERRORS, index=1)
        return {
            "node_id": node.node_id,
            "version": metadata.version("cirrusgram"),
            "at": now,
            "uptime_s": now - node.started_at,
            "state": "draining" if node.is_draining else "ready" if node.runner.is_ready else "unready",
            "lacking": lacking,
            "connections": [
                {"carrier": labels[0], "transport": labels[1], "count": row[0]}
                for labels, row in snapshot.get(measures.CONNECTIONS.name, ())
                if row[0]
            ],
            "sockets": node.sockets,
            "layers": by_label(snapshot, measures.SESSIONS, index=1),
            "sessions": by_label(snapshot, measures.SESSIONS),
            "users_online": node.sessions.users,
            "running": node.dispatcher.running,
            "queues": by_label(snapshot, measures.QUEUE_BYTES),
            "lag": {
                "consumers": by_label(snapshot, measures.LAG),
                "outbox_oldest_s": measures.OUTBOX_OLDEST.value(),
                "outbox_stale_accounts": measures.OUTBOX_STALE.value(),
                "pushes_held": node.pushes.held,
            },
            "refused": by_label(snapshot, measures.BAD_MESSAGES),
            "handshakes": by_label(snapshot, measures.HANDSHAKES),
            "errors": dict(sorted(errors.items(), key=lambda item: -item[1])[:20]),
            "recent_errors": [
                {
                    "at": error.at,
                    "method": error.method,
                    "error": error.error,
                    "user_id": error.user_id,
                    "trace_id": error.trace_id,
                }
                for error in reversed(node.dispatcher.server_errors)
            ][:30],
            "history": self._history.points(),
            "methods": self._history.methods(now, snapshot)[:_METHODS_SHOWN],
        }


def _digest(secret: SecretStr | None) -> bytes | None:
    """Tokens are compared by their hashes, so that lengths do not tell either."""
    return None if secret is None else hashlib.sha256(secret.get_secret_value().encode()).digest()


def _is_token(request: web.Request, wanted: bytes | None) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    given = hashlib.sha256(token.strip().encode(errors="surrogateescape")).digest()
    return wanted is not None and kind.lower() == "bearer" and hmac.compare_digest(given, wanted)


def _is_own_machine(request: web.Request) -> bool:
    """On loopback, and not by way of a proxy that runs there."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    with suppress(ValueError):
        return ip_address(request.remote or "").is_loopback
    return False


def _unauthorized() -> web.HTTPUnauthorized:
    return web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Bearer realm="cirrusgram"', **_HEADERS}, text="token?\n")
