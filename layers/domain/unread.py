"""Marks that an author's messages bear until he has looked: reactions, votes in his polls.

https://core.telegram.org/api/reactions#notifications-about-reactions, https://core.telegram.org/api/poll
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from layers.domain.messages import BoxFlag
from layers.domain.tags import Tag


@dataclass(frozen=True, slots=True)
class Mark:
    """``flag`` stands in the message's row, ``tag`` finds it, ``column`` of `dialogs` counts the chat's."""

    flag: BoxFlag
    tag: Tag
    column: str


REACTIONS: Final = Mark(BoxFlag.REACTIONS_UNREAD, Tag.UNREAD_REACTION, "unread_reactions_count")
VOTES: Final = Mark(BoxFlag.VOTES_UNREAD, Tag.UNREAD_VOTE, "unread_poll_votes_count")
MARKS: Final = (REACTIONS, VOTES)
