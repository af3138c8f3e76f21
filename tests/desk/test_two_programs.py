"""Two programs on one library: neither takes away what the other brought."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.conftest import OFFLINE
from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tui.desk import Desk
from tui.library import Library
from tui.model import Entry, Issue

Make = Callable[..., Desk]
PLACE = Path(__file__).resolve().parents[2]


def test_two_digests_of_one_name_taken_in_at_once_are_both_there(tmp_path: Path) -> None:
    programs = []
    for number in range(4):
        note = tmp_path / str(number) / "notes.txt"
        note.parent.mkdir()
        note.write_text(f"Reading\n\n- [Paper number {number} of the list](https://arxiv.org/abs/2010.1000{number})\n")
        words = [sys.executable, "-m", "tui", "--library", str(tmp_path / "library"), "add", str(note)]
        programs.append(subprocess.Popen(words, cwd=PLACE, stdout=subprocess.DEVNULL))
    assert [program.wait(60) for program in programs] == [0] * 4
    words = [sys.executable, "-m", "tui", "--library", str(tmp_path / "library"), "papers", "--json"]
    papers = json.loads(subprocess.run(words, cwd=PLACE, capture_output=True, check=True).stdout)
    assert len(papers) == 4


def test_what_another_program_marked_is_seen_before_the_next_change(make_desk: Make) -> None:
    here = make_desk(weekly("6", COLA, PERFORMER))
    there = Desk(Library(here.library.folder), here.settings)
    there.marking.mark(["arxiv:2010.10915"])
    there.exporting.keep_keys({"arxiv:2010.10915": "mine2020"})
    there.keep(weekly("7", PERFORMER))
    there.close()
    here.marking.mark_read(["arxiv:2010.10915"])
    marks = here.paper("2010.10915").marks
    assert (marks.marked, marks.read, marks.key) == (True, True, "mine2020")
    assert len(here.shelf()) == 2
    assert len(here.paper("2009.14794").mentions) == 2


def test_undoing_a_mark_does_not_take_a_key_back(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA))
    desk.marking.mark(desk.papers())
    desk.exporting.keep_keys({"arxiv:2010.10915": "cola2020"})
    desk.marking.undo()
    assert desk.paper("2010.10915").marks.key == "cola2020"
    assert desk.marked() == ()


def test_lists_of_one_field_that_share_papers_stay_two(make_desk: Make) -> None:
    extra = Entry(title="Another Paper Altogether", identifiers={"arxiv": "2010.99999"})
    vision = Issue(id="", title="Vision reading list", format="links", entries=(COLA, PERFORMER))
    audio = Issue(id="", title="Audio reading list", format="links", entries=(COLA, PERFORMER, HINTON, extra))
    assert len(make_desk(vision, audio).shelf()) == 2


def test_a_folder_that_was_never_a_library_keeps_its_files(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "package.json").write_text('{"a": 1}')
    with Desk(Library(tmp_path), OFFLINE) as desk:
        assert any("package.json" in report for report in desk.library.reports)
    assert (tmp_path / "issues" / "package.json").read_text() == '{"a": 1}'


def test_issues_of_one_title_get_names_of_their_own(make_desk: Make) -> None:
    note = Issue(id="", title="Notes", format="links", entries=(COLA,))
    issues = [dataclasses.replace(note, address=f"https://example.org/{number}") for number in range(6)]
    assert len(make_desk(*issues).shelf()) == 6
