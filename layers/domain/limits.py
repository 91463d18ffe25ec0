"""Every limit a client is told about or runs into, in one place.

https://core.telegram.org/api/config: help.getConfig and help.getAppConfig answer these numbers, and the functions
enforce the same ones. Lengths are in UTF-16 code units where a client counts so
(https://core.telegram.org/api/entities). Times end in their unit.
"""

from __future__ import annotations

from typing import Final

DAY_S: Final = 86_400

# Authorization keys (https://core.telegram.org/api/pfs)
TEMPORARY_KEYS_PER_KEY: Final = 32
"""Temporary keys bound to one permanent key at a time; one more unbinds the oldest.

The documentation speaks of one. TDLib and teleproto bind one for each of their connections (main, uploads, downloads),
and with a limit of one these would unbind each other for ever.
"""

# Sign-in (https://core.telegram.org/api/auth)
LOGIN_CODE_LENGTH: Final = 5
LOGIN_CODE_LIFE_S: Final = 300
LOGIN_CODE_ATTEMPTS: Final = 5
LOGIN_CODE_RESENDS: Final = 3
LOGIN_CODE_RESEND_AFTER_S: Final = 60
"""What auth.sentCode's ``timeout`` says: when a client offers to send the code again."""
LOGIN_CODES_PER_PHONE: Final = (10, 3600)
"""Codes sent to one number: calls, in seconds. Bounds guessing too: each code allows `LOGIN_CODE_ATTEMPTS`."""
LOGIN_CODES_PER_KEY: Final = (20, 3600)
LOGIN_CODES_PER_IP: Final = (1000, 3600)
SIGN_IN_ATTEMPTS_PER_IP: Final = (2000, 3600)
INVALIDATED_CODES: Final = 100
"""Codes that one account.invalidateSignInCodes may name."""
LOGIN_TOKEN_LIFE_S: Final = 30
TRANSFER_LIFE_S: Final = 60
"""How long the bytes of auth.exportAuthorization may wait for importAuthorization."""
FRESH_AUTHORIZATION_S: Final = 0
"""How old a session must be before it may end others (FRESH_RESET_AUTHORISATION_FORBIDDEN).

Telegram waits 24 hours. Here a user who signs in on his second device can tidy up at once; the check is in place, so
that an operator's choice of another number takes effect everywhere.
"""
ACTIVITY_STEP_S: Final = 60
"""A device's activity is noted this often at most."""
AUTHORIZATION_CONFIRM_S: Final = 7 * DAY_S
"""After this time a new session counts as confirmed without an answer."""
SESSIONS_PER_USER: Final = 100
"""Signed-in devices; the one idle for longest is signed out for one more."""

# Two-step verification (https://core.telegram.org/api/srp) and other ways to sign in
SRP_LIFE_S: Final = 600
"""How long the challenge of account.getPassword may be answered, once."""
PASSWORD_ATTEMPTS: Final = (10, 3600)
"""Wrong passwords in seconds, those of signed-in devices and of devices that sign in counted apart."""
PASSWORD_PENDING_LIFE_S: Final = DAY_S
"""How long a device that proved the phone may take for the password."""
PASSWORD_RESET_S: Final = 7 * DAY_S
"""From account.resetPassword to the reset, and from account.deleteAccount without the password to the deletion."""
PASSWORD_RESET_RETRY_S: Final = DAY_S
TMP_PASSWORD_LIFE_S: Final = (60, DAY_S)
EMAIL_CODE_LENGTH: Final = 6
EMAIL_CODE_LIFE_S: Final = 1800
EMAIL_CODE_ATTEMPTS: Final = 5
EMAIL_CODES_PER_USER: Final = (10, 3600)
LOGIN_EMAIL_RESET_S: Final = 7 * DAY_S
"""From auth.resetLoginEmail until login codes go to the phone again."""
FUTURE_AUTH_TOKENS: Final = 20
FUTURE_AUTH_TOKEN_LIFE_S: Final = 90 * DAY_S

