"""Reading in lines: typed commands, from a pipe and from a terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Done
from tui.cli.plain.table import COMMANDS, find
from tui.desk import Desk
from tui.errors import UnknownError
from tui.library import Library
from tui.model import Entry, Issue, Marks
from tui.settings import Settings

HOSTILE = "Two\x1b[2J of \u202ethem"
OLD = Issue(
    id="",
    title="An older issue",
    date="2024-01-01",
    format="links",
    entries=(
        Entry(title="The first of the older ones", authors=("Ada Byron",), identifiers={"arxiv": "2401.00001"}),
        Entry(title="The second of the older ones", identifiers={"arxiv": "2401.00002"}),
    ),
)
NEW = Issue(
    id="",
    title="A newer issue",
    date="2025-01-01",
    format="links",
    entries=(
        Entry(
            title="Poincar{\\'e} maps",
            authors=("Henri Poincar{\\'e}", "Ada Byron", "A C", "D E"),
            abstract="What they are.\nAnd how.",
            identifiers={"arxiv": "2501.00001"},
        ),
        Entry(title=HOSTILE, identifiers={"arxiv": "2501.00002"}),
        Entry(title="Attention again", year=2025, identifiers={"arxiv": "2501.00003"}),
    ),
)
POINCARE, TWO, ATTENTION = "arxiv:2501.00001", "arxiv:2501.00002", "arxiv:2501.00003"

Talk = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The library that the environment names, with two issues."""
    path = tmp_path / "library"
    with Desk(Library(path), Settings()) as desk:
        desk.keep(OLD)
        desk.keep(NEW)
    return path


def kept(folder: Path, name: str) -> Marks:
    with Desk(Library(folder), Settings()) as desk:
        return desk.rack.marks(name)


def test_the_newest_issue_is_open_and_its_papers_are_numbered(talk: Talk) -> None:
    done = talk("list")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "A newer issue: 3 papers.",
        "1. Poincaré maps. Henri Poincaré, Ada Byron, A C et al. 2025. Unread.",
        "2. Two of them. 2025. Unread.",
        "3. Attention again. 2025. Unread.",
    ]


def test_a_paper_is_said_a_fact_a_line_in_words(talk: Talk) -> None:
    out = talk("mark 1", "star 1", "tag 1 maps, to cite", "note 1 read it twice", "show 1").out
    lines = out[out.index("Paper 1 of 3.") :].splitlines()
    assert lines[:8] == [
        "Paper 1 of 3.",
        "Title: Poincaré maps",
        "Authors: Henri Poincaré, Ada Byron, A C, D E",
        "Year: 2025",
        "State: unread, marked, starred",
        "Tags: maps, to cite",
        "Note: read it twice",
        "arXiv: 2501.00001",
    ]
    assert "Abstract: What they are. And how." in lines
    assert "Details: never looked up." in lines
    assert not re.search(r"[◆★•*\x1b\u202e]|  ", out)


def test_an_issue_is_opened_by_number_id_or_title_and_every_paper_by_all(talk: Talk) -> None:
    done = talk(
        "issues", "open 2", "open a-newer-issue", "open OLDER", "open all", "open issue", "open 3", "open xyz", "open"
    )
    assert done.out.splitlines()[:2] == [
        "1. A newer issue. 3 papers, 3 unread.",
        "2. An older issue. 2 papers, 2 unread.",
    ]
    heads = [line for line in done.out.splitlines() if line.endswith("papers.")]
    assert heads == [
        "An older issue: 2 papers.",
        "A newer issue: 3 papers.",
        "An older issue: 2 papers.",
        "All papers: 5 papers.",
    ]
    assert done.err.splitlines() == [
        "'issue' could be 2 issues: A newer issue; An older issue.",
        "There is no number 3: there are 2 issues.",
        "There is no issue called 'xyz' in the library.",
        "Say which issue: its number, its id or a part of its title; or all.",
    ]
    assert done.status == 1


