"""Plans for writing a canonical object by the line of an older layer.

For every field of the old line, the first that applies:

1. the canonical field of the same name, if the types are the same and the old one is not stricter;
2. a rule of `FIELDS` for (TL name, field);
3. a rule of `PAIRS` for (canonical type, old type);
4. absent, if the old field is optional.

Otherwise there is no plan: `MissingRule`. `tl.convert.check` makes the plans of every class that a layer's client can
receive; a unit test runs it for every layer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tl.convert.down_fields import FIELDS, PAIRS
from tl.convert.upgrade import SCALAR_DEFAULTS
from tl.exceptions import EncodeError
from tl.registry import schema_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tl.objects import TLObject
    from tl.schema import Combinator
    from tl.schema.combinator import Param


class MissingRule(EncodeError):
    """A field of an old line that nothing fills."""

    def __init__(self, line: Combinator, param: Param) -> None:
        super().__init__(f"no rule for {line.name}#{line.id:08x} {param.name}:{param.type} (layer {line.last_layer})")
        self.line = line
        self.param = param


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """Where one field of the line to write comes from: a rule on the object, an attribute, or a constant."""

    attribute: str | None = None
    rule: Callable[[Any], Any] | None = None
    default: Any = None


@dataclass(slots=True)
class Downgrade:
    """How to write a class at a layer.

    Attributes:
        line: the line to write.
        is_canonical: whether it is the class's own line.
        fields: TL name of every field of `line` -> its source.
    """

    line: Combinator
    is_canonical: bool
    fields: dict[str, FieldPlan] = field(default_factory=dict)


def plan_of(cls: type[TLObject], layer: int, type_name: str | None) -> Downgrade | None:
    """The plan for a class at a layer, or None when the layer does not know it (as a member of `type_name`).

    Constructors that are gone at the layer are made by conversions only, where an old method id asks for them: they are
    written by their youngest line.

    Raises:
        MissingRule: nothing fills a field of the layer's line.
    """
    line = cls.COMBINATOR
    if line.schema == "mtproto":
        target: Combinator | None = line
    else:
        schema = schema_of(line.schema)
        target = schema.at(line.name, layer)
        if target is None and line.last_layer < min(layer, schema.latest):
            target = line
    if target is None or (type_name is not None and target.result.name != type_name):
        return None
    if target is line:
        return own_plan(cls)
    plan = Downgrade(target, is_canonical=False)
    plan.fields = {param.name: _plan_field(line, target, param) for param in target.fields}
    return plan


def own_plan(cls: type[TLObject]) -> Downgrade:
    """The plan that writes a class by its own line."""
    plan = Downgrade(cls.COMBINATOR, is_canonical=True)
    plan.fields = {param.name: FieldPlan(param.attribute) for param in plan.line.fields}
    return plan


def _plan_field(canonical: Combinator, line: Combinator, param: Param) -> FieldPlan:
    source = canonical.field(param.name)
    if source is not None and source.type == param.type and (source.is_required or not param.is_required):
        return FieldPlan(source.attribute)
    rule = FIELDS.get((line.name, f"{param.name}:{param.type}")) or FIELDS.get((line.name, param.name))
    if rule is None and source is not None and (str(source.type), str(param.type)) in PAIRS:
        rule = _pair(source.attribute, PAIRS[str(source.type), str(param.type)])
    if rule is not None:
        return FieldPlan(rule=_filled(rule, param))
    if not param.is_required:
        return FieldPlan(default=False if param.is_true else None)
    raise MissingRule(line, param)


def _pair(attribute: str, convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def rule(value: Any) -> Any:
        held = getattr(value, attribute)
        return None if held is None else convert(held)

    return rule


def _filled(rule: Callable[[Any], Any], param: Param) -> Callable[[Any], Any]:
    """A rule that gives a required simple field zero instead of None."""
    if not param.is_required or param.type.name not in SCALAR_DEFAULTS:
        return rule
    default = SCALAR_DEFAULTS[param.type.name]

    def filled(value: Any) -> Any:
        computed = rule(value)
        return default if computed is None else computed

    return filled
