"""Which runner answers which method: a table of patterns, the first that matches.

``CIRRUSGRAM_ROUTES="upload.*=local,*=lambda"``. File parts (upload.getFile, upload.saveFilePart) never come here: the
node streams them itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

import tl
from connection_tier.runner.port import Runner
from layers.config import Settings
from layers.errors import ConfigurationError
from layers.invocation import Invocation, Reply
from layers.metrics import Snapshot
from layers.registry import Registry

TARGETS: Final = ("local", "workers", "lambda")


@dataclass(frozen=True, slots=True)
class Route:
    """Methods whose name matches ``pattern`` (``*``, ``?`` and ``[…]``, as in file names) run at ``target``."""

    pattern: str
    target: str


def parse_routes(settings: Settings, registry: Registry) -> tuple[Route, ...]:
    """The table of the settings; without one, everything runs in the workers, or in the node when there are none.

    Raises:
        ConfigurationError: the table cannot be read, leaves methods out, or names what is not there.
    """
    if settings.routes is None:
        return (Route("*", "workers" if settings.workers else "local"),)
    routes = tuple(_route(entry) for entry in settings.routes.split(",") if entry.strip())
    names = [function.name for function in registry]
    for route in routes:
        if not any(fnmatchcase(name, route.pattern) for name in names):
            raise _wrong(f"no method matches {route.pattern!r}")
    if not routes or routes[-1].pattern != "*":
        raise _wrong("the last route must be for all other methods, as in *=local")
    targets = {route.target for route in routes}
    if "workers" in targets and not settings.workers:
        raise _wrong("workers are named, but there are none: give --workers N")
    if settings.workers and "workers" not in targets:
        raise _wrong(f"--workers {settings.workers} is given, but nothing runs there: name them, as in *=workers")
    if "lambda" in targets and (settings.is_single_node or settings.bus_url.startswith("memory:")):
        raise _wrong(
            "Lambda needs a cache and a bus that it can share: set CIRRUSGRAM_CACHE_URL and CIRRUSGRAM_BUS_URL"
        )
    if "lambda" in targets and settings.database_url is None:
        raise _wrong("Lambda needs a database that it can share: set CIRRUSGRAM_DATABASE_URL=mysql+pymysql://…")
    if "lambda" in targets and settings.master_key is None:
        raise _wrong("Lambda needs the master key of the nodes: set CIRRUSGRAM_MASTER_KEY")
    return routes


def _route(entry: str) -> Route:
    pattern, separator, target = (part.strip() for part in entry.partition("="))
    if not separator or not pattern:
        raise _wrong(f"{entry.strip()!r} is not PATTERN=TARGET, as in upload.*=local")
    if target not in TARGETS:
        raise _wrong(f"{target!r} is unknown; use {', '.join(TARGETS)}")
    return Route(pattern, target)


def _wrong(reason: str) -> ConfigurationError:
    return ConfigurationError(f"--routes (CIRRUSGRAM_ROUTES): {reason}")


class RoutedRunner:
    """Hands each request to the runner of its method's route.

    Args:
        routes: from `parse_routes`; the last matches everything.
        runners: target → runner, for every target that the routes name.
    """

    def __init__(self, routes: Sequence[Route], runners: Mapping[str, Runner]) -> None:
        self._routes = tuple(routes)
        self._runners = dict(runners)
        self.target = lru_cache(maxsize=2048)(self._find)

    def _find(self, name: str) -> str:
        """The target of a method; one that no layer knows goes the way of the last route."""
        return next(
            (route.target for route in self._routes if fnmatchcase(name, route.pattern)), self._routes[-1].target
        )

    @property
    def is_ready(self) -> bool:
        """Every route leads somewhere."""
        return all(runner.is_ready for runner in self._runners.values())

    async def invoke(self, invocation: Invocation) -> Reply:
        """Run it where its route says."""
        name = tl.method_name(tl.peek_id(invocation.request)) or ""
        return await self._runners[self.target(name)].invoke(invocation)

    def snapshots(self) -> list[Snapshot]:
        """Of every runner."""
        return [snapshot for runner in self._runners.values() for snapshot in runner.snapshots()]

    async def close(self) -> None:
        """Close every runner."""
        for runner in self._runners.values():
            await runner.close()
