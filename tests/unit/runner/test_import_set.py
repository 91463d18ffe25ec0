"""Cold start: what a Lambda imports before its first event, as a set of packages (importing is what it waits for)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

import pytest

_NEVER: Final = frozenset(
    {
        *(
            "aioboto3",
            "aiobotocore",
            "aiohttp",
            "alembic",
            "aws_xray_sdk",
            "boto3",
            "confluent_kafka",
            "connection_tier",
        ),
        *("jsonschema", "mangum", "phonenumbers", "prometheus_client", "requests", "s3transfer", "uvloop"),
    }
)
"""Loaded by no namespace at import; some when they are used."""

_PICTURES: Final = frozenset({"photos", "messages", "upload", "account", "sync", "auth", "contacts", "users"})
"""Namespaces that may load Pillow: they build users and messages, which have pictures."""


def imported(namespace: str, then: str = "") -> frozenset[str]:
    """Top-level packages in memory once the entry point of a namespace is imported."""
    done = subprocess.run(
        [sys.executable, "-c", f"import functions.aws{then}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "CIRRUSGRAM_NAMESPACE": namespace, "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1"},
        timeout=60,
    )
    return frozenset(name.partition(".")[0] for name in done.stdout.split())


@pytest.mark.parametrize("namespace", ["help", "messages", "sync", "users", "auth"])
def test_a_namespace_imports_what_it_needs_only(namespace: str) -> None:
    names = imported(namespace)
    assert not names & _NEVER
    assert "PIL" not in names or namespace in _PICTURES


def test_blobs_and_the_bus_are_loaded_when_they_are_used() -> None:
    opening = (
        "\nfrom layers.config import Settings"
        "\nfunctions.aws.open_services(Settings("
        "database_url='mysql+pymysql://root@127.0.0.1:1/x', cache_url='redis://127.0.0.1:1',"
        "bus_url='kafka://127.0.0.1:1/', blob_url='s3://x?region=us-east-1', master_key='" + "A" * 43 + "='))"
    )
    names = imported("help", opening)
    assert {"redis", "pymysql"} <= names
    assert not names & {"boto3", "confluent_kafka"}


def test_a_node_does_not_become_a_lambda_by_importing_all_functions() -> None:
    script = (
        "from layers.registry import load_registry; load_registry(); import functions.aws;"
        "print(functions.aws.environment.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "0"
