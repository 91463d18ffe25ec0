"""The Grafana dashboards, written from this file so that panels agree: `python infra/observability/dashboards.py`.

Import the files of `dashboards/` into Grafana, or mount the folder as a provisioned one; each asks for its Prometheus.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "dashboards"
SOURCE = {"type": "prometheus", "uid": "${source}"}
WIDTH = 24


def panel(title: str, unit: str, width: int, *targets: tuple[str, str], kind: str = "timeseries") -> dict[str, Any]:
    """A panel of (expression, legend) pairs; ``unit`` is Grafana's name of it."""
    return {
        "title": title,
        "type": kind,
        "datasource": SOURCE,
        "gridPos": {"w": width, "h": 4 if kind == "stat" else 8},
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}} if kind == "timeseries" else {},
        "targets": [
            {"refId": chr(65 + index), "expr": expression, "legendFormat": legend, "datasource": SOURCE}
            for index, (expression, legend) in enumerate(targets)
        ],
    }


def row(title: str) -> dict[str, Any]:
    """A heading across the dashboard."""
    return {"title": title, "type": "row", "collapsed": False, "panels": [], "gridPos": {"w": WIDTH, "h": 1}}


def rate(metric: str, by: str = "", where: str = "") -> str:
    """Of all nodes, a second."""
    chosen = ",".join(filter(None, ('instance=~"$instance"', where)))
    grouped = f" by ({by})" if by else ""
    return f"sum{grouped} (rate({metric}{{{chosen}}}[$__rate_interval]))"


def gauge(metric: str, by: str = "", how: str = "sum", where: str = "") -> str:
    """Of all nodes, now."""
    chosen = ",".join(filter(None, ('instance=~"$instance"', where)))
    grouped = f" by ({by})" if by else ""
    return f"{how}{grouped} ({metric}{{{chosen}}})"


def percentiles(metric: str) -> list[tuple[str, str]]:
    """p50, p95 and p99 of a histogram."""
    return [
        (f"histogram_quantile({share}, {rate(metric + '_bucket', 'le')})", f"p{share * 100:g}")
        for share in (0.5, 0.95, 0.99)
    ]


def percentile_by(metric: str, label: str, share: float) -> str:
    """A percentile of each label value."""
    return f"histogram_quantile({share}, {rate(metric + '_bucket', 'le, ' + label)})"


NODES = [
    row("Now"),
    panel("Connections", "short", 4, (gauge("cirrusgram_connections"), ""), kind="stat"),
    panel("Users online", "short", 4, (gauge("cirrusgram_users_online"), ""), kind="stat"),
    panel("Requests", "reqps", 4, (rate("cirrusgram_request_seconds_count"), ""), kind="stat"),
    panel("Messages", "cps", 4, (rate("cirrusgram_messages_sent_total"), ""), kind="stat"),
    panel(
        "Server errors",
        "cps",
        4,
        (
            rate("cirrusgram_errors_total", where='error=~"INTERNAL|RPC_CALL_FAIL|WORKER_BUSY_TOO_LONG_RETRY|Timeout"'),
            "",
        ),
        kind="stat",
    ),
    panel("Oldest outbox row", "s", 4, (gauge("cirrusgram_outbox_oldest_seconds", how="max"), ""), kind="stat"),
    row("Requests"),
    panel(
        "Requests by method",
        "reqps",
        12,
        (f"topk(12, {rate('cirrusgram_request_seconds_count', 'method')})", "{{method}}"),
    ),
    panel("Latency of requests", "s", 12, *percentiles("cirrusgram_request_seconds")),
    panel(
        "Slowest methods, p95",
        "s",
        12,
        (f"topk(12, {percentile_by('cirrusgram_request_seconds', 'method', 0.95)})", "{{method}}"),
    ),
    panel("Errors by name", "cps", 12, (f"topk(12, {rate('cirrusgram_errors_total', 'error')})", "{{error}}")),
    panel(
        "Invocations by runner, p95",
        "s",
        12,
        (percentile_by("cirrusgram_invoke_seconds", "runner", 0.95), "{{runner}}"),
    ),
    panel(
        "Functions alone, p95",
        "s",
        12,
        (f"topk(12, {percentile_by('cirrusgram_function_seconds', 'method', 0.95)})", "{{method}}"),
    ),
    panel(
        "Queries running, requests waiting for a worker",
        "short",
        12,
        (gauge("cirrusgram_requests_running"), "running"),
        (gauge("cirrusgram_workers_waiting"), "waiting"),
    ),
    panel(
        "Worker processes",
        "short",
        12,
        (gauge("cirrusgram_workers_ready"), "serving"),
        (rate("cirrusgram_workers_ended_total"), "ended a second"),
    ),
    row("Connections"),
    panel(
        "Connections by transport",
        "short",
        12,
        (gauge("cirrusgram_connections", "carrier, transport"), "{{carrier}} {{transport}}"),
    ),
    panel("Sessions by layer", "short", 12, (gauge("cirrusgram_sessions", "layer"), "{{layer}}")),
    panel(
        "Opened, refused",
        "cps",
        8,
        (rate("cirrusgram_connections_opened_total"), "opened"),
        (rate("cirrusgram_connections_refused_total"), "refused"),
    ),
    panel("Key exchanges", "cps", 8, (rate("cirrusgram_handshakes_total", "outcome"), "{{outcome}}")),
    panel(
        "Refused messages, broken connections",
        "cps",
        8,
        (rate("cirrusgram_bad_msg_total", "code"), "bad_msg {{code}}"),
        (rate("cirrusgram_transport_errors_total", "code"), "transport {{code}}"),
        (rate("cirrusgram_undecryptable_total"), "undecryptable"),
    ),
    row("The process"),
    panel("Event loop late by", "s", 8, *percentiles("cirrusgram_loop_lag_seconds")),
    panel("Bytes held for clients", "bytes", 8, (gauge("cirrusgram_queue_bytes", "queue"), "{{queue}}")),
    panel("Files", "Bps", 8, (rate("cirrusgram_file_bytes_total", "direction"), "{{direction}}")),
    panel("CPU", "percentunit", 12, (rate("process_cpu_seconds_total", "instance"), "{{instance}}")),
    panel("Memory", "bytes", 12, (gauge("process_resident_memory_bytes", "instance"), "{{instance}}")),
]

