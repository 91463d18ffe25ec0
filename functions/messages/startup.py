"""What clients ask for when they start or open a chat, and what does not exist on this server yet.

Each answer is the truth: no attachment menus or sponsored messages.
"""

from __future__ import annotations

from typing import Final, NoReturn

from layers.context import Context
from layers.domain.password import SRP_G, SRP_P
from layers.domain.peers import access_peer, access_user
from layers.errors import bad_request
from layers.registry import function
from tl import api

_DH_VERSION: Final = 3
_RANDOM_MAX: Final = 1024
_IDS_MAX: Final = 100
_URL_MAX: Final = 2048


@function(api.messages.GetDhConfig)
def get_dh_config(ctx: Context, request: api.messages.GetDhConfig) -> api.messages.TypeDhConfig:
    """The Diffie-Hellman group of secret chats and calls, and random bytes to mix into the client's own.

    https://core.telegram.org/api/end-to-end: the group is the safe prime that clients know and need not test.
    """
    if not 0 <= request.random_length <= _RANDOM_MAX:
        raise bad_request("RANDOM_LENGTH_INVALID")
    random = ctx.services.random(request.random_length)
    if request.version == _DH_VERSION:
        return api.messages.DhConfigNotModified(random=random)
    return api.messages.DhConfig(g=SRP_G, p=SRP_P, version=_DH_VERSION, random=random)


@function(api.messages.GetAttachMenuBots, partial="no attachment menu bots yet")
def get_attach_menu_bots(_ctx: Context, _request: api.messages.GetAttachMenuBots) -> api.AttachMenuBots:
    """Bots in the account's attachment menu."""
    return api.AttachMenuBots(hash=0, bots=[], users=[])


@function(api.messages.GetAttachMenuBot, partial="no attachment menu bots yet")
def get_attach_menu_bot(ctx: Context, request: api.messages.GetAttachMenuBot) -> api.AttachMenuBotsBot:
    """One bot that offers itself for the attachment menu."""
    access_user(ctx, request.bot, error="BOT_INVALID")
    raise bad_request("BOT_INVALID")


@function(api.messages.GetSponsoredMessages)
def get_sponsored_messages(
    ctx: Context, request: api.messages.GetSponsoredMessages
) -> api.messages.SponsoredMessagesEmpty:
    """Advertisements: this server shows none."""
    access_peer(ctx, request.peer)
    return api.messages.SponsoredMessagesEmpty()


@function(api.messages.GetExtendedMedia, partial="no paid media yet")
def get_extended_media(ctx: Context, request: api.messages.GetExtendedMedia) -> api.Updates:
    """Paid media whose previews changed."""
    access_peer(ctx, request.peer)
    if len(request.id) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    return api.Updates(updates=[], users=[], chats=[], date=ctx.now, seq=0)


# Instant views


@function(api.messages.GetWebPage, partial="no instant views yet")
def get_web_page(_ctx: Context, request: api.messages.GetWebPage) -> api.messages.WebPage:
    """The instant view of a page: none."""
    if not request.url or len(request.url) > _URL_MAX:
        raise bad_request("WC_CONVERT_URL_INVALID")
    return api.messages.WebPage(webpage=api.WebPageEmpty(id=0, url=request.url), chats=[], users=[])


# Translation


@function(api.messages.TranslateText, partial="this server has no translation service")
def translate_text(ctx: Context, request: api.messages.TranslateText) -> NoReturn:
    """A translation of texts or messages: refused, as where it is switched off."""
    if request.peer is not None:
        access_peer(ctx, request.peer)
    if not request.text and not request.id:
        raise bad_request("INPUT_TEXT_EMPTY")
    raise bad_request("TRANSLATIONS_DISABLED")


# Notifications


@function(api.messages.ReceivedMessages)
def received_messages(_ctx: Context, _request: api.messages.ReceivedMessages) -> list[api.ReceivedNotifyMessage]:
    """The client has messages, so push notifications may be left out; the answer names none to show instead."""
    return []
