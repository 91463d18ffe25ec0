"""What a client knows of its account, built the three ways a client can: https://core.telegram.org/api/updates.

From pushes and the answers to its own calls (`ClientModel.apply`, `apply_answer`), from differences (`catch_up`), or
from a fresh fetch of chats and histories (`fetch`). All three must come to the same: `verify_updates`. Channels have
sequences of their own: `tests.channel_model`.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from layers.domain.peers import peer_key
from tl import TLObject, api

_PAGE: Final = 100


class Gap(Exception):
    """An update's pts is further than this client has come: something before it was not received."""


class Device(Protocol):
    """What a model is fetched through."""

    @property
    def id(self) -> int:
        """The user's id."""
        ...

    def call(self, request: TLObject) -> Any:
        """Call a method."""
        ...


@dataclass
class Chat:
    """A chat's counters. ``draft`` None: there is none."""

    read_inbox_max_id: int = 0
    read_outbox_max_id: int = 0
    unread_count: int = 0
    unread_mentions_count: int = 0
    unread_mark: bool = False
    folder_id: int = 0
    draft: Any = None
    ttl_period: int = 0
    scheduled: dict[int, Any] = field(default_factory=dict)


@dataclass
class ClientModel:
    """One device's state. Peers are their keys; ``pinned`` lists pinned chats of the main list, the highest first."""

    user_id: int
    pts: int = 0
    date: int = 1
    messages: dict[int, Any] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    saved_pinned: list[int] = field(default_factory=list)
    """Pinned chats of Saved Messages."""
    filters: dict[int, Any] = field(default_factory=dict)
    """Folders of chats, in order."""
    quick_replies: dict[int, str] = field(default_factory=dict)
    """Names of shortcuts, in order."""
    quick_reply_messages: dict[int, Any] = field(default_factory=dict)
    user_ids: set[int] = field(default_factory=set)
    """Users whose objects were received."""
    groups: dict[int, Any] = field(default_factory=dict)
    """Groups as they were last seen: chat or chatForbidden."""
    participants: dict[int, dict[int, Any]] = field(default_factory=dict)
    """Of groups whose list was received: who is in it."""

    # The three ways to look at it

    def history(self) -> dict[int, Any]:
        """Messages by id."""
        return self.messages

    def counters(self) -> dict[int, tuple[int, ...]]:
        """Of each chat with messages: top message, unread, unread mentions, read marks of both sides."""
        tops: dict[int, int] = {}
        for message_id, message in self.messages.items():
            peer = peer_key(message.peer_id)
            tops[peer] = max(tops.get(peer, 0), message_id)
        return {
            peer: (
                top,
                self.chat(peer).unread_count,
                self.chat(peer).unread_mentions_count,
                self.chat(peer).read_inbox_max_id,
                self.chat(peer).read_outbox_max_id,
            )
            for peer, top in tops.items()
        }

    def settings(self) -> tuple[Any, ...]:
        """What has no place in the pts sequence: drafts, unread marks, pinned chats, folders."""
        titles = {peer: self.groups[peer].title for peer in self.counters() if peer in self.groups}
        drafts = {peer: chat.draft for peer, chat in self.chats.items() if chat.draft is not None}
        marks = {peer for peer, chat in self.chats.items() if chat.unread_mark}
        timers = {peer: chat.ttl_period for peer, chat in self.chats.items() if chat.ttl_period}
        scheduled = {peer: chat.scheduled for peer, chat in self.chats.items() if chat.scheduled}
        folders = list(self.filters.items())
        quick = list(self.quick_replies.items()), self.quick_reply_messages
        return titles, drafts, marks, self.pinned, self.saved_pinned, folders, timers, scheduled, quick

    def chat(self, peer: int) -> Chat:
        """The chat with a peer."""
        return self.chats.setdefault(peer, Chat())

    # A fresh fetch

    @classmethod
    def fetch(cls, device: Device) -> ClientModel:
        """Everything as a client that starts anew reads it."""
        model = cls(device.id)
        model._take_state(device.call(api.updates.GetState()))
        for folder_id in (0, 1):
            model._fetch_dialogs(device, folder_id)
        found = device.call(api.messages.GetPinnedDialogs(folder_id=0))
        model.pinned = [peer_key(dialog.peer) for dialog in found.dialogs if isinstance(dialog, api.Dialog)]
        saved = device.call(api.messages.GetPinnedSavedDialogs())
        model.saved_pinned = [peer_key(dialog.peer) for dialog in saved.dialogs]
        for update in device.call(api.messages.GetAllDrafts()).updates:
            model._apply_settings(update)
        for key in [key for key, group in model.groups.items() if isinstance(group, api.Chat)]:
            page = device.call(api.messages.GetFullChat(chat_id=-key))
            model._set_participants(page.full_chat.participants)
        folders = device.call(api.messages.GetDialogFilters()).filters
        model.filters = {getattr(folder, "id", 0): folder for folder in folders}
        model._fetch_quick_replies(device)
        return model

    def _fetch_quick_replies(self, device: Device) -> None:
        found = device.call(api.messages.GetQuickReplies(hash=0))
        for shortcut in found.quick_replies:
            self.quick_replies[shortcut.shortcut_id] = shortcut.shortcut
            request = api.messages.GetQuickReplyMessages(shortcut_id=shortcut.shortcut_id, hash=0)
            messages = device.call(request).messages
            assert (shortcut.count, shortcut.top_message) == (len(messages), messages[-1].id)
            self.quick_reply_messages |= {message.id: message for message in messages}

    def _fetch_dialogs(self, device: Device, folder_id: int) -> None:
        request = api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=_PAGE, hash=0, folder_id=folder_id
        )
        page = device.call(request)
        inputs: dict[int, Any] = {
            user.id: api.InputPeerUser(user_id=user.id, access_hash=user.access_hash or 0) for user in page.users
        }
        inputs |= {-chat.id: api.InputPeerChat(chat_id=chat.id) for chat in page.chats}
        self._see_groups(page.chats)
        for dialog in page.dialogs:
            if not isinstance(dialog, api.Dialog) or isinstance(dialog.peer, api.PeerChannel):
                continue
            peer = peer_key(dialog.peer)
            self.chats[peer] = Chat(
                dialog.read_inbox_max_id,
                dialog.read_outbox_max_id,
                dialog.unread_count,
                dialog.unread_mentions_count,
                dialog.unread_mark,
                dialog.folder_id or 0,
                _draft(dialog.draft),
                dialog.ttl_period or 0,
            )
            input_peer: Any = api.InputPeerSelf() if peer == self.user_id else inputs[peer]
            self._fetch_history(device, input_peer)
            waiting = device.call(api.messages.GetScheduledHistory(peer=input_peer, hash=0)).messages
            self.chats[peer].scheduled = {message.id: message for message in waiting}
            own = [message_id for message_id, message in self.messages.items() if peer_key(message.peer_id) == peer]
            assert dialog.top_message == max(own, default=0)
            reactions = [self.messages[message_id].reactions for message_id in own]
            unread = sum(
                any(recent.unread for recent in getattr(item, "recent_reactions", None) or ()) for item in reactions
            )
            assert dialog.unread_reactions_count == unread
            assert dialog.unread_poll_votes_count == sum(_has_unread_votes(self.messages[number]) for number in own)

    def _fetch_history(self, device: Device, peer: Any) -> None:
        offset_id = 0
        while True:
            page = device.call(
                api.messages.GetHistory(
                    peer=peer, offset_id=offset_id, offset_date=0, add_offset=0, limit=_PAGE, max_id=0, min_id=0, hash=0
                )
            )
            self.messages.update({message.id: message for message in page.messages})
            if len(page.messages) < _PAGE:
                return
            offset_id = page.messages[-1].id

    def _take_state(self, state: Any) -> None:
        self.pts, self.date = state.pts, state.date

    def _take_peers(self, container: Any) -> set[int]:
        """Keys of the users and chats that came with updates."""
        self._see_groups(container.chats)
        known = {user.id for user in container.users}
        self.user_ids |= known
        return known | {-chat.id for chat in container.chats}

    def _see_groups(self, chats: Sequence[Any]) -> None:
        for chat in chats:
            self.groups[-chat.id] = chat
            if isinstance(chat, api.ChatForbidden):
                self.participants.pop(-chat.id, None)

    # Differences

    def catch_up(self, device: Device, *, pts_limit: int | None = None) -> int:
        """Fetch what was missed, to the end; how many differences it took."""
        for count in range(1, 1000):
            request = api.updates.GetDifference(pts=self.pts, date=self.date, qts=0, pts_limit=pts_limit)
            difference = device.call(request)
            if isinstance(difference, api.updates.DifferenceEmpty):
                return count
            assert isinstance(difference, (api.updates.Difference, api.updates.DifferenceSlice)), difference
            known = self._take_peers(difference)
            # As clients do: the messages first, then what happened to them, without asking for each pts.
            for message in difference.new_messages:
                _check_peers(_mentioned(message), known)
                self._add(message)
            for update in (item for item in difference.other_updates if not _of_channel(item)):
                self._apply_effect(update)
            if isinstance(difference, api.updates.Difference):
                self._take_state(difference.state)
                return count
            assert difference.intermediate_state.pts > self.pts
            self._take_state(difference.intermediate_state)
        raise AssertionError("the difference does not end")

    # Pushes

    def apply(self, container: Any) -> None:
        """Take an Updates object as it was pushed or answered.

        Raises:
            Gap: it (or a part of it) does not follow on what is known; what precedes was applied.
        """
        match container:
            case api.UpdateShort():
                self._apply_update(container.update)
            case api.Updates():
                known = self._take_peers(container)
                for update in container.updates:
                    _check_peers(_mentioned_in(update), known)
                for update in container.updates:
                    self._apply_update(update)
            case _:
                raise AssertionError(f"unexpected {container.TL_NAME}")

    def _apply_update(self, update: Any) -> None:
        if _of_channel(update):
            return
        if "pts_count" not in update.FIELDS:
            self._apply_settings(update)
        elif self._advance(update.pts, update.pts_count):
            self._apply_effect(update)

    def _advance(self, pts: int, pts_count: int) -> bool:
        """Checklist 77: apply exactly what follows; False for what was applied before."""
        if pts > self.pts + pts_count:
            raise Gap(f"at pts {self.pts}, received {pts} with pts_count {pts_count}")
        if pts < self.pts + pts_count:
            return False
        self.pts = pts
        return True

    def _apply_effect(self, update: Any) -> None:
        match update:
            case api.UpdateNewMessage():
                self._add(update.message)
            case api.UpdateEditMessage():
                if update.message.id in self.messages:
                    self.messages[update.message.id] = update.message
            case api.UpdateDeleteMessages():
                self._delete(update.messages)
            case api.UpdateReadHistoryInbox():
                chat = self.chat(peer_key(update.peer))
                chat.read_inbox_max_id, chat.unread_count = update.max_id, update.still_unread_count
                chat.unread_mark = False
            case api.UpdateReadHistoryOutbox():
                self.chat(peer_key(update.peer)).read_outbox_max_id = update.max_id
            case api.UpdateReadMessagesContents():
                self._read_contents(update.messages)
            case api.UpdatePinnedMessages():
                self._pin(update.messages, pinned=update.pinned)
            case api.UpdateWebPage():
                self._take_page(update.webpage)
            case api.UpdateMessageReactions() | api.UpdateMessagePoll():
                pass  # the edit beside it has the message as a whole
            case api.UpdateFolderPeers():
                for item in update.folder_peers:
                    self._move(peer_key(item.peer), item.folder_id)
            case _:
                raise AssertionError(f"unexpected {update.TL_NAME}")

    def _apply_settings(self, update: Any) -> None:
        match update:
            case api.UpdateDraftMessage():
                self.chat(peer_key(update.peer)).draft = _draft(update.draft)
            case api.UpdatePeerHistoryTTL():
                self.chat(peer_key(update.peer)).ttl_period = update.ttl_period or 0
            case api.UpdateNewScheduledMessage():
                self.chat(peer_key(update.message.peer_id)).scheduled[update.message.id] = update.message
            case api.UpdateDeleteScheduledMessages():
                for message_id in update.messages:
                    self.chat(peer_key(update.peer)).scheduled.pop(message_id, None)
            case api.UpdateDialogUnreadMark():
                self.chat(peer_key(update.peer.peer)).unread_mark = update.unread
            case api.UpdateDialogPinned():
                self._pin_chat(peer_key(update.peer.peer), pinned=update.pinned)
            case api.UpdatePinnedDialogs():
                self.pinned = [peer_key(item.peer) for item in update.order or []]
            case api.UpdateSavedDialogPinned():
                self.saved_pinned = _pin_first(self.saved_pinned, peer_key(update.peer.peer), pinned_now=update.pinned)
            case api.UpdatePinnedSavedDialogs():
                self.saved_pinned = [peer_key(item.peer) for item in update.order or []]
            case api.UpdateDialogFilter():
                self._set_filter(update.id, update.filter)
            case api.UpdateDialogFilterOrder():
                self._order_filters(update.order)
            case _:
                self._apply_quick_reply(update)

    def _apply_quick_reply(self, update: Any) -> None:
        match update:
            case api.UpdateQuickReplies():
                self.quick_replies = {item.shortcut_id: item.shortcut for item in update.quick_replies}
            case api.UpdateNewQuickReply():
                self.quick_replies[update.quick_reply.shortcut_id] = update.quick_reply.shortcut
            case api.UpdateDeleteQuickReply():
                self._forget_quick_reply(update.shortcut_id)
            case api.UpdateQuickReplyMessage():
                self.quick_reply_messages[update.message.id] = update.message
            case api.UpdateDeleteQuickReplyMessages():
                for message_id in update.messages:
                    self.quick_reply_messages.pop(message_id, None)
            case _:
                self._apply_group(update)

    def _forget_quick_reply(self, shortcut_id: int) -> None:
        self.quick_replies.pop(shortcut_id, None)
        self.quick_reply_messages = {
            message_id: message
            for message_id, message in self.quick_reply_messages.items()
            if message.quick_reply_shortcut_id != shortcut_id
        }

    def _apply_group(self, update: Any) -> None:
        match update:
            case api.UpdateChatParticipants():
                self._set_participants(update.participants)
            case api.UpdateChatParticipantAdd():
                known = self.participants.get(-update.chat_id)
                if known is not None:
                    known[update.user_id] = api.ChatParticipant(
                        user_id=update.user_id, inviter_id=update.inviter_id, date=update.date
                    )
            case api.UpdateChatParticipantDelete():
                self.participants.get(-update.chat_id, {}).pop(update.user_id, None)
            case api.UpdateChatParticipantAdmin():
                self._set_admin(-update.chat_id, update.user_id, is_admin=update.is_admin)
            case api.UpdateChatParticipantRank():
                known = self.participants.get(-update.chat_id, {})
                if update.user_id in known:
                    known[update.user_id].rank = update.rank or None
            case _:
                pass  # of other areas: names, statuses, updateMessageID

    def _set_participants(self, participants: Any) -> None:
        key = -participants.chat_id
        if isinstance(participants, api.ChatParticipants):
            self.participants[key] = {item.user_id: item for item in participants.participants}
        else:
            self.participants.pop(key, None)

    def _set_admin(self, key: int, user_id: int, *, is_admin: bool) -> None:
        known = self.participants.get(key, {})
        before = known.get(user_id)
        if before is None:
            return
        constructor = api.ChatParticipantAdmin if is_admin else api.ChatParticipant
        known[user_id] = constructor(
            user_id=before.user_id, inviter_id=before.inviter_id, date=before.date, rank=before.rank
        )

    def _add(self, message: Any) -> None:
        if message.id in self.messages:
            return
        peer = peer_key(message.peer_id)
        self.messages[message.id] = message
        if self._is_unread(message):
            self.chat(peer).unread_count += 1
        if message.mentioned and message.media_unread:
            self.chat(peer).unread_mentions_count += 1

    def _is_unread(self, message: Any) -> bool:
        peer = peer_key(message.peer_id)
        return not message.out and peer != self.user_id and message.id > self.chat(peer).read_inbox_max_id

    def _delete(self, message_ids: Sequence[int]) -> None:
        for message_id in message_ids:
            message = self.messages.pop(message_id, None)
            if message is None:
                continue
            chat = self.chat(peer_key(message.peer_id))
            chat.unread_count -= self._is_unread(message)
            chat.unread_mentions_count -= bool(message.mentioned and message.media_unread)

    def _read_contents(self, message_ids: Sequence[int]) -> None:
        for message_id in message_ids:
            message = self.messages.get(message_id)
            if message is None:
                continue
            self._see_reactions(message)
            self._see_votes(message)
            if not message.media_unread:
                continue
            if message.mentioned:
                self.chat(peer_key(message.peer_id)).unread_mentions_count -= 1
            message.media_unread = False

    def _take_page(self, page: Any) -> None:
        for message in self.messages.values():
            media = getattr(message, "media", None)
            if isinstance(media, api.MessageMediaWebPage) and media.webpage.id == page.id:
                media.webpage = page
                if isinstance(page, api.WebPageEmpty):
                    message.media = None

    def _see_reactions_of(self, message_ids: Sequence[int]) -> None:
        for message_id in message_ids:
            if message_id in self.messages:
                self._see_reactions(self.messages[message_id])

    def _see_votes(self, message: Any) -> None:
        if _has_unread_votes(message):
            message.media.results.has_unread_votes = False

    def _see_reactions(self, message: Any) -> None:
        for recent in getattr(message.reactions, "recent_reactions", None) or ():
            recent.unread = False

    def _pin(self, message_ids: Sequence[int], *, pinned: bool) -> None:
        for message_id in message_ids:
            message = self.messages.get(message_id)
            if isinstance(message, api.Message):
                message.pinned = pinned

    def _pin_chat(self, peer: int, *, pinned: bool) -> None:
        self.pinned = _pin_first(self.pinned, peer, pinned_now=pinned)

    def _set_filter(self, filter_id: int, folder: Any) -> None:
        if folder is None:
            self.filters.pop(filter_id, None)
        else:
            self.filters[filter_id] = folder

    def _order_filters(self, order: Sequence[int]) -> None:
        first = [0, *(filter_id for filter_id in order if filter_id)]
        ordered = [*first, *(filter_id for filter_id in self.filters if filter_id not in first)]
        self.filters = {filter_id: self.filters[filter_id] for filter_id in ordered if filter_id in self.filters}

    def _move(self, peer: int, folder_id: int) -> None:
        self.chat(peer).folder_id = folder_id
        if folder_id:
            self._pin_chat(peer, pinned=False)

    # Own calls

    def apply_answer(self, request: Any, result: Any) -> None:
        """What the calling device knows from the answer to its own call, for which it gets no push."""
        if isinstance(result, api.UpdateShortSentMessage):
            if self._advance(result.pts, result.pts_count):
                self._add(_sent(self.user_id, request, result))
        elif isinstance(result, (api.Updates, api.UpdateShort)):
            self.apply(result)
        elif isinstance(result, (api.messages.InvitedUsers, api.messages.ChatInviteJoinResultOk)):
            self.apply(result.updates)
        elif isinstance(result, api.chatlists.ExportedChatlistInvite):
            self._set_filter(request.chatlist.filter_id, result.filter)
        elif isinstance(result, (api.messages.AffectedMessages, api.messages.AffectedHistory)):
            if self._advance(result.pts, result.pts_count):
                self._apply_own(request)
            return
        self._apply_own_settings(request)

    def _apply_own(self, request: Any) -> None:
        match request:
            case api.messages.DeleteMessages():
                self._delete(request.id)
            case api.messages.DeleteHistory():
                own = self._ids_with(request.peer, request.max_id)
                self._delete([message_id for message_id in own if self._is_within(message_id, request)])
            case api.messages.ReadHistory():
                self._read_inbox(request)
            case api.messages.ReadMessageContents():
                self._read_contents([message_id for message_id in request.id if not self._is_own(message_id)])
                self._see_reactions_of(request.id)
                for message_id in request.id:
                    self._see_votes(self.messages[message_id])
            case api.messages.ReadReactions():
                self._see_reactions_of(self._ids_with(request.peer, 0))
            case api.messages.ReadPollVotes():
                for message_id in self._ids_with(request.peer, 0):
                    self._see_votes(self.messages[message_id])
            case api.messages.ReadMentions():
                own = self._ids_with(request.peer, 0)
                self._read_contents([message_id for message_id in own if self.messages[message_id].mentioned])
            case api.messages.DeleteSavedHistory():
                origin = api.PeerUser(user_id=self._peer(request.peer))
                own = self._ids_with(api.InputPeerSelf(), request.max_id)
                self._delete([message_id for message_id in own if self.messages[message_id].saved_peer_id == origin])
            case api.messages.UnpinAllMessages():
                self._pin(self._ids_with(request.peer, 0), pinned=False)
            case _:
                raise AssertionError(f"unexpected {request.TL_NAME}")

    def _apply_own_settings(self, request: Any) -> None:
        match request:
            case api.messages.EditChatAdmin():
                self._set_admin(-request.chat_id, request.user_id.user_id, is_admin=request.is_admin)
            case api.messages.DeleteChat():
                self.participants.pop(-request.chat_id, None)
            case api.messages.SendMessage() | api.messages.SendMedia() | api.messages.SendMultiMedia():
                if request.clear_draft:
                    self.chat(self._peer(request.peer)).draft = None
            case api.messages.ToggleDialogPin():
                self._pin_chat(self._peer(request.peer.peer), pinned=request.pinned)
            case api.messages.ReorderPinnedDialogs():
                self.pinned = self._reordered(self.pinned, request)
            case api.messages.ToggleSavedDialogPin():
                self.saved_pinned = _pin_first(
                    self.saved_pinned, self._peer(request.peer.peer), pinned_now=request.pinned
                )
            case api.messages.ReorderPinnedSavedDialogs():
                self.saved_pinned = self._reordered(self.saved_pinned, request)
            case api.messages.MarkDialogUnread():
                self.chat(self._peer(request.peer.peer)).unread_mark = request.unread
            case api.messages.SaveDraft():
                empty = not request.message and request.reply_to is None
                text = request.message
                self.chat(self._peer(request.peer)).draft = None if empty else (text, request.entities)
            case api.messages.UpdateDialogFilter():
                self._set_filter(request.id, request.filter)
            case api.messages.UpdateDialogFiltersOrder():
                self._order_filters(request.order)
            case api.messages.ClearAllDrafts():
                for chat in self.chats.values():
                    chat.draft = None
            case _:
                self._change_quick_replies(request)

    def _change_quick_replies(self, request: Any) -> None:
        match request:
            case api.messages.DeleteQuickReplyShortcut():
                self._forget_quick_reply(request.shortcut_id)
            case api.messages.EditQuickReplyShortcut():
                self.quick_replies[request.shortcut_id] = request.shortcut
            case api.messages.ReorderQuickReplies():
                self.quick_replies = {number: self.quick_replies[number] for number in request.order}
            case _:
                pass

    def _reordered(self, pinned: Sequence[int], request: Any) -> list[int]:
        order = [self._peer(item.peer) for item in request.order]
        return order + ([] if request.force else [peer for peer in pinned if peer not in order])

    def _read_inbox(self, request: Any) -> None:
        peer = self._peer(request.peer)
        chat = self.chat(peer)
        # 0 stands for everything; the server's mark then is the newest message of the box.
        chat.read_inbox_max_id = max(chat.read_inbox_max_id, request.max_id or max(self.messages, default=0))
        own = [self.messages[message_id] for message_id in self._ids_with(request.peer, 0)]
        chat.unread_count = sum(self._is_unread(message) for message in own)
        chat.unread_mark = False

    def _is_own(self, message_id: int) -> bool:
        message = self.messages.get(message_id)
        return message is None or bool(message.out)

    def _is_within(self, message_id: int, request: Any) -> bool:
        date = self.messages[message_id].date
        return bool((request.min_date or 0) <= date <= (request.max_date or date))

    def _ids_with(self, peer: Any, max_id: int) -> list[int]:
        key = self._peer(peer)
        return [
            message_id
            for message_id, message in self.messages.items()
            if peer_key(message.peer_id) == key and (not max_id or message_id <= max_id)
        ]

    def _peer(self, peer: Any) -> int:
        if isinstance(peer, api.InputPeerChat):
            return -peer.chat_id
        return self.user_id if isinstance(peer, api.InputPeerSelf) else int(peer.user_id)

    def copy(self) -> ClientModel:
        """A snapshot, as a device that goes offline keeps."""
        return copy.deepcopy(self)


