"""What answers of the Invoke API mean, how often it is asked, and events there and back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

import tl
from connection_tier.runner.awslambda import Failure, LambdaRunner, function_name, parse_endpoint, read_answer
from layers.config import Settings
from layers.context import Caller
from layers.errors import ConfigurationError
from layers.invocation import Invocation, Reply
from layers.registry import FloodLimit, Function, Registry
from tl import api

_BUSY = Reply(None, 500, "WORKER_BUSY_TOO_LONG_RETRY")
_LONG = st.integers(min_value=-(2**63), max_value=2**63 - 1)


@given(
    request=st.binary(max_size=100),
    auth_key_id=_LONG,
    user_id=st.none() | st.integers(min_value=1, max_value=2**40),
    text=st.text(max_size=20),
)
def test_invocations_survive_json(request: bytes, auth_key_id: int, user_id: int | None, text: str) -> None:
    caller = Caller(auth_key_id, -auth_key_id - 1, 4, 232, "::1", user_id, device_model=text, temp_auth_key_id=None)
    invocation = Invocation(caller, request)
    assert Invocation.from_event(json.loads(orjson.dumps(invocation.to_event()))) == invocation


@given(result=st.none() | st.binary(max_size=100), code=st.integers(-503, 500), name=st.text(max_size=20))
def test_replies_survive_json(result: bytes | None, code: int, name: str) -> None:
    reply = Reply(result, code, name, auth_changed=result is not None)
    assert Reply.from_event(json.loads(orjson.dumps(reply.to_event()))) == reply


def answer(status: int, body: object, **headers: str) -> Reply | Failure:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_answer(status, named, body if isinstance(body, bytes) else orjson.dumps(body), flood_wait_s=3)


def test_a_reply_is_a_reply() -> None:
    reply = Reply(b"\1\2", auth_changed=True)
    assert answer(200, reply.to_event()) == reply
    refused = Reply(None, 420, "FLOOD_WAIT_9")
    assert answer(200, refused.to_event()) == refused


@pytest.mark.parametrize(
    ("kind", "message", "error", "is_final"),
    [
        ("Sandbox.Timedout", "RequestId: 1 Error: Task timed out after 3.00 seconds", "Timeout", True),
        ("", "2026-01-01T00:00:00Z 1 Task timed out after 3.00 seconds", "Timeout", True),
        (
            "Runtime.ExitError",
            "RequestId: 1 Error: Runtime exited with error: signal: killed",
            _BUSY.error_message,
            False,
        ),
        ("Runtime.OutOfMemory", "Runtime exited with error: signal: killed", _BUSY.error_message, False),
        ("Runtime.ImportModuleError", "Unable to import module 'functions.aws'", "INTERNAL", True),
        ("ValueError", "an event of no known kind", "INTERNAL", True),
        ("Function.ResponseSizeTooLarge", "Response payload size exceeded", "INTERNAL", True),
    ],
)
def test_function_errors(kind: str, message: str, error: str, is_final: bool) -> None:
    found = answer(200, {"errorType": kind, "errorMessage": message}, X_Amz_Function_Error="Unhandled")
    assert isinstance(found, Failure)
    assert (found.reply.error_message, found.is_final, found.ran) == (error, is_final, True)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'"text"', b"{}", b'{"result": 5}', b'{"what": 1, "result": null}']
)
def test_what_is_not_a_reply_is_our_defect(body: bytes) -> None:
    found = answer(200, body)
    assert isinstance(found, Failure)
    assert found.reply == Reply(None, 500, "INTERNAL")
    failed = answer(200, body, X_Amz_Function_Error="Unhandled")
    assert isinstance(failed, Failure)


def test_throttling_is_a_flood_wait() -> None:
    assert answer(429, {}) == Failure(Reply(None, 420, "FLOOD_WAIT_3"), "throttled", ran=False)
    assert answer(429, {}, Retry_After="7") == Failure(Reply(None, 420, "FLOOD_WAIT_7"), "throttled", ran=False)
    assert answer(429, {}, Retry_After="9999") == Failure(Reply(None, 420, "FLOOD_WAIT_60"), "throttled", ran=False)


@pytest.mark.parametrize(
    ("status", "error", "ran", "is_final"),
    [
        (400, "INTERNAL", False, True),
        (403, "INTERNAL", False, True),
        (404, "INTERNAL", False, True),
        (413, "INPUT_REQUEST_TOO_LONG", False, True),
        (500, "WORKER_BUSY_TOO_LONG_RETRY", True, False),
        (502, "WORKER_BUSY_TOO_LONG_RETRY", True, False),
        (503, "WORKER_BUSY_TOO_LONG_RETRY", True, False),
    ],
)
def test_statuses(status: int, error: str, ran: bool, is_final: bool) -> None:
    found = answer(status, b"<html>")
    assert isinstance(found, Failure)
    assert (found.reply.error_message, found.ran, found.is_final) == (error, ran, is_final)


def test_functions_are_named_by_their_package() -> None:
    assert function_name("cirrusgram", "functions.messages.send") == "cirrusgram-messages"


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("http://127.0.0.1:9001", ("http://127.0.0.1:9001", None, None)),
        ("https://key:a%2Fb@lambda.example.org/", ("https://lambda.example.org", "key", "a/b")),
    ],
)
def test_endpoints(text: str, parsed: tuple[str, str | None, str | None]) -> None:
    assert parse_endpoint(text) == parsed


@pytest.mark.parametrize(
    "text", ["", "127.0.0.1:9", "ftp://x", "http://", "http://key@host", "http://h/path", "http://h:x"]
)
def test_wrong_endpoints(text: str) -> None:
    with pytest.raises(ConfigurationError, match="LAMBDA_ENDPOINT"):
        parse_endpoint(text)


# How often it is asked

_Script = list[Callable[[web.Request], Awaitable[web.StreamResponse]]]
_CALLER = Caller(auth_key_id=1, session_id=2, msg_id=4, layer=tl.LAYER, ip="127.0.0.1")
_READ = Invocation(_CALLER, tl.encode(api.help.GetConfig()))
_WRITE = Invocation(_CALLER, tl.encode(api.auth.LogOut()))
_OK = Reply(b"done")


def _handler(_ctx: Any, _request: Any) -> None:
    """Never called: the stub answers."""


_handler.__module__ = "functions.help.config"

REGISTRY = Registry(
    Function(request, _handler, anonymous=True, writes=writes, flood=FloodLimit(1, 1), partial=None)
    for request, writes in ((api.help.GetConfig, False), (api.auth.LogOut, True))
)


async def succeed(_request: web.Request) -> web.StreamResponse:
    return web.json_response(_OK.to_event())


async def throttle(_request: web.Request) -> web.StreamResponse:
    return web.json_response({}, status=429)


async def die(_request: web.Request) -> web.StreamResponse:
    return web.json_response({"errorType": "Runtime.ExitError"}, headers={"X-Amz-Function-Error": "Unhandled"})


async def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


class Stub:
    """An API that plays a script and counts."""

    def __init__(self) -> None:
        self.script: _Script = []
        self.asked = 0
        self.paths: set[str] = set()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        self.paths.add(request.path)
        await request.read()
        return await (self.script.pop(0) if self.script else succeed)(request)


@pytest.fixture
async def stub() -> AsyncIterator[tuple[Stub, LambdaRunner]]:
    made = Stub()
    app = web.Application()
    app.router.add_post("/{path:.*}", made.answer)
    api_server = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await api_server.setup()
    await web.TCPSite(api_server, "127.0.0.1", 0).start()
    port = api_server.addresses[0][1]
    settings = Settings(lambda_endpoint=f"http://key:secret@127.0.0.1:{port}", lambda_prefix="test")
    runner = LambdaRunner(settings, REGISTRY, lambda low, high: low)
    await runner.start()
    yield made, runner
    await runner.close()
    await api_server.cleanup()


@pytest.mark.parametrize(
    ("script", "invocation", "reply", "asked"),
    [
        ([], _WRITE, _OK, 1),
        ([throttle], _WRITE, _OK, 2),
        ([throttle] * 3, _WRITE, Reply(None, 420, "FLOOD_WAIT_1"), 3),
        ([throttle] * 3, _READ, Reply(None, 420, "FLOOD_WAIT_1"), 3),
        ([die, die], _READ, _OK, 3),
        ([die] * 3, _READ, _BUSY, 3),
        ([die], _WRITE, _BUSY, 1),
        ([hang_up], _READ, _OK, 2),
        ([hang_up], _WRITE, _BUSY, 1),
        ([throttle, die], _WRITE, _BUSY, 2),
    ],
)
async def test_only_what_did_not_run_or_only_reads_is_tried_again(
    stub: tuple[Stub, LambdaRunner], script: _Script, invocation: Invocation, reply: Reply, asked: int
) -> None:
    made, runner = stub
    made.script = list(script)
    assert await runner.invoke(invocation) == reply
    assert made.asked == asked
    assert made.paths == {"/2015-03-31/functions/test-help/invocations"}


async def test_an_answer_that_does_not_come_is_a_timeout(
    stub: tuple[Stub, LambdaRunner], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, runner = stub
    never = asyncio.Event()

    async def wait(_request: web.Request) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    made.script = [wait]
    monkeypatch.setattr("connection_tier.runner.awslambda.DEADLINE_S", 0.05)
    assert await runner.invoke(_READ) == Reply(None, -503, "Timeout")
    assert made.asked == 1
    never.set()


async def test_methods_without_a_function_are_answered_here(stub: tuple[Stub, LambdaRunner]) -> None:
    made, runner = stub
    unknown = Invocation(_CALLER, b"\1\2\3\4")
    assert await runner.invoke(unknown) == Reply(None, 400, "INPUT_METHOD_INVALID_04030201_4")
    missing = Invocation(_CALLER, tl.encode(api.help.GetNearestDc()))
    assert await runner.invoke(missing) == Reply(None, 400, "METHOD_INVALID")
    assert made.asked == 0


@pytest.mark.parametrize(("alias", "query"), [(None, ""), ("live", "Qualifier=live")])
async def test_the_request_names_the_alias(stub: tuple[Stub, LambdaRunner], alias: str | None, query: str) -> None:
    made, runner = stub
    runner._settings = runner._settings.model_copy(update={"lambda_alias": alias})
    asked: list[str] = []

    async def note(request: web.Request) -> web.StreamResponse:
        asked.append(request.query_string)
        return await succeed(request)

    made.script = [note]
    assert await runner.invoke(_READ) == _OK
    assert asked == [query]


@pytest.mark.parametrize("tracing", [False, True])
async def test_a_trace_goes_along_for_xray(stub: tuple[Stub, LambdaRunner], tracing: bool) -> None:
    made, runner = stub
    runner._settings = runner._settings.model_copy(update={"tracing": tracing})
    seen: list[tuple[str | None, str]] = []

    async def note(request: web.Request) -> web.StreamResponse:
        seen.append((request.headers.get("X-Amzn-Trace-Id"), (await request.json())["traceparent"]))
        return await succeed(request)

    made.script = [note]
    trace = f"00-6a0b0c0d{'1' * 24}-{'2' * 16}-01"
    assert await runner.invoke(Invocation(_CALLER, _READ.request, trace)) == _OK
    header = f"Root=1-6a0b0c0d-{'1' * 24};Parent={'2' * 16};Sampled=1"
    assert seen == [(header if tracing else None, trace)]
