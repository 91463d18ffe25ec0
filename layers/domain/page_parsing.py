"""What an HTML page says about itself: https://ogp.me, Twitter cards, title and description."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

_WANTED: Final = frozenset(
    {
        "og:title",
        "og:description",
        "og:image",
        "og:image:url",
        "og:image:secure_url",
        "og:site_name",
        "og:type",
        "twitter:title",
        "twitter:description",
        "twitter:image",
        "twitter:image:src",
        "description",
        "author",
        "article:author",
    }
)
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_-]{1,32})""", re.IGNORECASE)
_CHARSET_WITHIN: Final = 2048
_TITLE: Final = 256
_DESCRIPTION: Final = 1024
_SITE_NAME: Final = 128


@dataclass(frozen=True, slots=True)
class About:
    """A page's own words; ``image`` is an absolute URL or ''."""

    title: str = ""
    description: str = ""
    site_name: str = ""
    kind: str = ""
    author: str = ""
    image: str = ""


class _Head(HTMLParser):
    """Collects what the head of a page says; stops caring at its body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.named: dict[str, str] = {}
        self.title: list[str] = []
        self._in_title = False
        self._over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._over = True
        elif tag == "title":
            self._in_title = not self._over and not self.title
        elif tag == "meta":
            values = dict(attrs)
            name = (values.get("property") or values.get("name") or "").strip().lower()
            content = values.get("content")
            if name in _WANTED and content and content.strip():
                self.named.setdefault(name, content)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "title":
            self._in_title = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)


def about_page(data: bytes, charset: str, url: str) -> About:
    """What a page says about itself."""
    head = _Head()
    head.feed(_decoded(data, charset))
    named = head.named

    def first(*names: str, limit: int) -> str:
        for name in names:
            if named.get(name):
                return " ".join(named[name].split())[:limit]
        return ""

    image = first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", limit=4096)
    return About(
        title=first("og:title", "twitter:title", limit=_TITLE) or " ".join("".join(head.title).split())[:_TITLE],
        description=first("og:description", "twitter:description", "description", limit=_DESCRIPTION),
        site_name=first("og:site_name", limit=_SITE_NAME) or _site(url),
        kind=first("og:type", limit=32).partition(".")[0],
        author=first("author", "article:author", limit=_SITE_NAME),
        image=_absolute(url, image),
    )


def _absolute(url: str, image: str) -> str:
    try:
        return urljoin(url, image) if image else ""
    except ValueError:
        return ""


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _decoded(data: bytes, charset: str) -> str:
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    for name in (charset, found.group(1).decode("ascii") if found else "", "utf-8"):
        try:
            return data.decode(codecs.lookup(name).name, "replace") if name else data.decode("utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")
