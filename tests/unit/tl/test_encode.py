"""Encoding at the canonical layer: errors name the class and field."""

from __future__ import annotations

from typing import Any

import pytest

import tl
from tl import api, mtproto


def message(**fields: Any) -> api.Message:
    return api.Message(**{"id": 1, "peer_id": api.PeerUser(user_id=1), "date": 1, "message": "", **fields})


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (message(id="1"), "Message.id: str where int is declared"),
        (message(id=1 << 31), "Message.id: 2147483648 does not fit int"),
        (message(message=b"x"), "Message.message: bytes where string is declared"),
        (message(message=None), "Message.message: NoneType where string is declared"),
        (message(message="\ud800"), "Message.message: a string with lone surrogates"),
        (message(peer_id=api.User(id=1)), "Message.peer_id: user where Peer is declared"),
        (message(peer_id=api.InputPeerSelf()), "Message.peer_id: inputPeerSelf where Peer is declared"),
        (message(peer_id=None), "Message.peer_id: NoneType where Peer is declared"),
        (message(peer_id=5), "Message.peer_id: int where Peer is declared"),
        (message(peer_id=api.PeerUser(user_id="a")), "PeerUser.user_id: str where long is declared"),  # type: ignore[arg-type]
        (
            message(entities=api.MessageEntityBold(offset=0, length=1)),
            "Message.entities: MessageEntityBold where Vector",
        ),
        (message(entities=[5]), "Message.entities: int where MessageEntity is declared"),
        (message(media=api.help.GetConfig()), "Message.media: help.getConfig where MessageMedia is declared"),
        (message(forwards=3), "Message.forwards must be given together"),
        (api.account.UpdateStatus(offline=None), "account.UpdateStatus.offline: NoneType where Bool"),  # type: ignore[arg-type]
        (mtproto.ReqPqMulti(nonce=b"short"), "ReqPqMulti.nonce: 5 bytes where int128 is declared"),
        (mtproto.GzipPacked(packed_data="text"), "GzipPacked.packed_data: str where bytes"),  # type: ignore[arg-type]
        (mtproto.GzipPacked(packed_data=bytes(1 << 24)), "16777216 bytes are too long"),
        (mtproto.MsgsAck(msg_ids=["a"]), "MsgsAck.msg_ids: str where long"),  # type: ignore[list-item]
        (mtproto.MsgCopy(orig_message=api.PeerUser(user_id=1)), "peerUser where Message is declared"),  # type: ignore[arg-type]
        (mtproto.RpcResult(req_msg_id=1, result=None), "RpcResult.result: NoneType where Object"),
        (api.channels.GetMessages(channel=api.InputChannelEmpty(), id="ab"), "id: str where Vector"),  # type: ignore[arg-type]
        ("text", "str is not a TL object"),
        (None, "NoneType is not a TL object"),
        ([api.InputPeerSelf()], "list is not a TL object"),
    ],
)
def test_wrong_values_are_named(value: Any, problem: str) -> None:
    with pytest.raises(tl.EncodeError) as caught:
        tl.encode(value)
    assert problem in str(caught.value)


def test_a_field_that_was_deleted_is_named() -> None:
    peer = api.PeerUser(user_id=1)
    del peer.user_id
    with pytest.raises(tl.EncodeError, match=r"PeerUser\.user_id is not set"):
        tl.encode(peer)


def test_endless_nesting_is_an_encode_error() -> None:
    text = api.TextBold(text=api.TextEmpty())
    text.text = text
    with pytest.raises(tl.EncodeError, match="too deeply"):
        tl.encode(text)


def test_objects_may_be_given_serialized() -> None:
    inner = tl.encode(api.InputPeerSelf())
    as_object = mtproto.RpcResult(req_msg_id=1, result=api.InputPeerSelf())
    assert tl.encode(mtproto.RpcResult(req_msg_id=1, result=inner)) == tl.encode(as_object)


def test_absent_and_empty_are_different() -> None:
    assert tl.decode(tl.encode(message(entities=[]))).entities == []
    assert tl.decode(tl.encode(message())).entities is None
    assert tl.decode(tl.encode(message(views=0, forwards=0))).views == 0


def test_tuples_and_buffers_are_accepted() -> None:
    acks = mtproto.MsgsAck(msg_ids=(1, 2))  # type: ignore[arg-type]
    assert tl.decode(tl.encode(acks)) == mtproto.MsgsAck(msg_ids=[1, 2])
    packed = mtproto.GzipPacked(packed_data=bytearray(b"abc"))  # type: ignore[arg-type]
    assert tl.decode(tl.encode(packed)) == mtproto.GzipPacked(packed_data=b"abc")


@pytest.mark.parametrize("layer", [0, -1, 100, tl.MIN_LAYER - 1])
def test_layers_below_the_lowest_are_refused(layer: int) -> None:
    with pytest.raises(tl.UnsupportedLayer):
        tl.encode(api.InputPeerSelf(), layer)


def test_layers_above_the_newest_are_clamped() -> None:
    value = api.User(id=1)
    assert tl.encode(value, tl.LAYER + 50) == tl.encode(value)
