"""Profile photos of the caller and of others.

https://core.telegram.org/api/profile#profile-photos
"""

from __future__ import annotations

import hmac
from typing import Final

from layers.context import Context
from layers.domain.files import access_photo
from layers.domain.peers import access_user
from layers.domain.photos import Rows, prepare_profile_photo, profile_photo_of, store_profile_photo
from layers.domain.user_photos import current_photo_id, delete_photos, list_photos, set_fallback_photo, set_photo
from layers.domain.users import user_object
from layers.domain.viewer_media import for_viewer
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from tl import api

_MAX_PAGE: Final = 100
_MAX_DELETED: Final = 100
_NO_VIDEO: Final = "profile videos and emoji markup are refused (VIDEO_FILE_INVALID, EMOJI_MARKUP_INVALID)"


def prepare_upload(ctx: Context, request: api.photos.UploadProfilePhoto) -> Rows:
    """Decode and scale the picture before the transaction begins."""
    return {} if request.file is None or request.video is not None else prepare_profile_photo(ctx, request.file)


@function(
    api.photos.UploadProfilePhoto, writes=True, flood=FloodLimit(30, 60), partial=_NO_VIDEO, prepare=prepare_upload
)
def upload_profile_photo(ctx: Context, request: api.photos.UploadProfilePhoto) -> api.photos.Photo:
    """Make an uploaded picture the current (or fallback) photo."""
    if request.bot is not None:
        raise bad_request("BOT_INVALID")
    if request.video is not None:
        raise bad_request("VIDEO_FILE_INVALID")
    if request.video_emoji_markup is not None:
        raise bad_request("EMOJI_MARKUP_INVALID")
    if request.file is None:
        raise bad_request("PHOTO_FILE_MISSING")
    return _install(ctx, store_profile_photo(ctx, request.file), fallback=request.fallback)


@function(api.photos.UpdateProfilePhoto, writes=True, flood=FloodLimit(30, 60))
def update_profile_photo(ctx: Context, request: api.photos.UpdateProfilePhoto) -> api.photos.Photo:
    """Make a photo known to the caller the current (or fallback) one; inputPhotoEmpty removes what is shown now."""
    if request.bot is not None:
        raise bad_request("BOT_INVALID")
    if isinstance(request.id, api.InputPhotoEmpty):
        return _remove(ctx, fallback=request.fallback)
    photo = profile_photo_of(ctx, access_photo(ctx, request.id, error="PHOTO_ID_INVALID"))
    return _install(ctx, photo, fallback=request.fallback)


@function(api.photos.DeletePhotos, writes=True)
def delete(ctx: Context, request: api.photos.DeletePhotos) -> list[int]:
    """Delete profile photos of the caller; answers the ids of those that were his."""
    if len(request.id) > _MAX_DELETED:
        raise bad_request("LIMIT_INVALID")
    named = [photo.id for photo in request.id if isinstance(photo, api.InputPhoto) and _is_named(ctx, photo)]
    return delete_photos(ctx, named) if named else []


@function(api.photos.GetUserPhotos)
def get_user_photos(ctx: Context, request: api.photos.GetUserPhotos) -> api.photos.TypePhotos:
    """A page of a user's profile photos, the current one first."""
    user_id = access_user(ctx, request.user_id)
    page = list_photos(
        ctx,
        ctx.user_id,
        user_id,
        offset=max(0, request.offset),
        max_id=request.max_id,
        limit=min(max(0, request.limit), _MAX_PAGE),
    )
    for photo in page.photos:
        for_viewer(ctx, ctx.user_id, photo)
    users = [user_object(ctx, ctx.user_id, user_id)]
    if len(page.photos) == page.count:
        return api.photos.Photos(photos=page.photos, users=users)
    return api.photos.PhotosSlice(count=page.count, photos=page.photos, users=users)


def _install(ctx: Context, photo: api.Photo, *, fallback: bool) -> api.photos.Photo:
    if fallback:
        set_fallback_photo(ctx, photo.id)
    else:
        set_photo(ctx, photo.id)
    return _answer(ctx, photo)


def _remove(ctx: Context, *, fallback: bool) -> api.photos.Photo:
    if fallback:
        set_fallback_photo(ctx, None)
        return _answer(ctx, api.PhotoEmpty(id=0))
    current = current_photo_id(ctx)
    if current is not None:
        delete_photos(ctx, [current])
    page = list_photos(ctx, ctx.user_id, ctx.user_id, offset=0, max_id=0, limit=1)
    return _answer(ctx, page.photos[0] if page.photos else api.PhotoEmpty(id=0))


def _answer(ctx: Context, photo: api.TypePhoto) -> api.photos.Photo:
    for_viewer(ctx, ctx.user_id, photo)
    return api.photos.Photo(photo=photo, users=[user_object(ctx, ctx.user_id, ctx.user_id)])


def _is_named(ctx: Context, photo: api.InputPhoto) -> bool:
    """Whether the access_hash is right; a photo of one's own needs no fresh file_reference to be deleted."""
    expected = ctx.keys.access_hash("photo", ctx.user_id, photo.id)
    return hmac.compare_digest(str(expected), str(photo.access_hash))
