"""A server with a phone to sign in with, and every line it logs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from layers.domain.login import pending_codes
from layers.domain.seed import seed
from layers.errors import RpcError
from layers.invocation import Invocation, invoke
from tests.harness import Client, Harness
from tests.results import decode_result
from tests.unit.functions.seeded import server
from tl import TLObject, api, encode

__all__ = ["PHONE", "SignIn", "call_as", "send_code", "server"]

PHONE = "9996621234"


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Harness]:
    """A server that counts calls."""
    harness = Harness(tmp_path, flood_limits=True)
    seed(harness.services)
    yield harness
    harness.close()


@pytest.fixture
def alice(server: Harness) -> Client:
    return server.user("Alice", phone=PHONE)


@pytest.fixture
def log_records() -> Iterator[list[logging.LogRecord]]:
    """Everything any logger writes, whatever its level."""
    records: list[logging.LogRecord] = []

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    recorder = Recorder(logging.DEBUG)
    manager = logging.Logger.manager.loggerDict
    loggers = [logging.getLogger(), *(item for item in manager.values() if isinstance(item, logging.Logger))]
    levels = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(recorder)
        logger.setLevel(logging.DEBUG)
    yield records
    for logger, level in levels:
        logger.removeHandler(recorder)
        logger.setLevel(level)


@dataclass
class SignIn:
    """One sign-in of a device under way."""

    client: Client
    phone: str
    sent: Any

    @property
    def code(self) -> str:
        """The pending code, as the operator reads it."""
        codes = pending_codes(self.client.server.services)
        return str(next(item["code"] for item in codes if item["phone"] == self.phone))

    @property
    def wrong_code(self) -> str:
        return f"{(int(self.code) + 1) % 100_000:05d}"

    def sign_in(self, code: str | None = None, **fields: Any) -> Any:
        request = {"phone_number": "+" + self.phone, "phone_code_hash": self.sent.phone_code_hash, **fields}
        return self.client.call(api.auth.SignIn(phone_code=self.code if code is None else code, **request))

    def sign_up(self, first_name: str = "Ann", last_name: str = "", **fields: Any) -> Any:
        request = {"phone_number": "+" + self.phone, "phone_code_hash": self.sent.phone_code_hash, **fields}
        return self.client.call(api.auth.SignUp(first_name=first_name, last_name=last_name, **request))


def send_code(client: Client, phone: str = PHONE, *, api_id: int = 1, api_hash: str = "hash") -> SignIn:
    """Ask for a code."""
    request = api.auth.SendCode(phone_number="+" + phone, api_id=api_id, api_hash=api_hash, settings=api.CodeSettings())
    return SignIn(client, phone, client.call(request))


@pytest.fixture
def fails() -> Callable[..., RpcError]:
    """``fails("NAME", call, …)``: the call answers this error."""

    def check(name: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> RpcError:
        with pytest.raises(RpcError) as caught:
            call(*args, **kwargs)
        assert caught.value.message == name
        return caught.value

    return check


def call_as(client: Client, request: TLObject, **changes: Any) -> Any:
    """A call whose caller differs from the client's own in some fields."""
    caller = replace(client.caller, **changes)
    reply = invoke(client.server.services, client.server.registry, Invocation(caller, encode(request)))
    if reply.result is None:
        raise RpcError(reply.error_code, reply.error_message)
    return decode_result(reply.result, type(request))
