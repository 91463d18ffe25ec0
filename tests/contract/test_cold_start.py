"""Opening an embedded adapter, or only importing a port, must not load a vendor's library: that is cold-start time."""

from __future__ import annotations

import subprocess
import sys

import pytest

_VENDORS = "{'redis', 'boto3', 'botocore', 'aioboto3', 'aiobotocore', 'confluent_kafka', 'aiohttp'}"


@pytest.mark.parametrize(
    "statement",
    [
        "from layers.cache import open_cache; open_cache('memory://')",
        "from layers.bus import open_bus; open_bus('memory://')",
        "from layers.blobs import open_blobs; open_blobs('file:///nowhere', check=False)",
    ],
)
def test_embedded_adapters_import_no_vendor(statement: str) -> None:
    script = f"{statement}; import sys; print(sorted({_VENDORS} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_synchronous_s3_side_loads_no_async_library() -> None:
    script = (
        "from layers.blobs import open_blobs;"
        "open_blobs('s3://k:s@bucket?endpoint=http://127.0.0.1:1&region=us-east-1', check=False);"
        "import sys; print(sorted({'aioboto3', 'aiobotocore', 'aiohttp'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