# Accounts
FIRST_USER_ID: Final = 100_000_001
LAST_USER_ID: Final = 9_999_999_999
"""New accounts get a random id between these: no counter to contend for, and ids tell nothing about each other."""
NAME_LENGTH: Final = 64
ABOUT_LENGTH: Final = 70
ABOUT_LENGTH_PREMIUM: Final = 140
USERNAME_LENGTH_MIN: Final = 5
USERNAME_LENGTH_MAX: Final = 32
ACCOUNT_TTL_DAYS: Final = (30, 730)
AUTHORIZATION_TTL_DAYS: Final = (1, 366)
PRIVACY_RULES: Final = 20
PRIVACY_RULE_PEERS: Final = 1000
PUSH_TOKEN_LENGTH: Final = 4096
PUSH_OTHER_UIDS: Final = 100
PUSH_TOKENS_PER_KEY: Final = 20

# Messages
MESSAGE_LENGTH: Final = 4096
CAPTION_LENGTH: Final = 1024
CAPTION_LENGTH_PREMIUM: Final = 4096
QUOTE_LENGTH: Final = 1024
FORWARDED_COUNT: Final = 100
EDIT_TIME_S: Final = 2 * DAY_S
REVOKE_TIME_S: Final = 2**31 - 1
REVOKE_PM_TIME_S: Final = 2**31 - 1
CHAT_SIZE: Final = 200
CHAT_TITLE_LENGTH: Final = 128
CHAT_ABOUT_LENGTH: Final = 255
CHAT_RANK_LENGTH: Final = 16
COMMON_CHATS: Final = 100
CHAT_PEEK_S: Final = 3600
"""How long a client shows a chat behind a link before it asks again what is there."""
FIRST_CHAT_ID: Final = 1_000_000
LAST_CHAT_ID: Final = 2**31 - 1
"""New chats get a random id between these. Clients of old layers and Pyrogram keep no larger ones."""
MEGAGROUP_SIZE: Final = 200_000
DIALOGS_PINNED: Final = 5
DIALOGS_PINNED_PREMIUM: Final = 10
DIALOGS_FOLDER_PINNED: Final = 100
DIALOGS_FOLDER_PINNED_PREMIUM: Final = 200
DIALOG_FILTERS: Final = 10
DIALOG_FILTER_CHATS: Final = 100
DIALOG_FILTER_TITLE_LENGTH: Final = 12
CHATLIST_INVITES: Final = 3
"""Links of one shared folder."""
CHATLIST_INVITES_PREMIUM: Final = 20
CHATLISTS_JOINED: Final = 2
"""Shared folders of one account, its own and those of others."""
CHATLISTS_JOINED_PREMIUM: Final = 20
CHATLIST_UPDATE_PERIOD_S: Final = 3600
CHATLIST_TITLE_LENGTH: Final = 32
SAVED_DIALOGS_PINNED: Final = 5
SAVED_DIALOGS_PINNED_PREMIUM: Final = 100

# Secret chats (https://core.telegram.org/api/end-to-end)
SECRET_MESSAGE_BYTES: Final = 64 * 1024
"""Encrypted bytes of one message: a long text and the thumbnail of a file fit several times."""

# Reactions and polls
REACTIONS_UNIQUE: Final = 11
"""Different reactions of one message."""
REACTIONS_IN_CHAT: Final = 100
"""Reactions that the setting of a chat may list."""
REACTIONS_PER_USER: Final = 1
REACTIONS_PER_USER_PREMIUM: Final = 3
SAVED_TAGS_PER_MESSAGE: Final = 20
SAVED_TAG_TITLE_LENGTH: Final = 12
POLL_ANSWERS: Final = 12
POLL_CLOSE_PERIOD_S: Final = (5, 2_628_000)

