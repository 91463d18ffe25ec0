"""Names to classes: the lazy modules `tl.api` and `tl.mtproto`, abstract types, constructors that are gone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tl.objects import TLObject, make_class
from tl.schema import Schema, api_schema, mtproto_schema
from tl.schema.combinator import class_name, namespace_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tl.schema import Combinator

_classes: Final[dict[tuple[str, str], type[TLObject]]] = {}
_MODULES: Final = {"api": "tl.api", "mtproto": "tl.mtproto"}


def schema_of(name: str) -> Schema:
    """The schema called `name`: ``api`` or ``mtproto``."""
    return api_schema() if name == "api" else mtproto_schema()


def class_of(schema: str, tl_name: str) -> type[TLObject]:
    """The class of a TL name; KeyError when the schema has no such name.

    A name of the canonical layer gives the public class. A name that the canonical layer dropped gives a class made of
    its youngest line: such objects exist only inside conversions.
    """
    key = (schema, tl_name)
    found = _classes.get(key)
    if found is None:
        combinator = schema_of(schema).newest(tl_name)
        module = _MODULES[schema] if combinator.last_layer == schema_of(schema).latest else "tl.convert"
        found = _classes.setdefault(key, make_class(combinator, module))
    return found


@cache
def old_class_of(tl_name: str) -> type[TLObject]:
    """A class of the youngest line of `tl_name` below the canonical one: what a constructor was before it changed."""
    schema = api_schema()
    lines = [schema[constructor_id] for constructor_id in schema.names[tl_name]]
    line = max((line for line in lines if line.last_layer != schema.latest), key=lambda line: line.first_layer)
    if schema.canonical(tl_name) is None:
        return class_of("api", tl_name)
    return make_class(line, "tl.convert")


class AbstractType:
    """What ``api.TypeMessage`` is at runtime: good for ``isinstance`` and for asking its constructors.

    Type checkers see a union of the constructors' classes instead.
    """

    __slots__ = ("_schema", "name")

    def __init__(self, schema: str, name: str) -> None:
        self._schema = schema
        self.name = name

    @property
    def constructors(self) -> tuple[str, ...]:
        """TL names of the constructors of the canonical layer."""
        return _constructors(self._schema, self.name)

    def __instancecheck__(self, instance: object) -> bool:
        if not isinstance(instance, TLObject) or instance.IS_METHOD or self.name != instance.TL_TYPE:
            return False
        return instance.COMBINATOR.schema == self._schema

    def __or__(self, other: object) -> AbstractType:
        return self

    __ror__ = __or__

    def __repr__(self) -> str:
        return f"<TL type {self.name}>"


@cache
def _constructors(schema: str, type_name: str) -> tuple[str, ...]:
    """Constructors of an abstract type in the canonical layer."""
    index = schema_of(schema)
    lines = (index[constructor_id] for constructor_id in index.ids_of_type(type_name))
    return tuple(line.name for line in lines if line.last_layer == index.latest)


def constructors_of(type_name: str) -> tuple[str, ...]:
    """TL names of the constructors of an abstract type in the canonical layer; KeyError for an unknown type."""
    found = _constructors("api", type_name) or _constructors("mtproto", type_name)
    if not found:
        raise KeyError(type_name)
    return found


@cache
def _public_names(schema: str) -> dict[str, dict[str, str]]:
    """namespace -> Python class name -> TL name, for the canonical layer."""
    names: dict[str, dict[str, str]] = {"": {}}
    index = schema_of(schema)
    for tl_name in index.names:
        names.setdefault(namespace_of(tl_name), {})[class_name(tl_name)] = tl_name
    return names


def is_canonical(schema: str, tl_name: str) -> bool:
    """Whether the canonical layer has that name."""
    return schema_of(schema).canonical(tl_name) is not None


class Namespace:
    """A TL namespace such as ``api.messages``: its classes are made on first access."""

    def __init__(self, schema: str, name: str) -> None:
        self._schema = schema
        self._name = name

    def __getattr__(self, name: str) -> Any:
        value = resolve(self._schema, self._name, name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> Iterable[str]:
        return public_dir(self._schema, self._name)

    def __repr__(self) -> str:
        return f"<TL namespace {self._name}>"


def resolve(schema: str, namespace: str, name: str) -> Any:
    """The class, abstract type or namespace behind an attribute; AttributeError when there is none."""
    names = _public_names(schema)
    tl_name = names.get(namespace, {}).get(name)
    if tl_name is not None and is_canonical(schema, tl_name):
        return class_of(schema, tl_name)
    if not namespace and name in names:
        return Namespace(schema, name)
    if name.startswith("Type"):
        for type_name in schema_of(schema).type_names:
            if namespace_of(type_name) == namespace and class_name(type_name) == name[4:]:
                return AbstractType(schema, type_name)
    raise AttributeError(f"the TL schema {schema} has no {namespace + '.' if namespace else ''}{name}")


def public_dir(schema: str, namespace: str) -> list[str]:
    """Names that a namespace offers."""
    names = _public_names(schema)
    found = [name for name, tl_name in names.get(namespace, {}).items() if is_canonical(schema, tl_name)]
    if not namespace:
        found += [name for name in names if name]
    return sorted(found)


def lazy_module(schema: str, namespace: dict[str, Any]) -> Callable[[str], Any]:
    """A module ``__getattr__`` that stores what it makes in the module's own `namespace`."""

    def load(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = resolve(schema, "", name)
        namespace[name] = value
        return value

    return load


def method_line(constructor_id: int) -> Combinator | None:
    """The line of a method id of any layer, or None when the id is no method's."""
    for schema in (api_schema(), mtproto_schema()):
        if constructor_id in schema:
            line = schema[constructor_id]
            return line if line.is_method else None
    return None


def method_name(constructor_id: int) -> str | None:
    """TL name of the method with that id, of any layer, or None when the id is no method's."""
    line = method_line(constructor_id)
    return None if line is None else line.name
