"""What TDLib, the web clients, Telegram Desktop and Android demand, told by a raw client: docs/reference/clients.md."""

from __future__ import annotations

import asyncio
import os
import struct
import time
import zlib
from typing import Any

import pytest

import tl
from connection_tier.exchange import MsgIdSource, decode_unencrypted, encode_unencrypted
from connection_tier.session import wire
from connection_tier.session.client_events import BadMsg, RpcResult, ServiceAnswer, StateInfo
from connection_tier.transport import ClientTransport
from layers.errors import RpcError
from tests.e2e.clients.phones import new_phone
from tests.functional.clients import member, raw, tcp, websocket, with_key
from tests.functional.start_up import CLIENTS, ERRORS, encoded, request
from tests.functional.test_sessions import _bind
from tests.raw_client import RawClient
from tests.servers import HOST, Server
from tl import api, mtproto


@pytest.mark.parametrize("name", CLIENTS)
async def test_start_up(server: Server, name: str) -> None:  # checklist 114
    """Each call of a client's start is answered in its layer, and no answer is an error of this server's."""
    layer, methods = CLIENTS[name]
    async with raw(server, layer=layer) as client:
        await client.make_key()
        await client.sign_up(new_phone(), name)
        for method in methods:
            made = request(method)
            answer = await client.invoke_raw(encoded(made, layer))
            if method in ERRORS:
                assert answer.error is not None, method
                assert answer.error[1] == ERRORS[method]
            else:
                assert answer.error is None, (method, answer.error)
                # To the last byte: TDLib takes trailing ones for an error.
                tl.decode_result(answer.body, type(made).CONSTRUCTOR_ID)


async def test_start_up_in_one_container(server: Server) -> None:
    """Web K asks for everything at once: 50 calls in flight, each answered once."""
    layer, methods = CLIENTS["Web K"]
    async with raw(server, websocket(server), layer=layer) as client:
        await client.make_key()
        await client.sign_up(new_phone(), "Web K")
        client.events.clear()
        asked = [client.put(encoded(request(method), layer))[0] for method in methods]
        await client.flush()
        await client.wait_for(lambda: len([e for e in client.events if isinstance(e, RpcResult)]) >= len(asked))
        answered = [event.req_msg_id for event in client.events if isinstance(event, RpcResult)]
        assert sorted(answered) == sorted(asked)


async def test_unknown_login_method_beside_the_login_token(server: Server) -> None:  # checklist 66
    """auth.initPasskeyLogin in one container with auth.exportLoginToken: the phone form waits for the latter."""
    async with with_key(server, websocket(server), layer=220) as client:
        await client.invoke(api.help.GetConfig())
        passkey = client.put(struct.pack("<Ii", 0x518AD0B7, 1) + b"\x01x\0\0")[1]
        token = client.put(api.auth.ExportLoginToken(api_id=1, api_hash="x" * 32, except_ids=[]))[1]
        await client.flush()
        assert (await passkey).error is not None
        answer = await token
        assert answer.error is None
        assert isinstance(tl.decode(answer.body), api.auth.LoginToken)


async def test_second_connection_at_once(server: Server) -> None:
    """Web A opens another connection under the same key, in a session of its own, before the first has spoken."""
    async with with_key(server, websocket(server)) as first, raw(server, websocket(server)) as second:
        assert first.key is not None
        second.use_key(first.key)
        answers = await asyncio.gather(
            *(client.invoke(api.help.GetConfig()) for client in (second, first) for _ in range(5))
        )
        assert all(isinstance(answer, api.Config) for answer in answers)


@pytest.mark.parametrize("kind", ["abridged", "intermediate", "padded_intermediate", "full"])
async def test_probes(server: Server, kind: str) -> None:  # checklist 23
    """Telegram Desktop sends a fake req_pq on each candidate connection and drops all but the fastest."""

    async def probe() -> None:
        async with raw(server, kind=kind, obfuscated=kind != "full") as client:
            nonce = os.urandom(16)
            for _ in range(3):
                query = tl.encode(mtproto.ReqPq(nonce=nonce))
                await client.send_payload(encode_unencrypted(MsgIdSource(time.time).next() - 1, query))
                answer = tl.decode(decode_unencrypted(await client.next_payload()).body)
                assert isinstance(answer, mtproto.ResPQ)
                assert answer.nonce == nonce

    await asyncio.gather(*(probe() for _ in range(10)))
    async with with_key(server, kind=kind, obfuscated=kind != "full") as client:
        assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)


