"""Photos and documents as a viewer is shown them: with access hashes and file references of his own.

https://core.telegram.org/api/file-references. Stored objects hold neither; both are keyed hashes, filled in wherever an
object leaves. Apart from what makes and stores media, so that whoever only shows them loads no picture library.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from layers.context import Context
from tl import api

T = TypeVar("T")


def for_viewer(ctx: Context, viewer_id: int, obj: T) -> T:
    """Fill access_hash and file_reference of every photo and document in a message, media, photo or user's page.

    In place; returns the object itself. A message without media costs two comparisons.
    """
    if obj is not None:
        fill = _FILLS.get(type(obj))
        if fill is not None:
            fill(ctx, viewer_id, obj)
    return obj


def _fill_photo(ctx: Context, viewer_id: int, photo: api.Photo) -> None:
    photo.access_hash = ctx.keys.access_hash("photo", viewer_id, photo.id)
    photo.file_reference = ctx.keys.file_reference(viewer_id, photo.id, ctx.now)


def _fill_document(ctx: Context, viewer_id: int, document: api.Document) -> None:
    document.access_hash = ctx.keys.access_hash("document", viewer_id, document.id)
    document.file_reference = ctx.keys.file_reference(viewer_id, document.id, ctx.now)
    for attribute in document.attributes:
        named = getattr(attribute, "stickerset", None)
        if isinstance(named, api.InputStickerSetID):
            named.access_hash = ctx.keys.access_hash("stickerset", viewer_id, named.id)


def _fill_wall_paper(ctx: Context, viewer_id: int, wall_paper: api.WallPaper) -> None:
    wall_paper.access_hash = ctx.keys.access_hash("wallpaper", viewer_id, wall_paper.id)
    for_viewer(ctx, viewer_id, wall_paper.document)


def _fill_theme(ctx: Context, viewer_id: int, theme: api.Theme) -> None:
    theme.access_hash = ctx.keys.access_hash("theme", viewer_id, theme.id)
    for settings in theme.settings or ():
        for_viewer(ctx, viewer_id, settings.wallpaper)


def _fill_fields(*names: str) -> Callable[[Context, int, Any], None]:
    def fill(ctx: Context, viewer_id: int, obj: Any) -> None:
        for name in names:
            value = getattr(obj, name)
            if value is None:
                continue
            for item in value if isinstance(value, list) else (value,):
                for_viewer(ctx, viewer_id, item)

    return fill


_FILLS: Final[dict[type, Callable[[Context, int, Any], None]]] = {
    api.Photo: _fill_photo,
    api.Document: _fill_document,
    api.Message: _fill_fields("media", "reply_to"),
    api.MessageReplyHeader: _fill_fields("reply_media"),
    api.MessageService: _fill_fields("action"),
    api.MessageActionChatEditPhoto: _fill_fields("photo"),
    api.MessageActionSuggestProfilePhoto: _fill_fields("photo"),
    api.MessageMediaPhoto: _fill_fields("photo", "video"),
    api.MessageMediaDocument: _fill_fields("document", "alt_documents", "video_cover"),
    api.MessageMediaWebPage: _fill_fields("webpage"),
    api.MessageMediaPoll: _fill_fields("poll", "results", "attached_media"),
    api.Poll: _fill_fields("answers"),
    api.PollAnswer: _fill_fields("media"),
    api.PollResults: _fill_fields("solution_media"),
    api.MessageActionPollAppendAnswer: _fill_fields("answer"),
    api.MessageActionPollDeleteAnswer: _fill_fields("answer"),
    api.WebPage: _fill_fields("photo", "document", "cached_page"),
    api.Page: _fill_fields("photos", "documents"),
    api.UserFull: _fill_fields("profile_photo", "personal_photo", "fallback_photo", "wallpaper"),
    api.WallPaper: _fill_wall_paper,
    api.Theme: _fill_theme,
    api.MessageActionSetChatWallPaper: _fill_fields("wallpaper"),
    api.UpdatePeerWallpaper: _fill_fields("wallpaper"),
    api.account.WallPapers: _fill_fields("wallpapers"),
    api.account.Themes: _fill_fields("themes"),
    api.ChatFull: _fill_fields("chat_photo"),
    api.photos.Photo: _fill_fields("photo"),
    api.photos.Photos: _fill_fields("photos"),
    api.photos.PhotosSlice: _fill_fields("photos"),
}
