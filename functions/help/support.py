"""Support: https://core.telegram.org/method/help.getSupport."""

from __future__ import annotations

from layers.context import Context
from layers.domain.peers import SERVICE_USER_ID, access_user
from layers.domain.seed import SERVICE_PHONE
from layers.domain.users import user_object
from layers.errors import forbidden
from layers.registry import function
from tl import api


@function(api.help.GetSupport)
def get_support(ctx: Context, request: api.help.GetSupport) -> api.help.Support:
    """The service account: the operator's voice on this server."""
    return api.help.Support(phone_number=SERVICE_PHONE, user=user_object(ctx, ctx.user_id, SERVICE_USER_ID))


@function(api.help.GetSupportName)
def get_support_name(ctx: Context, request: api.help.GetSupportName) -> api.help.SupportName:
    """Only support staff have a name as such, and there is no such role here."""
    raise forbidden("USER_INVALID")


@function(api.help.GetUserInfo)
def get_user_info(ctx: Context, request: api.help.GetUserInfo) -> api.help.TypeUserInfo:
    """Notes that support keeps about users: for its staff only, and there is no such role here."""
    access_user(ctx, request.user_id)
    raise forbidden("USER_INVALID")
