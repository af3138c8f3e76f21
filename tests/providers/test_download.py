"""PDFs over real sockets: whole or not at all, gone on with after a cut, and never another thing under that name."""

from __future__ import annotations

import gzip
import json
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.providers.server import Behaviour, FaultServer, WoundClock, drip, hold, moved, reply, say
from tui.errors import AnswerError, NetworkError, StoppedError
from tui.providers.web import Door, Stop
from tui.providers.web import door as doors
from tui.providers.web import download as downloading
from tui.providers.web.download import download

PDF = b"%PDF-1.5\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
TAG = '"v1"'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "papers" / "vaswani2017.pdf"


def fetched(server: FaultServer, path: Path, **options: object) -> Path:
    return download(f"{server.url}/pdf/1706.03762", path, allow=[server.url], **options)  # type: ignore[arg-type]  # of one test at a time


def refused(asked: Callable[[], object], kind: type[NetworkError] = NetworkError) -> str:
    with pytest.raises(kind) as caught:
        asked()
    assert str(caught.value).endswith(".")
    return str(caught.value)


def names(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def head(length: int, *lines: str, status: int = 200) -> bytes:
    all_lines = [f"HTTP/1.1 {status} X", f"Content-Length: {length}", *lines]
    return "\r\n".join(all_lines).encode() + b"\r\n\r\n"


def rest(start: int, total: int | None = None, data: bytes = PDF) -> Callable[..., None]:
    whole = len(data) if total is None else total
    return reply(206, data[start:], "application/pdf", Content_Range=f"bytes {start}-{len(data) - 1}/{whole}")


def test_a_pdf_is_put_in_its_place_and_nothing_beside_it(server: FaultServer, path: Path) -> None:
    server.tell(reply(200, PDF, "application/pdf"))
    told: list[tuple[int, int | None]] = []
    assert fetched(server, path, progress=lambda there, total: told.append((there, total))) == path
    assert path.read_bytes() == PDF
    assert names(path) == {path.name}
    assert told[-1] == (len(PDF), len(PDF))
    assert [there for there, _ in told] == sorted(there for there, _ in told)
    assert server.seen[0].headers["accept-encoding"] == "identity"
    assert "range" not in server.seen[0].headers


def test_a_cut_leaves_a_part_that_the_next_call_goes_on_with(server: FaultServer, path: Path) -> None:
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), rest(5000))
    assert "broke off" in refused(lambda: fetched(server, path))
    assert not path.exists()
    assert fetched(server, path).read_bytes() == PDF
    assert names(path) == {path.name}
    assert (server.seen[1].headers["range"], server.seen[1].headers["if-range"]) == ("bytes=5000-", TAG)


def test_a_file_that_is_another_one_by_now_begins_anew(server: FaultServer, path: Path) -> None:
    other = b"%PDF-1.7 another version" * 400
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), reply(200, other, ETag='"v2"'))
    refused(lambda: fetched(server, path))
    assert fetched(server, path).read_bytes() == other


@pytest.mark.parametrize(
    ("lines", "version"),
    [
        ([f"ETag: {TAG}", "Last-Modified: Mon, 02 Mar 2026 10:00:00 GMT"], TAG),
        (['ETag: W/"weak"', "Last-Modified: Mon, 02 Mar 2026 10:00:00 GMT"], "Mon, 02 Mar 2026 10:00:00 GMT"),
        (['ETag: W/"weak"'], None),
        ([], None),
    ],
)
def test_only_what_can_be_known_again_is_gone_on_with(
    server: FaultServer, path: Path, lines: list[str], version: str | None
) -> None:
    server.tell(say(head(len(PDF), *lines) + PDF[:5000]), reply(200, PDF))
    refused(lambda: fetched(server, path))
    assert fetched(server, path).read_bytes() == PDF
    assert server.seen[1].headers.get("if-range") == version


@pytest.mark.parametrize(
    "odd",
    [
        reply(206, PDF[4000:], Content_Range=f"bytes 4000-{len(PDF) - 1}/{len(PDF)}"),
        reply(206, PDF[5000:]),
        reply(206, PDF[5000:], Content_Range="bytes */9"),
        reply(416, b"", Content_Range="bytes */9"),
    ],
    ids=["another range", "no range", "a range of nothing", "not satisfiable"],
)
def test_another_part_than_was_asked_for_is_not_put_behind_the_first(
    server: FaultServer, path: Path, odd: Callable[..., None]
) -> None:
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), odd, reply(200, PDF))
    refused(lambda: fetched(server, path))
    try:
        fetched(server, path)
    except NetworkError:
        fetched(server, path)
    assert path.read_bytes() == PDF
    assert "range" not in server.seen[-1].headers


