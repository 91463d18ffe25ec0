"""The bus, by URL: `memory://` inside the process, `kafka://` for many."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from layers.bus.port import Bus, BusUnavailable, DeliveryCallback, Handler, Record, Subscription
from layers.errors import ConfigurationError

__all__ = ["Bus", "BusUnavailable", "DeliveryCallback", "Handler", "Record", "Subscription", "open_bus"]


def open_bus(url: str, *, check: bool = True) -> Bus:
    """Open the bus that `url` names.

    `memory://`, or `kafka[s]://[user:password@]host:port[,host:port...]/[?topic_prefix=p.&fetch_wait_ms=10]`. Each call
    of `memory://` is a bus of its own: share the object, not the URL.

    Raises:
        ConfigurationError: the URL is wrong or, with `check`, the brokers cannot be used.
    """
    parts = urlsplit(url)
    if parts.scheme == "memory":
        from layers.bus.memory import MemoryBus

        return MemoryBus()
    if parts.scheme in ("kafka", "kafkas"):
        from layers.bus.kafka import open_kafka

        bus = open_kafka(parts, {name: values[-1] for name, values in parse_qs(parts.query).items()})
        if check:
            try:
                bus.check()
            except ConfigurationError:
                bus.close(0.0)
                raise
        return bus
    raise ConfigurationError(f"BUS_URL: '{parts.scheme}://' is unknown; use memory:// or kafka://host:port/")
