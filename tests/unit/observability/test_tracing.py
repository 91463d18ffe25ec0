"""A trace on its way through the envelope, the outbox, the push and the log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connection_tier.runner.frames import HEADER, pack_request, unpack_request
from functions.sync.outbox import drain_outbox
from layers import tracing
from layers.bus import Record
from layers.context import Caller
from layers.domain import outbox
from layers.invocation import Invocation, invoke
from layers.push import Push, unpack
from layers.telemetry import get_logger, set_log_level
from tests.harness import Harness
from tl import api, encode

_TRACE = "00-6a0b0c0d" + "1" * 24 + "-" + "2" * 16 + "-01"
_CALLER = Caller(auth_key_id=1, session_id=2, msg_id=3, layer=232, ip="127.0.0.1")


def test_traceparents() -> None:
    made = tracing.new_traceparent()
    assert tracing.is_traceparent(made)
    step = tracing.child(made)
    assert tracing.is_traceparent(step)
    assert step != made
    assert tracing.trace_id(step) == tracing.trace_id(made)
    assert tracing.is_traceparent(tracing.child(""))
    assert not tracing.is_traceparent(made + "0")
    assert tracing.xray_header(_TRACE) == f"Root=1-6a0b0c0d-{'1' * 24};Parent={'2' * 16};Sampled=1"


def test_an_invocation_keeps_its_trace() -> None:
    invocation = Invocation(_CALLER, b"\1\2\3\4", _TRACE)
    assert Invocation.from_event(json.loads(json.dumps(invocation.to_event()))) == invocation
    assert unpack_request(pack_request(7, invocation)[HEADER.size :]) == invocation
    assert Invocation.from_event(Invocation(_CALLER, b"1234").to_event()).traceparent == ""


def test_a_push_keeps_its_origin() -> None:
    push = Push(5, b"updates!", 9, 1, 2, 3, 0, tracing.Origin(_TRACE, 1_790_000_000_123))
    assert unpack(push.pack()) == push
    assert unpack(Push(5, b"").pack()) == Push(5, b"")


def test_work_knows_its_origin_and_forgets_it() -> None:
    origin = tracing.Origin(_TRACE, 5)
    with tracing.following(origin, method="a.b"):
        assert tracing.origin() == origin
        assert tracing.about() == {"method": "a.b", "trace_id": origin.trace_id}
        with tracing.following(tracing.NOWHERE):
            assert tracing.about() == {}
        assert tracing.origin() == origin
    assert tracing.origin() == tracing.NOWHERE


def test_log_lines_say_what_they_belong_to(capsys: pytest.CaptureFixture[str]) -> None:
    logger = get_logger("tracing-test")
    with tracing.following(tracing.Origin(_TRACE), method="a.b", user_id=5, msg_id=6):
        logger.warning("something", user_id=7)
    logger.warning("elsewhere")
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["service"], first["method"], first["msg_id"]) == ("tracing-test", "a.b", 6)
    assert first["trace_id"] == _TRACE[3:35]
    assert first["user_id"] == 7, "the line's own keys win"
    assert "trace_id" not in second


def test_the_level_of_the_settings_is_that_of_every_logger(capsys: pytest.CaptureFixture[str]) -> None:
    logger = get_logger("level-test")
    try:
        set_log_level("ERROR")
        logger.warning("not shown")
        set_log_level("DEBUG")
        logger.debug("shown")
    finally:
        set_log_level("INFO")
    assert [json.loads(line)["message"] for line in capsys.readouterr().out.splitlines()] == ["shown"]


def test_a_message_is_pushed_under_the_trace_of_its_sending(tmp_path: Path) -> None:
    server = Harness(tmp_path)
    try:
        alice, bob = server.user("Alice"), server.user("Bob")
        woken: list[Record] = []
        subscription = server.services.bus.consume(outbox.TOPIC, "watcher", woken.extend)
        request = api.messages.SendMessage(peer=alice.peer(bob), message="hi", random_id=1)
        before = tracing.now_ms()
        invoke(server.services, server.registry, Invocation(alice.caller, encode(request), _TRACE))
        sent = tracing.now_ms()
        drain_outbox(server.services)
        pushes = [push for push in server.pushes_since(0) if push.user_id == bob.id and push.updates]
        [push] = pushes
        assert push.origin.trace_id == _TRACE[3:35]
        assert before <= push.origin.at_ms <= sent, "it counts from the sender's commit"
        assert subscription.close(drain=True, timeout_s=10)
        assert [tracing.trace_id(record.value.decode()) for record in woken] == [_TRACE[3:35]]
    finally:
        server.close()
