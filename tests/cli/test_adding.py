"""Taking in a great deal: what is said of it, how it is interrupted and gone on with, and what stays whole."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Call, Done
from tui.cli import adding, output, run, waiting
from tui.cli.waiting import Held, Progress
from tui.desk import Desk, Taken, apart, limited, opening
from tui.desk.intake import Source
from tui.errors import LibraryError


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """Three files of our JSON with four issues each."""
    paths = [tmp_path / f"{name}.json" for name in ("one", "two", "three")]
    for n, path in enumerate(paths):
        papers = [paper(10 * n + number, 10 * n + number) for number in range(4)]
        path.write_text(json.dumps(papers), encoding="utf-8")
    return [str(path) for path in paths]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return what runs a command in this process, on the test's own library."""

    def call(*words: str) -> Done:
        capsys.readouterr()
        status = run(words, lambda *_: 99)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


def paper(number: int, issue: int) -> dict[str, Any]:
    mention = {
        "issue": f"w-{issue}",
        "issue_title": f"W {issue}",
        "series": "W",
        "number": str(issue),
        "position": number,
    }
    return {
        "title": f"A paper of number {number}",
        "identifiers": {"arxiv": f"2010.{number:05}"},
        "mentions": [mention],
    }


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Thirty issues of two papers each."""
    path = tmp_path / "many.json"
    path.write_text(json.dumps([paper(number, number // 2) for number in range(60)]), encoding="utf-8")
    return path


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+c in the middle of the second source."""
    take, calls = Desk.take_together, iter(range(1000))

    def taking(desk: Desk, sources: list[Source]) -> list[list[Taken]]:
        if next(calls) == 1:
            signal.raise_signal(signal.SIGINT)
        return take(desk, sources)

    monkeypatch.setattr(Desk, "take_together", taking)


def test_a_source_of_many_issues_is_one_line(call: Call, many: Path) -> None:
    assert call("add", str(many)).out == f"{many}: 30 issues (30 new) with 60 papers, 60 new\n"
    assert call("add", str(many)).out == f"{many}: 30 issues (30 known) with 60 papers, 0 new\n"


