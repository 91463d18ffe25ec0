"""The Dockerfile, read as an engine would: nothing here can build it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from connection_tier.cli.main import main

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """Instructions with their arguments, by stage; those before the first FROM left out."""
    text = re.sub(r"^\s*#.*\n", "", (_ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    found: list[list[tuple[str, str]]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _, arguments = line.partition(" ")
        if name == "FROM":
            found.append([])
        if found:
            found[-1].append((name, arguments.strip()))
    return found


def last(stage: list[tuple[str, str]], name: str) -> str:
    """The arguments of an instruction's last occurrence."""
    return [arguments for instruction, arguments in stage if instruction == name][-1]


def test_it_starts_the_server_as_nobody_in_particular(
    stages: list[list[tuple[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    image = stages[-1]
    assert json.loads(last(image, "ENTRYPOINT")) == ["cirrusgram"]
    command = json.loads(last(image, "CMD"))
    assert command == ["serve"]
    uid, gid = last(image, "USER").split(":")
    assert int(uid) >= 10000
    assert int(gid) >= 10000
    with pytest.raises(SystemExit) as exit_info:
        main([*command, "--help"])
    assert exit_info.value.code == 0
    assert "usage: cirrusgram serve" in capsys.readouterr().out


def test_what_it_writes_to_is_a_volume_of_its_user(stages: list[list[tuple[str, str]]]) -> None:
    image = stages[-1]
    order = [name for name, _ in image]
    folders = json.loads(last(image, "VOLUME"))
    assert folders == ["/data", "/keys"]
    made = next(arguments for name, arguments in image if name == "RUN" and "install --directory" in arguments)
    assert "--owner 10001" in made
    assert all(folder in shlex.split(made) for folder in folders)
    # An engine copies ownership from the image only to volumes declared after it was set.
    assert order.index("RUN") < order.index("VOLUME")
    assert "PYTHONDONTWRITEBYTECODE=1" in last(image, "ENV")


def test_the_last_stage_holds_no_tools_and_no_sources(stages: list[list[tuple[str, str]]]) -> None:
    assert len(stages) == 2
    copies = [arguments for name, arguments in stages[-1] if name == "COPY"]
    assert copies == ["--from=build /opt/cirrusgram /opt/cirrusgram"]
    assert not any("pip" in arguments or "apt-get" in arguments for name, arguments in stages[-1] if name == "RUN")


def test_health_is_asked_on_the_port_that_the_server_is_given(stages: list[list[tuple[str, str]]]) -> None:
    environment = dict(item.split("=", 1) for item in shlex.split(last(stages[-1], "ENV")))
    port = environment["CIRRUSGRAM_HTTP"].rpartition(":")[2]
    assert f"http://127.0.0.1:{port}/healthz" in last(stages[-1], "HEALTHCHECK")
    assert port in last(stages[-1], "EXPOSE").split()


def test_everything_that_is_copied_is_there_and_sent_to_the_engine(stages: list[list[tuple[str, str]]]) -> None:
    ignore = (_ROOT / ".dockerignore").read_text().splitlines()
    sent = {line[1:] for line in ignore if line.startswith("!")}
    copied = {path for name, arguments in stages[0] if name == "COPY" for path in arguments.split()[:-1]}
    assert copied == sent
    assert all((_ROOT / path).exists() for path in copied)
    assert "*" in ignore
