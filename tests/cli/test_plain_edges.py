"""Reading in lines where words are wrong, papers are many, and services, files or the network fail."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Done
from tui.cli.plain import taking, typed
from tui.cli.plain.lines import paper_lines
from tui.cli.plain.prompt import Prompt
from tui.cli.plain.reading import Reading
from tui.desk import Desk
from tui.errors import ExportError, NetworkError
from tui.library import Library
from tui.model import Answer, Details, Entry, Issue, Mention, Offer, Paper, Record
from tui.settings import Settings

WEEK = Issue(
    id="",
    title="A week",
    date="2025-01-01",
    format="links",
    entries=(
        Entry(title="Attention again", identifiers={"arxiv": "2501.00001"}),
        Entry(title="A workshop that nobody dated", identifiers={"openreview": "Ab1cd2Ef3g"}),
        Entry(title="Zebras", identifiers={"arxiv": "2501.00003"}),
    ),
)
FIRST, UNDATED = "arxiv:2501.00001", "openreview:Ab1cd2Ef3g"

Talk = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "library"
    with Desk(Library(path), Settings()) as desk:
        desk.keep(WEEK)
        desk.keep(Issue(id="", title="Older", date="2024-01-01", format="links", entries=(Entry(title="Of before"),)))
    return path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("list x\x1b[2J", "'x' is no number of the list; say 3, or 3-7."),
        ("list 9", "There is no number 9: A week has 3 papers."),
        ("list 9-12", "There is no number 9: A week has 3 papers."),
        ("show 1-2", "One paper at a time; these are 2."),
        ("next x", "'x' is no number of papers to go."),
        ("next 0", "'0' is no number of papers to go."),
        ("previous 9999999999", "'9999999999' is no number of papers to go."),
        ("page many", "'many' is no number of lines."),
        ("page 999999", "'999999' is no number of lines."),
        ("browse 1-2", "One page at a time; these are 2 papers."),
        ("state 1 finished", "finished"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_nothing_is_done(talk: Talk, line: str, said: str) -> None:
    done = talk(line, "where")
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert said in done.err
    assert "5 papers" not in done.out
    assert "4 unread, 0 to read, 0 marked, 0 starred." in done.out


def test_a_part_of_the_list_is_said_without_its_head_and_either_way_round(talk: Talk) -> None:
    two = ["2. A workshop that nobody dated. Unread.", "3. Zebras. 2025. Unread."]
    assert talk("list 2-3").out.splitlines() == two
    assert talk("list 3-2").out.splitlines() == two
    assert talk("list 2").out.splitlines() == two
    assert talk("list 3 - 99").out.splitlines() == two[1:]


def test_all_names_every_paper_of_the_list(talk: Talk) -> None:
    done = talk("tag all to cite", "state all reading", "state all", "tag 1 -to cite")
    assert done.out.splitlines() == [
        "3 papers tagged.",
        "State reading: 3 papers.",
        "State: reading. Attention again",
        "State: reading. A workshop that nobody dated",
        "State: reading. Zebras",
        "Tags: none. Attention again",
    ]


def test_a_paper_of_another_issue_is_shown_and_the_list_stays(talk: Talk) -> None:
    done = talk("open older", "show arxiv:2501.00001", "list")
    assert "A paper that is not in the list.\nTitle: Attention again\n" in done.out
    assert done.out.splitlines()[-1].startswith("1. Of before.")
    assert "Paper 2 of 3." in talk(f"show {UNDATED}").out
    assert "Year:" not in talk("show 2").out


def test_a_new_order_keeps_the_paper_that_is_current(talk: Talk) -> None:
    done = talk("show 2", "sort title", "show")
    assert re.findall(r"Paper (\d) of 3", done.out) == ["2", "1"]
    assert done.out.count("Title: A workshop that nobody dated") == 2


def test_help_of_a_command_says_only_what_it_has(talk: Talk) -> None:
    assert talk("help where").out.splitlines()[0] == "where"
    assert "PAPERS is" not in talk("help where").out
    assert "PAPERS is a number of the list" in talk("help star").out


def test_the_library_s_own_reports_are_said_once(talk: Talk, folder: Path) -> None:
    (folder / "searches.json").write_text("{ not json", encoding="utf-8")
    done = talk("saved", "saved")
    assert len([line for line in done.err.splitlines() if "searches.json was damaged" in line]) == 1


def test_what_is_known_of_a_paper_says_withdrawals_and_offers_in_sentences() -> None:
    record = Record(title="Zebras \x1b[2J of old", authors=("Ada Byron", "A C", "D E", "F G"), year=2019)
    offer = Offer(Answer("crossref", "10.1/x", "published", record), 71, "The year differs.")
    details = Details(withdrawn="by its authors", offers=(offer,), sources=("arxiv",))
    mention = Mention("w", "A week", None, None, None, 1, Entry(title="Zebras"))
    said = list(paper_lines(Paper("arxiv:2501.00003", (mention,), details=details), "Here."))
    assert said[-2:] == [
        "Withdrawn: by its authors",
        f"Is this it? {offer.answer.name}: Zebras of old; Ada Byron, A C, D E; 2019. The year differs.",
    ]


# Taking things out


def test_nothing_to_copy_says_why_and_copies_nothing(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr("tui.desk.exporting.Exporting.copy", lambda _self, text: copied.append(text))
    with_none = talk("open older", "copy url 1")
    assert copied == []
    assert "Of before" in with_none.out + with_none.err


def test_an_address_that_no_browser_opens_is_one_sentence(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tui.desk.exporting.Exporting.open", lambda _self, name: opened.append(name) or "the page")
    assert talk("browse 1").out == "Opened the page\n"
    assert opened == [FIRST]


def test_of_pdfs_that_cannot_be_had_each_is_named_up_to_three(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(_pdfs: object, name: str, _told: object) -> None:
        raise NetworkError(f"No PDF of {name}.")

    monkeypatch.setattr("tui.desk.pdfs.Pdfs.fetch", fetch)
    one = talk("pdf 1")
    assert one.err == "No PDF of arxiv:2501.00001. Its page is https://arxiv.org/abs/2501.00001.\n"
    assert one.status == 1
    every = talk("open all", "pdf all").err
    assert every.count("No PDF of") == 3
    assert every.endswith(" 1 more failed.\n")


def test_how_far_a_file_is_is_said_from_time_to_time(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(taking.time, "monotonic", lambda: now[0])
    told = taking._telling()
    told(1_000_000, 4_000_000)
    assert capsys.readouterr().out == ""
    for there, total in ((2_000_000, 4_000_000), (3_000_000, None)):
        now[0] += taking._SAID + 1
        told(there, total)
        told(there, total)
    assert capsys.readouterr().out == "2.0 of 4.0 megabytes are here.\n3.0 megabytes are here.\n"


# A reader at a terminal


class Keys(io.StringIO):
    """What is typed at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def reading(folder: Path) -> Reading:
    desk = Desk(Library(folder), Settings())
    reading = Reading(desk)
    reading.open_issue("a-week")
    yield reading
    desk.close()


