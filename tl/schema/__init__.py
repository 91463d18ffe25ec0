"""Schema files of the TL package and the index over them.

``api.tl`` lists every id of layers 137..232 with the first and last layer that knows it, ``mtproto.tl`` the service
schema. Both are plain TL text. Loading splits the text into lines and indexes them by id and name (about 3 ms); a line
is parsed when something first needs it.

Language: https://core.telegram.org/mtproto/TL
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from tl.schema.combinator import Combinator, parse_combinator

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LAYER", "MIN_KNOWN_LAYER", "Combinator", "Schema", "api_schema", "mtproto_schema", "read_text"]

LAYER: Final = 232
"""The canonical layer: the one the classes of `tl.api` describe."""

MIN_KNOWN_LAYER: Final = 137
"""The lowest layer whose ids are listed; older ids are unknown constructors."""

_SECTION_TYPES: Final = "---types---"
_SECTION_FUNCTIONS: Final = "---functions---"


class Schema:
    """All combinators of one schema, parsed lazily.

    Args:
        name: ``api`` or ``mtproto``.
        text: TL text with sections; each line may start with ``first_layer last_layer``.
        latest: the layer whose lines are canonical.
    """

    def __init__(self, name: str, text: str, latest: int) -> None:
        self.name: Final = name
        self.latest: Final = latest
        self._text: Final = text
        self._parsed: dict[int, Combinator] = {}
        self._lines: dict[int, tuple[str, bool]] = {}
        self._ids: dict[str, list[int]] = {}
        is_method = False
        lines, ids = self._lines, self._ids
        for line in text.split("\n"):
            if not line or line.startswith("//"):
                continue
            if line.startswith("---"):
                is_method = line == _SECTION_FUNCTIONS
                continue
            head, _, tail = line.partition("#")
            constructor_id = int(tail[:8], 16)
            lines[constructor_id] = (line, is_method)
            ids.setdefault(head.rpartition(" ")[2], []).append(constructor_id)

    def __contains__(self, constructor_id: int) -> bool:
        return constructor_id in self._lines

    def __getitem__(self, constructor_id: int) -> Combinator:
        """The combinator of an id; KeyError when no layer knows it."""
        parsed = self._parsed.get(constructor_id)
        if parsed is None:
            line, is_method = self._lines[constructor_id]
            parsed = self._parsed[constructor_id] = parse_combinator(line, is_method, self.name, self.latest)
        return parsed

    def __iter__(self) -> Iterator[Combinator]:
        return (self[constructor_id] for constructor_id in self._lines)

    @property
    def names(self) -> dict[str, list[int]]:
        """Ids of every TL name, oldest layer first."""
        return self._ids

    def ids_of_type(self, type_name: str) -> list[int]:
        """Ids of the constructors of a boxed type over all layers."""
        ending = f" = {type_name};"
        found = self._lines.items()
        return [key for key, (line, is_method) in found if not is_method and line.endswith(ending)]

    def ids_since(self, layer: int) -> list[int]:
        """Ids of canonical constructor lines that appeared after `layer`."""
        latest = f" {self.latest} "
        found = self._lines.items()
        return [
            key for key, (line, is_method) in found if not is_method and line[3:8] == latest and int(line[:3]) > layer
        ]

    def ids_requiring(self, type_name: str) -> list[int]:
        """Ids of lines with a required field of a boxed type, over all layers."""
        declaration, text = f":{type_name} ", self._text
        ids = []
        found = text.find(declaration)
        while found >= 0:
            start, end = text.rindex("\n", 0, found), text.index("\n", found)
            number = text.index("#", start) + 1
            ids.append(int(text[number : number + 8], 16))
            found = text.find(declaration, end)
        return ids

    @cached_property
    def type_names(self) -> frozenset[str]:
        """Boxed types that constructors of any layer belong to."""
        found = self._lines.values()
        return frozenset(line[line.rindex(" = ") + 3 : -1] for line, is_method in found if not is_method)

    def canonical(self, name: str) -> Combinator | None:
        """The line of `name` in the canonical layer, or None when that layer dropped it."""
        return self.at(name, self.latest)

    def newest(self, name: str) -> Combinator:
        """The canonical line of `name`, or the youngest one when it is gone; KeyError for an unknown name."""
        lines = [self[constructor_id] for constructor_id in self._ids[name]]
        return max(lines, key=lambda line: (line.last_layer, line.first_layer))

    def at(self, name: str, layer: int) -> Combinator | None:
        """The line of `name` that `layer` knows; a layer without data of its own uses the nearest lower one.

        A few names went back to an old id after a trial of another: the line that came last wins while it is valid.
        """
        lines = [self[constructor_id] for constructor_id in self._ids.get(name, ())]
        valid = [line for line in lines if line.first_layer <= layer and _is_valid(line, layer)]
        return max(valid, key=lambda line: line.first_layer, default=None)


def _is_valid(line: Combinator, layer: int) -> bool:
    return line.last_layer >= layer or line.last_layer >= nearest_covered(layer)


@cache
def nearest_covered(layer: int) -> int:
    """The highest layer not above `layer` of which the schema text has data."""
    return max((known for known in _covered_layers() if known <= layer), default=layer)


@cache
def _covered_layers() -> frozenset[int]:
    layers: set[int] = set()
    for line in read_text("api.tl").split("\n"):
        if line[:1].isdigit():
            layers.add(int(line[:3]))
            layers.add(int(line[4:7]))
    return frozenset(layers)


@cache
def read_text(name: str) -> str:
    """A data file of this package as text."""
    from pathlib import Path

    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@cache
def api_schema() -> Schema:
    """The API schema over all layers."""
    return Schema("api", read_text("api.tl"), LAYER)


@cache
def mtproto_schema() -> Schema:
    """The service schema; it has no layers."""
    return Schema("mtproto", read_text("mtproto.tl"), 0)
