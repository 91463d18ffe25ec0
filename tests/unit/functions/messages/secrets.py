"""Secret chats as tests make them: what clients would encrypt is any bytes of the right form."""

from __future__ import annotations

import itertools
from typing import Any

from tests.harness import Client
from tl import api

_numbers = itertools.count(1)

G_A = (1 << 2000).to_bytes(256, "big")
G_B = (3 << 2000).to_bytes(256, "big")
FINGERPRINT = -77


def ask(asking: Client, asked: Client, chat_id: int | None = None, g_a: bytes = G_A) -> Any:
    """A request for a secret chat."""
    number = next(_numbers) if chat_id is None else chat_id
    return api.messages.RequestEncryption(user_id=asking.input_user(asked), random_id=number, g_a=g_a)


def named(chat: Any) -> api.InputEncryptedChat:
    """How the device that got this object names the chat."""
    return api.InputEncryptedChat(chat_id=chat.id, access_hash=chat.access_hash)


def accept(chat: Any, g_b: bytes = G_B, fingerprint: int = FINGERPRINT) -> Any:
    """The acceptance of a chat as the asked device was told of it."""
    return api.messages.AcceptEncryption(peer=named(chat), g_b=g_b, key_fingerprint=fingerprint)


def requested(device: Client) -> Any:
    """The request that was pushed to a device since it last looked."""
    (update,) = [item for item in device.pushes() if isinstance(item, api.UpdateEncryption)]
    assert isinstance(update.chat, api.EncryptedChatRequested)
    return update.chat


def established(asking: Client, asked: Client) -> tuple[Any, Any]:
    """A chat between two devices; as either names it."""
    asked.pushes()
    asking.call(ask(asking, asked))
    theirs = asked.call(accept(requested(asked)))
    (update,) = [item for item in asking.pushes() if isinstance(item, api.UpdateEncryption)]
    return named(update.chat), named(theirs)


def secret(text: str = "") -> bytes:
    """A fingerprint, a msg_key and whole blocks, as far as a server can tell."""
    body = text.encode()
    return b"F" * 8 + b"K" * 16 + body + bytes(16 - len(body) % 16)


def say(peer: Any, text: str = "", random_id: int | None = None) -> Any:
    """A secret message."""
    number = next(_numbers) if random_id is None else random_id
    return api.messages.SendEncrypted(peer=peer, random_id=number, data=secret(text))


def difference(device: Client, qts: int = 1, date: int = 1, **options: Any) -> Any:
    """What a device missed of secret messages after a qts."""
    pts = device.call(api.updates.GetState()).pts
    return device.call(api.updates.GetDifference(pts=pts, date=date, qts=qts, **options))
