"""Results follow the id that the client called; the objects inside follow its layer."""

from __future__ import annotations

import struct
from typing import Any

import pytest

import tl
from tests.unit.tl.reader import lines, read
from tests.unit.tl.samples import Samples
from tl import api, mtproto
from tl.convert.results import SHAPES
from tl.convert.up_rules import METHODS
from tl.registry import class_of
from tl.schema import api_schema

OLD_ID = {(line.name, line.result): line for line in lines().values() if line.is_method}


def test_plain_values() -> None:
    status = api.account.UpdateStatus.CONSTRUCTOR_ID
    assert tl.encode_result(True, status, tl.LAYER).hex() == "b5757299"
    assert tl.encode_result(False, status, 158).hex() == "379779bc"
    users = tl.encode_result([api.UserEmpty(id=1)], api.users.GetUsers.CONSTRUCTOR_ID, 220)
    assert users == struct.pack("<II", 0x1CB5C415, 1) + tl.encode(api.UserEmpty(id=1))
    ids = tl.encode_result([1, 2], api.contacts.GetContactIDs.CONSTRUCTOR_ID, tl.LAYER)
    assert ids == struct.pack("<IIii", 0x1CB5C415, 2, 1, 2)
    assert tl.encode_result(b"done", status, 158) == b"done"
    pong = mtproto.Pong(msg_id=1, ping_id=2)
    assert tl.encode_result(pong, mtproto.Ping.CONSTRUCTOR_ID, tl.LAYER) == tl.encode(pong)


@pytest.mark.parametrize(
    ("value", "method", "problem"),
    [
        (None, api.account.UpdateStatus, "NoneType where Bool"),
        (api.PeerUser(user_id=1), api.help.GetConfig, "peerUser where Config"),
        ([api.PeerUser(user_id=1)], api.users.GetUsers, "peerUser where User"),
        (api.UserEmpty(id=1), api.users.GetUsers, "UserEmpty where Vector<User>"),
        ([5], api.users.GetUsers, "int where User"),
        (True, api.help.GetConfig, "bool where Config"),
    ],
)
def test_wrong_results_are_named(value: Any, method: type[tl.TLMethod], problem: str) -> None:
    with pytest.raises(tl.EncodeError) as caught:
        tl.encode_result(value, method.CONSTRUCTOR_ID, tl.LAYER)
    assert method.TL_NAME in str(caught.value)
    assert problem in str(caught.value)


def test_ids_that_are_no_methods_are_refused() -> None:
    for method_id in (1, api.PeerUser.CONSTRUCTOR_ID):
        with pytest.raises(tl.EncodeError, match="not a method"):
            tl.encode_result(True, method_id, tl.LAYER)


def test_every_method_id_has_a_shape() -> None:
    missing = []
    for line in api_schema():
        if not line.is_method:
            continue
        name = METHODS.get(line.name, line.name)
        canonical = api_schema().canonical(name)
        if canonical is None or canonical.result == line.result:
            continue
        if (line.name, str(line.result)) not in SHAPES:
            missing.append(f"{line.name}#{line.id:08x}: {canonical.result} -> {line.result}")
    assert missing == []


@pytest.mark.parametrize(("name", "old_type"), sorted(SHAPES))
def test_old_shapes_read_back_at_their_layers(name: str, old_type: str) -> None:
    line = OLD_ID[name, old_type]
    canonical = class_of("api", METHODS.get(name, name)).COMBINATOR.result
    for layer in {max(line.first_layer, tl.MIN_LAYER), max(line.last_layer, tl.MIN_LAYER)}:
        for seed in range(20):
            value = Samples(seed).of_type(canonical)
            read(tl.encode_result(value, line.id, layer), old_type, layer)


def test_old_ids_inside_a_new_layer() -> None:
    """Official Android sends older method ids inside a newer layer."""
    updates = api.Updates(updates=[], users=[], chats=[], date=1, seq=0)
    invited = api.messages.InvitedUsers(updates=updates, missing_invitees=[])
    old_create_chat = OLD_ID["messages.createChat", "Updates"]
    assert read(tl.encode_result(invited, old_create_chat.id, tl.LAYER), "Updates", tl.LAYER)["_"] == "updates"
    data = tl.encode_result(invited, api.messages.CreateChat.CONSTRUCTOR_ID, tl.LAYER)
    assert tl.decode(data) == invited
    filters = api.messages.DialogFilters(filters=[api.DialogFilterDefault()])
    line = OLD_ID["messages.getDialogFilters", "Vector<DialogFilter>"]
    assert read(tl.encode_result(filters, line.id, 220), "Vector<DialogFilter>", 220) == [{"_": "dialogFilterDefault"}]


def test_vectors_of_results_drop_what_the_layer_does_not_know() -> None:
    method = api.messages.GetDialogUnreadMarks.CONSTRUCTOR_ID
    marks = [api.DialogPeerCommunity(community_id=1), api.DialogPeerFolder(folder_id=2)]
    assert [mark["_"] for mark in read(tl.encode_result(marks, method, 220), "Vector<DialogPeer>", 220)] == [
        "dialogPeerFolder"
    ]


def test_old_requests_become_canonical_ones() -> None:
    old_send = OLD_ID["messages.sendMessage", "Updates"]
    assert old_send.name == "messages.sendMessage"
    peer = tl.encode(api.InputPeerSelf())
    body = struct.pack("<II", 0x1CC20387, 1) + peer + struct.pack("<i", 77) + b"\x02hi\x00" + struct.pack("<q", 5)
    request = tl.decode_request(body)
    assert isinstance(request, api.messages.SendMessage)
    assert request.reply_to == api.InputReplyToMessage(reply_to_msg_id=77)
    assert (request.message, request.random_id, request.wire_id) == ("hi", 5, 0x1CC20387)
    channel = tl.encode(api.InputChannel(channel_id=1, access_hash=2))
    topics = tl.decode_request(struct.pack("<I", 0xB0831EB9) + channel + struct.pack("<IIi", 0x1CB5C415, 1, 9))
    assert topics == api.messages.GetForumTopicsByID(peer=api.InputPeerChannel(channel_id=1, access_hash=2), topics=[9])
    assert topics.wire_id == 0xB0831EB9


@pytest.mark.parametrize(
    ("value", "method"),
    [
        (True, api.account.UpdateStatus),
        ([1, 2], api.contacts.GetContactIDs),
        ([], api.users.GetUsers),
        ([api.UserEmpty(id=1)], api.users.GetUsers),
        (api.help.NoAppUpdate(), api.help.GetAppUpdate),
        (api.NearestDc(country="DE", this_dc=1, nearest_dc=2), api.InvokeWithoutUpdates),
        ([True, False], None),
    ],
)
def test_results_are_read_by_the_method_id(value: Any, method: type[tl.TLMethod] | None) -> None:
    method_id = method.CONSTRUCTOR_ID if method else OLD_ID["users.getIsPremiumRequiredToContact", "Vector<Bool>"].id
    requirement = {True: api.RequirementToContactPremium(), False: api.RequirementToContactEmpty()}
    canonical = value if method else [requirement[item] for item in value]
    data = tl.encode_result(canonical, method_id, tl.LAYER)
    assert tl.decode_result(data, method_id) == value
    for broken in (data[:-4], data + bytes(4), b"\x01" + data[1:]):
        with pytest.raises(tl.DecodeError):
            tl.decode_result(broken, method_id)
    with pytest.raises(tl.DecodeError, match="not a method"):
        tl.decode_result(data, 1)
