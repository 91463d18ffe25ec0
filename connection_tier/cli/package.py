"""`cirrusgram package`: the zips of AWS Lambda, a function for each namespace and the layers they share.

The same sources give the same bytes, so that a deployment changes what has changed and nothing else.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import orjson

from connection_tier.cli import bundles
from layers.errors import ConfigurationError

HANDLER: Final = "functions.aws.handler"
PYTHONS: Final = ("3.12", "3.13")


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    del common  # it needs no data directory
    parser = commands.add_parser("package", help="build the zips for AWS Lambda and print their manifest (JSON)")
    parser.add_argument("--out", type=Path, default=Path("dist/lambda"), metavar="DIR", help="default: dist/lambda")
    parser.add_argument("--python", choices=PYTHONS, default=PYTHONS[0], help="the Lambda runtime (default: 3.12)")
    parser.add_argument("--architecture", choices=bundles.ARCHITECTURES, default="arm64", help="default: arm64")
    parser.add_argument("--without-dependencies", action="store_true", help="only our own code; needs no network")
    parser.add_argument("--without-bytecode", action="store_true", help="sources only")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build everything; the manifest is also written beside the zips."""
    root = bundles.source_tree()
    out: Path = options.out
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"--out {out}: {error.strerror}") from error
    with tempfile.TemporaryDirectory() as work:
        made = [*bundles.function_bundles(root), bundles.code_layer(root)]
        if not options.without_dependencies:
            print(f"fetching wheels for Python {options.python} on {options.architecture} …", file=sys.stderr)
            wheels = Path(work) / "wheels"
            bundles.install_wheels(root, wheels, python=options.python, architecture=options.architecture)
            made.append(bundles.dependency_layer(wheels, python=options.python, architecture=options.architecture))
        packages = [_build(bundle, Path(work), options) for bundle in made]
    _check_sizes(packages)
    manifest = {
        "handler": HANDLER,
        "runtime": f"python{options.python}",
        "architecture": options.architecture,
        "packages": packages,
    }
    text = orjson.dumps(manifest, option=orjson.OPT_INDENT_2).decode()
    (out / "manifest.json").write_text(text + "\n")
    print(text)
    return 0


def _build(bundle: bundles.Bundle, work: Path, options: argparse.Namespace) -> dict[str, Any]:
    if not options.without_bytecode:
        bundle = bundles.with_bytecode(bundle, work / bundle.name, options.python)
    path = options.out / f"{bundle.name}.zip"
    digest, size, unzipped = bundles.write_zip(bundle, path)
    return {
        "name": bundle.name,
        "kind": bundle.kind,
        "namespace": bundle.namespace,
        "file": path.name,
        "sha256": digest,
        "bytes": size,
        "unzipped_bytes": unzipped,
        "has_bytecode": any(name.endswith(".pyc") for name in bundle.files),
    }


def _check_sizes(packages: list[dict[str, Any]]) -> None:
    """Lambda unpacks a function and its layers into no more than so much."""
    layers = sum(item["unzipped_bytes"] for item in packages if item["kind"] == "layer")
    for item in packages:
        if item["kind"] == "function" and (total := layers + item["unzipped_bytes"]) > bundles.UNZIPPED_MAX_BYTES:
            raise ConfigurationError(
                f"package: {item['name']} with its layers is {total} bytes unzipped;"
                f" Lambda takes {bundles.UNZIPPED_MAX_BYTES}"
            )
