"""The last step before a message is stored, in whichever box: its timer, its poll, its preview."""

from __future__ import annotations

from typing import Any

from layers.context import Context
from layers.domain.extras import Extra, extras_of
from layers.domain.polls import keep_poll
from layers.domain.web_pages import settle_preview
from tl import api


def complete(
    ctx: Context, message: Any, content_id: int, place_key: int, peer_key: int, ttl_period: int | None
) -> None:
    """Make a message to ``peer_key`` ready to be stored under ``content_id`` in the box of ``place_key``.

    ``ttl_period``: after how many seconds messages of the chat delete themselves.
    """
    is_timer = isinstance(message, api.MessageService) and isinstance(message.action, api.MessageActionSetMessagesTTL)
    message.ttl_period = None if is_timer else ttl_period
    if extras_of(message) & Extra.POLL:
        keep_poll(ctx, content_id, message, place_key)
    settle_preview(ctx, message, place_key, peer_key)
