"""The local Lambda as AWS's own SDK sees it, with the code of packaged zips."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import tl
from connection_tier.cli import main
from connection_tier.runner.awslambda import parse_endpoint
from layers.context import Caller
from layers.invocation import Invocation, Reply
from localstack.process import Process
from tests.deployments import running_lambda
from tests.servers import Server
from tl import api

_CALLER = Caller(auth_key_id=7, session_id=8, msg_id=4, layer=tl.LAYER, ip="127.0.0.1", api_id=1)


@pytest.fixture(scope="module")
def packaged(
    make_server: Callable[..., Server],
    stack_settings: dict[str, str],
    parts_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Process]:
    """An endpoint that runs what `cirrusgram package` made; a node has prepared the database."""
    out = tmp_path_factory.mktemp("zips")
    assert main(["package", "--out", str(out), "--without-dependencies", "--without-bytecode"]) == 0
    make_server(**stack_settings)
    with running_lambda(parts_folder / "lambda-zips", stack_settings, "--packages", str(out)) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def client(packaged: Process) -> Iterator[Any]:
    url, key, secret = parse_endpoint(packaged.url)
    made = boto3.Session().client(
        "lambda",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}),
    )
    yield made
    made.close()


def test_a_packaged_function_answers(client: Any, packaged: Process) -> None:
    event = Invocation(_CALLER, tl.encode(api.help.GetConfig())).to_event()
    answer = client.invoke(FunctionName="cirrusgram-help", Payload=json.dumps(event))
    assert answer["StatusCode"] == 200
    assert "FunctionError" not in answer
    assert Reply.from_event(json.load(answer["Payload"])).result is not None
    assert (packaged.folder / "help" / "functions" / "aws.py").exists()
    arn = "arn:aws:lambda:us-east-1:000000000000:function:cirrusgram-help"
    warm = client.invoke(FunctionName=arn, Qualifier="live", Payload=json.dumps({"warmup": True}))
    assert json.load(warm["Payload"])["cold_start"] is False


def test_an_exception_is_a_function_error(client: Any) -> None:
    answer = client.invoke(FunctionName="cirrusgram-help", Payload=b'{"unknown": 1}')
    assert answer["FunctionError"] == "Unhandled"
    error = json.load(answer["Payload"])
    assert error["errorType"] == "ValueError"
    assert "no known kind" in error["errorMessage"]


def test_kinds_of_invocation(client: Any) -> None:
    event = json.dumps({"warmup": True})
    assert client.invoke(FunctionName="cirrusgram-help", InvocationType="Event", Payload=event)["StatusCode"] == 202
    assert client.invoke(FunctionName="cirrusgram-help", InvocationType="DryRun", Payload=event)["StatusCode"] == 204


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("cirrusgram-nothing", 0, "ResourceNotFoundException"),
        ("cirrusgram-help", 6 * 1024 * 1024, "RequestTooLargeException"),
    ],
)
def test_refusals(client: Any, name: str, size: int, code: str) -> None:
    with pytest.raises(ClientError) as caught:
        client.invoke(FunctionName=name, Payload=json.dumps({"warmup": "x" * size}))
    assert caught.value.response["Error"]["Code"] == code
