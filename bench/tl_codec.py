"""Microseconds to encode and decode a page of history, ours at several layers against Telethon at its own.

The object is the same on both sides: a messages.messages with 20 messages, their senders, photos, replies and entities.
Run ``python bench/tl_codec.py [--repeat N]``; the best of the repeats counts, since other load only adds time.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, Any

from telethon.extensions import BinaryReader
from telethon.tl import types as telethon_types

import tl
from tl import api

if TYPE_CHECKING:
    from collections.abc import Callable

LAYERS = (232, 229, 220, 158)
TELETHON_LAYER = 229
DATE = 1_700_000_000


def history(types: Any) -> Any:
    """The page, made of the classes in `types`: `tl.api` or Telethon's module."""
    users = [
        types.User(
            id=1000 + n,
            access_hash=0x1234_5678_9ABC + n,
            contact=n % 3 == 0,
            first_name=f"Name {n}",
            last_name="Surname",
            username=f"user_{n}",
            phone=f"4479000000{n:02}",
            photo=types.UserProfilePhoto(photo_id=5_000_000 + n, dc_id=2, stripped_thumb=bytes(range(40))),
            status=types.UserStatusOffline(was_online=DATE),
        )
        for n in range(15)
    ]
    messages = [_message(types, n) for n in range(20)]
    return types.messages.Messages(messages=messages, topics=[], chats=[], users=users)


def _message(types: Any, n: int) -> Any:
    media = None
    if n % 3 == 0:
        photo = types.Photo(
            id=7_000_000 + n,
            access_hash=-n,
            file_reference=bytes(24),
            date=DATE,
            dc_id=2,
            sizes=[
                types.PhotoStrippedSize(type="i", bytes=bytes(range(60))),
                types.PhotoSize(type="m", w=320, h=240, size=20_000),
                types.PhotoSize(type="y", w=1280, h=960, size=200_000),
            ],
        )
        media = types.MessageMediaPhoto(photo=photo)
    return types.Message(
        id=100 + n,
        out=n % 2 == 0,
        from_id=types.PeerUser(user_id=1000 + n % 15),
        peer_id=types.PeerChat(chat_id=77),
        date=DATE + n,
        message=f"Message number {n}: a sentence of ordinary length, and then one more.",
        media=media,
        reply_to=types.MessageReplyHeader(reply_to_msg_id=90 + n) if n % 2 else None,
        entities=[types.MessageEntityBold(offset=0, length=7), types.MessageEntityItalic(offset=8, length=6)],
    )


def count(value: Any) -> int:
    """Number of TL objects in a value."""
    if isinstance(value, list):
        return sum(map(count, value))
    if not isinstance(value, tl.TLObject):
        return 0
    return 1 + sum(count(getattr(value, name)) for name in value.FIELDS)


def best_us(function: Callable[[], object], repeat: int) -> float:
    """Microseconds of the fastest of `repeat` rounds, each of 100 calls."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        for _ in range(100):
            function()
        best = min(best, time.perf_counter() - start)
    return best * 1e4


def main() -> int:
    """Print one line per codec and layer."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--repeat", type=int, default=30, help="rounds of 100 calls (default 30)")
    repeat = parser.parse_args().repeat
    ours = history(api)
    theirs = history(telethon_types)
    reference = bytes(theirs)
    if tl.encode(ours, TELETHON_LAYER) != reference:
        sys.stderr.write("the two codecs write different bytes: the comparison means nothing\n")
        return 1
    objects = count(ours)
    print(f"messages.messages: 20 messages, {objects} objects, {len(reference)} bytes; µs an object, best of {repeat}")
    print(f"{'codec':<24}{'encode':>10}{'decode':>10}")
    for layer in LAYERS:
        data = tl.encode(ours, layer)
        encode = best_us(lambda layer=layer: tl.encode(ours, layer), repeat)  # type: ignore[misc]
        decode = best_us(lambda data=data: tl.decode(data), repeat)  # type: ignore[misc]
        print(f"{f'ours, layer {layer}':<24}{encode / objects:>10.3f}{decode / objects:>10.3f}")
    encode = best_us(lambda: bytes(theirs), repeat)
    decode = best_us(lambda: BinaryReader(reference).tgread_object(), repeat)
    print(f"{f'Telethon, layer {TELETHON_LAYER}':<24}{encode / objects:>10.3f}{decode / objects:>10.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
