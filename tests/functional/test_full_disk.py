"""The disk below the embedded default has no room left: docs/explanation/failures.md says the same."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.errors import RpcError
from tests.pair import patiently, two_people
from tests.servers import Server
from tl import api


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Server]:
    """A server of the embedded default, whatever the other tests run on."""
    made = Server(tmp_path)
    made.start()
    yield made
    made.kill()


@contextlib.contextmanager
def no_room(node: Server) -> Iterator[None]:
    """No file may grow, the log neither, as on a disk that is full; what is there can be read."""
    _, hard = resource.prlimit(node.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(node.pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(node.pid, resource.RLIMIT_FSIZE, (hard, hard))


async def test_a_full_disk(node: Server) -> None:
    """What writes is refused, what reads goes on, and all is well once there is room."""
    part = api.upload.SaveFilePart(file_id=1, file_part=0, bytes=bytes(1 << 16))
    async with two_people(node) as pair:
        await pair.delivered(text := await pair.send())
        with no_room(node):
            assert await pair.error() == (500, "RPC_CALL_FAIL")
            with pytest.raises(RpcError) as caught:
                await pair.alice.invoke(part)
            assert (caught.value.code, caught.value.type) == (500, "FILE_WRITE_FAILED")
            assert text in str(await pair.bob.invoke(api.updates.GetDifference(pts=1, date=1, qts=0)))
            assert node.is_ready()
        await pair.works_again()
        await patiently(lambda: pair.alice.invoke(part))
    assert node.stop() == 0
    assert "Traceback" not in node.log.read_text()
    node.start()
    async with two_people(node) as pair:
        assert text in str(await pair.bob.invoke(api.updates.GetDifference(pts=1, date=1, qts=0)))
