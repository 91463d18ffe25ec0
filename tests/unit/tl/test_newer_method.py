"""A method newer than the session's layer is answered as its own layer knows it (official Android mixes them)."""

from __future__ import annotations

import tl
from tl import api


def test_answer_of_a_method_that_the_layer_does_not_know() -> None:
    tones = api.aicompose.Tones(hash=1, tones=[], users=[])
    data = tl.encode_result(tones, api.aicompose.GetTones.CONSTRUCTOR_ID, 158)
    assert tl.decode(data) == tones
