"""One `awslambdaric` process with a Runtime API of its own: a loopback port that only it is told."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from localstack.lambda_endpoint.code import HANDLER
from localstack.lambda_endpoint.pool import Environment, Pool
from localstack.process import as_user

_VERSION: Final = "/2018-06-01/runtime"
_BODY_MAX_BYTES: Final = 16 * 1024 * 1024


class RuntimeProcess:
    """https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html for one process."""

    def __init__(self, process: asyncio.subprocess.Process, api: web.AppRunner) -> None:
        self._process = process
        self._api = api

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def wait(self) -> int:
        code = await self._process.wait()
        await self._api.cleanup()
        return code


async def start_process(
    pool: Pool, environment: Environment, *, arn: str, timeout_s: float, variables: Mapping[str, str], log: Path
) -> RuntimeProcess:
    """Start a process that will call `Pool.next`."""
    # 0 would wait for ever for a call of `next` that nobody will answer.
    api = web.AppRunner(_runtime_api(pool, environment, arn, timeout_s), access_log=None, shutdown_timeout=0.01)
    await api.setup()
    site = web.TCPSite(api, "127.0.0.1", 0)
    await site.start()
    host, port = api.addresses[0][:2]
    command = as_user(None, "SIGKILL", [sys.executable, "-m", "awslambdaric", HANDLER])
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=variables["LAMBDA_TASK_ROOT"],
            env={**os.environ, **variables, "AWS_LAMBDA_RUNTIME_API": f"{host}:{port}"},
        )
    return RuntimeProcess(process, api)


def _runtime_api(pool: Pool, environment: Environment, arn: str, timeout_s: float) -> web.Application:
    async def next_invocation(_request: web.Request) -> web.Response:
        invocation = await pool.next(environment)
        return web.Response(
            body=invocation.payload,
            content_type="application/json",
            headers={
                "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
                "Lambda-Runtime-Deadline-Ms": str(int((time.time() + timeout_s) * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": arn,
                "Lambda-Runtime-Trace-Id": f"Root=1-{int(time.time()):08x}-{invocation.request_id[:8]}{'0' * 16}",
            },
        )

    async def outcome(request: web.Request) -> web.Response:
        is_error = request.match_info["outcome"] == "error"
        body = await request.read()
        is_ours = pool.respond(environment, request.match_info["request_id"], body, is_error=is_error)
        return web.json_response({"status": "OK"}, status=202 if is_ours else 400)

    async def init_error(request: web.Request) -> web.Response:
        environment.init_error = (await request.read()).decode(errors="replace")
        return web.json_response({"status": "OK"}, status=202)

    app = web.Application(client_max_size=_BODY_MAX_BYTES)
    app.router.add_get(f"{_VERSION}/invocation/next", next_invocation)
    app.router.add_post(_VERSION + "/invocation/{request_id}/{outcome:response|error}", outcome)
    app.router.add_post(f"{_VERSION}/init/error", init_error)
    return app
