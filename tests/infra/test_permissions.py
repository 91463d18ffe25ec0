"""Each Lambda may do what its namespace's code does, and no more: Terraform's table against the source."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from typing import Any

import pytest

from connection_tier.cli.bundles import AWS_SERVICES
from tests.infra import usage

_MODULE = usage.ROOT / "infra/terraform/modules/functions"


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_MODULE / "permissions.json").read_text())
    return loaded


def test_every_namespace_has_its_entry_and_its_package(table: dict[str, Any]) -> None:
    assert sorted(table["namespaces"]) == usage.namespaces()
    manifest = json.loads((usage.ROOT / "infra/terraform/tests/manifest.json").read_text())
    functions = sorted(item["namespace"] for item in manifest["packages"] if item["kind"] == "function")
    assert functions == usage.namespaces()


@pytest.mark.parametrize("namespace", usage.namespaces())
def test_a_namespace_is_granted_what_its_code_uses(table: dict[str, Any], namespace: str) -> None:
    used = usage.port_use(namespace)
    assert table["namespaces"][namespace] == {
        "blobs": sorted(used["blobs"]),
        "bus": bool(used["bus"]),
        "sends": usage.sends(usage.symbols_of(namespace)),
        "topics": usage.topics_of(namespace),
    }


def test_an_operation_on_blobs_is_the_actions_that_the_adapter_calls(table: dict[str, Any]) -> None:
    actions = usage.s3_actions()
    used = {operation for uses in table["namespaces"].values() for operation in uses["blobs"]}
    assert used <= set(table["operations"])
    assert table["operations"] == {name: sorted(actions[name]) for name in table["operations"]}


def test_a_way_of_sending_is_granted_the_actions_that_its_code_calls(table: dict[str, Any]) -> None:
    assert table["ways"] == {
        setting: {way: sorted(actions) for way, actions in usage.ways(setting).items()} for setting in usage.OPENERS
    }


def test_clients_of_aws_are_opened_only_where_the_table_looks() -> None:
    """A new use of AWS is derived too, or this fails."""
    known = {symbol for opener in usage.OPENERS.values() for symbol, _ in usage.reached([opener])}
    known |= {("layers.blobs.s3", "S3Blobs"), ("layers.secret_references", "_secrets_manager")}
    opening = {
        (name, symbol)
        for name in usage.modules()
        if (module := usage.load(name)) is not None
        for symbol, nodes in module.definitions.items()
        if any(usage.opened_services(node) for node in nodes)
    }
    assert opening
    assert {symbol for symbol in opening if symbol[0] != "layers.blobs.s3"} <= known


def test_secrets_are_read_by_the_action_that_every_role_has() -> None:
    used = usage.aws_actions(usage.reached([("layers.secret_references", "_secrets_manager")]))
    assert used == {"secretsmanager": {"secretsmanager:GetSecretValue"}}
    for module in ("functions", "connection_tier", "migrations"):
        granted = set(re.findall(r'"(secretsmanager:\w+)"', (_MODULE.parent / module / "iam.tf").read_text()))
        assert granted == used["secretsmanager"], module


def test_nodes_may_do_what_their_jobs_do_and_send_nothing() -> None:
    granted = set(re.findall(r'"((?:s3|sns|ses):\w+)"', (_MODULE.parent / "connection_tier/iam.tf").read_text()))
    assert usage.sends(usage.job_symbols()) == []
    # Serving files, they use all that the port has.
    assert granted == set().union(*usage.s3_actions().values())


def test_the_boundary_lets_every_role_do_its_work(table: dict[str, Any]) -> None:
    boundary = (_MODULE.parent / "ci/roles.tf").read_text().partition('"aws_iam_policy" "boundary"')[2]
    boundary = boundary.partition("\nresource ")[0]
    allowed = set(re.findall(r'"(\w[\w-]*:[\w*]+)"', boundary))
    used = {action for operation in table["operations"].values() for action in operation}
    used |= {action for ways in table["ways"].values() for actions in ways.values() for action in actions}
    for module in ("functions", "connection_tier", "migrations"):
        policy = (_MODULE.parent / module / "iam.tf").read_text()
        used |= set(re.findall(r'"((?:ec2|ecr|kafka|kms|lambda|logs|secretsmanager|sqs|xray|s3):[A-Za-z]+)"', policy))
    used -= {"kms:ViaService", "lambda:SourceFunctionArn"}  # keys of conditions
    missing = {action for action in used if not any(fnmatchcase(action, pattern) for pattern in allowed)}
    assert not missing


def test_the_layer_has_the_descriptions_of_the_services_that_functions_call() -> None:
    opened = {
        service
        for name in usage.modules()
        for nodes in (usage.load(name) or usage.Module()).definitions.values()
        for node in nodes
        for service in usage.opened_services(node)
    }
    assert opened >= {"s3", "secretsmanager", "sesv2", "sns"}
    assert opened | {"sso", "sso-oidc", "sts", "xray"} == AWS_SERVICES


def test_objects_are_granted_where_the_domain_keeps_them(table: dict[str, Any]) -> None:
    assert table["prefixes"] == sorted(usage.blob_prefixes())


def test_the_reading_of_the_source_sees_known_uses() -> None:
    """The derivation itself: sending stores pictures of an upload, reading differences touches no blob."""
    assert usage.port_use("messages")["blobs"] >= {"move_prefix", "put"}
    assert usage.port_use("updates")["blobs"] == set()
    assert usage.topics_of("sync") == ["boxes"]
    assert usage.sends(usage.symbols_of("auth")) == ["login_code", "mail"]
    assert usage.sends(usage.symbols_of("messages")) == []
    assert usage.s3_actions()["move_prefix"] == {"s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"}