def test_a_part_that_nobody_asked_for_is_refused(server: FaultServer, path: Path) -> None:
    server.tell(rest(0))
    refused(lambda: fetched(server, path))
    assert not path.exists()


def test_the_rest_must_fill_the_whole(server: FaultServer, path: Path) -> None:
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), rest(5000, total=len(PDF) + 9))
    refused(lambda: fetched(server, path))
    assert "broke off" in refused(lambda: fetched(server, path))
    assert not path.exists()


@pytest.mark.parametrize(
    "note", [b"", b"[]", b"\xff", b'{"url": 1}', b'{"url": "http://x/", "version": "a\\r\\nb: c"}']
)
def test_a_damaged_note_begins_anew(server: FaultServer, path: Path, note: bytes) -> None:
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), reply(200, PDF))
    refused(lambda: fetched(server, path))
    path.with_name(f"{path.name}.part.json").write_bytes(note)
    assert fetched(server, path).read_bytes() == PDF
    assert "range" not in server.seen[1].headers


def test_the_part_of_another_address_is_not_gone_on_with(server: FaultServer, path: Path) -> None:
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), reply(200, PDF))
    refused(lambda: fetched(server, path))
    note = path.with_name(f"{path.name}.part.json")
    note.write_text(json.dumps(json.loads(note.read_text()) | {"url": "https://example.org/other.pdf"}))
    fetched(server, path)
    assert "range" not in server.seen[1].headers


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"<!doctype html><html>Sign in</html>", "text/html", "gives a web page in place of a PDF"),
        (b"<html>" + b"x" * 5000, "application/pdf", "gives a web page in place of a PDF"),
        (b"%!PS-Adobe-3.0", "application/pdf", "gives what is no PDF"),
        (b"", "application/pdf", "gives what is no PDF"),
        (b"x" * 2000 + PDF, "application/pdf", "gives what is no PDF"),
    ],
)
def test_what_is_no_pdf_does_not_take_its_place(
    server: FaultServer, path: Path, body: bytes, kind: str, words: str
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"the old one")
    server.tell(reply(200, body, kind))
    assert words in refused(lambda: fetched(server, path), AnswerError)
    assert path.read_bytes() == b"the old one"
    assert names(path) == {path.name}


def test_a_pdf_may_begin_a_little_late_and_in_small_pieces(server: FaultServer, path: Path) -> None:
    late = b"\r\n" * 20 + PDF[:60]
    server.tell(drip(head(len(late)) + late, every=0.001))
    assert fetched(server, path).read_bytes() == late


def test_the_limit_holds_for_the_whole_file(server: FaultServer, path: Path) -> None:
    server.tell(reply(200, PDF))
    assert "more than 9,000 bytes" in refused(lambda: fetched(server, path, limit=9000))
    server.tell(say(b"HTTP/1.1 200 OK\r\n\r\n" + PDF))
    assert "more than 9,000 bytes" in refused(lambda: fetched(server, path, limit=9000))
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), rest(5000))
    refused(lambda: fetched(server, path))
    assert "more than 9,000 bytes" in refused(lambda: fetched(server, path, limit=9000))
    assert not path.exists()


@pytest.mark.parametrize(
    "data", [head(len(PDF), f"ETag: {TAG}") + PDF, b"HTTP/1.1 200 OK\r\n\r\n" + PDF], ids=["stated", "not stated"]
)
def test_of_what_is_too_large_nothing_is_left(server: FaultServer, path: Path, data: bytes) -> None:
    server.tell(say(data))
    assert "not taken" in refused(lambda: fetched(server, path, limit=9000))
    assert names(path) == set()


@pytest.mark.parametrize("suffix", [".part", ".part.json"])
@pytest.mark.parametrize("plant", [Path.symlink_to, Path.hardlink_to])
def test_nothing_is_written_through_a_link_that_somebody_put_there(
    server: FaultServer, path: Path, suffix: str, plant: Callable[[Path, Path], None]
) -> None:
    other = path.parent.parent / "thesis.tex"
    other.write_text("years of work", "utf-8")
    path.parent.mkdir()
    plant(path.with_name(path.name + suffix), other)
    server.tell(reply(200, PDF, "application/pdf", ETag=TAG))
    assert fetched(server, path).read_bytes() == PDF
    assert not path.is_symlink()
    assert other.read_text("utf-8") == "years of work"


