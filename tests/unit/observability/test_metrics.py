"""Counting, adding up the numbers of several processes, and how Prometheus is told."""

from __future__ import annotations

import threading

import pytest
from prometheus_client.parser import text_string_to_metric_families

from connection_tier.server.exposition import exposition
from connection_tier.server.history import History
from layers import measures
from layers.metrics import Catalog, Snapshot, add_up, quantile


def test_threads_lose_no_count() -> None:
    counter = Catalog().counter("things_total", "Things.", "kind")

    def count() -> None:
        for _ in range(2000):
            counter.inc("a")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.value("a") == 8000


def test_a_histogram_counts_into_the_first_bucket_that_holds_the_value() -> None:
    histogram = Catalog().histogram("seconds", "Time.", bounds=(0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 7.0):
        histogram.observe(value)
    assert histogram.rows() == [((), [2, 1, 1, pytest.approx(7.65)])]


def test_names_are_unique() -> None:
    catalog = Catalog()
    catalog.gauge("size", "Size.")
    with pytest.raises(ValueError, match="size"):
        catalog.counter("size", "Size.")


def test_processes_are_added_up_and_what_ended_keeps_its_counts() -> None:
    catalog = Catalog()
    catalog.counter("done_total", "Done.", "what")
    catalog.gauge("held", "Held.")
    one: Snapshot = {"done_total": [(("a",), [3.0])], "held": [((), [2.0])]}
    other: Snapshot = {"done_total": [(["a"], [4.0]), (["b"], [1.0])], "held": [([], [5.0])]}
    assert add_up((one, other)) == {"done_total": [(("a",), [7.0]), (("b",), [1.0])], "held": [((), [7.0])]}
    assert catalog.only_growing(one) == {"done_total": [(("a",), [3.0])]}


def test_quantiles_lie_within_their_bucket() -> None:
    bounds = (1.0, 2.0, 4.0)
    assert quantile(bounds, [0, 0, 0, 0], 0.5) is None
    assert quantile(bounds, [10, 0, 0, 0], 0.5) == 0.5
    assert quantile(bounds, [10, 10, 0, 0], 0.75) == 1.5
    assert quantile(bounds, [0, 0, 0, 3], 0.99) == 4.0


def test_every_metric_is_exposed_in_prometheus_format() -> None:
    snapshot: Snapshot = {
        measures.REQUESTS.name: [
            (("help.getConfig",), [1.0] + [0.0] * (len(measures.REQUESTS.bounds) - 1) + [2.0, 40.5])
        ],
        measures.ERRORS.name: [(("auth.signIn", "PHONE_CODE_INVALID"), [3.0])],
    }
    families = {family.name: family for family in text_string_to_metric_families(exposition(snapshot).decode())}
    exposed = {name.removesuffix("_total") for name in measures.CATALOG.by_name}
    assert exposed <= families.keys()
    assert "process_cpu_seconds" in families
    samples = {
        (sample.name, sample.labels.get("le")): sample.value for sample in families[measures.REQUESTS.name].samples
    }
    assert samples["cirrusgram_request_seconds_bucket", "0.001"] == 1
    assert samples["cirrusgram_request_seconds_bucket", "30.0"] == 1
    assert samples["cirrusgram_request_seconds_bucket", "+Inf"] == 3
    assert samples["cirrusgram_request_seconds_count", None] == 3
    assert samples["cirrusgram_request_seconds_sum", None] == 40.5
    [error] = families["cirrusgram_errors"].samples
    assert error.labels == {"method": "auth.signIn", "error": "PHONE_CODE_INVALID"}


def _requests(count: float, seconds: float) -> Snapshot:
    row = [0.0] * (len(measures.REQUESTS.bounds) + 2)
    row[measures.REQUESTS.bounds.index(seconds)] = count
    return {measures.REQUESTS.name: [(("messages.sendMessage",), row)]}


def test_a_history_has_rates_and_latencies_of_its_intervals() -> None:
    history = History()
    history.add(100.0, _requests(10, 0.5))
    assert history.points() == []
    history.add(105.0, _requests(60, 0.5))
    [point] = history.points()
    assert point["requests"] == 10
    assert point["p50"] is not None
    assert 250 < point["p50"] <= 500
    [method] = history.methods(110.0, _requests(70, 0.5))
    assert (method["method"], method["count"], method["per_s"], method["errors"]) == ("messages.sendMessage", 60, 6, 0)
    history.add(110.0, _requests(60, 0.5))
    assert history.points()[-1]["p50"] is None
