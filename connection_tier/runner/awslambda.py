"""Functions in AWS Lambda, or behind what speaks its Invoke API.

https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. One Lambda for each namespace of functions, called
``PREFIX-NAMESPACE``, answers an `Invocation` with a `Reply`.

A request travels on a pooled connection of aiohttp, signed with the credentials of aioboto3's session, which refreshes
them: aioboto3's own ``invoke`` takes twice the node's CPU for the same call.

What goes wrong and what the client is told:

- the connection cannot be made, or Lambda throttles: nothing was run, so anything is tried again, shortly; then
  500 WORKER_BUSY_TOO_LONG_RETRY, or 420 FLOOD_WAIT_X, which clients wait out by themselves;
- the environment died (out of memory, killed), or the connection broke while it ran: only what merely reads is tried
  again; a write answers 500 WORKER_BUSY_TOO_LONG_RETRY, and its repetition is protected by random_id;
- the function ran out of time, or we did: -503 Timeout;
- it is not deployed, may not be called, or failed to import: 500 INTERNAL and a log line that says which.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import aiohttp
import orjson
from botocore.exceptions import BotoCoreError
from yarl import URL

import tl
from connection_tier.runner.sigv4 import Credentials, signed_headers
from layers.clock import Clock, system_clock
from layers.config import Settings
from layers.errors import ConfigurationError, FloodWait
from layers.invocation import Invocation, Reply, not_implemented
from layers.metrics import Snapshot
from layers.registry import Registry
from layers.telemetry import get_logger
from layers.tracing import xray_header

CONNECT_S: Final = 1.0
DEADLINE_S: Final = 30.0
"""Of one request with all its attempts."""

PAYLOAD_MAX_BYTES: Final = 6 * 1024 * 1024
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: of a synchronous invocation, each way."""

_PAUSES_S: Final = (0.05, 0.2)
"""Before the second and the third attempt, times a random factor of 0.5 to 1.5."""

_FLOOD_WAIT_S: Final = (1, 5)
_CONNECTIONS: Final = 1000
_IDLE_S: Final = 15
"""The API closes connections that idle longer; one that it has closed costs an attempt."""

_BUSY: Final = Reply(None, 500, "WORKER_BUSY_TOO_LONG_RETRY")
_TIMEOUT: Final = Reply(None, -503, "Timeout")
_INTERNAL: Final = Reply(None, 500, "INTERNAL")
_TOO_LONG: Final = Reply(None, 400, "INPUT_REQUEST_TOO_LONG")

_ENVIRONMENT_DIED: Final = ("Runtime.ExitError", "Runtime.OutOfMemory", "Extension.Crash")
_OUT_OF_TIME: Final = ("Sandbox.Timedout", "Task timed out")

