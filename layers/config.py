"""Settings: `CIRRUSGRAM_*` environment variables, overridden by command-line flags.

Each storage is named by a URL; the defaults need no server and live below the data directory.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from layers.codes import check_setting
from layers.errors import ConfigurationError
from layers.secret_references import values_with_secrets

_ADDRESS: Final = re.compile(r"^(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[^:\[\]]*)):(?P<port>\d{1,5})$")
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


class Settings(BaseSettings):
    """One deployment's settings, the same for nodes, workers, Lambdas and the command line."""

    model_config = SettingsConfigDict(env_prefix="CIRRUSGRAM_", extra="ignore", frozen=True)

    data: Path = Path("data")
    """Where the embedded defaults keep the database, files, RSA key and master key."""
    tcp: str = "127.0.0.1:4430"
    """MTProto by every transport: HOST:PORT, or several with commas between them."""
    http: str = "127.0.0.1:4431"
    """WebSocket (`/apiws`), HTTP transport, health and metrics: HOST:PORT[,…]."""
    https: str | None = None
    """The same over TLS: HOST:PORT[,…]; needs `tls_cert` and `tls_key`."""
    tls_cert: Path | None = None
    """PEM file with the certificate chain."""
    tls_key: Path | None = None
    """PEM file with its private key."""
    web_origins: str = "*"
    """Sites whose pages may connect: ``https://HOST[:PORT],…``, or ``*`` for all."""
    proxy_protocol: Literal["off", "required"] = "off"
    """Whether each connection begins with a PROXY header (version 1 or 2) of the load balancer in front."""
    proxy_secrets: str | None = None
    """Secrets of MTProxy links that lead here, with commas between them: 32 hex digits each, perhaps behind ``dd``; or
    ``ee``, 32 hex digits and those of a host name."""
    advertise: str | None = None
    """The addresses clients shall use (help.getConfig's dc_options), HOST[:PORT][,…]; default: the listening ones."""

    database_url: str | None = None
    cache_url: str = "memory://"
    bus_url: str = "memory://"
    blob_url: str | None = None
    master_key: str | None = None
    """Base64 of 32 bytes; default: the file `secret.key` in the data directory."""
    rsa_key: Path | None = None
    """PEM file of the MTProto RSA key; default: `mtproto.pem` in the data directory."""

    content: Path | None = None
    """Folder with lists of reactions, effects, emoji and sticker sets, and the files they name, for every client."""
    link_previews: bool = True
    """Whether the server fetches pages that messages link to."""
    fact_checkers: Annotated[str, Field(pattern=r"^(\d+(,\d+)*)?$")] = ""
    """Ids of the accounts that may write fact checks of channel posts, with commas between them."""
    login_code: str = "log"
    """How login codes are delivered (`layers.codes`): log, sns, ses, webhook, or fixed:NNNNN for tests."""
    production: bool = False
    """Refuses what is for tests only: fixed login codes, no flood limits."""
    keep_events_days: Annotated[int, Field(ge=0)] = 90
    """Edits, deletions, reads: a client away for longer fetches its chats anew; 0: for ever, as with the others."""
    keep_read_dates_days: Annotated[int, Field(ge=0)] = 7
    """When messages were read; clients ask for a week."""
    keep_random_ids_days: Annotated[int, Field(ge=0)] = 30
    """What tells a repeated send from a new one."""
    keep_reports_days: Annotated[int, Field(ge=0)] = 365
    """Reports of users to the operator."""
    upload_quota_bytes: Annotated[int, Field(ge=0)] = 8 << 30
    """Bytes of parts that one user may have uploaded and not used yet; 0: no bound but the disk."""
    geo_database: Path | None = None
    """MaxMind file that tells country and region of sessions."""
    mail: str = "log"
    """How e-mail leaves: log, ``ses:?from=ADDRESS``, or ``smtp[s]://[USER:PASSWORD@]HOST[:PORT][?from=ADDRESS]``."""
    dc_id: Annotated[int, Field(ge=1, le=999)] = 2
    threads: Annotated[int, Field(ge=1, le=256)] = 8
    """Threads of the local runner."""
    workers: Annotated[int, Field(ge=0, le=256)] = 0
    """Worker processes for the functions; 0 runs them in the node's own threads."""
    routes: str | None = None
    """Where methods run: ``PATTERN=local|workers|lambda,…``, the first that matches; default: all in one place."""
    lambda_endpoint: str | None = None
    """Address of the Lambda API, ``http[s]://[KEY:SECRET@]HOST[:PORT]``; default: the one of the AWS region."""
    lambda_prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")] = "cirrusgram"
    """A namespace's functions are deployed as ``PREFIX-NAMESPACE``."""
    lambda_alias: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,128}$")] = None
    """The alias of each that is invoked; default: what was deployed last."""
    consumers: Literal["local", "none"] = "local"
    """Whether this process consumes the bus; ``none`` where an event source mapping feeds Lambda."""
    tracing: bool = False
    """Whether Lambdas send X-Ray segments, joined to the node's traces; needs aws-xray-sdk."""
    admin_token: Annotated[SecretStr | None, Field(min_length=20)] = None
    """Opens the admin page of each node (`/admin`); without one there is none."""
    metrics_token: Annotated[SecretStr | None, Field(min_length=20)] = None
    """Opens `/metrics`, as does the admin token; without any, only programs on the node's own machine may read them."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    max_connections: Annotated[int, Field(ge=1)] = 20_000
    max_connections_per_ip: Annotated[int, Field(ge=1)] = 5_000
    max_handshakes: Annotated[int, Field(ge=1)] = 64
    """Concurrent key exchanges; above it the newcomer gets transport error -429."""
    max_handshakes_per_s: Annotated[int, Field(ge=1)] = 50
    """Key exchanges of one address, on average; above it the client gets transport error -429."""
    max_messages_per_s: Annotated[int, Field(ge=1)] = 2_000
    """Packets and queries of one connection, on average; above it the client gets transport error -429."""
    max_inbound_bytes: Annotated[int, Field(ge=1 << 20)] = 256 << 20
    """Bytes of packets that are not complete or not handled yet, of all clients of a node."""
    max_outbound_bytes: Annotated[int, Field(ge=1 << 20)] = 256 << 20
    """Bytes of answers and updates that clients have not fetched or acknowledged, of all sessions of a node."""
    flood_limits: bool = True
    """False only in benchmarks: methods then answer without FLOOD_WAIT."""

    @field_validator("tcp", "http", "https")
    @classmethod
    def _are_addresses(cls, value: str | None) -> str | None:
        if value is not None:
            parse_addresses(value)
        return value

    @field_validator("web_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        if value != "*" and not all(_ORIGIN.fullmatch(origin) for origin in _split(value)):
            raise ValueError("expected '*', or origins as in https://web.example.org,https://localhost:8080")
        return value

    @field_validator("login_code")
    @classmethod
    def _is_delivery(cls, value: str) -> str:
        check_setting(value)
        return value

    @model_validator(mode="after")
    def _is_fit_for_production(self) -> Self:
        if self.production and self.fixed_login_code is not None:
            raise ValueError("CIRRUSGRAM_LOGIN_CODE=fixed:… is for tests and refused with CIRRUSGRAM_PRODUCTION=true")
        if self.production and not self.flood_limits:
            raise ValueError(
                "CIRRUSGRAM_FLOOD_LIMITS=false is for benchmarks and refused with CIRRUSGRAM_PRODUCTION=true"
            )
        return self

    @model_validator(mode="after")
    def _tls_is_complete(self) -> Self:
        if self.https is None:
            if self.tls_cert is not None or self.tls_key is not None:
                raise ValueError(
                    "CIRRUSGRAM_TLS_CERT and CIRRUSGRAM_TLS_KEY are for --https HOST:PORT, which is not set"
                )
        elif self.tls_cert is None or self.tls_key is None:
            raise ValueError("--https needs CIRRUSGRAM_TLS_CERT=FILE and CIRRUSGRAM_TLS_KEY=FILE")
        elif self.proxy_protocol == "required":
            raise ValueError("--https takes no PROXY header: terminate TLS at the load balancer and give it --http")
        return self

    @field_validator("mail")
    @classmethod
    def _is_mail(cls, value: str) -> str:
        if value != "log" and not re.match(r"smtps?://([^@/?]+@)?[^@/?]+|ses:\?(.+&)?from=[^@]+@", value):
            raise ValueError("use 'log', ses:?from=ADDRESS or smtp[s]://[USER:PASSWORD@]HOST[:PORT][?from=ADDRESS]")
        return value

    @model_validator(mode="after")
    def _workers_share(self) -> Self:
        if self.workers and (self.is_single_node or self.bus_url.startswith("memory:")):
            raise ValueError(
                "worker processes need a cache and a bus that they can share: set CIRRUSGRAM_CACHE_URL=redis://… and CIRRUSGRAM_BUS_URL=kafka://…"
            )
        return self

    @property
    def is_single_node(self) -> bool:
        """True for the embedded cache, which other nodes cannot see."""
        return self.cache_url.startswith("memory:")

    @property
    def effective_database_url(self) -> str:
        """The database URL, or the SQLite file of the data directory."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'cirrusgram.db'}"

    @property
    def effective_blob_url(self) -> str:
        """The blob URL, or a folder of the data directory."""
        return self.blob_url or f"file://{self.data.resolve() / 'blobs'}"

    @property
    def allowed_origins(self) -> frozenset[str] | None:
        """Origins whose pages may connect; None: all."""
        return None if self.web_origins == "*" else frozenset(_split(self.web_origins.lower()))

    @property
    def fact_checker_ids(self) -> frozenset[int]:
        """The accounts of `fact_checkers`."""
        return frozenset(int(user_id) for user_id in self.fact_checkers.split(",") if user_id)

    @property
    def fixed_login_code(self) -> str | None:
        """The code that `fixed:NNNNN` names, or None."""
        way, _, code = self.login_code.partition(":")
        return code if way == "fixed" else None


