"""What a Lambda tells about its work: CloudWatch metrics in embedded format, request ids in logs, and X-Ray segments.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html, by powertools.
Errors are counted by name without their numbers: FLOOD_WAIT_30 is FLOOD_WAIT_X.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from layers import measures
from layers.errors import ConfigurationError, error_name
from layers.metrics import Counter, Labels
from layers.telemetry import get_logger

NAMESPACE: Final = "Cirrusgram"

_COUNTED: Final[tuple[tuple[Counter, str, str], ...]] = (
    (measures.MESSAGES, "MessagesSent", "peer"),
    (measures.DELIVERED, "OutboxApplied", "operation"),
    (measures.PRUNED, "Pruned", "what"),
    (measures.CODES, "LoginCodes", "outcome"),
)
"""Counters of the functions, the metric that CloudWatch has for each, and the label that becomes its dimension."""

_LOGGERS: Final = ("functions", "database", "login", "langpacks", "functions.help")


class Telemetry:
    """The metrics, logs and traces of one execution environment.

    Args:
        service: the dimension by which deployments are told apart, as ``functions.messages``.
        tracing: whether to send X-Ray segments; needs aws-xray-sdk.
    """

    def __init__(self, service: str, *, tracing: bool) -> None:
        self._service = service
        self._loggers = [get_logger(name) for name in _LOGGERS]
        self._tracer = _tracer(service) if tracing else None
        self._told: dict[tuple[str, Labels], float] = {}

    def correlate(self, **keys: Any) -> None:
        """Put the keys of the current invocation on every line logged from now on; those of the last one go."""
        for logger in self._loggers:
            logger.thread_safe_clear_keys()
            logger.thread_safe_append_keys(**keys)

    def segment(self, name: str) -> AbstractContextManager[Any]:
        """An X-Ray subsegment around a call, or nothing when tracing is off."""
        return nullcontext() if self._tracer is None else self._tracer.provider.in_subsegment(name=f"## {name}")

    def measure(self, method: str, latency_ms: float, error: str | None) -> None:
        """One call of a method: how long it took, and whether it failed and how."""
        metrics = self._metrics(method=method)
        metrics.add_metric("Latency", MetricUnit.Milliseconds, latency_ms)
        metrics.add_metric("Errors", MetricUnit.Count, int(error is not None))
        metrics.flush_metrics()
        if error is not None:
            self.count("ErrorsByName", error=error_name(error))

    def tell(self) -> None:
        """Give away what the functions have counted since the last time."""
        for counter, metric, dimension in _COUNTED:
            place = counter.labels.index(dimension)
            for labels, (value,) in counter.rows():
                key = counter.name, tuple(labels)
                if new := value - self._told.get(key, 0.0):
                    self._told[key] = value
                    metrics = self._metrics(**{dimension: labels[place]})
                    metrics.add_metric(metric, MetricUnit.Count, new)
                    metrics.flush_metrics()

    def count(self, metric: str, **dimensions: str) -> None:
        """Something happened once."""
        metrics = self._metrics(**dimensions)
        metrics.add_metric(metric, MetricUnit.Count, 1)
        metrics.flush_metrics()

    def _metrics(self, **dimensions: str) -> EphemeralMetrics:
        metrics = EphemeralMetrics(namespace=NAMESPACE, service=self._service)
        for name, value in dimensions.items():
            metrics.add_dimension(name, value)
        return metrics


def _tracer(service: str) -> Any:
    try:
        from aws_lambda_powertools import Tracer
    except ImportError as error:
        raise ConfigurationError("TRACING: aws-xray-sdk is not installed; leave tracing off or add it") from error
    return Tracer(service=service)
