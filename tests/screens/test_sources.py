"""The sources on the screens: fetched with R among the issues, shown with W; added, renamed, removed, cancelled."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desk.feeds import FeedServer, always, feed_servers, item, rss, steady
from tests.providers.server import Behaviour, Seen, reply
from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.screens.sources import Sources
from tui.settings import Network, Settings

MakeDesk = Callable[..., Desk]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_servers() as (one,):
        yield one


@pytest.fixture
def desk(make_desk: MakeDesk, server: FeedServer) -> Desk:
    return make_desk(settings=Settings(network=Network(allow=(server.url,), contact="")))


def follow(desk: Desk, *urls: str) -> None:
    rows = "".join(f'<outline text="Feed {n}" xmlUrl="{url}"/>' for n, url in enumerate(urls))
    desk.sources.take_opml(f"<opml version='2.0'><body>{rows}</body></opml>".encode(), "list.opml")


async def until(hands: Driven, done: Callable[[], bool]) -> None:
    for _ in range(300):
        await hands.pilot.pause(0.02)
        if done():
            await hands.settle()
            return
    raise AssertionError(f"it never came to pass\n{hands.screen_text}")


async def test_r_among_the_issues_fetches_and_says_what_came(desk: Desk, server: FeedServer) -> None:
    server.pages["/a"] = steady(rss("Letters of A", item(1), item(2)))
    server.pages["/b"] = always(reply(500, b""))
    follow(desk, f"{server.url}/a", f"{server.url}/b")
    async with driven(desk) as hands:
        await hands.press("h", "R")
        await until(hands, lambda: bool(hands.toasts))
        assert "2 sources: 2 new issues, 2 new papers, 1 failed. W shows why." in hands.toasts[-1]
        assert "Letter 2" in hands.screen_text
        await hands.press("W")
        await until(hands, lambda: "Letters of A" in hands.screen_text or "Feed 0" in hands.screen_text)
        await hands.press("G")
        text = hands.screen_text
        assert "failed" in text
        assert "answers 500 Internal Server Error. Next try in 1" in text
        assert "2 followed, 2 unread, 1 failed" in text
        await hands.press("escape")
        assert not isinstance(hands.app.screen, Sources)


async def test_without_sources_it_says_how_to_follow_one(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("h", "R")
        await until(hands, lambda: bool(hands.toasts))
        assert "W follows one" in hands.toasts[-1]
        await hands.press("W")
        await until(hands, lambda: "No source is followed yet" in hands.screen_text)


async def test_one_is_added_by_its_page_fetched_renamed_removed_and_brought_back(
    desk: Desk, server: FeedServer
) -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>x</body></html>'
    server.pages = {
        "/": always(reply(200, page, "text/html")),
        "/feed": steady(rss("The letters", item(1), item(2))),
    }
    async with driven(desk) as hands:
        await hands.press("W", "a", *f"{server.url}/", "enter")
        await until(hands, lambda: "2 unread" in hands.screen_text and bool(desk.shelf()))
        assert "The letters" in hands.screen_text
        await hands.press("e", *["backspace"] * 11, *"Mine", "enter")
        await until(hands, lambda: "Mine" in hands.screen_text)
        await hands.press("x")
        await until(hands, lambda: "followed no more" in hands.screen_text)
        assert desk.sources.list() == ()
        await hands.press("u")
        await until(hands, lambda: "Undone: Mine removed" in hands.screen_text)
        assert [each.title for each in desk.sources.list()] == ["Mine"]
        await hands.press("enter")
        await until(hands, lambda: not isinstance(hands.app.screen, Sources))
        assert hands.browse.issue == next(row.id for row in desk.shelf() if row.title == "Letter 2")


async def test_what_cannot_be_followed_is_said(desk: Desk, server: FeedServer) -> None:
    server.pages = {"/": always(reply(200, b"<html><body>Nothing</body></html>", "text/html"))}
    async with driven(desk) as hands:
        await hands.press("W", "a", *f"{server.url}/", "enter")
        await until(hands, lambda: "names no feed" in hands.screen_text)
        await hands.press("a", *"javascript:x", "enter")
        await until(hands, lambda: "no address on the web" in hands.screen_text)
        await hands.press("a", "escape")
        assert isinstance(hands.app.screen, Sources)


async def test_a_list_is_added_from_a_file(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.opml"
    path.write_text(
        "<opml version='2.0'><body><outline text='Good ones'><outline text='A' xmlUrl='https://a.example/f'/></outline>"
        "<outline text='B' xmlUrl='https://b.example/f'/></body></opml>"
    )
    async with driven(desk) as hands:
        await hands.press("W", "a")
        hands.app.screen.query_one("#sources-field").value = str(path)  # type: ignore[attr-defined]
        await hands.press("enter")
        await until(hands, lambda: "2 sources followed" in hands.screen_text)
        assert "Good ones" in hands.screen_text


async def test_escape_cancels_what_is_fetched_and_the_rest_is_gone_on_with(desk: Desk, server: FeedServer) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def hold(_seen: Seen) -> Behaviour:
        def behave(connection: object) -> None:
            reached.set()
            go_on.wait(10)

        return behave

    server.pages = {"/0": steady(rss("Zero", item(1))), "/1": hold, "/2": steady(rss("Two", item(2)))}
    follow(desk, *(f"{server.url}/{n}" for n in range(3)))
    async with driven(desk) as hands:
        await hands.pilot.press("W")
        await hands.pilot.pause(0.1)
        await hands.pilot.press("R")
        await asyncio.to_thread(reached.wait, 10)
        for _ in range(100):
            await hands.pilot.pause(0.05)
            if "1 of 3" in hands.screen_text and "asking" in hands.screen_text:
                break
        assert "1 of 3" in hands.screen_text
        assert "asking" in hands.screen_text
        await hands.pilot.press("escape")
        await until(hands, lambda: hands.browse.going is None)
        go_on.set()
        assert isinstance(hands.app.screen, Sources)
        server.pages["/1"] = steady(rss("One", item(3)))
        asked = len(server.seen)
        await hands.press("R")
        await until(hands, lambda: len(desk.shelf()) == 3 and hands.browse.going is None)
        assert {seen.target for seen in server.seen[asked:]} == {"/1", "/2"}


async def test_r_elsewhere_asks_about_papers_as_before(sample_desk: Desk) -> None:
    async with driven(sample_desk) as hands:
        await hands.press("R")
        assert not hands.browse._begun
