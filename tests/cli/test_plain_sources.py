"""Sources in lines: how they stand, one more, and what is new of them, for a pipe and a screen reader."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Done
from tests.desk.feeds import FeedServer, always, feed_servers, item, rss, steady
from tests.providers.server import reply
from tui.cli import run
from tui.cli.plain.reading import Reading
from tui.cli.plain.typed import completions
from tui.desk import Desk
from tui.library import Library
from tui.settings import Settings

Talk = Callable[..., Done]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_servers() as (one,):
        yield one


@pytest.fixture
def talk(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: FeedServer
) -> Talk:
    """Return what says lines to ``paperrack --plain`` through a pipe, and returns what it answered."""
    config = tmp_path / "config.toml"
    config.write_text(f'[network]\nallow = ["{server.url}"]\n', encoding="utf-8")

    def talk(*lines: str) -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*lines, ""])))
        capsys.readouterr()
        status = run(("--config", str(config), "--plain"), lambda *_: 99)
        return Done(status, *capsys.readouterr())

    return talk


def test_a_source_is_followed_refreshed_and_said(talk: Talk, server: FeedServer) -> None:
    server.pages["/feed"] = steady(rss("The letters", item(1), item(2)))
    done = talk("sources", f"sources {server.url}/feed", f"sources {server.url}/feed", "sources", "refresh", "sources")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "No source is followed; sources and an address follows one.",
        "The letters is followed: a feed, with 2 items. refresh takes in what is new; undo takes it back.",
        "The letters is followed already.",
        "1. The letters. Not fetched yet.",
        "New in The letters: Letter 1. 1 paper, 1 new.",
        "New in The letters: Letter 2. 1 paper, 1 new.",
        "1 source: 2 new issues, 2 new papers.",
        "1. The letters. 2 issues, 2 unread; last Letter 2, 2020-03-03.",
    ]
    done = talk("issues", "refresh the let", "undo", "sources", "refresh")
    assert done.out.splitlines() == [
        "1. Letter 2. 1 paper, 1 unread.",
        "2. Letter 1. 1 paper, 1 unread.",
        "1 source: 0 new issues, 0 new papers.",
        "Taken back: The letters followed.",
        "No source is followed; sources and an address follows one.",
        "No source is followed; sources and an address follows one.",
    ]


def test_one_is_refreshed_by_its_number_and_what_is_new_can_be_read_at_once(talk: Talk, server: FeedServer) -> None:
    server.pages["/a"] = steady(rss("Letters of A", item(1)))
    server.pages["/b"] = steady(rss("Letters of B", item(2)))
    done = talk(f"sources {server.url}/a", f"sources {server.url}/b", "refresh 2", "issues", "open 1", "refresh 3")
    assert "New in Letters of B: Letter 2." in done.out
    assert "Letters of A: Letter 1" not in done.out
    assert "1. Letter 2. 1 paper, 1 unread.\nLetter 2: 1 paper.\n" in done.out
    assert (done.status, done.err) == (1, "There is no source called '3'.\n")


def test_what_gives_nothing_is_said_at_the_end_and_others_are_taken_in(talk: Talk, server: FeedServer) -> None:
    server.pages["/good"] = steady(rss("Good", item(1)))
    server.pages["/bad"] = steady(rss("Bad", item(2)))
    talk(f"sources {server.url}/good", f"sources {server.url}/bad")
    server.pages["/bad"] = always(reply(404))
    done = talk("refresh")
    assert done.status == 1
    assert done.out.splitlines()[-1] == "2 sources: 1 new issue, 1 new paper, 1 failed."
    assert done.err.startswith("Bad: ")
    assert done.err.count("\n") == 1
    assert "2. Good. 1 issue, 1 unread" in talk("sources").out
    assert talk("sources nothing-that-is an address").status == 1


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_control_c_ends_a_refresh_where_nothing_is_half(talk: Talk, server: FeedServer) -> None:
    server.pages["/feed"] = steady(rss("The letters", item(1)))
    talk(f"sources {server.url}/feed")
    asked, left = threading.Event(), threading.Event()

    def slow(_seen: object) -> Callable[[object], None]:
        asked.set()
        left.wait(10)
        return reply(500)

    server.pages["/feed"] = slow  # type: ignore[assignment]  # it never answers
    threading.Thread(target=lambda: (asked.wait(10), os.kill(os.getpid(), signal.SIGINT)), daemon=True).start()
    try:
        done = talk("refresh", "sources")
    finally:
        left.set()
    assert (done.status, done.out) == (130, "1 source: 0 new issues, 0 new papers, 1 not asked.\n")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_names_of_sources_are_completed(tmp_path: Path, server: FeedServer) -> None:
    from tui.settings import Network

    server.pages["/feed"] = steady(rss("The letters", item(1)))
    with Desk(Library(tmp_path / "here"), Settings(network=Network(allow=(server.url,)))) as desk:
        desk.sources.add(f"{server.url}/feed")
        assert completions(Reading(desk), "refresh the") == ["refresh The letters"]
