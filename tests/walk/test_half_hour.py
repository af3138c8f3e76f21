"""One daily half hour, walked key by key in a real terminal; ``python -m tests.walk --record`` tells its story anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pybtex.database  # type: ignore[import-untyped]  # it has no types
import pytest

from tests.walk import script
from tests.walk.half_hour import BIB, SIZES, Walked, half_hour, has_tmux, recorded
from tests.walk.terminals import Emulated, Terminal, Tmux
from tests.walk.walking import differences, missing

TERMINALS: tuple[type[Terminal], ...] = (Emulated, Tmux if has_tmux() else Emulated)
"""In what it is walked at each size: the same story is told in an emulated terminal and in tmux."""

MARKS = ("state", "read", "starred", "marked", "tags", "note")

Paper = dict[str, Any]


@pytest.fixture(
    scope="module",
    params=zip(TERMINALS, SIZES, strict=True),
    ids=lambda each: f"{each[0].__name__} {each[1][0]}x{each[1][1]}",
)
def walk(request: pytest.FixtureRequest) -> tuple[Walked, tuple[int, int]]:
    """What came of the walk, and the size of its terminal."""
    terminal, size = request.param
    return half_hour(terminal, size), size


@pytest.fixture
def walked(walk: tuple[Walked, tuple[int, int]]) -> Walked:
    return walk[0]


def kept(papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that are to be read, in the order of their titles."""
    return sorted((paper for paper in papers if paper["state"] == "to read"), key=lambda paper: str(paper["title"]))


def test_a_decision_takes_two_keys_at_most(walked: Walked, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{walked.counted}")
    assert walked.triage <= 2 * walked.decided


def test_thirty_papers_are_decided_on_and_six_of_them_kept(walked: Walked) -> None:
    states = [paper["state"] for paper in walked.after if paper["state"] != "new"]
    assert len(states) == 30
    assert set(states) == {"to read", "read", "dropped"}
    assert [paper["title"] for paper in kept(walked.after)] == list(script.KEPT)


def test_what_is_kept_is_starred_tagged_noted_and_looked_up(walked: Walked) -> None:
    papers = kept(walked.after)
    assert [paper["title"] for paper in papers if paper["starred"]] == [script.KEPT[3]]
    assert [paper["tags"] for paper in papers] == [["to cite"]] * 6
    assert [paper["note"] for paper in papers] == [script.NOTE, *[""] * 5]
    assert all(paper["details"]["fields"] and paper["authors"] and paper["abstract"] for paper in papers)
    assert {paper["record"]["type"] for paper in papers} == {"conference", "preprint"}


def test_the_bib_holds_all_six_under_their_keys_behind_what_was_there(walked: Walked) -> None:
    assert walked.bib.startswith(BIB)
    entries = pybtex.database.parse_string(walked.bib, "bibtex").entries
    assert next(iter(entries)) == "knuth84"
    keys = {paper["key"]: paper["title"] for paper in kept(walked.after)}
    assert set(list(entries)[1:]) == set(keys)
    for key, title in keys.items():
        assert entries[key].fields["title"].replace("{", "").replace("}", "") == title
        assert entries[key].persons["author"]
        assert entries[key].fields["year"]


def test_undo_takes_all_of_it_back_the_next_day(walked: Walked) -> None:
    assert walked.bib_back == BIB
    before = {paper["id"]: paper for paper in walked.before}
    found = {paper["id"]: paper for paper in walked.back}
    assert set(before) < set(found)
    unread = {"state": "new", "read": False, "starred": False, "marked": False, "tags": [], "note": ""}
    for name, paper in found.items():
        then = before.get(name, unread)
        assert {mark: paper[mark] for mark in MARKS} == {mark: then[mark] for mark in MARKS}


def test_the_screens_are_those_of_the_story(walk: tuple[Walked, tuple[int, int]]) -> None:
    walked, size = walk
    found = differences(recorded(size).read_text(encoding="utf-8"), walked.story)
    assert not found, "python -m tests.walk --record tells the story anew, if this is as it should be:\n" + "\n".join(
        found
    )


# What the walk itself says


def test_what_is_not_seen_is_missed_and_what_should_be_gone_too() -> None:
    screen = (" Papers  6", "      ▌ Taken back:", "   ▏  ▌ 1 paper read.")
    assert missing(script.Step((), ("Papers",), told="Taken back: 1 paper read."), screen) == ""
    assert missing(script.Step((), ("Details",)), screen) == "'Details' is not seen"
    assert missing(script.Step((), gone=("Papers",)), screen) == "'Papers' is still seen"
    assert missing(script.Step((), told="dropped"), screen) == "'dropped' is not told, but 'Taken back: 1 paper read.'"


@pytest.mark.parametrize(
    ("recorded", "walked", "same"),
    [
        ("Papers  6", "Papers  6", True),
        ("Papers  6", "Papers  7", False),
        ("Papers  6    ▌ It is saved.", "Papers  6", True),
        ("Papers  6    ▌ It is saved.", "Papers  7    ▌ It is saved.", False),
        ("Papers  6    ", "Papers  6    Details ▌ It is saved.", False),
        ("looked up (that day) · arXiv   ▏", "looked up (that day) · arXiv  ▏", True),
        ("one line", "one line\nand another", False),
    ],
)
def test_two_stories_are_the_same_but_for_toasts_and_days(recorded: str, walked: str, same: bool) -> None:
    assert (not differences(recorded, walked)) is same
