"""Reactions: https://core.telegram.org/api/reactions."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain import limits
from layers.domain.account_settings import Setting, write_setting
from layers.domain.boxes import Box, open_box
from layers.domain.catalog import reactions_for
from layers.domain.channel_box import open_channel_box
from layers.domain.channel_updates import answer_and_push_channel
from layers.domain.chat_access import access_any_chat
from layers.domain.chat_reactions import check_chat_reactions, set_chat_reactions
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import ChatKind, peer_objects
from layers.domain.dialogs import tell_own_devices
from layers.domain.hashes import vector_hash
from layers.domain.holders import tell_holders
from layers.domain.messages import BoxFlag, load_rows, peers_in
from layers.domain.outbox import React
from layers.domain.own_unread import read_unread, unread_answer
from layers.domain.peers import access_peer
from layers.domain.places import Place, access_place, place_message_objects, place_rows
from layers.domain.reaction_summaries import reaction_of, reaction_text
from layers.domain.reactions import (
    Offset,
    available,
    check_reactions,
    clear_recent,
    note_uses,
    peer_reaction,
    reaction_count,
    reactors,
    recent_reactions,
    set_reactions,
    top_reactions,
)
from layers.domain.saved_tags import tag_saved
from layers.domain.sending import access_recipient
from layers.domain.unread import REACTIONS
from layers.domain.updates import answer_and_push, reactions_update
from layers.errors import RpcError, bad_request, forbidden
from layers.registry import FloodLimit, function
from layers.schema import boxes, reactions, reports
from tl import api

_IDS_MAX: Final = 100
_LIST_MAX: Final = 100
_BATCH: Final = 100


@function(
    api.messages.SendReaction,
    writes=True,
    flood=FloodLimit(300, 60),
)
def send_reaction(ctx: Context, request: api.messages.SendReaction) -> api.TypeUpdates:
    """React to a message, or with nothing take the reactions back; in Saved Messages reactions are tags."""
    place = access_place(ctx, request.peer)
    if place.channel is not None:
        return _react_in_channel(ctx, place, request)
    peer_key = access_peer(ctx, request.peer)
    recipient = access_recipient(ctx, peer_key)
    is_note = peer_key == ctx.user_id
    if not is_note and recipient.member is None and not recipient.receives:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    most = limits.SAVED_TAGS_PER_MESSAGE if is_note else limits.REACTIONS_PER_USER_PREMIUM
    wanted = check_reactions(ctx, request.reaction or [], at_most=most)
    unique = check_chat_reactions(ctx, recipient.member, wanted)
    with open_box(ctx, ctx.user_id) as box:
        row = reactable(ctx, peer_key, request.msg_id)
        before = set_reactions(
            ctx,
            row.content_id,
            ctx.user_id,
            wanted,
            big=request.big,
            unread=not is_note and row.sender_id != ctx.user_id,
            chat_key=0 if recipient.member is None else peer_key,
            unique=unique,
        )
        if before is None:
            raise bad_request("MESSAGE_NOT_MODIFIED")
        if is_note:
            _tag(ctx, box, row, added=set(wanted) - set(before), removed=set(before) - set(wanted))
        box.reacted([row])
        tell_holders(ctx, row, React(row.content_id))
    new = [text for text in wanted if text not in before]
    note_uses(ctx, ctx.user_id, new, recent=request.add_to_recent and not is_note)
    if new and request.add_to_recent and not is_note:
        tell_own_devices(ctx, api.UpdateRecentReactions())
    return answer_and_push(ctx, box)


def _react_in_channel(ctx: Context, place: Place, request: api.messages.SendReaction) -> api.TypeUpdates:
    """Whoever may read a channel and has joined it may react there; everyone in it is told."""
    member = place.channel
    if member is None or not member.is_member:
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    wanted = check_reactions(ctx, request.reaction or [], at_most=limits.REACTIONS_PER_USER_PREMIUM)
    unique = check_chat_reactions(ctx, member, wanted)
    with open_channel_box(ctx, member.key) as box:
        row = _reactable_in(ctx, place, request.msg_id)
        # Whoever posts in a channel, or in its name in a group, is not told by marks.
        unread = row.sender_id != ctx.user_id and not row.flags & BoxFlag.ANONYMOUS
        before = set_reactions(
            ctx,
            row.content_id,
            ctx.user_id,
            wanted,
            big=request.big,
            unread=unread,
            chat_key=member.key,
            unique=unique,
        )
        if before is None:
            raise bad_request("MESSAGE_NOT_MODIFIED")
        box.reacted([row])
        box.show(ctx.user_id, [row])
    new = [text for text in wanted if text not in before]
    note_uses(ctx, ctx.user_id, new, recent=request.add_to_recent)
    if new and request.add_to_recent:
        tell_own_devices(ctx, api.UpdateRecentReactions())
    return answer_and_push_channel(ctx, box)


def _reactable_in(ctx: Context, place: Place, message_id: int) -> Any:
    row = place_rows(ctx, place, [message_id]).get(message_id)
    if row is None or not isinstance(tl.decode(row.message), api.Message):
        raise bad_request("MESSAGE_ID_INVALID")
    return row


def reactable(ctx: Context, peer_key: int, message_id: int) -> Any:
    """Gate: the caller's row of a message of that chat which may have reactions; 400 MESSAGE_ID_INVALID."""
    row = load_rows(ctx, ctx.user_id, [message_id]).get(message_id)
    if row is None or row.peer_key != peer_key or not isinstance(tl.decode(row.message), api.Message):
        raise bad_request("MESSAGE_ID_INVALID")
    return row


