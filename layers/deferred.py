"""An adapter that is opened when it is first used: a Lambda that never touches blobs does not load S3's client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Deferred:
    """Stands for an adapter and forwards to it; for processes that run one function at a time."""

    def __init__(self, open_it: Callable[[], Any]) -> None:
        self._open_it = open_it
        self._opened: Any = None

    @property
    def opened(self) -> Any:
        """The adapter, or None when nobody has used it yet."""
        return self._opened

    def __getattr__(self, name: str) -> Any:
        if self._opened is None:
            self._opened = self._open_it()
        return getattr(self._opened, name)


def deferred(open_it: Callable[[], T]) -> T:
    """Something that behaves as what ``open_it()`` returns, which is called once, at the first use."""
    return cast("T", Deferred(open_it))


def opened(adapter: T) -> T | None:
    """The adapter behind a deferred one if it has been used; any other adapter is itself."""
    return cast("T | None", adapter.opened) if isinstance(adapter, Deferred) else adapter
