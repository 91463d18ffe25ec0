"""Link previews: https://core.telegram.org/method/messages.getWebPagePreview.

Pages are fetched by a job, never while a client waits, and only from the public internet (`layers.safe_fetch`).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from layers import safe_fetch, unit_of_work
from layers.context import Context, Services
from layers.domain import outbox, web_pages
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_updates import push_channel_box
from layers.domain.holders import other_holders
from layers.domain.limits import MESSAGE_LENGTH
from layers.domain.page_parsing import About, about_page
from layers.domain.peers import bare_id, is_channel
from layers.domain.photos import keep_picture
from layers.domain.text import normalise, utf16_length
from layers.domain.viewer_media import for_viewer
from layers.errors import RpcError, bad_request
from layers.registry import FloodLimit, function, job
from layers.telemetry import get_logger
from tl import api

logger = get_logger("web_pages")

_AT_ONCE: Final = 8
_LEASE_S: Final = 60
_PAGE_MAX: Final = 1 << 20
_PICTURE_MAX: Final = 5 << 20
_PAGES: Final = ("text/html", "application/xhtml+xml")
_PICTURES: Final = ("image/jpeg", "image/png", "image/webp")


@function(api.messages.GetWebPagePreview, writes=True, flood=FloodLimit(120, 60))
def get_web_page_preview(ctx: Context, request: api.messages.GetWebPagePreview) -> api.messages.WebPagePreview:
    """The preview a message would have; a pending one is told by updateWebPage when it is there."""
    if not request.message.strip():
        raise bad_request("MESSAGE_EMPTY")
    if utf16_length(request.message) > MESSAGE_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    text, entities = normalise(ctx, request.message, request.entities)
    message = api.Message(id=0, peer_id=api.PeerUser(user_id=0), date=0, message=text, entities=entities)
    media: Any = web_pages.preview(ctx, message) or api.MessageMediaEmpty()
    if isinstance(media, api.MessageMediaWebPage):
        if isinstance(media.webpage, api.WebPagePending):
            web_pages.wait_for(ctx, media.webpage.id, ctx.user_id, ctx.user_id)
        for_viewer(ctx, ctx.user_id, media)
    return api.messages.WebPagePreview(media=media, chats=[], users=[])


@job(every_s=1, due=web_pages.NEXT)
def fetch_pages(services: Services, policy: safe_fetch.Policy | None = None) -> int:
    """Fetch pages that messages link to; how many there were."""
    if not services.settings.link_previews:
        return 0
    rows, _ = unit_of_work.run(services, lambda ctx: web_pages.due(ctx, _AT_ONCE), writes=False)
    if rows:
        chosen = policy or safe_fetch.Policy()
        with ThreadPoolExecutor(len(rows), thread_name_prefix="pages") as pool:
            list(pool.map(lambda row: _fetch(services, row, chosen), rows))
    return len(rows)


def _fetch(services: Services, row: Any, policy: safe_fetch.Policy) -> None:
    claimed, _ = unit_of_work.run(services, lambda ctx: web_pages.claim(ctx, row.page_id, _LEASE_S), writes=True)
    if not claimed:
        return
    try:
        about, picture = _look_at(row.url, policy)
    except safe_fetch.FetchRefused as refusal:
        logger.info("page not fetched", reason=str(refusal))
        about, picture = None, b""
    unit_of_work.run(services, lambda ctx: _keep(ctx, row, about, picture), writes=True)


def _look_at(url: str, policy: safe_fetch.Policy) -> tuple[About | None, bytes]:
    """What a page says about itself, and its picture."""
    page = safe_fetch.fetch(url, policy, at_most=_PAGE_MAX, mime_types=(*_PAGES, *_PICTURES), cut=True)
    if page.mime_type in _PICTURES:
        if len(page.data) >= _PAGE_MAX:
            page = safe_fetch.fetch(url, policy, at_most=_PICTURE_MAX, mime_types=_PICTURES)
        return About(kind="photo"), page.data
    about = about_page(page.data, page.charset, page.url)
    if not about.title and not about.description:
        return None, b""
    picture = b""
    if about.image:
        try:
            picture = safe_fetch.fetch(about.image, policy, at_most=_PICTURE_MAX, mime_types=_PICTURES).data
        except safe_fetch.FetchRefused as refusal:
            logger.info("picture not fetched", reason=str(refusal))
    return about, picture


def _keep(ctx: Context, row: Any, about: About | None, picture: bytes) -> None:
    page = None if about is None else _page(ctx, row, about, picture)
    waiting = web_pages.keep(ctx, row.page_id, page)
    _tell(ctx, row.page_id, waiting)


def _page(ctx: Context, row: Any, about: About, picture: bytes) -> api.WebPage | None:
    photo = None
    if picture:
        try:
            photo = keep_picture(ctx, picture)
        except RpcError as refusal:
            logger.info("picture not kept", reason=refusal.type)
    if photo is None and not about.title and not about.description:
        return None
    return api.WebPage(
        id=row.page_id,
        url=row.url,
        display_url=row.url.partition("://")[2].removesuffix("/"),
        hash=0,
        type=about.kind or "article",
        site_name=about.site_name or None,
        title=about.title or None,
        description=about.description or None,
        author=about.author or None,
        photo=photo,
    )


def _tell(ctx: Context, page_id: int, waiting: Sequence[Any]) -> None:
    for wait in waiting:
        if is_channel(wait.place_key):
            with open_channel_box(ctx, wait.place_key) as box:
                empty = api.WebPageEmpty(id=page_id)
                box.record(
                    api.UpdateChannelWebPage(channel_id=bare_id(wait.place_key), webpage=empty, pts=0, pts_count=0)
                )
            push_channel_box(ctx, box)
            continue
        holders = [wait.place_key, *other_holders(ctx, wait.place_key, wait.peer_key)]
        outbox.post_each(ctx, dict.fromkeys(holders), outbox.WebPage(page_id))
