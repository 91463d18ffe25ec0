"""What clients report of what their users see and hear: https://core.telegram.org/api/views.

Counted for the operator (`layers.measures.CLIENT_REPORTS`) and kept nowhere: who read or heard what is nobody's
business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from layers import measures
from layers.context import Context
from layers.domain.files import access_document
from layers.domain.places import access_place, place_rows
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_REPORTING: Final = FloodLimit(120, 60)
_IDS_MAX: Final = 100


def _count(kind: str, number: int) -> Callable[[], None]:
    return lambda: measures.CLIENT_REPORTS.inc(kind, by=number)


def _known(ctx: Context, peer: api.TypeInputPeer, message_ids: Sequence[int]) -> int:
    """How many of these messages the caller may read in the chat."""
    if not 0 < len(message_ids) <= _IDS_MAX:
        raise bad_request("MSG_ID_INVALID")
    return len(place_rows(ctx, access_place(ctx, peer), list(dict.fromkeys(message_ids))))


@function(api.messages.ReportMessagesDelivery, flood=_REPORTING)
def report_messages_delivery(ctx: Context, request: api.messages.ReportMessagesDelivery) -> bool:
    """Messages have reached the device, by a push notification or an update."""
    known = _known(ctx, request.peer, request.id)
    ctx.after_commit(_count("pushed" if request.push else "delivered", known))
    return True


@function(api.messages.ReportReadMetrics, flood=_REPORTING)
def report_read_metrics(ctx: Context, request: api.messages.ReportReadMetrics) -> bool:
    """How long messages stood on the screen."""
    for metric in request.metrics:
        if min(metric.time_in_view_ms, metric.active_time_in_view_ms) < 0:
            raise bad_request("MSG_ID_INVALID")
    known = _known(ctx, request.peer, [metric.msg_id for metric in request.metrics])
    ctx.after_commit(_count("read", known))
    return True


@function(api.messages.ReportMusicListen, flood=_REPORTING)
def report_music_listen(ctx: Context, request: api.messages.ReportMusicListen) -> bool:
    """How long a track was listened to."""
    document = access_document(ctx, request.id)
    audio = next((item for item in document.attributes if isinstance(item, api.DocumentAttributeAudio)), None)
    if audio is None or audio.voice or request.listened_duration < 0:
        raise bad_request("DOCUMENT_INVALID")
    ctx.after_commit(_count("listened", 1))
    return True
