"""The admin log and reports: https://core.telegram.org/api/recent-actions."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

import tl
from layers.context import Context, Services
from layers.domain import admin_log
from layers.domain.chat_access import access_channel
from layers.domain.chats import peer_objects
from layers.domain.messages import peers_in
from layers.domain.peers import access_user, peer_key
from layers.domain.places import channel_place, place_rows
from layers.domain.tags import words
from layers.domain.viewer_media import for_viewer
from layers.errors import bad_request
from layers.registry import FloodLimit, function, job
from layers.schema import admin_log as log_table
from layers.schema import reports, users
from layers.unit_of_work import run
from tl import api

_PAGE_MAX: Final = 100
_SEARCHED: Final = 1_000
"""Events that a text query looks at."""
_REPORTED_MAX: Final = 100


@function(api.channels.GetAdminLog, flood=FloodLimit(300, 60))
def get_admin_log(ctx: Context, request: api.channels.GetAdminLog) -> api.channels.AdminLogResults:
    """What was done in a channel within two days, the latest first; for its administrators.

    Raises:
        RpcError: CHAT_ADMIN_REQUIRED.
    """
    member = access_channel(ctx, request.channel, member_only=True)
    if not member.is_admin:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    table = log_table.c
    where = [table.peer_key == member.key, table.date >= ctx.now - admin_log.KEPT_S]
    kinds = admin_log.kinds_of(request.events_filter)
    if kinds is not None:
        where.append(table.kind.in_(kinds))
    if request.admins:
        where.append(table.user_id.in_([access_user(ctx, admin) for admin in request.admins[:_PAGE_MAX]]))
    if request.max_id:
        where.append(table.event_id < request.max_id)
    if request.min_id:
        where.append(table.event_id > request.min_id)
    limit = min(request.limit, _PAGE_MAX) if request.limit > 0 else _PAGE_MAX
    wanted = words(request.q)
    statement = sa.select(log_table).where(*where).order_by(table.event_id.desc())
    rows = list(ctx.db.rows(statement.limit(_SEARCHED if wanted else limit)))
    events = [
        api.ChannelAdminLogEvent(id=row.event_id, date=row.date, user_id=row.user_id, action=tl.decode(row.action))
        for row in rows
    ]
    if wanted:
        names = _names(ctx, {row.user_id for row in rows})
        events = [event for event in events if _fits(wanted, event, names)][:limit]
    for event in events:
        _fill(ctx, member.key, event.action)
    keys = {member.key}
    for event in events:
        keys |= _peers_of(event)
    named = peer_objects(ctx, ctx.user_id, sorted(keys))
    return api.channels.AdminLogResults(events=events, chats=named.chats, users=named.users)


def _names(ctx: Context, user_ids: set[int]) -> dict[int, str]:
    rows = ctx.db.rows(
        sa.select(users.c.id, users.c.first_name, users.c.last_name, users.c.username).where(users.c.id.in_(user_ids))
    )
    return {row.id: f"{row.first_name} {row.last_name} {row.username or ''}" for row in rows}


def _fits(wanted: list[str], event: Any, names: dict[int, str]) -> bool:
    """Every word begins one of the text of the event or of the name of who did it."""
    text = [names.get(event.user_id, "")]
    for value in _values(event.action):
        if isinstance(value, str):
            text.append(value)
        elif isinstance(value, api.Message):
            text.append(value.message)
    present = words(" ".join(text))
    return all(any(word.startswith(part) for word in present) for part in wanted)


def _values(action: Any) -> list[Any]:
    return [getattr(action, name, None) for name in action.FIELDS]


def _fill(ctx: Context, key: int, action: Any) -> None:
    for value in _values(action):
        for_viewer(ctx, key, value)


def _peers_of(event: Any) -> set[int]:
    found = {event.user_id}
    for value in _values(event.action):
        if isinstance(value, api.Message | api.MessageService):
            found |= peers_in([value])
        for name in ("user_id", "inviter_id", "promoted_by", "kicked_by"):
            person = getattr(value, name, None)
            if isinstance(person, int) and person:
                found.add(person)
        peer = getattr(value, "peer", None)
        if isinstance(peer, api.PeerUser | api.PeerChat | api.PeerChannel):
            found.add(peer_key(peer))
    return found


@job(every_s=300)
def prune_admin_log(services: Services) -> int:
    """Drop what is older than two days."""
    return run(services, admin_log.prune, writes=True)[0]


@function(api.channels.ReportSpam, writes=True, flood=FloodLimit(30, 3600))
def report_spam(ctx: Context, request: api.channels.ReportSpam) -> bool:
    """Report messages of somebody in a supergroup to the operator.

    Raises:
        RpcError: CHANNEL_INVALID, PARTICIPANT_ID_INVALID, MESSAGE_ID_INVALID.
    """
    member = access_channel(ctx, request.channel)
    access_user(ctx, request.participant, error="PARTICIPANT_ID_INVALID")
    if not request.id or len(request.id) > _REPORTED_MAX:
        raise bad_request("MESSAGE_ID_INVALID")
    found = place_rows(ctx, channel_place(member), request.id)
    if not found:
        raise bad_request("MESSAGE_ID_INVALID")
    values = [
        {
            "reporter_id": ctx.user_id,
            "peer_key": member.key,
            "message_id": message_id,
            "option": "spam",
            "comment": "",
            "date": ctx.now,
        }
        for message_id in found
    ]
    ctx.db.execute(sa.insert(reports), values)
    return True


@function(api.channels.ReportAntiSpamFalsePositive, writes=True)
def report_anti_spam_false_positive(ctx: Context, request: api.channels.ReportAntiSpamFalsePositive) -> bool:
    """A message was no spam: nothing is ever deleted as such, so there is no such message."""
    access_channel(ctx, request.channel, member_only=True)
    raise bad_request("MESSAGE_ID_INVALID")
