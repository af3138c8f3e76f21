"""Sources are asked only for what is new, at the pace of whose they are, and say where they are from then on."""

from __future__ import annotations

import pytest

from tests.providers.server import WoundClock, fault_server, moved, reply
from tui.errors import NetworkError, OfflineError, StoppedError
from tui.providers.web import Door, Rule, Stop
from tui.providers.web.conditional import ask, rule_of


def test_what_a_server_says_of_its_state_is_sent_back_and_nothing_else() -> None:
    with fault_server(
        reply(200, b"<rss/>", ETag='W/"a"', Last_Modified="Sat, 21 Nov 2026 10:00:00 GMT"), reply(304, b"")
    ) as server:
        door = Door(allow=[server.url], contact="me@example.org")
        first = ask(door, server.url)
        assert first is not None
        assert (first.content, first.etag, first.modified) == (b"<rss/>", 'W/"a"', "Sat, 21 Nov 2026 10:00:00 GMT")
        second = ask(door, server.url, etag=first.etag, modified=first.modified)
        assert second is not None
        assert second.content is None
        asked = server.seen[1].headers
        assert (asked["if-none-match"], asked["if-modified-since"]) == (first.etag, first.modified)
        assert "me@example.org" not in server.seen[1].text
        ask(door, server.url, etag="x\r\nCookie: y", modified="é" * 2000)
        assert not {"if-none-match", "if-modified-since", "cookie"} & set(server.seen[2].headers)


def test_a_source_that_lies_at_a_service_is_asked_at_its_pace_together_with_all_else() -> None:
    clock = WoundClock()
    with fault_server(reply(200, b"{}")) as server:
        rule = Rule("arxiv", "arXiv", 3.0, base_url=server.url)
        door = Door(clock=clock, sleep=clock.sleep)
        door.service(rule).get("https://export.arxiv.org/api/query")
        assert ask(door, "https://rss.arxiv.org/rss/cs.CL", service=rule)
        assert clock.slept == [3.0]
        assert [seen.target for seen in server.seen] == ["/api/query", "/rss/cs.CL"]


def test_other_hosts_are_left_a_second_and_two_hosts_none() -> None:
    assert rule_of("https://a.example/feed").pace == 1.0
    lines = {rule_of(url).line for url in ("https://a.example/1", "https://a.example/2", "https://b.example/1")}
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("hops", "remembered"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), False), ((307, 301), False)],
)
def test_only_a_move_for_good_is_remembered(hops: tuple[int, ...], remembered: bool) -> None:
    steps = [moved(f"/{n}", status) for n, status in enumerate(hops, 1)]
    with fault_server(*steps, reply(200, b"<rss/>")) as server:
        found = ask(Door(allow=[server.url]), f"{server.url}/0")
        assert found is not None
        last = max((n for n in range(len(hops) + 1) if all(status in (301, 308) for status in hops[:n])), default=0)
        assert found.moved == (f"{server.url}/{last}" if last else None)
        assert (found.moved == found.url) is remembered


def test_a_host_that_asks_to_wait_is_left_alone_with_all_that_it_has() -> None:
    with fault_server(reply(503, b"", Retry_After="60")) as server:
        door = Door(allow=[server.url])
        with pytest.raises(NetworkError) as first:
            ask(door, f"{server.url}/a")
        with pytest.raises(NetworkError) as second:
            ask(door, f"{server.url}/b")
        assert first.value.status == 503
        assert second.value.status is None
        assert first.value.until is not None
        assert second.value.until is not None
        assert len(server.seen) == 1


def test_nothing_is_asked_offline_stopped_or_where_it_is_done_already() -> None:
    with fault_server() as server:
        with pytest.raises(OfflineError):
            ask(Door(allow=[server.url], offline=True), server.url)
        stop = Stop()
        stop.set()
        with pytest.raises(StoppedError):
            ask(Door(allow=[server.url]), server.url, stop=stop)
        assert ask(Door(allow=[server.url]), server.url, begin=lambda: False) is None
        assert server.seen == []


def test_private_addresses_are_no_sources() -> None:
    with fault_server() as server, pytest.raises(NetworkError, match="private address"):
        ask(Door(), server.url)
