"""Media of messages: from what a client sends to what is stored, and from that to what a viewer gets.

https://core.telegram.org/type/InputMedia. Stored media carry neither access_hash nor file_reference, which depend on
the viewer: `for_viewer` fills them in.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from layers.context import Context
from layers.domain import limits
from layers.domain.attached_stickers import access_stickers, attach_to_photo, keep_attached
from layers.domain.documents import prepare_document, store_document
from layers.domain.files import access_document, access_photo
from layers.domain.live_locations import new_location
from layers.domain.photos import Rows, prepare_photo, store_photo
from layers.domain.polls import new_poll
from layers.domain.privacy import PrivacyKey, allowed
from layers.domain.todo import new_todo
from layers.domain.web_pages import ask_for, normal_url
from layers.errors import RpcError, bad_request
from layers.schema import contacts, users
from tl import TLObject, api

_TTL_ONCE: Final = 0x7FFFFFFF
"""ttl_seconds of media that may be viewed once."""
_PREPARED_MAX: Final = 10
"""Media of an album; the function refuses longer ones."""
_IN_POLL_MAX: Final = 2 + limits.POLL_ANSWERS
"""Media of a poll, its solution and its answers."""
_MAX_TTL_S: Final = 60
_MAX_TEXT: Final = 255
_MAX_PHONE: Final = 32
_MAX_NAME: Final = 64
_MAX_VCARD: Final = 8192
_MAX_URL: Final = 4096
_MAX_ACCURACY_M: Final = 1500

DICE: Final = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
"""Emoji that messages.sendMedia rolls, with the highest value: appConfig's emojies_send_dice."""
_VARIATION_SELECTOR: Final = "\ufe0f"

_NOT_DIGIT: Final = re.compile(r"\D")
_BY_PHONE: Final = sa.select(users.c.id).where(users.c.phone == sa.bindparam("phone"), ~users.c.deleted)
_IN_BOOK: Final = sa.select(contacts.c.phone).where(
    contacts.c.owner_id == sa.bindparam("owner_id"), contacts.c.contact_id == sa.bindparam("contact_id")
)


def store_media(ctx: Context, media: api.TypeInputMedia) -> api.TypeMessageMedia:
    """The stored form of what a client attaches; uploaded files are taken into use.

    An optional web page that cannot be had gives messageMediaEmpty. Repeating a call gives the same photo or document,
    so a function that runs again stores nothing twice.

    Raises:
        RpcError: 400 with the name that the kind of media documents; MEDIA_INVALID for kinds this server does not
            have, MEDIA_EMPTY for inputMediaEmpty.
    """
    store = _STORES.get(type(media))
    if store is None:
        raise bad_request("MEDIA_INVALID")
    return store(ctx, media)


def prepare_media(ctx: Context, request: Any) -> Rows:
    """The ``prepare`` step of methods with an InputMedia: uploads are decoded and scaled before the transaction begins.

    For requests with ``media`` (messages.sendMedia, uploadMedia, editMessage) or ``multi_media``.
    """
    singles = getattr(request, "multi_media", None)
    given = [single.media for single in singles] if singles is not None else [request.media]
    if isinstance(given[0] if given else None, api.InputMediaPoll):
        return _prepare(ctx, _media_of_poll(given[0])[:_IN_POLL_MAX])
    return _prepare(ctx, given[:_PREPARED_MAX])


def prepare_answer(ctx: Context, request: Any) -> Rows:
    """The ``prepare`` step of messages.addPollAnswer."""
    return _prepare(ctx, [getattr(request.answer, "media", None)])


def _media_of_poll(media: Any) -> list[Any]:
    answers = [getattr(answer, "media", None) for answer in media.poll.answers]
    return [item for item in (media.attached_media, media.solution_media, *answers) if item is not None]


def _prepare(ctx: Context, given: Sequence[Any]) -> Rows:
    rows: dict[int, Mapping[str, Any]] = {}
    for media in given:
        if isinstance(media, api.InputMediaUploadedPhoto):
            rows |= prepare_photo(ctx, media.file)
        elif isinstance(media, api.InputMediaUploadedDocument):
            rows |= prepare_document(ctx, media)
    return rows


def _empty(_ctx: Context, _media: api.InputMediaEmpty) -> api.TypeMessageMedia:
    raise bad_request("MEDIA_EMPTY")


def _uploaded_photo(ctx: Context, media: api.InputMediaUploadedPhoto) -> api.TypeMessageMedia:
    attached = access_stickers(ctx, media.stickers or [])
    photo = store_photo(ctx, media.file)
    attach_to_photo(ctx, photo, attached)
    return api.MessageMediaPhoto(
        spoiler=media.spoiler,
        live_photo=media.live_photo,
        photo=photo,
        video=_live_video(ctx, media),
        ttl_seconds=_ttl(media.ttl_seconds),
    )


