"""Push notifications of a device: https://core.telegram.org/api/push-updates."""

from __future__ import annotations

from layers.context import Context
from layers.domain import devices, sessions
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(60, 60)
_MAX_LOCK_PERIOD_S = 366 * 86_400


@function(api.account.RegisterDevice, writes=True, flood=_FLOOD, partial="kept; nothing is sent to push services yet")
def register_device(ctx: Context, request: api.account.RegisterDevice) -> bool:
    """Keep a push token for this device."""
    devices.register(
        ctx,
        request.token_type,
        request.token,
        secret=request.secret,
        app_sandbox=request.app_sandbox,
        no_muted=request.no_muted,
        other_uids=request.other_uids,
    )
    return True


@function(api.account.UnregisterDevice, writes=True, flood=_FLOOD)
def unregister_device(ctx: Context, request: api.account.UnregisterDevice) -> bool:
    """Forget it."""
    devices.unregister(ctx, request.token_type, request.token)
    return True


@function(
    api.account.UpdateDeviceLocked, writes=True, flood=_FLOOD, partial="kept; nothing is sent to push services yet"
)
def update_device_locked(ctx: Context, request: api.account.UpdateDeviceLocked) -> bool:
    """After how many idle seconds notifications of this device show no text; 0: they always do."""
    if not 0 <= request.period <= _MAX_LOCK_PERIOD_S:
        raise bad_request("PERIOD_INVALID")
    sessions.set_lock_period(ctx, request.period)
    return True
