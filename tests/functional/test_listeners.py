"""Where a node listens: several addresses, TLS, PROXY headers, MTProxy secrets, origins, caps. checklist 1, 18, 20"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telethon.network import ConnectionHttp, ConnectionTcpMTProxyRandomizedIntermediate
from telethon.network.connection.http import HttpPacketCodec

from connection_tier.cli import main
from connection_tier.crypto.rsa import RsaPublicKey
from connection_tier.server import connection as connections
from connection_tier.server import tcp
from connection_tier.server.app import load_rsa_key, running_node
from connection_tier.server.node import Node
from connection_tier.transport import ClientTransport
from layers.bootstrap import close_services, open_services
from layers.config import load_settings
from tests.e2e.clients import telethon_client
from tests.e2e.clients.phones import new_phone
from tests.functional.certificates import make_certificate
from tests.raw_client import RawClient, TcpStream, TransportFailed, WebSocketStream
from tests.servers import Server
from tests.unit.transport.test_fake_tls import hello as client_hello
from tests.unit.transport.test_fake_tls import is_answer
from tests.unit.transport.test_fake_tls import record as tls_record
from tl import api

SECRET = "00112233445566778899aabbccddeeff"


class Running:
    """A node in this process."""

    def __init__(self, node: Node, public_key: RsaPublicKey) -> None:
        self.node = node
        self.public_key = public_key

    def port(self, name: str = "tcp", number: int = 0) -> int:
        """A port it listens on."""
        return self.node.addresses[name][number][1]

    def url(self, path: str, name: str = "http") -> str:
        """A URL of its HTTP port."""
        return f"http://127.0.0.1:{self.port(name)}{path}"

    def client(self, host: str = "127.0.0.1", number: int = 0, **options: Any) -> RawClient:
        """A client of its TCP port."""
        return RawClient(self.public_key, TcpStream(host, self.port("tcp", number)), **options)


@asynccontextmanager
async def running(data: Path, **settings: Any) -> AsyncIterator[Running]:
    """A node in this process, on free ports."""
    flags = {"tcp": "127.0.0.1:0", "http": "127.0.0.1:0", "login_code": "fixed:12345", **settings}
    services = await asyncio.to_thread(open_services, load_settings(data=data, **flags))
    try:
        key = load_rsa_key(services.settings)
        async with running_node(services, key) as node:
            yield Running(node, key.public)
    finally:
        await asyncio.to_thread(close_services, services)


async def ask(client: RawClient) -> Any:
    """A key and an answer."""
    async with client:
        await client.make_key()
        return await client.invoke(api.help.GetConfig())


async def test_several_addresses(tmp_path: Path) -> None:
    async with running(tmp_path, tcp="127.0.0.1:0, 127.0.0.1:0,[::1]:0", http="127.0.0.1:0,[::1]:0") as running_one:
        for number, host in enumerate(("127.0.0.1", "127.0.0.1", "::1")):
            config = await ask(running_one.client(host, number))
            assert {option.ipv6 for option in config.dc_options} == {False, True}
        async with aiohttp.ClientSession() as http:
            url = f"http://[::1]:{running_one.port('http', 1)}/readyz"
            async with http.get(url) as response:
                assert response.status == 200


@pytest.mark.parametrize(
    "header",
    [
        b"PROXY TCP4 192.0.2.7 203.0.113.1 40000 443\r\n",
        b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\xc0\x00\x02\x07\xcb\x00\x71\x01\x9c\x40\x01\xbb",
    ],
    ids=["v1", "v2"],
)
async def test_proxy_header(tmp_path: Path, header: bytes) -> None:
    """The client's address is the header's, over TCP, WebSocket and HTTP; each counts against its own bound."""

    class Balanced(TcpStream):
        async def open(self) -> None:
            await super().open()
            for position in range(len(header)):
                await self.send(header[position : position + 1])

    async with running(tmp_path, proxy_protocol="required", max_connections_per_ip=1) as one:
        async with RawClient(one.public_key, Balanced("127.0.0.1", one.port())) as client:
            await client.make_key()
            assert [connection.ip for connection in one.node.connections] == ["192.0.2.7"]
            async with RawClient(one.public_key, Balanced("127.0.0.1", one.port())) as surplus:
                await surplus.wait_closed()
            other = header.replace(b"192.0.2.7", b"192.0.2.8").replace(b"\xc0\x00\x02\x07", b"\xc0\x00\x02\x08")
            reader, writer = await asyncio.open_connection("127.0.0.1", one.port("http"))
            writer.write(other + b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b" 200 " in await reader.readline()
            writer.close()
            await writer.wait_closed()
        await until(lambda: one.node.sockets == 0)


async def until(condition: Any) -> None:
    """Return once the condition holds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - the node tells nobody
            await asyncio.sleep(0.01)


