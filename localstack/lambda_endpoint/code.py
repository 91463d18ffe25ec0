"""Where the code of a function comes from: the source tree, or the zips that `cirrusgram package` made."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HANDLER: Final = "functions.aws.handler"

_ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Code:
    """A namespace's code: the folder a process runs in, and its import path."""

    folder: Path
    path: tuple[Path, ...]

    def environment(self, namespace: str) -> dict[str, str]:
        """The variables that make a Python process this function."""
        return {
            "PYTHONPATH": os.pathsep.join(map(str, self.path)),
            "LAMBDA_TASK_ROOT": str(self.folder),
            "CIRRUSGRAM_NAMESPACE": namespace,
            "_HANDLER": HANDLER,
        }


class SourceTree:
    """Every namespace of this checkout."""

    def namespaces(self) -> list[str]:
        return sorted(path.parent.name for path in (_ROOT / "functions").glob("*/__init__.py"))

    def code(self, namespace: str) -> Code:
        return Code(_ROOT, (_ROOT,))


class Packages:
    """The zips of one `cirrusgram package` run, unpacked below ``folder`` as AWS does below /var/task and /opt."""

    def __init__(self, zips: Path, folder: Path) -> None:
        self._zips = zips
        self._folder = folder
        manifest = json.loads((zips / "manifest.json").read_text())
        self._functions: dict[str, str] = {
            item["namespace"]: item["file"] for item in manifest["packages"] if item["kind"] == "function"
        }
        layers = [item["file"] for item in manifest["packages"] if item["kind"] == "layer"]
        for name in layers:
            self._unpack(name, folder / "opt")

    def namespaces(self) -> list[str]:
        return sorted(self._functions)

    def code(self, namespace: str) -> Code:
        task = self._folder / namespace
        if not task.exists():
            self._unpack(self._functions[namespace], task)
        return Code(task, (task, self._folder / "opt" / "python"))

    def _unpack(self, name: str, target: Path) -> None:
        target.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(self._zips / name) as archive:
            archive.extractall(target)
