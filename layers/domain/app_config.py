"""help.getAppConfig: the JSON object of client limits and switches.

https://core.telegram.org/api/config#client-configuration. Numbers come from `layers.domain.limits`; switches are
off for what this server does not have, so that clients do not offer it.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any, Final

from layers.domain import limits
from tl import api

_LIMITS: Final[dict[str, Any]] = {
    "about_length_limit_default": limits.ABOUT_LENGTH,
    "about_length_limit_premium": limits.ABOUT_LENGTH_PREMIUM,
    "authorization_autoconfirm_period": limits.AUTHORIZATION_CONFIRM_S,
    "caption_length_limit_default": limits.CAPTION_LENGTH,
    "caption_length_limit_premium": limits.CAPTION_LENGTH_PREMIUM,
    "channels_limit_default": 500,
    "channels_limit_premium": 1000,
    "channels_public_limit_default": 10,
    "channels_public_limit_premium": 20,
    "chat_read_mark_expire_period": 604_800,
    "chat_read_mark_size_threshold": 100,
    "chatlist_invites_limit_default": limits.CHATLIST_INVITES,
    "chatlist_invites_limit_premium": limits.CHATLIST_INVITES_PREMIUM,
    "chatlist_update_period": limits.CHATLIST_UPDATE_PERIOD_S,
    "chatlists_joined_limit_default": limits.CHATLISTS_JOINED,
    "chatlists_joined_limit_premium": limits.CHATLISTS_JOINED_PREMIUM,
    "contact_note_length_limit": 128,
    "dialog_filters_chats_limit_default": limits.DIALOG_FILTER_CHATS,
    "dialog_filters_chats_limit_premium": 200,
    "dialog_filters_limit_default": limits.DIALOG_FILTERS,
    "dialog_filters_limit_premium": 20,
    "dialogs_folder_pinned_limit_default": limits.DIALOGS_FOLDER_PINNED,
    "dialogs_folder_pinned_limit_premium": limits.DIALOGS_FOLDER_PINNED_PREMIUM,
    "dialogs_pinned_limit_default": limits.DIALOGS_PINNED,
    "dialogs_pinned_limit_premium": limits.DIALOGS_PINNED_PREMIUM,
    "factcheck_length_limit": limits.FACT_CHECK_LENGTH,
    "hidden_members_group_size_min": 100,
    "large_queue_max_active_operations_count": 2,
    "message_animated_emoji_max": 100,
    "pm_read_date_expire_period": 604_800,
    "poll_answers_max": limits.POLL_ANSWERS,
    "poll_close_period_max": limits.POLL_CLOSE_PERIOD_S[1],
    "quick_replies_limit": limits.QUICK_REPLIES,
    "quick_reply_messages_limit": limits.QUICK_REPLY_MESSAGES,
    "quote_length_max": limits.QUOTE_LENGTH,
    "reactions_in_chat_max": limits.REACTIONS_IN_CHAT,
    "reactions_uniq_max": limits.REACTIONS_UNIQUE,
    "reactions_user_max_default": limits.REACTIONS_PER_USER,
    "reactions_user_max_premium": limits.REACTIONS_PER_USER_PREMIUM,
    "ringtone_duration_max": 5,
    "ringtone_saved_count_max": 100,
    "ringtone_size_max": 307_200,
    "saved_dialogs_pinned_limit_default": limits.SAVED_DIALOGS_PINNED,
    "saved_dialogs_pinned_limit_premium": limits.SAVED_DIALOGS_PINNED_PREMIUM,
    "saved_gifs_limit_default": limits.SAVED_GIFS,
    "saved_gifs_limit_premium": 400,
    "small_queue_max_active_operations_count": 5,
    "stickers_emoji_cache_time": 86_400,
    "stickers_faved_limit_default": limits.STICKERS_FAVED,
    "stickers_faved_limit_premium": 10,
    "stickers_normal_by_emoji_per_premium_num": 2,
    "stickers_premium_by_emoji_num": 0,
    "todo_item_length_max": limits.TODO_ITEM_LENGTH,
    "todo_items_max": limits.TODO_ITEMS,
    "todo_title_length_max": limits.TODO_TITLE_LENGTH,
    "topics_pinned_limit": 5,
    "upload_max_fileparts_default": limits.UPLOAD_PARTS,
    "upload_max_fileparts_premium": limits.UPLOAD_PARTS_PREMIUM,
}

_SWITCHES: Final[dict[str, Any]] = {
    "autoarchive_setting_available": False,
    "dialog_filters_enabled": True,
    "dialog_filters_tooltip": False,
    "giveaway_gifts_purchase_available": False,
    "need_age_video_verification": False,
    "new_noncontact_peers_require_premium_without_ownpremium": False,
    "premium_gift_attach_menu_icon": False,
    "premium_purchase_blocked": True,
    "qr_login_camera": False,
    "qr_login_code": "disabled",
    "settings_display_passkeys": False,
    "stargifts_blocked": True,
    "stars_gifts_enabled": False,
    "stars_purchase_blocked": True,
    "stickers_emoji_suggest_only_api": False,
    "stories_entities": "disabled",
    "stories_posting": "disabled",
    "test": 1,
    "transcribe_audio_trial_weekly_number": 0,
    "translations_auto_enabled": "disabled",
    "translations_manual_enabled": "disabled",
}

_CONTENT: Final[dict[str, Any]] = {
    "autologin_domains": [],
    "emojies_animated_zoom": 0.625,
    "emojies_send_dice": ["🎲", "🎯", "🏀", "⚽", "⚽️", "🎰", "🎳"],
    "emojies_send_dice_success": {
        "🎯": {"value": 6, "frame_start": 62},
        "🏀": {"value": 5, "frame_start": 110},
        "⚽": {"value": 5, "frame_start": 110},
        "🎰": {"value": 64, "frame_start": 110},
        "🎳": {"value": 6, "frame_start": 110},
    },
    "emojies_sounds": {},
    "gif_search_emojies": ["👍", "😘", "😍", "😡", "🥳", "😂", "😮", "🙄", "😎", "👎"],
    "ignore_restriction_reasons": [],
    "premium_promo_order": [],
    "round_video_encoding": {
        "diameter": 384,
        "video_bitrate": 1000,
        "audio_bitrate": 64,
        "max_size": 12_582_912,
    },
    "url_auth_domains": [],
    "whitelisted_domains": [],
}


@cache
def app_config(*, is_fact_checker: bool = False) -> api.help.AppConfig:
    """The configuration with its hash: a positive 31-bit number that changes with any value."""
    own = {"can_edit_factcheck": is_fact_checker}
    values = dict(sorted((_LIMITS | _SWITCHES | _CONTENT | own).items()))
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).digest()
    return api.help.AppConfig(hash=int.from_bytes(digest[:4], "big") >> 1 or 1, config=json_value(values))


def json_value(value: Any) -> api.TypeJSONValue:
    """A JSON value as TL; numbers are doubles, as TL has them."""
    match value:
        case None:
            return api.JsonNull()
        case bool():
            return api.JsonBool(value=value)
        case int() | float():
            return api.JsonNumber(value=float(value))
        case str():
            return api.JsonString(value=value)
        case list():
            return api.JsonArray(value=[json_value(item) for item in value])
        case dict():
            return api.JsonObject(
                value=[api.JsonObjectValue(key=key, value=json_value(item)) for key, item in value.items()]
            )
        case _:
            raise TypeError(f"{type(value).__name__} is not a JSON type")
