"""Pictures: decoding what users send within limits, and the sizes that clients show.

https://core.telegram.org/api/files#image-thumbnail-types. Everything here is CPU work and belongs in a function's
thread, never on an event loop.
"""

from __future__ import annotations

import io
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import ExifTags, Image, ImageCms, ImageFile

from layers.errors import bad_request

MAX_BYTES: Final = 10 * 1024 * 1024
"""A photo's source may be this long."""
MAX_SIDES_SUM: Final = 10_000
MAX_SIDES_RATIO: Final = 20

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_BOXES: Final = (("s", 100), ("m", 320), ("x", 800), ("y", 1280), ("w", 2560))
_CROPS: Final = (("a", 160), ("b", 320), ("c", 640))
THUMB_SIDE: Final = 320
"""The longest side of a document's thumb."""
_QUALITY: Final = 87
_QUALITY_SMALL: Final = 80
_SMALL_SIDE: Final = 320

_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture of each EXIF orientation upright."""
_QUARTER_TURNS: Final = frozenset({_TURNS[5], _TURNS[6], _TURNS[7], _TURNS[8]})
_MAX_PROFILE_BYTES: Final = 1 << 16

_STRIPPED_SIDE: Final = 40
_STRIPPED_QUALITY: Final = 20
"""The quantization tables of libjpeg's quality 20 stand in the header that clients put before a stripped picture."""
_SOS: Final = 0xDA
_EOI: Final = b"\xff\xd9"

_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, OverflowError, struct.error)
"""What Pillow's decoders raise on bytes that are not a picture."""

_DECODING: Final = threading.BoundedSemaphore(2)
"""Decoded pictures are large (100 MB at the limits): threads take turns, so that memory stays flat."""


Sides = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Size:
    """One encoded size: ``type`` as in photoSize, sides in pixels."""

    type: str
    w: int
    h: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """``stripped`` is the bytes of photoStrippedSize; ``w`` and ``h`` the sides of the source, the right way up."""

    w: int
    h: int
    stripped: bytes
    sizes: Sequence[Size]


def render_photo(data: bytes) -> Rendered:
    """The sizes of a photo message: s, m, x, y, w in boxes of 100 to 2560 pixels, up to the one that holds the source.

    Raises:
        RpcError: 400 PHOTO_SAVE_FILE_INVALID (too long), PHOTO_EXT_INVALID (not a picture), PHOTO_INVALID_DIMENSIONS,
            IMAGE_PROCESS_FAILED (broken).
    """
    with _DECODING:
        image, (w, h) = _decode(data, _BOXES[-1][1], by=max)
        holding = [item for item in _BOXES if item[1] >= max(w, h)][:1]
        wanted = [item for item in _BOXES if item[1] < max(w, h)] + holding
        return Rendered(w, h, _stripped(image), _scaled(image, wanted))


def render_profile_photo(data: bytes) -> Rendered:
    """The sizes of a profile photo: the middle square in 160, 320 and 640 pixels (a, b, c), smaller for small sources.

    Raises:
        RpcError: as `render_photo`, and 400 PHOTO_CROP_SIZE_SMALL below 160 pixels.
    """
    with _DECODING:
        image, _ = _decode(data, _CROPS[-1][1], by=min)
        side = min(image.size)
        if side < _CROPS[0][1]:
            raise bad_request("PHOTO_CROP_SIZE_SMALL")
        left, top = (image.width - side) // 2, (image.height - side) // 2
        square = image.crop((left, top, left + side, top + side))
        return Rendered(side, side, _stripped(square), _scaled(square, _CROPS))


def render_thumb(data: bytes, *, transparent: bool = False) -> Rendered:
    """A document's thumb: size m in a box of 320 pixels; WebP that keeps transparency when ``transparent``, else JPEG.

    Raises:
        RpcError: as `render_photo`.
    """
    with _DECODING:
        image, (w, h) = _decode(data, THUMB_SIDE, by=max, flatten=not transparent)
        if transparent:
            small = _fit(image, THUMB_SIDE)
            flat = _flattened(small)
            return Rendered(w, h, _stripped(flat), [Size("m", small.width, small.height, _encode(small, "WEBP"))])
        return Rendered(w, h, _stripped(image), _scaled(image, [("m", THUMB_SIDE)]))