@pytest.mark.parametrize("plant", [Path.symlink_to, Path.hardlink_to])
def test_a_link_is_not_gone_on_with_either(
    server: FaultServer, path: Path, plant: Callable[[Path, Path], None]
) -> None:
    server.tell(say(head(len(PDF), f"ETag: {TAG}") + PDF[:5000]), reply(200, PDF))
    refused(lambda: fetched(server, path))
    part = path.with_name(f"{path.name}.part")
    other = part.rename(path.parent.parent / "other.pdf")
    plant(part, other)
    assert fetched(server, path).read_bytes() == PDF
    assert other.read_bytes() == PDF[:5000]
    assert "range" not in server.seen[1].headers


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
@pytest.mark.parametrize("suffix", [".part", ".part.json"])
def test_a_pipe_does_not_hold_it_up(server: FaultServer, path: Path, suffix: str) -> None:
    path.parent.mkdir()
    os.mkfifo(path.with_name(path.name + suffix))
    server.tell(reply(200, PDF))
    assert fetched(server, path).read_bytes() == PDF


def test_a_packed_answer_is_unpacked(server: FaultServer, path: Path) -> None:
    server.tell(reply(200, gzip.compress(PDF), Content_Encoding="gzip", ETag=TAG))
    assert fetched(server, path).read_bytes() == PDF


def test_it_is_given_up_after_a_silence_and_not_before(server: FaultServer, path: Path) -> None:
    server.tell(hold(head(len(PDF), f"ETag: {TAG}") + PDF[:5000], []), drip(head(60) + PDF[:60], every=0.02))
    start = time.monotonic()
    assert "did not answer in time" in refused(lambda: fetched(server, path, silence=0.3))
    assert time.monotonic() - start < 1
    assert fetched(server, path, silence=0.3).read_bytes() == PDF[:60]


def test_a_long_file_has_all_the_time_that_it_needs(
    server: FaultServer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "_HEAD", 0.2)
    server.tell(lambda c: (c.sendall(head(30)), drip(PDF[:30], every=0.02)(c))[1])  # type: ignore[func-returns-value]  # for what it does
    assert fetched(server, path).read_bytes() == PDF[:30]
    server.tell(drip(head(30), every=0.02))
    assert "took longer than 0.2 seconds" in refused(lambda: fetched(server, path))


