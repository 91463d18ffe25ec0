"""Where a piece of work comes from: a W3C trace context that travels from the RPC to the function to the push.

https://www.w3.org/TR/trace-context/. A ``traceparent`` is carried by the invocation, by each outbox operation, by the
bus record that wakes its consumer and by the push; log lines show its trace id. Trace ids begin with the time in
seconds, so that AWS X-Ray takes them as its own.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

_TRACEPARENT: Final = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Origin:
    """The change that caused some work: its ``traceparent``, and when it was committed (unix ms; 0: not yet)."""

    traceparent: str = ""
    at_ms: int = 0

    @property
    def trace_id(self) -> str:
        """32 hex digits, or nothing."""
        return trace_id(self.traceparent)


NOWHERE: Final = Origin()

_bits: Final = random.getrandbits
"""Ids of traces are no secret; an all-zero one, which the format forbids, is as likely as a lost server."""

_ORIGIN: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)
_ABOUT: ContextVar[Mapping[str, Any]] = ContextVar("about", default={})  # noqa: B039 - never changed, only replaced


def new_traceparent() -> str:
    """A trace that begins here."""
    digits = f"{_bits(160):040x}"
    return f"00-{int(time.time()):08x}{digits[:24]}-{digits[24:]}-01"


def child(traceparent: str) -> str:
    """The same trace one step on; a new one where none is given."""
    if not traceparent:
        return new_traceparent()
    return f"{traceparent[:36]}{_bits(64):016x}{traceparent[52:]}"


def trace_id(traceparent: str) -> str:
    """The trace id of a traceparent: 32 hex digits, or nothing."""
    return traceparent[3:35]


def is_traceparent(text: str) -> bool:
    """Whether it is one, of version 00."""
    return _TRACEPARENT.fullmatch(text) is not None


def xray_header(traceparent: str) -> str:
    """The same as X-Ray's header: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader."""
    trace, parent = trace_id(traceparent), traceparent[36:52]
    return f"Root=1-{trace[:8]}-{trace[8:]};Parent={parent};Sampled=1"


def origin() -> Origin:
    """What the current work comes from."""
    return _ORIGIN.get()


def now_ms() -> int:
    """Unix milliseconds, by the clock that both ends of a push compare."""
    return time.time_ns() // 1_000_000


def about() -> Mapping[str, Any]:
    """What every log line of the current work says besides its own keys."""
    return _ABOUT.get()


class following:  # noqa: N801 - used like a function
    """Within the block work comes from ``source``; its log lines carry the trace id and ``keys``.

    A class, for a generator's context manager costs three times as much and this is on every request's way.
    """

    __slots__ = ("_before", "_keys", "_said", "_source")

    def __init__(self, source: Origin, **keys: Any) -> None:
        self._source = source
        self._keys = keys
        if source.traceparent:
            keys["trace_id"] = source.trace_id

    def __enter__(self) -> None:
        self._before = _ORIGIN.set(self._source)
        self._said = _ABOUT.set(self._keys)

    def __exit__(self, *_: object) -> None:
        _ABOUT.reset(self._said)
        _ORIGIN.reset(self._before)
