"""What a client knows of one channel, built the three ways a client can: https://core.telegram.org/api/updates.

From pushes and the answers to its own calls, from updates.getChannelDifference, or from a fresh fetch. All three must
come to the same: `ChannelVerifier`, the counterpart of `tests.verify_updates` for channels.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import tl
from layers.domain.peers import peer_key
from tests.harness import Client, Harness
from tl import TLObject, api

_PAGE: Final = 100
_LIMITS: Final = (100, 1, 3)
"""How many changes a difference may hold."""


@dataclass
class ChannelModel:
    """One device's view of a channel; ``title`` and ``left`` are those of the channel object."""

    user_id: int
    channel_id: int
    pts: int = 0
    messages: dict[int, Any] = field(default_factory=dict)
    read_inbox_max_id: int = 0
    read_outbox_max_id: int = 0
    above_id: int = 0

    @classmethod
    def fetch(cls, device: Client, channel_id: int) -> ChannelModel:
        """Everything as a client that starts anew reads it."""
        model = cls(device.id, channel_id)
        peer = device.channel_peer(channel_id)
        (dialog,) = device.call(api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=peer)])).dialogs
        full = device.call(api.channels.GetFullChannel(channel=device.channel(channel_id))).full_chat
        assert (full.pts, full.unread_count) == (dialog.pts, dialog.unread_count)
        model.pts = dialog.pts
        model.read_inbox_max_id = dialog.read_inbox_max_id
        model.read_outbox_max_id = dialog.read_outbox_max_id
        model.above_id = full.available_min_id or 0
        page = device.call(
            api.messages.GetHistory(
                peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=_PAGE, max_id=0, min_id=0, hash=0
            )
        )
        model.messages = {message.id: message for message in page.messages}
        assert page.count == len(model.messages)
        assert dialog.unread_count == model.unread_count
        assert dialog.unread_mentions_count == model.unread_mentions_count
        assert dialog.unread_reactions_count == model.unread_reactions_count
        return model

    @property
    def unread_count(self) -> int:
        """Messages by others after the one read last."""
        return sum(not message.out and number > self.read_inbox_max_id for number, message in self.messages.items())

    @property
    def unread_mentions_count(self) -> int:
        """Mentions not yet seen."""
        return sum(bool(message.mentioned and message.media_unread) for message in self.messages.values())

    @property
    def unread_reactions_count(self) -> int:
        """Own messages with reactions not yet seen."""
        return sum(any(recent.unread for recent in _reactors(message)) for message in self.messages.values())

    def marks(self) -> tuple[int, ...]:
        """Read marks and counters; of the others' mark, which own message it has reached."""
        own = [number for number, message in self.messages.items() if message.out]
        read = max((number for number in own if number <= self.read_outbox_max_id), default=0)
        return self.read_inbox_max_id, read, self.unread_count, self.unread_mentions_count, self.unread_reactions_count

    def catch_up(self, device: Client, limit: int) -> None:
        """Fetch what was missed, to the end."""
        for _ in range(1000):
            found = device.call(
                api.updates.GetChannelDifference(
                    channel=device.channel(self.channel_id),
                    filter=api.ChannelMessagesFilterEmpty(),
                    pts=self.pts,
                    limit=limit,
                )
            )
            if isinstance(found, api.updates.ChannelDifferenceEmpty):
                assert self.pts == found.pts
                return
            assert isinstance(found, api.updates.ChannelDifference), found
            known = _peers(found)
            for message in found.new_messages:
                assert _named(message) <= known
                self._add(message)
            for update in found.other_updates:
                self._apply_effect(update)
            assert found.pts > self.pts
            self.pts = found.pts
            if found.final:
                return
        raise AssertionError("the difference does not end")

    def apply(self, container: Any) -> None:
        """Take an Updates object as it was pushed or answered."""
        updates = [container.update] if isinstance(container, api.UpdateShort) else container.updates
        known = _peers(container) if isinstance(container, api.Updates) else set()
        for update in updates:
            if not self._is_mine(update):
                continue
            if isinstance(update, api.UpdateNewChannelMessage | api.UpdateEditChannelMessage):
                assert _named(update.message) <= known, "a peer is mentioned but not included"
            if "pts_count" not in update.FIELDS or self._advance(update.pts, update.pts_count):
                self._apply_effect(update)

    def _is_mine(self, update: Any) -> bool:
        if isinstance(update, api.UpdateNewChannelMessage | api.UpdateEditChannelMessage):
            return bool(update.message.peer_id.channel_id == self.channel_id)
        if isinstance(update, api.UpdateMessageReactions):
            return update.peer == api.PeerChannel(channel_id=self.channel_id)
        return getattr(update, "channel_id", None) == self.channel_id

    def _advance(self, pts: int, pts_count: int) -> bool:
        assert pts <= self.pts + pts_count, f"at pts {self.pts}, received {pts} with pts_count {pts_count}"
        if pts < self.pts + pts_count:
            return False
        self.pts = pts
        return True

    def _apply_effect(self, update: Any) -> None:
        match update:
            case api.UpdateNewChannelMessage():
                self._add(update.message)
            case api.UpdateEditChannelMessage():
                if update.message.id in self.messages:
                    before, self.messages[update.message.id] = self.messages[update.message.id], update.message
                    self._keep_own_view(before, update.message)
            case api.UpdateMessageReactions() if not update.reactions.min:
                if update.msg_id in self.messages:
                    self.messages[update.msg_id].reactions = update.reactions
            case api.UpdateDeleteChannelMessages():
                for number in update.messages:
                    self.messages.pop(number, None)
            case api.UpdatePinnedChannelMessages():
                for number in update.messages:
                    if number in self.messages:
                        self.messages[number].pinned = update.pinned
            case api.UpdateReadChannelInbox():
                self.read_inbox_max_id = update.max_id
                assert update.still_unread_count == self.unread_count
            case api.UpdateReadChannelOutbox():
                self.read_outbox_max_id = max(self.read_outbox_max_id, update.max_id)
            case api.UpdateChannelReadMessagesContents():
                self.read_contents(update.messages)
            case api.UpdateChannelAvailableMessages():
                self.above_id = update.available_min_id
                self.messages = {number: item for number, item in self.messages.items() if number > self.above_id}
            case _:
                pass

    def _keep_own_view(self, before: Any, message: Any) -> None:
        """As clients do: of what everybody is shown alike, keep what one chose oneself."""
        reactions = getattr(message, "reactions", None)
        if reactions is None or not reactions.min:
            return
        known = [] if before.reactions is None else before.reactions.results
        chosen = {item.reaction.emoticon: item.chosen_order for item in known}
        reactions.min = False
        for item in reactions.results:
            item.chosen_order = chosen.get(item.reaction.emoticon)
        unread = {(recent.peer_id.user_id, recent.date) for recent in _reactors(before) if recent.unread}
        for recent in _reactors(message):
            recent.my = recent.peer_id.user_id == self.user_id
            recent.unread = (recent.peer_id.user_id, recent.date) in unread

    def _add(self, message: Any) -> None:
        if message.id > self.above_id:
            self.messages.setdefault(message.id, message)

    def read_contents(self, message_ids: list[int]) -> None:
        """Mentions were seen."""
        for number in message_ids:
            if number in self.messages:
                self.messages[number].media_unread = False
                for recent in _reactors(self.messages[number]):
                    recent.unread = False

    def apply_answer(self, request: Any, result: Any) -> None:
        """What the calling device knows from the answer to its own call."""
        match request:
            case api.channels.ReadHistory():
                last = max(self.messages, default=0)
                self.read_inbox_max_id = max(self.read_inbox_max_id, min(request.max_id or last, last))
            case api.channels.ReadMessageContents():
                self.read_contents(request.id)
            case api.messages.ReadMentions():
                self.read_contents(list(self.messages))
            case api.messages.ReadReactions():
                for recent in [recent for message in self.messages.values() for recent in _reactors(message)]:
                    recent.unread = False
            case _ if isinstance(result, api.messages.AffectedMessages | api.messages.AffectedHistory):
                if self._advance(result.pts, result.pts_count):
                    self._apply_own(request)
            case _:
                for container in (result, getattr(result, "updates", None)):
                    if isinstance(container, api.Updates | api.UpdateShort):
                        self.apply(container)
        if isinstance(request, api.channels.DeleteHistory) and not request.for_everyone:
            self.read_inbox_max_id = max(self.read_inbox_max_id, self.above_id)

    def _apply_own(self, request: Any) -> None:
        match request:
            case api.channels.DeleteMessages():
                for number in request.id:
                    self.messages.pop(number, None)
            case api.channels.DeleteParticipantHistory():
                gone = request.participant.user_id
                self.messages = {
                    number: item
                    for number, item in self.messages.items()
                    if number == 1 or not isinstance(item.from_id, api.PeerUser) or item.from_id.user_id != gone
                }
            case api.messages.DeleteTopicHistory():
                topic_id = request.top_msg_id
                self.messages = {
                    number: item
                    for number, item in self.messages.items()
                    if number != topic_id and _topic_of(item) != topic_id
                }
            case api.messages.UnpinAllMessages():
                for item in self.messages.values():
                    if isinstance(item, api.Message):
                        item.pinned = False


