"""The steps that make the data files of help.getCountriesList and getTimezonesList."""

from __future__ import annotations

import pytest

from layers.data import generate, load_json


def test_prefixes_are_the_shortest_that_belong_to_one_region() -> None:
    heads = {"2040": {"CA"}, "2041": {"CA"}, "2050": {"US"}, "3060": {"CA", "US"}, "3061": {"CA"}, "7000": {"CA"}}
    assert generate._prefixes(heads, "CA") == ["204", "3061", "7"]
    assert generate._prefixes(heads, "MX") == []


@pytest.mark.parametrize(("region", "pattern"), [("DE", "XXXX XXXXXXX"), ("US", "XXX XXX XXXX"), ("XX", "")])
def test_pattern_is_that_of_a_mobile_number(region: str, pattern: str) -> None:
    assert generate._pattern(region) == pattern


def test_names_may_refer_to_another_language() -> None:
    assert generate._name({"de": "*en", "en": "Oman"}, "de") == "Oman"
    assert generate._name({"en": "Oman"}, "de") == ""


def test_zones_of_the_file_are_sorted_and_unique() -> None:
    zones = load_json("timezones.json")
    assert len({zone["id"] for zone in zones}) == len(zones)
    assert zones == sorted(zones, key=lambda zone: (zone["utc_offset"], zone["name"]))
