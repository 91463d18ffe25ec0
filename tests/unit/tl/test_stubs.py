"""The checked-in stubs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tl.stubs
from tl.stubs import main, stub_of


@pytest.mark.parametrize("name", ["api", "mtproto"])
def test_stubs_are_fresh(name: str) -> None:
    path = Path(tl.stubs.__file__).with_name(f"{name}.pyi")
    assert path.read_text(encoding="utf-8") == stub_of(name), "run python -m tl.stubs"


def test_check_mode_says_stale(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    monkeypatch.setattr(tl.stubs, "stub_of", lambda _name: "changed")
    assert main(["--check"]) == 1
    assert "tl/api.pyi is stale" in capsys.readouterr().err


def test_stubs_are_python() -> None:
    tree = ast.parse(stub_of("api"))
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    assert {"Message", "User", "messages", "updates"} <= classes.keys()
    assert any(isinstance(node, ast.ClassDef) and node.name == "SendMessage" for node in classes["messages"].body)