logger = get_logger("lambda")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt has no reply. ``ran``: the function may have run, so that only reads are tried again."""

    reply: Reply
    reason: str
    ran: bool
    is_final: bool = False


def parse_endpoint(text: str) -> tuple[str, str | None, str | None]:
    """``http[s]://[KEY:SECRET@]HOST[:PORT]`` as (URL without credentials, key, secret).

    Raises:
        ConfigurationError: it is something else.
    """
    parts = urlsplit(text)
    has_key = parts.username is not None
    try:
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_usable = False
    if not is_usable or has_key != (parts.password is not None) or parts.path not in ("", "/") or parts.query:
        raise ConfigurationError("LAMBDA_ENDPOINT: use http://[KEY:SECRET@]HOST:PORT, or leave it out for AWS itself")
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}", unquote(parts.username or "") or None, unquote(parts.password or "") or None


def function_name(prefix: str, module: str) -> str:
    """The Lambda of the module that a function is defined in: ``functions.messages.send`` → ``PREFIX-messages``."""
    return f"{prefix}-{module.split('.')[1]}"


def read_answer(status: int, headers: Any, body: bytes, *, flood_wait_s: int) -> Reply | Failure:
    """What an answer of the Invoke API means."""
    if status == 200:
        return _read_error(body) if "X-Amz-Function-Error" in headers else _read_reply(body)
    if status == 429:
        return Failure(Reply.of_error(FloodWait(_retry_after(headers) or flood_wait_s)), "throttled", ran=False)
    if status == 413:
        return Failure(_TOO_LONG, "the request is too large", ran=False, is_final=True)
    said = f"{status} {headers.get('x-amzn-ErrorType', '')}: {body[:300].decode(errors='replace')}"
    if status >= 500:
        return Failure(_BUSY, said, ran=True)
    return Failure(_INTERNAL, said, ran=False, is_final=True)


def _read_reply(body: bytes) -> Reply | Failure:
    try:
        return Reply.from_event(orjson.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError):
        return Failure(_INTERNAL, f"not a reply: {body[:200]!r}", ran=True, is_final=True)


def _read_error(body: bytes) -> Failure:
    try:
        error = orjson.loads(body)
        kind, message = str(error.get("errorType", "")), str(error.get("errorMessage", ""))
    except (ValueError, AttributeError):
        kind, message = "", body[:300].decode(errors="replace")
    said = f"{kind}: {message[:300]}"
    if kind.startswith(_OUT_OF_TIME) or any(words in message for words in _OUT_OF_TIME):
        return Failure(_TIMEOUT, said, ran=True, is_final=True)
    if kind.startswith(_ENVIRONMENT_DIED) or any(words in message for words in _ENVIRONMENT_DIED):
        return Failure(_BUSY, said, ran=True)
    return Failure(_INTERNAL, said, ran=True, is_final=True)


def _retry_after(headers: Any) -> int:
    value = headers.get("Retry-After", "")
    return min(int(value), 60) if value.isdecimal() else 0


class LambdaRunner:
    """Invokes the Lambda of a method's namespace and waits for its reply.

    Args:
        rng: ``(low, high) -> number``, for pauses and waits that spread.
    """

    def __init__(
        self,
        settings: Settings,
        registry: Registry,
        rng: Callable[[float, float], float],
        clock: Clock = system_clock,
    ) -> None:
        self._settings = settings
        self._registry = registry
        self._rng = rng
        self._clock = clock
        self._url = URL()
        self._host = ""
        self._region = ""
        self._credentials: Any = None
        self._http: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Find the API's address and the credentials.

        Raises:
            ConfigurationError: there is no region, or there are no credentials.
        """
        import aioboto3  # a third of a second, only for nodes that use Lambda

        endpoint, key, secret = None, None, None
        if self._settings.lambda_endpoint is not None:
            endpoint, key, secret = parse_endpoint(self._settings.lambda_endpoint)
        session = aioboto3.Session(aws_access_key_id=key, aws_secret_access_key=secret)
        region = session.region_name or ("us-east-1" if endpoint else None)
        if region is None:
            raise ConfigurationError("Lambda: no region; set AWS_REGION, or CIRRUSGRAM_LAMBDA_ENDPOINT")
        try:
            async with session.client("lambda", region_name=region, endpoint_url=endpoint) as client:
                self._url = URL(client.meta.endpoint_url)
            self._credentials = await session.get_credentials()
        except BotoCoreError as error:
            raise ConfigurationError(f"Lambda: {error}") from error
        if self._credentials is None:
            raise ConfigurationError("Lambda: no AWS credentials; give the node a role, or set AWS_ACCESS_KEY_ID")
        self._region = region
        self._host = urlsplit(str(self._url)).netloc
        connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_IDLE_S)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S)
        self._http = aiohttp.ClientSession(connector=connector, timeout=timeout, auto_decompress=False)

    @property
    def is_ready(self) -> bool:
        """Always: AWS starts functions as they are called."""
        return True

    async def invoke(self, invocation: Invocation) -> Reply:
        """Run in the Lambda of the method's namespace."""
        method_id = tl.peek_id(invocation.request)
        name = tl.method_name(method_id) or f"#{method_id:08x}"
        target = self._registry.get(name)
        if target is None:
            return Reply.of_error(not_implemented(invocation, method_id, name))
        payload = orjson.dumps(invocation.to_event())
        if len(payload) > PAYLOAD_MAX_BYTES:
            return _TOO_LONG
        lambda_name = function_name(self._settings.lambda_prefix, target.handler.__module__)
        try:
            async with asyncio.timeout(DEADLINE_S):
                return await self._attempts(
                    lambda_name, payload, name, invocation.traceparent, may_repeat=not target.writes
                )
        except TimeoutError:
            logger.warning("no reply in time", method=name, function=lambda_name)
            return _TIMEOUT

    async def _attempts(
        self, lambda_name: str, payload: bytes, method: str, traceparent: str, *, may_repeat: bool
    ) -> Reply:
        for pause_s in (*_PAUSES_S, 0.0):
            answer = await self._invoke_once(lambda_name, payload, traceparent)
            if isinstance(answer, Reply):
                return answer
            failure = answer
            if failure.is_final or (failure.ran and not may_repeat):
                break
            await asyncio.sleep(pause_s * self._rng(0.5, 1.5))
        logger.warning(
            "invocation failed",
            method=method,
            function=lambda_name,
            reason=failure.reason,
            error=failure.reply.error_message,
        )
        return failure.reply

    async def _invoke_once(self, lambda_name: str, payload: bytes, traceparent: str) -> Reply | Failure:
        if self._http is None:
            raise RuntimeError("the runner was not started")
        path = f"/2015-03-31/functions/{lambda_name}/invocations"
        alias = self._settings.lambda_alias
        query = "" if alias is None else f"Qualifier={alias}"
        try:
            frozen = await self._credentials.get_frozen_credentials()
            credentials = Credentials(frozen.access_key, frozen.secret_key, frozen.token)
            headers = signed_headers(credentials, self._region, self._host, path, payload, self._clock(), query=query)
            if traceparent and self._settings.tracing:
                headers["X-Amzn-Trace-Id"] = xray_header(traceparent)
            url = (self._url / path[1:]).with_query(query)
            async with self._http.post(url, data=payload, headers=headers) as response:
                body = await response.read()
                return read_answer(
                    response.status, response.headers, body, flood_wait_s=round(self._rng(*_FLOOD_WAIT_S))
                )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Failure(_BUSY, f"{type(error).__name__}: {error}", ran=False)
        except (aiohttp.ClientError, OSError) as error:
            return Failure(_BUSY, f"{type(error).__name__}: {error}", ran=True)
        except BotoCoreError as error:
            return Failure(_INTERNAL, f"credentials: {error}", ran=False, is_final=True)

    def snapshots(self) -> list[Snapshot]:
        """None: Lambdas give their metrics to CloudWatch."""
        return []

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.close()
