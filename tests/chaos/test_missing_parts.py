"""What a client sees while a part is gone: docs/explanation/failures.md says the same."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from layers.errors import RpcError
from localstack.process import Process
from tests.chaos.stack_nodes import workers
from tests.pair import patiently, two_people
from tests.raw_client import RawClient, TcpStream, TransportFailed
from tests.servers import Server
from tl import api

_STRANGE_KEY = os.urandom(8) + os.urandom(24 + 64)


@pytest.fixture(scope="module")
def node(make_node: Callable[[], Server]) -> Server:
    return make_node()


@pytest.fixture(autouse=True)
def whole_again(parts: dict[str, Process]) -> Iterator[None]:
    """A test that failed midway leaves the others their parts."""
    yield
    for part in parts.values():
        part.start()


def _readiness(node: Server) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"{node.http_url}/readyz", timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


async def _stranger(node: Server) -> int | None:
    """How a connection with a key that this node does not hold ends: its transport error, or None."""
    async with RawClient(node.public_key, TcpStream("127.0.0.1", node.tcp_port)) as client:
        await client.send_payload(_STRANGE_KEY)
        with pytest.raises(TransportFailed) as caught:
            await client.next_payload()
        return caught.value.code


async def test_without_a_database(node: Server, parts: dict[str, Process]) -> None:
    async with two_people(node) as pair:
        assert await _stranger(node) == -404
        parts["mariadb"].kill()
        assert await pair.error() == (500, "RPC_CALL_FAIL")
        assert _readiness(node)[0] == 503
        assert await _stranger(node) is None, "checklist 14: nobody can tell whether the key exists"
        parts["mariadb"].start()
        await pair.works_again()
        assert _readiness(node)[0] == 200
        assert "Traceback" not in node.log.read_text()


async def test_without_a_cache(node: Server, parts: dict[str, Process]) -> None:
    """Messages go on; their pushes come as the difference once it is back."""
    async with two_people(node) as pair:
        parts["redis"].kill()
        await pair.send()
        status, body = _readiness(node)
        assert (status, body["lacking"]) == (200, ["cache"])
        assert await _stranger(node) is None, "the key may be a temporary one"
        pair.bob.updates.clear()
        parts["redis"].start()
        await pair.bob.wait_for(lambda: any(isinstance(update, api.UpdatesTooLong) for update in pair.bob.updates))
        await pair.works_again()
        assert "lacking" not in _readiness(node)[1]
        assert "Traceback" not in node.log.read_text()


async def test_with_a_silent_cache(node: Server, parts: dict[str, Process]) -> None:
    """One that takes connections and answers nothing costs each request its timeout at most once."""
    async with two_people(node) as pair:
        pid = parts["redis"].pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        try:
            await pair.send()
            await pair.send()
        finally:
            os.kill(pid, signal.SIGCONT)
        await pair.works_again()


async def test_without_a_bus(node: Server, parts: dict[str, Process]) -> None:
    """The relay brings to boxes what no consumer is woken for."""
    async with two_people(node) as pair:
        parts["kafka"].kill()
        await pair.delivered(await pair.send())
        assert _readiness(node)[0] == 200
        parts["kafka"].start()
        await pair.works_again()


async def test_without_blob_storage(node: Server, parts: dict[str, Process]) -> None:
    """Files wait, messages do not."""
    async with two_people(node) as pair:
        part = api.upload.SaveFilePart(file_id=1, file_part=0, bytes=bytes(1024))
        assert await pair.alice.invoke(part) is True
        parts["s3"].kill()
        with pytest.raises(RpcError) as caught:
            await pair.alice.invoke(part)
        assert caught.value.code == 500
        await pair.delivered(await pair.send())
        parts["s3"].start()
        await patiently(lambda: pair.alice.invoke(part))


async def test_a_worker_starts_without_blob_storage_and_bus(node: Server, parts: dict[str, Process]) -> None:
    """A part that is away costs what needs it, also in a worker that begins meanwhile."""
    async with two_people(node) as pair:
        for name in ("s3", "kafka"):
            parts[name].kill()
        (worker,) = workers(node)
        worker.kill()
        await pair.works_again()


async def test_without_workers(node: Server) -> None:
    """A worker that died is started again; what only reads waits for it."""
    async with two_people(node) as pair:
        (worker,) = workers(node)
        worker.kill()
        assert (await pair.alice.invoke(api.help.GetNearestDc())).this_dc
        await pair.works_again()


async def test_draining_tells_before_it_ends(make_node: Callable[[], Server]) -> None:
    node = make_node()
    async with two_people(node) as pair:
        sending = asyncio.create_task(pair.send())
        await asyncio.sleep(0)
        node.send_signal(signal.SIGTERM)
        await pair.bob.wait_closed()
        await asyncio.gather(sending, return_exceptions=True)
        assert await asyncio.to_thread(node.wait) == 0
