"""When a user was last seen, as exactly as the viewer may know.

https://core.telegram.org/type/UserStatus. Whoever may not know the time learns only in which of four spans it falls.
"""

from __future__ import annotations

from typing import Final

from tl import api

_DAY_S: Final = 86_400
RECENTLY_S: Final = 3 * _DAY_S
WEEK_S: Final = 7 * _DAY_S
MONTH_S: Final = 30 * _DAY_S


def user_status(online_until: int, last_seen: int, now: int, *, exact: bool, by_me: bool = False) -> api.TypeUserStatus:
    """The status for a viewer who may know the ``exact`` time, or only its span.

    ``by_me``: he may not because of his own last-seen rules, not the user's.
    """
    if not last_seen and not online_until:
        return api.UserStatusEmpty()
    if exact and online_until > now:
        return api.UserStatusOnline(expires=online_until)
    seen = min(max(last_seen, online_until), now)
    if exact:
        return api.UserStatusOffline(was_online=seen)
    ago_s = now - seen
    if ago_s < RECENTLY_S:
        return api.UserStatusRecently(by_me=by_me)
    if ago_s < WEEK_S:
        return api.UserStatusLastWeek(by_me=by_me)
    if ago_s < MONTH_S:
        return api.UserStatusLastMonth(by_me=by_me)
    return api.UserStatusEmpty()