def test_next_and_previous_go_through_the_list_and_say_where_it_ends(talk: Talk) -> None:
    done = talk("next", "next 2", "next", "previous 2", "previous", "", "where")
    assert re.findall(r"Paper (\d) of 3", done.out) == ["1", "3", "1", "2"]
    assert done.err.splitlines() == [
        "That was the last paper of A newer issue.",
        "That was the first paper of A newer issue.",
    ]
    assert "2. Two of them. 2025. Unread." in done.out
    assert "The library has 5 papers: 5 unread, 0 to read, 0 marked, 0 starred." in done.out


def test_a_decision_on_the_current_paper_goes_on_to_the_next_unread_one_over_issues(talk: Talk, folder: Path) -> None:
    done = talk("unread", "keep", "read", "skip", "keep", "skip")
    said = [
        line for line in done.out.splitlines() if line.startswith(("Paper", "Title", "To", "Read", "Drop", "An", "No"))
    ]
    assert said == [
        "Paper 1 of 3.", "Title: Poincaré maps", "To read: Poincaré maps.",
        "Paper 2 of 3.", "Title: Two of them", "Read: Two of them.",
        "Paper 3 of 3.", "Title: Attention again", "Dropped: Attention again.",
        "An older issue: 2 papers.", "Paper 1 of 2.", "Title: The first of the older ones",
        "To read: The first of the older ones.",
        "Paper 2 of 2.", "Title: The second of the older ones", "Dropped: The second of the older ones.",
        "No paper is unread any more.",
    ]  # fmt: skip
    states = [kept(folder, name).state for name in (POINCARE, TWO, ATTENTION)]
    assert states == ["to read", "read", "dropped"]


def test_numbers_ranges_all_marked_and_ids_name_papers(talk: Talk, folder: Path) -> None:
    done = talk("mark 1-2", "star marked", "read 3, 1", "keep arxiv:2401.00001", "mark 1-9", "star x", "unmark 2-1")
    assert done.out.splitlines() == [
        "Marked: 2 papers.", "Starred: 2 papers.", "Read: 2 papers.", "To read: The first of the older ones.",
        "Unmarked: 2 papers.",
    ]  # fmt: skip
    assert done.err.splitlines() == [
        "There is no number 9: A newer issue has 3 papers.",
        "There is no paper called 'x' in the library.",
    ]
    assert [kept(folder, name).starred for name in (POINCARE, TWO, ATTENTION)] == [True, True, False]
    assert kept(folder, "arxiv:2401.00001").state == "to read"


def test_the_numbers_of_a_list_stay_while_it_is_open(talk: Talk, folder: Path) -> None:
    talk("search is:unread", "read 1", "read 1", "star 2")
    with Desk(Library(folder), Settings()) as desk:
        assert [desk.rack.marks(name).starred for name in (POINCARE, TWO)] == [False, True]


def test_without_a_current_paper_it_is_said_that_there_is_none(talk: Talk) -> None:
    done = talk("mark", "keep", "copy", "export x.bib")
    assert done.err.splitlines() == ["No paper is current yet; say the number of one, or next."] * 4


def test_every_change_is_taken_back_and_done_again(talk: Talk, folder: Path) -> None:
    done = talk("keep 1-2", "undo", "redo", "tag 1 a, b", "undo", "redo skip", "redo", "undo", "undo")
    assert done.out.splitlines()[1:] == [
        "Taken back: 2 papers put to read.", "Done again: 2 papers put to read.", "Tags: a, b. Poincaré maps",
        "Taken back: 1 paper tagged +a, +b.",
        "It stays as it is, and can no longer be done again: 1 paper tagged +a, +b.",
        "There is nothing to redo.", "Taken back: 2 papers put to read.", "There is nothing to undo.",
    ]  # fmt: skip
    assert kept(folder, POINCARE) == Marks()


