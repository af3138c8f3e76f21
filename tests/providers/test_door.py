"""The door to the services: whose turn it is, what outlives the program, who may be asked, and what is said of whom."""

from __future__ import annotations

import itertools
import json
import logging
import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.providers.server import FaultServer, WoundClock, fault_server, hold, moved, reply
from tui import __version__
from tui.errors import AnswerError, NetworkError, StoppedError
from tui.providers.asking import Service
from tui.providers.web import Door, Rule, Stop

REAL = "https://export.arxiv.org/api/query?id_list=2010.11929"
OAI = "https://oaipmh.arxiv.org/oai?verb=Identify"
KEY = "s3cr3t-of-ada"


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock()


@pytest.fixture
def open_door(clock: WoundClock, tmp_path: Path) -> Callable[..., Door]:
    """Doors that share a folder, as the programs of one reader do."""
    return lambda **options: Door(
        **{"folder": tmp_path / "cache" / "net", "clock": clock, "sleep": clock.sleep, "jitter": lambda: 1.0} | options
    )


def arxiv(server: FaultServer, pace: float = 3.0) -> Rule:
    return Rule("arxiv", "arXiv", pace, f"{server.url}/arxiv")


def sentence(asked: Callable[[], object]) -> str:
    with pytest.raises(NetworkError) as caught:
        asked()
    assert str(caught.value).endswith(".")
    assert KEY not in str(caught.value)
    return str(caught.value)


# What a request looks like


def test_a_stand_in_takes_the_place_of_scheme_and_host_and_the_path_stays(server: FaultServer) -> None:
    asked: Service = Door().service(Rule("crossref", "Crossref", 0.0, f"{server.url}/crossref/"))
    for path in ("/v1/works/10.1145%2F1?select=DOI%2Ctitle&q=a+b%20c", "/v1/works/10.1002%2F(x)%3A%23", "", "/%C3%A9?"):
        asked.get(f"https://api.crossref.org{path}")
    assert [each.target for each in server.seen] == [
        "/crossref/v1/works/10.1145%2F1?select=DOI%2Ctitle&q=a+b%20c",
        "/crossref/v1/works/10.1002%2F(x)%3A%23",
        "/crossref/",
        "/crossref/%C3%A9",
    ]
    assert server.seen[0].headers["host"] == server.url.removeprefix("http://")


def test_the_request_says_who_asks_for_what(server: FaultServer) -> None:
    asked = Door(contact="ada@example.org").service(replace(arxiv(server, 0), contact=True))
    assert asked.contact == "ada@example.org"
    asked.get(REAL, accept="xml")
    asked.get(REAL, headers={"accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"})
    first, second = (each.headers for each in server.seen)
    assert first["user-agent"] == f"paperrack/{__version__} (mailto:ada@example.org)"
    assert first["accept"].startswith("application/xml")
    assert first["accept-encoding"] == "gzip"
    assert second["accept"] == "application/vnd.github+json"
    assert second["x-github-api-version"] == "2022-11-28"
    assert "ada" not in server.seen[0].target


def test_a_body_is_posted_as_json(server: FaultServer) -> None:
    asked = Door().service(Rule("semantic_scholar", "Semantic Scholar", 0.0, server.url))
    asked.get("https://api.semanticscholar.org/graph/v1/paper/batch", body=b'{"ids": []}')
    [seen] = server.seen
    assert (seen.method, seen.body) == ("POST", b'{"ids": []}')
    assert (seen.headers["content-type"], seen.headers["content-length"]) == ("application/json", "11")


# Keys


@pytest.mark.parametrize("value", [f"{KEY}\r\nX-Evil: 1", f"{KEY}é", f"{KEY}\x7f", f" {KEY}"])
def test_a_key_that_no_header_can_hold_is_refused_and_not_shown(server: FaultServer, value: str) -> None:
    asked = Door().service(Rule("openalex", "OpenAlex", 0.0, server.url, key=value))
    assert "holds what cannot be sent" in sentence(lambda: asked.get(REAL, headers={"x-api-key": value}))
    assert not server.seen


