"""What a refresh says of sources that moved, ended, name no paper or cannot be reached, on its line and at ctrl+c."""

from __future__ import annotations

import io
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tests.desk.feeds import FeedServer, always, feed_servers, item, rss, steady
from tests.providers.server import Behaviour, Seen, moved, reply
from tui.cli import refreshing, run
from tui.cli.waiting import Held, Indexing, ahead
from tui.desk.refreshing import Refreshed

NOTE = "<item><title>A note</title><link>https://letters.example/n</link><description>No paper</description></item>"
PAGE = (
    b"<!doctype html><html><head><title>Letters</title>"
    b'<link rel="alternate" type="application/rss+xml" title="Comments \x1b[2J" href="/comments.xml">'
    b'<link rel="alternate" type="application/rss+xml" href="/second.xml">'
    b'<link rel="alternate" type="application/rss+xml" title="Posts" href="/feed.xml"></head><body>Hello</body></html>'
)


class Terminal(io.StringIO):
    """What a terminal is told."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_servers() as (one,):
        yield one


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, server: FeedServer) -> Call:
    config = tmp_path / "config.toml"
    config.write_text(f'[network]\nallow = ["{server.url}"]\n', encoding="utf-8")

    def call(*words: str) -> Done:
        capsys.readouterr()
        status = run(["--config", str(config), "sources", *words], lambda *_: 99)
        return Done(status, *capsys.readouterr())

    return call


def follow(call: Call, *urls: str) -> None:
    """Follow *urls* without asking them; each is called by the end of its address."""
    rows = "".join(f'<outline text="{url.rpartition("/")[2]}" xmlUrl="{url}"/>' for url in urls)
    path = Path("list.opml")
    path.write_text(f"<opml version='2.0'><body>{rows}</body></opml>", encoding="utf-8")
    assert call("add", str(path)).status == 0


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# What is said of a source


def test_a_source_that_moved_for_good_is_said_and_followed_there(call: Call, server: FeedServer) -> None:
    server.pages = {"/old": always(moved("/new", 301)), "/new": steady(rss("Letters", item(1)))}
    follow(call, f"{server.url}/old")
    assert f"old moved to {server.url}/new, and is followed there from now on." in call("refresh").err
    assert [each["url"] for each in call("--json").json] == [f"{server.url}/new"]


def test_a_source_that_moved_to_one_that_is_followed_is_asked_no_more(call: Call, server: FeedServer) -> None:
    server.pages = {"/old": always(moved("/new", 301)), "/new": steady(rss("Letters", item(1)))}
    follow(call, f"{server.url}/old", f"{server.url}/new")
    said = call("refresh").err
    assert f"old: It moved to {server.url}/new, which is followed already. It is asked no more." in said
    asked = len(server.asked("/old"))
    assert "old: It moved" in call("refresh").err
    assert len(server.asked("/old")) == asked
    assert {each["title"]: each["state"] for each in call("--json").json} == {"old": "gone", "new": "ok"}


def test_a_source_that_is_not_found_again_and_again_is_asked_when_it_is_named(call: Call, server: FeedServer) -> None:
    follow(call, f"{server.url}/lost")
    for _ in range(3):
        said = call("refresh", "lost")
        assert said.status == 1
    assert "It is asked again when it is named." in said.err
    asked = len(server.asked("/lost"))
    assert "It is asked again when it is named." in call("refresh").err
    assert len(server.asked("/lost")) == asked
    server.pages["/lost"] = steady(rss("Found again", item(1)))
    assert call("refresh", "lost").status == 0


def test_items_that_name_no_paper_are_counted(call: Call, server: FeedServer) -> None:
    server.pages = {
        "/one": steady(rss("One", NOTE, item(1))),
        "/two": steady(rss("Two", NOTE, NOTE.replace("/n", "/m"))),
    }
    follow(call, f"{server.url}/one", f"{server.url}/two")
    said = call("refresh").err
    assert "one: 1 item names no paper." in said
    assert "two: 2 items name no paper." in said


def test_names_of_nothing_that_is_followed_ask_nobody(call: Call, server: FeedServer) -> None:
    server.pages["/one"] = steady(rss("One", item(1)))
    follow(call, f"{server.url}/one")
    done = call("refresh", "nobody")
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "nobody" in done.err
    assert not server.seen
    # One that is followed is asked all the same; that another was not is in the status.
    both = call("refresh", "one", "nobody")
    assert both.status == 1
    assert "new in one" in both.out


def test_a_machine_without_a_network_says_so_once_and_how_many_were_not_asked(call: Call) -> None:
    follow(call, *(f"https://host-{n}.invalid/feed{n}" for n in range(3)))
    done = call("refresh")
    assert (done.status, done.out) == (1, "")
    assert done.err.count("is this machine online?") == 1
    assert "3 sources were not asked." in done.err
    follow_one = call("refresh", "feed1")
    assert "1 source was not asked." in follow_one.err


# Following


def test_a_page_names_its_other_feeds_harmlessly(call: Call, server: FeedServer) -> None:
    server.pages = {
        "/": always(reply(200, PAGE, "text/html")),
        "/second.xml": always(reply(404, b"")),
        "/feed.xml": steady(rss("The letters", item(1))),
    }
    said = call("add", f"{server.url}/").err
    assert f"The letters is followed: a feed at {server.url}/feed.xml, with 1 item" in said
    assert f"The page names another feed: without a title, {server.url}/second.xml" in said
    assert f"{server.url}/comments.xml" in said
    assert "\x1b" not in said
    again = call("add", f"{server.url}/feed.xml")
    assert (again.status, again.err) == (0, f"The letters is followed already ({server.url}/feed.xml).\n")
    # Found out only by asking, too.
    by_page = call("add", f"{server.url}/")
    assert by_page.err == again.err
    assert len(call("--json").json) == 1


def test_a_list_comes_through_a_pipe_and_what_is_known_is_not_followed_twice(
    call: Call, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(call, f"{server.url}/one")
    rows = "".join(f'<outline text="{name}" xmlUrl="{server.url}/{name}"/>' for name in ("one", "two"))
    listed = f"<opml version='2.0'><body>{rows}</body></opml>".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(listed)))
    assert call("add", "-").err == "1 source followed; 1 was followed already.\n"
    assert sorted(each["title"] for each in call("--json").json) == ["one", "two"]


# While it goes on


def holding(reached: threading.Event, go_on: threading.Event) -> object:
    def page(_seen: Seen) -> Behaviour:
        reached.set()
        go_on.wait(20)
        return reply(200, rss("Held", item(7)), "application/rss+xml")

    return page


def test_a_terminal_is_shown_who_is_asked_and_nothing_of_it_stays(
    call: Call, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on, shown = threading.Event(), threading.Event(), Terminal()
    server.pages = {"/held": holding(reached, go_on)}  # type: ignore[dict-item]
    follow(call, f"{server.url}/held")
    monkeypatch.setattr(refreshing, "_PAUSE", 0.01)
    monkeypatch.setattr(sys, "stderr", shown)

    def look() -> None:
        reached.wait(20)
        end = time.monotonic() + 10
        while "0 of 1 · held" not in shown.getvalue() and time.monotonic() < end:
            time.sleep(0.01)
        go_on.set()

    looking = threading.Thread(target=look)
    looking.start()
    assert call("refresh").status == 0
    looking.join()
    first, *_, before, last = shown.getvalue().removesuffix("\n").split("\r")
    assert first == ""
    assert before.strip() == ""
    assert last == "1 source: 1 new issue, 1 new paper."
    assert "·\r" not in shown.getvalue().replace(" ", "")
    assert not any(each.name == "progress" for each in threading.enumerate())


def test_a_second_ctrl_c_ends_a_refresh_at_once_and_the_handler_is_put_back(
    call: Call, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages = {"/one": steady(rss("One", item(1))), "/two": steady(rss("Two", item(2)))}
    follow(call, f"{server.url}/one", f"{server.url}/two")
    said = []

    def say(each: Refreshed) -> None:
        said.append(each)
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(refreshing, "_say", say)
    before = signal.getsignal(signal.SIGINT)
    done = call("refresh")
    assert (done.status, done.out, len(said)) == (130, "", 1)
    assert "goes on with the rest" not in done.err
    assert signal.getsignal(signal.SIGINT) is before


def test_a_program_that_heeds_ctrl_c_itself_keeps_its_handler(call: Call, server: FeedServer) -> None:
    server.pages["/one"] = steady(rss("One", item(1)))
    follow(call, f"{server.url}/one")
    during = []

    def mine(*_: object) -> None:
        during.append("mine")

    def page(_seen: Seen) -> Behaviour:
        during.append(str(signal.getsignal(signal.SIGINT) is mine))
        return reply(200, rss("One", item(1)), "application/rss+xml")

    server.pages["/one"] = page
    before = signal.signal(signal.SIGINT, mine)
    try:
        assert call("refresh").status == 0
        with_held = Held()
        signal.raise_signal(signal.SIGINT)
        with_held.close()
        assert signal.getsignal(signal.SIGINT) is mine
    finally:
        signal.signal(signal.SIGINT, before)
    assert during == ["True", "mine"]


def test_what_is_read_ahead_raises_where_it_is_taken() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    before, coming = sys.getswitchinterval(), ahead(items())
    assert next(coming) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(coming)
    assert sys.getswitchinterval() == before


def test_an_index_that_is_made_anew_is_told_of_only_where_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    quick = Indexing()
    quick.told(1, 2)
    assert shown.getvalue() == ""
    monkeypatch.setattr("tui.cli.waiting._MOMENT", -1.0)
    slow = Indexing()
    slow.told(1_000, 2_000)
    assert "1,000 of 2,000 files; ctrl+c stops" in shown.getvalue()
    slow.told(2_000, 2_000)
    *_, last, after = shown.getvalue().split("\r")
    assert (last.strip(), after) == ("", "")
