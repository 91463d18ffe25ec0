"""Writes the editor stubs ``api.pyi`` and ``mtproto.pyi`` next to this module.

``python -m tl.stubs`` writes them, ``python -m tl.stubs --check`` exits with 1 when they are stale.

Constructors are declared as fields of dataclass-like classes (`tl.TLObject` is a ``dataclass_transform``), namespaces
as classes, abstract types as unions ``Type<Name>``. Vectors of unions are declared as `Sequence`: a list of one
constructor's objects would not be a list of the union.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tl.registry import schema_of
from tl.schema.combinator import class_name, namespace_of

if TYPE_CHECKING:
    from tl.schema import Combinator, Schema
    from tl.schema.combinator import Param, TypeRef

_HEADER: Final = """# Written by python -m tl.stubs from the schema; do not edit.
from builtins import bool as _bool, bytes as _bytes, float as _float, int as _int, list as _list, str as _str
from collections.abc import Sequence as _Seq
from typing import Any as _Any, TypeAlias as _A

from tl.objects import TLMethod as _M, TLObject as _O
"""

_SCALARS: Final = {
    "int": "_int",
    "long": "_int",
    "double": "_float",
    "string": "_str",
    "bytes": "_bytes",
    "int128": "_bytes",
    "int256": "_bytes",
    "true": "_bool",
    "Bool": "_bool",
    "!X": "_bytes",
    "Object": "_Any",
}


def stub_of(schema_name: str) -> str:
    """The stub text of one schema."""
    return _Stub(schema_of(schema_name)).text()


class _Stub:
    def __init__(self, schema: Schema) -> None:
        self._lines: list[Combinator] = [line for line in schema if line.last_layer == schema.latest]
        self._types: dict[str, list[str]] = {}
        for line in self._lines:
            if not line.is_method:
                self._types.setdefault(line.result.name, []).append(_python_name(line.name))

    def text(self) -> str:
        namespaces: dict[str, list[Combinator]] = {}
        for line in self._lines:
            namespaces.setdefault(namespace_of(line.name), []).append(line)
        parts = [_HEADER]
        parts += [self._class(line, "") for line in namespaces.pop("", [])]
        for namespace, lines in sorted(namespaces.items()):
            parts.append(f"class {namespace}:")
            parts += [self._class(line, "    ") for line in lines]
            parts += [f"    {_alias(name)}: _A = {_flat(name)}" for name in self._types_of(namespace)]
        for name, constructors in sorted(self._types.items()):
            parts.append(f"{_flat(name)}: _A = {' | '.join(constructors)}")
        parts += [f"{_alias(name)}: _A = {_flat(name)}" for name in self._types_of("") if _flat(name) != _alias(name)]
        return "\n".join(parts) + "\n"

    def _types_of(self, namespace: str) -> list[str]:
        return sorted(name for name in self._types if namespace_of(name) == namespace)

    def _class(self, line: Combinator, indent: str) -> str:
        head = f"{indent}class {class_name(line.name)}({'_M' if line.is_method else '_O'}):"
        if not line.fields:
            return f"{head} ..."
        text = [head] + [f"{indent}    {self._field(param)}" for param in line.fields]
        if line.field("self") is not None:
            # A synthesized initializer cannot have a field called self.
            arguments = ", ".join(self._field(param) for param in line.fields)
            text.append(f"{indent}    def __init__(_o, /, *, {arguments}) -> None: ...")
        return "\n".join(text)

    def _field(self, param: Param) -> str:
        declared = self._type(param.type)
        if param.is_required:
            return f"{param.attribute}: {declared}"
        return f"{param.attribute}: {declared}{'' if param.is_true else ' | None'} = ..."

    def _type(self, type_ref: TypeRef) -> str:
        if type_ref.item is not None:
            is_union = len(self._types.get(type_ref.item.name, ())) > 1
            return f"{'_Seq' if is_union else '_list'}[{self._type(type_ref.item)}]"
        name = type_ref.name
        if name in _SCALARS:
            return _SCALARS[name]
        if name not in self._types:
            return _python_name(name)
        return _flat(name)


def _python_name(tl_name: str) -> str:
    namespace = namespace_of(tl_name)
    return f"{namespace}.{class_name(tl_name)}" if namespace else class_name(tl_name)


def _alias(type_name: str) -> str:
    return f"Type{class_name(type_name)}"


def _flat(type_name: str) -> str:
    """A module-level name of a type: inside a class, a field may hide the namespace of that name."""
    namespace = namespace_of(type_name)
    return f"_{namespace}_{_alias(type_name)}" if namespace else _alias(type_name)


def main(arguments: list[str] | None = None) -> int:
    """Write the stubs or, with ``--check``, compare them; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tl.stubs", description="Write the stubs of tl.api and tl.mtproto.")
    parser.add_argument("--check", action="store_true", help="only say whether the stubs are stale")
    options = parser.parse_args(arguments)
    stale = [name for name in ("api", "mtproto") if not _is_fresh(name)]
    if options.check:
        for name in stale:
            sys.stderr.write(f"tl/{name}.pyi is stale: run python -m tl.stubs\n")
        return 1 if stale else 0
    for name in stale:
        _path(name).write_text(stub_of(name), encoding="utf-8")
    return 0


def _path(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.pyi")


def _is_fresh(name: str) -> bool:
    path = _path(name)
    return path.exists() and path.read_text(encoding="utf-8") == stub_of(name)


if __name__ == "__main__":
    sys.exit(main())
