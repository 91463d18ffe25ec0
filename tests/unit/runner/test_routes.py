"""The table of routes."""

from __future__ import annotations

from typing import Any

import pytest

import tl
from connection_tier.runner.routes import Route, RoutedRunner, parse_routes
from layers.config import Settings
from layers.context import Caller
from layers.errors import ConfigurationError
from layers.invocation import Invocation, Reply
from layers.registry import Function, Registry
from tl import TLObject, api

_SHARED: dict[str, Any] = {
    "database_url": "mysql+pymysql://root@127.0.0.1/x",
    "cache_url": "redis://127.0.0.1/0",
    "bus_url": "kafka://127.0.0.1:9092/",
    "master_key": "x",
}
_CALLER = Caller(auth_key_id=1, session_id=2, msg_id=4, layer=tl.LAYER, ip="127.0.0.1")


def registry_of(*requests: type[TLObject]) -> Registry:
    return Registry(
        Function(request, print, anonymous=True, writes=False, flood=None, partial=None)  # type: ignore[arg-type]
        for request in requests
    )


REGISTRY = registry_of(api.help.GetConfig, api.messages.SendMessage, api.upload.GetFileHashes)


class Recorder:
    """A runner that says its name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_closed = False

    @property
    def is_ready(self) -> bool:
        return True

    async def invoke(self, invocation: Invocation) -> Reply:
        return Reply(self.name.encode())

    async def close(self) -> None:
        self.is_closed = True


def test_without_a_table_everything_runs_in_one_place() -> None:
    assert parse_routes(Settings(), REGISTRY) == (Route("*", "local"),)
    assert parse_routes(Settings(workers=2, **_SHARED), REGISTRY) == (Route("*", "workers"),)


def test_a_table_keeps_its_order() -> None:
    settings = Settings(routes=" upload.*=local , messages.send*=workers,*=lambda", workers=1, **_SHARED)
    assert parse_routes(settings, REGISTRY) == (
        Route("upload.*", "local"),
        Route("messages.send*", "workers"),
        Route("*", "lambda"),
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"routes": "*=cloud"}, "'cloud' is unknown; use local, workers, lambda"),
        ({"routes": "*"}, "'*' is not PATTERN=TARGET"),
        ({"routes": "=local"}, "is not PATTERN=TARGET"),
        ({"routes": "nothing.*=local,*=local"}, "no method matches 'nothing.*'"),
        ({"routes": "help.*=local"}, "the last route must be for all other methods"),
        ({"routes": ""}, "the last route must be for all other methods"),
        ({"routes": "*=workers"}, "there are none: give --workers N"),
        ({"routes": "*=local", "workers": 2, **_SHARED}, "--workers 2 is given, but nothing runs there"),
        ({"routes": "*=lambda"}, "a cache and a bus that it can share"),
        ({"routes": "*=lambda", **_SHARED, "bus_url": "memory://"}, "a cache and a bus that it can share"),
        ({"routes": "*=lambda", **_SHARED, "database_url": None}, "a database that it can share"),
        ({"routes": "*=lambda", **_SHARED, "master_key": None}, "set CIRRUSGRAM_MASTER_KEY"),
    ],
)
def test_a_wrong_table_is_one_clear_line(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_routes(Settings(**options), REGISTRY)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "CIRRUSGRAM_ROUTES" in str(caught.value)


async def test_the_first_matching_route_answers() -> None:
    local, elsewhere = Recorder("local"), Recorder("lambda")
    routes = (Route("help.getConfi?", "local"), Route("*", "lambda"))
    runner = RoutedRunner(routes, {"local": local, "lambda": elsewhere})

    async def answered_by(request: bytes) -> bytes | None:
        return (await runner.invoke(Invocation(_CALLER, request))).result

    assert await answered_by(tl.encode(api.help.GetConfig())) == b"local"
    assert await answered_by(tl.encode(api.help.GetNearestDc())) == b"lambda"
    assert await answered_by(b"\1\2\3\4") == b"lambda", "what no layer knows goes the last way"
    await runner.close()
    assert local.is_closed
    assert elsewhere.is_closed
