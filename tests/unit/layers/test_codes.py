"""layers.codes: how login codes leave, and the settings that name the way."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from botocore.stub import Stubber

from layers import measures
from layers.codes import NotDelivered, open_sender
from layers.codes.aws import SesSender, SnsSender
from layers.codes.webhook import SIGNATURE, WebhookSender, parse_webhook
from layers.config import load_settings
from layers.domain import login
from layers.domain.mail import Mail, SesMailer, open_mailer
from layers.errors import ConfigurationError
from tests.harness import Harness
from tests.unit.functions.auth.conftest import PHONE, log_records, send_code

__all__ = ["log_records"]


@pytest.fixture(autouse=True)
def _aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")


class Receiver:
    """A webhook on loopback that answers ``status``."""

    def __init__(self) -> None:
        self.status = 200
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((self.path, dict(self.headers), body))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(target=self.server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def test_sns_sends_a_text_message() -> None:
    sender = open_sender("sns:?region=eu-west-1&sender=Chat")
    assert isinstance(sender, SnsSender)
    assert sender.client.meta.region_name == "eu-west-1"
    kinds = {"SMSType": "Transactional", "SenderID": "Chat"}
    wanted = {
        "PhoneNumber": "+4915123456789",
        "Message": "12345 is your login code.",
        "MessageAttributes": {
            f"AWS.SNS.SMS.{name}": {"DataType": "String", "StringValue": value} for name, value in kinds.items()
        },
    }
    with Stubber(sender.client) as stub:
        stub.add_response("publish", {"MessageId": "1"}, wanted)
        sender.send("4915123456789", "12345", "12345 is your login code.")
        stub.assert_no_pending_responses()
        stub.add_client_error("publish", "Throttling", "for +4915123456789")
        with pytest.raises(NotDelivered, match=r"^Throttling$"):
            sender.send("4915123456789", "12345", "text")


def test_ses_mails_a_gateway() -> None:
    sender = open_sender("ses:{phone}@sms.example.org?from=codes@example.org")
    assert isinstance(sender, SesSender)
    with Stubber(sender.client) as stub:
        stub.add_response(
            "send_email",
            {"MessageId": "1"},
            {
                "FromEmailAddress": "codes@example.org",
                "Destination": {"ToAddresses": ["4915123456789@sms.example.org"]},
                "Content": {"Simple": {"Subject": {"Data": "Login code"}, "Body": {"Text": {"Data": "12345!"}}}},
            },
        )
        sender.send("4915123456789", "12345", "12345!")
        stub.add_client_error("send_email", "MessageRejected")
        with pytest.raises(NotDelivered, match="MessageRejected"):
            sender.send("4915123456789", "12345", "12345!")


def test_ses_sends_mail_of_its_own() -> None:
    mailer = open_mailer("ses:?from=codes@example.org&region=eu-west-1")
    assert isinstance(mailer, SesMailer)
    with Stubber(mailer.client) as stub:
        content = {"Simple": {"Subject": {"Data": "S"}, "Body": {"Text": {"Data": "T"}}}}
        wanted = {"FromEmailAddress": "codes@example.org", "Destination": {"ToAddresses": ["a@example.org"]}}
        stub.add_response("send_email", {"MessageId": "1"}, {**wanted, "Content": content})
        mailer.send(Mail("a@example.org", "S", "T"))
        stub.assert_no_pending_responses()


def test_a_webhook_gets_a_signed_request(receiver: Receiver) -> None:
    sender = open_sender(f"webhook:http://s3cret@{receiver.host}/codes?from=chat")
    assert isinstance(sender, WebhookSender)
    sender.send("4915123456789", "12345", "text")
    [(path, headers, body)] = receiver.requests
    assert path == "/codes?from=chat"
    assert json.loads(body) == {"phone": "+4915123456789", "code": "12345", "text": "text"}
    assert headers[SIGNATURE] == "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    assert "s3cret" not in str(headers)
    receiver.status = 503
    with pytest.raises(NotDelivered, match="status 503"):
        sender.send("4915123456789", "12345", "text")


def test_a_webhook_that_is_gone() -> None:
    with pytest.raises(NotDelivered, match="ConnectionRefusedError"):
        WebhookSender("http://127.0.0.1:1/", b"").send("1", "12345", "text")


def test_codes_do_not_cross_a_network_in_the_clear() -> None:
    with pytest.raises(ConfigurationError, match="https"):
        parse_webhook("http://codes.example.org/")
    assert parse_webhook("https://k%20y@codes.example.org/x") == ("https://codes.example.org/x", b"k y")


@pytest.mark.parametrize(
    "setting", ["log", "fixed:12345", "fixed:123456", "sns:", "sns:?region=a", "webhook:https://h/p"]
)
def test_settings_that_can_be_read(setting: str) -> None:
    assert load_settings(login_code=setting).login_code == setting


@pytest.mark.parametrize(
    "setting", ["", "fixed:", "fixed:1234", "fixed:1234a", "sms", "sns:eu", "ses:a@b", "webhook:", "webhook:s3cret@h"]
)
def test_settings_that_cannot(setting: str) -> None:
    with pytest.raises(ConfigurationError, match="LOGIN_CODE") as caught:
        load_settings(login_code=setting)
    assert "s3cret" not in str(caught.value)


def test_production_refuses_what_is_for_tests() -> None:
    with pytest.raises(ConfigurationError, match="for tests"):
        load_settings(production=True, login_code="fixed:12345")
    with pytest.raises(ConfigurationError, match="for benchmarks"):
        load_settings(production=True, flood_limits=False)
    assert load_settings(production=True).fixed_login_code is None


def test_a_sign_in_uses_the_way_of_the_setting(
    tmp_path: Path, receiver: Receiver, log_records: list[logging.LogRecord]
) -> None:
    server = Harness(tmp_path, login_code=f"webhook:http://{receiver.host}/")
    login._sender.cache_clear()
    try:
        before = measures.CODES.value("webhook", "ok"), measures.CODES.value("webhook", "failed")
        sign_in = send_code(server.device(None))
        code = json.loads(receiver.requests[0][2])["code"]
        assert code == sign_in.code, "the operator can still read it"
        assert type(sign_in.sign_in(code)).__name__ == "AuthorizationSignUpRequired"
        receiver.status = 500
        failed = send_code(server.device(None), "9996621235").code
        assert (measures.CODES.value("webhook", "ok"), measures.CODES.value("webhook", "failed")) == (
            before[0] + 1,
            before[1] + 1,
        )
        said = " ".join(f"{record.getMessage()} {record.__dict__}" for record in log_records if record.name == "login")
        assert "login code not delivered" in said
        for secret in (code, failed, PHONE):
            assert secret not in said
    finally:
        server.close()
