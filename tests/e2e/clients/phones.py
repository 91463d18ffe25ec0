"""Phone numbers for tests."""

from __future__ import annotations

import itertools

_numbers = itertools.count(10_001)


def new_phone() -> str:
    """A test number (https://core.telegram.org/api/auth#test-accounts) that no other test of the run uses."""
    return f"+999662{next(_numbers)}"
