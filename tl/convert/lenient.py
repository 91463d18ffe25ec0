"""Types that are accepted where another one is declared, because real clients send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tl.exceptions import DecodeError
from tl.registry import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tl.objects import TLObject


def _peer_as(declared: str, names: Mapping[str, str]) -> Callable[[TLObject], TLObject]:
    def convert(peer: TLObject) -> TLObject:
        name = names.get(peer.TL_NAME)
        if name is None:
            raise DecodeError(f"{peer.TL_NAME} where {declared} is declared")
        cls = class_of("api", name)
        return cls(**{field: getattr(peer, field) for field in cls.FIELDS})

    return convert


LENIENT: Final[Mapping[tuple[str, str], Callable[[TLObject], TLObject]]] = {
    # Kurigram sends its resolved InputPeer wherever the schema asks for a user or a channel.
    ("InputPeer", "InputUser"): _peer_as(
        "InputUser",
        {
            "inputPeerEmpty": "inputUserEmpty",
            "inputPeerSelf": "inputUserSelf",
            "inputPeerUser": "inputUser",
            "inputPeerUserFromMessage": "inputUserFromMessage",
        },
    ),
    ("InputPeer", "InputChannel"): _peer_as(
        "InputChannel",
        {
            "inputPeerEmpty": "inputChannelEmpty",
            "inputPeerChannel": "inputChannel",
            "inputPeerChannelFromMessage": "inputChannelFromMessage",
        },
    ),
}
"""(sent type, declared type) -> conversion of the object."""
