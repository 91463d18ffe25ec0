"""Pictures: sizes, orientation, transparency, and what is refused."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from telethon.utils import stripped_photo_to_jpg

from layers.domain.images import MAX_BYTES, Rendered, render_photo, render_profile_photo, render_thumb
from layers.errors import RpcError
from tests.unit.files.uploading import corner, opened, picture

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "BMP"]


def sides(rendered: Rendered) -> dict[str, tuple[int, int]]:
    return {size.type: (size.w, size.h) for size in rendered.sizes}


@pytest.mark.parametrize("format", FORMATS)
def test_sizes_of_each_format(format: str) -> None:
    # checklist 96
    rendered = render_photo(picture(1000, 500, format))
    assert (rendered.w, rendered.h) == (1000, 500)
    assert sides(rendered) == {"s": (100, 50), "m": (320, 160), "x": (800, 400), "y": (1000, 500)}
    for size in rendered.sizes:
        image = opened(size.data)
        assert (image.format, image.size) == ("JPEG", (size.w, size.h))
        assert (corner(image), corner(image, right=True)) == ("red", "blue")


@pytest.mark.parametrize(
    ("side", "types"),
    [(50, "s"), (100, "s"), (101, "sm"), (320, "sm"), (801, "smxy"), (1280, "smxy"), (1281, "smxyw"), (4000, "smxyw")],
)
def test_the_largest_size_holds_the_source(side: int, types: str) -> None:
    rendered = render_photo(picture(side, side // 2))
    assert "".join(size.type for size in rendered.sizes) == types
    assert rendered.sizes[-1].w == min(side, 2560)
    assert (rendered.w, rendered.h) == (side, side // 2)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "red"),
    [(1, "ul"), (2, "ur"), (3, "lr"), (4, "ll"), (5, "ul"), (6, "ur"), (7, "lr"), (8, "ll")],
)
def test_exif_orientation_is_applied(format: str, orientation: int, red: str) -> None:
    rendered = render_photo(picture(600, 300, format, orientation=orientation))
    turned = orientation >= 5
    assert (rendered.w, rendered.h) == ((300, 600) if turned else (600, 300))
    image = opened(rendered.sizes[-1].data)
    assert image.size == (rendered.w, rendered.h)
    corners = {"ul": (False, False), "ur": (True, False), "ll": (False, True), "lr": (True, True)}
    found = [name for name, (right, lower) in corners.items() if corner(image, right=right, lower=lower) == "red"]
    assert found == [red]


def test_metadata_is_not_passed_on() -> None:
    image = Image.new("RGB", (200, 200))
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    exif[0x010F] = "camera"
    output = io.BytesIO()
    image.save(output, "JPEG", exif=exif, comment=b"secret")
    for size in render_photo(output.getvalue()).sizes:
        assert not opened(size.data).getexif()
        assert b"secret" not in size.data


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_transparency_becomes_white(format: str) -> None:
    output = io.BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(output, format)
    image = opened(render_photo(output.getvalue()).sizes[-1].data)
    assert min(image.getpixel((100, 100))) > 250  # type: ignore[arg-type]


def test_a_sticker_s_thumb_stays_transparent() -> None:
    output = io.BytesIO()
    Image.new("RGBA", (512, 512), (0, 0, 0, 0)).save(output, "WEBP")
    rendered = render_thumb(output.getvalue(), transparent=True)
    (thumb,) = rendered.sizes
    image = opened(thumb.data)
    assert (image.format, image.mode, image.size) == ("WEBP", "RGBA", (320, 320))
    assert (rendered.w, rendered.h) == (512, 512)


def test_colours_of_a_wide_profile_are_brought_to_srgb() -> None:
    # A profile whose red and green are swapped shows whether it was applied.
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    output = io.BytesIO()
    Image.new("RGB", (200, 200), (255, 0, 0)).save(output, "PNG", icc_profile=bytes(profile))
    shown = opened(render_photo(output.getvalue()).sizes[-1].data)
    red_value, green_value, _ = shown.getpixel((100, 100))  # type: ignore[misc]
    assert green_value > red_value
    assert "icc_profile" not in shown.info


def test_a_broken_profile_is_ignored() -> None:
    output = io.BytesIO()
    Image.new("RGB", (200, 200), (255, 0, 0)).save(output, "PNG", icc_profile=b"nonsense" * 40)
    assert corner(opened(render_photo(output.getvalue()).sizes[-1].data)) == "red"


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "CMYK", "I;16"])
def test_every_mode(mode: str) -> None:
    output = io.BytesIO()
    image = Image.new("RGB", (120, 90), "white").convert("L" if mode == "I;16" else mode).convert(mode)
    image.save(output, "JPEG" if mode == "CMYK" else "PNG")
    assert sides(render_photo(output.getvalue())) == {"s": (100, 75), "m": (120, 90)}


@pytest.mark.parametrize(("w", "h"), [(640, 480), (30, 400), (40, 40), (33, 7)])
def test_the_stripped_size_as_a_client_completes_it(w: int, h: int) -> None:
    rendered = render_photo(picture(w, h))
    assert rendered.stripped[0] == 1
    image = opened(stripped_photo_to_jpg(rendered.stripped))
    assert image.size == (rendered.stripped[2], rendered.stripped[1])
    assert max(image.size) <= 40
    if min(image.size) > 8:
        assert (corner(image), corner(image, right=True)) == ("red", "blue")


def test_profile_photos_are_squares_of_the_middle() -> None:
    rendered = render_profile_photo(picture(1300, 700))
    assert sides(rendered) == {"a": (160, 160), "b": (320, 320), "c": (640, 640)}
    assert sides(render_profile_photo(picture(300, 4000))) == {"a": (160, 160), "b": (300, 300), "c": (300, 300)}
    with pytest.raises(RpcError, match="PHOTO_CROP_SIZE_SMALL"):
        render_profile_photo(picture(159, 700))


@pytest.mark.parametrize(("w", "h"), [(2100, 100), (100, 2100), (6000, 4001), (9999, 1000)])
def test_sides_out_of_rule(w: int, h: int) -> None:
    with pytest.raises(RpcError, match=r"PHOTO_INVALID_DIMENSIONS"):
        render_photo(picture(w, h))


def png_of(w: int, h: int) -> bytes:
    """A PNG that says it has these sides and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [5001, 20_000, 60_000, 2**31 - 1])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    with pytest.raises(RpcError, match=r"PHOTO_INVALID_DIMENSIONS|PHOTO_EXT_INVALID"):
        render_photo(png_of(side, side))


@pytest.mark.parametrize("data", [b"", b"text", b"%PDF-1.4", b"<svg/>", bytes(100)])
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(RpcError, match="PHOTO_EXT_INVALID"):
        render_photo(data)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_ends_early(format: str) -> None:
    image = Image.effect_noise((300, 300), 50).convert("RGB")
    output = io.BytesIO()
    image.save(output, format)
    whole = output.getvalue()
    with pytest.raises(RpcError, match=r"IMAGE_PROCESS_FAILED|PHOTO_EXT_INVALID"):
        render_photo(whole[: len(whole) // 2])


def test_a_file_that_is_too_long() -> None:
    with pytest.raises(RpcError, match="PHOTO_SAVE_FILE_INVALID"):
        render_photo(picture(100, 100) + bytes(MAX_BYTES))


@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.sampled_from(FORMATS), st.integers(0, 2**32), st.integers(1, 12))
def test_damaged_pictures_are_refused_by_name_or_shown(format: str, seed: int, changes: int) -> None:
    rng = random.Random(seed)
    data = bytearray(picture(64, 48, format, orientation=None if format in ("GIF", "BMP") else 6))
    for _ in range(changes):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        assert render_photo(bytes(data)).sizes
    except RpcError as error:
        assert error.code == 400
