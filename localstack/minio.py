"""MinIO itself, for the tests that also run on it: built from source by Go into the user's cache folder.

The build takes minutes, so it is asked for by BUILD_MINIO=1 (or `python -m localstack.minio`); what is built
is used ever after.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final
from urllib.parse import quote

from localstack.apache_kafka import cache_folder
from localstack.parts import S3_ACCESS_KEY, S3_BUCKET, S3_SECRET_KEY, make_bucket
from localstack.process import PartFailed, Process, free_port

MODULE: Final = "github.com/minio/minio@latest"
BUILD_DEADLINE_S: Final = 1200
ASKED_FOR: Final = "BUILD_MINIO"


def install(*, build: bool) -> Path:
    """The program; with ``build`` it is built when it is not there yet.

    Raises:
        PartFailed: it is not there and was not or could not be built; the text is one line.
    """
    program = cache_folder() / "minio" / "minio"
    if program.exists():
        return program
    if not build:
        raise PartFailed(f"it is not built yet, which takes minutes: set {ASKED_FOR}=1")
    go = shutil.which("go")
    if go is None:
        raise PartFailed("go is not installed")
    program.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [go, "install", MODULE],
            env={**os.environ, "GOBIN": str(program.parent)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=BUILD_DEADLINE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PartFailed(f"go took longer than {BUILD_DEADLINE_S} s to build it") from error
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip().splitlines() or ["no output"]
        raise PartFailed(f"go could not build it ({said[-1][:200]})")
    return program


def minio(folder: Path, *, port: int | None = None) -> Process:
    """MinIO with one bucket as `s3://KEY:SECRET@media?endpoint=http://127.0.0.1:PORT`.

    Raises:
        PartFailed: it is not installed here.
    """
    program = install(build=bool(os.environ.get(ASKED_FOR)))
    port = free_port(port)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    endpoint = f"http://127.0.0.1:{port}"
    command = [str(program), "server", "--quiet", "--address", f"127.0.0.1:{port}"]
    command += ["--console-address", f"127.0.0.1:{free_port()}", str(folder / "data")]

    def is_ready() -> None:
        socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        make_bucket(endpoint, S3_BUCKET)

    credentials = {"MINIO_ROOT_USER": S3_ACCESS_KEY, "MINIO_ROOT_PASSWORD": S3_SECRET_KEY}
    url = f"s3://{S3_ACCESS_KEY}:{quote(S3_SECRET_KEY)}@{S3_BUCKET}?endpoint={endpoint}&region=us-east-1"
    return Process("minio", url, folder, command, is_ready, env={**credentials, "MINIO_UPDATE": "off"})


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{install(build=True)}\n")
    except PartFailed as failed:
        sys.exit(f"minio: {failed}")
