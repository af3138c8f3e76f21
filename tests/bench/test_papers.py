"""The generated papers that benches measure with."""

from __future__ import annotations

import json
import statistics
from itertools import islice
from pathlib import Path

import pytest

from tests.bench import papers
from tui.desk import Desk
from tui.library import Library
from tui.settings import Settings

FEW = 1_500


@pytest.fixture(scope="module")
def works() -> list[papers.Work]:
    return list(papers.works(FEW))


def test_the_same_number_and_seed_give_the_same_papers(works: list[papers.Work]) -> None:
    assert list(papers.works(FEW)) == works
    assert next(papers.works(FEW, seed=8)) != works[0]


def test_there_are_as_many_papers_as_asked_for_and_three_issues_a_hundred(works: list[papers.Work]) -> None:
    assert len(works) == FEW
    shelf = list(papers.issues(FEW))
    assert len(shelf) == 45
    assert sum(len(issue.entries) for issue in shelf) == sum(len(work.mentions) for work in works)
    assert len(papers.heads(100_000)) == 3_000
    assert len({(head.series, head.number) for head in papers.heads(100_000)}) == 3_000


@pytest.mark.parametrize("count", [1, 2, 33, 40, 100])
def test_few_papers_are_as_many_too(count: int) -> None:
    assert sum(1 for _ in papers.works(count)) == count
    assert all(issue.entries for issue in papers.issues(count))


def test_no_two_papers_share_an_identifier(works: list[papers.Work]) -> None:
    named = [pair for work in works for pair in work.mentions[0].entry.identifiers.items()]
    assert len(set(named)) == len(named) > FEW


def test_papers_are_as_long_and_as_used_as_real_ones_are(works: list[papers.Work]) -> None:
    entries = [work.mentions[0].entry for work in works]
    assert 900 < statistics.mean(len(entry.abstract) for entry in entries if entry.abstract) < 1500
    assert 0.04 < sum(len(work.mentions) == 2 for work in works) / FEW < 0.12
    assert 0.25 < sum(work.marks is not None for work in works) / FEW < 0.35
    assert 0.03 < sum(work.inquiry is not None for work in works) / FEW < 0.07
    assert any(not name.isascii() for entry in entries for name in entry.authors)


def test_the_json_is_one_list_that_comes_back_through_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "papers.json"
    file.write_text("".join(papers.as_json(60)), "utf-8")
    assert len(json.loads(file.read_text("utf-8"))) == 60
    with Desk(Library(tmp_path / "library"), Settings()) as desk:
        for source in desk.read([str(file)]):
            assert source.error is None
            for place in range(len(source.issues)):
                desk.take(source, place)
        assert len(desk.papers()) == 60
        assert len(desk.shelf()) == 2


def test_a_made_library_holds_the_papers_and_can_be_changed_apart_from_the_kept_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path)
    first = papers.make(tmp_path / "first", 70)
    with Desk(Library(first), Settings()) as desk:
        listed = tuple(desk.papers())
        assert len(listed) == 70
        desk.marking.change(listed[:3], "noted", lambda marks: marks.__class__(note="changed"))
    second = papers.make(tmp_path / "second", 70)
    with Desk(Library(second), Settings()) as desk:
        assert not any(desk.rack.marks(name).note == "changed" for name in islice(desk.papers(), 3))