def _tag(ctx: Context, box: Box, row: Any, *, added: set[str], removed: set[str]) -> None:
    tag_saved(ctx, box.owner_id, row.message_id, added=added, removed=removed)
    if not row.flags & BoxFlag.TAGGED:
        ctx.db.execute(
            sa.update(boxes)
            .where(boxes.c.owner_id == box.owner_id, boxes.c.message_id == row.message_id)
            .values(flags=boxes.c.flags.op("|")(int(BoxFlag.TAGGED)))
        )
    tell_own_devices(ctx, api.UpdateSavedReactionTags())


@function(api.messages.SendPaidReaction, partial="no stars on this server: nothing is ever paid")
def send_paid_reaction(ctx: Context, request: api.messages.SendPaidReaction) -> api.TypeUpdates:
    """A reaction paid in stars: chats here do not take any."""
    _reactable_in(ctx, access_place(ctx, request.peer), request.msg_id)
    raise bad_request("REACTION_INVALID")


@function(api.messages.GetPaidReactionPrivacy, partial="no stars on this server: nothing is ever paid")
def get_paid_reaction_privacy(ctx: Context, _request: api.messages.GetPaidReactionPrivacy) -> api.Updates:
    """Whose name stands with the account's paid reactions: the default, its own."""
    update = api.UpdatePaidReactionPrivacy(private=api.PaidReactionPrivacyDefault())
    return api.Updates(updates=[update], users=[], chats=[], date=ctx.now, seq=0)


@function(api.messages.GetMessagesReactions)
def get_messages_reactions(ctx: Context, request: api.messages.GetMessagesReactions) -> api.Updates:
    """Present reactions to messages of a chat."""
    place = access_place(ctx, request.peer)
    if len(request.id) > _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    rows = list(place_rows(ctx, place, request.id).values())
    messages = [item for item in place_message_objects(ctx, place, rows) if isinstance(item, api.Message)]
    named = peer_objects(ctx, ctx.user_id, peers_in(messages))
    return api.Updates(
        updates=[reactions_update(message) for message in messages],
        users=named.users,
        chats=named.chats,
        date=ctx.now,
        seq=0,
    )


