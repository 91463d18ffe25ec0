"""Changing one's number: https://core.telegram.org/api/auth#changing-phone-number (account.changePhone)."""

from __future__ import annotations

from layers import unit_of_work
from layers.context import Context
from layers.domain import account, login, phones, sessions
from layers.domain.contacts import join_address_books, tell_about_user
from layers.domain.login import Purpose
from layers.domain.presence import audience
from layers.domain.service_messages import tell_phone_changed
from layers.domain.users import user_object
from layers.errors import bad_request
from layers.push import push_updates
from layers.registry import FloodLimit, function
from tl import api

_FLOOD = FloodLimit(30, 60)


@function(api.account.SendChangePhoneCode, writes=True, flood=_FLOOD)
def send_change_phone_code(ctx: Context, request: api.account.SendChangePhoneCode) -> api.auth.SentCode:
    """Send a code to the number that shall be the account's."""
    phone = login.phone_of(request.phone_number)
    sessions.check_fresh(ctx, "FRESH_CHANGE_PHONE_FORBIDDEN")
    _require_free(ctx, phone)
    return login.send_code(ctx, phone, Purpose.CHANGE_PHONE)


@function(api.account.ChangePhone, flood=_FLOOD)
def change_phone(ctx: Context, request: api.account.ChangePhone) -> api.TypeUser:
    """Give the account the number whose code this is. A wrong code stays counted although the call fails."""
    phone = login.phone_of(request.phone_number)
    login.verify_code(ctx, phone, request.phone_code_hash, request.phone_code, Purpose.CHANGE_PHONE)

    def work(unit: Context) -> api.TypeUser:
        login.use_code(unit, phone, request.phone_code_hash)
        _require_free(unit, phone)
        account.change_user(unit, phone=phone)
        join_address_books(unit, unit.user_id, phone)
        me = user_object(unit, unit.user_id, unit.user_id)
        update = api.UpdateUserPhone(user_id=unit.user_id, phone=phone)
        push_updates(unit, unit.user_id, api.Updates(updates=[update], users=[me], chats=[], date=unit.now, seq=0))
        viewers = [viewer for viewer in audience(unit, unit.user_id) if viewer != unit.user_id]
        tell_about_user(unit, unit.user_id, viewers)
        tell_phone_changed(unit, unit.user_id, phones.mask(phone))
        return me

    return unit_of_work.run(ctx.services, work, writes=True, caller=ctx.caller)[0]


def _require_free(ctx: Context, phone: str) -> None:
    if account.user_by_phone(ctx, phone) is not None:
        raise bad_request("PHONE_NUMBER_OCCUPIED")
