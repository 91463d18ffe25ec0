"""Links to a folder: https://core.telegram.org/api/folders#shared-folders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import sqlalchemy as sa

from functions.messages.migration import migrate
from layers.context import Context
from layers.domain import limits
from layers.domain.chat_access import access_chat, named_channel
from layers.domain.chatlists import (
    access_chatlist,
    access_folder,
    change_invite,
    check_shared_limit,
    delete_invite,
    invite_object,
    invites_of,
    make_invite,
    may_share,
    note_invites,
    own_invite,
)
from layers.domain.chats import Membership, memberships, peer_objects
from layers.domain.dialog_filters import (
    Folder,
    as_chatlist,
    filter_keys,
    for_owner,
    is_plain_list,
    put_filter,
    replace_in_filter,
)
from layers.domain.dialogs import tell_own_devices
from layers.domain.invites import Terms, make_invites
from layers.domain.peers import peer_key, peer_of
from layers.errors import bad_request
from layers.push import push_updates
from layers.registry import FloodLimit, function
from layers.schema import chat_invites
from tl import api

_FLOOD: Final = FloodLimit(60, 60)


@function(api.chatlists.ExportChatlistInvite, writes=True, flood=_FLOOD)
def export_chatlist_invite(
    ctx: Context, request: api.chatlists.ExportChatlistInvite
) -> api.chatlists.ExportedChatlistInvite:
    """A new link to some of a folder's chats; the folder becomes a shared one, its basic groups supergroups.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED for a folder that is more than a list of chats,
            PEERS_LIST_EMPTY, PEER_ID_INVALID, CHANNEL_PRIVATE, CHAT_ADMIN_REQUIRED for chats into which the caller can
            lead nobody, INVITES_TOO_MUCH, CHATLISTS_TOO_MUCH.
    """
    folder = access_folder(ctx, request.chatlist)
    if isinstance(folder, api.DialogFilter):
        if not is_plain_list(folder):
            raise bad_request("FILTER_NOT_SUPPORTED")
        folder = as_chatlist(folder)
    check_shared_limit(ctx, folder.id)
    if len(invites_of(ctx, folder.id)) >= limits.CHATLIST_INVITES:
        raise bad_request("INVITES_TOO_MUCH")
    keys = _shared(ctx, folder, request.peers)
    invite = make_invite(ctx, folder.id, _title(request.title), keys)
    folder.has_my_invites = True
    put_filter(ctx, folder)
    shown = for_owner(ctx, folder)
    tell_own_devices(ctx, api.UpdateDialogFilter(id=folder.id, filter=shown), peer_keys=keys)
    return api.chatlists.ExportedChatlistInvite(filter=shown, invite=invite)


def _title(title: str) -> str:
    return " ".join(title.split())[: limits.CHATLIST_TITLE_LENGTH]


def _shared(ctx: Context, folder: api.DialogFilterChatlist, peers: Sequence[api.TypeInputPeer]) -> list[int]:
    """Keys of the chats that a link is to lead to; links of the caller's stand ready for the private ones."""
    keys = list(dict.fromkeys(_key(ctx, folder, peer) for peer in peers))
    if not keys:
        raise bad_request("PEERS_LIST_EMPTY")
    known = memberships(ctx, ctx.user_id, keys)
    present = set(filter_keys(folder))
    for key in keys:
        member = known.get(key)
        if member is None or not member.is_member:
            raise bad_request("CHANNEL_PRIVATE")
        if not may_share(member):
            raise bad_request("CHAT_ADMIN_REQUIRED")
        if key not in present:
            raise bad_request("PEER_ID_INVALID")
    _prepare_links(ctx, [known[key] for key in keys if known[key].row.username is None])
    return keys


def _key(ctx: Context, folder: api.DialogFilterChatlist, peer: api.TypeInputPeer) -> int:
    match peer:
        case api.InputPeerChannel() | api.InputPeerChannelFromMessage():
            return named_channel(ctx, peer)
        case api.InputPeerChat():
            return _migrated(ctx, folder, peer)
        case _:
            raise bad_request("PEER_ID_INVALID")


