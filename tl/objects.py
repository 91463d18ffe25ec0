"""`TLObject` and the classes made of schema lines.

A class costs about 20 µs to make; its ``__init__`` is compiled when the first instance is constructed by keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tl.schema.combinator import Combinator, TypeRef

from tl.schema.combinator import class_name


@dataclass_transform(kw_only_default=True)
class TLObject:
    """Base of every TL constructor and method.

    Instances are plain mutable records: keyword-only construction, equality by class and fields, no identity of their
    own. Subclasses are made by `make_class` and carry ``__slots__``.
    """

    __slots__ = ()

    CONSTRUCTOR_ID: ClassVar[int]
    """Id of the canonical layer's line, unsigned."""
    TL_NAME: ClassVar[str]
    """Name in the schema, ``messages.sendMessage``."""
    TL_TYPE: ClassVar[str]
    """The boxed type it belongs to (``InputPeer``); for a method, its result."""
    IS_METHOD: ClassVar[bool]
    RESULT: ClassVar[str]
    """For a method the type of its result (``Updates``, ``Vector<User>``, ``X``), for a constructor its boxed type."""
    FIELDS: ClassVar[tuple[str, ...]]
    """Attribute names in wire order."""
    COMBINATOR: ClassVar[Combinator]
    """The schema line behind the class."""

    def __init__(self, /, **fields: Any) -> None:
        cls = type(self)
        if cls in {TLObject, TLMethod}:
            raise TypeError(f"{cls.__name__} is abstract")
        # The real initializer is compiled here, so that classes which are only decoded never pay for it.
        initializer = _compile_init(cls)
        cls.__init__ = initializer  # type: ignore[method-assign]
        initializer(self, **fields)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.FIELDS)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self._present())
        return f"{type(self).__qualname__}({shown})"

    def to_dict(self) -> dict[str, Any]:
        """A nested dict of the present fields with the TL name under ``_``, for logs and comparisons."""
        return {"_": self.TL_NAME, **{name: _plain(value) for name, value in self._present()}}

    def _present(self) -> Iterator[tuple[str, Any]]:
        """The fields that are set: absent optional ones and cleared flags are left out."""
        for param in self.COMBINATOR.fields:
            value = getattr(self, param.attribute)
            if value is None or (param.is_true and not value):
                continue
            yield param.attribute, value


class TLMethod(TLObject):
    """Base of the methods: a request remembers the id that stood on the wire.

    An old method decodes into the canonical one; its answer must still have the shape that the old id promises.
    """

    __slots__ = ("wire_id",)

    if TYPE_CHECKING:

        @property
        def wire_id(self) -> int:
            """The id the request was sent with; `CONSTRUCTOR_ID` when it was made here."""


def _plain(value: Any) -> Any:
    if isinstance(value, TLObject):
        return value.to_dict()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def make_class(combinator: Combinator, module: str) -> type[TLObject]:
    """The class of a schema line."""
    fields = tuple(param.attribute for param in combinator.fields)
    name = class_name(combinator.name)
    namespace, _, _ = combinator.name.rpartition(".")
    attributes: dict[str, Any] = {
        "__slots__": fields,
        "__module__": module,
        "__qualname__": f"{namespace}.{name}" if namespace else name,
        "__doc__": f"``{signature(combinator)}``",
        "CONSTRUCTOR_ID": combinator.id,
        "TL_NAME": combinator.name,
        "TL_TYPE": str(combinator.result),
        "IS_METHOD": combinator.is_method,
        "RESULT": str(combinator.result),
        "FIELDS": fields,
        "COMBINATOR": combinator,
    }
    return type(name, (TLMethod if combinator.is_method else TLObject,), attributes)


def signature(combinator: Combinator) -> str:
    """The line as the schema writes it, without layers."""
    parts = [f"{combinator.name}#{combinator.id:08x}"]
    for param in combinator.params:
        condition = "" if param.flags is None else f"{param.flags}.{param.bit}?"
        parts.append(f"{param.name}:{condition}{param.type}")
    return f"{' '.join(parts)} = {combinator.result};"


def default_of(type_ref: TypeRef, is_required: bool) -> Any:
    """What an absent optional field holds."""
    return False if type_ref.name == "true" and not is_required else None


def _compile_init(cls: type[TLObject]) -> Any:
    combinator = cls.COMBINATOR
    required = [param for param in combinator.fields if param.is_required]
    optional = [param for param in combinator.fields if not param.is_required]
    arguments = [param.attribute for param in required]
    arguments += [f"{param.attribute}={default_of(param.type, False)}" for param in optional]
    # Attribute names cannot clash with the receiver: TL names never start with an underscore.
    head = f"def __init__(_o, /{', *, ' if arguments else ''}{', '.join(arguments)}):"
    body = [f" _o.{param.attribute} = {param.attribute}" for param in combinator.fields]
    if combinator.is_method:
        body.append(f" _o.wire_id = {combinator.id}")
    namespace: dict[str, Any] = {}
    exec("\n".join([head, *(body or [" pass"])]), namespace)  # noqa: S102 - generated from the schema alone
    initializer = namespace["__init__"]
    initializer.__qualname__ = f"{cls.__qualname__}.__init__"
    return initializer
