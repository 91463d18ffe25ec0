"""help.getConfig, getAppConfig, getNearestDc, getCdnConfig: checklist 112 to 114."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import tl
from layers.config import Settings
from layers.domain import limits
from layers.domain.app_config import json_value
from layers.domain.server_config import advertised_address, dc_options
from layers.errors import ConfigurationError
from layers.invocation import Invocation, invoke
from tests.harness import Client, Harness
from tests.results import decode_result
from tl import api


def test_every_data_centre_is_this_server(server: Harness) -> None:
    config = server.device(None).call(api.help.GetConfig())
    assert [option.id for option in config.dc_options] == [1, 2, 3, 4, 5]
    assert {(option.ip_address, option.port) for option in config.dc_options} == {("127.0.0.1", 4430)}
    assert all(option.this_port_only and not option.ipv6 for option in config.dc_options)
    assert config.this_dc == 2
    assert config.date == int(server.clock())
    assert config.expires == config.date + limits.CONFIG_LIFE_S


def test_limits_are_the_enforced_ones(server: Harness) -> None:
    config = server.device(None).call(api.help.GetConfig())
    assert config.message_length_max == limits.MESSAGE_LENGTH
    assert config.caption_length_max == limits.CAPTION_LENGTH
    assert config.edit_time_limit == limits.EDIT_TIME_S
    assert config.forwarded_count_max == limits.FORWARDED_COUNT
    assert config.online_cloud_timeout_ms == limits.ONLINE_CLOUD_TIMEOUT_MS


@pytest.mark.parametrize(
    ("advertise", "listen", "expected"),
    [
        (None, "127.0.0.1:4430", ("127.0.0.1", 4430)),
        (None, "192.0.2.7:443", ("192.0.2.7", 443)),
        (None, "0.0.0.0:443", ("127.0.0.1", 443)),
        (None, ":443", ("127.0.0.1", 443)),
        (None, "[::]:443", ("::1", 443)),
        ("203.0.113.5", "0.0.0.0:443", ("203.0.113.5", 443)),
        ("203.0.113.5:5222", "0.0.0.0:443", ("203.0.113.5", 5222)),
        ("2001:db8::1", ":443", ("2001:db8::1", 443)),
        ("[2001:db8::1]:80", ":443", ("2001:db8::1", 80)),
        ("localhost", ":443", ("127.0.0.1", 443)),
    ],
)
def test_advertised_address(advertise: str | None, listen: str, expected: tuple[str, int]) -> None:
    assert advertised_address(advertise, listen) == expected


@pytest.mark.parametrize("advertise", ["host.invalid", "203.0.113.5:70000"])
def test_address_that_cannot_be_told(advertise: str) -> None:
    with pytest.raises(ConfigurationError, match="advertise"):
        advertised_address(advertise, ":443")


def test_ipv6_is_marked_and_an_own_data_centre_is_listed() -> None:
    options: list[Any] = dc_options(Settings(advertise="2001:db8::1", dc_id=42))
    assert all(option.ipv6 for option in options)
    assert [option.id for option in options] == [1, 2, 3, 4, 5, 42]


def test_app_config_is_json_with_a_stable_hash(server: Harness) -> None:
    client = server.device(None)
    config = client.call(api.help.GetAppConfig(hash=0))
    values = {item.key: item.value for item in config.config.value}
    assert values["about_length_limit_default"].value == limits.ABOUT_LENGTH
    assert values["dialogs_pinned_limit_default"].value == limits.DIALOGS_PINNED
    # Folders are here; a client asks for what this switches on only.
    assert values["dialog_filters_enabled"].value is True
    assert server.registry.get("messages.getDialogFilters") is not None
    assert values["upload_max_fileparts_default"].value == limits.UPLOAD_PARTS
    assert list(values) == sorted(values)
    assert 0 < config.hash < 2**31
    assert isinstance(client.call(api.help.GetAppConfig(hash=config.hash)), api.help.AppConfigNotModified)
    assert client.call(api.help.GetAppConfig(hash=config.hash + 1)).hash == config.hash


def test_json_values() -> None:
    value = {"a": [1, 2.5, "x", True, None], "b": {}}
    encoded: Any = json_value(value)
    assert _back(encoded) == value
    with pytest.raises(TypeError):
        json_value(object())


def _back(value: Any) -> Any:
    match value:
        case api.JsonObject():
            return {item.key: _back(item.value) for item in value.value}
        case api.JsonArray():
            return [_back(item) for item in value.value]
        case api.JsonNull():
            return None
        case _:
            return value.value


@pytest.mark.parametrize(
    ("lang", "country"), [("de-DE", "DE"), ("pt_BR", "BR"), ("en", ""), ("", ""), ("zh-Hant", ""), ("x-xx", "")]
)
def test_nearest_dc(server: Harness, lang: str, country: str) -> None:
    answer = _call_with(server.device(None), api.help.GetNearestDc(), system_lang_code=lang)
    assert (answer.country, answer.this_dc, answer.nearest_dc) == (country, 2, 2)


def _call_with(client: Client, request: tl.TLObject, **fields: Any) -> Any:
    caller = replace(client.caller, **fields)
    reply = invoke(client.server.services, client.server.registry, Invocation(caller, tl.encode(request)))
    assert reply.result is not None
    return decode_result(reply.result, type(request))


def test_a_language_pack_is_suggested(server: Harness, tmp_path: Path) -> None:
    folder = tmp_path / "langpacks" / "tdesktop"
    folder.mkdir(parents=True)
    (folder / "de.json").write_text(json.dumps({"version": 4, "strings": {"a": "b"}}), encoding="utf-8")
    config = _call_with(server.device(None), api.help.GetConfig(), lang_pack="tdesktop", system_lang_code="de")
    assert (config.suggested_lang_code, config.lang_pack_version) == ("de", 4)
    plain = _call_with(server.device(None), api.help.GetConfig(), lang_pack="tdesktop", system_lang_code="fr")
    assert plain.suggested_lang_code is None


def test_no_cdn(server: Harness) -> None:
    # checklist 98, 126: no CDN, hence no key that a client would check a CDN's hashes under.
    assert server.device(None).call(api.help.GetCdnConfig()).public_keys == []


def test_start_up_costs_no_query(server: Harness, queries: list[str]) -> None:
    client = server.device(None)
    queries.clear()
    for request in (
        api.help.GetConfig(),
        api.help.GetAppConfig(hash=0),
        api.help.GetNearestDc(),
        api.help.GetCdnConfig(),
        api.help.GetCountriesList(lang_code="en", hash=0),
        api.help.GetTimezonesList(hash=0),
        api.help.GetPeerColors(hash=0),
        api.help.GetPeerProfileColors(hash=0),
    ):
        client.call(request)
    assert queries == []
