"""The outbox: what a committed change means for another account's box.

An operation is a row written in the changing call's own transaction. After the commit the bus wakes the consumer for
that account (`functions.sync`), which applies all rows of the account in order under the lock of its box and deletes
them in the same transaction: a wake that is lost is made up by the relay, one that is doubled finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Final, TypeAlias, get_args

import orjson
import sqlalchemy as sa

import tl
from layers import tracing
from layers.context import Context
from layers.schema import outbox

TOPIC: Final = "boxes"
"""Bus topic; a record's key is the account whose outbox rows wait."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message arrives: ``flags`` and ``reply_to_content_id`` as the receiving box needs them."""

    kind: ClassVar[str] = "deliver"
    content_id: int
    peer_key: int
    flags: int = 0
    reply_to_content_id: int | None = None
    is_past: bool = False
    """A message from before the account joined: it may have it already."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The content of a message was replaced."""

    kind: ClassVar[str] = "edit"
    content_id: int


@dataclass(frozen=True, slots=True)
class Delete:
    """Messages were deleted for everyone."""

    kind: ClassVar[str] = "delete"
    content_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """The peer has read up to the message with this content."""

    kind: ClassVar[str] = "read"
    peer_key: int
    content_id: int


@dataclass(frozen=True, slots=True)
class ReadContents:
    """The peer has listened to or watched these messages."""

    kind: ClassVar[str] = "read_contents"
    content_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pin:
    """The peer has pinned or unpinned messages for both sides."""

    kind: ClassVar[str] = "pin"
    peer_key: int
    content_ids: list[int]
    pinned: bool


@dataclass(frozen=True, slots=True)
class React:
    """The reactions to a message have changed."""

    kind: ClassVar[str] = "react"
    content_id: int


@dataclass(frozen=True, slots=True)
class Poll:
    """Somebody has voted in the poll of a message, or it was closed."""

    kind: ClassVar[str] = "poll"
    content_id: int
    has_new_votes: bool = False


@dataclass(frozen=True, slots=True)
class Timer:
    """Messages of a chat delete themselves after ``period`` seconds from now on; 0 = no longer."""

    kind: ClassVar[str] = "timer"
    peer_key: int
    period: int


@dataclass(frozen=True, slots=True)
class Look:
    """The other side of a private chat has changed what both share; None = as before.

    ``wallpaper``: a TL WallPaper in hexadecimal digits. ``noforwards``: whether the other side protects the chat;
    ``ends_protection``: it accepted that this side's protection ends too.
    """

    kind: ClassVar[str] = "look"
    peer_key: int
    theme: str | None = None
    wallpaper: str | None = None
    noforwards: bool | None = None
    ends_protection: bool = False


@dataclass(frozen=True, slots=True)
class WebPage:
    """The page that a message links to has been fetched."""

    kind: ClassVar[str] = "web_page"
    page_id: int


@dataclass(frozen=True, slots=True)
class Announce:
    """An update without a place in the sequence, for whoever is online: a TL Update in hexadecimal digits."""

    kind: ClassVar[str] = "announce"
    update: str


@dataclass(frozen=True, slots=True)
class Clear:
    """The account's history of a chat goes, a batch at a time."""

    kind: ClassVar[str] = "clear"
    peer_key: int


Operation: TypeAlias = (
    Deliver | Edit | Delete | Read | ReadContents | Pin | React | Poll | Timer | Look | WebPage | Announce | Clear
)
_KINDS: Final[dict[str, type[Operation]]] = {kind.kind: kind for kind in get_args(Operation)}


def announce(update: Any) -> Announce:
    """The operation that tells a TL Update."""
    return Announce(tl.encode(update).hex())


_INSERT: Final = sa.insert(outbox)


def post(ctx: Context, owner_id: int, *operations: Operation) -> None:
    """Write operations for an account's box and wake its consumer after the commit."""
    post_all(ctx, {owner_id: operations})


def post_each(ctx: Context, owner_ids: Iterable[int], *operations: Operation) -> None:
    """Write the same operations for each of many accounts' boxes."""
    post_all(ctx, dict.fromkeys(owner_ids, operations))


def post_all(ctx: Context, operations: Mapping[int, Sequence[Operation]]) -> None:
    """Write operations by account, in one statement, and wake the consumers after the commit."""
    encoded: dict[int, bytes] = {}
    values = []
    for owner_id, wanted in operations.items():
        for operation in wanted:
            # Members of a group share their operations: each is encoded once.
            data = encoded.get(id(operation))
            if data is None:
                data = encoded[id(operation)] = encode(operation)
            values.append({"owner_id": owner_id, "date": ctx.now, "operation": data})
    if not values:
        return
    ctx.db.execute(_INSERT, values)
    ctx.after_commit(lambda: _wake_all(ctx, list(operations)))


def _wake_all(ctx: Context, owner_ids: Sequence[int]) -> None:
    for owner_id in owner_ids:
        wake(ctx, owner_id)


def wake(ctx: Context, owner_id: int) -> None:
    """Produce the record that makes a consumer look at the account's outbox rows; its value is the traceparent."""
    ctx.bus.produce(TOPIC, b"%d" % owner_id, tracing.origin().traceparent.encode())


def encode(operation: Operation) -> bytes:
    """JSON of an operation with its kind and where it comes from."""
    said = {"kind": operation.kind, **asdict(operation)}
    return orjson.dumps({**said, "trace": tracing.origin().traceparent, "at": tracing.now_ms()})


def decode(data: bytes) -> Operation:
    """Inverse of `encode`."""
    return decode_with_origin(data)[0]


def decode_with_origin(data: bytes) -> tuple[Operation, tracing.Origin]:
    """An operation, and the change that caused it."""
    values: dict[str, Any] = orjson.loads(data)
    origin = tracing.Origin(values.pop("trace", ""), values.pop("at", 0))
    return _KINDS[values.pop("kind")](**values), origin
