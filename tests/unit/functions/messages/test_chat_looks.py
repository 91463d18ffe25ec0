"""Themes, wallpapers and protection of private chats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Client, Harness
from tests.unit.files.uploading import picture
from tests.unit.functions.messages.world import last_id, write
from tests.unit.functions.stickers.offering import offer, with_content
from tl import api

M, A = api.messages, api.account
DAY = {"base_theme": "day", "accent_color": "#336699", "message_colors": ["#112233"], "outbox_accent_color": "#445566"}
COLORS = {"background_color": "#0000ff", "second_background_color": "#00ff00", "rotation": 45, "motion": True}
BLUE = {"slug": "blue", "dark": True, "settings": COLORS}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Harness]:
    harness = with_content(tmp_path)
    folder = harness.services.settings.content
    assert folder is not None
    (folder / "sea.png").write_bytes(picture(400, 300, "PNG"))
    yield harness
    harness.close()


def page(client: Client, other: Client) -> Any:
    client.server.settle()
    return client.call(api.users.GetFullUser(id=client.input_user(other))).full_user


def newest(client: Client) -> Any:
    client.server.settle()
    return client.call(M.GetMessages(id=[api.InputMessageID(id=last_id(client))])).messages[0]


# Themes


def test_a_theme_for_both(server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    winter = {"emoticon": "🎄", "title": "Winter", "settings": [{**DAY, "wallpaper": BLUE}]}
    assert alice.call(A.GetChatThemes(hash=0)) == A.Themes(hash=0, themes=[])
    offer(server, "chat_themes.json", [winter])
    found = alice.call(A.GetChatThemes(hash=0))
    (theme,) = found.themes
    (shown,) = theme.settings
    assert (theme.emoticon, theme.title, theme.for_chat) == ("🎄", "Winter", True)
    assert (shown.base_theme, shown.accent_color, shown.message_colors) == (api.BaseThemeDay(), 0x336699, [0x112233])
    assert shown.wallpaper.settings.background_color == 0xFF
    assert isinstance(alice.call(A.GetChatThemes(hash=found.hash)), A.ThemesNotModified)
    for named in (api.InputThemeSlug(slug=theme.slug), api.InputTheme(id=theme.id, access_hash=theme.access_hash)):
        assert alice.call(A.GetTheme(format="ios", theme=named)) == theme
    fails("THEME_INVALID", alice, A.GetTheme(format="ios", theme=api.InputTheme(id=theme.id, access_hash=1)))

    def choose(given: Any) -> Any:
        return M.SetChatTheme(peer=alice.peer(bob), theme=given)

    alice.call(choose(api.InputChatTheme(emoticon="🎄")))
    assert page(alice, bob).theme == page(bob, alice).theme == api.ChatTheme(emoticon="🎄")
    assert newest(bob).action == api.MessageActionSetChatTheme(theme=api.ChatTheme(emoticon="🎄"))
    fails("EMOJI_NOT_MODIFIED", alice, choose(api.InputChatTheme(emoticon="🎄")))
    fails("EMOJI_INVALID", alice, choose(api.InputChatTheme(emoticon="🦄")))
    fails("EMOJI_INVALID", alice, choose(api.InputChatThemeUniqueGift(slug="x")))
    bob.call(M.SetChatTheme(peer=bob.peer(alice), theme=api.InputChatThemeEmpty()))
    assert page(alice, bob).theme is None and page(bob, alice).theme is None
    fails("PEER_ID_INVALID", alice, M.SetChatTheme(peer=api.InputPeerSelf(), theme=api.InputChatThemeEmpty()))


@pytest.mark.parametrize(
    ("file", "entry"),
    [
        ("chat_themes.json", {"emoticon": "🎄", "title": "x", "settings": []}),
        ("chat_themes.json", {"emoticon": "🎄", "title": "x", "settings": [{**DAY, "base_theme": "dusk"}]}),
        ("chat_themes.json", {"emoticon": "🎄", "title": "x", "settings": [{**DAY, "accent_color": "blue"}]}),
        ("chat_themes.json", {"emoticon": "🎄", "title": "x", "settings": [{**DAY, "wallpaper": "blue"}]}),
        ("wallpapers.json", {"slug": "no settings"}),
        ("wallpapers.json", {"slug": "x"}),
        ("wallpapers.json", {"slug": "x", "settings": []}),
        ("wallpapers.json", {"slug": "x", "settings": {"background_color": "#000000", "rotation": 40}}),
        ("wallpapers.json", {"slug": "x", "settings": {**COLORS, "rotation": 400}}),
        ("wallpapers.json", {"slug": "x", "file": "icon.webp"}),
    ],
)
def test_what_is_wrong_is_not_offered(
    server: Harness, alice: Client, caplog: pytest.LogCaptureFixture, file: str, entry: Any
) -> None:
    offer(server, file, [entry])
    assert "content folder not taken in" in caplog.text
    assert alice.call(A.GetWallPapers(hash=0)).wallpapers == []
    assert alice.call(A.GetChatThemes(hash=0)).themes == []


@pytest.mark.parametrize(
    ("file", "entry"),
    [("wallpapers.json", BLUE), ("chat_themes.json", {"emoticon": "🎄", "title": "x", "settings": [DAY]})],
)
def test_nothing_is_offered_twice(
    server: Harness, alice: Client, caplog: pytest.LogCaptureFixture, file: str, entry: Any
) -> None:
    offer(server, file, [entry, entry])
    assert "content folder not taken in" in caplog.text


# Wallpapers


def test_wallpapers_to_choose_from(server: Harness, alice: Client, fails: Callable[..., Any]) -> None:
    offer(server, "wallpapers.json", [BLUE, {"slug": "sea", "file": "sea.png", "default": True}])
    found = alice.call(A.GetWallPapers(hash=0))
    blue, sea = found.wallpapers
    assert isinstance(blue, api.WallPaperNoFile) and blue.dark and blue.settings.rotation == 45
    assert sea.slug == "sea" and sea.document.thumbs and sea.document.access_hash
    assert isinstance(alice.call(A.GetWallPapers(hash=found.hash)), A.WallPapersNotModified)
    names = [
        api.InputWallPaper(id=sea.id, access_hash=sea.access_hash),
        api.InputWallPaperSlug(slug="sea"),
        api.InputWallPaperNoFile(id=blue.id),
    ]
    assert [item.id for item in alice.call(A.GetMultiWallPapers(wallpapers=names))] == [sea.id, sea.id, blue.id]
    assert alice.call(A.GetWallPaper(wallpaper=names[2])) == blue
    wrong = api.InputWallPaper(id=sea.id, access_hash=1)
    fails("WALLPAPER_INVALID", alice, A.GetWallPaper(wallpaper=wrong))
    fails("WALLPAPER_INVALID", alice, A.GetMultiWallPapers(wallpapers=[wrong] * 101))


def test_a_wallpaper_of_a_chat(server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    offer(server, "wallpapers.json", [{"slug": "sea", "file": "sea.png"}])
    mine, theirs = alice.peer(bob), bob.peer(alice)
    dim = api.WallPaperSettings(intensity=20)
    alice.call(M.SetChatWallPaper(peer=mine, wallpaper=api.InputWallPaperSlug(slug="sea"), settings=dim))
    shown = page(alice, bob).wallpaper
    assert (shown.slug, shown.settings.intensity) == ("sea", 20) and shown.document.file_reference
    assert page(bob, alice).wallpaper is None
    action = newest(bob).action
    assert not action.same and not action.for_both and action.wallpaper.document.access_hash
    # The other side likes it too.
    bob.call(M.SetChatWallPaper(peer=theirs, id=last_id(bob), settings=api.WallPaperSettings(intensity=30)))
    assert page(bob, alice).wallpaper.settings.intensity == 30
    assert newest(alice).action.same
    alice.call(M.SetChatWallPaper(peer=mine))
    assert page(alice, bob).wallpaper is None and page(bob, alice).wallpaper is not None
    stranger = write(alice, bob, "no wallpaper")[0]
    fails("WALLPAPER_NOT_FOUND", alice, M.SetChatWallPaper(peer=mine, id=stranger))
    fails("WALLPAPER_INVALID", alice, M.SetChatWallPaper(peer=mine, wallpaper=api.InputWallPaperSlug(slug="x")))
    nothing = api.InputWallPaperNoFile(id=0)
    fails("WALLPAPER_INVALID", alice, M.SetChatWallPaper(peer=mine, wallpaper=nothing, settings=dim))
    themed = api.WallPaperSettings(emoticon="🎄")
    for named in ({"wallpaper": api.InputWallPaperSlug(slug="sea")}, {"id": last_id(alice) - 1}):
        fails("WALLPAPER_INVALID", alice, M.SetChatWallPaper(peer=mine, settings=themed, **named))
    channel = alice.call(api.channels.CreateChannel(title="C", about="", broadcast=True)).chats[0].id
    fails("BOOSTS_REQUIRED", alice, M.SetChatWallPaper(peer=alice.channel_peer(channel)))


def test_a_wallpaper_for_both_is_undone(server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    mine, theirs = alice.peer(bob), bob.peer(alice)

    def colored(peer: Any, color: int, **options: Any) -> Any:
        settings = api.WallPaperSettings(background_color=color)
        return M.SetChatWallPaper(peer=peer, wallpaper=api.InputWallPaperNoFile(id=0), settings=settings, **options)

    def color_of(client: Client, other: Client) -> tuple[int, bool]:
        full = page(client, other)
        return full.wallpaper.settings.background_color, full.wallpaper_overridden

    bob.call(colored(theirs, 1))
    fails("WALLPAPER_NOT_FOUND", bob, M.SetChatWallPaper(peer=theirs, revert=True))
    tablet = server.device(bob.id)
    server.settle()
    tablet.pushes()
    alice.call(colored(mine, 2, for_both=True))
    alice.call(colored(mine, 3, for_both=True))
    assert color_of(alice, bob) == (3, False) and color_of(bob, alice) == (3, True)
    told = [update for update in tablet.pushes() if isinstance(update, api.UpdatePeerWallpaper)]
    assert [update.wallpaper.settings.background_color for update in told] == [2, 3]
    assert all(update.wallpaper_overridden for update in told)
    bob.call(M.SetChatWallPaper(peer=theirs, revert=True))
    assert color_of(bob, alice) == (1, False) and color_of(alice, bob) == (3, False)


# Protection


def toggle(client: Client, other: Client, enabled: bool, request_msg_id: int | None = None) -> Any:
    return M.ToggleNoForwards(peer=client.peer(other), enabled=enabled, request_msg_id=request_msg_id)


def protection(client: Client, other: Client) -> tuple[bool, bool]:
    full = page(client, other)
    return bool(full.noforwards_my_enabled), bool(full.noforwards_peer_enabled)


def test_a_protected_chat(server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    (said,) = write(alice, bob, "a secret")
    forward = M.ForwardMessages(
        from_peer=bob.peer(alice), to_peer=api.InputPeerSelf(), id=[last_id(bob)], random_id=[7]
    )
    fails("CHAT_NOT_MODIFIED", alice, toggle(alice, bob, False))
    alice.call(toggle(alice, bob, True))
    assert newest(bob).action == api.MessageActionNoForwardsToggle(prev_value=False, new_value=True)
    assert protection(alice, bob) == (True, False) and protection(bob, alice) == (False, True)
    fails("CHAT_FORWARDS_RESTRICTED", bob, forward)
    own = M.ForwardMessages(from_peer=alice.peer(bob), to_peer=api.InputPeerSelf(), id=[said], random_id=[8])
    fails("CHAT_FORWARDS_RESTRICTED", alice, own)
    fails("CHAT_NOT_MODIFIED", alice, toggle(alice, bob, True))
    alice.call(toggle(alice, bob, False))
    assert protection(alice, bob) == (False, False) == protection(bob, alice)
    bob.call(forward)


def test_asking_to_end_the_protection(server: Harness, alice: Client, bob: Client, fails: Callable[..., Any]) -> None:
    alice.call(toggle(alice, bob, True))
    server.settle()

    def ask() -> int:
        bob.call(toggle(bob, alice, False))
        assert newest(alice).action == api.MessageActionNoForwardsRequest(prev_value=True, new_value=False)
        return last_id(alice)

    asked = ask()
    # Not an answer: one's own request, or none at all.
    fails("REQUEST_MSG_EXPIRED", bob, toggle(bob, alice, False, last_id(bob)))
    fails("REQUEST_MSG_EXPIRED", alice, toggle(alice, bob, False, 1))
    fails("REQUEST_MSG_EXPIRED", alice, toggle(alice, bob, False, 900))
    alice.call(toggle(alice, bob, True, asked))
    assert newest(bob).action == api.MessageActionNoForwardsToggle(prev_value=True, new_value=True)
    assert protection(bob, alice) == (False, True)
    fails("REQUEST_MSG_EXPIRED", alice, toggle(alice, bob, False, asked))
    # Both protect it: the end is for both.
    bob.call(toggle(bob, alice, True))
    assert protection(alice, bob) == (True, True)
    alice.call(toggle(alice, bob, False, ask()))
    assert protection(alice, bob) == (False, False) == protection(bob, alice)
