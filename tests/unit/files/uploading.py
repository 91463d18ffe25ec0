"""What tests of files share: uploads as a client makes them, pictures, and calls of domain services."""

from __future__ import annotations

import hashlib
import io
import itertools
from collections.abc import Callable
from typing import Any, TypeVar

from PIL import ExifTags, Image, ImageDraw

from layers.context import Context
from layers.domain.uploads import part_key
from layers.unit_of_work import run
from tests.harness import Client, Harness
from tl import api

T = TypeVar("T")

_file_ids = itertools.count(-3)


def upload(
    client: Client, data: bytes, *, part_size: int = 1024, name: str = "file.bin", big: bool = False, md5: bool = True
) -> Any:
    """Put a file's parts where the connection tier puts them; the InputFile that names them."""
    file_id = next(_file_ids)
    parts = [data[start : start + part_size] for start in range(0, len(data), part_size)]
    for number, part in enumerate(parts):
        client.server.services.blobs.put(part_key(client.id, file_id, number), part)
    if big:
        return api.InputFileBig(id=file_id, parts=len(parts), name=name)
    checksum = hashlib.md5(data).hexdigest() if md5 else ""
    return api.InputFile(id=file_id, parts=len(parts), name=name, md5_checksum=checksum)


def picture(w: int, h: int, format: str = "JPEG", *, orientation: int | None = None, mode: str = "RGB") -> bytes:
    """A picture that is red in its left upper corner and blue elsewhere."""
    image = Image.new(mode, (w, h), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, w // 2 - 1, h // 2 - 1), fill="red")
    output = io.BytesIO()
    options: dict[str, Any] = {}
    if orientation is not None:
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        options["exif"] = exif
    image.save(output, format, **options)
    return output.getvalue()


def opened(data: bytes) -> Image.Image:
    """A decoded picture."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def corner(image: Image.Image, *, right: bool = False, lower: bool = False) -> str:
    """'red' or 'blue': the colour in a corner."""
    x, y = image.width * (3 if right else 1) // 4, image.height * (3 if lower else 1) // 4
    red, _, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue else "blue"


def within(client: Client, work: Callable[[Context], T]) -> T:
    """Run ``work`` as a function that the client called; rolled back when it raises."""
    return run(client.server.services, work, writes=True, caller=client.caller)[0]


def statements(server: Harness, client: Client, work: Callable[[Context], Any]) -> int:
    """How many statements ``work`` sends."""
    _, ctx = run(server.services, work, writes=True, caller=client.caller)
    return ctx.db.statements
