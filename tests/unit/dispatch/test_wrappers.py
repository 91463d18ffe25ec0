"""Wrappers: https://core.telegram.org/api/invoking. Checklist 66, 67."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tl
from connection_tier.dispatch.wrappers import unwrap
from layers.errors import RpcError
from tl import api

QUERY = tl.encode(api.help.GetNearestDc())


def init(query: bytes) -> api.InitConnection:
    return api.InitConnection(
        api_id=1,
        device_model="d",
        system_version="s",
        app_version="a",
        system_lang_code="en",
        lang_pack="",
        lang_code="en",
        query=query,
    )


def packed(body: bytes) -> bytes:
    data = gzip.compress(body)
    head = bytes((len(data),)) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
    content = head + data
    return 0x3072CFA1.to_bytes(4, "little") + content + bytes(-len(content) % 4)


def test_bare_query() -> None:
    found = unwrap(QUERY)
    assert (found.method, found.body, found.layer, found.init) == ("help.getNearestDc", QUERY, None, None)


def test_layer_and_init_in_both_orders() -> None:
    inner = tl.encode(init(QUERY))
    found = unwrap(tl.encode(api.InvokeWithLayer(layer=200, query=inner)))
    assert (found.layer, found.method) == (200, "help.getNearestDc")
    assert found.init is not None
    assert found.init.device_model == "d"
    outer = unwrap(tl.encode(init(tl.encode(api.InvokeWithLayer(layer=201, query=QUERY)))))
    assert (outer.layer, outer.body) == (201, QUERY)


def test_after_messages_and_without_updates() -> None:
    body = tl.encode(api.InvokeWithoutUpdates(query=QUERY))
    body = tl.encode(api.InvokeAfterMsgs(msg_ids=[4, 8], query=body))
    body = tl.encode(api.InvokeAfterMsg(msg_id=12, query=body))
    found = unwrap(body)
    assert (found.after, found.without_updates, found.body) == ([12, 4, 8], True, QUERY)


def test_gzip_inside_a_wrapper() -> None:
    found = unwrap(tl.encode(api.InvokeWithLayer(layer=200, query=packed(QUERY))))
    assert found.body == QUERY


def test_unknown_method_keeps_its_id() -> None:
    found = unwrap((0x12345678).to_bytes(4, "little"))
    assert (found.method, found.method_id) == ("", 0x12345678)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "INPUT_FETCH_FAIL"),
        (b"\1\2\3", "INPUT_FETCH_FAIL"),
        (tl.encode(api.InvokeWithLayer(layer=200, query=b"")), "INPUT_FETCH_FAIL"),
        (tl.encode(init(QUERY))[:20], "INPUT_FETCH_ERROR"),
        (tl.encode(api.InvokeWithTakeout(takeout_id=1, query=QUERY)), "TAKEOUT_INVALID"),
        (0x3072CFA1.to_bytes(4, "little") + b"\3abc", "INPUT_FETCH_FAIL"),
    ],
)
def test_named_errors(body: bytes, error: str) -> None:
    with pytest.raises(RpcError, match=error):
        unwrap(body)


def test_depth_is_bounded() -> None:
    body = QUERY
    for _ in range(9):
        body = tl.encode(api.InvokeWithLayer(layer=200, query=body))
    with pytest.raises(RpcError, match="INPUT_LAYER_INVALID"):
        unwrap(body)


@given(st.binary(max_size=200))
def test_garbage_raises_only_rpc_errors(body: bytes) -> None:
    try:
        unwrap(body)
    except RpcError as error:
        assert error.code == 400
