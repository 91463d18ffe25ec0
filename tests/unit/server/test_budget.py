"""Bounds on what clients make a node hold and do. checklist 20"""

from __future__ import annotations

from connection_tier.server.budget import AddressRates, InboundBytes, MessageRate, packet_cost


def test_rate_allows_a_burst_and_then_the_average() -> None:
    rate = MessageRate(10, now=0.0)
    assert all(rate.spend(1, 0.0) for _ in range(20))
    assert not rate.spend(1, 0.0)
    rate = MessageRate(10, now=0.0)
    assert all(rate.spend(10, float(second)) for second in range(1, 100))


def test_rate_counts_a_container_whole() -> None:
    assert not MessageRate(10, now=0.0).spend(21, 0.0)


def test_a_clock_that_steps_back_gives_nothing() -> None:
    rate = MessageRate(10, now=100.0)
    assert rate.spend(20, 100.0)
    assert not rate.spend(1, 50.0)


def test_inbound_bytes() -> None:
    inbound = InboundBytes(100)
    assert inbound.change(0, 100)
    assert not inbound.change(0, 1)
    assert inbound.held == 101
    assert inbound.change(1, 0)
    # Whoever gives bytes up is never refused.
    assert not inbound.change(0, 50)
    assert inbound.change(100, 80)
    assert inbound.held == 130


def test_who_guesses_keys_is_not_listened_to_for_a_while() -> None:
    guesses = AddressRates(5)
    for _ in range(10):
        assert not guesses.is_over("a", 0.0)
        guesses.count("a", 0.0)
    assert guesses.is_over("a", 0.0)
    assert not guesses.is_over("b", 0.0)
    assert not guesses.is_over("a", 1.0)


def test_guessers_are_remembered_within_bounds() -> None:
    guesses = AddressRates(1)
    for number in range(10_001):
        guesses.count(str(number), 0.0)
        guesses.count(str(number), 0.0)
    assert not guesses.is_over("0", 0.0)
    assert guesses.is_over("1", 0.0)


def test_what_is_unpacked_counts() -> None:
    assert packet_cost(1, 0) == packet_cost(0, 4000) == 0
    assert packet_cost(1000, 0) == 999
    assert packet_cost(1, 2 << 20) == 512
