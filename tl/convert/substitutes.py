"""What stands for a constructor that a layer does not know.

Types without a substitute vanish instead: vectors drop them, optional fields turn absent, and so does every object that
requires one. `EVERYWHERE` lists types whose substitute is better than nothing in vectors and optional fields too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tl import api

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _text(text: Any, _layer: int) -> Any:
    """The plain content of a newer kind of rich text."""
    if isinstance(text, api.TextCustomEmoji):
        return api.TextPlain(text=text.alt)
    if isinstance(text, api.TextMath):
        return api.TextPlain(text=text.source)
    return getattr(text, "text", None) or api.TextEmpty()


def _page_block(block: Any, _layer: int) -> Any:
    name = block.TL_NAME
    if name.startswith("pageBlockHeading"):
        level = int(name[-1])
        return api.PageBlockHeader(text=block.text) if level <= 2 else api.PageBlockSubheader(text=block.text)
    if isinstance(block, api.PageBlockMath):
        return api.PageBlockPreformatted(text=api.TextPlain(text=block.source), language="")
    if isinstance(block, api.PageBlockThinking):
        return api.PageBlockParagraph(text=block.text)
    return api.PageBlockUnsupported()


def _inline_message(message: Any, _layer: int) -> Any:
    return api.BotInlineMessageText(
        message=getattr(message, "message", ""),
        entities=getattr(message, "entities", None),
        reply_markup=message.reply_markup,
    )


def _chat(chat: Any, _layer: int) -> Any:
    return api.ChannelForbidden(id=chat.id, access_hash=chat.access_hash or 0, title=chat.title)


def _full_chat(chat: Any, _layer: int) -> Any:
    return api.ChatFull(
        id=chat.id,
        about=chat.about,
        participants=api.ChatParticipantsForbidden(chat_id=chat.id),
        chat_photo=chat.chat_photo,
        notify_settings=api.PeerNotifySettings(),
    )


def _dialog(dialog: Any, _layer: int) -> Any:
    return api.Dialog(
        peer=api.PeerChannel(channel_id=dialog.community_id),
        top_message=0,
        read_inbox_max_id=0,
        read_outbox_max_id=0,
        unread_count=0,
        unread_mentions_count=0,
        unread_reactions_count=0,
        unread_poll_votes_count=0,
        notify_settings=dialog.notify_settings,
    )


def _emoji_status(status: Any, _layer: int) -> Any:
    if isinstance(status, api.EmojiStatusCollectible):
        return api.EmojiStatus(document_id=status.document_id, until=status.until)
    return api.EmojiStatusEmpty()


def _peer_color(color: Any, _layer: int) -> Any:
    return api.PeerColor(background_emoji_id=getattr(color, "background_emoji_id", None))


def _action(action: Any, _layer: int) -> Any:
    if isinstance(action, api.SendMessageStopDraftAction):
        return api.SendMessageCancelAction()
    return api.SendMessageTypingAction()


def _star_gift(gift: Any, _layer: int) -> Any:
    models = (attribute.document for attribute in gift.attributes if isinstance(attribute, api.StarGiftAttributeModel))
    sticker = next(models, None) or api.DocumentEmpty(id=0)
    return api.StarGift(id=gift.gift_id, sticker=sticker, stars=0, convert_stars=0)


def _sent_code(code: Any, _layer: int) -> Any:
    return api.auth.SentCode(type=api.auth.SentCodeTypeSms(length=0), phone_code_hash=code.phone_code_hash)


def _payment_form(form: Any, _layer: int) -> Any:
    return api.payments.PaymentForm(
        form_id=form.form_id,
        bot_id=getattr(form, "bot_id", 0),
        title=getattr(form, "title", ""),
        description=getattr(form, "description", ""),
        photo=getattr(form, "photo", None),
        invoice=form.invoice,
        provider_id=0,
        url="",
        users=getattr(form, "users", []),
    )


def _payment_receipt(receipt: Any, _layer: int) -> Any:
    return api.payments.PaymentReceipt(
        date=receipt.date,
        bot_id=receipt.bot_id,
        provider_id=0,
        title=receipt.title,
        description=receipt.description,
        photo=receipt.photo,
        invoice=receipt.invoice,
        currency=receipt.currency,
        total_amount=receipt.total_amount,
        credentials_title="",
        users=receipt.users,
    )


SUBSTITUTES: Final[Mapping[str, Callable[[Any, int], Any]]] = {
    "BotInlineMessage": _inline_message,
    "Chat": _chat,
    "ChatFull": _full_chat,
    "Dialog": _dialog,
    "EmojiStatus": _emoji_status,
    "InputGroupCall": lambda _value, _layer: api.InputGroupCall(id=0, access_hash=0),
    "InputStickerSet": lambda _value, _layer: api.InputStickerSetEmpty(),
    "MessageAction": lambda _value, _layer: api.MessageActionEmpty(),
    "MessageMedia": lambda _value, _layer: api.MessageMediaUnsupported(),
    "PageBlock": _page_block,
    "PeerColor": _peer_color,
    "RequestPeerType": lambda _value, _layer: api.RequestPeerTypeUser(),
    "RichText": _text,
    "SendMessageAction": _action,
    "StarGift": _star_gift,
    "StarsAmount": lambda _value, _layer: api.StarsAmount(amount=0, nanos=0),
    "StarsTransactionPeer": lambda _value, _layer: api.StarsTransactionPeerUnsupported(),
    "WalletTransactionPeer": lambda _value, _layer: api.WalletTransactionPeerUnsupported(),
    "auth.SentCode": _sent_code,
    "auth.SentCodeType": lambda _value, _layer: api.auth.SentCodeTypeSms(length=0),
    "payments.PaymentForm": _payment_form,
    "payments.PaymentReceipt": _payment_receipt,
}
"""Type -> the object that stands for one of its unknown constructors, given (object, layer)."""

EVERYWHERE: Final = frozenset({"EmojiStatus", "MessageMedia", "PageBlock", "PeerColor", "RichText", "StarGift"})
"""Types substituted in vectors and optional fields as well."""
