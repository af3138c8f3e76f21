"""Services that fail, refuse, lie and dawdle, over real sockets: what a look-up makes of each."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.providers.server import (
    Behaviour,
    FaultServer,
    WoundClock,
    drip,
    fault_server,
    hold,
    moved,
    reply,
    say,
)
from tui.errors import AnswerError, NetworkError, StoppedError
from tui.providers.web import Door, Rule, ServiceDoor, Stop, service

REAL = "https://api.example.org/works/1"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
BOT_PAGE = (
    b"<!doctype html><html><head><title>Making sure you&#39;re not a bot!</title></head><body>Anubis</body></html>"
)
HTML = b"\n <!DOCTYPE HTML>\n<html><title>Log in to this hotel</title></html>"


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock()


@pytest.fixture
def door(clock: WoundClock) -> Door:
    return Door(clock=clock, sleep=clock.sleep, jitter=lambda: 1.0)


@pytest.fixture
def dblp(door: Door, server: FaultServer) -> ServiceDoor:
    return door.service(Rule("dblp", "DBLP", 0.0, server.url, key="s3cr3t-of-ada"))


def refused(asked: Callable[[], object], kind: type[NetworkError] = NetworkError) -> NetworkError:
    """The error with which something is refused; one line that ends like a sentence and holds no key."""
    with pytest.raises(kind) as caught:
        asked()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "s3cr3t" not in sentence
    return caught.value


def test_429_with_two_seconds_is_waited_for(server: FaultServer, dblp: ServiceDoor, clock: WoundClock) -> None:
    server.tell(reply(429, b"slow down", Retry_After="2"), reply(200, b"[1]"))
    assert dblp.get(REAL) == b"[1]"
    assert sum(clock.slept) == pytest.approx(2, abs=0.1)
    assert len(server.seen) == 2


def test_429_with_fifteen_hours_pauses_the_service_after_one_request(
    server: FaultServer, dblp: ServiceDoor, door: Door, clock: WoundClock
) -> None:
    server.tell(reply(429, b"<html>no</html>", "text/html", Retry_After="54000"))
    error = refused(lambda: dblp.get(REAL))
    assert error.until == datetime.fromtimestamp(clock.now, UTC) + timedelta(hours=15)
    assert error.status == 429
    again = refused(lambda: dblp.get(REAL))
    assert again.until == error.until
    assert "DBLP takes no more requests for now" in str(again)
    assert len(server.seen) == 1
    assert not clock.slept
    [pause] = door.states()
    assert (pause.name, pause.host, pause.until, pause.blocked) == ("dblp", "api.example.org", error.until, False)


def test_a_wait_of_weeks_is_kept_for_a_day(server: FaultServer, dblp: ServiceDoor, clock: WoundClock) -> None:
    later = datetime.fromtimestamp(clock.now, UTC) + timedelta(days=30)
    server.tell(reply(503, b"", Retry_After=format_datetime(later, usegmt=True)), reply())
    error = refused(lambda: dblp.get(REAL))
    assert error.until == datetime.fromtimestamp(clock.now, UTC) + timedelta(days=1)
    clock.now += 86_401
    assert dblp.get(REAL) == b"{}"


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"x-ratelimit-reset": "3600"}, 3600),
        (429, {"x-ratelimit-reset": "1800003600"}, 3600),
        (403, {"x-ratelimit-reset": "1800003600", "x-ratelimit-remaining": "0"}, 3600),
        (403, {"Retry-After": "60", "x-ratelimit-remaining": "17"}, 60),
        (429, {"RateLimit": '"api";r=0;t=240'}, 240),
        (429, {"Retry-After": "30.5"}, 31),
        (503, {"Retry-After": "21"}, 21),
    ],
)
def test_a_quota_that_is_used_up_says_when_there_is_a_new_one(
    server: FaultServer, dblp: ServiceDoor, clock: WoundClock, status: int, headers: dict[str, str], seconds: int
) -> None:
    server.tell(reply(status, b"{}", **headers))
    assert refused(lambda: dblp.get(REAL)).until == datetime.fromtimestamp(clock.now + seconds, UTC)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "value", ["soon", "", "-5", "1e9", "99999999999999999999", "٣", "Thu, 01 Jan 1970 00:00:00 GMT"]
)
def test_a_wait_that_means_nothing_is_not_obeyed(server: FaultServer, dblp: ServiceDoor, value: str) -> None:
    server.tell(reply(429, b"{}", Retry_After=value) if value.isascii() else reply(429, b"{}"), reply(200, b"[]"))
    assert dblp.get(REAL) == b"[]"


def test_503_then_200_is_an_answer(server: FaultServer, dblp: ServiceDoor, door: Door, clock: WoundClock) -> None:
    server.tell(reply(503, b"<html>nginx</html>", "text/html"), reply(200, b"[2]"))
    assert dblp.get(REAL) == b"[2]"
    assert sum(clock.slept) == pytest.approx(1, abs=0.1)
    assert not door.states()


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(reply(500, b'{"message": "oops"}'), id="500"),
        pytest.param(reply(504, b"<html>gateway</html>", "text/html"), id="504 as a page"),
        pytest.param(reply(429, b"Rate exceeded.", "text/plain"), id="429 without a time"),
        pytest.param(say(HEAD + b"only this"), id="cut at a length"),
        pytest.param(say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf"), id="cut in a chunk"),
        pytest.param(say(b""), id="nothing"),
        pytest.param(say(b"\x00\xff SSH-2.0"), id="garbage"),
        pytest.param(reply(200, gzip.compress(b"[1, 2, 3]" * 99)[:-9], Content_Encoding="gzip"), id="cut gzip"),
    ],
)
def test_what_passes_is_tried_three_times_and_then_the_service_is_left_alone(
    server: FaultServer, dblp: ServiceDoor, clock: WoundClock, failure: Behaviour
) -> None:
    server.tell(failure)
    error = refused(lambda: dblp.get(REAL))
    assert error.passing
    assert error.until == datetime.fromtimestamp(clock.now + 90, UTC)
    assert len(server.seen) == 3
    assert "left alone until" in str(refused(lambda: dblp.get(REAL)))
    assert len(server.seen) == 3
    clock.now += 91
    server.tell(reply(200, b"[]"))
    assert dblp.get(REAL) == b"[]"


def test_a_body_that_is_cut_once_is_asked_for_again(server: FaultServer, dblp: ServiceDoor) -> None:
    server.tell(say(HEAD + b"only this"), reply(200, b"[3]"))
    assert dblp.get(REAL) == b"[3]"


def test_after_a_pause_one_more_failure_is_enough(server: FaultServer, dblp: ServiceDoor, clock: WoundClock) -> None:
    server.tell(reply(500))
    refused(lambda: dblp.get(REAL))
    clock.now += 91
    assert refused(lambda: dblp.get(REAL)).until == datetime.fromtimestamp(clock.now + 90, UTC)
    assert len(server.seen) == 4


def test_failures_of_long_ago_are_forgotten(server: FaultServer, dblp: ServiceDoor, clock: WoundClock) -> None:
    server.tell(reply(500))
    refused(lambda: dblp.get(REAL))
    clock.now += 3600
    server.tell(reply(500), reply(200, b"[]"))
    assert dblp.get(REAL) == b"[]"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (reply(200, BOT_PAGE, "text/html; charset=utf-8"), "DBLP answers programs with a bot check (200)"),
        (reply(200, BOT_PAGE, "application/json"), "DBLP answers programs with a bot check (200)"),
        (reply(200, HTML, "application/octet-stream"), "DBLP answers with a web page in place of data (200)"),
        (reply(200, b"[]", "text/html"), "DBLP answers with a web page in place of data (200)"),
        (reply(500, BOT_PAGE, "text/html"), "DBLP answers programs with a bot check (500)"),
        (reply(403, b'{"name": "ChallengeRequiredError"}'), "DBLP answers programs with a bot check (403)"),
        (reply(202, b"", "application/json", **{"x-amzn-waf-action": "challenge"}), "bot check (202)"),
    ],
)
def test_a_web_page_in_place_of_data_is_a_block(
    server: FaultServer, dblp: ServiceDoor, door: Door, clock: WoundClock, page: Behaviour, words: str
) -> None:
    server.tell(page)
    error = refused(lambda: dblp.get(REAL), AnswerError)
    assert words in str(error)
    assert error.until == datetime.fromtimestamp(clock.now + 90, UTC)
    assert words in str(refused(lambda: dblp.get(REAL)))
    assert len(server.seen) == 1
    [pause] = door.states()
    assert pause.blocked
    assert words in pause.why
    clock.now += 91
    assert not door.states()
    server.tell(reply(200, b"[]"))
    assert dblp.get(REAL) == b"[]"


@pytest.mark.parametrize("accept", ["xml", "text"])
def test_a_web_page_is_one_whatever_was_asked_for(server: FaultServer, dblp: ServiceDoor, accept: str) -> None:
    server.tell(reply(200, HTML, "text/plain"))
    refused(lambda: dblp.get(REAL, accept=accept), AnswerError)  # type: ignore[arg-type]  # one of the three


def test_xml_is_no_web_page(server: FaultServer, dblp: ServiceDoor) -> None:
    server.tell(reply(200, b"<?xml version='1.0'?><feed/>", "application/atom+xml"))
    assert dblp.get(REAL, accept="xml") == b"<?xml version='1.0'?><feed/>"


def test_a_refused_key_is_named_and_not_tried_again(server: FaultServer, dblp: ServiceDoor, door: Door) -> None:
    server.tell(reply(401, b'{"error": "s3cr3t-of-ada is no key"}'))
    error = refused(lambda: dblp.get(REAL, headers={"Authorization": "Bearer s3cr3t-of-ada"}))
    assert "DBLP refuses the key (401)" in str(error)
    assert error.status == 401
    refused(lambda: dblp.get(REAL))
    assert len(server.seen) == 1
    assert door.states()[0].blocked


def test_without_a_key_401_asks_for_one(server: FaultServer, door: Door) -> None:
    server.tell(reply(401))
    openalex = door.service(Rule("openalex", "OpenAlex", 0.0, server.url))
    assert "OpenAlex answers only with a key (401)" in str(refused(lambda: openalex.get(REAL)))


def test_403_is_not_tried_again_and_three_of_them_are_a_block(
    server: FaultServer, dblp: ServiceDoor, door: Door
) -> None:
    server.tell(reply(403, b'{"name": "ForbiddenError"}'))
    for count in (1, 2, 3):
        error = refused(lambda: dblp.get(REAL))
        assert error.status == 403
        assert len(server.seen) == count
    assert error.until
    assert door.states()[0].blocked


@pytest.mark.parametrize("status", [404, 410])
def test_nothing_there_is_none_though_a_web_page_says_it(server: FaultServer, dblp: ServiceDoor, status: int) -> None:
    server.tell(reply(status, HTML, "text/html"))
    assert dblp.get(REAL) is None


@pytest.mark.parametrize("status", [400, 405, 422, 304, 451])
def test_another_refusal_is_final_and_no_failure_of_the_service(
    server: FaultServer, dblp: ServiceDoor, door: Door, status: int
) -> None:
    server.tell(reply(status, b'{"error": "s3cr3t-of-ada"}' if status != 304 else b""))
    for count in range(1, 5):
        error = refused(lambda: dblp.get(REAL))
        assert (error.status, error.until, error.passing) == (status, None, False)
        assert len(server.seen) == count
    assert not door.states()


def test_a_gzip_bomb_and_an_endless_answer_are_given_up_at_their_limits(
    server: FaultServer, dblp: ServiceDoor, door: Door
) -> None:
    server.tell(reply(200, gzip.compress(bytes(200_000_000), 1), Content_Encoding="gzip"))
    start = time.monotonic()
    assert "DBLP gives more than 8 MB" in str(refused(lambda: dblp.get(REAL)))
    server.tell(lambda c: [c.sendall(b"HTTP/1.1 200 OK\r\n\r\n"), *(c.sendall(b"x" * 65536) for _ in range(999))])
    assert "DBLP gives more than 4 MB" in str(refused(lambda: dblp.get(REAL)))
    server.tell(reply(200, b"x" * 4_000_001))
    assert "DBLP gives more than 4 MB" in str(refused(lambda: dblp.get(REAL)))
    assert time.monotonic() - start < 3
    assert len(server.seen) == 3
    assert not door.states()


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, br"])
def test_another_packing_is_refused_before_it_is_unpacked(server: FaultServer, dblp: ServiceDoor, coding: str) -> None:
    # What the body is does not matter, for not a byte of it is read: a few hundred can stand for as many megabytes.
    server.tell(say(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: 455\r\n\r\n".encode()))
    assert "packing that was not asked for" in str(refused(lambda: dblp.get(REAL)))
    assert server.seen[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(drip(HEAD + b"x" * 1000), id="drips"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000), id="drips its head"),
        pytest.param(hold(HEAD, []), id="says nothing more"),
        pytest.param(hold(b"", []), id="says nothing"),
    ],
)
def test_a_service_that_dawdles_is_left_when_the_time_is_over_and_not_tried_again(
    server: FaultServer, dblp: ServiceDoor, monkeypatch: pytest.MonkeyPatch, behave: Behaviour
) -> None:
    monkeypatch.setattr(service, "SECONDS", 0.3)
    server.tell(behave)
    start = time.monotonic()
    assert "DBLP took longer than 0.3 seconds" in str(refused(lambda: dblp.get(REAL)))
    assert time.monotonic() - start < 1
    assert len(server.seen) == 1


def test_all_attempts_share_the_time(server: FaultServer, dblp: ServiceDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "SECONDS", 1.2)
    server.tell(lambda c: (time.sleep(0.4), c.sendall(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")))  # type: ignore[func-returns-value]  # for what it does
    refused(lambda: dblp.get(REAL))
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://127.0.0.1:1/", "private address"),
        ("http://[::ffff:127.0.0.1]:1/", "private address"),
        ("http://2130706433/", "private address"),
        ("http://ada:s3cr3t-of-ada@example.org/", "name and password"),
        ("ftp://example.org/s3cr3t-of-ada", "only http and https"),
        ("http://[::1", "no address"),
    ],
)
def test_a_redirect_is_checked_hop_by_hop(
    server: FaultServer, dblp: ServiceDoor, door: Door, location: str, why: str
) -> None:
    server.tell(moved("/two"), moved(location))
    assert why in str(refused(lambda: dblp.get(REAL, headers={"x-api-key": "s3cr3t-of-ada"})))
    assert [each.target for each in server.seen] == ["/works/1", "/two"]
    assert not door.states()


def test_a_loop_of_redirects_ends(server: FaultServer, dblp: ServiceDoor) -> None:
    server.tell(moved("/works/1"))
    assert "DBLP redirects more than 5 times" in str(refused(lambda: dblp.get(REAL)))
    assert len(server.seen) == 6


@pytest.mark.parametrize("name", ["x-api-key", "Authorization", "X-Secret"])
def test_a_key_goes_to_the_service_and_its_own_redirects_and_to_no_other_host(
    server: FaultServer, name: str, clock: WoundClock
) -> None:
    with fault_server(reply(200, b"[4]")) as other:
        door = Door(allow=[other.url], clock=clock, sleep=clock.sleep, contact="ada@example.org")
        asked = door.service(Rule("openalex", "OpenAlex", 0.0, server.url, key="s3cr3t-of-ada"))
        server.tell(moved("/merged", 301), moved(f"{other.url}/elsewhere", 307))
        assert asked.get(REAL, headers={name: "Bearer s3cr3t-of-ada"}) == b"[4]"
        assert [each.headers[name.lower()] for each in server.seen] == ["Bearer s3cr3t-of-ada"] * 2
        assert "s3cr3t" not in other.seen[0].text
        assert set(other.seen[0].headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert "ada@example.org" not in other.seen[0].text, "the reader's address was for the service alone"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirected_post_is_refused(server: FaultServer, dblp: ServiceDoor, status: int) -> None:
    server.tell(moved("/elsewhere", status))
    assert "redirects what was sent" in str(refused(lambda: dblp.get(REAL, body=b'{"ids": ["s3cr3t"]}')))
    assert [(each.method, each.body) for each in server.seen] == [("POST", b'{"ids": ["s3cr3t"]}')]


def test_a_redirect_to_the_service_itself_stays_with_its_stand_in(server: FaultServer, door: Door) -> None:
    asked = door.service(Rule("openalex", "OpenAlex", 0.0, f"{server.url}/oa", key="s3cr3t-of-ada"))
    server.tell(moved("https://api.example.org/works/W2?x=1", 301), reply(200, b"[5]"))
    assert asked.get(REAL, headers={"x-api-key": "s3cr3t-of-ada"}) == b"[5]"
    assert [each.target for each in server.seen] == ["/oa/works/1", "/oa/works/W2?x=1"]
    assert server.seen[1].headers["x-api-key"] == "s3cr3t-of-ada"


@pytest.mark.parametrize(
    "behave_of",
    [
        pytest.param(lambda gone: hold(HEAD + b"some", gone), id="in the body"),
        pytest.param(lambda gone: hold(b"HTTP/1.1 200", gone), id="in the head"),
        pytest.param(lambda gone: hold(b"HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\n", gone), id="in a refusal"),
    ],
)
def test_a_request_that_is_stopped_ends_at_once_and_its_connection_with_it(
    server: FaultServer, dblp: ServiceDoor, door: Door, behave_of: Callable[[list[float]], Behaviour]
) -> None:
    gone: list[float] = []
    server.tell(behave_of(gone))
    stop = Stop()
    begun = _when_seen(server, stop)
    refused(lambda: dblp.with_stop(stop).get(REAL), StoppedError)
    ended = time.monotonic()
    assert ended - begun[0] < 0.2
    for _ in range(50):
        if gone:
            break
        time.sleep(0.01)
    assert gone[0] - begun[0] < 0.2
    assert not door.states()
    server.tell(reply(200, b"[]"))
    assert dblp.get(REAL) == b"[]"


def _when_seen(server: FaultServer, stop: Stop) -> list[float]:
    """Set *stop* a moment after the server was asked; the list gets when."""
    begun: list[float] = []

    def watch() -> None:
        while not server.seen:
            time.sleep(0.005)
        time.sleep(0.05)
        begun.append(time.monotonic())
        stop.set()

    threading.Thread(target=watch, daemon=True).start()
    return begun


@pytest.mark.parametrize(
    "first", [reply(429, b"", Retry_After="15"), reply(503)], ids=["a wait that was asked for", "another attempt"]
)
def test_a_wait_is_stopped_too(server: FaultServer, first: Behaviour) -> None:
    server.tell(first)
    stop = Stop()
    begun = _when_seen(server, stop)
    asked = Door(jitter=lambda: 4.0).service(Rule("dblp", "DBLP", 0.0, server.url)).with_stop(stop)
    refused(lambda: asked.get(REAL), StoppedError)
    assert time.monotonic() - begun[0] < 0.2
    assert len(server.seen) == 1


def test_a_connection_that_is_not_made_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    go_on = threading.Event()
    monkeypatch.setattr(socket, "create_connection", lambda *_args, **_options: go_on.wait(5))
    stop = Stop()
    threading.Timer(0.1, stop.set).start()
    asked = Door().service(Rule("dblp", "DBLP", 0.0, "http://127.0.0.1:9")).with_stop(stop)
    start = time.monotonic()
    refused(lambda: asked.get(REAL), StoppedError)
    assert time.monotonic() - start < 0.4
    go_on.set()


def test_a_stop_that_was_set_before_asks_nothing(server: FaultServer, dblp: ServiceDoor) -> None:
    stop = Stop()
    stop.set()
    refused(lambda: dblp.with_stop(stop).get(REAL), StoppedError)
    assert not server.seen


def test_closing_the_door_stops_what_is_under_way(server: FaultServer, dblp: ServiceDoor, door: Door) -> None:
    server.tell(hold(HEAD, []))
    threading.Timer(0.15, door.close).start()
    start = time.monotonic()
    refused(lambda: dblp.get(REAL), StoppedError)
    assert time.monotonic() - start < 0.5
    refused(lambda: dblp.get(REAL), StoppedError)
    assert len(server.seen) == 1


def test_a_service_that_is_left_alone_is_not_even_waited_for(server: FaultServer, clock: WoundClock) -> None:
    asked = Door(clock=clock, sleep=clock.sleep).service(Rule("arxiv", "arXiv", 60.0, server.url))
    server.tell(reply(200, BOT_PAGE, "text/html"))
    for _ in range(3):
        refused(lambda: asked.get(REAL))
    assert not clock.slept


def test_403_with_a_quota_that_is_not_used_up_is_no_wait(server: FaultServer, dblp: ServiceDoor) -> None:
    server.tell(reply(403, b"{}", **{"x-ratelimit-reset": "1800003600", "x-ratelimit-remaining": "17"}))
    assert refused(lambda: dblp.get(REAL)).until is None


def test_a_service_that_dawdles_three_times_is_left_alone(
    server: FaultServer, dblp: ServiceDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SECONDS", 0.1)
    server.tell(hold(HEAD, []))
    assert [refused(lambda: dblp.get(REAL)).until is None for _ in range(3)] == [True, True, False]
