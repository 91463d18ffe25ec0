"""A writer for generated functions: indentation, unique names, and constants bound as closure cells.

Closure cells are the cheapest way for a generated function to reach its constants, and they let one compiled code
object be bound again to other constants (another layer's tables).
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType


class FunctionSource:
    """Collects the lines and constants of one generated function.

    Args:
        signature: the ``def`` line's text after ``def``, such as ``decode(d, p, n)``.
    """

    def __init__(self, signature: str) -> None:
        self._lines: list[str] = []
        self._constants: dict[str, Any] = {}
        self._signature = signature
        self._indent = 2
        self._counter = 0

    def add(self, line: str) -> None:
        """Append a statement at the present indentation."""
        self._lines.append(" " * self._indent + line)

    def unique(self, prefix: str) -> str:
        """A name no other call returns."""
        self._counter += 1
        return f"{prefix}{self._counter}"

    def constant(self, prefix: str, value: Any) -> str:
        """Bind `value` and return the name the generated code reaches it by; the same value is bound once."""
        for name, known in self._constants.items():
            if known is value:
                return name
        name = self.unique(prefix)
        self._constants[name] = value
        return name

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Statements added inside belong to `header`, an ``if``, ``else`` or ``for`` line."""
        self.add(header)
        self._indent += 1
        yield
        self._indent -= 1

    def build(self, title: str) -> Callable[..., Any]:
        """Compile and bind the function; `title` names it in tracebacks."""
        name = self._signature.partition("(")[0]
        text = "\n".join(
            [
                f"def bind({', '.join(self._constants)}):",
                f" def {self._signature}:",
                *self._lines,
                f" return {name}",
            ]
        )
        namespace: dict[str, Any] = {}
        exec(_compile(text, f"<tl {title}>"), namespace)  # noqa: S102 - text made from the schema alone
        function: Callable[..., Any] = namespace["bind"](**self._constants)
        return function


@cache
def _compile(text: str, filename: str) -> CodeType:
    return compile(text, filename, "exec")
