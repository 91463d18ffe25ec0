"""Creates a function for each namespace from the bundles of `cirrusgram package`, once LocalStack is ready.

Without bundles in dist/lambda it does nothing: the node then runs every function itself. This edition of LocalStack
knows no layers, so they go into each function's zip.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import boto3

BUNDLES = Path("/opt/bundles/lambda")
ENDPOINT = "http://localhost:4566"
DATA = "/tmp/cirrusgram"  # noqa: S108 - the one folder a function may write to
BUCKET = "bundles"
SETTINGS = ("DATABASE_URL", "CACHE_URL", "BUS_URL", "BLOB_URL", "MASTER_KEY")


def merged(names: list[str]) -> bytes:
    """One zip of a function's and the layers' files; a layer's lie below python/."""
    out = io.BytesIO()
    written: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in names:
            with zipfile.ZipFile(BUNDLES / name) as source:
                for entry in source.infolist():
                    path = entry.filename.removeprefix("python/")
                    if path not in written:
                        written.add(path)
                        target.writestr(path, source.read(entry))
    return out.getvalue()


def client(service: str) -> Any:
    """A client of this LocalStack."""
    # The stubs know the names of services as literals only.
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=ENDPOINT,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - LocalStack takes any
    )


def main() -> None:
    """Create what the manifest lists."""
    manifest = json.loads((BUNDLES / "manifest.json").read_text())
    layers = [package["file"] for package in manifest["packages"] if package["kind"] == "layer"]
    settings = {f"CIRRUSGRAM_{name}": os.environ[name] for name in SETTINGS if os.environ.get(name)}
    s3, functions = client("s3"), client("lambda")
    s3.create_bucket(Bucket=BUCKET)
    for package in manifest["packages"]:
        if package["kind"] != "function":
            continue
        s3.put_object(Bucket=BUCKET, Key=package["file"], Body=merged([package["file"], *layers]))
        functions.create_function(
            FunctionName=f"cirrusgram-{package['namespace']}",
            Runtime=manifest["runtime"],
            Architectures=[manifest["architecture"]],
            Handler=manifest["handler"],
            Role="arn:aws:iam::000000000000:role/functions",
            Code={"S3Bucket": BUCKET, "S3Key": package["file"]},
            Timeout=30,
            MemorySize=512,
            Environment={"Variables": {**settings, "CIRRUSGRAM_DATA": DATA}},
        )


if (BUNDLES / "manifest.json").exists():
    main()