def test_a_source_of_twenty_issues_names_each(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "twenty.json"
    path.write_text(json.dumps([paper(number, number) for number in range(adding.MANY)]), encoding="utf-8")
    assert call("add", str(path)).out.splitlines()[:2] == [
        "w-0: W 0 (1 paper, 1 new; new)",
        "w-1: W 1 (1 paper, 1 new; new)",
    ]
    assert len(call("add", str(path)).out.splitlines()) == adding.MANY


def test_the_json_is_one_document_an_issue_a_line(call: Call, many: Path, tmp_path: Path) -> None:
    done = call("add", "--json", str(many), str(tmp_path / "nowhere.json"))
    assert done.status == 1
    assert len(done.json["issues"]) == 30
    assert [each["source"] for each in done.json["errors"]] == [str(tmp_path / "nowhere.json")]
    assert len(done.out.splitlines()) == 32
    assert call("add", "--json", str(tmp_path / "nowhere.json")).json["issues"] == []


@pytest.mark.usefixtures("interrupted")
def test_an_interruption_ends_behind_what_is_at_hand_and_says_what_is_kept(call: Call, three: list[str]) -> None:
    done = call("add", *three)
    assert done.status == 130
    assert done.err == "Interrupted: 8 papers are kept; add the same again to go on.\n"
    assert len(call("issues", "--json").json) == 8
    again = call("add", *three)
    assert (again.status, again.err) == (0, "")
    assert again.out.count("new; new") == 4
    assert again.out.count("known") == 8
    assert len(call("papers", "--json").json) == 12


@pytest.mark.usefixtures("interrupted")
def test_an_interruption_leaves_the_json_whole(call: Call, three: list[str]) -> None:
    done = call("add", "--json", *three)
    assert done.status == 130
    assert len(done.json["issues"]) == 8


@pytest.mark.usefixtures("interrupted")
def test_an_interrupted_dry_run_keeps_nothing(call: Call, three: list[str]) -> None:
    done = call("add", "--dry-run", *three)
    assert (done.status, done.err) == (130, "Interrupted; nothing is kept.\n")


def test_a_library_that_fails_is_named_and_the_json_is_whole(
    call: Call, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take, calls = Desk.take_together, iter(range(1000))

    def failing(desk: Desk, sources: list[Source]) -> list[list[Taken]]:
        if next(calls) == 1:
            raise LibraryError("The disk is full.")
        return take(desk, sources)

    monkeypatch.setattr(Desk, "take_together", failing)
    done = call("add", "--json", *three)
    assert done.status == 1
    assert len(done.json["issues"]) == 4
    assert done.json["errors"] == [{"source": three[1], "error": "The disk is full."}]
    assert done.err == "The disk is full.\n"


def test_of_very_many_strange_lines_some_are_named_and_the_rest_is_counted(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "strange.json"
    path.write_text(json.dumps([paper(1, 1), *[7] * 300]), encoding="utf-8")
    lines = call("add", str(path)).err.splitlines()
    assert len(lines) == adding.REMARKS + 1
    assert lines[-1] == f"{path}: 100 more lines were not understood."


def _ctrl_c() -> None:
    signal.raise_signal(signal.SIGINT)


def test_ctrl_c_waits_for_the_step_at_hand() -> None:
    held = Held()
    with held:
        _ctrl_c()
    with pytest.raises(KeyboardInterrupt):
        held.heed()
    held.close()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_second_ctrl_c_does_not_wait_and_between_steps_none_does() -> None:
    held = Held()
    with pytest.raises(KeyboardInterrupt):
        _ctrl_c()
    held.heed()
    with held:
        _ctrl_c()
        with pytest.raises(KeyboardInterrupt):
            _ctrl_c()
    held.close()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_is_written_over_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal := _Terminal())
    monkeypatch.setattr(waiting, "_PAUSE", 0)
    with Progress() as progress:
        progress.show(Source("x", behind=51_000_000, size=408_000_000), 12_000)
        progress.show(Source("x"), 5)
    lines = terminal.getvalue().split("\r")
    assert "\n" not in terminal.getvalue()
    assert lines[1].startswith("12,000 papers, ")
    assert lines[1].endswith(" a second, 51 of 408 MB")
    assert lines[2].startswith("5 papers, ")
    assert len(lines[2]) == len(lines[1])
    assert lines[-2].strip() == ""


def test_without_a_terminal_there_is_no_progress(call: Call, many: Path) -> None:
    assert call("add", str(many)).err == ""


def test_a_closed_pipe_ends_the_document_and_not_the_taking_in(tmp_path: Path, many: Path, call: Call) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", buffering=1) as closed, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", closed)
        patch.setattr("tui.cli.streams.close_quietly", lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), write))
        assert run(["add", "--json", str(many)], lambda *_: 99) == 0
    assert len(call("issues", "--json").json) == 30


def test_papers_leave_one_at_a_time_and_keys_are_given_once(
    call: Call, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_CHUNK", 7)
    call("add", str(many))
    with opening.library(opening.settings(None, None)) as desk:
        assembled: list[str] = []
        paper_of = desk.rack.paper
        monkeypatch.setattr(desk.rack, "paper", lambda name: assembled.append(name) or paper_of(name))
        papers = output.papers(desk, desk.papers())
        first = next(papers)
        assert len(set(assembled)) == 7
        found = [first, *papers]
    assert len({each["id"] for each in found}) == 60
    assert len({each["key"].lower() for each in found}) == 60
    assert (
        call("papers", "--json").out
        == "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in found) + "\n]\n"
    )
    assert call("papers", "--json", "--query", "nosuchword").out == "[]\n"


def test_much_is_read_by_a_process_that_starts_while_the_library_is_opened(
    call: Call, three: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes: list[subprocess.Popen[bytes]] = []
    opened: list[int] = []
    start, library = limited.start, opening.library

    def starting(module: str, stderr: int) -> subprocess.Popen[bytes]:
        processes.append(start(module, stderr))
        return processes[-1]

    def noting(*given: Any) -> Any:
        opened.append(len(processes))
        return library(*given)

    monkeypatch.setattr(limited, "start", starting)
    monkeypatch.setattr(opening, "library", noting)
    alone = call("add", *three[:2])
    assert (alone.status, processes) == (0, [])
    monkeypatch.setattr(apart, "ENOUGH", 100)
    together = call("add", *three, str(tmp_path / "nothing.json"))
    assert (together.status, opened, len(processes)) == (1, [0, 1], 1)
    assert "nothing.json does not exist." in together.err
    assert len(call("issues", "--json").json) == 12
    # Where there is no library to add to, nothing is left of it either.
    (tmp_path / "file").write_text("x", "utf-8")
    assert call("--library", str(tmp_path / "file"), "add", *three).status == 1
    assert len(processes) == 2
    assert all(process.returncode is not None for process in processes)