async def test_no_proxy_header_where_one_is_required(tmp_path: Path) -> None:
    async with running(tmp_path, proxy_protocol="required") as one:
        async with one.client() as client:
            await client.wait_closed()
        assert one.node.sockets == 0


async def test_tls(tmp_path: Path) -> None:  # checklist 15, 16, 18
    certificate, key = make_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=certificate)

    class SecureWebSocket(WebSocketStream):
        async def open(self) -> None:
            self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusting))
            self._socket = await self._http.ws_connect(self._url, protocols=("binary",), max_msg_size=0)

    async with running(tmp_path, https="127.0.0.1:0", tls_cert=certificate, tls_key=key) as one:
        stream = SecureWebSocket(f"wss://127.0.0.1:{one.port('https')}/apiws")
        assert isinstance(await ask(RawClient(one.public_key, stream)), api.Config)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusting)) as http:
            async with http.get(f"https://127.0.0.1:{one.port('https')}/readyz") as response:
                assert response.status == 200
            async with http.post(f"https://127.0.0.1:{one.port('https')}/apiw1", data=bytes(24)) as response:
                assert response.status == 404


async def test_origins(tmp_path: Path) -> None:  # checklist 15
    async with running(tmp_path, web_origins="https://web.example.org") as one, aiohttp.ClientSession() as http:
        for origin, is_allowed in (
            ("https://web.example.org", True),
            ("https://evil.example.org", False),
            ("null", False),
            (None, True),
        ):
            headers = {} if origin is None else {"Origin": origin}
            try:
                async with http.ws_connect(one.url("/apiws"), protocols=("binary",), headers=headers) as socket:
                    assert socket.protocol == "binary"
                    assert is_allowed
            except aiohttp.WSServerHandshakeError as error:
                assert (error.status, is_allowed) == (403, False)
            async with http.post(one.url("/apiw1"), data=bytes(24), headers=headers) as response:
                assert response.status == (404 if is_allowed else 403)
                shown = response.headers.get("Access-Control-Allow-Origin")
                assert shown == (origin if is_allowed else None)


@pytest.mark.parametrize(("kind", "secret"), [("abridged", SECRET), ("padded_intermediate", "dd" + SECRET)])
async def test_proxy_secret(tmp_path: Path, kind: str, secret: str) -> None:  # checklist 11
    async with running(tmp_path, proxy_secrets=f"{'ff' * 16},{secret}") as one:
        client = one.client(kind=kind)
        client._transport = ClientTransport(kind, obfuscated=True, secret=bytes.fromhex(SECRET))
        assert isinstance(await ask(client), api.Config)
        assert isinstance(await ask(one.client(kind=kind)), api.Config)


class FakeTlsStream(TcpStream):
    """A client's half of fake TLS."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self._received = bytearray()

    async def open(self) -> None:
        await super().open()
        first = client_hello(bytes.fromhex(SECRET), sent_at=int(time.time()))
        await super().send(first)
        while not self._received.count(b"\x17\x03\x03"):
            self._received += await super().receive()
        data_at = self._received.index(b"\x17\x03\x03")
        while len(self._received) < data_at + 5 + int.from_bytes(self._received[data_at + 3 : data_at + 5], "big"):
            self._received += await super().receive()
        assert is_answer(bytes(self._received), first, bytes.fromhex(SECRET))
        self._received.clear()
        await super().send(b"\x14\x03\x03\x00\x01\x01")

    async def send(self, data: bytes) -> None:
        for start in range(0, len(data), 1000):
            await super().send(tls_record(data[start : start + 1000]))

    async def receive(self) -> bytes:
        while len(self._received) < 5 or len(self._received) < 5 + int.from_bytes(self._received[3:5], "big"):
            data = await super().receive()
            if not data:
                return b""
            self._received += data
        end = 5 + int.from_bytes(self._received[3:5], "big")
        record = bytes(self._received[5:end])
        del self._received[:end]
        return record


async def test_fake_tls(tmp_path: Path) -> None:
    """Checklist 11. A key and a large answer through it; a plain client on the same port; a stranger's hello."""
    async with running(tmp_path, proxy_secrets=f"ee{SECRET}{b'example.org'.hex()}") as one:
        client = RawClient(one.public_key, FakeTlsStream("127.0.0.1", one.port()), kind="padded_intermediate")
        client._transport = ClientTransport("padded_intermediate", obfuscated=True, secret=bytes.fromhex(SECRET))
        async with client:
            await client.make_key()
            countries = await client.invoke(api.help.GetCountriesList(lang_code="en", hash=0))
            assert len(countries.countries) > 200
        assert isinstance(await ask(one.client()), api.Config)
        reader, writer = await asyncio.open_connection("127.0.0.1", one.port())
        writer.write(client_hello(bytes(16), sent_at=int(time.time())))
        assert await reader.read() == b""
        writer.close()


