"""The cache, by URL: `memory://` inside the process, `redis://` or `rediss://` shared by nodes."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from layers.cache.port import RESYNC, AsyncCache, Cache, CacheUnavailable, Subscriber, WrongKind
from layers.errors import ConfigurationError

__all__ = ["RESYNC", "AsyncCache", "Cache", "CacheUnavailable", "Subscriber", "WrongKind", "open_cache"]


def open_cache(url: str, *, check: bool = True) -> Cache:
    """Open the cache that `url` names: `memory://[?max_entries=N]`, `redis[s]://[user:password@]host[:port][/db]`.

    Each call of `memory://` is a cache of its own: share the object, not the URL.

    Raises:
        ConfigurationError: the URL is wrong or, with `check`, the server cannot be used.
    """
    parts = urlsplit(url)
    if parts.scheme == "memory":
        from layers.cache.memory import DEFAULT_MAX_ENTRIES, MemoryCache

        max_entries = parse_qs(parts.query).get("max_entries", [str(DEFAULT_MAX_ENTRIES)])[-1]
        if not max_entries.isdecimal() or int(max_entries) < 1:
            raise ConfigurationError(f"CACHE_URL: max_entries={max_entries} must be a whole number above 0")
        return MemoryCache(max_entries=int(max_entries))
    if parts.scheme in ("redis", "rediss"):
        from layers.cache.redis import RedisCache

        cache = RedisCache(url)
        if check:
            cache.check()
        return cache
    raise ConfigurationError(f"CACHE_URL: '{parts.scheme}://' is unknown; use memory:// or redis://host:port/0")
