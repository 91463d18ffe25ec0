# Written by python -m tl.stubs from the schema; do not edit.
from builtins import bool as _bool, bytes as _bytes, float as _float, int as _int, list as _list, str as _str
from collections.abc import Sequence as _Seq
from typing import Any as _Any, TypeAlias as _A

from tl.objects import TLMethod as _M, TLObject as _O

class AccountDaysTTL(_O):
    days: _int
class AiComposeTone(_O):
    creator: _bool = ...
    id: _int
    access_hash: _int
    slug: _str
    title: _str
    emoji_id: _int | None = ...
    prompt: _str | None = ...
    installs_count: _int | None = ...
    author_id: _int | None = ...
    example_english: TypeAiComposeToneExample | None = ...
class AiComposeToneDefault(_O):
    tone: _str
    emoji_id: _int
    title: _str
class AiComposeToneExample(_O):
    from_: TypeTextWithEntities
    to: TypeTextWithEntities
class AttachMenuBot(_O):
    inactive: _bool = ...
    has_settings: _bool = ...
    request_write_access: _bool = ...
    show_in_attach_menu: _bool = ...
    show_in_side_menu: _bool = ...
    side_menu_disclaimer_needed: _bool = ...
    bot_id: _int
    short_name: _str
    peer_types: _Seq[TypeAttachMenuPeerType] | None = ...
    icons: _list[TypeAttachMenuBotIcon]
class AttachMenuBotIcon(_O):
    name: _str
    icon: TypeDocument
    colors: _list[TypeAttachMenuBotIconColor] | None = ...
class AttachMenuBotIconColor(_O):
    name: _str
    color: _int
class AttachMenuBots(_O):
    hash: _int
    bots: _list[TypeAttachMenuBot]
    users: _Seq[TypeUser]
class AttachMenuBotsBot(_O):
    bot: TypeAttachMenuBot
    users: _Seq[TypeUser]
class AttachMenuBotsNotModified(_O): ...
class AttachMenuPeerTypeBotPM(_O): ...
class AttachMenuPeerTypeBroadcast(_O): ...
class AttachMenuPeerTypeChat(_O): ...
class AttachMenuPeerTypePM(_O): ...
class AttachMenuPeerTypeSameBotPM(_O): ...
class AuctionBidLevel(_O):
    pos: _int
    amount: _int
    date: _int
class Authorization(_O):
    current: _bool = ...
    official_app: _bool = ...
    password_pending: _bool = ...
    encrypted_requests_disabled: _bool = ...
    call_requests_disabled: _bool = ...
    unconfirmed: _bool = ...
    hash: _int
    device_model: _str
    platform: _str
    system_version: _str
    api_id: _int
    app_name: _str
    app_version: _str
    date_created: _int
    date_active: _int
    ip: _str
    country: _str
    region: _str
class AutoDownloadSettings(_O):
    disabled: _bool = ...
    video_preload_large: _bool = ...
    audio_preload_next: _bool = ...
    phonecalls_less_data: _bool = ...
    stories_preload: _bool = ...
    photo_size_max: _int
    video_size_max: _int
    file_size_max: _int
    video_upload_maxbitrate: _int
    small_queue_active_operations_max: _int
    large_queue_active_operations_max: _int
class AutoSaveException(_O):
    peer: TypePeer
    settings: TypeAutoSaveSettings
class AutoSaveSettings(_O):
    photos: _bool = ...
    videos: _bool = ...
    video_max_size: _int | None = ...
class AvailableEffect(_O):
    premium_required: _bool = ...
    id: _int
    emoticon: _str
    static_icon_id: _int | None = ...
    effect_sticker_id: _int
    effect_animation_id: _int | None = ...
class AvailableReaction(_O):
    inactive: _bool = ...
    premium: _bool = ...
    reaction: _str
    title: _str
    static_icon: TypeDocument
    appear_animation: TypeDocument
    select_animation: TypeDocument
    activate_animation: TypeDocument
    effect_animation: TypeDocument
    around_animation: TypeDocument | None = ...
    center_icon: TypeDocument | None = ...
class BankCardOpenUrl(_O):
    url: _str
    name: _str
class BaseThemeArctic(_O): ...
class BaseThemeClassic(_O): ...
class BaseThemeDay(_O): ...
class BaseThemeNight(_O): ...
class BaseThemeTinted(_O): ...
class Birthday(_O):
    day: _int
    month: _int
    year: _int | None = ...
class BoolFalse(_O): ...
class BoolTrue(_O): ...
class Boost(_O):
    gift: _bool = ...
    giveaway: _bool = ...
    unclaimed: _bool = ...
    id: _str
    user_id: _int | None = ...
    giveaway_msg_id: _int | None = ...
    date: _int
    expires: _int
    used_gift_slug: _str | None = ...
    multiplier: _int | None = ...
    stars: _int | None = ...
class BotApp(_O):
    id: _int
    access_hash: _int
    short_name: _str
    title: _str
    description: _str
    photo: TypePhoto
    document: TypeDocument | None = ...
    hash: _int
class BotAppNotModified(_O): ...
class BotAppSettings(_O):
    placeholder_path: _bytes | None = ...
    background_color: _int | None = ...
    background_dark_color: _int | None = ...
    header_color: _int | None = ...
    header_dark_color: _int | None = ...
class BotBusinessConnection(_O):
    disabled: _bool = ...
    connection_id: _str
    user_id: _int
    dc_id: _int
    date: _int
    rights: TypeBusinessBotRights | None = ...
class BotCommand(_O):
    ephemeral: _bool = ...
    command: _str
    description: _str
class BotCommandScopeChatAdmins(_O): ...
class BotCommandScopeChats(_O): ...
class BotCommandScopeDefault(_O): ...
class BotCommandScopePeer(_O):
    peer: TypeInputPeer
class BotCommandScopePeerAdmins(_O):
    peer: TypeInputPeer
class BotCommandScopePeerUser(_O):
    peer: TypeInputPeer
    user_id: TypeInputUser
class BotCommandScopeUsers(_O): ...
class BotInfo(_O):
    has_preview_medias: _bool = ...
    user_id: _int | None = ...
    description: _str | None = ...
    description_photo: TypePhoto | None = ...
    description_document: TypeDocument | None = ...
    commands: _list[TypeBotCommand] | None = ...
    menu_button: TypeBotMenuButton | None = ...
    privacy_policy_url: _str | None = ...
    app_settings: TypeBotAppSettings | None = ...
    verifier_settings: TypeBotVerifierSettings | None = ...
class BotInlineMediaResult(_O):
    id: _str
    type: _str
    photo: TypePhoto | None = ...
    document: TypeDocument | None = ...
    title: _str | None = ...
    description: _str | None = ...
    send_message: TypeBotInlineMessage
class BotInlineMessageMediaAuto(_O):
    invert_media: _bool = ...
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    reply_markup: TypeReplyMarkup | None = ...
class BotInlineMessageMediaContact(_O):
    phone_number: _str
    first_name: _str
    last_name: _str
    vcard: _str
    reply_markup: TypeReplyMarkup | None = ...
class BotInlineMessageMediaGeo(_O):
    geo: TypeGeoPoint
    heading: _int | None = ...
    period: _int | None = ...
    proximity_notification_radius: _int | None = ...
    reply_markup: TypeReplyMarkup | None = ...
class BotInlineMessageMediaInvoice(_O):
    shipping_address_requested: _bool = ...
    test: _bool = ...
    title: _str
    description: _str
    photo: TypeWebDocument | None = ...
    currency: _str
    total_amount: _int
    reply_markup: TypeReplyMarkup | None = ...
class BotInlineMessageMediaVenue(_O):
    geo: TypeGeoPoint
    title: _str
    address: _str
    provider: _str
    venue_id: _str
    venue_type: _str
    reply_markup: TypeReplyMarkup | None = ...
class BotInlineMessageMediaWebPage(_O):
    invert_media: _bool = ...
    force_large_media: _bool = ...
    force_small_media: _bool = ...
    manual: _bool = ...
    safe: _bool = ...
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    url: _str
    reply_markup: TypeReplyMarkup | None = ...
class BotInlineMessageRichMessage(_O):
    reply_markup: TypeReplyMarkup | None = ...
    rich_message: TypeRichMessage
class BotInlineMessageText(_O):
    no_webpage: _bool = ...
    invert_media: _bool = ...
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    reply_markup: TypeReplyMarkup | None = ...
class BotInlineResult(_O):
    id: _str
    type: _str
    title: _str | None = ...
    description: _str | None = ...
    url: _str | None = ...
    thumb: TypeWebDocument | None = ...
    content: TypeWebDocument | None = ...
    send_message: TypeBotInlineMessage
class BotMenuButton(_O):
    text: _str
    url: _str
class BotMenuButtonCommands(_O): ...
class BotMenuButtonDefault(_O): ...
class BotPreviewMedia(_O):
    date: _int
    media: TypeMessageMedia
class BotVerification(_O):
    bot_id: _int
    icon: _int
    description: TypeTextWithEntities
class BotVerifierSettings(_O):
    can_modify_custom_description: _bool = ...
    icon: _int
    company: _str
    custom_description: TypeTextWithEntities | None = ...
class BusinessAwayMessage(_O):
    offline_only: _bool = ...
    shortcut_id: _int
    schedule: TypeBusinessAwayMessageSchedule
    recipients: TypeBusinessRecipients
class BusinessAwayMessageScheduleAlways(_O): ...
class BusinessAwayMessageScheduleCustom(_O):
    start_date: _int
    end_date: _int
class BusinessAwayMessageScheduleOutsideWorkHours(_O): ...
class BusinessBotRecipients(_O):
    existing_chats: _bool = ...
    new_chats: _bool = ...
    contacts: _bool = ...
    non_contacts: _bool = ...
    exclude_selected: _bool = ...
    users: _list[_int] | None = ...
    exclude_users: _list[_int] | None = ...
class BusinessBotRights(_O):
    reply: _bool = ...
    read_messages: _bool = ...
    delete_sent_messages: _bool = ...
    delete_received_messages: _bool = ...
    edit_name: _bool = ...
    edit_bio: _bool = ...
    edit_profile_photo: _bool = ...
    edit_username: _bool = ...
    view_gifts: _bool = ...
    sell_gifts: _bool = ...
    change_gift_settings: _bool = ...
    transfer_and_upgrade_gifts: _bool = ...
    transfer_stars: _bool = ...
    manage_stories: _bool = ...
class BusinessChatLink(_O):
    link: _str
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    title: _str | None = ...
    views: _int
class BusinessGreetingMessage(_O):
    shortcut_id: _int
    recipients: TypeBusinessRecipients
    no_activity_days: _int
class BusinessIntro(_O):
    title: _str
    description: _str
    sticker: TypeDocument | None = ...
class BusinessLocation(_O):
    geo_point: TypeGeoPoint | None = ...
    address: _str
class BusinessRecipients(_O):
    existing_chats: _bool = ...
    new_chats: _bool = ...
    contacts: _bool = ...
    non_contacts: _bool = ...
    exclude_selected: _bool = ...
    users: _list[_int] | None = ...
class BusinessWeeklyOpen(_O):
    start_minute: _int
    end_minute: _int
class BusinessWorkHours(_O):
    open_now: _bool = ...
    timezone_id: _str
    weekly_open: _list[TypeBusinessWeeklyOpen]
class ButtonTypeDefault(_O): ...
class ButtonTypeRequestGeoLocation(_O): ...
class ButtonTypeRequestPeer(_O):
    button_id: _int
    peer_type: TypeRequestPeerType
    max_quantity: _int
class ButtonTypeRequestPhone(_O): ...
class ButtonTypeRequestPoll(_O):
    quiz: _bool | None = ...
class ButtonTypeSimpleWebView(_O):
    url: _str
class CdnConfig(_O):
    public_keys: _list[TypeCdnPublicKey]
class CdnPublicKey(_O):
    dc_id: _int
    public_key: _str
class Channel(_O):
    creator: _bool = ...
    left: _bool = ...
    broadcast: _bool = ...
    verified: _bool = ...
    megagroup: _bool = ...
    restricted: _bool = ...
    signatures: _bool = ...
    min: _bool = ...
    scam: _bool = ...
    has_link: _bool = ...
    has_geo: _bool = ...
    slowmode_enabled: _bool = ...
    call_active: _bool = ...
    call_not_empty: _bool = ...
    fake: _bool = ...
    gigagroup: _bool = ...
    noforwards: _bool = ...
    join_to_send: _bool = ...
    join_request: _bool = ...
    forum: _bool = ...
    stories_hidden: _bool = ...
    stories_hidden_min: _bool = ...
    stories_unavailable: _bool = ...
    signature_profiles: _bool = ...
    autotranslation: _bool = ...
    broadcast_messages_allowed: _bool = ...
    monoforum: _bool = ...
    forum_tabs: _bool = ...
    in_news: _bool = ...
    id: _int
    access_hash: _int | None = ...
    title: _str
    username: _str | None = ...
    photo: TypeChatPhoto
    date: _int
    restriction_reason: _list[TypeRestrictionReason] | None = ...
    admin_rights: TypeChatAdminRights | None = ...
    banned_rights: TypeChatBannedRights | None = ...
    default_banned_rights: TypeChatBannedRights | None = ...
    participants_count: _int | None = ...
    usernames: _list[TypeUsername] | None = ...
    stories_max_id: TypeRecentStory | None = ...
    color: TypePeerColor | None = ...
    profile_color: TypePeerColor | None = ...
    emoji_status: TypeEmojiStatus | None = ...
    level: _int | None = ...
    subscription_until_date: _int | None = ...
    bot_verification_icon: _int | None = ...
    send_paid_messages_stars: _int | None = ...
    linked_monoforum_id: _int | None = ...
    linked_community_id: _int | None = ...
    pinned_msg_id: _int | None = ...
class ChannelAdminLogEvent(_O):
    id: _int
    date: _int
    user_id: _int
    action: TypeChannelAdminLogEventAction
class ChannelAdminLogEventActionChangeAbout(_O):
    prev_value: _str
    new_value: _str
class ChannelAdminLogEventActionChangeAvailableReactions(_O):
    prev_value: TypeChatReactions
    new_value: TypeChatReactions
class ChannelAdminLogEventActionChangeEmojiStatus(_O):
    prev_value: TypeEmojiStatus
    new_value: TypeEmojiStatus
class ChannelAdminLogEventActionChangeEmojiStickerSet(_O):
    prev_stickerset: TypeInputStickerSet
    new_stickerset: TypeInputStickerSet
class ChannelAdminLogEventActionChangeHistoryTTL(_O):
    prev_value: _int
    new_value: _int
class ChannelAdminLogEventActionChangeLinkedChat(_O):
    prev_value: _int
    new_value: _int
class ChannelAdminLogEventActionChangeLocation(_O):
    prev_value: TypeChannelLocation
    new_value: TypeChannelLocation
class ChannelAdminLogEventActionChangePeerColor(_O):
    prev_value: TypePeerColor
    new_value: TypePeerColor
class ChannelAdminLogEventActionChangePhoto(_O):
    prev_photo: TypePhoto
    new_photo: TypePhoto
class ChannelAdminLogEventActionChangeProfilePeerColor(_O):
    prev_value: TypePeerColor
    new_value: TypePeerColor
class ChannelAdminLogEventActionChangeStickerSet(_O):
    prev_stickerset: TypeInputStickerSet
    new_stickerset: TypeInputStickerSet
class ChannelAdminLogEventActionChangeTitle(_O):
    prev_value: _str
    new_value: _str
class ChannelAdminLogEventActionChangeUsername(_O):
    prev_value: _str
    new_value: _str
class ChannelAdminLogEventActionChangeUsernames(_O):
    prev_value: _list[_str]
    new_value: _list[_str]
class ChannelAdminLogEventActionChangeWallpaper(_O):
    prev_value: TypeWallPaper
    new_value: TypeWallPaper
class ChannelAdminLogEventActionCreateTopic(_O):
    topic: TypeForumTopic
class ChannelAdminLogEventActionDefaultBannedRights(_O):
    prev_banned_rights: TypeChatBannedRights
    new_banned_rights: TypeChatBannedRights
class ChannelAdminLogEventActionDeleteMessage(_O):
    message: TypeMessage
class ChannelAdminLogEventActionDeleteTopic(_O):
    topic: TypeForumTopic
class ChannelAdminLogEventActionDiscardGroupCall(_O):
    call: TypeInputGroupCall
class ChannelAdminLogEventActionEditMessage(_O):
    prev_message: TypeMessage
    new_message: TypeMessage
class ChannelAdminLogEventActionEditTopic(_O):
    prev_topic: TypeForumTopic
    new_topic: TypeForumTopic
class ChannelAdminLogEventActionExportedInviteDelete(_O):
    invite: TypeExportedChatInvite
class ChannelAdminLogEventActionExportedInviteEdit(_O):
    prev_invite: TypeExportedChatInvite
    new_invite: TypeExportedChatInvite
class ChannelAdminLogEventActionExportedInviteRevoke(_O):
    invite: TypeExportedChatInvite
class ChannelAdminLogEventActionParticipantEditRank(_O):
    user_id: _int
    prev_rank: _str
    new_rank: _str
class ChannelAdminLogEventActionParticipantInvite(_O):
    participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantJoin(_O): ...
class ChannelAdminLogEventActionParticipantJoinByInvite(_O):
    via_chatlist: _bool = ...
    invite: TypeExportedChatInvite
class ChannelAdminLogEventActionParticipantJoinByRequest(_O):
    invite: TypeExportedChatInvite
    approved_by: _int
class ChannelAdminLogEventActionParticipantLeave(_O): ...
class ChannelAdminLogEventActionParticipantMute(_O):
    participant: TypeGroupCallParticipant
class ChannelAdminLogEventActionParticipantSubExtend(_O):
    prev_participant: TypeChannelParticipant
    new_participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantToggleAdmin(_O):
    prev_participant: TypeChannelParticipant
    new_participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantToggleBan(_O):
    prev_participant: TypeChannelParticipant
    new_participant: TypeChannelParticipant
class ChannelAdminLogEventActionParticipantUnmute(_O):
    participant: TypeGroupCallParticipant
class ChannelAdminLogEventActionParticipantVolume(_O):
    participant: TypeGroupCallParticipant
class ChannelAdminLogEventActionPinTopic(_O):
    prev_topic: TypeForumTopic | None = ...
    new_topic: TypeForumTopic | None = ...
class ChannelAdminLogEventActionSendMessage(_O):
    message: TypeMessage
class ChannelAdminLogEventActionStartGroupCall(_O):
    call: TypeInputGroupCall
class ChannelAdminLogEventActionStopPoll(_O):
    message: TypeMessage
class ChannelAdminLogEventActionToggleAntiSpam(_O):
    new_value: _bool
class ChannelAdminLogEventActionToggleAutotranslation(_O):
    new_value: _bool
class ChannelAdminLogEventActionToggleForum(_O):
    new_value: _bool
class ChannelAdminLogEventActionToggleGroupCallSetting(_O):
    join_muted: _bool
class ChannelAdminLogEventActionToggleInvites(_O):
    new_value: _bool
class ChannelAdminLogEventActionToggleNoForwards(_O):
    new_value: _bool
class ChannelAdminLogEventActionTogglePreHistoryHidden(_O):
    new_value: _bool
class ChannelAdminLogEventActionToggleSignatureProfiles(_O):
    new_value: _bool
class ChannelAdminLogEventActionToggleSignatures(_O):
    new_value: _bool
class ChannelAdminLogEventActionToggleSlowMode(_O):
    prev_value: _int
    new_value: _int
class ChannelAdminLogEventActionUpdatePinned(_O):
    message: TypeMessage
class ChannelAdminLogEventsFilter(_O):
    join: _bool = ...
    leave: _bool = ...
    invite: _bool = ...
    ban: _bool = ...
    unban: _bool = ...
    kick: _bool = ...
    unkick: _bool = ...
    promote: _bool = ...
    demote: _bool = ...
    info: _bool = ...
    settings: _bool = ...
    pinned: _bool = ...
    edit: _bool = ...
    delete: _bool = ...
    group_call: _bool = ...
    invites: _bool = ...
    send: _bool = ...
    forums: _bool = ...
    sub_extend: _bool = ...
    edit_rank: _bool = ...
class ChannelForbidden(_O):
    broadcast: _bool = ...
    megagroup: _bool = ...
    monoforum: _bool = ...
    id: _int
    access_hash: _int
    title: _str
    until_date: _int | None = ...
class ChannelFull(_O):
    can_view_participants: _bool = ...
    can_set_username: _bool = ...
    can_set_stickers: _bool = ...
    hidden_prehistory: _bool = ...
    can_set_location: _bool = ...
    has_scheduled: _bool = ...
    can_view_stats: _bool = ...
    blocked: _bool = ...
    can_delete_channel: _bool = ...
    antispam: _bool = ...
    participants_hidden: _bool = ...
    translations_disabled: _bool = ...
    stories_pinned_available: _bool = ...
    view_forum_as_messages: _bool = ...
    restricted_sponsored: _bool = ...
    can_view_revenue: _bool = ...
    paid_media_allowed: _bool = ...
    can_view_stars_revenue: _bool = ...
    paid_reactions_available: _bool = ...
    stargifts_available: _bool = ...
    paid_messages_available: _bool = ...
    has_welcome_messages: _bool = ...
    id: _int
    about: _str
    participants_count: _int | None = ...
    admins_count: _int | None = ...
    kicked_count: _int | None = ...
    banned_count: _int | None = ...
    online_count: _int | None = ...
    read_inbox_max_id: _int
    read_outbox_max_id: _int
    unread_count: _int
    chat_photo: TypePhoto
    notify_settings: TypePeerNotifySettings
    exported_invite: TypeExportedChatInvite | None = ...
    bot_info: _list[TypeBotInfo]
    migrated_from_chat_id: _int | None = ...
    migrated_from_max_id: _int | None = ...
    pinned_msg_id: _int | None = ...
    stickerset: TypeStickerSet | None = ...
    available_min_id: _int | None = ...
    folder_id: _int | None = ...
    linked_chat_id: _int | None = ...
    location: TypeChannelLocation | None = ...
    slowmode_seconds: _int | None = ...
    slowmode_next_send_date: _int | None = ...
    stats_dc: _int | None = ...
    pts: _int
    call: TypeInputGroupCall | None = ...
    ttl_period: _int | None = ...
    pending_suggestions: _list[_str] | None = ...
    groupcall_default_join_as: TypePeer | None = ...
    theme_emoticon: _str | None = ...
    requests_pending: _int | None = ...
    recent_requesters: _list[_int] | None = ...
    default_send_as: TypePeer | None = ...
    available_reactions: TypeChatReactions | None = ...
    reactions_limit: _int | None = ...
    stories: TypePeerStories | None = ...
    wallpaper: TypeWallPaper | None = ...
    boosts_applied: _int | None = ...
    boosts_unrestrict: _int | None = ...
    emojiset: TypeStickerSet | None = ...
    bot_verification: TypeBotVerification | None = ...
    stargifts_count: _int | None = ...
    send_paid_messages_stars: _int | None = ...
    main_tab: TypeProfileTab | None = ...
    guard_bot_id: _int | None = ...
    share_theme: TypeShareTheme | None = ...
class ChannelLocation(_O):
    geo_point: TypeGeoPoint
    address: _str
class ChannelLocationEmpty(_O): ...
class ChannelMessagesFilter(_O):
    exclude_new_messages: _bool = ...
    ranges: _list[TypeMessageRange]
class ChannelMessagesFilterEmpty(_O): ...
class ChannelParticipant(_O):
    user_id: _int
    date: _int
    subscription_until_date: _int | None = ...
    rank: _str | None = ...
class ChannelParticipantAdmin(_O):
    can_edit: _bool = ...
    self: _bool = ...
    user_id: _int
    inviter_id: _int | None = ...
    promoted_by: _int
    date: _int
    admin_rights: TypeChatAdminRights
    rank: _str | None = ...
    def __init__(_o, /, *, can_edit: _bool = ..., self: _bool = ..., user_id: _int, inviter_id: _int | None = ..., promoted_by: _int, date: _int, admin_rights: TypeChatAdminRights, rank: _str | None = ...) -> None: ...
class ChannelParticipantBanned(_O):
    left: _bool = ...
    peer: TypePeer
    kicked_by: _int
    date: _int
    banned_rights: TypeChatBannedRights
    rank: _str | None = ...
class ChannelParticipantCreator(_O):
    user_id: _int
    admin_rights: TypeChatAdminRights
    rank: _str | None = ...
class ChannelParticipantLeft(_O):
    peer: TypePeer
class ChannelParticipantsAdmins(_O): ...
class ChannelParticipantsBanned(_O):
    q: _str
class ChannelParticipantsBots(_O): ...
class ChannelParticipantsContacts(_O):
    q: _str
class ChannelParticipantSelf(_O):
    via_request: _bool = ...
    user_id: _int
    inviter_id: _int
    date: _int
    subscription_until_date: _int | None = ...
    rank: _str | None = ...
class ChannelParticipantsKicked(_O):
    q: _str
class ChannelParticipantsMentions(_O):
    q: _str | None = ...
    top_msg_id: _int | None = ...
class ChannelParticipantsRecent(_O): ...
class ChannelParticipantsSearch(_O):
    q: _str
class Chat(_O):
    creator: _bool = ...
    left: _bool = ...
    deactivated: _bool = ...
    call_active: _bool = ...
    call_not_empty: _bool = ...
    noforwards: _bool = ...
    id: _int
    title: _str
    photo: TypeChatPhoto
    participants_count: _int
    date: _int
    version: _int
    migrated_to: TypeInputChannel | None = ...
    admin_rights: TypeChatAdminRights | None = ...
    default_banned_rights: TypeChatBannedRights | None = ...
class ChatAdminRights(_O):
    change_info: _bool = ...
    post_messages: _bool = ...
    edit_messages: _bool = ...
    delete_messages: _bool = ...
    ban_users: _bool = ...
    invite_users: _bool = ...
    pin_messages: _bool = ...
    add_admins: _bool = ...
    anonymous: _bool = ...
    manage_call: _bool = ...
    other: _bool = ...
    manage_topics: _bool = ...
    post_stories: _bool = ...
    edit_stories: _bool = ...
    delete_stories: _bool = ...
    manage_direct_messages: _bool = ...
    manage_ranks: _bool = ...
    manage_linked_peers: _bool = ...
    manage_welcome_messages: _bool = ...
class ChatAdminWithInvites(_O):
    admin_id: _int
    invites_count: _int
    revoked_invites_count: _int
class ChatBannedRights(_O):
    view_messages: _bool = ...
    send_messages: _bool = ...
    send_media: _bool = ...
    send_stickers: _bool = ...
    send_gifs: _bool = ...
    send_games: _bool = ...
    send_inline: _bool = ...
    embed_links: _bool = ...
    send_polls: _bool = ...
    change_info: _bool = ...
    invite_users: _bool = ...
    pin_messages: _bool = ...
    manage_topics: _bool = ...
    send_photos: _bool = ...
    send_videos: _bool = ...
    send_roundvideos: _bool = ...
    send_audios: _bool = ...
    send_voices: _bool = ...
    send_docs: _bool = ...
    send_plain: _bool = ...
    edit_rank: _bool = ...
    send_reactions: _bool = ...
    manage_linked_peers: _bool = ...
    until_date: _int
class ChatEmpty(_O):
    id: _int
class ChatForbidden(_O):
    id: _int
    title: _str
class ChatFull(_O):
    can_set_username: _bool = ...
    has_scheduled: _bool = ...
    translations_disabled: _bool = ...
    has_welcome_messages: _bool = ...
    id: _int
    about: _str
    participants: TypeChatParticipants
    chat_photo: TypePhoto | None = ...
    notify_settings: TypePeerNotifySettings
    exported_invite: TypeExportedChatInvite | None = ...
    bot_info: _list[TypeBotInfo] | None = ...
    pinned_msg_id: _int | None = ...
    folder_id: _int | None = ...
    call: TypeInputGroupCall | None = ...
    ttl_period: _int | None = ...
    groupcall_default_join_as: TypePeer | None = ...
    theme_emoticon: _str | None = ...
    requests_pending: _int | None = ...
    recent_requesters: _list[_int] | None = ...
    available_reactions: TypeChatReactions | None = ...
    reactions_limit: _int | None = ...
class ChatInvite(_O):
    channel: _bool = ...
    broadcast: _bool = ...
    public: _bool = ...
    megagroup: _bool = ...
    request_needed: _bool = ...
    verified: _bool = ...
    scam: _bool = ...
    fake: _bool = ...
    can_refulfill_subscription: _bool = ...
    title: _str
    about: _str | None = ...
    photo: TypePhoto
    participants_count: _int
    participants: _Seq[TypeUser] | None = ...
    color: _int
    subscription_pricing: TypeStarsSubscriptionPricing | None = ...
    subscription_form_id: _int | None = ...
    bot_verification: TypeBotVerification | None = ...
class ChatInviteAlready(_O):
    chat: TypeChat
class ChatInviteExported(_O):
    revoked: _bool = ...
    permanent: _bool = ...
    request_needed: _bool = ...
    link: _str
    admin_id: _int
    date: _int
    start_date: _int | None = ...
    expire_date: _int | None = ...
    usage_limit: _int | None = ...
    usage: _int | None = ...
    requested: _int | None = ...
    subscription_expired: _int | None = ...
    title: _str | None = ...
    subscription_pricing: TypeStarsSubscriptionPricing | None = ...
class ChatInviteImporter(_O):
    requested: _bool = ...
    via_chatlist: _bool = ...
    user_id: _int
    date: _int
    about: _str | None = ...
    approved_by: _int | None = ...
class ChatInvitePeek(_O):
    chat: TypeChat
    expires: _int
class ChatInvitePublicJoinRequests(_O): ...
class ChatOnlines(_O):
    onlines: _int
class ChatParticipant(_O):
    user_id: _int
    inviter_id: _int
    date: _int
    rank: _str | None = ...
class ChatParticipantAdmin(_O):
    user_id: _int
    inviter_id: _int
    date: _int
    rank: _str | None = ...
class ChatParticipantCreator(_O):
    user_id: _int
    rank: _str | None = ...
class ChatParticipants(_O):
    chat_id: _int
    participants: _Seq[TypeChatParticipant]
    version: _int
class ChatParticipantsForbidden(_O):
    chat_id: _int
    self_participant: TypeChatParticipant | None = ...
class ChatPhoto(_O):
    has_video: _bool = ...
    photo_id: _int
    stripped_thumb: _bytes | None = ...
    dc_id: _int
class ChatPhotoEmpty(_O): ...
class ChatReactionsAll(_O):
    allow_custom: _bool = ...
class ChatReactionsNone(_O): ...
class ChatReactionsSome(_O):
    reactions: _Seq[TypeReaction]
class ChatTheme(_O):
    emoticon: _str
class ChatThemeUniqueGift(_O):
    gift: TypeStarGift
    theme_settings: _list[TypeThemeSettings]
class CodeSettings(_O):
    allow_flashcall: _bool = ...
    current_number: _bool = ...
    allow_app_hash: _bool = ...
    allow_missed_call: _bool = ...
    allow_firebase: _bool = ...
    unknown_number: _bool = ...
    logout_tokens: _list[_bytes] | None = ...
    token: _str | None = ...
    app_sandbox: _bool | None = ...
class Community(_O):
    creator: _bool = ...
    left: _bool = ...
    min: _bool = ...
    collapsed_in_dialogs: _bool = ...
    id: _int
    access_hash: _int | None = ...
    title: _str
    photo: TypeChatPhoto
    date: _int
    admin_rights: TypeChatAdminRights | None = ...
    default_banned_rights: TypeChatBannedRights | None = ...
class CommunityForbidden(_O):
    id: _int
    access_hash: _int | None = ...
    title: _str
class CommunityFull(_O):
    id: _int
    about: _str
    chat_photo: TypePhoto
    linked_peers: _list[TypeCommunityPeer]
    admins_count: _int | None = ...
    kicked_count: _int | None = ...
    peer_link_requests_pending: _int | None = ...
class CommunityPeer(_O):
    can_view_history: _bool = ...
    visible: _bool | None = ...
    peer: TypePeer
class CommunityPeerRequest(_O):
    visible: _bool = ...
    peer: TypePeer
    requested_by: _int
    date: _int
class Config(_O):
    default_p2p_contacts: _bool = ...
    preload_featured_stickers: _bool = ...
    revoke_pm_inbox: _bool = ...
    blocked_mode: _bool = ...
    force_try_ipv6: _bool = ...
    date: _int
    expires: _int
    test_mode: _bool
    this_dc: _int
    dc_options: _list[TypeDcOption]
    dc_txt_domain_name: _str
    chat_size_max: _int
    megagroup_size_max: _int
    forwarded_count_max: _int
    online_update_period_ms: _int
    offline_blur_timeout_ms: _int
    offline_idle_timeout_ms: _int
    online_cloud_timeout_ms: _int
    notify_cloud_delay_ms: _int
    notify_default_delay_ms: _int
    push_chat_period_ms: _int
    push_chat_limit: _int
    edit_time_limit: _int
    revoke_time_limit: _int
    revoke_pm_time_limit: _int
    rating_e_decay: _int
    stickers_recent_limit: _int
    channels_read_media_period: _int
    tmp_sessions: _int | None = ...
    call_receive_timeout_ms: _int
    call_ring_timeout_ms: _int
    call_connect_timeout_ms: _int
    call_packet_timeout_ms: _int
    me_url_prefix: _str
    autoupdate_url_prefix: _str | None = ...
    gif_search_username: _str | None = ...
    venue_search_username: _str | None = ...
    img_search_username: _str | None = ...
    static_maps_provider: _str | None = ...
    caption_length_max: _int
    message_length_max: _int
    webfile_dc_id: _int
    suggested_lang_code: _str | None = ...
    lang_pack_version: _int | None = ...
    base_lang_pack_version: _int | None = ...
    reactions_default: TypeReaction | None = ...
    autologin_token: _str | None = ...
class ConnectedBot(_O):
    bot_id: _int
    recipients: TypeBusinessBotRecipients
    rights: TypeBusinessBotRights
    device: _str | None = ...
    date: _int | None = ...
    location: _str | None = ...
class ConnectedBotStarRef(_O):
    revoked: _bool = ...
    url: _str
    date: _int
    bot_id: _int
    commission_permille: _int
    duration_months: _int | None = ...
    participants: _int
    revenue: _int
class Contact(_O):
    user_id: _int
    mutual: _bool
class ContactBirthday(_O):
    contact_id: _int
    birthday: TypeBirthday
class ContactStatus(_O):
    user_id: _int
    status: TypeUserStatus
class CurrencyRate(_O):
    currency: _str
    rate: _float
class DataJSON(_O):
    data: _str
class DcOption(_O):
    ipv6: _bool = ...
    media_only: _bool = ...
    tcpo_only: _bool = ...
    cdn: _bool = ...
    static: _bool = ...
    this_port_only: _bool = ...
    id: _int
    ip_address: _str
    port: _int
    secret: _bytes | None = ...
class DefaultHistoryTTL(_O):
    period: _int
class Dialog(_O):
    pinned: _bool = ...
    unread_mark: _bool = ...
    view_forum_as_messages: _bool = ...
    peer: TypePeer
    top_message: _int
    read_inbox_max_id: _int
    read_outbox_max_id: _int
    unread_count: _int
    unread_mentions_count: _int
    unread_reactions_count: _int
    unread_poll_votes_count: _int
    notify_settings: TypePeerNotifySettings
    pts: _int | None = ...
    draft: TypeDraftMessage | None = ...
    folder_id: _int | None = ...
    ttl_period: _int | None = ...
class DialogCommunity(_O):
    pinned: _bool = ...
    community_id: _int
    notify_settings: TypePeerNotifySettings
class DialogFilter(_O):
    contacts: _bool = ...
    non_contacts: _bool = ...
    groups: _bool = ...
    broadcasts: _bool = ...
    bots: _bool = ...
    exclude_muted: _bool = ...
    exclude_read: _bool = ...
    exclude_archived: _bool = ...
    title_noanimate: _bool = ...
    id: _int
    title: TypeTextWithEntities
    emoticon: _str | None = ...
    color: _int | None = ...
    pinned_peers: _Seq[TypeInputPeer]
    include_peers: _Seq[TypeInputPeer]
    exclude_peers: _Seq[TypeInputPeer]
class DialogFilterChatlist(_O):
    has_my_invites: _bool = ...
    title_noanimate: _bool = ...
    id: _int
    title: TypeTextWithEntities
    emoticon: _str | None = ...
    color: _int | None = ...
    pinned_peers: _Seq[TypeInputPeer]
    include_peers: _Seq[TypeInputPeer]
class DialogFilterDefault(_O): ...
class DialogFilterSuggested(_O):
    filter: TypeDialogFilter
    description: _str
class DialogFolder(_O):
    pinned: _bool = ...
    folder: TypeFolder
    peer: TypePeer
    top_message: _int
    unread_muted_peers_count: _int
    unread_unmuted_peers_count: _int
    unread_muted_messages_count: _int
    unread_unmuted_messages_count: _int
class DialogPeer(_O):
    peer: TypePeer
class DialogPeerCommunity(_O):
    community_id: _int
class DialogPeerFolder(_O):
    folder_id: _int
class DisallowedGiftsSettings(_O):
    disallow_unlimited_stargifts: _bool = ...
    disallow_limited_stargifts: _bool = ...
    disallow_unique_stargifts: _bool = ...
    disallow_premium_gifts: _bool = ...
    disallow_stargifts_from_channels: _bool = ...
class Document(_O):
    id: _int
    access_hash: _int
    file_reference: _bytes
    date: _int
    mime_type: _str
    size: _int
    thumbs: _Seq[TypePhotoSize] | None = ...
    video_thumbs: _Seq[TypeVideoSize] | None = ...
    dc_id: _int
    attributes: _Seq[TypeDocumentAttribute]
class DocumentAttributeAnimated(_O): ...
class DocumentAttributeAudio(_O):
    voice: _bool = ...
    duration: _int
    title: _str | None = ...
    performer: _str | None = ...
    waveform: _bytes | None = ...
class DocumentAttributeCustomEmoji(_O):
    free: _bool = ...
    text_color: _bool = ...
    alt: _str
    stickerset: TypeInputStickerSet
class DocumentAttributeFilename(_O):
    file_name: _str
class DocumentAttributeHasStickers(_O): ...
class DocumentAttributeImageSize(_O):
    w: _int
    h: _int
class DocumentAttributeSticker(_O):
    mask: _bool = ...
    alt: _str
    stickerset: TypeInputStickerSet
    mask_coords: TypeMaskCoords | None = ...
class DocumentAttributeVideo(_O):
    round_message: _bool = ...
    supports_streaming: _bool = ...
    nosound: _bool = ...
    duration: _float
    w: _int
    h: _int
    preload_prefix_size: _int | None = ...
    video_start_ts: _float | None = ...
    video_codec: _str | None = ...
class DocumentEmpty(_O):
    id: _int
class DraftMessage(_O):
    no_webpage: _bool = ...
    invert_media: _bool = ...
    reply_to: TypeInputReplyTo | None = ...
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    media: TypeInputMedia | None = ...
    date: _int
    effect: _int | None = ...
    suggested_post: TypeSuggestedPost | None = ...
    rich_message: TypeRichMessage | None = ...
class DraftMessageEmpty(_O):
    date: _int | None = ...
class EmailVerificationApple(_O):
    token: _str
class EmailVerificationCode(_O):
    code: _str
class EmailVerificationGoogle(_O):
    token: _str
class EmailVerifyPurposeLoginChange(_O): ...
class EmailVerifyPurposeLoginSetup(_O):
    phone_number: _str
    phone_code_hash: _str
class EmailVerifyPurposePassport(_O): ...
class EmojiGroup(_O):
    title: _str
    icon_emoji_id: _int
    emoticons: _list[_str]
class EmojiGroupGreeting(_O):
    title: _str
    icon_emoji_id: _int
    emoticons: _list[_str]
class EmojiGroupPremium(_O):
    title: _str
    icon_emoji_id: _int
class EmojiKeyword(_O):
    keyword: _str
    emoticons: _list[_str]
class EmojiKeywordDeleted(_O):
    keyword: _str
    emoticons: _list[_str]
class EmojiKeywordsDifference(_O):
    lang_code: _str
    from_version: _int
    version: _int
    keywords: _Seq[TypeEmojiKeyword]
class EmojiLanguage(_O):
    lang_code: _str
class EmojiList(_O):
    hash: _int
    document_id: _list[_int]
class EmojiListNotModified(_O): ...
class EmojiStatus(_O):
    document_id: _int
    until: _int | None = ...
class EmojiStatusCollectible(_O):
    collectible_id: _int
    document_id: _int
    title: _str
    slug: _str
    pattern_document_id: _int
    center_color: _int
    edge_color: _int
    pattern_color: _int
    text_color: _int
    until: _int | None = ...
class EmojiStatusEmpty(_O): ...
class EmojiURL(_O):
    url: _str
class EncryptedChat(_O):
    id: _int
    access_hash: _int
    date: _int
    admin_id: _int
    participant_id: _int
    g_a_or_b: _bytes
    key_fingerprint: _int
class EncryptedChatDiscarded(_O):
    history_deleted: _bool = ...
    id: _int
class EncryptedChatEmpty(_O):
    id: _int
class EncryptedChatRequested(_O):
    folder_id: _int | None = ...
    id: _int
    access_hash: _int
    date: _int
    admin_id: _int
    participant_id: _int
    g_a: _bytes
class EncryptedChatWaiting(_O):
    id: _int
    access_hash: _int
    date: _int
    admin_id: _int
    participant_id: _int
class EncryptedFile(_O):
    id: _int
    access_hash: _int
    size: _int
    dc_id: _int
    key_fingerprint: _int
class EncryptedFileEmpty(_O): ...
class EncryptedMessage(_O):
    random_id: _int
    chat_id: _int
    date: _int
    bytes: _bytes
    file: TypeEncryptedFile
class EncryptedMessageService(_O):
    random_id: _int
    chat_id: _int
    date: _int
    bytes: _bytes
class EphemeralMessage(_O):
    out: _bool = ...
    welcome_template: _bool = ...
    invert_media: _bool = ...
    noforwards: _bool = ...
    id: _int
    from_id: TypePeer
    peer_id: TypePeer | None = ...
    receiver_id: _int
    top_msg_id: _int | None = ...
    date: _int
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    media: TypeMessageMedia | None = ...
    reply_markup: TypeReplyMarkup | None = ...
    reply_to: TypeMessageReplyHeader | None = ...
    rich_message: TypeRichMessage | None = ...
    chat_instance: _int | None = ...
    anchor_msg_id: _int | None = ...
class Error(_O):
    code: _int
    text: _str
class ExportedChatlistInvite(_O):
    title: _str
    url: _str
    peers: _Seq[TypePeer]
class ExportedContactToken(_O):
    url: _str
    expires: _int
class ExportedMessageLink(_O):
    link: _str
    html: _str
class ExportedNoPaidMessagesToken(_O):
    token: _str
    url: _str
    expires: _int | None = ...
class ExportedStoryLink(_O):
    link: _str
class FactCheck(_O):
    need_check: _bool = ...
    country: _str | None = ...
    text: TypeTextWithEntities | None = ...
    hash: _int
class FileHash(_O):
    offset: _int
    limit: _int
    hash: _bytes
class Folder(_O):
    autofill_new_broadcasts: _bool = ...
    autofill_public_groups: _bool = ...
    autofill_new_correspondents: _bool = ...
    id: _int
    title: _str
    photo: TypeChatPhoto | None = ...
class FolderPeer(_O):
    peer: TypePeer
    folder_id: _int
class ForumTopic(_O):
    my: _bool = ...
    closed: _bool = ...
    pinned: _bool = ...
    short: _bool = ...
    hidden: _bool = ...
    title_missing: _bool = ...
    id: _int
    date: _int
    peer: TypePeer
    title: _str
    icon_color: _int
    icon_emoji_id: _int | None = ...
    top_message: _int
    read_inbox_max_id: _int
    read_outbox_max_id: _int
    unread_count: _int
    unread_mentions_count: _int
    unread_reactions_count: _int
    unread_poll_votes_count: _int
    from_id: TypePeer
    notify_settings: TypePeerNotifySettings
    draft: TypeDraftMessage | None = ...
class ForumTopicDeleted(_O):
    id: _int
class FoundStory(_O):
    peer: TypePeer
    story: TypeStoryItem
class Game(_O):
    id: _int
    access_hash: _int
    short_name: _str
    title: _str
    description: _str
    photo: TypePhoto
    document: TypeDocument | None = ...
class GeoPoint(_O):
    long: _float
    lat: _float
    access_hash: _int
    accuracy_radius: _int | None = ...
class GeoPointAddress(_O):
    country_iso2: _str
    state: _str | None = ...
    city: _str | None = ...
    street: _str | None = ...
class GeoPointEmpty(_O): ...
class GlobalPrivacySettings(_O):
    archive_and_mute_new_noncontact_peers: _bool = ...
    keep_archived_unmuted: _bool = ...
    keep_archived_folders: _bool = ...
    hide_read_marks: _bool = ...
    new_noncontact_peers_require_premium: _bool = ...
    display_gifts_button: _bool = ...
    noncontact_peers_paid_stars: _int | None = ...
    disallowed_gifts: TypeDisallowedGiftsSettings | None = ...
class GroupCall(_O):
    join_muted: _bool = ...
    can_change_join_muted: _bool = ...
    join_date_asc: _bool = ...
    schedule_start_subscribed: _bool = ...
    can_start_video: _bool = ...
    record_video_active: _bool = ...
    rtmp_stream: _bool = ...
    listeners_hidden: _bool = ...
    conference: _bool = ...
    creator: _bool = ...
    messages_enabled: _bool = ...
    can_change_messages_enabled: _bool = ...
    min: _bool = ...
    id: _int
    access_hash: _int
    participants_count: _int
    title: _str | None = ...
    stream_dc_id: _int | None = ...
    record_start_date: _int | None = ...
    schedule_date: _int | None = ...
    unmuted_video_count: _int | None = ...
    unmuted_video_limit: _int
    version: _int
    invite_link: _str | None = ...
    send_paid_messages_stars: _int | None = ...
    default_send_as: TypePeer | None = ...
class GroupCallDiscarded(_O):
    id: _int
    access_hash: _int
    duration: _int
class GroupCallDonor(_O):
    top: _bool = ...
    my: _bool = ...
    peer_id: TypePeer | None = ...
    stars: _int
class GroupCallMessage(_O):
    from_admin: _bool = ...
    id: _int
    from_id: TypePeer
    date: _int
    message: TypeTextWithEntities
    paid_message_stars: _int | None = ...
class GroupCallParticipant(_O):
    muted: _bool = ...
    left: _bool = ...
    can_self_unmute: _bool = ...
    just_joined: _bool = ...
    versioned: _bool = ...
    min: _bool = ...
    muted_by_you: _bool = ...
    volume_by_admin: _bool = ...
    self: _bool = ...
    video_joined: _bool = ...
    peer: TypePeer
    date: _int
    active_date: _int | None = ...
    source: _int
    volume: _int | None = ...
    about: _str | None = ...
    raise_hand_rating: _int | None = ...
    video: TypeGroupCallParticipantVideo | None = ...
    presentation: TypeGroupCallParticipantVideo | None = ...
    paid_stars_total: _int | None = ...
    def __init__(_o, /, *, muted: _bool = ..., left: _bool = ..., can_self_unmute: _bool = ..., just_joined: _bool = ..., versioned: _bool = ..., min: _bool = ..., muted_by_you: _bool = ..., volume_by_admin: _bool = ..., self: _bool = ..., video_joined: _bool = ..., peer: TypePeer, date: _int, active_date: _int | None = ..., source: _int, volume: _int | None = ..., about: _str | None = ..., raise_hand_rating: _int | None = ..., video: TypeGroupCallParticipantVideo | None = ..., presentation: TypeGroupCallParticipantVideo | None = ..., paid_stars_total: _int | None = ...) -> None: ...
class GroupCallParticipantVideo(_O):
    paused: _bool = ...
    endpoint: _str
    source_groups: _list[TypeGroupCallParticipantVideoSourceGroup]
    audio_source: _int | None = ...
class GroupCallParticipantVideoSourceGroup(_O):
    semantics: _str
    sources: _list[_int]
class GroupCallStreamChannel(_O):
    channel: _int
    scale: _int
    last_timestamp_ms: _int
class HighScore(_O):
    pos: _int
    user_id: _int
    score: _int
class ImportedContact(_O):
    user_id: _int
    client_id: _int
class InlineBotSwitchPM(_O):
    text: _str
    start_param: _str
class InlineBotWebView(_O):
    text: _str
    url: _str
class InlineButtonTypeBuy(_O): ...
class InlineButtonTypeCallback(_O):
    requires_password: _bool = ...
    data: _bytes
class InlineButtonTypeCopy(_O):
    copy_text: _str
class InlineButtonTypeDisabled(_O): ...
class InlineButtonTypeGame(_O): ...
class InlineButtonTypeSwitchInline(_O):
    same_peer: _bool = ...
    query: _str
    peer_types: _Seq[TypeInlineQueryPeerType] | None = ...
class InlineButtonTypeUrl(_O):
    url: _str
class InlineButtonTypeUrlAuth(_O):
    fwd_text: _str | None = ...
    url: _str
    button_id: _int
class InlineButtonTypeUserProfile(_O):
    user_id: _int
class InlineButtonTypeWebView(_O):
    url: _str
class InlineQueryPeerTypeBotPM(_O): ...
class InlineQueryPeerTypeBroadcast(_O): ...
class InlineQueryPeerTypeChat(_O): ...
class InlineQueryPeerTypeMegagroup(_O): ...
class InlineQueryPeerTypePM(_O): ...
class InlineQueryPeerTypeSameBotPM(_O): ...
class InputAiComposeToneDefault(_O):
    tone: _str
class InputAiComposeToneID(_O):
    id: _int
    access_hash: _int
class InputAiComposeToneSingleUse(_O):
    custom_prompt: _str
class InputAiComposeToneSlug(_O):
    slug: _str
class InputAppEvent(_O):
    time: _float
    type: _str
    peer: _int
    data: TypeJSONValue
class InputBotAppID(_O):
    id: _int
    access_hash: _int
class InputBotAppShortName(_O):
    bot_id: TypeInputUser
    short_name: _str
class InputBotInlineMessageGame(_O):
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineMessageID(_O):
    dc_id: _int
    id: _int
    access_hash: _int
class InputBotInlineMessageID64(_O):
    dc_id: _int
    owner_id: _int
    id: _int
    access_hash: _int
class InputBotInlineMessageMediaAuto(_O):
    invert_media: _bool = ...
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineMessageMediaContact(_O):
    phone_number: _str
    first_name: _str
    last_name: _str
    vcard: _str
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineMessageMediaGeo(_O):
    geo_point: TypeInputGeoPoint
    heading: _int | None = ...
    period: _int | None = ...
    proximity_notification_radius: _int | None = ...
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineMessageMediaInvoice(_O):
    title: _str
    description: _str
    photo: TypeInputWebDocument | None = ...
    invoice: TypeInvoice
    payload: _bytes
    provider: _str
    provider_data: TypeDataJSON
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineMessageMediaVenue(_O):
    geo_point: TypeInputGeoPoint
    title: _str
    address: _str
    provider: _str
    venue_id: _str
    venue_type: _str
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineMessageMediaWebPage(_O):
    invert_media: _bool = ...
    force_large_media: _bool = ...
    force_small_media: _bool = ...
    optional: _bool = ...
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    url: _str
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineMessageRichMessage(_O):
    reply_markup: TypeReplyMarkup | None = ...
    rich_message: TypeInputRichMessage
class InputBotInlineMessageText(_O):
    no_webpage: _bool = ...
    invert_media: _bool = ...
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    reply_markup: TypeReplyMarkup | None = ...
class InputBotInlineResult(_O):
    id: _str
    type: _str
    title: _str | None = ...
    description: _str | None = ...
    url: _str | None = ...
    thumb: TypeInputWebDocument | None = ...
    content: TypeInputWebDocument | None = ...
    send_message: TypeInputBotInlineMessage
class InputBotInlineResultDocument(_O):
    id: _str
    type: _str
    title: _str | None = ...
    description: _str | None = ...
    document: TypeInputDocument
    send_message: TypeInputBotInlineMessage
class InputBotInlineResultGame(_O):
    id: _str
    short_name: _str
    send_message: TypeInputBotInlineMessage
class InputBotInlineResultPhoto(_O):
    id: _str
    type: _str
    photo: TypeInputPhoto
    send_message: TypeInputBotInlineMessage
class InputBusinessAwayMessage(_O):
    offline_only: _bool = ...
    shortcut_id: _int
    schedule: TypeBusinessAwayMessageSchedule
    recipients: TypeInputBusinessRecipients
class InputBusinessBotRecipients(_O):
    existing_chats: _bool = ...
    new_chats: _bool = ...
    contacts: _bool = ...
    non_contacts: _bool = ...
    exclude_selected: _bool = ...
    users: _Seq[TypeInputUser] | None = ...
    exclude_users: _Seq[TypeInputUser] | None = ...
class InputBusinessChatLink(_O):
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    title: _str | None = ...
class InputBusinessGreetingMessage(_O):
    shortcut_id: _int
    recipients: TypeInputBusinessRecipients
    no_activity_days: _int
class InputBusinessIntro(_O):
    title: _str
    description: _str
    sticker: TypeInputDocument | None = ...
class InputBusinessRecipients(_O):
    existing_chats: _bool = ...
    new_chats: _bool = ...
    contacts: _bool = ...
    non_contacts: _bool = ...
    exclude_selected: _bool = ...
    users: _Seq[TypeInputUser] | None = ...
class InputButtonTypeRequestPeer(_O):
    name_requested: _bool = ...
    username_requested: _bool = ...
    photo_requested: _bool = ...
    button_id: _int
    peer_type: TypeRequestPeerType
    max_quantity: _int
class InputChannel(_O):
    channel_id: _int
    access_hash: _int
class InputChannelEmpty(_O): ...
class InputChannelFromMessage(_O):
    peer: TypeInputPeer
    msg_id: _int
    channel_id: _int
class InputChatlistDialogFilter(_O):
    filter_id: _int
class InputChatPhoto(_O):
    id: TypeInputPhoto
class InputChatPhotoEmpty(_O): ...
class InputChatTheme(_O):
    emoticon: _str
class InputChatThemeEmpty(_O): ...
class InputChatThemeUniqueGift(_O):
    slug: _str
class InputChatUploadedPhoto(_O):
    file: TypeInputFile | None = ...
    video: TypeInputFile | None = ...
    video_start_ts: _float | None = ...
    video_emoji_markup: TypeVideoSize | None = ...
class InputCheckPasswordEmpty(_O): ...
class InputCheckPasswordSRP(_O):
    srp_id: _int
    A: _bytes
    M1: _bytes
class InputClientProxy(_O):
    address: _str
    port: _int
class InputCollectiblePhone(_O):
    phone: _str
class InputCollectibleUsername(_O):
    username: _str
class InputDialogPeer(_O):
    peer: TypeInputPeer
class InputDialogPeerCommunity(_O):
    community: TypeInputChannel
class InputDialogPeerFolder(_O):
    folder_id: _int
class InputDocument(_O):
    id: _int
    access_hash: _int
    file_reference: _bytes
class InputDocumentEmpty(_O): ...
class InputDocumentFileLocation(_O):
    id: _int
    access_hash: _int
    file_reference: _bytes
    thumb_size: _str
class InputEmojiStatusCollectible(_O):
    collectible_id: _int
    until: _int | None = ...
class InputEncryptedChat(_O):
    chat_id: _int
    access_hash: _int
class InputEncryptedFile(_O):
    id: _int
    access_hash: _int
class InputEncryptedFileBigUploaded(_O):
    id: _int
    parts: _int
    key_fingerprint: _int
class InputEncryptedFileEmpty(_O): ...
class InputEncryptedFileLocation(_O):
    id: _int
    access_hash: _int
class InputEncryptedFileUploaded(_O):
    id: _int
    parts: _int
    md5_checksum: _str
    key_fingerprint: _int
class InputFile(_O):
    id: _int
    parts: _int
    name: _str
    md5_checksum: _str
class InputFileBig(_O):
    id: _int
    parts: _int
    name: _str
class InputFileLocation(_O):
    volume_id: _int
    local_id: _int
    secret: _int
    file_reference: _bytes
class InputFileStoryDocument(_O):
    id: TypeInputDocument
class InputFolderPeer(_O):
    peer: TypeInputPeer
    folder_id: _int
class InputGameID(_O):
    id: _int
    access_hash: _int
class InputGameShortName(_O):
    bot_id: TypeInputUser
    short_name: _str
class InputGeoPoint(_O):
    lat: _float
    long: _float
    accuracy_radius: _int | None = ...
class InputGeoPointEmpty(_O): ...
class InputGroupCall(_O):
    id: _int
    access_hash: _int
class InputGroupCallInviteMessage(_O):
    msg_id: _int
class InputGroupCallSlug(_O):
    slug: _str
class InputGroupCallStream(_O):
    call: TypeInputGroupCall
    time_ms: _int
    scale: _int
    video_channel: _int | None = ...
    video_quality: _int | None = ...
class InputInlineButtonTypeUrlAuth(_O):
    request_write_access: _bool = ...
    fwd_text: _str | None = ...
    url: _str
    bot: TypeInputUser | None = ...
class InputInlineButtonTypeUserProfile(_O):
    user_id: TypeInputUser
class InputInvoiceBusinessBotTransferStars(_O):
    bot: TypeInputUser
    stars: _int
class InputInvoiceChatInviteSubscription(_O):
    hash: _str
class InputInvoiceMessage(_O):
    peer: TypeInputPeer
    msg_id: _int
class InputInvoicePremiumAuthCode(_O):
    purpose: TypeInputStorePaymentPurpose
class InputInvoicePremiumGiftCode(_O):
    purpose: TypeInputStorePaymentPurpose
    option: TypePremiumGiftCodeOption
class InputInvoicePremiumGiftStars(_O):
    user_id: TypeInputUser
    months: _int
    message: TypeTextWithEntities | None = ...
class InputInvoiceSlug(_O):
    slug: _str
class InputInvoiceStarGift(_O):
    hide_name: _bool = ...
    include_upgrade: _bool = ...
    peer: TypeInputPeer
    gift_id: _int
    message: TypeTextWithEntities | None = ...
class InputInvoiceStarGiftAuctionBid(_O):
    hide_name: _bool = ...
    update_bid: _bool = ...
    peer: TypeInputPeer | None = ...
    gift_id: _int
    bid_amount: _int
    message: TypeTextWithEntities | None = ...
class InputInvoiceStarGiftDropOriginalDetails(_O):
    stargift: TypeInputSavedStarGift
class InputInvoiceStarGiftPrepaidUpgrade(_O):
    peer: TypeInputPeer
    hash: _str
class InputInvoiceStarGiftResale(_O):
    ton: _bool = ...
    show_name: _bool = ...
    slug: _str
    to_id: TypeInputPeer
    message: TypeTextWithEntities | None = ...
class InputInvoiceStarGiftTransfer(_O):
    stargift: TypeInputSavedStarGift
    to_id: TypeInputPeer
class InputInvoiceStarGiftUpgrade(_O):
    keep_original_details: _bool = ...
    stargift: TypeInputSavedStarGift
class InputInvoiceStars(_O):
    purpose: TypeInputStorePaymentPurpose
class InputMediaAreaChannelPost(_O):
    coordinates: TypeMediaAreaCoordinates
    channel: TypeInputChannel
    msg_id: _int
class InputMediaAreaVenue(_O):
    coordinates: TypeMediaAreaCoordinates
    query_id: _int
    result_id: _str
class InputMediaContact(_O):
    phone_number: _str
    first_name: _str
    last_name: _str
    vcard: _str
class InputMediaDice(_O):
    emoticon: _str
class InputMediaDocument(_O):
    spoiler: _bool = ...
    id: TypeInputDocument
    video_cover: TypeInputPhoto | None = ...
    video_timestamp: _int | None = ...
    ttl_seconds: _int | None = ...
    query: _str | None = ...
class InputMediaDocumentExternal(_O):
    spoiler: _bool = ...
    url: _str
    ttl_seconds: _int | None = ...
    video_cover: TypeInputPhoto | None = ...
    video_timestamp: _int | None = ...
class InputMediaEmpty(_O): ...
class InputMediaGame(_O):
    id: TypeInputGame
class InputMediaGeoLive(_O):
    stopped: _bool = ...
    geo_point: TypeInputGeoPoint
    heading: _int | None = ...
    period: _int | None = ...
    proximity_notification_radius: _int | None = ...
class InputMediaGeoPoint(_O):
    geo_point: TypeInputGeoPoint
class InputMediaInvoice(_O):
    title: _str
    description: _str
    photo: TypeInputWebDocument | None = ...
    invoice: TypeInvoice
    payload: _bytes
    provider: _str | None = ...
    provider_data: TypeDataJSON
    start_param: _str | None = ...
    extended_media: TypeInputMedia | None = ...
class InputMediaPaidMedia(_O):
    stars_amount: _int
    extended_media: _Seq[TypeInputMedia]
    payload: _str | None = ...
class InputMediaPhoto(_O):
    spoiler: _bool = ...
    live_photo: _bool = ...
    id: TypeInputPhoto
    ttl_seconds: _int | None = ...
    video: TypeInputDocument | None = ...
class InputMediaPhotoExternal(_O):
    spoiler: _bool = ...
    url: _str
    ttl_seconds: _int | None = ...
class InputMediaPoll(_O):
    poll: TypePoll
    correct_answers: _list[_int] | None = ...
    attached_media: TypeInputMedia | None = ...
    solution: _str | None = ...
    solution_entities: _Seq[TypeMessageEntity] | None = ...
    solution_media: TypeInputMedia | None = ...
class InputMediaStakeDice(_O):
    game_hash: _str
    ton_amount: _int
    client_seed: _bytes
class InputMediaStory(_O):
    peer: TypeInputPeer
    id: _int
class InputMediaTodo(_O):
    todo: TypeTodoList
class InputMediaUploadedDocument(_O):
    nosound_video: _bool = ...
    force_file: _bool = ...
    spoiler: _bool = ...
    file: TypeInputFile
    thumb: TypeInputFile | None = ...
    mime_type: _str
    attributes: _Seq[TypeDocumentAttribute]
    stickers: _Seq[TypeInputDocument] | None = ...
    video_cover: TypeInputPhoto | None = ...
    video_timestamp: _int | None = ...
    ttl_seconds: _int | None = ...
class InputMediaUploadedPhoto(_O):
    spoiler: _bool = ...
    live_photo: _bool = ...
    file: TypeInputFile
    stickers: _Seq[TypeInputDocument] | None = ...
    ttl_seconds: _int | None = ...
    video: TypeInputDocument | None = ...
class InputMediaVenue(_O):
    geo_point: TypeInputGeoPoint
    title: _str
    address: _str
    provider: _str
    venue_id: _str
    venue_type: _str
class InputMediaWebPage(_O):
    force_large_media: _bool = ...
    force_small_media: _bool = ...
    optional: _bool = ...
    url: _str
class InputMessageCallbackQuery(_O):
    id: _int
    query_id: _int
class InputMessageEntityMentionName(_O):
    offset: _int
    length: _int
    user_id: TypeInputUser
class InputMessageID(_O):
    id: _int
class InputMessagePinned(_O): ...
class InputMessageReadMetric(_O):
    msg_id: _int
    view_id: _int
    time_in_view_ms: _int
    active_time_in_view_ms: _int
    height_to_viewport_ratio_permille: _int
    seen_range_ratio_permille: _int
class InputMessageReplyTo(_O):
    id: _int
class InputMessagesFilterChatPhotos(_O): ...
class InputMessagesFilterContacts(_O): ...
class InputMessagesFilterDocument(_O): ...
class InputMessagesFilterEmpty(_O): ...
class InputMessagesFilterGeo(_O): ...
class InputMessagesFilterGif(_O): ...
class InputMessagesFilterMusic(_O): ...
class InputMessagesFilterMyMentions(_O): ...
class InputMessagesFilterPhoneCalls(_O):
    missed: _bool = ...
class InputMessagesFilterPhotos(_O): ...
class InputMessagesFilterPhotoVideo(_O): ...
class InputMessagesFilterPinned(_O): ...
class InputMessagesFilterPoll(_O): ...
class InputMessagesFilterRoundVideo(_O): ...
class InputMessagesFilterRoundVoice(_O): ...
class InputMessagesFilterUrl(_O): ...
class InputMessagesFilterVideo(_O): ...
class InputMessagesFilterVoice(_O): ...
class InputNotifyBroadcasts(_O): ...
class InputNotifyChats(_O): ...
class InputNotifyCommunity(_O):
    community: TypeInputChannel
class InputNotifyForumTopic(_O):
    peer: TypeInputPeer
    top_msg_id: _int
class InputNotifyPeer(_O):
    peer: TypeInputPeer
class InputNotifyUsers(_O): ...
class InputPageBlockMap(_O):
    geo: TypeInputGeoPoint
    zoom: _int
    w: _int
    h: _int
    caption: TypePageCaption
class InputPasskeyCredentialPublicKey(_O):
    id: _str
    raw_id: _str
    response: TypeInputPasskeyResponse
class InputPasskeyResponseLogin(_O):
    client_data: TypeDataJSON
    authenticator_data: _bytes
    signature: _bytes
    user_handle: _str
class InputPasskeyResponseRegister(_O):
    client_data: TypeDataJSON
    attestation_data: _bytes
class InputPaymentCredentials(_O):
    save: _bool = ...
    data: TypeDataJSON
class InputPaymentCredentialsApplePay(_O):
    payment_data: TypeDataJSON
class InputPaymentCredentialsGooglePay(_O):
    payment_token: TypeDataJSON
class InputPaymentCredentialsSaved(_O):
    id: _str
    tmp_password: _bytes
class InputPeerChannel(_O):
    channel_id: _int
    access_hash: _int
class InputPeerChannelFromMessage(_O):
    peer: TypeInputPeer
    msg_id: _int
    channel_id: _int
class InputPeerChat(_O):
    chat_id: _int
class InputPeerColorCollectible(_O):
    collectible_id: _int
class InputPeerEmpty(_O): ...
class InputPeerNotifySettings(_O):
    show_previews: _bool | None = ...
    silent: _bool | None = ...
    mute_until: _int | None = ...
    sound: TypeNotificationSound | None = ...
    stories_muted: _bool | None = ...
    stories_hide_sender: _bool | None = ...
    stories_sound: TypeNotificationSound | None = ...
class InputPeerPhotoFileLocation(_O):
    big: _bool = ...
    peer: TypeInputPeer
    photo_id: _int
class InputPeerSelf(_O): ...
class InputPeerUser(_O):
    user_id: _int
    access_hash: _int
class InputPeerUserFromMessage(_O):
    peer: TypeInputPeer
    msg_id: _int
    user_id: _int
class InputPhoneCall(_O):
    id: _int
    access_hash: _int
class InputPhoneContact(_O):
    client_id: _int
    phone: _str
    first_name: _str
    last_name: _str
    note: TypeTextWithEntities | None = ...
class InputPhoto(_O):
    id: _int
    access_hash: _int
    file_reference: _bytes
class InputPhotoEmpty(_O): ...
class InputPhotoFileLocation(_O):
    id: _int
    access_hash: _int
    file_reference: _bytes
    thumb_size: _str
class InputPhotoLegacyFileLocation(_O):
    id: _int
    access_hash: _int
    file_reference: _bytes
    volume_id: _int
    local_id: _int
    secret: _int
class InputPollAnswer(_O):
    text: TypeTextWithEntities
    media: TypeInputMedia | None = ...
class InputPrivacyKeyAbout(_O): ...
class InputPrivacyKeyAddedByPhone(_O): ...
class InputPrivacyKeyBirthday(_O): ...
class InputPrivacyKeyChatInvite(_O): ...
class InputPrivacyKeyForwards(_O): ...
class InputPrivacyKeyNoPaidMessages(_O): ...
class InputPrivacyKeyPhoneCall(_O): ...
class InputPrivacyKeyPhoneNumber(_O): ...
class InputPrivacyKeyPhoneP2P(_O): ...
class InputPrivacyKeyProfilePhoto(_O): ...
class InputPrivacyKeySavedMusic(_O): ...
class InputPrivacyKeyStarGiftsAutoSave(_O): ...
class InputPrivacyKeyStatusTimestamp(_O): ...
class InputPrivacyKeyVoiceMessages(_O): ...
class InputPrivacyValueAllowAll(_O): ...
class InputPrivacyValueAllowBots(_O): ...
class InputPrivacyValueAllowChatParticipants(_O):
    chats: _list[_int]
class InputPrivacyValueAllowCloseFriends(_O): ...
class InputPrivacyValueAllowContacts(_O): ...
class InputPrivacyValueAllowPremium(_O): ...
class InputPrivacyValueAllowUsers(_O):
    users: _Seq[TypeInputUser]
class InputPrivacyValueDisallowAll(_O): ...
class InputPrivacyValueDisallowBots(_O): ...
class InputPrivacyValueDisallowChatParticipants(_O):
    chats: _list[_int]
class InputPrivacyValueDisallowContacts(_O): ...
class InputPrivacyValueDisallowUsers(_O):
    users: _Seq[TypeInputUser]
class InputQuickReplyShortcut(_O):
    shortcut: _str
class InputQuickReplyShortcutId(_O):
    shortcut_id: _int
class InputReplyToEphemeralMessage(_O):
    id: _int
class InputReplyToMessage(_O):
    reply_to_msg_id: _int
    top_msg_id: _int | None = ...
    reply_to_peer_id: TypeInputPeer | None = ...
    quote_text: _str | None = ...
    quote_entities: _Seq[TypeMessageEntity] | None = ...
    quote_offset: _int | None = ...
    monoforum_peer_id: TypeInputPeer | None = ...
    todo_item_id: _int | None = ...
    poll_option: _bytes | None = ...
    quote_rich: _Seq[TypeRichText] | None = ...
class InputReplyToMonoForum(_O):
    monoforum_peer_id: TypeInputPeer
class InputReplyToStory(_O):
    peer: TypeInputPeer
    story_id: _int
class InputReportReasonChildAbuse(_O): ...
class InputReportReasonCopyright(_O): ...
class InputReportReasonFake(_O): ...
class InputReportReasonGeoIrrelevant(_O): ...
class InputReportReasonIllegalDrugs(_O): ...
class InputReportReasonOther(_O): ...
class InputReportReasonPersonalDetails(_O): ...
class InputReportReasonPornography(_O): ...
class InputReportReasonSpam(_O): ...
class InputReportReasonViolence(_O): ...
class InputRichFileDocument(_O):
    id: _str
    document: TypeInputDocument
class InputRichFilePhoto(_O):
    id: _str
    photo: TypeInputPhoto
class InputRichMessage(_O):
    rtl: _bool = ...
    noautolink: _bool = ...
    blocks: _Seq[TypePageBlock]
    photos: _Seq[TypeInputPhoto] | None = ...
    documents: _Seq[TypeInputDocument] | None = ...
    users: _Seq[TypeInputUser] | None = ...
class InputRichMessageHTML(_O):
    rtl: _bool = ...
    noautolink: _bool = ...
    html: _str
    files: _Seq[TypeInputRichFile] | None = ...
class InputRichMessageMarkdown(_O):
    rtl: _bool = ...
    noautolink: _bool = ...
    markdown: _str
    files: _Seq[TypeInputRichFile] | None = ...
class InputSavedStarGiftChat(_O):
    peer: TypeInputPeer
    saved_id: _int
class InputSavedStarGiftSlug(_O):
    slug: _str
class InputSavedStarGiftUser(_O):
    msg_id: _int
class InputSecureFile(_O):
    id: _int
    access_hash: _int
class InputSecureFileLocation(_O):
    id: _int
    access_hash: _int
class InputSecureFileUploaded(_O):
    id: _int
    parts: _int
    md5_checksum: _str
    file_hash: _bytes
    secret: _bytes
class InputSecureValue(_O):
    type: TypeSecureValueType
    data: TypeSecureData | None = ...
    front_side: TypeInputSecureFile | None = ...
    reverse_side: TypeInputSecureFile | None = ...
    selfie: TypeInputSecureFile | None = ...
    translation: _Seq[TypeInputSecureFile] | None = ...
    files: _Seq[TypeInputSecureFile] | None = ...
    plain_data: TypeSecurePlainData | None = ...
class InputSendMessageRichMessageDraftAction(_O):
    can_stop: _bool = ...
    keep_on_stop: _bool = ...
    random_id: _int
    rich_message: TypeInputRichMessage
class InputShareThemeGift(_O):
    stargift: TypeInputSavedStarGift
class InputSingleMedia(_O):
    media: TypeInputMedia
    random_id: _int
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
class InputStarGiftAuction(_O):
    gift_id: _int
class InputStarGiftAuctionSlug(_O):
    slug: _str
class InputStarsTransaction(_O):
    refund: _bool = ...
    id: _str
class InputStickeredMediaDocument(_O):
    id: TypeInputDocument
class InputStickeredMediaPhoto(_O):
    id: TypeInputPhoto
class InputStickerSetAnimatedEmoji(_O): ...
class InputStickerSetAnimatedEmojiAnimations(_O): ...
class InputStickerSetDice(_O):
    emoticon: _str
class InputStickerSetEmojiChannelDefaultStatuses(_O): ...
class InputStickerSetEmojiDefaultStatuses(_O): ...
class InputStickerSetEmojiDefaultTopicIcons(_O): ...
class InputStickerSetEmojiGenericAnimations(_O): ...
class InputStickerSetEmpty(_O): ...
class InputStickerSetID(_O):
    id: _int
    access_hash: _int
class InputStickerSetItem(_O):
    document: TypeInputDocument
    emoji: _str
    mask_coords: TypeMaskCoords | None = ...
    keywords: _str | None = ...
class InputStickerSetPremiumGifts(_O): ...
class InputStickerSetShortName(_O):
    short_name: _str
class InputStickerSetThumb(_O):
    stickerset: TypeInputStickerSet
    thumb_version: _int
class InputStickerSetTonGifts(_O): ...
class InputStorePaymentAuthCode(_O):
    restore: _bool = ...
    phone_number: _str
    phone_code_hash: _str
    premium_days: _int
    currency: _str
    amount: _int
class InputStorePaymentGiftPremium(_O):
    user_id: TypeInputUser
    currency: _str
    amount: _int
class InputStorePaymentPremiumGiftCode(_O):
    users: _Seq[TypeInputUser]
    boost_peer: TypeInputPeer | None = ...
    currency: _str
    amount: _int
    message: TypeTextWithEntities | None = ...
class InputStorePaymentPremiumGiveaway(_O):
    only_new_subscribers: _bool = ...
    winners_are_visible: _bool = ...
    boost_peer: TypeInputPeer
    additional_peers: _Seq[TypeInputPeer] | None = ...
    countries_iso2: _list[_str] | None = ...
    prize_description: _str | None = ...
    random_id: _int
    until_date: _int
    currency: _str
    amount: _int
class InputStorePaymentPremiumSubscription(_O):
    restore: _bool = ...
    upgrade: _bool = ...
class InputStorePaymentStarsGift(_O):
    user_id: TypeInputUser
    stars: _int
    currency: _str
    amount: _int
class InputStorePaymentStarsGiveaway(_O):
    only_new_subscribers: _bool = ...
    winners_are_visible: _bool = ...
    stars: _int
    boost_peer: TypeInputPeer
    additional_peers: _Seq[TypeInputPeer] | None = ...
    countries_iso2: _list[_str] | None = ...
    prize_description: _str | None = ...
    random_id: _int
    until_date: _int
    currency: _str
    amount: _int
    users: _int
class InputStorePaymentStarsTopup(_O):
    stars: _int
    currency: _str
    amount: _int
    spend_purpose_peer: TypeInputPeer | None = ...
class InputTakeoutFileLocation(_O): ...
class InputTheme(_O):
    id: _int
    access_hash: _int
class InputThemeSettings(_O):
    message_colors_animated: _bool = ...
    base_theme: TypeBaseTheme
    accent_color: _int
    outbox_accent_color: _int | None = ...
    message_colors: _list[_int] | None = ...
    wallpaper: TypeInputWallPaper | None = ...
    wallpaper_settings: TypeWallPaperSettings | None = ...
class InputThemeSlug(_O):
    slug: _str
class InputTonConnectOauthSession(_O):
    session_id: _int
    challenge_answer: _bytes
    body: _bytes
    proof: TypeWalletOwnershipProof
class InputUser(_O):
    user_id: _int
    access_hash: _int
class InputUserEmpty(_O): ...
class InputUserFromMessage(_O):
    peer: TypeInputPeer
    msg_id: _int
    user_id: _int
class InputUserSelf(_O): ...
class InputWalletCardSticker(_O):
    coordinates: TypeMediaAreaCoordinates
    nft_address: _str
class InputWalletImported(_O):
    public_key: _bytes
    anchor_public_key: _bytes | None = ...
    proof: TypeWalletOwnershipProof
class InputWalletNew(_O): ...
class InputWallPaper(_O):
    id: _int
    access_hash: _int
class InputWallPaperNoFile(_O):
    id: _int
class InputWallPaperSlug(_O):
    slug: _str
class InputWebDocument(_O):
    url: _str
    size: _int
    mime_type: _str
    attributes: _Seq[TypeDocumentAttribute]
class InputWebFileAudioAlbumThumbLocation(_O):
    small: _bool = ...
    document: TypeInputDocument | None = ...
    title: _str | None = ...
    performer: _str | None = ...
class InputWebFileGeoPointLocation(_O):
    geo_point: TypeInputGeoPoint
    access_hash: _int
    w: _int
    h: _int
    zoom: _int
    scale: _int
class InputWebFileLocation(_O):
    url: _str
    access_hash: _int
class Invoice(_O):
    test: _bool = ...
    name_requested: _bool = ...
    phone_requested: _bool = ...
    email_requested: _bool = ...
    shipping_address_requested: _bool = ...
    flexible: _bool = ...
    phone_to_provider: _bool = ...
    email_to_provider: _bool = ...
    recurring: _bool = ...
    currency: _str
    prices: _list[TypeLabeledPrice]
    max_tip_amount: _int | None = ...
    suggested_tip_amounts: _list[_int] | None = ...
    terms_url: _str | None = ...
    subscription_period: _int | None = ...
class JoinChatBotResultApproved(_O): ...
class JoinChatBotResultDeclined(_O): ...
class JoinChatBotResultQueued(_O): ...
class JoinChatBotResultWebView(_O):
    url: _str
class JsonArray(_O):
    value: _Seq[TypeJSONValue]
class JsonBool(_O):
    value: _bool
class JsonNull(_O): ...
class JsonNumber(_O):
    value: _float
class JsonObject(_O):
    value: _list[TypeJSONObjectValue]
class JsonObjectValue(_O):
    key: _str
    value: TypeJSONValue
class JsonString(_O):
    value: _str
class KeyboardButton(_O):
    style: TypeKeyboardButtonStyle | None = ...
    text: _str
    type: TypeButtonType
class KeyboardButtonRow(_O):
    buttons: _list[TypeKeyboardButton]
class KeyboardButtonStyle(_O):
    bg_primary: _bool = ...
    bg_danger: _bool = ...
    bg_success: _bool = ...
    icon: _int | None = ...
class KeyboardInlineButton(_O):
    style: TypeKeyboardButtonStyle | None = ...
    text: _str
    type: TypeInlineButtonType
class KeyboardInlineButtonRow(_O):
    buttons: _list[TypeKeyboardInlineButton]
class LabeledPrice(_O):
    label: _str
    amount: _int
class LangPackDifference(_O):
    lang_code: _str
    from_version: _int
    version: _int
    strings: _Seq[TypeLangPackString]
class LangPackLanguage(_O):
    official: _bool = ...
    rtl: _bool = ...
    beta: _bool = ...
    name: _str
    native_name: _str
    lang_code: _str
    base_lang_code: _str | None = ...
    plural_code: _str
    strings_count: _int
    translated_count: _int
    translations_url: _str
class LangPackString(_O):
    key: _str
    value: _str
class LangPackStringDeleted(_O):
    key: _str
class LangPackStringPluralized(_O):
    key: _str
    zero_value: _str | None = ...
    one_value: _str | None = ...
    two_value: _str | None = ...
    few_value: _str | None = ...
    many_value: _str | None = ...
    other_value: _str
class MaskCoords(_O):
    n: _int
    x: _float
    y: _float
    zoom: _float
class MediaAreaChannelPost(_O):
    coordinates: TypeMediaAreaCoordinates
    channel_id: _int
    msg_id: _int
class MediaAreaCoordinates(_O):
    x: _float
    y: _float
    w: _float
    h: _float
    rotation: _float
    radius: _float | None = ...
class MediaAreaGeoPoint(_O):
    coordinates: TypeMediaAreaCoordinates
    geo: TypeGeoPoint
    address: TypeGeoPointAddress | None = ...
class MediaAreaStarGift(_O):
    coordinates: TypeMediaAreaCoordinates
    slug: _str
class MediaAreaSuggestedReaction(_O):
    dark: _bool = ...
    flipped: _bool = ...
    coordinates: TypeMediaAreaCoordinates
    reaction: TypeReaction
class MediaAreaUrl(_O):
    coordinates: TypeMediaAreaCoordinates
    url: _str
class MediaAreaVenue(_O):
    coordinates: TypeMediaAreaCoordinates
    geo: TypeGeoPoint
    title: _str
    address: _str
    provider: _str
    venue_id: _str
    venue_type: _str
class MediaAreaWeather(_O):
    coordinates: TypeMediaAreaCoordinates
    emoji: _str
    temperature_c: _float
    color: _int
class Message(_O):
    out: _bool = ...
    mentioned: _bool = ...
    media_unread: _bool = ...
    silent: _bool = ...
    post: _bool = ...
    from_scheduled: _bool = ...
    legacy: _bool = ...
    edit_hide: _bool = ...
    pinned: _bool = ...
    noforwards: _bool = ...
    invert_media: _bool = ...
    offline: _bool = ...
    video_processing_pending: _bool = ...
    paid_suggested_post_stars: _bool = ...
    paid_suggested_post_ton: _bool = ...
    id: _int
    from_id: TypePeer | None = ...
    from_boosts_applied: _int | None = ...
    from_rank: _str | None = ...
    peer_id: TypePeer
    saved_peer_id: TypePeer | None = ...
    fwd_from: TypeMessageFwdHeader | None = ...
    via_bot_id: _int | None = ...
    via_business_bot_id: _int | None = ...
    guestchat_via_from: TypePeer | None = ...
    reply_to: TypeMessageReplyHeader | None = ...
    date: _int
    message: _str
    media: TypeMessageMedia | None = ...
    reply_markup: TypeReplyMarkup | None = ...
    entities: _Seq[TypeMessageEntity] | None = ...
    views: _int | None = ...
    forwards: _int | None = ...
    replies: TypeMessageReplies | None = ...
    edit_date: _int | None = ...
    post_author: _str | None = ...
    grouped_id: _int | None = ...
    reactions: TypeMessageReactions | None = ...
    restriction_reason: _list[TypeRestrictionReason] | None = ...
    ttl_period: _int | None = ...
    quick_reply_shortcut_id: _int | None = ...
    effect: _int | None = ...
    factcheck: TypeFactCheck | None = ...
    report_delivery_until_date: _int | None = ...
    paid_message_stars: _int | None = ...
    suggested_post: TypeSuggestedPost | None = ...
    schedule_repeat_period: _int | None = ...
    summary_from_language: _str | None = ...
    rich_message: TypeRichMessage | None = ...
class MessageActionBoostApply(_O):
    boosts: _int
class MessageActionBotAllowed(_O):
    attach_menu: _bool = ...
    from_request: _bool = ...
    domain: _str | None = ...
    app: TypeBotApp | None = ...
class MessageActionChangeCommunity(_O):
    community_id: _int | None = ...
class MessageActionChangeCreator(_O):
    new_creator_id: _int
class MessageActionChannelCreate(_O):
    title: _str
class MessageActionChannelMigrateFrom(_O):
    title: _str
    chat_id: _int
class MessageActionChatAddUser(_O):
    users: _list[_int]
class MessageActionChatCreate(_O):
    title: _str
    users: _list[_int]
class MessageActionChatDeletePhoto(_O): ...
class MessageActionChatDeleteUser(_O):
    user_id: _int
class MessageActionChatEditPhoto(_O):
    photo: TypePhoto
class MessageActionChatEditTitle(_O):
    title: _str
class MessageActionChatJoinedByLink(_O):
    inviter_id: _int
class MessageActionChatJoinedByRequest(_O): ...
class MessageActionChatJoinedViaCommunity(_O):
    community_id: _int
class MessageActionChatMigrateTo(_O):
    channel_id: _int
class MessageActionConferenceCall(_O):
    missed: _bool = ...
    active: _bool = ...
    video: _bool = ...
    call_id: _int
    duration: _int | None = ...
    other_participants: _Seq[TypePeer] | None = ...
class MessageActionContactSignUp(_O): ...
class MessageActionCustomAction(_O):
    message: _str
class MessageActionEmpty(_O): ...
class MessageActionGameScore(_O):
    game_id: _int
    score: _int
class MessageActionGeoProximityReached(_O):
    from_id: TypePeer
    to_id: TypePeer
    distance: _int
class MessageActionGiftCode(_O):
    via_giveaway: _bool = ...
    unclaimed: _bool = ...
    boost_peer: TypePeer | None = ...
    days: _int
    slug: _str
    currency: _str | None = ...
    amount: _int | None = ...
    crypto_currency: _str | None = ...
    crypto_amount: _int | None = ...
    message: TypeTextWithEntities | None = ...
class MessageActionGiftPremium(_O):
    currency: _str
    amount: _int
    days: _int
    crypto_currency: _str | None = ...
    crypto_amount: _int | None = ...
    message: TypeTextWithEntities | None = ...
class MessageActionGiftStars(_O):
    currency: _str
    amount: _int
    stars: _int
    crypto_currency: _str | None = ...
    crypto_amount: _int | None = ...
    transaction_id: _str | None = ...
class MessageActionGiftTon(_O):
    currency: _str
    amount: _int
    crypto_currency: _str
    crypto_amount: _int
    transaction_id: _str | None = ...
class MessageActionGiveawayLaunch(_O):
    stars: _int | None = ...
class MessageActionGiveawayResults(_O):
    stars: _bool = ...
    winners_count: _int
    unclaimed_count: _int
class MessageActionGramTransfer(_O):
    comment_encrypted: _bool = ...
    amount: _int
    peer_address: _str
    transaction_id: _str
    comment: _str | None = ...
class MessageActionGroupCall(_O):
    call: TypeInputGroupCall
    duration: _int | None = ...
class MessageActionGroupCallScheduled(_O):
    call: TypeInputGroupCall
    schedule_date: _int
class MessageActionHistoryClear(_O): ...
class MessageActionInviteToGroupCall(_O):
    call: TypeInputGroupCall
    users: _list[_int]
class MessageActionManagedBotCreated(_O):
    bot_id: _int
class MessageActionNewCreatorPending(_O):
    new_creator_id: _int
class MessageActionNoForwardsRequest(_O):
    expired: _bool = ...
    prev_value: _bool
    new_value: _bool
class MessageActionNoForwardsToggle(_O):
    prev_value: _bool
    new_value: _bool
class MessageActionNoPaidMessagesTokenUsed(_O): ...
class MessageActionPaidMessagesPrice(_O):
    broadcast_messages_allowed: _bool = ...
    stars: _int
class MessageActionPaidMessagesRefunded(_O):
    count: _int
    stars: _int
class MessageActionPaymentRefunded(_O):
    peer: TypePeer
    currency: _str
    total_amount: _int
    payload: _bytes | None = ...
    charge: TypePaymentCharge
class MessageActionPaymentSent(_O):
    recurring_init: _bool = ...
    recurring_used: _bool = ...
    currency: _str
    total_amount: _int
    invoice_slug: _str | None = ...
    subscription_until_date: _int | None = ...
class MessageActionPaymentSentMe(_O):
    recurring_init: _bool = ...
    recurring_used: _bool = ...
    currency: _str
    total_amount: _int
    payload: _bytes
    info: TypePaymentRequestedInfo | None = ...
    shipping_option_id: _str | None = ...
    charge: TypePaymentCharge
    subscription_until_date: _int | None = ...
class MessageActionPhoneCall(_O):
    video: _bool = ...
    call_id: _int
    reason: TypePhoneCallDiscardReason | None = ...
    duration: _int | None = ...
class MessageActionPinMessage(_O): ...
class MessageActionPollAppendAnswer(_O):
    answer: TypePollAnswer
class MessageActionPollDeleteAnswer(_O):
    answer: TypePollAnswer
class MessageActionPrizeStars(_O):
    unclaimed: _bool = ...
    stars: _int
    transaction_id: _str
    boost_peer: TypePeer
    giveaway_msg_id: _int
class MessageActionRequestedPeer(_O):
    button_id: _int
    peers: _Seq[TypePeer]
class MessageActionRequestedPeerSentMe(_O):
    button_id: _int
    peers: _Seq[TypeRequestedPeer]
class MessageActionScreenshotTaken(_O): ...
class MessageActionSecureValuesSent(_O):
    types: _Seq[TypeSecureValueType]
class MessageActionSecureValuesSentMe(_O):
    values: _list[TypeSecureValue]
    credentials: TypeSecureCredentialsEncrypted
class MessageActionSetChatTheme(_O):
    theme: TypeChatTheme
class MessageActionSetChatWallPaper(_O):
    same: _bool = ...
    for_both: _bool = ...
    wallpaper: TypeWallPaper
class MessageActionSetMessagesTTL(_O):
    period: _int
    auto_setting_from: _int | None = ...
class MessageActionStarGift(_O):
    name_hidden: _bool = ...
    saved: _bool = ...
    converted: _bool = ...
    upgraded: _bool = ...
    refunded: _bool = ...
    can_upgrade: _bool = ...
    prepaid_upgrade: _bool = ...
    upgrade_separate: _bool = ...
    auction_acquired: _bool = ...
    gift: TypeStarGift
    message: TypeTextWithEntities | None = ...
    convert_stars: _int | None = ...
    upgrade_msg_id: _int | None = ...
    upgrade_stars: _int | None = ...
    from_id: TypePeer | None = ...
    peer: TypePeer | None = ...
    saved_id: _int | None = ...
    prepaid_upgrade_hash: _str | None = ...
    gift_msg_id: _int | None = ...
    to_id: TypePeer | None = ...
    gift_num: _int | None = ...
class MessageActionStarGiftPurchaseOffer(_O):
    accepted: _bool = ...
    declined: _bool = ...
    gift: TypeStarGift
    price: TypeStarsAmount
    expires_at: _int
class MessageActionStarGiftPurchaseOfferDeclined(_O):
    expired: _bool = ...
    gift: TypeStarGift
    price: TypeStarsAmount
class MessageActionStarGiftUnique(_O):
    upgrade: _bool = ...
    transferred: _bool = ...
    saved: _bool = ...
    refunded: _bool = ...
    prepaid_upgrade: _bool = ...
    assigned: _bool = ...
    from_offer: _bool = ...
    craft: _bool = ...
    name_hidden: _bool = ...
    gift: TypeStarGift
    can_export_at: _int | None = ...
    transfer_stars: _int | None = ...
    from_id: TypePeer | None = ...
    peer: TypePeer | None = ...
    saved_id: _int | None = ...
    resale_amount: TypeStarsAmount | None = ...
    can_transfer_at: _int | None = ...
    can_resell_at: _int | None = ...
    drop_original_details_stars: _int | None = ...
    can_craft_at: _int | None = ...
    message: TypeTextWithEntities | None = ...
class MessageActionSuggestBirthday(_O):
    birthday: TypeBirthday
class MessageActionSuggestedPostApproval(_O):
    rejected: _bool = ...
    balance_too_low: _bool = ...
    reject_comment: _str | None = ...
    schedule_date: _int | None = ...
    price: TypeStarsAmount | None = ...
class MessageActionSuggestedPostRefund(_O):
    payer_initiated: _bool = ...
class MessageActionSuggestedPostSuccess(_O):
    price: TypeStarsAmount
class MessageActionSuggestProfilePhoto(_O):
    photo: TypePhoto
class MessageActionTodoAppendTasks(_O):
    list: _list[TypeTodoItem]
class MessageActionTodoCompletions(_O):
    completed: _list[_int]
    incompleted: _list[_int]
class MessageActionTopicCreate(_O):
    title_missing: _bool = ...
    title: _str
    icon_color: _int
    icon_emoji_id: _int | None = ...
class MessageActionTopicEdit(_O):
    title: _str | None = ...
    icon_emoji_id: _int | None = ...
    closed: _bool | None = ...
    hidden: _bool | None = ...
class MessageActionWalletTonConnectRequest(_O):
    accepted: _bool = ...
    declined: _bool = ...
    session_id: _int
    expires: _int
    topic: _str | None = ...
    trace_id: _str | None = ...
    dapp_name: _str | None = ...
class MessageActionWebViewDataSent(_O):
    text: _str
class MessageActionWebViewDataSentMe(_O):
    text: _str
    data: _str
class MessageEmpty(_O):
    id: _int
    peer_id: TypePeer | None = ...
class MessageEntityBankCard(_O):
    offset: _int
    length: _int
class MessageEntityBlockquote(_O):
    collapsed: _bool = ...
    offset: _int
    length: _int
class MessageEntityBold(_O):
    offset: _int
    length: _int
class MessageEntityBotCommand(_O):
    offset: _int
    length: _int
class MessageEntityCashtag(_O):
    offset: _int
    length: _int
class MessageEntityCode(_O):
    offset: _int
    length: _int
class MessageEntityCustomEmoji(_O):
    offset: _int
    length: _int
    document_id: _int
class MessageEntityDiffDelete(_O):
    offset: _int
    length: _int
class MessageEntityDiffInsert(_O):
    offset: _int
    length: _int
class MessageEntityDiffReplace(_O):
    offset: _int
    length: _int
    old_text: _str
class MessageEntityEmail(_O):
    offset: _int
    length: _int
class MessageEntityFormattedDate(_O):
    relative: _bool = ...
    short_time: _bool = ...
    long_time: _bool = ...
    short_date: _bool = ...
    long_date: _bool = ...
    day_of_week: _bool = ...
    offset: _int
    length: _int
    date: _int
class MessageEntityHashtag(_O):
    offset: _int
    length: _int
class MessageEntityItalic(_O):
    offset: _int
    length: _int
class MessageEntityMention(_O):
    offset: _int
    length: _int
class MessageEntityMentionName(_O):
    offset: _int
    length: _int
    user_id: _int
class MessageEntityPhone(_O):
    offset: _int
    length: _int
class MessageEntityPre(_O):
    offset: _int
    length: _int
    language: _str
class MessageEntitySpoiler(_O):
    offset: _int
    length: _int
class MessageEntityStrike(_O):
    offset: _int
    length: _int
class MessageEntityTextUrl(_O):
    offset: _int
    length: _int
    url: _str
class MessageEntityTonAddress(_O):
    offset: _int
    length: _int
class MessageEntityUnderline(_O):
    offset: _int
    length: _int
class MessageEntityUnknown(_O):
    offset: _int
    length: _int
class MessageEntityUrl(_O):
    offset: _int
    length: _int
class MessageExtendedMedia(_O):
    media: TypeMessageMedia
class MessageExtendedMediaPreview(_O):
    w: _int | None = ...
    h: _int | None = ...
    thumb: TypePhotoSize | None = ...
    video_duration: _int | None = ...
class MessageFwdHeader(_O):
    imported: _bool = ...
    saved_out: _bool = ...
    from_id: TypePeer | None = ...
    from_name: _str | None = ...
    date: _int
    channel_post: _int | None = ...
    post_author: _str | None = ...
    saved_from_peer: TypePeer | None = ...
    saved_from_msg_id: _int | None = ...
    saved_from_id: TypePeer | None = ...
    saved_from_name: _str | None = ...
    saved_date: _int | None = ...
    psa_type: _str | None = ...
class MessageMediaContact(_O):
    phone_number: _str
    first_name: _str
    last_name: _str
    vcard: _str
    user_id: _int
class MessageMediaDice(_O):
    value: _int
    emoticon: _str
    game_outcome: _messages_TypeEmojiGameOutcome | None = ...
class MessageMediaDocument(_O):
    nopremium: _bool = ...
    spoiler: _bool = ...
    video: _bool = ...
    round: _bool = ...
    voice: _bool = ...
    document: TypeDocument | None = ...
    alt_documents: _Seq[TypeDocument] | None = ...
    video_cover: TypePhoto | None = ...
    video_timestamp: _int | None = ...
    ttl_seconds: _int | None = ...
class MessageMediaEmpty(_O): ...
class MessageMediaGame(_O):
    game: TypeGame
class MessageMediaGeo(_O):
    geo: TypeGeoPoint
class MessageMediaGeoLive(_O):
    geo: TypeGeoPoint
    heading: _int | None = ...
    period: _int
    proximity_notification_radius: _int | None = ...
class MessageMediaGiveaway(_O):
    only_new_subscribers: _bool = ...
    winners_are_visible: _bool = ...
    channels: _list[_int]
    countries_iso2: _list[_str] | None = ...
    prize_description: _str | None = ...
    quantity: _int
    months: _int | None = ...
    stars: _int | None = ...
    until_date: _int
class MessageMediaGiveawayResults(_O):
    only_new_subscribers: _bool = ...
    refunded: _bool = ...
    channel_id: _int
    additional_peers_count: _int | None = ...
    launch_msg_id: _int
    winners_count: _int
    unclaimed_count: _int
    winners: _list[_int]
    months: _int | None = ...
    stars: _int | None = ...
    prize_description: _str | None = ...
    until_date: _int
class MessageMediaInvoice(_O):
    shipping_address_requested: _bool = ...
    test: _bool = ...
    title: _str
    description: _str
    photo: TypeWebDocument | None = ...
    receipt_msg_id: _int | None = ...
    currency: _str
    total_amount: _int
    start_param: _str
    extended_media: TypeMessageExtendedMedia | None = ...
class MessageMediaPaidMedia(_O):
    stars_amount: _int
    extended_media: _Seq[TypeMessageExtendedMedia]
class MessageMediaPhoto(_O):
    spoiler: _bool = ...
    live_photo: _bool = ...
    photo: TypePhoto | None = ...
    ttl_seconds: _int | None = ...
    video: TypeDocument | None = ...
class MessageMediaPoll(_O):
    poll: TypePoll
    results: TypePollResults
    attached_media: TypeMessageMedia | None = ...
class MessageMediaStory(_O):
    via_mention: _bool = ...
    peer: TypePeer
    id: _int
    story: TypeStoryItem | None = ...
class MessageMediaToDo(_O):
    todo: TypeTodoList
    completions: _list[TypeTodoCompletion] | None = ...
class MessageMediaUnsupported(_O): ...
class MessageMediaVenue(_O):
    geo: TypeGeoPoint
    title: _str
    address: _str
    provider: _str
    venue_id: _str
    venue_type: _str
class MessageMediaVideoStream(_O):
    rtmp_stream: _bool = ...
    call: TypeInputGroupCall
class MessageMediaWebPage(_O):
    force_large_media: _bool = ...
    force_small_media: _bool = ...
    manual: _bool = ...
    safe: _bool = ...
    webpage: TypeWebPage
class MessagePeerReaction(_O):
    big: _bool = ...
    unread: _bool = ...
    my: _bool = ...
    peer_id: TypePeer
    date: _int
    reaction: TypeReaction
class MessagePeerVote(_O):
    peer: TypePeer
    option: _bytes
    date: _int
class MessagePeerVoteInputOption(_O):
    peer: TypePeer
    date: _int
class MessagePeerVoteMultiple(_O):
    peer: TypePeer
    options: _list[_bytes]
    date: _int
class MessageRange(_O):
    min_id: _int
    max_id: _int
class MessageReactions(_O):
    min: _bool = ...
    can_see_list: _bool = ...
    reactions_as_tags: _bool = ...
    results: _list[TypeReactionCount]
    recent_reactions: _list[TypeMessagePeerReaction] | None = ...
    top_reactors: _list[TypeMessageReactor] | None = ...
class MessageReactor(_O):
    top: _bool = ...
    my: _bool = ...
    anonymous: _bool = ...
    peer_id: TypePeer | None = ...
    count: _int
class MessageReplies(_O):
    comments: _bool = ...
    replies: _int
    replies_pts: _int
    recent_repliers: _Seq[TypePeer] | None = ...
    channel_id: _int | None = ...
    max_id: _int | None = ...
    read_max_id: _int | None = ...
class MessageReplyHeader(_O):
    reply_to_scheduled: _bool = ...
    forum_topic: _bool = ...
    quote: _bool = ...
    reply_to_ephemeral: _bool = ...
    reply_to_msg_id: _int | None = ...
    reply_to_peer_id: TypePeer | None = ...
    reply_from: TypeMessageFwdHeader | None = ...
    reply_media: TypeMessageMedia | None = ...
    reply_to_top_id: _int | None = ...
    quote_text: _str | None = ...
    quote_entities: _Seq[TypeMessageEntity] | None = ...
    quote_offset: _int | None = ...
    todo_item_id: _int | None = ...
    poll_option: _bytes | None = ...
    quote_rich: _Seq[TypeRichText] | None = ...
class MessageReplyStoryHeader(_O):
    peer: TypePeer
    story_id: _int
class MessageReportOption(_O):
    text: _str
    option: _bytes
class MessageService(_O):
    out: _bool = ...
    mentioned: _bool = ...
    media_unread: _bool = ...
    reactions_are_possible: _bool = ...
    silent: _bool = ...
    post: _bool = ...
    legacy: _bool = ...
    id: _int
    from_id: TypePeer | None = ...
    peer_id: TypePeer
    saved_peer_id: TypePeer | None = ...
    reply_to: TypeMessageReplyHeader | None = ...
    date: _int
    action: TypeMessageAction
    reactions: TypeMessageReactions | None = ...
    ttl_period: _int | None = ...
class MessageViews(_O):
    views: _int | None = ...
    forwards: _int | None = ...
    replies: TypeMessageReplies | None = ...
class MissingInvitee(_O):
    premium_would_allow_invite: _bool = ...
    premium_required_for_pm: _bool = ...
    user_id: _int
class MonoForumDialog(_O):
    unread_mark: _bool = ...
    nopaid_messages_exception: _bool = ...
    peer: TypePeer
    top_message: _int
    read_inbox_max_id: _int
    read_outbox_max_id: _int
    unread_count: _int
    unread_reactions_count: _int
    draft: TypeDraftMessage | None = ...
class MyBoost(_O):
    slot: _int
    peer: TypePeer | None = ...
    date: _int
    expires: _int
    cooldown_until_date: _int | None = ...
class NearestDc(_O):
    country: _str
    this_dc: _int
    nearest_dc: _int
class NotificationSoundDefault(_O): ...
class NotificationSoundLocal(_O):
    title: _str
    data: _str
class NotificationSoundNone(_O): ...
class NotificationSoundRingtone(_O):
    id: _int
class NotifyBroadcasts(_O): ...
class NotifyChats(_O): ...
class NotifyCommunity(_O):
    community_id: _int
class NotifyForumTopic(_O):
    peer: TypePeer
    top_msg_id: _int
class NotifyPeer(_O):
    peer: TypePeer
class NotifyUsers(_O): ...
class Null(_O): ...
class OnrampAvailability(_O):
    allowed: _bool = ...
    buy_allowed: _bool = ...
    country_code: _str
    state: _str | None = ...
    methods: _list[TypeOnrampMethodAvailability]
class OnrampLimits(_O):
    base_currency: _str
    base_min_amount: _str
    base_max_amount: _str
    crypto_min_amount: _str
    crypto_max_amount: _str
    payment_method: _str
class OnrampMethodAvailability(_O):
    available: _bool = ...
    payment_method: _str
class OnrampProviderInfo(_O):
    supports_base_currencies: _bool = ...
    supports_limits: _bool = ...
    supports_quote: _bool = ...
    id: _str
    name: _str
    crypto_currencies: _list[_str]
class OnrampQuote(_O):
    base_currency: _str
    base_amount: _str
    crypto_currency: _str
    crypto_amount: _str
    crypto_price: _str
    fee_amount: _str
    extra_fee_amount: _str
    network_fee_amount: _str
    total_amount: _str
    payment_method: _str
    expires_date: _int
class OnrampSession(_O):
    provider: _str
    session_id: _str
    url: _str
    expires_date: _int
class OutboxReadDate(_O):
    date: _int
class Page(_O):
    part: _bool = ...
    rtl: _bool = ...
    v2: _bool = ...
    url: _str
    blocks: _Seq[TypePageBlock]
    photos: _Seq[TypePhoto]
    documents: _Seq[TypeDocument]
    views: _int | None = ...
class PageBlockAnchor(_O):
    name: _str
class PageBlockAudio(_O):
    audio_id: _int
    caption: TypePageCaption
class PageBlockAuthorDate(_O):
    author: TypeRichText
    published_date: _int
class PageBlockBlockquote(_O):
    collapsed: _bool = ...
    text: TypeRichText
    caption: TypeRichText
class PageBlockBlockquoteBlocks(_O):
    blocks: _Seq[TypePageBlock]
    caption: TypeRichText
class PageBlockButtonRow(_O):
    align_left: _bool = ...
    align_center: _bool = ...
    align_right: _bool = ...
    buttons: _list[TypePageButton]
class PageBlockChannel(_O):
    channel: TypeChat
class PageBlockCollage(_O):
    items: _Seq[TypePageBlock]
    caption: TypePageCaption
class PageBlockCover(_O):
    cover: TypePageBlock
class PageBlockDetails(_O):
    open: _bool = ...
    blocks: _Seq[TypePageBlock]
    title: TypeRichText
class PageBlockDivider(_O): ...
class PageBlockDocument(_O):
    document_id: _int
    caption: TypePageCaption
class PageBlockEmbed(_O):
    full_width: _bool = ...
    allow_scrolling: _bool = ...
    url: _str | None = ...
    html: _str | None = ...
    poster_photo_id: _int | None = ...
    w: _int | None = ...
    h: _int | None = ...
    caption: TypePageCaption
class PageBlockEmbedPost(_O):
    url: _str
    webpage_id: _int
    author_photo_id: _int
    author: _str
    date: _int
    blocks: _Seq[TypePageBlock]
    caption: TypePageCaption
class PageBlockFooter(_O):
    text: TypeRichText
class PageBlockHeader(_O):
    text: TypeRichText
class PageBlockHeading1(_O):
    text: TypeRichText
class PageBlockHeading2(_O):
    text: TypeRichText
class PageBlockHeading3(_O):
    text: TypeRichText
class PageBlockHeading4(_O):
    text: TypeRichText
class PageBlockHeading5(_O):
    text: TypeRichText
class PageBlockHeading6(_O):
    text: TypeRichText
class PageBlockKicker(_O):
    text: TypeRichText
class PageBlockList(_O):
    items: _Seq[TypePageListItem]
class PageBlockMap(_O):
    geo: TypeGeoPoint
    zoom: _int
    w: _int
    h: _int
    caption: TypePageCaption
class PageBlockMath(_O):
    source: _str
class PageBlockOrderedList(_O):
    reversed: _bool = ...
    items: _Seq[TypePageListOrderedItem]
    start: _int | None = ...
    type: _str | None = ...
class PageBlockParagraph(_O):
    text: TypeRichText
class PageBlockPhoto(_O):
    spoiler: _bool = ...
    photo_id: _int
    caption: TypePageCaption
    url: _str | None = ...
    webpage_id: _int | None = ...
class PageBlockPreformatted(_O):
    text: TypeRichText
    language: _str
class PageBlockPullquote(_O):
    text: TypeRichText
    caption: TypeRichText
class PageBlockRelatedArticles(_O):
    title: TypeRichText
    articles: _list[TypePageRelatedArticle]
class PageBlockSlideshow(_O):
    items: _Seq[TypePageBlock]
    caption: TypePageCaption
class PageBlockSubheader(_O):
    text: TypeRichText
class PageBlockSubtitle(_O):
    text: TypeRichText
class PageBlockTable(_O):
    bordered: _bool = ...
    striped: _bool = ...
    compact: _bool = ...
    title: TypeRichText
    rows: _list[TypePageTableRow]
class PageBlockThinking(_O):
    text: TypeRichText
class PageBlockTitle(_O):
    text: TypeRichText
class PageBlockUnsupported(_O): ...
class PageBlockVideo(_O):
    autoplay: _bool = ...
    loop: _bool = ...
    spoiler: _bool = ...
    video_id: _int
    caption: TypePageCaption
class PageButton(_O):
    text: TypeRichText
    type: TypeInlineButtonType
    style: TypeRichButtonStyle | None = ...
class PageCaption(_O):
    text: TypeRichText
    credit: TypeRichText
class PageListItemBlocks(_O):
    checkbox: _bool = ...
    checked: _bool = ...
    blocks: _Seq[TypePageBlock]
class PageListItemText(_O):
    checkbox: _bool = ...
    checked: _bool = ...
    text: TypeRichText
class PageListOrderedItemBlocks(_O):
    checkbox: _bool = ...
    checked: _bool = ...
    num: _str | None = ...
    blocks: _Seq[TypePageBlock]
    value: _int | None = ...
    type: _str | None = ...
class PageListOrderedItemText(_O):
    checkbox: _bool = ...
    checked: _bool = ...
    num: _str | None = ...
    text: TypeRichText
    value: _int | None = ...
    type: _str | None = ...
class PageRelatedArticle(_O):
    url: _str
    webpage_id: _int
    title: _str | None = ...
    description: _str | None = ...
    photo_id: _int | None = ...
    author: _str | None = ...
    published_date: _int | None = ...
class PageTableCell(_O):
    header: _bool = ...
    align_center: _bool = ...
    align_right: _bool = ...
    valign_middle: _bool = ...
    valign_bottom: _bool = ...
    text: TypeRichText | None = ...
    colspan: _int | None = ...
    rowspan: _int | None = ...
class PageTableRow(_O):
    cells: _list[TypePageTableCell]
class PaidReactionPrivacyAnonymous(_O): ...
class PaidReactionPrivacyDefault(_O): ...
class PaidReactionPrivacyPeer(_O):
    peer: TypeInputPeer
class Passkey(_O):
    id: _str
    name: _str
    date: _int
    software_emoji_id: _int | None = ...
    last_usage_date: _int | None = ...
class PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(_O):
    salt1: _bytes
    salt2: _bytes
    g: _int
    p: _bytes
class PasswordKdfAlgoUnknown(_O): ...
class PaymentCharge(_O):
    id: _str
    provider_charge_id: _str
class PaymentFormMethod(_O):
    url: _str
    title: _str
class PaymentRequestedInfo(_O):
    name: _str | None = ...
    phone: _str | None = ...
    email: _str | None = ...
    shipping_address: TypePostAddress | None = ...
class PaymentSavedCredentialsCard(_O):
    id: _str
    title: _str
class PeerBlocked(_O):
    peer_id: TypePeer
    date: _int
class PeerChannel(_O):
    channel_id: _int
class PeerChat(_O):
    chat_id: _int
class PeerColor(_O):
    color: _int | None = ...
    background_emoji_id: _int | None = ...
class PeerColorCollectible(_O):
    collectible_id: _int
    gift_emoji_id: _int
    background_emoji_id: _int
    accent_color: _int
    colors: _list[_int]
    dark_accent_color: _int | None = ...
    dark_colors: _list[_int] | None = ...
class PeerLocated(_O):
    peer: TypePeer
    expires: _int
    distance: _int
class PeerNotifySettings(_O):
    show_previews: _bool | None = ...
    silent: _bool | None = ...
    mute_until: _int | None = ...
    ios_sound: TypeNotificationSound | None = ...
    android_sound: TypeNotificationSound | None = ...
    other_sound: TypeNotificationSound | None = ...
    stories_muted: _bool | None = ...
    stories_hide_sender: _bool | None = ...
    stories_ios_sound: TypeNotificationSound | None = ...
    stories_android_sound: TypeNotificationSound | None = ...
    stories_other_sound: TypeNotificationSound | None = ...
class PeerSelfLocated(_O):
    expires: _int
class PeerSettings(_O):
    report_spam: _bool = ...
    add_contact: _bool = ...
    block_contact: _bool = ...
    share_contact: _bool = ...
    need_contacts_exception: _bool = ...
    report_geo: _bool = ...
    autoarchived: _bool = ...
    invite_members: _bool = ...
    request_chat_broadcast: _bool = ...
    business_bot_paused: _bool = ...
    business_bot_can_reply: _bool = ...
    geo_distance: _int | None = ...
    request_chat_title: _str | None = ...
    request_chat_date: _int | None = ...
    business_bot_id: _int | None = ...
    business_bot_manage_url: _str | None = ...
    charge_paid_message_stars: _int | None = ...
    registration_month: _str | None = ...
    phone_country: _str | None = ...
    name_change_date: _int | None = ...
    photo_change_date: _int | None = ...
class PeerStories(_O):
    peer: TypePeer
    max_read_id: _int | None = ...
    stories: _Seq[TypeStoryItem]
class PeerUser(_O):
    user_id: _int
class PendingSuggestion(_O):
    suggestion: _str
    title: TypeTextWithEntities
    description: TypeTextWithEntities
    url: _str
class PhoneCall(_O):
    p2p_allowed: _bool = ...
    video: _bool = ...
    conference_supported: _bool = ...
    id: _int
    access_hash: _int
    date: _int
    admin_id: _int
    participant_id: _int
    g_a_or_b: _bytes
    key_fingerprint: _int
    protocol: TypePhoneCallProtocol
    connections: _Seq[TypePhoneConnection]
    start_date: _int
    custom_parameters: TypeDataJSON | None = ...
class PhoneCallAccepted(_O):
    video: _bool = ...
    id: _int
    access_hash: _int
    date: _int
    admin_id: _int
    participant_id: _int
    g_b: _bytes
    protocol: TypePhoneCallProtocol
class PhoneCallDiscarded(_O):
    need_rating: _bool = ...
    need_debug: _bool = ...
    video: _bool = ...
    id: _int
    reason: TypePhoneCallDiscardReason | None = ...
    duration: _int | None = ...
class PhoneCallDiscardReasonBusy(_O): ...
class PhoneCallDiscardReasonDisconnect(_O): ...
class PhoneCallDiscardReasonHangup(_O): ...
class PhoneCallDiscardReasonMigrateConferenceCall(_O):
    slug: _str
class PhoneCallDiscardReasonMissed(_O): ...
class PhoneCallEmpty(_O):
    id: _int
class PhoneCallProtocol(_O):
    udp_p2p: _bool = ...
    udp_reflector: _bool = ...
    min_layer: _int
    max_layer: _int
    library_versions: _list[_str]
class PhoneCallRequested(_O):
    video: _bool = ...
    id: _int
    access_hash: _int
    date: _int
    admin_id: _int
    participant_id: _int
    g_a_hash: _bytes
    protocol: TypePhoneCallProtocol
class PhoneCallWaiting(_O):
    video: _bool = ...
    id: _int
    access_hash: _int
    date: _int
    admin_id: _int
    participant_id: _int
    protocol: TypePhoneCallProtocol
    receive_date: _int | None = ...
class PhoneConnection(_O):
    tcp: _bool = ...
    id: _int
    ip: _str
    ipv6: _str
    port: _int
    peer_tag: _bytes
class PhoneConnectionWebrtc(_O):
    turn: _bool = ...
    stun: _bool = ...
    id: _int
    ip: _str
    ipv6: _str
    port: _int
    username: _str
    password: _str
class Photo(_O):
    has_stickers: _bool = ...
    id: _int
    access_hash: _int
    file_reference: _bytes
    date: _int
    sizes: _Seq[TypePhotoSize]
    video_sizes: _Seq[TypeVideoSize] | None = ...
    dc_id: _int
class PhotoCachedSize(_O):
    type: _str
    w: _int
    h: _int
    bytes: _bytes
class PhotoEmpty(_O):
    id: _int
class PhotoPathSize(_O):
    type: _str
    bytes: _bytes
class PhotoSize(_O):
    type: _str
    w: _int
    h: _int
    size: _int
class PhotoSizeEmpty(_O):
    type: _str
class PhotoSizeProgressive(_O):
    type: _str
    w: _int
    h: _int
    sizes: _list[_int]
class PhotoStrippedSize(_O):
    type: _str
    bytes: _bytes
class Poll(_O):
    id: _int
    closed: _bool = ...
    public_voters: _bool = ...
    multiple_choice: _bool = ...
    quiz: _bool = ...
    open_answers: _bool = ...
    revoting_disabled: _bool = ...
    shuffle_answers: _bool = ...
    hide_results_until_close: _bool = ...
    creator: _bool = ...
    subscribers_only: _bool = ...
    question: TypeTextWithEntities
    answers: _Seq[TypePollAnswer]
    close_period: _int | None = ...
    close_date: _int | None = ...
    countries_iso2: _list[_str] | None = ...
    hash: _int
class PollAnswer(_O):
    text: TypeTextWithEntities
    option: _bytes
    media: TypeMessageMedia | None = ...
    added_by: TypePeer | None = ...
    date: _int | None = ...
class PollAnswerVoters(_O):
    chosen: _bool = ...
    correct: _bool = ...
    option: _bytes
    voters: _int | None = ...
    recent_voters: _Seq[TypePeer] | None = ...
class PollResults(_O):
    min: _bool = ...
    has_unread_votes: _bool = ...
    can_view_stats: _bool = ...
    results: _list[TypePollAnswerVoters] | None = ...
    total_voters: _int | None = ...
    recent_voters: _Seq[TypePeer] | None = ...
    solution: _str | None = ...
    solution_entities: _Seq[TypeMessageEntity] | None = ...
    solution_media: TypeMessageMedia | None = ...
class PopularContact(_O):
    client_id: _int
    importers: _int
class PostAddress(_O):
    street_line1: _str
    street_line2: _str
    city: _str
    state: _str
    country_iso2: _str
    post_code: _str
class PostInteractionCountersMessage(_O):
    msg_id: _int
    views: _int
    forwards: _int
    reactions: _int
class PostInteractionCountersStory(_O):
    story_id: _int
    views: _int
    forwards: _int
    reactions: _int
class PremiumGiftCodeOption(_O):
    users: _int
    months: _int
    store_product: _str | None = ...
    store_quantity: _int | None = ...
    currency: _str
    amount: _int
class PremiumSubscriptionOption(_O):
    current: _bool = ...
    can_purchase_upgrade: _bool = ...
    transaction: _str | None = ...
    months: _int
    currency: _str
    amount: _int
    bot_url: _str
    store_product: _str | None = ...
class PrepaidGiveaway(_O):
    id: _int
    months: _int
    quantity: _int
    date: _int
class PrepaidStarsGiveaway(_O):
    id: _int
    stars: _int
    quantity: _int
    boosts: _int
    date: _int
class PrivacyKeyAbout(_O): ...
class PrivacyKeyAddedByPhone(_O): ...
class PrivacyKeyBirthday(_O): ...
class PrivacyKeyChatInvite(_O): ...
class PrivacyKeyForwards(_O): ...
class PrivacyKeyNoPaidMessages(_O): ...
class PrivacyKeyPhoneCall(_O): ...
class PrivacyKeyPhoneNumber(_O): ...
class PrivacyKeyPhoneP2P(_O): ...
class PrivacyKeyProfilePhoto(_O): ...
class PrivacyKeySavedMusic(_O): ...
class PrivacyKeyStarGiftsAutoSave(_O): ...
class PrivacyKeyStatusTimestamp(_O): ...
class PrivacyKeyVoiceMessages(_O): ...
class PrivacyValueAllowAll(_O): ...
class PrivacyValueAllowBots(_O): ...
class PrivacyValueAllowChatParticipants(_O):
    chats: _list[_int]
class PrivacyValueAllowCloseFriends(_O): ...
class PrivacyValueAllowContacts(_O): ...
class PrivacyValueAllowPremium(_O): ...
class PrivacyValueAllowUsers(_O):
    users: _list[_int]
class PrivacyValueDisallowAll(_O): ...
class PrivacyValueDisallowBots(_O): ...
class PrivacyValueDisallowChatParticipants(_O):
    chats: _list[_int]
class PrivacyValueDisallowContacts(_O): ...
class PrivacyValueDisallowUsers(_O):
    users: _list[_int]
class ProfileTabFiles(_O): ...
class ProfileTabGifs(_O): ...
class ProfileTabGifts(_O): ...
class ProfileTabLinks(_O): ...
class ProfileTabMedia(_O): ...
class ProfileTabMusic(_O): ...
class ProfileTabPosts(_O): ...
class ProfileTabVoice(_O): ...
class PublicForwardMessage(_O):
    message: TypeMessage
class PublicForwardStory(_O):
    peer: TypePeer
    story: TypeStoryItem
class QuickReply(_O):
    shortcut_id: _int
    shortcut: _str
    top_message: _int
    count: _int
class ReactionCount(_O):
    chosen_order: _int | None = ...
    reaction: TypeReaction
    count: _int
class ReactionCustomEmoji(_O):
    document_id: _int
class ReactionEmoji(_O):
    emoticon: _str
class ReactionEmpty(_O): ...
class ReactionNotificationsFromAll(_O): ...
class ReactionNotificationsFromContacts(_O): ...
class ReactionPaid(_O): ...
class ReactionsNotifySettings(_O):
    messages_notify_from: TypeReactionNotificationsFrom | None = ...
    stories_notify_from: TypeReactionNotificationsFrom | None = ...
    poll_votes_notify_from: TypeReactionNotificationsFrom | None = ...
    sound: TypeNotificationSound
    show_previews: _bool
class ReadParticipantDate(_O):
    user_id: _int
    date: _int
class ReceivedNotifyMessage(_O):
    id: _int
    flags: _int
class RecentMeUrlChat(_O):
    url: _str
    chat_id: _int
class RecentMeUrlChatInvite(_O):
    url: _str
    chat_invite: TypeChatInvite
class RecentMeUrlStickerSet(_O):
    url: _str
    set: TypeStickerSetCovered
class RecentMeUrlUnknown(_O):
    url: _str
class RecentMeUrlUser(_O):
    url: _str
    user_id: _int
class RecentStory(_O):
    live: _bool = ...
    max_id: _int | None = ...
class ReplyInlineMarkup(_O):
    force_reply: _bool = ...
    rows: _list[TypeKeyboardInlineButtonRow]
class ReplyKeyboardForceReply(_O):
    single_use: _bool = ...
    selective: _bool = ...
    placeholder: _str | None = ...
class ReplyKeyboardHide(_O):
    selective: _bool = ...
class ReplyKeyboardMarkup(_O):
    resize: _bool = ...
    single_use: _bool = ...
    selective: _bool = ...
    persistent: _bool = ...
    force_reply: _bool = ...
    rows: _list[TypeKeyboardButtonRow]
    placeholder: _str | None = ...
class ReportResultAddComment(_O):
    optional: _bool = ...
    option: _bytes
class ReportResultChooseOption(_O):
    title: _str
    options: _list[TypeMessageReportOption]
class ReportResultReported(_O): ...
class RequestedPeerChannel(_O):
    channel_id: _int
    title: _str | None = ...
    username: _str | None = ...
    photo: TypePhoto | None = ...
class RequestedPeerChat(_O):
    chat_id: _int
    title: _str | None = ...
    photo: TypePhoto | None = ...
class RequestedPeerUser(_O):
    user_id: _int
    first_name: _str | None = ...
    last_name: _str | None = ...
    username: _str | None = ...
    photo: TypePhoto | None = ...
class RequestPeerTypeBroadcast(_O):
    creator: _bool = ...
    has_username: _bool | None = ...
    user_admin_rights: TypeChatAdminRights | None = ...
    bot_admin_rights: TypeChatAdminRights | None = ...
class RequestPeerTypeChat(_O):
    creator: _bool = ...
    bot_participant: _bool = ...
    has_username: _bool | None = ...
    forum: _bool | None = ...
    user_admin_rights: TypeChatAdminRights | None = ...
    bot_admin_rights: TypeChatAdminRights | None = ...
class RequestPeerTypeCreateBot(_O):
    bot_managed: _bool = ...
    suggested_name: _str | None = ...
    suggested_username: _str | None = ...
class RequestPeerTypeUser(_O):
    bot: _bool | None = ...
    premium: _bool | None = ...
class RequirementToContactEmpty(_O): ...
class RequirementToContactPaidMessages(_O):
    stars_amount: _int
class RequirementToContactPremium(_O): ...
class RestrictionReason(_O):
    platform: _str
    reason: _str
    text: _str
class RichButtonStyle(_O):
    bg_primary: _bool = ...
    bg_danger: _bool = ...
    bg_success: _bool = ...
    link: _bool = ...
class RichMessage(_O):
    rtl: _bool = ...
    part: _bool = ...
    blocks: _Seq[TypePageBlock]
    photos: _Seq[TypePhoto]
    documents: _Seq[TypeDocument]
class SavedDialog(_O):
    pinned: _bool = ...
    peer: TypePeer
    top_message: _int
class SavedPhoneContact(_O):
    phone: _str
    first_name: _str
    last_name: _str
    date: _int
class SavedReactionTag(_O):
    reaction: TypeReaction
    title: _str | None = ...
    count: _int
class SavedStarGift(_O):
    name_hidden: _bool = ...
    unsaved: _bool = ...
    refunded: _bool = ...
    can_upgrade: _bool = ...
    pinned_to_top: _bool = ...
    upgrade_separate: _bool = ...
    from_id: TypePeer | None = ...
    date: _int
    gift: TypeStarGift
    message: TypeTextWithEntities | None = ...
    msg_id: _int | None = ...
    saved_id: _int | None = ...
    convert_stars: _int | None = ...
    upgrade_stars: _int | None = ...
    can_export_at: _int | None = ...
    transfer_stars: _int | None = ...
    can_transfer_at: _int | None = ...
    can_resell_at: _int | None = ...
    collection_id: _list[_int] | None = ...
    prepaid_upgrade_hash: _str | None = ...
    drop_original_details_stars: _int | None = ...
    gift_num: _int | None = ...
    can_craft_at: _int | None = ...
class SearchPostsFlood(_O):
    query_is_free: _bool = ...
    total_daily: _int
    remains: _int
    wait_till: _int | None = ...
    stars_amount: _int
class SearchResultPosition(_O):
    msg_id: _int
    date: _int
    offset: _int
class SearchResultsCalendarPeriod(_O):
    date: _int
    min_msg_id: _int
    max_msg_id: _int
    count: _int
class SecureCredentialsEncrypted(_O):
    data: _bytes
    hash: _bytes
    secret: _bytes
class SecureData(_O):
    data: _bytes
    data_hash: _bytes
    secret: _bytes
class SecureFile(_O):
    id: _int
    access_hash: _int
    size: _int
    dc_id: _int
    date: _int
    file_hash: _bytes
    secret: _bytes
class SecureFileEmpty(_O): ...
class SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000(_O):
    salt: _bytes
class SecurePasswordKdfAlgoSHA512(_O):
    salt: _bytes
class SecurePasswordKdfAlgoUnknown(_O): ...
class SecurePlainEmail(_O):
    email: _str
class SecurePlainPhone(_O):
    phone: _str
class SecureRequiredType(_O):
    native_names: _bool = ...
    selfie_required: _bool = ...
    translation_required: _bool = ...
    type: TypeSecureValueType
class SecureRequiredTypeOneOf(_O):
    types: _Seq[TypeSecureRequiredType]
class SecureSecretSettings(_O):
    secure_algo: TypeSecurePasswordKdfAlgo
    secure_secret: _bytes
    secure_secret_id: _int
class SecureValue(_O):
    type: TypeSecureValueType
    data: TypeSecureData | None = ...
    front_side: TypeSecureFile | None = ...
    reverse_side: TypeSecureFile | None = ...
    selfie: TypeSecureFile | None = ...
    translation: _Seq[TypeSecureFile] | None = ...
    files: _Seq[TypeSecureFile] | None = ...
    plain_data: TypeSecurePlainData | None = ...
    hash: _bytes
class SecureValueError(_O):
    type: TypeSecureValueType
    hash: _bytes
    text: _str
class SecureValueErrorData(_O):
    type: TypeSecureValueType
    data_hash: _bytes
    field: _str
    text: _str
class SecureValueErrorFile(_O):
    type: TypeSecureValueType
    file_hash: _bytes
    text: _str
class SecureValueErrorFiles(_O):
    type: TypeSecureValueType
    file_hash: _list[_bytes]
    text: _str
class SecureValueErrorFrontSide(_O):
    type: TypeSecureValueType
    file_hash: _bytes
    text: _str
class SecureValueErrorReverseSide(_O):
    type: TypeSecureValueType
    file_hash: _bytes
    text: _str
class SecureValueErrorSelfie(_O):
    type: TypeSecureValueType
    file_hash: _bytes
    text: _str
class SecureValueErrorTranslationFile(_O):
    type: TypeSecureValueType
    file_hash: _bytes
    text: _str
class SecureValueErrorTranslationFiles(_O):
    type: TypeSecureValueType
    file_hash: _list[_bytes]
    text: _str
class SecureValueHash(_O):
    type: TypeSecureValueType
    hash: _bytes
class SecureValueTypeAddress(_O): ...
class SecureValueTypeBankStatement(_O): ...
class SecureValueTypeDriverLicense(_O): ...
class SecureValueTypeEmail(_O): ...
class SecureValueTypeIdentityCard(_O): ...
class SecureValueTypeInternalPassport(_O): ...
class SecureValueTypePassport(_O): ...
class SecureValueTypePassportRegistration(_O): ...
class SecureValueTypePersonalDetails(_O): ...
class SecureValueTypePhone(_O): ...
class SecureValueTypeRentalAgreement(_O): ...
class SecureValueTypeTemporaryRegistration(_O): ...
class SecureValueTypeUtilityBill(_O): ...
class SendAsPeer(_O):
    premium_required: _bool = ...
    peer: TypePeer
class SendMessageCancelAction(_O): ...
class SendMessageChooseContactAction(_O): ...
class SendMessageChooseStickerAction(_O): ...
class SendMessageEmojiInteraction(_O):
    emoticon: _str
    msg_id: _int
    interaction: TypeDataJSON
class SendMessageEmojiInteractionSeen(_O):
    emoticon: _str
class SendMessageGamePlayAction(_O): ...
class SendMessageGeoLocationAction(_O): ...
class SendMessageHistoryImportAction(_O):
    progress: _int
class SendMessageRecordAudioAction(_O): ...
class SendMessageRecordRoundAction(_O): ...
class SendMessageRecordVideoAction(_O): ...
class SendMessageRichMessageDraftAction(_O):
    can_stop: _bool = ...
    keep_on_stop: _bool = ...
    random_id: _int
    rich_message: TypeRichMessage
class SendMessageStopDraftAction(_O):
    random_id: _int
class SendMessageTextDraftAction(_O):
    can_stop: _bool = ...
    keep_on_stop: _bool = ...
    random_id: _int
    text: TypeTextWithEntities
class SendMessageTypingAction(_O): ...
class SendMessageUploadAudioAction(_O):
    progress: _int
class SendMessageUploadDocumentAction(_O):
    progress: _int
class SendMessageUploadPhotoAction(_O):
    progress: _int
class SendMessageUploadRoundAction(_O):
    progress: _int
class SendMessageUploadVideoAction(_O):
    progress: _int
class ShareThemeBackdropOption(_O):
    backdrop_id: _int
    name: _str
    center_color: _int
    edge_color: _int
    pattern_color: _int
    text_color: _int
class ShareThemeBackdrops(_O):
    hash: _int
    backdrops: _list[TypeShareThemeBackdropOption]
class ShareThemeBackdropsNotModified(_O): ...
class ShareThemeDefault(_O): ...
class ShareThemeEmojiBackdrop(_O):
    backdrop_id: _int | None = ...
    emojis: _Seq[TypeReaction] | None = ...
class ShareThemeGift(_O):
    stargift: TypeStarGift
class ShippingOption(_O):
    id: _str
    title: _str
    prices: _list[TypeLabeledPrice]
class SmsJob(_O):
    job_id: _str
    phone_number: _str
    text: _str
class SpeakingInGroupCallAction(_O): ...
class SponsoredMessage(_O):
    recommended: _bool = ...
    can_report: _bool = ...
    random_id: _bytes
    url: _str
    title: _str
    message: _str
    entities: _Seq[TypeMessageEntity] | None = ...
    photo: TypePhoto | None = ...
    media: TypeMessageMedia | None = ...
    color: TypePeerColor | None = ...
    button_text: _str
    sponsor_info: _str | None = ...
    additional_info: _str | None = ...
    min_display_duration: _int | None = ...
    max_display_duration: _int | None = ...
class SponsoredMessageReportOption(_O):
    text: _str
    option: _bytes
class SponsoredPeer(_O):
    random_id: _bytes
    peer: TypePeer
    sponsor_info: _str | None = ...
    additional_info: _str | None = ...
class StarGift(_O):
    limited: _bool = ...
    sold_out: _bool = ...
    birthday: _bool = ...
    require_premium: _bool = ...
    limited_per_user: _bool = ...
    peer_color_available: _bool = ...
    auction: _bool = ...
    id: _int
    sticker: TypeDocument
    stars: _int
    availability_remains: _int | None = ...
    availability_total: _int | None = ...
    availability_resale: _int | None = ...
    convert_stars: _int
    first_sale_date: _int | None = ...
    last_sale_date: _int | None = ...
    upgrade_stars: _int | None = ...
    resell_min_stars: _int | None = ...
    title: _str | None = ...
    released_by: TypePeer | None = ...
    per_user_total: _int | None = ...
    per_user_remains: _int | None = ...
    locked_until_date: _int | None = ...
    auction_slug: _str | None = ...
    gifts_per_round: _int | None = ...
    auction_start_date: _int | None = ...
    upgrade_variants: _int | None = ...
    background: TypeStarGiftBackground | None = ...
class StarGiftActiveAuctionState(_O):
    gift: TypeStarGift
    state: TypeStarGiftAuctionState
    user_state: TypeStarGiftAuctionUserState
class StarGiftAttributeBackdrop(_O):
    name: _str
    backdrop_id: _int
    center_color: _int
    edge_color: _int
    pattern_color: _int
    text_color: _int
    rarity: TypeStarGiftAttributeRarity
class StarGiftAttributeCounter(_O):
    attribute: TypeStarGiftAttributeId
    count: _int
class StarGiftAttributeIdBackdrop(_O):
    backdrop_id: _int
class StarGiftAttributeIdModel(_O):
    document_id: _int
class StarGiftAttributeIdPattern(_O):
    document_id: _int
class StarGiftAttributeModel(_O):
    crafted: _bool = ...
    name: _str
    document: TypeDocument
    rarity: TypeStarGiftAttributeRarity
class StarGiftAttributeOriginalDetails(_O):
    sender_id: TypePeer | None = ...
    recipient_id: TypePeer
    date: _int
    message: TypeTextWithEntities | None = ...
class StarGiftAttributePattern(_O):
    name: _str
    document: TypeDocument
    rarity: TypeStarGiftAttributeRarity
class StarGiftAttributeRarity(_O):
    permille: _int
class StarGiftAttributeRarityEpic(_O): ...
class StarGiftAttributeRarityLegendary(_O): ...
class StarGiftAttributeRarityRare(_O): ...
class StarGiftAttributeRarityUncommon(_O): ...
class StarGiftAuctionAcquiredGift(_O):
    name_hidden: _bool = ...
    peer: TypePeer
    date: _int
    bid_amount: _int
    round: _int
    pos: _int
    message: TypeTextWithEntities | None = ...
    gift_num: _int | None = ...
class StarGiftAuctionRound(_O):
    num: _int
    duration: _int
class StarGiftAuctionRoundExtendable(_O):
    num: _int
    duration: _int
    extend_top: _int
    extend_window: _int
class StarGiftAuctionState(_O):
    version: _int
    start_date: _int
    end_date: _int
    min_bid_amount: _int
    bid_levels: _list[TypeAuctionBidLevel]
    top_bidders: _list[_int]
    next_round_at: _int
    last_gift_num: _int
    gifts_left: _int
    current_round: _int
    total_rounds: _int
    rounds: _Seq[TypeStarGiftAuctionRound]
class StarGiftAuctionStateFinished(_O):
    start_date: _int
    end_date: _int
    average_price: _int
    listed_count: _int | None = ...
    fragment_listed_count: _int | None = ...
    fragment_listed_url: _str | None = ...
class StarGiftAuctionStateNotModified(_O): ...
class StarGiftAuctionUserState(_O):
    returned: _bool = ...
    bid_amount: _int | None = ...
    bid_date: _int | None = ...
    min_bid_amount: _int | None = ...
    bid_peer: TypePeer | None = ...
    acquired_count: _int
class StarGiftBackground(_O):
    center_color: _int
    edge_color: _int
    text_color: _int
class StarGiftCollection(_O):
    collection_id: _int
    title: _str
    icon: TypeDocument | None = ...
    gifts_count: _int
    hash: _int
class StarGiftUnique(_O):
    require_premium: _bool = ...
    resale_ton_only: _bool = ...
    theme_available: _bool = ...
    burned: _bool = ...
    crafted: _bool = ...
    id: _int
    gift_id: _int
    title: _str
    slug: _str
    num: _int
    owner_id: TypePeer | None = ...
    owner_name: _str | None = ...
    owner_address: _str | None = ...
    attributes: _Seq[TypeStarGiftAttribute]
    availability_issued: _int
    availability_total: _int
    gift_address: _str | None = ...
    resell_amount: _Seq[TypeStarsAmount] | None = ...
    released_by: TypePeer | None = ...
    value_amount: _int | None = ...
    value_currency: _str | None = ...
    value_usd_amount: _int | None = ...
    theme_peer: TypePeer | None = ...
    peer_color: TypePeerColor | None = ...
    host_id: TypePeer | None = ...
    offer_min_stars: _int | None = ...
    craft_chance_permille: _int | None = ...
class StarGiftUpgradePrice(_O):
    date: _int
    upgrade_stars: _int
class StarRefProgram(_O):
    bot_id: _int
    commission_permille: _int
    duration_months: _int | None = ...
    end_date: _int | None = ...
    daily_revenue_per_user: TypeStarsAmount | None = ...
class StarsAmount(_O):
    amount: _int
    nanos: _int
class StarsGiftOption(_O):
    extended: _bool = ...
    stars: _int
    store_product: _str | None = ...
    currency: _str
    amount: _int
class StarsGiveawayOption(_O):
    extended: _bool = ...
    default: _bool = ...
    stars: _int
    yearly_boosts: _int
    store_product: _str | None = ...
    currency: _str
    amount: _int
    winners: _list[TypeStarsGiveawayWinnersOption]
class StarsGiveawayWinnersOption(_O):
    default: _bool = ...
    users: _int
    per_user_stars: _int
class StarsRating(_O):
    level: _int
    current_level_stars: _int
    stars: _int
    next_level_stars: _int | None = ...
class StarsRevenueStatus(_O):
    withdrawal_enabled: _bool = ...
    current_balance: TypeStarsAmount
    available_balance: TypeStarsAmount
    overall_revenue: TypeStarsAmount
    next_withdrawal_at: _int | None = ...
class StarsSubscription(_O):
    canceled: _bool = ...
    can_refulfill: _bool = ...
    missing_balance: _bool = ...
    bot_canceled: _bool = ...
    id: _str
    peer: TypePeer
    until_date: _int
    pricing: TypeStarsSubscriptionPricing
    chat_invite_hash: _str | None = ...
    title: _str | None = ...
    photo: TypeWebDocument | None = ...
    invoice_slug: _str | None = ...
class StarsSubscriptionPricing(_O):
    period: _int
    amount: _int
class StarsTonAmount(_O):
    amount: _int
class StarsTopupOption(_O):
    extended: _bool = ...
    stars: _int
    store_product: _str | None = ...
    currency: _str
    amount: _int
class StarsTransaction(_O):
    refund: _bool = ...
    pending: _bool = ...
    failed: _bool = ...
    gift: _bool = ...
    reaction: _bool = ...
    stargift_upgrade: _bool = ...
    business_transfer: _bool = ...
    stargift_resale: _bool = ...
    posts_search: _bool = ...
    stargift_prepaid_upgrade: _bool = ...
    stargift_drop_original_details: _bool = ...
    phonegroup_message: _bool = ...
    stargift_auction_bid: _bool = ...
    offer: _bool = ...
    id: _str
    amount: TypeStarsAmount
    date: _int
    peer: TypeStarsTransactionPeer
    title: _str | None = ...
    description: _str | None = ...
    photo: TypeWebDocument | None = ...
    transaction_date: _int | None = ...
    transaction_url: _str | None = ...
    bot_payload: _bytes | None = ...
    msg_id: _int | None = ...
    extended_media: _Seq[TypeMessageMedia] | None = ...
    subscription_period: _int | None = ...
    giveaway_post_id: _int | None = ...
    stargift: TypeStarGift | None = ...
    floodskip_number: _int | None = ...
    starref_commission_permille: _int | None = ...
    starref_peer: TypePeer | None = ...
    starref_amount: TypeStarsAmount | None = ...
    paid_messages: _int | None = ...
    premium_gift_months: _int | None = ...
    ads_proceeds_from_date: _int | None = ...
    ads_proceeds_to_date: _int | None = ...
class StarsTransactionPeer(_O):
    peer: TypePeer
class StarsTransactionPeerAds(_O): ...
class StarsTransactionPeerAPI(_O): ...
class StarsTransactionPeerAppStore(_O): ...
class StarsTransactionPeerFragment(_O): ...
class StarsTransactionPeerPlayMarket(_O): ...
class StarsTransactionPeerPremiumBot(_O): ...
class StarsTransactionPeerUnsupported(_O): ...
class StatsAbsValueAndPrev(_O):
    current: _float
    previous: _float
class StatsDateRangeDays(_O):
    min_date: _int
    max_date: _int
class StatsGraph(_O):
    json: TypeDataJSON
    zoom_token: _str | None = ...
class StatsGraphAsync(_O):
    token: _str
class StatsGraphError(_O):
    error: _str
class StatsGroupTopAdmin(_O):
    user_id: _int
    deleted: _int
    kicked: _int
    banned: _int
class StatsGroupTopInviter(_O):
    user_id: _int
    invitations: _int
class StatsGroupTopPoster(_O):
    user_id: _int
    messages: _int
    avg_chars: _int
class StatsPercentValue(_O):
    part: _float
    total: _float
class StatsURL(_O):
    url: _str
class StickerKeyword(_O):
    document_id: _int
    keyword: _list[_str]
class StickerPack(_O):
    emoticon: _str
    documents: _list[_int]
class StickerSet(_O):
    archived: _bool = ...
    official: _bool = ...
    masks: _bool = ...
    emojis: _bool = ...
    text_color: _bool = ...
    channel_emoji_status: _bool = ...
    creator: _bool = ...
    installed_date: _int | None = ...
    id: _int
    access_hash: _int
    title: _str
    short_name: _str
    thumbs: _Seq[TypePhotoSize] | None = ...
    thumb_dc_id: _int | None = ...
    thumb_version: _int | None = ...
    thumb_document_id: _int | None = ...
    count: _int
    hash: _int
class StickerSetCovered(_O):
    set: TypeStickerSet
    cover: TypeDocument
class StickerSetFullCovered(_O):
    set: TypeStickerSet
    packs: _list[TypeStickerPack]
    keywords: _list[TypeStickerKeyword]
    documents: _Seq[TypeDocument]
class StickerSetMultiCovered(_O):
    set: TypeStickerSet
    covers: _Seq[TypeDocument]
class StickerSetNoCovered(_O):
    set: TypeStickerSet
class StoriesStealthMode(_O):
    active_until_date: _int | None = ...
    cooldown_until_date: _int | None = ...
class StoryAlbum(_O):
    album_id: _int
    title: _str
    icon_photo: TypePhoto | None = ...
    icon_video: TypeDocument | None = ...
class StoryFwdHeader(_O):
    modified: _bool = ...
    from_: TypePeer | None = ...
    from_name: _str | None = ...
    story_id: _int | None = ...
class StoryItem(_O):
    pinned: _bool = ...
    public: _bool = ...
    close_friends: _bool = ...
    min: _bool = ...
    noforwards: _bool = ...
    edited: _bool = ...
    contacts: _bool = ...
    selected_contacts: _bool = ...
    out: _bool = ...
    id: _int
    date: _int
    from_id: TypePeer | None = ...
    fwd_from: TypeStoryFwdHeader | None = ...
    expire_date: _int
    caption: _str | None = ...
    entities: _Seq[TypeMessageEntity] | None = ...
    media: TypeMessageMedia
    media_areas: _Seq[TypeMediaArea] | None = ...
    privacy: _Seq[TypePrivacyRule] | None = ...
    views: TypeStoryViews | None = ...
    sent_reaction: TypeReaction | None = ...
    albums: _list[_int] | None = ...
    music: TypeDocument | None = ...
class StoryItemDeleted(_O):
    id: _int
class StoryItemSkipped(_O):
    close_friends: _bool = ...
    live: _bool = ...
    id: _int
    date: _int
    expire_date: _int
class StoryReaction(_O):
    peer_id: TypePeer
    date: _int
    reaction: TypeReaction
class StoryReactionPublicForward(_O):
    message: TypeMessage
class StoryReactionPublicRepost(_O):
    peer_id: TypePeer
    story: TypeStoryItem
class StoryView(_O):
    blocked: _bool = ...
    blocked_my_stories_from: _bool = ...
    user_id: _int
    date: _int
    reaction: TypeReaction | None = ...
class StoryViewPublicForward(_O):
    blocked: _bool = ...
    blocked_my_stories_from: _bool = ...
    message: TypeMessage
class StoryViewPublicRepost(_O):
    blocked: _bool = ...
    blocked_my_stories_from: _bool = ...
    peer_id: TypePeer
    story: TypeStoryItem
class StoryViews(_O):
    has_viewers: _bool = ...
    views_count: _int
    forwards_count: _int | None = ...
    reactions: _list[TypeReactionCount] | None = ...
    reactions_count: _int | None = ...
    recent_viewers: _list[_int] | None = ...
class SuggestedPost(_O):
    accepted: _bool = ...
    rejected: _bool = ...
    price: TypeStarsAmount | None = ...
    schedule_date: _int | None = ...
class TextAnchor(_O):
    text: TypeRichText
    name: _str
class TextAutoEmail(_O):
    text: TypeRichText
class TextAutoPhone(_O):
    text: TypeRichText
class TextAutoUrl(_O):
    text: TypeRichText
class TextBankCard(_O):
    text: TypeRichText
class TextBold(_O):
    text: TypeRichText
class TextBotCommand(_O):
    text: TypeRichText
class TextButton(_O):
    text: TypeRichText
    type: TypeInlineButtonType
    style: TypeRichButtonStyle | None = ...
class TextCashtag(_O):
    text: TypeRichText
class TextConcat(_O):
    texts: _Seq[TypeRichText]
class TextCustomEmoji(_O):
    document_id: _int
    alt: _str
class TextDate(_O):
    relative: _bool = ...
    short_time: _bool = ...
    long_time: _bool = ...
    short_date: _bool = ...
    long_date: _bool = ...
    day_of_week: _bool = ...
    text: TypeRichText
    date: _int
class TextDiff(_O):
    text: TypeRichText
    old_text: TypeRichText
class TextEmail(_O):
    text: TypeRichText
    email: _str
class TextEmpty(_O): ...
class TextFixed(_O):
    text: TypeRichText
class TextHashtag(_O):
    text: TypeRichText
class TextImage(_O):
    document_id: _int
    w: _int
    h: _int
class TextItalic(_O):
    text: TypeRichText
class TextMarked(_O):
    text: TypeRichText
class TextMath(_O):
    source: _str
class TextMention(_O):
    text: TypeRichText
class TextMentionName(_O):
    text: TypeRichText
    user_id: _int
class TextPhone(_O):
    text: TypeRichText
    phone: _str
class TextPlain(_O):
    text: _str
class TextSpoiler(_O):
    text: TypeRichText
class TextStrike(_O):
    text: TypeRichText
class TextSubscript(_O):
    text: TypeRichText
class TextSuperscript(_O):
    text: TypeRichText
class TextTonAddress(_O):
    text: TypeRichText
class TextUnderline(_O):
    text: TypeRichText
class TextUrl(_O):
    text: TypeRichText
    url: _str
    webpage_id: _int
class TextWithEntities(_O):
    text: _str
    entities: _Seq[TypeMessageEntity]
class Theme(_O):
    creator: _bool = ...
    default: _bool = ...
    for_chat: _bool = ...
    id: _int
    access_hash: _int
    slug: _str
    title: _str
    document: TypeDocument | None = ...
    settings: _list[TypeThemeSettings] | None = ...
    emoticon: _str | None = ...
    installs_count: _int | None = ...
class ThemeSettings(_O):
    message_colors_animated: _bool = ...
    base_theme: TypeBaseTheme
    accent_color: _int
    outbox_accent_color: _int | None = ...
    message_colors: _list[_int] | None = ...
    wallpaper: TypeWallPaper | None = ...
class Timezone(_O):
    id: _str
    name: _str
    utc_offset: _int
class TodoCompletion(_O):
    id: _int
    completed_by: TypePeer
    date: _int
class TodoItem(_O):
    id: _int
    title: TypeTextWithEntities
class TodoList(_O):
    others_can_append: _bool = ...
    others_can_complete: _bool = ...
    title: TypeTextWithEntities
    list: _list[TypeTodoItem]
class TonConnectManifest(_O):
    url: _str
    name: _str
    icon: TypeWebDocument | None = ...
class TonConnectNextEventId(_O):
    event_id: _int
class TonConnectRequest(_O):
    session_id: _int
    msg_id: _int
    body: _bytes
    expires: _int
    topic: _str | None = ...
    trace_id: _str | None = ...
class TonConnectSession(_O):
    pending: _bool = ...
    closing: _bool = ...
    closed: _bool = ...
    id: _int
    dapp_client_id: _str
    client_id: _str | None = ...
    nonce: _bytes
    manifest: TypeTonConnectManifest | None = ...
    manifest_error: _int | None = ...
    date: _int
class TopPeer(_O):
    peer: TypePeer
    rating: _float
class TopPeerCategoryBotsApp(_O): ...
class TopPeerCategoryBotsGuestChat(_O): ...
class TopPeerCategoryBotsInline(_O): ...
class TopPeerCategoryBotsPM(_O): ...
class TopPeerCategoryChannels(_O): ...
class TopPeerCategoryCorrespondents(_O): ...
class TopPeerCategoryForwardChats(_O): ...
class TopPeerCategoryForwardUsers(_O): ...
class TopPeerCategoryGroups(_O): ...
class TopPeerCategoryPeers(_O):
    category: TypeTopPeerCategory
    count: _int
    peers: _list[TypeTopPeer]
class TopPeerCategoryPhoneCalls(_O): ...
class True_(_O): ...
class UpdateAiComposeTones(_O): ...
class UpdateAttachMenuBots(_O): ...
class UpdateAutoSaveSettings(_O): ...
class UpdateBotBusinessConnect(_O):
    connection: TypeBotBusinessConnection
    qts: _int
class UpdateBotCallbackQuery(_O):
    query_id: _int
    user_id: _int
    peer: TypePeer
    msg_id: _int
    chat_instance: _int
    data: _bytes | None = ...
    game_short_name: _str | None = ...
class UpdateBotChatBoost(_O):
    peer: TypePeer
    boost: TypeBoost
    qts: _int
class UpdateBotChatInviteRequester(_O):
    peer: TypePeer
    date: _int
    user_id: _int
    about: _str
    invite: TypeExportedChatInvite
    qts: _int
    query_id: _int | None = ...
class UpdateBotCommands(_O):
    peer: TypePeer
    bot_id: _int
    commands: _list[TypeBotCommand]
class UpdateBotDeleteBusinessMessage(_O):
    connection_id: _str
    peer: TypePeer
    messages: _list[_int]
    qts: _int
class UpdateBotEditBusinessMessage(_O):
    connection_id: _str
    message: TypeMessage
    reply_to_message: TypeMessage | None = ...
    qts: _int
class UpdateBotGuestChatQuery(_O):
    query_id: _int
    message: TypeMessage
    reference_messages: _Seq[TypeMessage] | None = ...
    qts: _int
class UpdateBotInlineQuery(_O):
    query_id: _int
    user_id: _int
    query: _str
    geo: TypeGeoPoint | None = ...
    peer_type: TypeInlineQueryPeerType | None = ...
    offset: _str
class UpdateBotInlineSend(_O):
    user_id: _int
    query: _str
    geo: TypeGeoPoint | None = ...
    id: _str
    msg_id: TypeInputBotInlineMessageID | None = ...
class UpdateBotMenuButton(_O):
    bot_id: _int
    button: TypeBotMenuButton
class UpdateBotMessageReaction(_O):
    peer: TypePeer
    msg_id: _int
    date: _int
    actor: TypePeer
    old_reactions: _Seq[TypeReaction]
    new_reactions: _Seq[TypeReaction]
    qts: _int
class UpdateBotMessageReactions(_O):
    peer: TypePeer
    msg_id: _int
    date: _int
    reactions: _list[TypeReactionCount]
    qts: _int
class UpdateBotNewBusinessMessage(_O):
    connection_id: _str
    message: TypeMessage
    reply_to_message: TypeMessage | None = ...
    qts: _int
class UpdateBotPrecheckoutQuery(_O):
    query_id: _int
    user_id: _int
    payload: _bytes
    info: TypePaymentRequestedInfo | None = ...
    shipping_option_id: _str | None = ...
    currency: _str
    total_amount: _int
class UpdateBotPurchasedPaidMedia(_O):
    user_id: _int
    payload: _str
    qts: _int
class UpdateBotShippingQuery(_O):
    query_id: _int
    user_id: _int
    payload: _bytes
    shipping_address: TypePostAddress
class UpdateBotStarsSubscription(_O):
    canceled: _bool = ...
    payment_failed: _bool = ...
    restored: _bool = ...
    user_id: _int
    payload: _bytes
    qts: _int
class UpdateBotStopped(_O):
    user_id: _int
    date: _int
    stopped: _bool
    qts: _int
class UpdateBotWebhookJSON(_O):
    data: TypeDataJSON
class UpdateBotWebhookJSONQuery(_O):
    query_id: _int
    data: TypeDataJSON
    timeout: _int
class UpdateBusinessBotCallbackQuery(_O):
    query_id: _int
    user_id: _int
    connection_id: _str
    message: TypeMessage
    reply_to_message: TypeMessage | None = ...
    chat_instance: _int
    data: _bytes | None = ...
class UpdateChannel(_O):
    channel_id: _int
class UpdateChannelAvailableMessages(_O):
    channel_id: _int
    available_min_id: _int
class UpdateChannelMessageForwards(_O):
    channel_id: _int
    id: _int
    forwards: _int
class UpdateChannelMessageViews(_O):
    channel_id: _int
    id: _int
    views: _int
class UpdateChannelParticipant(_O):
    via_chatlist: _bool = ...
    channel_id: _int
    date: _int
    actor_id: _int
    user_id: _int
    prev_participant: TypeChannelParticipant | None = ...
    new_participant: TypeChannelParticipant | None = ...
    invite: TypeExportedChatInvite | None = ...
    qts: _int
class UpdateChannelReadMessagesContents(_O):
    channel_id: _int
    top_msg_id: _int | None = ...
    saved_peer_id: TypePeer | None = ...
    messages: _list[_int]
class UpdateChannelTooLong(_O):
    channel_id: _int
    pts: _int | None = ...
class UpdateChannelUserTyping(_O):
    channel_id: _int
    top_msg_id: _int | None = ...
    from_id: TypePeer
    action: TypeSendMessageAction
class UpdateChannelViewForumAsMessages(_O):
    channel_id: _int
    enabled: _bool
class UpdateChannelWebPage(_O):
    channel_id: _int
    webpage: TypeWebPage
    pts: _int
    pts_count: _int
class UpdateChat(_O):
    chat_id: _int
class UpdateChatDefaultBannedRights(_O):
    peer: TypePeer
    default_banned_rights: TypeChatBannedRights
    version: _int
class UpdateChatParticipant(_O):
    chat_id: _int
    date: _int
    actor_id: _int
    user_id: _int
    prev_participant: TypeChatParticipant | None = ...
    new_participant: TypeChatParticipant | None = ...
    invite: TypeExportedChatInvite | None = ...
    qts: _int
class UpdateChatParticipantAdd(_O):
    chat_id: _int
    user_id: _int
    inviter_id: _int
    date: _int
    version: _int
class UpdateChatParticipantAdmin(_O):
    chat_id: _int
    user_id: _int
    is_admin: _bool
    version: _int
class UpdateChatParticipantDelete(_O):
    chat_id: _int
    user_id: _int
    version: _int
class UpdateChatParticipantRank(_O):
    chat_id: _int
    user_id: _int
    rank: _str
    version: _int
class UpdateChatParticipants(_O):
    participants: TypeChatParticipants
class UpdateChatUserTyping(_O):
    chat_id: _int
    from_id: TypePeer
    action: TypeSendMessageAction
class UpdateConfig(_O): ...
class UpdateContactsReset(_O): ...
class UpdateDcOptions(_O):
    dc_options: _list[TypeDcOption]
class UpdateDeleteChannelMessages(_O):
    channel_id: _int
    messages: _list[_int]
    pts: _int
    pts_count: _int
class UpdateDeleteEphemeralMessages(_O):
    peer: TypePeer
    ids: _list[_int]
class UpdateDeleteGroupCallMessages(_O):
    call: TypeInputGroupCall
    messages: _list[_int]
class UpdateDeleteMessages(_O):
    messages: _list[_int]
    pts: _int
    pts_count: _int
class UpdateDeleteQuickReply(_O):
    shortcut_id: _int
class UpdateDeleteQuickReplyMessages(_O):
    shortcut_id: _int
    messages: _list[_int]
class UpdateDeleteScheduledMessages(_O):
    peer: TypePeer
    messages: _list[_int]
    sent_messages: _list[_int] | None = ...
class UpdateDialogFilter(_O):
    id: _int
    filter: TypeDialogFilter | None = ...
class UpdateDialogFilterOrder(_O):
    order: _list[_int]
class UpdateDialogFilters(_O): ...
class UpdateDialogPinned(_O):
    pinned: _bool = ...
    folder_id: _int | None = ...
    peer: TypeDialogPeer
class UpdateDialogUnreadMark(_O):
    unread: _bool = ...
    peer: TypeDialogPeer
    saved_peer_id: TypePeer | None = ...
class UpdateDraftMessage(_O):
    peer: TypePeer
    top_msg_id: _int | None = ...
    saved_peer_id: TypePeer | None = ...
    draft: TypeDraftMessage
class UpdateEditChannelMessage(_O):
    message: TypeMessage
    pts: _int
    pts_count: _int
class UpdateEditEphemeralMessage(_O):
    message: TypeEphemeralMessage
class UpdateEditMessage(_O):
    message: TypeMessage
    pts: _int
    pts_count: _int
class UpdateEmojiGameInfo(_O):
    info: _messages_TypeEmojiGameInfo
class UpdateEncryptedChatTyping(_O):
    chat_id: _int
class UpdateEncryptedMessagesRead(_O):
    chat_id: _int
    max_date: _int
    date: _int
class UpdateEncryption(_O):
    chat: TypeEncryptedChat
    date: _int
class UpdateEphemeralBotCallbackQuery(_O):
    query_id: _int
    user_id: _int
    peer: TypePeer | None = ...
    msg_id: _int
    data: _bytes
    chat_instance: _int | None = ...
    message: TypeEphemeralMessage
class UpdateFavedStickers(_O): ...
class UpdateFolderPeers(_O):
    folder_peers: _list[TypeFolderPeer]
    pts: _int
    pts_count: _int
class UpdateGeoLiveViewed(_O):
    peer: TypePeer
    msg_id: _int
class UpdateGroupCall(_O):
    live_story: _bool = ...
    peer: TypePeer | None = ...
    call: TypeGroupCall
class UpdateGroupCallChainBlocks(_O):
    call: TypeInputGroupCall
    sub_chain_id: _int
    blocks: _list[_bytes]
    next_offset: _int
class UpdateGroupCallConnection(_O):
    presentation: _bool = ...
    params: TypeDataJSON
class UpdateGroupCallEncryptedMessage(_O):
    call: TypeInputGroupCall
    from_id: TypePeer
    encrypted_message: _bytes
class UpdateGroupCallMessage(_O):
    call: TypeInputGroupCall
    message: TypeGroupCallMessage
class UpdateGroupCallParticipants(_O):
    call: TypeInputGroupCall
    participants: _list[TypeGroupCallParticipant]
    version: _int
class UpdateInlineBotCallbackQuery(_O):
    query_id: _int
    user_id: _int
    msg_id: TypeInputBotInlineMessageID
    chat_instance: _int
    data: _bytes | None = ...
    game_short_name: _str | None = ...
class UpdateJoinChatWebViewDecision(_O):
    peer: TypePeer
    query_id: _int
    result: TypeJoinChatBotResult
class UpdateLangPack(_O):
    difference: TypeLangPackDifference
class UpdateLangPackTooLong(_O):
    lang_code: _str
class UpdateLoginToken(_O): ...
class UpdateManagedBot(_O):
    user_id: _int
    bot_id: _int
    qts: _int
class UpdateMessageExtendedMedia(_O):
    peer: TypePeer
    msg_id: _int
    extended_media: _Seq[TypeMessageExtendedMedia]
class UpdateMessageID(_O):
    id: _int
    random_id: _int
class UpdateMessagePoll(_O):
    peer: TypePeer | None = ...
    msg_id: _int | None = ...
    top_msg_id: _int | None = ...
    poll_id: _int
    poll: TypePoll | None = ...
    results: TypePollResults
class UpdateMessagePollVote(_O):
    poll_id: _int
    peer: TypePeer
    options: _list[_bytes]
    positions: _list[_int]
    qts: _int
class UpdateMessageReactions(_O):
    peer: TypePeer
    msg_id: _int
    top_msg_id: _int | None = ...
    saved_peer_id: TypePeer | None = ...
    reactions: TypeMessageReactions
class UpdateMonoForumNoPaidException(_O):
    exception: _bool = ...
    channel_id: _int
    saved_peer_id: TypePeer
class UpdateMoveStickerSetToTop(_O):
    masks: _bool = ...
    emojis: _bool = ...
    stickerset: _int
class UpdateNewAuthorization(_O):
    unconfirmed: _bool = ...
    hash: _int
    date: _int | None = ...
    device: _str | None = ...
    location: _str | None = ...
class UpdateNewBotConnection(_O):
    confirmed: _bool = ...
    bot_id: _int
    date: _int | None = ...
    device: _str | None = ...
    location: _str | None = ...
class UpdateNewChannelMessage(_O):
    message: TypeMessage
    pts: _int
    pts_count: _int
class UpdateNewEncryptedMessage(_O):
    message: TypeEncryptedMessage
    qts: _int
class UpdateNewEphemeralMessage(_O):
    message: TypeEphemeralMessage
class UpdateNewMessage(_O):
    message: TypeMessage
    pts: _int
    pts_count: _int
class UpdateNewQuickReply(_O):
    quick_reply: TypeQuickReply
class UpdateNewScheduledMessage(_O):
    message: TypeMessage
class UpdateNewStickerSet(_O):
    stickerset: _messages_TypeStickerSet
class UpdateNewStoryReaction(_O):
    story_id: _int
    peer: TypePeer
    reaction: TypeReaction
class UpdateNotifySettings(_O):
    peer: TypeNotifyPeer
    notify_settings: TypePeerNotifySettings
class UpdatePaidReactionPrivacy(_O):
    private: TypePaidReactionPrivacy
class UpdatePeerBlocked(_O):
    blocked: _bool = ...
    blocked_my_stories_from: _bool = ...
    peer_id: TypePeer
class UpdatePeerHistoryTTL(_O):
    peer: TypePeer
    ttl_period: _int | None = ...
class UpdatePeerLocated(_O):
    peers: _Seq[TypePeerLocated]
class UpdatePeerSettings(_O):
    peer: TypePeer
    settings: TypePeerSettings
class UpdatePeerWallpaper(_O):
    wallpaper_overridden: _bool = ...
    peer: TypePeer
    wallpaper: TypeWallPaper | None = ...
class UpdatePendingJoinRequests(_O):
    peer: TypePeer
    requests_pending: _int
    recent_requesters: _list[_int]
class UpdatePhoneCall(_O):
    phone_call: TypePhoneCall
class UpdatePhoneCallSignalingData(_O):
    phone_call_id: _int
    data: _bytes
class UpdatePinnedChannelMessages(_O):
    pinned: _bool = ...
    channel_id: _int
    messages: _list[_int]
    pts: _int
    pts_count: _int
class UpdatePinnedDialogs(_O):
    folder_id: _int | None = ...
    order: _Seq[TypeDialogPeer] | None = ...
class UpdatePinnedForumTopic(_O):
    pinned: _bool = ...
    peer: TypePeer
    topic_id: _int
class UpdatePinnedForumTopics(_O):
    peer: TypePeer
    order: _list[_int] | None = ...
class UpdatePinnedMessages(_O):
    pinned: _bool = ...
    peer: TypePeer
    messages: _list[_int]
    pts: _int
    pts_count: _int
class UpdatePinnedSavedDialogs(_O):
    order: _Seq[TypeDialogPeer] | None = ...
class UpdatePrivacy(_O):
    key: TypePrivacyKey
    rules: _Seq[TypePrivacyRule]
class UpdatePtsChanged(_O): ...
class UpdateQuickReplies(_O):
    quick_replies: _list[TypeQuickReply]
class UpdateQuickReplyMessage(_O):
    message: TypeMessage
class UpdateReadChannelDiscussionInbox(_O):
    channel_id: _int
    top_msg_id: _int
    read_max_id: _int
    broadcast_id: _int | None = ...
    broadcast_post: _int | None = ...
class UpdateReadChannelDiscussionOutbox(_O):
    channel_id: _int
    top_msg_id: _int
    read_max_id: _int
class UpdateReadChannelInbox(_O):
    folder_id: _int | None = ...
    channel_id: _int
    max_id: _int
    still_unread_count: _int
    pts: _int
class UpdateReadChannelOutbox(_O):
    channel_id: _int
    max_id: _int
class UpdateReadFeaturedEmojiStickers(_O): ...
class UpdateReadFeaturedStickers(_O): ...
class UpdateReadHistoryInbox(_O):
    folder_id: _int | None = ...
    peer: TypePeer
    top_msg_id: _int | None = ...
    max_id: _int
    still_unread_count: _int
    pts: _int
    pts_count: _int
class UpdateReadHistoryOutbox(_O):
    peer: TypePeer
    max_id: _int
    pts: _int
    pts_count: _int
class UpdateReadMessagesContents(_O):
    messages: _list[_int]
    pts: _int
    pts_count: _int
    date: _int | None = ...
class UpdateReadMonoForumInbox(_O):
    channel_id: _int
    saved_peer_id: TypePeer
    read_max_id: _int
class UpdateReadMonoForumOutbox(_O):
    channel_id: _int
    saved_peer_id: TypePeer
    read_max_id: _int
class UpdateReadStories(_O):
    peer: TypePeer
    max_id: _int
class UpdateRecentEmojiStatuses(_O): ...
class UpdateRecentReactions(_O): ...
class UpdateRecentStickers(_O): ...
class Updates(_O):
    updates: _Seq[TypeUpdate]
    users: _Seq[TypeUser]
    chats: _Seq[TypeChat]
    date: _int
    seq: _int
class UpdateSavedDialogPinned(_O):
    pinned: _bool = ...
    peer: TypeDialogPeer
class UpdateSavedGifs(_O): ...
class UpdateSavedReactionTags(_O): ...
class UpdateSavedRingtones(_O): ...
class UpdatesCombined(_O):
    updates: _Seq[TypeUpdate]
    users: _Seq[TypeUser]
    chats: _Seq[TypeChat]
    date: _int
    seq_start: _int
    seq: _int
class UpdateSentPhoneCode(_O):
    sent_code: _auth_TypeSentCode
class UpdateSentStoryReaction(_O):
    peer: TypePeer
    story_id: _int
    reaction: TypeReaction
class UpdateSentWalletTransaction(_O):
    gasless: _bool = ...
    msg_hash: _str
    transaction: TypeWalletTransaction | None = ...
class UpdateServiceNotification(_O):
    popup: _bool = ...
    invert_media: _bool = ...
    inbox_date: _int | None = ...
    type: _str
    message: _str
    media: TypeMessageMedia
    entities: _Seq[TypeMessageEntity]
class UpdateShort(_O):
    update: TypeUpdate
    date: _int
class UpdateShortChatMessage(_O):
    out: _bool = ...
    mentioned: _bool = ...
    media_unread: _bool = ...
    silent: _bool = ...
    id: _int
    from_id: _int
    chat_id: _int
    message: _str
    pts: _int
    pts_count: _int
    date: _int
    fwd_from: TypeMessageFwdHeader | None = ...
    via_bot_id: _int | None = ...
    reply_to: TypeMessageReplyHeader | None = ...
    entities: _Seq[TypeMessageEntity] | None = ...
    ttl_period: _int | None = ...
class UpdateShortMessage(_O):
    out: _bool = ...
    mentioned: _bool = ...
    media_unread: _bool = ...
    silent: _bool = ...
    id: _int
    user_id: _int
    message: _str
    pts: _int
    pts_count: _int
    date: _int
    fwd_from: TypeMessageFwdHeader | None = ...
    via_bot_id: _int | None = ...
    reply_to: TypeMessageReplyHeader | None = ...
    entities: _Seq[TypeMessageEntity] | None = ...
    ttl_period: _int | None = ...
class UpdateShortSentMessage(_O):
    out: _bool = ...
    id: _int
    pts: _int
    pts_count: _int
    date: _int
    media: TypeMessageMedia | None = ...
    entities: _Seq[TypeMessageEntity] | None = ...
    ttl_period: _int | None = ...
class UpdateSmsJob(_O):
    job_id: _str
class UpdateStarGiftAuctionState(_O):
    gift_id: _int
    state: TypeStarGiftAuctionState
class UpdateStarGiftAuctionUserState(_O):
    gift_id: _int
    user_state: TypeStarGiftAuctionUserState
class UpdateStarGiftCraftFail(_O): ...
class UpdateStarsBalance(_O):
    balance: TypeStarsAmount
class UpdateStarsRevenueStatus(_O):
    peer: TypePeer
    status: TypeStarsRevenueStatus
class UpdateStickerSets(_O):
    masks: _bool = ...
    emojis: _bool = ...
class UpdateStickerSetsOrder(_O):
    masks: _bool = ...
    emojis: _bool = ...
    order: _list[_int]
class UpdatesTooLong(_O): ...
class UpdateStoriesStealthMode(_O):
    stealth_mode: TypeStoriesStealthMode
class UpdateStory(_O):
    peer: TypePeer
    story: TypeStoryItem
class UpdateStoryID(_O):
    id: _int
    random_id: _int
class UpdateTheme(_O):
    theme: TypeTheme
class UpdateTranscribedAudio(_O):
    pending: _bool = ...
    peer: TypePeer
    msg_id: _int
    transcription_id: _int
    text: _str
class UpdateUser(_O):
    user_id: _int
class UpdateUserEmojiStatus(_O):
    user_id: _int
    emoji_status: TypeEmojiStatus
class UpdateUserName(_O):
    user_id: _int
    first_name: _str
    last_name: _str
    usernames: _list[TypeUsername]
class UpdateUserPhone(_O):
    user_id: _int
    phone: _str
class UpdateUserStatus(_O):
    user_id: _int
    status: TypeUserStatus
class UpdateUserTyping(_O):
    user_id: _int
    top_msg_id: _int | None = ...
    action: TypeSendMessageAction
class UpdateWalletGaslessInfo(_O):
    available: _bool = ...
    left: _int
    reset_at: _int
    min_amount: _int
    relayer_address: _str
class UpdateWalletState(_O):
    state: TypeWalletState
class UpdateWalletTonConnectPendingDisconnect(_O):
    session_ids: _list[_int]
class UpdateWalletTonConnectSession(_O):
    session: TypeTonConnectSession
class UpdateWebBrowserException(_O):
    delete: _bool = ...
    open_external_browser: _bool | None = ...
    exception: TypeWebDomainException
class UpdateWebBrowserSettings(_O):
    open_external_browser: _bool = ...
    display_close_button: _bool = ...
class UpdateWebPage(_O):
    webpage: TypeWebPage
    pts: _int
    pts_count: _int
class UpdateWebViewResultSent(_O):
    query_id: _int
class UrlAuthResultAccepted(_O):
    url: _str | None = ...
class UrlAuthResultDefault(_O): ...
class UrlAuthResultRequest(_O):
    request_write_access: _bool = ...
    request_phone_number: _bool = ...
    match_codes_first: _bool = ...
    is_app: _bool = ...
    request_wallet: _bool = ...
    bot: TypeUser
    domain: _str
    browser: _str | None = ...
    platform: _str | None = ...
    ip: _str | None = ...
    region: _str | None = ...
    match_codes: _list[_str] | None = ...
    user_id_hint: _int | None = ...
    verified_app_name: _str | None = ...
    tc_session_id: _int | None = ...
    tc_client_id: _str | None = ...
class User(_O):
    self: _bool = ...
    contact: _bool = ...
    mutual_contact: _bool = ...
    deleted: _bool = ...
    bot: _bool = ...
    bot_chat_history: _bool = ...
    bot_nochats: _bool = ...
    verified: _bool = ...
    restricted: _bool = ...
    min: _bool = ...
    bot_inline_geo: _bool = ...
    support: _bool = ...
    scam: _bool = ...
    apply_min_photo: _bool = ...
    fake: _bool = ...
    bot_attach_menu: _bool = ...
    premium: _bool = ...
    attach_menu_enabled: _bool = ...
    bot_can_edit: _bool = ...
    close_friend: _bool = ...
    stories_hidden: _bool = ...
    stories_unavailable: _bool = ...
    contact_require_premium: _bool = ...
    bot_business: _bool = ...
    bot_has_main_app: _bool = ...
    bot_forum_view: _bool = ...
    bot_forum_can_manage_topics: _bool = ...
    bot_can_manage_bots: _bool = ...
    bot_guestchat: _bool = ...
    bot_guard: _bool = ...
    id: _int
    access_hash: _int | None = ...
    first_name: _str | None = ...
    last_name: _str | None = ...
    username: _str | None = ...
    phone: _str | None = ...
    photo: TypeUserProfilePhoto | None = ...
    status: TypeUserStatus | None = ...
    bot_info_version: _int | None = ...
    restriction_reason: _list[TypeRestrictionReason] | None = ...
    bot_inline_placeholder: _str | None = ...
    lang_code: _str | None = ...
    emoji_status: TypeEmojiStatus | None = ...
    usernames: _list[TypeUsername] | None = ...
    stories_max_id: TypeRecentStory | None = ...
    color: TypePeerColor | None = ...
    profile_color: TypePeerColor | None = ...
    bot_active_users: _int | None = ...
    bot_verification_icon: _int | None = ...
    send_paid_messages_stars: _int | None = ...
    linked_community_id: _int | None = ...
    def __init__(_o, /, *, self: _bool = ..., contact: _bool = ..., mutual_contact: _bool = ..., deleted: _bool = ..., bot: _bool = ..., bot_chat_history: _bool = ..., bot_nochats: _bool = ..., verified: _bool = ..., restricted: _bool = ..., min: _bool = ..., bot_inline_geo: _bool = ..., support: _bool = ..., scam: _bool = ..., apply_min_photo: _bool = ..., fake: _bool = ..., bot_attach_menu: _bool = ..., premium: _bool = ..., attach_menu_enabled: _bool = ..., bot_can_edit: _bool = ..., close_friend: _bool = ..., stories_hidden: _bool = ..., stories_unavailable: _bool = ..., contact_require_premium: _bool = ..., bot_business: _bool = ..., bot_has_main_app: _bool = ..., bot_forum_view: _bool = ..., bot_forum_can_manage_topics: _bool = ..., bot_can_manage_bots: _bool = ..., bot_guestchat: _bool = ..., bot_guard: _bool = ..., id: _int, access_hash: _int | None = ..., first_name: _str | None = ..., last_name: _str | None = ..., username: _str | None = ..., phone: _str | None = ..., photo: TypeUserProfilePhoto | None = ..., status: TypeUserStatus | None = ..., bot_info_version: _int | None = ..., restriction_reason: _list[TypeRestrictionReason] | None = ..., bot_inline_placeholder: _str | None = ..., lang_code: _str | None = ..., emoji_status: TypeEmojiStatus | None = ..., usernames: _list[TypeUsername] | None = ..., stories_max_id: TypeRecentStory | None = ..., color: TypePeerColor | None = ..., profile_color: TypePeerColor | None = ..., bot_active_users: _int | None = ..., bot_verification_icon: _int | None = ..., send_paid_messages_stars: _int | None = ..., linked_community_id: _int | None = ...) -> None: ...
class UserEmpty(_O):
    id: _int
class UserFull(_O):
    blocked: _bool = ...
    phone_calls_available: _bool = ...
    phone_calls_private: _bool = ...
    can_pin_message: _bool = ...
    has_scheduled: _bool = ...
    video_calls_available: _bool = ...
    voice_messages_forbidden: _bool = ...
    translations_disabled: _bool = ...
    stories_pinned_available: _bool = ...
    blocked_my_stories_from: _bool = ...
    wallpaper_overridden: _bool = ...
    contact_require_premium: _bool = ...
    read_dates_private: _bool = ...
    sponsored_enabled: _bool = ...
    can_view_revenue: _bool = ...
    bot_can_manage_emoji_status: _bool = ...
    display_gifts_button: _bool = ...
    noforwards_my_enabled: _bool = ...
    noforwards_peer_enabled: _bool = ...
    unofficial_security_risk: _bool = ...
    id: _int
    about: _str | None = ...
    settings: TypePeerSettings
    personal_photo: TypePhoto | None = ...
    profile_photo: TypePhoto | None = ...
    fallback_photo: TypePhoto | None = ...
    notify_settings: TypePeerNotifySettings
    bot_info: TypeBotInfo | None = ...
    pinned_msg_id: _int | None = ...
    common_chats_count: _int
    folder_id: _int | None = ...
    ttl_period: _int | None = ...
    theme: TypeChatTheme | None = ...
    private_forward_name: _str | None = ...
    bot_group_admin_rights: TypeChatAdminRights | None = ...
    bot_broadcast_admin_rights: TypeChatAdminRights | None = ...
    wallpaper: TypeWallPaper | None = ...
    stories: TypePeerStories | None = ...
    business_work_hours: TypeBusinessWorkHours | None = ...
    business_location: TypeBusinessLocation | None = ...
    business_greeting_message: TypeBusinessGreetingMessage | None = ...
    business_away_message: TypeBusinessAwayMessage | None = ...
    business_intro: TypeBusinessIntro | None = ...
    birthday: TypeBirthday | None = ...
    personal_channel_id: _int | None = ...
    personal_channel_message: _int | None = ...
    stargifts_count: _int | None = ...
    starref_program: TypeStarRefProgram | None = ...
    bot_verification: TypeBotVerification | None = ...
    send_paid_messages_stars: _int | None = ...
    disallowed_gifts: TypeDisallowedGiftsSettings | None = ...
    stars_rating: TypeStarsRating | None = ...
    stars_my_pending_rating: TypeStarsRating | None = ...
    stars_my_pending_rating_date: _int | None = ...
    main_tab: TypeProfileTab | None = ...
    saved_music: TypeDocument | None = ...
    note: TypeTextWithEntities | None = ...
    bot_manager_id: _int | None = ...
    wallet_card: _wallet_TypeCard | None = ...
    share_theme: TypeShareTheme | None = ...
class Username(_O):
    editable: _bool = ...
    active: _bool = ...
    deletable: _bool = ...
    expired: _bool = ...
    username: _str
class UserProfilePhoto(_O):
    has_video: _bool = ...
    personal: _bool = ...
    photo_id: _int
    stripped_thumb: _bytes | None = ...
    dc_id: _int
class UserProfilePhotoEmpty(_O): ...
class UserStatusEmpty(_O): ...
class UserStatusLastMonth(_O):
    by_me: _bool = ...
class UserStatusLastWeek(_O):
    by_me: _bool = ...
class UserStatusOffline(_O):
    was_online: _int
class UserStatusOnline(_O):
    expires: _int
class UserStatusRecently(_O):
    by_me: _bool = ...
class VideoSize(_O):
    type: _str
    w: _int
    h: _int
    size: _int
    video_start_ts: _float | None = ...
class VideoSizeEmojiMarkup(_O):
    emoji_id: _int
    background_colors: _list[_int]
class VideoSizeStickerMarkup(_O):
    stickerset: TypeInputStickerSet
    sticker_id: _int
    background_colors: _list[_int]
class WalletOwnershipProof(_O):
    timestamp: _int
    signature: _bytes
class WalletState(_O):
    backup_enabled: _bool = ...
    can_export_phrase: _bool = ...
    can_enable_backup: _bool = ...
    address: _str
    public_key: _bytes
    balance: _int
class WalletStateEmpty(_O):
    creating: _bool = ...
class WalletTransaction(_O):
    incoming: _bool = ...
    gasless: _bool = ...
    failed: _bool = ...
    key_change: _bool = ...
    comment_encrypted: _bool = ...
    id: _str
    amount: _int
    fee: _int
    date: _int
    peer: TypeWalletTransactionPeer
    comment: _str | None = ...
    tx_hash: _str | None = ...
    nft: _wallet_TypeNftItem | None = ...
class WalletTransactionPeerAddress(_O):
    address: _str
    domain: _str | None = ...
class WalletTransactionPeerChannel(_O):
    channel_id: _int
    address: _str
    domain: _str | None = ...
class WalletTransactionPeerOnramp(_O):
    address: _str
    domain: _str | None = ...
    provider_name: _str
class WalletTransactionPeerTelegramGift(_O):
    own_profile: _bool = ...
class WalletTransactionPeerUnsupported(_O): ...
class WalletTransactionPeerUser(_O):
    user_id: _int
    address: _str
    domain: _str | None = ...
class WalletUserAddress(_O):
    user_id: _int | None = ...
    address: _str
    public_key: _bytes
class WallPaper(_O):
    id: _int
    creator: _bool = ...
    default: _bool = ...
    pattern: _bool = ...
    dark: _bool = ...
    access_hash: _int
    slug: _str
    document: TypeDocument
    settings: TypeWallPaperSettings | None = ...
class WallPaperNoFile(_O):
    id: _int
    default: _bool = ...
    dark: _bool = ...
    settings: TypeWallPaperSettings | None = ...
class WallPaperSettings(_O):
    blur: _bool = ...
    motion: _bool = ...
    background_color: _int | None = ...
    second_background_color: _int | None = ...
    third_background_color: _int | None = ...
    fourth_background_color: _int | None = ...
    intensity: _int | None = ...
    rotation: _int | None = ...
    emoticon: _str | None = ...
class WebAuthorization(_O):
    hash: _int
    bot_id: _int
    domain: _str
    browser: _str
    platform: _str
    date_created: _int
    date_active: _int
    ip: _str
    region: _str
class WebDocument(_O):
    url: _str
    access_hash: _int
    size: _int
    mime_type: _str
    attributes: _Seq[TypeDocumentAttribute]
class WebDocumentNoProxy(_O):
    url: _str
    size: _int
    mime_type: _str
    attributes: _Seq[TypeDocumentAttribute]
class WebDomainException(_O):
    domain: _str
    url: _str
    title: _str
    favicon: _int | None = ...
class WebPage(_O):
    has_large_media: _bool = ...
    video_cover_photo: _bool = ...
    id: _int
    url: _str
    display_url: _str
    hash: _int
    type: _str | None = ...
    site_name: _str | None = ...
    title: _str | None = ...
    description: _str | None = ...
    photo: TypePhoto | None = ...
    embed_url: _str | None = ...
    embed_type: _str | None = ...
    embed_width: _int | None = ...
    embed_height: _int | None = ...
    duration: _int | None = ...
    author: _str | None = ...
    document: TypeDocument | None = ...
    cached_page: TypePage | None = ...
    attributes: _Seq[TypeWebPageAttribute] | None = ...
class WebPageAttributeAiComposeTone(_O):
    emoji_id: _int
class WebPageAttributeStarGiftAuction(_O):
    gift: TypeStarGift
    end_date: _int
class WebPageAttributeStarGiftCollection(_O):
    icons: _Seq[TypeDocument]
class WebPageAttributeStickerSet(_O):
    emojis: _bool = ...
    text_color: _bool = ...
    stickers: _Seq[TypeDocument]
class WebPageAttributeStory(_O):
    peer: TypePeer
    id: _int
    story: TypeStoryItem | None = ...
class WebPageAttributeTheme(_O):
    documents: _Seq[TypeDocument] | None = ...
    settings: TypeThemeSettings | None = ...
class WebPageAttributeUniqueStarGift(_O):
    gift: TypeStarGift
class WebPageEmpty(_O):
    id: _int
    url: _str | None = ...
class WebPageNotModified(_O):
    cached_page_views: _int | None = ...
class WebPagePending(_O):
    id: _int
    url: _str | None = ...
    date: _int
class WebViewMessageSent(_O):
    msg_id: TypeInputBotInlineMessageID | None = ...
class WebViewResultUrl(_O):
    fullsize: _bool = ...
    fullscreen: _bool = ...
    same_origin: _bool = ...
    query_id: _int | None = ...
    url: _str
class InitConnection(_M):
    api_id: _int
    device_model: _str
    system_version: _str
    app_version: _str
    system_lang_code: _str
    lang_pack: _str
    lang_code: _str
    proxy: TypeInputClientProxy | None = ...
    params: TypeJSONValue | None = ...
    query: _bytes
class InvokeAfterMsg(_M):
    msg_id: _int
    query: _bytes
class InvokeAfterMsgs(_M):
    msg_ids: _list[_int]
    query: _bytes
class InvokeWithApnsSecret(_M):
    nonce: _str
    secret: _str
    query: _bytes
class InvokeWithBusinessConnection(_M):
    connection_id: _str
    query: _bytes
class InvokeWithGooglePlayIntegrity(_M):
    nonce: _str
    token: _str
    query: _bytes
class InvokeWithLayer(_M):
    layer: _int
    query: _bytes
class InvokeWithMessagesRange(_M):
    range: TypeMessageRange
    query: _bytes
class InvokeWithoutUpdates(_M):
    query: _bytes
class InvokeWithReCaptcha(_M):
    token: _str
    query: _bytes
class InvokeWithTakeout(_M):
    takeout_id: _int
    query: _bytes
class account:
    class AuthorizationForm(_O):
        required_types: _Seq[TypeSecureRequiredType]
        values: _list[TypeSecureValue]
        errors: _Seq[TypeSecureValueError]
        users: _Seq[TypeUser]
        privacy_policy_url: _str | None = ...
    class Authorizations(_O):
        authorization_ttl_days: _int
        authorizations: _list[TypeAuthorization]
    class AutoDownloadSettings(_O):
        low: TypeAutoDownloadSettings
        medium: TypeAutoDownloadSettings
        high: TypeAutoDownloadSettings
    class AutoSaveSettings(_O):
        users_settings: TypeAutoSaveSettings
        chats_settings: TypeAutoSaveSettings
        broadcasts_settings: TypeAutoSaveSettings
        exceptions: _list[TypeAutoSaveException]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class BusinessChatLinks(_O):
        links: _list[TypeBusinessChatLink]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChatThemes(_O):
        hash: _int
        themes: _Seq[TypeChatTheme]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        next_offset: _str | None = ...
    class ChatThemesNotModified(_O): ...
    class ConnectedBots(_O):
        connected_bots: _list[TypeConnectedBot]
        users: _Seq[TypeUser]
    class ContentSettings(_O):
        sensitive_enabled: _bool = ...
        sensitive_can_change: _bool = ...
    class EmailVerified(_O):
        email: _str
    class EmailVerifiedLogin(_O):
        email: _str
        sent_code: _auth_TypeSentCode
    class EmojiStatuses(_O):
        hash: _int
        statuses: _Seq[TypeEmojiStatus]
    class EmojiStatusesNotModified(_O): ...
    class PaidMessagesRevenue(_O):
        stars_amount: _int
    class PasskeyRegistrationOptions(_O):
        options: TypeDataJSON
    class Passkeys(_O):
        passkeys: _list[TypePasskey]
    class Password(_O):
        has_recovery: _bool = ...
        has_secure_values: _bool = ...
        has_password: _bool = ...
        current_algo: TypePasswordKdfAlgo | None = ...
        srp_B: _bytes | None = ...
        srp_id: _int | None = ...
        hint: _str | None = ...
        email_unconfirmed_pattern: _str | None = ...
        new_algo: TypePasswordKdfAlgo
        new_secure_algo: TypeSecurePasswordKdfAlgo
        secure_random: _bytes
        pending_reset_date: _int | None = ...
        login_email_pattern: _str | None = ...
    class PasswordInputSettings(_O):
        new_algo: TypePasswordKdfAlgo | None = ...
        new_password_hash: _bytes | None = ...
        hint: _str | None = ...
        email: _str | None = ...
        new_secure_settings: TypeSecureSecretSettings | None = ...
    class PasswordSettings(_O):
        email: _str | None = ...
        secure_settings: TypeSecureSecretSettings | None = ...
    class PrivacyRules(_O):
        rules: _Seq[TypePrivacyRule]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ResetPasswordFailedWait(_O):
        retry_date: _int
    class ResetPasswordOk(_O): ...
    class ResetPasswordRequestedWait(_O):
        until_date: _int
    class ResolvedBusinessChatLinks(_O):
        peer: TypePeer
        message: _str
        entities: _Seq[TypeMessageEntity] | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SavedMusicIds(_O):
        ids: _list[_int]
    class SavedMusicIdsNotModified(_O): ...
    class SavedRingtone(_O): ...
    class SavedRingtoneConverted(_O):
        document: TypeDocument
    class SavedRingtones(_O):
        hash: _int
        ringtones: _Seq[TypeDocument]
    class SavedRingtonesNotModified(_O): ...
    class SentEmailCode(_O):
        email_pattern: _str
        length: _int
    class Takeout(_O):
        id: _int
    class Themes(_O):
        hash: _int
        themes: _list[TypeTheme]
    class ThemesNotModified(_O): ...
    class TmpPassword(_O):
        tmp_password: _bytes
        valid_until: _int
    class WallPapers(_O):
        hash: _int
        wallpapers: _Seq[TypeWallPaper]
    class WallPapersNotModified(_O): ...
    class WebAuthorizations(_O):
        authorizations: _list[TypeWebAuthorization]
        users: _Seq[TypeUser]
    class WebBrowserSettings(_O):
        open_external_browser: _bool = ...
        display_close_button: _bool = ...
        external_exceptions: _list[TypeWebDomainException]
        inapp_exceptions: _list[TypeWebDomainException]
        hash: _int
    class WebBrowserSettingsNotModified(_O): ...
    class AcceptAuthorization(_M):
        bot_id: _int
        scope: _str
        public_key: _str
        value_hashes: _list[TypeSecureValueHash]
        credentials: TypeSecureCredentialsEncrypted
    class CancelPasswordEmail(_M): ...
    class ChangeAuthorizationSettings(_M):
        confirmed: _bool = ...
        hash: _int
        encrypted_requests_disabled: _bool | None = ...
        call_requests_disabled: _bool | None = ...
    class ChangePhone(_M):
        phone_number: _str
        phone_code_hash: _str
        phone_code: _str
    class CheckUsername(_M):
        username: _str
    class ClearRecentEmojiStatuses(_M): ...
    class ConfirmBotConnection(_M):
        bot_id: TypeInputUser
    class ConfirmPasswordEmail(_M):
        code: _str
    class ConfirmPhone(_M):
        phone_code_hash: _str
        phone_code: _str
    class CreateBusinessChatLink(_M):
        link: TypeInputBusinessChatLink
    class CreateTheme(_M):
        slug: _str
        title: _str
        document: TypeInputDocument | None = ...
        settings: _list[TypeInputThemeSettings] | None = ...
    class DeclinePasswordReset(_M): ...
    class DeleteAccount(_M):
        reason: _str
        password: TypeInputCheckPasswordSRP | None = ...
    class DeleteAutoSaveExceptions(_M): ...
    class DeleteBusinessChatLink(_M):
        slug: _str
    class DeletePasskey(_M):
        id: _str
    class DeleteSecureValue(_M):
        types: _Seq[TypeSecureValueType]
    class DeleteWebBrowserSettingsExceptions(_M): ...
    class DisablePeerConnectedBot(_M):
        peer: TypeInputPeer
    class EditBusinessChatLink(_M):
        slug: _str
        link: TypeInputBusinessChatLink
    class FinishTakeoutSession(_M):
        success: _bool = ...
    class GetAccountTTL(_M): ...
    class GetAllSecureValues(_M): ...
    class GetAuthorizationForm(_M):
        bot_id: _int
        scope: _str
        public_key: _str
    class GetAuthorizations(_M): ...
    class GetAutoDownloadSettings(_M): ...
    class GetAutoSaveSettings(_M): ...
    class GetBotBusinessConnection(_M):
        connection_id: _str
    class GetBusinessChatLinks(_M): ...
    class GetChannelDefaultEmojiStatuses(_M):
        hash: _int
    class GetChannelRestrictedStatusEmojis(_M):
        hash: _int
    class GetChatThemes(_M):
        hash: _int
    class GetCollectibleEmojiStatuses(_M):
        hash: _int
    class GetConnectedBots(_M): ...
    class GetContactSignUpNotification(_M): ...
    class GetContentSettings(_M): ...
    class GetDefaultBackgroundEmojis(_M):
        hash: _int
    class GetDefaultEmojiStatuses(_M):
        hash: _int
    class GetDefaultGroupPhotoEmojis(_M):
        hash: _int
    class GetDefaultProfilePhotoEmojis(_M):
        hash: _int
    class GetGlobalPrivacySettings(_M): ...
    class GetMultiWallPapers(_M):
        wallpapers: _Seq[TypeInputWallPaper]
    class GetNotifyExceptions(_M):
        compare_sound: _bool = ...
        compare_stories: _bool = ...
        peer: TypeInputNotifyPeer | None = ...
    class GetNotifySettings(_M):
        peer: TypeInputNotifyPeer
    class GetPaidMessagesRevenue(_M):
        parent_peer: TypeInputPeer | None = ...
        user_id: TypeInputUser
    class GetPasskeys(_M): ...
    class GetPassword(_M): ...
    class GetPasswordSettings(_M):
        password: TypeInputCheckPasswordSRP
    class GetPrivacy(_M):
        key: TypeInputPrivacyKey
    class GetReactionsNotifySettings(_M): ...
    class GetRecentEmojiStatuses(_M):
        hash: _int
    class GetSavedMusicIds(_M):
        hash: _int
    class GetSavedRingtones(_M):
        hash: _int
    class GetSecureValue(_M):
        types: _Seq[TypeSecureValueType]
    class GetTheme(_M):
        format: _str
        theme: TypeInputTheme
    class GetThemes(_M):
        format: _str
        hash: _int
    class GetTmpPassword(_M):
        password: TypeInputCheckPasswordSRP
        period: _int
    class GetUniqueGiftChatThemes(_M):
        offset: _str
        limit: _int
        hash: _int
    class GetWallPaper(_M):
        wallpaper: TypeInputWallPaper
    class GetWallPapers(_M):
        hash: _int
    class GetWebAuthorizations(_M): ...
    class GetWebBrowserSettings(_M):
        hash: _int
    class InitPasskeyRegistration(_M): ...
    class InitTakeoutSession(_M):
        contacts: _bool = ...
        message_users: _bool = ...
        message_chats: _bool = ...
        message_megagroups: _bool = ...
        message_channels: _bool = ...
        files: _bool = ...
        file_max_size: _int | None = ...
    class InstallTheme(_M):
        dark: _bool = ...
        theme: TypeInputTheme | None = ...
        format: _str | None = ...
        base_theme: TypeBaseTheme | None = ...
    class InstallWallPaper(_M):
        wallpaper: TypeInputWallPaper
        settings: TypeWallPaperSettings
    class InvalidateSignInCodes(_M):
        codes: _list[_str]
    class RegisterDevice(_M):
        no_muted: _bool = ...
        token_type: _int
        token: _str
        app_sandbox: _bool
        secret: _bytes
        other_uids: _list[_int]
    class RegisterPasskey(_M):
        credential: TypeInputPasskeyCredential
    class ReorderUsernames(_M):
        order: _list[_str]
    class ReportPeer(_M):
        peer: TypeInputPeer
        reason: TypeReportReason
        message: _str
    class ReportProfilePhoto(_M):
        peer: TypeInputPeer
        photo_id: TypeInputPhoto
        reason: TypeReportReason
        message: _str
    class ResendPasswordEmail(_M): ...
    class ResetAuthorization(_M):
        hash: _int
    class ResetNotifySettings(_M): ...
    class ResetPassword(_M): ...
    class ResetWallPapers(_M): ...
    class ResetWebAuthorization(_M):
        hash: _int
    class ResetWebAuthorizations(_M): ...
    class ResolveBusinessChatLink(_M):
        slug: _str
    class SaveAutoDownloadSettings(_M):
        low: _bool = ...
        high: _bool = ...
        settings: TypeAutoDownloadSettings
    class SaveAutoSaveSettings(_M):
        users: _bool = ...
        chats: _bool = ...
        broadcasts: _bool = ...
        peer: TypeInputPeer | None = ...
        settings: TypeAutoSaveSettings
    class SaveMusic(_M):
        unsave: _bool = ...
        id: TypeInputDocument
        after_id: TypeInputDocument | None = ...
    class SaveRingtone(_M):
        id: TypeInputDocument
        unsave: _bool
    class SaveSecureValue(_M):
        value: TypeInputSecureValue
        secure_secret_id: _int
    class SaveTheme(_M):
        theme: TypeInputTheme
        unsave: _bool
    class SaveWallPaper(_M):
        wallpaper: TypeInputWallPaper
        unsave: _bool
        settings: TypeWallPaperSettings
    class SendChangePhoneCode(_M):
        phone_number: _str
        settings: TypeCodeSettings
    class SendConfirmPhoneCode(_M):
        hash: _str
        settings: TypeCodeSettings
    class SendVerifyEmailCode(_M):
        purpose: TypeEmailVerifyPurpose
        email: _str
    class SendVerifyPhoneCode(_M):
        phone_number: _str
        settings: TypeCodeSettings
    class SetAccountTTL(_M):
        ttl: TypeAccountDaysTTL
    class SetAuthorizationTTL(_M):
        authorization_ttl_days: _int
    class SetContactSignUpNotification(_M):
        silent: _bool
    class SetContentSettings(_M):
        sensitive_enabled: _bool = ...
    class SetGlobalPrivacySettings(_M):
        settings: TypeGlobalPrivacySettings
    class SetMainProfileTab(_M):
        tab: TypeProfileTab
    class SetPrivacy(_M):
        key: TypeInputPrivacyKey
        rules: _Seq[TypeInputPrivacyRule]
    class SetReactionsNotifySettings(_M):
        settings: TypeReactionsNotifySettings
    class ToggleConnectedBotPaused(_M):
        peer: TypeInputPeer
        paused: _bool
    class ToggleNoPaidMessagesException(_M):
        refund_charged: _bool = ...
        require_payment: _bool = ...
        parent_peer: TypeInputPeer | None = ...
        user_id: TypeInputUser
    class ToggleSponsoredMessages(_M):
        enabled: _bool
    class ToggleUsername(_M):
        username: _str
        active: _bool
    class ToggleWebBrowserSettingsException(_M):
        delete: _bool = ...
        open_external_browser: _bool | None = ...
        url: _str
    class UnregisterDevice(_M):
        token_type: _int
        token: _str
        other_uids: _list[_int]
    class UpdateBirthday(_M):
        birthday: TypeBirthday | None = ...
    class UpdateBusinessAwayMessage(_M):
        message: TypeInputBusinessAwayMessage | None = ...
    class UpdateBusinessGreetingMessage(_M):
        message: TypeInputBusinessGreetingMessage | None = ...
    class UpdateBusinessIntro(_M):
        intro: TypeInputBusinessIntro | None = ...
    class UpdateBusinessLocation(_M):
        geo_point: TypeInputGeoPoint | None = ...
        address: _str | None = ...
    class UpdateBusinessWorkHours(_M):
        business_work_hours: TypeBusinessWorkHours | None = ...
    class UpdateColor(_M):
        for_profile: _bool = ...
        color: TypePeerColor | None = ...
    class UpdateConnectedBot(_M):
        deleted: _bool = ...
        rights: TypeBusinessBotRights | None = ...
        bot: TypeInputUser
        recipients: TypeInputBusinessBotRecipients
    class UpdateDeviceLocked(_M):
        period: _int
    class UpdateEmojiStatus(_M):
        emoji_status: TypeEmojiStatus
    class UpdateNotifySettings(_M):
        peer: TypeInputNotifyPeer
        settings: TypeInputPeerNotifySettings
    class UpdatePasswordSettings(_M):
        password: TypeInputCheckPasswordSRP
        new_settings: _account_TypePasswordInputSettings
    class UpdatePersonalChannel(_M):
        channel: TypeInputChannel
    class UpdateProfile(_M):
        first_name: _str | None = ...
        last_name: _str | None = ...
        about: _str | None = ...
    class UpdateStatus(_M):
        offline: _bool
    class UpdateTheme(_M):
        format: _str
        theme: TypeInputTheme
        slug: _str | None = ...
        title: _str | None = ...
        document: TypeInputDocument | None = ...
        settings: _list[TypeInputThemeSettings] | None = ...
    class UpdateUsername(_M):
        username: _str
    class UpdateWebBrowserSettings(_M):
        open_external_browser: _bool = ...
        display_close_button: _bool = ...
    class UploadRingtone(_M):
        file: TypeInputFile
        file_name: _str
        mime_type: _str
    class UploadTheme(_M):
        file: TypeInputFile
        thumb: TypeInputFile | None = ...
        file_name: _str
        mime_type: _str
    class UploadWallPaper(_M):
        for_chat: _bool = ...
        file: TypeInputFile
        mime_type: _str
        settings: TypeWallPaperSettings
    class VerifyEmail(_M):
        purpose: TypeEmailVerifyPurpose
        verification: TypeEmailVerification
    class VerifyPhone(_M):
        phone_number: _str
        phone_code_hash: _str
        phone_code: _str
    TypeAuthorizationForm: _A = _account_TypeAuthorizationForm
    TypeAuthorizations: _A = _account_TypeAuthorizations
    TypeAutoDownloadSettings: _A = _account_TypeAutoDownloadSettings
    TypeAutoSaveSettings: _A = _account_TypeAutoSaveSettings
    TypeBusinessChatLinks: _A = _account_TypeBusinessChatLinks
    TypeChatThemes: _A = _account_TypeChatThemes
    TypeConnectedBots: _A = _account_TypeConnectedBots
    TypeContentSettings: _A = _account_TypeContentSettings
    TypeEmailVerified: _A = _account_TypeEmailVerified
    TypeEmojiStatuses: _A = _account_TypeEmojiStatuses
    TypePaidMessagesRevenue: _A = _account_TypePaidMessagesRevenue
    TypePasskeyRegistrationOptions: _A = _account_TypePasskeyRegistrationOptions
    TypePasskeys: _A = _account_TypePasskeys
    TypePassword: _A = _account_TypePassword
    TypePasswordInputSettings: _A = _account_TypePasswordInputSettings
    TypePasswordSettings: _A = _account_TypePasswordSettings
    TypePrivacyRules: _A = _account_TypePrivacyRules
    TypeResetPasswordResult: _A = _account_TypeResetPasswordResult
    TypeResolvedBusinessChatLinks: _A = _account_TypeResolvedBusinessChatLinks
    TypeSavedMusicIds: _A = _account_TypeSavedMusicIds
    TypeSavedRingtone: _A = _account_TypeSavedRingtone
    TypeSavedRingtones: _A = _account_TypeSavedRingtones
    TypeSentEmailCode: _A = _account_TypeSentEmailCode
    TypeTakeout: _A = _account_TypeTakeout
    TypeThemes: _A = _account_TypeThemes
    TypeTmpPassword: _A = _account_TypeTmpPassword
    TypeWallPapers: _A = _account_TypeWallPapers
    TypeWebAuthorizations: _A = _account_TypeWebAuthorizations
    TypeWebBrowserSettings: _A = _account_TypeWebBrowserSettings
class aicompose:
    class Tones(_O):
        hash: _int
        tones: _Seq[TypeAiComposeTone]
        users: _Seq[TypeUser]
    class TonesNotModified(_O): ...
    class CreateTone(_M):
        display_author: _bool = ...
        emoji_id: _int
        title: _str
        prompt: _str
    class DeleteTone(_M):
        tone: TypeInputAiComposeTone
    class GetTone(_M):
        tone: TypeInputAiComposeTone
    class GetToneExample(_M):
        tone: TypeInputAiComposeTone
        num: _int
    class GetTones(_M):
        hash: _int
    class SaveTone(_M):
        tone: TypeInputAiComposeTone
        unsave: _bool
    class UpdateTone(_M):
        tone: TypeInputAiComposeTone
        display_author: _bool | None = ...
        emoji_id: _int | None = ...
        title: _str | None = ...
        prompt: _str | None = ...
    TypeTones: _A = _aicompose_TypeTones
class auth:
    class Authorization(_O):
        setup_password_required: _bool = ...
        otherwise_relogin_days: _int | None = ...
        tmp_sessions: _int | None = ...
        future_auth_token: _bytes | None = ...
        user: TypeUser
    class AuthorizationSignUpRequired(_O):
        terms_of_service: _help_TypeTermsOfService | None = ...
    class CodeTypeCall(_O): ...
    class CodeTypeFlashCall(_O): ...
    class CodeTypeFragmentSms(_O): ...
    class CodeTypeMissedCall(_O): ...
    class CodeTypeSms(_O): ...
    class ExportedAuthorization(_O):
        id: _int
        bytes: _bytes
    class FirebasePnvIntent(_O):
        nonce: _str
        digital_credential_payload: _str
    class LoggedOut(_O):
        future_auth_token: _bytes | None = ...
    class LoginToken(_O):
        expires: _int
        token: _bytes
    class LoginTokenMigrateTo(_O):
        dc_id: _int
        token: _bytes
    class LoginTokenSuccess(_O):
        authorization: _auth_TypeAuthorization
    class PasskeyLoginOptions(_O):
        options: TypeDataJSON
    class PasswordRecovery(_O):
        email_pattern: _str
    class SentCode(_O):
        type: _auth_TypeSentCodeType
        phone_code_hash: _str
        next_type: _auth_TypeCodeType | None = ...
        timeout: _int | None = ...
    class SentCodePaymentRequired(_O):
        store_product: _str
        phone_code_hash: _str
        support_email_address: _str
        support_email_subject: _str
        premium_days: _int
        currency: _str
        amount: _int
    class SentCodeSuccess(_O):
        authorization: _auth_TypeAuthorization
    class SentCodeTypeApp(_O):
        length: _int
    class SentCodeTypeCall(_O):
        length: _int
    class SentCodeTypeEmailCode(_O):
        apple_signin_allowed: _bool = ...
        google_signin_allowed: _bool = ...
        email_pattern: _str
        length: _int
        reset_available_period: _int | None = ...
        reset_pending_date: _int | None = ...
    class SentCodeTypeFirebaseSms(_O):
        nonce: _bytes | None = ...
        play_integrity_project_id: _int | None = ...
        play_integrity_nonce: _bytes | None = ...
        receipt: _str | None = ...
        push_timeout: _int | None = ...
        length: _int
    class SentCodeTypeFlashCall(_O):
        pattern: _str
    class SentCodeTypeFragmentSms(_O):
        url: _str
        length: _int
    class SentCodeTypeMissedCall(_O):
        prefix: _str
        length: _int
    class SentCodeTypeSetUpEmailRequired(_O):
        apple_signin_allowed: _bool = ...
        google_signin_allowed: _bool = ...
    class SentCodeTypeSms(_O):
        length: _int
    class SentCodeTypeSmsPhrase(_O):
        beginning: _str | None = ...
    class SentCodeTypeSmsWord(_O):
        beginning: _str | None = ...
    class AcceptLoginToken(_M):
        token: _bytes
    class BindTempAuthKey(_M):
        perm_auth_key_id: _int
        nonce: _int
        expires_at: _int
        encrypted_message: _bytes
    class CancelCode(_M):
        phone_number: _str
        phone_code_hash: _str
    class CancelWebTokenAuthorization(_M):
        web_auth_token: _str
    class CheckPaidAuth(_M):
        phone_number: _str
        phone_code_hash: _str
        form_id: _int
    class CheckPassword(_M):
        password: TypeInputCheckPasswordSRP
    class CheckRecoveryPassword(_M):
        code: _str
    class DropTempAuthKeys(_M):
        except_auth_keys: _list[_int]
    class ExportAuthorization(_M):
        dc_id: _int
    class ExportLoginToken(_M):
        api_id: _int
        api_hash: _str
        except_ids: _list[_int]
    class FinishFirebasePnvLogin(_M):
        google_token: _str
    class FinishPasskeyLogin(_M):
        credential: TypeInputPasskeyCredential
        from_dc_id: _int | None = ...
        from_auth_key_id: _int | None = ...
    class FirebasePnvSignUp(_M):
        no_joined_notifications: _bool = ...
        first_name: _str
        last_name: _str
    class ImportAuthorization(_M):
        id: _int
        bytes: _bytes
    class ImportBotAuthorization(_M):
        flags: _int
        api_id: _int
        api_hash: _str
        bot_auth_token: _str
    class ImportLoginToken(_M):
        token: _bytes
    class ImportWebTokenAuthorization(_M):
        api_id: _int
        api_hash: _str
        web_auth_token: _str
    class InitFirebasePnvLogin(_M):
        except_ids: _list[_int] | None = ...
        api_id: _int
        api_hash: _str
    class InitPasskeyLogin(_M):
        api_id: _int
        api_hash: _str
    class LogOut(_M): ...
    class RecoverPassword(_M):
        code: _str
        new_settings: _account_TypePasswordInputSettings | None = ...
    class ReportMissingCode(_M):
        phone_number: _str
        phone_code_hash: _str
        mnc: _str
    class RequestFirebaseSms(_M):
        phone_number: _str
        phone_code_hash: _str
        safety_net_token: _str | None = ...
        play_integrity_token: _str | None = ...
        ios_push_secret: _str | None = ...
    class RequestPasswordRecovery(_M): ...
    class ResendCode(_M):
        phone_number: _str
        phone_code_hash: _str
        reason: _str | None = ...
    class ResetAuthorizations(_M): ...
    class ResetLoginEmail(_M):
        phone_number: _str
        phone_code_hash: _str
    class SendCode(_M):
        phone_number: _str
        api_id: _int
        api_hash: _str
        settings: TypeCodeSettings
    class SignIn(_M):
        phone_number: _str
        phone_code_hash: _str
        phone_code: _str | None = ...
        email_verification: TypeEmailVerification | None = ...
    class SignUp(_M):
        no_joined_notifications: _bool = ...
        phone_number: _str
        phone_code_hash: _str
        first_name: _str
        last_name: _str
    TypeAuthorization: _A = _auth_TypeAuthorization
    TypeCodeType: _A = _auth_TypeCodeType
    TypeExportedAuthorization: _A = _auth_TypeExportedAuthorization
    TypeFirebasePnvIntent: _A = _auth_TypeFirebasePnvIntent
    TypeLoggedOut: _A = _auth_TypeLoggedOut
    TypeLoginToken: _A = _auth_TypeLoginToken
    TypePasskeyLoginOptions: _A = _auth_TypePasskeyLoginOptions
    TypePasswordRecovery: _A = _auth_TypePasswordRecovery
    TypeSentCode: _A = _auth_TypeSentCode
    TypeSentCodeType: _A = _auth_TypeSentCodeType
class bots:
    class AccessSettings(_O):
        restricted: _bool = ...
        add_users: _Seq[TypeUser] | None = ...
    class BotInfo(_O):
        name: _str
        about: _str
        description: _str
    class ExportedBotToken(_O):
        token: _str
    class PopularAppBots(_O):
        next_offset: _str | None = ...
        users: _Seq[TypeUser]
    class PreviewInfo(_O):
        media: _list[TypeBotPreviewMedia]
        lang_codes: _list[_str]
    class RequestedButton(_O):
        webapp_req_id: _str
    class AddPreviewMedia(_M):
        bot: TypeInputUser
        lang_code: _str
        media: TypeInputMedia
    class AddUsername(_M):
        bot: TypeInputUser
        username: _str
    class AllowSendMessage(_M):
        bot: TypeInputUser
    class AnswerWebhookJSONQuery(_M):
        query_id: _int
        data: TypeDataJSON
    class CanSendMessage(_M):
        bot: TypeInputUser
    class CheckDownloadFileParams(_M):
        bot: TypeInputUser
        file_name: _str
        url: _str
    class CheckUsername(_M):
        additional: _bool = ...
        username: _str
    class CreateBot(_M):
        via_deeplink: _bool = ...
        name: _str
        username: _str
        manager_id: TypeInputUser
    class DeletePreviewMedia(_M):
        bot: TypeInputUser
        lang_code: _str
        media: _Seq[TypeInputMedia]
    class EditAccessSettings(_M):
        restricted: _bool = ...
        bot: TypeInputUser
        add_users: _Seq[TypeInputUser] | None = ...
    class EditPreviewMedia(_M):
        bot: TypeInputUser
        lang_code: _str
        media: TypeInputMedia
        new_media: TypeInputMedia
    class ExportBotToken(_M):
        bot: TypeInputUser
        revoke: _bool
    class GetAccessSettings(_M):
        bot: TypeInputUser
    class GetAdminedBots(_M): ...
    class GetBotCommands(_M):
        scope: TypeBotCommandScope
        lang_code: _str
    class GetBotInfo(_M):
        bot: TypeInputUser | None = ...
        lang_code: _str
    class GetBotMenuButton(_M):
        user_id: TypeInputUser
    class GetBotRecommendations(_M):
        bot: TypeInputUser
    class GetPopularAppBots(_M):
        offset: _str
        limit: _int
    class GetPreviewInfo(_M):
        bot: TypeInputUser
        lang_code: _str
    class GetPreviewMedias(_M):
        bot: TypeInputUser
    class GetRequestedWebViewButton(_M):
        bot: TypeInputUser
        webapp_req_id: _str
    class InvokeWebViewCustomMethod(_M):
        bot: TypeInputUser
        custom_method: _str
        params: TypeDataJSON
    class RemoveUsername(_M):
        bot: TypeInputUser
        username: _str
    class ReorderPreviewMedias(_M):
        bot: TypeInputUser
        lang_code: _str
        order: _Seq[TypeInputMedia]
    class ReorderUsernames(_M):
        bot: TypeInputUser
        order: _list[_str]
    class RequestWebViewButton(_M):
        user_id: TypeInputUser
        button: TypeKeyboardButton
    class ResetBotCommands(_M):
        scope: TypeBotCommandScope
        lang_code: _str
    class SendCustomRequest(_M):
        custom_method: _str
        params: TypeDataJSON
    class SetBotBroadcastDefaultAdminRights(_M):
        admin_rights: TypeChatAdminRights
    class SetBotCommands(_M):
        scope: TypeBotCommandScope
        lang_code: _str
        commands: _list[TypeBotCommand]
    class SetBotGroupDefaultAdminRights(_M):
        admin_rights: TypeChatAdminRights
    class SetBotInfo(_M):
        bot: TypeInputUser | None = ...
        lang_code: _str
        name: _str | None = ...
        about: _str | None = ...
        description: _str | None = ...
    class SetBotMenuButton(_M):
        user_id: TypeInputUser
        button: TypeBotMenuButton
    class SetCustomVerification(_M):
        enabled: _bool = ...
        bot: TypeInputUser | None = ...
        peer: TypeInputPeer
        custom_description: TypeTextWithEntities | None = ...
    class SetJoinChatResults(_M):
        query_id: _int
        result: TypeJoinChatBotResult
    class ToggleUserEmojiStatusPermission(_M):
        bot: TypeInputUser
        enabled: _bool
    class ToggleUsername(_M):
        bot: TypeInputUser
        username: _str
        active: _bool
    class UpdateStarRefProgram(_M):
        bot: TypeInputUser
        commission_permille: _int
        duration_months: _int | None = ...
    class UpdateUserEmojiStatus(_M):
        user_id: TypeInputUser
        emoji_status: TypeEmojiStatus
    TypeAccessSettings: _A = _bots_TypeAccessSettings
    TypeBotInfo: _A = _bots_TypeBotInfo
    TypeExportedBotToken: _A = _bots_TypeExportedBotToken
    TypePopularAppBots: _A = _bots_TypePopularAppBots
    TypePreviewInfo: _A = _bots_TypePreviewInfo
    TypeRequestedButton: _A = _bots_TypeRequestedButton
class channels:
    class AdminLogResults(_O):
        events: _list[TypeChannelAdminLogEvent]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChannelParticipant(_O):
        participant: TypeChannelParticipant
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChannelParticipants(_O):
        count: _int
        participants: _Seq[TypeChannelParticipant]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChannelParticipantsNotModified(_O): ...
    class SendAsPeers(_O):
        peers: _list[TypeSendAsPeer]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SponsoredMessageReportResultAdsHidden(_O): ...
    class SponsoredMessageReportResultChooseOption(_O):
        title: _str
        options: _list[TypeSponsoredMessageReportOption]
    class SponsoredMessageReportResultReported(_O): ...
    class CheckSearchPostsFlood(_M):
        query: _str | None = ...
    class CheckUsername(_M):
        channel: TypeInputChannel
        username: _str
    class ConvertToGigagroup(_M):
        channel: TypeInputChannel
    class CreateChannel(_M):
        broadcast: _bool = ...
        megagroup: _bool = ...
        for_import: _bool = ...
        forum: _bool = ...
        title: _str
        about: _str
        geo_point: TypeInputGeoPoint | None = ...
        address: _str | None = ...
        ttl_period: _int | None = ...
    class DeactivateAllUsernames(_M):
        channel: TypeInputChannel
    class DeleteChannel(_M):
        channel: TypeInputChannel
    class DeleteHistory(_M):
        for_everyone: _bool = ...
        channel: TypeInputChannel
        max_id: _int
    class DeleteMessages(_M):
        channel: TypeInputChannel
        id: _list[_int]
    class DeleteParticipantHistory(_M):
        channel: TypeInputChannel
        participant: TypeInputPeer
    class EditAdmin(_M):
        channel: TypeInputChannel
        user_id: TypeInputUser
        admin_rights: TypeChatAdminRights
        rank: _str | None = ...
    class EditBanned(_M):
        channel: TypeInputChannel
        participant: TypeInputPeer
        banned_rights: TypeChatBannedRights
    class EditLocation(_M):
        channel: TypeInputChannel
        geo_point: TypeInputGeoPoint
        address: _str
    class EditPhoto(_M):
        channel: TypeInputChannel
        photo: TypeInputChatPhoto
    class EditTitle(_M):
        channel: TypeInputChannel
        title: _str
    class ExportMessageLink(_M):
        grouped: _bool = ...
        thread: _bool = ...
        channel: TypeInputChannel
        id: _int
    class GetAdminedPublicChannels(_M):
        by_location: _bool = ...
        check_limit: _bool = ...
        for_personal: _bool = ...
        for_community_peer: _bool = ...
    class GetAdminLog(_M):
        channel: TypeInputChannel
        q: _str
        events_filter: TypeChannelAdminLogEventsFilter | None = ...
        admins: _Seq[TypeInputUser] | None = ...
        max_id: _int
        min_id: _int
        limit: _int
    class GetChannelRecommendations(_M):
        channel: TypeInputChannel | None = ...
    class GetChannels(_M):
        id: _Seq[TypeInputChannel]
    class GetFullChannel(_M):
        channel: TypeInputChannel
    class GetGroupsForDiscussion(_M): ...
    class GetInactiveChannels(_M): ...
    class GetLeftChannels(_M):
        offset: _int
    class GetMessageAuthor(_M):
        channel: TypeInputChannel
        id: _int
    class GetMessages(_M):
        channel: TypeInputChannel
        id: _Seq[TypeInputMessage]
    class GetParticipant(_M):
        channel: TypeInputChannel
        participant: TypeInputPeer
    class GetParticipants(_M):
        channel: TypeInputChannel
        filter: TypeChannelParticipantsFilter
        offset: _int
        limit: _int
        hash: _int
    class GetSendAs(_M):
        for_paid_reactions: _bool = ...
        for_live_stories: _bool = ...
        peer: TypeInputPeer
    class InviteToChannel(_M):
        channel: TypeInputChannel
        users: _Seq[TypeInputUser]
    class JoinChannel(_M):
        channel: TypeInputChannel
    class LeaveChannel(_M):
        channel: TypeInputChannel
    class ReadHistory(_M):
        channel: TypeInputChannel
        max_id: _int
    class ReadMessageContents(_M):
        channel: TypeInputChannel
        id: _list[_int]
    class ReorderUsernames(_M):
        channel: TypeInputChannel
        order: _list[_str]
    class ReportAntiSpamFalsePositive(_M):
        channel: TypeInputChannel
        msg_id: _int
    class ReportSpam(_M):
        channel: TypeInputChannel
        participant: TypeInputPeer
        id: _list[_int]
    class RestrictSponsoredMessages(_M):
        channel: TypeInputChannel
        restricted: _bool
    class SearchPosts(_M):
        hashtag: _str | None = ...
        query: _str | None = ...
        offset_rate: _int
        offset_peer: TypeInputPeer
        offset_id: _int
        limit: _int
        allow_paid_stars: _int | None = ...
    class SetBoostsToUnblockRestrictions(_M):
        channel: TypeInputChannel
        boosts: _int
    class SetDiscussionGroup(_M):
        broadcast: TypeInputChannel
        group: TypeInputChannel
    class SetEmojiStickers(_M):
        channel: TypeInputChannel
        stickerset: TypeInputStickerSet
    class SetMainProfileTab(_M):
        channel: TypeInputChannel
        tab: TypeProfileTab
    class SetStickers(_M):
        channel: TypeInputChannel
        stickerset: TypeInputStickerSet
    class ToggleAntiSpam(_M):
        channel: TypeInputChannel
        enabled: _bool
    class ToggleAutotranslation(_M):
        channel: TypeInputChannel
        enabled: _bool
    class ToggleForum(_M):
        channel: TypeInputChannel
        enabled: _bool
        tabs: _bool
    class ToggleJoinRequest(_M):
        apply_to_invites: _bool = ...
        channel: TypeInputChannel
        enabled: _bool
        guard_bot: TypeInputUser | None = ...
    class ToggleJoinToSend(_M):
        channel: TypeInputChannel
        enabled: _bool
    class ToggleParticipantsHidden(_M):
        channel: TypeInputChannel
        enabled: _bool
    class TogglePreHistoryHidden(_M):
        channel: TypeInputChannel
        enabled: _bool
    class ToggleSignatures(_M):
        signatures_enabled: _bool = ...
        profiles_enabled: _bool = ...
        channel: TypeInputChannel
    class ToggleSlowMode(_M):
        channel: TypeInputChannel
        seconds: _int
    class ToggleUsername(_M):
        channel: TypeInputChannel
        username: _str
        active: _bool
    class ToggleViewForumAsMessages(_M):
        channel: TypeInputChannel
        enabled: _bool
    class UpdateColor(_M):
        for_profile: _bool = ...
        channel: TypeInputChannel
        color: _int | None = ...
        background_emoji_id: _int | None = ...
    class UpdateEmojiStatus(_M):
        channel: TypeInputChannel
        emoji_status: TypeEmojiStatus
    class UpdatePaidMessagesPrice(_M):
        broadcast_messages_allowed: _bool = ...
        channel: TypeInputChannel
        send_paid_messages_stars: _int
    class UpdateUsername(_M):
        channel: TypeInputChannel
        username: _str
    TypeAdminLogResults: _A = _channels_TypeAdminLogResults
    TypeChannelParticipant: _A = _channels_TypeChannelParticipant
    TypeChannelParticipants: _A = _channels_TypeChannelParticipants
    TypeSendAsPeers: _A = _channels_TypeSendAsPeers
    TypeSponsoredMessageReportResult: _A = _channels_TypeSponsoredMessageReportResult
class chatlists:
    class ChatlistInvite(_O):
        title_noanimate: _bool = ...
        title: TypeTextWithEntities
        emoticon: _str | None = ...
        peers: _Seq[TypePeer]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChatlistInviteAlready(_O):
        filter_id: _int
        missing_peers: _Seq[TypePeer]
        already_peers: _Seq[TypePeer]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChatlistUpdates(_O):
        missing_peers: _Seq[TypePeer]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ExportedChatlistInvite(_O):
        filter: TypeDialogFilter
        invite: TypeExportedChatlistInvite
    class ExportedInvites(_O):
        invites: _list[TypeExportedChatlistInvite]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class CheckChatlistInvite(_M):
        slug: _str
    class DeleteExportedInvite(_M):
        chatlist: TypeInputChatlist
        slug: _str
    class EditExportedInvite(_M):
        chatlist: TypeInputChatlist
        slug: _str
        title: _str | None = ...
        peers: _Seq[TypeInputPeer] | None = ...
    class ExportChatlistInvite(_M):
        chatlist: TypeInputChatlist
        title: _str
        peers: _Seq[TypeInputPeer]
    class GetChatlistUpdates(_M):
        chatlist: TypeInputChatlist
    class GetExportedInvites(_M):
        chatlist: TypeInputChatlist
    class GetLeaveChatlistSuggestions(_M):
        chatlist: TypeInputChatlist
    class HideChatlistUpdates(_M):
        chatlist: TypeInputChatlist
    class JoinChatlistInvite(_M):
        slug: _str
        peers: _Seq[TypeInputPeer]
    class JoinChatlistUpdates(_M):
        chatlist: TypeInputChatlist
        peers: _Seq[TypeInputPeer]
    class LeaveChatlist(_M):
        chatlist: TypeInputChatlist
        peers: _Seq[TypeInputPeer]
    TypeChatlistInvite: _A = _chatlists_TypeChatlistInvite
    TypeChatlistUpdates: _A = _chatlists_TypeChatlistUpdates
    TypeExportedChatlistInvite: _A = _chatlists_TypeExportedChatlistInvite
    TypeExportedInvites: _A = _chatlists_TypeExportedInvites
class communities:
    class ParticipantJoinedChats(_O):
        creator_chat_ids: _list[_int]
        joined_chat_ids: _list[_int]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class PeerLinkRequests(_O):
        total_count: _int
        requests: _list[TypeCommunityPeerRequest]
        next_offset: _str | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class Create(_M):
        hidden: _bool = ...
        title: _str
        about: _str | None = ...
        peer: TypeInputPeer
    class GetJoinedCommunities(_M): ...
    class GetParticipantJoinedChats(_M):
        community: TypeInputChannel
        participant: TypeInputPeer
    class GetPeerLinkRequests(_M):
        community: TypeInputChannel
        offset: _str
        limit: _int
    class ToggleAllPeerLinkRequestApproval(_M):
        reject: _bool = ...
        community: TypeInputChannel
    class ToggleCommunityCollapsedInDialogs(_M):
        collapsed: _bool = ...
        community: TypeInputChannel
    class ToggleParticipantBanned(_M):
        unban: _bool = ...
        community: TypeInputChannel
        participant: TypeInputPeer
    class TogglePeerLink(_M):
        visible: _bool = ...
        hidden: _bool = ...
        deleted: _bool = ...
        community: TypeInputChannel
        peer: TypeInputPeer
    class TogglePeerLinkRequestApproval(_M):
        reject: _bool = ...
        community: TypeInputChannel
        peer: TypeInputPeer
    TypeParticipantJoinedChats: _A = _communities_TypeParticipantJoinedChats
    TypePeerLinkRequests: _A = _communities_TypePeerLinkRequests
class contacts:
    class Blocked(_O):
        blocked: _list[TypePeerBlocked]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class BlockedSlice(_O):
        count: _int
        blocked: _list[TypePeerBlocked]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ContactBirthdays(_O):
        contacts: _list[TypeContactBirthday]
        users: _Seq[TypeUser]
    class Contacts(_O):
        contacts: _list[TypeContact]
        saved_count: _int
        users: _Seq[TypeUser]
    class ContactsNotModified(_O): ...
    class Found(_O):
        my_results: _Seq[TypePeer]
        results: _Seq[TypePeer]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ImportedContacts(_O):
        imported: _list[TypeImportedContact]
        popular_invites: _list[TypePopularContact]
        retry_contacts: _list[_int]
        users: _Seq[TypeUser]
    class ResolvedPeer(_O):
        peer: TypePeer
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SponsoredPeers(_O):
        peers: _list[TypeSponsoredPeer]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SponsoredPeersEmpty(_O): ...
    class TopPeers(_O):
        categories: _list[TypeTopPeerCategoryPeers]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class TopPeersDisabled(_O): ...
    class TopPeersNotModified(_O): ...
    class AcceptContact(_M):
        id: TypeInputUser
    class AddContact(_M):
        add_phone_privacy_exception: _bool = ...
        id: TypeInputUser
        first_name: _str
        last_name: _str
        phone: _str
        note: TypeTextWithEntities | None = ...
    class Block(_M):
        my_stories_from: _bool = ...
        id: TypeInputPeer
    class BlockFromReplies(_M):
        delete_message: _bool = ...
        delete_history: _bool = ...
        report_spam: _bool = ...
        msg_id: _int
    class DeleteByPhones(_M):
        phones: _list[_str]
    class DeleteContacts(_M):
        id: _Seq[TypeInputUser]
    class EditCloseFriends(_M):
        id: _list[_int]
    class ExportContactToken(_M): ...
    class ExportNoPaidMessagesToken(_M):
        revoke: _bool = ...
        temporary: _bool = ...
    class GetBirthdays(_M): ...
    class GetBlocked(_M):
        my_stories_from: _bool = ...
        offset: _int
        limit: _int
    class GetContactIDs(_M):
        hash: _int
    class GetContacts(_M):
        hash: _int
    class GetLocated(_M):
        background: _bool = ...
        geo_point: TypeInputGeoPoint
        self_expires: _int | None = ...
    class GetSaved(_M): ...
    class GetSponsoredPeers(_M):
        q: _str
    class GetStatuses(_M): ...
    class GetTopPeers(_M):
        correspondents: _bool = ...
        bots_pm: _bool = ...
        bots_inline: _bool = ...
        phone_calls: _bool = ...
        forward_users: _bool = ...
        forward_chats: _bool = ...
        groups: _bool = ...
        channels: _bool = ...
        bots_app: _bool = ...
        bots_guestchat: _bool = ...
        offset: _int
        limit: _int
        hash: _int
    class ImportContacts(_M):
        contacts: _list[TypeInputContact]
    class ImportContactToken(_M):
        token: _str
    class ImportNoPaidMessagesToken(_M):
        user_id: TypeInputUser
        token: _str
    class ResetSaved(_M): ...
    class ResetTopPeerRating(_M):
        category: TypeTopPeerCategory
        peer: TypeInputPeer
    class ResolvePhone(_M):
        phone: _str
    class ResolveUsername(_M):
        username: _str
        referer: _str | None = ...
    class Search(_M):
        broadcasts: _bool = ...
        bots: _bool = ...
        q: _str
        limit: _int
    class SetBlocked(_M):
        my_stories_from: _bool = ...
        id: _Seq[TypeInputPeer]
        limit: _int
    class ToggleTopPeers(_M):
        enabled: _bool
    class Unblock(_M):
        my_stories_from: _bool = ...
        id: TypeInputPeer
    class UpdateContactNote(_M):
        id: TypeInputUser
        note: TypeTextWithEntities
    TypeBlocked: _A = _contacts_TypeBlocked
    TypeContactBirthdays: _A = _contacts_TypeContactBirthdays
    TypeContacts: _A = _contacts_TypeContacts
    TypeFound: _A = _contacts_TypeFound
    TypeImportedContacts: _A = _contacts_TypeImportedContacts
    TypeResolvedPeer: _A = _contacts_TypeResolvedPeer
    TypeSponsoredPeers: _A = _contacts_TypeSponsoredPeers
    TypeTopPeers: _A = _contacts_TypeTopPeers
class ephemeral:
    class WelcomeMessages(_O):
        hash: _int
        messages: _list[TypeEphemeralMessage]
    class WelcomeMessagesNotModified(_O): ...
    class DeleteAllWelcomeMessages(_M):
        peer: TypeInputPeer
    class DeleteMessage(_M):
        peer: TypeInputPeer | None = ...
        receiver_id: TypeInputUser
        id: _int
    class DeleteWelcomeMessage(_M):
        peer: TypeInputPeer
        id: _int
    class EditMessage(_M):
        invert_media: _bool = ...
        welcome: _bool = ...
        peer: TypeInputPeer | None = ...
        receiver_id: TypeInputUser
        id: _int
        message: _str | None = ...
        media: TypeInputMedia | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        reply_markup: TypeReplyMarkup | None = ...
        rich_message: TypeInputRichMessage | None = ...
    class GetCallbackAnswer(_M):
        peer: TypeInputPeer
        id: _int
        data: _bytes | None = ...
    class GetWelcomeMessages(_M):
        peer: TypeInputPeer
        hash: _int
    class ReportMessage(_M):
        peer: TypeInputPeer
        id: _int
        option: _bytes
        message: _str
    class SendMessage(_M):
        invert_media: _bool = ...
        welcome: _bool = ...
        anchor: _bool = ...
        noforwards: _bool = ...
        peer: TypeInputPeer | None = ...
        receiver_id: TypeInputUser
        query_id: _int | None = ...
        message: _str
        entities: _Seq[TypeMessageEntity] | None = ...
        media: TypeInputMedia | None = ...
        reply_markup: TypeReplyMarkup | None = ...
        rich_message: TypeInputRichMessage | None = ...
        random_id: _int
        reply_to: TypeInputReplyTo | None = ...
    TypeWelcomeMessages: _A = _ephemeral_TypeWelcomeMessages
class folders:
    class EditPeerFolders(_M):
        folder_peers: _list[TypeInputFolderPeer]
class fragment:
    class CollectibleInfo(_O):
        purchase_date: _int
        currency: _str
        amount: _int
        crypto_currency: _str
        crypto_amount: _int
        url: _str
    class GetCollectibleInfo(_M):
        collectible: TypeInputCollectible
    TypeCollectibleInfo: _A = _fragment_TypeCollectibleInfo
class help:
    class AppConfig(_O):
        hash: _int
        config: TypeJSONValue
    class AppConfigNotModified(_O): ...
    class AppUpdate(_O):
        can_not_skip: _bool = ...
        id: _int
        version: _str
        text: _str
        entities: _Seq[TypeMessageEntity]
        document: TypeDocument | None = ...
        url: _str | None = ...
        sticker: TypeDocument | None = ...
    class CountriesList(_O):
        countries: _list[_help_TypeCountry]
        hash: _int
    class CountriesListNotModified(_O): ...
    class Country(_O):
        hidden: _bool = ...
        iso2: _str
        default_name: _str
        name: _str | None = ...
        country_codes: _list[_help_TypeCountryCode]
    class CountryCode(_O):
        country_code: _str
        prefixes: _list[_str] | None = ...
        patterns: _list[_str] | None = ...
    class DeepLinkInfo(_O):
        update_app: _bool = ...
        message: _str
        entities: _Seq[TypeMessageEntity] | None = ...
    class DeepLinkInfoEmpty(_O): ...
    class InviteText(_O):
        message: _str
    class NoAppUpdate(_O): ...
    class PassportConfig(_O):
        hash: _int
        countries_langs: TypeDataJSON
    class PassportConfigNotModified(_O): ...
    class PeerColorOption(_O):
        hidden: _bool = ...
        color_id: _int
        colors: _help_TypePeerColorSet | None = ...
        dark_colors: _help_TypePeerColorSet | None = ...
        channel_min_level: _int | None = ...
        group_min_level: _int | None = ...
    class PeerColorProfileSet(_O):
        palette_colors: _list[_int]
        bg_colors: _list[_int]
        story_colors: _list[_int]
    class PeerColors(_O):
        hash: _int
        colors: _list[_help_TypePeerColorOption]
    class PeerColorSet(_O):
        colors: _list[_int]
    class PeerColorsNotModified(_O): ...
    class PremiumPromo(_O):
        status_text: _str
        status_entities: _Seq[TypeMessageEntity]
        video_sections: _list[_str]
        videos: _Seq[TypeDocument]
        period_options: _list[TypePremiumSubscriptionOption]
        users: _Seq[TypeUser]
    class PromoData(_O):
        proxy: _bool = ...
        expires: _int
        peer: TypePeer | None = ...
        psa_type: _str | None = ...
        psa_message: _str | None = ...
        pending_suggestions: _list[_str]
        dismissed_suggestions: _list[_str]
        custom_pending_suggestion: TypePendingSuggestion | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class PromoDataEmpty(_O):
        expires: _int
    class RecentMeUrls(_O):
        urls: _Seq[TypeRecentMeUrl]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class Support(_O):
        phone_number: _str
        user: TypeUser
    class SupportName(_O):
        name: _str
    class TermsOfService(_O):
        popup: _bool = ...
        id: TypeDataJSON
        text: _str
        entities: _Seq[TypeMessageEntity]
        min_age_confirm: _int | None = ...
    class TermsOfServiceUpdate(_O):
        expires: _int
        terms_of_service: _help_TypeTermsOfService
    class TermsOfServiceUpdateEmpty(_O):
        expires: _int
    class TimezonesList(_O):
        timezones: _list[TypeTimezone]
        hash: _int
    class TimezonesListNotModified(_O): ...
    class UserInfo(_O):
        message: _str
        entities: _Seq[TypeMessageEntity]
        author: _str
        date: _int
    class UserInfoEmpty(_O): ...
    class AcceptTermsOfService(_M):
        id: TypeDataJSON
    class DismissSuggestion(_M):
        peer: TypeInputPeer
        suggestion: _str
    class EditUserInfo(_M):
        user_id: TypeInputUser
        message: _str
        entities: _Seq[TypeMessageEntity]
    class GetAppConfig(_M):
        hash: _int
    class GetAppUpdate(_M):
        source: _str
    class GetCdnConfig(_M): ...
    class GetConfig(_M): ...
    class GetCountriesList(_M):
        lang_code: _str
        hash: _int
    class GetDeepLinkInfo(_M):
        path: _str
    class GetInviteText(_M): ...
    class GetNearestDc(_M): ...
    class GetPassportConfig(_M):
        hash: _int
    class GetPeerColors(_M):
        hash: _int
    class GetPeerProfileColors(_M):
        hash: _int
    class GetPremiumPromo(_M): ...
    class GetPromoData(_M): ...
    class GetRecentMeUrls(_M):
        referer: _str
    class GetSupport(_M): ...
    class GetSupportName(_M): ...
    class GetTermsOfServiceUpdate(_M): ...
    class GetTimezonesList(_M):
        hash: _int
    class GetUserInfo(_M):
        user_id: TypeInputUser
    class HidePromoData(_M):
        peer: TypeInputPeer
    class SaveAppLog(_M):
        events: _list[TypeInputAppEvent]
    class SetBotUpdatesStatus(_M):
        pending_updates_count: _int
        message: _str
    TypeAppConfig: _A = _help_TypeAppConfig
    TypeAppUpdate: _A = _help_TypeAppUpdate
    TypeCountriesList: _A = _help_TypeCountriesList
    TypeCountry: _A = _help_TypeCountry
    TypeCountryCode: _A = _help_TypeCountryCode
    TypeDeepLinkInfo: _A = _help_TypeDeepLinkInfo
    TypeInviteText: _A = _help_TypeInviteText
    TypePassportConfig: _A = _help_TypePassportConfig
    TypePeerColorOption: _A = _help_TypePeerColorOption
    TypePeerColorSet: _A = _help_TypePeerColorSet
    TypePeerColors: _A = _help_TypePeerColors
    TypePremiumPromo: _A = _help_TypePremiumPromo
    TypePromoData: _A = _help_TypePromoData
    TypeRecentMeUrls: _A = _help_TypeRecentMeUrls
    TypeSupport: _A = _help_TypeSupport
    TypeSupportName: _A = _help_TypeSupportName
    TypeTermsOfService: _A = _help_TypeTermsOfService
    TypeTermsOfServiceUpdate: _A = _help_TypeTermsOfServiceUpdate
    TypeTimezonesList: _A = _help_TypeTimezonesList
    TypeUserInfo: _A = _help_TypeUserInfo
class langpack:
    class GetDifference(_M):
        lang_pack: _str
        lang_code: _str
        from_version: _int
    class GetLangPack(_M):
        lang_pack: _str
        lang_code: _str
    class GetLanguage(_M):
        lang_pack: _str
        lang_code: _str
    class GetLanguages(_M):
        lang_pack: _str
    class GetStrings(_M):
        lang_pack: _str
        lang_code: _str
        keys: _list[_str]
class messages:
    class AffectedFoundMessages(_O):
        pts: _int
        pts_count: _int
        offset: _int
        messages: _list[_int]
    class AffectedHistory(_O):
        pts: _int
        pts_count: _int
        offset: _int
    class AffectedMessages(_O):
        pts: _int
        pts_count: _int
    class AllStickers(_O):
        hash: _int
        sets: _list[TypeStickerSet]
    class AllStickersNotModified(_O): ...
    class ArchivedStickers(_O):
        count: _int
        sets: _Seq[TypeStickerSetCovered]
    class AvailableEffects(_O):
        hash: _int
        effects: _list[TypeAvailableEffect]
        documents: _Seq[TypeDocument]
    class AvailableEffectsNotModified(_O): ...
    class AvailableReactions(_O):
        hash: _int
        reactions: _list[TypeAvailableReaction]
    class AvailableReactionsNotModified(_O): ...
    class BotApp(_O):
        inactive: _bool = ...
        request_write_access: _bool = ...
        has_settings: _bool = ...
        app: TypeBotApp
    class BotCallbackAnswer(_O):
        alert: _bool = ...
        has_url: _bool = ...
        native_ui: _bool = ...
        message: _str | None = ...
        url: _str | None = ...
        cache_time: _int
    class BotPreparedInlineMessage(_O):
        id: _str
        expire_date: _int
    class BotResults(_O):
        gallery: _bool = ...
        query_id: _int
        next_offset: _str | None = ...
        switch_pm: TypeInlineBotSwitchPM | None = ...
        switch_webview: TypeInlineBotWebView | None = ...
        results: _Seq[TypeBotInlineResult]
        cache_time: _int
        users: _Seq[TypeUser]
    class ChannelMessages(_O):
        inexact: _bool = ...
        pts: _int
        count: _int
        offset_id_offset: _int | None = ...
        messages: _Seq[TypeMessage]
        topics: _Seq[TypeForumTopic]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChatAdminsWithInvites(_O):
        admins: _list[TypeChatAdminWithInvites]
        users: _Seq[TypeUser]
    class ChatFull(_O):
        full_chat: TypeChatFull
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChatInviteImporters(_O):
        count: _int
        importers: _list[TypeChatInviteImporter]
        users: _Seq[TypeUser]
    class ChatInviteJoinResultOk(_O):
        updates: TypeUpdates
    class ChatInviteJoinResultWebView(_O):
        bot_id: _int
        query_id: _int
        users: _Seq[TypeUser]
    class Chats(_O):
        chats: _Seq[TypeChat]
    class ChatsSlice(_O):
        count: _int
        chats: _Seq[TypeChat]
    class CheckedHistoryImportPeer(_O):
        confirm_text: _str
    class ComposedMessageWithAI(_O):
        result_text: TypeTextWithEntities
        diff_text: TypeTextWithEntities | None = ...
    class ComposedRichMessageWithAI(_O):
        result: TypeRichMessage
    class DhConfig(_O):
        g: _int
        p: _bytes
        version: _int
        random: _bytes
    class DhConfigNotModified(_O):
        random: _bytes
    class DialogFilters(_O):
        tags_enabled: _bool = ...
        filters: _Seq[TypeDialogFilter]
    class Dialogs(_O):
        dialogs: _Seq[TypeDialog]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class DialogsNotModified(_O):
        count: _int
    class DialogsSlice(_O):
        count: _int
        dialogs: _Seq[TypeDialog]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class DiscussionMessage(_O):
        messages: _Seq[TypeMessage]
        max_id: _int | None = ...
        read_inbox_max_id: _int | None = ...
        read_outbox_max_id: _int | None = ...
        unread_count: _int
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class EmojiGameDiceInfo(_O):
        game_hash: _str
        prev_stake: _int
        current_streak: _int
        params: _list[_int]
        plays_left: _int | None = ...
    class EmojiGameOutcome(_O):
        seed: _bytes
        stake_ton_amount: _int
        ton_amount: _int
    class EmojiGameUnavailable(_O): ...
    class EmojiGroups(_O):
        hash: _int
        groups: _Seq[TypeEmojiGroup]
    class EmojiGroupsNotModified(_O): ...
    class ExportedChatInvite(_O):
        invite: TypeExportedChatInvite
        users: _Seq[TypeUser]
    class ExportedChatInviteReplaced(_O):
        invite: TypeExportedChatInvite
        new_invite: TypeExportedChatInvite
        users: _Seq[TypeUser]
    class ExportedChatInvites(_O):
        count: _int
        invites: _Seq[TypeExportedChatInvite]
        users: _Seq[TypeUser]
    class FavedStickers(_O):
        hash: _int
        packs: _list[TypeStickerPack]
        stickers: _Seq[TypeDocument]
    class FavedStickersNotModified(_O): ...
    class FeaturedStickers(_O):
        premium: _bool = ...
        hash: _int
        count: _int
        sets: _Seq[TypeStickerSetCovered]
        unread: _list[_int]
    class FeaturedStickersNotModified(_O):
        count: _int
    class ForumTopics(_O):
        order_by_create_date: _bool = ...
        count: _int
        topics: _Seq[TypeForumTopic]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        pts: _int
    class FoundStickers(_O):
        next_offset: _int | None = ...
        hash: _int
        stickers: _Seq[TypeDocument]
    class FoundStickerSets(_O):
        hash: _int
        sets: _Seq[TypeStickerSetCovered]
    class FoundStickerSetsNotModified(_O): ...
    class FoundStickersNotModified(_O):
        next_offset: _int | None = ...
    class HighScores(_O):
        scores: _list[TypeHighScore]
        users: _Seq[TypeUser]
    class HistoryImport(_O):
        id: _int
    class HistoryImportParsed(_O):
        pm: _bool = ...
        group: _bool = ...
        title: _str | None = ...
    class InactiveChats(_O):
        dates: _list[_int]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class InvitedUsers(_O):
        updates: TypeUpdates
        missing_invitees: _list[TypeMissingInvitee]
    class MessageEditData(_O):
        caption: _bool = ...
    class MessageReactionsList(_O):
        count: _int
        reactions: _list[TypeMessagePeerReaction]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        next_offset: _str | None = ...
    class Messages(_O):
        messages: _Seq[TypeMessage]
        topics: _Seq[TypeForumTopic]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class MessagesNotModified(_O):
        count: _int
    class MessagesSlice(_O):
        inexact: _bool = ...
        count: _int
        next_rate: _int | None = ...
        offset_id_offset: _int | None = ...
        search_flood: TypeSearchPostsFlood | None = ...
        messages: _Seq[TypeMessage]
        topics: _Seq[TypeForumTopic]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class MessageViews(_O):
        views: _list[TypeMessageViews]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class MyStickers(_O):
        count: _int
        sets: _Seq[TypeStickerSetCovered]
    class PeerDialogs(_O):
        dialogs: _Seq[TypeDialog]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        state: _updates_TypeState
    class PeerSettings(_O):
        settings: TypePeerSettings
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class PreparedInlineMessage(_O):
        query_id: _int
        result: TypeBotInlineResult
        peer_types: _Seq[TypeInlineQueryPeerType]
        cache_time: _int
        users: _Seq[TypeUser]
    class QuickReplies(_O):
        quick_replies: _list[TypeQuickReply]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class QuickRepliesNotModified(_O): ...
    class Reactions(_O):
        hash: _int
        reactions: _Seq[TypeReaction]
    class ReactionsNotModified(_O): ...
    class RecentStickers(_O):
        hash: _int
        packs: _list[TypeStickerPack]
        stickers: _Seq[TypeDocument]
        dates: _list[_int]
    class RecentStickersNotModified(_O): ...
    class SavedDialogs(_O):
        dialogs: _Seq[TypeSavedDialog]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SavedDialogsNotModified(_O):
        count: _int
    class SavedDialogsSlice(_O):
        count: _int
        dialogs: _Seq[TypeSavedDialog]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SavedGifs(_O):
        hash: _int
        gifs: _Seq[TypeDocument]
    class SavedGifsNotModified(_O): ...
    class SavedReactionTags(_O):
        tags: _list[TypeSavedReactionTag]
        hash: _int
    class SavedReactionTagsNotModified(_O): ...
    class SearchCounter(_O):
        inexact: _bool = ...
        filter: TypeMessagesFilter
        count: _int
    class SearchResultsCalendar(_O):
        inexact: _bool = ...
        count: _int
        min_date: _int
        min_msg_id: _int
        offset_id_offset: _int | None = ...
        periods: _list[TypeSearchResultsCalendarPeriod]
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SearchResultsPositions(_O):
        count: _int
        positions: _list[TypeSearchResultsPosition]
    class SentEncryptedFile(_O):
        date: _int
        file: TypeEncryptedFile
    class SentEncryptedMessage(_O):
        date: _int
    class SponsoredMessages(_O):
        posts_between: _int | None = ...
        start_delay: _int | None = ...
        between_delay: _int | None = ...
        messages: _list[TypeSponsoredMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SponsoredMessagesEmpty(_O): ...
    class Stickers(_O):
        hash: _int
        stickers: _Seq[TypeDocument]
    class StickerSet(_O):
        set: TypeStickerSet
        packs: _list[TypeStickerPack]
        keywords: _list[TypeStickerKeyword]
        documents: _Seq[TypeDocument]
    class StickerSetInstallResultArchive(_O):
        sets: _Seq[TypeStickerSetCovered]
    class StickerSetInstallResultSuccess(_O): ...
    class StickerSetNotModified(_O): ...
    class StickersNotModified(_O): ...
    class TranscribedAudio(_O):
        pending: _bool = ...
        transcription_id: _int
        text: _str
        trial_remains_num: _int | None = ...
        trial_remains_until_date: _int | None = ...
    class TranslatedRichMessage(_O):
        result: _list[TypeRichMessage]
    class TranslateResult(_O):
        result: _list[TypeTextWithEntities]
    class VotesList(_O):
        count: _int
        votes: _Seq[TypeMessagePeerVote]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        next_offset: _str | None = ...
    class WebPage(_O):
        webpage: TypeWebPage
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class WebPagePreview(_O):
        media: TypeMessageMedia
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class AcceptEncryption(_M):
        peer: TypeInputEncryptedChat
        g_b: _bytes
        key_fingerprint: _int
    class AcceptUrlAuth(_M):
        write_allowed: _bool = ...
        share_phone_number: _bool = ...
        peer: TypeInputPeer | None = ...
        msg_id: _int | None = ...
        button_id: _int | None = ...
        url: _str | None = ...
        match_code: _str | None = ...
        tonconnect_session: TypeInputTonConnectOauthSession | None = ...
    class AddChatUser(_M):
        chat_id: _int
        user_id: TypeInputUser
        fwd_limit: _int
    class AddPollAnswer(_M):
        peer: TypeInputPeer
        msg_id: _int
        answer: TypePollAnswer
    class AppendTodoList(_M):
        peer: TypeInputPeer
        msg_id: _int
        list: _list[TypeTodoItem]
    class CheckChatInvite(_M):
        hash: _str
    class CheckHistoryImport(_M):
        import_head: _str
    class CheckHistoryImportPeer(_M):
        peer: TypeInputPeer
    class CheckQuickReplyShortcut(_M):
        shortcut: _str
    class CheckUrlAuthMatchCode(_M):
        url: _str
        match_code: _str
    class ClearAllDrafts(_M): ...
    class ClearRecentReactions(_M): ...
    class ClearRecentStickers(_M):
        attached: _bool = ...
    class ClickSponsoredMessage(_M):
        media: _bool = ...
        fullscreen: _bool = ...
        random_id: _bytes
    class ComposeMessageWithAI(_M):
        proofread: _bool = ...
        emojify: _bool = ...
        text: TypeTextWithEntities
        translate_to_lang: _str | None = ...
        tone: TypeInputAiComposeTone | None = ...
    class ComposeRichMessageWithAI(_M):
        proofread: _bool = ...
        emojify: _bool = ...
        text: TypeInputRichMessage | None = ...
        translate_to_lang: _str | None = ...
        tone: TypeInputAiComposeTone | None = ...
    class CreateChat(_M):
        users: _Seq[TypeInputUser]
        title: _str
        ttl_period: _int | None = ...
    class CreateForumTopic(_M):
        title_missing: _bool = ...
        peer: TypeInputPeer
        title: _str
        icon_color: _int | None = ...
        icon_emoji_id: _int | None = ...
        random_id: _int
        send_as: TypeInputPeer | None = ...
    class DeclineUrlAuth(_M):
        url: _str
    class DeleteChat(_M):
        chat_id: _int
    class DeleteChatUser(_M):
        revoke_history: _bool = ...
        chat_id: _int
        user_id: TypeInputUser
    class DeleteExportedChatInvite(_M):
        peer: TypeInputPeer
        link: _str
    class DeleteFactCheck(_M):
        peer: TypeInputPeer
        msg_id: _int
    class DeleteHistory(_M):
        just_clear: _bool = ...
        revoke: _bool = ...
        peer: TypeInputPeer
        max_id: _int
        min_date: _int | None = ...
        max_date: _int | None = ...
    class DeleteMessages(_M):
        revoke: _bool = ...
        id: _list[_int]
    class DeleteParticipantReaction(_M):
        peer: TypeInputPeer
        msg_id: _int
        participant: TypeInputPeer
    class DeleteParticipantReactions(_M):
        peer: TypeInputPeer
        participant: TypeInputPeer
    class DeletePhoneCallHistory(_M):
        revoke: _bool = ...
    class DeletePollAnswer(_M):
        peer: TypeInputPeer
        msg_id: _int
        option: _bytes
    class DeleteQuickReplyMessages(_M):
        shortcut_id: _int
        id: _list[_int]
    class DeleteQuickReplyShortcut(_M):
        shortcut_id: _int
    class DeleteRevokedExportedChatInvites(_M):
        peer: TypeInputPeer
        admin_id: TypeInputUser
    class DeleteSavedHistory(_M):
        parent_peer: TypeInputPeer | None = ...
        peer: TypeInputPeer
        max_id: _int
        min_date: _int | None = ...
        max_date: _int | None = ...
    class DeleteScheduledMessages(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class DeleteTopicHistory(_M):
        peer: TypeInputPeer
        top_msg_id: _int
    class DiscardEncryption(_M):
        delete_history: _bool = ...
        chat_id: _int
    class EditChatAbout(_M):
        peer: TypeInputPeer
        about: _str
    class EditChatAdmin(_M):
        chat_id: _int
        user_id: TypeInputUser
        is_admin: _bool
    class EditChatCreator(_M):
        peer: TypeInputPeer
        user_id: TypeInputUser
        password: TypeInputCheckPasswordSRP
    class EditChatDefaultBannedRights(_M):
        peer: TypeInputPeer
        banned_rights: TypeChatBannedRights
    class EditChatParticipantRank(_M):
        peer: TypeInputPeer
        participant: TypeInputPeer
        rank: _str
    class EditChatPhoto(_M):
        chat_id: _int
        photo: TypeInputChatPhoto
    class EditChatTitle(_M):
        chat_id: _int
        title: _str
    class EditExportedChatInvite(_M):
        revoked: _bool = ...
        peer: TypeInputPeer
        link: _str
        expire_date: _int | None = ...
        usage_limit: _int | None = ...
        request_needed: _bool | None = ...
        title: _str | None = ...
    class EditFactCheck(_M):
        peer: TypeInputPeer
        msg_id: _int
        text: TypeTextWithEntities
    class EditForumTopic(_M):
        peer: TypeInputPeer
        topic_id: _int
        title: _str | None = ...
        icon_emoji_id: _int | None = ...
        closed: _bool | None = ...
        hidden: _bool | None = ...
    class EditInlineBotMessage(_M):
        no_webpage: _bool = ...
        invert_media: _bool = ...
        id: TypeInputBotInlineMessageID
        message: _str | None = ...
        media: TypeInputMedia | None = ...
        reply_markup: TypeReplyMarkup | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        rich_message: TypeInputRichMessage | None = ...
    class EditMessage(_M):
        no_webpage: _bool = ...
        invert_media: _bool = ...
        peer: TypeInputPeer
        id: _int
        message: _str | None = ...
        media: TypeInputMedia | None = ...
        reply_markup: TypeReplyMarkup | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        schedule_date: _int | None = ...
        schedule_repeat_period: _int | None = ...
        quick_reply_shortcut_id: _int | None = ...
        rich_message: TypeInputRichMessage | None = ...
    class EditQuickReplyShortcut(_M):
        shortcut_id: _int
        shortcut: _str
    class ExportChatInvite(_M):
        legacy_revoke_permanent: _bool = ...
        request_needed: _bool = ...
        peer: TypeInputPeer
        expire_date: _int | None = ...
        usage_limit: _int | None = ...
        title: _str | None = ...
        subscription_pricing: TypeStarsSubscriptionPricing | None = ...
    class FaveSticker(_M):
        id: TypeInputDocument
        unfave: _bool
    class ForwardMessages(_M):
        silent: _bool = ...
        background: _bool = ...
        with_my_score: _bool = ...
        drop_author: _bool = ...
        drop_media_captions: _bool = ...
        noforwards: _bool = ...
        allow_paid_floodskip: _bool = ...
        from_ephemeral: _bool = ...
        from_peer: TypeInputPeer
        id: _list[_int]
        random_id: _list[_int]
        to_peer: TypeInputPeer
        top_msg_id: _int | None = ...
        reply_to: TypeInputReplyTo | None = ...
        schedule_date: _int | None = ...
        schedule_repeat_period: _int | None = ...
        send_as: TypeInputPeer | None = ...
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = ...
        effect: _int | None = ...
        video_timestamp: _int | None = ...
        allow_paid_stars: _int | None = ...
        suggested_post: TypeSuggestedPost | None = ...
    class GetAdminsWithInvites(_M):
        peer: TypeInputPeer
    class GetAllDrafts(_M): ...
    class GetAllStickers(_M):
        hash: _int
    class GetArchivedStickers(_M):
        masks: _bool = ...
        emojis: _bool = ...
        offset_id: _int
        limit: _int
    class GetAttachedStickers(_M):
        media: TypeInputStickeredMedia
    class GetAttachMenuBot(_M):
        bot: TypeInputUser
    class GetAttachMenuBots(_M):
        hash: _int
    class GetAvailableEffects(_M):
        hash: _int
    class GetAvailableReactions(_M):
        hash: _int
    class GetBotApp(_M):
        app: TypeInputBotApp
        hash: _int
    class GetBotCallbackAnswer(_M):
        game: _bool = ...
        peer: TypeInputPeer
        msg_id: _int
        data: _bytes | None = ...
        password: TypeInputCheckPasswordSRP | None = ...
    class GetChatInviteImporters(_M):
        requested: _bool = ...
        subscription_expired: _bool = ...
        peer: TypeInputPeer
        link: _str | None = ...
        q: _str | None = ...
        offset_date: _int
        offset_user: TypeInputUser
        limit: _int
    class GetChats(_M):
        id: _list[_int]
    class GetCommonChats(_M):
        user_id: TypeInputUser
        max_id: _int
        limit: _int
    class GetCustomEmojiDocuments(_M):
        document_id: _list[_int]
    class GetDefaultHistoryTTL(_M): ...
    class GetDefaultTagReactions(_M):
        hash: _int
    class GetDhConfig(_M):
        version: _int
        random_length: _int
    class GetDialogFilters(_M): ...
    class GetDialogs(_M):
        exclude_pinned: _bool = ...
        folder_id: _int | None = ...
        offset_date: _int
        offset_id: _int
        offset_peer: TypeInputPeer
        limit: _int
        hash: _int
    class GetDialogUnreadMarks(_M):
        parent_peer: TypeInputPeer | None = ...
    class GetDiscussionMessage(_M):
        peer: TypeInputPeer
        msg_id: _int
    class GetDocumentByHash(_M):
        sha256: _bytes
        size: _int
        mime_type: _str
    class GetEmojiGameInfo(_M): ...
    class GetEmojiGroups(_M):
        hash: _int
    class GetEmojiKeywords(_M):
        lang_code: _str
    class GetEmojiKeywordsDifference(_M):
        lang_code: _str
        from_version: _int
    class GetEmojiKeywordsLanguages(_M):
        lang_codes: _list[_str]
    class GetEmojiProfilePhotoGroups(_M):
        hash: _int
    class GetEmojiStatusGroups(_M):
        hash: _int
    class GetEmojiStickerGroups(_M):
        hash: _int
    class GetEmojiStickers(_M):
        hash: _int
    class GetEmojiURL(_M):
        lang_code: _str
    class GetExportedChatInvite(_M):
        peer: TypeInputPeer
        link: _str
    class GetExportedChatInvites(_M):
        revoked: _bool = ...
        peer: TypeInputPeer
        admin_id: TypeInputUser
        offset_date: _int | None = ...
        offset_link: _str | None = ...
        limit: _int
    class GetExtendedMedia(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class GetFactCheck(_M):
        peer: TypeInputPeer
        msg_id: _list[_int]
    class GetFavedStickers(_M):
        hash: _int
    class GetFeaturedEmojiStickers(_M):
        hash: _int
    class GetFeaturedStickers(_M):
        hash: _int
    class GetForumTopics(_M):
        peer: TypeInputPeer
        q: _str | None = ...
        offset_date: _int
        offset_id: _int
        offset_topic: _int
        limit: _int
    class GetForumTopicsByID(_M):
        peer: TypeInputPeer
        topics: _list[_int]
    class GetFullChat(_M):
        chat_id: _int
    class GetFutureChatCreatorAfterLeave(_M):
        peer: TypeInputPeer
    class GetGameHighScores(_M):
        peer: TypeInputPeer
        id: _int
        user_id: TypeInputUser
    class GetHistory(_M):
        peer: TypeInputPeer
        offset_id: _int
        offset_date: _int
        add_offset: _int
        limit: _int
        max_id: _int
        min_id: _int
        hash: _int
    class GetInlineBotResults(_M):
        bot: TypeInputUser
        peer: TypeInputPeer
        geo_point: TypeInputGeoPoint | None = ...
        query: _str
        offset: _str
    class GetInlineGameHighScores(_M):
        id: TypeInputBotInlineMessageID
        user_id: TypeInputUser
    class GetMaskStickers(_M):
        hash: _int
    class GetMessageEditData(_M):
        peer: TypeInputPeer
        id: _int
    class GetMessageReactionsList(_M):
        peer: TypeInputPeer
        id: _int
        reaction: TypeReaction | None = ...
        offset: _str | None = ...
        limit: _int
    class GetMessageReadParticipants(_M):
        peer: TypeInputPeer
        msg_id: _int
    class GetMessages(_M):
        id: _Seq[TypeInputMessage]
    class GetMessagesReactions(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class GetMessagesViews(_M):
        peer: TypeInputPeer
        id: _list[_int]
        increment: _bool
    class GetMyStickers(_M):
        offset_id: _int
        limit: _int
    class GetOldFeaturedStickers(_M):
        offset: _int
        limit: _int
        hash: _int
    class GetOnlines(_M):
        peer: TypeInputPeer
    class GetOutboxReadDate(_M):
        peer: TypeInputPeer
        msg_id: _int
    class GetPaidReactionPrivacy(_M): ...
    class GetPeerDialogs(_M):
        peers: _Seq[TypeInputDialogPeer]
    class GetPeerSettings(_M):
        peer: TypeInputPeer
    class GetPersonalChannelHistory(_M):
        user_id: TypeInputUser
        limit: _int
        max_id: _int
        min_id: _int
        hash: _int
    class GetPinnedDialogs(_M):
        folder_id: _int
    class GetPinnedSavedDialogs(_M): ...
    class GetPollResults(_M):
        peer: TypeInputPeer
        msg_id: _int
        poll_hash: _int
    class GetPollVotes(_M):
        peer: TypeInputPeer
        id: _int
        option: _bytes | None = ...
        offset: _str | None = ...
        limit: _int
    class GetPreparedInlineMessage(_M):
        bot: TypeInputUser
        id: _str
    class GetQuickReplies(_M):
        hash: _int
    class GetQuickReplyMessages(_M):
        shortcut_id: _int
        id: _list[_int] | None = ...
        hash: _int
    class GetRecentLocations(_M):
        peer: TypeInputPeer
        limit: _int
        hash: _int
    class GetRecentReactions(_M):
        limit: _int
        hash: _int
    class GetRecentStickers(_M):
        attached: _bool = ...
        hash: _int
    class GetReplies(_M):
        peer: TypeInputPeer
        msg_id: _int
        offset_id: _int
        offset_date: _int
        add_offset: _int
        limit: _int
        max_id: _int
        min_id: _int
        hash: _int
    class GetRichMessage(_M):
        peer: TypeInputPeer
        id: _int
    class GetSavedDialogs(_M):
        exclude_pinned: _bool = ...
        parent_peer: TypeInputPeer | None = ...
        offset_date: _int
        offset_id: _int
        offset_peer: TypeInputPeer
        limit: _int
        hash: _int
    class GetSavedDialogsByID(_M):
        parent_peer: TypeInputPeer | None = ...
        ids: _Seq[TypeInputPeer]
    class GetSavedGifs(_M):
        hash: _int
    class GetSavedHistory(_M):
        parent_peer: TypeInputPeer | None = ...
        peer: TypeInputPeer
        offset_id: _int
        offset_date: _int
        add_offset: _int
        limit: _int
        max_id: _int
        min_id: _int
        hash: _int
    class GetSavedReactionTags(_M):
        peer: TypeInputPeer | None = ...
        hash: _int
    class GetScheduledHistory(_M):
        peer: TypeInputPeer
        hash: _int
    class GetScheduledMessages(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class GetSearchCounters(_M):
        peer: TypeInputPeer
        saved_peer_id: TypeInputPeer | None = ...
        top_msg_id: _int | None = ...
        filters: _Seq[TypeMessagesFilter]
    class GetSearchResultsCalendar(_M):
        peer: TypeInputPeer
        saved_peer_id: TypeInputPeer | None = ...
        filter: TypeMessagesFilter
        offset_id: _int
        offset_date: _int
    class GetSearchResultsPositions(_M):
        peer: TypeInputPeer
        saved_peer_id: TypeInputPeer | None = ...
        filter: TypeMessagesFilter
        offset_id: _int
        limit: _int
    class GetShareThemeBackdrops(_M):
        hash: _int
    class GetSplitRanges(_M): ...
    class GetSponsoredMessages(_M):
        peer: TypeInputPeer
        msg_id: _int | None = ...
    class GetStickers(_M):
        emoticon: _str
        hash: _int
    class GetStickerSet(_M):
        stickerset: TypeInputStickerSet
        hash: _int
    class GetSuggestedDialogFilters(_M): ...
    class GetTopReactions(_M):
        limit: _int
        hash: _int
    class GetUnreadMentions(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
        offset_id: _int
        add_offset: _int
        limit: _int
        max_id: _int
        min_id: _int
    class GetUnreadPollVotes(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
        offset_id: _int
        add_offset: _int
        limit: _int
        max_id: _int
        min_id: _int
    class GetUnreadReactions(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
        saved_peer_id: TypeInputPeer | None = ...
        offset_id: _int
        add_offset: _int
        limit: _int
        max_id: _int
        min_id: _int
    class GetWebPage(_M):
        url: _str
        hash: _int
    class GetWebPagePreview(_M):
        message: _str
        entities: _Seq[TypeMessageEntity] | None = ...
    class HideAllChatJoinRequests(_M):
        approved: _bool = ...
        peer: TypeInputPeer
        link: _str | None = ...
    class HideChatJoinRequest(_M):
        approved: _bool = ...
        peer: TypeInputPeer
        user_id: TypeInputUser
    class HidePeerSettingsBar(_M):
        peer: TypeInputPeer
    class ImportChatInvite(_M):
        hash: _str
    class InitHistoryImport(_M):
        peer: TypeInputPeer
        file: TypeInputFile
        media_count: _int
    class InstallStickerSet(_M):
        stickerset: TypeInputStickerSet
        archived: _bool
    class MarkDialogUnread(_M):
        unread: _bool = ...
        parent_peer: TypeInputPeer | None = ...
        peer: TypeInputDialogPeer
    class MigrateChat(_M):
        chat_id: _int
    class ProlongWebView(_M):
        silent: _bool = ...
        peer: TypeInputPeer
        bot: TypeInputUser
        query_id: _int
        reply_to: TypeInputReplyTo | None = ...
        send_as: TypeInputPeer | None = ...
    class RateTranscribedAudio(_M):
        peer: TypeInputPeer
        msg_id: _int
        transcription_id: _int
        good: _bool
    class ReadDiscussion(_M):
        peer: TypeInputPeer
        msg_id: _int
        read_max_id: _int
    class ReadEncryptedHistory(_M):
        peer: TypeInputEncryptedChat
        max_date: _int
    class ReadFeaturedStickers(_M):
        id: _list[_int]
    class ReadHistory(_M):
        peer: TypeInputPeer
        max_id: _int
    class ReadMentions(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
    class ReadMessageContents(_M):
        id: _list[_int]
    class ReadPollVotes(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
    class ReadReactions(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
        saved_peer_id: TypeInputPeer | None = ...
    class ReadSavedHistory(_M):
        parent_peer: TypeInputPeer
        peer: TypeInputPeer
        max_id: _int
    class ReceivedMessages(_M):
        max_id: _int
    class ReceivedQueue(_M):
        max_qts: _int
    class ReorderPinnedDialogs(_M):
        force: _bool = ...
        folder_id: _int
        order: _Seq[TypeInputDialogPeer]
    class ReorderPinnedForumTopics(_M):
        force: _bool = ...
        peer: TypeInputPeer
        order: _list[_int]
    class ReorderPinnedSavedDialogs(_M):
        force: _bool = ...
        order: _Seq[TypeInputDialogPeer]
    class ReorderQuickReplies(_M):
        order: _list[_int]
    class ReorderStickerSets(_M):
        masks: _bool = ...
        emojis: _bool = ...
        order: _list[_int]
    class Report(_M):
        peer: TypeInputPeer
        id: _list[_int]
        option: _bytes
        message: _str
    class ReportEncryptedSpam(_M):
        peer: TypeInputEncryptedChat
    class ReportMessagesDelivery(_M):
        push: _bool = ...
        peer: TypeInputPeer
        id: _list[_int]
    class ReportMusicListen(_M):
        id: TypeInputDocument
        listened_duration: _int
    class ReportReaction(_M):
        peer: TypeInputPeer
        id: _int
        reaction_peer: TypeInputPeer
    class ReportReadMetrics(_M):
        peer: TypeInputPeer
        metrics: _list[TypeInputMessageReadMetric]
    class ReportSpam(_M):
        peer: TypeInputPeer
    class ReportSponsoredMessage(_M):
        random_id: _bytes
        option: _bytes
    class RequestAppWebView(_M):
        write_allowed: _bool = ...
        compact: _bool = ...
        fullscreen: _bool = ...
        peer: TypeInputPeer
        app: TypeInputBotApp
        start_param: _str | None = ...
        theme_params: TypeDataJSON | None = ...
        platform: _str
    class RequestChatJoinWebView(_M):
        query_id: _int
        theme_params: TypeDataJSON | None = ...
        platform: _str
    class RequestEncryption(_M):
        user_id: TypeInputUser
        random_id: _int
        g_a: _bytes
    class RequestMainWebView(_M):
        compact: _bool = ...
        fullscreen: _bool = ...
        peer: TypeInputPeer
        bot: TypeInputUser
        start_param: _str | None = ...
        theme_params: TypeDataJSON | None = ...
        platform: _str
    class RequestSimpleWebView(_M):
        from_switch_webview: _bool = ...
        from_side_menu: _bool = ...
        compact: _bool = ...
        fullscreen: _bool = ...
        bot: TypeInputUser
        url: _str | None = ...
        start_param: _str | None = ...
        theme_params: TypeDataJSON | None = ...
        platform: _str
    class RequestUrlAuth(_M):
        peer: TypeInputPeer | None = ...
        msg_id: _int | None = ...
        button_id: _int | None = ...
        url: _str | None = ...
        in_app_origin: _str | None = ...
    class RequestWebView(_M):
        from_bot_menu: _bool = ...
        silent: _bool = ...
        compact: _bool = ...
        fullscreen: _bool = ...
        peer: TypeInputPeer
        bot: TypeInputUser
        url: _str | None = ...
        start_param: _str | None = ...
        theme_params: TypeDataJSON | None = ...
        platform: _str
        reply_to: TypeInputReplyTo | None = ...
        send_as: TypeInputPeer | None = ...
    class SaveDefaultSendAs(_M):
        peer: TypeInputPeer
        send_as: TypeInputPeer
    class SaveDraft(_M):
        no_webpage: _bool = ...
        invert_media: _bool = ...
        reply_to: TypeInputReplyTo | None = ...
        peer: TypeInputPeer
        message: _str
        entities: _Seq[TypeMessageEntity] | None = ...
        media: TypeInputMedia | None = ...
        effect: _int | None = ...
        suggested_post: TypeSuggestedPost | None = ...
        rich_message: TypeInputRichMessage | None = ...
    class SaveGif(_M):
        id: TypeInputDocument
        unsave: _bool
    class SavePreparedInlineMessage(_M):
        result: TypeInputBotInlineResult
        user_id: TypeInputUser
        peer_types: _Seq[TypeInlineQueryPeerType] | None = ...
    class SaveRecentSticker(_M):
        attached: _bool = ...
        id: TypeInputDocument
        unsave: _bool
    class Search(_M):
        peer: TypeInputPeer
        q: _str
        from_id: TypeInputPeer | None = ...
        saved_peer_id: TypeInputPeer | None = ...
        saved_reaction: _Seq[TypeReaction] | None = ...
        top_msg_id: _int | None = ...
        filter: TypeMessagesFilter
        min_date: _int
        max_date: _int
        offset_id: _int
        add_offset: _int
        limit: _int
        max_id: _int
        min_id: _int
        hash: _int
    class SearchCustomEmoji(_M):
        emoticon: _str
        hash: _int
    class SearchEmojiStickerSets(_M):
        exclude_featured: _bool = ...
        q: _str
        hash: _int
    class SearchGlobal(_M):
        broadcasts_only: _bool = ...
        groups_only: _bool = ...
        users_only: _bool = ...
        folder_id: _int | None = ...
        community: TypeInputChannel | None = ...
        q: _str
        filter: TypeMessagesFilter
        min_date: _int
        max_date: _int
        offset_rate: _int
        offset_peer: TypeInputPeer
        offset_id: _int
        limit: _int
    class SearchSentMedia(_M):
        q: _str
        filter: TypeMessagesFilter
        limit: _int
    class SearchStickers(_M):
        emojis: _bool = ...
        q: _str
        emoticon: _str
        lang_code: _list[_str]
        offset: _int
        limit: _int
        hash: _int
    class SearchStickerSets(_M):
        exclude_featured: _bool = ...
        q: _str
        hash: _int
    class SendBotRequestedPeer(_M):
        peer: TypeInputPeer
        msg_id: _int | None = ...
        webapp_req_id: _str | None = ...
        button_id: _int
        requested_peers: _Seq[TypeInputPeer]
    class SendEncrypted(_M):
        silent: _bool = ...
        peer: TypeInputEncryptedChat
        random_id: _int
        data: _bytes
    class SendEncryptedFile(_M):
        silent: _bool = ...
        peer: TypeInputEncryptedChat
        random_id: _int
        data: _bytes
        file: TypeInputEncryptedFile
    class SendEncryptedService(_M):
        peer: TypeInputEncryptedChat
        random_id: _int
        data: _bytes
    class SendInlineBotResult(_M):
        silent: _bool = ...
        background: _bool = ...
        clear_draft: _bool = ...
        hide_via: _bool = ...
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = ...
        random_id: _int
        query_id: _int
        id: _str
        schedule_date: _int | None = ...
        send_as: TypeInputPeer | None = ...
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = ...
        allow_paid_stars: _int | None = ...
    class SendMedia(_M):
        silent: _bool = ...
        background: _bool = ...
        clear_draft: _bool = ...
        noforwards: _bool = ...
        update_stickersets_order: _bool = ...
        invert_media: _bool = ...
        allow_paid_floodskip: _bool = ...
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = ...
        media: TypeInputMedia
        message: _str
        random_id: _int
        reply_markup: TypeReplyMarkup | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        schedule_date: _int | None = ...
        schedule_repeat_period: _int | None = ...
        send_as: TypeInputPeer | None = ...
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = ...
        effect: _int | None = ...
        allow_paid_stars: _int | None = ...
        suggested_post: TypeSuggestedPost | None = ...
    class SendMessage(_M):
        no_webpage: _bool = ...
        silent: _bool = ...
        background: _bool = ...
        clear_draft: _bool = ...
        noforwards: _bool = ...
        update_stickersets_order: _bool = ...
        invert_media: _bool = ...
        allow_paid_floodskip: _bool = ...
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = ...
        message: _str
        random_id: _int
        reply_markup: TypeReplyMarkup | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        schedule_date: _int | None = ...
        schedule_repeat_period: _int | None = ...
        send_as: TypeInputPeer | None = ...
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = ...
        effect: _int | None = ...
        allow_paid_stars: _int | None = ...
        suggested_post: TypeSuggestedPost | None = ...
        rich_message: TypeInputRichMessage | None = ...
    class SendMultiMedia(_M):
        silent: _bool = ...
        background: _bool = ...
        clear_draft: _bool = ...
        noforwards: _bool = ...
        update_stickersets_order: _bool = ...
        invert_media: _bool = ...
        allow_paid_floodskip: _bool = ...
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo | None = ...
        multi_media: _list[TypeInputSingleMedia]
        schedule_date: _int | None = ...
        send_as: TypeInputPeer | None = ...
        quick_reply_shortcut: TypeInputQuickReplyShortcut | None = ...
        effect: _int | None = ...
        allow_paid_stars: _int | None = ...
    class SendPaidReaction(_M):
        peer: TypeInputPeer
        msg_id: _int
        count: _int
        random_id: _int
        private: TypePaidReactionPrivacy | None = ...
    class SendQuickReplyMessages(_M):
        peer: TypeInputPeer
        shortcut_id: _int
        id: _list[_int]
        random_id: _list[_int]
    class SendReaction(_M):
        big: _bool = ...
        add_to_recent: _bool = ...
        peer: TypeInputPeer
        msg_id: _int
        reaction: _Seq[TypeReaction] | None = ...
    class SendScheduledMessages(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class SendScreenshotNotification(_M):
        peer: TypeInputPeer
        reply_to: TypeInputReplyTo
        random_id: _int
    class SendVote(_M):
        peer: TypeInputPeer
        msg_id: _int
        options: _list[_bytes]
    class SendWebViewData(_M):
        bot: TypeInputUser
        random_id: _int
        button_text: _str
        data: _str
    class SendWebViewResultMessage(_M):
        bot_query_id: _str
        result: TypeInputBotInlineResult
    class SetBotCallbackAnswer(_M):
        alert: _bool = ...
        query_id: _int
        message: _str | None = ...
        url: _str | None = ...
        cache_time: _int
    class SetBotGuestChatResult(_M):
        query_id: _int
        result: TypeInputBotInlineResult
    class SetBotPrecheckoutResults(_M):
        success: _bool = ...
        query_id: _int
        error: _str | None = ...
    class SetBotShippingResults(_M):
        query_id: _int
        error: _str | None = ...
        shipping_options: _list[TypeShippingOption] | None = ...
    class SetChatAvailableReactions(_M):
        peer: TypeInputPeer
        available_reactions: TypeChatReactions
        reactions_limit: _int | None = ...
        paid_enabled: _bool | None = ...
    class SetChatTheme(_M):
        peer: TypeInputPeer
        theme: TypeInputChatTheme
    class SetChatWallPaper(_M):
        for_both: _bool = ...
        revert: _bool = ...
        peer: TypeInputPeer
        wallpaper: TypeInputWallPaper | None = ...
        settings: TypeWallPaperSettings | None = ...
        id: _int | None = ...
    class SetDefaultHistoryTTL(_M):
        period: _int
    class SetDefaultReaction(_M):
        reaction: TypeReaction
    class SetEncryptedTyping(_M):
        peer: TypeInputEncryptedChat
        typing: _bool
    class SetGameScore(_M):
        edit_message: _bool = ...
        force: _bool = ...
        peer: TypeInputPeer
        id: _int
        user_id: TypeInputUser
        score: _int
    class SetHistoryTTL(_M):
        peer: TypeInputPeer
        period: _int
    class SetInlineBotResults(_M):
        gallery: _bool = ...
        private: _bool = ...
        query_id: _int
        results: _Seq[TypeInputBotInlineResult]
        cache_time: _int
        next_offset: _str | None = ...
        switch_pm: TypeInlineBotSwitchPM | None = ...
        switch_webview: TypeInlineBotWebView | None = ...
    class SetInlineGameScore(_M):
        edit_message: _bool = ...
        force: _bool = ...
        id: TypeInputBotInlineMessageID
        user_id: TypeInputUser
        score: _int
    class SetShareTheme(_M):
        peer: TypeInputPeer
        theme: TypeShareTheme
    class SetTyping(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
        action: TypeSendMessageAction
    class StartBot(_M):
        bot: TypeInputUser
        peer: TypeInputPeer
        random_id: _int
        start_param: _str
    class StartHistoryImport(_M):
        peer: TypeInputPeer
        import_id: _int
    class SummarizeText(_M):
        peer: TypeInputPeer
        id: _int
        to_lang: _str | None = ...
        tone: _str | None = ...
    class ToggleBotInAttachMenu(_M):
        write_allowed: _bool = ...
        bot: TypeInputUser
        enabled: _bool
    class ToggleDialogFilterTags(_M):
        enabled: _bool
    class ToggleDialogPin(_M):
        pinned: _bool = ...
        peer: TypeInputDialogPeer
    class ToggleNoForwards(_M):
        peer: TypeInputPeer
        enabled: _bool
        request_msg_id: _int | None = ...
    class TogglePaidReactionPrivacy(_M):
        peer: TypeInputPeer
        msg_id: _int
        private: TypePaidReactionPrivacy
    class TogglePeerTranslations(_M):
        disabled: _bool = ...
        peer: TypeInputPeer
    class ToggleSavedDialogPin(_M):
        pinned: _bool = ...
        peer: TypeInputDialogPeer
    class ToggleStickerSets(_M):
        uninstall: _bool = ...
        archive: _bool = ...
        unarchive: _bool = ...
        stickersets: _Seq[TypeInputStickerSet]
    class ToggleSuggestedPostApproval(_M):
        reject: _bool = ...
        peer: TypeInputPeer
        msg_id: _int
        schedule_date: _int | None = ...
        reject_comment: _str | None = ...
    class ToggleTodoCompleted(_M):
        peer: TypeInputPeer
        msg_id: _int
        completed: _list[_int]
        incompleted: _list[_int]
    class TranscribeAudio(_M):
        peer: TypeInputPeer
        msg_id: _int
    class TranslateRichMessage(_M):
        peer: TypeInputPeer | None = ...
        id: _list[_int] | None = ...
        text: _Seq[TypeInputRichMessage] | None = ...
        to_lang: _str
        tone: _str | None = ...
    class TranslateText(_M):
        peer: TypeInputPeer | None = ...
        id: _list[_int] | None = ...
        text: _list[TypeTextWithEntities] | None = ...
        to_lang: _str
        tone: _str | None = ...
    class UninstallStickerSet(_M):
        stickerset: TypeInputStickerSet
    class UnpinAllMessages(_M):
        peer: TypeInputPeer
        top_msg_id: _int | None = ...
        saved_peer_id: TypeInputPeer | None = ...
    class UpdateDialogFilter(_M):
        id: _int
        filter: TypeDialogFilter | None = ...
    class UpdateDialogFiltersOrder(_M):
        order: _list[_int]
    class UpdatePinnedForumTopic(_M):
        peer: TypeInputPeer
        topic_id: _int
        pinned: _bool
    class UpdatePinnedMessage(_M):
        silent: _bool = ...
        unpin: _bool = ...
        pm_oneside: _bool = ...
        peer: TypeInputPeer
        id: _int
    class UpdateSavedReactionTag(_M):
        reaction: TypeReaction
        title: _str | None = ...
    class UploadEncryptedFile(_M):
        peer: TypeInputEncryptedChat
        file: TypeInputEncryptedFile
    class UploadImportedMedia(_M):
        peer: TypeInputPeer
        import_id: _int
        file_name: _str
        media: TypeInputMedia
    class UploadMedia(_M):
        business_connection_id: _str | None = ...
        peer: TypeInputPeer
        media: TypeInputMedia
    class ViewSponsoredMessage(_M):
        random_id: _bytes
    TypeAffectedFoundMessages: _A = _messages_TypeAffectedFoundMessages
    TypeAffectedHistory: _A = _messages_TypeAffectedHistory
    TypeAffectedMessages: _A = _messages_TypeAffectedMessages
    TypeAllStickers: _A = _messages_TypeAllStickers
    TypeArchivedStickers: _A = _messages_TypeArchivedStickers
    TypeAvailableEffects: _A = _messages_TypeAvailableEffects
    TypeAvailableReactions: _A = _messages_TypeAvailableReactions
    TypeBotApp: _A = _messages_TypeBotApp
    TypeBotCallbackAnswer: _A = _messages_TypeBotCallbackAnswer
    TypeBotPreparedInlineMessage: _A = _messages_TypeBotPreparedInlineMessage
    TypeBotResults: _A = _messages_TypeBotResults
    TypeChatAdminsWithInvites: _A = _messages_TypeChatAdminsWithInvites
    TypeChatFull: _A = _messages_TypeChatFull
    TypeChatInviteImporters: _A = _messages_TypeChatInviteImporters
    TypeChatInviteJoinResult: _A = _messages_TypeChatInviteJoinResult
    TypeChats: _A = _messages_TypeChats
    TypeCheckedHistoryImportPeer: _A = _messages_TypeCheckedHistoryImportPeer
    TypeComposedMessageWithAI: _A = _messages_TypeComposedMessageWithAI
    TypeComposedRichMessageWithAI: _A = _messages_TypeComposedRichMessageWithAI
    TypeDhConfig: _A = _messages_TypeDhConfig
    TypeDialogFilters: _A = _messages_TypeDialogFilters
    TypeDialogs: _A = _messages_TypeDialogs
    TypeDiscussionMessage: _A = _messages_TypeDiscussionMessage
    TypeEmojiGameInfo: _A = _messages_TypeEmojiGameInfo
    TypeEmojiGameOutcome: _A = _messages_TypeEmojiGameOutcome
    TypeEmojiGroups: _A = _messages_TypeEmojiGroups
    TypeExportedChatInvite: _A = _messages_TypeExportedChatInvite
    TypeExportedChatInvites: _A = _messages_TypeExportedChatInvites
    TypeFavedStickers: _A = _messages_TypeFavedStickers
    TypeFeaturedStickers: _A = _messages_TypeFeaturedStickers
    TypeForumTopics: _A = _messages_TypeForumTopics
    TypeFoundStickerSets: _A = _messages_TypeFoundStickerSets
    TypeFoundStickers: _A = _messages_TypeFoundStickers
    TypeHighScores: _A = _messages_TypeHighScores
    TypeHistoryImport: _A = _messages_TypeHistoryImport
    TypeHistoryImportParsed: _A = _messages_TypeHistoryImportParsed
    TypeInactiveChats: _A = _messages_TypeInactiveChats
    TypeInvitedUsers: _A = _messages_TypeInvitedUsers
    TypeMessageEditData: _A = _messages_TypeMessageEditData
    TypeMessageReactionsList: _A = _messages_TypeMessageReactionsList
    TypeMessageViews: _A = _messages_TypeMessageViews
    TypeMessages: _A = _messages_TypeMessages
    TypeMyStickers: _A = _messages_TypeMyStickers
    TypePeerDialogs: _A = _messages_TypePeerDialogs
    TypePeerSettings: _A = _messages_TypePeerSettings
    TypePreparedInlineMessage: _A = _messages_TypePreparedInlineMessage
    TypeQuickReplies: _A = _messages_TypeQuickReplies
    TypeReactions: _A = _messages_TypeReactions
    TypeRecentStickers: _A = _messages_TypeRecentStickers
    TypeSavedDialogs: _A = _messages_TypeSavedDialogs
    TypeSavedGifs: _A = _messages_TypeSavedGifs
    TypeSavedReactionTags: _A = _messages_TypeSavedReactionTags
    TypeSearchCounter: _A = _messages_TypeSearchCounter
    TypeSearchResultsCalendar: _A = _messages_TypeSearchResultsCalendar
    TypeSearchResultsPositions: _A = _messages_TypeSearchResultsPositions
    TypeSentEncryptedMessage: _A = _messages_TypeSentEncryptedMessage
    TypeSponsoredMessages: _A = _messages_TypeSponsoredMessages
    TypeStickerSet: _A = _messages_TypeStickerSet
    TypeStickerSetInstallResult: _A = _messages_TypeStickerSetInstallResult
    TypeStickers: _A = _messages_TypeStickers
    TypeTranscribedAudio: _A = _messages_TypeTranscribedAudio
    TypeTranslatedRichMessage: _A = _messages_TypeTranslatedRichMessage
    TypeTranslatedText: _A = _messages_TypeTranslatedText
    TypeVotesList: _A = _messages_TypeVotesList
    TypeWebPage: _A = _messages_TypeWebPage
    TypeWebPagePreview: _A = _messages_TypeWebPagePreview
class payments:
    class BankCardData(_O):
        title: _str
        open_urls: _list[TypeBankCardOpenUrl]
    class CheckCanSendGiftResultFail(_O):
        reason: TypeTextWithEntities
    class CheckCanSendGiftResultOk(_O): ...
    class CheckedGiftCode(_O):
        via_giveaway: _bool = ...
        from_id: TypePeer | None = ...
        giveaway_msg_id: _int | None = ...
        to_id: _int | None = ...
        date: _int
        days: _int
        used_date: _int | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ConnectedStarRefBots(_O):
        count: _int
        connected_bots: _list[TypeConnectedBotStarRef]
        users: _Seq[TypeUser]
    class CurrencyRates(_O):
        rates: _list[TypeCurrencyRate]
    class ExportedInvoice(_O):
        url: _str
    class GiveawayInfo(_O):
        participating: _bool = ...
        preparing_results: _bool = ...
        start_date: _int
        joined_too_early_date: _int | None = ...
        admin_disallowed_chat_id: _int | None = ...
        disallowed_country: _str | None = ...
    class GiveawayInfoResults(_O):
        winner: _bool = ...
        refunded: _bool = ...
        start_date: _int
        gift_code_slug: _str | None = ...
        stars_prize: _int | None = ...
        finish_date: _int
        winners_count: _int
        activated_count: _int | None = ...
    class PaymentForm(_O):
        can_save_credentials: _bool = ...
        password_missing: _bool = ...
        form_id: _int
        bot_id: _int
        title: _str
        description: _str
        photo: TypeWebDocument | None = ...
        invoice: TypeInvoice
        provider_id: _int
        url: _str
        native_provider: _str | None = ...
        native_params: TypeDataJSON | None = ...
        additional_methods: _list[TypePaymentFormMethod] | None = ...
        saved_info: TypePaymentRequestedInfo | None = ...
        saved_credentials: _list[TypePaymentSavedCredentials] | None = ...
        users: _Seq[TypeUser]
    class PaymentFormStarGift(_O):
        form_id: _int
        invoice: TypeInvoice
    class PaymentFormStars(_O):
        form_id: _int
        bot_id: _int
        title: _str
        description: _str
        photo: TypeWebDocument | None = ...
        invoice: TypeInvoice
        users: _Seq[TypeUser]
    class PaymentReceipt(_O):
        date: _int
        bot_id: _int
        provider_id: _int
        title: _str
        description: _str
        photo: TypeWebDocument | None = ...
        invoice: TypeInvoice
        info: TypePaymentRequestedInfo | None = ...
        shipping: TypeShippingOption | None = ...
        tip_amount: _int | None = ...
        currency: _str
        total_amount: _int
        credentials_title: _str
        users: _Seq[TypeUser]
    class PaymentReceiptStars(_O):
        date: _int
        bot_id: _int
        title: _str
        description: _str
        photo: TypeWebDocument | None = ...
        invoice: TypeInvoice
        currency: _str
        total_amount: _int
        transaction_id: _str
        users: _Seq[TypeUser]
    class PaymentResult(_O):
        updates: TypeUpdates
    class PaymentVerificationNeeded(_O):
        url: _str
    class ResaleStarGifts(_O):
        count: _int
        gifts: _Seq[TypeStarGift]
        next_offset: _str | None = ...
        attributes: _Seq[TypeStarGiftAttribute] | None = ...
        attributes_hash: _int | None = ...
        chats: _Seq[TypeChat]
        counters: _list[TypeStarGiftAttributeCounter] | None = ...
        users: _Seq[TypeUser]
    class SavedInfo(_O):
        has_saved_credentials: _bool = ...
        saved_info: TypePaymentRequestedInfo | None = ...
    class SavedStarGifts(_O):
        count: _int
        chat_notifications_enabled: _bool | None = ...
        gifts: _list[TypeSavedStarGift]
        next_offset: _str | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class StarGiftActiveAuctions(_O):
        auctions: _list[TypeStarGiftActiveAuctionState]
        users: _Seq[TypeUser]
        chats: _Seq[TypeChat]
    class StarGiftActiveAuctionsNotModified(_O): ...
    class StarGiftAuctionAcquiredGifts(_O):
        gifts: _list[TypeStarGiftAuctionAcquiredGift]
        users: _Seq[TypeUser]
        chats: _Seq[TypeChat]
    class StarGiftAuctionState(_O):
        gift: TypeStarGift
        state: TypeStarGiftAuctionState
        user_state: TypeStarGiftAuctionUserState
        timeout: _int
        users: _Seq[TypeUser]
        chats: _Seq[TypeChat]
    class StarGiftCollections(_O):
        collections: _list[TypeStarGiftCollection]
    class StarGiftCollectionsNotModified(_O): ...
    class StarGiftDepositPayload(_O):
        nft_address: _str
        payload: _bytes
        amount: _int
    class StarGifts(_O):
        hash: _int
        gifts: _Seq[TypeStarGift]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class StarGiftsNotModified(_O): ...
    class StarGiftUpgradeAttributes(_O):
        attributes: _Seq[TypeStarGiftAttribute]
    class StarGiftUpgradePreview(_O):
        sample_attributes: _Seq[TypeStarGiftAttribute]
        prices: _list[TypeStarGiftUpgradePrice]
        next_prices: _list[TypeStarGiftUpgradePrice]
    class StarGiftWithdrawalUrl(_O):
        url: _str
    class StarsRevenueAdsAccountUrl(_O):
        url: _str
    class StarsRevenueStats(_O):
        top_hours_graph: TypeStatsGraph | None = ...
        revenue_graph: TypeStatsGraph
        status: TypeStarsRevenueStatus
        usd_rate: _float
    class StarsRevenueWithdrawalUrl(_O):
        url: _str
    class StarsStatus(_O):
        balance: TypeStarsAmount
        subscriptions: _list[TypeStarsSubscription] | None = ...
        subscriptions_next_offset: _str | None = ...
        subscriptions_missing_balance: _int | None = ...
        history: _list[TypeStarsTransaction] | None = ...
        next_offset: _str | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class SuggestedStarRefBots(_O):
        count: _int
        suggested_bots: _list[TypeStarRefProgram]
        users: _Seq[TypeUser]
        next_offset: _str | None = ...
    class UniqueStarGift(_O):
        gift: TypeStarGift
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class UniqueStarGiftValueInfo(_O):
        last_sale_on_fragment: _bool = ...
        value_is_average: _bool = ...
        currency: _str
        value: _int
        initial_sale_date: _int
        initial_sale_stars: _int
        initial_sale_price: _int
        last_sale_date: _int | None = ...
        last_sale_price: _int | None = ...
        floor_price: _int | None = ...
        average_price: _int | None = ...
        listed_count: _int | None = ...
        fragment_listed_count: _int | None = ...
        fragment_listed_url: _str | None = ...
    class ValidatedRequestedInfo(_O):
        id: _str | None = ...
        shipping_options: _list[TypeShippingOption] | None = ...
    class ApplyGiftCode(_M):
        slug: _str
    class AssignAppStoreTransaction(_M):
        receipt: _bytes
        purpose: TypeInputStorePaymentPurpose
    class AssignPlayMarketTransaction(_M):
        receipt: TypeDataJSON
        purpose: TypeInputStorePaymentPurpose
    class BotCancelStarsSubscription(_M):
        restore: _bool = ...
        user_id: TypeInputUser
        charge_id: _str
    class CanPurchaseStore(_M):
        purpose: TypeInputStorePaymentPurpose
    class ChangeStarsSubscription(_M):
        peer: TypeInputPeer
        subscription_id: _str
        canceled: _bool | None = ...
    class CheckCanSendGift(_M):
        gift_id: _int
    class CheckGiftCode(_M):
        slug: _str
    class ClearSavedInfo(_M):
        credentials: _bool = ...
        info: _bool = ...
    class ConnectStarRefBot(_M):
        peer: TypeInputPeer
        bot: TypeInputUser
    class ConvertStarGift(_M):
        stargift: TypeInputSavedStarGift
    class CraftStarGift(_M):
        stargift: _Seq[TypeInputSavedStarGift]
    class CreateOnrampSession(_M):
        provider: _str
        crypto_currency: _str
        address: _str
        payment_method: _str | None = ...
        base_currency: _str | None = ...
        base_amount: _str | None = ...
        memo: _str | None = ...
        theme: _str | None = ...
        success_return_url: _str | None = ...
        fail_return_url: _str | None = ...
        crypto_amount: _str | None = ...
    class CreateStarGiftCollection(_M):
        peer: TypeInputPeer
        title: _str
        stargift: _Seq[TypeInputSavedStarGift]
    class DeleteStarGift(_M):
        stargift: TypeInputSavedStarGift
    class DeleteStarGiftCollection(_M):
        peer: TypeInputPeer
        collection_id: _int
    class DepositStarGift(_M):
        hide_sender: _bool = ...
        peer: TypeInputPeer
        slug: _str
    class DisplayStarGift(_M):
        peer: TypeInputPeer | None = ...
        slug: _str
    class EditConnectedStarRefBot(_M):
        revoked: _bool = ...
        peer: TypeInputPeer
        link: _str
    class ExportInvoice(_M):
        invoice_media: TypeInputMedia
    class FulfillStarsSubscription(_M):
        peer: TypeInputPeer
        subscription_id: _str
    class GetBankCardData(_M):
        number: _str
    class GetConnectedStarRefBot(_M):
        peer: TypeInputPeer
        bot: TypeInputUser
    class GetConnectedStarRefBots(_M):
        peer: TypeInputPeer
        offset_date: _int | None = ...
        offset_link: _str | None = ...
        limit: _int
    class GetCraftStarGifts(_M):
        gift_id: _int
        offset: _str
        limit: _int
    class GetCurrencyRates(_M): ...
    class GetGiveawayInfo(_M):
        peer: TypeInputPeer
        msg_id: _int
    class GetOnrampAvailability(_M):
        provider: _str
        crypto_currency: _str
        base_currency: _str | None = ...
    class GetOnrampBaseCurrencies(_M):
        provider: _str
        crypto_currency: _str
    class GetOnrampLimits(_M):
        provider: _str
        crypto_currency: _str
        base_currency: _str
        payment_method: _str | None = ...
    class GetOnrampProviders(_M):
        crypto_currency: _str | None = ...
    class GetOnrampQuote(_M):
        provider: _str
        crypto_currency: _str
        base_currency: _str
        base_amount: _str | None = ...
        crypto_amount: _str | None = ...
        payment_method: _str | None = ...
    class GetPaymentForm(_M):
        invoice: TypeInputInvoice
        theme_params: TypeDataJSON | None = ...
    class GetPaymentReceipt(_M):
        peer: TypeInputPeer
        msg_id: _int
    class GetPremiumGiftCodeOptions(_M):
        boost_peer: TypeInputPeer | None = ...
    class GetResaleStarGifts(_M):
        sort_by_price: _bool = ...
        sort_by_num: _bool = ...
        for_craft: _bool = ...
        stars_only: _bool = ...
        attributes_hash: _int | None = ...
        gift_id: _int
        attributes: _Seq[TypeStarGiftAttributeId] | None = ...
        offset: _str
        limit: _int
    class GetSavedInfo(_M): ...
    class GetSavedStarGift(_M):
        stargift: _Seq[TypeInputSavedStarGift]
    class GetSavedStarGifts(_M):
        exclude_unsaved: _bool = ...
        exclude_saved: _bool = ...
        exclude_unlimited: _bool = ...
        exclude_unique: _bool = ...
        sort_by_value: _bool = ...
        exclude_upgradable: _bool = ...
        exclude_unupgradable: _bool = ...
        peer_color_available: _bool = ...
        exclude_hosted: _bool = ...
        peer: TypeInputPeer
        collection_id: _int | None = ...
        offset: _str
        limit: _int
    class GetStarGiftActiveAuctions(_M):
        hash: _int
    class GetStarGiftAuctionAcquiredGifts(_M):
        gift_id: _int
    class GetStarGiftAuctionState(_M):
        auction: TypeInputStarGiftAuction
        version: _int
    class GetStarGiftCollections(_M):
        peer: TypeInputPeer
        hash: _int
    class GetStarGifts(_M):
        hash: _int
    class GetStarGiftUpgradeAttributes(_M):
        gift_id: _int
    class GetStarGiftUpgradePreview(_M):
        gift_id: _int
    class GetStarGiftWithdrawalUrl(_M):
        stargift: TypeInputSavedStarGift
        tmp_password: _bytes
    class GetStarsGiftOptions(_M):
        user_id: TypeInputUser | None = ...
    class GetStarsGiveawayOptions(_M): ...
    class GetStarsRevenueAdsAccountUrl(_M):
        peer: TypeInputPeer
    class GetStarsRevenueStats(_M):
        dark: _bool = ...
        ton: _bool = ...
        peer: TypeInputPeer
    class GetStarsRevenueWithdrawalUrl(_M):
        ton: _bool = ...
        peer: TypeInputPeer
        amount: _int | None = ...
        password: TypeInputCheckPasswordSRP
    class GetStarsStatus(_M):
        ton: _bool = ...
        peer: TypeInputPeer
    class GetStarsSubscriptions(_M):
        missing_balance: _bool = ...
        peer: TypeInputPeer
        offset: _str
    class GetStarsTopupOptions(_M): ...
    class GetStarsTransactions(_M):
        inbound: _bool = ...
        outbound: _bool = ...
        ascending: _bool = ...
        ton: _bool = ...
        subscription_id: _str | None = ...
        peer: TypeInputPeer
        offset: _str
        limit: _int
    class GetStarsTransactionsByID(_M):
        ton: _bool = ...
        peer: TypeInputPeer
        id: _list[TypeInputStarsTransaction]
    class GetSuggestedStarRefBots(_M):
        order_by_revenue: _bool = ...
        order_by_date: _bool = ...
        peer: TypeInputPeer
        offset: _str
        limit: _int
    class GetUniqueStarGift(_M):
        slug: _str
    class GetUniqueStarGiftValueInfo(_M):
        slug: _str
    class LaunchPrepaidGiveaway(_M):
        peer: TypeInputPeer
        giveaway_id: _int
        purpose: TypeInputStorePaymentPurpose
    class RefundStarsCharge(_M):
        user_id: TypeInputUser
        charge_id: _str
    class ReorderStarGiftCollections(_M):
        peer: TypeInputPeer
        order: _list[_int]
    class ResolveStarGiftOffer(_M):
        decline: _bool = ...
        offer_msg_id: _int
    class SaveStarGift(_M):
        unsave: _bool = ...
        stargift: TypeInputSavedStarGift
    class SendPaymentForm(_M):
        form_id: _int
        invoice: TypeInputInvoice
        requested_info_id: _str | None = ...
        shipping_option_id: _str | None = ...
        credentials: TypeInputPaymentCredentials
        tip_amount: _int | None = ...
    class SendStarGiftOffer(_M):
        peer: TypeInputPeer
        slug: _str
        price: TypeStarsAmount
        duration: _int
        random_id: _int
        allow_paid_stars: _int | None = ...
    class SendStarsForm(_M):
        form_id: _int
        invoice: TypeInputInvoice
    class ToggleChatStarGiftNotifications(_M):
        enabled: _bool = ...
        peer: TypeInputPeer
    class ToggleStarGiftsPinnedToTop(_M):
        peer: TypeInputPeer
        stargift: _Seq[TypeInputSavedStarGift]
    class TransferStarGift(_M):
        stargift: TypeInputSavedStarGift
        to_id: TypeInputPeer
    class UpdateStarGiftCollection(_M):
        peer: TypeInputPeer
        collection_id: _int
        title: _str | None = ...
        delete_stargift: _Seq[TypeInputSavedStarGift] | None = ...
        add_stargift: _Seq[TypeInputSavedStarGift] | None = ...
        order: _Seq[TypeInputSavedStarGift] | None = ...
    class UpdateStarGiftPrice(_M):
        stargift: TypeInputSavedStarGift
        resell_amount: TypeStarsAmount
    class UpgradeStarGift(_M):
        keep_original_details: _bool = ...
        stargift: TypeInputSavedStarGift
    class ValidateRequestedInfo(_M):
        save: _bool = ...
        invoice: TypeInputInvoice
        info: TypePaymentRequestedInfo
    class WithdrawStarGift(_M):
        keep_on_profile: _bool = ...
        stargift: TypeInputSavedStarGift
        tmp_password: _bytes
    TypeBankCardData: _A = _payments_TypeBankCardData
    TypeCheckCanSendGiftResult: _A = _payments_TypeCheckCanSendGiftResult
    TypeCheckedGiftCode: _A = _payments_TypeCheckedGiftCode
    TypeConnectedStarRefBots: _A = _payments_TypeConnectedStarRefBots
    TypeCurrencyRates: _A = _payments_TypeCurrencyRates
    TypeExportedInvoice: _A = _payments_TypeExportedInvoice
    TypeGiveawayInfo: _A = _payments_TypeGiveawayInfo
    TypePaymentForm: _A = _payments_TypePaymentForm
    TypePaymentReceipt: _A = _payments_TypePaymentReceipt
    TypePaymentResult: _A = _payments_TypePaymentResult
    TypeResaleStarGifts: _A = _payments_TypeResaleStarGifts
    TypeSavedInfo: _A = _payments_TypeSavedInfo
    TypeSavedStarGifts: _A = _payments_TypeSavedStarGifts
    TypeStarGiftActiveAuctions: _A = _payments_TypeStarGiftActiveAuctions
    TypeStarGiftAuctionAcquiredGifts: _A = _payments_TypeStarGiftAuctionAcquiredGifts
    TypeStarGiftAuctionState: _A = _payments_TypeStarGiftAuctionState
    TypeStarGiftCollections: _A = _payments_TypeStarGiftCollections
    TypeStarGiftDepositPayload: _A = _payments_TypeStarGiftDepositPayload
    TypeStarGiftUpgradeAttributes: _A = _payments_TypeStarGiftUpgradeAttributes
    TypeStarGiftUpgradePreview: _A = _payments_TypeStarGiftUpgradePreview
    TypeStarGiftWithdrawalUrl: _A = _payments_TypeStarGiftWithdrawalUrl
    TypeStarGifts: _A = _payments_TypeStarGifts
    TypeStarsRevenueAdsAccountUrl: _A = _payments_TypeStarsRevenueAdsAccountUrl
    TypeStarsRevenueStats: _A = _payments_TypeStarsRevenueStats
    TypeStarsRevenueWithdrawalUrl: _A = _payments_TypeStarsRevenueWithdrawalUrl
    TypeStarsStatus: _A = _payments_TypeStarsStatus
    TypeSuggestedStarRefBots: _A = _payments_TypeSuggestedStarRefBots
    TypeUniqueStarGift: _A = _payments_TypeUniqueStarGift
    TypeUniqueStarGiftValueInfo: _A = _payments_TypeUniqueStarGiftValueInfo
    TypeValidatedRequestedInfo: _A = _payments_TypeValidatedRequestedInfo
class phone:
    class ExportedGroupCallInvite(_O):
        link: _str
    class GroupCall(_O):
        call: TypeGroupCall
        participants: _list[TypeGroupCallParticipant]
        participants_next_offset: _str
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class GroupCallStars(_O):
        total_stars: _int
        top_donors: _list[TypeGroupCallDonor]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class GroupCallStreamChannels(_O):
        channels: _list[TypeGroupCallStreamChannel]
    class GroupCallStreamRtmpUrl(_O):
        url: _str
        key: _str
    class GroupParticipants(_O):
        count: _int
        participants: _list[TypeGroupCallParticipant]
        next_offset: _str
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        version: _int
    class JoinAsPeers(_O):
        peers: _Seq[TypePeer]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class PhoneCall(_O):
        phone_call: TypePhoneCall
        users: _Seq[TypeUser]
    class AcceptCall(_M):
        peer: TypeInputPhoneCall
        g_b: _bytes
        protocol: TypePhoneCallProtocol
    class CheckGroupCall(_M):
        call: TypeInputGroupCall
        sources: _list[_int]
    class ConfirmCall(_M):
        peer: TypeInputPhoneCall
        g_a: _bytes
        key_fingerprint: _int
        protocol: TypePhoneCallProtocol
    class CreateConferenceCall(_M):
        muted: _bool = ...
        video_stopped: _bool = ...
        join: _bool = ...
        random_id: _int
        public_key: _bytes | None = ...
        block: _bytes | None = ...
        params: TypeDataJSON | None = ...
    class CreateGroupCall(_M):
        rtmp_stream: _bool = ...
        peer: TypeInputPeer
        random_id: _int
        title: _str | None = ...
        schedule_date: _int | None = ...
    class DeclineConferenceCallInvite(_M):
        msg_id: _int
    class DeleteConferenceCallParticipants(_M):
        only_left: _bool = ...
        kick: _bool = ...
        call: TypeInputGroupCall
        ids: _list[_int]
        block: _bytes
    class DeleteGroupCallMessages(_M):
        report_spam: _bool = ...
        call: TypeInputGroupCall
        messages: _list[_int]
    class DeleteGroupCallParticipantMessages(_M):
        report_spam: _bool = ...
        call: TypeInputGroupCall
        participant: TypeInputPeer
    class DiscardCall(_M):
        video: _bool = ...
        peer: TypeInputPhoneCall
        duration: _int
        reason: TypePhoneCallDiscardReason
        connection_id: _int
    class DiscardGroupCall(_M):
        call: TypeInputGroupCall
    class EditGroupCallParticipant(_M):
        call: TypeInputGroupCall
        participant: TypeInputPeer
        muted: _bool | None = ...
        volume: _int | None = ...
        raise_hand: _bool | None = ...
        video_stopped: _bool | None = ...
        video_paused: _bool | None = ...
        presentation_paused: _bool | None = ...
    class EditGroupCallTitle(_M):
        call: TypeInputGroupCall
        title: _str
    class ExportGroupCallInvite(_M):
        can_self_unmute: _bool = ...
        call: TypeInputGroupCall
    class GetCallConfig(_M): ...
    class GetGroupCall(_M):
        call: TypeInputGroupCall
        limit: _int
    class GetGroupCallChainBlocks(_M):
        call: TypeInputGroupCall
        sub_chain_id: _int
        offset: _int
        limit: _int
    class GetGroupCallJoinAs(_M):
        peer: TypeInputPeer
    class GetGroupCallStars(_M):
        call: TypeInputGroupCall
    class GetGroupCallStreamChannels(_M):
        call: TypeInputGroupCall
    class GetGroupCallStreamRtmpUrl(_M):
        live_story: _bool = ...
        peer: TypeInputPeer
        revoke: _bool
    class GetGroupParticipants(_M):
        call: TypeInputGroupCall
        ids: _Seq[TypeInputPeer]
        sources: _list[_int]
        offset: _str
        limit: _int
    class InviteConferenceCallParticipant(_M):
        video: _bool = ...
        call: TypeInputGroupCall
        user_id: TypeInputUser
    class InviteToGroupCall(_M):
        call: TypeInputGroupCall
        users: _Seq[TypeInputUser]
    class JoinGroupCall(_M):
        muted: _bool = ...
        video_stopped: _bool = ...
        call: TypeInputGroupCall
        join_as: TypeInputPeer
        invite_hash: _str | None = ...
        public_key: _bytes | None = ...
        block: _bytes | None = ...
        params: TypeDataJSON
    class JoinGroupCallPresentation(_M):
        call: TypeInputGroupCall
        params: TypeDataJSON
    class LeaveGroupCall(_M):
        call: TypeInputGroupCall
        source: _int
    class LeaveGroupCallPresentation(_M):
        call: TypeInputGroupCall
    class ReceivedCall(_M):
        peer: TypeInputPhoneCall
    class RequestCall(_M):
        video: _bool = ...
        user_id: TypeInputUser
        random_id: _int
        g_a_hash: _bytes
        protocol: TypePhoneCallProtocol
    class SaveCallDebug(_M):
        peer: TypeInputPhoneCall
        debug: TypeDataJSON
    class SaveCallLog(_M):
        peer: TypeInputPhoneCall
        file: TypeInputFile
    class SaveDefaultGroupCallJoinAs(_M):
        peer: TypeInputPeer
        join_as: TypeInputPeer
    class SaveDefaultSendAs(_M):
        call: TypeInputGroupCall
        send_as: TypeInputPeer
    class SendConferenceCallBroadcast(_M):
        call: TypeInputGroupCall
        block: _bytes
    class SendGroupCallEncryptedMessage(_M):
        call: TypeInputGroupCall
        encrypted_message: _bytes
    class SendGroupCallMessage(_M):
        call: TypeInputGroupCall
        random_id: _int
        message: TypeTextWithEntities
        allow_paid_stars: _int | None = ...
        send_as: TypeInputPeer | None = ...
    class SendSignalingData(_M):
        peer: TypeInputPhoneCall
        data: _bytes
    class SetCallRating(_M):
        user_initiative: _bool = ...
        peer: TypeInputPhoneCall
        rating: _int
        comment: _str
    class StartScheduledGroupCall(_M):
        call: TypeInputGroupCall
    class ToggleGroupCallRecord(_M):
        start: _bool = ...
        video: _bool = ...
        call: TypeInputGroupCall
        title: _str | None = ...
        video_portrait: _bool | None = ...
    class ToggleGroupCallSettings(_M):
        reset_invite_hash: _bool = ...
        call: TypeInputGroupCall
        join_muted: _bool | None = ...
        messages_enabled: _bool | None = ...
        send_paid_messages_stars: _int | None = ...
    class ToggleGroupCallStartSubscription(_M):
        call: TypeInputGroupCall
        subscribed: _bool
    TypeExportedGroupCallInvite: _A = _phone_TypeExportedGroupCallInvite
    TypeGroupCall: _A = _phone_TypeGroupCall
    TypeGroupCallStars: _A = _phone_TypeGroupCallStars
    TypeGroupCallStreamChannels: _A = _phone_TypeGroupCallStreamChannels
    TypeGroupCallStreamRtmpUrl: _A = _phone_TypeGroupCallStreamRtmpUrl
    TypeGroupParticipants: _A = _phone_TypeGroupParticipants
    TypeJoinAsPeers: _A = _phone_TypeJoinAsPeers
    TypePhoneCall: _A = _phone_TypePhoneCall
class photos:
    class Photo(_O):
        photo: TypePhoto
        users: _Seq[TypeUser]
    class Photos(_O):
        photos: _Seq[TypePhoto]
        users: _Seq[TypeUser]
    class PhotosSlice(_O):
        count: _int
        photos: _Seq[TypePhoto]
        users: _Seq[TypeUser]
    class DeletePhotos(_M):
        id: _Seq[TypeInputPhoto]
    class GetUserPhotos(_M):
        user_id: TypeInputUser
        offset: _int
        max_id: _int
        limit: _int
    class UpdateProfilePhoto(_M):
        fallback: _bool = ...
        bot: TypeInputUser | None = ...
        id: TypeInputPhoto
    class UploadContactProfilePhoto(_M):
        suggest: _bool = ...
        save: _bool = ...
        user_id: TypeInputUser
        file: TypeInputFile | None = ...
        video: TypeInputFile | None = ...
        video_start_ts: _float | None = ...
        video_emoji_markup: TypeVideoSize | None = ...
    class UploadProfilePhoto(_M):
        fallback: _bool = ...
        bot: TypeInputUser | None = ...
        file: TypeInputFile | None = ...
        video: TypeInputFile | None = ...
        video_start_ts: _float | None = ...
        video_emoji_markup: TypeVideoSize | None = ...
    TypePhoto: _A = _photos_TypePhoto
    TypePhotos: _A = _photos_TypePhotos
class premium:
    class BoostsList(_O):
        count: _int
        boosts: _list[TypeBoost]
        next_offset: _str | None = ...
        users: _Seq[TypeUser]
    class BoostsStatus(_O):
        my_boost: _bool = ...
        level: _int
        current_level_boosts: _int
        boosts: _int
        gift_boosts: _int | None = ...
        next_level_boosts: _int | None = ...
        premium_audience: TypeStatsPercentValue | None = ...
        boost_url: _str
        prepaid_giveaways: _Seq[TypePrepaidGiveaway] | None = ...
        my_boost_slots: _list[_int] | None = ...
    class MyBoosts(_O):
        my_boosts: _list[TypeMyBoost]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ApplyBoost(_M):
        slots: _list[_int] | None = ...
        peer: TypeInputPeer
    class GetBoostsList(_M):
        gifts: _bool = ...
        peer: TypeInputPeer
        offset: _str
        limit: _int
    class GetBoostsStatus(_M):
        peer: TypeInputPeer
    class GetMyBoosts(_M): ...
    class GetUserBoosts(_M):
        peer: TypeInputPeer
        user_id: TypeInputUser
    TypeBoostsList: _A = _premium_TypeBoostsList
    TypeBoostsStatus: _A = _premium_TypeBoostsStatus
    TypeMyBoosts: _A = _premium_TypeMyBoosts
class smsjobs:
    class EligibleToJoin(_O):
        terms_url: _str
        monthly_sent_sms: _int
    class Status(_O):
        allow_international: _bool = ...
        recent_sent: _int
        recent_since: _int
        recent_remains: _int
        total_sent: _int
        total_since: _int
        last_gift_slug: _str | None = ...
        terms_url: _str
    class FinishJob(_M):
        job_id: _str
        error: _str | None = ...
    class GetSmsJob(_M):
        job_id: _str
    class GetStatus(_M): ...
    class IsEligibleToJoin(_M): ...
    class Join(_M): ...
    class Leave(_M): ...
    class UpdateSettings(_M):
        allow_international: _bool = ...
    TypeEligibilityToJoin: _A = _smsjobs_TypeEligibilityToJoin
    TypeStatus: _A = _smsjobs_TypeStatus
class stats:
    class BroadcastStats(_O):
        period: TypeStatsDateRangeDays
        followers: TypeStatsAbsValueAndPrev
        views_per_post: TypeStatsAbsValueAndPrev
        shares_per_post: TypeStatsAbsValueAndPrev
        reactions_per_post: TypeStatsAbsValueAndPrev
        views_per_story: TypeStatsAbsValueAndPrev
        shares_per_story: TypeStatsAbsValueAndPrev
        reactions_per_story: TypeStatsAbsValueAndPrev
        enabled_notifications: TypeStatsPercentValue
        growth_graph: TypeStatsGraph
        followers_graph: TypeStatsGraph
        mute_graph: TypeStatsGraph
        top_hours_graph: TypeStatsGraph
        interactions_graph: TypeStatsGraph
        iv_interactions_graph: TypeStatsGraph
        views_by_source_graph: TypeStatsGraph
        new_followers_by_source_graph: TypeStatsGraph
        languages_graph: TypeStatsGraph
        reactions_by_emotion_graph: TypeStatsGraph
        story_interactions_graph: TypeStatsGraph
        story_reactions_by_emotion_graph: TypeStatsGraph
        recent_posts_interactions: _Seq[TypePostInteractionCounters]
    class MegagroupStats(_O):
        period: TypeStatsDateRangeDays
        members: TypeStatsAbsValueAndPrev
        messages: TypeStatsAbsValueAndPrev
        viewers: TypeStatsAbsValueAndPrev
        posters: TypeStatsAbsValueAndPrev
        growth_graph: TypeStatsGraph
        members_graph: TypeStatsGraph
        new_members_by_source_graph: TypeStatsGraph
        languages_graph: TypeStatsGraph
        messages_graph: TypeStatsGraph
        actions_graph: TypeStatsGraph
        top_hours_graph: TypeStatsGraph
        weekdays_graph: TypeStatsGraph
        top_posters: _list[TypeStatsGroupTopPoster]
        top_admins: _list[TypeStatsGroupTopAdmin]
        top_inviters: _list[TypeStatsGroupTopInviter]
        users: _Seq[TypeUser]
    class MessageStats(_O):
        views_graph: TypeStatsGraph
        reactions_by_emotion_graph: TypeStatsGraph
    class PollStats(_O):
        votes_graph: TypeStatsGraph
    class PublicForwards(_O):
        count: _int
        forwards: _Seq[TypePublicForward]
        next_offset: _str | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class StoryStats(_O):
        views_graph: TypeStatsGraph
        reactions_by_emotion_graph: TypeStatsGraph
    class GetBroadcastStats(_M):
        dark: _bool = ...
        channel: TypeInputChannel
    class GetMegagroupStats(_M):
        dark: _bool = ...
        channel: TypeInputChannel
    class GetMessagePublicForwards(_M):
        channel: TypeInputChannel
        msg_id: _int
        offset: _str
        limit: _int
    class GetMessageStats(_M):
        dark: _bool = ...
        channel: TypeInputChannel
        msg_id: _int
    class GetPollStats(_M):
        dark: _bool = ...
        peer: TypeInputPeer
        msg_id: _int
    class GetStoryPublicForwards(_M):
        peer: TypeInputPeer
        id: _int
        offset: _str
        limit: _int
    class GetStoryStats(_M):
        dark: _bool = ...
        peer: TypeInputPeer
        id: _int
    class LoadAsyncGraph(_M):
        token: _str
        x: _int | None = ...
    TypeBroadcastStats: _A = _stats_TypeBroadcastStats
    TypeMegagroupStats: _A = _stats_TypeMegagroupStats
    TypeMessageStats: _A = _stats_TypeMessageStats
    TypePollStats: _A = _stats_TypePollStats
    TypePublicForwards: _A = _stats_TypePublicForwards
    TypeStoryStats: _A = _stats_TypeStoryStats
class stickers:
    class SuggestedShortName(_O):
        short_name: _str
    class AddStickerToSet(_M):
        stickerset: TypeInputStickerSet
        sticker: TypeInputStickerSetItem
    class ChangeSticker(_M):
        sticker: TypeInputDocument
        emoji: _str | None = ...
        mask_coords: TypeMaskCoords | None = ...
        keywords: _str | None = ...
    class ChangeStickerPosition(_M):
        sticker: TypeInputDocument
        position: _int
    class CheckShortName(_M):
        short_name: _str
    class CreateStickerSet(_M):
        masks: _bool = ...
        emojis: _bool = ...
        text_color: _bool = ...
        user_id: TypeInputUser
        title: _str
        short_name: _str
        thumb: TypeInputDocument | None = ...
        stickers: _list[TypeInputStickerSetItem]
        software: _str | None = ...
    class DeleteStickerSet(_M):
        stickerset: TypeInputStickerSet
    class RemoveStickerFromSet(_M):
        sticker: TypeInputDocument
    class RenameStickerSet(_M):
        stickerset: TypeInputStickerSet
        title: _str
    class ReplaceSticker(_M):
        sticker: TypeInputDocument
        new_sticker: TypeInputStickerSetItem
    class SetStickerSetThumb(_M):
        stickerset: TypeInputStickerSet
        thumb: TypeInputDocument | None = ...
        thumb_document_id: _int | None = ...
    class SuggestShortName(_M):
        title: _str
    TypeSuggestedShortName: _A = _stickers_TypeSuggestedShortName
class storage:
    class FileGif(_O): ...
    class FileJpeg(_O): ...
    class FileMov(_O): ...
    class FileMp3(_O): ...
    class FileMp4(_O): ...
    class FilePartial(_O): ...
    class FilePdf(_O): ...
    class FilePng(_O): ...
    class FileUnknown(_O): ...
    class FileWebp(_O): ...
    TypeFileType: _A = _storage_TypeFileType
class stories:
    class Albums(_O):
        hash: _int
        albums: _list[TypeStoryAlbum]
    class AlbumsNotModified(_O): ...
    class AllStories(_O):
        has_more: _bool = ...
        count: _int
        state: _str
        peer_stories: _list[TypePeerStories]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        stealth_mode: TypeStoriesStealthMode
    class AllStoriesNotModified(_O):
        state: _str
        stealth_mode: TypeStoriesStealthMode
    class CanSendStoryCount(_O):
        count_remains: _int
    class FoundStories(_O):
        count: _int
        stories: _list[TypeFoundStory]
        next_offset: _str | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class PeerStories(_O):
        stories: TypePeerStories
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class Stories(_O):
        count: _int
        stories: _Seq[TypeStoryItem]
        pinned_to_top: _list[_int] | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class StoryReactionsList(_O):
        count: _int
        reactions: _Seq[TypeStoryReaction]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        next_offset: _str | None = ...
    class StoryViews(_O):
        views: _list[TypeStoryViews]
        users: _Seq[TypeUser]
    class StoryViewsList(_O):
        count: _int
        views_count: _int
        forwards_count: _int
        reactions_count: _int
        views: _Seq[TypeStoryView]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        next_offset: _str | None = ...
    class ActivateStealthMode(_M):
        past: _bool = ...
        future: _bool = ...
    class CanSendStory(_M):
        peer: TypeInputPeer
    class CreateAlbum(_M):
        peer: TypeInputPeer
        title: _str
        stories: _list[_int]
    class DeleteAlbum(_M):
        peer: TypeInputPeer
        album_id: _int
    class DeleteStories(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class EditStory(_M):
        peer: TypeInputPeer
        id: _int
        media: TypeInputMedia | None = ...
        media_areas: _Seq[TypeMediaArea] | None = ...
        caption: _str | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        privacy_rules: _Seq[TypeInputPrivacyRule] | None = ...
        music: TypeInputDocument | None = ...
    class ExportStoryLink(_M):
        peer: TypeInputPeer
        id: _int
    class GetAlbums(_M):
        peer: TypeInputPeer
        hash: _int
    class GetAlbumStories(_M):
        peer: TypeInputPeer
        album_id: _int
        offset: _int
        limit: _int
    class GetAllReadPeerStories(_M): ...
    class GetAllStories(_M):
        next: _bool = ...
        hidden: _bool = ...
        state: _str | None = ...
    class GetChatsToSend(_M): ...
    class GetPeerMaxIDs(_M):
        id: _Seq[TypeInputPeer]
    class GetPeerStories(_M):
        peer: TypeInputPeer
    class GetPinnedStories(_M):
        peer: TypeInputPeer
        offset_id: _int
        limit: _int
    class GetStoriesArchive(_M):
        peer: TypeInputPeer
        offset_id: _int
        limit: _int
    class GetStoriesByID(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class GetStoriesViews(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class GetStoryReactionsList(_M):
        forwards_first: _bool = ...
        peer: TypeInputPeer
        id: _int
        reaction: TypeReaction | None = ...
        offset: _str | None = ...
        limit: _int
    class GetStoryViewsList(_M):
        just_contacts: _bool = ...
        reactions_first: _bool = ...
        forwards_first: _bool = ...
        peer: TypeInputPeer
        q: _str | None = ...
        id: _int
        offset: _str
        limit: _int
    class IncrementStoryViews(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class ReadStories(_M):
        peer: TypeInputPeer
        max_id: _int
    class ReorderAlbums(_M):
        peer: TypeInputPeer
        order: _list[_int]
    class Report(_M):
        peer: TypeInputPeer
        id: _list[_int]
        option: _bytes
        message: _str
    class SearchPosts(_M):
        hashtag: _str | None = ...
        area: TypeMediaArea | None = ...
        peer: TypeInputPeer | None = ...
        offset: _str
        limit: _int
    class SendReaction(_M):
        add_to_recent: _bool = ...
        peer: TypeInputPeer
        story_id: _int
        reaction: TypeReaction
    class SendStory(_M):
        pinned: _bool = ...
        noforwards: _bool = ...
        fwd_modified: _bool = ...
        peer: TypeInputPeer
        media: TypeInputMedia
        media_areas: _Seq[TypeMediaArea] | None = ...
        caption: _str | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        privacy_rules: _Seq[TypeInputPrivacyRule]
        random_id: _int
        period: _int | None = ...
        fwd_from_id: TypeInputPeer | None = ...
        fwd_from_story: _int | None = ...
        albums: _list[_int] | None = ...
        music: TypeInputDocument | None = ...
    class StartLive(_M):
        pinned: _bool = ...
        noforwards: _bool = ...
        rtmp_stream: _bool = ...
        peer: TypeInputPeer
        caption: _str | None = ...
        entities: _Seq[TypeMessageEntity] | None = ...
        privacy_rules: _Seq[TypeInputPrivacyRule]
        random_id: _int
        messages_enabled: _bool | None = ...
        send_paid_messages_stars: _int | None = ...
    class ToggleAllStoriesHidden(_M):
        hidden: _bool
    class TogglePeerStoriesHidden(_M):
        peer: TypeInputPeer
        hidden: _bool
    class TogglePinned(_M):
        peer: TypeInputPeer
        id: _list[_int]
        pinned: _bool
    class TogglePinnedToTop(_M):
        peer: TypeInputPeer
        id: _list[_int]
    class UpdateAlbum(_M):
        peer: TypeInputPeer
        album_id: _int
        title: _str | None = ...
        delete_stories: _list[_int] | None = ...
        add_stories: _list[_int] | None = ...
        order: _list[_int] | None = ...
    TypeAlbums: _A = _stories_TypeAlbums
    TypeAllStories: _A = _stories_TypeAllStories
    TypeCanSendStoryCount: _A = _stories_TypeCanSendStoryCount
    TypeFoundStories: _A = _stories_TypeFoundStories
    TypePeerStories: _A = _stories_TypePeerStories
    TypeStories: _A = _stories_TypeStories
    TypeStoryReactionsList: _A = _stories_TypeStoryReactionsList
    TypeStoryViews: _A = _stories_TypeStoryViews
    TypeStoryViewsList: _A = _stories_TypeStoryViewsList
class toncenter:
    class ApiResponse(_O):
        response: TypeDataJSON
    class StreamingUrl(_O):
        url: _str
        expires: _int
    class GetStreamingUrl(_M): ...
    class PerformApiRequest(_M):
        post: _bool = ...
        endpoint: _str
        query: _str | None = ...
        payload: _str | None = ...
    TypeApiResponse: _A = _toncenter_TypeApiResponse
    TypeStreamingUrl: _A = _toncenter_TypeStreamingUrl
class updates:
    class ChannelDifference(_O):
        final: _bool = ...
        pts: _int
        timeout: _int | None = ...
        new_messages: _Seq[TypeMessage]
        other_updates: _Seq[TypeUpdate]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class ChannelDifferenceEmpty(_O):
        final: _bool = ...
        pts: _int
        timeout: _int | None = ...
    class ChannelDifferenceTooLong(_O):
        final: _bool = ...
        timeout: _int | None = ...
        dialog: TypeDialog
        messages: _Seq[TypeMessage]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class Difference(_O):
        new_messages: _Seq[TypeMessage]
        new_encrypted_messages: _Seq[TypeEncryptedMessage]
        other_updates: _Seq[TypeUpdate]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        state: _updates_TypeState
    class DifferenceEmpty(_O):
        date: _int
        seq: _int
    class DifferenceSlice(_O):
        new_messages: _Seq[TypeMessage]
        new_encrypted_messages: _Seq[TypeEncryptedMessage]
        other_updates: _Seq[TypeUpdate]
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
        intermediate_state: _updates_TypeState
    class DifferenceTooLong(_O):
        pts: _int
    class State(_O):
        pts: _int
        qts: _int
        date: _int
        seq: _int
        unread_count: _int
    class GetChannelDifference(_M):
        force: _bool = ...
        channel: TypeInputChannel
        filter: TypeChannelMessagesFilter
        pts: _int
        limit: _int
    class GetDifference(_M):
        pts: _int
        pts_limit: _int | None = ...
        pts_total_limit: _int | None = ...
        date: _int
        qts: _int
        qts_limit: _int | None = ...
    class GetState(_M): ...
    TypeChannelDifference: _A = _updates_TypeChannelDifference
    TypeDifference: _A = _updates_TypeDifference
    TypeState: _A = _updates_TypeState
class upload:
    class CdnFile(_O):
        bytes: _bytes
    class CdnFileReuploadNeeded(_O):
        request_token: _bytes
    class File(_O):
        type: _storage_TypeFileType
        mtime: _int
        bytes: _bytes
    class FileCdnRedirect(_O):
        dc_id: _int
        file_token: _bytes
        encryption_key: _bytes
        encryption_iv: _bytes
        file_hashes: _list[TypeFileHash]
    class WebFile(_O):
        size: _int
        mime_type: _str
        file_type: _storage_TypeFileType
        mtime: _int
        bytes: _bytes
    class GetCdnFile(_M):
        file_token: _bytes
        offset: _int
        limit: _int
    class GetCdnFileHashes(_M):
        file_token: _bytes
        offset: _int
    class GetFile(_M):
        precise: _bool = ...
        cdn_supported: _bool = ...
        location: TypeInputFileLocation
        offset: _int
        limit: _int
    class GetFileHashes(_M):
        location: TypeInputFileLocation
        offset: _int
    class GetWebFile(_M):
        location: TypeInputWebFileLocation
        offset: _int
        limit: _int
    class ReuploadCdnFile(_M):
        file_token: _bytes
        request_token: _bytes
    class SaveBigFilePart(_M):
        file_id: _int
        file_part: _int
        file_total_parts: _int
        bytes: _bytes
    class SaveFilePart(_M):
        file_id: _int
        file_part: _int
        bytes: _bytes
    TypeCdnFile: _A = _upload_TypeCdnFile
    TypeFile: _A = _upload_TypeFile
    TypeWebFile: _A = _upload_TypeWebFile
class users:
    class SavedMusic(_O):
        count: _int
        documents: _Seq[TypeDocument]
    class SavedMusicNotModified(_O):
        count: _int
    class UserFull(_O):
        full_user: TypeUserFull
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class Users(_O):
        users: _Seq[TypeUser]
    class UsersSlice(_O):
        count: _int
        users: _Seq[TypeUser]
    class GetFullUser(_M):
        id: TypeInputUser
    class GetRequirementsToContact(_M):
        id: _Seq[TypeInputUser]
    class GetSavedMusic(_M):
        id: TypeInputUser
        offset: _int
        limit: _int
        hash: _int
    class GetSavedMusicByID(_M):
        id: TypeInputUser
        documents: _Seq[TypeInputDocument]
    class GetUsers(_M):
        id: _Seq[TypeInputUser]
    class SetSecureValueErrors(_M):
        id: TypeInputUser
        errors: _Seq[TypeSecureValueError]
    class SuggestBirthday(_M):
        id: TypeInputUser
        birthday: TypeBirthday
    TypeSavedMusic: _A = _users_TypeSavedMusic
    TypeUserFull: _A = _users_TypeUserFull
    TypeUsers: _A = _users_TypeUsers
class wallet:
    class Card(_O):
        stickers: _list[_wallet_TypeCardSticker] | None = ...
        bg_nft_item: _wallet_TypeNftItem | None = ...
        address: _str
        balance: _int
    class CardSticker(_O):
        coordinates: TypeMediaAreaCoordinates
        nft: _wallet_TypeNftItem
    class EncryptedSecretPhrasePart(_O):
        data: _bytes
    class ExistingBalance(_O):
        has_balance: _bool = ...
        url: _str
    class HolderDc(_O):
        dc: _int
        public_key: _bytes
    class NftAttribute(_O):
        trait_type: _str
        value: _str
    class NftItem(_O):
        collection_address: _str | None = ...
        address: _str
        owner_address: _str
        index: _str
        name: _str | None = ...
        description: _str | None = ...
        image: TypeWebDocument | None = ...
        image_small: TypeWebDocument | None = ...
        content_url: TypeWebDocument | None = ...
        lottie: TypeWebDocument | None = ...
        attributes: _list[_wallet_TypeNftAttribute] | None = ...
        extra: TypeDataJSON | None = ...
        gift: TypeStarGift | None = ...
    class NftItems(_O):
        items: _list[_wallet_TypeNftItem]
        next_offset: _str | None = ...
    class ProofChallenge(_O):
        payload: _str
        expires: _int
        domain: _str
    class SecretPhraseParts(_O):
        token: _str
        dcs: _list[_int]
    class TonConnectChallenge(_O):
        challenge: _bytes
        event_id: _int
    class TonConnectPending(_O):
        session: TypeTonConnectSession
        requests: _list[TypeTonConnectRequest]
    class TonConnectSessions(_O):
        sessions: _list[TypeTonConnectSession]
    class Transactions(_O):
        balance: _int
        transactions: _list[TypeWalletTransaction]
        next_offset: _str | None = ...
        chats: _Seq[TypeChat]
        users: _Seq[TypeUser]
    class UserAddresses(_O):
        addresses: _list[TypeWalletUserAddress]
        users: _Seq[TypeUser]
    class DisableBackup(_M):
        password: TypeInputCheckPasswordSRP | None = ...
        new_public_key: _bytes | None = ...
        proof: TypeWalletOwnershipProof | None = ...
    class EnableBackup(_M):
        parts: _list[_bytes]
        new_public_key: _bytes | None = ...
        proof: TypeWalletOwnershipProof | None = ...
    class ExportSecretPhrase(_M):
        password: TypeInputCheckPasswordSRP | None = ...
    class FetchEncryptedSecretPhrasePart(_M):
        token: _str
        public_key: _bytes
    class GetBackupHolderDcs(_M): ...
    class GetExistingWaltBalance(_M): ...
    class GetGaslessInfo(_M): ...
    class GetNfts(_M):
        offset: _str
        limit: _int
    class GetProofChallenge(_M): ...
    class GetState(_M): ...
    class GetTransactions(_M):
        inbound: _bool = ...
        outbound: _bool = ...
        offset: _str
        limit: _int
    class GetTransactionsByIDs(_M):
        id: _list[_str]
    class GetTransactionsByMsgHash(_M):
        msg_hash: _list[_str]
    class GetUserAddresses(_M):
        force: _bool = ...
        id: _Seq[TypeInputUser]
        addresses: _list[_str]
    class ReplaceWallet(_M):
        wallet: TypeInputWalletReplacement
        password: TypeInputCheckPasswordSRP | None = ...
    class SendTransfer(_M):
        data_normal: _bytes
        data_gasless: _bytes | None = ...
        user_id: TypeInputUser
        random_id: _int
    class SetCardStickers(_M):
        stickers: _list[TypeInputWalletCardSticker]
        bg_nft_address: _str | None = ...
    class TonConnectClaimRequest(_M):
        declined: _bool = ...
        session_id: _int
        msg_id: _int
        app_request_id: _str
        challenge_answer: _bytes | None = ...
    class TonConnectCloseSession(_M):
        session_id: _int
        body: _bytes | None = ...
    class TonConnectCreateSession(_M):
        dapp_client_id: _str
        manifest_url: _str
    class TonConnectGetPending(_M):
        dapp_client_id: _str | None = ...
        session_id: _int | None = ...
    class TonConnectGetSessions(_M): ...
    class TonConnectNextEventId(_M):
        session_id: _int
    class TonConnectRegisterKey(_M):
        session_id: _int
        client_id: _str
    class TonConnectSubmitConnectResult(_M):
        error: _bool = ...
        session_id: _int
        challenge_answer: _bytes
        body: _bytes
        trace_id: _str | None = ...
    class TonConnectSubmitResponse(_M):
        session_id: _int
        msg_id: _int
        body: _bytes
        trace_id: _str | None = ...
    TypeCard: _A = _wallet_TypeCard
    TypeCardSticker: _A = _wallet_TypeCardSticker
    TypeEncryptedSecretPhrasePart: _A = _wallet_TypeEncryptedSecretPhrasePart
    TypeExistingBalance: _A = _wallet_TypeExistingBalance
    TypeHolderDc: _A = _wallet_TypeHolderDc
    TypeNftAttribute: _A = _wallet_TypeNftAttribute
    TypeNftItem: _A = _wallet_TypeNftItem
    TypeNftItems: _A = _wallet_TypeNftItems
    TypeProofChallenge: _A = _wallet_TypeProofChallenge
    TypeSecretPhraseParts: _A = _wallet_TypeSecretPhraseParts
    TypeTonConnectChallenge: _A = _wallet_TypeTonConnectChallenge
    TypeTonConnectPending: _A = _wallet_TypeTonConnectPending
    TypeTonConnectSessions: _A = _wallet_TypeTonConnectSessions
    TypeTransactions: _A = _wallet_TypeTransactions
    TypeUserAddresses: _A = _wallet_TypeUserAddresses
TypeAccountDaysTTL: _A = AccountDaysTTL
TypeAiComposeTone: _A = AiComposeTone | AiComposeToneDefault
TypeAiComposeToneExample: _A = AiComposeToneExample
TypeAttachMenuBot: _A = AttachMenuBot
TypeAttachMenuBotIcon: _A = AttachMenuBotIcon
TypeAttachMenuBotIconColor: _A = AttachMenuBotIconColor
TypeAttachMenuBots: _A = AttachMenuBots | AttachMenuBotsNotModified
TypeAttachMenuBotsBot: _A = AttachMenuBotsBot
TypeAttachMenuPeerType: _A = AttachMenuPeerTypeBotPM | AttachMenuPeerTypeBroadcast | AttachMenuPeerTypeChat | AttachMenuPeerTypePM | AttachMenuPeerTypeSameBotPM
TypeAuctionBidLevel: _A = AuctionBidLevel
TypeAuthorization: _A = Authorization
TypeAutoDownloadSettings: _A = AutoDownloadSettings
TypeAutoSaveException: _A = AutoSaveException
TypeAutoSaveSettings: _A = AutoSaveSettings
TypeAvailableEffect: _A = AvailableEffect
TypeAvailableReaction: _A = AvailableReaction
TypeBankCardOpenUrl: _A = BankCardOpenUrl
TypeBaseTheme: _A = BaseThemeArctic | BaseThemeClassic | BaseThemeDay | BaseThemeNight | BaseThemeTinted
TypeBirthday: _A = Birthday
TypeBool: _A = BoolFalse | BoolTrue
TypeBoost: _A = Boost
TypeBotApp: _A = BotApp | BotAppNotModified
TypeBotAppSettings: _A = BotAppSettings
TypeBotBusinessConnection: _A = BotBusinessConnection
TypeBotCommand: _A = BotCommand
TypeBotCommandScope: _A = BotCommandScopeChatAdmins | BotCommandScopeChats | BotCommandScopeDefault | BotCommandScopePeer | BotCommandScopePeerAdmins | BotCommandScopePeerUser | BotCommandScopeUsers
TypeBotInfo: _A = BotInfo
TypeBotInlineMessage: _A = BotInlineMessageMediaAuto | BotInlineMessageMediaContact | BotInlineMessageMediaGeo | BotInlineMessageMediaInvoice | BotInlineMessageMediaVenue | BotInlineMessageMediaWebPage | BotInlineMessageRichMessage | BotInlineMessageText
TypeBotInlineResult: _A = BotInlineMediaResult | BotInlineResult
TypeBotMenuButton: _A = BotMenuButton | BotMenuButtonCommands | BotMenuButtonDefault
TypeBotPreviewMedia: _A = BotPreviewMedia
TypeBotVerification: _A = BotVerification
TypeBotVerifierSettings: _A = BotVerifierSettings
TypeBusinessAwayMessage: _A = BusinessAwayMessage
TypeBusinessAwayMessageSchedule: _A = BusinessAwayMessageScheduleAlways | BusinessAwayMessageScheduleCustom | BusinessAwayMessageScheduleOutsideWorkHours
TypeBusinessBotRecipients: _A = BusinessBotRecipients
TypeBusinessBotRights: _A = BusinessBotRights
TypeBusinessChatLink: _A = BusinessChatLink
TypeBusinessGreetingMessage: _A = BusinessGreetingMessage
TypeBusinessIntro: _A = BusinessIntro
TypeBusinessLocation: _A = BusinessLocation
TypeBusinessRecipients: _A = BusinessRecipients
TypeBusinessWeeklyOpen: _A = BusinessWeeklyOpen
TypeBusinessWorkHours: _A = BusinessWorkHours
TypeButtonType: _A = ButtonTypeDefault | ButtonTypeRequestGeoLocation | ButtonTypeRequestPeer | ButtonTypeRequestPhone | ButtonTypeRequestPoll | ButtonTypeSimpleWebView | InputButtonTypeRequestPeer
TypeCdnConfig: _A = CdnConfig
TypeCdnPublicKey: _A = CdnPublicKey
TypeChannelAdminLogEvent: _A = ChannelAdminLogEvent
TypeChannelAdminLogEventAction: _A = ChannelAdminLogEventActionChangeAbout | ChannelAdminLogEventActionChangeAvailableReactions | ChannelAdminLogEventActionChangeEmojiStatus | ChannelAdminLogEventActionChangeEmojiStickerSet | ChannelAdminLogEventActionChangeHistoryTTL | ChannelAdminLogEventActionChangeLinkedChat | ChannelAdminLogEventActionChangeLocation | ChannelAdminLogEventActionChangePeerColor | ChannelAdminLogEventActionChangePhoto | ChannelAdminLogEventActionChangeProfilePeerColor | ChannelAdminLogEventActionChangeStickerSet | ChannelAdminLogEventActionChangeTitle | ChannelAdminLogEventActionChangeUsername | ChannelAdminLogEventActionChangeUsernames | ChannelAdminLogEventActionChangeWallpaper | ChannelAdminLogEventActionCreateTopic | ChannelAdminLogEventActionDefaultBannedRights | ChannelAdminLogEventActionDeleteMessage | ChannelAdminLogEventActionDeleteTopic | ChannelAdminLogEventActionDiscardGroupCall | ChannelAdminLogEventActionEditMessage | ChannelAdminLogEventActionEditTopic | ChannelAdminLogEventActionExportedInviteDelete | ChannelAdminLogEventActionExportedInviteEdit | ChannelAdminLogEventActionExportedInviteRevoke | ChannelAdminLogEventActionParticipantEditRank | ChannelAdminLogEventActionParticipantInvite | ChannelAdminLogEventActionParticipantJoin | ChannelAdminLogEventActionParticipantJoinByInvite | ChannelAdminLogEventActionParticipantJoinByRequest | ChannelAdminLogEventActionParticipantLeave | ChannelAdminLogEventActionParticipantMute | ChannelAdminLogEventActionParticipantSubExtend | ChannelAdminLogEventActionParticipantToggleAdmin | ChannelAdminLogEventActionParticipantToggleBan | ChannelAdminLogEventActionParticipantUnmute | ChannelAdminLogEventActionParticipantVolume | ChannelAdminLogEventActionPinTopic | ChannelAdminLogEventActionSendMessage | ChannelAdminLogEventActionStartGroupCall | ChannelAdminLogEventActionStopPoll | ChannelAdminLogEventActionToggleAntiSpam | ChannelAdminLogEventActionToggleAutotranslation | ChannelAdminLogEventActionToggleForum | ChannelAdminLogEventActionToggleGroupCallSetting | ChannelAdminLogEventActionToggleInvites | ChannelAdminLogEventActionToggleNoForwards | ChannelAdminLogEventActionTogglePreHistoryHidden | ChannelAdminLogEventActionToggleSignatureProfiles | ChannelAdminLogEventActionToggleSignatures | ChannelAdminLogEventActionToggleSlowMode | ChannelAdminLogEventActionUpdatePinned
TypeChannelAdminLogEventsFilter: _A = ChannelAdminLogEventsFilter
TypeChannelLocation: _A = ChannelLocation | ChannelLocationEmpty
TypeChannelMessagesFilter: _A = ChannelMessagesFilter | ChannelMessagesFilterEmpty
TypeChannelParticipant: _A = ChannelParticipant | ChannelParticipantAdmin | ChannelParticipantBanned | ChannelParticipantCreator | ChannelParticipantLeft | ChannelParticipantSelf
TypeChannelParticipantsFilter: _A = ChannelParticipantsAdmins | ChannelParticipantsBanned | ChannelParticipantsBots | ChannelParticipantsContacts | ChannelParticipantsKicked | ChannelParticipantsMentions | ChannelParticipantsRecent | ChannelParticipantsSearch
TypeChat: _A = Channel | ChannelForbidden | Chat | ChatEmpty | ChatForbidden | Community | CommunityForbidden
TypeChatAdminRights: _A = ChatAdminRights
TypeChatAdminWithInvites: _A = ChatAdminWithInvites
TypeChatBannedRights: _A = ChatBannedRights
TypeChatFull: _A = ChannelFull | ChatFull | CommunityFull
TypeChatInvite: _A = ChatInvite | ChatInviteAlready | ChatInvitePeek
TypeChatInviteImporter: _A = ChatInviteImporter
TypeChatOnlines: _A = ChatOnlines
TypeChatParticipant: _A = ChatParticipant | ChatParticipantAdmin | ChatParticipantCreator
TypeChatParticipants: _A = ChatParticipants | ChatParticipantsForbidden
TypeChatPhoto: _A = ChatPhoto | ChatPhotoEmpty
TypeChatReactions: _A = ChatReactionsAll | ChatReactionsNone | ChatReactionsSome
TypeChatTheme: _A = ChatTheme | ChatThemeUniqueGift
TypeCodeSettings: _A = CodeSettings
TypeCommunityPeer: _A = CommunityPeer
TypeCommunityPeerRequest: _A = CommunityPeerRequest
TypeConfig: _A = Config
TypeConnectedBot: _A = ConnectedBot
TypeConnectedBotStarRef: _A = ConnectedBotStarRef
TypeContact: _A = Contact
TypeContactBirthday: _A = ContactBirthday
TypeContactStatus: _A = ContactStatus
TypeCurrencyRate: _A = CurrencyRate
TypeDataJSON: _A = DataJSON
TypeDcOption: _A = DcOption
TypeDefaultHistoryTTL: _A = DefaultHistoryTTL
TypeDialog: _A = Dialog | DialogCommunity | DialogFolder
TypeDialogFilter: _A = DialogFilter | DialogFilterChatlist | DialogFilterDefault
TypeDialogFilterSuggested: _A = DialogFilterSuggested
TypeDialogPeer: _A = DialogPeer | DialogPeerCommunity | DialogPeerFolder
TypeDisallowedGiftsSettings: _A = DisallowedGiftsSettings
TypeDocument: _A = Document | DocumentEmpty
TypeDocumentAttribute: _A = DocumentAttributeAnimated | DocumentAttributeAudio | DocumentAttributeCustomEmoji | DocumentAttributeFilename | DocumentAttributeHasStickers | DocumentAttributeImageSize | DocumentAttributeSticker | DocumentAttributeVideo
TypeDraftMessage: _A = DraftMessage | DraftMessageEmpty
TypeEmailVerification: _A = EmailVerificationApple | EmailVerificationCode | EmailVerificationGoogle
TypeEmailVerifyPurpose: _A = EmailVerifyPurposeLoginChange | EmailVerifyPurposeLoginSetup | EmailVerifyPurposePassport
TypeEmojiGroup: _A = EmojiGroup | EmojiGroupGreeting | EmojiGroupPremium
TypeEmojiKeyword: _A = EmojiKeyword | EmojiKeywordDeleted
TypeEmojiKeywordsDifference: _A = EmojiKeywordsDifference
TypeEmojiLanguage: _A = EmojiLanguage
TypeEmojiList: _A = EmojiList | EmojiListNotModified
TypeEmojiStatus: _A = EmojiStatus | EmojiStatusCollectible | EmojiStatusEmpty | InputEmojiStatusCollectible
TypeEmojiURL: _A = EmojiURL
TypeEncryptedChat: _A = EncryptedChat | EncryptedChatDiscarded | EncryptedChatEmpty | EncryptedChatRequested | EncryptedChatWaiting
TypeEncryptedFile: _A = EncryptedFile | EncryptedFileEmpty
TypeEncryptedMessage: _A = EncryptedMessage | EncryptedMessageService
TypeEphemeralMessage: _A = EphemeralMessage
TypeError: _A = Error
TypeExportedChatInvite: _A = ChatInviteExported | ChatInvitePublicJoinRequests
TypeExportedChatlistInvite: _A = ExportedChatlistInvite
TypeExportedContactToken: _A = ExportedContactToken
TypeExportedMessageLink: _A = ExportedMessageLink
TypeExportedNoPaidMessagesToken: _A = ExportedNoPaidMessagesToken
TypeExportedStoryLink: _A = ExportedStoryLink
TypeFactCheck: _A = FactCheck
TypeFileHash: _A = FileHash
TypeFolder: _A = Folder
TypeFolderPeer: _A = FolderPeer
TypeForumTopic: _A = ForumTopic | ForumTopicDeleted
TypeFoundStory: _A = FoundStory
TypeGame: _A = Game
TypeGeoPoint: _A = GeoPoint | GeoPointEmpty
TypeGeoPointAddress: _A = GeoPointAddress
TypeGlobalPrivacySettings: _A = GlobalPrivacySettings
TypeGroupCall: _A = GroupCall | GroupCallDiscarded
TypeGroupCallDonor: _A = GroupCallDonor
TypeGroupCallMessage: _A = GroupCallMessage
TypeGroupCallParticipant: _A = GroupCallParticipant
TypeGroupCallParticipantVideo: _A = GroupCallParticipantVideo
TypeGroupCallParticipantVideoSourceGroup: _A = GroupCallParticipantVideoSourceGroup
TypeGroupCallStreamChannel: _A = GroupCallStreamChannel
TypeHighScore: _A = HighScore
TypeImportedContact: _A = ImportedContact
TypeInlineBotSwitchPM: _A = InlineBotSwitchPM
TypeInlineBotWebView: _A = InlineBotWebView
TypeInlineButtonType: _A = InlineButtonTypeBuy | InlineButtonTypeCallback | InlineButtonTypeCopy | InlineButtonTypeDisabled | InlineButtonTypeGame | InlineButtonTypeSwitchInline | InlineButtonTypeUrl | InlineButtonTypeUrlAuth | InlineButtonTypeUserProfile | InlineButtonTypeWebView | InputInlineButtonTypeUrlAuth | InputInlineButtonTypeUserProfile
TypeInlineQueryPeerType: _A = InlineQueryPeerTypeBotPM | InlineQueryPeerTypeBroadcast | InlineQueryPeerTypeChat | InlineQueryPeerTypeMegagroup | InlineQueryPeerTypePM | InlineQueryPeerTypeSameBotPM
TypeInputAiComposeTone: _A = InputAiComposeToneDefault | InputAiComposeToneID | InputAiComposeToneSingleUse | InputAiComposeToneSlug
TypeInputAppEvent: _A = InputAppEvent
TypeInputBotApp: _A = InputBotAppID | InputBotAppShortName
TypeInputBotInlineMessage: _A = InputBotInlineMessageGame | InputBotInlineMessageMediaAuto | InputBotInlineMessageMediaContact | InputBotInlineMessageMediaGeo | InputBotInlineMessageMediaInvoice | InputBotInlineMessageMediaVenue | InputBotInlineMessageMediaWebPage | InputBotInlineMessageRichMessage | InputBotInlineMessageText
TypeInputBotInlineMessageID: _A = InputBotInlineMessageID | InputBotInlineMessageID64
TypeInputBotInlineResult: _A = InputBotInlineResult | InputBotInlineResultDocument | InputBotInlineResultGame | InputBotInlineResultPhoto
TypeInputBusinessAwayMessage: _A = InputBusinessAwayMessage
TypeInputBusinessBotRecipients: _A = InputBusinessBotRecipients
TypeInputBusinessChatLink: _A = InputBusinessChatLink
TypeInputBusinessGreetingMessage: _A = InputBusinessGreetingMessage
TypeInputBusinessIntro: _A = InputBusinessIntro
TypeInputBusinessRecipients: _A = InputBusinessRecipients
TypeInputChannel: _A = InputChannel | InputChannelEmpty | InputChannelFromMessage
TypeInputChatPhoto: _A = InputChatPhoto | InputChatPhotoEmpty | InputChatUploadedPhoto
TypeInputChatTheme: _A = InputChatTheme | InputChatThemeEmpty | InputChatThemeUniqueGift
TypeInputChatlist: _A = InputChatlistDialogFilter
TypeInputCheckPasswordSRP: _A = InputCheckPasswordEmpty | InputCheckPasswordSRP
TypeInputClientProxy: _A = InputClientProxy
TypeInputCollectible: _A = InputCollectiblePhone | InputCollectibleUsername
TypeInputContact: _A = InputPhoneContact
TypeInputDialogPeer: _A = InputDialogPeer | InputDialogPeerCommunity | InputDialogPeerFolder
TypeInputDocument: _A = InputDocument | InputDocumentEmpty
TypeInputEncryptedChat: _A = InputEncryptedChat
TypeInputEncryptedFile: _A = InputEncryptedFile | InputEncryptedFileBigUploaded | InputEncryptedFileEmpty | InputEncryptedFileUploaded
TypeInputFile: _A = InputFile | InputFileBig | InputFileStoryDocument
TypeInputFileLocation: _A = InputDocumentFileLocation | InputEncryptedFileLocation | InputFileLocation | InputGroupCallStream | InputPeerPhotoFileLocation | InputPhotoFileLocation | InputPhotoLegacyFileLocation | InputSecureFileLocation | InputStickerSetThumb | InputTakeoutFileLocation
TypeInputFolderPeer: _A = InputFolderPeer
TypeInputGame: _A = InputGameID | InputGameShortName
TypeInputGeoPoint: _A = InputGeoPoint | InputGeoPointEmpty
TypeInputGroupCall: _A = InputGroupCall | InputGroupCallInviteMessage | InputGroupCallSlug
TypeInputInvoice: _A = InputInvoiceBusinessBotTransferStars | InputInvoiceChatInviteSubscription | InputInvoiceMessage | InputInvoicePremiumAuthCode | InputInvoicePremiumGiftCode | InputInvoicePremiumGiftStars | InputInvoiceSlug | InputInvoiceStarGift | InputInvoiceStarGiftAuctionBid | InputInvoiceStarGiftDropOriginalDetails | InputInvoiceStarGiftPrepaidUpgrade | InputInvoiceStarGiftResale | InputInvoiceStarGiftTransfer | InputInvoiceStarGiftUpgrade | InputInvoiceStars
TypeInputMedia: _A = InputMediaContact | InputMediaDice | InputMediaDocument | InputMediaDocumentExternal | InputMediaEmpty | InputMediaGame | InputMediaGeoLive | InputMediaGeoPoint | InputMediaInvoice | InputMediaPaidMedia | InputMediaPhoto | InputMediaPhotoExternal | InputMediaPoll | InputMediaStakeDice | InputMediaStory | InputMediaTodo | InputMediaUploadedDocument | InputMediaUploadedPhoto | InputMediaVenue | InputMediaWebPage
TypeInputMessage: _A = InputMessageCallbackQuery | InputMessageID | InputMessagePinned | InputMessageReplyTo
TypeInputMessageReadMetric: _A = InputMessageReadMetric
TypeInputNotifyPeer: _A = InputNotifyBroadcasts | InputNotifyChats | InputNotifyCommunity | InputNotifyForumTopic | InputNotifyPeer | InputNotifyUsers
TypeInputPasskeyCredential: _A = InputPasskeyCredentialPublicKey
TypeInputPasskeyResponse: _A = InputPasskeyResponseLogin | InputPasskeyResponseRegister
TypeInputPaymentCredentials: _A = InputPaymentCredentials | InputPaymentCredentialsApplePay | InputPaymentCredentialsGooglePay | InputPaymentCredentialsSaved
TypeInputPeer: _A = InputPeerChannel | InputPeerChannelFromMessage | InputPeerChat | InputPeerEmpty | InputPeerSelf | InputPeerUser | InputPeerUserFromMessage
TypeInputPeerNotifySettings: _A = InputPeerNotifySettings
TypeInputPhoneCall: _A = InputPhoneCall
TypeInputPhoto: _A = InputPhoto | InputPhotoEmpty
TypeInputPrivacyKey: _A = InputPrivacyKeyAbout | InputPrivacyKeyAddedByPhone | InputPrivacyKeyBirthday | InputPrivacyKeyChatInvite | InputPrivacyKeyForwards | InputPrivacyKeyNoPaidMessages | InputPrivacyKeyPhoneCall | InputPrivacyKeyPhoneNumber | InputPrivacyKeyPhoneP2P | InputPrivacyKeyProfilePhoto | InputPrivacyKeySavedMusic | InputPrivacyKeyStarGiftsAutoSave | InputPrivacyKeyStatusTimestamp | InputPrivacyKeyVoiceMessages
TypeInputPrivacyRule: _A = InputPrivacyValueAllowAll | InputPrivacyValueAllowBots | InputPrivacyValueAllowChatParticipants | InputPrivacyValueAllowCloseFriends | InputPrivacyValueAllowContacts | InputPrivacyValueAllowPremium | InputPrivacyValueAllowUsers | InputPrivacyValueDisallowAll | InputPrivacyValueDisallowBots | InputPrivacyValueDisallowChatParticipants | InputPrivacyValueDisallowContacts | InputPrivacyValueDisallowUsers
TypeInputQuickReplyShortcut: _A = InputQuickReplyShortcut | InputQuickReplyShortcutId
TypeInputReplyTo: _A = InputReplyToEphemeralMessage | InputReplyToMessage | InputReplyToMonoForum | InputReplyToStory
TypeInputRichFile: _A = InputRichFileDocument | InputRichFilePhoto
TypeInputRichMessage: _A = InputRichMessage | InputRichMessageHTML | InputRichMessageMarkdown
TypeInputSavedStarGift: _A = InputSavedStarGiftChat | InputSavedStarGiftSlug | InputSavedStarGiftUser
TypeInputSecureFile: _A = InputSecureFile | InputSecureFileUploaded
TypeInputSecureValue: _A = InputSecureValue
TypeInputSingleMedia: _A = InputSingleMedia
TypeInputStarGiftAuction: _A = InputStarGiftAuction | InputStarGiftAuctionSlug
TypeInputStarsTransaction: _A = InputStarsTransaction
TypeInputStickerSet: _A = InputStickerSetAnimatedEmoji | InputStickerSetAnimatedEmojiAnimations | InputStickerSetDice | InputStickerSetEmojiChannelDefaultStatuses | InputStickerSetEmojiDefaultStatuses | InputStickerSetEmojiDefaultTopicIcons | InputStickerSetEmojiGenericAnimations | InputStickerSetEmpty | InputStickerSetID | InputStickerSetPremiumGifts | InputStickerSetShortName | InputStickerSetTonGifts
TypeInputStickerSetItem: _A = InputStickerSetItem
TypeInputStickeredMedia: _A = InputStickeredMediaDocument | InputStickeredMediaPhoto
TypeInputStorePaymentPurpose: _A = InputStorePaymentAuthCode | InputStorePaymentGiftPremium | InputStorePaymentPremiumGiftCode | InputStorePaymentPremiumGiveaway | InputStorePaymentPremiumSubscription | InputStorePaymentStarsGift | InputStorePaymentStarsGiveaway | InputStorePaymentStarsTopup
TypeInputTheme: _A = InputTheme | InputThemeSlug
TypeInputThemeSettings: _A = InputThemeSettings
TypeInputTonConnectOauthSession: _A = InputTonConnectOauthSession
TypeInputUser: _A = InputUser | InputUserEmpty | InputUserFromMessage | InputUserSelf
TypeInputWallPaper: _A = InputWallPaper | InputWallPaperNoFile | InputWallPaperSlug
TypeInputWalletCardSticker: _A = InputWalletCardSticker
TypeInputWalletReplacement: _A = InputWalletImported | InputWalletNew
TypeInputWebDocument: _A = InputWebDocument
TypeInputWebFileLocation: _A = InputWebFileAudioAlbumThumbLocation | InputWebFileGeoPointLocation | InputWebFileLocation
TypeInvoice: _A = Invoice
TypeJSONObjectValue: _A = JsonObjectValue
TypeJSONValue: _A = JsonArray | JsonBool | JsonNull | JsonNumber | JsonObject | JsonString
TypeJoinChatBotResult: _A = JoinChatBotResultApproved | JoinChatBotResultDeclined | JoinChatBotResultQueued | JoinChatBotResultWebView
TypeKeyboardButton: _A = KeyboardButton
TypeKeyboardButtonRow: _A = KeyboardButtonRow
TypeKeyboardButtonStyle: _A = KeyboardButtonStyle
TypeKeyboardInlineButton: _A = KeyboardInlineButton
TypeKeyboardInlineButtonRow: _A = KeyboardInlineButtonRow
TypeLabeledPrice: _A = LabeledPrice
TypeLangPackDifference: _A = LangPackDifference
TypeLangPackLanguage: _A = LangPackLanguage
TypeLangPackString: _A = LangPackString | LangPackStringDeleted | LangPackStringPluralized
TypeMaskCoords: _A = MaskCoords
TypeMediaArea: _A = InputMediaAreaChannelPost | InputMediaAreaVenue | MediaAreaChannelPost | MediaAreaGeoPoint | MediaAreaStarGift | MediaAreaSuggestedReaction | MediaAreaUrl | MediaAreaVenue | MediaAreaWeather
TypeMediaAreaCoordinates: _A = MediaAreaCoordinates
TypeMessage: _A = Message | MessageEmpty | MessageService
TypeMessageAction: _A = MessageActionBoostApply | MessageActionBotAllowed | MessageActionChangeCommunity | MessageActionChangeCreator | MessageActionChannelCreate | MessageActionChannelMigrateFrom | MessageActionChatAddUser | MessageActionChatCreate | MessageActionChatDeletePhoto | MessageActionChatDeleteUser | MessageActionChatEditPhoto | MessageActionChatEditTitle | MessageActionChatJoinedByLink | MessageActionChatJoinedByRequest | MessageActionChatJoinedViaCommunity | MessageActionChatMigrateTo | MessageActionConferenceCall | MessageActionContactSignUp | MessageActionCustomAction | MessageActionEmpty | MessageActionGameScore | MessageActionGeoProximityReached | MessageActionGiftCode | MessageActionGiftPremium | MessageActionGiftStars | MessageActionGiftTon | MessageActionGiveawayLaunch | MessageActionGiveawayResults | MessageActionGramTransfer | MessageActionGroupCall | MessageActionGroupCallScheduled | MessageActionHistoryClear | MessageActionInviteToGroupCall | MessageActionManagedBotCreated | MessageActionNewCreatorPending | MessageActionNoForwardsRequest | MessageActionNoForwardsToggle | MessageActionNoPaidMessagesTokenUsed | MessageActionPaidMessagesPrice | MessageActionPaidMessagesRefunded | MessageActionPaymentRefunded | MessageActionPaymentSent | MessageActionPaymentSentMe | MessageActionPhoneCall | MessageActionPinMessage | MessageActionPollAppendAnswer | MessageActionPollDeleteAnswer | MessageActionPrizeStars | MessageActionRequestedPeer | MessageActionRequestedPeerSentMe | MessageActionScreenshotTaken | MessageActionSecureValuesSent | MessageActionSecureValuesSentMe | MessageActionSetChatTheme | MessageActionSetChatWallPaper | MessageActionSetMessagesTTL | MessageActionStarGift | MessageActionStarGiftPurchaseOffer | MessageActionStarGiftPurchaseOfferDeclined | MessageActionStarGiftUnique | MessageActionSuggestBirthday | MessageActionSuggestedPostApproval | MessageActionSuggestedPostRefund | MessageActionSuggestedPostSuccess | MessageActionSuggestProfilePhoto | MessageActionTodoAppendTasks | MessageActionTodoCompletions | MessageActionTopicCreate | MessageActionTopicEdit | MessageActionWalletTonConnectRequest | MessageActionWebViewDataSent | MessageActionWebViewDataSentMe
TypeMessageEntity: _A = InputMessageEntityMentionName | MessageEntityBankCard | MessageEntityBlockquote | MessageEntityBold | MessageEntityBotCommand | MessageEntityCashtag | MessageEntityCode | MessageEntityCustomEmoji | MessageEntityDiffDelete | MessageEntityDiffInsert | MessageEntityDiffReplace | MessageEntityEmail | MessageEntityFormattedDate | MessageEntityHashtag | MessageEntityItalic | MessageEntityMention | MessageEntityMentionName | MessageEntityPhone | MessageEntityPre | MessageEntitySpoiler | MessageEntityStrike | MessageEntityTextUrl | MessageEntityTonAddress | MessageEntityUnderline | MessageEntityUnknown | MessageEntityUrl
TypeMessageExtendedMedia: _A = MessageExtendedMedia | MessageExtendedMediaPreview
TypeMessageFwdHeader: _A = MessageFwdHeader
TypeMessageMedia: _A = MessageMediaContact | MessageMediaDice | MessageMediaDocument | MessageMediaEmpty | MessageMediaGame | MessageMediaGeo | MessageMediaGeoLive | MessageMediaGiveaway | MessageMediaGiveawayResults | MessageMediaInvoice | MessageMediaPaidMedia | MessageMediaPhoto | MessageMediaPoll | MessageMediaStory | MessageMediaToDo | MessageMediaUnsupported | MessageMediaVenue | MessageMediaVideoStream | MessageMediaWebPage
TypeMessagePeerReaction: _A = MessagePeerReaction
TypeMessagePeerVote: _A = MessagePeerVote | MessagePeerVoteInputOption | MessagePeerVoteMultiple
TypeMessageRange: _A = MessageRange
TypeMessageReactions: _A = MessageReactions
TypeMessageReactor: _A = MessageReactor
TypeMessageReplies: _A = MessageReplies
TypeMessageReplyHeader: _A = MessageReplyHeader | MessageReplyStoryHeader
TypeMessageReportOption: _A = MessageReportOption
TypeMessageViews: _A = MessageViews
TypeMessagesFilter: _A = InputMessagesFilterChatPhotos | InputMessagesFilterContacts | InputMessagesFilterDocument | InputMessagesFilterEmpty | InputMessagesFilterGeo | InputMessagesFilterGif | InputMessagesFilterMusic | InputMessagesFilterMyMentions | InputMessagesFilterPhoneCalls | InputMessagesFilterPhotos | InputMessagesFilterPhotoVideo | InputMessagesFilterPinned | InputMessagesFilterPoll | InputMessagesFilterRoundVideo | InputMessagesFilterRoundVoice | InputMessagesFilterUrl | InputMessagesFilterVideo | InputMessagesFilterVoice
TypeMissingInvitee: _A = MissingInvitee
TypeMyBoost: _A = MyBoost
TypeNearestDc: _A = NearestDc
TypeNotificationSound: _A = NotificationSoundDefault | NotificationSoundLocal | NotificationSoundNone | NotificationSoundRingtone
TypeNotifyPeer: _A = NotifyBroadcasts | NotifyChats | NotifyCommunity | NotifyForumTopic | NotifyPeer | NotifyUsers
TypeNull: _A = Null
TypeOnrampAvailability: _A = OnrampAvailability
TypeOnrampLimits: _A = OnrampLimits
TypeOnrampMethodAvailability: _A = OnrampMethodAvailability
TypeOnrampProviderInfo: _A = OnrampProviderInfo
TypeOnrampQuote: _A = OnrampQuote
TypeOnrampSession: _A = OnrampSession
TypeOutboxReadDate: _A = OutboxReadDate
TypePage: _A = Page
TypePageBlock: _A = InputPageBlockMap | PageBlockAnchor | PageBlockAudio | PageBlockAuthorDate | PageBlockBlockquote | PageBlockBlockquoteBlocks | PageBlockButtonRow | PageBlockChannel | PageBlockCollage | PageBlockCover | PageBlockDetails | PageBlockDivider | PageBlockDocument | PageBlockEmbed | PageBlockEmbedPost | PageBlockFooter | PageBlockHeader | PageBlockHeading1 | PageBlockHeading2 | PageBlockHeading3 | PageBlockHeading4 | PageBlockHeading5 | PageBlockHeading6 | PageBlockKicker | PageBlockList | PageBlockMap | PageBlockMath | PageBlockOrderedList | PageBlockParagraph | PageBlockPhoto | PageBlockPreformatted | PageBlockPullquote | PageBlockRelatedArticles | PageBlockSlideshow | PageBlockSubheader | PageBlockSubtitle | PageBlockTable | PageBlockThinking | PageBlockTitle | PageBlockUnsupported | PageBlockVideo
TypePageButton: _A = PageButton
TypePageCaption: _A = PageCaption
TypePageListItem: _A = PageListItemBlocks | PageListItemText
TypePageListOrderedItem: _A = PageListOrderedItemBlocks | PageListOrderedItemText
TypePageRelatedArticle: _A = PageRelatedArticle
TypePageTableCell: _A = PageTableCell
TypePageTableRow: _A = PageTableRow
TypePaidReactionPrivacy: _A = PaidReactionPrivacyAnonymous | PaidReactionPrivacyDefault | PaidReactionPrivacyPeer
TypePasskey: _A = Passkey
TypePasswordKdfAlgo: _A = PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow | PasswordKdfAlgoUnknown
TypePaymentCharge: _A = PaymentCharge
TypePaymentFormMethod: _A = PaymentFormMethod
TypePaymentRequestedInfo: _A = PaymentRequestedInfo
TypePaymentSavedCredentials: _A = PaymentSavedCredentialsCard
TypePeer: _A = PeerChannel | PeerChat | PeerUser
TypePeerBlocked: _A = PeerBlocked
TypePeerColor: _A = InputPeerColorCollectible | PeerColor | PeerColorCollectible
TypePeerLocated: _A = PeerLocated | PeerSelfLocated
TypePeerNotifySettings: _A = PeerNotifySettings
TypePeerSettings: _A = PeerSettings
TypePeerStories: _A = PeerStories
TypePendingSuggestion: _A = PendingSuggestion
TypePhoneCall: _A = PhoneCall | PhoneCallAccepted | PhoneCallDiscarded | PhoneCallEmpty | PhoneCallRequested | PhoneCallWaiting
TypePhoneCallDiscardReason: _A = PhoneCallDiscardReasonBusy | PhoneCallDiscardReasonDisconnect | PhoneCallDiscardReasonHangup | PhoneCallDiscardReasonMigrateConferenceCall | PhoneCallDiscardReasonMissed
TypePhoneCallProtocol: _A = PhoneCallProtocol
TypePhoneConnection: _A = PhoneConnection | PhoneConnectionWebrtc
TypePhoto: _A = Photo | PhotoEmpty
TypePhotoSize: _A = PhotoCachedSize | PhotoPathSize | PhotoSize | PhotoSizeEmpty | PhotoSizeProgressive | PhotoStrippedSize
TypePoll: _A = Poll
TypePollAnswer: _A = InputPollAnswer | PollAnswer
TypePollAnswerVoters: _A = PollAnswerVoters
TypePollResults: _A = PollResults
TypePopularContact: _A = PopularContact
TypePostAddress: _A = PostAddress
TypePostInteractionCounters: _A = PostInteractionCountersMessage | PostInteractionCountersStory
TypePremiumGiftCodeOption: _A = PremiumGiftCodeOption
TypePremiumSubscriptionOption: _A = PremiumSubscriptionOption
TypePrepaidGiveaway: _A = PrepaidGiveaway | PrepaidStarsGiveaway
TypePrivacyKey: _A = PrivacyKeyAbout | PrivacyKeyAddedByPhone | PrivacyKeyBirthday | PrivacyKeyChatInvite | PrivacyKeyForwards | PrivacyKeyNoPaidMessages | PrivacyKeyPhoneCall | PrivacyKeyPhoneNumber | PrivacyKeyPhoneP2P | PrivacyKeyProfilePhoto | PrivacyKeySavedMusic | PrivacyKeyStarGiftsAutoSave | PrivacyKeyStatusTimestamp | PrivacyKeyVoiceMessages
TypePrivacyRule: _A = PrivacyValueAllowAll | PrivacyValueAllowBots | PrivacyValueAllowChatParticipants | PrivacyValueAllowCloseFriends | PrivacyValueAllowContacts | PrivacyValueAllowPremium | PrivacyValueAllowUsers | PrivacyValueDisallowAll | PrivacyValueDisallowBots | PrivacyValueDisallowChatParticipants | PrivacyValueDisallowContacts | PrivacyValueDisallowUsers
TypeProfileTab: _A = ProfileTabFiles | ProfileTabGifs | ProfileTabGifts | ProfileTabLinks | ProfileTabMedia | ProfileTabMusic | ProfileTabPosts | ProfileTabVoice
TypePublicForward: _A = PublicForwardMessage | PublicForwardStory
TypeQuickReply: _A = QuickReply
TypeReaction: _A = ReactionCustomEmoji | ReactionEmoji | ReactionEmpty | ReactionPaid
TypeReactionCount: _A = ReactionCount
TypeReactionNotificationsFrom: _A = ReactionNotificationsFromAll | ReactionNotificationsFromContacts
TypeReactionsNotifySettings: _A = ReactionsNotifySettings
TypeReadParticipantDate: _A = ReadParticipantDate
TypeReceivedNotifyMessage: _A = ReceivedNotifyMessage
TypeRecentMeUrl: _A = RecentMeUrlChat | RecentMeUrlChatInvite | RecentMeUrlStickerSet | RecentMeUrlUnknown | RecentMeUrlUser
TypeRecentStory: _A = RecentStory
TypeReplyMarkup: _A = ReplyInlineMarkup | ReplyKeyboardForceReply | ReplyKeyboardHide | ReplyKeyboardMarkup
TypeReportReason: _A = InputReportReasonChildAbuse | InputReportReasonCopyright | InputReportReasonFake | InputReportReasonGeoIrrelevant | InputReportReasonIllegalDrugs | InputReportReasonOther | InputReportReasonPersonalDetails | InputReportReasonPornography | InputReportReasonSpam | InputReportReasonViolence
TypeReportResult: _A = ReportResultAddComment | ReportResultChooseOption | ReportResultReported
TypeRequestPeerType: _A = RequestPeerTypeBroadcast | RequestPeerTypeChat | RequestPeerTypeCreateBot | RequestPeerTypeUser
TypeRequestedPeer: _A = RequestedPeerChannel | RequestedPeerChat | RequestedPeerUser
TypeRequirementToContact: _A = RequirementToContactEmpty | RequirementToContactPaidMessages | RequirementToContactPremium
TypeRestrictionReason: _A = RestrictionReason
TypeRichButtonStyle: _A = RichButtonStyle
TypeRichMessage: _A = RichMessage
TypeRichText: _A = TextAnchor | TextAutoEmail | TextAutoPhone | TextAutoUrl | TextBankCard | TextBold | TextBotCommand | TextButton | TextCashtag | TextConcat | TextCustomEmoji | TextDate | TextDiff | TextEmail | TextEmpty | TextFixed | TextHashtag | TextImage | TextItalic | TextMarked | TextMath | TextMention | TextMentionName | TextPhone | TextPlain | TextSpoiler | TextStrike | TextSubscript | TextSuperscript | TextTonAddress | TextUnderline | TextUrl
TypeSavedContact: _A = SavedPhoneContact
TypeSavedDialog: _A = MonoForumDialog | SavedDialog
TypeSavedReactionTag: _A = SavedReactionTag
TypeSavedStarGift: _A = SavedStarGift
TypeSearchPostsFlood: _A = SearchPostsFlood
TypeSearchResultsCalendarPeriod: _A = SearchResultsCalendarPeriod
TypeSearchResultsPosition: _A = SearchResultPosition
TypeSecureCredentialsEncrypted: _A = SecureCredentialsEncrypted
TypeSecureData: _A = SecureData
TypeSecureFile: _A = SecureFile | SecureFileEmpty
TypeSecurePasswordKdfAlgo: _A = SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000 | SecurePasswordKdfAlgoSHA512 | SecurePasswordKdfAlgoUnknown
TypeSecurePlainData: _A = SecurePlainEmail | SecurePlainPhone
TypeSecureRequiredType: _A = SecureRequiredType | SecureRequiredTypeOneOf
TypeSecureSecretSettings: _A = SecureSecretSettings
TypeSecureValue: _A = SecureValue
TypeSecureValueError: _A = SecureValueError | SecureValueErrorData | SecureValueErrorFile | SecureValueErrorFiles | SecureValueErrorFrontSide | SecureValueErrorReverseSide | SecureValueErrorSelfie | SecureValueErrorTranslationFile | SecureValueErrorTranslationFiles
TypeSecureValueHash: _A = SecureValueHash
TypeSecureValueType: _A = SecureValueTypeAddress | SecureValueTypeBankStatement | SecureValueTypeDriverLicense | SecureValueTypeEmail | SecureValueTypeIdentityCard | SecureValueTypeInternalPassport | SecureValueTypePassport | SecureValueTypePassportRegistration | SecureValueTypePersonalDetails | SecureValueTypePhone | SecureValueTypeRentalAgreement | SecureValueTypeTemporaryRegistration | SecureValueTypeUtilityBill
TypeSendAsPeer: _A = SendAsPeer
TypeSendMessageAction: _A = InputSendMessageRichMessageDraftAction | SendMessageCancelAction | SendMessageChooseContactAction | SendMessageChooseStickerAction | SendMessageEmojiInteraction | SendMessageEmojiInteractionSeen | SendMessageGamePlayAction | SendMessageGeoLocationAction | SendMessageHistoryImportAction | SendMessageRecordAudioAction | SendMessageRecordRoundAction | SendMessageRecordVideoAction | SendMessageRichMessageDraftAction | SendMessageStopDraftAction | SendMessageTextDraftAction | SendMessageTypingAction | SendMessageUploadAudioAction | SendMessageUploadDocumentAction | SendMessageUploadPhotoAction | SendMessageUploadRoundAction | SendMessageUploadVideoAction | SpeakingInGroupCallAction
TypeShareTheme: _A = InputShareThemeGift | ShareThemeDefault | ShareThemeEmojiBackdrop | ShareThemeGift
TypeShareThemeBackdropOption: _A = ShareThemeBackdropOption
TypeShareThemeBackdrops: _A = ShareThemeBackdrops | ShareThemeBackdropsNotModified
TypeShippingOption: _A = ShippingOption
TypeSmsJob: _A = SmsJob
TypeSponsoredMessage: _A = SponsoredMessage
TypeSponsoredMessageReportOption: _A = SponsoredMessageReportOption
TypeSponsoredPeer: _A = SponsoredPeer
TypeStarGift: _A = StarGift | StarGiftUnique
TypeStarGiftActiveAuctionState: _A = StarGiftActiveAuctionState
TypeStarGiftAttribute: _A = StarGiftAttributeBackdrop | StarGiftAttributeModel | StarGiftAttributeOriginalDetails | StarGiftAttributePattern
TypeStarGiftAttributeCounter: _A = StarGiftAttributeCounter
TypeStarGiftAttributeId: _A = StarGiftAttributeIdBackdrop | StarGiftAttributeIdModel | StarGiftAttributeIdPattern
TypeStarGiftAttributeRarity: _A = StarGiftAttributeRarity | StarGiftAttributeRarityEpic | StarGiftAttributeRarityLegendary | StarGiftAttributeRarityRare | StarGiftAttributeRarityUncommon
TypeStarGiftAuctionAcquiredGift: _A = StarGiftAuctionAcquiredGift
TypeStarGiftAuctionRound: _A = StarGiftAuctionRound | StarGiftAuctionRoundExtendable
TypeStarGiftAuctionState: _A = StarGiftAuctionState | StarGiftAuctionStateFinished | StarGiftAuctionStateNotModified
TypeStarGiftAuctionUserState: _A = StarGiftAuctionUserState
TypeStarGiftBackground: _A = StarGiftBackground
TypeStarGiftCollection: _A = StarGiftCollection
TypeStarGiftUpgradePrice: _A = StarGiftUpgradePrice
TypeStarRefProgram: _A = StarRefProgram
TypeStarsAmount: _A = StarsAmount | StarsTonAmount
TypeStarsGiftOption: _A = StarsGiftOption
TypeStarsGiveawayOption: _A = StarsGiveawayOption
TypeStarsGiveawayWinnersOption: _A = StarsGiveawayWinnersOption
TypeStarsRating: _A = StarsRating
TypeStarsRevenueStatus: _A = StarsRevenueStatus
TypeStarsSubscription: _A = StarsSubscription
TypeStarsSubscriptionPricing: _A = StarsSubscriptionPricing
TypeStarsTopupOption: _A = StarsTopupOption
TypeStarsTransaction: _A = StarsTransaction
TypeStarsTransactionPeer: _A = StarsTransactionPeer | StarsTransactionPeerAds | StarsTransactionPeerAPI | StarsTransactionPeerAppStore | StarsTransactionPeerFragment | StarsTransactionPeerPlayMarket | StarsTransactionPeerPremiumBot | StarsTransactionPeerUnsupported
TypeStatsAbsValueAndPrev: _A = StatsAbsValueAndPrev
TypeStatsDateRangeDays: _A = StatsDateRangeDays
TypeStatsGraph: _A = StatsGraph | StatsGraphAsync | StatsGraphError
TypeStatsGroupTopAdmin: _A = StatsGroupTopAdmin
TypeStatsGroupTopInviter: _A = StatsGroupTopInviter
TypeStatsGroupTopPoster: _A = StatsGroupTopPoster
TypeStatsPercentValue: _A = StatsPercentValue
TypeStatsURL: _A = StatsURL
TypeStickerKeyword: _A = StickerKeyword
TypeStickerPack: _A = StickerPack
TypeStickerSet: _A = StickerSet
TypeStickerSetCovered: _A = StickerSetCovered | StickerSetFullCovered | StickerSetMultiCovered | StickerSetNoCovered
TypeStoriesStealthMode: _A = StoriesStealthMode
TypeStoryAlbum: _A = StoryAlbum
TypeStoryFwdHeader: _A = StoryFwdHeader
TypeStoryItem: _A = StoryItem | StoryItemDeleted | StoryItemSkipped
TypeStoryReaction: _A = StoryReaction | StoryReactionPublicForward | StoryReactionPublicRepost
TypeStoryView: _A = StoryView | StoryViewPublicForward | StoryViewPublicRepost
TypeStoryViews: _A = StoryViews
TypeSuggestedPost: _A = SuggestedPost
TypeTextWithEntities: _A = TextWithEntities
TypeTheme: _A = Theme
TypeThemeSettings: _A = ThemeSettings
TypeTimezone: _A = Timezone
TypeTodoCompletion: _A = TodoCompletion
TypeTodoItem: _A = TodoItem
TypeTodoList: _A = TodoList
TypeTonConnectManifest: _A = TonConnectManifest
TypeTonConnectNextEventId: _A = TonConnectNextEventId
TypeTonConnectRequest: _A = TonConnectRequest
TypeTonConnectSession: _A = TonConnectSession
TypeTopPeer: _A = TopPeer
TypeTopPeerCategory: _A = TopPeerCategoryBotsApp | TopPeerCategoryBotsGuestChat | TopPeerCategoryBotsInline | TopPeerCategoryBotsPM | TopPeerCategoryChannels | TopPeerCategoryCorrespondents | TopPeerCategoryForwardChats | TopPeerCategoryForwardUsers | TopPeerCategoryGroups | TopPeerCategoryPhoneCalls
TypeTopPeerCategoryPeers: _A = TopPeerCategoryPeers
TypeTrue_: _A = True_
TypeUpdate: _A = UpdateAiComposeTones | UpdateAttachMenuBots | UpdateAutoSaveSettings | UpdateBotBusinessConnect | UpdateBotCallbackQuery | UpdateBotChatBoost | UpdateBotChatInviteRequester | UpdateBotCommands | UpdateBotDeleteBusinessMessage | UpdateBotEditBusinessMessage | UpdateBotGuestChatQuery | UpdateBotInlineQuery | UpdateBotInlineSend | UpdateBotMenuButton | UpdateBotMessageReaction | UpdateBotMessageReactions | UpdateBotNewBusinessMessage | UpdateBotPrecheckoutQuery | UpdateBotPurchasedPaidMedia | UpdateBotShippingQuery | UpdateBotStarsSubscription | UpdateBotStopped | UpdateBotWebhookJSON | UpdateBotWebhookJSONQuery | UpdateBusinessBotCallbackQuery | UpdateChannel | UpdateChannelAvailableMessages | UpdateChannelMessageForwards | UpdateChannelMessageViews | UpdateChannelParticipant | UpdateChannelReadMessagesContents | UpdateChannelTooLong | UpdateChannelUserTyping | UpdateChannelViewForumAsMessages | UpdateChannelWebPage | UpdateChat | UpdateChatDefaultBannedRights | UpdateChatParticipant | UpdateChatParticipantAdd | UpdateChatParticipantAdmin | UpdateChatParticipantDelete | UpdateChatParticipantRank | UpdateChatParticipants | UpdateChatUserTyping | UpdateConfig | UpdateContactsReset | UpdateDcOptions | UpdateDeleteChannelMessages | UpdateDeleteEphemeralMessages | UpdateDeleteGroupCallMessages | UpdateDeleteMessages | UpdateDeleteQuickReply | UpdateDeleteQuickReplyMessages | UpdateDeleteScheduledMessages | UpdateDialogFilter | UpdateDialogFilterOrder | UpdateDialogFilters | UpdateDialogPinned | UpdateDialogUnreadMark | UpdateDraftMessage | UpdateEditChannelMessage | UpdateEditEphemeralMessage | UpdateEditMessage | UpdateEmojiGameInfo | UpdateEncryptedChatTyping | UpdateEncryptedMessagesRead | UpdateEncryption | UpdateEphemeralBotCallbackQuery | UpdateFavedStickers | UpdateFolderPeers | UpdateGeoLiveViewed | UpdateGroupCall | UpdateGroupCallChainBlocks | UpdateGroupCallConnection | UpdateGroupCallEncryptedMessage | UpdateGroupCallMessage | UpdateGroupCallParticipants | UpdateInlineBotCallbackQuery | UpdateJoinChatWebViewDecision | UpdateLangPack | UpdateLangPackTooLong | UpdateLoginToken | UpdateManagedBot | UpdateMessageExtendedMedia | UpdateMessageID | UpdateMessagePoll | UpdateMessagePollVote | UpdateMessageReactions | UpdateMonoForumNoPaidException | UpdateMoveStickerSetToTop | UpdateNewAuthorization | UpdateNewBotConnection | UpdateNewChannelMessage | UpdateNewEncryptedMessage | UpdateNewEphemeralMessage | UpdateNewMessage | UpdateNewQuickReply | UpdateNewScheduledMessage | UpdateNewStickerSet | UpdateNewStoryReaction | UpdateNotifySettings | UpdatePaidReactionPrivacy | UpdatePeerBlocked | UpdatePeerHistoryTTL | UpdatePeerLocated | UpdatePeerSettings | UpdatePeerWallpaper | UpdatePendingJoinRequests | UpdatePhoneCall | UpdatePhoneCallSignalingData | UpdatePinnedChannelMessages | UpdatePinnedDialogs | UpdatePinnedForumTopic | UpdatePinnedForumTopics | UpdatePinnedMessages | UpdatePinnedSavedDialogs | UpdatePrivacy | UpdatePtsChanged | UpdateQuickReplies | UpdateQuickReplyMessage | UpdateReadChannelDiscussionInbox | UpdateReadChannelDiscussionOutbox | UpdateReadChannelInbox | UpdateReadChannelOutbox | UpdateReadFeaturedEmojiStickers | UpdateReadFeaturedStickers | UpdateReadHistoryInbox | UpdateReadHistoryOutbox | UpdateReadMessagesContents | UpdateReadMonoForumInbox | UpdateReadMonoForumOutbox | UpdateReadStories | UpdateRecentEmojiStatuses | UpdateRecentReactions | UpdateRecentStickers | UpdateSavedDialogPinned | UpdateSavedGifs | UpdateSavedReactionTags | UpdateSavedRingtones | UpdateSentPhoneCode | UpdateSentStoryReaction | UpdateSentWalletTransaction | UpdateServiceNotification | UpdateSmsJob | UpdateStarGiftAuctionState | UpdateStarGiftAuctionUserState | UpdateStarGiftCraftFail | UpdateStarsBalance | UpdateStarsRevenueStatus | UpdateStickerSets | UpdateStickerSetsOrder | UpdateStoriesStealthMode | UpdateStory | UpdateStoryID | UpdateTheme | UpdateTranscribedAudio | UpdateUser | UpdateUserEmojiStatus | UpdateUserName | UpdateUserPhone | UpdateUserStatus | UpdateUserTyping | UpdateWalletGaslessInfo | UpdateWalletState | UpdateWalletTonConnectPendingDisconnect | UpdateWalletTonConnectSession | UpdateWebBrowserException | UpdateWebBrowserSettings | UpdateWebPage | UpdateWebViewResultSent
TypeUpdates: _A = Updates | UpdatesCombined | UpdateShort | UpdateShortChatMessage | UpdateShortMessage | UpdateShortSentMessage | UpdatesTooLong
TypeUrlAuthResult: _A = UrlAuthResultAccepted | UrlAuthResultDefault | UrlAuthResultRequest
TypeUser: _A = User | UserEmpty
TypeUserFull: _A = UserFull
TypeUserProfilePhoto: _A = UserProfilePhoto | UserProfilePhotoEmpty
TypeUserStatus: _A = UserStatusEmpty | UserStatusLastMonth | UserStatusLastWeek | UserStatusOffline | UserStatusOnline | UserStatusRecently
TypeUsername: _A = Username
TypeVideoSize: _A = VideoSize | VideoSizeEmojiMarkup | VideoSizeStickerMarkup
TypeWallPaper: _A = WallPaper | WallPaperNoFile
TypeWallPaperSettings: _A = WallPaperSettings
TypeWalletOwnershipProof: _A = WalletOwnershipProof
TypeWalletState: _A = WalletState | WalletStateEmpty
TypeWalletTransaction: _A = WalletTransaction
TypeWalletTransactionPeer: _A = WalletTransactionPeerAddress | WalletTransactionPeerChannel | WalletTransactionPeerOnramp | WalletTransactionPeerTelegramGift | WalletTransactionPeerUnsupported | WalletTransactionPeerUser
TypeWalletUserAddress: _A = WalletUserAddress
TypeWebAuthorization: _A = WebAuthorization
TypeWebDocument: _A = WebDocument | WebDocumentNoProxy
TypeWebDomainException: _A = WebDomainException
TypeWebPage: _A = WebPage | WebPageEmpty | WebPageNotModified | WebPagePending
TypeWebPageAttribute: _A = WebPageAttributeAiComposeTone | WebPageAttributeStarGiftAuction | WebPageAttributeStarGiftCollection | WebPageAttributeStickerSet | WebPageAttributeStory | WebPageAttributeTheme | WebPageAttributeUniqueStarGift
TypeWebViewMessageSent: _A = WebViewMessageSent
TypeWebViewResult: _A = WebViewResultUrl
_account_TypeAuthorizationForm: _A = account.AuthorizationForm
_account_TypeAuthorizations: _A = account.Authorizations
_account_TypeAutoDownloadSettings: _A = account.AutoDownloadSettings
_account_TypeAutoSaveSettings: _A = account.AutoSaveSettings
_account_TypeBusinessChatLinks: _A = account.BusinessChatLinks
_account_TypeChatThemes: _A = account.ChatThemes | account.ChatThemesNotModified
_account_TypeConnectedBots: _A = account.ConnectedBots
_account_TypeContentSettings: _A = account.ContentSettings
_account_TypeEmailVerified: _A = account.EmailVerified | account.EmailVerifiedLogin
_account_TypeEmojiStatuses: _A = account.EmojiStatuses | account.EmojiStatusesNotModified
_account_TypePaidMessagesRevenue: _A = account.PaidMessagesRevenue
_account_TypePasskeyRegistrationOptions: _A = account.PasskeyRegistrationOptions
_account_TypePasskeys: _A = account.Passkeys
_account_TypePassword: _A = account.Password
_account_TypePasswordInputSettings: _A = account.PasswordInputSettings
_account_TypePasswordSettings: _A = account.PasswordSettings
_account_TypePrivacyRules: _A = account.PrivacyRules
_account_TypeResetPasswordResult: _A = account.ResetPasswordFailedWait | account.ResetPasswordOk | account.ResetPasswordRequestedWait
_account_TypeResolvedBusinessChatLinks: _A = account.ResolvedBusinessChatLinks
_account_TypeSavedMusicIds: _A = account.SavedMusicIds | account.SavedMusicIdsNotModified
_account_TypeSavedRingtone: _A = account.SavedRingtone | account.SavedRingtoneConverted
_account_TypeSavedRingtones: _A = account.SavedRingtones | account.SavedRingtonesNotModified
_account_TypeSentEmailCode: _A = account.SentEmailCode
_account_TypeTakeout: _A = account.Takeout
_account_TypeThemes: _A = account.Themes | account.ThemesNotModified
_account_TypeTmpPassword: _A = account.TmpPassword
_account_TypeWallPapers: _A = account.WallPapers | account.WallPapersNotModified
_account_TypeWebAuthorizations: _A = account.WebAuthorizations
_account_TypeWebBrowserSettings: _A = account.WebBrowserSettings | account.WebBrowserSettingsNotModified
_aicompose_TypeTones: _A = aicompose.Tones | aicompose.TonesNotModified
_auth_TypeAuthorization: _A = auth.Authorization | auth.AuthorizationSignUpRequired
_auth_TypeCodeType: _A = auth.CodeTypeCall | auth.CodeTypeFlashCall | auth.CodeTypeFragmentSms | auth.CodeTypeMissedCall | auth.CodeTypeSms
_auth_TypeExportedAuthorization: _A = auth.ExportedAuthorization
_auth_TypeFirebasePnvIntent: _A = auth.FirebasePnvIntent
_auth_TypeLoggedOut: _A = auth.LoggedOut
_auth_TypeLoginToken: _A = auth.LoginToken | auth.LoginTokenMigrateTo | auth.LoginTokenSuccess
_auth_TypePasskeyLoginOptions: _A = auth.PasskeyLoginOptions
_auth_TypePasswordRecovery: _A = auth.PasswordRecovery
_auth_TypeSentCode: _A = auth.SentCode | auth.SentCodePaymentRequired | auth.SentCodeSuccess
_auth_TypeSentCodeType: _A = auth.SentCodeTypeApp | auth.SentCodeTypeCall | auth.SentCodeTypeEmailCode | auth.SentCodeTypeFirebaseSms | auth.SentCodeTypeFlashCall | auth.SentCodeTypeFragmentSms | auth.SentCodeTypeMissedCall | auth.SentCodeTypeSetUpEmailRequired | auth.SentCodeTypeSms | auth.SentCodeTypeSmsPhrase | auth.SentCodeTypeSmsWord
_bots_TypeAccessSettings: _A = bots.AccessSettings
_bots_TypeBotInfo: _A = bots.BotInfo
_bots_TypeExportedBotToken: _A = bots.ExportedBotToken
_bots_TypePopularAppBots: _A = bots.PopularAppBots
_bots_TypePreviewInfo: _A = bots.PreviewInfo
_bots_TypeRequestedButton: _A = bots.RequestedButton
_channels_TypeAdminLogResults: _A = channels.AdminLogResults
_channels_TypeChannelParticipant: _A = channels.ChannelParticipant
_channels_TypeChannelParticipants: _A = channels.ChannelParticipants | channels.ChannelParticipantsNotModified
_channels_TypeSendAsPeers: _A = channels.SendAsPeers
_channels_TypeSponsoredMessageReportResult: _A = channels.SponsoredMessageReportResultAdsHidden | channels.SponsoredMessageReportResultChooseOption | channels.SponsoredMessageReportResultReported
_chatlists_TypeChatlistInvite: _A = chatlists.ChatlistInvite | chatlists.ChatlistInviteAlready
_chatlists_TypeChatlistUpdates: _A = chatlists.ChatlistUpdates
_chatlists_TypeExportedChatlistInvite: _A = chatlists.ExportedChatlistInvite
_chatlists_TypeExportedInvites: _A = chatlists.ExportedInvites
_communities_TypeParticipantJoinedChats: _A = communities.ParticipantJoinedChats
_communities_TypePeerLinkRequests: _A = communities.PeerLinkRequests
_contacts_TypeBlocked: _A = contacts.Blocked | contacts.BlockedSlice
_contacts_TypeContactBirthdays: _A = contacts.ContactBirthdays
_contacts_TypeContacts: _A = contacts.Contacts | contacts.ContactsNotModified
_contacts_TypeFound: _A = contacts.Found
_contacts_TypeImportedContacts: _A = contacts.ImportedContacts
_contacts_TypeResolvedPeer: _A = contacts.ResolvedPeer
_contacts_TypeSponsoredPeers: _A = contacts.SponsoredPeers | contacts.SponsoredPeersEmpty
_contacts_TypeTopPeers: _A = contacts.TopPeers | contacts.TopPeersDisabled | contacts.TopPeersNotModified
_ephemeral_TypeWelcomeMessages: _A = ephemeral.WelcomeMessages | ephemeral.WelcomeMessagesNotModified
_fragment_TypeCollectibleInfo: _A = fragment.CollectibleInfo
_help_TypeAppConfig: _A = help.AppConfig | help.AppConfigNotModified
_help_TypeAppUpdate: _A = help.AppUpdate | help.NoAppUpdate
_help_TypeCountriesList: _A = help.CountriesList | help.CountriesListNotModified
_help_TypeCountry: _A = help.Country
_help_TypeCountryCode: _A = help.CountryCode
_help_TypeDeepLinkInfo: _A = help.DeepLinkInfo | help.DeepLinkInfoEmpty
_help_TypeInviteText: _A = help.InviteText
_help_TypePassportConfig: _A = help.PassportConfig | help.PassportConfigNotModified
_help_TypePeerColorOption: _A = help.PeerColorOption
_help_TypePeerColorSet: _A = help.PeerColorProfileSet | help.PeerColorSet
_help_TypePeerColors: _A = help.PeerColors | help.PeerColorsNotModified
_help_TypePremiumPromo: _A = help.PremiumPromo
_help_TypePromoData: _A = help.PromoData | help.PromoDataEmpty
_help_TypeRecentMeUrls: _A = help.RecentMeUrls
_help_TypeSupport: _A = help.Support
_help_TypeSupportName: _A = help.SupportName
_help_TypeTermsOfService: _A = help.TermsOfService
_help_TypeTermsOfServiceUpdate: _A = help.TermsOfServiceUpdate | help.TermsOfServiceUpdateEmpty
_help_TypeTimezonesList: _A = help.TimezonesList | help.TimezonesListNotModified
_help_TypeUserInfo: _A = help.UserInfo | help.UserInfoEmpty
_messages_TypeAffectedFoundMessages: _A = messages.AffectedFoundMessages
_messages_TypeAffectedHistory: _A = messages.AffectedHistory
_messages_TypeAffectedMessages: _A = messages.AffectedMessages
_messages_TypeAllStickers: _A = messages.AllStickers | messages.AllStickersNotModified
_messages_TypeArchivedStickers: _A = messages.ArchivedStickers
_messages_TypeAvailableEffects: _A = messages.AvailableEffects | messages.AvailableEffectsNotModified
_messages_TypeAvailableReactions: _A = messages.AvailableReactions | messages.AvailableReactionsNotModified
_messages_TypeBotApp: _A = messages.BotApp
_messages_TypeBotCallbackAnswer: _A = messages.BotCallbackAnswer
_messages_TypeBotPreparedInlineMessage: _A = messages.BotPreparedInlineMessage
_messages_TypeBotResults: _A = messages.BotResults
_messages_TypeChatAdminsWithInvites: _A = messages.ChatAdminsWithInvites
_messages_TypeChatFull: _A = messages.ChatFull
_messages_TypeChatInviteImporters: _A = messages.ChatInviteImporters
_messages_TypeChatInviteJoinResult: _A = messages.ChatInviteJoinResultOk | messages.ChatInviteJoinResultWebView
_messages_TypeChats: _A = messages.Chats | messages.ChatsSlice
_messages_TypeCheckedHistoryImportPeer: _A = messages.CheckedHistoryImportPeer
_messages_TypeComposedMessageWithAI: _A = messages.ComposedMessageWithAI
_messages_TypeComposedRichMessageWithAI: _A = messages.ComposedRichMessageWithAI
_messages_TypeDhConfig: _A = messages.DhConfig | messages.DhConfigNotModified
_messages_TypeDialogFilters: _A = messages.DialogFilters
_messages_TypeDialogs: _A = messages.Dialogs | messages.DialogsNotModified | messages.DialogsSlice
_messages_TypeDiscussionMessage: _A = messages.DiscussionMessage
_messages_TypeEmojiGameInfo: _A = messages.EmojiGameDiceInfo | messages.EmojiGameUnavailable
_messages_TypeEmojiGameOutcome: _A = messages.EmojiGameOutcome
_messages_TypeEmojiGroups: _A = messages.EmojiGroups | messages.EmojiGroupsNotModified
_messages_TypeExportedChatInvite: _A = messages.ExportedChatInvite | messages.ExportedChatInviteReplaced
_messages_TypeExportedChatInvites: _A = messages.ExportedChatInvites
_messages_TypeFavedStickers: _A = messages.FavedStickers | messages.FavedStickersNotModified
_messages_TypeFeaturedStickers: _A = messages.FeaturedStickers | messages.FeaturedStickersNotModified
_messages_TypeForumTopics: _A = messages.ForumTopics
_messages_TypeFoundStickerSets: _A = messages.FoundStickerSets | messages.FoundStickerSetsNotModified
_messages_TypeFoundStickers: _A = messages.FoundStickers | messages.FoundStickersNotModified
_messages_TypeHighScores: _A = messages.HighScores
_messages_TypeHistoryImport: _A = messages.HistoryImport
_messages_TypeHistoryImportParsed: _A = messages.HistoryImportParsed
_messages_TypeInactiveChats: _A = messages.InactiveChats
_messages_TypeInvitedUsers: _A = messages.InvitedUsers
_messages_TypeMessageEditData: _A = messages.MessageEditData
_messages_TypeMessageReactionsList: _A = messages.MessageReactionsList
_messages_TypeMessageViews: _A = messages.MessageViews
_messages_TypeMessages: _A = messages.ChannelMessages | messages.Messages | messages.MessagesNotModified | messages.MessagesSlice
_messages_TypeMyStickers: _A = messages.MyStickers
_messages_TypePeerDialogs: _A = messages.PeerDialogs
_messages_TypePeerSettings: _A = messages.PeerSettings
_messages_TypePreparedInlineMessage: _A = messages.PreparedInlineMessage
_messages_TypeQuickReplies: _A = messages.QuickReplies | messages.QuickRepliesNotModified
_messages_TypeReactions: _A = messages.Reactions | messages.ReactionsNotModified
_messages_TypeRecentStickers: _A = messages.RecentStickers | messages.RecentStickersNotModified
_messages_TypeSavedDialogs: _A = messages.SavedDialogs | messages.SavedDialogsNotModified | messages.SavedDialogsSlice
_messages_TypeSavedGifs: _A = messages.SavedGifs | messages.SavedGifsNotModified
_messages_TypeSavedReactionTags: _A = messages.SavedReactionTags | messages.SavedReactionTagsNotModified
_messages_TypeSearchCounter: _A = messages.SearchCounter
_messages_TypeSearchResultsCalendar: _A = messages.SearchResultsCalendar
_messages_TypeSearchResultsPositions: _A = messages.SearchResultsPositions
_messages_TypeSentEncryptedMessage: _A = messages.SentEncryptedFile | messages.SentEncryptedMessage
_messages_TypeSponsoredMessages: _A = messages.SponsoredMessages | messages.SponsoredMessagesEmpty
_messages_TypeStickerSet: _A = messages.StickerSet | messages.StickerSetNotModified
_messages_TypeStickerSetInstallResult: _A = messages.StickerSetInstallResultArchive | messages.StickerSetInstallResultSuccess
_messages_TypeStickers: _A = messages.Stickers | messages.StickersNotModified
_messages_TypeTranscribedAudio: _A = messages.TranscribedAudio
_messages_TypeTranslatedRichMessage: _A = messages.TranslatedRichMessage
_messages_TypeTranslatedText: _A = messages.TranslateResult
_messages_TypeVotesList: _A = messages.VotesList
_messages_TypeWebPage: _A = messages.WebPage
_messages_TypeWebPagePreview: _A = messages.WebPagePreview
_payments_TypeBankCardData: _A = payments.BankCardData
_payments_TypeCheckCanSendGiftResult: _A = payments.CheckCanSendGiftResultFail | payments.CheckCanSendGiftResultOk
_payments_TypeCheckedGiftCode: _A = payments.CheckedGiftCode
_payments_TypeConnectedStarRefBots: _A = payments.ConnectedStarRefBots
_payments_TypeCurrencyRates: _A = payments.CurrencyRates
_payments_TypeExportedInvoice: _A = payments.ExportedInvoice
_payments_TypeGiveawayInfo: _A = payments.GiveawayInfo | payments.GiveawayInfoResults
_payments_TypePaymentForm: _A = payments.PaymentForm | payments.PaymentFormStarGift | payments.PaymentFormStars
_payments_TypePaymentReceipt: _A = payments.PaymentReceipt | payments.PaymentReceiptStars
_payments_TypePaymentResult: _A = payments.PaymentResult | payments.PaymentVerificationNeeded
_payments_TypeResaleStarGifts: _A = payments.ResaleStarGifts
_payments_TypeSavedInfo: _A = payments.SavedInfo
_payments_TypeSavedStarGifts: _A = payments.SavedStarGifts
_payments_TypeStarGiftActiveAuctions: _A = payments.StarGiftActiveAuctions | payments.StarGiftActiveAuctionsNotModified
_payments_TypeStarGiftAuctionAcquiredGifts: _A = payments.StarGiftAuctionAcquiredGifts
_payments_TypeStarGiftAuctionState: _A = payments.StarGiftAuctionState
_payments_TypeStarGiftCollections: _A = payments.StarGiftCollections | payments.StarGiftCollectionsNotModified
_payments_TypeStarGiftDepositPayload: _A = payments.StarGiftDepositPayload
_payments_TypeStarGiftUpgradeAttributes: _A = payments.StarGiftUpgradeAttributes
_payments_TypeStarGiftUpgradePreview: _A = payments.StarGiftUpgradePreview
_payments_TypeStarGiftWithdrawalUrl: _A = payments.StarGiftWithdrawalUrl
_payments_TypeStarGifts: _A = payments.StarGifts | payments.StarGiftsNotModified
_payments_TypeStarsRevenueAdsAccountUrl: _A = payments.StarsRevenueAdsAccountUrl
_payments_TypeStarsRevenueStats: _A = payments.StarsRevenueStats
_payments_TypeStarsRevenueWithdrawalUrl: _A = payments.StarsRevenueWithdrawalUrl
_payments_TypeStarsStatus: _A = payments.StarsStatus
_payments_TypeSuggestedStarRefBots: _A = payments.SuggestedStarRefBots
_payments_TypeUniqueStarGift: _A = payments.UniqueStarGift
_payments_TypeUniqueStarGiftValueInfo: _A = payments.UniqueStarGiftValueInfo
_payments_TypeValidatedRequestedInfo: _A = payments.ValidatedRequestedInfo
_phone_TypeExportedGroupCallInvite: _A = phone.ExportedGroupCallInvite
_phone_TypeGroupCall: _A = phone.GroupCall
_phone_TypeGroupCallStars: _A = phone.GroupCallStars
_phone_TypeGroupCallStreamChannels: _A = phone.GroupCallStreamChannels
_phone_TypeGroupCallStreamRtmpUrl: _A = phone.GroupCallStreamRtmpUrl
_phone_TypeGroupParticipants: _A = phone.GroupParticipants
_phone_TypeJoinAsPeers: _A = phone.JoinAsPeers
_phone_TypePhoneCall: _A = phone.PhoneCall
_photos_TypePhoto: _A = photos.Photo
_photos_TypePhotos: _A = photos.Photos | photos.PhotosSlice
_premium_TypeBoostsList: _A = premium.BoostsList
_premium_TypeBoostsStatus: _A = premium.BoostsStatus
_premium_TypeMyBoosts: _A = premium.MyBoosts
_smsjobs_TypeEligibilityToJoin: _A = smsjobs.EligibleToJoin
_smsjobs_TypeStatus: _A = smsjobs.Status
_stats_TypeBroadcastStats: _A = stats.BroadcastStats
_stats_TypeMegagroupStats: _A = stats.MegagroupStats
_stats_TypeMessageStats: _A = stats.MessageStats
_stats_TypePollStats: _A = stats.PollStats
_stats_TypePublicForwards: _A = stats.PublicForwards
_stats_TypeStoryStats: _A = stats.StoryStats
_stickers_TypeSuggestedShortName: _A = stickers.SuggestedShortName
_storage_TypeFileType: _A = storage.FileGif | storage.FileJpeg | storage.FileMov | storage.FileMp3 | storage.FileMp4 | storage.FilePartial | storage.FilePdf | storage.FilePng | storage.FileUnknown | storage.FileWebp
_stories_TypeAlbums: _A = stories.Albums | stories.AlbumsNotModified
_stories_TypeAllStories: _A = stories.AllStories | stories.AllStoriesNotModified
_stories_TypeCanSendStoryCount: _A = stories.CanSendStoryCount
_stories_TypeFoundStories: _A = stories.FoundStories
_stories_TypePeerStories: _A = stories.PeerStories
_stories_TypeStories: _A = stories.Stories
_stories_TypeStoryReactionsList: _A = stories.StoryReactionsList
_stories_TypeStoryViews: _A = stories.StoryViews
_stories_TypeStoryViewsList: _A = stories.StoryViewsList
_toncenter_TypeApiResponse: _A = toncenter.ApiResponse
_toncenter_TypeStreamingUrl: _A = toncenter.StreamingUrl
_updates_TypeChannelDifference: _A = updates.ChannelDifference | updates.ChannelDifferenceEmpty | updates.ChannelDifferenceTooLong
_updates_TypeDifference: _A = updates.Difference | updates.DifferenceEmpty | updates.DifferenceSlice | updates.DifferenceTooLong
_updates_TypeState: _A = updates.State
_upload_TypeCdnFile: _A = upload.CdnFile | upload.CdnFileReuploadNeeded
_upload_TypeFile: _A = upload.File | upload.FileCdnRedirect
_upload_TypeWebFile: _A = upload.WebFile
_users_TypeSavedMusic: _A = users.SavedMusic | users.SavedMusicNotModified
_users_TypeUserFull: _A = users.UserFull
_users_TypeUsers: _A = users.Users | users.UsersSlice
_wallet_TypeCard: _A = wallet.Card
_wallet_TypeCardSticker: _A = wallet.CardSticker
_wallet_TypeEncryptedSecretPhrasePart: _A = wallet.EncryptedSecretPhrasePart
_wallet_TypeExistingBalance: _A = wallet.ExistingBalance
_wallet_TypeHolderDc: _A = wallet.HolderDc
_wallet_TypeNftAttribute: _A = wallet.NftAttribute
_wallet_TypeNftItem: _A = wallet.NftItem
_wallet_TypeNftItems: _A = wallet.NftItems
_wallet_TypeProofChallenge: _A = wallet.ProofChallenge
_wallet_TypeSecretPhraseParts: _A = wallet.SecretPhraseParts
_wallet_TypeTonConnectChallenge: _A = wallet.TonConnectChallenge
_wallet_TypeTonConnectPending: _A = wallet.TonConnectPending
_wallet_TypeTonConnectSessions: _A = wallet.TonConnectSessions
_wallet_TypeTransactions: _A = wallet.Transactions
_wallet_TypeUserAddresses: _A = wallet.UserAddresses
