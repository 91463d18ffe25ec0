"""LocalStack in host mode, without docker: S3, Secrets Manager, SNS, SES and more of AWS as one process.

It needs Python 3.13 and packages that do not go with ours, so it lives in a virtual environment in the user's cache
folder. Its own Lambda wants docker: functions run at `localstack.lambda_endpoint` instead. This edition has no RDS,
ElastiCache, MSK, ECS or load balancers: MariaDB, Redis and Kafka themselves stand for those.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Final

from localstack.apache_kafka import cache_folder
from localstack.process import PartFailed, Process, free_port

VERSION: Final = "4.14.0"
PYTHON: Final = "3.13"
_RESOLVED_ON: Final = "2026-03-10"
"""Its dependencies have no upper bounds: those of the day after its release work together."""

INSTALL_DEADLINE_S: Final = 300


def install() -> Path:
    """The interpreter of its virtual environment, made when it is not there yet.

    Raises:
        PartFailed: there is no Python 3.13, or the packages could not be installed; the text is one line.
    """
    folder = cache_folder() / f"localstack-{VERSION}"
    interpreter = folder / "bin" / "python"
    if (folder / ".installed").exists():
        return interpreter
    python = _python()
    if python is None:
        raise PartFailed(f"python{PYTHON} is not installed")
    shutil.rmtree(folder, ignore_errors=True)
    uv = [str(interpreter), "-m", "uv", "pip", "install", "--quiet", "--python", str(interpreter)]
    for command in (
        [python, "-m", "venv", str(folder)],
        [str(interpreter), "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input", "install", "uv"],
        [*uv, "--exclude-newer", _RESOLVED_ON, f"localstack-core[runtime]=={VERSION}"],
    ):
        _run(command)
    (folder / ".installed").touch()
    return interpreter


def _python() -> str | None:
    """An interpreter of the version that runs; a shim of a version manager may name one that is not installed."""
    candidates = [f"python{PYTHON}", *map(str, sorted(Path.home().glob(f".pyenv/versions/{PYTHON}.*/bin/python")))]
    for candidate in candidates:
        found = shutil.which(candidate)
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return found
    return None


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_DEADLINE_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise PartFailed(f"installing it took longer than {INSTALL_DEADLINE_S} s") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no output"]
        raise PartFailed(f"it could not be installed ({said[-1][:200]})")


def localstack(folder: Path, *, port: int | None = None) -> Process:
    """LocalStack as `http://127.0.0.1:PORT`, any credentials, its state in memory.

    Raises:
        PartFailed: it cannot be installed here.
    """
    interpreter = install()
    port = free_port(port)
    folder.mkdir(parents=True, exist_ok=True)
    url = f"http://127.0.0.1:{port}"

    def is_ready() -> None:
        with urllib.request.urlopen(f"{url}/_localstack/health", timeout=5):  # noqa: S310 - our own http address
            pass

    # Isolated (-I): this package has the same name as theirs and would be found first.
    command = [str(interpreter), "-I", "-m", "localstack.runtime.main"]
    environment = {
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
        "TMPDIR": str(folder),
    }
    return Process("localstack", url, folder, command, is_ready, env=environment)


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{install()}\n")
    except PartFailed as failed:
        sys.exit(f"localstack: {failed}")
