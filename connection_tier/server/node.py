"""The node: everything one process holds, and its life from start to drain."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from connection_tier.crypto.message import DecryptedMessage
from connection_tier.crypto.rsa import RsaKey
from connection_tier.dispatch.dispatcher import Dispatcher
from connection_tier.dispatch.ledger import Ledger
from connection_tier.files import FileStreams
from connection_tier.runner import Runner
from connection_tier.server.backlog import Backlog
from connection_tier.server.budget import AddressRates, InboundBytes
from connection_tier.server.channels import ChannelInterest
from connection_tier.server.connection import Connection
from connection_tier.server.handshakes import Handshakes
from connection_tier.server.http_link import HttpLink
from connection_tier.server.keys import KeyEntry, KeyStore
from connection_tier.server.pushes import PushHub
from connection_tier.server.sessions import Link, SessionHandle, SessionTable
from connection_tier.session import (
    DestroyAuthKey,
    DestroySession,
    Session,
    SessionLimits,
    may_grow,
    unpack_packet,
)
from connection_tier.transport import ProxySecret, SeenHellos
from layers import measures
from layers.cache import RESYNC, CacheUnavailable
from layers.channel_push import MembershipChanged
from layers.context import Services
from layers.database import is_outage
from layers.domain.channel_members import read_channels
from layers.push import ALL_NODES, AuthKeyChanged, SessionClaimed, node_channel, unpack
from layers.registry import Registry
from layers.telemetry import get_logger

R = TypeVar("R")

_DRAIN_S: Final = 10
_FOLLOW_AGAIN_S: Final = 1
_PING_S: Final = 2
_RESYNC_AGAIN_S: Final = 2.0
_HANDSHAKE_THREADS: Final = max(1, min(4, (os.cpu_count() or 1) - 1))
"""Key exchanges compute without the GIL: however many are asked for, a core is left for those who have a key."""
_WATCH_LOOP_S: Final = 0.25
_COUNT_EVERY_S: Final = 5
_COUNTED_AT_ONCE: Final = 1000
"""Sessions and connections: about two milliseconds."""
_LOOKUP_THREADS: Final = 2
_GUESSES_PER_S: Final = 50
"""Unknown keys that one address may name."""
_UNPACKING_THREADS: Final = 1
"""Whatever clients send, unpacking it takes one core at most."""

logger = get_logger("node")


class Node:
    """The shared state of one connection node."""

    def __init__(
        self,
        services: Services,
        registry: Registry,
        runner: Runner,
        rsa_keys: Sequence[RsaKey],
        proxy_secrets: Sequence[ProxySecret] = (),
    ) -> None:
        self.services = services
        self.proxy_secrets = proxy_secrets
        self.has_fake_tls = any(secret.is_fake_tls for secret in proxy_secrets)
        self.seen_hellos = SeenHellos(services.clock)
        self.node_id = secrets.token_hex(8)
        self.started_at = time.time()
        self.connections: set[Connection] = set()
        self.http_links: set[HttpLink] = set()
        self._per_ip: Counter[str] = Counter()
        self._sockets = 0
        self.inbound = InboundBytes(services.settings.max_inbound_bytes)
        self.backlog = Backlog()
        self.guesses = AddressRates(_GUESSES_PER_S)
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="node")
        self._handshake_threads = ThreadPoolExecutor(_HANDSHAKE_THREADS, thread_name_prefix="handshake")
        self._lookup_threads = ThreadPoolExecutor(_LOOKUP_THREADS, thread_name_prefix="lookup")
        self._unpacking_threads = ThreadPoolExecutor(_UNPACKING_THREADS, thread_name_prefix="unpacking")
        self._cache = services.cache.aio()
        self.keys = KeyStore(services, self.in_thread, self._in_lookup_thread)
        self.handshakes = Handshakes(
            rsa_keys,
            self.keys,
            services.clock,
            self.in_handshake_thread,
            max_running=services.settings.max_handshakes,
            max_per_s=services.settings.max_handshakes_per_s,
        )
        self.sessions = SessionTable(self.node_id, self._cache, services.clock)
        self.channels = ChannelInterest(self.sessions, lambda user_id: self.in_thread(read_channels, services, user_id))
        self.pushes = PushHub(self.sessions, self.channels)
        self.files = FileStreams(services)
        self.runner = runner
        self._is_alone = services.settings.is_single_node
        self._ledger = None if self._is_alone else Ledger(self._cache, self.node_id)
        self.dispatcher = Dispatcher(
            runner,
            self.files,
            self.keys,
            self.sessions,
            self.channels,
            ledger=self._ledger,
            writes=registry.writes,
            in_thread=self._in_unpacking_thread,
        )
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_resync_due = False
        self._resynced = 0
        """How often within the last seconds."""
        self.is_draining = False
        self.addresses: dict[str, list[tuple[str, int]]] = {}
        """Where it listens: 'tcp', 'http', 'https' → (host, port), in the order of the settings."""

    # Threads and tasks

    async def in_thread(self, call: Callable[..., R], *arguments: Any, **named: Any) -> R:
        """Run blocking work (store access, large decryptions) off the loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: call(*arguments, **named))

    async def in_handshake_thread(self, call: Callable[..., R], *arguments: Any) -> R:
        """Run the arithmetic of a key exchange, which must not keep messages waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._handshake_threads, call, *arguments)

    async def _in_lookup_thread(self, call: Callable[..., R], *arguments: Any) -> R:
        """Ask the store about a key that nobody has proven yet."""
        return await asyncio.get_running_loop().run_in_executor(self._lookup_threads, call, *arguments)

    async def _in_unpacking_thread(self, call: Callable[..., R], *arguments: Any) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._unpacking_threads, call, *arguments)

    async def unpacked(self, message: DecryptedMessage) -> tuple[DecryptedMessage, int]:
        """The message without gzip_packed, and how many bytes that took; what is small stays as it is."""
        if not may_grow(message.body):
            return message, 0
        found = await self._in_unpacking_thread(unpack_packet, message.body, SessionLimits())
        return message._replace(body=found.body), found.inflated_bytes

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run a task that the node owns."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Connections

    def admit(self, ip: str) -> bool:
        """Count one more socket from this address; False when it does not fit (checklist 20)."""
        settings = self.services.settings
        if self._sockets >= settings.max_connections or self._per_ip[ip] >= settings.max_connections_per_ip:
            measures.REFUSED.inc()
            return False
        self._sockets += 1
        self._per_ip[ip] += 1
        measures.OPENED.inc()
        return True

    def release(self, ip: str) -> None:
        """Inverse of `admit`."""
        self._sockets -= 1
        self._per_ip[ip] -= 1
        if not self._per_ip[ip]:
            del self._per_ip[ip]

    @property
    def sockets(self) -> int:
        """Sockets that are open, of every transport."""
        return self._sockets

    def add(self, connection: Connection) -> None:
        """A client's byte stream begins."""
        self.connections.add(connection)

    def remove(self, connection: Connection) -> None:
        """A client's byte stream is over."""
        connection.closed()
        self.connections.discard(connection)

    def session_for(self, key: KeyEntry, session_id: int, link: Link) -> SessionHandle:
        """The session of this id, served by ``link`` from now on; made when it is new here."""
        identity = key.auth_key.id, session_id
        handle = self.sessions.get(*identity)
        if handle is None:
            clock = self.services.clock
            session = Session(session_id, key.auth_key.id, salts=key.salts, clock=clock, random=os.urandom)
            handle = SessionHandle(session, key)
            self.sessions.add(handle)
            self.claim(*identity)
        elif handle.connection is not link:
            if handle.connection is not None:
                handle.connection.lose(handle)
            handle.key = key
            if handle.session.attach().are_pushes_lost:
                self.pushes.tell_too_long(handle)
        handle.connection = link
        return handle

    def destroy_session(self, handle: SessionHandle, event: DestroySession) -> None:
        """Forget another session of the same key and tell the one that asked."""
        other = self.sessions.get(handle.session.auth_key_id, event.session_id)
        was_found = other is not None and other is not handle
        if other is not None and was_found:
            if other.connection is not None:
                other.connection.lose(other)
            self.sessions.remove(other)
        handle.session.answer_destroy_session(event.msg_id, event.session_id, was_found=was_found)

    async def destroy_auth_key(self, handle: SessionHandle, event: DestroyAuthKey) -> bool:
        """Destroy a session's key and queue the answer; True when the key is gone: send, then `drop_key`."""
        try:
            destroyed = await self.keys.destroy(handle.key)
        except Exception as error:
            if not is_outage(error):
                raise
            handle.session.answer_destroy_auth_key(event.msg_id, "fail")
            return False
        handle.session.answer_destroy_auth_key(event.msg_id, "ok" if destroyed else "none")
        return True

    def drop_key(self, auth_key_id: int) -> None:
        """A key is no more: its sessions and their connections go."""
        for handle in self.sessions.of_key(auth_key_id):
            connection = handle.connection
            self.sessions.remove(handle)
            if connection is not None:
                connection.close()

    def claim(self, auth_key_id: int, session_id: int) -> None:
        """A session that is new here may have lived on another node: that one lets it go."""
        if not self._is_alone:
            message = SessionClaimed(auth_key_id, session_id, self.node_id)
            self.spawn(self._publish(message.pack()))

    async def _publish(self, packed: bytes) -> None:
        try:
            await self._cache.publish(ALL_NODES, packed)
        except CacheUnavailable:
            logger.warning("claim not published")

    def _yield_session(self, claimed: SessionClaimed) -> None:
        handle = self.sessions.get(claimed.auth_key_id, claimed.session_id)
        if handle is None or claimed.node_id == self.node_id:
            return
        if handle.connection is not None:
            handle.connection.lose(handle)
        self.sessions.remove(handle)

    async def lacking(self) -> list[str]:
        """The parts that do not answer, of those the node can do without."""
        try:
            async with asyncio.timeout(_PING_S):
                await self._cache.ping()
        except (CacheUnavailable, TimeoutError):
            return ["cache"]
        return []

    # Life

    async def start(self) -> None:
        """Listen to the node's channels and keep house."""
        ready = asyncio.Event()
        self.spawn(self._listen(ready))
        await ready.wait()
        self.spawn(self.sessions.keep_leases())
        if self._ledger is not None:
            self.spawn(self._ledger.keep_alive())
        self.spawn(self._keep_house())
        self.spawn(self._watch_loop())
        self.spawn(self._count_often())
        measures.CATALOG.probes.append(self._measure)

    async def stop(self) -> None:
        """Drain: finish what runs, send it, then close every connection."""
        self.is_draining = True
        if self._measure in measures.CATALOG.probes:
            measures.CATALOG.probes.remove(self._measure)
        await self.dispatcher.drain(_DRAIN_S)
        for connection in list(self.connections):
            connection.flush()
            connection.close()
        for link in list(self.http_links):
            link.release()
        await self.sessions.release()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.files.close()
        await self._cache.close()
        self._handshake_threads.shutdown(wait=False, cancel_futures=True)
        self._lookup_threads.shutdown(wait=False, cancel_futures=True)
        self._unpacking_threads.shutdown(wait=False, cancel_futures=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _listen(self, ready: asyncio.Event) -> None:
        async with self.services.cache.subscriber() as subscriber:
            try:
                await subscriber.subscribe(ALL_NODES, node_channel(self.node_id))
            except CacheUnavailable:
                logger.warning("the cache went away; pushes begin when it is back")
            self.channels.listen_through(subscriber)
            ready.set()
            async for channel, data in subscriber:
                if channel == RESYNC:
                    self._resync_soon()
                    continue
                try:
                    self._on_message(data)
                except Exception:
                    logger.exception("push failed")

    def _resync_soon(self) -> None:
        """Many may say at about the same time that something was lost: after the first the others share one turn."""
        if not self._is_resync_due:
            self._is_resync_due = True
            self.spawn(self._resync_in(_RESYNC_AGAIN_S if self._resynced else 0.0))

    async def _resync_in(self, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        self._is_resync_due = False
        self._resynced += 1
        await self._resync()
        await asyncio.sleep(2 * _RESYNC_AGAIN_S)
        self._resynced -= 1

    async def _resync(self) -> None:
        """The channel was cut, perhaps with all the cache held: whatever was said meanwhile is found out anew."""
        measures.RESYNCS.inc()
        logger.info("messages between nodes may be lost: every session catches up")
        try:
            # First the leases, so that what is committed after a client's difference is pushed again.
            await self.sessions.save_all()
        except CacheUnavailable:
            logger.warning("session leases could not be written")
        self.pushes.resync()
        self.keys.doubt_all()
        self.spawn(self._follow_all())

    def _on_message(self, data: bytes) -> None:
        item = unpack(data)
        if isinstance(item, AuthKeyChanged):
            for entry in self.keys.affected(item.auth_key_id):
                entry.changes += 1
                self.spawn(self._follow(entry.auth_key.id))
        elif isinstance(item, SessionClaimed):
            self._yield_session(item)
        elif isinstance(item, MembershipChanged):
            if not item.is_member:
                # What is published next is not for him any more.
                self.channels.forget(item.user_id, item.channel_key)
            self.spawn(self._change_membership(item))
        else:
            self.pushes.receive(item)

    async def _change_membership(self, item: MembershipChanged) -> None:
        await self.channels.change(item.user_id, item.channel_key, is_member=item.is_member)
        if item.is_member:
            # What was posted between the join and now was published while this node did not listen.
            self.pushes.tell_channel_too_long(item.user_id, item.channel_key, int(self.services.clock()))

    async def _follow(self, auth_key_id: int) -> None:
        """A key's account changed: stop pushing to who signed out, close what was destroyed."""
        while (entry := self.keys.at_hand(auth_key_id)) is not None and entry.is_stale:
            try:
                is_there = await self.keys.refresh(entry)
            except Exception as error:
                if not is_outage(error):
                    raise
                await asyncio.sleep(_FOLLOW_AGAIN_S)
                continue
            if is_there:
                self.dispatcher.follow_account(entry)
            else:
                self.drop_key(auth_key_id)

    def look_again(self) -> None:
        """Sign-in states changed without a word: read every key's anew."""
        self.keys.doubt_all()
        self.spawn(self._follow_all())

    async def _follow_all(self) -> None:
        """Requests look their key up themselves; this is for sessions that only listen."""
        for auth_key_id in {handle.session.auth_key_id for handle in self.sessions.all_receiving()}:
            await self._follow(auth_key_id)

    async def _watch_loop(self) -> None:
        """How late the loop is says whether the node has too much to do."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _WATCH_LOOP_S
            await asyncio.sleep(_WATCH_LOOP_S)
            measures.LOOP_LAG.observe(max(0.0, loop.time() - due))

    def _measure(self) -> None:
        """Set the gauges of what the node holds now."""
        if len(self.sessions) + len(self.connections) <= _COUNTED_AT_ONCE:
            for _ in self._count_links():
                pass
        measures.USERS_ONLINE.set(self.sessions.users)
        measures.PUSHES_HELD.set(self.pushes.held)
        measures.RUNNING.set(self.dispatcher.running)

    def _count_links(self) -> Iterator[None]:
        """Count connections and sessions; yields now and then, so that the loop need not wait for a large node."""
        connections: Counter[tuple[str, ...]] = Counter()
        sessions: Counter[tuple[str, ...]] = Counter()
        outbound = 0
        for number, link in enumerate(list(self.connections)):
            connections[link.carrier, link.transport_name or "none"] += 1
            if number % _COUNTED_AT_ONCE == 0:
                yield
        connections["http", "http"] = len(self.http_links)
        for number, handle in enumerate(list(self.sessions)):
            carrier = "none" if handle.connection is None else handle.connection.carrier
            sessions[carrier, str(handle.key.record.layer or "none")] += 1
            outbound += handle.session.outgoing.queued_bytes
            if number % _COUNTED_AT_ONCE == 0:
                yield
        measures.CONNECTIONS.replace(connections)
        measures.SESSIONS.replace(sessions)
        measures.QUEUE_BYTES.replace({("inbound",): self.inbound.held, ("outbound",): outbound})

    async def _count_often(self) -> None:
        """Where a node holds too much to be counted when somebody asks, what it held a few seconds ago is told."""
        while True:
            await asyncio.sleep(_COUNT_EVERY_S)
            for _ in self._count_links():
                await asyncio.sleep(0)

    async def _keep_house(self) -> None:
        while True:
            await asyncio.sleep(1)
            now = self.services.clock()
            for connection in list(self.connections):
                if connection.is_overdue(now):
                    connection.close()
            self.sessions.expire()
            await self.channels.expire()
            self._shed_sessions()

    def _shed_sessions(self) -> None:
        """Stay within the bytes that may be held for clients (checklist 20)."""
        for handle in self.sessions.shed(self.services.settings.max_outbound_bytes):
            logger.info("too much is held for clients", user_id=handle.user_id)
            connection = handle.connection
            self.sessions.remove(handle)
            if connection is not None:
                connection.close()
