"""layers.geo: country and region of an address, by a MaxMind file."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.errors import ConfigurationError
from layers.geo import NOWHERE, Place, check_file, place_of
from tests.harness import Harness
from tests.mmdb import write_mmdb
from tl import api

_BAVARIA = {
    "country": {"names": {"de": "Deutschland", "en": "Germany"}},
    "subdivisions": [{"names": {"en": "Bavaria"}}],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    networks = {
        "198.51.100.0/24": _BAVARIA,
        "127.0.0.0/8": _BAVARIA,
        "203.0.113.7/32": {"registered_country": {"names": {"en": "Japan"}}},
    }
    return write_mmdb(tmp_path / "city.mmdb", networks)


@pytest.mark.parametrize(
    ("ip", "place"),
    [
        ("198.51.100.9", Place("Germany", "Bavaria")),
        ("203.0.113.7", Place("Japan", "")),
        ("203.0.113.8", NOWHERE),
        ("2001:db8::1", NOWHERE),
        ("", NOWHERE),
        ("not an address", NOWHERE),
    ],
)
def test_places(file: Path, ip: str, place: Place) -> None:
    assert place_of(file, ip) == place


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert place_of(None, "198.51.100.9") == NOWHERE
    assert place_of(tmp_path / "missing", "198.51.100.9") == NOWHERE


def test_as_people_read_it() -> None:
    assert Place("Germany", "Bavaria").text == "Bavaria, Germany"
    assert Place("Japan").text == "Japan"
    assert NOWHERE.text == ""


def test_what_is_no_maxmind_file_is_refused(tmp_path: Path, file: Path) -> None:
    check_file(file)
    other = tmp_path / "other"
    other.write_bytes(b"something else")
    for path in (other, tmp_path / "missing"):
        with pytest.raises(ConfigurationError, match="GEO_DATABASE"):
            check_file(path)


def test_sessions_say_where_they_are(tmp_path: Path, file: Path) -> None:
    """account.getAuthorizations: checklist 105."""
    from layers.domain.seed import seed
    from tests.unit.functions.auth.conftest import send_code

    server = Harness(tmp_path, geo_database=file)
    try:
        seed(server.services)
        phone = server.user("Alice", phone="9996621234")
        entering = send_code(server.device(None), "9996621234")
        entering.sign_in()
        new = next(item for item in phone.call(api.account.GetAuthorizations()).authorizations if not item.current)
        assert (new.country, new.region) == ("Germany", "Bavaria")
        server.clock.advance(120)
        phone.call(api.account.UpdateStatus(offline=False))
        own = phone.call(api.account.GetAuthorizations()).authorizations[0]
        assert (own.current, own.country) == (True, "Germany"), "an older session learns it when it is active"
    finally:
        server.close()
