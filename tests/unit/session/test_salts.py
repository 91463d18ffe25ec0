"""Server salts around their epochs."""

from itertools import pairwise

import pytest

from connection_tier.session import INITIAL_SALT_LIFETIME_S, ServerSalts
from connection_tier.session.salts import EARLY_S, EPOCH_S

SECRET = b"s" * 32
KEY = 987_654_321
NOW = 1_800_000_000.0


def boundary(salts: ServerSalts) -> float:
    """The moment at which the salt of NOW ends being the current one."""
    return next(salts.future(1, NOW))[0] + EPOCH_S


def test_nodes_agree_without_storage() -> None:  # checklist 51
    assert ServerSalts(SECRET, KEY).current(NOW) == ServerSalts(SECRET, KEY).current(NOW)
    assert ServerSalts(SECRET, KEY).current(NOW) != ServerSalts(SECRET, KEY + 1).current(NOW)
    assert ServerSalts(b"t" * 32, KEY).current(NOW) != ServerSalts(SECRET, KEY).current(NOW)


@pytest.mark.parametrize("key", [KEY, -KEY, 0, -(2**63), 2**63 - 1])
def test_rotation(key: int) -> None:  # checklist 51
    salts = ServerSalts(SECRET, key)
    end = boundary(salts)
    old = salts.current(end - 1)
    new = salts.current(end)
    assert old != new
    assert salts.is_valid(old, end + EPOCH_S - 1)
    assert not salts.is_valid(old, end + EPOCH_S)
    assert salts.is_valid(new, end - EARLY_S)
    assert not salts.is_valid(new, end - EARLY_S - 1)
    assert salts.current(end - 1) == old, "a clock that steps back gets the old salt again"


def test_future_salts_follow_each_other_and_hold() -> None:  # checklist 51
    salts = ServerSalts(SECRET, KEY)
    future = list(salts.future(64, NOW))
    assert len(future) == 64
    assert future[0][0] <= NOW < future[0][1]
    for valid_since, valid_until, salt in future:
        assert ServerSalts(SECRET, KEY).is_valid(salt, valid_since)
        assert ServerSalts(SECRET, KEY).is_valid(salt, valid_until - 1)
        assert not ServerSalts(SECRET, KEY).is_valid(salt, valid_until)
    assert [later[0] - earlier[0] for earlier, later in pairwise(future)] == [EPOCH_S] * 63


@pytest.mark.parametrize(("asked", "given"), [(-5, 1), (0, 1), (1, 1), (64, 64), (65, 64), (2**31 - 1, 64)])
def test_count_of_future_salts(asked: int, given: int) -> None:
    assert len(list(ServerSalts(SECRET, KEY).future(asked, NOW))) == given


def test_salt_of_the_key_exchange() -> None:  # checklist 34
    until = NOW + INITIAL_SALT_LIFETIME_S
    salts = ServerSalts(SECRET, KEY, initial_salt=42, initial_valid_until=until)
    assert salts.is_valid(42, NOW)
    assert salts.is_valid(42, until - 1)
    assert not salts.is_valid(42, until)
    assert not ServerSalts(SECRET, KEY).is_valid(42, NOW)


def test_keys_do_not_rotate_together() -> None:
    assert len({boundary(ServerSalts(SECRET, key)) for key in range(0, 10_000, 97)}) > 50