def test_control_c_in_a_command_is_said_and_the_talk_goes_on_but_ends_a_pipe(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Reading, "renew", interrupted)
    monkeypatch.setattr("sys.stdin", io.StringIO("list\nlist\n"))
    with pytest.raises(KeyboardInterrupt):
        Prompt(reading).run([])
    monkeypatch.setattr("sys.stdin", Keys(""))
    prompt = Prompt(reading)
    capsys.readouterr()
    prompt._try(lambda: prompt._obey("list"))
    # The terminal writes ^C itself; what is said begins on a line of its own.
    assert capsys.readouterr() == ("\n", "Interrupted.\n")


def test_a_pdf_that_is_alone_is_opened_where_it_was_asked_for_by_hand(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[object] = []
    found = type("Found", (), {"new": True, "path": "a.pdf"})()
    monkeypatch.setattr("tui.desk.pdfs.Pdfs.fetch", lambda *_: found)
    monkeypatch.setattr("tui.desk.pdfs.Pdfs.open", lambda _self, path: opened.append(path))
    monkeypatch.setattr("sys.stdin", Keys(""))
    taking.pdf(reading, "1")
    assert (opened, capsys.readouterr().out) == (["a.pdf"], "Fetched: a.pdf\nOpened.\n")
    taking.pdf(reading, "1-2")
    assert opened == ["a.pdf"]


def test_tab_offers_tags_behind_commas_and_the_files_that_are_there(reading: Reading, tmp_path: Path) -> None:
    reading.desk.annotating.tag([FIRST], ["maps", "to cite", "Meta"], [])
    assert typed.completions(reading, "tag 1 to cite,m") == ["tag 1 to cite,maps", "tag 1 to cite,Meta"]
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "one[1].md").write_text("x")
    assert typed.completions(reading, f"add {tmp_path}/dig") == [f"add {tmp_path}/digests/"]
    assert typed.completions(reading, f"add {tmp_path}/digests/one[") == [f"add {tmp_path}/digests/one[1].md"]
    assert typed.completions(reading, "list 1") == []
    assert typed.completions(reading, "nonsense 1") == []


def test_a_look_up_says_how_far_it_is_and_control_c_stops_it(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looking, waited = reading.desk.looking, threading.Event()
    monkeypatch.setattr(taking, "_SAID", -1.0)
    monkeypatch.setattr(type(looking), "busy", property(lambda _self: True))
    monkeypatch.setattr(looking, "ask", lambda names: len(names))
    stopped: list[bool] = []
    monkeypatch.setattr(looking, "stop", lambda: stopped.append(True))

    def wait(_seconds: float) -> None:
        if waited.is_set():
            raise KeyboardInterrupt
        waited.set()

    monkeypatch.setattr(looking, "wait", wait)
    with pytest.raises(KeyboardInterrupt):
        list(taking.fetch(reading, "1-2"))
    assert stopped == [True]
    assert capsys.readouterr().out == "Looking up 2 papers; control C stops.\n0 of 0 looked up.\n"


def test_nothing_that_can_be_exported_writes_no_file(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reading.place = 0
    nothing = type("Exported", (), {"failures": ("It has no title.",), "warnings": (), "count": 0, "text": ""})()
    monkeypatch.setattr("tui.desk.exporting.Exporting.export", lambda *_: nothing)
    with pytest.raises(ExportError, match=r"^It has no title\. There is nothing to write\.$"):
        taking.export(reading, str(tmp_path / "x.bib"))
    assert not (tmp_path / "x.bib").exists()


def test_what_there_is_nothing_to_ask_about_is_shown_as_it_is(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading.desk.looking, "ask", lambda _names: 0)
    assert list(taking.fetch(reading, "1")) == ["Attention again.", "Details: never looked up."]
    assert capsys.readouterr().out == ""