def _has_unread_votes(message: Any) -> bool:
    media = getattr(message, "media", None)
    return isinstance(media, api.MessageMediaPoll) and bool(media.results.has_unread_votes)


def _of_channel(update: Any) -> bool:
    return "channel_id" in update.FIELDS or isinstance(
        update, api.UpdateNewChannelMessage | api.UpdateEditChannelMessage
    )


def _pin_first(pinned: Sequence[int], peer: int, *, pinned_now: bool) -> list[int]:
    rest = [other for other in pinned if other != peer]
    return [peer, *rest] if pinned_now else rest


def _draft(draft: Any) -> Any:
    """A draft without its date, which the device that wrote it does not learn."""
    return (draft.message, draft.entities) if isinstance(draft, api.DraftMessage) else None


def _sent(user_id: int, request: Any, answer: Any) -> Any:
    """The message that a client shows after updateShortSentMessage: its own request and the answer."""
    peer = user_id if isinstance(request.peer, api.InputPeerSelf) else request.peer.user_id
    reply_to = None
    if isinstance(request.reply_to, api.InputReplyToMessage):
        quote = request.reply_to.quote_text
        reply_to = api.MessageReplyHeader(
            reply_to_msg_id=request.reply_to.reply_to_msg_id,
            quote=quote is not None,
            quote_text=quote,
            quote_entities=request.reply_to.quote_entities or None,
            quote_offset=request.reply_to.quote_offset,
        )
    return api.Message(
        out=answer.out,
        id=answer.id,
        from_id=api.PeerUser(user_id=user_id),
        peer_id=api.PeerUser(user_id=peer),
        date=answer.date,
        message=request.message,
        entities=answer.entities,
        media=answer.media,
        ttl_period=answer.ttl_period,
        reply_to=reply_to,
        silent=request.silent,
        noforwards=request.noforwards,
        invert_media=request.invert_media,
    )


def _mentioned(message: Any) -> set[int]:
    """Peers that a message names."""
    forward = getattr(message, "fwd_from", None)
    peers = [message.peer_id, message.from_id, getattr(forward, "from_id", None)]
    action = getattr(message, "action", None)
    people = {*getattr(action, "users", ()), *([action.user_id] if hasattr(action, "user_id") else ())}
    return {peer_key(peer) for peer in peers if peer is not None} | people


def _mentioned_in(update: Any) -> set[int]:
    if isinstance(update, (api.UpdateNewMessage, api.UpdateEditMessage)):
        return _mentioned(update.message)
    peer = getattr(update, "peer", None)
    found = {peer_key(peer)} if isinstance(peer, (api.PeerUser, api.PeerChat)) else set()
    found |= {-update.chat_id} if hasattr(update, "chat_id") else set()
    return found | ({update.user_id} if hasattr(update, "user_id") else set())


def _check_peers(mentioned: set[int], known: set[int]) -> None:
    """Checklist 81: everyone mentioned in a container is in it."""
    assert mentioned <= known, f"peers {mentioned - known} are mentioned but not included"
