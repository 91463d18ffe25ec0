"""How login codes reach people: the way that ``CIRRUSGRAM_LOGIN_CODE`` names.

- ``log``: one line of the log, for an operator who passes codes on (`cirrusgram codes` lists them too);
- ``sns:[?region=…&sender=…]``: a text message by Amazon SNS;
- ``ses:TEMPLATE[?from=ADDRESS&region=…]``: mail by Amazon SES to a gateway that makes text messages of it;
  ``{phone}`` in the template is the number's digits, as in ``ses:{phone}@sms.example.org?from=codes@example.org``;
- ``webhook:URL``: a signed request to a program of the operator's own;
- ``fixed:NNNNN``: no way at all, for tests: everybody's code is this one.
"""

from __future__ import annotations

from typing import Final, Protocol
from urllib.parse import parse_qs, urlsplit

from layers.errors import ConfigurationError, Unavailable

TIMEOUT_S: Final = 5.0
"""Of one delivery: somebody waits for the answer to auth.sendCode meanwhile."""

USAGE: Final = (
    "use log, sns:[?region=…&sender=…], ses:{phone}@GATEWAY?from=ADDRESS, "
    "webhook:https://[KEY@]HOST/PATH or fixed:NNNNN"
)


class NotDelivered(Unavailable):
    """The provider did not take the code; the text says what it answered, without the code or the number."""


class CodeSender(Protocol):
    """A way to a phone number."""

    def send(self, phone: str, code: str, text: str) -> None:
        """Hand over a code for a number (digits only) with the sentence to show.

        Raises:
            NotDelivered: it was not taken.
        """


def way_of(setting: str) -> str:
    """'log', 'sns', 'ses', 'webhook' or 'fixed'; anything else is none."""
    return setting.partition(":")[0]


def open_sender(setting: str) -> CodeSender | None:
    """The sender of a setting; None where codes leave by the log or not at all.

    Raises:
        ConfigurationError: it cannot be read.
    """
    way, _, rest = setting.partition(":")
    if way in {"log", "fixed"}:
        return None
    target, _, query = rest.partition("?")
    options = {name: values[-1] for name, values in parse_qs(query).items()}
    if way == "sns" and not target:
        from layers.codes.aws import SnsSender  # boto3, only where it is used

        return SnsSender(region=options.get("region"), sender=options.get("sender"), endpoint=options.get("endpoint"))
    if way == "ses" and "{phone}" in target and "@" in target and "from" in options:
        from layers.codes.aws import SesSender

        return SesSender(target, options["from"], region=options.get("region"), endpoint=options.get("endpoint"))
    if way == "webhook":
        from layers.codes.webhook import WebhookSender, parse_webhook

        return WebhookSender(*parse_webhook(rest))
    raise ConfigurationError(f"CIRRUSGRAM_LOGIN_CODE: {USAGE}")


def check_setting(setting: str) -> None:
    """ValueError unless the setting can be read, without loading what sends.

    A key within it is not repeated.
    """
    way, _, rest = setting.partition(":")
    target, _, query = rest.partition("?")
    is_readable = (
        setting == "log"
        or (way == "fixed" and rest.isascii() and rest.isdecimal() and len(rest) in {5, 6})
        or (way == "sns" and not target)
        or (way == "ses" and "{phone}" in target and "@" in target and "from=" in query)
        or (way == "webhook" and urlsplit(rest).scheme in {"http", "https"} and bool(urlsplit(rest).hostname))
    )
    if not is_readable:
        raise ValueError(USAGE)
