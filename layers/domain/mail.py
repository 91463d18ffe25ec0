"""E-mail: sent through the transport that ``CIRRUSGRAM_MAIL`` names.

``log`` writes each mail as one line of the log, for development; ``smtp://`` and ``smtps://`` hand it to a server
(RFC 5321), ``smtp://`` by STARTTLS where the server offers it (RFC 3207); ``ses:`` to Amazon SES.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from layers.context import Context
from layers.errors import ConfigurationError, bad_request
from layers.telemetry import get_logger

_TIMEOUT_S: Final = 15.0
_MAX_ADDRESS_LENGTH: Final = 254
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")

logger = get_logger("mail")


@dataclass(frozen=True, slots=True)
class Mail:
    """One plain-text mail to one address."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """A way to get mail out."""

    def send(self, mail: Mail) -> None:
        """Send it, or raise what the transport raised."""


class LogMailer:
    """Writes mails to the log; the address is masked."""

    def send(self, mail: Mail) -> None:
        """One line."""
        logger.info("mail", to=pattern_of(mail.to), subject=mail.subject, text=" ".join(mail.text.split()))


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands mails to an SMTP server; ``user`` empty: without authentication."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    is_tls: bool

    def send(self, mail: Mail) -> None:
        """Connect, send, leave."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, mail.to, mail.subject
        message.set_content(mail.text)
        context = ssl.create_default_context()
        if self.is_tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_TIMEOUT_S, context=context)
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S)
        with connection:
            connection.ehlo()
            if not self.is_tls and connection.has_extn("starttls"):
                connection.starttls(context=context)
            if self.user:
                if not isinstance(connection.sock, ssl.SSLSocket) and self.host not in _LOOPBACK:
                    raise smtplib.SMTPNotSupportedError("the mail server offers no TLS: the password is not sent")
                connection.login(self.user, self.password)
            connection.send_message(message)


class SesMailer:
    """Hands mails to Amazon SES."""

    def __init__(self, sender: str, *, region: str | None = None, endpoint: str | None = None) -> None:
        from layers.codes.aws import open_client  # boto3, only where it is used

        self.client = open_client("sesv2", region, endpoint)
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """One call."""
        self.client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to]},
            Content={"Simple": {"Subject": {"Data": mail.subject}, "Body": {"Text": {"Data": mail.text}}}},
        )


def open_mailer(url: str) -> Mailer:
    """The mailer of a setting: ``log``, ``ses:?from=ADDRESS`` or ``smtp[s]://[USER:PASSWORD@]HOST[:PORT][?from=…]``.

    Raises:
        ConfigurationError: it is neither.
    """
    if url == "log":
        return LogMailer()
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme == "ses" and "from" in options:
        return SesMailer(options["from"], region=options.get("region"), endpoint=options.get("endpoint"))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ConfigurationError(
            "CIRRUSGRAM_MAIL: use 'log', ses:?from=ADDRESS or smtp[s]://[USER:PASSWORD@]HOST[:PORT][?from=ADDRESS]"
        )
    is_tls = parts.scheme == "smtps"
    sender = parse_qs(parts.query).get("from", [f"noreply@{parts.hostname}"])[0]
    return SmtpMailer(
        host=parts.hostname,
        port=parts.port or (465 if is_tls else 587 if parts.username else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
        is_tls=is_tls,
    )


def send_mail(ctx: Context, mail: Mail) -> None:
    """Send after the commit; a failure is logged, and the user asks for another mail."""
    mailer = open_mailer(ctx.settings.mail)
    ctx.after_commit(lambda: mailer.send(mail))


def check_address(text: str) -> str:
    """The address without surrounding blanks; 400 EMAIL_INVALID."""
    address = text.strip()
    if len(address) > _MAX_ADDRESS_LENGTH or not _ADDRESS.fullmatch(address):
        raise bad_request("EMAIL_INVALID")
    return address


def pattern_of(address: str) -> str:
    """What is shown of an address: ``a***e@example.org``."""
    name, _, domain = address.rpartition("@")
    last = name[-1] if len(name) > 2 else ""
    return f"{name[:1]}***{last}@{domain}"