@function(api.messages.GetMessageReactionsList)
def get_message_reactions_list(
    ctx: Context, request: api.messages.GetMessageReactionsList
) -> api.messages.MessageReactionsList:
    """Who reacted to a message, the latest first."""
    place = access_place(ctx, request.peer)
    row = _reactable_in(ctx, place, request.id)
    if row.peer_key == ctx.user_id:
        raise bad_request("MESSAGE_ID_INVALID")
    if place.channel is not None and place.channel.kind is ChatKind.BROADCAST:
        raise forbidden("BROADCAST_FORBIDDEN")
    text = None if request.reaction is None else _text_of(request.reaction)
    limit = min(request.limit, _LIST_MAX) if request.limit > 0 else _LIST_MAX
    found = reactors(ctx, row.content_id, text, _offset(request.offset), limit + 1)
    page, last = found[:limit], None
    if len(found) > limit:
        last = f"{page[-1].date}_{page[-1].reactor_key}_{page[-1].position}"
    listed = [peer_reaction(item) for item in page]
    for item, entry in zip(page, listed, strict=True):
        entry.my = item.reactor_key == ctx.user_id
        entry.unread = entry.unread and row.sender_id == ctx.user_id
    named = peer_objects(ctx, ctx.user_id, {item.reactor_key for item in page})
    return api.messages.MessageReactionsList(
        count=reaction_count(ctx, row.content_id, text),
        reactions=listed,
        chats=named.chats,
        users=named.users,
        next_offset=last,
    )


def _text_of(reaction: Any) -> str:
    if not isinstance(reaction, api.ReactionEmoji | api.ReactionCustomEmoji):
        raise bad_request("REACTION_INVALID")
    return reaction_text(reaction)


def _offset(given: str | None) -> Offset | None:
    if not given:
        return None
    try:
        date, reactor, position = (int(part) for part in given.split("_"))
    except ValueError:
        raise bad_request("OFFSET_INVALID") from None
    return date, reactor, position


@function(api.messages.DeleteParticipantReaction, writes=True)
def delete_participant_reaction(ctx: Context, request: api.messages.DeleteParticipantReaction) -> api.TypeUpdates:
    """Take a member's reactions to a message of a group away, as an administrator."""
    member = access_any_chat(ctx, request.peer, right=AdminRight.DELETE_MESSAGES)
    reactor_key = access_peer(ctx, request.participant)
    place = access_place(ctx, request.peer)

    def take_away() -> Any:
        row = _reactable_in(ctx, place, request.msg_id)
        if not set_reactions(ctx, row.content_id, reactor_key, [], big=False, unread=False):
            raise bad_request("MESSAGE_NOT_MODIFIED")
        return row

    if member.is_channel:
        with open_channel_box(ctx, member.key) as channel_box:
            taken = take_away()
            channel_box.reacted([taken])
            channel_box.show(reactor_key, [taken])
        return answer_and_push_channel(ctx, channel_box)
    with open_box(ctx, ctx.user_id) as box:
        row = take_away()
        box.reacted([row])
        tell_holders(ctx, row, React(row.content_id))
    return answer_and_push(ctx, box)


# Unread ones


@function(api.messages.GetUnreadReactions)
def get_unread_reactions(ctx: Context, request: api.messages.GetUnreadReactions) -> api.messages.TypeMessages:
    """The caller's own messages of a chat (or topic) with reactions that he has not seen."""
    return unread_answer(ctx, request, REACTIONS)


@function(api.messages.ReadReactions, writes=True)
def read_reactions(ctx: Context, request: api.messages.ReadReactions) -> api.messages.AffectedHistory:
    """Mark a chat's reactions as seen, a batch a call: ``offset`` > 0 asks the client to call again."""
    return read_unread(ctx, request, REACTIONS)


# What to offer


@function(api.messages.GetAvailableReactions)
def get_available_reactions(
    ctx: Context, request: api.messages.GetAvailableReactions
) -> api.messages.TypeAvailableReactions:
    """Emoji that may be reactions, with their animations: those of the operator's content folder."""
    found = reactions_for(ctx, ctx.user_id)
    return api.messages.AvailableReactionsNotModified() if request.hash and request.hash == found.hash else found


