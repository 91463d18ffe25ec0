"""Chats with messages in them, put there through the sending service itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from layers.context import Context
from layers.database import Transaction
from layers.domain.outgoing import Outgoing
from layers.domain.sending import access_recipient, send
from layers.unit_of_work import run
from tests.harness import Client, Harness
from tl import TLObject, api

_RANDOM_IDS = itertools.count(1)


def text_message(text: str, **fields: Any) -> api.Message:
    """A stored text message."""
    return api.Message(id=0, peer_id=api.PeerUser(user_id=0), date=0, message=text, **fields)


def write(sender: Client, to: Client, *messages: str | api.Message, settle: bool = True, **options: Any) -> list[int]:
    """Send messages one after the other; their ids in the sender's box."""
    server = sender.server
    first = last_id(sender) + 1
    for message in messages:
        stored = text_message(message) if isinstance(message, str) else message
        item = Outgoing(next(_RANDOM_IDS), stored, media_unread=options.pop("media_unread", False))

        def work(ctx: Context, item: Outgoing = item) -> Any:
            return send(ctx, access_recipient(ctx, to.id), [item], **options)

        run(server.services, work, writes=True, caller=sender.caller)
    if settle:
        server.settle()
    return list(range(first, first + len(messages)))


def last_id(client: Client) -> int:
    """The last message id of the client's box."""
    import sqlalchemy as sa

    from layers.schema import box_states

    with client.server.services.database.transaction(writes=False) as db:
        query = sa.select(box_states.c.last_message_id).where(box_states.c.owner_id == client.id)
        return int(db.scalar(query))


def ids(answer: Any) -> list[int]:
    """Ids of the messages of an answer."""
    return [message.id for message in answer.messages]


def texts(answer: Any) -> list[str]:
    """Texts of the messages of an answer."""
    return [message.message for message in answer.messages]


def statements(client: Client, request: TLObject) -> int:
    """How many statements a call sends to the database."""
    server = client.server
    database = server.services.database
    counts: list[Transaction] = []
    transaction = database.transaction

    @contextmanager
    def counted(*, writes: bool) -> Iterator[Transaction]:
        with transaction(writes=writes) as db:
            counts.append(db)
            yield db

    database.transaction = counted  # type: ignore[method-assign]
    try:
        client.call(request)
    finally:
        database.transaction = transaction  # type: ignore[method-assign]
    return sum(db.statements for db in counts)


def pts_of(client: Client) -> int:
    """The pts of the client's account."""
    return int(client.call(api.updates.GetState()).pts)


def after(client: Client, action: Callable[[], Any]) -> list[Any]:
    """What is pushed to a device by an action."""
    client.pushes()
    action()
    client.server.settle()
    return client.pushes()


def history(peer: Any, **options: Any) -> api.messages.GetHistory:
    """A getHistory request with everything else 0."""
    fields = {
        "offset_id": 0,
        "offset_date": 0,
        "add_offset": 0,
        "limit": 100,
        "max_id": 0,
        "min_id": 0,
        "hash": 0,
    }
    return api.messages.GetHistory(peer=peer, **{**fields, **options})


def dialogs(**options: Any) -> api.messages.GetDialogs:
    """A getDialogs request for the first page."""
    fields: dict[str, Any] = {
        "offset_date": 0,
        "offset_id": 0,
        "offset_peer": api.InputPeerEmpty(),
        "limit": 100,
        "hash": 0,
    }
    return api.messages.GetDialogs(**{**fields, **options})


def crowd(server: Harness, count: int) -> list[Client]:
    """Many accounts."""
    return [server.user(f"User {index}") for index in range(count)]
