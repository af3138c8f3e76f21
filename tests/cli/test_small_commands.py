"""Words behind ``--``, pages that papers do not have, digests that cannot be read, and output that has no room."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tui.cli import run
from tui.cli.manual import _text
from tui.cli.words import _first_word

NOTE = "# Reading\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n- [BERT](https://arxiv.org/abs/1810.04805)\n"
BERT, ATTENTION = "arxiv:1810.04805", "arxiv:1706.03762"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    def call(*words: str) -> Done:
        capsys.readouterr()
        try:
            status = run(words, lambda *_: 99)
        except SystemExit as end:
            status = int(end.code or 0)
        return Done(status, *capsys.readouterr())

    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    assert call("add", str(tmp_path / "note.md")).status == 0
    return call


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (["--library", "add", "papers"], "papers"),
        (["--", "papers"], "papers"),
        (["--config", "x", "--", "--help"], "--help"),
        (["--"], None),
        (["--library"], None),
        ([], None),
        (["-"], "-"),
        (["--json"], None),
    ],
)
def test_the_first_word_is_neither_an_option_nor_its_value(argv: list[str], word: str | None) -> None:
    assert _first_word(argv) == word


def test_a_paper_without_an_address_is_said_and_the_others_are_printed(call: Call, tmp_path: Path) -> None:
    (tmp_path / "bare.bib").write_text("@misc{x, title = {Of nothing that stands anywhere}, author = {Byron, Ada}}\n")
    assert call("add", str(tmp_path / "bare.bib")).status == 0
    (bare,) = (each["id"] for each in call("papers", "--json").json if each["title"].startswith("Of nothing"))
    done = call("open", "--print", bare, BERT)
    assert (done.status, done.out) == (1, "https://arxiv.org/abs/1810.04805\n")
    assert done.err == f"{bare}: This paper has no address.\n"


def test_papers_that_are_made_one_are_told_as_json_too(call: Call) -> None:
    merged = call("merge", BERT, ATTENTION, "--json")
    assert merged.status == 0
    assert len(call("papers", "--json").json) == 1
    assert merged.json["id"] == call("papers", "--json").json[0]["id"]


def test_bib_says_what_cannot_be_read_and_writes_the_rest(call: Call, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"\x00\x01\x02" * 100)
    done = call("bib", "--offline", str(tmp_path / "broken.pdf"), str(tmp_path / "note.md"))
    assert done.status == 1
    assert "broken.pdf" in done.err
    assert done.out.count("@") == 2


def test_formats_are_lines_or_one_document(call: Call) -> None:
    lines = call("formats").out.splitlines()
    known = call("formats", "--json").json
    assert len(lines) == sum(map(len, known.values()))
    assert all(line.split()[0] in known for line in lines)


def test_output_that_has_no_room_is_one_sentence_and_a_file_s_error_is_no_stream_s(
    call: Call, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def fileno(self) -> int:
            return 1

    closed: list[bool] = []
    monkeypatch.setattr("tui.cli.streams.close_quietly", lambda: closed.append(True))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Full())
        assert run(["papers"], lambda *_: 99) == 1
    assert closed == [True]
    assert capsys.readouterr().err == "The output could not be written: No space left on device.\n"

    def gone(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "/library/papers/1.json")

    monkeypatch.setattr("tui.cli._flushed", gone)
    with pytest.raises(OSError, match="Input/output"):
        run(["papers"], lambda *_: 99)


def test_no_line_of_the_manual_is_an_instruction_to_troff() -> None:
    assert _text(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert _text("a\\b") != "a\\b"
    assert _text("é 論").isascii()
    assert _text("") == ""
