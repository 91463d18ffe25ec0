"""Running one function: the step that the local runner and the Lambda handler share.

Decode → may the caller? → flood limit → run in one unit of work → encode in the caller's layer. The envelope is what
travels to a Lambda; in-process runners hand the objects over.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import tl
from layers import measures, tracing
from layers.cache import CacheUnavailable
from layers.context import Caller, Context, Services
from layers.database import is_outage, outage_reason
from layers.errors import FloodWait, RpcError
from layers.registry import Function, Registry
from layers.telemetry import get_logger, is_debug
from layers.unit_of_work import run

logger = get_logger("functions")


@dataclass(frozen=True, slots=True)
class Invocation:
    """One request: the method's TL bytes as the client sent them, wrappers removed, who sent them, and its trace."""

    caller: Caller
    request: bytes
    traceparent: str = ""

    def to_event(self) -> dict[str, Any]:
        """The JSON event of a Lambda invocation."""
        event = {"caller": asdict(self.caller), "request": base64.b64encode(self.request).decode()}
        return {**event, "traceparent": self.traceparent} if self.traceparent else event

    @classmethod
    def from_event(cls, event: dict[str, Any]) -> Invocation:
        """Inverse of `to_event`."""
        return cls(Caller(**event["caller"]), base64.b64decode(event["request"]), event.get("traceparent", ""))


@dataclass(frozen=True, slots=True)
class Reply:
    """``result``: the method's result in the caller's layer, or None when ``error_code`` and ``error_message`` say why.

    ``auth_changed``: the tier must read the key's record again before it sends this reply.
    """

    result: bytes | None
    error_code: int = 0
    error_message: str = ""
    auth_changed: bool = False

    def to_event(self) -> dict[str, Any]:
        """The JSON a Lambda returns."""
        event = asdict(self)
        event["result"] = None if self.result is None else base64.b64encode(self.result).decode()
        return event

    @classmethod
    def from_event(cls, event: dict[str, Any]) -> Reply:
        """Inverse of `to_event`."""
        result = event["result"]
        return cls(**{**event, "result": None if result is None else base64.b64decode(result)})

    @classmethod
    def of_error(cls, error: RpcError) -> Reply:
        """The reply that carries an rpc_error."""
        return cls(None, error.code, error.message)


_SLOW_S: Final = 2.0

UNAVAILABLE: Final = Reply(None, 500, "RPC_CALL_FAIL")
"""A part of the deployment does not answer: clients try again."""


def invoke(services: Services, registry: Registry, invocation: Invocation) -> Reply:
    """Run one request to its reply. Never raises.

    A defect becomes 500 INTERNAL, a missing part 500 RPC_CALL_FAIL, each with one log entry.
    """
    method_id = tl.peek_id(invocation.request)
    name = tl.method_name(method_id) or f"#{method_id:08x}"
    caller = invocation.caller
    origin = tracing.Origin(tracing.child(invocation.traceparent))
    with tracing.following(origin, method=name, user_id=caller.user_id, msg_id=caller.msg_id):
        return _invoke_measured(services, registry, invocation, method_id, name)


def _invoke_measured(
    services: Services, registry: Registry, invocation: Invocation, method_id: int, name: str
) -> Reply:
    started = time.perf_counter()
    try:
        reply = _invoke(services, registry, invocation, method_id, name)
    except RpcError as error:
        reply = Reply.of_error(error)
    except Exception as error:
        if is_outage(error):
            logger.warning("function lacks a part", reason=outage_reason(error))
            reply = UNAVAILABLE
        else:
            logger.exception("function failed")
            reply = Reply(None, 500, "INTERNAL")
    elapsed_s = time.perf_counter() - started
    measures.FUNCTIONS.observe(elapsed_s, "unknown" if name.startswith("#") else name)
    if elapsed_s >= _SLOW_S:
        logger.warning("slow function", error=reply.error_message, latency_ms=round(elapsed_s * 1000, 2))
    elif is_debug():
        logger.debug("invoked", error=reply.error_message, latency_ms=round(elapsed_s * 1000, 2))
    return reply


def _invoke(services: Services, registry: Registry, invocation: Invocation, method_id: int, name: str) -> Reply:
    target = registry.get(name)
    if target is None:
        raise not_implemented(invocation, method_id, name)
    caller = invocation.caller
    _check_caller(registry, target, caller)
    try:
        request = tl.decode_request(invocation.request)
    except tl.UnknownConstructor as error:
        raise RpcError(400, f"INPUT_CONSTRUCTOR_INVALID_{error.constructor_id:08X}") from error
    except tl.DecodeError as error:
        raise RpcError(400, "INPUT_FETCH_ERROR") from error
    if services.settings.flood_limits:
        _spend(services, target, caller)
    result, context = _run(services, target, caller, request)
    if isinstance(result, RpcError):
        # Returned, not raised: what the function wrote stays (a request to join is noted and answered by an error).
        return Reply.of_error(result)
    return Reply(tl.encode_result(result, method_id, caller.layer), auth_changed=context.auth_changed)


def _run(services: Services, target: Function, caller: Caller, request: tl.TLObject) -> tuple[Any, Context]:
    prepared: Mapping[int, Mapping[str, Any]] = {}
    if (prepare := target.prepare) is not None:
        # Pictures take a fifth of a second: no lock is held meanwhile, and a repeated run does not decode them again.
        prepared, _ = run(services, lambda ctx: prepare(ctx, request), writes=False, caller=caller)

    def work(ctx: Context) -> Any:
        ctx.prepared = prepared
        return target.handler(ctx, request)

    return run(services, work, writes=target.writes, caller=caller)


def not_implemented(invocation: Invocation, method_id: int, name: str) -> RpcError:
    """The error of a method without a function; ``name`` starts with ``#`` when no layer knows its id."""
    if name.startswith("#"):
        return RpcError(400, f"INPUT_METHOD_INVALID_{method_id:08X}_{len(invocation.request)}")
    return RpcError(400, "METHOD_INVALID")


def _check_caller(registry: Registry, target: Function, caller: Caller) -> None:
    if caller.user_id is None:
        if not target.anonymous:
            raise RpcError(401, "AUTH_KEY_UNREGISTERED")
    elif caller.is_bot and target.name in registry.user_only:
        raise RpcError(400, "BOT_METHOD_INVALID")
    elif not caller.is_bot and target.name in registry.bot_only:
        raise RpcError(400, "USER_BOT_REQUIRED")


def _spend(services: Services, target: Function, caller: Caller) -> None:
    who = f"u{caller.user_id}" if caller.user_id is not None else f"k{caller.auth_key_id}"
    try:
        wait_s = services.cache.rate_limit(f"flood:{target.name}:{who}", target.flood.calls, target.flood.window_s)
    except CacheUnavailable:
        if target.anonymous:
            raise
        # Messages go on without a cache; what guards codes and sign-in does not.
        return
    if wait_s > 0:
        raise FloodWait(int(wait_s) + 1)
