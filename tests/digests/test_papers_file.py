"""A file of our own JSON, however large and in whatever order, comes in whole issues and in flat memory."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tui.digests import collect, collections, papers_index, papers_json
from tui.digests.document import Document
from tui.digests.json_stream import MAX_ELEMENT
from tui.digests.papers_json import LARGEST, PART
from tui.digests.records import Collection
from tui.errors import NoPapersError
from tui.model import Issue, Marks


def paper(number: int, *issues: int, **more: Any) -> dict[str, Any]:
    """A paper that these issues speak of."""
    mentions = [
        {"issue": f"w-{each}", "issue_title": f"W {each}", "position": number, "title": f"Paper {number}"}
        for each in issues
    ]
    identifiers = {"arxiv": f"2010.{number:05}"}
    return {"id": f"p{number}", "title": f"Paper {number}", "identifiers": identifiers, "mentions": mentions, **more}


def read(items: object, name: str = "list.json") -> list[Collection]:
    data = items if isinstance(items, bytes) else json.dumps(items).encode()
    return [found for found, _ in papers_json.collections(BytesIO(data), Document("[", name))]


def issues_of(found: list[Collection]) -> list[Issue]:
    return [issue for each in found for issue in each.issues]


def test_issues_come_whole_and_in_their_order_whatever_the_order_of_the_papers() -> None:
    items = [paper(number, number % 40, *([(number + 7) % 40] if number % 5 == 0 else [])) for number in range(2000)]
    random.Random(1).shuffle(items)
    found = read(items)
    whole = papers_json.collect(Document(json.dumps(items), "list.json"))
    assert len(found) > 3
    assert all(sum(len(issue.entries) for issue in each.issues) <= PART for each in found)
    assert sorted(issues_of(found), key=lambda issue: issue.id) == sorted(whole.issues, key=lambda issue: issue.id)
    assert {issue.id for issue in issues_of(found)} == {f"w-{number}" for number in range(40)}
    for issue in issues_of(found):
        numbers = [int((entry.title or "").split()[1]) for entry in issue.entries]
        assert numbers == sorted(numbers)


def test_marks_and_ids_stand_at_their_entries() -> None:
    items = [paper(number, number // 3, starred=number % 2 == 0) for number in range(1500)]
    for each in read(items):
        for place, issue in enumerate(each.issues):
            for index, entry in enumerate(issue.entries):
                number = int((entry.title or "").split()[1])
                assert each.ids[place, index] == f"p{number}"
                assert each.marks.get((place, index), Marks()).starred == (number % 2 == 0)


def test_papers_without_an_issue_make_issues_of_five_hundred_named_after_the_file() -> None:
    found = issues_of(read([{"title": f"Paper {number}"} for number in range(1100)], "some/papers.json"))
    assert [(issue.title, len(issue.entries)) for issue in found] == [
        ("papers", 500),
        ("papers, part 2", 500),
        ("papers, part 3", 100),
    ]
    assert [entry.title for issue in found for entry in issue.entries] == [f"Paper {number}" for number in range(1100)]


def test_an_issue_is_whole_up_to_what_can_be_held_and_beyond_that_in_parts() -> None:
    held = issues_of(read([paper(number, 1) for number in range(PART + 1)]))
    assert [len(issue.entries) for issue in held] == [PART + 1]
    cut = issues_of(read([paper(number, 1) for number in range(LARGEST + 1)]))
    assert [len(issue.entries) for issue in cut] == [PART] * 10 + [1]
    assert [issue.title for issue in cut[:2]] == ["W 1", "W 1, part 2"]


def test_what_is_behind_grows_to_nearly_all() -> None:
    data = json.dumps([paper(number, number // 30, number // 30 + 3) for number in range(1200)]).encode()
    behind = [each for _, each in papers_json.collections(BytesIO(data), Document("[", "x.json"))]
    assert behind == sorted(behind)
    assert 0.9 * len(data) < behind[-1] <= len(data)


def test_a_break_in_the_middle_keeps_what_is_whole_and_says_one_sentence() -> None:
    data = json.dumps([paper(number, number // 30) for number in range(1200)]).encode()
    found = read(data[: len(data) // 2])
    kept = [entry.title for issue in issues_of(found) for entry in issue.entries]
    assert 500 < len(kept) < 700
    assert kept == [f"Paper {number}" for number in range(len(kept))]
    (remark,) = [remark for issue in issues_of(found) for remark in issue.warnings]
    assert "broken from here on" in remark.why


def test_what_is_no_paper_is_said_once_though_two_issues_are_read() -> None:
    odd = paper(3, 1, 2, colour="red")
    found = read([paper(1, 1), 7, {"note": "x"}, odd, paper(4, 2)])
    whys = [remark.why for issue in issues_of(found) for remark in issue.warnings]
    assert len(whys) == 3
    assert sum("colour" in why for why in whys) == 1


def test_two_mentions_in_one_issue_are_both_kept() -> None:
    item = paper(1, 1, 1)
    item["mentions"][1] |= {"position": 9, "title": "The same again"}
    (issue,) = issues_of(read([item]))
    assert [entry.title for entry in issue.entries] == ["Paper 1", "The same again"]


def test_a_file_costs_a_few_times_its_length_and_not_the_square() -> None:
    # Every paper stands in every issue: read for each issue, that would be 300 times the file.
    items = [paper(number, *range(300), abstract="x" * 20_000) for number in range(40)]
    data = json.dumps(items).encode()

    class Counted(BytesIO):
        given = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.given += len(data)
            return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(papers_index, "READ_AGAIN", 3)
        patch.setattr(papers_index, "_ALLOWANCE", 100_000)
        file = Counted(data)
        found = [each for each, _ in papers_json.collections(file, Document("[", "x.json"))]
    assert file.given < 8 * len(data)
    whys = [remark.why for issue in issues_of(found) for remark in issue.warnings]
    assert any("of its 300 mentions are read" in why for why in whys)


def test_there_is_an_end_to_how_many_papers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers_index, "MAX_PAPERS", 10)
    found = issues_of(read([paper(number, 1) for number in range(30)]))
    assert sum(len(issue.entries) for issue in found) == 10
    assert "only 10 papers" in found[0].warnings[0].why


def test_a_file_that_changes_while_it_is_read_is_a_remark() -> None:
    class Changing(BytesIO):
        def seek(self, place: int, whence: int = 0, /) -> int:
            super().seek(0)
            self.write(b'[7,7,{"title": "Other"')
            return super().seek(place, whence)

    data = json.dumps([paper(number, 1) for number in range(3)]).encode()
    found = [each for each, _ in papers_json.collections(Changing(data), Document("[", "x.json"))]
    whys = [remark.why for issue in issues_of(found) for remark in issue.warnings]
    assert any("could not be read a second time" in why for why in whys)


def _written(file: BinaryIO, papers: int) -> None:
    file.write(b"[\n")
    for number in range(papers):
        item = paper(number, number // 30, number // 30 + 200, abstract="All of this is said. " * 100)
        file.write((b",\n" if number else b"") + json.dumps(item).encode())
    file.write(b"\n]\n")


def _peak(path: Path) -> Iterator[float]:
    tracemalloc.start()
    with path.open("rb") as file:
        for found, _ in papers_json.collections(file, Document("[", str(path))):
            assert found.issues
            yield tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()


def test_memory_stays_flat_however_many_papers_there_are(tmp_path: Path) -> None:
    path = tmp_path / "papers.json"
    with path.open("wb") as file:
        _written(file, 8000)
    peaks = list(_peak(path))
    # A megabyte is looked at at a time, and 500 entries are held; the file has nineteen.
    assert path.stat().st_size > 15_000_000
    assert peaks[-1] < 8
    assert peaks[-1] < peaks[1] + 2


def _whole(data: bytes) -> object:
    return collect(Document(data.decode(), "list.json"), papers_json.NAME)


def _bit_by_bit(data: bytes) -> object:
    return list(collections(BytesIO(data), data[:1000], "list.json", papers_json.NAME))


@pytest.mark.parametrize("take", [_whole, _bit_by_bit])
def test_why_nothing_of_a_file_can_be_read_is_said(take: Callable[[bytes], object]) -> None:
    data = json.dumps([paper(1, 1, abstract="x" * MAX_ELEMENT * 2)]).encode()
    why = r"^list\.json names no paper that can be read: an element is longer than 4,000,000 characters; .* here on\.$"
    with pytest.raises(NoPapersError, match=why):
        take(data)
