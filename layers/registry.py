"""The registry of business functions: TL method name → function; and of consumers and periodic jobs.

The connection tier and the functions meet here and in the envelope (`layers.invocation`); neither imports the other.
A function is ``(context, request) -> result``, marked by `function`; `load_registry` collects the marked ones of a
package.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any, Final, TypeVar

import sqlalchemy as sa

import tl
from tl import TLObject

Handler = Callable[[Any, Any], Any]
H = TypeVar("H", bound=Handler)

_MARK: Final = "__cirrusgram_functions__"


@dataclass(frozen=True, slots=True)
class FloodLimit:
    """At most ``calls`` in ``window_s`` seconds for one user (or, before sign-in, one authorization key)."""

    calls: int
    window_s: int


DEFAULT_FLOOD: Final = FloodLimit(600, 60)


@dataclass(frozen=True, slots=True)
class Function:
    """One TL method's implementation and its rules.

    ``anonymous``: callable without a signed-in user. ``writes``: runs in a writing transaction. ``partial``: what is
    missing for Telegram's full behaviour, shown in the method table; None = complete.
    """

    request: type[TLObject]
    handler: Handler
    anonymous: bool
    writes: bool
    flood: FloodLimit
    partial: str | None
    prepare: Handler | None = None
    """``(context, request) -> rows by id``: slow work on what a client uploaded, done before the transaction begins."""

    @property
    def name(self) -> str:
        """'messages.sendMessage'."""
        return self.request.TL_NAME


def function(
    *requests: type[TLObject],
    anonymous: bool = False,
    writes: bool = False,
    flood: FloodLimit = DEFAULT_FLOOD,
    partial: str | None = None,
    prepare: Handler | None = None,
) -> Callable[[H], H]:
    """Mark a handler as the implementation of one or several methods."""

    def mark(handler: H) -> H:
        marked = [Function(request, handler, anonymous, writes, flood, partial, prepare) for request in requests]
        setattr(handler, _MARK, [*getattr(handler, _MARK, []), *marked])
        return handler

    return mark


@dataclass(frozen=True, slots=True)
class Consumer:
    """A handler of bus records: ``(services, records) -> None``, idempotent, one group for the whole deployment."""

    topic: str
    group: str
    handler: Handler


@dataclass(frozen=True, slots=True)
class Job:
    """Work that some process does every so often: ``(services) -> None``, harmless when two do it at once.

    With ``due``, which selects a unix time or NULL, it is done at that time, and no more often than ``every_s``.
    """

    name: str
    every_s: float
    handler: Callable[[Any], Any]
    due: sa.Select[Any] | None = None


def consumer(topic: str, *, group: str) -> Callable[[H], H]:
    """Mark a handler of bus records."""

    def mark(handler: H) -> H:
        setattr(handler, _MARK, [*getattr(handler, _MARK, []), Consumer(topic, group, handler)])
        return handler

    return mark


J = TypeVar("J", bound=Callable[[Any], Any])


def job(*, every_s: float, due: sa.Select[Any] | None = None) -> Callable[[J], J]:
    """Mark periodic work, or (``due``) work of a table that says when: one value, looked up without a walk."""

    def mark(handler: J) -> J:
        name = f"{handler.__module__}.{handler.__qualname__}"
        setattr(handler, _MARK, [*getattr(handler, _MARK, []), Job(name, every_s, handler, due)])
        return handler

    return mark


class Registry:
    """All functions of a deployment by method name, its consumers and its periodic jobs."""

    def __init__(self, marked: Iterable[Function | Consumer | Job]) -> None:
        self._by_name: dict[str, Function] = {}
        self.consumers: list[Consumer] = []
        self.jobs: list[Job] = []
        for item in marked:
            if isinstance(item, Consumer):
                self.consumers.append(item)
            elif isinstance(item, Job):
                self.jobs.append(item)
            elif item.name in self._by_name:
                raise ValueError(f"two functions implement {item.name}")
            else:
                self._by_name[item.name] = item

    def get(self, name: str) -> Function | None:
        """The function of a method, or None where it is not implemented."""
        return self._by_name.get(name)

    def writes(self, name: str) -> bool:
        """Whether the method changes something (False for methods that are not implemented)."""
        function = self._by_name.get(name)
        return function is not None and function.writes

    def __iter__(self) -> Iterator[Function]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    @cached_property
    def user_only(self) -> frozenset[str]:
        """Methods that bots may not call, by the published method list."""
        return frozenset(method.name for method in tl.methods() if method.usable_by == "user")

    @cached_property
    def bot_only(self) -> frozenset[str]:
        """Methods that only bots may call."""
        return frozenset(method.name for method in tl.methods() if method.usable_by == "bot")


def load_registry(package: str = "functions") -> Registry:
    """Import every module of a package and collect its functions."""
    return Registry(_marked(importlib.import_module(package)))


def _marked(root: ModuleType) -> Iterator[Function | Consumer | Job]:
    for info in pkgutil.walk_packages(root.__path__, root.__name__ + "."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if getattr(value, "__module__", None) == info.name:
                yield from getattr(value, _MARK, ())
