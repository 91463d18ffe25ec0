"""In which order tests run, and what runs side by side when they run in several processes (`--numprocesses`).

Cheap kinds of tests come first; within a kind the random order stays. A process takes one scope after the other: a
module, or for kinds that load the machine by themselves all that shares servers.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

DEPLOYMENTS: Final = ("lambda", "workers", "embedded")
"""What the tests of tests/e2e run on with `--deployment every`: the slowest first, while others have work too."""

_KINDS: Final = ("unit", "contract", "functional", "e2e", "infra", "chaos")
_ROOT: Final = Path(__file__).parent
_DEPLOYMENT: Final = re.compile(rf"[\[-]({'|'.join(DEPLOYMENTS)})[]-]")


def sort(items: list[pytest.Item]) -> None:
    """Put tests into the order in which they run."""
    items.sort(key=lambda item: _rank(item.nodeid, item.path))


def scope_of(nodeid: str) -> str:
    """Tests of the same scope run in one process, one after the other."""
    module = nodeid.partition("::")[0]
    kind = module.removeprefix("tests/").partition("/")[0]
    if kind == "e2e":
        return f"{kind} {_deployment(nodeid)}"
    return kind if kind in {"infra", "chaos"} else module


class Scheduling(LoadScopeScheduling):
    """Hands out scopes in the order of the tests."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        # By number of tests otherwise.
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def _deployment(nodeid: str) -> str:
    found = _DEPLOYMENT.search(nodeid)
    return found[1] if found else DEPLOYMENTS[-1]


def _rank(nodeid: str, path: Path) -> tuple[int, int]:
    kind = path.relative_to(_ROOT).parts[0] if path.is_relative_to(_ROOT) else ""
    if kind not in _KINDS:
        return len(_KINDS), 0
    return _KINDS.index(kind), DEPLOYMENTS.index(_deployment(nodeid)) if kind == "e2e" else 0
