"""bench/scale.py: the tables of docs/scale.md are what it computes, and the arithmetic holds together."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from bench import scale
from layers.schema import metadata, sharding


def test_the_document_holds_what_the_simulator_says() -> None:
    text = scale.DOCUMENT.read_text()
    for name in scale.sections():
        assert text.count(f"<!-- {name} -->") == text.count(f"<!-- /{name} -->") == 1
    assert text == scale.written(text), "run: python -m bench scale --write"


def test_every_table_has_a_sharding_key() -> None:
    keys = {name: column for name, column, _ in sharding.sharding_keys()}
    assert keys.keys() == metadata.tables.keys()
    for name, column in keys.items():
        assert column in metadata.tables[name].columns
    hot = ("boxes", "events", "dialogs", "message_terms", "message_tags", "sent_random_ids")
    for name in hot:
        assert next(iter(metadata.tables[name].primary_key.columns)).name == keys[name] == "owner_id"


def test_needs_grow_with_the_users() -> None:
    given = scale.Inputs()
    needs = [scale.need(users, given) for users in scale.SIZES]
    for smaller, larger in pairwise(needs):
        assert larger.messages_s == pytest.approx(10 * smaller.messages_s)
        assert larger.total("workers") > smaller.total("workers")
        assert larger.per_million("workers") < smaller.per_million("workers")
        assert larger.shards >= smaller.shards
    one = scale.need(1_000_000, given)
    assert one.connections == 1_000_000 * 0.15 * 1.4
    assert one.messages_s == pytest.approx(1_000_000 * 0.5 * 40 / 86_400 * 3)
    assert one.nodes * given.connections_per_node >= one.connections


def test_every_input_counts() -> None:
    """A much larger or smaller input changes something; none is only decoration."""
    given = scale.Inputs()
    before = [scale.need(users, given) for users in scale.SIZES]
    for name in scale.Inputs.__dataclass_fields__:
        changed = [replace(given, **{name: factor * getattr(given, name)}) for factor in (1000, 1 / 1000)]
        assert any([scale.need(users, each) for users in scale.SIZES] != before for each in changed), name


def test_the_break_even_is_where_the_cheaper_changes() -> None:
    given = scale.Inputs()
    users = scale.break_even(given)
    assert scale.need(users * 9 // 10, given).routing == "Lambda"
    assert scale.need(users * 11 // 10, given).routing == "workers"
    assert scale.break_even(replace(given, lambda_gib_s=given.lambda_gib_s * 4)) < users


def test_the_command() -> None:
    command = [sys.executable, "-m", "bench", "scale", "--users", "5000"]
    done = subprocess.run([*command, "--set", "vcpu_h=1"], capture_output=True, text=True, check=True, timeout=60)
    assert "| users | 5 k |" in done.stdout
    wrong = subprocess.run([*command, "--set", "nothing=1"], capture_output=True, text=True, check=False, timeout=60)
    assert wrong.returncode == 2
    assert "no input 'nothing'" in wrong.stderr
