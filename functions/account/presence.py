"""Online or not: https://core.telegram.org/method/account.updateStatus."""

from __future__ import annotations

from layers.context import Context
from layers.domain import sessions
from layers.domain.presence import set_presence
from layers.registry import function
from tl import api


@function(api.account.UpdateStatus, writes=True)
def update_status(ctx: Context, request: api.account.UpdateStatus) -> bool:
    """The device says that its user looks at it, or not any more."""
    set_presence(ctx, not request.offline)
    if not request.offline:
        sessions.touch(ctx)
    return True
