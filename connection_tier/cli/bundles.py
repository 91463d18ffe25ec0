"""What goes into the zips of AWS Lambda, and how a zip is made the same twice.

https://docs.aws.amazon.com/lambda/latest/dg/python-package.html and /python-layers.html: a function's zip is unpacked
below /var/task, layers below /opt, where Python looks in /opt/python.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.errors import ConfigurationError

UNZIPPED_MAX_BYTES: Final = 250 * 1024 * 1024
"""Of a function with all its layers: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html."""

ROOTS: Final = (
    "aws-lambda-powertools",
    "aws-xray-sdk",
    "boto3",
    "confluent-kafka",
    "cryptg",
    "cryptography",
    "gmpy2",
    "hiredis",
    "orjson",
    "phonenumbers",
    "pillow",
    "pydantic-settings",
    "pymysql",
    "redis",
    "sqlalchemy",
)
"""The distributions that `layers` and `functions` import; the lock file says what those need."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time a zip can hold."""

_LEFT_OUT: Final = re.compile(
    r"(^|/)(__pycache__|tests?|bin)/|\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$|\.(pyi|c|h|pyx|pxd)$"
)
"""Not needed at run time, or different on every machine."""

AWS_SERVICES: Final = frozenset({"s3", "secretsmanager", "sesv2", "sns", "sso", "sso-oidc", "sts", "xray"})
"""Of botocore's four hundred API descriptions, those that functions and their credentials need."""

_PINNED: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)")
_PLATFORMS: Final = {
    "x86_64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
}
ARCHITECTURES: Final = tuple(_PLATFORMS)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One zip: ``files`` are paths inside it → where their bytes are."""

    name: str
    kind: str
    files: Mapping[str, Path]
    namespace: str | None = None


def source_tree() -> Path:
    """The checkout this command runs from.

    Raises:
        ConfigurationError: it runs from somewhere else.
    """
    root = Path(__file__).resolve().parents[2]
    if not (root / "functions" / "aws.py").exists() or not (root / "requirements.lock").exists():
        raise ConfigurationError(f"package: {root} is no checkout of the source; run it from one")
    return root


def function_bundles(root: Path) -> Iterator[Bundle]:
    """A bundle for each namespace: the entry point, the namespace, and what it imports of other namespaces."""
    for package in sorted((root / "functions").glob("*/__init__.py")):
        namespace = package.parent.name
        paths = {root / "functions" / "__init__.py", root / "functions" / "aws.py"}
        waiting = set(package.parent.rglob("*"))
        while waiting:
            path = waiting.pop()
            if path.is_file() and path not in paths:
                paths.add(path)
                waiting |= _imported_functions(root, path)
        files = _inside(root, paths)
        yield Bundle(f"functions-{namespace}", "function", files, namespace)


def _imported_functions(root: Path, path: Path) -> set[Path]:
    """The files of `functions` that a module imports, with their packages'."""
    if path.suffix != ".py":
        return set()
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    found: set[Path] = set()
    for name in names:
        parts = name.split(".")
        if parts[0] != "functions" or len(parts) < 2:
            continue
        place = root.joinpath(*parts)
        candidates = (place.with_suffix(".py"), place / "__init__.py", root / "functions" / parts[1] / "__init__.py")
        found |= {candidate for candidate in candidates if candidate.exists()}
    return found


def code_layer(root: Path) -> Bundle:
    """The layer with `tl` and `layers`."""
    paths = [path for package in ("tl", "layers") for path in (root / package).rglob("*") if path.is_file()]
    return Bundle("layer-code", "layer", {f"python/{name}": path for name, path in _inside(root, paths).items()})


def _inside(root: Path, paths: Iterable[Path]) -> dict[str, Path]:
    named = {path.relative_to(root).as_posix(): path for path in paths}
    return {name: path for name, path in named.items() if not _LEFT_OUT.search(name)}


def pinned_requirements(lock: str, roots: Iterable[str] = ROOTS) -> list[str]:
    """The lines of a lock file for ``roots`` and all they need, sorted.

    The lock file names under each distribution those that brought it in (``# via``).
    """
    lines: dict[str, str] = {}
    parents: dict[str, set[str]] = {}
    current = ""
    for line in lock.splitlines():
        if (pinned := _PINNED.match(line)) is not None:
            current = pinned["name"].lower()
            lines[current] = line
            parents[current] = set()
        elif line.startswith("    # ") and current:
            parents[current].add(line.removeprefix("    # ").removeprefix("via").strip().lower())
    wanted = set(roots)
    if missing := sorted(wanted - lines.keys()):
        raise ConfigurationError(f"package: the lock file does not pin {', '.join(missing)}")
    while new := {name for name in lines.keys() - wanted if parents[name] & wanted}:
        wanted |= new
    return [lines[name] for name in sorted(wanted)]


def install_wheels(root: Path, target: Path, *, python: str, architecture: str) -> None:
    """Put the wheels that the functions need for a Lambda runtime into ``target``.

    Raises:
        ConfigurationError: they cannot be had.
    """
    platforms = [f"--platform={name}" for name in _PLATFORMS[architecture]]
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        requirements.write_text("\n".join(pinned_requirements((root / "requirements.lock").read_text())))
        command = [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input", "install"),
            *("--no-deps", "--no-compile", "--only-binary=:all:", f"--python-version={python}", "--implementation=cp"),
            *platforms,
            *("--target", str(target), "-r", str(requirements)),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
        raise ConfigurationError(f"package: no wheels for Python {python} on {architecture}: {said}")


def dependency_layer(folder: Path, *, python: str, architecture: str) -> Bundle:
    """The layer with what `install_wheels` put into ``folder``."""
    files = {
        f"python/{name}": path
        for name, path in _inside(folder, (path for path in folder.rglob("*") if path.is_file())).items()
        if not _is_other_service(name)
    }
    return Bundle(f"layer-dependencies-python{python}-{architecture}", "layer", files)


def _is_other_service(name: str) -> bool:
    parts = name.split("/")
    return parts[:2] == ["botocore", "data"] and len(parts) > 3 and parts[2] not in AWS_SERVICES


def with_bytecode(bundle: Bundle, folder: Path, python: str) -> Bundle:
    """The bundle with compiled modules beside its sources, when an interpreter of that version is here.

    Without them a cold start compiles every module, for /var/task and /opt cannot be written.
    """
    interpreter = _interpreter(python)
    if interpreter is None:
        return bundle
    for name, path in bundle.files.items():
        if name.endswith(".py"):
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    command = [interpreter, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "-s", str(folder)]
    command += ["-p", "/opt" if bundle.kind == "layer" else "/var/task", str(folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    # A module for another platform or version may not compile; it then stays as source.
    subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - our own command
    compiled = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.pyc")}
    return Bundle(bundle.name, bundle.kind, {**bundle.files, **compiled}, bundle.namespace)


def _interpreter(python: str) -> str | None:
    if f"{sys.version_info.major}.{sys.version_info.minor}" == python:
        return sys.executable
    found = shutil.which(f"python{python}")
    if found is None:
        return None
    done = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - as above
    return found if done.returncode == 0 and f" {python}." in done.stdout else None


def write_zip(bundle: Bundle, path: Path) -> tuple[str, int, int]:
    """Write a zip with the same bytes for the same files; returns SHA-256 as hex, size and size unzipped."""
    unzipped = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(bundle.files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = (0o755 if name.endswith(".so") else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            data = bundle.files[name].read_bytes()
            archive.writestr(entry, data)
            unzipped += len(data)
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest(), len(content), unzipped
