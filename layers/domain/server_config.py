"""help.getConfig: addresses and limits.

https://core.telegram.org/constructor/config. Clients start on whichever data centre they know (TDLib 1, Telethon and
Kurigram 2, gramjs 4), so every number leads to this server.
"""

from __future__ import annotations

import ipaddress
import socket
from functools import cache
from typing import Final

from layers.config import Settings, parse_address, parse_addresses
from layers.domain import limits
from layers.errors import ConfigurationError
from tl import api

DC_IDS: Final = (1, 2, 3, 4, 5)
ME_URL_PREFIX: Final = "https://t.me/"
_LOOPBACK: Final = {4: "127.0.0.1", 6: "::1"}


def server_config(settings: Settings, now: int) -> api.Config:
    """The configuration at ``now``; ``expires`` tells the client when to ask again."""
    return api.Config(
        default_p2p_contacts=True,
        revoke_pm_inbox=True,
        date=now,
        expires=now + limits.CONFIG_LIFE_S,
        test_mode=False,
        this_dc=settings.dc_id,
        dc_options=dc_options(settings),
        dc_txt_domain_name="",
        chat_size_max=limits.CHAT_SIZE,
        megagroup_size_max=limits.MEGAGROUP_SIZE,
        forwarded_count_max=limits.FORWARDED_COUNT,
        online_update_period_ms=limits.ONLINE_UPDATE_PERIOD_MS,
        offline_blur_timeout_ms=limits.OFFLINE_BLUR_TIMEOUT_MS,
        offline_idle_timeout_ms=limits.OFFLINE_IDLE_TIMEOUT_MS,
        online_cloud_timeout_ms=limits.ONLINE_CLOUD_TIMEOUT_MS,
        notify_cloud_delay_ms=limits.NOTIFY_CLOUD_DELAY_MS,
        notify_default_delay_ms=limits.NOTIFY_DEFAULT_DELAY_MS,
        push_chat_period_ms=limits.PUSH_CHAT_PERIOD_MS,
        push_chat_limit=limits.PUSH_CHAT_LIMIT,
        edit_time_limit=limits.EDIT_TIME_S,
        revoke_time_limit=limits.REVOKE_TIME_S,
        revoke_pm_time_limit=limits.REVOKE_PM_TIME_S,
        rating_e_decay=limits.RATING_E_DECAY,
        stickers_recent_limit=limits.STICKERS_RECENT,
        channels_read_media_period=limits.CHANNELS_READ_MEDIA_PERIOD_S,
        call_receive_timeout_ms=limits.CALL_RECEIVE_TIMEOUT_MS,
        call_ring_timeout_ms=limits.CALL_RING_TIMEOUT_MS,
        call_connect_timeout_ms=limits.CALL_CONNECT_TIMEOUT_MS,
        call_packet_timeout_ms=limits.CALL_PACKET_TIMEOUT_MS,
        me_url_prefix=ME_URL_PREFIX,
        caption_length_max=limits.CAPTION_LENGTH,
        message_length_max=limits.MESSAGE_LENGTH,
        webfile_dc_id=settings.dc_id,
    )


def dc_options(settings: Settings) -> list[api.TypeDcOption]:
    """Each address for each data centre number, all of them this server; clients keep to the port."""
    return [
        api.DcOption(ipv6=":" in host, static=True, this_port_only=True, id=dc_id, ip_address=host, port=port)
        for dc_id in sorted({*DC_IDS, settings.dc_id})
        for host, port in advertised_addresses(settings.advertise, settings.tcp)
    ]


@cache
def advertised_addresses(advertise: str | None, listen: str) -> tuple[tuple[str, int], ...]:
    """IP addresses and ports that clients shall use, without repetitions; ``advertise`` and ``listen`` are lists."""
    if advertise:
        first_listening = listen.partition(",")[0].strip()
        found = [advertised_address(part.strip(), first_listening) for part in advertise.split(",")]
    else:
        found = [
            advertised_address(None, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
            for host, port in parse_addresses(listen)
        ]
    return tuple(dict.fromkeys(found))


@cache
def advertised_address(advertise: str | None, listen: str) -> tuple[str, int]:
    """The IP address and port that clients shall use.

    ``advertise`` is HOST, HOST:PORT or an IP address; without it the listening address counts (loopback when the server
    listens on every address: then only an operator can know a better one). A name is looked up once, since dcOption
    holds an IP address.
    """
    host, port = parse_address(listen)
    if advertise:
        host, port = _split(advertise, port)
    elif host in {"", "0.0.0.0", "::"}:  # noqa: S104  # compared, not bound
        host = _LOOPBACK[6 if host == "::" else 4]
    try:
        return str(ipaddress.ip_address(host)), port
    except ValueError:
        return _resolve(host), port


def _split(advertise: str, default_port: int) -> tuple[str, int]:
    try:
        return str(ipaddress.ip_address(advertise)), default_port
    except ValueError:
        if ":" not in advertise:
            return advertise, default_port
    try:
        return parse_address(advertise)
    except ValueError as error:
        raise ConfigurationError(f"--advertise: {error}, not {advertise!r}") from error


def _resolve(host: str) -> str:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ConfigurationError(f"--advertise: the host name {host!r} cannot be resolved: {error.strerror}") from error
    by_family = {family: str(address[0]) for family, _, _, _, address in reversed(found)}
    return by_family.get(socket.AF_INET) or next(iter(by_family.values()))
