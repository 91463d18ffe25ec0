"""One message followed through metrics, logs and traces; who may read them."""

from __future__ import annotations

import asyncio
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from connection_tier.crypto.auth_key import AuthKey
from connection_tier.exchange import ClientKey
from tests.chaos.stack_nodes import start_nodes
from tests.deployments import shared_settings
from tests.functional.clients import member, raw
from tests.raw_client import RawClient
from tests.servers import Server
from tl import api

_ADMIN = "an-admin-token-of-some-length"
_METRICS = "a-metrics-token-of-some-length"


def get(server: Server, path: str, *, status: int = 200, **headers: str) -> str:
    """A page of the node's HTTP port, which must have this status."""
    request = urllib.request.Request(
        server.http_url + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == status
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        assert error.code == status, error.read()
        return error.read().decode()


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


class Numbers:
    """What /metrics says now."""

    def __init__(self, text: str) -> None:
        self._samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]

    def __call__(self, name: str, **labels: str) -> float:
        """The sum of the samples of a name that have these labels."""
        return sum(s.value for s in self._samples if s.name == name and labels.items() <= s.labels.items())


def until(condition: Callable[[], Any], timeout_s: float = 20) -> Any:
    """Wait for a condition to give something."""
    deadline = time.monotonic() + timeout_s
    while not (found := condition()):
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)
    return found


def lines(server: Server) -> list[dict[str, Any]]:
    """The log so far."""
    return [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]


async def _exchange_one(server: Server, alice: RawClient, bob: RawClient, phone: str) -> int:
    """Alice writes to Bob, who is online; the msg_id of her query."""
    await bob.invoke(api.updates.GetState())
    to_bob = await alice.input_peer(phone)
    msg_id, answer = alice.put(api.messages.SendMessage(peer=to_bob, message="seen?", random_id=77))
    await alice.flush()
    await asyncio.wait_for(answer, 20)
    await bob.wait_for(lambda: bob.updates)
    return msg_id


@pytest.fixture(scope="module")
def node(make_server: Callable[..., Server]) -> Server:
    return make_server(CIRRUSGRAM_LOG_LEVEL="DEBUG", CIRRUSGRAM_ADMIN_TOKEN=_ADMIN, CIRRUSGRAM_METRICS_TOKEN=_METRICS)


async def test_a_message_can_be_followed_in_metrics_logs_and_traces(node: Server) -> None:
    phone = "+9996640001"
    before = Numbers(get(node, "/metrics", **bearer(_METRICS)))
    async with member(node, "Alice") as alice, member(node, "Bob", phone) as bob:
        msg_id = await _exchange_one(node, alice, bob, phone)
        numbers = Numbers(get(node, "/metrics", **bearer(_METRICS)))
        me = (await alice.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0].id
        receiver = (await bob.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0].id

    def grown(name: str, **labels: str) -> float:
        return numbers(name, **labels) - before(name, **labels)

    method = {"method": "messages.sendMessage"}
    assert grown("cirrusgram_request_seconds_count", **method) == 1
    assert grown("cirrusgram_function_seconds_count", **method) == 1
    assert grown("cirrusgram_invoke_seconds_count", runner="local") >= 1
    assert grown("cirrusgram_messages_sent_total", peer="user") == 1
    assert grown("cirrusgram_outbox_applied_total", operation="deliver") == 1
    assert grown("cirrusgram_pushes_total") >= 1
    assert grown("cirrusgram_push_seconds_count") >= 1
    assert 0 < grown("cirrusgram_push_seconds_sum") < 20
    assert numbers("cirrusgram_connections", carrier="tcp") == 2
    assert numbers("cirrusgram_sessions", carrier="tcp") == 2
    assert numbers("cirrusgram_users_online") >= 2
    assert grown("cirrusgram_handshakes_total", outcome="ok") == 2
    assert numbers("cirrusgram_loop_lag_seconds_count") > 0
    assert numbers("process_resident_memory_bytes") > 0

    [answered] = [line for line in lines(node) if line["message"] == "answered" and line.get("msg_id") == msg_id]
    assert (answered["method"], answered["user_id"], answered["service"]) == ("messages.sendMessage", me, "dispatch")
    assert answered["latency_ms"] > 0
    trace = [line for line in lines(node) if line.get("trace_id") == answered["trace_id"]]
    [invoked] = [line for line in trace if line["message"] == "invoked"]
    assert (invoked["method"], invoked["user_id"], invoked["msg_id"]) == ("messages.sendMessage", me, msg_id)
    [applied] = [line for line in trace if line["message"] == "outbox applied"]
    assert (applied["operation"], applied["user_id"]) == ("deliver", receiver)
    [pushed] = [line for line in trace if line["message"] == "pushed"]
    assert pushed["user_id"] == receiver
    assert pushed["latency_ms"] >= applied["latency_ms"] >= 0


