"""What a client sees of a part that is full, read-only or silent: docs/explanation/failures.md says the same."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterator

import pytest
import redis
import sqlalchemy as sa

from layers.errors import RpcError
from localstack.process import Process
from tests.chaos.stack_nodes import start_nodes
from tests.deployments import shared_settings
from tests.pair import two_people
from tests.raw_client import RawClient, TcpStream
from tests.servers import Server
from tl import api


@pytest.fixture(scope="module")
def administrator(parts: dict[str, Process]) -> Iterator[sa.Connection]:
    """The database's root, whom no read_only stops."""
    engine = sa.create_engine(parts["mariadb"].url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def node(
    tmp_path_factory: pytest.TempPathFactory, parts: dict[str, Process], administrator: sa.Connection
) -> Iterator[Server]:
    """A node whose database user has the privileges that the documentation names, and no more."""
    administrator.exec_driver_sql("CREATE USER app@'%%' IDENTIFIED BY 'app'")
    administrator.exec_driver_sql(
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON *.* TO app@'%%'"
    )
    folder = tmp_path_factory.mktemp("nodes")
    settings = shared_settings(
        folder,
        mariadb_url=parts["mariadb"].url.replace("root@", "app:app@"),
        redis_url=parts["redis"].url,
        kafka_url=parts["kafka"].url,
        s3_url=parts["s3"].url,
    )
    # Flood limits count in the cache: what they guard depends on it.
    (made,) = start_nodes(folder, {**settings, "CIRRUSGRAM_FLOOD_LIMITS": "true"}, 1)
    yield made
    made.kill()


@pytest.fixture(autouse=True)
def _ends(request: pytest.FixtureRequest, node: Server) -> Iterator[None]:
    yield
    assert "Traceback" not in node.log.read_text()


@contextlib.contextmanager
def full_cache(url: str) -> Iterator[None]:
    """Redis out of memory, evicting nothing: whatever would grow is refused."""
    client = redis.Redis.from_url(url)
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", "1")
    try:
        yield
    finally:
        client.config_set("maxmemory", "0")
        client.close()


@contextlib.contextmanager
def silent(part: Process) -> Iterator[None]:
    """A part that takes connections and answers nothing."""
    assert part.pid is not None
    os.kill(part.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(part.pid, signal.SIGCONT)


async def test_a_full_cache(node: Server, parts: dict[str, Process]) -> None:
    """Messages are stored and pushed: publishing takes no memory."""
    async with two_people(node) as pair:
        with full_cache(parts["redis"].url):
            await pair.delivered(await pair.send())
            async with RawClient(node.public_key, TcpStream("127.0.0.1", node.tcp_port)) as stranger:
                await stranger.make_key()
                with pytest.raises(RpcError) as caught:
                    await stranger.sign_up("+9996630003", "Someone")
                assert (caught.value.code, caught.value.type) == (500, "RPC_CALL_FAIL")
        await pair.works_again()


async def test_a_database_that_may_only_be_read(node: Server, administrator: sa.Connection) -> None:
    """As after a failover to a replica: what reads goes on."""
    async with two_people(node) as pair:
        administrator.exec_driver_sql("SET GLOBAL read_only = 1")
        try:
            assert await pair.error() == (500, "RPC_CALL_FAIL")
            history = await pair.bob.invoke(api.updates.GetDifference(pts=1, date=1, qts=0))
            assert "message " in str(history)
        finally:
            administrator.exec_driver_sql("SET GLOBAL read_only = 0")
        await pair.works_again()


async def test_a_database_that_is_silent_for_a_while(node: Server, parts: dict[str, Process]) -> None:
    async with two_people(node) as pair:
        with silent(parts["mariadb"]):
            sending = asyncio.create_task(pair.send())
            done, _ = await asyncio.wait([sending], timeout=1.0)
            assert not done, "it waits for the answer"
        await pair.delivered(await sending)


async def test_a_silent_bus(node: Server, parts: dict[str, Process]) -> None:
    """As with a quota used up: requests never wait for it, and the relay applies what it was not woken for."""
    async with two_people(node) as pair:
        with silent(parts["kafka"]):
            await pair.delivered(await pair.send())
        await pair.works_again()


async def test_a_silent_blob_storage(node: Server, parts: dict[str, Process]) -> None:
    """Who waits for a part of a file holds nobody else up."""
    part = api.upload.SaveFilePart(file_id=2, file_part=0, bytes=bytes(1024))
    async with two_people(node) as pair:
        await pair.alice.invoke(part)
        with silent(parts["s3"]):
            uploading = asyncio.create_task(pair.alice.invoke(part))
            await pair.delivered(await pair.send())
            assert not uploading.done()
        assert await uploading is True
