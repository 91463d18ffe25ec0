"""The zips for Lambda: what is in them, and the same bytes twice."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from connection_tier.cli import main
from connection_tier.cli.bundles import ROOTS, pinned_requirements, source_tree
from layers.errors import ConfigurationError


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run without dependencies, whose bytecode would take a second for each namespace."""
    out = tmp_path_factory.mktemp("lambda")
    assert main(["package", "--out", str(out), "--without-dependencies", "--without-bytecode"]) == 0
    return out


def test_the_same_sources_give_the_same_bytes(zips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (source_tree() / "functions").rglob("*.py"):
        os.utime(path, None)
    assert main(["package", "--out", str(tmp_path), "--without-dependencies", "--without-bytecode"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((zips / "manifest.json").read_text())
    names = sorted(path.name for path in zips.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    for name in names:
        assert (zips / name).read_bytes() == (tmp_path / name).read_bytes()


def test_there_is_a_function_for_each_namespace_and_one_layer(zips: Path) -> None:
    manifest = json.loads((zips / "manifest.json").read_text())
    assert manifest["handler"] == "functions.aws.handler"
    namespaces = {item["namespace"] for item in manifest["packages"] if item["kind"] == "function"}
    assert {"auth", "help", "messages", "sync", "updates", "users"} <= namespaces
    assert [item["name"] for item in manifest["packages"] if item["kind"] == "layer"] == ["layer-code"]


def test_a_function_holds_what_it_imports_and_nothing_else(zips: Path) -> None:
    for path in zips.glob("functions-*.zip"):
        namespace = path.stem.removeprefix("functions-")
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            assert {"functions/__init__.py", "functions/aws.py", f"functions/{namespace}/__init__.py"} <= names
            wanted = {
                node.module.replace(".", "/")
                for name in names
                if name.endswith(".py")
                for node in ast.walk(ast.parse(archive.read(name)))
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("functions.")
            }
        assert all(f"{module}.py" in names or f"{module}/__init__.py" in names for module in wanted), path.name
        assert all(name.startswith("functions/") for name in names)


@pytest.mark.parametrize("namespace", ["help", "messages", "sync"])
def test_an_unpacked_function_starts_with_its_layer_only(zips: Path, tmp_path: Path, namespace: str) -> None:
    for name, target in ((f"functions-{namespace}", tmp_path / "task"), ("layer-code", tmp_path / "opt")):
        with zipfile.ZipFile(zips / f"{name}.zip") as archive:
            archive.extractall(target)
    script = (
        "import functions.aws, layers, tl;"
        "print(functions.aws.__file__, layers.__file__, tl.__file__, len(functions.aws.environment()._registry))"
    )
    path = os.pathsep.join([str(tmp_path / "task"), str(tmp_path / "opt" / "python")])
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path, "CIRRUSGRAM_NAMESPACE": namespace},
        timeout=60,
    )
    *files, methods = done.stdout.split()
    assert all(file.startswith(str(tmp_path)) for file in files)
    assert int(methods) > 0 or namespace == "sync"


def test_requirements_are_the_roots_and_what_they_need() -> None:
    lock = (source_tree() / "requirements.lock").read_text()
    names = {line.partition("==")[0] for line in pinned_requirements(lock)}
    assert set(ROOTS) <= names
    assert {"botocore", "pydantic-core", "typing-extensions"} <= names
    assert not {"aiohttp", "aioboto3", "alembic", "uvloop", "prometheus-client"} & names


def test_a_lock_without_a_root_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="does not pin"):
        pinned_requirements("aiohttp==3.14.5\n    # via cirrusgram (pyproject.toml)\n")
