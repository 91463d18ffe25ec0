"""`localstack/docker-compose.yml` agrees with the server, as far as can be told without docker."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.engine import make_url

from layers.config import Settings, parse_addresses
from localstack import parts, stack

_FOLDER = Path(__file__).parents[2] / "localstack"
_PINNED = re.compile(r"[a-z0-9/]+:(?!latest$)[A-Za-z0-9._-]*\d[A-Za-z0-9._-]*")
_SERVER = ("node", "migrate")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_FOLDER / "docker-compose.yml").read_text())["services"]
    return found


@pytest.fixture(scope="module")
def environment(services: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = services["node"]["environment"]
    return found


def test_images_are_pinned(services: dict[str, Any]) -> None:
    for name in services.keys() - set(_SERVER):
        assert _PINNED.fullmatch(services[name]["image"]), name
    base = re.search(r"^FROM (.+)$", (_FOLDER / "Dockerfile").read_text(), re.MULTILINE)
    assert base is not None
    assert _PINNED.fullmatch(base[1])


def test_every_setting_exists(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        assert name.removeprefix("CIRRUSGRAM_").lower() in Settings.model_fields, name
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value))
    settings = Settings()
    assert settings.workers == 2
    assert not settings.is_single_node


def test_urls_name_services_and_their_credentials(services: dict[str, Any], environment: dict[str, str]) -> None:
    database = make_url(environment["CIRRUSGRAM_DATABASE_URL"])
    assert database.host in services
    grants = (_FOLDER / "init/mysql/10-cirrusgram.sql").read_text()
    assert f"CREATE USER IF NOT EXISTS '{database.username}'@'%' IDENTIFIED BY '{database.password}'" in grants
    assert f"CREATE DATABASE IF NOT EXISTS {database.database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" in grants
    assert environment["CIRRUSGRAM_CACHE_URL"] == "redis://redis:6379/0"
    inside = services["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"].split(",")[0].removeprefix("INSIDE://")
    assert environment["CIRRUSGRAM_BUS_URL"] == f"kafka://{inside}/"
    minio = services["minio"]["environment"]
    assert environment["CIRRUSGRAM_BLOB_URL"] == (
        f"s3://{minio['MINIO_ROOT_USER']}:{minio['MINIO_ROOT_PASSWORD']}@{parts.S3_BUCKET}"
        "?endpoint=http://minio:9000&region=us-east-1"
    )
    for name in ("DATABASE_URL", "CACHE_URL", "BUS_URL", "BLOB_URL"):
        assert services["localstack"]["environment"][name] == environment[f"CIRRUSGRAM_{name}"]


def test_ports_are_those_of_the_stack_without_docker(services: dict[str, Any], environment: dict[str, str]) -> None:
    published = {name: service.get("ports", []) for name, service in services.items()}
    for ports in published.values():
        assert all(port.startswith("127.0.0.1:") for port in ports)
    for part, service in {"mariadb": "mysql", "redis": "redis", "kafka": "kafka", "s3": "minio"}.items():
        assert published[service][0].startswith(f"127.0.0.1:{stack.PORTS[part]}:")
    addresses = parse_addresses(environment["CIRRUSGRAM_TCP"]) + parse_addresses(environment["CIRRUSGRAM_HTTP"])
    assert published["node"] == [f"127.0.0.1:{port}:{port}" for _, port in addresses]


def test_the_node_waits_for_its_parts(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["image"] == "cirrusgram:local" or "healthcheck" in service
        for name, wanted in service.get("depends_on", {}).items():
            assert wanted["condition"] == "service_completed_successfully" or "healthcheck" in services[name]
    assert services["node"]["depends_on"].keys() == {"migrate", "localstack"}
    assert services["migrate"]["depends_on"].keys() == {"mysql", "redis", "kafka", "minio"}
    assert "readyz" in str(services["node"]["healthcheck"]["test"])


def test_mounted_files_exist(services: dict[str, Any]) -> None:
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert not source.startswith("./") or (_FOLDER / source).is_dir()
