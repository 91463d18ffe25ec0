"""Deployments on the real parts: the settings that nodes, workers and Lambdas have in common.

`--deployment` chooses what the servers of tests.servers run on: each is then a node of one deployment that lasts as
long as the test run, so that tests must not count on being alone.
"""

from __future__ import annotations

import base64
import contextlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from connection_tier.crypto.rsa import RsaKey
from localstack import parts
from localstack.process import Process
from tests.servers import LOGIN_CODE

KINDS: Final = ("embedded", "threads", "workers", "lambda")
EVERY: Final = "every"
"""Instead of one of them: what client libraries do is tested on several in turn (tests.order)."""


def make_schema(server_url: str, options: str = "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin") -> str:
    """A new schema on a MariaDB server; its URL."""
    import pymysql
    from sqlalchemy.engine import make_url

    server = make_url(server_url)
    name = f"deployment_{secrets.token_hex(6)}"
    with contextlib.closing(
        pymysql.connect(host=server.host, port=server.port or 0, user="root", ssl_disabled=True, autocommit=True)
    ) as connection:
        connection.query(f"CREATE DATABASE {name} {options}")
    return server.set(database=name).render_as_string(hide_password=False)


def shared_settings(folder: Path, *, mariadb_url: str, redis_url: str, kafka_url: str, s3_url: str) -> dict[str, str]:
    """A new deployment: a schema, topics and keys of its own. Redis is taken as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    rsa_key = folder / "mtproto.pem"
    rsa_key.write_bytes(RsaKey.generate().to_pem())
    return {
        "CIRRUSGRAM_DATABASE_URL": make_schema(mariadb_url),
        "CIRRUSGRAM_CACHE_URL": redis_url,
        "CIRRUSGRAM_BUS_URL": f"{kafka_url}?topic_prefix={secrets.token_hex(4)}.",
        "CIRRUSGRAM_BLOB_URL": s3_url,
        "CIRRUSGRAM_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "CIRRUSGRAM_RSA_KEY": str(rsa_key),
        "CIRRUSGRAM_LOGIN_CODE": f"fixed:{LOGIN_CODE}",
        "CIRRUSGRAM_FLOOD_LIMITS": "false",
        "CIRRUSGRAM_LINK_PREVIEWS": "false",
    }


def lambda_settings(endpoint: Process) -> dict[str, str]:
    """What makes a node run every function at an endpoint."""
    return {"CIRRUSGRAM_ROUTES": "*=lambda", "CIRRUSGRAM_LAMBDA_ENDPOINT": endpoint.url}


@contextlib.contextmanager
def running_lambda(folder: Path, settings: Mapping[str, str], *options: str) -> Iterator[Process]:
    """A local Lambda whose functions run with these settings."""
    endpoint = parts.lambda_endpoint(folder, env=settings, options=options)
    endpoint.start()
    try:
        yield endpoint
    finally:
        endpoint.stop()


@pytest.fixture(scope="session")
def stack_settings(
    mariadb_url: str, redis_url: str, kafka_url: str, s3_url: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The settings of a deployment on the session's parts."""
    return shared_settings(
        tmp_path_factory.mktemp("deployment"),
        mariadb_url=mariadb_url,
        redis_url=redis_url,
        kafka_url=kafka_url,
        s3_url=s3_url,
    )


@pytest.fixture(scope="session")
def lambda_endpoint(parts_folder: Path, stack_settings: dict[str, str]) -> Iterator[Process]:
    """The local Lambda, with every function of `stack_settings`."""
    with running_lambda(parts_folder / "lambda", stack_settings) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def lambda_url(lambda_endpoint: Process) -> str:
    """`http://KEY:SECRET@127.0.0.1:PORT` for CIRRUSGRAM_LAMBDA_ENDPOINT."""
    return lambda_endpoint.url


@pytest.fixture
def start_lambda(parts_folder: Path) -> Iterator[Callable[..., Process]]:
    """Start a local Lambda of the test's own: ``start_lambda(settings, "--timeout", "1")``."""
    with contextlib.ExitStack() as stack:

        def start(settings: Mapping[str, str], *options: str) -> Process:
            folder = parts_folder / f"lambda-{secrets.token_hex(4)}"
            return stack.enter_context(running_lambda(folder, settings, *options))

        yield start


@pytest.fixture(scope="session")
def deployment(request: pytest.FixtureRequest) -> str:
    """Which of `KINDS` the servers of tests.servers run on."""
    kind: str = getattr(request, "param", request.config.getoption("--deployment"))
    return KINDS[0] if kind == EVERY else kind


@pytest.fixture(scope="session")
def deployment_settings(deployment: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """What the deployment adds to the settings of every server."""
    if deployment == "embedded":
        return {}
    settings: dict[str, str] = dict(request.getfixturevalue("stack_settings"))
    if deployment == "workers":
        settings["CIRRUSGRAM_WORKERS"] = "2"
    elif deployment == "lambda":
        settings |= lambda_settings(request.getfixturevalue("lambda_endpoint"))
    return settings
