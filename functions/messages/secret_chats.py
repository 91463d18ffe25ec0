"""Secret chats begin and end: https://core.telegram.org/api/end-to-end."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.blocks import is_blocked
from layers.domain.peers import SERVICE_USER_ID, access_user, require_user
from layers.domain.secret_chats import (
    accept_chat,
    discard_chat,
    request_chat,
)
from layers.domain.secret_messages import read, tell_typing
from layers.domain.secret_sides import access_established, access_secret_chat
from layers.errors import bad_request, forbidden
from layers.registry import FloodLimit, function
from layers.schema import reports
from tl import api

_REQUESTS: Final = FloodLimit(100, 86_400)
"""A request that nobody answers stays, with every device of the other user."""
_ACCEPTS: Final = FloodLimit(60, 60)
_REPORTS: Final = FloodLimit(20, 60)


@function(api.messages.RequestEncryption, writes=True, flood=_REQUESTS)
def request_encryption(ctx: Context, request: api.messages.RequestEncryption) -> api.TypeEncryptedChat:
    """Ask a user for a secret chat: every device of his that takes requests hears of it."""
    user_id = access_user(ctx, request.user_id)
    if user_id in {ctx.user_id, SERVICE_USER_ID} or require_user(ctx, user_id).bot:
        raise bad_request("USER_ID_INVALID")
    if is_blocked(ctx, user_id, ctx.user_id):
        raise forbidden("USER_IS_BLOCKED")
    return request_chat(ctx, user_id, request.random_id, request.g_a)


@function(api.messages.AcceptEncryption, writes=True, flood=_ACCEPTS)
def accept_encryption(ctx: Context, request: api.messages.AcceptEncryption) -> api.TypeEncryptedChat:
    """Take a requested chat to the calling device."""
    return accept_chat(ctx, request.peer, request.g_b, request.key_fingerprint)


@function(api.messages.DiscardEncryption, writes=True)
def discard_encryption(ctx: Context, request: api.messages.DiscardEncryption) -> bool:
    """End a chat or decline the request for it."""
    discard_chat(ctx, request.chat_id, delete_history=request.delete_history)
    return True


@function(api.messages.ReadEncryptedHistory, writes=True)
def read_encrypted_history(ctx: Context, request: api.messages.ReadEncryptedHistory) -> bool:
    """The caller has read what came up to a date."""
    side = access_established(ctx, request.peer)
    if request.max_date <= 0:
        raise bad_request("MAX_DATE_INVALID")
    read(ctx, side, min(request.max_date, ctx.now))
    return True


@function(api.messages.SetEncryptedTyping, flood=FloodLimit(120, 60))
def set_encrypted_typing(ctx: Context, request: api.messages.SetEncryptedTyping) -> bool:
    """The caller types; that he stopped is not told: it wears off by itself."""
    side = access_established(ctx, request.peer)
    if request.typing:
        tell_typing(ctx, side)
    return True


@function(api.messages.ReportEncryptedSpam, writes=True, flood=_REPORTS)
def report_encrypted_spam(ctx: Context, request: api.messages.ReportEncryptedSpam) -> bool:
    """Report whoever asked for a chat to the operator, who cannot read what was said."""
    side = access_secret_chat(ctx, request.peer)
    ctx.db.execute(
        sa.insert(reports),
        {
            "reporter_id": ctx.user_id,
            "peer_key": side.peer_id,
            "message_id": 0,
            "option": "spam",
            "comment": "secret chat",
            "date": ctx.now,
        },
    )
    return True