async def test_telethon_through_a_secret(make_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # checklist 11
    server: Server = make_server(CIRRUSGRAM_PROXY_SECRETS="dd" + SECRET)
    monkeypatch.setitem(telethon_client.TRANSPORTS, "mtproxy", ConnectionTcpMTProxyRandomizedIntermediate)
    proxy = ("127.0.0.1", server.tcp_port, "dd" + SECRET)
    async with telethon_client.telethon(server, "Ann", phone=new_phone(), transport="mtproxy", proxy=proxy) as ann:
        assert (await ann.send_message("me", "through")).message == "through"


class RepairedCodec(HttpPacketCodec):  # type: ignore[misc]  # Telethon is untyped
    """Telethon 1.45 compares a byte with a string of one and gives up at the first line; else it is Telethon's."""

    async def read_packet(self, reader: asyncio.StreamReader) -> bytes:
        while True:
            line = await reader.readline()
            if not line.endswith(b"\n"):
                raise asyncio.IncompleteReadError(line, None)
            if line.lower().startswith(b"content-length: "):
                await reader.readexactly(2)
                return await reader.readexactly(int(line[16:-2]))


class RepairedHttp(ConnectionHttp):  # type: ignore[misc]
    """Telethon's HTTP connection with that codec: it never sends http_wait, and it pipelines."""

    packet_codec = RepairedCodec


async def test_telethon_over_http(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:  # checklist 16, 131
    """On the TCP port, where Telethon's HTTP client looks for it."""
    monkeypatch.setitem(telethon_client.TRANSPORTS, "http", RepairedHttp)
    async with telethon_client.telethon(server, "Hal", phone=new_phone(), transport="http") as hal:
        for number in range(5):
            assert (await hal.send_message("me", f"over http {number}")).message == f"over http {number}"
        texts = [message.message for message in await hal.get_messages("me", limit=5)]
        assert texts == [f"over http {number}" for number in reversed(range(5))]
        sent = await asyncio.gather(*(hal.send_message("me", f"at once {number}") for number in range(10)))
        assert len({message.id for message in sent}) == 10


async def test_connections_of_one_address(tmp_path: Path) -> None:  # checklist 20
    """HTTP sockets count on either port; a closed one makes room."""
    async with running(tmp_path, max_connections_per_ip=2) as one, one.client():
        reader, writer = await asyncio.open_connection("127.0.0.1", one.port())
        writer.write(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in await reader.readline()
        async with one.client() as surplus:
            await surplus.wait_closed()
        writer.close()
        await writer.wait_closed()
        await until(lambda: one.node.sockets == 1)
        assert isinstance(await ask(one.client()), api.Config)


async def test_inbound_bytes_are_bounded(tmp_path: Path) -> None:  # checklist 20
    """Whoever makes the node hold too much gets -429; the others go on."""
    async with running(tmp_path, max_inbound_bytes=1 << 20) as one, one.client(kind="intermediate") as honest:
        await honest.make_key()
        async with one.client(kind="intermediate", obfuscated=False) as greedy:
            await greedy.stream.send((2 << 20).to_bytes(4, "little") + bytes(3 << 19))
            await greedy.wait_closed()
            assert greedy.error_code == -429
        assert isinstance(await honest.invoke(api.help.GetConfig()), api.Config)
        await until(lambda: one.node.inbound.held == 0)


async def test_messages_of_a_connection_are_bounded(tmp_path: Path) -> None:  # checklist 20
    async with running(tmp_path, max_messages_per_s=10) as one, one.client() as client:
        await client.make_key()
        assert client.session is not None
        with contextlib.suppress(ConnectionError):
            for number in range(100):
                client.session.ping(number)
                await client.flush()
        await client.wait_closed()
        assert client.error_code == -429


async def attempt(one: Running, host: str = "127.0.0.1", number: int = 0) -> int:
    """A key exchange; 200 or the transport error it met."""
    try:
        async with one.client(host, number) as client:
            await client.make_key()
    except TransportFailed as failed:
        return failed.code or 0
    return 200


async def test_handshakes_are_bounded(tmp_path: Path) -> None:  # checklist 20
    """Of many at once some are refused with -429, none is left behind, and one later succeeds."""
    async with running(tmp_path, max_handshakes=1) as one:
        outcomes = await asyncio.gather(*(attempt(one) for _ in range(20)))
        assert set(outcomes) <= {200, -429}
        assert 200 in outcomes
        assert -429 in outcomes
        assert await attempt(one) == 200


async def test_handshakes_of_an_address_are_bounded(tmp_path: Path) -> None:  # checklist 20
    """Whoever makes keys as fast as he can is told -429 before his arithmetic is done; others make theirs."""
    async with running(tmp_path, max_handshakes_per_s=1, tcp="127.0.0.1:0,[::1]:0") as one:
        outcomes = await asyncio.gather(*(attempt(one) for _ in range(30)))
        assert set(outcomes) == {200, -429}
        assert await attempt(one, "::1", 1) == 200


async def test_http_without_a_request_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a header for too long, on either port; a client that has asked once stays. Checklist 20, 133."""
    monkeypatch.setattr(tcp, "_HTTP_REQUEST_DEADLINE_S", 0.5)
    async with running(tmp_path) as one:
        port = one.port("http")
        patient, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in await patient.readline()
        for number, half in ((port, b""), (port, b"GET /apiws HTTP/1.1\r\n"), (one.port(), b"POST /api HTTP/1.1\r\n")):
            reader, slow = await asyncio.open_connection("127.0.0.1", number)
            slow.write(half)
            with contextlib.suppress(ConnectionError):
                async with asyncio.timeout(10):
                    assert await reader.read() == b""
            slow.close()
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        async with asyncio.timeout(10):
            while b" 200 " not in await patient.readline():
                pass
        writer.close()


def test_strangers_are_closed() -> None:  # checklist 20
    """Silence for a minute, or two minutes of trickled bytes without a key."""

    class Clock:
        def __init__(self) -> None:
            self.now = 1000.0

        def __call__(self) -> float:
            return self.now

    class Services:
        clock = Clock()
        settings = load_settings()

    class FakeNode:
        services = Services()
        proxy_secrets = ()

    class FakeWire:
        def write(self, data: bytes) -> None: ...

        def close(self) -> None: ...

        def pause_reading(self) -> None: ...

        def resume_reading(self) -> None: ...

    stranger = connections.Connection(FakeNode(), FakeWire(), "192.0.2.7")  # type: ignore[arg-type]
    assert not stranger.is_overdue(1060.0)
    assert stranger.is_overdue(1060.1)
    stranger.last_seen = 1119.0
    assert not stranger.is_overdue(1119.9)
    assert stranger.is_overdue(1120.1)
    stranger.is_proven = True
    assert not stranger.is_overdue(1119.0 + 900)
    assert stranger.is_overdue(1119.0 + 901)
    stranger.close_at = 1130.0
    assert stranger.is_overdue(1130.0)


@pytest.mark.parametrize(
    ("environment", "flags", "named"),
    [
        ({}, ["--tcp", "127.0.0.1:0,nonsense"], "--tcp"),
        ({}, ["--http", "127.0.0.1"], "--http"),
        ({}, ["--tcp", "192.0.2.7:1"], "--tcp 192.0.2.7:1"),
        ({}, ["--https", "127.0.0.1:0"], "CIRRUSGRAM_TLS_CERT"),
        ({"TLS_CERT": "/absent.pem"}, [], "--https"),
        ({"TLS_CERT": "/absent.pem", "TLS_KEY": "/absent.pem"}, ["--https", "127.0.0.1:0"], "CIRRUSGRAM_TLS_CERT"),
        (
            {"TLS_CERT": "/a.pem", "TLS_KEY": "/a.pem", "PROXY_PROTOCOL": "required"},
            ["--https", "127.0.0.1:0"],
            "PROXY",
        ),
        ({"PROXY_PROTOCOL": "maybe"}, [], "CIRRUSGRAM_PROXY_PROTOCOL"),
        ({"PROXY_SECRETS": "aa"}, [], "CIRRUSGRAM_PROXY_SECRETS, number 1"),
        ({"PROXY_SECRETS": f"{SECRET},ee{SECRET}"}, [], "number 2: a secret is 32 hex digits"),
        ({"WEB_ORIGINS": "web.example.org"}, [], "CIRRUSGRAM_WEB_ORIGINS"),
        ({"MAX_INBOUND_BYTES": "1"}, [], "CIRRUSGRAM_MAX_INBOUND_BYTES"),
        ({"MAX_MESSAGES_PER_S": "0"}, [], "CIRRUSGRAM_MAX_MESSAGES_PER_S"),
    ],
)
def test_configuration_errors(
    environment: dict[str, str],
    flags: list[str],
    named: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line that names the setting, and exit code 2."""
    for name, value in environment.items():
        monkeypatch.setenv(f"CIRRUSGRAM_{name}", value)
    defaults = [] if "--tcp" in flags else ["--tcp", "127.0.0.1:0"]
    defaults += [] if "--http" in flags else ["--http", "127.0.0.1:0"]
    assert main(["serve", "--data", str(tmp_path), *defaults, *flags]) == 2
    [line] = capsys.readouterr().err.strip().splitlines()
    assert line.startswith("cirrusgram: ")
    assert named in line
    assert SECRET not in line
