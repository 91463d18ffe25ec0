"""Plans for reading an old line into the canonical class.

For every canonical field, the first that applies:

1. a rule of `RULES` for (TL name, field);
2. the old field of the same name, if the types are the same;
3. a rule of `PAIRS` for (old type, canonical type);
4. zero, the empty string or the empty vector, if a required field of such a type was optional or did not exist;
5. absent, if the canonical field is optional; but as 4 when another field with the same bit is present.

Otherwise the line has no plan, which the unit tests and `missing` report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tl.convert.keyboards import polish_reply_markup, polish_requested_button
from tl.convert.up_rules import PAIRS, REPLACE, RULES
from tl.exceptions import UnknownConstructor
from tl.registry import class_of, schema_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tl.objects import TLObject
    from tl.schema.combinator import Combinator, Param

Values = dict[str, Any]
"""Decoded fields of the old line by TL name."""

SCALAR_DEFAULTS: Final[Mapping[str, Any]] = {
    "int": 0,
    "long": 0,
    "double": 0.0,
    "string": "",
    "bytes": b"",
    "Bool": False,
    "Vector": (),
}
"""What a required field of a simple type is when an old line says nothing of it."""


POLISH: Final[Mapping[str, Callable[[Any], Any]]] = {
    "bots.requestWebViewButton": polish_requested_button,
    "replyKeyboardMarkup": polish_reply_markup,
}
"""Canonical constructors whose parts may be older than they are."""


@dataclass(slots=True)
class Upgrade:
    """How to make a canonical object of a decoded line.

    Attributes:
        cls: the class to make.
        direct: TL name of an old field -> attribute it is stored in unchanged.
        constants: (attribute, value) of what the old line lacks.
        computed: (attribute, rule); a rule gets all kept values.
        kept: TL names of the old fields that rules see: all of them when there is a rule, else none.
        replace: makes the final object of the decoded one, for constructors that changed their nature.
    """

    cls: type[TLObject]
    direct: dict[str, str] = field(default_factory=dict)
    constants: list[tuple[str, Any]] = field(default_factory=list)
    computed: list[tuple[str, Callable[[Values], Any]]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    replace: Callable[[TLObject], Any] | None = None

    @property
    def has_rules(self) -> bool:
        """Whether anything but plain fields is involved."""
        return bool(self.computed or self.constants or self.replace)


class MissingRule(UnknownConstructor):
    """A canonical field of which an old line says nothing."""

    def __init__(self, line: Combinator, attribute: str) -> None:
        super().__init__(line.id)
        self.attribute = attribute


def upgrade_of(line: Combinator) -> Upgrade:
    """The plan for a line.

    Raises:
        UnknownConstructor: the canonical layer dropped the name and nothing replaces it.
    """
    schema = schema_of(line.schema)
    plan = Upgrade(class_of(line.schema, line.name))
    canonical = schema.canonical(line.name)
    if canonical is None:
        replace = REPLACE.get(line.name)
        if replace is None:
            raise UnknownConstructor(line.id)
        plan.replace = replace
        canonical = schema.newest(line.name)
    else:
        plan.replace = POLISH.get(line.name)
    if canonical.id == line.id:
        plan.direct = {param.name: param.attribute for param in line.fields}
        return plan
    for param in canonical.fields:
        _plan_field(plan, line, canonical, param)
    if plan.computed:
        plan.kept = [old.name for old in line.fields]
    return plan


def _plan_field(plan: Upgrade, line: Combinator, canonical: Combinator, param: Param) -> None:
    old = line.field(param.name)
    rule = RULES.get((line.name, param.name))
    if rule is not None and (old is None or old.type != param.type):
        plan.computed.append((param.attribute, rule))
    elif old is not None and old.type == param.type and (old.is_required or not param.is_required):
        plan.direct[old.name] = param.attribute
    elif old is not None and (str(old.type), str(param.type)) in PAIRS:
        plan.computed.append((param.attribute, _pair(old.name, PAIRS[str(old.type), str(param.type)], param)))
    elif param.is_required and param.type.name in SCALAR_DEFAULTS and (old is None or old.type == param.type):
        plan.computed.append((param.attribute, _or_default(param)))
    elif not param.is_required and _siblings(canonical, param):
        plan.computed.append((param.attribute, _with_siblings(param, _siblings(canonical, param))))
    elif not param.is_required:
        plan.constants.append((param.attribute, False if param.is_true else None))
    else:
        raise MissingRule(line, param.name)


def _siblings(canonical: Combinator, param: Param) -> list[str]:
    """Names of the other fields that come with the bit of an optional field."""
    bit = (param.flags, param.bit)
    return [other.name for other in canonical.fields if (other.flags, other.bit) == bit and other is not param]


def _with_siblings(param: Param, siblings: list[str]) -> Callable[[Values], Any]:
    """A field that an old line lacks is empty, not absent, if what shares its bit is there."""
    default = True if param.is_true else SCALAR_DEFAULTS.get(param.type.name)
    absent = False if param.is_true else None

    def rule(values: Values) -> Any:
        if all(values.get(name) is None or values[name] is False for name in siblings):
            return absent
        return list(default) if isinstance(default, tuple) else default

    return rule


def _or_default(param: Param) -> Callable[[Values], Any]:
    default = SCALAR_DEFAULTS[param.type.name]

    def rule(values: Values) -> Any:
        value = values.get(param.name)
        if value is None:
            return list(default) if param.type.is_vector else default
        return value

    return rule


def _pair(name: str, convert: Callable[[Any], Any], param: Param) -> Callable[[Values], Any]:
    absent = False if param.is_true else None

    def rule(values: Values) -> Any:
        value = values[name]
        return absent if value is None else convert(value)

    return rule
