"""Privacy and content: https://core.telegram.org/api/privacy, https://core.telegram.org/api/sensitive-content."""

from __future__ import annotations

from layers.context import Context
from layers.domain import account, privacy_changes
from layers.domain.account_settings import Setting, read_settings, write_setting
from layers.domain.privacy import privacy_key
from layers.errors import bad_request, forbidden
from layers.registry import FloodLimit, function
from layers.schema import users
from tl import api

_FLOOD = FloodLimit(60, 60)


@function(api.account.GetPrivacy)
def get_privacy(ctx: Context, request: api.account.GetPrivacy) -> api.account.PrivacyRules:
    """The rules of a key."""
    return privacy_changes.read(ctx, privacy_key(request.key))


@function(api.account.SetPrivacy, writes=True, flood=_FLOOD)
def set_privacy(ctx: Context, request: api.account.SetPrivacy) -> api.account.PrivacyRules:
    """Replace the rules of a key."""
    return privacy_changes.change(ctx, privacy_key(request.key), request.rules)


@function(api.account.GetGlobalPrivacySettings)
def get_global_privacy_settings(
    ctx: Context, request: api.account.GetGlobalPrivacySettings
) -> api.GlobalPrivacySettings:
    """Switches for the whole account."""
    stored = read_settings(ctx, ctx.user_id, Setting.GLOBAL_PRIVACY).get(Setting.GLOBAL_PRIVACY)
    return stored if isinstance(stored, api.GlobalPrivacySettings) else api.GlobalPrivacySettings()


@function(
    api.account.SetGlobalPrivacySettings,
    writes=True,
    flood=_FLOOD,
    partial="keep_archived_folders acts as keep_archived_unmuted; no read-date switches; paid ones are refused",
)
def set_global_privacy_settings(
    ctx: Context, request: api.account.SetGlobalPrivacySettings
) -> api.GlobalPrivacySettings:
    """Change them: what needs Premium, or is switched off in help.getAppConfig, is refused."""
    settings = request.settings
    if settings.archive_and_mute_new_noncontact_peers:
        raise bad_request("AUTOARCHIVE_NOT_AVAILABLE")
    if settings.new_noncontact_peers_require_premium or settings.noncontact_peers_paid_stars:
        raise forbidden("PREMIUM_ACCOUNT_REQUIRED")
    write_setting(ctx, Setting.GLOBAL_PRIVACY, settings)
    return settings


@function(api.account.GetContentSettings)
def get_content_settings(ctx: Context, request: api.account.GetContentSettings) -> api.account.ContentSettings:
    """Whether sensitive content is shown."""
    row = account.user_row(ctx, ctx.user_id, users.c.sensitive_enabled)
    return api.account.ContentSettings(sensitive_enabled=bool(row.sensitive_enabled), sensitive_can_change=True)


@function(api.account.SetContentSettings, writes=True, flood=_FLOOD)
def set_content_settings(ctx: Context, request: api.account.SetContentSettings) -> bool:
    """Change it."""
    account.change_user(ctx, sensitive_enabled=request.sensitive_enabled)
    return True
