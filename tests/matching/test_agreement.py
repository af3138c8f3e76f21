"""Services that speak of one work, and records that an identifier led to wrongly."""

from __future__ import annotations

import pytest

from tui.matching import Wanted, agreement, contradicts, same_record
from tui.matching.abstracts import abstracts_agree
from tui.model import Answer, Record

PEOPLE = ("Ada Lovelace", "Mary Somerville", "Charles Babbage", "Luigi Menabrea", "Annabella Byron")
TITLE = "Reading the Night Sky with Sparse Coding"
TEXT = (
    "We read the sky as a poem whose words are stars, and learn from it a code in which each night needs only a few of "
    "them; the code is the same on both hemispheres, which surprised us and will surprise the reader."
)
OTHER_TEXT = (
    "Bridges sing when the wind is right. This text counts the songs of forty bridges over one winter and asks which "
    "of them an engineer should fear, with a table of all tones and an appendix for those who would rather listen."
)


def answer(
    title: str | None, *authors: str, year: int | None = 2020, abstract: str | None = None, **more: int
) -> Answer:
    return Answer("crossref", "1", record=Record(title=title, authors=authors, year=year, **more), abstract=abstract)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (answer(TITLE, *PEOPLE), answer(TITLE.upper(), *sorted(PEOPLE)), True),
        (answer(TITLE, *PEOPLE), answer(TITLE, "A. Lovelace", more_authors=4), True),
        (answer(TITLE, *PEOPLE, year=2018), answer(TITLE, *PEOPLE), True),
        (answer(TITLE), answer(TITLE), True),
        (answer(TITLE, *PEOPLE), answer(TITLE.replace("Coding", "Codings"), *PEOPLE), True),
        (answer(TITLE, *PEOPLE), answer(f"NightNet: {TITLE}", *PEOPLE), True),
        (answer("Reading the Night: Sparse Codes of Stars", *PEOPLE), answer("Reading the Night", *PEOPLE), True),
        (answer(TITLE, *PEOPLE), answer(f"Erratum: {TITLE}", *PEOPLE), False),
        (answer(TITLE, *PEOPLE), answer(f"{TITLE}, Part II", *PEOPLE), False),
        (answer(TITLE, *PEOPLE), answer(TITLE, "Isaac Newton"), False),
        (answer(TITLE, *PEOPLE, year=2008), answer(TITLE, *PEOPLE), False),
        (answer("Gout"), answer("Gout"), False),
        (answer(None, *PEOPLE), answer(None, *PEOPLE), False),
    ],
)
def test_two_services_speak_of_one_work(one: Answer, other: Answer, same: bool) -> None:
    assert same_record(one, other) is same_record(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (Record(authors=PEOPLE), Record(authors=PEOPLE[::-1]), (5, 5)),
        (Record(authors=PEOPLE), Record(authors=PEOPLE[:3]), (3, 5)),
        (Record(authors=PEOPLE), Record(authors=PEOPLE[:2], more_authors=3), (2, 2)),
        (Record(authors=PEOPLE[:3], more_authors=2), Record(authors=PEOPLE[1:2], more_authors=4), (1, 1)),
        (Record(authors=PEOPLE), Record(authors=("Isaac Newton",)), (0, 5)),
        (Record(authors=PEOPLE), Record(), (0, 0)),
    ],
)
def test_authors_that_agree_are_counted(one: Record, other: Record, wanted: tuple[int, int]) -> None:
    assert agreement(one, other) == agreement(other, one) == wanted


@pytest.mark.parametrize(
    ("wanted", "found", "wrong"),
    [
        (Wanted(TITLE, PEOPLE), answer("On Singing Bridges", "Isaac Newton"), True),
        (Wanted(TITLE, abstract=TEXT), answer("On Singing Bridges", abstract=OTHER_TEXT), True),
        (Wanted(TITLE, PEOPLE), answer("On Singing Bridges", *PEOPLE), False),
        (Wanted(TITLE, PEOPLE), answer(TITLE, "Isaac Newton"), False),
        (Wanted(TITLE, PEOPLE), answer("On Singing Bridges"), False),
        (Wanted(TITLE), answer("On Singing Bridges", "Isaac Newton"), False),
        (Wanted(TITLE, ("Bill Dally",)), answer("On Singing Bridges", "William Dally"), False),
        (Wanted(TITLE, PEOPLE, abstract=TEXT), answer("On Singing Bridges", "Isaac Newton", abstract=TEXT), False),
        (Wanted(), answer(TITLE, *PEOPLE), False),
        (Wanted(f"Reading the Many Long Words That No Reader Ever Wants to See in One Title: {TITLE}", PEOPLE),
         answer(TITLE, "Isaac Newton"), False),
        (Wanted("Singing Bridges in Winter", PEOPLE),
         answer("Singing Bridges in Winter as the Engineers of Norway Heard", "Isaac Newton"), False),
    ],
)  # fmt: skip
def test_a_record_contradicts_only_where_two_things_disagree(wanted: Wanted, found: Answer, wrong: bool) -> None:
    said = contradicts(wanted, found)
    assert bool(said) is wrong
    assert said is None or said.endswith(".")


def test_an_abstract_is_known_by_its_letters() -> None:
    assert abstracts_agree(TEXT, TEXT[:150] + "…") == 1
    assert abstracts_agree(TEXT.replace("whose", "who se").replace("needs", "needs\n"), TEXT) == 1
    assert abstracts_agree(TEXT, OTHER_TEXT) == 0
    assert (abstracts_agree(TEXT, TEXT.replace("poem", "song")) or 0) > 0.8
    assert abstracts_agree(TEXT, "Too short to say anything.") is None
    assert abstracts_agree("星を読む。" * 20, "星を読む。" * 15) == 1
