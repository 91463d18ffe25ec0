"""What a node's metrics were over the last while: rates and latencies for the admin page, without a Prometheus."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from layers import measures
from layers.metrics import Labels, Metric, Row, Snapshot, quantile

EVERY_S: Final = 5
_POINTS: Final = 180
_METHODS_EVERY: Final = 6
_METHOD_POINTS: Final = 11
"""Half-minutes of which each method's numbers are kept: the table of methods looks back five minutes."""

_SHARES: Final = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class _Totals:
    at: float
    requests: Row
    errors: float
    messages: float
    pushed: Row
    loop_lag: Row


@dataclass(slots=True)
class _Methods:
    at: float
    requests: dict[Labels, Row] = field(default_factory=dict)
    errors: dict[Labels, float] = field(default_factory=dict)


class History:
    """Points of `EVERY_S` seconds over a quarter of an hour, made from snapshots given to `add`."""

    def __init__(self) -> None:
        self._last: _Totals | None = None
        self._points: deque[dict[str, float | None]] = deque(maxlen=_POINTS)
        self._methods: deque[_Methods] = deque(maxlen=_METHOD_POINTS)
        self._added = 0

    def add(self, now: float, snapshot: Snapshot) -> None:
        """Note the totals of now; every `EVERY_S` seconds."""
        totals = _Totals(
            now,
            _sum(snapshot, measures.REQUESTS),
            _sum(snapshot, measures.ERRORS)[0],
            _sum(snapshot, measures.MESSAGES)[0],
            _sum(snapshot, measures.PUSH_LATENCY),
            _sum(snapshot, measures.LOOP_LAG),
        )
        if self._last is not None and now > self._last.at:
            connections = _sum(snapshot, measures.CONNECTIONS)[0]
            self._points.append({**_point(self._last, totals), "connections": connections})
        self._last = totals
        if self._added % _METHODS_EVERY == 0:
            self._methods.append(_methods(now, snapshot))
        self._added += 1

    def points(self) -> list[dict[str, float | None]]:
        """The points, the oldest first: rates a second, latencies in milliseconds."""
        return list(self._points)

    def methods(self, now: float, snapshot: Snapshot) -> list[dict[str, Any]]:
        """What each method did within the last five minutes, the busiest first."""
        current = _methods(now, snapshot)
        before = self._methods[0] if self._methods else _Methods(now)
        elapsed_s = max(1.0, now - before.at)
        shown = []
        for labels, row in current.requests.items():
            done = _minus(row, before.requests.get(labels))
            count = sum(done[:-1])
            if not count:
                continue
            errors = current.errors.get(labels, 0.0) - before.errors.get(labels, 0.0)
            latencies = _latencies(measures.REQUESTS, done)
            shown.append(
                {"method": labels[0], "count": int(count), "per_s": count / elapsed_s, "errors": int(errors)}
                | latencies
            )
        return sorted(shown, key=lambda method: -method["count"])


def _point(before: _Totals, after: _Totals) -> dict[str, float | None]:
    elapsed_s = after.at - before.at
    requests = _minus(after.requests, before.requests)
    pushed = _latencies(measures.PUSH_LATENCY, _minus(after.pushed, before.pushed))
    loop = _latencies(measures.LOOP_LAG, _minus(after.loop_lag, before.loop_lag))
    return {
        "at": after.at,
        "requests": sum(requests[:-1]) / elapsed_s,
        "errors": (after.errors - before.errors) / elapsed_s,
        "messages": (after.messages - before.messages) / elapsed_s,
        "push_p95": pushed["p95"],
        "loop_p99": loop["p99"],
    } | _latencies(measures.REQUESTS, requests)


def _latencies(metric: Metric, row: Row) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for share in _SHARES:
        value = quantile(metric.bounds, row[:-1], share)
        found[f"p{round(share * 100)}"] = None if value is None else round(value * 1000, 3)
    return found


def _sum(snapshot: Snapshot, metric: Metric) -> Row:
    total = [0.0] * (len(metric.bounds) + 2 if metric.kind == "histogram" else 1)
    for _, row in snapshot.get(metric.name, ()):
        total = [a + b for a, b in zip(total, row, strict=True)]
    return total


def _minus(row: Sequence[float], before: Sequence[float] | None) -> Row:
    return list(row) if before is None else [max(0.0, a - b) for a, b in zip(row, before, strict=True)]


def _methods(now: float, snapshot: Snapshot) -> _Methods:
    requests = {tuple(labels): list(row) for labels, row in snapshot.get(measures.REQUESTS.name, ())}
    errors: dict[Labels, float] = {}
    for (method, _), row in snapshot.get(measures.ERRORS.name, ()):
        errors[method,] = errors.get((method,), 0.0) + row[0]
    return _Methods(now, requests, errors)


def by_label(snapshot: Snapshot, metric: Metric, index: int = 0) -> Mapping[str, float]:
    """A counter's or gauge's values added up by one of its labels."""
    found: dict[str, float] = {}
    for labels, row in snapshot.get(metric.name, ()):
        found[labels[index]] = found.get(labels[index], 0.0) + row[0]
    return found
