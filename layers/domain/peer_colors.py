"""help.getPeerColors and getPeerProfileColors: the palettes for names, replies and profiles.

https://core.telegram.org/api/colors. Ids 0 to 6 are in every client, so they carry no colours.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from layers.data import load_json
from tl import api


@cache
def accent_colors() -> api.help.PeerColors:
    """Colours for names, links and reply lines."""
    items = load_json("peer_colors.json")["accents"]
    options = [
        api.help.PeerColorOption(
            color_id=item["color_id"],
            colors=api.help.PeerColorSet(colors=_rgb(item["colors"])) if "colors" in item else None,
            dark_colors=api.help.PeerColorSet(colors=_rgb(item["dark_colors"])) if "dark_colors" in item else None,
        )
        for item in items
    ]
    return api.help.PeerColors(hash=_hash(items), colors=list(options))


@cache
def profile_colors() -> api.help.PeerColors:
    """Colours for the background of profiles."""
    items = load_json("peer_colors.json")["profiles"]
    options = [
        api.help.PeerColorOption(
            color_id=item["color_id"], colors=_profile_set(item, ""), dark_colors=_profile_set(item, "dark_")
        )
        for item in items
    ]
    return api.help.PeerColors(hash=_hash(items), colors=list(options))


def _profile_set(item: dict[str, Any], shade: str) -> api.help.PeerColorProfileSet:
    return api.help.PeerColorProfileSet(
        palette_colors=_rgb(item[shade + "palette"]),
        bg_colors=_rgb(item[shade + "bg"]),
        story_colors=_rgb(item[shade + "story"]),
    )


def _rgb(colors: list[str]) -> list[int]:
    return [int(color, 16) for color in colors]


def _hash(items: Any) -> int:
    digest = hashlib.sha256(json.dumps(items, sort_keys=True).encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1 or 1