def _migrated(ctx: Context, folder: api.DialogFilterChatlist, peer: api.InputPeerChat) -> int:
    """A basic group becomes a supergroup, which takes its place in the folder."""
    old = access_chat(ctx, peer, lock=True)
    if not old.is_creator:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if old.key not in filter_keys(folder):
        raise bad_request("PEER_ID_INVALID")
    new, answer = migrate(ctx, old)
    # This call answers a link; the session that made it learns what became of the group as the others do.
    push_updates(ctx, ctx.user_id, answer, to_own_session=True, only_auth_key_id=ctx.origin.auth_key_id)
    replace_in_filter(folder, old.key, new.key)
    return new.key


def _prepare_links(ctx: Context, members: Collection[Membership]) -> None:
    """Who comes into a private chat by the folder does so by the caller's permanent link."""
    keys = [member.key for member in members]
    ready = ctx.db.scalars(
        sa.select(chat_invites.c.peer_key).where(
            chat_invites.c.peer_key.in_(keys),
            chat_invites.c.admin_id == ctx.user_id,
            ~chat_invites.c.revoked,
            chat_invites.c.permanent,
        )
    )
    make_invites(ctx, [key for key in keys if key not in set(ready)], ctx.user_id, Terms(), permanent=True)


@function(api.chatlists.GetExportedInvites, flood=_FLOOD)
def get_exported_invites(ctx: Context, request: api.chatlists.GetExportedInvites) -> api.chatlists.ExportedInvites:
    """The links of a folder, with the chats they lead to; 400 FILTER_ID_INVALID."""
    folder = access_folder(ctx, request.chatlist)
    invites = [invite_object(row.invite) for row in invites_of(ctx, folder.id)]
    keys = sorted({peer_key(peer) for invite in invites for peer in invite.peers})
    named = peer_objects(ctx, ctx.user_id, keys)
    return api.chatlists.ExportedInvites(invites=list(invites), chats=named.chats, users=named.users)


@function(api.chatlists.EditExportedInvite, writes=True, flood=_FLOOD)
def edit_exported_invite(ctx: Context, request: api.chatlists.EditExportedInvite) -> api.ExportedChatlistInvite:
    """Rename a link, or let it lead to other chats of the folder.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED, INVITE_SLUG_EMPTY, INVITE_SLUG_EXPIRED; as
            `export_chatlist_invite`.
    """
    folder = access_chatlist(ctx, request.chatlist)
    row = own_invite(ctx, folder.id, request.slug)
    invite = invite_object(row.invite)
    if request.title is not None:
        invite.title = _title(request.title)
    if request.peers is not None:
        before = filter_keys(folder)
        invite.peers = [peer_of(key) for key in _shared(ctx, folder, request.peers)]
        if filter_keys(folder) != before:
            put_filter(ctx, folder)
            _tell_folder(ctx, folder)
    change_invite(ctx, row, invite)
    return invite


def _tell_folder(ctx: Context, folder: Folder) -> None:
    """Also the session that called: the answer does not show it the folder."""
    update = api.UpdateDialogFilter(id=folder.id, filter=for_owner(ctx, folder))
    push_updates(ctx, ctx.user_id, api.UpdateShort(update=update, date=ctx.now), to_own_session=True)


@function(api.chatlists.DeleteExportedInvite, writes=True, flood=_FLOOD)
def delete_exported_invite(ctx: Context, request: api.chatlists.DeleteExportedInvite) -> bool:
    """Delete a link; who came by it keeps his folder.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED, INVITE_SLUG_EMPTY, INVITE_SLUG_EXPIRED.
    """
    folder = access_chatlist(ctx, request.chatlist)
    delete_invite(ctx, own_invite(ctx, folder.id, request.slug))
    if note_invites(ctx, folder):
        _tell_folder(ctx, folder)
    return True
