"""msg_container, both ways: https://core.telegram.org/mtproto/service_messages#containers."""

from collections.abc import Sequence
from struct import pack, unpack_from

from connection_tier.session.wire import MESSAGE_HEADER, MSG_CONTAINER, constructor_id

_HEADER_SIZE = 16


class BadContainer(ValueError):
    """The container breaks a rule of its layout: none of its messages counts."""


class ContainerTooLarge(BadContainer):
    """The container holds more messages than allowed."""


def parse_container(body: bytes, container_msg_id: int, max_messages: int) -> list[tuple[int, int, bytes]]:
    """Return (msg_id, seqno, body) of each message of msg_container `body`.

    Raises:
        ContainerTooLarge: more than `max_messages`.
        BadContainer: lengths do not add up exactly or are no multiples of 4, a container inside, or a message whose
            msg_id is not below the container's.
    """
    size = len(body)
    if size < 8:
        raise BadContainer("no message count")
    (count,) = unpack_from("<i", body, 4)
    if count < 0:
        raise BadContainer("negative message count")
    if count > max_messages:
        raise ContainerTooLarge(f"{count} messages")
    if 8 + count * (_HEADER_SIZE + 4) > size:
        raise BadContainer("ends before its last message")
    messages = []
    position = 8
    for _ in range(count):
        start = position + _HEADER_SIZE
        if start > size:
            raise BadContainer("ends within a message header")
        msg_id, seqno, length = MESSAGE_HEADER.unpack_from(body, position)
        position = start + length
        if length < 4 or length & 3 or position > size:
            raise BadContainer(f"message of {length} bytes")
        if msg_id >= container_msg_id:
            raise BadContainer("message is not older than its container")
        inner = body[start:position]
        if constructor_id(inner) == MSG_CONTAINER:
            raise BadContainer("container within a container")
        messages.append((msg_id, seqno, inner))
    if position != size:
        raise BadContainer("bytes behind the last message")
    return messages


def build_container(messages: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Serialise msg_container of (msg_id, seqno, body)."""
    parts = [pack("<Ii", MSG_CONTAINER, len(messages))]
    for msg_id, seqno, body in messages:
        parts.append(MESSAGE_HEADER.pack(msg_id, seqno, len(body)))
        parts.append(body)
    return b"".join(parts)
