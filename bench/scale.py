"""What a deployment of so many users needs and costs: arithmetic from named inputs, no measurement.

    python -m bench scale                       the table, for 1 thousand to 100 million users
    python -m bench scale --users 250000 --set messages_per_user_day=80
    python -m bench scale --write               put the tables into docs/scale.md

Every input is a field of `Inputs` and can be set. Those that are measured come from docs/benchmarks.md, prices from the
public price lists of us-east-1, on demand, of November 2026: check them for your region.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

DOCUMENT: Final = Path(__file__).parents[1] / "docs/scale.md"
SIZES: Final = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
_DAY_S: Final = 86_400
_MONTH_H: Final = 730
_MONTH_S: Final = _MONTH_H * 3600
_MILLION: Final = 1_000_000


@dataclass(frozen=True)
class Inputs:
    """What the arithmetic starts from; the comment behind a field is its source."""

    # What people do (assumed)
    active_share: float = 0.5  # of all users on a day
    online_share: float = 0.15  # of all users at the peak
    connections_per_online: float = 1.4  # devices, media connections
    messages_per_user_day: float = 40.0  # sent by an active user
    receivers_per_message: float = 3.0  # boxes beside the sender's: private chats and groups mixed
    requests_per_message: float = 6.0  # reads, typing, history, differences … for each message sent
    peak_factor: float = 3.0  # the peak hour's rate over the day's mean
    file_share: float = 0.1  # of messages that carry a file
    file_mb: float = 0.5
    files_kept_months: float = 12.0

    # What the program takes (docs/benchmarks.md)
    send_cpu_ms: float = 3.1  # sendMessage with one delivery, function alone, MariaDB
    receiver_cpu_ms: float = 1.5  # each further box
    other_cpu_ms: float = 0.32  # a cheap method, whole
    node_request_cpu_ms: float = 0.13  # of the node, 20 in flight
    node_invoke_cpu_ms: float = 0.55  # of the node more, where the function runs in Lambda
    connection_kib: float = 48.0  # 5.4 measured, the rest is the kernel's buffers and keys
    lambda_wall_factor: float = 2.5  # billed time over CPU: waiting for the database
    statements_per_message: float = 10.0  # counted by tests
    statements_per_receiver: float = 8.0
    statements_per_request: float = 2.0
    bytes_per_message: float = 450.0  # its content, once
    bytes_per_box: float = 420.0  # each copy with its indexes
    wake_bytes: float = 120.0  # a bus record

    # How full things may be
    connections_per_node: float = 20_000.0  # setting MAX_CONNECTIONS
    node_vcpu: float = 2.0
    node_gib: float = 4.0
    busy_share: float = 0.6
    statements_per_vcpu: float = 2_500.0  # a second, of the database; simple ones by key
    writes_per_shard: float = 8_000.0  # rows a second a primary takes with its binlog
    database_vcpu_max: float = 64.0
    cache_ops_per_node: float = 80_000.0
    partition_mb_s: float = 5.0

    # Prices in dollars
    vcpu_h: float = 0.03238  # Fargate, ARM
    gib_h: float = 0.00356  # Fargate, ARM
    lambda_million: float = 0.20
    lambda_gib_s: float = 0.0000133334  # ARM
    lambda_gib: float = 0.5
    database_vcpu_h: float = 0.215  # RDS for MySQL, r7g, two zones
    database_gib_month: float = 0.23  # gp3, two zones
    cache_node_h: float = 0.128  # ElastiCache, m7g.large
    broker_h: float = 0.204  # MSK, m7g.large
    balancer_lcu_h: float = 0.006  # NLB
    blob_gib_month: float = 0.023  # S3 standard
    egress_gib: float = 0.09
    fixed_month: float = 60.0  # NAT, keys, logs, endpoints of the smallest deployment


@dataclass(frozen=True)
class Need:
    """What one size needs at its peak, and what that costs a month."""

    users: int
    connections: float
    nodes: int
    messages_s: float
    requests_s: float
    functions_s: float
    worker_vcpu: float
    statements_s: float
    row_writes_s: float
    database_vcpu: float
    shards: int
    storage_gib_year: float
    bus_records_s: float
    bus_mb_s: float
    partitions: int
    cache_ops_s: float
    cache_nodes: int
    messages_month: float
    dollars: dict[str, float]

    @property
    def routing(self) -> str:
        """Where functions are cheaper."""
        return "Lambda" if self.dollars["lambda"] < self.dollars["workers"] else "workers"

    def total(self, routing: str) -> float:
        """Dollars a month with functions there."""
        other = "lambda" if routing == "workers" else "workers"
        return sum(cost for name, cost in self.dollars.items() if name != other)

    def per_million(self, routing: str) -> float:
        """Dollars for a million messages sent."""
        return self.total(routing) / self.messages_month * _MILLION


def need(users: int, given: Inputs) -> Need:
    """The arithmetic."""
    connections = users * given.online_share * given.connections_per_online
    messages_day = users * given.active_share * given.messages_per_user_day
    messages_month = messages_day * _MONTH_S / _DAY_S
    messages_s = messages_day / _DAY_S * given.peak_factor
    requests_s = messages_s * (1 + given.requests_per_message)
    deliveries_s = messages_s * given.receivers_per_message
    functions_s = requests_s + deliveries_s
    mean = 1 / given.peak_factor

    message_ms = given.send_cpu_ms + given.receiver_cpu_ms * max(0.0, given.receivers_per_message - 1)
    function_cpu = (messages_s * message_ms + (requests_s - messages_s) * given.other_cpu_ms) / 1000
    node_cpu = (requests_s + deliveries_s) * given.node_request_cpu_ms / 1000
    # Two of each: one may always be away.
    node_capacity = given.node_vcpu * given.busy_share
    by_connections = connections / given.connections_per_node
    by_memory = connections * given.connection_kib / (1 << 20) / (given.node_gib * given.busy_share)
    nodes = max(2, math.ceil(max(by_connections, by_memory, node_cpu / node_capacity)))
    worker_vcpu = max(0.0, function_cpu / given.busy_share)
    lambda_node_vcpu = requests_s * given.node_invoke_cpu_ms / 1000 / given.busy_share

    statements_s = (
        messages_s * given.statements_per_message
        + deliveries_s * given.statements_per_receiver
        + (requests_s - messages_s) * given.statements_per_request
    )
    row_writes_s = messages_s * 6 + deliveries_s * 5
    database_vcpu = max(2.0, statements_s / given.statements_per_vcpu / given.busy_share)
    shards = max(
        1, math.ceil(database_vcpu / given.database_vcpu_max), math.ceil(row_writes_s / given.writes_per_shard)
    )
    row_bytes = given.bytes_per_message + given.bytes_per_box * (1 + given.receivers_per_message)
    storage_gib_year = messages_day * 365 * row_bytes / (1 << 30)
    bus_records_s = deliveries_s
    bus_mb_s = bus_records_s * given.wake_bytes / 1e6
    partitions = max(8, 2 ** math.ceil(math.log2(max(1.0, max(bus_mb_s / given.partition_mb_s, function_cpu)))))
    cache_ops_s = requests_s * 2 + deliveries_s * 2
    cache_nodes = max(1, math.ceil(cache_ops_s / given.cache_ops_per_node))
    files_gib_month = messages_month * given.file_share * given.file_mb / 1024

    invocations_month = functions_s * mean * _MONTH_S
    lambda_s = function_cpu * mean * _MONTH_S * given.lambda_wall_factor
    dollars = {
        "nodes": nodes * (given.node_vcpu * given.vcpu_h + given.node_gib * given.gib_h) * _MONTH_H,
        "workers": max(1.0, worker_vcpu) * (given.vcpu_h + 2 * given.gib_h) * _MONTH_H,
        "lambda": invocations_month / _MILLION * given.lambda_million
        + lambda_s * given.lambda_gib * given.lambda_gib_s
        + lambda_node_vcpu * mean * given.vcpu_h * _MONTH_H,
        "database": max(2.0, database_vcpu) * given.database_vcpu_h * _MONTH_H
        + storage_gib_year * given.database_gib_month,
        "cache": (cache_nodes + 1) * given.cache_node_h * _MONTH_H,
        "bus": max(3, math.ceil(partitions / 100) * 3) * given.broker_h * _MONTH_H,
        "balancer": max(1.0, connections / 100_000) * given.balancer_lcu_h * _MONTH_H,
        "files": files_gib_month * given.files_kept_months * given.blob_gib_month,
        "traffic": files_gib_month * given.receivers_per_message * given.egress_gib,
        "fixed": given.fixed_month * max(1.0, math.log10(users) - 3),
    }
    return Need(
        users, connections, nodes, messages_s, requests_s, functions_s, worker_vcpu, statements_s, row_writes_s,
        database_vcpu, shards, storage_gib_year, bus_records_s, bus_mb_s, partitions, cache_ops_s, cache_nodes,
        messages_month, dollars,
    )  # fmt: skip


def break_even(given: Inputs) -> int:
    """Users above which functions are cheaper in worker processes than in Lambda, to two digits."""
    low, high = 100, 1_000_000_000
    while high - low > max(1, low // 100):
        middle = (low + high) // 2
        low, high = (low, middle) if need(middle, given).routing == "workers" else (middle, high)
    digits = len(str(high)) - 2
    return round(high, -digits)


def short(value: float) -> str:
    """'1.2 M'."""
    for limit, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= limit * 0.9995:
            return f"{_digits(value / limit)}{unit}"
    return _digits(value)


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2g}" if value < 10 else f"{value:.0f}"


Row = tuple[str, Callable[[Need], str]]
_NEEDS: Final[tuple[Row, ...]] = (
    ("connections at the peak", lambda n: short(n.connections)),
    ("nodes (2 vCPU, 4 GiB)", lambda n: short(n.nodes)),
    ("messages sent a second", lambda n: short(n.messages_s)),
    ("requests a second", lambda n: short(n.requests_s)),
    ("functions run a second", lambda n: short(n.functions_s)),
    ("vCPU for them as workers", lambda n: short(n.worker_vcpu)),
    ("SQL statements a second", lambda n: short(n.statements_s)),
    ("rows written a second", lambda n: short(n.row_writes_s)),
    ("database vCPU", lambda n: short(n.database_vcpu)),
    ("shards", lambda n: short(n.shards)),
    ("rows kept, GiB a year", lambda n: short(n.storage_gib_year)),
    ("bus records a second", lambda n: short(n.bus_records_s)),
    ("bus MB a second", lambda n: short(n.bus_mb_s)),
    ("partitions of `boxes`", lambda n: short(n.partitions)),
    ("cache operations a second", lambda n: short(n.cache_ops_s)),
)
_PARTS: Final = ("nodes", "workers", "lambda", "database", "cache", "bus", "balancer", "files", "traffic", "fixed")
_COSTS: Final[tuple[Row, ...]] = (
    *((f"{part}, $ a month", lambda n, part=part: short(n.dollars[part])) for part in _PARTS),  # type: ignore[misc]
    ("**total with workers**", lambda n: short(n.total("workers"))),
    ("**total with Lambda**", lambda n: short(n.total("lambda"))),
    ("$ for a million messages, workers", lambda n: _money(n.per_million("workers"))),
    ("$ for a million messages, Lambda", lambda n: _money(n.per_million("lambda"))),
    ("cheaper", lambda n: n.routing),
)


def _money(value: float) -> str:
    return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"


def table(rows: Sequence[Row], sizes: Sequence[int], given: Inputs) -> str:
    """A Markdown table, a column for each number of users."""
    needs = [need(users, given) for users in sizes]
    lines = [f"| users | {' | '.join(short(users) for users in sizes)} |", "|---|" + "---|" * len(sizes)]
    lines += [f"| {name} | {' | '.join(show(each) for each in needs)} |" for name, show in rows]
    return "\n".join(lines)


def inputs_table(given: Inputs) -> str:
    """The inputs with the comments behind them, read from this file."""
    source = Path(__file__).read_text()
    notes = dict(re.findall(r"^    (\w+): float = [\d._]+  # (.+)$", source, re.MULTILINE))
    lines = ["| input | value | |", "|---|---|---|"]
    lines += [f"| `{f.name}` | {getattr(given, f.name):g} | {notes.get(f.name, '')} |" for f in fields(given)]
    return "\n".join(lines)


def sharding_table() -> str:
    """The sharding key of every table."""
    from layers.schema.sharding import sharding_keys

    lines = ["| table | key | why |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| `{name}` | `{key}` | {why} |" for name, key, why in sharding_keys())])


def sections() -> dict[str, str]:
    """What docs/scale.md holds between its markers."""
    given = Inputs()
    return {
        "needs": table(_NEEDS, SIZES, given),
        "costs": table(_COSTS, SIZES, given),
        "break-even": f"With these inputs workers become cheaper at about **{break_even(given):,} users**.",
        "inputs": inputs_table(given),
        "sharding": sharding_table(),
    }


def written(text: str) -> str:
    """The document with its sections as they should be."""
    for name, body in sections().items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        text = re.sub(
            f"{re.escape(begin)}.*?{re.escape(end)}",
            lambda _, b=begin, e=end, x=body: f"{b}\n{x}\n{e}",
            text,
            flags=re.DOTALL,
        )  # type: ignore[misc]
    return text


def main() -> int:
    """Print or write the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench scale", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--users", type=int, action="append", metavar="N", help="this size instead; may be repeated")
    parser.add_argument("--set", action="append", default=[], metavar="INPUT=VALUE", help="change an input")
    parser.add_argument("--write", action="store_true", help="rewrite the tables of docs/scale.md")
    options = parser.parse_args()
    if options.write:
        DOCUMENT.write_text(written(DOCUMENT.read_text()))
        return 0
    given = Inputs()
    for item in options.set:
        name, _, value = item.partition("=")
        if name not in {f.name for f in fields(Inputs)}:
            print(f"no input {name!r}; there are {', '.join(f.name for f in fields(Inputs))}", file=sys.stderr)
            return 2
        given = replace(given, **{name: float(value)})
    sizes = options.users or SIZES
    print(table(_NEEDS, sizes, given), table(_COSTS, sizes, given), sep="\n\n")
    print(f"\nworkers become cheaper at about {break_even(given):,} users")
    return 0