def test_a_key_in_an_address_is_not_sent(server: FaultServer) -> None:
    asked = Door().service(Rule("openalex", "OpenAlex", 0.0, server.url, key=KEY))
    assert "address" in sentence(lambda: asked.get(f"https://api.openalex.org/works?api_key={KEY}"))
    assert not server.seen


def test_a_key_is_in_no_log_and_no_description(server: FaultServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpcore").setLevel(logging.NOTSET)
    rule = Rule("openalex", "OpenAlex", 0.0, server.url, key=KEY)
    asked = Door().service(rule)
    server.tell(reply(200, b"{}"), moved(f"ftp://x.example/{KEY}"), reply(401, KEY.encode()))
    asked.get(REAL, headers={"Authorization": f"Bearer {KEY}"})
    sentence(lambda: asked.get(REAL, headers={"x-api-key": KEY}))
    sentence(lambda: asked.get(REAL, headers={"x-api-key": KEY}))
    assert [KEY in each.text for each in server.seen] == [True, True, True]
    assert KEY not in caplog.text
    assert "openalex: 127.0.0.1/api/query gave 200, 2 bytes" in caplog.text
    assert KEY not in f"{rule} {asked}"


def test_a_key_is_in_no_file(server: FaultServer, open_door: Callable[..., Door], tmp_path: Path) -> None:
    asked = open_door().service(Rule("openalex", "OpenAlex", 0.0, server.url, key=KEY))
    server.tell(moved(f"/{KEY}"), reply(401, KEY.encode()))
    sentence(lambda: asked.get(REAL, headers={"x-api-key": KEY}))
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert all(KEY.encode() not in path.read_bytes() for path in kept)


# Whose turn it is


def test_requests_keep_the_pace_of_the_service(
    server: FaultServer, open_door: Callable[..., Door], clock: WoundClock
) -> None:
    asked = open_door().service(arxiv(server))
    start = clock.now
    for _ in range(4):
        asked.get(REAL)
        asked.get(OAI)
    assert clock.now - start == pytest.approx(21, abs=0.1)


def test_the_pace_outlives_the_program(server: FaultServer, open_door: Callable[..., Door], clock: WoundClock) -> None:
    open_door().service(arxiv(server)).get(REAL)
    clock.now += 1
    open_door().service(arxiv(server)).get(OAI)
    assert sum(clock.slept) == pytest.approx(2, abs=0.1)
    clock.now += 5
    open_door().service(arxiv(server)).get(REAL)
    assert sum(clock.slept) == pytest.approx(2, abs=0.1)


def test_services_do_not_wait_for_each_other(
    server: FaultServer, open_door: Callable[..., Door], clock: WoundClock
) -> None:
    door = open_door()
    door.service(arxiv(server, 3600)).get(REAL)
    door.service(Rule("dblp", "DBLP", 3600, server.url)).get("https://dblp.org/")
    with fault_server() as other:  # another stand-in is another service
        door.service(arxiv(other, 3600)).get(REAL)
    assert not clock.slept


def test_a_clock_that_was_set_back_costs_one_pace_and_no_more(
    server: FaultServer, open_door: Callable[..., Door], clock: WoundClock
) -> None:
    open_door().service(arxiv(server)).get(REAL)
    clock.now -= 86_400
    for waited in (3, 6):
        open_door().service(arxiv(server)).get(REAL)
        assert sum(clock.slept) == pytest.approx(waited, abs=0.1)


def test_a_pause_from_before_the_clock_was_set_back_is_over(
    server: FaultServer, open_door: Callable[..., Door], clock: WoundClock
) -> None:
    server.tell(reply(429, b"", Retry_After="80000"), reply())
    sentence(lambda: open_door().service(arxiv(server)).get(REAL))
    clock.now -= 10 * 86_400
    assert open_door().service(arxiv(server)).get(REAL) == b"{}"


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"last": "x", "free": [], "hosts": 7}',
     b'{"last": 1e400, "free": -1, "hosts": {"export.arxiv.org": {"until": NaN, "why": 7}, "x": null}}',
     b'{"last": true, "hosts": {"export.arxiv.org": {"until": 99999999999, "failures": 1e9, "why": "\\u001b[2J"}}}'],
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none(
    server: FaultServer, open_door: Callable[..., Door], tmp_path: Path, clock: WoundClock, damage: bytes
) -> None:
    open_door().service(arxiv(server)).get(REAL)
    [kept] = (tmp_path / "cache" / "net").glob("arxiv*.json")
    kept.write_bytes(damage)
    door = open_door()
    asked = door.service(arxiv(server))
    assert not door.states()
    assert asked.get(REAL) == b"{}"
    assert json.loads(kept.read_bytes())["last"] == pytest.approx(clock.now, abs=0.1)


