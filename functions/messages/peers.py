"""A chat's action bar and reports: https://core.telegram.org/api/action-bar, https://core.telegram.org/api/report."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from layers.context import Context
from layers.database import upsert
from layers.domain.chats import peer_objects
from layers.domain.contacts import peer_settings
from layers.domain.dialogs import tell_own_devices
from layers.domain.peers import access_peer, is_user, peer_of
from layers.domain.sending import own_rows
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import dialogs, reports
from tl import api

_REPORTS: Final = FloodLimit(30, 3600)
_COMMENT_MAX: Final = 512
_OTHER: Final = b"other"
_REASONS: Final = (
    ("I don't like it", b"dislike"),
    ("Spam or scam", b"spam"),
    ("Violence", b"violence"),
    ("Child abuse", b"child_abuse"),
    ("Pornography", b"pornography"),
    ("Illegal goods or drugs", b"illegal_goods"),
    ("Personal data", b"personal_data"),
    ("Copyright", b"copyright"),
    ("Other", _OTHER),
)


@function(api.messages.GetPeerSettings)
def get_peer_settings(ctx: Context, request: api.messages.GetPeerSettings) -> api.messages.PeerSettings:
    """What the client offers above a chat: add to contacts, block, report …"""
    peer_key = access_peer(ctx, request.peer)
    named = peer_objects(ctx, ctx.user_id, [peer_key])
    settings = peer_settings(ctx, ctx.user_id, peer_key) if is_user(peer_key) else api.PeerSettings()
    return api.messages.PeerSettings(settings=settings, chats=named.chats, users=named.users)


@function(api.messages.HidePeerSettingsBar, writes=True)
def hide_peer_settings_bar(ctx: Context, request: api.messages.HidePeerSettingsBar) -> bool:
    """Close the bar above a chat for good, on all devices."""
    peer_key = access_peer(ctx, request.peer)
    hidden = ctx.db.scalar(
        sa.select(dialogs.c.hidden_peer_settings).where(
            dialogs.c.owner_id == ctx.user_id, dialogs.c.peer_key == peer_key
        )
    )
    if hidden:
        return True
    values = {"owner_id": ctx.user_id, "peer_key": peer_key, "hidden_peer_settings": True}
    upsert(ctx.db, dialogs, values, update=("hidden_peer_settings",))
    tell_own_devices(
        ctx, api.UpdatePeerSettings(peer=peer_of(peer_key), settings=api.PeerSettings()), peer_keys=[peer_key]
    )
    return True


@function(api.messages.ReportSpam, writes=True, flood=_REPORTS)
def report_spam(ctx: Context, request: api.messages.ReportSpam) -> bool:
    """Report a chat to the operator."""
    peer_key = _reported(ctx, request.peer)
    _keep(ctx, peer_key, [0], b"spam", "")
    return True


@function(api.messages.Report, writes=True, flood=_REPORTS)
def report(ctx: Context, request: api.messages.Report) -> api.TypeReportResult:
    """Report messages to the operator: the client is asked for a reason first, and for words where it is another."""
    peer_key = _reported(ctx, request.peer)
    rows = own_rows(ctx, request.id)
    if not rows or any(row.peer_key != peer_key for row in rows):
        raise bad_request("MESSAGE_ID_INVALID")
    if not request.option:
        options = [api.MessageReportOption(text=text, option=option) for text, option in _REASONS]
        return api.ReportResultChooseOption(title="Report", options=options)
    if request.option not in {option for _, option in _REASONS}:
        raise bad_request("OPTION_INVALID")
    comment = request.message.strip()
    if request.option == _OTHER and not comment:
        return api.ReportResultAddComment(option=request.option)
    _keep(ctx, peer_key, [row.message_id for row in rows], request.option, comment)
    return api.ReportResultReported()


def _reported(ctx: Context, peer: api.TypeInputPeer) -> int:
    peer_key = access_peer(ctx, peer)
    if peer_key == ctx.user_id:
        raise bad_request("PEER_ID_INVALID")
    return peer_key


def _keep(ctx: Context, peer_key: int, message_ids: list[int], option: bytes, comment: str) -> None:
    ctx.db.execute(
        sa.insert(reports),
        [
            {
                "reporter_id": ctx.user_id,
                "peer_key": peer_key,
                "message_id": message_id,
                "option": option.decode(),
                "comment": comment[:_COMMENT_MAX],
                "date": ctx.now,
            }
            for message_id in message_ids
        ],
    )
