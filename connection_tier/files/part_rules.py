"""The rules for parts of an upload, as far as one node can know them.

https://core.telegram.org/api/files#uploading-files: all parts but the last have the same size, which is a multiple of
1 KiB and divides 512 KiB. Parts come in any order, over several connections and perhaps to several nodes: what a node
cannot see is checked when the file is used.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from layers.domain.limits import UPLOAD_PARTS
from layers.domain.uploads import MAX_PART_BYTES, is_part_size
from layers.errors import bad_request

_REMEMBERED_UPLOADS: Final = 10_000


@dataclass(slots=True)
class _Seen:
    """``size`` is that of full parts, None until one is known not to be the last; ``last`` the highest part so far."""

    size: int | None = None
    last: int = -1
    last_size: int = 0
    total: int | None = None


class PartRules:
    """Remembers the sizes of recent uploads, the least recently used forgotten first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[int, int], _Seen] = OrderedDict()

    def check(self, user_id: int, file_id: int, part: int, size: int, total: int | None) -> None:
        """Accept one part, or raise.

        Raises:
            RpcError: 400 FILE_PART_EMPTY, FILE_PART_TOO_BIG, FILE_PART_INVALID (the number), FILE_PARTS_INVALID (the
                total), FILE_PART_SIZE_INVALID, FILE_PART_SIZE_CHANGED.
        """
        if size == 0:
            raise bad_request("FILE_PART_EMPTY")
        if size > MAX_PART_BYTES:
            raise bad_request("FILE_PART_TOO_BIG")
        if total is not None and not 1 <= total <= UPLOAD_PARTS:
            raise bad_request("FILE_PARTS_INVALID")
        if not 0 <= part < (UPLOAD_PARTS if total is None else total):
            raise bad_request("FILE_PART_INVALID")
        seen = self._recall(user_id, file_id)
        if total is not None and seen.total not in (None, total):
            raise bad_request("FILE_PARTS_INVALID")
        _check_size(seen, part, size, total or seen.total)
        seen.total = total or seen.total

    def _recall(self, user_id: int, file_id: int) -> _Seen:
        key = user_id, file_id
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = _Seen()
            if len(self._seen) > _REMEMBERED_UPLOADS:
                self._seen.popitem(last=False)
        else:
            self._seen.move_to_end(key)
        return seen


def _check_size(seen: _Seen, part: int, size: int, total: int | None) -> None:
    """Part sizes agree: whoever has a later part behind it is full, the last one is not longer than that."""
    full = seen.size
    if part < seen.last or (total is not None and part < total - 1):
        full = _agree(full, size)
    elif part > seen.last >= 0:
        full = _agree(full, seen.last_size)
    last, last_size = (part, size) if part >= seen.last else (seen.last, seen.last_size)
    if full is not None and last_size > full:
        raise bad_request("FILE_PART_SIZE_CHANGED")
    seen.size, seen.last, seen.last_size = full, last, last_size


def _agree(full: int | None, size: int) -> int:
    if not is_part_size(size):
        raise bad_request("FILE_PART_SIZE_INVALID")
    if full is not None and full != size:
        raise bad_request("FILE_PART_SIZE_CHANGED")
    return size
