"""The bus contract on Apache Kafka itself, where Maven and Java can provide it."""

from __future__ import annotations

import contextlib
import inspect
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from layers.bus import Bus, open_bus
from localstack.apache_kafka import VERSION, apache_kafka
from localstack.process import PartFailed, Process
from tests.contract import test_bus as contract


@pytest.fixture(scope="module")
def make_broker(parts_folder: Path) -> Iterator[Callable[[], Process]]:
    """Start brokers of the module's own; skips where there can be none."""
    with contextlib.ExitStack() as stack:

        def make() -> Process:
            try:
                broker = apache_kafka(parts_folder / f"apache-kafka-{secrets.token_hex(4)}")
            except PartFailed as error:
                pytest.skip(f"not run: the bus contract on Apache Kafka {VERSION}: {error}")
            broker.start()
            stack.callback(broker.stop)
            return broker

        yield make


@pytest.fixture(scope="module")
def broker(make_broker: Callable[[], Process]) -> Process:
    """One broker for all tests: a Java machine takes seconds to start."""
    return make_broker()


@pytest.fixture
def bus(broker: Process) -> Iterator[Bus]:
    opened = open_bus(f"{broker.url}?topic_prefix=test-{secrets.token_hex(4)}.")
    yield opened
    opened.close()


@pytest.fixture
def start_part(make_broker: Callable[[], Process]) -> Callable[[str], Process]:
    """What the contract's tests start by the name `kafka`, to kill it."""
    return lambda _name: make_broker()


# The contract's own tests, with this module's fixtures.
globals().update(
    {
        name: test
        for name, test in vars(contract).items()
        if name.startswith("test_") and {"bus", "start_part"} & inspect.signature(test).parameters.keys()
    }
)