@pytest.mark.parametrize("wbits", [15, 31], ids=["zlib", "gzip"])
@pytest.mark.parametrize("size", [40, 4000, 300_000])
async def test_packed_queries(server: Server, wbits: int, size: int) -> None:  # checklist 63
    """TDLib packs in zlib's format, inside its wrappers too; others in gzip's."""

    def packed(body: bytes) -> bytes:
        return struct.pack("<I", 0x3072CFA1) + wire.tl_bytes(zlib.compress(body, wbits=wbits))

    names = [f"nobody{number}" for number in range(size // 20)]
    query = tl.encode(api.langpack.GetStrings(lang_pack="tdesktop", lang_code="en", keys=names[:9000]))
    async with member(server) as client:
        for body in (packed(query), tl.encode(api.InvokeWithLayer(layer=tl.LAYER, query=packed(query)))):
            answer = await client.invoke_raw(body)
            assert answer.error is None
            assert len(tl.decode_result(answer.body, api.langpack.GetStrings.CONSTRUCTOR_ID)) == len(names[:9000])


@pytest.mark.parametrize("with_temporary_key", [False, True])
async def test_destroyed_key_is_answered_bare(server: Server, with_temporary_key: bool) -> None:  # checklist 61
    """TDLib takes the answer of destroy_auth_key only outside an rpc_result."""
    async with member(server) as client, raw(server) as temporary:
        permanent = client.key
        assert permanent is not None
        asking = client
        if with_temporary_key:
            asking = temporary
            await temporary.make_key(expires_in=3600)
            await _bind(temporary, permanent, expires_at=int(time.time()) + 3600)
        assert asking.session is not None
        msg_id = asking.session.service(wire.destroy_auth_key(), is_content_related=True)
        await asking.flush()
        await asking.wait_closed()
        assert [e.constructor_id for e in asking.events if isinstance(e, ServiceAnswer)] == [wire.DESTROY_AUTH_KEY_OK]
        assert msg_id not in [event.req_msg_id for event in asking.events if isinstance(event, RpcResult)]


async def test_states_after_a_reconnection(server: Server) -> None:  # checklist 55
    """TDLib asks for the state of what it sent, first thing on a new connection of the same session."""
    async with member(server) as client:
        msg_id, answer = client.put(api.help.GetConfig())
        await client.flush()
        await answer
        key, session = client.key, client.session
    async with raw(server, key=key, session=session) as again:
        assert session is not None
        asked = session.request_states(msg_id, msg_id + (1 << 40))
        await again.flush()
        await again.wait_for(lambda: any(isinstance(event, StateInfo) for event in again.events))
        [info] = [event for event in again.events if isinstance(event, StateInfo)]
        assert info.req_msg_id == asked
        assert [state & 7 for state in info.info] == [4, 3]


async def test_parts_out_of_order_over_eight_connections(server: Server) -> None:  # checklist 91
    """TDLib's sessions share nothing but the file_id; the last part may come first."""
    content = [os.urandom(1024 * 512) for _ in range(15)] + [os.urandom(777)]
    file_id = int.from_bytes(os.urandom(7), "little")
    async with member(server) as client:
        assert client.key is not None
        lanes = [raw(server) for _ in range(8)]

        async def upload(lane: RawClient, numbers: range) -> None:
            async with lane:
                assert client.key is not None
                lane.use_key(client.key)
                for number in numbers:
                    saved = api.upload.SaveFilePart(file_id=file_id, file_part=number, bytes=content[number])
                    assert await lane.invoke(saved) is True

        await asyncio.gather(*(upload(lane, range(15 - index, -1, -8)) for index, lane in enumerate(lanes)))
        media = await client.invoke(
            api.messages.UploadMedia(
                peer=api.InputPeerSelf(),
                media=api.InputMediaUploadedDocument(
                    file=api.InputFile(id=file_id, parts=16, name="a.bin", md5_checksum=""),
                    mime_type="application/octet-stream",
                    attributes=[api.DocumentAttributeFilename(file_name="a.bin")],
                ),
            )
        )
        document = media.document
        assert document.size == sum(map(len, content))
        location = api.InputDocumentFileLocation(
            id=document.id,
            access_hash=document.access_hash,
            file_reference=document.file_reference,
            thumb_size="",
        )
        last = await client.invoke(api.upload.GetFile(location=location, offset=15 * 512 * 1024, limit=4096))
        assert last.bytes == content[15]


@pytest.mark.parametrize("streams", ["tcp", "websocket"])
async def test_no_answer_is_lost_from_many_in_flight(server: Server, streams: str) -> None:  # checklist 65, 133
    """300 calls without waiting, in single packets; each is answered exactly once."""
    async with with_key(server, tcp(server) if streams == "tcp" else websocket(server)) as client:
        await client.invoke(api.help.GetConfig())
        client.events.clear()
        asked = []
        for number in range(300):
            asked.append(client.put(api.help.GetNearestDc() if number % 7 else api.help.GetConfig())[0])
            await client.flush()
        await client.wait_for(lambda: len([e for e in client.events if isinstance(e, RpcResult)]) >= 300)
        answers = [event for event in client.events if isinstance(event, RpcResult)]
        assert sorted(event.req_msg_id for event in answers) == asked
        assert not [event for event in answers if event.error is not None]


async def test_transport_errors_have_four_bytes(server: Server) -> None:  # checklist 13
    """mtcute and TDLib take nothing else for an error."""
    for head in (b"\xef", b"\xee" * 4):
        reader, writer = await asyncio.open_connection(HOST, server.tcp_port)
        payload = os.urandom(24 + 32)
        length = b"\x0e" if len(head) == 1 else struct.pack("<I", 56)
        writer.write(head + length + payload)
        error = (b"\x01" if len(head) == 1 else struct.pack("<I", 4)) + struct.pack("<i", -404)
        assert await reader.read() == error
        writer.close()


async def test_old_method_ids_in_a_new_layer(server: Server) -> None:
    """Official Android sends ids of older layers: updates.getDifference of layer 158, answered in the new layer."""
    async with member(server) as client:
        state = await client.invoke(api.updates.GetState())
        old = struct.pack("<IIiii", 0x25939651, 0, state.pts, state.date, state.qts)
        answer = await client.invoke_raw(old)
        assert answer.error is None
        assert isinstance(tl.decode(answer.body), api.updates.DifferenceEmpty)


async def test_first_difference_after_sign_up(server: Server) -> None:  # checklist 83
    """Telethon stays deaf when the first getDifference fails."""
    for layer in (158, 229):
        async with raw(server, layer=layer) as client:
            await client.make_key()
            await client.sign_up(new_phone(), "Newcomer")
            state = await client.invoke(api.updates.GetState())
            difference = await client.invoke(api.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts))
            assert isinstance(difference, api.updates.DifferenceEmpty)


async def test_the_senders_answer_carries_its_place(server: Server) -> None:  # checklist 77, 80
    """pts = old + pts_count in the answer itself, or clients ask for the difference after every message."""
    async with member(server) as client:
        pts = (await client.invoke(api.updates.GetState())).pts
        for number in range(3):
            sent = await client.invoke(
                api.messages.SendMessage(peer=api.InputPeerSelf(), message="x", random_id=number + 1)
            )
            found = [(u.pts, u.pts_count) for u in getattr(sent, "updates", [sent]) if hasattr(u, "pts")]
            assert found == [(pts + 1, 1)]
            pts += 1


async def test_peers_where_users_are_declared(server: Server) -> None:
    """Kurigram sends inputPeerUser where InputUser is declared."""
    phone = new_phone()
    async with member(server, "Other", phone), member(server) as client:
        peer = await client.input_peer(phone)
        body = tl.encode(api.users.GetUsers(id=[api.InputUserSelf()]))
        answer = await client.invoke_raw(body[:-4] + tl.encode(peer))
        assert answer.error is None
        [user] = tl.decode_result(answer.body, api.users.GetUsers.CONSTRUCTOR_ID)
        assert user.id == peer.user_id


async def test_dialogs_of_users_have_no_pts(server: Server) -> None:
    """Only those of channels may; and whoever is referenced stands in the answer."""
    phone = new_phone()
    async with member(server, "Other", phone), member(server) as client:
        peer = await client.input_peer(phone)
        await client.invoke(api.messages.SendMessage(peer=peer, message="x", random_id=1))
        found = await client.invoke(
            api.messages.GetDialogs(offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=20, hash=0)
        )
        assert found.dialogs
        assert all(dialog.pts is None for dialog in found.dialogs)
        assert {dialog.peer.user_id for dialog in found.dialogs} <= {user.id for user in found.users}


async def test_logins_are_copied_to_other_data_centres(server: Server) -> None:  # checklist 97
    """Kurigram and @mtproto/core make a key for each DC and bring the login there."""
    async with member(server) as client, with_key(server) as other:
        me = (await client.invoke(api.users.GetUsers(id=[api.InputUserSelf()])))[0]
        for dc_id in (1, 4):
            copied = await client.invoke(api.auth.ExportAuthorization(dc_id=dc_id))
        authorization = await other.invoke(api.auth.ImportAuthorization(id=copied.id, bytes=copied.bytes))
        assert authorization.user.id == me.id


async def test_keys_for_every_data_centre_of_the_config(server: Server) -> None:
    """Web K makes a key for each of them at the addresses the config tells."""
    async with with_key(server) as client:
        config = await client.invoke(api.help.GetConfig())
    assert {option.id for option in config.dc_options} == {1, 2, 3, 4, 5}

    async def make(dc_id: int) -> None:
        async with raw(server, websocket(server)) as client:
            client._transport = ClientTransport("intermediate", obfuscated=True, dc_id=dc_id)
            await client.stream.close()
        async with with_key(server, websocket(server)) as client:
            assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)

    await asyncio.gather(*(make(dc_id) for dc_id in range(1, 6)))


