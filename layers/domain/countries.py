"""help.getCountriesList: calling codes, prefixes and number patterns of the world, with names in the client's language.

https://core.telegram.org/api/config#country-information. Codes and patterns are libphonenumber's, names the CLDR's
(``layers/data/countries.json``, ``country_names.json``).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any, Final

from layers.data import load_json
from tl import api

_LANGUAGES_KEPT: Final = 32


def countries_list(lang_code: str) -> api.help.CountriesList:
    """All countries by name; ``name`` is set where the language has one that differs from the English."""
    return _countries_list(_language(lang_code))


def is_region(iso2: str) -> bool:
    """True for the ISO code of a country in the list."""
    return any(item["iso2"] == iso2 for item in load_json("countries.json"))


def _language(lang_code: str) -> str:
    """The language of the names file: 'pt' for 'pt-br', 'PT_BR' or 'pt-raw'; 'en' for one it does not have."""
    language = lang_code[:32].lower().replace("_", "-").partition("-")[0]
    return language if language in load_json("country_names.json") else "en"


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _countries_list(language: str) -> api.help.CountriesList:
    names = load_json("country_names.json").get(language, {})
    countries = [_country(item, names) for item in load_json("countries.json")]
    countries.sort(key=lambda country: country.name or country.default_name)
    digest = hashlib.sha256()
    for country in countries:
        digest.update(f"{country.iso2}|{country.default_name}|{country.name}|".encode())
        for code in country.country_codes:
            digest.update(f"{code.country_code}|{code.prefixes}|{code.patterns}\n".encode())
    return api.help.CountriesList(countries=list(countries), hash=int.from_bytes(digest.digest()[:4], "big") >> 1 or 1)


def _country(item: dict[str, Any], names: dict[str, str]) -> api.help.Country:
    codes = [
        api.help.CountryCode(
            country_code=code["country_code"], prefixes=code.get("prefixes"), patterns=code.get("patterns")
        )
        for code in item["country_codes"]
    ]
    name = names.get(item["iso2"])
    return api.help.Country(
        iso2=item["iso2"],
        default_name=item["default_name"],
        name=None if name == item["default_name"] else name,
        country_codes=list(codes),
    )
