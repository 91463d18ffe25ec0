"""Secrets that settings name instead of holding: ``{{resolve:secretsmanager:ID:SecretString[:KEY]}}``.

The notation is CloudFormation's for dynamic references
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html). Lambda and ECS
show a function's environment to whoever may describe it; a reference there tells nothing, and a process asks for the
value with its own role when it starts. A value that is a URL gets the secret percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

import orjson

from layers.errors import ConfigurationError

PREFIX: Final = "CIRRUSGRAM_"
_MARK: Final = "{{resolve:"
_REFERENCE: Final = re.compile(r"\{\{resolve:secretsmanager:(?P<id>[^{}]+?):SecretString(?::(?P<key>[^{}:]+))?:?:?\}\}")

Fetch = Callable[[str], str]
"""The text of a secret by its name or ARN."""


def values_with_secrets(environ: Mapping[str, str], fetch: Fetch | None = None) -> dict[str, str]:
    """Those ``CIRRUSGRAM_*`` settings that contain references, by the setting's name, with the secrets put in.

    A secret that several references name is fetched once.

    Raises:
        ConfigurationError: a reference cannot be read, or its secret is not there or may not be read.
    """
    found = {name: value for name, value in environ.items() if name.startswith(PREFIX) and _MARK in value}
    if not found:
        return {}
    fetch = fetch or _secrets_manager()
    secrets: dict[str, str] = {}

    def resolve(name: str, value: str) -> str:
        def replace(match: re.Match[str]) -> str:
            if match["id"] not in secrets:
                secrets[match["id"]] = fetch(match["id"])
            text = _part(name, secrets[match["id"]], match["key"])
            return quote(text, safe="") if "://" in value else text

        resolved, count = _REFERENCE.subn(replace, value)
        if count != value.count(_MARK):
            raise ConfigurationError(f"{name}: use {{{{resolve:secretsmanager:ID:SecretString:KEY}}}}")
        return resolved

    return {name.removeprefix(PREFIX).lower(): resolve(name, value) for name, value in found.items()}


def _part(name: str, secret: str, key: str | None) -> str:
    if key is None:
        return secret
    try:
        return str(orjson.loads(secret)[key])
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{name}: its secret is not a JSON object with the key {key!r}") from error


def _secrets_manager() -> Fetch:
    import boto3  # only for deployments that refer to secrets
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    patience = Config(connect_timeout=3, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 4})
    try:
        client = boto3.Session().client("secretsmanager", config=patience)
    except (BotoCoreError, ValueError) as error:
        raise ConfigurationError(f"Secrets Manager: {error}") from error

    def fetch(secret_id: str) -> str:
        try:
            text: str = client.get_secret_value(SecretId=secret_id)["SecretString"]
        except (BotoCoreError, ClientError, KeyError) as error:
            raise ConfigurationError(f"the secret {secret_id} cannot be read: {error}") from error
        return text

    return fetch
