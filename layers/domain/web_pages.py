"""Previews of the pages that messages link to: https://core.telegram.org/constructor/webPage.

A message holds the id of a page; the page itself is kept once, pending until a job has fetched it. Whoever is shown a
pending page is told by updateWebPage when it is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast
from urllib.parse import urlsplit, urlunsplit

import sqlalchemy as sa

import tl
from layers import agenda
from layers.context import Context
from layers.database import insert_ignore
from layers.domain.viewer_media import for_viewer
from layers.schema import web_page_waits, web_pages
from tl import api

URL_MAX: Final = 2048
LIFE_S: Final = 7 * 86_400
"""A page is fetched again for a message that links to it after so long."""
PENDING: Final = 0
"""``fetched_at`` of a page that is not there yet."""


def link_in(message: Any) -> str | None:
    """The first link of a message that a preview is made of."""
    for entity in message.entities or ():
        url = None
        if isinstance(entity, api.MessageEntityTextUrl):
            url = entity.url
        elif isinstance(entity, api.MessageEntityUrl):
            raw = message.message.encode("utf-16-le")[2 * entity.offset : 2 * (entity.offset + entity.length)]
            url = raw.decode("utf-16-le", "replace")
            url = url if "://" in url else f"http://{url}"
        normal = None if url is None else normal_url(url)
        if normal is not None:
            return normal
    return None


def normal_url(url: str) -> str | None:
    """A URL as pages are kept under; None for what is not fetched."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in {"http", "https"} or "." not in host or "@" in parts.netloc:
        return None
    named = f"[{host}]" if ":" in host else host
    netloc = named if port is None else f"{named}:{port}"
    normal = urlunsplit((parts.scheme.lower(), netloc, _quoted(parts.path) or "/", _quoted(parts.query), ""))
    return normal if len(normal) <= URL_MAX else None


def _quoted(text: str) -> str:
    return "".join(
        character if "!" <= character <= "~" else "".join(f"%{byte:02X}" for byte in character.encode())
        for character in text
    )


def page_id_of(url: str) -> int:
    """The id of the page at a URL."""
    return int.from_bytes(hashlib.sha256(url.encode()).digest()[:8], "little") >> 1 or 1


def ask_for(ctx: Context, url: str) -> api.TypeWebPage | None:
    """The page of a URL: as it is kept, or pending; None when it is known to have no preview.

    A page that is not there, or old, will be fetched. The row is locked, so that nobody finishes it unseen.
    """
    page_id = page_id_of(url)
    row = ctx.db.first(_BY_ID, {"page_id": page_id})
    if row is None:
        insert_ignore(ctx.db, web_pages, {"page_id": page_id, "url": url, "try_at": ctx.now})
        agenda.enter(ctx, ctx.now)
        return api.WebPagePending(id=page_id, url=url, date=ctx.now)
    if row.fetched_at and row.fetched_at < ctx.now - LIFE_S and row.try_at is None:
        ctx.db.execute(sa.update(web_pages).where(web_pages.c.page_id == page_id).values(try_at=ctx.now))
        agenda.enter(ctx, ctx.now)
    if row.fetched_at == PENDING:
        return api.WebPagePending(id=page_id, url=url, date=ctx.now)
    return None if row.page is None else cast("api.TypeWebPage", tl.decode(row.page))


_BY_ID: Final = sa.select(web_pages).where(web_pages.c.page_id == sa.bindparam("page_id")).with_for_update()


def preview(ctx: Context, message: Any) -> api.MessageMediaWebPage | None:
    """The preview of the first link of a text; None without one."""
    url = link_in(message) if ctx.settings.link_previews else None
    page = None if url is None else ask_for(ctx, url)
    return None if page is None else api.MessageMediaWebPage(webpage=page)