def _reactors(message: Any) -> list[Any]:
    return list(getattr(getattr(message, "reactions", None), "recent_reactions", None) or ())


def _topic_of(message: Any) -> int | None:
    header = message.reply_to
    if not isinstance(header, api.MessageReplyHeader) or not header.forum_topic:
        return None
    return header.reply_to_top_id or header.reply_to_msg_id


def _peers(container: Any) -> set[int]:
    found = {user.id for user in container.users}
    return found | {peer_key(api.PeerChannel(channel_id=chat.id)) for chat in container.chats}


def _named(message: Any) -> set[int]:
    forward = getattr(message, "fwd_from", None)
    peers = [message.peer_id, message.from_id, getattr(forward, "from_id", None)]
    return {peer_key(peer) for peer in peers if peer is not None}


class ChannelVerifier:
    """Devices that look at a channel; call through it, and `check` in the end."""

    def __init__(self, server: Harness, channel_id: int, *devices: Client) -> None:
        self._server = server
        self._devices = devices
        server.settle()
        self.models = {device.auth_key_id: ChannelModel.fetch(device, channel_id) for device in devices}
        self._before = copy.deepcopy(self.models)
        self._seen = server.push_count
        self._channel_id = channel_id

    def call(self, device: Client, request: TLObject) -> Any:
        """Call a method; everyone takes in what follows from it."""
        result = device.call(request)
        if device.auth_key_id in self.models:
            self.models[device.auth_key_id].apply_answer(request, result)
        self._take_in()
        return result

    def happens(self, work: Callable[[], Any]) -> Any:
        """Let something happen that nobody called for, a job; everyone takes in what follows from it."""
        result = work()
        self._take_in()
        return result

    def _take_in(self) -> None:
        self._server.settle()
        pushes, self._seen = self._server.pushes_since(self._seen), self._server.push_count
        for push in pushes:
            for other in self._devices:
                if push.updates and other.receives(push):
                    container: Any = tl.decode(push.updates)
                    if isinstance(container, api.Updates | api.UpdateShort):
                        self.models[other.auth_key_id].apply(container)

    def last(self, device: Client) -> int:
        """The id of the newest message a device knows."""
        return max(self.models[device.auth_key_id].messages)

    def check(self) -> None:
        """Every device's three views agree."""
        for device in self._devices:
            fresh = ChannelModel.fetch(device, self._channel_id)
            pushed = self.models[device.auth_key_id]
            _compare("pushes", pushed, fresh)
            assert pushed.marks() == fresh.marks(), device.id
            for limit in _LIMITS:
                late = copy.deepcopy(self._before[device.auth_key_id])
                late.above_id = fresh.above_id
                late.messages = {number: item for number, item in late.messages.items() if number > late.above_id}
                late.catch_up(device, limit)
                _compare(f"differences of {limit}", late, fresh, contents_read=False)


def _compare(how: str, model: ChannelModel, fresh: ChannelModel, *, contents_read: bool = True) -> None:
    assert model.pts == fresh.pts, f"{how}: pts"
    assert model.messages.keys() == fresh.messages.keys(), f"{how}: messages"
    for number, message in fresh.messages.items():
        known = model.messages[number]
        if isinstance(known, api.Message):
            # Clients count replies themselves, as these come.
            known.replies = message.replies
        if not contents_read and isinstance(known, api.Message):
            # That a mention was seen has no place in the channel's sequence.
            known.media_unread = message.media_unread
            for recent, fresh_recent in zip(_reactors(known), _reactors(message), strict=True):
                recent.unread = fresh_recent.unread
        assert known == message, f"{how}: message {number}"
