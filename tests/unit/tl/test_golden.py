"""Bytes known from elsewhere: made by hand from the specification, or by Telethon's own encoder."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from telethon.extensions import BinaryReader
from telethon.tl import functions, types

import tl
from tests.unit.tl.reader import Reader
from tests.unit.tl.samples import Samples
from tl import api, mtproto
from tl.convert.check import receivable_types
from tl.convert.vanishing import vanishing_types

TELETHON_LAYER = 229
# Its messages are hand-written classes that keep less; it lacks the flags that username gained without a new id.
TELETHON_DIFFERS = {cls.CONSTRUCTOR_ID for cls in (api.Message, api.MessageService, api.MessageEmpty, api.Username)}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (mtproto.Ping(ping_id=1), "ec77be7a0100000000000000"),
        (mtproto.ReqPqMulti(nonce=bytes(range(16))), "f18e7ebe000102030405060708090a0b0c0d0e0f"),
        (api.InputPeerEmpty(), "ea183b7f"),
        (mtproto.GzipPacked(packed_data=b"abc"), "a1cf723003616263"),
        (mtproto.GzipPacked(packed_data=b"abcd"), "a1cf7230046162636400" + "0000"),
        (mtproto.GzipPacked(packed_data=b""), "a1cf723000000000"),
        (mtproto.MsgsAck(msg_ids=[1, -1]), "59b4d66215c4b51c020000000100000000000000ffffffffffffffff"),
        (
            mtproto.RpcError(error_code=420, error_message="FLOOD_WAIT_3"),
            "19ca4421a40100000c" + b"FLOOD_WAIT_3".hex() + "000000",
        ),
        (api.account.UpdateStatus(offline=True), "2c562866b5757299"),
        (api.account.UpdateStatus(offline=False), "2c562866379779bc"),
        (
            mtproto.FutureSalts(req_msg_id=5, now=6, salts=[mtproto.FutureSalt(valid_since=1, valid_until=2, salt=3)]),
            "950850ae05000000000000000600000001000000" + "01000000020000000300000000000000",
        ),
        (
            mtproto.MsgContainer(messages=[mtproto.Message(msg_id=1, seqno=2, bytes=12, body=mtproto.Ping(ping_id=9))]),
            "dcf8f173" + "01000000" + "0100000000000000020000000c000000" + "ec77be7a0900000000000000",
        ),
        (
            mtproto.RpcResult(req_msg_id=1, result=True),
            "016d5cf30100000000000000b5757299",
        ),
    ],
)
def test_hand_made_vectors(value: tl.TLObject, expected: str) -> None:
    assert tl.encode(value).hex() == expected
    assert tl.decode(bytes.fromhex(expected)) == value


@pytest.mark.parametrize("length", [0, 1, 3, 252, 253, 254, 255, 256, 65_535, 65_536, 1 << 20])
def test_string_lengths(length: int) -> None:
    data = tl.encode(mtproto.GzipPacked(packed_data=b"x" * length))
    head = bytes([length]) if length < 254 else struct.pack("<I", length << 8 | 254)
    body = head + b"x" * length
    assert data[4:] == body + bytes(-len(body) % 4)
    assert tl.decode(data) == mtproto.GzipPacked(packed_data=b"x" * length)


def test_optional_fields_and_flags() -> None:
    data = tl.encode(api.InputReplyToMessage(reply_to_msg_id=7, quote_text="q", quote_offset=0))
    assert tl.decode(data) == api.InputReplyToMessage(reply_to_msg_id=7, quote_text="q", quote_offset=0)
    flags = struct.unpack_from("<I", data, 4)[0]
    params = {param.name: param for param in api.InputReplyToMessage.COMBINATOR.params}
    assert flags == 1 << params["quote_text"].bit | 1 << params["quote_offset"].bit


def _pairs() -> list[tuple[Any, Any]]:
    """The same objects made of our classes and of Telethon's."""
    pairs: list[tuple[Any, Any]] = []
    pairs.append((api.PeerUser(user_id=5), types.PeerUser(user_id=5)))
    pairs.append(
        (
            api.User(id=1, self=True, access_hash=-2, first_name="Ä", status=api.UserStatusRecently(by_me=True)),
            types.User(id=1, is_self=True, access_hash=-2, first_name="Ä", status=types.UserStatusRecently(by_me=True)),
        )
    )
    pairs.append(
        (
            api.messages.SendMessage(
                peer=api.InputPeerUser(user_id=1, access_hash=2),
                message="hello",
                random_id=3,
                entities=[api.MessageEntityTextUrl(offset=0, length=2, url="https://example.org")],
                reply_to=api.InputReplyToMessage(reply_to_msg_id=4),
            ),
            functions.messages.SendMessageRequest(
                peer=types.InputPeerUser(user_id=1, access_hash=2),
                message="hello",
                random_id=3,
                entities=[types.MessageEntityTextUrl(offset=0, length=2, url="https://example.org")],
                reply_to=types.InputReplyToMessage(reply_to_msg_id=4),
            ),
        )
    )
    pairs.append(
        (
            api.Updates(
                updates=[
                    api.UpdateNewMessage(
                        message=api.Message(
                            id=1,
                            out=True,
                            peer_id=api.PeerChannel(channel_id=2),
                            date=3,
                            message="m" * 300,
                            reply_markup=api.ReplyInlineMarkup(
                                rows=[
                                    api.KeyboardInlineButtonRow(
                                        buttons=[
                                            api.KeyboardInlineButton(
                                                text="go", type=api.InlineButtonTypeUrl(url="https://example.org")
                                            )
                                        ]
                                    )
                                ]
                            ),
                        ),
                        pts=4,
                        pts_count=1,
                    )
                ],
                users=[api.UserEmpty(id=9)],
                chats=[api.ChatForbidden(id=8, title="t")],
                date=10,
                seq=11,
            ),
            types.Updates(
                updates=[
                    types.UpdateNewMessage(
                        message=types.Message(
                            id=1,
                            out=True,
                            peer_id=types.PeerChannel(channel_id=2),
                            date=3,
                            message="m" * 300,
                            reply_markup=types.ReplyInlineMarkup(
                                rows=[
                                    types.KeyboardInlineButtonRow(
                                        buttons=[
                                            types.KeyboardInlineButton(
                                                text="go", type=types.InlineButtonTypeUrl(url="https://example.org")
                                            )
                                        ]
                                    )
                                ]
                            ),
                        ),
                        pts=4,
                        pts_count=1,
                    )
                ],
                users=[types.UserEmpty(id=9)],
                chats=[types.ChatForbidden(id=8, title="t")],
                date=10,
                seq=11,
            ),
        )
    )
    return pairs


@pytest.mark.parametrize("index", range(4))
def test_telethon_writes_the_same_bytes(index: int) -> None:
    ours, theirs = _pairs()[index]
    assert tl.encode(ours, TELETHON_LAYER) == bytes(theirs)
    assert tl.decode(bytes(theirs)) == ours


def test_telethon_reads_and_rewrites_every_object() -> None:
    """Each class that a client of Telethon's layer can be sent, filled at random."""
    vanishing = vanishing_types(TELETHON_LAYER)
    compared = 0
    for kind in sorted(receivable_types(TELETHON_LAYER) - {"Bool"}):
        for name in tl.constructors_of(kind):
            value = Samples(TELETHON_LAYER).of_class(name, 3)
            if kind in vanishing and vanishing[kind].test(value):
                continue
            data = tl.encode(value, TELETHON_LAYER)
            reader = Reader(data, TELETHON_LAYER)
            reader.boxed(kind)
            if TELETHON_DIFFERS.isdisjoint(reader.ids):
                assert bytes(BinaryReader(data).tgread_object()) == data, name
                compared += 1
    assert compared > 1000
