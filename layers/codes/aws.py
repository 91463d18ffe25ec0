"""Login codes by Amazon SNS and SES.

https://docs.aws.amazon.com/sns/latest/api/API_Publish.html,
https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from layers.codes import TIMEOUT_S, NotDelivered


def open_client(service: str, region: str | None, endpoint: str | None) -> Any:
    """A client that gives up in time."""
    config = Config(connect_timeout=TIMEOUT_S, read_timeout=TIMEOUT_S, retries={"total_max_attempts": 2})
    return boto3.Session().client(service, region_name=region, endpoint_url=endpoint, config=config)  # type: ignore[call-overload]


def _reason(error: Exception) -> str:
    """The error's code alone: its text may repeat the number."""
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else type(error).__name__


class SnsSender:
    """Text messages; ``sender``: the name shown, in countries that allow one."""

    def __init__(self, *, region: str | None = None, sender: str | None = None, endpoint: str | None = None) -> None:
        self.client = open_client("sns", region, endpoint)
        self._sender = sender

    def send(self, phone: str, code: str, text: str) -> None:
        attributes = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
        if self._sender:
            attributes["AWS.SNS.SMS.SenderID"] = {"DataType": "String", "StringValue": self._sender}
        try:
            self.client.publish(PhoneNumber=f"+{phone}", Message=text, MessageAttributes=attributes)
        except (ClientError, BotoCoreError) as error:
            raise NotDelivered(_reason(error)) from error


class SesSender:
    """Mails to a gateway: ``template`` with ``{phone}`` in it is the address."""

    def __init__(self, template: str, sender: str, *, region: str | None = None, endpoint: str | None = None) -> None:
        self.client = open_client("sesv2", region, endpoint)
        self._template = template
        self._sender = sender

    def send(self, phone: str, code: str, text: str) -> None:
        try:
            self.client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [self._template.replace("{phone}", phone)]},
                Content={"Simple": {"Subject": {"Data": "Login code"}, "Body": {"Text": {"Data": text}}}},
            )
        except (ClientError, BotoCoreError) as error:
            raise NotDelivered(_reason(error)) from error
