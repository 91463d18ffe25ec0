"""Errors that cross a boundary.

`RpcError` travels to a client as ``rpc_error`` (https://core.telegram.org/api/errors), `ConfigurationError` to the
operator as one line on standard error with exit code 2. Anything else is a defect: it becomes 500 INTERNAL for the
client and one log line for us.
"""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"_(?:\d+|[0-9A-F]{8})(?=_|$)")


class ConfigurationError(Exception):
    """The operator gave a setting, file or address that cannot work; the text is one line and names the fix."""


class Unavailable(Exception):
    """A part of the deployment (cache, bus, blob storage, database) does not answer; it may later.

    No defect: the client gets 500 RPC_CALL_FAIL, which it repeats, and the log one line.
    """


class RpcError(Exception):
    """An error of a method, with Telegram's own code and name.

    ``type`` is the UPPER_SNAKE name with ``X`` where a number belongs; ``argument`` is that number:
    ``RpcError(420, "FLOOD_WAIT_X", 30)`` reads ``FLOOD_WAIT_30`` on the wire.
    """

    def __init__(self, code: int, type: str, argument: int | None = None) -> None:
        self.code = code
        self.type = type
        self.argument = argument
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The text of ``rpc_error.error_message``."""
        if self.argument is None:
            return self.type
        if self.type.endswith("_X"):
            return f"{self.type[:-1]}{self.argument}"
        return self.type.replace("_X_", f"_{self.argument}_")


class FloodWait(RpcError):
    """420 FLOOD_WAIT_X: the caller may try again in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(420, "FLOOD_WAIT_X", max(1, seconds))


def error_name(message: str) -> str:
    """An error's name without its numbers: FLOOD_WAIT_30 is FLOOD_WAIT_X."""
    return _NUMBER.sub("_X", message)


def bad_request(type: str, argument: int | None = None) -> RpcError:
    """A 400 error by name, the commonest kind."""
    return RpcError(400, type, argument)


def forbidden(type: str) -> RpcError:
    """A 403 error by name."""
    return RpcError(403, type)
