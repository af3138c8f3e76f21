"""The commands that open what lies elsewhere: pdf and open, over the loopback and with programs that write down."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tests.providers.server import FaultServer, fault_server, reply
from tests.services import Services
from tui.cli import run

BODY = b"%PDF-1.5\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("no_proxy", "*")
    with fault_server(reply(200, BODY, "application/pdf", ETag='"v1"')) as running:
        yield running


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A program that writes down what it is given, one word a line, into ``opened``."""
    path = tmp_path / "reader"
    path.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{tmp_path}/opened'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def config(tmp_path: Path, server: FaultServer, reader: Path) -> Path:
    path = tmp_path / "config.toml"
    pdf = f'[pdf]\nfolder = "{tmp_path}/pdfs"\npattern = "{{id}}"\nopen = "{reader} --new"\n'
    path.write_text(f'[network]\nallow = ["{server.url}"]\ncontact = ""\n{pdf}', encoding="utf-8")
    return path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, config: Path, server: FaultServer) -> Call:
    def call(*words: str) -> Done:
        capsys.readouterr()
        try:
            status = run(["--config", str(config), "--library", str(tmp_path / "library"), *words], lambda *_: 99)
        except SystemExit as end:
            status = int(end.code or 0)
        return Done(status, *capsys.readouterr())

    digest = tmp_path / "reading.md"
    lines = [f"- [A Tale of the Number {n}](https://doi.org/10.1000/t{n}) [pdf]({server.url}/{n}.pdf)" for n in (1, 2)]
    digest.write_text("# Reading\n\n" + "\n".join([*lines, "- [Only a Page](https://doi.org/10.1000/p)"]) + "\n")
    assert call("add", str(digest)).status == 0
    return call


def opened(tmp_path: Path) -> list[str]:
    end = time.monotonic() + 3
    while not (tmp_path / "opened").exists() and time.monotonic() < end:
        time.sleep(0.02)
    return (tmp_path / "opened").read_text().splitlines() if (tmp_path / "opened").exists() else []


# pdf


def test_pdf_prints_the_path_of_the_file_and_opens_nothing_where_a_program_reads(
    call: Call, tmp_path: Path, server: FaultServer
) -> None:
    done = call("pdf", "10.1000/t1")
    assert (done.status, done.out) == (0, f"{tmp_path}/pdfs/doi-10.1000 t1.pdf\n")
    assert (tmp_path / "pdfs" / "doi-10.1000 t1.pdf").read_bytes() == BODY
    assert not (tmp_path / "opened").exists()
    again = call("pdf", "10.1000/t1", "--open")
    assert (again.status, again.out) == (0, done.out)
    assert len(server.seen) == 1
    assert opened(tmp_path) == ["--new", f"{tmp_path}/pdfs/doi-10.1000 t1.pdf"]


def test_pdf_of_several_opens_none_and_says_in_one_line_what_came_of_it(call: Call, tmp_path: Path) -> None:
    done = call("pdf", "--query", "", "--open")
    assert done.status == 1
    assert len(done.out.splitlines()) == 2
    assert (
        "No open PDF of this paper is known; its details were not looked up yet. Its page is https://doi.org/"
        in done.err
    )
    assert done.err.splitlines()[-1] == "2 PDFs fetched, 1 not to be had."
    assert not (tmp_path / "opened").exists()


def test_pdf_json_names_files_and_failures(call: Call, tmp_path: Path, server: FaultServer) -> None:
    call("pdf", "10.1000/t1")
    server.tell(reply(200, b"<html>Sign in</html>", "text/html"))
    done = call("pdf", "10.1000/t1", "10.1000/t2", "--json")
    assert done.status == 1
    assert done.json["pdfs"] == [
        {"paper": "doi:10.1000/t1", "path": f"{tmp_path}/pdfs/doi-10.1000 t1.pdf", "url": f"{server.url}/1.pdf",
         "bytes": len(BODY), "new": False}
    ]  # fmt: skip
    (failure,) = done.json["failures"]
    assert (failure["paper"], failure["page"]) == ("doi:10.1000/t2", "https://doi.org/10.1000/t2")
    assert failure["why"].endswith("gives a web page in place of a PDF.")


@pytest.mark.parametrize(("words", "status"), [((), 2), (("nothing-of-the-kind",), 1), (("--marked",), 0)])
def test_pdf_of_nothing_is_said(call: Call, words: tuple[str, ...], status: int) -> None:
    assert call("pdf", *words).status == status


def test_pdf_says_which_program_did_not_open_the_file_that_is_there(call: Call, tmp_path: Path, reader: Path) -> None:
    reader.unlink()
    done = call("pdf", "10.1000/t1", "--open")
    assert done.status == 1
    assert f"No program opened {tmp_path}/pdfs/doi-10.1000 t1.pdf (there is no program" in done.err
    assert (tmp_path / "pdfs" / "doi-10.1000 t1.pdf").exists()


