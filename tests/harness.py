"""A whole server without sockets: functions run through the same invocation step as in the local runner and in Lambda.

server = Harness(tmp_path)
alice, bob = server.user("Alice"), server.user("Bob")
alice.call(api.messages.SendMessage(peer=alice.peer(bob), message="hi", random_id=1))
server.settle()          # other accounts' boxes are brought up to date, as functions/sync does
bob.pushes()             # what a node would have sent to this device since the last call
"""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import tl
from layers.blobs import open_blobs
from layers.bus import open_bus
from layers.cache import open_cache
from layers.channel_push import ChannelPush, channel_topic, personal
from layers.config import Settings
from layers.context import Caller, Context, Services
from layers.database import Transaction, open_database
from layers.domain.chats import PRESENT, channel_access_hash
from layers.domain.peers import peer_key, user_access_hash
from layers.errors import RpcError
from layers.invocation import Invocation, invoke
from layers.keys import Keys
from layers.push import AuthKeyChanged, Push, SessionLease, node_channel, sessions_key, unpack
from layers.registry import Registry, load_registry
from layers.schema import auth_keys, authorizations, box_states, chat_members, users
from tests.databases import Chosen
from tests.results import decode_result
from tl import TLObject, api

START = 1_790_000_000
"""The harness's clock starts here (September 2026)."""

_NODE = "harness"
_CHANNEL_TOPIC = channel_topic(0)[:-1]


class TestClock:
    """A clock that only `advance` moves."""

    __test__ = False

    def __init__(self) -> None:
        self.time = float(START)

    def __call__(self) -> float:
        # A microsecond a look: ids made from the clock differ.
        self.time += 1e-6
        return self.time

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.time += seconds


@cache
def _registry() -> Registry:
    return load_registry()


class Harness:
    """Services on embedded adapters, the registry, and clients.

    The database is a new one of the engine that `--database` chose, and the same again for the same directory.
    """

    def __init__(self, directory: Path, *, database_url: str | None = None, **settings: Any) -> None:
        self.clock = TestClock()
        self.rng = random.Random(7)
        options: dict[str, Any] = {"flood_limits": False, "data": directory, **settings}
        database = open_database(database_url) if database_url else Chosen.databases.lend(directory)
        self.services = Services(
            settings=Settings(**options),
            database=database,
            cache=open_cache("memory://"),
            bus=open_bus("memory://"),
            blobs=open_blobs(f"file://{directory / 'blobs'}"),
            keys=Keys(b"k" * 32),
            clock=self.clock,
            random=self.rng.randbytes,
        )
        self.registry = _registry()
        self._ids = itertools.count(1001)
        self._key_ids = itertools.count(700001)
        self._pushes: list[Push] = []
        self.channel_pushes = 0
        """Publications for channels, whatever their number of members."""
        self.auth_keys_changed: list[int] = []
        self.connected: Counter[int] = Counter()
        self._tap_pushes()

    def close(self) -> None:
        """Release files and threads."""
        self.services.bus.close()
        self.services.cache.close()
        self.services.blobs.close()
        self.services.database.close()

    def _tap_pushes(self) -> None:
        cache = self.services.cache
        publish = cache.publish

        def tapped(channel: str, data: bytes) -> int:
            if channel in {node_channel(_NODE), "nodes"}:
                item = unpack(data)
                if isinstance(item, AuthKeyChanged):
                    self.auth_keys_changed.append(item.auth_key_id)
                elif isinstance(item, Push):
                    self._pushes.append(item)
            elif channel.startswith(_CHANNEL_TOPIC):
                item = unpack(data)
                if isinstance(item, ChannelPush):
                    self.channel_pushes += 1
                    self._pushes += self._for_members(item)
            return publish(channel, data)

        cache.publish = tapped  # type: ignore[method-assign]

    def _for_members(self, push: ChannelPush) -> Iterator[Push]:
        """What the node makes of a channel's push: one for each member who is online (`PushHub`)."""
        marked = push.marked_users
        with self.services.database.transaction(writes=False) as db:
            present = chat_members.c.status.in_([int(status) for status in PRESENT])
            statement = sa.select(chat_members.c.user_id).where(chat_members.c.peer_key == push.channel_key, present)
            members = [user_id for user_id in db.scalars(statement) if self.connected[user_id]]
        for user_id in members:
            updates = push.updates
            if user_id in marked:
                updates = tl.encode(personal(updates, marked[user_id]))
            yield Push(
                user_id,
                updates,
                except_auth_key_id=push.except_auth_key_id,
                except_session_id=push.except_session_id,
            )

    def user(self, first_name: str, *, phone: str | None = None, bot: bool = False, **columns: Any) -> Client:
        """A new account with one signed-in device."""
        user_id = next(self._ids)
        with self.services.database.transaction(writes=True) as db:
            db.execute(
                sa.insert(users),
                {
                    "id": user_id,
                    "phone": phone or f"9996600{user_id}",
                    "first_name": first_name,
                    "created_at": START,
                    "bot": bot,
                    **columns,
                },
            )
            db.execute(sa.insert(box_states), {"owner_id": user_id})
        return self.device(user_id, is_bot=bot)

    def device(self, user_id: int | None, *, is_bot: bool = False, layer: int = tl.LAYER) -> Client:
        """A device with an authorization key of its own; signed in when ``user_id`` is given."""
        auth_key_id = next(self._key_ids)
        with self.services.database.transaction(writes=True) as db:
            db.execute(
                sa.insert(auth_keys),
                {
                    "auth_key_id": auth_key_id,
                    "sealed_key": self.services.keys.seal(b"\1" * 256, str(auth_key_id).encode()),
                    "initial_salt": 0,
                    "created_at": START,
                    "user_id": user_id,
                    "layer": layer,
                    "api_id": 1,
                },
            )
            if user_id is not None:
                db.execute(
                    sa.insert(authorizations),
                    {
                        "user_id": user_id,
                        "auth_key_id": auth_key_id,
                        "hash": auth_key_id * 31,
                        "date_created": START,
                        "date_active": START,
                    },
                )
        client = Client(self, auth_key_id, user_id, is_bot, layer)
        if user_id is not None:
            client.connect()
        return client

    def context(self, db: Transaction, caller: Caller | None = None) -> Context:
        """A context for calling domain services directly."""
        return Context(self.services, db, int(self.clock()), caller)

    def settle(self) -> None:
        """Do the work that waits in the outbox, as the sync consumer would."""
        from functions.sync.outbox import drain_outbox  # made by another part

        drain_outbox(self.services)

    def pushes_since(self, start: int) -> list[Push]:
        """Pushes published from index ``start`` on."""
        return self._pushes[start:]

    @property
    def push_count(self) -> int:
        """How many pushes were published so far."""
        return len(self._pushes)


