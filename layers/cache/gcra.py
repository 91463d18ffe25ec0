"""The generic cell rate algorithm (ITU-T I.371): one number per key, no list of past calls.

The number is the theoretical arrival time (TAT): the moment at which all calls made so far would have been paid off at
the steady rate. The Redis adapter runs the same arithmetic in Lua.
"""

from __future__ import annotations


def spend(tat: float, now: float, limit: int, window_s: float) -> tuple[float, float]:
    """Return `(new TAT, seconds to wait)`; the TAT is unchanged when the call must wait."""
    interval = window_s / limit
    paid_until = max(tat, now)
    wait_s = paid_until - now - (window_s - interval)
    if wait_s > 1e-9:
        return tat, wait_s
    return paid_until + interval, 0.0