def _numbers(events: list[Any]) -> list[int]:
    return [event.error_code for event in events if isinstance(event, BadMsg)]


async def test_codes_that_tdlib_tells_apart(server: Server) -> None:  # checklist 46, 49
    """16 (too old) and 17 (too new) by the client's clock, and nothing else for a skewed clock."""
    for skew_s, code in ((-3600, 16), (3600, 17)):
        async with with_key(server) as client:
            assert client.session is not None
            real = client.session._msg_ids._clock
            client.session._msg_ids._clock = lambda skew_s=skew_s, real=real: real() + skew_s  # type: ignore[misc]
            if code == 16:
                assert isinstance(await client.invoke(api.help.GetConfig()), api.Config)
            else:
                client.put(api.help.GetConfig())[1].cancel()
                client._waiting.clear()
                await client.flush()
                await client.wait_for(lambda c=client: _numbers(c.events))
            assert _numbers(client.events) == [code]


async def test_languages_answer(server: Server) -> None:
    """Packs may be empty but must answer, of each client's name."""
    async with with_key(server) as client:
        for pack in ("android", "ios", "tdesktop", "macos", "weba", "webk"):
            languages = await client.invoke(api.langpack.GetLanguages(lang_pack=pack))
            assert [language.lang_code for language in languages] == ["en"]
            strings = await client.invoke(api.langpack.GetLangPack(lang_pack=pack, lang_code="en"))
            assert isinstance(strings, api.LangPackDifference)
        with pytest.raises(RpcError, match="LANG_PACK_INVALID"):
            await client.invoke(api.langpack.GetLanguages(lang_pack="nosuchpack"))
