"""Proof that a layer's table is complete: every object that its client can receive has a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tl.convert.downgrade import MissingRule, plan_of
from tl.convert.rewrites import rewrite_of
from tl.convert.substitutes import SUBSTITUTES
from tl.convert.vanishing import vanishing_types
from tl.exceptions import EncodeError
from tl.registry import class_of, constructors_of
from tl.schema import api_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tl.schema import Combinator
    from tl.schema.combinator import TypeRef


def receivable_types(layer: int) -> set[str]:
    """Boxed types that a client of `layer` can be sent: reachable from method results and updates."""
    schema = api_schema()
    fields: dict[str, set[str]] = {}
    reached: set[str] = set()
    queue: list[str] = ["Updates"]
    for name in schema.names:
        line = schema.at(name, layer)
        if line is None:
            continue
        if line.is_method:
            queue.append(_item(line.result))
        else:
            fields.setdefault(line.result.name, set()).update(_item(param.type) for param in line.fields)
    while queue:
        name = queue.pop()
        if name in fields and name not in reached:
            reached.add(name)
            queue += fields[name]
    return reached


def missing_rules(layer: int) -> list[str]:
    """What keeps the table of `layer` from being complete; empty when it is."""
    problems: list[str] = []
    try:
        vanishing = vanishing_types(layer)
    except EncodeError as error:
        return [str(error)]
    schema = api_schema()
    for type_name in sorted(receivable_types(layer)):
        for name in constructors_of_or_none(type_name):
            cls = class_of("api", name)
            try:
                if rewrite_of(cls, layer) is None:
                    plan_of(cls, layer, type_name)
            except MissingRule as error:
                problems.append(str(error))
    for name in schema.names:
        line = schema.at(name, layer)
        if line is not None and line.is_method and _may_vanish(line, vanishing):
            problems.append(f"layer {layer}: the result of {name} may vanish")
    return problems


def constructors_of_or_none(type_name: str) -> tuple[str, ...]:
    """Canonical constructors of a type; none for a type that the canonical layer dropped."""
    try:
        return constructors_of(type_name)
    except KeyError:
        return ()


def _may_vanish(line: Combinator, vanishing: Mapping[str, object]) -> bool:
    return line.result.item is None and line.result.name in vanishing and line.result.name not in SUBSTITUTES


def _item(type_ref: TypeRef) -> str:
    return type_ref.name if type_ref.item is None else _item(type_ref.item)
