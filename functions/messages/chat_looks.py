"""Themes and wallpapers of private chats: https://core.telegram.org/api/themes, https://core.telegram.org/api/wallpapers."""

from __future__ import annotations

from typing import Any

import tl
from functions.messages.private_chats import private_recipient, service
from layers.context import Context
from layers.domain import outbox
from layers.domain.boxes import open_box
from layers.domain.catalog import read_chat_themes
from layers.domain.messages import load_rows
from layers.domain.outgoing import Outgoing
from layers.domain.peer_options import options_of, set_options, wallpaper_update
from layers.domain.sending import Recipient, put
from layers.domain.updates import answer_and_push
from layers.domain.wall_papers import check_settings, chosen_wall_paper
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_CHANGING = FloodLimit(60, 60)


@function(api.messages.SetChatTheme, writes=True, flood=_CHANGING)
def set_chat_theme(ctx: Context, request: api.messages.SetChatTheme) -> api.Updates:
    """Give a private chat one of the operator's themes for both sides, or take it away."""
    emoticon = _theme(ctx, request.theme)
    recipient = private_recipient(ctx, request.peer)
    with open_box(ctx, ctx.user_id) as box:
        present = options_of(ctx, ctx.user_id, recipient.peer_key)
        if emoticon == ("" if present is None else present.theme_emoticon):
            raise bad_request("EMOJI_NOT_MODIFIED")
        action = api.MessageActionSetChatTheme(theme=api.ChatTheme(emoticon=emoticon))
        put(ctx, box, recipient, [Outgoing(ctx.random_long(), service(ctx, action))])
        set_options(ctx, ctx.user_id, recipient.peer_key, theme_emoticon=emoticon)
        look = outbox.Look(recipient.as_seen_by_others(ctx.user_id), theme=emoticon)
        outbox.post_each(ctx, recipient.audience, look)
    return answer_and_push(ctx, box)


def _theme(ctx: Context, given: api.TypeInputChatTheme) -> str:
    """The emoji of the theme a client names, empty for none; 400 EMOJI_INVALID."""
    if isinstance(given, api.InputChatThemeEmpty):
        return ""
    emoticon = given.emoticon.replace("\ufe0f", "") if isinstance(given, api.InputChatTheme) else ""
    if not any(theme.emoticon == emoticon for theme in read_chat_themes(ctx).themes):
        raise bad_request("EMOJI_INVALID")
    return emoticon


@function(api.messages.SetChatWallPaper, writes=True, flood=_CHANGING)
def set_chat_wall_paper(ctx: Context, request: api.messages.SetChatWallPaper) -> api.Updates:
    """Give a private chat a wallpaper, for oneself or both sides, take it away, or undo what the other side chose.

    Supergroups and channels need boosts for it, and nobody can boost on this server.
    """
    if isinstance(request.peer, api.InputPeerChannel | api.InputPeerChannelFromMessage):
        raise bad_request("BOOSTS_REQUIRED")
    recipient = private_recipient(ctx, request.peer)
    if request.revert:
        return _revert(ctx, recipient)
    if request.id is not None:
        chosen = _same(ctx, recipient, request.id, request.settings)
    elif request.wallpaper is not None:
        chosen = chosen_wall_paper(ctx, request.wallpaper, request.settings)
    else:
        return _show(ctx, recipient, None)
    action = api.MessageActionSetChatWallPaper(same=request.id is not None, for_both=request.for_both, wallpaper=chosen)
    return _show(ctx, recipient, tl.encode(chosen), action=action, for_both=request.for_both)


def _same(ctx: Context, recipient: Recipient, message_id: int, settings: api.WallPaperSettings | None) -> Any:
    """The wallpaper of a message about one in this chat; 400 WALLPAPER_NOT_FOUND."""
    row = load_rows(ctx, ctx.user_id, [message_id]).get(message_id)
    message: Any = None if row is None or row.peer_key != recipient.peer_key else tl.decode(row.message)
    action = getattr(message, "action", None)
    if not isinstance(action, api.MessageActionSetChatWallPaper):
        raise bad_request("WALLPAPER_NOT_FOUND")
    check_settings(settings)
    wallpaper: Any = action.wallpaper
    if settings is not None:
        wallpaper.settings = settings
    return wallpaper


def _revert(ctx: Context, recipient: Recipient) -> api.Updates:
    present = options_of(ctx, ctx.user_id, recipient.peer_key)
    if present is None or not present.wallpaper_overridden:
        raise bad_request("WALLPAPER_NOT_FOUND")
    return _show(ctx, recipient, present.own_wallpaper)


def _show(
    ctx: Context,
    recipient: Recipient,
    wallpaper: bytes | None,
    *,
    action: api.MessageActionSetChatWallPaper | None = None,
    for_both: bool = False,
) -> api.Updates:
    """Show a wallpaper to the caller from now on, with the message about it; to both sides if so asked."""
    with open_box(ctx, ctx.user_id) as box:
        if action is not None:
            put(ctx, box, recipient, [Outgoing(ctx.random_long(), service(ctx, action))])
        values = {"wallpaper": wallpaper, "own_wallpaper": None, "wallpaper_overridden": False}
        set_options(ctx, ctx.user_id, recipient.peer_key, **values)
        box.announce(wallpaper_update(ctx, ctx.user_id, recipient.peer_key, wallpaper))
        if for_both and wallpaper is not None:
            look = outbox.Look(recipient.as_seen_by_others(ctx.user_id), wallpaper=wallpaper.hex())
            outbox.post_each(ctx, recipient.audience, look)
    return answer_and_push(ctx, box)
