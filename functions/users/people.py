"""Users as the caller sees them.

https://core.telegram.org/method/users.getUsers
"""

from __future__ import annotations

from layers.context import Context
from layers.domain import limits
from layers.domain.peers import access_user
from layers.domain.users import user_objects
from layers.errors import RpcError, bad_request
from layers.registry import function
from tl import api


@function(api.users.GetUsers)
def get_users(ctx: Context, request: api.users.GetUsers) -> list[api.TypeUser]:
    """A user for each id, in order; userEmpty where the caller has no access to it."""
    if len(request.id) > limits.USERS_AT_ONCE:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    accessible = [_accessible(ctx, user) for user in request.id]
    found = {user.id: user for user in user_objects(ctx, ctx.user_id, [item for item in accessible if item])}
    return [
        found[user_id] if user_id else api.UserEmpty(id=getattr(asked, "user_id", 0))
        for user_id, asked in zip(accessible, request.id, strict=True)
    ]


@function(api.users.GetRequirementsToContact)
def get_requirements_to_contact(
    ctx: Context, request: api.users.GetRequirementsToContact
) -> list[api.TypeRequirementToContact]:
    """What writing to each user costs: nothing, this server has neither Premium nor paid messages."""
    if len(request.id) > limits.USERS_AT_ONCE:
        raise bad_request("INPUT_REQUEST_TOO_LONG")
    for user in request.id:
        access_user(ctx, user)
    return [api.RequirementToContactEmpty() for _ in request.id]


@function(api.users.GetSavedMusic, partial="nothing can be added to a profile's music yet")
def get_saved_music(ctx: Context, request: api.users.GetSavedMusic) -> api.users.TypeSavedMusic:
    """The songs on a user's profile: none."""
    access_user(ctx, request.id)
    return api.users.SavedMusic(count=0, documents=[])


@function(api.users.GetSavedMusicByID, partial="nothing can be added to a profile's music yet")
def get_saved_music_by_id(ctx: Context, request: api.users.GetSavedMusicByID) -> api.users.TypeSavedMusic:
    """Those of the songs that are on a user's profile: none."""
    access_user(ctx, request.id)
    return api.users.SavedMusic(count=0, documents=[])


def _accessible(ctx: Context, user: api.TypeInputUser) -> int:
    """The user's id, 0 when the caller may not name him so."""
    try:
        return access_user(ctx, user)
    except RpcError:
        return 0
