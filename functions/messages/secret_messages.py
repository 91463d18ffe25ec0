"""Messages and files of secret chats: https://core.telegram.org/api/end-to-end#sending-encrypted-files."""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.secret_files import encrypted_file, prepare_encrypted_file, store_encrypted_file
from layers.domain.secret_messages import acknowledge, send
from layers.domain.secret_sides import access_established
from layers.registry import FloodLimit, function
from tl import api

_SENDING: Final = FloodLimit(1200, 60)


@function(api.messages.SendEncrypted, writes=True, flood=_SENDING)
def send_encrypted(ctx: Context, request: api.messages.SendEncrypted) -> api.messages.SentEncryptedMessage:
    """A message to the other side's device."""
    side = access_established(ctx, request.peer, lock=True)
    return api.messages.SentEncryptedMessage(date=send(ctx, side, request.random_id, request.data))


@function(api.messages.SendEncryptedService, writes=True, flood=_SENDING)
def send_encrypted_service(
    ctx: Context, request: api.messages.SendEncryptedService
) -> api.messages.SentEncryptedMessage:
    """What clients tell each other beside messages: layers, timers, deletions, new keys."""
    side = access_established(ctx, request.peer, lock=True)
    date = send(ctx, side, request.random_id, request.data, is_service=True)
    return api.messages.SentEncryptedMessage(date=date)


@function(api.messages.SendEncryptedFile, writes=True, flood=_SENDING, prepare=prepare_encrypted_file)
def send_encrypted_file(ctx: Context, request: api.messages.SendEncryptedFile) -> api.messages.SentEncryptedFile:
    """A message with a file that was uploaded encrypted."""
    side = access_established(ctx, request.peer, lock=True)
    row = store_encrypted_file(ctx, request.file)
    date = send(ctx, side, request.random_id, request.data, file=row)
    return api.messages.SentEncryptedFile(date=date, file=encrypted_file(ctx, ctx.user_id, row))


@function(api.messages.UploadEncryptedFile, writes=True, flood=_SENDING, prepare=prepare_encrypted_file)
def upload_encrypted_file(ctx: Context, request: api.messages.UploadEncryptedFile) -> api.EncryptedFile:
    """Take an upload into use without sending it."""
    access_established(ctx, request.peer)
    return encrypted_file(ctx, ctx.user_id, store_encrypted_file(ctx, request.file))


@function(api.messages.ReceivedQueue, writes=True)
def received_queue(ctx: Context, request: api.messages.ReceivedQueue) -> list[int]:
    """The device has what came up to a qts: it waits no longer."""
    return acknowledge(ctx, request.max_qts)