def settle_preview(ctx: Context, message: Any, place_key: int, peer_key: int) -> None:
    """A message is about to be stored in the box ``place_key``: whoever sees it is told when its page is there.

    What is stored is the page's id alone.
    """
    media = getattr(message, "media", None)
    if not isinstance(media, api.MessageMediaWebPage):
        return
    page: Any = media.webpage
    media.webpage = api.WebPagePending(id=page.id, url=page.url, date=0)
    row = ctx.db.first(_BY_ID, {"page_id": page.id})
    if row is not None and row.fetched_at == PENDING:
        wait_for(ctx, page.id, place_key, peer_key)


def wait_for(ctx: Context, page_id: int, place_key: int, peer_key: int) -> None:
    """Tell a box, and those that share its chat with ``peer_key``, when the page is there."""
    values = {"page_id": page_id, "place_key": place_key, "peer_key": peer_key}
    insert_ignore(ctx.db, web_page_waits, values)


def read_pages(ctx: Context, viewer_key: int, page_ids: Iterable[int]) -> dict[int, api.TypeWebPage]:
    """Pages as a viewer sees them, by id: ready, pending, or empty where there is no preview; one statement."""
    rows = _rows(ctx, page_ids)
    return {page_id: _shown(ctx, viewer_key, row) for page_id, row in rows.items()}


def _rows(ctx: Context, page_ids: Iterable[int]) -> dict[int, Any]:
    wanted = list(dict.fromkeys(page_ids))
    if not wanted:
        return {}
    rows = ctx.db.rows(sa.select(web_pages).where(web_pages.c.page_id.in_(wanted)))
    return {row.page_id: row for row in rows}


def _shown(ctx: Context, viewer_key: int, row: Any) -> api.TypeWebPage:
    if row.page is not None:
        return for_viewer(ctx, viewer_key, cast("api.TypeWebPage", tl.decode(row.page)))
    if row.fetched_at == PENDING:
        return api.WebPagePending(id=row.page_id, url=row.url, date=row.try_at or ctx.now)
    return api.WebPageEmpty(id=row.page_id, url=row.url)


def add_pages(ctx: Context, messages: Sequence[tuple[int, Any]]) -> None:
    """Bring the previews of (viewer key, message) pairs up to date; a page without a preview leaves no media."""
    rows = _rows(ctx, [message.media.webpage.id for _, message in messages])
    for viewer_key, message in messages:
        row = rows.get(message.media.webpage.id)
        page = None if row is None else _shown(ctx, viewer_key, row)
        if page is None or isinstance(page, api.WebPageEmpty):
            message.media = None
        else:
            message.media.webpage = page


# Fetching


NEXT: Final = sa.select(sa.func.min(web_pages.c.try_at))
"""When the next page is to be fetched."""


def due(ctx: Context, limit: int) -> Sequence[Any]:
    """Rows (page_id, url) of pages that are to be fetched."""
    return ctx.db.rows(
        sa.select(web_pages.c.page_id, web_pages.c.url)
        .where(web_pages.c.try_at <= ctx.now)
        .order_by(web_pages.c.try_at)
        .limit(limit)
    )


def claim(ctx: Context, page_id: int, lease_s: int) -> bool:
    """Take a page to be fetched; False when somebody else has. Who dies over it loses it after ``lease_s``."""
    return bool(
        ctx.db.execute(
            sa.update(web_pages)
            .where(web_pages.c.page_id == page_id, web_pages.c.try_at <= ctx.now)
            .values(try_at=ctx.now + lease_s)
        ).rowcount
    )


def keep(ctx: Context, page_id: int, page: api.WebPage | None) -> Sequence[Any]:
    """Keep what was fetched, None for no preview; rows (place_key, peer_key) of those who wait for it."""
    ctx.db.execute(
        sa.update(web_pages)
        .where(web_pages.c.page_id == page_id)
        .values(page=None if page is None else tl.encode(page), fetched_at=ctx.now, try_at=None)
    )
    waiting = ctx.db.rows(sa.select(web_page_waits).where(web_page_waits.c.page_id == page_id))
    ctx.db.execute(sa.delete(web_page_waits).where(web_page_waits.c.page_id == page_id))
    return waiting
