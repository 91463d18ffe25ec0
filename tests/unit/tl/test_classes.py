"""The lazily made classes."""

from __future__ import annotations

import subprocess
import sys

import pytest

import tl
from tl import api, mtproto
from tl.registry import class_of
from tl.schema import api_schema, mtproto_schema


def test_constructors_take_tl_fields_by_keyword() -> None:
    user = api.User(id=1, self=True, first_name="A")
    assert (user.id, user.self, user.first_name, user.last_name, user.bot) == (1, True, "A", None, False)
    with pytest.raises(TypeError):
        api.PeerUser(1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        api.PeerUser()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        api.PeerUser(user_id=1, chat_id=2)  # type: ignore[call-arg]


def test_python_keywords_get_an_underscore() -> None:
    header = api.help.TermsOfServiceUpdateEmpty(expires=1)
    assert header.FIELDS == ("expires",)
    keyword_fields = [line.name for line in api_schema() if any(p.attribute != p.name for p in line.params)]
    assert keyword_fields
    assert all("from_" in class_of("api", name).FIELDS for name in keyword_fields if api_schema().canonical(name))


def test_objects_compare_by_class_and_fields() -> None:
    assert api.PeerUser(user_id=1) == api.PeerUser(user_id=1)
    assert api.PeerUser(user_id=1) != api.PeerUser(user_id=2)
    assert api.PeerUser(user_id=1) != api.PeerChat(chat_id=1)
    assert api.PeerUser(user_id=1) != 1
    with pytest.raises(TypeError):
        hash(api.PeerUser(user_id=1))


def test_repr_and_dict_show_present_fields_only() -> None:
    message = api.messages.SendMessage(peer=api.InputPeerSelf(), message="x", random_id=3, silent=True)
    assert repr(message) == "messages.SendMessage(silent=True, peer=InputPeerSelf(), message='x', random_id=3)"
    assert message.to_dict() == {
        "_": "messages.sendMessage",
        "silent": True,
        "peer": {"_": "inputPeerSelf"},
        "message": "x",
        "random_id": 3,
    }
    assert api.InputPeerSelf().to_dict() == {"_": "inputPeerSelf"}
    assert api.messages.Chats(chats=[api.ChatEmpty(id=1)]).to_dict()["chats"] == [{"_": "chatEmpty", "id": 1}]


def test_class_attributes_name_the_line() -> None:
    cls = api.messages.SendMessage
    assert (cls.TL_NAME, cls.IS_METHOD, cls.RESULT) == ("messages.sendMessage", True, "Updates")
    assert cls.CONSTRUCTOR_ID in api_schema()
    assert (api.InputPeerUser.TL_TYPE, api.InputPeerUser.IS_METHOD) == ("InputPeer", False)
    assert api.users.GetUsers.RESULT == "Vector<User>"
    assert issubclass(cls, tl.TLMethod)
    assert not issubclass(api.InputPeerUser, tl.TLMethod)
    assert api.help.GetConfig().wire_id == api.help.GetConfig.CONSTRUCTOR_ID


def test_slots_keep_typos_out() -> None:
    with pytest.raises(AttributeError):
        api.PeerUser(user_id=1).userid = 2  # type: ignore[attr-defined]


def test_mtproto_names_are_pascal_case() -> None:
    for name in ("ReqPqMulti", "PQInnerDataDc", "ServerDHParamsOk", "MsgsAck", "BadServerSalt", "ResPQ", "RpcResult"):
        assert issubclass(getattr(mtproto, name), tl.TLObject)
    assert mtproto.Message.CONSTRUCTOR_ID != api.Message.CONSTRUCTOR_ID


def test_names_that_do_not_exist_raise_attribute_error() -> None:
    for holder in (api, mtproto, api.messages):
        assert not hasattr(holder, "NoSuchThing")
        assert not hasattr(holder, "sendMessage")
    assert not hasattr(api, "KeyboardButtonUrl"), "names that the canonical layer dropped are not public"


def test_dir_lists_every_canonical_name() -> None:
    assert {"Message", "messages", "InvokeWithLayer"} <= set(dir(api))
    assert "SendMessage" in dir(api.messages)
    listed = sum(len(dir(getattr(api, name))) for name in dir(api) if name.islower())
    listed += sum(not name.islower() for name in dir(api))
    assert listed == sum(line.last_layer == tl.LAYER for line in api_schema())
    assert "ReqPqMulti" in dir(mtproto)


def test_every_class_can_be_made() -> None:
    for line in (*api_schema(), *mtproto_schema()):
        cls = class_of(line.schema, line.name)
        assert line.name == cls.TL_NAME
        assert set(cls.FIELDS) == {param.attribute for param in cls.COMBINATOR.fields}


def test_abstract_types_answer_isinstance_and_constructors() -> None:
    assert isinstance(api.PeerUser(user_id=1), api.TypePeer)
    assert not isinstance(api.User(id=1), api.TypePeer)
    assert not isinstance(mtproto.Message(msg_id=1, seqno=1, bytes=0, body=b""), api.TypeMessage)
    assert isinstance(api.messages.DialogsNotModified(count=1), api.messages.TypeDialogs)
    assert not isinstance(3, api.TypePeer)
    assert set(tl.constructors_of("Peer")) == {"peerUser", "peerChat", "peerChannel"}
    assert tl.constructors_of("ResPQ") == ("resPQ",)
    with pytest.raises(KeyError):
        tl.constructors_of("NoSuchType")


def test_abstract_base_classes_cannot_be_made() -> None:
    for cls in (tl.TLObject, tl.TLMethod):
        with pytest.raises(TypeError):
            cls()


def test_method_names_by_id_of_any_layer() -> None:
    assert tl.method_name(api.messages.SendMessage.CONSTRUCTOR_ID) == "messages.sendMessage"
    assert tl.method_name(0x1CC20387) == "messages.sendMessage", "layer 158"
    assert tl.method_name(mtproto.Ping.CONSTRUCTOR_ID) == "ping"
    assert tl.method_name(api.PeerUser.CONSTRUCTOR_ID) is None
    assert tl.method_name(1) is None


def test_importing_reads_no_schema() -> None:
    """Cold starts pay for what they use."""
    code = "import tl, tl.schema; from tl import api, mtproto; assert tl.schema.api_schema.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_metadata_covers_every_method() -> None:
    described = {method.name: method for method in tl.methods()}
    canonical = {line.name: line for line in api_schema() if line.is_method and line.last_layer == tl.LAYER}
    assert described.keys() == canonical.keys()
    for name, method in described.items():
        assert method.constructor_id == canonical[name].id
        assert method.usable_by in {"user", "bot", "both"}
    send = described["messages.sendMessage"]
    assert (send.usable_by, send.result) == ("both", "Updates")
    assert tl.ErrorInfo(400, "MESSAGE_TOO_LONG") in send.errors
    assert any(error.name == "PHONE_NUMBER_INVALID" for error in tl.errors())
