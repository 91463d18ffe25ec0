"""Counters, gauges and histograms of a process, cheap enough for every request; nothing here knows Prometheus.

Values live in dictionaries by label values; adding takes well under a microsecond. A process gives them away as a
snapshot, plain data that travels from a worker to its node, where snapshots are added up (`add_up`) and shown. What is
measured is listed in `layers.measures`.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, TypeVar

Kind: TypeAlias = Literal["counter", "gauge", "histogram"]
Labels: TypeAlias = tuple[str, ...]
Row: TypeAlias = list[float]
"""A counter's or gauge's value; a histogram's counts by bucket (the last: above all bounds), then the sum."""

Snapshot: TypeAlias = dict[str, list[tuple[Sequence[str], Row]]]
"""Name → rows by label values."""

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(eq=False)
class Metric:
    """One metric of the process; ``labels`` are the names of its labels."""

    name: str
    help: str
    labels: Labels = ()
    bounds: tuple[float, ...] = ()
    kind: Kind = "counter"
    _rows: dict[Labels, Row] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def rows(self) -> list[tuple[Sequence[str], Row]]:
        """A copy of what was measured."""
        with self._lock:
            return [(labels, list(row)) for labels, row in self._rows.items()]

    def clear(self) -> None:
        """Forget everything, for gauges that are measured anew and for tests."""
        with self._lock:
            self._rows.clear()


class Counter(Metric):
    """Something that only grows."""

    def inc(self, *labels: str, by: float = 1.0) -> None:
        """Count."""
        with self._lock:
            row = self._rows.get(labels)
            if row is None:
                self._rows[labels] = [by]
            else:
                row[0] += by

    def value(self, *labels: str) -> float:
        """What was counted."""
        return self._rows.get(labels, [0.0])[0]


class Gauge(Metric):
    """Something that is so large now."""

    def set(self, value: float, *labels: str) -> None:
        """Say how large."""
        with self._lock:
            self._rows[labels] = [value]

    def replace(self, values: Mapping[tuple[str, ...], float]) -> None:
        """Say everything anew: what is not named is gone."""
        with self._lock:
            self._rows = {labels: [value] for labels, value in values.items()}

    def value(self, *labels: str) -> float:
        """What was said last."""
        return self._rows.get(labels, [0.0])[0]


class Histogram(Metric):
    """How often a value fell into each bucket: the first whose bound is not below it."""

    def observe(self, value: float, *labels: str) -> None:
        """Count a value."""
        index = bisect_left(self.bounds, value)
        with self._lock:
            row = self._rows.get(labels)
            if row is None:
                row = self._rows[labels] = [0.0] * (len(self.bounds) + 2)
            row[index] += 1
            row[-1] += value

    def count(self, *labels: str) -> int:
        """How many values were counted."""
        return int(sum(self._rows.get(labels, [0.0])[:-1]))


M = TypeVar("M", bound=Metric)


class Catalog:
    """The metrics of a process by name."""

    def __init__(self) -> None:
        self.by_name: dict[str, Metric] = {}
        self.probes: list[Callable[[], None]] = []
        """Called before a snapshot is taken: they set the gauges that somebody has to look for."""

    def counter(self, name: str, help: str, *labels: str) -> Counter:
        """Add a counter; its name ends in ``_total``."""
        return self._add(Counter(name, help, labels, kind="counter"))

    def gauge(self, name: str, help: str, *labels: str) -> Gauge:
        """Add a gauge."""
        return self._add(Gauge(name, help, labels, kind="gauge"))

    def histogram(self, name: str, help: str, *labels: str, bounds: tuple[float, ...] = SECONDS) -> Histogram:
        """Add a histogram."""
        return self._add(Histogram(name, help, labels, bounds, kind="histogram"))

    def _add(self, metric: M) -> M:
        if metric.name in self.by_name:
            raise ValueError(f"two metrics are called {metric.name}")
        self.by_name[metric.name] = metric
        return metric

    def snapshot(self) -> Snapshot:
        """What was measured so far."""
        for probe in tuple(self.probes):
            probe()
        return {name: rows for name, metric in self.by_name.items() if (rows := metric.rows())}

    def only_growing(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot without its gauges: what remains of a process that has ended."""
        return {name: rows for name, rows in snapshot.items() if self.by_name[name].kind != "gauge"}


def add_up(snapshots: Iterable[Snapshot]) -> Snapshot:
    """The sum of several processes' snapshots."""
    total: dict[str, dict[Labels, Row]] = {}
    for snapshot in snapshots:
        for name, rows in snapshot.items():
            known = total.setdefault(name, {})
            for labels, row in rows:
                key = tuple(labels)
                known[key] = [a + b for a, b in zip(known[key], row, strict=True)] if key in known else list(row)
    return {name: list(rows.items()) for name, rows in total.items()}


def quantile(bounds: Sequence[float], counts: Sequence[float], share: float) -> float | None:
    """The value below which ``share`` of the observations lie, linear within its bucket; None without observations."""
    total = sum(counts)
    if not total:
        return None
    wanted = total * share
    low = 0.0
    for bound, count in zip(bounds, counts, strict=False):
        if count and wanted <= count:
            return low + (bound - low) * wanted / count
        wanted -= count
        low = bound
    return low