class Client:
    """A device: calls functions as its session and sees what a node would push to it."""

    def __init__(self, server: Harness, auth_key_id: int, user_id: int | None, is_bot: bool, layer: int) -> None:
        self.server = server
        self.auth_key_id = auth_key_id
        self.session_id = auth_key_id * 7 + 1
        self.user_id = user_id
        self.is_bot = is_bot
        self.layer = layer
        self._msg_ids = itertools.count(4, 4)
        self._seen = server.push_count

    @property
    def id(self) -> int:
        """The user's id; the device must be signed in."""
        assert self.user_id is not None
        return self.user_id

    def connect(self) -> None:
        """Be online on the harness's node: pushes reach this user's devices."""
        self.server.connected[self.id] += 1
        lease = SessionLease(int(self.server.clock()) + 10**9, self.server.connected[self.id])
        self.server.services.cache.hset(sessions_key(self.id), {_NODE: lease.pack()})

    def disconnect(self) -> None:
        """Be offline with all devices: pushes reach nobody."""
        self.server.connected[self.id] = 0
        self.server.services.cache.hdel(sessions_key(self.id), _NODE)

    def device(self, *, layer: int = tl.LAYER) -> Client:
        """Another device of the same user."""
        return self.server.device(self.user_id, is_bot=self.is_bot, layer=layer)

    @property
    def caller(self) -> Caller:
        """Who the server sees calling."""
        return Caller(
            auth_key_id=self.auth_key_id,
            session_id=self.session_id,
            msg_id=next(self._msg_ids),
            layer=self.layer,
            ip="127.0.0.1",
            user_id=self.user_id,
            is_bot=self.is_bot,
            api_id=1,
            device_model="harness",
            app_version="1",
            system_version="1",
            lang_code="en",
            system_lang_code="en",
        )

    def call(self, request: TLObject) -> Any:
        """Run a method; its result as the client would decode it, or the `RpcError` it answered."""
        reply = invoke(self.server.services, self.server.registry, Invocation(self.caller, tl.encode(request)))
        if reply.result is None:
            raise _rpc_error(reply.error_code, reply.error_message)
        return decode_result(reply.result, type(request))

    def input_user(self, other: Client) -> Any:
        """The InputUser under which this user may name the other."""
        return api.InputUser(user_id=other.id, access_hash=self._hash(other))

    def peer(self, other: Client) -> Any:
        """The InputPeer under which this user may name the other."""
        if other.user_id == self.user_id:
            return api.InputPeerSelf()
        return api.InputPeerUser(user_id=other.id, access_hash=self._hash(other))

    def channel(self, channel_id: int) -> Any:
        """The InputChannel under which this user may name a channel."""
        return api.InputChannel(channel_id=channel_id, access_hash=self._channel_hash(channel_id))

    def channel_peer(self, channel_id: int) -> Any:
        """The InputPeer under which this user may name a channel."""
        return api.InputPeerChannel(channel_id=channel_id, access_hash=self._channel_hash(channel_id))

    def _channel_hash(self, channel_id: int) -> int:
        with self.server.services.database.transaction(writes=False) as db:
            key = peer_key(api.PeerChannel(channel_id=channel_id))
            return channel_access_hash(self.server.context(db), self.id, key)

    def _hash(self, other: Client) -> int:
        with self.server.services.database.transaction(writes=False) as db:
            return user_access_hash(self.server.context(db), self.id, other.id)

    def pushes(self) -> list[Any]:
        """Updates pushed to this device since the last look, in order, taken out of their containers."""
        found = []
        for push in self.server.pushes_since(self._seen):
            if push.updates and self.receives(push):
                found.extend(_updates(tl.decode(push.updates)))
        self._seen = self.server.push_count
        return found

    def receives(self, push: Push) -> bool:
        """A node would send the push to this device."""
        if push.only_auth_key_id:
            return push.only_auth_key_id == self.auth_key_id
        own = (push.except_auth_key_id, push.except_session_id) == (self.auth_key_id, self.session_id)
        return push.user_id == self.user_id and not own


def _updates(container: Any) -> list[Any]:
    match container:
        case api.UpdateShort():
            return [container.update]
        case api.Updates() | api.UpdatesCombined():
            return list(container.updates)
        case _:
            return [container]


def _rpc_error(code: int, message: str) -> RpcError:
    return RpcError(code, message)


def grouped(items: list[Any]) -> dict[str, list[Any]]:
    """Updates by their TL name, for asserts."""
    result: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        result[item.TL_NAME].append(item)
    return result
