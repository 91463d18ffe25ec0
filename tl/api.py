"""Classes of the API schema's canonical layer, made on first access: ``api.Message``, ``api.messages.SendMessage``.

Types for editors and type checkers stand in ``api.pyi``, which ``python -m tl.stubs`` writes.
Schema: https://core.telegram.org/schema
"""

from __future__ import annotations

from tl.registry import lazy_module, public_dir

__getattr__ = lazy_module("api", globals())


def __dir__() -> list[str]:
    return public_dir("api", "")
