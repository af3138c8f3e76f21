"""What the catalogue is told of papers is the same, whether it was found out before or of the whole paper."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from tests.bench.papers import issues, sources
from tui.desk.describing import alone, describe, describe_alone, mention_of, prepare, prepare_asked, shape_of
from tui.model import Choices, Entry, Inquiry, Issue, Link, Marks, Paper
from tui.provenance import details_of
from tui.shapes import plain

ODD = (
    Entry(title="Réseaux $\\alpha$", authors=("Özgür Şahin", "Ada Lovelace"), venue="NeurIPS", year=2020),
    Entry(abstract="Only an abstract, which begins with these words.", identifiers={"doi": "10.1/x", "own": "7"}),
    Entry(links=(Link("https://example.org/code", "code"),)),
    Entry(),
)
MARKS = (Marks(), Marks(note="The Bridge", tags=("to do", "ML"), key="Lovelace2020Reading", state="read", starred=True))


def every_entry() -> list[Entry]:
    return [*ODD, *(entry for issue in issues(120) for entry in issue.entries)]


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("series", [None, "Weekly"])
def test_a_paper_that_one_issue_speaks_of_is_described_as_any_other(marks: Marks, series: str | None) -> None:
    issue = Issue("weekly-7", "Week Seven", (), "links", series=series, number="7", date="2021-01-02", taken="2022")
    for number, entry in enumerate(every_entry(), 1):
        name = next((f"{scheme}:{value}" for scheme, value in entry.identifiers.items()), f"title:x-{number}")
        whole = describe(Paper(name, (mention_of(issue, number, entry),), marks), issue)
        told = describe_alone(name, issue, number, entry, marks)
        assert dataclasses.replace(told, clues=(), texts=()) == dataclasses.replace(whole, clues=(), texts=())
        assert set(told.clues) == set(whole.clues)
        assert [text.split() for text in told.texts] == [text.split() for text in whole.texts]


def test_what_was_found_out_goes_with_an_entry_and_is_no_part_of_it() -> None:
    (issue, *_) = issues(20)
    before = dataclasses.replace(issue, entries=tuple(map(dataclasses.replace, issue.entries)))
    prepare(issue)
    there = pickle.loads(pickle.dumps(issue))
    assert before == issue == there
    assert alone(there.entries[0]) is there.entries[0].__dict__[f"{alone.__module__}.alone"]
    assert set(dataclasses.replace(there.entries[0]).__dict__) == {each.name for each in dataclasses.fields(Entry)}


def test_details_that_were_found_out_before_are_those_of_the_same_inquiry_and_of_nothing_else() -> None:
    asked = [(source, *pair) for source in sources(400) for pair in source.asked.items()]
    assert asked
    for source, (place, position), (inquiry, choices) in asked:
        entry, plainly = source.issues[place].entries[position], dataclasses.replace(inquiry)
        stated = dict(entry.identifiers)
        prepare_asked(entry, inquiry, choices, "published")
        there = pickle.loads(pickle.dumps(inquiry))
        assert there == inquiry == plainly
        assert shape_of(there) == plain(plainly)
        assert details_of(there, choices, stated) is details_of(there, choices, stated)
        assert details_of(there, choices, stated) == details_of(plainly, choices, stated)
        decided = Choices(values={"title": "My own"})
        for others in ((decided, stated, "published"), (choices, {"doi": "10.1/other"}, "published")):
            assert details_of(there, *others) == details_of(plainly, *others)
        assert details_of(there, decided, stated) != details_of(there, choices, stated)
        assert set(dataclasses.replace(there).__dict__) == {each.name for each in dataclasses.fields(Inquiry)}