async def test_errors_are_counted_by_their_name_without_numbers(node: Server) -> None:
    async with member(node) as client:
        for _ in range(2):
            with pytest.raises(Exception, match="PEER_ID_INVALID"):
                await client.invoke(
                    api.messages.SendMessage(peer=api.InputPeerUser(user_id=5, access_hash=5), message="x", random_id=1)
                )
    numbers = Numbers(get(node, "/metrics", **bearer(_METRICS)))
    assert numbers("cirrusgram_errors_total", method="messages.sendMessage", error="PEER_ID_INVALID") == 2


async def test_refused_messages_and_strangers_are_counted(node: Server) -> None:
    async with member(node) as client:
        assert client.session is not None
        client.session.salt = 1
        await client.invoke(api.help.GetConfig())
    async with raw(node) as stranger:
        stranger.use_key(ClientKey(AuthKey(os.urandom(256)), server_salt=0, time_offset=0, expires_at=None))
        stranger.put(api.help.GetConfig())
        await stranger.flush()
        await stranger.wait_for(lambda: stranger.error_code == -404)
    numbers = until(
        lambda: (n := Numbers(get(node, "/metrics", **bearer(_METRICS))))("cirrusgram_transport_errors_total") and n
    )
    assert numbers("cirrusgram_bad_msg_total", code="48") >= 1
    assert numbers("cirrusgram_transport_errors_total", code="-404") >= 1


def test_tokens_open_metrics_and_the_page(node: Server) -> None:
    assert "cirrusgram_request_seconds" in get(node, "/metrics", **bearer(_ADMIN))
    for path in ("/metrics", "/admin/status"):
        get(node, path, status=401)
        get(node, path, status=401, **bearer("wrong"))
        get(node, path, status=401, Authorization=_ADMIN)
        get(node, f"{path}?token={_ADMIN}", status=401)
    get(node, "/admin/status", status=401, **bearer(_METRICS))
    status = json.loads(get(node, "/admin/status", **bearer(_ADMIN)))
    assert status["state"] == "ready"
    assert _ADMIN not in node.log.read_text()
    assert _METRICS not in node.log.read_text()


def test_without_tokens_only_the_own_machine_sees_metrics_and_there_is_no_page(
    make_server: Callable[..., Server],
) -> None:
    server = make_server()
    assert "cirrusgram_users_online 0.0" in get(server, "/metrics")
    get(server, "/metrics", status=403, X_Forwarded_For="198.51.100.7")
    get(server, "/admin", status=404)
    get(server, "/admin/status", status=404, **bearer(_ADMIN))


@pytest.fixture(scope="module")
def with_workers(
    tmp_path_factory: pytest.TempPathFactory, mariadb_url: str, redis_url: str, kafka_url: str, s3_url: str
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("measured")
    settings = shared_settings(
        folder,
        mariadb_url=mariadb_url,
        redis_url=redis_url,
        kafka_url=kafka_url,
        s3_url=s3_url,
    )
    [server] = start_nodes(folder, {**settings, "CIRRUSGRAM_ADMIN_TOKEN": _ADMIN}, 1)
    yield server
    server.kill()


async def test_a_node_tells_its_workers_numbers_and_keeps_those_of_the_dead(with_workers: Server) -> None:
    server = with_workers

    def numbers() -> Numbers:
        return Numbers(get(server, "/metrics", **bearer(_ADMIN)))

    phone = "+9996640011"
    async with member(server, "Alice") as alice, member(server, "Bob", phone) as bob:
        await _exchange_one(server, alice, bob, phone)
        sent = "cirrusgram_messages_sent_total"
        until(lambda: numbers()(sent, peer="user") == 1)
        until(lambda: numbers()("cirrusgram_outbox_applied_total", operation="deliver") >= 1)
        now = numbers()
        assert now("cirrusgram_invoke_seconds_count", runner="workers") > 0
        assert now("cirrusgram_function_seconds_count", method="messages.sendMessage") == 1
        assert now("cirrusgram_workers_ready") == 1
        assert now("cirrusgram_consumer_lag_records", topic="boxes", group="sync") == 0
        [worker] = psutil.Process(server.pid).children()
        worker.kill()
        until(lambda: numbers()("cirrusgram_workers_ended_total") == 1)
        assert numbers()(sent, peer="user") == 1
        until(lambda: numbers()("cirrusgram_workers_ready") == 1)
        await alice.invoke(api.messages.SendMessage(peer=api.InputPeerSelf(), message="again", random_id=78))
        until(lambda: numbers()(sent, peer="self") == 1)
        assert numbers()(sent, peer="user") == 1
