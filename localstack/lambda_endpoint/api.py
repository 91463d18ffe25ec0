"""The Invoke API: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, and a page of what runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from localstack.lambda_endpoint.code import Packages, SourceTree
from localstack.lambda_endpoint.pool import PAYLOAD_MAX_BYTES, Environment, Invocation, Pool, Throttled, Worker
from localstack.lambda_endpoint.signature import Verifier
from localstack.lambda_endpoint.worker import start_process

_VERSION: Final = "2015-03-31"
_SHRINK_EVERY_S: Final = 5.0
REGION: Final = "us-east-1"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of each function."""

    environments: int
    waiting: int
    timeout_s: float
    idle_s: float


class Endpoint:
    """Functions called ``prefix-namespace``, with a pool of environments each, made when it is first invoked."""

    def __init__(
        self, code: SourceTree | Packages, *, prefix: str, limits: Limits, verifier: Verifier, logs: Path
    ) -> None:
        self._code = code
        self._namespaces = {f"{prefix}-{name}": name for name in code.namespaces()}
        self._limits = limits
        self._verifier = verifier
        self._logs = logs
        self._pools: dict[str, Pool] = {}

    def app(self) -> web.Application:
        """The web application; it ends its processes when it is cleaned up."""
        app = web.Application(client_max_size=2 * PAYLOAD_MAX_BYTES)
        app.router.add_post(f"/{_VERSION}/functions/{{name}}/invocations", self._invoke)
        app.router.add_get(f"/{_VERSION}/functions/", self._list)
        app.router.add_get("/environments", self._environments)
        app.cleanup_ctx.append(self._life)
        return app

    async def _life(self, _app: web.Application) -> AsyncIterator[None]:
        shrinking = asyncio.get_running_loop().create_task(self._shrink())
        yield
        shrinking.cancel()
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))

    async def _shrink(self) -> None:
        while True:
            await asyncio.sleep(_SHRINK_EVERY_S)
            for pool in self._pools.values():
                pool.shrink(self._limits.idle_s)

    def warm(self, namespaces: list[str]) -> None:
        """Start an environment of each of these before anyone asks."""
        for name, namespace in self._namespaces.items():
            if namespace in namespaces:
                self._pool(name).warm()

    def _pool(self, name: str) -> Pool:
        if name not in self._pools:
            limits = self._limits
            self._pools[name] = Pool(
                lambda environment: self._start(name, environment),
                size=limits.environments,
                waiting_max=limits.waiting,
                timeout_s=limits.timeout_s,
            )
        return self._pools[name]

    async def _start(self, name: str, environment: Environment) -> Worker:
        namespace = self._namespaces[name]
        code = await asyncio.to_thread(self._code.code, namespace)
        variables = {
            **code.environment(namespace),
            "AWS_LAMBDA_FUNCTION_NAME": name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
            "AWS_REGION": REGION,
        }
        return await start_process(
            self._pools[name],
            environment,
            arn=f"arn:aws:lambda:{REGION}:000000000000:function:{name}",
            timeout_s=self._limits.timeout_s,
            variables=variables,
            log=self._logs / f"{name}.log",
        )

    async def _invoke(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self._verifier.is_signed(request, body):
            return _error(403, "InvalidSignatureException", "The request signature we calculated does not match")
        # A function may also be named by its ARN, with a qualifier behind it.
        name = request.match_info["name"].rpartition("function:")[2].partition(":")[0]
        if name not in self._namespaces:
            return _error(404, "ResourceNotFoundException", f"Function not found: {name}")
        if len(body) > PAYLOAD_MAX_BYTES:
            return _error(413, "RequestTooLargeException", f"Request must be smaller than {PAYLOAD_MAX_BYTES} bytes")
        kind = request.headers.get("X-Amz-Invocation-Type", "RequestResponse")
        if kind == "DryRun":
            return web.Response(status=204)
        try:
            invocation = self._pool(name).submit(body or b"{}")
        except Throttled:
            return _error(429, "TooManyRequestsException", "Rate Exceeded.", Reason="ConcurrentInvocationLimitExceeded")
        if kind == "Event":
            return web.Response(status=202, headers=_headers(invocation))
        outcome = await asyncio.shield(invocation.outcome)
        headers = _headers(invocation)
        if outcome.is_error:
            headers["X-Amz-Function-Error"] = "Unhandled"
        return web.Response(body=outcome.body, content_type="application/json", headers=headers)

    async def _list(self, _request: web.Request) -> web.Response:
        return web.json_response({"Functions": [{"FunctionName": name} for name in self._namespaces]})

    async def _environments(self, _request: web.Request) -> web.Response:
        shown = {
            name: [
                {"pid": item.worker.pid, "state": item.state} for item in pool.environments if item.worker is not None
            ]
            for name, pool in self._pools.items()
        }
        return web.json_response(shown)


def _headers(invocation: Invocation) -> dict[str, str]:
    return {"x-amzn-RequestId": invocation.request_id, "X-Amz-Executed-Version": "$LATEST"}


def _error(status: int, kind: str, message: str, **more: str) -> web.Response:
    body = json.dumps({"Type": "User", "message": message, **more}).encode()
    return web.Response(status=status, body=body, content_type="application/json", headers={"x-amzn-ErrorType": kind})