def test_tags_and_notes_are_written_said_and_taken_away(talk: Talk, folder: Path) -> None:
    done = talk(
        "tag 1 maps, to cite", "tag 1 -MAPS", "note 1 two words", "note 1", "note 1 -", "note 1", "tag 1", "note 1-2 x"
    )
    assert done.out.splitlines() == [
        "Tags: maps, to cite. Poincaré maps", "Tags: to cite. Poincaré maps", "Note written: Poincaré maps.",
        "Note: two words", "Note removed: Poincaré maps.", "There is no note.",
    ]  # fmt: skip
    assert done.err.splitlines() == [
        "Say tags, with commas between them; -tag takes one away.",
        "A note is on one paper; these are 2.",
    ]
    assert kept(folder, POINCARE).tags == ("to cite",)


def test_a_search_its_correction_and_the_marked_are_lists_too(talk: Talk) -> None:
    done = talk("search attenton", "mark 1", "marked", "search year:abc", "sort title", "open all", "sort zz")
    lines = done.out.splitlines()
    assert lines[:2] == [
        "Search for attenton: 1 paper; attention is searched for instead of attenton.",
        "1. Attention again. 2025. Unread.",
    ]
    assert lines[3:5] == ["Marked: 1 paper.", "1. Attention again. 2025. Unread, marked."]
    assert [line[3:12] for line in lines[-5:]] == ["Attention", "Poincaré ", "The first", "The secon", "Two of th"]
    assert "year" in done.err.splitlines()[0]
    assert done.err.splitlines()[1].startswith("There is no order 'zz'; there are issue, title,")


def test_saved_searches_are_numbered_and_opened(talk: Talk, folder: Path) -> None:
    with Desk(Library(folder), Settings()) as desk:
        desk.searches.save("poincare", "author:poincare")
    done = talk("saved", "saved 1", "saved POINCARE", "saved nothing")
    assert done.out.splitlines()[:2] == ["1. poincare: author:poincare", "poincare: 1 paper."]
    assert done.err == "There is no saved search called 'nothing'.\n"


