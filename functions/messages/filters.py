"""Folders: https://core.telegram.org/api/folders#folders."""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.dialog_filters import check_id, delete_filter, order_filters, read_filters, save_filter
from layers.domain.dialogs import tell_own_devices
from layers.errors import bad_request, forbidden
from layers.registry import function
from tl import api

_ORDER_MAX: Final = 100


@function(api.messages.GetDialogFilters)
def get_dialog_filters(ctx: Context, _request: api.messages.GetDialogFilters) -> api.messages.DialogFilters:
    """The account's folders in order, "All chats" first."""
    return api.messages.DialogFilters(filters=[api.DialogFilterDefault(), *read_filters(ctx)])


@function(api.messages.GetSuggestedDialogFilters)
def get_suggested_dialog_filters(
    _ctx: Context, _request: api.messages.GetSuggestedDialogFilters
) -> list[api.DialogFilterSuggested]:
    """Folders that the server recommends: none."""
    return []


@function(api.messages.UpdateDialogFilter, writes=True)
def update_dialog_filter(ctx: Context, request: api.messages.UpdateDialogFilter) -> bool:
    """Create or replace a folder; without ``filter`` delete it."""
    filter_id = check_id(request.id)
    if request.filter is None:
        if delete_filter(ctx, filter_id):
            tell_own_devices(ctx, api.UpdateDialogFilter(id=filter_id))
        return True
    saved = save_filter(ctx, filter_id, request.filter)
    tell_own_devices(ctx, api.UpdateDialogFilter(id=filter_id, filter=saved))
    return True


@function(api.messages.UpdateDialogFiltersOrder, writes=True)
def update_dialog_filters_order(ctx: Context, request: api.messages.UpdateDialogFiltersOrder) -> bool:
    """Order the folders. "All chats", 0, stays first: only Premium accounts may move it."""
    if len(request.order) > _ORDER_MAX:
        raise bad_request("FILTER_ID_INVALID")
    tell_own_devices(ctx, api.UpdateDialogFilterOrder(order=[0, *order_filters(ctx, request.order)]))
    return True


@function(api.messages.ToggleDialogFilterTags, partial="needs Premium accounts, which do not exist here yet")
def toggle_dialog_filter_tags(_ctx: Context, _request: api.messages.ToggleDialogFilterTags) -> bool:
    """Show the names of folders as tags in the chat list."""
    raise forbidden("PREMIUM_ACCOUNT_REQUIRED")
