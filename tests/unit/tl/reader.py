"""A second TL reader, independent of the codec: it interprets the schema text field by field."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tl.schema

_PARAM = re.compile(r"(?P<name>\w+):(?:(?P<flags>\w+)\.(?P<bit>\d+)\?)?(?P<type>\S+)")
_FIXED = {"int": "<i", "long": "<q", "double": "<d", "int128": "<16s", "int256": "<32s", "#": "<I"}
_VECTOR = 0x1CB5C415
_BOOLS = {0x997275B5: True, 0xBC799737: False}


@dataclass(frozen=True)
class Line:
    """One schema line as text parts."""

    name: str
    id: int
    params: tuple[tuple[str, str | None, int, str], ...]
    result: str
    is_method: bool
    first_layer: int
    last_layer: int


@cache
def lines() -> dict[int, Line]:
    """Every line of the API schema by id."""
    found = {}
    is_method = False
    text = (Path(tl.schema.__file__).parent / "api.tl").read_text(encoding="utf-8")
    for row in text.splitlines():
        if row.startswith("---"):
            is_method = row == "---functions---"
        if not row[:1].isdigit():
            continue
        first, last, rest = row.rstrip(";").split(" ", 2)
        head, result = rest.rsplit(" = ", 1)
        name, constructor_id = head.split(" ")[0].split("#")
        params = tuple(
            (match["name"], match["flags"], int(match["bit"] or 0), match["type"])
            for match in map(_PARAM.fullmatch, head.split(" ")[1:])
            if match is not None
        )
        line = Line(name, int(constructor_id, 16), params, result, is_method, int(first), int(last))
        found[line.id] = line
    return found


class Reader:
    """Reads values by the schema of one layer; any deviation is an AssertionError.

    Attributes:
        position: bytes consumed.
        ids: constructor ids met.
    """

    def __init__(self, data: bytes, layer: int) -> None:
        self.data = data
        self.layer = layer
        self.position = 0
        self.ids: list[int] = []

    def _unpack(self, code: str) -> Any:
        size = struct.calcsize(code)
        assert self.position + size <= len(self.data), "truncated"
        (value,) = struct.unpack_from(code, self.data, self.position)
        self.position += size
        return value

    def _bytes(self) -> bytes:
        first = self._unpack("<B")
        if first == 254:
            length = int.from_bytes(self.data[self.position : self.position + 3], "little")
            self.position += 3
            assert length > 253, "a short string in the long form"
        else:
            assert first < 254
            length = first
        value = self.data[self.position : self.position + length]
        self.position += length
        padding = -self.position % 4
        assert self.data[self.position : self.position + padding] == bytes(padding)
        self.position += padding
        return value

    def value(self, declared: str) -> Any:
        """Read one value of a declared type; boxed objects come out as dicts."""
        if declared in _FIXED:
            return self._unpack(_FIXED[declared])
        if declared == "string":
            return self._bytes().decode()
        if declared == "bytes":
            return self._bytes()
        if declared == "Bool":
            return _BOOLS[self._unpack("<I")]
        if declared.startswith("Vector<"):
            assert self._unpack("<I") == _VECTOR
            return [self.value(declared[7:-1]) for _ in range(self._unpack("<I"))]
        return self.boxed(declared)

    def boxed(self, declared: str) -> dict[str, Any]:
        """Read a boxed object of a type that this layer knows."""
        constructor_id = self._unpack("<I")
        line = lines().get(constructor_id)
        assert line is not None, f"{constructor_id:#010x} is in no schema"
        assert line.result == declared, f"{line.name} where {declared} is declared"
        assert line.first_layer <= self.layer <= line.last_layer, f"{line.name}#{line.id:08x} at layer {self.layer}"
        self.ids.append(constructor_id)
        return self.fields(line)

    def fields(self, line: Line) -> dict[str, Any]:
        """Read the fields of a line."""
        values: dict[str, Any] = {"_": line.name}
        for name, flags, bit, declared in line.params:
            if flags is not None and not values[flags] >> bit & 1:
                continue
            values[name] = True if declared == "true" else self.value(declared)
        return values


def read(data: bytes, declared: str, layer: int) -> Any:
    """Read one value that must fill `data`."""
    reader = Reader(data, layer)
    value = reader.value(declared)
    assert reader.position == len(data), f"{len(data) - reader.position} bytes left"
    return value
