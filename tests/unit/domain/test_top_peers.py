"""Ratings of correspondents."""

from __future__ import annotations

from layers.domain import limits
from layers.domain.top_peers import Category, bump, forget, is_enabled, list_top_peers, set_enabled
from tests.harness import Client, Harness
from tests.unit.domain.conftest import Run

_CATEGORY = Category.CORRESPONDENTS


def _top(run: Run, owner: Client) -> list[tuple[int, float]]:
    _, items = run(lambda ctx: list_top_peers(ctx, owner.id, _CATEGORY, 0, 10))
    return [(item.peer_key, round(item.rating, 3)) for item in items]


def _bump(run: Run, owner: Client, peer_key: int, times: int = 1) -> None:
    for _ in range(times):
        run(lambda ctx: bump(ctx, owner.id, _CATEGORY, peer_key))


def test_each_use_counts_one(run: Run, alice: Client) -> None:
    _bump(run, alice, 5, times=2)
    _bump(run, alice, 6)
    assert _top(run, alice) == [(5, 2.0), (6, 1.0)]


def test_ratings_fall_to_one_eth(server: Harness, run: Run, alice: Client) -> None:
    _bump(run, alice, 5, times=2)
    server.clock.advance(limits.RATING_E_DECAY)
    _bump(run, alice, 6)
    assert _top(run, alice) == [(6, 1.0), (5, 0.736)]


def test_categories_and_owners_are_apart(run: Run, alice: Client, bob: Client) -> None:
    _bump(run, bob, 5)
    run(lambda ctx: bump(ctx, alice.id, "groups", -7))
    assert _top(run, alice) == []


def test_pages(run: Run, alice: Client) -> None:
    for peer_key in (5, 6, 7):
        _bump(run, alice, peer_key, times=peer_key)
    count, items = run(lambda ctx: list_top_peers(ctx, alice.id, _CATEGORY, 1, 1))
    assert (count, [item.peer_key for item in items]) == (3, [6])


def test_forgetting_one(run: Run, alice: Client) -> None:
    _bump(run, alice, 5)
    _bump(run, alice, 6)
    run(lambda ctx: forget(ctx, alice.id, _CATEGORY, 5))
    assert _top(run, alice) == [(6, 1.0)]


def test_switched_off_forgets_and_counts_nothing(run: Run, alice: Client) -> None:
    _bump(run, alice, 5)
    run(lambda ctx: set_enabled(ctx, alice.id, False))
    assert not run(lambda ctx: is_enabled(ctx, alice.id))
    _bump(run, alice, 5)
    run(lambda ctx: set_enabled(ctx, alice.id, True))
    assert _top(run, alice) == []


def test_ratings_of_decades_stay_finite(server: Harness, run: Run, alice: Client) -> None:
    server.clock.advance(40 * 365 * 86_400)
    _bump(run, alice, 5)
    assert _top(run, alice) == [(5, 1.0)]
