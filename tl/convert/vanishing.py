"""Which objects a layer cannot be told of.

A constructor that the layer does not know, of a type without a substitute, vanishes: vectors drop it, optional fields
turn absent. So does every object with a required field whose value vanishes, and so on outwards. Updates that carry a
pts are known to every supported layer (a unit test holds the schema to that), so no client's pts is left behind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tl.convert.rewrites import REWRITES
from tl.convert.substitutes import EVERYWHERE, SUBSTITUTES
from tl.exceptions import EncodeError
from tl.schema import LAYER, api_schema

if TYPE_CHECKING:
    from tl.schema.combinator import TypeRef


_REWRITTEN: Final = frozenset(REWRITES)


@dataclass(slots=True)
class Vanishing:
    """What vanishes of one type at one layer.

    Attributes:
        names: TL names that always vanish.
        required: TL name -> (attribute, what vanishes there) of required fields that take their object with them.
    """

    names: set[str] = field(default_factory=set)
    required: dict[str, list[tuple[str, Vanishing]]] = field(default_factory=dict)

    def test(self, value: Any) -> bool:
        """Whether `value` vanishes."""
        if value.TL_NAME in self.names:
            return True
        inner = self.required.get(value.TL_NAME, ())
        return any(vanishing.test(getattr(value, attribute)) for attribute, vanishing in inner)


def vanishing_in(schema: str, type_ref: TypeRef, layer: int) -> Vanishing | None:
    """What must be left out of a vector or an optional field of that type; None if nothing is."""
    item = type_ref.item if type_ref.item is not None else type_ref
    if schema != "api" or layer >= LAYER or item.is_scalar or item.is_vector or item.name in EVERYWHERE:
        return None
    return vanishing_types(layer).get(item.name)


@cache
def vanishing_types(layer: int) -> dict[str, Vanishing]:
    """Every type with constructors that vanish at `layer`.

    Raises:
        EncodeError: an object of a type that has a substitute may vanish from within: it needs rules of its own.
    """
    schema = api_schema()
    found: dict[str, Vanishing] = {}
    for constructor_id in schema.ids_since(layer):
        line = schema[constructor_id]
        known = schema.at(line.name, layer)
        if line.name not in _REWRITTEN and (known is None or known.result != line.result):
            found.setdefault(line.result.name, Vanishing()).names.add(line.name)
    queue = [name for name in found if name not in SUBSTITUTES]
    for name in queue:
        for owner, attribute in _requiring(name, layer):
            outer = schema.newest(owner).result.name
            if outer in SUBSTITUTES:
                raise EncodeError(f"layer {layer}: {owner}.{attribute} may vanish")
            if outer not in found or (outer not in queue):
                queue.append(outer)
            found.setdefault(outer, Vanishing()).required.setdefault(owner, []).append((attribute, found[name]))
    return found


def _requiring(type_name: str, layer: int) -> list[tuple[str, str]]:
    """(TL name, attribute) of canonical constructors that `layer` writes with a required field of the type."""
    schema = api_schema()
    found = []
    for constructor_id in schema.ids_requiring(type_name):
        line = schema[constructor_id]
        canonical = schema.canonical(line.name)
        if line.is_method or canonical is None or line.name in _REWRITTEN or schema.at(line.name, layer) is not line:
            continue
        for param in line.fields:
            source = canonical.field(param.name)
            if param.is_required and param.type.name == type_name and source is not None and source.type == param.type:
                found.append((line.name, source.attribute))
    return found
