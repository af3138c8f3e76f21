"""Sources on the command line: listed, followed, refreshed, killed in the middle, and written as OPML."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tests.desk.feeds import FeedServer, always, feed_servers, item, rss, steady
from tests.providers.server import Behaviour, Seen, reply
from tui.cli import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_servers() as (one,):
        yield one


@pytest.fixture
def config(tmp_path: Path, server: FeedServer) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(f'[network]\nallow = ["{server.url}"]\n', encoding="utf-8")
    return path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], config: Path) -> Call:
    def call(*words: str) -> Done:
        capsys.readouterr()
        try:
            status = run(["--config", str(config), *words], lambda *_: 99)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


def test_a_source_is_followed_refreshed_listed_renamed_and_removed(call: Call, server: FeedServer) -> None:
    server.pages["/feed"] = steady(rss("The letters", item(1), item(2)))
    assert "No source is followed" in call("sources").err
    added = call("sources", "add", f"{server.url}/feed", "--json")
    assert added.status == 0
    assert [(each["title"], each["state"], each["issues"]) for each in added.json] == [("The letters", "new", 0)]
    first = call("sources", "refresh")
    assert first.status == 0
    assert first.out.count("new in The letters") == 2
    assert "1 source: 2 new issues, 2 new papers." in first.err
    again = call("sources", "refresh", "--json")
    (one,) = again.json["sources"]
    assert (one["outcome"], one["issues"], one["unread"], one["taken"]) == ("unchanged", 2, 2, [])
    assert again.json["errors"] == []
    assert call("sources", "rename", "the let", "My", "letters").status == 0
    assert call("sources").out.startswith(
        f"My letters {server.url}/feed (2 issues, 2 unread; last Letter 2, 2020-03-03"
    )
    assert call("sources", "remove", "my letters").status == 0
    assert call("sources", "--json").json == []
    assert len(call("issues", "--json").json) == 2
    assert call("undo").status == 0
    assert call("sources", "--json").json[0]["title"] == "My letters"


def test_a_failure_is_told_with_the_next_try_and_stays_in_the_list(call: Call, server: FeedServer) -> None:
    server.pages["/good"] = steady(rss("Good", item(1)))
    server.pages["/bad"] = steady(rss("Bad", item(2)))
    call("sources", "add", f"{server.url}/good", f"{server.url}/bad")
    server.pages["/bad"] = always(reply(500, b""))
    done = call("sources", "refresh")
    assert done.status == 1
    assert "new in Good" in done.out
    assert "answers 500 Internal Server Error. Next try 20" in done.err
    assert "2 sources: 1 new issue, 1 new paper, 1 failed." in done.err
    assert "500 Internal Server Error. Next try 20" in call("sources").out
    bad = next(each for each in call("sources", "--json").json if each["title"] == "Bad")
    assert (bad["state"], bad["failures"], bad["until"] is not None) == ("failed", 1, True)
    # It waits now, which is no new failure; named, it is asked.
    waiting = call("sources", "refresh")
    assert waiting.status == 0
    assert "1 waiting" in waiting.err
    assert call("sources", "refresh", "bad").status == 1


@pytest.mark.parametrize(
    "words",
    [["add"], ["rename", "x"], ["remove"], ["--watch"], ["refresh", "--watch", "--json"], ["remove", "x", "--opml"],
     ["follow", "x"]],
)  # fmt: skip
def test_wrong_words_are_refused(call: Call, words: list[str]) -> None:
    assert call("sources", *words).status == 2


def test_opml_goes_out_and_comes_in_again_the_same(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "list.opml"
    path.write_text(
        '<opml version="2.0"><body><outline text="Papers &amp; more"><outline type="RSS" text="A" '
        'xmlUrl="https://a.example/feed" htmlUrl="https://a.example" customName="x"/></outline>'
        '<outline text="evil" type="rss" xmlUrl="exec:curl evil"/><outline type="include" text="i" '
        'url="https://evil.example/list.opml"/></body></opml>',
        encoding="utf-8",
    )
    done = call("sources", "add", str(path))
    assert done.status == 0
    assert "1 source followed." in done.err
    assert "no http or https address" in done.err
    assert "includes another file" in done.err
    before = call("sources", "--json").json
    assert (before[0]["folder"], before[0]["home"]) == ("Papers & more", "https://a.example")
    assert call("sources", "--opml", str(tmp_path / "out.opml")).status == 0
    assert call("sources", "--opml").out == (tmp_path / "out.opml").read_text("utf-8")
    call("sources", "remove", "a")
    assert call("sources", "add", str(tmp_path / "out.opml")).status == 0
    after = call("sources", "--json").json
    assert [{**each, "added": ""} for each in after] == [{**each, "added": ""} for each in before]
    assert "customName" in call("sources", "--opml").out


def test_what_cannot_be_followed_is_said_and_the_rest_is_followed(call: Call, server: FeedServer) -> None:
    server.pages["/feed"] = steady(rss("Letters", item(1)))
    done = call("sources", "add", "nowhere", f"{server.url}/none", f"{server.url}/feed")
    assert done.status == 1
    assert "no address on the web" in done.err
    assert "404 Not Found" in done.err
    assert "Letters is followed: a feed at" in done.err


def held(reached: threading.Event, go_on: threading.Event, then: bytes) -> object:
    def page(_seen: Seen) -> Behaviour:
        def behave(connection: object) -> None:
            reached.set()
            go_on.wait(20)
            reply(200, then, "application/rss+xml")(connection)  # type: ignore[arg-type]

        return behave

    return page


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_refresh_that_ends_in_the_middle_is_gone_on_with(
    call: Call, config: Path, server: FeedServer, signal_: signal.Signals
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    rows = "".join(f'<outline xmlUrl="{server.url}/{n}" text="S{n}"/>' for n in range(6))
    (config.parent / "list.opml").write_text(f"<opml version='2.0'><body>{rows}</body></opml>", encoding="utf-8")
    call("sources", "add", str(config.parent / "list.opml"))
    for n in range(6):
        server.pages[f"/{n}"] = steady(rss(f"S{n}", item(n)))
    server.pages["/3"] = held(reached, go_on, rss("S3", item(3)))  # type: ignore[assignment]
    program = subprocess.Popen(
        [sys.executable, "-m", "tui", "--config", str(config), "sources", "refresh"],
        cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reached.wait(30)
    time.sleep(0.3)  # what came before is being taken in
    program.send_signal(signal_)
    said = program.communicate(timeout=30)[1]
    go_on.set()
    if signal_ == signal.SIGINT:
        assert program.returncode == 130
        assert "goes on with the rest" in said
        assert "Traceback" not in said
    server.pages["/3"] = steady(rss("S3", item(3)))
    asked = len(server.seen)
    done = call("sources", "refresh", "--json")
    assert done.status == 0
    assert {seen.target for seen in server.seen[asked:]} == {f"/{n}" for n in range(3, 6)}
    assert sorted(each["title"] for each in call("issues", "--json").json) == [f"Letter {n}" for n in range(6)]
    assert {each["state"] for each in call("sources", "--json").json} == {"ok"}


def test_offline_is_one_sentence(call: Call, config: Path) -> None:
    (config.parent / "l.opml").write_text(
        "<opml version='2.0'><body><outline xmlUrl='https://a.example/f'/></body></opml>", encoding="utf-8"
    )
    call("sources", "add", str(config.parent / "l.opml"))
    config.write_text("[network]\noffline = true\n", encoding="utf-8")
    done = call("sources", "refresh")
    assert (done.status, done.out) == (1, "")
    assert done.err == "No source was asked: the network is switched off (offline).\n"


def test_watching_asks_again_after_the_interval(
    call: Call, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/feed"] = steady(rss("Letters", item(1)))
    call("sources", "add", f"{server.url}/feed")
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.refreshing.time.sleep", nap)
    done = call("sources", "refresh", "--watch")
    assert (done.status, naps) == (130, [3600, 3600, 3600])
    assert done.out.count("new in Letters") == 1
    assert done.err.count("1 source: 0 new issues") == 2
    assert json.dumps(len(server.asked("/feed"))) == "4"