def load_settings(**flags: object) -> Settings:
    """Settings from the environment with the flags that were given (not None) on top; one-line errors."""
    try:
        given = {name: value for name, value in flags.items() if value is not None}
        return Settings(**{**values_with_secrets(os.environ), **given})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        reason = first["msg"].removeprefix("Value error, ")
        if not first["loc"]:
            raise ConfigurationError(reason) from error
        name = str(first["loc"][0])
        flag = "--" + name.replace("_", "-")
        if name.endswith("_token") or name == "login_code":
            raise ConfigurationError(f"{flag} (CIRRUSGRAM_{name.upper()}): {reason}") from None
        raise ConfigurationError(f"{flag} (CIRRUSGRAM_{name.upper()}): {reason}, not {first.get('input')!r}") from error


def parse_address(text: str) -> tuple[str, int]:
    """HOST:PORT or [IPv6]:PORT; an empty host listens on every address."""
    match = _ADDRESS.match(text)
    if match is None or int(match["port"]) > 65535:
        raise ValueError("expected HOST:PORT with a port up to 65535")
    return match["v6"] or match["host"] or "", int(match["port"])


def parse_addresses(text: str) -> list[tuple[str, int]]:
    """Addresses with commas between them, each as `parse_address` reads it."""
    return [parse_address(part) for part in _split(text)]


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]