@function(api.messages.GetTopReactions)
def get_top_reactions(ctx: Context, request: api.messages.GetTopReactions) -> api.messages.TypeReactions:
    """The reactions that the caller uses most, then the others there are."""
    return _listed(top_reactions(ctx, ctx.user_id, _limit(request)), request.hash)


@function(api.messages.GetRecentReactions)
def get_recent_reactions(ctx: Context, request: api.messages.GetRecentReactions) -> api.messages.TypeReactions:
    """The reactions that the caller used last."""
    return _listed(recent_reactions(ctx, ctx.user_id, _limit(request)), request.hash)


@function(api.messages.GetDefaultTagReactions)
def get_default_tag_reactions(ctx: Context, request: api.messages.GetDefaultTagReactions) -> api.messages.TypeReactions:
    """Reactions to offer first as tags of saved messages."""
    return _listed(list(available(ctx))[:_DEFAULT_TAGS], request.hash)


_DEFAULT_TAGS: Final = 8


def _limit(request: Any) -> int:
    return min(request.limit, _LIST_MAX) if request.limit > 0 else _LIST_MAX


def _listed(texts: list[str], known_hash: int) -> api.messages.TypeReactions:
    hash_ = list_hash(texts)
    if known_hash and known_hash == hash_:
        return api.messages.ReactionsNotModified()
    return api.messages.Reactions(hash=hash_, reactions=[reaction_of(text) for text in texts])


def list_hash(texts: list[str]) -> int:
    """The hash of a list of reactions; 0 for an empty one."""
    digests = (hashlib.md5(text.encode(), usedforsecurity=False).digest() for text in texts)
    return vector_hash(int.from_bytes(digest[:8], "big") for digest in digests)


@function(api.messages.ClearRecentReactions, writes=True)
def clear_recent_reactions(ctx: Context, _request: api.messages.ClearRecentReactions) -> bool:
    """Forget the reactions that were used last."""
    clear_recent(ctx, ctx.user_id)
    tell_own_devices(ctx, api.UpdateRecentReactions())
    return True


@function(api.messages.SetDefaultReaction, writes=True)
def set_default_reaction(ctx: Context, request: api.messages.SetDefaultReaction) -> bool:
    """The reaction of a double tap: help.getConfig's ``reactions_default``."""
    texts = check_reactions(ctx, [request.reaction], at_most=1)
    if not texts:
        raise bad_request("REACTION_INVALID")
    write_setting(ctx, Setting.DEFAULT_REACTION, reaction_of(texts[0]))
    tell_own_devices(ctx, api.UpdateConfig())
    return True


@function(api.messages.SetChatAvailableReactions, writes=True, partial="no reactions paid in stars")
def set_chat_available_reactions(ctx: Context, request: api.messages.SetChatAvailableReactions) -> api.Updates:
    """Which reactions the members of a group or channel may use."""
    member = access_any_chat(ctx, request.peer, right=AdminRight.CHANGE_INFO, lock=True)
    if not set_chat_reactions(ctx, member.key, request.available_reactions, request.reactions_limit or 0):
        raise bad_request("CHAT_NOT_MODIFIED")
    named = peer_objects(ctx, ctx.user_id, [member.key])
    # Clients fetch the full chat again when they are told that the chat has changed.
    return api.Updates(updates=[], users=[], chats=named.chats, date=ctx.now, seq=0)


@function(api.messages.ReportReaction, writes=True)
def report_reaction(ctx: Context, request: api.messages.ReportReaction) -> bool:
    """Report somebody's reaction to the operator."""
    row = _reactable_in(ctx, access_place(ctx, request.peer), request.id)
    reporter_key = access_peer(ctx, request.reaction_peer)
    has_reacted = sa.exists().where(reactions.c.content_id == row.content_id, reactions.c.reactor_key == reporter_key)
    if not ctx.db.scalar(sa.select(has_reacted)):
        raise RpcError(400, "USER_ID_INVALID")
    values = {
        "reporter_id": ctx.user_id,
        "peer_key": reporter_key,
        "message_id": row.message_id,
        "option": "reaction",
        "date": ctx.now,
    }
    ctx.db.execute(sa.insert(reports), values)
    return True
