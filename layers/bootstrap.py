"""From settings to services: every adapter opened and checked, for nodes, workers, Lambdas and commands alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layers.blobs import open_blobs
from layers.bus import open_bus
from layers.cache import open_cache
from layers.clock import system_clock
from layers.config import Settings
from layers.context import Services
from layers.database import open_database
from layers.domain.seed import seed
from layers.errors import ConfigurationError
from layers.keys import Keys, load_or_create_master_key, parse_master_key
from layers.migrations import migrate
from layers.telemetry import get_logger, set_log_level

logger = get_logger("bootstrap")


def open_keys(settings: Settings) -> Keys:
    """The derived keys, from the environment's master key or the data directory's."""
    if settings.master_key is not None:
        return Keys(parse_master_key(settings.master_key, origin="CIRRUSGRAM_MASTER_KEY"))
    return Keys(load_or_create_master_key(settings.data / "secret.key"))


def connect(settings: Settings, *, connections: int | None = None, check: bool = True) -> Services:
    """Open every adapter and check that it works.

    ``connections`` is how many the database pool keeps; default: enough for every thread of a node. Without ``check``
    a part may be away: what needs it fails until it is back.

    Raises:
        ConfigurationError: one of them cannot be used; the text says which and what to do.
    """
    set_log_level(settings.log_level)
    make_data_directory(settings.data)
    keys = open_keys(settings)
    database = open_database(settings.effective_database_url, pool_size=connections or settings.threads + 8)
    if check:
        database.check()
    return Services(
        settings=settings,
        database=database,
        cache=open_cache(settings.cache_url, check=check),
        bus=open_bus(settings.bus_url, check=check),
        blobs=open_blobs(settings.effective_blob_url, check=check),
        keys=keys,
        clock=system_clock,
        random=os.urandom,
    )


def open_services(settings: Settings) -> Services:
    """`connect`, then bring the schema up to date and create what every deployment has."""
    services = connect(settings)
    if applied := migrate(services.database):
        logger.info("schema migrated", revisions=applied)
    seed(services)
    return services


@contextmanager
def existing_services(settings: Settings) -> Iterator[Services]:
    """The services of a deployment that has been started before, for commands beside the server.

    Raises:
        ConfigurationError: there is no database yet, or something cannot be reached.
    """
    if settings.database_url is None and not (settings.data / "cirrusgram.db").exists():
        raise ConfigurationError(f"no database in {settings.data}: start the server once, or give --data DIR")
    services = connect(settings)
    try:
        yield services
    finally:
        close_services(services)


def close_services(services: Services) -> None:
    """Let every adapter go."""
    services.bus.close()
    services.cache.close()
    services.blobs.close()
    services.database.close()


def make_data_directory(path: Path) -> None:
    """Make the data directory, readable by its owner only."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"--data: cannot make the directory {path}: {error.strerror}") from error
