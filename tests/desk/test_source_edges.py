"""Following what is no feed, goes away, changes its name, or cannot be reached; backups beside it all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.feeds import FeedServer, Page, always, feed_servers, item, rss, steady
from tests.desk.test_sources import follow, refresh
from tests.providers.server import reply
from tui.desk import Desk
from tui.desk.keeping import Keeping
from tui.errors import LibraryError, StoppedError, UnknownError, UnreadableError
from tui.library import Library
from tui.model import FollowedSource
from tui.providers.web import Stop
from tui.settings import Network, Settings

LIST = b"<html><body><h1>Papers of the week</h1><ul>" + b"".join(
    f'<li><a href="https://arxiv.org/abs/2101.0000{n}">A study of question number {n}</a></li>'.encode()
    for n in range(1, 5)
)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_servers() as (one,):
        yield one


@pytest.fixture
def desk(tmp_path: Path, server: FeedServer) -> Iterator[Desk]:
    settings = Settings(network=Network(allow=(server.url,)))
    with Desk(Library(tmp_path / "followed"), settings, backups=False) as made:
        yield made


def html(text: bytes) -> Page:
    return always(reply(200, b"<html><head></head><body>" + text + b"</body></html>", "text/html"))


@pytest.mark.parametrize(
    ("kind", "body", "what"),
    [
        ("text/html", b"<html><body><h1>Just a moment...</h1></body></html>", "a check for humans"),
        ("text/html", b"<html><body>Making sure you are not a bot</body></html>", "a check for humans"),
        ("text/html", b'<html><form><input name="x" type = "password"></form></html>', "a login page"),
        ("text/html", b"<html><body>Gone fishing</body></html>", "a web page"),
        ("text/plain", b"Gone fishing, with a password and a captcha of one's own.", "a text"),
    ],
)
def test_what_comes_in_place_of_a_feed_is_called_by_its_name(
    desk: Desk, server: FeedServer, kind: str, body: bytes, what: str
) -> None:
    server.pages["/feed"] = always(reply(200, body, kind))
    (source,) = follow(desk, f"{server.url}/feed")
    (done,) = refresh(desk)
    assert done.outcome == "failed"
    assert f"gives {what} in place of a feed." in (done.why or "")
    server.pages["/again"] = server.pages["/feed"]
    with pytest.raises(UnreadableError, match=what):
        desk.sources.add(f"{server.url}/again")
    assert [each.id for each in desk.sources.list()] == [source.id]


def test_of_a_page_s_feeds_those_that_cannot_be_read_are_passed_over(desk: Desk, server: FeedServer) -> None:
    links = b"".join(
        f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}">'.encode()
        for name in ("gone", "page", "good")
    )
    server.pages = {
        "/": always(reply(200, b"<html><head>" + links + b"</head><body>Hello</body></html>", "text/html")),
        "/page": html(b"No feed"),
        "/good": steady(rss("Letters", item(1))),
    }
    added = desk.sources.add(f"{server.url}/")
    assert added.source.url == f"{server.url}/good"
    assert {url.rpartition("/")[2] for url, _ in added.others} == {"gone", "page"}


def test_a_page_that_names_no_paper_any_more_is_a_failure_and_keeps_its_issues(desk: Desk, server: FeedServer) -> None:
    server.pages["/list"] = steady(LIST + b"</ul></body></html>", "text/html")
    desk.sources.add(f"{server.url}/list")
    refresh(desk)
    server.pages["/list"] = html(b"We have moved on.")
    (done,) = refresh(desk)
    assert done.outcome == "failed"
    assert "gives a web page that names no paper any more." in (done.why or "")
    assert [row.papers for row in desk.shelf()] == [4]


# Names


def test_a_source_that_is_called_as_it_is_called_is_no_step_and_a_removed_one_is_said_to_be_that(
    desk: Desk, server: FeedServer
) -> None:
    (source,) = follow(desk, f"{server.url}/feed")
    named = desk.sources.rename(source, "Mine")
    assert (named.title, named.named) == ("Mine", True)
    assert desk.sources.rename(named, "Mine") == named
    assert desk.marking.undo() == f"{source.name} renamed"
    desk.sources.remove([source])
    with pytest.raises(UnknownError, match=r"is not followed any more\.$"):
        desk.sources.rename(source, "Mine")
    assert desk.sources.remove([source]) == 0
    assert desk.marking.undo() == f"{source.name} removed"


def test_following_that_is_stopped_follows_nothing(desk: Desk, server: FeedServer) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(StoppedError):
        desk.sources.add(f"{server.url}/feed", stop=stop)
    assert desk.sources.list() == ()
    assert not server.seen


def test_a_source_that_another_program_fetched_meanwhile_is_said_to_be_that(
    desk: Desk, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/feed"] = steady(rss("Letters", item(1)))
    (source,) = follow(desk, f"{server.url}/feed")
    monkeypatch.setattr("tui.desk.refreshing.Round._still", lambda _round, _source: False)
    (done,) = desk.sources.refresh()
    assert (done.outcome, done.source) == ("elsewhere", source)
    assert desk.shelf() == ()


def test_an_unknown_source_is_no_source(desk: Desk) -> None:
    with pytest.raises(UnknownError):
        desk.sources.named("nobody")
    assert desk.sources.remove([FollowedSource(id="x", url="https://x.example/")]) == 0


# Backups


def test_one_backup_is_made_at_a_time_and_what_goes_wrong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(Library(tmp_path / "library"), Settings(), backups=False) as desk:
        keeping = Keeping(desk.library)
        with keeping._working:
            assert keeping.keep() is None

        def broken(*_: object) -> bool:
            raise LibraryError("The disk is gone.")

        monkeypatch.setattr("tui.library.backups.Backups.due", broken)
        assert keeping.keep() is None  # nobody listens
        told: list[str] = []
        keeping.on_error = told.append
        assert keeping.keep() is None
        assert told == ["The disk is gone."]
        assert keeping._working.acquire(blocking=False)
        keeping._working.release()
        keeping.close()


def test_a_look_behind_the_end_makes_nothing_and_starts_no_other(tmp_path: Path) -> None:
    with Desk(Library(tmp_path / "library"), Settings(), backups=False) as desk:
        keeping = Keeping(desk.library)
        keeping.close()
        before = threading.active_count()
        keeping._look()
        keeping.start()
        keeping.begin()
        assert threading.active_count() == before
        assert keeping._timer is None
        assert keeping._early is None
        keeping.close()
