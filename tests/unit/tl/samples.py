"""Random canonical objects, reproducible by seed."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import settings

import tl
from tl.registry import class_of
from tl.schema import api_schema

if TYPE_CHECKING:
    from tl.schema.combinator import TypeRef

without_deadline = settings(deadline=None)
"""The first example of a class compiles its code, which a loaded machine may take long for."""

_ALPHABET = "abc XYZ 0123 äß€ 漢字 🙂\n"
_SCALARS = {"int", "long", "double", "string", "bytes", "int128", "int256", "Bool", "true", "!X"}


@cache
def _depths() -> dict[str, int]:
    """The least nesting that an object of a canonical constructor needs, by TL name."""
    schema = api_schema()
    names = {name: schema.canonical(name) for name in schema.names}
    lines = [line for line in names.values() if line is not None and not line.is_method]
    depths: dict[str, int] = {}
    types: dict[str, int] = {}
    changed = True
    while changed:
        changed = False
        for line in lines:
            if line.name in depths:
                continue
            needed = {param.type.name for param in line.fields if param.is_required and not param.type.is_vector}
            needed -= _SCALARS
            if all(name in types for name in needed):
                depths[line.name] = 1 + max((types[name] for name in needed), default=0)
                types.setdefault(line.result.name, depths[line.name])
                changed = True
    return depths


class Samples:
    """A source of random objects."""

    def __init__(self, seed: int, depth: int = 4) -> None:
        self._random = random.Random(seed)
        self._depth = depth

    def of_class(self, tl_name: str, depth: int | None = None) -> Any:
        """An object of a constructor or method."""
        depth = self._depth if depth is None else depth
        cls = class_of("api", tl_name)
        line = cls.COMBINATOR
        groups: dict[tuple[str, int], bool] = {}
        fields: dict[str, Any] = {}
        for param in line.fields:
            if param.flags is not None:
                # Fields of one bit come together.
                present = groups.setdefault((param.flags, param.bit), self._random.random() < 0.5 and depth > 0)
                if param.is_true:
                    fields[param.attribute] = present
                    continue
                if not present:
                    continue
            fields[param.attribute] = self.of_type(param.type, depth)
        return cls(**fields)

    def of_type(self, declared: TypeRef, depth: int | None = None) -> Any:
        """A value of a declared type."""
        depth = self._depth if depth is None else depth
        chance = self._random
        if declared.item is not None:
            count = chance.choice((0, 1, 2, 3)) if depth > 0 else 0
            return [self.of_type(declared.item, depth - 1) for _ in range(count)]
        match declared.name:
            case "int":
                return chance.choice((0, 1, -1, chance.getrandbits(31), -chance.getrandbits(31)))
            case "long":
                return chance.choice((0, 1, -1, chance.getrandbits(63), -chance.getrandbits(63)))
            case "double":
                return chance.uniform(-1e6, 1e6)
            case "string":
                return "".join(chance.choices(_ALPHABET, k=chance.choice((0, 1, 2, 3, 17, 60, 120))))
            case "bytes" | "!X":
                return chance.randbytes(chance.choice((0, 1, 3, 4, 253, 254, 255, 300)) & ~3)
            case "int128":
                return chance.randbytes(16)
            case "int256":
                return chance.randbytes(32)
            case "Bool":
                return chance.random() < 0.5
        return self.of_class(self._constructor(declared.name, depth), depth - 1)

    def _constructor(self, type_name: str, depth: int) -> str:
        names = tl.constructors_of(type_name)
        fitting = [name for name in names if _depths()[name] <= depth]
        if fitting:
            return self._random.choice(fitting)
        return min(names, key=lambda name: _depths()[name])
