"""The dispatcher of a node: each query of a session runs as a task of its own, so many at a time.

The others wait as the bytes they came as. None is lost, and a client that fills containers with queries, or asks and
does not read, costs the node no more work and memory than it can use (checklist 20).

https://core.telegram.org/api/invoking, https://core.telegram.org/mtproto/service_messages
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

import tl
from connection_tier.dispatch.ledger import Ledger
from connection_tier.dispatch.wrappers import Unwrapped, unwrap
from connection_tier.files import FileStreams
from connection_tier.runner import Runner
from connection_tier.server.channels import ChannelInterest
from connection_tier.server.keys import KeyEntry, KeyStore
from connection_tier.server.sessions import SessionHandle, SessionTable
from connection_tier.session import may_grow
from layers import measures, tracing
from layers.context import Caller
from layers.database import is_outage
from layers.errors import RpcError, bad_request, error_name
from layers.invocation import UNAVAILABLE, Invocation
from layers.telemetry import get_logger, is_debug

_AFTER_DEADLINE_S: Final = 5
_OUTCOMES_KEPT: Final = 512
_ERRORS_KEPT: Final = 100
_RUNNING_MAX: Final = 32
"""Queries of one session that run at a time."""
_BEFORE_BINDING: Final = frozenset({"auth.bindTempAuthKey", "help.getConfig", "help.getNearestDc"})
_WITHOUT_INIT: Final = frozenset({"auth.bindTempAuthKey"})
_NO_SIGN_OF_INTEREST: Final = ("upload.", "auth.", "help.", "langpack.")
"""Namespaces that media and probing connections use: calling them does not ask for updates (checklist 87)."""

_FILE_READS: Final = "upload.get"
_DIFFERENCES: Final = frozenset({"updates.getDifference", "updates.getChannelDifference"})

logger = get_logger("dispatch")


@dataclass(frozen=True, slots=True)
class ServerError:
    """A query that failed by our fault, as the admin page shows it."""

    at: float
    method: str
    error: str
    user_id: int | None
    trace_id: str


class Dispatcher:
    """Answers the queries of all sessions of a node.

    ``ledger`` is there when sessions may move between nodes; ``writes`` says which methods change something;
    ``in_thread`` runs the unpacking of queries that may be large.
    """

    def __init__(
        self,
        runner: Runner,
        files: FileStreams,
        keys: KeyStore,
        sessions: SessionTable,
        channels: ChannelInterest,
        *,
        ledger: Ledger | None,
        writes: Callable[[str], bool],
        in_thread: Callable[..., Awaitable[Any]] = asyncio.to_thread,
    ) -> None:
        self._runner = runner
        self._ledger = ledger
        self._writes = writes
        self._in_thread = in_thread
        self._files = files
        self._keys = keys
        self._sessions = sessions
        self._channels = channels
        self._tasks: set[asyncio.Task[None]] = set()
        self.server_errors: deque[ServerError] = deque(maxlen=_ERRORS_KEPT)
        self._cancellable: dict[tuple[SessionHandle, int], asyncio.Task[Any]] = {}

    @property
    def running(self) -> int:
        """Queries that are being answered."""
        return len(self._tasks)

    def has_room(self, handle: SessionHandle) -> bool:
        """Whether another query of the session may begin: few run, and the client reads what it is answered."""
        session = handle.session
        return handle.running < _RUNNING_MAX and session.outgoing.queued_bytes < session.limits.congested_bytes

    def submit(self, handle: SessionHandle, msg_id: int, body: bytes, ip: str) -> None:
        """Answer one query when it is its turn; never raises."""
        if len(handle.outcomes) - handle.running - len(handle.waiting) >= _OUTCOMES_KEPT:
            self._forget_outcomes(handle)
        handle.outcomes[msg_id] = asyncio.get_running_loop().create_future()
        handle.waiting.append((msg_id, body, ip))
        self.begin_waiting(handle)

    def begin_waiting(self, handle: SessionHandle) -> None:
        """Begin queries of the session for which there is room now."""
        loop = asyncio.get_running_loop()
        while handle.waiting and self.has_room(handle):
            handle.running += 1
            task = loop.create_task(self._answer(handle, *handle.waiting.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def cancel(self, handle: SessionHandle, msg_id: int) -> None:
        """Nobody waits for this query's answer any more (rpc_drop_answer): stop it where that leaves nothing undone.

        A query that only reads, reads a file or waits for another one is given up; one that changes something runs to
        its end, and its answer is dropped.
        """
        task = self._cancellable.get((handle, msg_id))
        if task is not None:
            task.cancel()

    @contextmanager
    def _may_be_cancelled(self, handle: SessionHandle, msg_id: int) -> Iterator[None]:
        """Within the block the current task may be cancelled; a query that was dropped before does not enter it."""
        task = asyncio.current_task()
        if task is None or not handle.session.is_waited_for(msg_id):
            raise RpcError(500, "RPC_ANSWER_DROPPED")
        self._cancellable[handle, msg_id] = task
        try:
            yield
        finally:
            del self._cancellable[handle, msg_id]

    async def drain(self, timeout_s: float) -> None:
        """Wait for the queries that run, and for those that begin when these end."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while self._tasks and (left_s := deadline - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(self._tasks, timeout=left_s)

    @staticmethod
    def _forget_outcomes(handle: SessionHandle) -> None:
        done = [msg_id for msg_id, outcome in handle.outcomes.items() if isinstance(outcome, bool)]
        for msg_id in done[: _OUTCOMES_KEPT // 2]:
            del handle.outcomes[msg_id]

    async def _answer(self, handle: SessionHandle, msg_id: int, body: bytes, ip: str) -> None:
        session = handle.session
        started = time.perf_counter()
        traceparent = tracing.new_traceparent()
        method = "unknown"
        failed: RpcError | None = None
        succeeded = False
        try:
            query = (await self._in_thread(unwrap, body)) if may_grow(body) else unwrap(body)
            method = query.method if query.method[:1] != "#" else method
            with handle.fetching_difference() if query.method in _DIFFERENCES else nullcontext():
                result = await self._result(handle, msg_id, query, ip, traceparent)
                succeeded = True
                session.send_result(msg_id, result)
        except RpcError as error:
            failed = error
        except Exception as error:
            about: dict[str, Any] = {"method": method, "msg_id": msg_id, "trace_id": tracing.trace_id(traceparent)}
            if is_outage(error):
                logger.warning("dispatch lacks a part", reason=type(error).__name__, **about)
                failed = RpcError(UNAVAILABLE.error_code, UNAVAILABLE.error_message)
            else:
                logger.exception("dispatch failed", user_id=handle.key.record.user_id, **about)
                failed = RpcError(500, "INTERNAL")
        finally:
            if failed is not None:
                session.send_rpc_error(msg_id, failed.code, failed.message)
            outcome = handle.outcomes.get(msg_id)
            handle.outcomes[msg_id] = succeeded
            if isinstance(outcome, asyncio.Future) and not outcome.done():
                outcome.set_result(succeeded)
            self._measure(handle, msg_id, method, time.perf_counter() - started, failed, traceparent)
            handle.running -= 1
            self.begin_waiting(handle)
        if handle.connection is not None:
            handle.connection.answered(handle)

    def _measure(
        self,
        handle: SessionHandle,
        msg_id: int,
        method: str,
        elapsed_s: float,
        failed: RpcError | None,
        traceparent: str,
    ) -> None:
        measures.REQUESTS.observe(elapsed_s, method)
        user_id = handle.key.record.user_id
        if failed is not None:
            name = error_name(failed.message)
            measures.ERRORS.inc(method, name)
            if not 400 <= failed.code < 500:
                self.server_errors.append(
                    ServerError(time.time(), method, name, user_id, tracing.trace_id(traceparent))
                )
        if is_debug():
            logger.debug(
                "answered",
                method=method,
                user_id=user_id,
                msg_id=msg_id,
                error=failed.message if failed else "",
                latency_ms=round(elapsed_s * 1000, 2),
                trace_id=tracing.trace_id(traceparent),
            )

    async def _result(self, handle: SessionHandle, msg_id: int, query: Unwrapped, ip: str, traceparent: str) -> bytes:
        key = handle.key
        if key.is_stale and not await self._keys.refresh(key):
            raise RpcError(401, "AUTH_KEY_UNREGISTERED")
        if query.init is not None or query.layer is not None:
            await self._remember_client(key, query)
        if query.without_updates:
            handle.without_updates = True
            self._sessions.stop_receiving(handle)
        if query.after:
            with self._may_be_cancelled(handle, msg_id):
                await self._wait_for(handle, query.after)
        record = key.record
        if record.is_unbound and query.method not in _BEFORE_BINDING:
            raise RpcError(401, "AUTH_KEY_PERM_EMPTY")
        if record.layer is None and query.method not in _WITHOUT_INIT:
            raise bad_request("CONNECTION_NOT_INITED")
        caller = self._caller(handle, msg_id, ip)
        if self._files.handles(query.method_id):
            if not query.method.startswith(_FILE_READS):
                return await self._files.handle(caller, query.body)
            with self._may_be_cancelled(handle, msg_id):
                return await self._files.handle(caller, query.body)
        if caller.user_id is not None and not query.method.startswith(_NO_SIGN_OF_INTEREST):
            await self._register(handle, caller.user_id)
        return await self._invoke(handle, caller, query, traceparent)

    async def _invoke(self, handle: SessionHandle, caller: Caller, query: Unwrapped, traceparent: str) -> bytes:
        invocation = Invocation(caller, query.body, traceparent)
        if not self._writes(query.method):
            with self._may_be_cancelled(handle, caller.msg_id):
                reply = await self._runner.invoke(invocation)
        elif self._ledger is not None:
            reply = await self._ledger.once(caller, lambda: self._runner.invoke(invocation))
        else:
            reply = await self._runner.invoke(invocation)
        if reply.auth_changed:
            handle.key.changes += 1
            await self._keys.refresh(handle.key)
            self.follow_account(handle.key)
            user_id = handle.key.record.user_id
            if user_id is not None:
                await self._register(handle, user_id)
        if reply.result is None:
            raise RpcError(reply.error_code, reply.error_message)
        return reply.result

    def follow_account(self, key: KeyEntry) -> None:
        """After a key's account changed: its sessions receive nothing for a user who signed out."""
        for handle in self._sessions.of_key(key.auth_key.id):
            if handle.is_receiving and handle.user_id != key.record.user_id:
                self._sessions.stop_receiving(handle)

    async def _register(self, handle: SessionHandle, user_id: int) -> None:
        if handle.without_updates or handle.key.record.is_imported:
            return
        if not handle.is_receiving or handle.user_id != user_id:
            self._sessions.start_receiving(handle, user_id)
            await self._sessions.save_now(user_id)
        if not self._channels.follows(user_id):
            await self._channels.follow(user_id)

    async def _remember_client(self, key: KeyEntry, query: Unwrapped) -> None:
        record = key.record
        info: dict[str, Any] = {
            name: getattr(record, name)
            for name in (
                "layer",
                "api_id",
                "device_model",
                "system_version",
                "app_version",
                "system_lang_code",
                "lang_pack",
                "lang_code",
            )
        }
        if query.layer is not None:
            if query.layer < tl.MIN_LAYER:
                raise bad_request("CONNECTION_LAYER_INVALID")
            info["layer"] = min(query.layer, tl.LAYER)
        if query.init is not None:
            for name in info:
                if name != "layer":
                    info[name] = getattr(query.init, name)
        if any(getattr(record, name) != value for name, value in info.items()):
            info["layer"] = info["layer"] or tl.LAYER
            info["api_id"] = info["api_id"] or 0
            await self._keys.save_client_info(key, info)

    @staticmethod
    async def _wait_for(handle: SessionHandle, msg_ids: Iterable[int]) -> None:
        """https://core.telegram.org/api/invoking#sequential-requests: the named queries must have succeeded."""
        for msg_id in msg_ids:
            outcome = handle.outcomes.get(msg_id)
            if isinstance(outcome, asyncio.Future):
                try:
                    async with asyncio.timeout(_AFTER_DEADLINE_S):
                        outcome = await asyncio.shield(outcome)
                except TimeoutError:
                    raise RpcError(-503, "MSG_WAIT_TIMEOUT") from None
            if outcome is False:
                raise bad_request("MSG_WAIT_FAILED")

    @staticmethod
    def _caller(handle: SessionHandle, msg_id: int, ip: str) -> Caller:
        record = handle.key.record
        return Caller(
            auth_key_id=record.account_key_id,
            session_id=handle.session.session_id,
            msg_id=msg_id,
            layer=record.layer or tl.LAYER,
            ip=ip,
            user_id=record.user_id,
            is_bot=record.is_bot,
            temp_auth_key_id=None if record.expires_at is None else record.auth_key_id,
            api_id=record.api_id or 0,
            device_model=record.device_model,
            system_version=record.system_version,
            app_version=record.app_version,
            system_lang_code=record.system_lang_code,
            lang_pack=record.lang_pack,
            lang_code=record.lang_code,
        )
