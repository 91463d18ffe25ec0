"""Copies of what a deployment keeps, taken while it runs, and a deployment made of one.

The database as it was at one moment, then the files: a file is stored before any row names it and stays for days after
the last has gone, so files copied later hold all that the rows name. The keys come along: without the master key a
database is of no use, without the RSA key every client must be changed.

MySQL and MariaDB by their own program (``mariadb-dump --single-transaction``, which locks nobody out), SQLite by its
online backup. Files in S3 are not copied: versioning and replication of the bucket do that better.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import URL

from layers.config import Settings
from layers.database import open_database
from layers.database.drivers import parse_url
from layers.errors import ConfigurationError
from layers.migrations.revisions import VERSION_TABLE, known

MANIFEST: Final = "manifest.json"
_DUMP: Final = "database.sql.gz"
_FILE: Final = "database.sqlite"
_BLOBS: Final = "blobs"
_KEYS: Final = ("secret.key", "mtproto.pem")
_COPY_BYTES: Final = 1 << 20
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def back_up(settings: Settings, folder: Path) -> dict[str, Any]:
    """Copy a deployment into a new folder; what the manifest says.

    Raises:
        ConfigurationError: the folder holds something, or the database's own program is missing or fails.
    """
    _make_empty(folder)
    url = parse_url(settings.effective_database_url)
    said: dict[str, Any] = {"at": int(time.time()), "schema": _schema(settings), "database": url.get_backend_name()}
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database))) as source, closing(sqlite3.connect(folder / _FILE)) as target:
            source.backup(target)
    else:
        _dump(url, folder / _DUMP)
    blobs = urlsplit(settings.effective_blob_url)
    said["files"] = blobs.scheme == "file"
    if said["files"] and Path(blobs.path).exists():
        # What is being stored while it is copied belongs to no row of the dump.
        shutil.copytree(blobs.path, folder / _BLOBS, ignore=shutil.ignore_patterns(".*"), ignore_dangling_symlinks=True)
    said["keys"] = [name for name, path in _key_files(settings).items() if _copy_key(path, folder / name)]
    (folder / MANIFEST).write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    return said


def restore(settings: Settings, folder: Path) -> dict[str, Any]:
    """Make a deployment of a copy: its database must be empty, its files and keys not be there yet.

    Raises:
        ConfigurationError: something is in the way, the copy is not whole, or newer than this program.
    """
    try:
        said: dict[str, Any] = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{folder} holds no backup ({MANIFEST}: {error})") from error
    if said["schema"] not in known():
        raise ConfigurationError(f"the backup's schema ({said['schema']}) is newer than this program")
    url = parse_url(settings.effective_database_url)
    if url.get_backend_name() != said["database"]:
        raise ConfigurationError(f"the backup is of {said['database']}, the settings name {url.get_backend_name()}")
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, path in _key_files(settings).items():
        if name in said["keys"] and path.exists() and path.read_bytes() != (folder / name).read_bytes():
            raise ConfigurationError(f"{path} is another key than the backup's: move it away first")
    _check_empty(url)
    blobs = urlsplit(settings.effective_blob_url)
    if said["files"] and blobs.scheme == "file" and (folder / _BLOBS).exists():
        shutil.copytree(folder / _BLOBS, blobs.path, dirs_exist_ok=True)
    for name, path in _key_files(settings).items():
        if name in said["keys"]:
            _copy_key(folder / name, path)
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(folder / _FILE, str(url.database))
    else:
        _load(url, folder / _DUMP)
    return said


def _make_empty(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ConfigurationError(f"{folder} is not empty: name a new folder")


def _key_files(settings: Settings) -> Mapping[str, Path]:
    """Keys in files; a master key in the settings is the operator's to keep."""
    files = {"mtproto.pem": settings.rsa_key or settings.data / "mtproto.pem"}
    return files if settings.master_key is not None else {"secret.key": settings.data / "secret.key", **files}


def _copy_key(source: Path, target: Path) -> bool:
    if not source.exists():
        return False
    if not target.exists():
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(source.read_bytes())
    return True


def _schema(settings: Settings) -> str:
    database = open_database(settings.effective_database_url)
    try:
        with database.engine.connect() as connection:
            version: str = connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one()  # noqa: S608 - a constant
    finally:
        database.close()
    return version


def _check_empty(url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        if Path(str(url.database)).exists():
            raise ConfigurationError(f"{url.database} is there already: move it away first")
        return
    database = open_database(url.render_as_string(hide_password=False))
    try:
        if tables := sa.inspect(database.engine).get_table_names():
            raise ConfigurationError(
                f"the database holds tables ({', '.join(sorted(tables)[:3])}, …): use an empty one"
            )
    finally:
        database.close()


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    raise ConfigurationError(f"{' or '.join(names)} is not installed (Debian: mariadb-client)")


@contextmanager
def _options(url: URL) -> Iterator[list[str]]:
    """Arguments that connect; user and password in a file, for arguments are everybody's to see."""
    with tempfile.NamedTemporaryFile("w", suffix=".cnf") as file:
        quoted = str(url.password or "").replace("\\", "\\\\").replace('"', '\\"')
        file.write(f'[client]\nuser="{url.username or "root"}"\npassword="{quoted}"\n')
        file.flush()
        arguments = [
            f"--defaults-extra-file={file.name}",
            f"--host={url.host or '127.0.0.1'}",
            f"--port={url.port or 3306}",
        ]
        is_plain = url.query.get("tls", "disabled" if url.host in _LOOPBACK else "required") == "disabled"
        authorities = url.query.get("tls_ca")
        arguments += ["--skip-ssl"] if is_plain else ["--ssl", "--ssl-verify-server-cert"]
        if isinstance(authorities, str) and not is_plain:
            arguments.append(f"--ssl-ca={authorities}")
        yield [*arguments, "--default-character-set=utf8mb4"]


def _dump(url: URL, path: Path) -> None:
    program = _program("mariadb-dump", "mysqldump")
    with _options(url) as options, gzip.open(path, "wb", compresslevel=3) as target:
        os.chmod(path, 0o600)  # noqa: PTH101 - of a file that is open
        command = [
            program,
            *options,
            "--single-transaction",
            "--quick",
            "--hex-blob",
            "--no-tablespaces",
            str(url.database),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
            if process.stdout is not None:
                shutil.copyfileobj(process.stdout, target, _COPY_BYTES)
            _check_ended(process, program)


def _load(url: URL, path: Path) -> None:
    program = _program("mariadb", "mysql")
    with _options(url) as options, gzip.open(path, "rb") as source:
        command = [program, *options, str(url.database)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
            _feed(source, process.stdin)
            _check_ended(process, program)


def _feed(source: Any, target: IO[bytes] | None) -> None:
    if target is not None:
        try:
            shutil.copyfileobj(source, target, _COPY_BYTES)
            target.close()
        except BrokenPipeError:
            pass  # its own words follow


def _check_ended(process: subprocess.Popen[bytes], program: str) -> None:
    said = process.stderr.read().decode(errors="replace").strip() if process.stderr else ""
    if process.wait() != 0:
        raise ConfigurationError(f"{Path(program).name}: {said.splitlines()[-1] if said else process.returncode}")
