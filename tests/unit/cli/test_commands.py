"""The command line: output, exit codes, and one line for what cannot work."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from connection_tier.cli import main
from connection_tier.cli.client_snippets import SNIPPETS
from connection_tier.server.app import load_rsa_key
from layers.bootstrap import close_services, open_services
from layers.config import load_settings


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A data directory of a server that has been started once."""
    settings = load_settings(data=tmp_path / "data")
    close_services(open_services(settings))
    load_rsa_key(settings)
    return settings.data


def test_keys_show(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "show", "--data", str(started)]) == 0
    assert capsys.readouterr().out.startswith("-----BEGIN RSA PUBLIC KEY-----\n")
    assert main(["keys", "show", "--data", str(started), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"fingerprint", "public_key"}


def test_secret_files_are_private(started: Path) -> None:
    for name in ("mtproto.pem", "secret.key"):
        assert (started / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("client", sorted(SNIPPETS))
def test_client_config_is_complete(client: str, started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["client-config", client, "--data", str(started), "--tcp", "192.0.2.7:443"]) == 0
    snippet = capsys.readouterr().out
    assert "$" not in snippet.replace("${", "")
    assert "192.0.2.7" in snippet or client == "web"


def test_codes(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codes", "--data", str(started)]) == 0
    assert capsys.readouterr().out == "no login codes wait\n"
    assert main(["codes", "--data", str(started), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_methods(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["methods", "--json"]) == 0
    rows = {row["method"]: row for row in json.loads(capsys.readouterr().out)}
    assert len(rows) == 859
    assert rows["upload.saveFilePart"]["status"] == "real"
    assert rows["messages.sendMessage"]["status"] == "partial"
    assert rows["phone.requestCall"]["status"] == "none"


def test_doctor_names_what_fails(
    started: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("CIRRUSGRAM_TCP", f"127.0.0.1:{taken.getsockname()[1]}")
        monkeypatch.setenv("CIRRUSGRAM_HTTP", "127.0.0.1:0")
        assert main(["doctor", "--data", str(started), "--json"]) == 1
    failed = [row["check"] for row in json.loads(capsys.readouterr().out) if not row["ok"]]
    assert failed == ["TCP address"]


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["keys", "show", "--data", "nowhere"], {}, "no RSA key at"),
        (["codes", "--data", "nowhere"], {}, "start the server once"),
        (["serve", "--tcp", "localhost"], {}, "--tcp"),
        (["serve", "--login-code", "maybe"], {}, "--login-code"),
        (["serve", "--workers", "2"], {}, "CIRRUSGRAM_CACHE_URL"),
        (["serve"], {"CIRRUSGRAM_DATABASE_URL": "postgres://x"}, "database URL"),
        (["serve"], {"CIRRUSGRAM_DATABASE_URL": "nonsense"}, "database URL"),
        (["serve"], {"CIRRUSGRAM_CACHE_URL": "memcached://x"}, "memcached"),
        (["serve"], {"CIRRUSGRAM_BLOB_URL": "ftp://x"}, "ftp"),
        (["serve"], {"CIRRUSGRAM_MASTER_KEY": "short"}, "CIRRUSGRAM_MASTER_KEY"),
        (["serve"], {"CIRRUSGRAM_RSA_KEY": "missing.pem"}, "missing.pem"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str],
    environment: dict[str, str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert said in captured.err


def test_wrong_master_key_is_said(
    started: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (started / "secret.key").write_text("not base64!")
    assert main(["serve", "--data", str(started)]) == 2
    assert "secret.key" in capsys.readouterr().err


def test_unreadable_rsa_key(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (started / "mtproto.pem").write_text("-----BEGIN NONSENSE-----")
    assert main(["serve", "--data", str(started)]) == 2
    assert "mtproto.pem" in capsys.readouterr().err
