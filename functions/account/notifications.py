"""Notification settings: https://core.telegram.org/api/push-updates#notification-settings."""

from __future__ import annotations

from layers.context import Context
from layers.domain import account, notify_changes
from layers.domain.account_settings import Setting, read_settings, write_setting
from layers.domain.chats import peer_objects
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import users
from tl import api

_FLOOD = FloodLimit(120, 60)
_SOUND_TEXT_LENGTH = 256


@function(api.account.GetNotifySettings)
def get_notify_settings(ctx: Context, request: api.account.GetNotifySettings) -> api.PeerNotifySettings:
    """Settings of a peer or a kind of chats."""
    return notify_changes.read(ctx, request.peer)


@function(api.account.UpdateNotifySettings, writes=True, flood=_FLOOD)
def update_notify_settings(ctx: Context, request: api.account.UpdateNotifySettings) -> bool:
    """Replace them."""
    notify_changes.change(ctx, request.peer, request.settings)
    return True


@function(api.account.ResetNotifySettings, writes=True, flood=_FLOOD)
def reset_notify_settings(ctx: Context, request: api.account.ResetNotifySettings) -> bool:
    """Back to the defaults everywhere."""
    notify_changes.reset(ctx)
    return True


@function(api.account.GetNotifyExceptions)
def get_notify_exceptions(ctx: Context, request: api.account.GetNotifyExceptions) -> api.Updates:
    """Peers with settings of their own, as updates."""
    found = notify_changes.exceptions(
        ctx, request.peer, compare_sound=request.compare_sound, compare_stories=request.compare_stories
    )
    named = peer_objects(ctx, ctx.user_id, [peer_key for peer_key, _ in found])
    return api.Updates(
        updates=[update for _, update in found],
        users=named.users,
        chats=named.chats,
        date=ctx.now,
        seq=0,
    )


@function(api.account.GetContactSignUpNotification)
def get_contact_sign_up_notification(ctx: Context, request: api.account.GetContactSignUpNotification) -> bool:
    """True when the user does not want to hear that a contact joined."""
    return bool(account.user_row(ctx, ctx.user_id, users.c.contact_signup_silent).contact_signup_silent)


@function(api.account.SetContactSignUpNotification, writes=True, flood=_FLOOD)
def set_contact_sign_up_notification(ctx: Context, request: api.account.SetContactSignUpNotification) -> bool:
    """Change it."""
    account.change_user(ctx, contact_signup_silent=request.silent)
    return True


@function(api.account.GetReactionsNotifySettings)
def get_reactions_notify_settings(
    ctx: Context, request: api.account.GetReactionsNotifySettings
) -> api.ReactionsNotifySettings:
    """Whose reactions the user hears of."""
    stored = read_settings(ctx, ctx.user_id, Setting.REACTIONS_NOTIFY).get(Setting.REACTIONS_NOTIFY)
    if isinstance(stored, api.ReactionsNotifySettings):
        return stored
    return api.ReactionsNotifySettings(
        messages_notify_from=api.ReactionNotificationsFromContacts(),
        stories_notify_from=api.ReactionNotificationsFromContacts(),
        sound=api.NotificationSoundDefault(),
        show_previews=True,
    )


@function(api.account.SetReactionsNotifySettings, writes=True, flood=_FLOOD)
def set_reactions_notify_settings(
    ctx: Context, request: api.account.SetReactionsNotifySettings
) -> api.ReactionsNotifySettings:
    """Change it."""
    sound = request.settings.sound
    if isinstance(sound, api.NotificationSoundLocal) and max(len(sound.title), len(sound.data)) > _SOUND_TEXT_LENGTH:
        raise bad_request("SETTINGS_INVALID")
    write_setting(ctx, Setting.REACTIONS_NOTIFY, request.settings)
    return request.settings