@pytest.mark.parametrize("kind", ["a file", "missing and not to be made", "read-only"])
def test_without_a_folder_that_can_be_written_it_is_kept_in_memory(
    server: FaultServer, open_door: Callable[..., Door], tmp_path: Path, clock: WoundClock, kind: str
) -> None:
    folder = tmp_path / "place"
    if kind == "a file":
        folder.write_text("x")
    elif kind == "read-only":
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")
        folder.mkdir(mode=0o500)
    else:
        (tmp_path / "file").write_text("x")
        folder = tmp_path / "file" / "below"
    door = open_door(folder=folder)
    asked = door.service(arxiv(server))
    server.tell(reply(), reply(), reply(200, b"<html>", "text/html"))
    asked.get(REAL)
    asked.get(REAL)
    assert sum(clock.slept) == pytest.approx(3, abs=0.1)
    sentence(lambda: asked.get(REAL))
    assert door.states()


def test_a_disk_that_fills_up_is_no_error(
    server: FaultServer, open_door: Callable[..., Door], clock: WoundClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = open_door().service(arxiv(server))
    asked.get(REAL)

    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    asked.get(REAL)
    asked.get(REAL)
    assert sum(clock.slept) == pytest.approx(6, abs=0.1)


def test_one_request_at_a_time_goes_to_a_service_whatever_the_threads_and_doors(
    server: FaultServer, tmp_path: Path
) -> None:
    server.tell(lambda c: (time.sleep(0.03), reply()(c))[1])  # type: ignore[func-returns-value]  # for what it does
    services = [Door(folder=tmp_path).service(arxiv(server, 0.02)) for _ in range(2)]
    services = [*services, *services, *services]
    threads = [threading.Thread(target=asked.get, args=(REAL,)) for asked in services]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)
    assert len(server.seen) == 6
    assert server.most == 1


def test_at_most_six_services_are_asked_at_a_time(server: FaultServer) -> None:
    server.tell(lambda c: (time.sleep(0.05), reply()(c))[1])  # type: ignore[func-returns-value]  # for what it does
    door = Door()
    threads = [
        threading.Thread(target=door.service(Rule(f"s{number}", "S", 0.0, server.url)).get, args=(REAL,))
        for number in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)
    assert len(server.seen) == 10
    assert 2 <= server.most <= 6