def test_papers_are_exported_by_the_end_of_the_name_and_never_over_a_file(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "my refs.bib"
    done = talk("mark 1,3", f'export "{path}"', f"export {path}", f"replace {path}", f"export {tmp_path}/x.docx")
    assert done.out.splitlines()[1].startswith(f"2 entries written to {path}; details were never looked up")
    assert path.read_text("utf-8").count("@") == 2
    first, second = done.err.splitlines()
    assert first == f"{path} is there already; replace writes over it, and into adds to a .bib file."
    assert second.startswith("The name's end says what is written: .bib, ")


def test_papers_go_into_a_file_whose_other_entries_stay(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{mine, title = {Mine}}\n", encoding="utf-8")
    done = talk("mark 1", f"check {path}", f"into {path}", f"check {path}", "undo")
    assert "refs.bib: 1 entry is added." in done.out
    assert "refs.bib: 1 is there already as " in done.out
    assert path.read_text("utf-8") == "@misc{mine, title = {Mine}}\n"


def test_what_is_copied_is_what_is_asked_for(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    def copy(_exporting: object, text: str) -> object:
        copied.append(text)
        return type("Copied", (), {"path": None, "certain": True, "route": "a test"})()

    monkeypatch.setattr("tui.desk.exporting.Exporting.copy", copy)
    done = talk("copy title 1-2", "copy keys 3", "next", "copy url", "copy bibtex 1", "copy 3")
    assert copied[:3] == ["Poincaré maps\nTwo of them", copied[1], "https://arxiv.org/abs/2501.00001"]
    assert re.fullmatch(r"\w+", copied[1])
    assert [text.count("@") for text in copied[3:]] == [1, 1]
    assert "2 titles copied (a test)." in done.out


def test_digests_are_taken_in_and_opened_and_what_fails_is_said(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "my note.md"
    path.write_text("# Reading\n\n- [BERT](https://arxiv.org/abs/1810.04805)\n", encoding="utf-8")
    done = talk(f"add {path}", "list", f"add {tmp_path}/nothing.md", words=("--plain", str(path)))
    assert done.out.splitlines()[0].endswith(" 1 paper, 1 new.")
    assert "1. BERT. 2018. Unread." in done.out
    assert "nothing.md" in done.err
    assert done.status == 1


def test_commands_are_shortened_while_they_stay_clear() -> None:
    assert [find(word).name for word in ("iss", "sh", "LIST", "mark", "unr", "q", "k")] == [
        "issues", "show", "list", "mark", "unread", "quit", "keep",
    ]  # fmt: skip
    with pytest.raises(UnknownError, match=r"^un could be unread or unmark or unstar or undo\.$"):
        find("un")
    with pytest.raises(UnknownError, match="There is no command serch; did you mean search"):
        find("serch")


def test_help_names_every_command_and_says_more_of_one(talk: Talk) -> None:
    done = talk("help", "help keep", "help nothing")
    for command in COMMANDS:
        assert f"{command.name} {command.words}".strip() + ": " in done.out
        assert command.text.endswith(".")
    assert "Then it goes on to the next unread one." in done.out
    assert done.status == 1


def test_a_pipe_is_answered_whole_unless_a_page_is_asked_for(talk: Talk) -> None:
    done = talk("help", "page 2", "list", "", "", "page")
    assert "More follows" not in done.out[: done.out.index("It waits after 2 lines.")]
    assert done.out[done.out.index("It waits") :].splitlines()[1:-1] == [
        "A newer issue: 3 papers.",
        "1. Poincaré maps. Henri Poincaré, Ada Byron, A C et al. 2025. Unread.",
        "More follows: an empty line goes on.",
        "2. Two of them. 2025. Unread.",
        "3. Attention again. 2025. Unread.",
        "Paper 1 of 3.",
        "Title: Poincaré maps",
        "More follows: an empty line goes on.",
    ]


def test_what_comes_behind_quit_is_not_done(talk: Talk, folder: Path) -> None:
    assert talk("quit", "mark 1").status == 0
    assert not kept(folder, POINCARE).marked


def test_an_empty_library_says_so_and_nothing_breaks(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAPERRACK_LIBRARY", str(tmp_path / "empty"))
    done = talk(*(command.name for command in COMMANDS if command.name != "quit"))
    assert "There is no issue yet; add takes digests in." in done.out
    assert "Traceback" not in done.err
    assert done.status == 1


def test_a_paper_that_another_program_removed_is_said_to_be_gone(folder: Path, talk: Talk) -> None:
    from tui.cli.plain.looking import show
    from tui.cli.plain.reading import Reading

    with Desk(Library(folder), Settings()) as desk:
        reading = Reading(desk)
        reading.open_issue("a-newer-issue")
        reading.papers.row(0)
        desk.remove(["a-newer-issue"])
        reading.renew()
        with pytest.raises(UnknownError, match="gone by now"):
            show(reading, "1")


def test_the_demo_looks_up_in_lines_and_says_what_came_of_it(talk: Talk) -> None:
    done = talk("open week 14", "fetch 2", words=("demo", "--plain"))
    assert "Looking up 1 paper; control C stops." in done.out
    assert re.search(r"^Details: from .*arXiv", done.out, re.MULTILINE)
    assert "\r" not in done.out


def test_a_pdf_is_fetched_into_its_file_and_said_where_it_is(talk: Talk) -> None:
    done = talk("open week 14", "pdf 2", "pdf 2", "pdf 1-2", words=("demo", "--plain"))
    fetched, again = re.findall(r"^(Fetched|Here already): (.+\.pdf)$", done.out, re.MULTILINE)[:2]
    assert (fetched[0], again) == ("Fetched", ("Here already", fetched[1]))


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, words: list[str], **environ: str) -> None:
        self._seen = ""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "vt100", "INPUTRC": os.devnull, **environ})
            os.execv(sys.executable, [sys.executable, "-m", "tui", *words])

    def until(self, text: str, again: str = "") -> str:
        """Return what is written up to *text*, waiting for it; what comes behind it is for the next time.

        Every second of waiting the keys *again* are typed.
        """
        begin = asked = time.monotonic()
        while text not in self._seen and (now := time.monotonic()) < begin + 20:
            if again and now > asked + 1:
                asked = now
                self.type(again)
            if select.select([self._fd], [], [], 0.1)[0]:
                try:
                    self._seen += os.read(self._fd, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        assert text in self._seen, self._seen
        before, _, self._seen = self._seen.partition(text)
        return before + text

    def type(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def end(self) -> int:
        """Return the exit status."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if select.select([self._fd], [], [], 0.05)[0]:
                with contextlib.suppress(OSError):
                    os.read(self._fd, 65536)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                os.close(self._fd)
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it did not end")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    monkeypatch.chdir(Path(__file__).resolve().parents[2])
    made: list[Terminal] = []

    def make(*words: str, **environ: str) -> Terminal:
        made.append(Terminal(list(words), **environ))
        return made[-1]

    yield make
    for each in made:
        try:
            os.kill(each.pid, signal.SIGKILL)
            os.waitpid(each.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


PROMPT = "paperrack: "


@pytest.mark.parametrize("kind", ["vt100", "dumb"])
def test_a_terminal_is_greeted_asked_and_left_by_control_d(
    terminal: Callable[..., Terminal], folder: Path, kind: str
) -> None:
    program = terminal("--plain", TERM=kind)
    seen = program.until(PROMPT)
    assert "in lines. help says the commands, quit leaves.\r\n2 issues, 5 papers, 5 unread, 0 marked.\r\n" in seen
    program.type("page 1\r")
    program.until(f"1 line.\r\n{PROMPT}")
    program.type("list\r")
    program.until(f"More follows: an empty line goes on.\r\n{PROMPT}")
    program.type("mark 9\r")
    program.until(f"There is no number 9: A newer issue has 3 papers.\r\n{PROMPT}")
    program.type("\x04")
    assert program.end() == 0


def test_control_c_leaves_a_line_and_not_the_program(terminal: Callable[..., Terminal], folder: Path) -> None:
    program = terminal("--plain")
    program.until(PROMPT)
    program.type("mark 1")
    program.until("mark 1")
    program.type("\x03")
    # Python's own readline sleeps over a signal that comes in the moment after a key; no reader is that quick.
    program.until(PROMPT, again="\x03")
    program.type("where\r")
    program.until("0 marked, 0 starred.")
    program.until(PROMPT)
    program.type("quit\r")
    assert program.end() == 0


def test_tab_completes_commands_and_names(terminal: Callable[..., Terminal], folder: Path) -> None:
    pytest.importorskip("readline")
    program = terminal("--plain")
    program.until(PROMPT)
    program.type("whe\t\r")
    program.until("The library has")
    program.until(PROMPT)
    program.type("open an-o\t\r")
    program.until("An older issue: 2 papers.")
    # Typed ahead, before the prompt is there, it would be no end.
    program.until(PROMPT)
    program.type("\x04")
    assert program.end() == 0


def test_a_dumb_terminal_is_told_of_reading_in_lines(terminal: Callable[..., Terminal], folder: Path) -> None:
    program = terminal(TERM="dumb")
    program.until("shows no screens; paperrack --plain reads in lines.")
    assert program.end() == 2


def test_a_pipe_that_nobody_reads_ends_it_quietly(folder: Path) -> None:
    reading = subprocess.Popen(
        [sys.executable, "-m", "tui", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert reading.stdin
    assert reading.stdout
    reading.stdout.close()
    _, err = reading.communicate(b"help\n" * 200, timeout=30)
    assert (reading.returncode, err) == (0, b"")