def chunks_of_nothing(connection: socket.socket) -> None:
    """Send one chunk, and then a chunk's extensions without an end (RFC 9112, 7.1.1)."""
    connection.sendall(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%PDF-\r\n5;")
    drip(b"x" * 100)(connection)


@pytest.mark.parametrize(
    "behaviour",
    [
        lambda c: (c.sendall(head(20_000, f"ETag: {TAG}") + PDF[:2000]), drip(PDF[2000:2100])(c)),
        lambda c: (c.sendall(head(300)), drip(PDF[:100])(c)),
        lambda c: (c.sendall(head(len(PDF), "Content-Encoding: gzip")), drip(gzip.compress(PDF)[:100])(c)),
        chunks_of_nothing,
    ],
)
def test_a_byte_now_and_then_is_not_enough(
    server: FaultServer, path: Path, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour
) -> None:
    monkeypatch.setattr(downloading, "_LEAST", 5_000)
    monkeypatch.setattr(downloading, "_WINDOW", 0.4)
    server.tell(behaviour)
    begin = time.monotonic()
    assert "was given up: in 0.4 seconds it gave less than 5,000 bytes" in refused(lambda: fetched(server, path))
    assert time.monotonic() - begin < 1.5


def test_what_came_so_slowly_is_gone_on_with(server: FaultServer, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "_LEAST", 5_000)
    monkeypatch.setattr(downloading, "_WINDOW", 0.3)
    server.tell(lambda c: (c.sendall(head(len(PDF), f"ETag: {TAG}") + PDF[:6000]), drip(PDF[6000:6050])(c))[1])  # type: ignore[func-returns-value]  # for what it does
    refused(lambda: fetched(server, path))
    there = path.with_name(f"{path.name}.part").stat().st_size
    assert 6000 < there < 6050
    server.tell(rest(there))
    assert fetched(server, path).read_bytes() == PDF


def test_a_slow_line_has_the_time_that_it_needs(
    server: FaultServer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "_LEAST", 1_000)
    monkeypatch.setattr(downloading, "_WINDOW", 0.4)

    def slowly(connection: socket.socket) -> None:
        connection.sendall(head(len(PDF)))
        for start in range(0, len(PDF), 1_000):
            connection.sendall(PDF[start : start + 1_000])
            time.sleep(0.1)

    server.tell(slowly)
    begin = time.monotonic()
    assert fetched(server, path).read_bytes() == PDF
    assert time.monotonic() - begin > 0.8


def test_a_stop_leaves_the_part(server: FaultServer, path: Path) -> None:
    gone: list[float] = []
    server.tell(hold(head(len(PDF), f"ETag: {TAG}") + PDF[:5000], gone), rest(5000))
    stop = Stop()
    begun: list[float] = []
    threading.Timer(0.15, lambda: (begun.append(time.monotonic()), stop.set())).start()
    refused(lambda: fetched(server, path, stop=stop), StoppedError)
    assert time.monotonic() - begun[0] < 0.2
    assert fetched(server, path).read_bytes() == PDF


def test_another_program_at_the_same_file_is_said(server: FaultServer, path: Path) -> None:
    path.parent.mkdir()
    with FileLock(path.with_name(f"{path.name}.part.lock")):
        assert "is being fetched already" in refused(lambda: fetched(server, path))
    assert not server.seen


def test_a_folder_that_cannot_be_written_is_one_sentence(server: FaultServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "cannot be written" in refused(lambda: fetched(server, tmp_path / "file" / "x.pdf"))


@pytest.mark.parametrize("status", [404, 403, 500])
def test_a_refusal_is_named(server: FaultServer, path: Path, status: int) -> None:
    server.tell(reply(status))
    with pytest.raises(NetworkError) as caught:
        fetched(server, path)
    assert caught.value.status == status
    assert names(path) == set()


def test_redirects_are_followed_and_checked(server: FaultServer, path: Path) -> None:
    server.tell(moved("/elsewhere.pdf"), reply(200, PDF))
    assert fetched(server, path).read_bytes() == PDF
    server.tell(moved("http://127.0.0.1:1/"))
    assert "private address" in refused(lambda: fetched(server, path))
    server.tell(moved("file:///etc/passwd"))
    assert "only http and https" in refused(lambda: fetched(server, path))


def test_the_door_hands_its_settings_on(server: FaultServer, path: Path) -> None:
    server.tell(reply(200, PDF))
    door = Door(allow=[server.url], contact="ada@example.org")
    assert door.download(f"{server.url}/x.pdf", path).read_bytes() == PDF
    assert "ada@example.org" not in server.seen[0].text, "whoever has the file did not ask for an address"
    assert "offline" in refused(lambda: Door(offline=True).download("https://example.org/x.pdf", path))
    door.close()
    refused(lambda: door.download(f"{server.url}/x.pdf", path), StoppedError)


def test_the_door_asks_a_host_for_a_file_every_three_seconds_but_the_reader_s_own_at_once(
    server: FaultServer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.tell(reply(200, PDF))
    clock = WoundClock()
    door = Door(allow=[server.url], clock=clock, sleep=clock.sleep)
    for _ in range(3):
        door.download(f"{server.url}/x.pdf", path)
    assert clock.slept == []
    monkeypatch.setattr(doors, "download", lambda url, path, **_: path)
    for host in ("a", "a", "b", "a"):
        door.download(f"https://{host}.example/x.pdf", path)
    assert clock.slept == [3.0, 3.0]


def test_the_door_leaves_a_host_alone_that_asks_for_it(server: FaultServer, path: Path) -> None:
    server.tell(reply(429, b"", Retry_After="600"), reply(200, PDF))
    clock = WoundClock(time.time())
    door = Door(allow=[server.url], clock=clock, sleep=clock.sleep)
    refused(lambda: door.download(f"{server.url}/x.pdf", path))
    assert "429" in refused(lambda: door.download(f"{server.url}/x.pdf", path))
    assert len(server.seen) == 1
    clock.now += 601
    assert door.download(f"{server.url}/x.pdf", path) == path


def test_a_file_of_unknown_length_that_does_not_say_that_it_ends_was_cut(server: FaultServer, path: Path) -> None:
    server.tell(say(b"HTTP/1.1 200 OK\r\n\r\n" + PDF[:5000]), say(b"HTTP/1.1 200 OK\r\n\r\n" + PDF))
    assert "broke off" in refused(lambda: fetched(server, path))
    assert not path.exists()
    assert fetched(server, path).read_bytes() == PDF
