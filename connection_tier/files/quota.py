"""How much one user may have uploaded and not used: parts cost storage for a day before the sweep takes them."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Final

from layers.blobs import AsyncBlobs
from layers.cache import AsyncCache, CacheUnavailable
from layers.domain.uploads import UPLOAD_LIFE_S, uploads_of
from layers.errors import FloodWait

_REFUSED_S: Final = 60
_REMEMBERED: Final = 10_000


class UploadQuota:
    """Counts bytes in the cache; above the quota it looks at what really stands there.

    The count only grows, since functions take parts into use without telling: the look corrects it.
    """

    def __init__(self, quota_bytes: int, cache: AsyncCache, blobs: AsyncBlobs) -> None:
        self._quota = quota_bytes
        self._cache = cache
        self._blobs = blobs
        self._refused: OrderedDict[int, float] = OrderedDict()

    async def spend(self, user_id: int, size: int) -> None:
        """Count a part that is to be stored.

        Raises:
            FloodWait: the user has too much waiting.
        """
        if not self._quota:
            return
        if (until := self._refused.get(user_id, 0.0)) > time.monotonic():
            raise FloodWait(int(until - time.monotonic()) + 1)
        key = f"uploads:{user_id}"
        try:
            if await self._cache.incr(key, size, ttl_s=UPLOAD_LIFE_S) <= self._quota:
                return
            waiting = sum(size for _, size in await self._blobs.list(uploads_of(user_id))) + size
            await self._cache.set(key, b"%d" % waiting, ttl_s=UPLOAD_LIFE_S)
        except CacheUnavailable:
            return  # Uploads go on without a cache; the sweep bounds them by time.
        if waiting > self._quota:
            self._refused[user_id] = time.monotonic() + _REFUSED_S
            if len(self._refused) > _REMEMBERED:
                self._refused.popitem(last=False)
            raise FloodWait(_REFUSED_S)
