"""`cirrusgram users | sessions | bans | broadcast`: what they print, and what they do."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connection_tier.cli import main
from connection_tier.server.running import FILE, announced, look_again
from functions.sync.outbox import drain_outbox
from layers.bootstrap import close_services, open_services
from layers.config import load_settings
from layers.context import Services
from layers.domain import operating
from layers.schema import boxes, documents, users
from tests.harness import Client, Harness
from tests.unit.files.uploading import upload
from tl import api


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[Harness]:
    """A deployment with two people and a bot, whose database the commands open by the data directory."""
    settings = load_settings(data=tmp_path / "data")
    close_services(open_services(settings))
    server = Harness(settings.data, database_url=settings.effective_database_url)
    server.user("Alice", phone="4915123456789", last_name="Smith", username="alice")
    server.user("Bob", phone="9996621234")
    server.user("Helper", bot=True)
    with server.services.database.transaction(writes=True) as db:
        from layers.schema import usernames

        db.execute(sa.insert(usernames), {"username": "alice", "peer_key": 1001})
    yield server
    server.close()


@pytest.fixture
def run(deployed: Harness, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """``run("users", "list")``: its JSON."""

    def call(*arguments: str, code: int = 0) -> Any:
        assert main([*arguments, "--json", "--data", str(deployed.services.settings.data)]) == code
        return json.loads(capsys.readouterr().out)

    return call


def test_users_are_listed_and_found(run: Callable[..., Any]) -> None:
    people = {item["id"]: item for item in run("users", "list")}
    assert {1001, 1002, 1003} == people.keys()
    assert people[1001] == {
        "id": 1001,
        "phone": "+4915123456789",
        "name": "Alice Smith",
        "username": "alice",
        "created_at": people[1001]["created_at"],
        "last_seen": None,
        "bot": False,
        "deleted": False,
        "sessions": 1,
        "ban": None,
    }
    for text in ("ali", "SMITH", "@alice", "+49151"):
        assert [item["id"] for item in run("users", "list", "--search", text)] == [1001]
    assert run("users", "list", "--search", "%") == []
    assert [item["id"] for item in run("users", "list", "--after", "1001", "--limit", "1")] == [1002]
    for name in ("1001", "@Alice", "+49 151 23456789"):
        assert run("users", "show", name)["id"] == 1001


@pytest.mark.parametrize("name", ["7", "@nobody", "+4930123456", "alice", ""])
def test_an_unknown_user_is_one_line(deployed: Harness, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["users", "show", name, "--data", str(deployed.services.settings.data)]) == 2
    assert capsys.readouterr().err.startswith(f"cirrusgram: no user {name!r}")


def test_tables_for_people(deployed: Harness, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(deployed.services.settings.data)]
    for command in (["users", "list"], ["users", "show", "1001"], ["sessions", "list", "1001"], ["bans", "list"]):
        assert main([*command, *data]) == 0
    said = capsys.readouterr().out
    assert "+4915123456789" in said
    assert "nobody is banned" in said


def test_sessions_are_listed_and_ended(deployed: Harness, run: Callable[..., Any]) -> None:
    deployed.device(1001)
    devices = run("sessions", "list", "@alice")
    assert len(devices) == 2
    assert run("sessions", "end", "@alice", "--hash", str(devices[0]["hash"])) == {"ended": 1}
    assert [item["hash"] for item in run("sessions", "list", "1001")] == [devices[1]["hash"]]
    assert run("sessions", "end", "1001", "--all") == {"ended": 1}
    assert run("sessions", "list", "1001") == []


def test_bans(deployed: Harness, run: Callable[..., Any]) -> None:
    assert run("bans", "add", "+9996621234", "--reason", "spam", "--days", "3") == {"banned": 1002}
    [ban] = run("bans", "list")
    assert (ban["user_id"], ban["phone"], ban["reason"]) == (1002, "9996621234", "spam")
    assert ban["until"] - ban["banned_at"] == 3 * 86_400
    assert run("users", "show", "1002")["ban"]["reason"] == "spam"
    assert run("sessions", "list", "1002") == []
    assert run("bans", "remove", "1002") == {"user_id": 1002, "was_banned": True}
    assert run("bans", "remove", "1002", code=1) == {"user_id": 1002, "was_banned": False}


def received(services: Services, user_id: int) -> int:
    """Messages in a box."""
    with services.database.transaction(writes=False) as db:
        return int(db.scalar(sa.select(sa.func.count()).select_from(boxes).where(boxes.c.owner_id == user_id)))


def test_everybody_is_told_once(deployed: Harness, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operating, "BROADCAST_BATCH", 1)
    with deployed.services.database.transaction(writes=True) as db:
        db.execute(sa.update(users).where(users.c.id == 1003).values(deleted=False))
    assert run("broadcast", "Maintenance at noon.", "--yes") == {"told": 2, "last_id": 1002}
    drain_outbox(deployed.services)
    assert [received(deployed.services, user_id) for user_id in (1001, 1002, 1003)] == [1, 1, 0]
    assert run("broadcast", "More.", "--yes", "--after", "1001") == {"told": 1, "last_id": 1002}
    drain_outbox(deployed.services)
    assert [received(deployed.services, user_id) for user_id in (1001, 1002)] == [1, 2]


def test_a_broadcast_shows_its_progress_and_asks(
    deployed: Harness, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    command = ["broadcast", "Hello", "--data", str(deployed.services.settings.data)]
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    assert main(command) == 1
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert main(command) == 0
    assert "100%  2/2" in shown.getvalue()
    assert "2 users are told" in capsys.readouterr().out


def test_nobody_is_asked_without_a_terminal(
    deployed: Harness, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    data = str(deployed.services.settings.data)
    assert main(["broadcast", "Hello", "--data", data]) == 2
    assert "--yes" in capsys.readouterr().err
    assert main(["broadcast", "x" * 4097, "--yes", "--data", data]) == 2


def test_a_directory_without_a_node_is_told_nothing(tmp_path: Path) -> None:
    assert not look_again(tmp_path)
    with announced(tmp_path):
        assert int((tmp_path / FILE).read_text()) > 0
    assert not look_again(tmp_path), "its lock is free: whoever has the number now is not our node"


def test_files_that_nothing_refers_to_are_pruned_with_their_bytes(deployed: Harness, run: Callable[..., Any]) -> None:
    alice = deployed.device(1001)
    kept, unused = (_uploaded_document(alice, name) for name in ("kept", "unused"))
    blobs = deployed.services.blobs
    sent = api.InputMediaDocument(
        id=api.InputDocument(id=kept.id, access_hash=kept.access_hash, file_reference=kept.file_reference)
    )
    alice.call(api.messages.SendMedia(peer=api.InputPeerSelf(), media=sent, message="", random_id=1))
    with deployed.services.database.transaction(writes=True) as db:
        db.execute(sa.update(documents).values(date=1))
    before = len(blobs.list("files"))
    assert run("prune", "files", "--dry-run") == {"documents": 1, "photos": 0, "removed": False}
    assert len(blobs.list("files")) == before
    assert run("prune", "files") == {"documents": 1, "photos": 0, "removed": True}
    assert len(blobs.list("files")) == before - 1
    with deployed.services.database.transaction(writes=False) as db:
        assert list(db.scalars(sa.select(documents.c.id))) == [kept.id]
    assert run("prune", "files")["documents"] == 0
    assert unused.id != kept.id


def _uploaded_document(client: Client, content: str) -> Any:
    media = api.InputMediaUploadedDocument(
        file=upload(client, content.encode()), mime_type="application/pdf", attributes=[]
    )
    return client.call(api.messages.UploadMedia(peer=api.InputPeerSelf(), media=media)).document