def _known_photo(ctx: Context, media: api.InputMediaPhoto) -> api.TypeMessageMedia:
    return api.MessageMediaPhoto(
        spoiler=media.spoiler,
        live_photo=media.live_photo,
        photo=access_photo(ctx, media.id),
        video=_live_video(ctx, media),
        ttl_seconds=_ttl(media.ttl_seconds),
    )


def _live_video(ctx: Context, media: api.InputMediaUploadedPhoto | api.InputMediaPhoto) -> api.Document | None:
    if not media.live_photo:
        return None
    if media.video is None:
        raise bad_request("VIDEO_FILE_INVALID")
    return access_document(ctx, media.video)


def _uploaded_document(ctx: Context, media: api.InputMediaUploadedDocument) -> api.TypeMessageMedia:
    ttl_seconds = _ttl(media.ttl_seconds)
    attached = access_stickers(ctx, media.stickers or [])
    document = store_document(ctx, media)
    keep_attached(ctx, document.id, attached)
    return _document_media(ctx, document, media, ttl_seconds)


def _known_document(ctx: Context, media: api.InputMediaDocument) -> api.TypeMessageMedia:
    return _document_media(ctx, access_document(ctx, media.id), media, _ttl(media.ttl_seconds))


def _document_media(
    ctx: Context,
    document: api.Document,
    media: api.InputMediaUploadedDocument | api.InputMediaDocument,
    ttl_seconds: int | None,
) -> api.MessageMediaDocument:
    video = next((item for item in document.attributes if isinstance(item, api.DocumentAttributeVideo)), None)
    audio = next((item for item in document.attributes if isinstance(item, api.DocumentAttributeAudio)), None)
    if media.video_timestamp is not None and media.video_timestamp < 0:
        raise bad_request("MEDIA_INVALID")
    return api.MessageMediaDocument(
        spoiler=media.spoiler,
        video=video is not None,
        round=video is not None and video.round_message,
        voice=audio is not None and audio.voice,
        document=document,
        video_cover=None if media.video_cover is None else access_photo(ctx, media.video_cover),
        video_timestamp=media.video_timestamp,
        ttl_seconds=ttl_seconds,
    )


def _contact(ctx: Context, media: api.InputMediaContact) -> api.TypeMessageMedia:
    phone = media.phone_number.strip()
    too_long = len(phone) > _MAX_PHONE or len(media.vcard.encode()) > _MAX_VCARD
    too_long = too_long or max(len(media.first_name), len(media.last_name)) > _MAX_NAME
    if too_long or not _NOT_DIGIT.sub("", phone):
        raise bad_request("MEDIA_INVALID")
    if not media.first_name.strip() and not media.last_name.strip():
        raise bad_request("CONTACT_NAME_EMPTY")
    return api.MessageMediaContact(
        phone_number=phone,
        first_name=media.first_name,
        last_name=media.last_name,
        vcard=media.vcard,
        user_id=_user_by_phone(ctx, _NOT_DIGIT.sub("", phone)),
    )


def _user_by_phone(ctx: Context, digits: str) -> int:
    """The account behind a number, or 0; only one the sender knows by it or that lets itself be found by it."""
    user_id: int | None = ctx.db.scalar(_BY_PHONE, {"phone": digits})
    if user_id is None:
        return 0
    known = user_id == ctx.user_id or bool(ctx.db.scalar(_IN_BOOK, {"owner_id": ctx.user_id, "contact_id": user_id}))
    if known or allowed(ctx, [user_id], ctx.user_id, PrivacyKey.ADDED_BY_PHONE):
        return user_id
    return 0


def _geo_point(_ctx: Context, media: api.InputMediaGeoPoint) -> api.TypeMessageMedia:
    return api.MessageMediaGeo(geo=_point(media.geo_point))


def _venue(_ctx: Context, media: api.InputMediaVenue) -> api.TypeMessageMedia:
    texts = (media.title, media.address, media.provider, media.venue_id, media.venue_type)
    if not media.title.strip() or max(map(len, texts)) > _MAX_TEXT:
        raise bad_request("MEDIA_INVALID")
    return api.MessageMediaVenue(
        geo=_point(media.geo_point),
        title=media.title,
        address=media.address,
        provider=media.provider,
        venue_id=media.venue_id,
        venue_type=media.venue_type,
    )


def _geo_live(_ctx: Context, media: api.InputMediaGeoLive) -> api.TypeMessageMedia:
    if media.stopped:
        raise bad_request("MEDIA_INVALID")
    return new_location(media, _point(media.geo_point))


