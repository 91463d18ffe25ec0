"""Make ``countries.json``, ``country_names.json`` and ``timezones.json``: ``python -m layers.data.generate``.

Countries come from libphonenumber's metadata, time zones from the machine's zone table. Run it after an update of
either and commit the result.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import TZPATH, ZoneInfo

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

_HERE: Final = Path(__file__).parent
_HEAD_DIGITS: Final = 4
_SAMPLES: Final = 4
_NAMES_WORTH_KEEPING: Final = 90
"""A language with fewer names of countries is left out."""
_UNNAMED: Final = {"AC": "Ascension Island", "TA": "Tristan da Cunha", "XK": "Kosovo"}


def countries() -> list[dict[str, Any]]:
    """Regions by ISO code: calling code, prefixes where regions share a calling code, and the pattern of a number."""
    names = _locale_data()
    result = []
    heads: dict[int, dict[str, set[str]]] = {}
    for iso2 in sorted(phonenumbers.SUPPORTED_REGIONS):
        calling_code = phonenumbers.country_code_for_region(iso2)
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[calling_code]
        code: dict[str, Any] = {"country_code": str(calling_code)}
        if iso2 != regions[0]:
            if calling_code not in heads:
                heads[calling_code] = _heads(calling_code, regions)
            # A number that starts otherwise is the main region's; a region without a prefix of its own shares all.
            prefixes = _prefixes(heads[calling_code], iso2)
            if prefixes:
                code["prefixes"] = prefixes
        pattern = _pattern(iso2)
        if pattern:
            code["patterns"] = [pattern]
        name = _name(names.get(iso2, {}), "en") or _UNNAMED[iso2]
        result.append({"iso2": iso2, "default_name": name, "country_codes": [code]})
    return result


def country_names() -> dict[str, dict[str, str]]:
    """Language → region → name, where it differs from the English one."""
    names: dict[str, dict[str, str]] = {}
    for iso2, by_language in sorted(_locale_data().items()):
        for language in sorted(by_language):
            name = _name(by_language, language)
            if name != _name(by_language, "en"):
                names.setdefault(language, {})[iso2] = name
    return {language: found for language, found in sorted(names.items()) if len(found) >= _NAMES_WORTH_KEEPING}


def _locale_data() -> dict[str, dict[str, str]]:
    # Its package loads all of libphonenumber's geography, which takes seconds.
    from phonenumbers.geodata.locale import LOCALE_DATA

    data: dict[str, dict[str, str]] = LOCALE_DATA
    return data


def _name(by_language: dict[str, str], language: str) -> str:
    name = by_language.get(language, "")
    # "*aa": the same name as in that language.
    return by_language[name[1:]] if name.startswith("*") else name


def _pattern(iso2: str) -> str:
    """'XXX XXX XX XX' for a mobile number of the region."""
    example = phonenumbers.example_number_for_type(iso2, PhoneNumberType.MOBILE) or phonenumbers.example_number(iso2)
    if example is None:
        return ""
    text = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL).partition(" ")[2]
    return "".join("X" if character.isdigit() else " " for character in text)


def _prefixes(heads: dict[str, set[str]], iso2: str) -> list[str]:
    """The shortest prefixes of national numbers that belong to this region alone."""
    found: list[str] = []
    open_prefixes = [str(digit) for digit in range(10)]
    while open_prefixes:
        prefix = open_prefixes.pop()
        owners = set[str]().union(*(owners for head, owners in heads.items() if head.startswith(prefix)))
        if owners == {iso2}:
            found.append(prefix)
        elif iso2 in owners and len(prefix) < _HEAD_DIGITS:
            open_prefixes += [prefix + str(digit) for digit in range(10)]
    return sorted(found)


def _heads(calling_code: int, regions: tuple[str, ...]) -> dict[str, set[str]]:
    """Which regions numbers belong to, by their first `_HEAD_DIGITS` digits; the digits behind are sampled."""
    rng = random.Random(calling_code)
    example_lengths = {
        len(str(example.national_number))
        for region in regions
        for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
        if (example := phonenumbers.example_number_for_type(region, kind)) is not None
    }
    heads: dict[str, set[str]] = {}
    for head in (f"{number:0{_HEAD_DIGITS}d}" for number in range(10**_HEAD_DIGITS)):
        for length in sorted(example_lengths):
            for _ in range(_SAMPLES):
                tail = "".join(str(rng.randrange(10)) for _ in range(length - _HEAD_DIGITS))
                owner = _owner(f"+{calling_code}{head}{tail}")
                if owner is not None:
                    heads.setdefault(head, set()).add(owner)
    return heads


def _owner(number: str) -> str | None:
    try:
        owner: str | None = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except NumberParseException:
        return None
    return owner


def timezones() -> list[dict[str, Any]]:
    """Zones of the zone table with a readable name and the offset outside summer time, in seconds."""
    table = next(path for base in TZPATH if (path := Path(base) / "zone1970.tab").exists())
    result = []
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        zone_id = line.split("\t")[2]
        moment = datetime.now(UTC).astimezone(ZoneInfo(zone_id))
        standard = (moment.utcoffset() or moment - moment) - (moment.dst() or moment - moment)
        name = zone_id.partition("/")[2].replace("_", " ").replace("/", ", ")
        result.append({"id": zone_id, "name": name, "utc_offset": int(standard.total_seconds())})
    result.append({"id": "UTC", "name": "UTC", "utc_offset": 0})
    return sorted(result, key=lambda zone: (zone["utc_offset"], zone["name"]))


def main() -> None:
    """Write the files."""
    for name, value in (("countries", countries()), ("timezones", timezones())):
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in value)
        (_HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    languages = country_names().items()
    lines = ",\n".join(
        f"{json.dumps(language)}: {json.dumps(names, ensure_ascii=False)}" for language, names in languages
    )
    (_HERE / "country_names.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
