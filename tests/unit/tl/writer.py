"""Random bytes by the schema of any layer, written without the codec: what an old client would send."""

from __future__ import annotations

import random
import struct
from functools import cache

from tests.unit.tl.reader import Line, lines

_FIXED = {"int": 4, "long": 8, "double": 8, "int128": 16, "int256": 32}


@cache
def _types(layer: int) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines().values():
        if not line.is_method and line.first_layer <= layer <= line.last_layer:
            found.setdefault(line.result, []).append(line)
    return found


@cache
def _depths(layer: int) -> dict[int, int]:
    """The least nesting of every constructor, by id."""
    depths: dict[int, int] = {}
    types: dict[str, int] = {}
    changed = True
    while changed:
        changed = False
        for group in _types(layer).values():
            for line in group:
                needed = {kind for _, flags, _, kind in line.params if flags is None and "<" not in kind}
                needed = {kind for kind in needed if kind in _types(layer) and kind != "Bool"}
                if line.id not in depths and needed <= types.keys():
                    depths[line.id] = 1 + max((types[kind] for kind in needed), default=0)
                    types.setdefault(line.result, depths[line.id])
                    changed = True
    return depths


class Writer:
    """A source of serialized values of one layer."""

    def __init__(self, seed: int, layer: int) -> None:
        self._random = random.Random(seed)
        self._layer = layer

    def line(self, line: Line, depth: int = 3) -> bytes:
        """A constructor or method call with its id."""
        present: dict[str, int] = {}
        for name, flags, bit, _ in line.params:
            if flags is not None and depth > 0 and self._random.random() < 0.5:
                present[flags] = present.get(flags, 0) | 1 << bit
            elif flags is None:
                present.setdefault(name, 0)
        parts = [struct.pack("<I", line.id)]
        for name, flags, bit, kind in line.params:
            if kind == "#":
                parts.append(struct.pack("<I", present.get(name, 0)))
            elif kind != "true" and (flags is None or present.get(flags, 0) >> bit & 1):
                parts.append(self.value(kind, depth))
        return b"".join(parts)

    def value(self, kind: str, depth: int) -> bytes:
        """A value of a declared type."""
        if kind in _FIXED:
            raw = self._random.randbytes(_FIXED[kind])
            return struct.pack("<d", self._random.uniform(-9, 9)) if kind == "double" else raw
        if kind in {"string", "bytes"}:
            text = "héllo 🙂 " * self._random.choice((0, 1, 2, 40))
            raw = text.encode()
            head = bytes([len(raw)]) if len(raw) < 254 else struct.pack("<I", len(raw) << 8 | 254)
            return head + raw + bytes(-len(head + raw) % 4)
        if kind == "Bool":
            return struct.pack("<I", self._random.choice((0x997275B5, 0xBC799737)))
        if kind == "!X":
            return struct.pack("<I", 0xC4F9186B)
        if kind.startswith("Vector<"):
            count = self._random.choice((0, 1, 2)) if depth > 0 else 0
            items = [self.value(kind[7:-1], depth - 1) for _ in range(count)]
            return struct.pack("<II", 0x1CB5C415, count) + b"".join(items)
        candidates = _types(self._layer)[kind]
        fitting = [line for line in candidates if _depths(self._layer)[line.id] <= depth]
        line = (
            self._random.choice(fitting) if fitting else min(candidates, key=lambda line: _depths(self._layer)[line.id])
        )
        return self.line(line, depth - 1)
