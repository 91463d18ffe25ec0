"""Taking over a shared folder: https://core.telegram.org/api/folders#shared-folders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from layers.context import Context
from layers.domain.channel_joining import join_channel, leave
from layers.domain.channel_updates import answer
from layers.domain.chat_access import named_channel
from layers.domain.chatlists import (
    access_chatlist,
    check_shared_limit,
    find_invite,
    joined_filter,
    note_seen,
    open_chats,
    source_of,
)
from layers.domain.chats import ChatFlag, Membership, chat_objects, membership, memberships
from layers.domain.dialog_filters import (
    add_to_filter,
    delete_filter,
    filter_keys,
    for_owner,
    free_filter_id,
    put_filter,
    stored_filter,
)
from layers.domain.dialogs import tell_own_devices
from layers.domain.invites import permanent_invite
from layers.domain.join_requests import WITHOUT_LINK, ask
from layers.domain.joining import join_by_link
from layers.domain.peers import is_channel, peer_of
from layers.domain.updates import merged
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD: Final = FloodLimit(60, 60)


@function(api.chatlists.CheckChatlistInvite, flood=_FLOOD)
def check_chatlist_invite(ctx: Context, request: api.chatlists.CheckChatlistInvite) -> api.chatlists.TypeChatlistInvite:
    """What is behind a link to a folder; for who has the folder, what is in it and what is not.

    Raises:
        RpcError: INVITE_SLUG_EMPTY, INVITE_SLUG_EXPIRED.
    """
    row = find_invite(ctx, request.slug)
    keys = open_chats(ctx, row)
    chats = chat_objects(ctx, ctx.user_id, keys, shown=keys)
    filter_id = joined_filter(ctx, row)
    own = None if filter_id is None else stored_filter(ctx, ctx.user_id, filter_id)
    if own is not None:
        present = set(filter_keys(own))
        return api.chatlists.ChatlistInviteAlready(
            filter_id=own.id,
            missing_peers=[peer_of(key) for key in keys if key not in present],
            already_peers=[peer_of(key) for key in keys if key in present],
            chats=chats,
            users=[],
        )
    source = _shared_folder(ctx, row)
    return api.chatlists.ChatlistInvite(
        title_noanimate=source.title_noanimate,
        title=source.title,
        emoticon=source.emoticon,
        peers=[peer_of(key) for key in keys],
        chats=chats,
        users=[],
    )


def _shared_folder(ctx: Context, row: Any) -> api.DialogFilterChatlist:
    """The folder of its owner's to which a link leads."""
    folder = stored_filter(ctx, row.owner_id, row.filter_id)
    if not isinstance(folder, api.DialogFilterChatlist):
        raise bad_request("INVITE_SLUG_EXPIRED")
    return folder


@function(api.chatlists.JoinChatlistInvite, writes=True, flood=_FLOOD)
def join_chatlist_invite(ctx: Context, request: api.chatlists.JoinChatlistInvite) -> api.Updates:
    """Join chats behind a link, and get a folder with them; who has it gets more chats into it.

    Of a chat whose administrators let people in one by one they are asked; it comes into the folder later.

    Raises:
        RpcError: INVITE_SLUG_EMPTY, INVITE_SLUG_EXPIRED, FILTER_INCLUDE_EMPTY, FILTER_INCLUDE_TOO_MUCH,
            CHATLISTS_TOO_MUCH, DIALOG_FILTERS_TOO_MUCH, CHANNELS_TOO_MUCH, USERS_TOO_MUCH.
    """
    row = find_invite(ctx, request.slug)
    filter_id = joined_filter(ctx, row)
    folder = None if filter_id is None else stored_filter(ctx, ctx.user_id, filter_id, lock=True)
    if folder is None:
        folder = _new_folder(ctx, row)
    if not isinstance(folder, api.DialogFilterChatlist):
        raise bad_request("FILTER_NOT_SUPPORTED")
    return _join(ctx, row, folder, request.peers)


def _new_folder(ctx: Context, row: Any) -> api.DialogFilterChatlist:
    check_shared_limit(ctx, 0)
    source = _shared_folder(ctx, row)
    return api.DialogFilterChatlist(
        id=free_filter_id(ctx),
        title_noanimate=source.title_noanimate,
        title=source.title,
        emoticon=source.emoticon,
        pinned_peers=[],
        include_peers=[],
    )


def _join(ctx: Context, row: Any, folder: api.DialogFilterChatlist, peers: Sequence[api.TypeInputPeer]) -> api.Updates:
    named = {named_channel(ctx, peer) for peer in peers}
    wanted = [key for key in open_chats(ctx, row) if key in named]
    if not wanted:
        raise bad_request("FILTER_INCLUDE_EMPTY")
    # Everybody locks chats in the same order.
    answers = {key: _enter(ctx, row.owner_id, key) for key in sorted(wanted)}
    inside = [key for key in wanted if answers[key] is not None]
    add_to_filter(folder, inside)
    if not folder.include_peers and not folder.pinned_peers:
        raise bad_request("FILTER_INCLUDE_EMPTY")
    put_filter(ctx, folder)
    if row.owner_id != ctx.user_id:
        note_seen(ctx, folder.id, row)
    update = api.UpdateDialogFilter(id=folder.id, filter=for_owner(ctx, folder))
    tell_own_devices(ctx, update, peer_keys=inside)
    joined = [answers[key] for key in inside]
    return merged(*(item for item in joined if item is not None), answer(ctx, [update], inside))


