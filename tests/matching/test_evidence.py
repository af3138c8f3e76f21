"""What the reader is told of a record: what agrees, what differs, and how much that is in percent."""

from __future__ import annotations

import pytest

from tui import matching
from tui.matching import Wanted, contradicts, judge
from tui.matching.abstracts import MAX_CHARS, abstracts_agree
from tui.matching.evidence import evidence
from tui.model import Answer, Record

TITLE = "Singing Bridges in Winter Storms"
PEOPLE = ("Ada Lovelace", "Mary Somerville")
CANDLES = (
    "We light one candle for every weight that is pruned and count how many are needed before the network forgets what "
    "a cat is; the answer depends on the order in which the candles burn."
)
BRIDGES = (
    "Bridges sing when the wind is right. This text counts the songs of forty bridges over one winter and asks which "
    "of them an engineer should fear, with a table of all tones and an appendix."
)


def found(
    title: str | None, *authors: str, year: int | None = 2020, abstract: str | None = None, preprint: bool = False
) -> Answer:
    kind = "preprint" if preprint else "published"
    return Answer("somewhere", "1", kind, Record(title=title, authors=authors, year=year), abstract=abstract)  # type: ignore[arg-type]  # one of two words


@pytest.mark.parametrize(
    ("wanted", "answer", "score", "why"),
    [
        (Wanted(TITLE, PEOPLE, 0, 2020), found(TITLE, *PEOPLE), 100,
         "The title is the same; 2 of 2 authors agree; 2020 as looked for."),
        (Wanted(TITLE, PEOPLE, 0, 2019), found(TITLE, *PEOPLE), 100,
         "The title is the same; 2 of 2 authors agree; 2020 and not 2019."),
        (Wanted(TITLE, PEOPLE, 0, 2010), found(TITLE, *PEOPLE), 89,
         "The title is the same; 2 of 2 authors agree; 2020 and not 2010."),
        (Wanted(TITLE, PEOPLE), found(TITLE, *PEOPLE), 100, "The title is the same; 2 of 2 authors agree."),
        (Wanted(TITLE, PEOPLE, 0, 2020), found(TITLE, *PEOPLE, year=None), 100,
         "The title is the same; 2 of 2 authors agree."),
        (Wanted(TITLE, PEOPLE[:1]), found(TITLE, *PEOPLE), 100, "The title is the same; 1 of 1 authors agrees."),
        (Wanted(TITLE, PEOPLE), found(TITLE, PEOPLE[0]), 89, "The title is the same; 1 of 2 authors agree."),
        (Wanted(TITLE, PEOPLE), found(TITLE, "Isaac Newton"), 80, "The title is the same; other authors."),
        (Wanted(TITLE, PEOPLE[:1]), found(TITLE, "Isaac Newton"), 80, "The title is the same; other authors."),
        (Wanted(TITLE), found(TITLE, *PEOPLE), 89, "The title is the same; no authors to compare with."),
        (Wanted(TITLE, ("李飞飞",), 0, 2020), found(TITLE, *PEOPLE), 96,
         "The title is the same; its authors cannot be compared; 2020 as looked for."),
        (Wanted(TITLE, PEOPLE, abstract=CANDLES), found(TITLE, *PEOPLE, abstract=CANDLES), 100,
         "The title is the same; the abstract agrees; 2 of 2 authors agree."),
        (Wanted(TITLE, PEOPLE, abstract=CANDLES), found(TITLE, *PEOPLE, abstract=BRIDGES), 100,
         "The title is the same; the abstract differs; 2 of 2 authors agree."),
        (Wanted(None, PEOPLE, abstract=CANDLES), found("Else", *PEOPLE, abstract=CANDLES), 100,
         "The abstract agrees; 2 of 2 authors agree."),
        (Wanted(None, PEOPLE, abstract=CANDLES), found("Else", *PEOPLE), 20, "2 of 2 authors agree."),
        (Wanted("Candles", PEOPLE, 0, 2010), found(TITLE, "Isaac Newton"), 10,
         f"The title has “{TITLE}” and not “Candles”; other authors; 2020 and not 2010."),
        (Wanted("Candles", (), 0, 2010), found(TITLE, *PEOPLE), 26,
         f"The title has “{TITLE}” and not “Candles”; no authors to compare with; 2020 and not 2010."),
        (Wanted(None, PEOPLE, 0, 2000), found(None, "Isaac Newton"), 0, "Other authors; 2020 and not 2000."),
    ],
)  # fmt: skip
def test_what_agrees_is_told_in_a_sentence_and_in_percent(wanted: Wanted, answer: Answer, score: int, why: str) -> None:
    judged = judge(wanted, answer)
    assert (judged.why, judged.score) == (why, score)