DELIVERY = [
    row("From a message to the receiver"),
    panel("Messages by kind of peer", "cps", 12, (rate("cirrusgram_messages_sent_total", "peer"), "{{peer}}")),
    panel("Commit to socket", "s", 12, *percentiles("cirrusgram_push_seconds")),
    panel("Commit to the other box", "s", 12, *percentiles("cirrusgram_outbox_wait_seconds")),
    panel("Outbox operations", "cps", 12, (rate("cirrusgram_outbox_applied_total", "operation"), "{{operation}}")),
    panel("Outbox: oldest row", "s", 8, (gauge("cirrusgram_outbox_oldest_seconds", how="max"), "oldest")),
    panel("Outbox: accounts that wait", "short", 8, (gauge("cirrusgram_outbox_stale_accounts", how="max"), "accounts")),
    panel(
        "Consumer lag", "short", 8, (gauge("cirrusgram_consumer_lag_records", "topic, group"), "{{topic}} {{group}}")
    ),
    panel("Pushes", "cps", 8, (rate("cirrusgram_pushes_total"), "pushed")),
    panel("Pushes out of turn", "short", 8, (gauge("cirrusgram_pushes_held"), "held")),
    panel("Times everybody caught up", "short", 8, (rate("cirrusgram_resyncs_total"), "a second")),
    panel("Reports of clients", "cps", 24, (rate("cirrusgram_client_reports_total", "kind"), "{{kind}}")),
    row("Jobs and operating"),
    panel("Jobs, p95", "s", 8, (percentile_by("cirrusgram_job_seconds", "job", 0.95), "{{job}}")),
    panel("Jobs that failed", "cps", 8, (rate("cirrusgram_job_failures_total", "job"), "{{job}}")),
    panel("Removed by retention", "cps", 8, (rate("cirrusgram_pruned_total", "what"), "{{what}}")),
    panel("Login codes", "cps", 12, (rate("cirrusgram_login_codes_total", "way, outcome"), "{{way}} {{outcome}}")),
]


def dashboard(uid: str, title: str, panels: list[dict[str, Any]]) -> dict[str, Any]:
    """A dashboard with its panels put side by side."""
    x = y = height = 0
    for number, item in enumerate(panels, start=1):
        place = item["gridPos"]
        if x + place["w"] > WIDTH:
            x, y = 0, y + height
            height = 0
        place.update(x=x, y=y)
        height = max(height, place["h"])
        x += place["w"]
        item["id"] = number
    return {
        "uid": uid,
        "title": title,
        "tags": ["cirrusgram"],
        "schemaVersion": 39,
        "version": 1,
        "editable": True,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "browser",
        "templating": {
            "list": [
                {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"},
                {
                    "name": "instance",
                    "label": "Node",
                    "type": "query",
                    "datasource": SOURCE,
                    "query": "label_values(cirrusgram_users_online, instance)",
                    "includeAll": True,
                    "multi": True,
                    "allValue": ".*",
                    "refresh": 2,
                },
            ]
        },
        "annotations": {"list": []},
        "panels": panels,
    }


def files() -> dict[str, str]:
    """Name → text of every dashboard."""
    made = {
        "nodes.json": dashboard("cirrusgram-nodes", "Cirrusgram: nodes", NODES),
        "delivery.json": dashboard("cirrusgram-delivery", "Cirrusgram: delivery and jobs", DELIVERY),
    }
    return {name: json.dumps(value, indent=1) + "\n" for name, value in made.items()}


def main() -> int:
    """Write the files; with --check only say whether they are as they should be."""
    stale = [
        name for name, text in files().items() if not (FOLDER / name).exists() or (FOLDER / name).read_text() != text
    ]
    if "--check" in sys.argv[1:]:
        print("\n".join(f"{name} is stale: python infra/observability/dashboards.py" for name in stale))
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(files()[name])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
