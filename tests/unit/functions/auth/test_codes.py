"""auth.sendCode, resendCode, cancelCode: checklist 100."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from layers.domain import limits
from layers.domain.login import pending_codes
from layers.errors import RpcError
from layers.schema import login_codes
from tests.harness import Harness
from tests.unit.functions.auth.conftest import PHONE, send_code
from tl import api

Fails = Callable[..., RpcError]


def test_sent_code_tells_length_and_when_to_ask_again(server: Harness) -> None:
    sent = send_code(server.device(None)).sent
    assert isinstance(sent.type, api.auth.SentCodeTypeSms)
    assert sent.type.length == limits.LOGIN_CODE_LENGTH
    assert sent.timeout == limits.LOGIN_CODE_RESEND_AFTER_S
    assert isinstance(sent.next_type, api.auth.CodeTypeSms)
    assert sent.phone_code_hash


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("+49 1512 3456789", "4915123456789"),
        ("4915123456789", "4915123456789"),
        ("+1 (201) 555-0123", "12015550123"),
        ("99966 2 1234", "9996621234"),
        ("+999662123", None),
        ("", None),
        ("+", None),
        ("12", None),
        ("+49 1", None),
        ("9" * 40, None),
        ("٩٩٩٦٦٢١٢٣٤", None),
        ("+4915123456789;drop", "4915123456789"),
    ],
)
def test_phone_numbers(server: Harness, fails: Fails, typed: str, phone: str | None) -> None:
    request = api.auth.SendCode(phone_number=typed, api_id=1, api_hash="x", settings=api.CodeSettings())
    client = server.device(None)
    if phone is None:
        assert fails("PHONE_NUMBER_INVALID", client.call, request).code == 406
        return
    client.call(request)
    assert [item["phone"] for item in pending_codes(server.services)] == [phone]


@pytest.mark.parametrize(("api_id", "api_hash"), [(0, "x"), (-1, "x"), (1, ""), (1, "x" * 129)])
def test_application_must_be_named(server: Harness, fails: Fails, api_id: int, api_hash: str) -> None:
    fails("API_ID_INVALID", send_code, server.device(None), api_id=api_id, api_hash=api_hash)


def test_code_is_stored_as_a_digest_and_sealed(server: Harness) -> None:
    started = send_code(server.device(None))
    with server.services.database.transaction(writes=False) as db:
        row = db.first(sa.select(login_codes))
    assert row is not None
    stored = b"|".join(str(value).encode() if not isinstance(value, bytes) else value for value in row)
    assert started.code.encode() not in stored
    assert row.expires_at - row.sent_at == limits.LOGIN_CODE_LIFE_S


def test_fixed_code_is_neither_sealed_nor_logged(tmp_path: Path, log_records: list[logging.LogRecord]) -> None:
    server = Harness(tmp_path, login_code="fixed:54321")
    try:
        started = send_code(server.device(None))
        assert pending_codes(server.services) == []
        with server.services.database.transaction(writes=False) as db:
            assert db.scalar(sa.select(login_codes.c.sealed_code)) is None
        assert isinstance(started.sign_in("54321"), api.auth.AuthorizationSignUpRequired)
        assert not _lines_with(log_records, "54321")
    finally:
        server.close()


def test_code_is_in_one_log_line_only_and_the_phone_is_masked(
    server: Harness, log_records: list[logging.LogRecord]
) -> None:
    started = send_code(server.device(None))
    code = started.code
    started.sign_in()
    lines = _lines_with(log_records, code)
    assert len(lines) == 1
    assert lines[0]["phone"] == "*******234"
    assert lines[0]["code"] == code
    # SQLAlchemy's own log, which no setting turns on, names parameters.
    ours = [record for record in log_records if not record.name.startswith("sqlalchemy")]
    assert not _lines_with(ours, PHONE)
    assert not _lines_with(ours, started.sent.phone_code_hash)


def _lines_with(records: list[logging.LogRecord], text: str) -> list[dict[str, Any]]:
    # Times and ids of the process may hold any five digits.
    own = {"created", "msecs", "relativeCreated", "thread", "process", "lineno", "pathname"}
    # A logger hands its records to its parents' handlers too.
    seen = {id(record): {k: v for k, v in vars(record).items() if k not in own} for record in records}
    return [line for line in seen.values() if text in repr(line)]


def test_new_code_voids_the_old_one(server: Harness, fails: Fails) -> None:
    first = send_code(server.device(None))
    code = first.code
    second = send_code(server.device(None))
    assert first.sent.phone_code_hash != second.sent.phone_code_hash
    fails("PHONE_CODE_EXPIRED", first.sign_in, code)
    assert second.sign_in() is not None


def test_resend_keeps_the_hash_and_counted_attempts(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    for _ in range(limits.LOGIN_CODE_ATTEMPTS - 1):
        fails("PHONE_CODE_INVALID", started.sign_in, started.wrong_code)
    old = started.code
    again = started.client.call(api.auth.ResendCode(phone_number=PHONE, phone_code_hash=started.sent.phone_code_hash))
    assert again.phone_code_hash == started.sent.phone_code_hash
    assert started.code != old
    fails("PHONE_CODE_INVALID", started.sign_in, old)
    fails("PHONE_CODE_EXPIRED", started.sign_in)


def test_resends_end(server: Harness, fails: Fails) -> None:
    started = send_code(server.device(None))
    request = api.auth.ResendCode(phone_number=PHONE, phone_code_hash=started.sent.phone_code_hash)
    answers = [started.client.call(request) for _ in range(limits.LOGIN_CODE_RESENDS)]
    assert answers[-1].next_type is None
    assert fails("SEND_CODE_UNAVAILABLE", started.client.call, request).code == 406


def test_resend_and_cancel_name_what_is_wrong(server: Harness, fails: Fails) -> None:
    client = server.device(None)
    started = send_code(client)
    good = started.sent.phone_code_hash
    fails("PHONE_CODE_HASH_EMPTY", client.call, api.auth.ResendCode(phone_number=PHONE, phone_code_hash=""))
    fails("PHONE_CODE_EXPIRED", client.call, api.auth.ResendCode(phone_number=PHONE, phone_code_hash="00"))
    fails("PHONE_NUMBER_INVALID", client.call, api.auth.ResendCode(phone_number="1", phone_code_hash=good))
    fails("PHONE_NUMBER_INVALID", client.call, api.auth.CancelCode(phone_number="1", phone_code_hash=good))
    fails("PHONE_CODE_EXPIRED", client.call, api.auth.CancelCode(phone_number=PHONE, phone_code_hash="00"))
    assert client.call(api.auth.CancelCode(phone_number=PHONE, phone_code_hash=good)) is True
    fails("PHONE_CODE_EXPIRED", client.call, api.auth.CancelCode(phone_number=PHONE, phone_code_hash=good))


def test_expired_codes_are_not_listed_and_can_be_swept(server: Harness) -> None:
    send_code(server.device(None))
    server.clock.advance(limits.LOGIN_CODE_LIFE_S + 1)
    assert pending_codes(server.services) == []
    (sweep,) = [item for item in server.registry.jobs if item.name.endswith("sweep_login_codes")]
    sweep.handler(server.services)
    with server.services.database.transaction(writes=False) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(login_codes)) == 0


def test_flood_by_phone(limited: Harness, fails: Fails) -> None:
    for _ in range(limits.LOGIN_CODES_PER_PHONE[0]):
        send_code(limited.device(None))
    fails("PHONE_NUMBER_FLOOD", send_code, limited.device(None))
    assert send_code(limited.device(None), "9996629999")


def test_flood_by_key(limited: Harness) -> None:
    client = limited.device(None)
    for number in range(limits.LOGIN_CODES_PER_KEY[0]):
        send_code(client, f"99966200{number:02d}")
    with pytest.raises(RpcError, match=r"^FLOOD_WAIT_\d+$") as caught:
        send_code(client, "9996620099")
    assert caught.value.code == 420
