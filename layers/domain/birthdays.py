"""Birthdays as `users.birthday` keeps them: one number, year × 10⁴ + month × 100 + day, year 0 = not told."""

from __future__ import annotations

import datetime as dt

from layers.errors import bad_request
from tl import api

_LEAP_YEAR = 2000


def pack_birthday(birthday: api.Birthday) -> int:
    """The number of a birthday; 400 BIRTHDAY_INVALID when there is no such day."""
    try:
        dt.date(birthday.year or _LEAP_YEAR, birthday.month, birthday.day)
    except (ValueError, OverflowError) as error:
        raise bad_request("BIRTHDAY_INVALID") from error
    return (birthday.year or 0) * 10_000 + birthday.month * 100 + birthday.day


def unpack_birthday(packed: int | None) -> api.Birthday | None:
    """Inverse of `pack_birthday`; None stays None."""
    if packed is None:
        return None
    year, month_day = divmod(packed, 10_000)
    month, day = divmod(month_day, 100)
    return api.Birthday(day=day, month=month, year=year or None)


def days_around(now: int) -> set[int]:
    """Yesterday, today and tomorrow (UTC) as month × 100 + day: clients see birthdays in any time zone."""
    today = dt.datetime.fromtimestamp(now, dt.UTC).date()
    days = [today + dt.timedelta(days=offset) for offset in (-1, 0, 1)]
    return {day.month * 100 + day.day for day in days}
