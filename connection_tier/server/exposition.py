"""A snapshot in Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from layers.measures import CATALOG
from layers.metrics import Metric, Row, Snapshot

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class _Given(Collector):
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def collect(self) -> Iterable[Family]:
        """Families of every metric there is, also of those without a value yet."""
        for name, metric in CATALOG.by_name.items():
            rows = self._snapshot.get(name, [])
            if not rows and not metric.labels:
                rows = [((), [0.0] * (len(metric.bounds) + 2 if metric.kind == "histogram" else 1))]
            family = _family(metric)
            for labels, row in rows:
                if isinstance(family, HistogramMetricFamily):
                    family.add_metric(list(labels), _buckets(metric, row), row[-1])
                else:
                    family.add_metric(list(labels), row[0])
            yield family


def _family(metric: Metric) -> CounterMetricFamily | GaugeMetricFamily | HistogramMetricFamily:
    if metric.kind == "histogram":
        return HistogramMetricFamily(metric.name, metric.help, labels=metric.labels)
    kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
    return kind(metric.name, metric.help, labels=metric.labels)


def _buckets(metric: Metric, row: Row) -> list[tuple[str, float]]:
    bounds = [*(str(bound) for bound in metric.bounds), "+Inf"]
    return list(zip(bounds, accumulate(row[:-1]), strict=True))


def exposition(snapshot: Snapshot) -> bytes:
    """The text of a snapshot, with what Prometheus' own client says about the process."""
    registry = CollectorRegistry()
    registry.register(_Given(snapshot))
    ProcessCollector(registry=registry)
    text: bytes = generate_latest(registry)
    return text
