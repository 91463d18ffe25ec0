"""The unmodified key exchanges of Telethon and Kurigram against our server."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pyrogram.crypto.rsa as kurigram_rsa
import pytest
import telethon.crypto.rsa as telethon_rsa
from pyrogram.session.auth import Auth
from telethon.errors import SecurityError
from telethon.extensions import BinaryReader
from telethon.network.authenticator import do_authentication

from connection_tier.exchange import MsgIdSource, NewAuthKey, decode_unencrypted, encode_unencrypted
from tests.unit.crypto.keys import server_key
from tests.unit.exchange.steps import ManualClock, answer_of, server


class Wire:
    """Answers unencrypted messages as a connection would."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.exchange = server(self.clock)
        self.msg_ids = MsgIdSource(self.clock)
        self.new_key: NewAuthKey | None = None

    def answer(self, payload: bytes) -> bytes:
        body, self.new_key = answer_of(self.exchange, decode_unencrypted(payload).body)
        return encode_unencrypted(self.msg_ids.next(), body)


@pytest.fixture
def telethon_key() -> Iterator[None]:
    telethon_rsa.add_key(server_key().public_pem(), old=False)
    yield
    del telethon_rsa._server_keys[server_key().fingerprint]


@pytest.mark.usefixtures("telethon_key")
async def test_telethon() -> None:  # checklist 131: legacy padding with the plain p_q_inner_data
    while True:
        wire = Wire()
        try:
            auth_key, _ = await do_authentication(_Sender(wire))
        except SecurityError:
            # Telethon hashes a key that starts with zeros without them (1 in 256), and itself tries again.
            assert wire.new_key is not None
            assert wire.new_key.auth_key.key[0] == 0
            continue
        break
    assert wire.new_key is not None
    assert auth_key.key == wire.new_key.auth_key.key


class _Sender:
    """What Telethon's authenticator sends through."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def send(self, request: Any) -> Any:
        with BinaryReader(self._wire.answer(encode_unencrypted(4, bytes(request)))[20:]) as reader:
            return reader.tgread_object()


@pytest.fixture
def kurigram_key() -> Iterator[None]:
    public = server_key().public
    kurigram_rsa.server_public_keys[server_key().fingerprint] = kurigram_rsa.PublicKey(public.n, public.e)
    yield
    del kurigram_rsa.server_public_keys[server_key().fingerprint]


@pytest.mark.usefixtures("kurigram_key")
async def test_kurigram() -> None:  # checklist 131
    wire = Wire()

    class Connection:
        def __init__(self, **options: Any) -> None:
            self.answers: list[bytes] = []

        async def connect(self) -> None:
            pass

        async def send(self, payload: bytes) -> None:
            self.answers.append(wire.answer(payload))

        async def recv(self) -> bytes:
            return self.answers.pop(0)

        async def close(self) -> None:
            pass

    client: Any = SimpleNamespace(
        ipv6=False, proxy=None, connection_factory=Connection, protocol_factory=None, loop=None, server_time=1.7e9
    )
    auth: Any = Auth(client, 2, "127.0.0.1", 443, test_mode=False)
    auth_key = await auth.create()
    assert wire.new_key is not None
    assert auth_key == wire.new_key.auth_key.key
