"""`python -m localstack.stack` starts the parts once, finds them again and stops them."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.blobs import open_blobs
from layers.bus import open_bus
from layers.cache import open_cache
from localstack import stack


def test_up_status_and_down(
    parts_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CIRRUSGRAM_STACK_DIR", str(parts_folder / "stack"))
    try:
        assert stack.main(["up"]) == 0
        first = capsys.readouterr().out
        settings = dict(line.removeprefix("export ").split("=", 1) for line in first.splitlines())
        assert list(settings) == list(stack.VARIABLES.values())
        assert settings["CIRRUSGRAM_DATABASE_URL"].strip("'").endswith("/cirrusgram")
        open_cache(settings["CIRRUSGRAM_CACHE_URL"].strip("'")).close()
        open_bus(settings["CIRRUSGRAM_BUS_URL"].strip("'")).close()
        open_blobs(settings["CIRRUSGRAM_BLOB_URL"].strip("'")).close()

        assert stack.main(["up"]) == 0
        assert capsys.readouterr().out == first
        assert stack.main(["status"]) == 0
        assert capsys.readouterr().out.count("pid") == 4
        assert stack.main(["logs", "redis"]) == 0
        assert "Ready to accept connections" in capsys.readouterr().out
    finally:
        assert stack.main(["down", "--wipe"]) == 0
    assert "mariadb" in capsys.readouterr().out
    assert stack.main(["status"]) == 1
    assert not (parts_folder / "stack").exists()


def test_up_with_lambda_starts_the_functions_as_well(
    parts_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CIRRUSGRAM_STACK_DIR", str(parts_folder / "stack-lambda"))
    try:
        assert stack.main(["up", "--lambda"]) == 0
        first = capsys.readouterr().out
        settings = dict(line.removeprefix("export ").split("=", 1) for line in first.splitlines())
        more = ["CIRRUSGRAM_LAMBDA_ENDPOINT", "CIRRUSGRAM_MASTER_KEY", "CIRRUSGRAM_ROUTES"]
        assert list(settings) == [*stack.VARIABLES.values(), *more]
        assert settings["CIRRUSGRAM_ROUTES"] == "'*=lambda'"
        assert stack.main(["up", "--lambda"]) == 0
        assert capsys.readouterr().out == first
        assert stack.main(["status"]) == 0
        assert capsys.readouterr().out.count("pid") == 5
    finally:
        assert stack.main(["down", "--wipe"]) == 0
    assert "lambda" in capsys.readouterr().out
