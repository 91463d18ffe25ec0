"""Messages of the service account (777000) to users: login codes and notices about the account.

https://core.telegram.org/api/auth: a code for somebody who is signed in elsewhere arrives there as a message. They go
through the outbox like any message; the service account keeps no copies.
"""

from __future__ import annotations

import time
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import outbox
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.text import utf16_length
from layers.schema import contents
from tl import api

_CODE_LABEL: Final = "Login code: "
"""Clients recognise codes by it, hide them in previews and void them when they are passed on."""

_DEVICE_LENGTH: Final = 128


def send_notice(ctx: Context, user_id: int, text: str, entities: list[Any] | None = None) -> None:
    """Put a message of the service account into a user's box, after the commit."""
    message = api.Message(
        id=0, peer_id=api.PeerUser(user_id=SERVICE_USER_ID), date=ctx.now, message=text, entities=entities
    )
    content_id = ctx.random_id()
    row = {"content_id": content_id, "sender_id": SERVICE_USER_ID, "date": ctx.now, "message": tl.encode(message)}
    ctx.db.execute(sa.insert(contents), row)
    outbox.post(ctx, user_id, outbox.Deliver(content_id=content_id, peer_key=SERVICE_USER_ID))


def send_login_code(ctx: Context, user_id: int, code: str) -> None:
    """The code of a sign-in under way, to the devices that are signed in already."""
    text = (
        f"{_CODE_LABEL}{code}. Keep it to yourself: nobody, not even the operators of this server, has a reason to ask "
        "you for it.\n\nIt signs a new device in to your account. If you are not signing in anywhere, you need not do "
        "anything."
    )
    send_notice(ctx, user_id, text, [api.MessageEntityBold(offset=0, length=len(_CODE_LABEL.rstrip()))])


def tell_new_login(ctx: Context, user_id: int, device: str, address: str) -> None:
    """A new device has signed in."""
    text = (
        f"New login. A device signed in to your account on {_moment(ctx.now)}.\n\n"
        f"Device: {device[:_DEVICE_LENGTH] or 'unknown'}\nAddress: {address}\n\n"
        "If this was not you, end that session in Settings > Devices, and set a password for two-step verification."
    )
    send_notice(ctx, user_id, text, [api.MessageEntityBold(offset=0, length=len("New login."))])


def tell_deletion_requested(ctx: Context, user_id: int, link: str, due_at: int) -> None:
    """Somebody who does not know the password wants the account deleted."""
    text = (
        f"Somebody who has access to your phone number asked for the deletion of your account. It will be deleted on "
        f"{_moment(due_at)}, unless you cancel that here: {link}"
    )
    send_notice(ctx, user_id, text, [api.MessageEntityUrl(offset=utf16_length(text) - len(link), length=len(link))])


def tell_email_reset(ctx: Context, user_id: int, due_at: int) -> None:
    """Somebody who signs in says that the login e-mail is lost."""
    text = (
        f"Somebody who is signing in to your account has no access to your login e-mail. From {_moment(due_at)} on, "
        "login codes go to your phone number instead. To keep the e-mail, set it again in Settings > Privacy."
    )
    send_notice(ctx, user_id, text)


def _moment(at: int) -> str:
    return time.strftime("%d.%m.%Y at %H:%M:%S UTC", time.gmtime(at))


def tell_phone_changed(ctx: Context, user_id: int, masked_phone: str) -> None:
    """The account has another number."""
    send_notice(ctx, user_id, f"The phone number of your account was changed to {masked_phone}.")