def _enter(ctx: Context, owner_id: int, key: int) -> api.Updates | None:
    """Come into a channel to which the link of ``owner_id`` leads; None where one has to wait to be let in."""
    member = membership(ctx, ctx.user_id, key, lock=True)
    if member is None:
        return None
    if member.is_member:
        return answer(ctx, [], [key])
    if member.row.username is None:
        invite = permanent_invite(ctx, key, owner_id)
        return None if invite is None else join_by_link(ctx, member, invite, via_chatlist=True)
    if member.flags & ChatFlag.JOIN_REQUEST:
        ask(ctx, key, ctx.user_id, WITHOUT_LINK)
        return None
    return join_channel(ctx, member)


@function(api.chatlists.GetChatlistUpdates, flood=_FLOOD)
def get_chatlist_updates(ctx: Context, request: api.chatlists.GetChatlistUpdates) -> api.chatlists.ChatlistUpdates:
    """Chats that were put behind the link of a folder since the caller looked last.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED.
    """
    folder = access_chatlist(ctx, request.chatlist)
    keys = _news(ctx, folder)
    return api.chatlists.ChatlistUpdates(
        missing_peers=[peer_of(key) for key in keys],
        chats=chat_objects(ctx, ctx.user_id, keys, shown=keys),
        users=[],
    )


def _news(ctx: Context, folder: api.DialogFilterChatlist) -> list[int]:
    source = source_of(ctx, folder.id)
    if source is None:
        return []
    row, seen = source
    known = {*seen, *filter_keys(folder)}
    return [key for key in open_chats(ctx, row) if key not in known]


@function(api.chatlists.JoinChatlistUpdates, writes=True, flood=_FLOOD)
def join_chatlist_updates(ctx: Context, request: api.chatlists.JoinChatlistUpdates) -> api.Updates:
    """Join chats that were put behind the link of a folder.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED, FILTER_INCLUDE_EMPTY; as `join_chatlist_invite`.
    """
    folder = access_chatlist(ctx, request.chatlist)
    source = source_of(ctx, folder.id)
    if source is None:
        raise bad_request("FILTER_INCLUDE_EMPTY")
    return _join(ctx, source[0], folder, request.peers)


@function(api.chatlists.HideChatlistUpdates, writes=True, flood=_FLOOD)
def hide_chatlist_updates(ctx: Context, request: api.chatlists.HideChatlistUpdates) -> bool:
    """Do not offer what was put behind the link of a folder until now.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED.
    """
    folder = access_chatlist(ctx, request.chatlist)
    source = source_of(ctx, folder.id)
    if source is not None:
        note_seen(ctx, folder.id, source[0])
    return True


@function(api.chatlists.GetLeaveChatlistSuggestions, flood=_FLOOD)
def get_leave_chatlist_suggestions(
    ctx: Context, request: api.chatlists.GetLeaveChatlistSuggestions
) -> list[api.TypePeer]:
    """Chats of a folder that the caller may want to leave with it: those behind its link in which he has no office.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED.
    """
    folder = access_chatlist(ctx, request.chatlist)
    source = source_of(ctx, folder.id)
    if source is None:
        return []
    linked = set(open_chats(ctx, source[0]))
    return [peer_of(member.key) for member in _members(ctx, filter_keys(folder)) if member.key in linked]


def _members(ctx: Context, keys: Iterable[int]) -> list[Membership]:
    """The channels among ``keys`` of which the caller is a plain member, in their order."""
    channels = [key for key in keys if is_channel(key)]
    known = memberships(ctx, ctx.user_id, channels)
    return [known[key] for key in channels if key in known and known[key].is_member and not known[key].is_admin]


@function(api.chatlists.LeaveChatlist, writes=True, flood=_FLOOD)
def leave_chatlist(ctx: Context, request: api.chatlists.LeaveChatlist) -> api.Updates:
    """Delete a shared folder, and leave some of its chats.

    Raises:
        RpcError: FILTER_ID_INVALID, FILTER_NOT_SUPPORTED, PEER_ID_INVALID for chats that are not in it, USER_CREATOR
            for one's own that nobody else is in.
    """
    folder = access_chatlist(ctx, request.chatlist)
    keys = {named_channel(ctx, peer) for peer in request.peers}
    if not keys <= set(filter_keys(folder)):
        raise bad_request("PEER_ID_INVALID")
    answers = _leave(ctx, keys)
    delete_filter(ctx, folder.id)
    update = api.UpdateDialogFilter(id=folder.id)
    tell_own_devices(ctx, update)
    return merged(*answers, answer(ctx, [update], []))


def _leave(ctx: Context, keys: Collection[int]) -> list[api.Updates]:
    answers = []
    for key in sorted(keys):
        member = membership(ctx, ctx.user_id, key, lock=True)
        if member is not None and member.is_member:
            answers.append(leave(ctx, member))
    return answers
