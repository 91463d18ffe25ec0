"""Classes of the MTProto service schema, made on first access: ``mtproto.ReqPqMulti``, ``mtproto.RpcResult``.

Types for editors and type checkers stand in ``mtproto.pyi``, which ``python -m tl.stubs`` writes.
Schema: https://core.telegram.org/schema/mtproto
"""

from __future__ import annotations

from tl.registry import lazy_module, public_dir

__getattr__ = lazy_module("mtproto", globals())


def __dir__() -> list[str]:
    return public_dir("mtproto", "")
