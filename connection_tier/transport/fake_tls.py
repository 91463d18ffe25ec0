"""Fake TLS: the outer layer of an MTProxy whose secret begins with "ee".

To whoever looks on, the client opens a TLS 1.3 connection: a ClientHello, a ServerHello, and records of application
data, in which the obfuscated transport travels. Nothing is encrypted by it. The ClientHello's random is an HMAC-SHA256,
under the secret, of the hello with that field zero, the client's time mixed into its last four bytes; the ServerHello's
answers it in kind. A hello counts once, and within two minutes of its time.

There is no public specification: this is what TDLib, which the tests run, sends and checks.
"""

import hmac
from collections import OrderedDict
from collections.abc import Callable, Sequence
from hmac import compare_digest
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from connection_tier.crypto.randomness import RandomBytes
from connection_tier.transport.errors import TransportError
from connection_tier.transport.secret import ProxySecret

_HELLO_START: Final = b"\x16\x03\x01"
_RECORD_HEADER_BYTES: Final = 5
_HELLO_MAX_BYTES: Final = 4096
_RANDOM: Final = slice(11, 43)
"""Where the hello's random stands: behind the headers of record and handshake, and the version."""
_SESSION_ID: Final = slice(44, 76)
_HELLO_MIN_BYTES: Final = 76
_TIME_AT: Final = 28
"""The first bytes of the random are the HMAC's own; the last four have the time in them."""

_CHANGE_CIPHER_SPEC: Final = b"\x14\x03\x03\x00\x01\x01"
_APPLICATION_DATA: Final = b"\x17\x03\x03"
_RECORD_MAX_BYTES: Final = 16 * 1024
_RECEIVED_MAX_BYTES: Final = _RECORD_MAX_BYTES + 256
_FIRST_DATA_BYTES: Final = (1024, 3072)
"""What stands for the server's certificate: so many random bytes, and up to so many more."""

TIME_WINDOW_S: Final = 120
_SEEN_MAX: Final = 100_000


