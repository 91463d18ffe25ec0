"""What each namespace of functions uses of the storage and of AWS, read from the source.

A call graph by names: from everything a namespace defines through whatever it refers to in `functions` and `layers`,
function by function, down to the calls of a port (``ctx.blobs.put``, ``ctx.bus.produce``) and of clients of AWS. A
reference counts as a call, so that the answer is never too small; a class counts with all its methods.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import botocore.session
from botocore import xform_name

ROOT = Path(__file__).parents[2]
_PORTS = ("blobs", "bus")
_S3_ACTIONS = {
    "put_object": {"s3:PutObject"},
    # Who may not list is told 403 instead of 404 for what is not there.
    "get_object": {"s3:GetObject", "s3:ListBucket"},
    "head_object": {"s3:GetObject", "s3:ListBucket"},
    "copy_object": {"s3:GetObject", "s3:PutObject"},
    "delete_object": {"s3:DeleteObject"},
    "delete_objects": {"s3:DeleteObject"},
    "get_paginator": {"s3:ListBucket"},  # of list_objects_v2, the only one
    "head_bucket": {"s3:ListBucket"},
}

Symbol = tuple[str, str]
"""Module and top-level name."""

OPENERS: dict[str, Symbol] = {
    "login_code": ("layers.codes", "open_sender"),
    "mail": ("layers.domain.mail", "open_mailer"),
}
"""Settings that say how something leaves, and what opens that way."""


@dataclass
class Module:
    """A module's top-level definitions, and what its imported names stand for."""

    definitions: dict[str, list[ast.AST]] = field(default_factory=dict)
    imports: dict[str, Symbol | str] = field(default_factory=dict)