# Quick replies (https://core.telegram.org/api/business#quick-reply-shortcuts): for every account here
QUICK_REPLIES: Final = 100
QUICK_REPLY_MESSAGES: Final = 20
"""Messages of one shortcut."""
QUICK_REPLY_SHORTCUT_LENGTH: Final = 32

# Fact checks (https://core.telegram.org/api/factcheck)
FACT_CHECK_LENGTH: Final = 1024

# To-do lists (https://core.telegram.org/api/todo)
TODO_ITEMS: Final = 30
TODO_TITLE_LENGTH: Final = 32
TODO_ITEM_LENGTH: Final = 64

# Scheduled messages and timers
SCHEDULED_PER_CHAT: Final = 100
SCHEDULE_AHEAD_S: Final = 366 * DAY_S
SCHEDULE_REPEAT_S: Final = tuple(days * DAY_S for days in (1, 7, 14, 30, 91, 182, 365))
"""After what time a scheduled message may be sent again; clients offer these."""
HISTORY_TTL_S: Final = 366 * DAY_S

# Stickers and GIFs
STICKERS_IN_SET: Final = 120
EMOJI_IN_SET: Final = 200
STICKER_SETS: Final = 200
"""Sets of one kind that an account has in use; what is more goes to the archive."""
STICKERS_FAVED: Final = 5
SAVED_GIFS: Final = 200
STICKER_EMOJI: Final = 20

# Files (https://core.telegram.org/api/files)
UPLOAD_PARTS: Final = 4000
UPLOAD_PARTS_PREMIUM: Final = 8000

# Presence: periods that clients are told, in milliseconds
ONLINE_UPDATE_PERIOD_MS: Final = 210_000
OFFLINE_BLUR_TIMEOUT_MS: Final = 5_000
OFFLINE_IDLE_TIMEOUT_MS: Final = 30_000
ONLINE_CLOUD_TIMEOUT_MS: Final = 300_000
NOTIFY_CLOUD_DELAY_MS: Final = 30_000
NOTIFY_DEFAULT_DELAY_MS: Final = 1_500
PUSH_CHAT_PERIOD_MS: Final = 60_000
PUSH_CHAT_LIMIT: Final = 2

# Calls, in milliseconds
CALL_RECEIVE_TIMEOUT_MS: Final = 20_000
CALL_RING_TIMEOUT_MS: Final = 90_000
CALL_CONNECT_TIMEOUT_MS: Final = 30_000
CALL_PACKET_TIMEOUT_MS: Final = 10_000

# What a client keeps for a while
CONFIG_LIFE_S: Final = 3600
PROMO_LIFE_S: Final = DAY_S
TERMS_LIFE_S: Final = DAY_S
STICKERS_RECENT: Final = 200
RATING_E_DECAY: Final = 2_419_200
CHANNELS_READ_MEDIA_PERIOD_S: Final = 7 * DAY_S

# Language packs
LANG_PACK_KEYS: Final = 10_000
"""Keys that one langpack.getStrings may ask for."""

# Contacts (https://core.telegram.org/api/contacts)
CONTACTS: Final = 10_000
"""Contacts of one account, and as many saved numbers."""
CONTACTS_AT_ONCE: Final = 1000
"""Entries that one contacts.* call takes; an import names the rest in ``retry_contacts``."""
CONTACTS_ANNOUNCED: Final = 100
"""A change of more contacts at once is told as updateContactsReset: clients fetch the list again."""
CONTACT_NOTE_LENGTH: Final = 128
CONTACT_TOKEN_LIFE_S: Final = DAY_S
PEOPLE_PER_PAGE: Final = 100
"""Users that one page of contacts.getBlocked, contacts.search or contacts.getTopPeers holds."""
SEARCH_QUERY_LENGTH_MIN: Final = 2
SEARCH_QUERY_LENGTH: Final = 256
USERS_AT_ONCE: Final = 200
"""Ids that one users.getUsers takes."""