def test_two_programs_at_once_keep_the_pace_together(server: FaultServer, tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from tui.providers.web import Door, Rule
        asked = Door(folder=Path(sys.argv[1])).service(Rule("arxiv", "arXiv", 0.25, sys.argv[2]))
        for _ in range(3):
            assert asked.get("https://export.arxiv.org/api/query") == b"{}"
        """
    )
    server.tell(lambda c: (time.sleep(0.05), reply()(c))[1])  # type: ignore[func-returns-value]  # for what it does
    command = [sys.executable, "-c", program, str(tmp_path / "net"), server.url]
    programs = [subprocess.Popen(command) for _ in range(2)]
    assert [each.wait(timeout=30) for each in programs] == [0, 0]
    times = [each.when for each in server.seen]
    assert len(times) == 6
    assert min(late - early for early, late in itertools.pairwise(times)) > 0.23
    assert server.most == 1


def test_waiting_for_another_program_is_stopped_too(server: FaultServer, tmp_path: Path) -> None:
    server.tell(hold(b"", []))
    slow, fast = Stop(), Stop()
    first = Door(folder=tmp_path).service(arxiv(server, 0)).with_stop(slow)
    thread = threading.Thread(target=lambda: sentence(lambda: first.get(REAL)))
    thread.start()
    while not server.seen:
        time.sleep(0.005)
    second = Door(folder=tmp_path).service(arxiv(server, 0)).with_stop(fast)
    threading.Timer(0.05, fast.set).start()
    start = time.monotonic()
    with pytest.raises(StoppedError):
        second.get(REAL)
    assert time.monotonic() - start < 0.2
    slow.set()
    thread.join(timeout=2)
    assert len(server.seen) == 1


def test_waiting_for_the_pace_is_stopped_too(server: FaultServer) -> None:
    asked = Door().service(arxiv(server, 60))
    asked.get(REAL)
    stop = Stop()
    threading.Timer(0.05, stop.set).start()
    start = time.monotonic()
    with pytest.raises(StoppedError):
        asked.with_stop(stop).get(REAL)
    assert time.monotonic() - start < 0.2


# Who is left alone


def test_a_pause_outlives_the_program_and_is_of_one_host_of_one_service(
    server: FaultServer, open_door: Callable[..., Door], clock: WoundClock
) -> None:
    server.tell(reply(429, b"Rate exceeded.", "text/plain", Retry_After="600"), reply())
    sentence(lambda: open_door().service(arxiv(server)).get(REAL))
    door = open_door()
    asked = door.service(arxiv(server))
    assert "arXiv takes no more requests for now (429 Too Many Requests); it is left alone until" in sentence(
        lambda: asked.get(REAL)
    )
    assert len(server.seen) == 1
    assert asked.get(OAI) == b"{}"
    assert door.service(Rule("dblp", "DBLP", 0.0, server.url)).get("https://dblp.org/") == b"{}"
    [pause] = door.states()
    assert (pause.name, pause.host) == ("arxiv", "export.arxiv.org")
    assert pause.until == datetime.fromtimestamp(clock.now + 600 - sum(clock.slept), UTC)
    with fault_server() as mirror:
        assert open_door().service(arxiv(mirror)).get(REAL) == b"{}"


def test_who_waited_for_a_turn_sees_the_pause_that_came_meanwhile(server: FaultServer) -> None:
    server.tell(lambda c: (time.sleep(0.1), reply(200, b"<html>", "text/html")(c))[1])  # type: ignore[func-returns-value]  # for what it does
    asked = Door().service(arxiv(server, 0))
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(sentence(lambda: asked.get(REAL)))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)
    assert len(said) == 5
    assert len(server.seen) == 1


def test_the_reader_may_have_a_paused_service_asked_once(server: FaultServer, open_door: Callable[..., Door]) -> None:
    door = open_door()
    asked = door.service(arxiv(server, 0))
    server.tell(reply(429, b"", Retry_After="600"), reply(503), reply())
    sentence(lambda: asked.get(REAL))
    [before] = door.states()
    door.forget("arxiv")
    door.forget("nobody")
    assert door.states() == (before,)
    sentence(lambda: asked.get(REAL))
    sentence(lambda: asked.get(REAL))
    assert len(server.seen) == 2
    [after] = door.states()
    assert after.until == before.until
    door.forget("arxiv")
    assert asked.get(REAL) == b"{}"
    assert door.states() == ()
    assert asked.get(REAL) == b"{}"


# With no network


def test_offline_nothing_is_asked_and_it_is_said_at_once(server: FaultServer) -> None:
    door = Door(offline=True)
    asked = door.service(arxiv(server))
    assert sentence(lambda: asked.get(REAL)) == "arXiv was not asked: the network is switched off (offline)."
    assert not server.seen
    assert not door.states()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names that were looked up, of which none is found."""
    looked_up: list[str] = []

    def unknown(host: str, *_args: object, **_options: object) -> None:
        looked_up.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    return looked_up  # type: ignore[return-value]  # pytest takes both


def test_a_machine_without_network_is_noticed_once(
    names: list[str], open_door: Callable[..., Door], clock: WoundClock
) -> None:
    door = open_door()
    for number in range(20):
        asked = door.service(Rule(f"s{number}", f"Service {number}", 3.0))
        words = sentence(lambda asked=asked: asked.get(REAL))  # type: ignore[misc]  # bound on purpose
        assert words == f"Service {number} was not asked: this machine seems to be offline."
    assert len(names) == 1
    assert not door.states()
    assert not clock.slept


def test_a_name_that_does_not_exist_is_not_taken_for_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def unknown(host: str, *_args: object, **_options: object) -> None:
        looked_up.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    door = Door()
    asked = [door.service(Rule(name, name.upper(), 0.0)) for name in "abc"]
    for _ in range(3):
        assert "api.a.example cannot be found" in sentence(lambda: asked[0].get("https://api.a.example/"))
    sentence(lambda: asked[1].get("https://api.b.example/"))
    assert sentence(lambda: asked[2].get("https://c.example/")) == "C was not asked: this machine seems to be offline."
    assert len(looked_up) == 4


def test_a_stand_in_on_this_machine_is_asked_without_network(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door()
    with monkeypatch.context() as patch:

        def unknown(*_args: object, **_options: object) -> None:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

        patch.setattr(socket, "getaddrinfo", unknown)
        sentence(lambda: door.service(Rule("dblp", "DBLP", 0.0)).get("https://dblp.org/"))
    assert door.service(arxiv(server, 0)).get(REAL) == b"{}"


# Where a request may go


def test_a_private_address_is_refused_but_for_stand_ins_and_allowed_origins(server: FaultServer) -> None:
    asked = Door().service(Rule("dblp", "DBLP", 0.0))
    assert "private address" in sentence(lambda: asked.get(server.url))
    assert not server.seen
    assert Door(allow=[server.url]).service(Rule("dblp", "DBLP", 0.0)).get(server.url) == b"{}"


def test_the_trust_in_a_stand_in_is_in_its_origin_alone(server: FaultServer) -> None:
    with fault_server() as other:
        server.tell(moved(other.url))
        asked = Door().service(arxiv(server, 0))
        assert "private address" in sentence(lambda: asked.get(REAL))
        assert not other.seen


def test_the_proxy_of_the_environment_is_obeyed(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    assert Door().service(Rule("dblp", "DBLP", 0.0)).get("http://dblp.example/search") == b"{}"
    assert server.seen[0].target == "http://dblp.example/search"


# Recorded answers in place of the network


class Recorded(httpx.BaseTransport):
    """Answers from memory, one after the other."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answers.pop(0)


def test_a_transport_answers_in_place_of_the_network_and_all_rules_hold(
    names: list[str], open_door: Callable[..., Door], clock: WoundClock
) -> None:
    recorded = Recorded(
        httpx.Response(200, json={"a": 1}),
        httpx.Response(503),
        httpx.Response(301, headers={"Location": "https://elsewhere.example/"}),
        httpx.Response(200, content=iter([b"{", b"}"])),
        httpx.Response(302, headers={"Location": "http://elsewhere.example/"}),
        httpx.Response(302, headers={"Location": "http://127.0.0.1/"}),
        httpx.Response(200, content=b"<html>", headers={"Content-Type": "text/html"}),
    )
    door = open_door(transport=recorded)
    asked = door.service(Rule("openalex", "OpenAlex", 2.0, key=KEY))
    headers = {"Authorization": KEY}
    assert json.loads(asked.get(REAL, headers=headers) or b"") == {"a": 1}
    assert asked.get(REAL, headers=headers) == b"{}"
    assert sum(clock.slept) == pytest.approx(4, abs=0.1)
    assert ["authorization" in each.headers for each in recorded.asked] == [True, True, True, False]
    assert "without encryption" in sentence(lambda: asked.get(REAL))
    assert "private address" in sentence(lambda: Door(transport=recorded).service(Rule("x", "X", 0)).get("http://a.b/"))
    with pytest.raises(AnswerError):
        asked.get(REAL)
    assert "bot" not in sentence(lambda: asked.get(REAL))
    assert not recorded.answers
    assert not names


def test_a_slow_transport_is_left_behind_by_a_stop() -> None:
    class Slow(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            time.sleep(0.5)
            return httpx.Response(200)

    stop = Stop()
    threading.Timer(0.05, stop.set).start()
    start = time.monotonic()
    with pytest.raises(StoppedError):
        Door(transport=Slow()).service(Rule("x", "X", 0)).with_stop(stop).get(REAL)
    assert time.monotonic() - start < 0.2
