"""Sources that are followed: forty of them, of which a third fails; nothing twice, nothing lost, gone on with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk.feeds import FAULTS, FeedServer, always, feed_servers, item, rss, steady
from tests.providers.server import Behaviour, Seen, moved, reply
from tui.desk import Desk, limited
from tui.desk.refreshing import Refreshed
from tui.errors import NetworkError, OfflineError, UnknownError, UnreadableError
from tui.library import Library
from tui.model import FollowedSource
from tui.providers.web import conditional
from tui.settings import Network, Settings

PAGE = (
    b"<!doctype html><html><head><title>Letters</title>"
    b'<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">'
    b'<link rel="alternate" type="application/rss+xml" title="Posts" href="/feed.xml"></head><body>Hello</body></html>'
)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_servers() as (one,):
        yield one


MakeDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    """Return what opens one and the same library, with leave to ask the servers."""
    made: list[Desk] = []

    def make(*servers: FeedServer) -> Desk:
        settings = Settings(network=Network(allow=tuple(each.url for each in servers)))
        made.append(Desk(Library(tmp_path / "followed"), settings, backups=False))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


def follow(desk: Desk, *urls: str, title: bool = False) -> tuple[FollowedSource, ...]:
    """Follow *urls* without asking them."""
    rows = "".join(f'<outline text="{url if title else ""}" xmlUrl="{url}"/>' for url in urls)
    return desk.sources.take_opml(f"<opml version='2.0'><body>{rows}</body></opml>".encode(), "list.opml").added


def refresh(desk: Desk, *names: str, everything: bool = False) -> list[Refreshed]:
    chosen = [desk.sources.named(name) for name in names] or None
    return list(desk.sources.refresh(chosen, everything))


def later(desk: Desk, by: timedelta) -> None:
    """Let time have passed for what is remembered of sources."""
    start = desk.sources._clock
    desk.sources._clock = lambda: start() + by


def titles(desk: Desk) -> list[str]:
    return sorted(row.title for row in desk.shelf())


# Following


def test_the_feed_of_a_page_is_found_and_comments_come_last(open_desk: MakeDesk, server: FeedServer) -> None:
    server.pages = {
        "/": always(reply(200, PAGE, "text/html")),
        "/feed.xml": steady(rss("The letters", item(1), item(2))),
        "/comments.xml": steady(rss("Comments", item(3))),
    }
    desk = open_desk(server)
    added = desk.sources.add(f"{server.url}/")
    assert (added.source.url, added.source.title, added.source.kind) == (
        f"{server.url}/feed.xml",
        "The letters",
        "feed",
    )
    assert (added.items, added.others) == (2, ((f"{server.url}/comments.xml", "Comments"),))
    again = desk.sources.add(f"{server.url}/feed.xml")
    assert again.known
    assert again.source == added.source
    assert desk.marking.undo() == "The letters followed"
    assert desk.sources.list() == ()
    assert desk.marking.redo() == "The letters followed"
    assert [each.url for each in desk.sources.list()] == [f"{server.url}/feed.xml"]


def test_a_page_that_is_itself_a_digest_is_followed_as_it_is(open_desk: MakeDesk, server: FeedServer) -> None:
    body = b"<html><body><h1>Papers of the week</h1><ul>" + b"".join(
        f'<li><a href="https://arxiv.org/abs/2101.0000{n}">A study of question number {n}</a></li>'.encode()
        for n in range(1, 5)
    )
    server.pages = {"/list": steady(body + b"</ul></body></html>", "text/html")}
    desk = open_desk(server)
    added = desk.sources.add(f"{server.url}/list")
    assert added.source.kind == "page"
    (done,) = refresh(desk)
    assert [each.papers for each in done.taken] == [4]
    assert refresh(desk)[0].outcome == "unchanged"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("javascript:alert(1)", "no address"),
        ("ftp://x.example/a", "no address"),
        ("", "no address"),
        ("/x", "no address"),
    ],
)
def test_what_is_no_address_is_not_followed(open_desk: MakeDesk, words: str, why: str) -> None:
    with pytest.raises(NetworkError, match=why):
        open_desk().sources.add(words)


def test_a_page_without_a_feed_and_without_papers_is_said_to_be_that(open_desk: MakeDesk, server: FeedServer) -> None:
    server.pages = {"/": always(reply(200, b"<html><body>Nothing here</body></html>", "text/html"))}
    with pytest.raises(UnreadableError, match="a web page and names no feed"):
        open_desk(server).sources.add(f"{server.url}/")


def test_a_source_is_named_by_title_address_or_the_beginning_of_one(open_desk: MakeDesk) -> None:
    desk = open_desk()
    follow(desk, "https://one.example/feed", "https://other.example/feed")
    one = desk.sources.named("https://one.example/feed/")
    assert desk.sources.named("one.ex") == desk.sources.named(one.id) == one
    assert desk.sources.rename(one, "First letters").title == "First letters"
    assert desk.sources.named("first").url == one.url
    desk.sources.rename(desk.sources.named("other"), "First too")
    with pytest.raises(UnknownError, match="could be one of 2 sources"):
        desk.sources.named("First")
    with pytest.raises(UnknownError, match="no source called"):
        desk.sources.named("nothing")


# Refreshing


def forty(servers: list[FeedServer]) -> dict[str, str | None]:
    """Have ten servers give forty feeds, of which fourteen fail in as many ways; return each with what is wrong."""
    found: dict[str, str | None] = {}
    alone = {"/busy": servers[0], "/away": servers[1]}  # whoever asks to wait means all that it has
    for place, (path, (page, why)) in enumerate(FAULTS.items()):
        server = alone.get(path, servers[2 + place % 8])
        server.pages[path] = page
        found[server.url + path] = why
    for number in range(26):
        server = servers[2 + number % 8]
        server.pages[f"/feed-{number}"] = steady(rss(f"Series {number}", item(number)))
        found[f"{server.url}/feed-{number}"] = None
    return found


def test_forty_sources_of_which_a_third_fails_each_in_its_way(
    open_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conditional, "SECONDS", 1.0)
    with feed_servers(10) as servers:
        expected = forty(servers)
        desk = open_desk(*servers)
        assert len(follow(desk, *expected)) == 40
        urls = {each.id: each.url for each in desk.sources.list()}
        done = {urls[each.source.id]: each for each in refresh(desk)}
        assert done.keys() == expected.keys()
        for url, why in expected.items():
            each = done[url]
            assert each.outcome == ("new" if why is None else "failed"), (url, each.why)
            assert why is None or (why in str(each.why) and str(each.why).count("\n") == 0), (url, each.why)
            assert (each.until is not None) == (why is not None)
        assert len(desk.shelf()) == 26
        states = {row.source.url: row.source.state for row in desk.sources.rows()}
        assert all(states[url] == ("ok" if why is None else "gone" if "410" in why else "failed")
                   for url, why in expected.items())  # fmt: skip
        # Each host was asked for one thing at a time.
        assert all(server.most == 1 for server in servers)

        # What failed waits; the rest is asked whether there is anything new, and there is not.
        before = [len(server.seen) for server in servers]
        again = refresh(desk)
        outcomes = [each.outcome for each in again]
        assert {name: outcomes.count(name) for name in set(outcomes)} == {"unchanged": 26, "waiting": 13, "stopped": 1}
        assert sum(len(server.seen) for server in servers) - sum(before) == 26
        asked = [seen for server, start in zip(servers, before, strict=True) for seen in server.seen[start:]]
        assert all("if-none-match" in seen.headers for seen in asked)
        assert len(desk.shelf()) == 26


def test_hosts_are_asked_at_a_time_and_one_host_never_twice(open_desk: MakeDesk) -> None:
    meeting = threading.Barrier(6, timeout=10)

    def together(number: int) -> Callable[[Seen], Behaviour]:
        def page(_seen: Seen) -> Behaviour:
            def behave(connection: object) -> None:
                # Nobody is answered before six hosts were asked.
                meeting.wait()
                reply(200, rss(f"S{number}", item(number)), "application/rss+xml")(connection)  # type: ignore[arg-type]

            return behave

        return page

    with feed_servers(6) as servers:
        for number, server in enumerate(servers):
            server.pages["/a"] = together(number)
            server.pages["/b"] = steady(rss(f"T{number}", item(100 + number)))
        desk = open_desk(*servers)
        follow(desk, *(f"{server.url}/{path}" for server in servers for path in "ab"))
        assert [each.outcome for each in refresh(desk)] == ["new"] * 12
        assert [server.most for server in servers] == [1] * 6


def test_only_what_is_new_is_taken_in(open_desk: MakeDesk, server: FeedServer) -> None:
    posts = [item(n) for n in range(3)]
    server.pages["/feed"] = steady(lambda: rss("Letters", *posts))
    desk = open_desk(server)
    follow(desk, f"{server.url}/feed")
    assert len(refresh(desk)[0].taken) == 3
    posts.insert(0, item(9))
    (done,) = refresh(desk)
    assert [each.issue.title for each in done.taken] == ["Letter 9"]
    (row,) = desk.sources.rows()
    assert (row.last, row.issues, row.unread, row.source.title) == ("Letter 9", 4, 4, "Letters")


def test_nothing_is_asked_for_but_the_address_that_the_reader_named(open_desk: MakeDesk, server: FeedServer) -> None:
    # A visitor that follows no link is no crawler, and need not ask for a robots.txt (RFC 9309, 1).
    links = [item(n, link=f"{server.url}/letters/{n}", more=f"&lt;img src='{server.url}/pixel'&gt;") for n in (1, 2)]
    server.pages["/feed"] = steady(rss("The letters", *links))
    desk = open_desk(server)
    desk.sources.add(f"{server.url}/feed")
    assert sum(len(each.taken) for each in desk.sources.refresh()) == 2
    assert {seen.target for seen in server.seen} == {"/feed"}


def test_the_first_time_the_newest_twenty_are_taken_and_all_where_that_is_said(
    open_desk: MakeDesk, server: FeedServer
) -> None:
    server.pages["/feed"] = steady(rss("Letters", *(item(n, day=n) for n in range(1, 29))))
    desk = open_desk(server)
    follow(desk, f"{server.url}/feed")
    assert sorted(each.issue.date or "" for each in refresh(desk)[0].taken)[0] == "2020-03-10"
    assert len(desk.shelf()) == 20
    assert refresh(desk)[0].outcome == "unchanged"
    assert len(refresh(desk, "letters", everything=True)[0].taken) == 8
    assert len(desk.shelf()) == 28


def test_what_the_reader_removed_does_not_come_back_though_it_changed(open_desk: MakeDesk, server: FeedServer) -> None:
    posts = [item(1), item(2)]
    server.pages["/feed"] = steady(lambda: rss("Letters", *posts))
    server.pages["/too"] = steady(lambda: rss("The same", *posts))
    desk = open_desk(server)
    follow(desk, f"{server.url}/feed")
    refresh(desk)
    desk.remove([row.id for row in desk.shelf() if row.title == "Letter 1"])
    posts[:] = [item(1, more="Corrected."), item(2)]
    assert refresh(desk)[0].outcome == "unchanged"
    assert refresh(desk, "letters", everything=True)[0].outcome == "unchanged"
    follow(desk, f"{server.url}/too")
    refresh(desk)
    assert titles(desk) == ["Letter 2"]


def test_an_item_that_changed_is_the_same_issue_and_marks_stay(open_desk: MakeDesk, server: FeedServer) -> None:
    posts = [item(1)]
    server.pages["/feed"] = steady(lambda: rss("Letters", *posts))
    desk = open_desk(server)
    follow(desk, f"{server.url}/feed")
    (first,) = refresh(desk)[0].taken
    desk.marking.mark(desk.papers())
    posts[:] = [item(1, "Letter 1, corrected", more="And https://arxiv.org/abs/2212.00001 too.")]
    (second,) = refresh(desk)[0].taken
    assert (second.outcome, second.issue.id, second.issue.title) == ("updated", first.issue.id, "Letter 1, corrected")
    assert len(desk.shelf()) == 1
    assert desk.rack.paper("arxiv:2101.00001").marks.marked
    assert not desk.rack.paper("arxiv:2212.00001").marks.marked
    # Its address is another one, its id is not.
    elsewhere = item(1).replace("<link>https://letters.example/1", "<link>https://new.example/1")
    posts[:] = [elsewhere]
    refresh(desk)
    assert len(desk.shelf()) == 1


def test_an_item_in_two_feeds_is_one_issue(open_desk: MakeDesk) -> None:
    with feed_servers(2) as servers:
        for number, server in enumerate(servers):
            server.pages["/feed"] = steady(rss(f"Feed {number}", item(1, more="x" * number), item(10 + number)))
        desk = open_desk(*servers)
        follow(desk, *(f"{server.url}/feed" for server in servers))
        refresh(desk)
        assert titles(desk) == ["Letter 1", "Letter 10", "Letter 11"]
        assert [row.issues for row in desk.sources.rows()] == [2, 2]


def test_a_source_that_moved_for_good_is_asked_there_from_then_on(open_desk: MakeDesk, server: FeedServer) -> None:
    server.pages = {
        "/old": always(moved("/older", 301)),
        "/older": always(moved("/new", 308)),
        "/new": steady(rss("Letters", item(1))),
        "/passing": always(moved("/new-too", 302)),
        "/new-too": steady(rss("Others", item(2))),
        "/trap": always(moved("/login", 301)),
        "/login": always(reply(200, b"<html><form><input type=password></form>", "text/html")),
    }
    desk = open_desk(server)
    follow(desk, *(f"{server.url}/{name}" for name in ("old", "passing", "trap")))
    told = [each.moved for each in refresh(desk)]
    assert [each for each in told if each] == [f"{server.url}/new"]
    urls = {each.url.rpartition("/")[2] for each in desk.sources.list()}
    assert urls == {"new", "passing", "trap"}  # nobody moves to a login page
    assert [each.moved for each in refresh(desk)] == [None, None, None]
    assert len(server.asked("/old")) == 1
    assert len(server.asked("/passing")) == 2
    assert desk.sources.add(f"{server.url}/old").known


def test_a_source_that_is_not_found_three_times_is_paused_until_it_is_named(
    open_desk: MakeDesk, server: FeedServer
) -> None:
    desk = open_desk(server)
    (source,) = follow(desk, f"{server.url}/feed")
    waits = []
    for _ in range(3):
        (done,) = refresh(desk)
        assert done.until
        waits.append(done.until - desk.sources._clock())
        later(desk, timedelta(hours=2))
    assert [round(wait.total_seconds() / 900) for wait in waits] == [1, 2, 4]
    assert refresh(desk)[0].outcome == "stopped"
    assert desk.sources.named(source.id).state == "paused"
    server.pages["/feed"] = steady(rss("Back again", item(1)))
    assert refresh(desk, source.id)[0].outcome == "new"
    assert desk.sources.named("Back").state == "ok"


def test_a_server_that_asks_to_wait_is_not_asked_even_where_the_reader_wants_it(
    open_desk: MakeDesk, server: FeedServer
) -> None:
    server.pages["/a"] = always(reply(429, b"", Retry_After="5000"))
    server.pages["/b"] = steady(rss("Letters", item(1)))
    desk = open_desk(server)
    follow(desk, f"{server.url}/a", f"{server.url}/b")
    first = refresh(desk)
    assert [each.outcome for each in first] == ["failed", "waiting"]
    assert all(each.until and timedelta(seconds=4900) < each.until - datetime.now(UTC) for each in first)
    assert [each.outcome for each in refresh(desk, f"{server.url}/a")] == ["waiting"]
    assert [seen.target for seen in server.seen] == ["/a"]
    assert [each.visits.failures for each in desk.sources.list()] == [1, 0]


def test_a_round_that_is_cut_off_is_gone_on_with(open_desk: MakeDesk) -> None:
    with feed_servers(1) as (server,):
        for number in range(5):
            server.pages[f"/{number}"] = steady(rss(f"S{number}", item(number)))
        desk = open_desk(server)
        follow(desk, *(f"{server.url}/{number}" for number in range(5)))
        going = iter(desk.sources.refresh())
        first, second = next(going), next(going)
        assert (first.outcome, second.outcome) == ("new", "new")
        going.close()  # type: ignore[attr-defined]  # the program ends here
        done = refresh(open_desk(server))
        assert {each.outcome for each in done} == {"new"}
        assert len(done) + 2 == 5
        assert len(desk.rack.library.stamps()) >= 5
        assert len(refresh(open_desk(server))) == 5


def test_a_round_is_stopped_cleanly(open_desk: MakeDesk, server: FeedServer) -> None:
    reached = threading.Event()

    def hold(_seen: Seen) -> Behaviour:
        def behave(connection: object) -> None:
            reached.set()
            threading.Event().wait(3)

        return behave

    server.pages["/a"] = hold
    desk = open_desk(server)
    follow(desk, f"{server.url}/a", f"{server.url}/b")
    going = desk.sources.refresh()
    threading.Thread(target=lambda: reached.wait(5) and going.stop(), daemon=True).start()
    assert [each.outcome for each in going] == ["cancelled", "cancelled"]
    assert going.stopped
    assert [each.state for each in desk.sources.list()] == ["new", "new"]


def test_two_programs_that_refresh_at_once_ask_once_and_take_in_once(open_desk: MakeDesk) -> None:
    with feed_servers(3) as servers:
        for number in range(9):
            servers[number % 3].pages[f"/{number}"] = steady(rss(f"S{number}", item(number)))
        here, there = open_desk(*servers), open_desk(*servers)
        follow(here, *(f"{servers[number % 3].url}/{number}" for number in range(9)))
        rounds = [here.sources.refresh(), there.sources.refresh(there.sources.list())]
        results: list[list[Refreshed]] = [[], []]
        failed: list[BaseException] = []

        def go(place: int) -> None:
            try:
                results[place].extend(rounds[place])
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=go, args=(place,)) for place in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failed
        outcomes = [each.outcome for found in results for each in found]
        assert len(outcomes) == 18
        assert outcomes.count("new") == 9
        here.marking.sync()
        assert len(here.shelf()) == 9
        assert {each.state for each in here.sources.list()} == {"ok"}


def test_without_a_network_one_sentence_says_so(tmp_path: Path, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    follow(desk, "https://one.example/feed")
    with pytest.raises(OfflineError, match=r"No source was asked: the network is switched off"):
        desk.sources.refresh()
    with pytest.raises(OfflineError):
        desk.sources.add("https://other.example/feed")


def test_a_machine_without_a_network_holds_nothing_against_sources(open_desk: MakeDesk) -> None:
    desk = open_desk()
    follow(desk, *(f"https://host-{n}.invalid/feed" for n in range(12)))
    done = refresh(desk)
    assert {each.outcome for each in done} == {"offline"}
    assert {each.visits.failures for each in desk.sources.list()} == {0}
    assert all(each.visits.until is None for each in desk.sources.list())


def test_steps_on_sources_leave_what_visits_did(open_desk: MakeDesk, server: FeedServer) -> None:
    server.pages["/feed"] = steady(rss("Letters", item(1)))
    desk = open_desk(server)
    (source,) = follow(desk, f"{server.url}/feed")
    refresh(desk)
    desk.sources.rename(source, "Mine")
    refresh(desk)
    assert desk.sources.list()[0].title == "Mine"
    desk.marking.undo()
    (now,) = desk.sources.list()
    assert (now.title, now.state) == ("Letters", "ok")
    desk.sources.remove([now])
    assert desk.sources.list() == ()
    desk.marking.undo()
    assert desk.sources.list() == (now,)
    assert refresh(desk)[0].outcome == "unchanged"
    desk.marking.undo()
    assert desk.sources.list() == ()


def test_a_damaged_file_of_sources_is_set_aside_and_told(open_desk: MakeDesk) -> None:
    desk = open_desk()
    follow(desk, "https://one.example/feed")
    desk.close()
    path = desk.library.folder / "sources.json"
    path.write_bytes(path.read_bytes()[:80])
    again = open_desk()
    assert again.sources.list() == ()
    assert any("sources.json was damaged" in report for report in again.library.reports)


def test_a_large_feed_is_taken_apart_in_a_process_with_a_time_limit(
    open_desk: MakeDesk, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = [item(n, day=n, more="word " * 8_000) for n in range(1, 28)]
    server.pages["/feed"] = steady(lambda: rss("Long letters", *posts))
    desk = open_desk(server)
    follow(desk, f"{server.url}/feed")
    monkeypatch.setattr(limited, "SECONDS", 0.0)
    assert "taking it apart took longer than" in str(refresh(desk)[0].why)
    monkeypatch.setattr(limited, "SECONDS", 60.0)
    assert len(refresh(desk, "http")[0].taken) == 20
    posts[0] = item(99, day=27)
    assert [each.issue.title for each in refresh(desk)[0].taken] == ["Letter 99"]


ARXIV = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link><pubDate>{date}</pubDate>
<item><title>Attention Is All You Need</title><link>https://arxiv.org/abs/1706.03762</link>
<description>arXiv:1706.03762{version} Announce Type: {kind} Abstract: The dominant models are recurrent.</description>
<guid isPermaLink="false">oai:arXiv.org:1706.03762{version}</guid><category>cs.CL</category>
<pubDate>{date}</pubDate><arxiv:announce_type>{kind}</arxiv:announce_type><dc:creator>Ashish Vaswani</dc:creator></item>
</channel></rss>"""


def test_a_day_of_arxiv_is_an_issue_and_a_replaced_paper_says_v2_and_keeps_its_marks(
    open_desk: MakeDesk, server: FeedServer
) -> None:
    now = {"date": "Mon, 06 Jan 2025 00:00:00 -0500", "version": "v1", "kind": "new"}
    server.pages["/rss/cs.CL"] = steady(lambda: ARXIV.format(**now).encode())
    desk = open_desk(server)
    follow(desk, f"{server.url}/rss/cs.CL")
    assert [each.outcome for each in refresh(desk)[0].taken] == ["new"]
    desk.marking.mark(desk.papers())
    now |= {"date": "Tue, 07 Jan 2025 00:00:00 -0500", "version": "v2", "kind": "replace"}
    assert [each.outcome for each in refresh(desk)[0].taken] == ["new"]
    assert sorted(row.date or "" for row in desk.shelf()) == ["2025-01-06", "2025-01-07"]
    (name,) = desk.papers()
    paper = desk.rack.paper(name)
    assert (name, paper.marks.marked, len(paper.mentions)) == ("arxiv:1706.03762", True, 2)
    assert "v2" in repr(paper.mentions[0].entry)
