"""References to secrets in settings."""

from __future__ import annotations

import pytest

from layers.config import load_settings
from layers.errors import ConfigurationError
from layers.secret_references import values_with_secrets

_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:cirrusgram/database-AbCdEf"
_SECRETS = {_ARN: '{"username": "app", "password": "p@ss/word:1"}', "key": "AAAA=="}


def test_a_url_gets_its_secrets_percent_encoded_and_each_is_fetched_once() -> None:
    asked: list[str] = []

    def fetch(secret_id: str) -> str:
        asked.append(secret_id)
        return _SECRETS[secret_id]

    reference = f"{{{{resolve:secretsmanager:{_ARN}:SecretString:%s}}}}"
    environ = {
        "CIRRUSGRAM_DATABASE_URL": f"mysql+pymysql://{reference % 'username'}:{reference % 'password'}@proxy/main",
        "CIRRUSGRAM_MASTER_KEY": "{{resolve:secretsmanager:key:SecretString}}",
        "CIRRUSGRAM_TCP": "0.0.0.0:4430",
        "OTHER": "{{resolve:secretsmanager:not-ours:SecretString}}",
    }
    assert values_with_secrets(environ, fetch) == {
        "database_url": "mysql+pymysql://app:p%40ss%2Fword%3A1@proxy/main",
        "master_key": "AAAA==",
    }
    assert asked == [_ARN, "key"]


@pytest.mark.parametrize(
    "value",
    [
        "{{resolve:ssm:name}}",
        "{{resolve:secretsmanager:key}}",
        "{{resolve:secretsmanager:key:SecretString:absent}}",
        "{{resolve:secretsmanager:" + _ARN + ":SecretString:absent}}",
    ],
)
def test_a_reference_that_leads_nowhere_names_the_setting(value: str) -> None:
    with pytest.raises(ConfigurationError, match="CIRRUSGRAM_MASTER_KEY"):
        values_with_secrets({"CIRRUSGRAM_MASTER_KEY": value}, _SECRETS.__getitem__)


def test_settings_without_references_ask_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIRRUSGRAM_DC_ID", "3")
    assert values_with_secrets({"CIRRUSGRAM_DC_ID": "3"}) == {}
    assert load_settings().dc_id == 3
