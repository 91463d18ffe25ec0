"""Link previews: https://core.telegram.org/method/messages.getWebPagePreview."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from functions.messages.web_pages import fetch_pages
from layers.domain.web_pages import normal_url
from layers.errors import RpcError
from layers.safe_fetch import Policy
from tests.harness import Client, Harness
from tests.unit.domain.test_safe_fetch import loopback, page, serving
from tests.unit.files.uploading import picture
from tests.unit.functions.messages.conftest import World
from tests.unit.functions.messages.world import history, statements, write
from tl import api

_RANDOM_IDS = itertools.count(1)
PAGE = (
    b'<title>A page</title><meta property="og:description" content="about it">'
    b'<meta property="og:image" content="/p.png">'
)


def answer(line: str) -> bytes:
    if "/p.png" in line:
        return page(picture(80, 60, "PNG"), kind="image/png")
    if "/missing" in line:
        return page(b"", status="404 Not Found")
    return page(PAGE)


def say(client: Client, to: Client, text: str, **options: Any) -> Any:
    request = api.messages.SendMessage(peer=client.peer(to), message=text, random_id=next(_RANDOM_IDS), **options)
    result = client.call(request)
    client.server.settle()
    return result


def newest(client: Client, other: Client) -> Any:
    return client.call(history(client.peer(other), limit=1)).messages[0]


def run_job(world: World, policy: Policy | None = None) -> int:
    count = fetch_pages(world.server.services, policy or loopback())
    world.server.settle()
    return count


def test_a_preview_arrives_later(world: World) -> None:
    with serving(answer) as port:
        url = f"http://example.org:{port}/article"
        result = say(world.alice, world.bob, f"see {url}")
        pending = result.updates[-1].message.media.webpage
        assert isinstance(pending, api.WebPagePending) and pending.url == url
        assert isinstance(newest(world.bob, world.alice).media.webpage, api.WebPagePending)
        for client in (world.alice, world.bob):
            client.pushes()
        assert run_job(world) == 1
    for client, other in ((world.alice, world.bob), (world.bob, world.alice)):
        (update,) = client.pushes()
        assert isinstance(update, api.UpdateWebPage) and update.pts_count == 1
        shown = newest(client, other).media.webpage
        assert update.webpage == shown
        assert (shown.id, shown.title, shown.description) == (pending.id, "A page", "about it")
        assert (shown.site_name, shown.display_url) == ("example.org", f"example.org:{port}/article")
        assert shown.photo.access_hash
    assert run_job(world) == 0
    # Known pages are there at once.
    again = say(world.alice, world.carol, url).updates[-1].message.media.webpage
    assert again.title == "A page"


def test_a_page_without_a_preview(world: World) -> None:
    with serving(answer) as port:
        url = f"http://example.org:{port}/missing"
        say(world.alice, world.bob, url)
        world.bob.pushes()
        assert run_job(world) == 1
        (update,) = world.bob.pushes()
        assert isinstance(update.webpage, api.WebPageEmpty)
        assert newest(world.bob, world.alice).media is None
        assert isinstance(say(world.alice, world.bob, url), api.UpdateShortSentMessage)


def test_private_addresses_are_not_fetched(world: World) -> None:
    asked: list[str] = []
    with serving(lambda line: (asked.append(line), page(PAGE))[1]) as port:
        say(world.alice, world.bob, f"http://127.0.0.1:{port}/")
        say(world.alice, world.bob, "http://intranet.example/")
        assert run_job(world, Policy(resolve=lambda _host, _port: ["127.0.0.1"])) == 2
    assert asked == []
    assert newest(world.bob, world.alice).media is None


def test_who_wants_none(world: World, tmp_path: Path) -> None:
    say(world.alice, world.bob, "http://example.org/", no_webpage=True)
    assert newest(world.bob, world.alice).media is None
    assert run_job(world) == 0
    (tmp_path / "off").mkdir()
    server = Harness(tmp_path / "off", link_previews=False)
    dave, erin = server.user("Dave"), server.user("Erin")
    say(dave, erin, "http://example.org/")
    assert newest(erin, dave).media is None
    assert fetch_pages(server.services) == 0
    server.close()


def test_editing(world: World) -> None:
    with serving(answer) as port:
        message_id = write(world.alice, world.bob, "no link")[0]
        peer = world.alice.peer(world.bob)
        text = f"http://example.org:{port}/"
        edit = api.messages.EditMessage(peer=peer, id=message_id, message=text)
        world.alice.call(edit)
        world.server.settle()
        run_job(world)
        assert newest(world.bob, world.alice).media.webpage.title == "A page"
        with pytest.raises(RpcError, match="MESSAGE_NOT_MODIFIED"):
            world.alice.call(edit)
        assert not world.alice.call(api.messages.GetMessageEditData(peer=peer, id=message_id)).caption
        world.alice.call(api.messages.EditMessage(peer=peer, id=message_id, no_webpage=True))
        world.server.settle()
        assert newest(world.bob, world.alice).media is None


def test_asking_for_a_preview(world: World) -> None:
    with serving(answer) as port:
        request = api.messages.GetWebPagePreview(message=f"http://example.org:{port}/x")
        assert isinstance(world.alice.call(request).media.webpage, api.WebPagePending)
        run_job(world)
        (update,) = [item for item in world.alice.pushes() if isinstance(item, api.UpdateWebPage)]
        assert update.webpage.title == "A page"
        assert world.alice.call(request).media.webpage == update.webpage
    without = api.messages.GetWebPagePreview(message="no link")
    assert isinstance(world.alice.call(without).media, api.MessageMediaEmpty)


def test_a_page_by_name(world: World) -> None:
    with serving(answer) as port:
        media = api.InputMediaWebPage(url=f"http://example.org:{port}/y", force_large_media=True)
        request = api.messages.SendMedia(
            peer=world.alice.peer(world.bob), media=media, message="text", random_id=next(_RANDOM_IDS)
        )
        world.alice.call(request)
        world.server.settle()
        run_job(world)
        shown = newest(world.bob, world.alice).media
        assert shown.webpage.title == "A page" and shown.force_large_media and shown.manual
    for url in ("ftp://example.org", "example", "http://user@example.org/"):
        wrong = api.InputMediaWebPage(url=url)
        with pytest.raises(RpcError, match="WEBPAGE_URL_INVALID"):
            world.alice.call(
                api.messages.SendMedia(
                    peer=world.alice.peer(world.bob), media=wrong, message="x", random_id=next(_RANDOM_IDS)
                )
            )


def test_a_channel_is_told_once(world: World) -> None:
    created = world.alice.call(api.channels.CreateChannel(title="News", about="", broadcast=True))
    channel_id = created.chats[0].id
    peer = world.alice.channel_peer(channel_id)
    with serving(answer) as port:
        text = f"http://example.org:{port}/z"
        world.alice.call(api.messages.SendMessage(peer=peer, message=text, random_id=next(_RANDOM_IDS)))
        world.alice.pushes()
        run_job(world)
    (update,) = [item for item in world.alice.pushes() if isinstance(item, api.UpdateChannelWebPage)]
    assert (update.channel_id, update.webpage.title) == (channel_id, "A page")
    assert world.alice.call(history(peer, limit=1)).messages[0].media.webpage.title == "A page"


def test_a_page_of_links_costs_one_statement_more(world: World) -> None:
    write(world.alice, world.bob, "text")
    request = history(world.alice.peer(world.bob))
    plain = statements(world.alice, request)
    for number in range(5):
        say(world.alice, world.bob, f"http://example.org/{number}")
    assert statements(world.alice, request) == plain + 1


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://Example.org", "http://example.org/"),
        ("https://example.org/a#b", "https://example.org/a"),
        ("http://пример.испытание/я?q=ё", "http://xn--e1afmkfd.xn--80akhbyknj4f/%D1%8F?q=%D1%91"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://localhost/", None),
        ("http://a@b.c/", None),
        ("mailto:a@b.c", None),
        ("http://[::1/", None),
    ],
)
def test_urls(url: str, normal: str | None) -> None:
    assert normal_url(url) == normal
