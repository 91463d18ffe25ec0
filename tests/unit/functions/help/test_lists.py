"""help.getCountriesList, getTimezonesList, getPeerColors, getPeerProfileColors: checklist 74, 114."""

from __future__ import annotations

import phonenumbers
import pytest

from layers.domain.timezones import timezones_list
from tests.harness import Harness
from tl import api


def test_countries_have_codes_patterns_and_names(server: Harness) -> None:
    answer = server.device(None).call(api.help.GetCountriesList(lang_code="en", hash=0))
    countries = {country.iso2: country for country in answer.countries}
    assert countries.keys() == set(phonenumbers.SUPPORTED_REGIONS)
    germany = countries["DE"]
    assert (germany.default_name, germany.name, germany.country_codes[0].country_code) == ("Germany", None, "49")
    assert germany.country_codes[0].patterns
    assert set("".join(germany.country_codes[0].patterns)) <= {"X", " "}
    assert "204" in countries["CA"].country_codes[0].prefixes
    assert countries["US"].country_codes[0].prefixes is None
    assert countries["KZ"].country_codes[0].prefixes == ["7"]


def test_countries_in_the_clients_language(server: Harness) -> None:
    client = server.device(None)
    german = client.call(api.help.GetCountriesList(lang_code="de-AT", hash=0))
    assert next(country.name for country in german.countries if country.iso2 == "DE") == "Deutschland"
    english = client.call(api.help.GetCountriesList(lang_code="en", hash=0))
    assert german.hash != english.hash
    names = [country.name or country.default_name for country in german.countries]
    assert names == sorted(names)
    unknown = client.call(api.help.GetCountriesList(lang_code="?" * 500, hash=0))
    assert unknown.countries


@pytest.mark.parametrize(
    ("request_", "unchanged"),
    [
        (api.help.GetCountriesList(lang_code="en", hash=0), api.help.CountriesListNotModified),
        (api.help.GetCountriesList(lang_code="ru", hash=0), api.help.CountriesListNotModified),
        (api.help.GetTimezonesList(hash=0), api.help.TimezonesListNotModified),
        (api.help.GetPeerColors(hash=0), api.help.PeerColorsNotModified),
        (api.help.GetPeerProfileColors(hash=0), api.help.PeerColorsNotModified),
    ],
)
def test_lists_are_sent_once(server: Harness, request_: object, unchanged: type) -> None:
    client = server.device(None)
    answer = client.call(request_)
    assert 0 < answer.hash < 2**31
    fields = {"hash": answer.hash}
    if isinstance(request_, api.help.GetCountriesList):
        fields["lang_code"] = request_.lang_code
    assert isinstance(client.call(type(request_)(**fields)), unchanged)
    fields["hash"] = answer.hash - 1
    assert client.call(type(request_)(**fields)).hash == answer.hash


def test_time_zones_know_summer_time() -> None:
    january, july = 1_767_225_600, 1_782_864_000
    winter = {zone.id: zone for zone in timezones_list(january).timezones}
    summer = {zone.id: zone for zone in timezones_list(july).timezones}
    assert (winter["Europe/Berlin"].utc_offset, summer["Europe/Berlin"].utc_offset) == (3600, 7200)
    assert winter["Europe/Berlin"].name == "Berlin"
    assert winter["Asia/Kolkata"].utc_offset == 19_800
    assert timezones_list(january).hash != timezones_list(july).hash
    offsets = [zone.utc_offset for zone in timezones_list(july).timezones]
    assert offsets == sorted(offsets)
    assert len(offsets) > 300


def test_accent_colours(server: Harness) -> None:
    options = server.device(None).call(api.help.GetPeerColors(hash=0)).colors
    by_id = {option.color_id: option for option in options}
    # Clients have the colours of the first seven themselves.
    assert all(by_id[color_id].colors is None for color_id in range(7))
    assert all(1 <= len(by_id[color_id].colors.colors) <= 3 for color_id in range(7, 21))
    assert all(by_id[color_id].dark_colors is not None for color_id in range(7, 21))


def test_profile_colours(server: Harness) -> None:
    options = server.device(None).call(api.help.GetPeerProfileColors(hash=0)).colors
    for option in options:
        assert isinstance(option.colors, api.help.PeerColorProfileSet)
        assert len(option.colors.story_colors) == 2
        assert len(option.colors.palette_colors) == len(option.colors.bg_colors) == 1