@pytest.mark.parametrize(
    ("preprint", "authors", "years"),
    [
        # From five years before the paper that is looked for to five years after it.
        (False, PEOPLE, "differs differs differs differs agrees agrees agrees far far far differs"),
        (True, PEOPLE, "differs differs far far agrees agrees agrees far differs differs differs"),
        (False, (), "differs differs differs differs agrees agrees agrees differs differs differs differs"),
        (True, (), "differs differs differs differs agrees agrees agrees differs differs differs differs"),
    ],
)
def test_a_version_may_come_some_years_after_the_other(preprint: bool, authors: tuple[str, ...], years: str) -> None:
    answers = [found(TITLE, *PEOPLE, year=year, preprint=preprint) for year in range(2015, 2026)]
    assert " ".join(evidence(Wanted(TITLE, authors, 0, 2020), answer).year for answer in answers) == years
    assert evidence(Wanted(TITLE, authors, 0, 2020), found(TITLE, *PEOPLE, year=None)).year == "unknown"
    assert evidence(Wanted(TITLE, authors), found(TITLE, *PEOPLE)).year == "not asked"


@pytest.mark.parametrize(
    ("wanted", "answer", "told"),
    [
        (Wanted(TITLE, PEOPLE), found("On Candles", "Isaac Newton"),
         "the title is “On Candles” and none of the authors agrees"),
        (Wanted(TITLE, PEOPLE, abstract=CANDLES), found("On Candles", "Isaac Newton", abstract=BRIDGES),
         "the title is “On Candles” and none of the authors agrees and the abstract is another"),
        (Wanted(TITLE, abstract=CANDLES), found("On Candles " * 20, abstract=BRIDGES),
         f"the title is “{('On Candles ' * 20)[:80]}” and the abstract is another"),
        (Wanted(None, PEOPLE, abstract=CANDLES), found("On Candles", "Isaac Newton", abstract=BRIDGES),
         "none of the authors agrees and the abstract is another"),
    ],
)  # fmt: skip
def test_a_wrong_record_is_told_in_a_sentence(wanted: Wanted, answer: Answer, told: str) -> None:
    assert contradicts(wanted, answer) == f"The service's record is of another paper: {told}."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("Bridges Sing in Winter", "Bridges Talk in Summer"), ("Bridges Sing in Winter", "Bridges Sing in Winter Again")],
)
def test_a_title_that_is_half_alike_is_not_held_against_a_record(ours: str, theirs: str) -> None:
    assert contradicts(Wanted(ours, PEOPLE), found(theirs, "Isaac Newton")) is None


def test_abstracts_are_compared_piece_by_piece() -> None:
    assert abstracts_agree(CANDLES, BRIDGES) == 0
    half = abstracts_agree(CANDLES, CANDLES[:120] + BRIDGES)
    assert half is not None
    assert 0.4 < half < 0.7
    assert half == abstracts_agree(CANDLES[:120] + BRIDGES, CANDLES)
    # What stands behind the first six thousand characters is not looked at.
    long = " ".join(f"word{number}" for number in range(1000))
    assert abstracts_agree(long[:MAX_CHARS] + " one end", long[:MAX_CHARS] + " another end") == 1


def test_only_what_there_is_can_be_imported() -> None:
    assert all(getattr(matching, name) for name in matching.__all__)
    with pytest.raises(AttributeError, match=r"'tui\.matching' has no attribute 'guess'"):
        matching.guess  # noqa: B018  # asked for on purpose