@cache
def load(name: str) -> Module | None:
    """A module of ours, or None for a name that is none."""
    path = ROOT.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not path.is_file():
        return None
    module = Module()
    for node in ast.walk(tree := ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ("functions", "layers"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                is_module = load(full) is not None if full != name else False
                module.imports[alias.asname or alias.name] = full if is_module else (node.module, alias.name)
    for node in tree.body:
        for target in _names(node):
            module.definitions.setdefault(target, []).append(node)
    return module


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (item.id for target in node.targets for item in ast.walk(target) if isinstance(item, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.Expr):
        yield "<module>"


def _references(module_name: str, node: ast.AST) -> Iterator[Symbol]:
    module = load(module_name)
    assert module is not None
    for item in ast.walk(node):
        if isinstance(item, ast.Attribute) and isinstance(item.value, ast.Name):
            target = module.imports.get(item.value.id)
            if isinstance(target, str):
                yield (target, item.attr)
        elif isinstance(item, ast.Name):
            target = module.imports.get(item.id)
            if isinstance(target, tuple):
                yield target
            elif item.id in module.definitions:
                yield (module_name, item.id)


def _port_calls(node: ast.AST) -> Iterator[tuple[str, str]]:
    """``….blobs.put`` and, where a port is handed on under its own name, ``blobs.put``."""
    for item in ast.walk(node):
        if isinstance(item, ast.Attribute):
            owner = item.value.attr if isinstance(item.value, ast.Attribute) else getattr(item.value, "id", "")
            if owner in _PORTS:
                yield (owner, item.attr)


def modules_of(namespace: str) -> list[str]:
    """The modules of ``functions/<namespace>``."""
    folder = ROOT / "functions" / namespace
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(folder.rglob("*.py"))
    ]


def namespaces() -> list[str]:
    """Every namespace that is deployed."""
    return sorted(path.parent.name for path in (ROOT / "functions").glob("*/__init__.py"))


def jobs_of(module: Module) -> set[str]:
    """Periodic jobs: the nodes run these, not the Lambdas."""
    return {
        name
        for name, nodes in module.definitions.items()
        for node in nodes
        for decorator in getattr(node, "decorator_list", [])
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "job"
    }


def reached(starts: Iterable[Symbol]) -> Iterator[tuple[Symbol, ast.AST]]:
    """Definitions that can be reached from these symbols, themselves included; adapters of a port are not entered."""
    waiting = list(starts)
    seen = set(waiting)
    while waiting:
        module_name, symbol = waiting.pop()
        module = load(module_name)
        if module is None:
            continue
        found = module.imports.get(symbol)
        if symbol not in module.definitions and isinstance(found, tuple) and found not in seen:
            seen.add(found)
            waiting.append(found)
        for node in module.definitions.get(symbol, []):
            yield (module_name, symbol), node
            for reference in _references(module_name, node):
                if reference not in seen and not reference[0].startswith(("layers.blobs", "layers.bus")):
                    seen.add(reference)
                    waiting.append(reference)


def symbols_of(namespace: str) -> list[Symbol]:
    """What a namespace's Lambda may begin with: all that it defines, but for the jobs."""
    found: list[Symbol] = [("layers.invocation", "invoke")]
    for name in modules_of(namespace):
        module = load(name)
        assert module is not None
        found += [(name, symbol) for symbol in module.definitions if symbol not in jobs_of(module)]
    return found


def job_symbols() -> list[Symbol]:
    """The jobs of every namespace, which the nodes run."""
    return [
        (name, symbol)
        for namespace in namespaces()
        for name in modules_of(namespace)
        if (module := load(name)) is not None
        for symbol in jobs_of(module)
    ]


def port_use(namespace: str) -> dict[str, set[str]]:
    """Operations of each port that a namespace's functions and consumers can reach."""
    found: dict[str, set[str]] = {port: set() for port in _PORTS}
    for _, node in reached(symbols_of(namespace)):
        for port, operation in _port_calls(node):
            found[port].add(operation)
    return found


def sends(starts: Iterable[Symbol]) -> list[str]:
    """Settings that say how something leaves (`OPENERS`) and that these symbols can come to."""
    openers = {opener: setting for setting, opener in OPENERS.items()}
    return sorted({openers[symbol] for symbol, _ in reached(starts) if symbol in openers})


def ways(setting: str) -> dict[str, set[str]]:
    """AWS actions of each way that the setting's opener knows, by the service's prefix."""
    return aws_actions(reached([OPENERS[setting]]))


def aws_actions(definitions: Iterable[tuple[Symbol, ast.AST]]) -> dict[str, set[str]]:
    """Actions by prefix, from the clients that a definition opens and the operations it calls on them."""
    found: dict[str, set[str]] = {}
    for _, node in definitions:
        for service in opened_services(node):
            model = botocore.session.get_session().get_service_model(service)
            operations = {xform_name(name): name for name in model.operation_names}
            called = {
                item.attr for item in ast.walk(node) if isinstance(item, ast.Attribute) and _is_client(item.value)
            }
            prefix = model.signing_name
            found.setdefault(prefix, set()).update(
                f"{prefix}:{operations[name]}" for name in called & operations.keys()
            )
    return found


def opened_services(node: ast.AST) -> set[str]:
    """Services of AWS that a definition opens a client of: ``….client("sns", …)``, ``open_client("sns", …)``."""
    return {
        str(item.args[0].value)
        for item in ast.walk(node)
        if isinstance(item, ast.Call)
        and (getattr(item.func, "attr", "") == "client" or getattr(item.func, "id", "") == "open_client")
        and item.args
        and isinstance(item.args[0], ast.Constant)
    }


def _is_client(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id == "client") or (
        isinstance(node, ast.Attribute) and node.attr in {"client", "_client"}
    )


def modules() -> Iterator[str]:
    """Every module of the functions and of what they share."""
    for folder in ("functions", "layers"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def topics_of(namespace: str) -> list[str]:
    """Topics that the namespace's consumers are woken by: the first argument of ``@consumer``."""
    found = []
    for name in modules_of(namespace):
        module = load(name)
        assert module is not None
        for nodes in module.definitions.values():
            for node in nodes:
                found += [
                    _constant(name, decorator.args[0])
                    for decorator in getattr(node, "decorator_list", [])
                    if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "consumer"
                ]
    return sorted(found)


def _constant(module_name: str, node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    [(owner, symbol)] = _references(module_name, node)
    module = load(owner)
    assert module is not None
    [definition] = module.definitions[symbol]
    assert isinstance(definition, (ast.Assign, ast.AnnAssign))
    assert isinstance(definition.value, ast.Constant)
    return str(definition.value.value)


def s3_actions() -> dict[str, set[str]]:
    """AWS actions of each operation of the blobs port, from what `S3Blobs` calls."""
    tree = ast.parse((ROOT / "layers/blobs/s3.py").read_text())
    [cls] = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "S3Blobs"]
    methods = {node.name: node for node in cls.body if isinstance(node, ast.FunctionDef)}

    def actions(name: str, seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for item in ast.walk(methods[name]):
            if isinstance(item, ast.Attribute):
                found |= _S3_ACTIONS.get(item.attr, set())
                is_own = isinstance(item.value, ast.Name) and item.value.id == "self"
                if is_own and item.attr in methods and item.attr not in seen:
                    found |= actions(item.attr, seen | {item.attr})
        return found

    return {name: actions(name, frozenset({name})) for name in methods if not name.startswith("_")}


def blob_prefixes() -> set[str]:
    """First segments of the domain's keys: of functions that return ``f"files/{…}"`` or ``f"{_UPLOADS}/…"``."""
    found = set()
    for path in (ROOT / "layers/domain").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.JoinedStr):
                first, *rest = node.value.values
                if isinstance(first, ast.Constant) and str(first.value).endswith("/"):
                    found.add(str(first.value).removesuffix("/"))
                elif isinstance(first, ast.FormattedValue) and _is_constant(first.value) and _is_path(rest):
                    found.add(_constant(f"layers.domain.{path.stem}", first.value))
    return found


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id.isupper()


def _is_path(rest: list[ast.expr]) -> bool:
    return bool(rest) and isinstance(rest[0], ast.Constant) and str(rest[0].value).startswith("/")
