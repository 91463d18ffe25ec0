"""What measuring costs a request: its trace, its counts, its log context, in microseconds of CPU."""

from __future__ import annotations

import time
import timeit

from layers import measures, tracing

_RUNS = 200_000


def main() -> int:
    """Print each step, and the sum of those on a request's way through the node and its function."""
    traceparent = tracing.new_traceparent()
    origin = tracing.Origin(traceparent)

    def follow() -> None:
        with tracing.following(origin, method="messages.sendMessage", user_id=1, msg_id=2):
            pass

    node = {
        "new traceparent": tracing.new_traceparent,
        "request histogram": lambda: measures.REQUESTS.observe(0.0034, "messages.sendMessage"),
        "runner histogram": lambda: measures.INVOCATIONS.observe(0.0034, "local"),
    }
    function = {
        "child traceparent": lambda: tracing.child(traceparent),
        "log context": follow,
        "function histogram": lambda: measures.FUNCTIONS.observe(0.0034, "messages.sendMessage"),
    }
    for name, steps in (("node", node), ("function", function)):
        total = 0.0
        for step, work in steps.items():
            cost = min(timeit.repeat(work, number=_RUNS, repeat=5, timer=time.process_time)) / _RUNS * 1e6
            total += cost
            print(f"{name:<10} {step:<20} {cost:6.2f} µs")
        print(f"{name:<10} {'together':<20} {total:6.2f} µs")
    return 0
