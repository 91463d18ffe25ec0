"""Message identifiers: https://core.telegram.org/mtproto/description#message-identifier-msg-id.

A msg_id is about unixtime * 2^32. The client's are divisible by 4; the server's leave 1 for a response to a client
message and 3 otherwise, and rise strictly within a session.
"""

from collections.abc import Callable
from typing import Final

from connection_tier.session.bad_msg import BadMsgCode

MAX_AGE_S: Final = 300
"""A client message created longer ago is refused (replay protection)."""

MAX_AHEAD_S: Final = 30
"""A client message created further in the future is refused."""


class ServerMsgIds:
    """Makes the server's msg_ids of one session: strictly rising even when the clock steps back."""

    __slots__ = ("_clock", "_last")

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0

    def next(self, *, is_response: bool) -> int:
        """Return a msg_id above every earlier one, % 4 == 1 for a response and 3 otherwise."""
        base = int(self._clock() * 4294967296.0) & ~3
        if base <= self._last:
            base = (self._last & ~3) + 4
        self._last = base + (1 if is_response else 3)
        return self._last


class ClientMsgIds:
    """Makes a client's msg_ids: strictly rising, divisible by 4, with a fraction of a second in the low half."""

    __slots__ = ("_clock", "_last", "_offset")

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0
        self._offset = 0.0

    def next(self) -> int:
        value = int((self._clock() + self._offset) * 4294967296.0) & ~3
        if not value & 0xFFFFFFFF:
            value += 4
        self._last = value if value > self._last else self._last + 4
        return self._last

    def correct(self, server_msg_id: int, code: int) -> None:
        """Take the server's time from the msg_id of its refusal with code 16 (too low) or 17 (too high).

        Only a correction in the direction of the refusal counts: the refused message or the refusal itself may be old,
        and ids of a clock that was right must go on rising.
        """
        offset = server_msg_id / 4294967296.0 - self._clock()
        if code == BadMsgCode.MSG_ID_TOO_LOW and offset > self._offset + 1:
            self._offset = offset
        elif code == BadMsgCode.MSG_ID_TOO_HIGH and offset < self._offset - 1:
            self._offset = offset
            self._last = 0


def check_time(msg_id: int, now: float) -> BadMsgCode | None:
    """Return the refusal of a client msg_id made too long ago or too far ahead.

    One without a fraction of a second passes: Pyrogram's family sends one as the first of every second.
    """
    created = msg_id >> 32
    if created < now - MAX_AGE_S:
        return BadMsgCode.MSG_ID_TOO_LOW
    if created > now + MAX_AHEAD_S:
        return BadMsgCode.MSG_ID_TOO_HIGH
    return None
