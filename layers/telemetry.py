"""Structured logs: one JSON line an event, by powertools' Logger.

What may be logged: method names, user ids, message ids, latencies, error names, trace ids. Never: keys, codes, phone
numbers, message texts, tokens. A line that is written while a request is worked on says which (`layers.tracing`).
"""

from __future__ import annotations

from typing import Any, Final

import orjson
from aws_lambda_powertools import Logger

from layers.tracing import about

_LOGGERS: Final[list[Logger]] = []


class _Level:
    name: str | None = None
    is_debug = False


_level: Final = _Level()


def get_logger(service: str = "cirrusgram") -> Logger:
    """The process's logger; a module binds its own ``service`` name to its lines."""
    logger = Logger(service=service, location="%(module)s", log_uncaught_exceptions=False, json_serializer=_serialize)
    if _level.name is not None:
        logger.setLevel(_level.name)
    _LOGGERS.append(logger)
    return logger


def is_debug() -> bool:
    """Whether lines of level DEBUG are written: those of each request are not worth composing otherwise."""
    return _level.is_debug


def set_log_level(level: str) -> None:
    """Write lines of this level and above, in every logger of the process."""
    _level.name, _level.is_debug = level, level == "DEBUG"
    for logger in _LOGGERS:
        logger.setLevel(level)


def _serialize(line: dict[str, Any]) -> str:
    known = about()
    if known:
        line = {**known, **line}
    return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
