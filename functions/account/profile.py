"""Profile and public name: https://core.telegram.org/api/profile, https://core.telegram.org/api/usernames."""

from __future__ import annotations

from typing import Any

from layers.context import Context
from layers.domain import account, usernames
from layers.domain.birthdays import pack_birthday
from layers.domain.contacts import tell_about_user
from layers.domain.member_names import renamed
from layers.domain.presence import audience
from layers.domain.users import user_object
from layers.push import push_updates
from layers.registry import FloodLimit, function
from layers.schema import users
from tl import api


@function(api.account.UpdateProfile, writes=True, flood=FloodLimit(30, 60))
def update_profile(ctx: Context, request: api.account.UpdateProfile) -> api.TypeUser:
    """Change names and bio; absent ones stay."""
    values: dict[str, Any] = {}
    if request.first_name is not None:
        values["first_name"] = account.first_name(request.first_name)
    if request.last_name is not None:
        values["last_name"] = account.last_name(request.last_name)
    if request.about is not None:
        values["about"] = account.about(request.about)
    if values:
        account.change_user(ctx, **values)
        names_changed = bool(values.keys() - {"about"})
        if names_changed:
            renamed(ctx, ctx.user_id)
        _announce(ctx, names_changed=names_changed)
    return user_object(ctx, ctx.user_id, ctx.user_id)


@function(api.account.CheckUsername, flood=FloodLimit(120, 60))
def check_username(ctx: Context, request: api.account.CheckUsername) -> bool:
    """Whether the name is free, or the caller's own."""
    usernames.check_form(request.username, is_bot=ctx.origin.is_bot)
    return usernames.holder(ctx, request.username) in {None, ctx.user_id}


@function(api.account.UpdateUsername, writes=True, flood=FloodLimit(20, 60))
def update_username(ctx: Context, request: api.account.UpdateUsername) -> api.TypeUser:
    """Change or remove the public name."""
    usernames.change_username(ctx, request.username)
    _announce(ctx, names_changed=True)
    return user_object(ctx, ctx.user_id, ctx.user_id)


@function(api.account.UpdateBirthday, writes=True, flood=FloodLimit(20, 60))
def update_birthday(ctx: Context, request: api.account.UpdateBirthday) -> bool:
    """Set or remove the birthday."""
    account.change_user(ctx, birthday=None if request.birthday is None else pack_birthday(request.birthday))
    _announce(ctx, names_changed=False)
    return True


def _announce(ctx: Context, *, names_changed: bool) -> None:
    """Tell the user's other devices; of a changed name also those who know him, each as he sees him."""
    user_id = ctx.user_id
    update: api.TypeUpdate = api.UpdateUser(user_id=user_id)
    if names_changed:
        row = account.user_row(ctx, user_id, users.c.first_name, users.c.last_name, users.c.username)
        active = [api.Username(editable=True, active=True, username=row.username)] if row.username else []
        update = api.UpdateUserName(
            user_id=user_id, first_name=row.first_name, last_name=row.last_name, usernames=list(active)
        )
        tell_about_user(ctx, user_id, [viewer for viewer in audience(ctx, user_id) if viewer != user_id])
    me = user_object(ctx, user_id, user_id)
    push_updates(ctx, user_id, api.Updates(updates=[update], users=[me], chats=[], date=ctx.now, seq=0))