def _decode(data: bytes, side: int, *, by: Callable[[Sides], int], flatten: bool = True) -> tuple[Image.Image, Sides]:
    """The first frame, turned as EXIF says, and the sides of the source.

    A far larger JPEG is decoded at a half, a quarter or an eighth, as long as its longest (``by`` max) or shortest
    (min) side stays at least ``side``.
    """
    if len(data) > MAX_BYTES:
        raise bad_request("PHOTO_SAVE_FILE_INVALID")
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from error
    except _BROKEN as error:
        raise bad_request("PHOTO_EXT_INVALID") from error
    # The header is checked before a pixel is decoded: a bomb costs nothing.
    w, h = image.size
    _check_sides(w, h)
    try:
        if image.format == "JPEG" and isinstance(image, ImageFile.ImageFile) and by((w, h)) > side:
            image.draft("RGB", (max(1, w * side // by((w, h))), max(1, h * side // by((w, h)))))
        image.load()
        turn = _TURNS.get(_orientation(image))
        if turn in _QUARTER_TURNS:
            w, h = h, w
        plain = _in_srgb(_flattened(image) if flatten else image.convert("RGBA"))
        # What is left here (comments, profiles, resolutions) would be written into every size.
        plain.info.clear()
        return (plain if turn is None else plain.transpose(turn)), (w, h)
    except (MemoryError, Image.DecompressionBombError, *_BROKEN) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation; 1 (upright) when EXIF is broken, which is no reason to refuse a picture."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (TypeError, *_BROKEN):
        return 1


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in the colours that a file without a profile means; cameras write wider ones."""
    profile = image.info.get("icc_profile")
    if image.mode != "RGB" or not profile or len(profile) > _MAX_PROFILE_BYTES:
        return image
    try:
        ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), inPlace=True
        )
    except (ImageCms.PyCMSError, *_BROKEN):
        # A broken profile, or one of another colour space (CMYK): the colours are taken as they are.
        return image
    return image


def _check_sides(w: int, h: int) -> None:
    if w < 1 or h < 1 or w + h > MAX_SIDES_SUM or max(w, h) > MAX_SIDES_RATIO * min(w, h):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _flattened(image: Image.Image) -> Image.Image:
    """On white, where transparency was."""
    if "A" in image.getbands() or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(with_alpha, mask=with_alpha.getchannel("A"))
        return flat
    return image.convert("RGB")


def _scaled(image: Image.Image, wanted: Sequence[tuple[str, int]]) -> list[Size]:
    """The sizes in rising order, each made from the next larger one."""
    sizes: list[Size] = []
    for name, box in reversed(wanted):
        image = _fit(image, box)
        sizes.append(Size(name, image.width, image.height, _encode(image, "JPEG")))
    return sizes[::-1]


def _fit(image: Image.Image, box: int) -> Image.Image:
    if max(image.size) <= box:
        return image
    scale = box / max(image.size)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _encode(image: Image.Image, format: str) -> bytes:
    output = io.BytesIO()
    # Nothing of the source's metadata is kept: EXIF tells where a photo was taken.
    image.save(output, format, quality=_QUALITY_SMALL if max(image.size) <= _SMALL_SIDE else _QUALITY)
    return output.getvalue()


def _stripped(image: Image.Image) -> bytes:
    """The photoStrippedSize form: 1, height, width, then the JPEG without the header that all of them share.

    https://core.telegram.org/api/files#stripped-thumbnails
    """
    small = _fit(image, _STRIPPED_SIDE)
    output = io.BytesIO()
    small.save(output, "JPEG", quality=_STRIPPED_QUALITY, subsampling="4:2:0", optimize=False, progressive=False)
    jpeg = output.getvalue()
    return bytes((1, small.height, small.width)) + jpeg[_scan_start(jpeg) :].removesuffix(_EOI)


def _scan_start(jpeg: bytes) -> int:
    """Where the entropy-coded data begins: behind the start-of-scan segment."""
    position: int = 2
    while True:
        marker, length = struct.unpack_from(">xBH", jpeg, position)
        position += 2 + length
        if marker == _SOS:
            return position
