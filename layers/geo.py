"""Country and region of an address, from a MaxMind file (GeoLite2 City or Country, or any with the same fields).

https://maxmind.github.io/MaxMind-DB/. Without a file, and for what it does not know, both are empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from layers.errors import ConfigurationError
from layers.telemetry import get_logger

_LANGUAGE: Final = "en"

logger = get_logger("geo")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address probably is, as clients show it."""

    country: str = ""
    region: str = ""

    @property
    def text(self) -> str:
        """'Bavaria, Germany'."""
        return ", ".join(filter(None, (self.region, self.country)))


NOWHERE: Final = Place()


def check_file(path: Path) -> None:
    """Open the file once.

    Raises:
        ConfigurationError: it is not there or no MaxMind file.
    """
    import maxminddb

    try:
        maxminddb.open_database(path).close()
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        raise ConfigurationError(f"CIRRUSGRAM_GEO_DATABASE: {path} is no readable MaxMind file ({error})") from error


@cache
def _reader(path: Path) -> Any:
    import maxminddb  # only where there is a file

    try:
        return maxminddb.open_database(path)
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        logger.warning("no MaxMind file: sessions have no country", reason=str(error))
        return None


def place_of(path: Path | None, ip: str) -> Place:
    """The place of an address; `NOWHERE` when it is not known."""
    reader = None if path is None else _reader(path)
    if reader is None:
        return NOWHERE
    try:
        found = reader.get(ip)
    except ValueError:
        return NOWHERE
    if not isinstance(found, dict):
        return NOWHERE
    country = _name(found.get("country") or found.get("registered_country"))
    regions = found.get("subdivisions")
    region = _name(regions[0]) if isinstance(regions, list) and regions else ""
    return Place(country[:64], region[:128])


def _name(entry: Any) -> str:
    names = entry.get("names") if isinstance(entry, dict) else None
    return str(names.get(_LANGUAGE, "")) if isinstance(names, dict) else ""
