"""What every test may use: the real parts, started once per session when a test first asks, and fresh databases.

A part that cannot run fails the tests that need it: `make test` installs them all.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from xdist.remote import Producer

from localstack import parts
from localstack.process import Process
from tests import order
from tests.databases import Chosen, Databases
from tests.deployments import (
    EVERY,
    KINDS,
    deployment,
    deployment_settings,
    lambda_endpoint,
    lambda_url,
    make_schema,
    stack_settings,
    start_lambda,
)

__all__ = ["deployment", "deployment_settings", "lambda_endpoint", "lambda_url", "stack_settings", "start_lambda"]

DRIVERS: Final = ("pymysql", "mysqldb") if importlib.util.find_spec("MySQLdb") else ("pymysql",)
"""MySQL drivers to test with: mysqlclient is an operator's choice and tested where it is installed."""

_MEMORY: Final = Path("/dev/shm")
_MEMORY_NEEDED: Final = 4 << 30
_READABLE_BYTES: Final = 16


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database`: what the tests of functions keep their data in."""
    parser.addoption(
        "--database",
        choices=["sqlite", "mariadb", "both"],
        default="sqlite",
        help="the database engine under tests.harness (default: sqlite)",
    )
    parser.addoption(
        "--deployment",
        choices=[*KINDS, EVERY],
        default="embedded",
        help="what the servers of tests.servers run on: embedded, or the real parts with functions in threads of the"
        " node, worker processes or Lambda; or tests/e2e on all but threads in turn (default: embedded)",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of functions on every database and those with client libraries on every deployment, if asked to."""
    folder = metafunc.definition.path.relative_to(Path(__file__).parent).as_posix()
    if (
        metafunc.config.getoption("--database") == "both"
        and folder.startswith("unit/functions/")
        and "tmp_path" in metafunc.fixturenames
        # The long ones that draw examples run on one.
        and not getattr(metafunc.function, "is_hypothesis_test", False)
    ):
        metafunc.parametrize("_harness_database", ["sqlite", "mariadb"], indirect=True)
    if (
        metafunc.config.getoption("--deployment") == EVERY
        and folder.startswith("e2e/")
        and "deployment" in metafunc.fixturenames
    ):
        marker = metafunc.definition.get_closest_marker("deployments")
        chosen = marker.args if marker else order.DEPLOYMENTS
        metafunc.parametrize("deployment", chosen, indirect=True, scope="session")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name long bytes by their parameter: nobody reads them, and processes must agree even on random ones."""
    return argname if isinstance(val, bytes) and len(val) > _READABLE_BYTES else None


def pytest_configure(config: pytest.Config) -> None:
    """Make the run independent of the shell it was started from."""
    for name in [name for name in os.environ if name.startswith(("CIRRUSGRAM_", "AWS_"))]:
        del os.environ[name]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _MEMORY_NEEDED:
        # Databases sync each commit; in memory that costs nothing. Both pytest's own folder and `parts_folder` follow.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Cheap kinds of tests first; within a kind the random order stays."""
    order.sort(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> order.Scheduling:
    """With `--numprocesses`, hand out tests as `tests.order` says."""
    return order.Scheduling(config, log)


@pytest.fixture(scope="session")
def parts_folder() -> Iterator[Path]:
    """Where parts keep their data: not below pytest's own folder, which other users cannot enter."""
    folder = parts.private_folder(
        Path(tempfile.mkdtemp(prefix="cirrusgram-test-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    )
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(process: Process) -> Iterator[Process]:
    process.start()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture(scope="session")
def mariadb_url(parts_folder: Path) -> Iterator[str]:
    """A MariaDB server without a schema: `mysql+pymysql://root@127.0.0.1:PORT/`."""
    with _running(parts.mariadb(parts_folder / "mariadb")) as process:
        yield process.url


@pytest.fixture(scope="session")
def redis_url(parts_folder: Path) -> Iterator[str]:
    with _running(parts.redis(parts_folder / "redis")) as process:
        yield process.url


@pytest.fixture(scope="session")
def kafka_url(parts_folder: Path) -> Iterator[str]:
    with _running(parts.kafka(parts_folder / "kafka")) as process:
        yield process.url


@pytest.fixture(scope="session")
def s3_url(parts_folder: Path) -> Iterator[str]:
    """An S3 gateway's bucket, with credentials and endpoint in the URL."""
    with _running(parts.s3(parts_folder / "s3")) as process:
        yield process.url


@pytest.fixture
def start_part(parts_folder: Path) -> Iterator[Callable[[str], Process]]:
    """Start a part of the test's own by name (`mariadb`, `redis`, `kafka`, `s3`), to kill and start it at will."""
    with contextlib.ExitStack() as stack:

        def start(name: str) -> Process:
            folder = parts_folder / f"{name}-{secrets.token_hex(4)}"
            return stack.enter_context(_running(parts.PARTS[name](folder)))

        yield start


@pytest.fixture(scope="module")
def sqlite_database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file of the test module's own."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'cirrusgram.db'}"


@pytest.fixture(scope="module")
def mariadb_database_url(mariadb_url: str) -> Iterator[str]:
    """A schema of the test module's own on the session's MariaDB."""
    import pymysql
    from sqlalchemy.engine import make_url

    server = make_url(mariadb_url)
    name = f"test_{secrets.token_hex(6)}"
    with contextlib.closing(
        pymysql.connect(host=server.host, port=server.port or 0, user="root", ssl_disabled=True, autocommit=True)
    ) as connection:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        yield server.set(database=name).render_as_string(hide_password=False)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


@pytest.fixture(scope="module", params=DRIVERS)
def mysql_driver_url(request: pytest.FixtureRequest, mariadb_database_url: str) -> str:
    """The test module's MariaDB schema by each driver that is installed."""
    return mariadb_database_url.replace("mysql+pymysql://", f"mysql+{request.param}://")


@pytest.fixture(scope="module", params=["sqlite", *DRIVERS])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each database engine (and driver) in turn, empty for each test module."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_database_url")
        return url
    url = request.getfixturevalue("mariadb_database_url")
    return url.replace("mysql+pymysql://", f"mysql+{request.param}://")


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """SQLite files with the schema in them."""
    folder = tmp_path_factory.mktemp("databases")
    with contextlib.closing(Databases(lambda: f"sqlite:///{folder / secrets.token_hex(6)}.db")) as databases:
        yield databases


@pytest.fixture(scope="session")
def mariadb_databases(mariadb_url: str) -> Iterator[Databases]:
    """Schemas on the session's MariaDB; they go with it."""
    # With the server's own collation: ours must come with the tables.
    with contextlib.closing(Databases(lambda: make_schema(mariadb_url, options=""))) as databases:
        yield databases


@pytest.fixture(autouse=True)
def _harness_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give `Harness` the databases of the engine that `--database` chose."""
    kind = getattr(request, "param", request.config.getoption("--database"))
    databases: Databases = request.getfixturevalue("mariadb_databases" if kind == "mariadb" else "sqlite_databases")
    Chosen.databases = databases
    yield
    databases.release()
