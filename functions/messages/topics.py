"""Topics of forums: https://core.telegram.org/api/forum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain.admin_log import Kind, log_event
from layers.domain.boxes import Change
from layers.domain.channel_box import channel_state, open_channel_box
from layers.domain.channel_messages import channel_message_objects, load_channel_rows
from layers.domain.channel_sending import append_service
from layers.domain.channel_updates import (
    answer,
    answer_and_push_channel,
    build_channel,
    push_channel,
    push_channel_box,
)
from layers.domain.chat_access import access_channel, has_right, require_right
from layers.domain.chat_rights import AdminRight
from layers.domain.chats import Membership, peer_objects
from layers.domain.messages import load_rows, peers_in
from layers.domain.outgoing import Outgoing, claim_random_ids
from layers.domain.peers import peer_of
from layers.domain.threads import GENERAL_TOPIC, add_to_threads, of_thread
from layers.domain.topics import (
    ICON_COLORS,
    PINNED_MAX,
    TITLE_MAX,
    change_topic,
    count_topics,
    pinned_topics,
    recent_topics,
    require_forum,
    require_manager,
    topic_objects,
    topic_row,
    topic_values,
)
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import forum_topics
from tl import api

_PAGE_MAX: Final = 100
_BATCH: Final = 500
_CHANGING: Final = FloodLimit(120, 60)


def _access_forum(ctx: Context, peer: api.TypeInputPeer, *, member_only: bool = False) -> Membership:
    return require_forum(access_channel(ctx, peer, member_only=member_only))


def _title(title: str) -> str:
    cleaned = " ".join(title.split())[:TITLE_MAX]
    if not cleaned:
        raise bad_request("TOPIC_TITLE_EMPTY")
    return cleaned


@function(api.messages.CreateForumTopic, writes=True, flood=_CHANGING, partial="topics of bots, send-as")
def create_forum_topic(ctx: Context, request: api.messages.CreateForumTopic) -> api.TypeUpdates:
    """A new topic; its service message names it.

    Raises:
        RpcError: CHANNEL_FORUM_MISSING, CHAT_ADMIN_REQUIRED, TOPIC_TITLE_EMPTY.
    """
    member = _access_forum(ctx, request.peer, member_only=True)
    require_right(member, AdminRight.MANAGE_TOPICS)
    title = _title(request.title)
    color = request.icon_color if request.icon_color in ICON_COLORS else ICON_COLORS[0]
    action = api.MessageActionTopicCreate(title=title, icon_color=color, icon_emoji_id=request.icon_emoji_id)
    with open_channel_box(ctx, member.key) as box:
        item = Outgoing(request.random_id, action)
        known = claim_random_ids(ctx, member.key, [item], box.last_message_id + 1, box.pts + 1)
        if known is not None:
            changes = [Change(row.pts, 1, message_id=row.message_id) for row in known]
            built = build_channel(ctx, member.key, changes, viewer_id=ctx.user_id)
            names = [api.UpdateMessageID(id=row.message_id, random_id=row.random_id) for row in known]
            return answer(ctx, [*names, *built.updates], built.peer_keys)
        row = append_service(ctx, box, member, action)
        values = topic_values(
            ctx,
            member.key,
            row.message_id,
            title,
            ctx.user_id,
            icon_color=color,
            icon_emoji_id=request.icon_emoji_id or 0,
        )
        ctx.db.execute(sa.insert(forum_topics), values)
    created = topic_row(ctx, member.key, row.message_id)
    _log(ctx, member, api.ChannelAdminLogEventActionCreateTopic(topic=_logged(ctx, member, created)))
    first = [api.UpdateMessageID(id=row.message_id, random_id=request.random_id)]
    return answer_and_push_channel(ctx, box, first=first)


def _log(ctx: Context, member: Membership, action: Any) -> None:
    log_event(ctx, member.key, Kind.FORUMS, action)


def _logged(ctx: Context, member: Membership, row: Any) -> Any:
    return topic_objects(ctx, member, [row], row.top_message_id)[0]


@function(api.messages.EditForumTopic, writes=True, flood=_CHANGING)
def edit_forum_topic(ctx: Context, request: api.messages.EditForumTopic) -> api.TypeUpdates:
    """Rename a topic, give it another icon, close or reopen it, hide the general one; a service message says so.

    Raises:
        RpcError: TOPIC_ID_INVALID, CHAT_ADMIN_REQUIRED, TOPIC_TITLE_EMPTY, TOPIC_NOT_MODIFIED.
    """
    member = _access_forum(ctx, request.peer, member_only=True)
    row = topic_row(ctx, member.key, request.topic_id, lock=True)
    require_manager(ctx, member, row)
    values: dict[str, Any] = {}
    if request.title is not None:
        values["title"] = _title(request.title)
    if request.icon_emoji_id is not None:
        values["icon_emoji_id"] = request.icon_emoji_id
    if request.closed is not None:
        values["closed"] = request.closed
    if request.hidden is not None:
        if row.topic_id != GENERAL_TOPIC:
            raise bad_request("TOPIC_ID_INVALID")
        values["hidden"] = request.hidden
    values = {name: value for name, value in values.items() if value != getattr(row, name)}
    if not values:
        raise bad_request("TOPIC_NOT_MODIFIED")
    before = _logged(ctx, member, row)
    action = api.MessageActionTopicEdit(
        title=values.get("title"),
        icon_emoji_id=values.get("icon_emoji_id"),
        closed=values.get("closed"),
        hidden=values.get("hidden"),
    )
    with open_channel_box(ctx, member.key) as box:
        said = _say_in_topic(ctx, box, member, row.topic_id, action)
        change_topic(ctx, member.key, row.topic_id, **values, top_message_id=said.message_id, top_message_date=ctx.now)
    after = _logged(ctx, member, topic_row(ctx, member.key, row.topic_id))
    _log(ctx, member, api.ChannelAdminLogEventActionEditTopic(prev_topic=before, new_topic=after))
    return answer_and_push_channel(ctx, box)


def _say_in_topic(ctx: Context, box: Any, member: Membership, topic_id: int, action: Any) -> Any:
    reply = topic_id if topic_id != GENERAL_TOPIC else None
    header = None if reply is None else api.MessageReplyHeader(forum_topic=True)
    said = append_service(ctx, box, member, action, reply_to_msg_id=reply, reply_to=header)
    add_to_threads(ctx, member.key, [(topic_id, said.message_id)], box.pts)
    return said


@function(api.messages.GetForumTopics, flood=FloodLimit(300, 60))
def get_forum_topics(ctx: Context, request: api.messages.GetForumTopics) -> api.messages.ForumTopics:
    """A page of a forum's topics: the pinned ones on the first, then those written in last.

    The next page goes on from the last topic's last message (``offset_date``, ``offset_id``).
    """
    member = _access_forum(ctx, request.peer)
    limit = min(request.limit, _PAGE_MAX) if request.limit > 0 else _PAGE_MAX
    words = (request.q or "").lower().split()
    before = (request.offset_date, request.offset_id) if request.offset_date > 0 else None
    rows: list[Any] = []
    if before is None:
        rows += [row for row in pinned_topics(ctx, member.key) if all(word in row.title.lower() for word in words)]
    rows += recent_topics(ctx, member.key, max(1, limit - len(rows)), before=before, words=words)
    return _topics(ctx, member, rows, count_topics(ctx, member.key))


@function(api.messages.GetForumTopicsByID, flood=FloodLimit(300, 60))
def get_forum_topics_by_id(ctx: Context, request: api.messages.GetForumTopicsByID) -> api.messages.ForumTopics:
    """Topics by id; forumTopicDeleted where there is none."""
    member = _access_forum(ctx, request.peer)
    if len(request.topics) > _PAGE_MAX:
        raise bad_request("TOPICS_EMPTY" if not request.topics else "LIMIT_INVALID")
    rows = ctx.db.rows(
        sa.select(forum_topics).where(
            forum_topics.c.peer_key == member.key, forum_topics.c.topic_id.in_(request.topics)
        )
    )
    page = _topics(ctx, member, rows, len(request.topics))
    found = {topic.id: topic for topic in page.topics}
    page.topics = [found.get(topic_id) or api.ForumTopicDeleted(id=topic_id) for topic_id in request.topics]
    return page


def _topics(ctx: Context, member: Membership, rows: Sequence[Any], count: int) -> api.messages.ForumTopics:
    state = channel_state(ctx, member.key)
    topics = topic_objects(ctx, member, rows, state.last_message_id)
    loaded = load_channel_rows(ctx, {member.key: sorted({row.top_message_id for row in rows})})
    messages = channel_message_objects(ctx, ctx.user_id, list(loaded.values()))
    keys = {member.key, *(row.creator_id for row in rows), *peers_in(messages)}
    named = peer_objects(ctx, ctx.user_id, sorted(keys))
    return api.messages.ForumTopics(
        count=count, topics=topics, messages=messages, chats=named.chats, users=named.users, pts=state.pts
    )


@function(api.messages.UpdatePinnedForumTopic, writes=True, flood=_CHANGING)
def update_pinned_forum_topic(ctx: Context, request: api.messages.UpdatePinnedForumTopic) -> api.TypeUpdates:
    """Pin a topic above the others, or unpin it.

    Raises:
        RpcError: TOPIC_ID_INVALID, CHAT_ADMIN_REQUIRED, PINNED_TOO_MUCH, PINNED_TOPIC_NOT_MODIFIED.
    """
    member = _access_manager(ctx, request.peer)
    row = topic_row(ctx, member.key, request.topic_id, lock=True)
    if bool(row.pinned_rank) == request.pinned:
        raise bad_request("PINNED_TOPIC_NOT_MODIFIED")
    others = pinned_topics(ctx, member.key)
    if request.pinned and len(others) >= PINNED_MAX:
        raise bad_request("PINNED_TOO_MUCH")
    rank = (others[0].pinned_rank + 1 if others else 1) if request.pinned else 0
    change_topic(ctx, member.key, row.topic_id, pinned_rank=rank)
    shown = _logged(ctx, member, topic_row(ctx, member.key, row.topic_id))
    pinned = api.ChannelAdminLogEventActionPinTopic(
        prev_topic=None if request.pinned else shown, new_topic=shown if request.pinned else None
    )
    _log(ctx, member, pinned)
    update = api.UpdatePinnedForumTopic(pinned=request.pinned, peer=peer_of(member.key), topic_id=row.topic_id)
    push_channel(ctx, member.key, [update])
    return answer(ctx, [update], [member.key])


@function(api.messages.ReorderPinnedForumTopics, writes=True, flood=_CHANGING)
def reorder_pinned_forum_topics(ctx: Context, request: api.messages.ReorderPinnedForumTopics) -> api.TypeUpdates:
    """Order the pinned topics; with ``force`` those that are not named are unpinned."""
    member = _access_manager(ctx, request.peer)
    present = [row.topic_id for row in pinned_topics(ctx, member.key)]
    wanted = [topic_id for topic_id in dict.fromkeys(request.order) if topic_id in present or request.force]
    for topic_id in wanted:
        topic_row(ctx, member.key, topic_id)
    final = wanted if request.force else wanted + [topic_id for topic_id in present if topic_id not in wanted]
    if len(final) > PINNED_MAX:
        raise bad_request("PINNED_TOO_MUCH")
    ranks = dict.fromkeys(present, 0) | {topic_id: len(final) - index for index, topic_id in enumerate(final)}
    for topic_id, rank in ranks.items():
        change_topic(ctx, member.key, topic_id, pinned_rank=rank)
    update = api.UpdatePinnedForumTopics(peer=peer_of(member.key), order=final)
    push_channel(ctx, member.key, [update])
    return answer(ctx, [update], [member.key])


def _access_manager(ctx: Context, peer: api.TypeInputPeer) -> Membership:
    member = _access_forum(ctx, peer, member_only=True)
    if not member.is_admin or not has_right(member, AdminRight.MANAGE_TOPICS):
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return member


@function(api.messages.DeleteTopicHistory, writes=True)
def delete_topic_history(ctx: Context, request: api.messages.DeleteTopicHistory) -> api.messages.AffectedHistory:
    """Delete a topic with its messages, a batch a call: ``offset`` > 0 asks the client to call again.

    Raises:
        RpcError: TOPIC_ID_INVALID, CHAT_ADMIN_REQUIRED; the general topic cannot be deleted.
    """
    member = _access_forum(ctx, request.peer, member_only=True)
    if request.top_msg_id == GENERAL_TOPIC:
        raise bad_request("TOPIC_ID_INVALID")
    row = topic_row(ctx, member.key, request.top_msg_id)
    if not member.admin_rights & AdminRight.DELETE_MESSAGES:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    shown = _logged(ctx, member, row)
    with open_channel_box(ctx, member.key) as box:
        found = ctx.db.scalars(of_thread(member.key, row.topic_id).limit(_BATCH + 1))
        more = len(found) > _BATCH
        ids = [*found[:_BATCH], *([] if more else [row.topic_id])]
        box.delete(list(load_rows(ctx, member.key, ids).values()))
        if not more:
            where = [forum_topics.c.peer_key == member.key, forum_topics.c.topic_id == row.topic_id]
            ctx.db.execute(sa.delete(forum_topics).where(*where))
            _log(ctx, member, api.ChannelAdminLogEventActionDeleteTopic(topic=shown))
    push_channel_box(ctx, box)
    return api.messages.AffectedHistory(pts=box.pts, pts_count=box.pts_count, offset=int(more))
