"""Keyboards, which layer 229 rebuilt: a button's kind became a value of its own, inline keyboards got their own rows.

Before, every kind of button was a constructor of KeyboardButton, in inline and reply keyboards alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tl import api
from tl.registry import class_of, old_class_of, schema_of

if TYPE_CHECKING:
    from collections.abc import Callable

LAST_OLD_LAYER: Final = 228
"""The last layer with the old keyboards."""

_OLD_NAMES: Final = {
    "buttonTypeRequestGeoLocation": "keyboardButtonRequestGeoLocation",
    "buttonTypeRequestPeer": "keyboardButtonRequestPeer",
    "inputButtonTypeRequestPeer": "inputKeyboardButtonRequestPeer",
    "buttonTypeRequestPhone": "keyboardButtonRequestPhone",
    "buttonTypeRequestPoll": "keyboardButtonRequestPoll",
    "buttonTypeSimpleWebView": "keyboardButtonSimpleWebView",
    "inlineButtonTypeBuy": "keyboardButtonBuy",
    "inlineButtonTypeCallback": "keyboardButtonCallback",
    "inlineButtonTypeCopy": "keyboardButtonCopy",
    "inlineButtonTypeGame": "keyboardButtonGame",
    "inlineButtonTypeSwitchInline": "keyboardButtonSwitchInline",
    "inlineButtonTypeUrl": "keyboardButtonUrl",
    "inlineButtonTypeUrlAuth": "keyboardButtonUrlAuth",
    "inputInlineButtonTypeUrlAuth": "inputKeyboardButtonUrlAuth",
    "inlineButtonTypeUserProfile": "keyboardButtonUserProfile",
    "inputInlineButtonTypeUserProfile": "inputKeyboardButtonUserProfile",
    "inlineButtonTypeWebView": "keyboardButtonWebView",
}
"""Kind of a button -> its old constructor."""

_KINDS: Final = {old: kind for kind, old in _OLD_NAMES.items()}
_NO_DATA: Final = b""


def old_button(button: Any, layer: int) -> Any:
    """The old constructor of a button, for a layer up to `LAST_OLD_LAYER`.

    A kind that the layer lacks becomes a plain button of a reply keyboard, or a callback button that carries nothing.
    """
    kind = button.type
    name = _OLD_NAMES.get(kind.TL_NAME)
    if name == "inputKeyboardButtonRequestPeer" and not _is_known(name, layer):
        name = "keyboardButtonRequestPeer"
    if name is None or not _is_known(name, layer):
        if isinstance(button, api.KeyboardButton):
            return old_class_of("keyboardButton")(style=button.style, text=button.text)
        return class_of("api", "keyboardButtonCallback")(style=button.style, text=button.text, data=_NO_DATA)
    cls = class_of("api", name)
    fields = {field: getattr(kind, field) for field in kind.FIELDS if field in cls.FIELDS}
    if name == "inputKeyboardButtonUrlAuth" and fields["bot"] is None:
        fields["bot"] = api.InputUserSelf()
    return cls(style=button.style, text=button.text, **fields)


def _is_known(name: str, layer: int) -> bool:
    return schema_of("api").at(name, layer) is not None


def old_inline_rows(rows: Any) -> list[Any]:
    """Rows of an inline keyboard as rows of the shared kind; the buttons are converted when they are written."""
    return [api.KeyboardButtonRow(buttons=row.buttons) for row in rows]


def upgrade_button(kind_name: str) -> Callable[[Any], Any]:
    """The conversion of an old button constructor to a canonical button of that kind."""
    is_reply = kind_name.startswith(("buttonType", "inputButtonType"))

    def convert(old: Any) -> Any:
        kind: Any = class_of("api", kind_name)
        fields = {field: getattr(old, field) for field in kind.FIELDS}
        button = api.KeyboardButton if is_reply else api.KeyboardInlineButton
        return button(style=old.style, text=old.text, type=kind(**fields))

    return convert


UPGRADES: Final = {old: upgrade_button(kind) for old, kind in _KINDS.items()}
"""Old button constructor -> conversion to the canonical one."""


def _inline_button(button: Any) -> Any:
    """A button as one of an inline keyboard: kinds that belong to reply keyboards only are shown but do nothing."""
    if isinstance(button, api.KeyboardInlineButton):
        return button
    return api.KeyboardInlineButton(style=button.style, text=button.text, type=api.InlineButtonTypeDisabled())


def inline_rows(rows: Any) -> list[Any]:
    """Old rows of an inline keyboard as canonical ones."""
    return [api.KeyboardInlineButtonRow(buttons=[_inline_button(button) for button in row.buttons]) for row in rows]


def _reply_button(button: Any) -> Any:
    """A button as one of a reply keyboard: kinds that belong to inline keyboards only become plain ones."""
    if isinstance(button, api.KeyboardButton):
        return button
    return api.KeyboardButton(style=button.style, text=button.text, type=api.ButtonTypeDefault())


def polish_reply_markup(markup: Any) -> Any:
    """A decoded reply keyboard, whose buttons may be old ones."""
    for row in markup.rows:
        row.buttons = [_reply_button(button) for button in row.buttons]
    return markup


def polish_requested_button(request: Any) -> Any:
    """A decoded bots.requestWebViewButton, whose button may be an old one."""
    request.button = _reply_button(request.button)
    return request
