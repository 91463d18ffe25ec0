"""Ending other sessions, and one login for several data centres.

https://core.telegram.org/method/auth.resetAuthorizations,
https://core.telegram.org/api/datacenter#authorization-transfer
"""

from __future__ import annotations

from layers.context import Context
from layers.domain import sessions, tokens
from layers.domain.server_config import DC_IDS
from layers.domain.users import user_object
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api


@function(api.auth.ResetAuthorizations, writes=True, flood=FloodLimit(10, 60))
def reset_authorizations(ctx: Context, request: api.auth.ResetAuthorizations) -> bool:
    """End every session of the user but this one."""
    sessions.end_other_authorizations(ctx)
    return True


@function(api.auth.ExportAuthorization, flood=FloodLimit(60, 60))
def export_authorization(ctx: Context, request: api.auth.ExportAuthorization) -> api.auth.ExportedAuthorization:
    """Bytes with which the device signs its key for another data centre in: all of them are this server."""
    if request.dc_id not in {*DC_IDS, ctx.settings.dc_id}:
        raise bad_request("DC_ID_INVALID")
    return api.auth.ExportedAuthorization(id=ctx.user_id, bytes=tokens.make_transfer(ctx))


@function(api.auth.ImportAuthorization, anonymous=True, writes=True, flood=FloodLimit(60, 60))
def import_authorization(ctx: Context, request: api.auth.ImportAuthorization) -> api.auth.Authorization:
    """Sign this key in as the user whose other key exported the bytes."""
    transfer = tokens.use_transfer(ctx, request.bytes)
    if transfer is None:
        raise bad_request("AUTH_BYTES_INVALID")
    if transfer.user_id != request.id:
        raise bad_request("USER_ID_INVALID")
    sessions.copy_sign_in(ctx, transfer.user_id, transfer.auth_key_id)
    return api.auth.Authorization(user=user_object(ctx, transfer.user_id, transfer.user_id))
