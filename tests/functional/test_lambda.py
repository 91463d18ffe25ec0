"""Every function behind the Lambda API: real awslambdaric processes, real parts, a real client."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import urllib.request
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

import tl
from connection_tier.runner.awslambda import LambdaRunner, parse_endpoint
from layers.config import Settings
from layers.context import Caller
from layers.errors import ConfigurationError
from layers.invocation import Invocation, Reply
from layers.registry import Registry, load_registry
from localstack.process import Process
from tests.deployments import lambda_settings
from tests.e2e.people import people_of
from tests.servers import Server
from tl import api

_CALLER = Caller(auth_key_id=7, session_id=8, msg_id=4, layer=tl.LAYER, ip="127.0.0.1", api_id=1)
_READ = Invocation(_CALLER, tl.encode(api.help.GetConfig()))
_WRITE = Invocation(
    _CALLER,
    tl.encode(api.auth.SendCode(phone_number="9996620001", api_id=1, api_hash="0" * 32, settings=api.CodeSettings())),
)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def node(make_server: Callable[..., Server], stack_settings: dict[str, str], lambda_endpoint: Process) -> Server:
    """A node that runs every function at the endpoint; it has made schema and topics."""
    return make_server(**stack_settings, **lambda_settings(lambda_endpoint))


async def runner_for(endpoint: Process, registry: Registry, settings: dict[str, str]) -> LambdaRunner:
    """A runner as the node has one."""
    named = {name.removeprefix("CIRRUSGRAM_").lower(): value for name, value in settings.items()}
    options: dict[str, Any] = {**named, "lambda_endpoint": endpoint.url}
    runner = LambdaRunner(Settings(**options), registry, random.uniform)
    await runner.start()
    return runner


@pytest.fixture
async def runner(
    node: Server, lambda_endpoint: Process, registry: Registry, stack_settings: dict[str, str]
) -> AsyncIterator[LambdaRunner]:
    runner = await runner_for(lambda_endpoint, registry, stack_settings)
    yield runner
    await runner.close()


def environments(endpoint: Process) -> dict[str, list[dict[str, Any]]]:
    """The processes behind an endpoint by function."""
    url, _, _ = parse_endpoint(endpoint.url)
    with urllib.request.urlopen(f"{url}/environments", timeout=5) as answer:
        shown: dict[str, list[dict[str, Any]]] = json.load(answer)
    return shown


async def until(endpoint: Process, function: str, state: str) -> int:
    """Wait until an environment of the function is idle or busy; its process id."""
    async with asyncio.timeout(30):
        while True:
            for environment in (await asyncio.to_thread(environments, endpoint)).get(function, []):
                if environment["state"] == state:
                    return int(environment["pid"])
            await asyncio.sleep(0.02)


async def test_people_sign_up_and_talk(node: Server, lambda_endpoint: Process) -> None:
    async with people_of(node) as people:
        alice = await people.sign_up("Alice")
        bob = await people.sign_up("Bob")
        await people.introduce(alice, bob)
        sent = await alice.send(bob, "through Lambda")
        told = await bob.told.message("through Lambda")
        assert told.sender_id == alice.id
        assert [message.id for message in await alice.history(bob)] == [sent.id]
    running = environments(lambda_endpoint)
    assert {"cirrusgram-help", "cirrusgram-auth", "cirrusgram-messages", "cirrusgram-contacts"} <= running.keys()


async def test_methods_without_a_function_are_not_sent(runner: LambdaRunner) -> None:
    assert await runner.invoke(Invocation(_CALLER, b"\1\2\3\4")) == Reply(None, 400, "INPUT_METHOD_INVALID_04030201_4")


async def test_an_oversized_request_is_refused(runner: LambdaRunner) -> None:
    large = Invocation(_CALLER, tl.encode(api.help.GetConfig()) + bytes(6 * 1024 * 1024))
    assert (await runner.invoke(large)).error_message == "INPUT_REQUEST_TOO_LONG"


async def test_a_read_survives_the_death_of_its_environment_and_a_write_says_busy(
    start_lambda: Callable[..., Process], node: Server, registry: Registry, stack_settings: dict[str, str]
) -> None:
    endpoint = start_lambda(stack_settings, "--environments", "1")
    runner = await runner_for(endpoint, registry, stack_settings)
    assert (await runner.invoke(_READ)).result is not None
    pid = environments(endpoint)["cirrusgram-help"][0]["pid"]
    # Stopped, it takes the invocation and does not answer.
    os.kill(pid, signal.SIGSTOP)
    reading = asyncio.create_task(runner.invoke(_READ))
    assert await until(endpoint, "cirrusgram-help", "busy") == pid
    os.kill(pid, signal.SIGKILL)
    assert (await reading).result is not None

    assert (await runner.invoke(_WRITE)).result is not None
    pid = environments(endpoint)["cirrusgram-auth"][0]["pid"]
    os.kill(pid, signal.SIGSTOP)
    writing = asyncio.create_task(runner.invoke(_WRITE))
    assert await until(endpoint, "cirrusgram-auth", "busy") == pid
    os.kill(pid, signal.SIGKILL)
    assert await writing == Reply(None, 500, "WORKER_BUSY_TOO_LONG_RETRY")
    assert (await runner.invoke(_WRITE)).result is not None
    await runner.close()


async def test_out_of_time_and_throttled(
    start_lambda: Callable[..., Process], node: Server, registry: Registry, stack_settings: dict[str, str]
) -> None:
    endpoint = start_lambda(stack_settings, "--environments", "1", "--waiting", "0", "--timeout", "3", "--warm", "help")
    runner = await runner_for(endpoint, registry, stack_settings)
    await until(endpoint, "cirrusgram-help", "idle")
    assert (await runner.invoke(_READ)).result is not None
    await until(endpoint, "cirrusgram-help", "idle")
    os.kill(environments(endpoint)["cirrusgram-help"][0]["pid"], signal.SIGSTOP)
    late = asyncio.create_task(runner.invoke(_READ))
    await until(endpoint, "cirrusgram-help", "busy")
    throttled = await runner.invoke(_READ)
    assert throttled.error_code == 420
    assert throttled.error_message in {f"FLOOD_WAIT_{seconds}" for seconds in range(1, 6)}
    assert await late == Reply(None, -503, "Timeout")
    await runner.close()


async def test_what_is_not_deployed_or_reachable_is_an_error_of_ours(
    node: Server, lambda_endpoint: Process, registry: Registry, stack_settings: dict[str, str]
) -> None:
    missing = await runner_for(lambda_endpoint, registry, {**stack_settings, "CIRRUSGRAM_LAMBDA_PREFIX": "other"})
    assert await missing.invoke(_READ) == Reply(None, 500, "INTERNAL")
    await missing.close()
    url, _, _ = parse_endpoint(lambda_endpoint.url)
    settings = Settings(lambda_endpoint=url.replace("//", "//cirrusgram:wrong@"))
    forged = LambdaRunner(settings, registry, random.uniform)
    await forged.start()
    assert await forged.invoke(_READ) == Reply(None, 500, "INTERNAL")
    await forged.close()
    gone = LambdaRunner(Settings(lambda_endpoint="http://k:s@127.0.0.1:9"), registry, random.uniform)
    await gone.start()
    assert await gone.invoke(_WRITE) == Reply(None, 500, "WORKER_BUSY_TOO_LONG_RETRY")
    await gone.close()


async def test_without_credentials_a_node_does_not_start(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    runner = LambdaRunner(Settings(lambda_endpoint="http://127.0.0.1:9"), registry, random.uniform)
    with pytest.raises(ConfigurationError, match="no AWS credentials"):
        await runner.start()