def test_pdf_fetch_looks_up_first_where_no_pdf_is_known(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with Services() as services:
        config = tmp_path / "config.toml"
        lines = [f'[pdf]\nfolder = "{tmp_path}/pdfs"\n']
        lines += [f'[providers.{n}]\nbase_url = "{p.base_url}"\npace = 0\n' for n, p in services.providers().items()]
        config.write_text("\n".join(lines))
        words = ["--config", str(config), "--library", str(tmp_path / "library")]
        bib = (
            "@article{vaswani2017attention, title={Attention Is All You Need}, author={Vaswani, Ashish}, year={2017}}\n"
        )
        (tmp_path / "reading.bib").write_text(bib)
        assert run([*words, "add", str(tmp_path / "reading.bib")], lambda *_: 99) == 0
        assert run([*words, "pdf", "--query", "attention"], lambda *_: 99) == 1
        assert run([*words, "pdf", "--query", "attention", "--fetch"], lambda *_: 99) == 0
        assert capsys.readouterr().out.splitlines()[-1] == f"{tmp_path}/pdfs/vaswani2017attention.pdf"
        assert [asked.path for asked in services.of("arxiv") if "/pdf/" in asked.path] == ["/pdf/1706.03762"]


def program(config: Path, tmp_path: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "tui", "--config", str(config), "--library", str(tmp_path / "library"), *words]


def half(until: threading.Event) -> Callable[..., None]:
    """Answer the half of the PDF, then nothing until *until* is set."""

    def behave(connection: object) -> None:
        head = f'HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\nETag: "v1"\r\n\r\n'.encode()
        connection.sendall(head + BODY[: len(BODY) // 2])  # type: ignore[attr-defined]  # a socket
        until.wait(10)

    return behave


def test_ctrl_c_leaves_what_came_and_the_same_command_goes_on(
    call: Call, tmp_path: Path, config: Path, server: FaultServer
) -> None:
    go_on = threading.Event()
    server.tell(half(go_on))
    running = subprocess.Popen(
        program(config, tmp_path, "pdf", "10.1000/t1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    part = tmp_path / "pdfs" / "doi-10.1000 t1.pdf.part"
    end = time.monotonic() + 20
    while not (part.exists() and part.stat().st_size) and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    go_on.set()
    assert running.returncode == 130
    assert "Traceback" not in err
    start = part.stat().st_size
    rest = reply(206, BODY[start:], "application/pdf", Content_Range=f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")
    server.tell(rest)
    assert call("pdf", "10.1000/t1").status == 0
    assert (tmp_path / "pdfs" / "doi-10.1000 t1.pdf").read_bytes() == BODY


def test_on_a_terminal_a_line_says_how_far_it_is_and_the_pdf_opens(
    call: Call, tmp_path: Path, config: Path, server: FaultServer
) -> None:
    go_on = threading.Event()

    def slowly(connection: object) -> None:
        half(go_on)(connection)
        connection.sendall(BODY[len(BODY) // 2 :])  # type: ignore[attr-defined]  # a socket

    server.tell(slowly)
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        program(config, tmp_path, "pdf", "10.1000/t1"), stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
        if b"51 of 102 kB" in shown:
            go_on.set()
    os.close(ours)
    assert running.wait(20) == 0
    text = shown.decode()
    assert "━━━━──── 51 of 102 kB · A Tale of the Number 1" in text
    assert text.rstrip().endswith("doi-10.1000 t1.pdf")
    assert opened(tmp_path) == ["--new", f"{tmp_path}/pdfs/doi-10.1000 t1.pdf"]


# open


def test_open_opens_pages_in_the_browser(
    call: Call, tmp_path: Path, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", str(reader))
    done = call("open", "10.1000/t1", "10.1000/p")
    assert (done.status, done.out) == (0, "")
    assert opened(tmp_path) == ["https://doi.org/10.1000/t1", "https://doi.org/10.1000/p"]


def test_open_print_prints_addresses_and_opens_nothing(
    call: Call, tmp_path: Path, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", str(reader))
    assert call("open", "--print", "10.1000/t1").out == "https://doi.org/10.1000/t1\n"
    assert call("open", "--print", "--json", "10.1000/p").json == [
        {"paper": "doi:10.1000/p", "url": "https://doi.org/10.1000/p"}
    ]
    assert not (tmp_path / "opened").exists()


def test_open_says_what_it_could_not_open_and_opens_the_rest(
    call: Call, tmp_path: Path, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", str(reader))
    done = call("open", "nothing-of-the-kind", "10.1000/t1")
    assert done.status == 1
    assert opened(tmp_path) == ["https://doi.org/10.1000/t1"]


def test_open_opens_ten_pages_at_most(call: Call) -> None:
    done = call("open", *["10.1000/t1"] * 11)
    assert (done.status, done.err) == (2, "11 pages are many: 10 at most are opened at a stroke.\n")
