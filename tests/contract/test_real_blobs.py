"""The blob contract on MinIO itself, where Go has built it."""

from __future__ import annotations

import contextlib
import inspect
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from layers.blobs import Blobs, open_blobs
from localstack.minio import ASKED_FOR, BUILD_DEADLINE_S, minio
from localstack.process import PartFailed, Process
from tests.contract import test_blobs as contract

# The first test waits for the build.
pytestmark = [pytest.mark.timeout(BUILD_DEADLINE_S + 60)] if os.environ.get(ASKED_FOR) else []


@pytest.fixture(scope="module")
def make_minio(parts_folder: Path) -> Iterator[Callable[[], Process]]:
    """Start servers of the module's own; skips where there can be none."""
    with contextlib.ExitStack() as stack:

        def make() -> Process:
            try:
                server = minio(parts_folder / f"minio-{secrets.token_hex(4)}")
            except PartFailed as error:
                pytest.skip(f"not run: the blob contract on MinIO: {error}")
            server.start()
            stack.callback(server.stop)
            return server

        yield make


@pytest.fixture(scope="module")
def s3_url(make_minio: Callable[[], Process]) -> str:
    return make_minio().url


@pytest.fixture(params=["bucket", "prefix"])
def blobs(request: pytest.FixtureRequest, s3_url: str) -> Iterator[Blobs]:
    below = f"/below/{secrets.token_hex(4)}" if request.param == "prefix" else ""
    opened = open_blobs(s3_url.replace("?", f"{below}?"))
    yield opened
    opened.close()


@pytest.fixture
def base() -> str:
    """A prefix of the test's own: the bucket is shared by the module."""
    return f"test-{secrets.token_hex(8)}"


@pytest.fixture
def start_part(make_minio: Callable[[], Process]) -> Callable[[str], Process]:
    """What the contract's tests start by the name `s3`, to kill it."""
    return lambda _name: make_minio()


# The contract's own tests, with this module's fixtures.
globals().update(
    {
        name: test
        for name, test in vars(contract).items()
        if name.startswith("test_") and {"blobs", "start_part", "s3_url"} & inspect.signature(test).parameters.keys()
    }
)
