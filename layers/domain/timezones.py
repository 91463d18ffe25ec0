"""help.getTimezonesList: time zones with today's offset from UTC.

https://core.telegram.org/method/help.getTimezonesList. The ids are the IANA data base's
(``layers/data/timezones.json``); the offset is that of the moment, so it changes with summer time, and the hash too.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from layers.data import load_json
from tl import api


def timezones_list(now: int) -> api.help.TimezonesList:
    """The zones from west to east at ``now``."""
    # Zones change their offset on whole quarters of an hour.
    return _timezones_list(now // 900)


@lru_cache(maxsize=2)
def _timezones_list(quarter: int) -> api.help.TimezonesList:
    moment = datetime.fromtimestamp(quarter * 900, UTC)
    zones = [
        api.Timezone(id=item["id"], name=item["name"], utc_offset=_offset_s(item["id"], moment, item["utc_offset"]))
        for item in load_json("timezones.json")
    ]
    zones.sort(key=lambda zone: (zone.utc_offset, zone.name))
    text = "".join(f"{zone.id}|{zone.utc_offset}\n" for zone in zones)
    digest = hashlib.sha256(text.encode()).digest()
    return api.help.TimezonesList(timezones=list(zones), hash=int.from_bytes(digest[:4], "big") >> 1 or 1)


def _offset_s(zone_id: str, moment: datetime, standard_s: int) -> int:
    """The zone's offset, or the one without summer time where the machine has no zone data."""
    try:
        offset = moment.astimezone(ZoneInfo(zone_id)).utcoffset()
    except ZoneInfoNotFoundError:
        return standard_s
    return standard_s if offset is None else int(offset.total_seconds())