def geo_point(media: api.InputMediaGeoLive) -> api.GeoPoint:
    """Where a live location is now; 400 GEO_POINT_INVALID."""
    return _point(media.geo_point)


def _point(point: api.TypeInputGeoPoint) -> api.GeoPoint:
    if not isinstance(point, api.InputGeoPoint):
        raise bad_request("GEO_POINT_INVALID")
    on_earth = (
        math.isfinite(point.lat) and math.isfinite(point.long) and abs(point.lat) <= 90 and abs(point.long) <= 180
    )
    if not on_earth or not 0 <= (point.accuracy_radius or 0) <= _MAX_ACCURACY_M:
        raise bad_request("GEO_POINT_INVALID")
    return api.GeoPoint(lat=point.lat, long=point.long, access_hash=0, accuracy_radius=point.accuracy_radius or None)


def _dice(ctx: Context, media: api.InputMediaDice) -> api.TypeMessageMedia:
    emoticon = unicodedata.normalize("NFC", media.emoticon).replace(_VARIATION_SELECTOR, "")
    if not emoticon:
        raise bad_request("EMOTICON_EMPTY")
    highest = DICE.get(emoticon)
    if highest is None:
        raise bad_request("EMOTICON_INVALID")
    return api.MessageMediaDice(value=_roll(ctx, highest), emoticon=emoticon)


def _roll(ctx: Context, highest: int) -> int:
    """A fair value from 1 to ``highest`` (at most 64)."""
    even = 256 - 256 % highest
    while True:
        (value,) = ctx.services.random(1)
        if value < even:
            return value % highest + 1


def _web_page(ctx: Context, media: api.InputMediaWebPage) -> api.TypeMessageMedia:
    url = normal_url(media.url)
    if url is None or len(media.url) > _MAX_URL:
        raise bad_request("WEBPAGE_URL_INVALID")
    page = ask_for(ctx, url) if ctx.settings.link_previews else None
    if page is not None:
        return api.MessageMediaWebPage(
            force_large_media=media.force_large_media,
            force_small_media=media.force_small_media,
            manual=True,
            webpage=page,
        )
    # TDLib and Telegram Desktop attach one to a text whose preview they shaped, as optional.
    if not media.optional:
        raise bad_request("WEBPAGE_NOT_FOUND")
    return api.MessageMediaEmpty()


def _poll(ctx: Context, media: api.InputMediaPoll) -> api.TypeMessageMedia:
    return new_poll(ctx, media, store_poll_media)


def store_poll_media(ctx: Context, media: api.TypeInputMedia | None) -> api.TypeMessageMedia | None:
    """The stored form of what goes with a poll, an answer or a solution: a picture, a file or a place.

    Raises:
        RpcError: MEDIA_INVALID for other kinds and for what destroys itself; as `store_media`.
    """
    if media is None:
        return None
    if not isinstance(media, _IN_POLLS) or getattr(media, "ttl_seconds", None):
        raise bad_request("MEDIA_INVALID")
    return store_media(ctx, media)


_IN_POLLS: Final = (
    api.InputMediaUploadedPhoto,
    api.InputMediaPhoto,
    api.InputMediaUploadedDocument,
    api.InputMediaDocument,
    api.InputMediaGeoPoint,
    api.InputMediaVenue,
)


def _ttl(ttl_seconds: int | None) -> int | None:
    if not ttl_seconds:
        return None
    if ttl_seconds != _TTL_ONCE and not 0 < ttl_seconds <= _MAX_TTL_S:
        raise bad_request("TTL_MEDIA_INVALID")
    return ttl_seconds


_STORES: Final[dict[type[TLObject], Callable[[Context, Any], api.TypeMessageMedia]]] = {
    api.InputMediaEmpty: _empty,
    api.InputMediaUploadedPhoto: _uploaded_photo,
    api.InputMediaPhoto: _known_photo,
    api.InputMediaUploadedDocument: _uploaded_document,
    api.InputMediaDocument: _known_document,
    api.InputMediaContact: _contact,
    api.InputMediaGeoPoint: _geo_point,
    api.InputMediaGeoLive: _geo_live,
    api.InputMediaVenue: _venue,
    api.InputMediaDice: _dice,
    api.InputMediaPoll: _poll,
    api.InputMediaTodo: new_todo,
    api.InputMediaWebPage: _web_page,
}


def index_reference_error(error: RpcError, index: int) -> RpcError:
    """The error as messages.sendMultiMedia names it: FILE_REFERENCE_EXPIRED of medium 2 → FILE_REFERENCE_2_EXPIRED."""
    name = error.type.removeprefix("FILE_REFERENCE_")
    if name == error.type:
        return error
    return RpcError(error.code, f"FILE_REFERENCE_X_{name}", index)