class SeenHellos:
    """The hellos of the last minutes, so that a recorded one opens nothing. One for all connections of a node."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def is_fresh(self, random: bytes, sent_at: int) -> bool:
        """Whether a hello of this time is in the window and new; it is remembered."""
        now = self._clock()
        seen = self._until
        while seen and (next(iter(seen.values())) < now or len(seen) > _SEEN_MAX):
            seen.popitem(last=False)
        if abs(now - sent_at) > TIME_WINDOW_S or random in seen:
            return False
        seen[random] = now + 2 * TIME_WINDOW_S
        return True


class FakeTls:
    """One connection that may be fake TLS. A client that does not begin so passes through unchanged.

    Args:
        secrets: those of the node; only the ones for fake TLS count here.
        seen: hellos of all connections.
        random: fills what looks encrypted.
    """

    __slots__ = ("_buffer", "_is_open", "_output", "_passes", "_random", "_secrets", "_seen")

    def __init__(self, secrets: Sequence[ProxySecret], seen: SeenHellos, random: RandomBytes) -> None:
        self._secrets = [secret.secret for secret in secrets if secret.is_fake_tls]
        self._seen = seen
        self._random = random
        self._buffer = bytearray()
        self._output = b""
        self._passes = not self._secrets
        self._is_open = False

    def receive_data(self, data: bytes) -> bytes:
        """Take bytes of the socket; the bytes of the transport inside.

        Raises:
            TransportError: a hello that no secret explains, that was seen or is too old, or a broken record. Close.
        """
        if self._passes:
            return data
        self._buffer += data
        return self._unwrapped() if self._is_open or self._open() else self._passed()

    def data_to_send(self) -> bytes:
        """What the client must be sent before anything else; empty when there is nothing new."""
        output, self._output = self._output, b""
        return output

    def wrap(self, data: bytes) -> bytes:
        """Bytes of the transport as records for the socket."""
        if self._passes:
            return data
        chunks = (data[start : start + _RECORD_MAX_BYTES] for start in range(0, len(data), _RECORD_MAX_BYTES))
        return b"".join(_record(chunk) for chunk in chunks)

    def _open(self) -> bool:
        """Whether the hello has come and is right."""
        buffer = self._buffer
        start = bytes(buffer[: len(_HELLO_START)])
        if start != _HELLO_START[: len(start)]:
            self._passes = True
            return False
        if len(buffer) < _RECORD_HEADER_BYTES:
            return False
        size = _RECORD_HEADER_BYTES + int.from_bytes(buffer[3:5], "big")
        if not _HELLO_MIN_BYTES <= size <= _HELLO_MAX_BYTES:
            raise TransportError("not the hello of a fake TLS client")
        if len(buffer) < size:
            return False
        hello = bytes(buffer[:size])
        del buffer[:size]
        self._answer(hello)
        self._is_open = True
        return True

    def _answer(self, hello: bytes) -> None:
        random = hello[_RANDOM]
        blank = hello[: _RANDOM.start] + bytes(len(random)) + hello[_RANDOM.stop :]
        for secret in self._secrets:
            digest = hmac.digest(secret, blank, "sha256")
            if compare_digest(digest[:_TIME_AT], random[:_TIME_AT]):
                own, sent = (int.from_bytes(value[_TIME_AT:], "little") for value in (digest, random))
                if not self._seen.is_fresh(random, own ^ sent):
                    raise TransportError("a fake TLS hello that is old or was seen")
                self._output = self._server_hello(secret, random, hello[_SESSION_ID])
                return
        raise TransportError("a TLS hello under no secret of ours")

    def _server_hello(self, secret: bytes, client_random: bytes, session_id: bytes) -> bytes:
        key = X25519PrivateKey.generate().public_key().public_bytes_raw()
        extensions = b"\x00\x33\x00\x24\x00\x1d\x00\x20" + key + b"\x00\x2b\x00\x02\x03\x04"
        tail = (
            bytes((len(session_id),)) + session_id + b"\x13\x01\x00" + len(extensions).to_bytes(2, "big") + extensions
        )
        body = b"\x03\x03" + bytes(32) + tail
        handshake = b"\x02" + len(body).to_bytes(3, "big") + body
        least, more = _FIRST_DATA_BYTES
        size = least + int.from_bytes(self._random(2), "little") % more
        answer = b"\x16\x03\x03" + len(handshake).to_bytes(2, "big") + handshake + _CHANGE_CIPHER_SPEC
        answer += _record(self._random(size))
        digest = hmac.digest(secret, client_random + answer, "sha256")
        return answer[: _RANDOM.start] + digest + answer[_RANDOM.stop :]

    def _passed(self) -> bytes:
        """What came of a client that does without fake TLS; nothing while that is not known."""
        if not self._passes:
            return b""
        data, self._buffer = bytes(self._buffer), bytearray()
        return data

    def _unwrapped(self) -> bytes:
        """The data of the records that are complete."""
        buffer = self._buffer
        parts = []
        offset = 0
        while len(buffer) - offset >= _RECORD_HEADER_BYTES:
            size = int.from_bytes(buffer[offset + 3 : offset + 5], "big")
            end = offset + _RECORD_HEADER_BYTES + size
            kind = bytes(buffer[offset : offset + 3])
            is_data = kind == _APPLICATION_DATA and size <= _RECEIVED_MAX_BYTES
            if not is_data and (kind != _CHANGE_CIPHER_SPEC[:3] or size != 1):
                raise TransportError("not a record of fake TLS")
            if len(buffer) < end:
                break
            if is_data:
                parts.append(bytes(buffer[offset + _RECORD_HEADER_BYTES : end]))
            offset = end
        del buffer[:offset]
        return b"".join(parts)


def _record(data: bytes) -> bytes:
    return _APPLICATION_DATA + len(data).to_bytes(2, "big") + data
