"""layers.domain.mail: the setting, addresses, and SMTP against a server of our own."""

from __future__ import annotations

import asyncio
import smtplib
from pathlib import Path

import pytest

from layers.config import load_settings
from layers.domain.mail import LogMailer, Mail, SmtpMailer, check_address, open_mailer, pattern_of
from layers.errors import ConfigurationError, RpcError

_MAIL = Mail("bob@example.org", "Subject", "Your code is 123456.\n")


class Mailbox:
    """An SMTP server without extensions but AUTH; keeps what it is told."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.data = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode().rstrip():
            self.commands.append(line)
            match line.split()[0].upper():
                case "EHLO":
                    writer.write(b"250-here\r\n250 AUTH PLAIN\r\n")
                case "AUTH":
                    writer.write(b"235 in\r\n")
                case "DATA":
                    writer.write(b"354 go on\r\n")
                    self.data = (await reader.readuntil(b"\r\n.\r\n")).decode()
                    writer.write(b"250 kept\r\n")
                case "QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                case _:
                    writer.write(b"250 fine\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def test_smtp() -> None:
    mailbox = Mailbox()
    server = await asyncio.start_server(mailbox.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        mailer = open_mailer(f"smtp://user:p%40ss@127.0.0.1:{port}?from=codes@example.org")
        await asyncio.to_thread(mailer.send, _MAIL)
    assert any(command.startswith("AUTH PLAIN") for command in mailbox.commands)
    assert [c.split(":")[1].split(">")[0] for c in mailbox.commands if c.upper().startswith(("MAIL", "RCPT"))] == [
        "<codes@example.org",
        "<bob@example.org",
    ]
    assert "Subject: Subject" in mailbox.data
    assert "Your code is 123456." in mailbox.data


async def test_a_password_does_not_leave_the_machine_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = Mailbox()
    server = await asyncio.start_server(mailbox.serve, "127.0.0.1", 0)
    monkeypatch.setattr("layers.domain.mail._LOOPBACK", frozenset())
    async with server:
        port = server.sockets[0].getsockname()[1]
        mailer = open_mailer(f"smtp://user:secret@127.0.0.1:{port}")
        with pytest.raises(smtplib.SMTPNotSupportedError):
            await asyncio.to_thread(mailer.send, _MAIL)
    assert not any(command.startswith("AUTH") for command in mailbox.commands)


def test_setting(tmp_path: Path) -> None:
    assert isinstance(open_mailer("log"), LogMailer)
    mailer = open_mailer("smtps://mail.example.org")
    assert mailer == SmtpMailer("mail.example.org", 465, "", "", "noreply@mail.example.org", True)
    assert open_mailer("smtp://a:b@mail.example.org").port == 587  # type: ignore[attr-defined]
    for wrong in ("", "sendmail", "http://mail.example.org", "smtp://"):
        with pytest.raises(ConfigurationError):
            open_mailer(wrong)
        with pytest.raises(ConfigurationError, match="CIRRUSGRAM_MAIL"):
            load_settings(data=tmp_path, mail=wrong)


@pytest.mark.parametrize("address", ["a@example.org", "first.last+tag@mail.example.co.uk"])
def test_good_addresses(address: str) -> None:
    assert check_address(f" {address} ") == address


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b.org", "a@b", "a b@c.org", "a@b.org\r\nBcc: c@d.org", "a@" + "b" * 250 + ".org"]
)
def test_bad_addresses(address: str) -> None:
    with pytest.raises(RpcError, match="EMAIL_INVALID"):
        check_address(address)


@pytest.mark.parametrize(
    ("address", "pattern"), [("alice@b.org", "a***e@b.org"), ("al@b.org", "a***@b.org"), ("a@b.org", "a***@b.org")]
)
def test_pattern(address: str, pattern: str) -> None:
    assert pattern_of(address) == pattern
