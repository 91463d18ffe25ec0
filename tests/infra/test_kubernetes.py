"""`infra/kubernetes`: the example parses, fits together and agrees with the server and its image."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from connection_tier.cli.main import _parser
from layers.config import Settings, load_settings

_ROOT = Path(__file__).parents[2]
_API = {
    "ConfigMap": "v1",
    "Service": "v1",
    "Job": "batch/v1",
    "CronJob": "batch/v1",
    "Deployment": "apps/v1",
    "PodDisruptionBudget": "policy/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
}
_SECRET = {"DATABASE_URL", "CACHE_URL", "BUS_URL", "BLOB_URL", "MASTER_KEY", "ADMIN_TOKEN", "METRICS_TOKEN"}


def manifests() -> list[dict[str, Any]]:
    """Every object of every file."""
    return [
        item
        for path in sorted((_ROOT / "infra/kubernetes").glob("*.yaml"))
        for item in yaml.safe_load_all(path.read_text())
    ]


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [item for item in manifests() if item["kind"] == kind]


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and specifications of what runs."""
    jobs = (item["spec"]["jobTemplate"] | {"metadata": item["metadata"]} for item in of_kind("CronJob"))
    for item in (*of_kind("Deployment"), *of_kind("Job"), *jobs):
        yield item["metadata"]["name"], item["spec"]["template"]["spec"]


def test_objects_are_what_kubernetes_knows() -> None:
    names = [(item["kind"], item["metadata"]["name"]) for item in manifests()]
    assert len(set(names)) == len(names)
    for item in manifests():
        assert item["apiVersion"] == _API[item["kind"]]
        assert re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", item["metadata"]["name"])
        assert all(isinstance(value, str) for value in item.get("data", {}).values())


def test_settings_are_ours_and_nothing_secret_is_in_the_open() -> None:
    [config] = of_kind("ConfigMap")
    names = {name.removeprefix("CIRRUSGRAM_").lower(): value for name, value in config["data"].items()}
    assert names.keys() <= Settings.model_fields.keys()
    assert not {name.upper() for name in names} & _SECRET
    shared = {"cache_url": "redis://redis", "bus_url": "kafka://kafka:9092", "database_url": "mysql+pymysql://u:p@db/c"}
    assert load_settings(**names, **shared).production
    assert {name.lower() for name in _SECRET} <= Settings.model_fields.keys()


@pytest.mark.parametrize(("name", "pod"), list(pods()))
def test_pods_are_confined_as_the_image_is_made(name: str, pod: dict[str, Any]) -> None:
    dockerfile = (_ROOT / "Dockerfile").read_text()
    security = pod["securityContext"]
    assert security["runAsNonRoot"] is True
    assert f"USER {security['runAsUser']}:{security['runAsGroup']}" in dockerfile
    assert pod["automountServiceAccountToken"] is False
    volumes = {volume["name"] for volume in pod["volumes"]}
    for container in pod["containers"]:
        assert not container["image"].endswith(":latest"), name
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {mount["name"] for mount in container["volumeMounts"]} == volumes
        assert container["resources"]["limits"]["memory"]
        assert _parser().parse_args(container["args"]).run
        sources = {key for source in container["envFrom"] for key in source}
        assert sources == {"configMapRef", "secretRef"}


def test_selectors_find_the_nodes() -> None:
    [deployment] = of_kind("Deployment")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    ports = {
        port["name"]: port["containerPort"] for port in deployment["spec"]["template"]["spec"]["containers"][0]["ports"]
    }
    [config] = of_kind("ConfigMap")
    assert config["data"]["CIRRUSGRAM_TCP"].endswith(f":{ports['mtproto']}")
    assert config["data"]["CIRRUSGRAM_HTTP"].endswith(f":{ports['http']}")
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    for service in of_kind("Service"):
        assert service["spec"]["selector"].items() <= labels.items()
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports.keys()
    [budget] = of_kind("PodDisruptionBudget")
    assert budget["spec"]["selector"]["matchLabels"] == labels
    [scaler] = of_kind("HorizontalPodAutoscaler")
    assert scaler["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    assert scaler["spec"]["minReplicas"] == deployment["spec"]["replicas"]


def test_a_node_has_time_to_drain() -> None:
    [deployment] = of_kind("Deployment")
    pod = deployment["spec"]["template"]["spec"]
    pause = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    source = (_ROOT / "connection_tier/server/node.py").read_text() + (
        _ROOT / "connection_tier/runner/workers.py"
    ).read_text()
    needed = sum(int(text) for text in re.findall(r"_(?:DRAIN|STOP)_S: Final = (\d+)", source))
    assert pod["terminationGracePeriodSeconds"] > pause + needed
