"""The commands, as other programs call them: data, narration, exit status."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import types
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tests.conftest import SAMPLES
from tui import __version__
from tui.cli import run
from tui.desk.exporting import Exporting

NOTE = "# Reading\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n- [BERT](https://arxiv.org/abs/1810.04805)\n"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return what runs a command in this process, on the test's own library."""

    def call(*words: str) -> Done:
        capsys.readouterr()
        try:
            status = run(words, lambda *_: 99)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A small digest."""
    path = tmp_path / "note.md"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_add_says_what_is_new_and_the_second_time_that_nothing_is(call: Call, note: Path) -> None:
    first, second = call("add", "--json", str(note)), call("add", "--json", str(note))
    assert (first.status, second.status) == (0, 0)
    (one,), (two,) = first.json["issues"], second.json["issues"]
    assert (one["new"], two["new"]) == (True, False)
    assert one["papers"] == 2
    assert one["id"] == two["id"]
    assert set(one) >= {"id", "title", "series", "number", "date", "format", "source", "papers", "new", "warnings"}
    assert first.json["errors"] == []


def test_the_papers_of_an_issue_come_in_its_order_with_the_contract_s_keys(call: Call, note: Path) -> None:
    issue = call("add", "--json", str(note)).json["issues"][0]["id"]
    papers = call("papers", "--issue", issue, "--json").json
    assert [paper["id"] for paper in papers] == ["arxiv:1706.03762", "arxiv:1810.04805"]
    keys = {
        "id", "position", "title", "authors", "more_authors", "year", "date", "venue", "abstract", "identifiers",
        "links", "sections", "posts", "categories", "metrics", "issues", "marked", "read", "starred", "tags", "note",
        "key", "state", "mentions", "record", "details",
    }  # fmt: skip
    assert set(papers[0]) == keys
    assert papers[0]["links"] == [{"rel": "paper", "url": "https://arxiv.org/abs/1706.03762"}]
    assert papers[0]["year"] == 2017
    assert papers[0]["details"] is None
    assert [name for name, value in papers[0].items() if value == ""] == ["note"]


def test_options_stand_before_or_after_the_command(call: Call, note: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "elsewhere")
    assert call("--library", place, "add", str(note)).status == 0
    assert len(call("papers", "--library", place, "--json").json) == 2
    assert len(call("--json", "--library", place, "papers").json) == 2
    assert call("papers", "--json").json == []


def test_a_word_that_names_a_command_is_the_command_and_another_opens_the_screens(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_terminal = call("./add")
    assert without_terminal.status == 2
    assert "need a terminal" in without_terminal.err
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert call("./add").status == 99
    assert call().status == 99
    assert call("demo").status == 99


def test_mark_read_and_unmark_change_what_is_listed(call: Call, note: Path) -> None:
    call("add", str(note))
    assert call("mark", "1706.03762", "https://arxiv.org/abs/1810.04805v2").status == 0
    assert len(call("papers", "--marked", "--json").json) == 2
    assert call("unmark", "arxiv:1706.03762").status == 0
    assert [paper["id"] for paper in call("papers", "--marked", "--json").json] == ["arxiv:1810.04805"]
    assert call("read", "1706.03762").status == 0
    assert call("show", "1706.03762", "--json").json["state"] == "read"
    assert call("unread", "1706.03762").status == 0
    assert call("issues", "--json").json[0]["unread"] == 2


def test_an_unknown_paper_fails_and_the_rest_is_done(call: Call, note: Path) -> None:
    call("add", str(note))
    done = call("mark", "9999.99999", "1706.03762")
    assert done.status == 1
    assert "9999.99999" in done.err
    assert len(call("papers", "--marked", "--json").json) == 1


def test_search_finds_every_word_in_any_order_whatever_the_accents(call: Call, note: Path) -> None:
    call("add", str(note))
    assert [paper["title"] for paper in call("search", "need", "ATTÉNTION", "--json").json] == [
        "Attention Is All You Need"
    ]
    assert call("search", "nothing like it", "--json").json == []
    assert len(call("papers", "--query", "", "--json").json) == 2


def test_a_word_that_nothing_holds_is_searched_for_as_another_and_that_is_said(call: Call, note: Path) -> None:
    call("add", str(note))
    done = call("search", "attenton", "--json")
    assert [paper["title"] for paper in done.json] == ["Attention Is All You Need"]
    assert done.err == "No paper holds attenton; attention is searched for instead.\n"
    assert call("search", "attention").err == ""


def test_export_writes_entries_and_keeps_their_keys(call: Call, note: Path, tmp_path: Path) -> None:
    call("add", str(note))
    first = call("export", "1706.03762")
    assert first.out.startswith("@misc{")
    assert "eprint" in first.out
    target = tmp_path / "refs.bib"
    assert call("export", "--query", "", "--output", str(target)).status == 0
    assert target.read_text(encoding="utf-8").count("@misc{") == 2
    assert first.out.strip() in target.read_text(encoding="utf-8")


def test_export_of_nothing_in_particular_is_a_question_of_words(call: Call, note: Path) -> None:
    call("add", str(note))
    assert call("export").status == 2


def test_an_entry_without_title_is_named_and_the_rest_is_written(call: Call, tmp_path: Path) -> None:
    papers = [{"abstract": "An abstract of a paper whose title nobody knows. " * 5}, {"title": "A Paper with a Title"}]
    (tmp_path / "papers.json").write_text(json.dumps(papers), encoding="utf-8")
    assert call("add", str(tmp_path / "papers.json")).status == 0
    done = call("export", "--query", "")
    assert done.status == 1
    assert done.out.count("@") == 1
    assert "no title" in done.err


def test_export_to_a_place_that_cannot_be_written_is_one_sentence(call: Call, note: Path) -> None:
    call("add", str(note))
    done = call("export", "--query", "", "--output", "/no/such/folder/refs.bib")
    assert done.status == 1
    assert "could not be written" in done.err


@pytest.mark.parametrize(
    ("target", "why"), [("~nobody-of-this-name/refs.bib", "home"), ("loop", "symbolic links"), (".", "directory")]
)
def test_an_export_that_fails_leaves_no_neighbour_behind(
    call: Call, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, why: str
) -> None:
    call("add", str(note))
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    done = call("export", "--query", "", "--output", target)
    assert (done.status, done.out) == (1, "")
    assert f"{target} could not be written: " in done.err
    assert why in done.err
    assert "Traceback" not in done.err
    assert not list(tmp_path.glob(".paperrack-*"))
    assert Path("loop").is_symlink()


def test_an_export_cut_off_in_the_middle_leaves_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "refs.bib"
    target.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Exporting.save(None, "yours", str(target))  # type: ignore[arg-type]  # it needs nothing of the desk
    assert target.read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.glob(".paperrack-*"))


def test_an_export_goes_into_a_pipe_or_a_device_and_does_not_replace_it(call: Call, note: Path, tmp_path: Path) -> None:
    call("add", str(note))
    pipe, null = tmp_path / "pipe", tmp_path / "null"
    os.mkfifo(pipe)
    null.symlink_to(os.devnull)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as cat:
        assert call("export", "1706.03762", "--output", str(pipe)).status == 0
        assert cat.communicate(timeout=10)[0].startswith(b"@misc{")
    assert pipe.is_fifo()
    assert call("export", "1706.03762", "--output", str(null)).status == 0
    assert null.is_char_device()


def test_an_export_to_the_name_of_stdout_keeps_what_its_file_holds(tmp_path: Path, note: Path) -> None:
    script = f"{sys.executable} -m tui bib --offline {note} --output /dev/stdout >>{tmp_path}/refs.bib"
    (tmp_path / "refs.bib").write_text("@misc{mine}\n", encoding="utf-8")
    subprocess.run(["bash", "-c", script], check=True, capture_output=True, cwd=Path(__file__).parents[2])
    kept = (tmp_path / "refs.bib").read_text(encoding="utf-8")
    assert kept.startswith("@misc{mine}\n@misc{")


def test_bib_reads_a_digest_and_keeps_nothing(call: Call, note: Path) -> None:
    done = call("bib", "--offline", str(note))
    assert done.status == 0
    assert done.out.count("@misc{") == 2
    assert call("papers", "--json").json == []


def test_a_dry_run_shows_and_keeps_nothing(call: Call, note: Path) -> None:
    assert call("add", "--dry-run", "--json", str(note)).json["issues"][0]["papers"] == 2
    assert call("issues", "--json").json == []


def test_remove_takes_an_issue_out(call: Call, note: Path) -> None:
    issue = call("add", "--json", str(note)).json["issues"][0]["id"]
    assert call("remove", issue).status == 0
    assert call("papers", "--json").json == []
    assert call("remove", issue).status == 1


def test_formats_doctor_and_version_tell_what_there_is(call: Call) -> None:
    assert {each["name"] for each in call("formats", "--json").json["digest"]} >= {"newsletter", "session", "ranking"}
    report = call("doctor", "--json").json
    assert report["problems"] == []
    assert report["version"] == __version__
    assert any(route["usable"] for route in report["clipboard"])
    assert call("--version").out.strip() == f"paperrack {__version__}"


def test_our_own_json_goes_into_another_library_and_loses_nothing(call: Call, tmp_path: Path) -> None:
    call("add", str(SAMPLES))
    paper = call("papers", "--query", "attention", "--json").json[0]["id"]
    call("mark", paper)
    papers = call("papers", "--json").out
    (tmp_path / "papers.json").write_text(papers, encoding="utf-8")
    other = str(tmp_path / "other")
    assert call("--library", other, "add", str(tmp_path / "papers.json")).status == 0
    before = {each["id"]: each for each in json.loads(papers)}
    after = {each["id"]: each for each in call("--library", other, "papers", "--json").json}
    assert set(before) == set(after)
    for name, each in before.items():
        for key in (
            "title",
            "authors",
            "abstract",
            "sections",
            "posts",
            "links",
            "identifiers",
            "marked",
            "record",
            "year",
        ):
            assert after[name][key] == each[key], (name, key)


BAD: dict[str, tuple[bytes | None, str]] = {
    "missing.txt": (None, "no such|does not exist|cannot|There is no"),
    "empty.txt": (b"", "empty"),
    "paper.pdf": (b"%PDF-1.7\n\x00\x01\x02", "PDF"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + bytes(range(256)) * 8, "text|binary"),
    "nothing.txt": (b"Dear all, the cake is in the kitchen. See you there.\n", "names no paper"),
    "large.txt": (b"word " * 4_200_000, "MB|large"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_sentence_and_everything_else_is_done(
    call: Call, note: Path, tmp_path: Path, name: str
) -> None:
    content, words = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = call("add", "--json", str(tmp_path / name), str(note))
    assert done.status == 1
    assert len(done.json["issues"]) == 1
    (error,) = done.json["errors"]
    assert any(word in error["error"] for word in words.split("|")), error
    assert "\n" not in error["error"]
    assert name in error["source"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_other_encodings_are_read(call: Call, tmp_path: Path, encoding: str) -> None:
    text = "# Lektüre\n\n- [Über die Größe](https://arxiv.org/abs/1706.03762)\n" * 3
    (tmp_path / "note.md").write_bytes(text.encode(encoding))
    call("add", str(tmp_path / "note.md"))
    assert call("papers", "--json").json[0]["title"] == "Über die Größe"


def test_a_folder_with_a_loop_of_links_is_read_once(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / "note.md").write_text(NOTE, encoding="utf-8")
    (folder / "deeper" / "back").symlink_to(folder)
    done = call("add", "--json", str(folder))
    assert done.status == 0
    assert len(done.json["issues"]) == 1


def test_an_address_without_network_is_one_sentence(call: Call) -> None:
    done = call("add", "http://digest.invalid/week-1")
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert "digest.invalid" in done.err


def test_what_is_printed_holds_no_escape_sequence(call: Call, tmp_path: Path) -> None:
    papers = [
        {
            "title": "A \x1b[31mred\x1b]0;x\x07 title \u202e here",
            "authors": ["Eve \x9b2J"],
            "identifiers": {"doi": "10.1000/x"},
        }
    ]
    (tmp_path / "bad\x1b[2J.json").write_text(json.dumps(papers), encoding="utf-8")
    for words in (
        ["add", str(tmp_path / "bad\x1b[2J.json")],
        ["papers"],
        ["show", "10.1000/x"],
        ["issues"],
        ["add", "/no/\x1b[2J"],
    ):
        done = call(*words)
        assert not set(done.out + done.err) & set("\x1b\x9b\x07\u202e"), words


@pytest.mark.parametrize("words", [["papers", "--nonsense"], ["show"], ["add"], ["export", "--format"], ["mark"]])
def test_wrong_words_exit_with_two(call: Call, words: list[str]) -> None:
    assert call(*words).status == 2


def test_wrong_settings_are_one_sentence(call: Call, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[library]\npath = 3\n")
    done = call("--config", str(tmp_path / "config.toml"), "issues")
    assert done.status == 1
    assert "line 2" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", ["formats", "formats --json", "--help", "--version"])
def test_a_full_disk_behind_stdout_is_one_sentence(words: str) -> None:
    script = f"{sys.executable} -m tui {words} >/dev/full"
    place = Path(__file__).parents[2]
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=place, check=False)
    assert (done.returncode, done.stderr) == (1, "The output could not be written: No space left on device.\n")


def test_wrong_words_are_repeated_without_what_a_terminal_obeys(call: Call) -> None:
    for words in (["papers", "--x\x1b]0;pwn\x07"], ["--x\x9b2J", "papers"], ["--json=\x1b[2J", "papers"]):
        done = call(*words)
        assert done.status == 2
        assert not set(done.err) & set("\x1b\x9b\x07"), words


def test_the_doctor_shows_the_library_without_what_a_terminal_obeys(call: Call, tmp_path: Path) -> None:
    done = call("--library", str(tmp_path / "li\x9b2Jbrary"), "doctor", "--json")
    assert done.json["library"] == str(tmp_path / "library")


def test_the_home_of_nobody_is_one_sentence_and_the_rest_is_taken(call: Call, note: Path) -> None:
    done = call("add", "~nobody-of-this-name/x", str(note), "--json")
    assert done.status == 1
    assert [each["error"] for each in done.json["errors"]] == [
        "~nobody-of-this-name/x is no path: its ~ has no home folder."
    ]
    assert len(done.json["issues"]) == 1


def test_standard_input_is_read_up_to_what_is_allowed(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert size > 0
            return b"x" * size

    monkeypatch.setattr("tui.digests.document.MAX_BYTES", 1000)
    monkeypatch.setattr("tui.digests.document.MAX_RECORD_BYTES", 1000)
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=Endless()))
    done = call("add", "-")
    assert done.status == 1
    assert "Standard input" in done.err


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    program = f"{sys.executable} -m tui --library {tmp_path}/l"
    script = f"{program} add {SAMPLES} >/dev/null 2>&1; {program} papers --json | head -c 10"
    place = Path(__file__).parents[2]
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=place, check=True)
    assert done.stderr == ""
    assert len(done.stdout) == 10


@pytest.mark.parametrize("words", [["--marked"], ["--query", "nothing like it"], ["zzz"]])
def test_an_export_of_nothing_leaves_the_file_alone(call: Call, note: Path, tmp_path: Path, words: list[str]) -> None:
    call("add", str(note))
    target = tmp_path / "refs.bib"
    target.write_text("@misc{mine}\n", encoding="utf-8")
    assert call("export", *words, "--output", str(target)).status == 1
    assert target.read_text(encoding="utf-8") == "@misc{mine}\n"


def test_a_misspelt_command_is_told_the_right_one(call: Call) -> None:
    done = call("serach", "attention")
    assert done.status == 2
    assert "did you mean search?" in done.err


def test_a_demo_whose_terminal_is_closed_leaves_nothing_behind(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    child, master = pty.fork()
    if child == 0:
        environment = {**os.environ, "TERM": "xterm-256color", "TMPDIR": str(temporary)}
        os.chdir(Path(__file__).parents[2])
        os.execve(sys.executable, [sys.executable, "-m", "tui", "demo"], environment)
    seen = b""
    while b"Papers" not in seen:
        seen += os.read(master, 65536)
    assert list(temporary.iterdir())
    os.close(master)
    os.waitpid(child, 0)
    assert not list(temporary.iterdir())


def test_a_word_that_papers_must_not_hold_is_no_option(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "two.json"
    path.write_text(json.dumps([{"title": "A survey of attention"}, {"title": "Attention alone"}]), encoding="utf-8")
    call("add", str(path))
    found = call("search", "attention", "-survey", "--json").json
    assert [each["title"] for each in found] == ["Attention alone"]
    assert call("search", "-survey").status == 0
