"""The table of decisions: what is taken, what is offered and what is passed over, for every kind of agreement.

A title stands for each kind of title and of agreement. The five columns are the authors that agree, and the five
letters of a column the year of a record for a paper of 2019: 2019, 2020, 2022, 2028, unknown. ``S`` is taken as the
same work, ``p`` is offered as perhaps the same, ``-`` is another.
"""

from __future__ import annotations

import pytest

from tui.matching import Wanted, judge
from tui.model import Answer, Record

YEARS = (2019, 2020, 2022, 2028, None)
PEOPLE = ("Ada Lovelace", "Mary Somerville")
AUTHORS = (
    (PEOPLE, PEOPLE),
    (PEOPLE[:1], PEOPLE[:1]),
    (PEOPLE, (PEOPLE[0], "Isaac Newton")),
    (PEOPLE, ("Isaac Newton",)),
    ((), PEOPLE),
)
LETTERS = {"same": "S", "perhaps": "p", "other": "-"}

TITLES: dict[str, tuple[str | None, str]] = {
    "generic equal": ("Deep Learning", "Deep learning"),
    "short equal": ("Gout", "Gout"),
    "plain equal": ("Songs of Steel", "Songs of steel"),
    "telling equal": ("Singing Bridges in Winter", "Singing bridges in winter"),
    "distinctive equal": ("Singing Bridges in Winter Storms of Norway", "Singing bridges in winter storms of Norway"),
    "plain near": ("Songs of Steel", "Song of steel"),
    "telling near": ("Singing Bridges in Winter", "Singng bridges in winter"),
    "distinctive near": ("Singing Bridges in Winter Storms of Norway", "Singng bridges in winter storms of Norway"),
    "telling word": ("Singing Bridges in Winter", "Singing Iron Bridges in Winter"),
    "distinctive word": (
        "Singing Bridges in Winter Storms of Norway",
        "Singing iron bridges in winter storms of Norway",
    ),
    "telling cut": ("Singing Bridges in Winter", "Singing bridges in winter: a tale of storms"),
    "distinctive cut": (
        "Singing Bridges in Winter Storms of Norway",
        "Singing bridges in winter storms of Norway: songs that engineers hear",
    ),
    "headed": ("Singing Bridges in Winter", "Songbook: singing bridges in winter"),
    "similar": ("Singing Bridges in Winter", "Singing bridges in winter for engineers"),
    "similar, far": ("Singing Bridges in Winter", "Singing bridges in winter as the engineers of Norway heard them"),
    "different": ("Singing Bridges in Winter", "Candles"),
    "kind": ("Singing Bridges in Winter", "Comment on singing bridges in winter"),
    "number": ("Singing Bridges in Winter", "Singing bridges in winter, part 2"),
    "number, far": (
        "Singing Bridges in Winter",
        "Singing bridges in winter as the engineers of Norway heard them in 12 towns",
    ),
    "another word": ("Singing Bridges in Winter", "Singing bridges in summer"),
    "no title": (None, "Anything"),
}
CANDLES = (
    "We light one candle for every weight that is pruned and count how many are needed before the network forgets what "
    "a cat is; the answer depends on the order in which the candles burn, and we prove that for two layers it is the "
    "worst order that gradient descent finds, while for three it is the best."
)
BRIDGES = (
    "Bridges sing when the wind is right. This text counts the songs of forty bridges over one winter and asks which "
    "of them an engineer should fear, with a table of all tones and an appendix for those who would rather listen."
)
MIXED = CANDLES[:170] + BRIDGES[:60]

#                     2 of 2 1 of 1 1 of 2 0 of 2 nobody named
WITHOUT_ABSTRACTS = [
    ("generic equal", "SSppp ppppp ppppp ----- ppppp"),
    ("short equal", "SSSpp ppppp ppppp ----- ppppp"),
    ("plain equal", "SSSpS SSSpp ppppp ----- ppppp"),
    ("telling equal", "SSSpS SSSpS ppppp ----- SSppp"),
    ("distinctive equal", "SSSpS SSSpS ppppp ppppp SSppp"),
    ("plain near", "SSSpS SSSpp ppppp ----- ppppp"),
    ("telling near", "SSSpS SSSpS ppppp ----- ppppp"),
    ("distinctive near", "SSSpS SSSpS ppppp ppppp SSppp"),
    ("telling word", "ppppp ppppp ppppp ----- ppppp"),
    ("distinctive word", "SSppp SSppp ppppp ppppp ppppp"),
    ("telling cut", "SSppS SSppp ppppp ----- ppppp"),
    ("distinctive cut", "SSppS SSppp ppppp ppppp ppppp"),
    ("headed", "SSppS ppppp ppppp ----- ppppp"),
    ("similar", "ppppp ppppp ppppp ppppp ppppp"),
    ("similar, far", "----- ----- ----- ----- -----"),
    ("different", "----- ----- ----- ----- -----"),
    ("kind", "----- ----- ----- ----- -----"),
    ("number", "ppppp ppppp ----- ----- ppppp"),
    ("number, far", "ppppp ppppp ----- ----- -----"),
    ("another word", "ppppp ppppp ----- ----- ppppp"),
]
ONE_ABSTRACT = [
    ("generic equal", "SSSSS SSSSS ppppp ppppp SSSSS"),
    ("telling equal", "SSSSS SSSSS ppppp ppppp SSSSS"),
    ("distinctive word", "SSSSS SSSSS ppppp ppppp ppppp"),
    ("similar", "SSSpS SSSpS ppppp ppppp ppppp"),
    ("different", "SSS-S SSS-S ----- ----- pp--p"),
    ("kind", "----- ----- ----- ----- -----"),
    ("number", "ppppp ppppp ----- ----- ppppp"),
    ("another word", "SSSpS SSSpS ppppp ppppp ppppp"),
    ("no title", "SSSpS SSSpS ppppp ppppp SSppS"),
]
ABSTRACTS_THAT_AGREE_IN_PART = [
    ("telling equal", "SSSpS SSSpS ppppp ----- SSppp"),
    ("similar", "ppppp ppppp ppppp ppppp ppppp"),
    ("different", "----- ----- ----- ----- -----"),
    ("no title", "ppppp ppppp ----- ----- ppppp"),
]
TWO_ABSTRACTS = [
    ("telling equal", "SSSpS SSSpS ppppp ----- SSppp"),
    ("similar", "ppppp ppppp ppppp ppppp ppppp"),
    ("different", "----- ----- ----- ----- -----"),
    ("no title", "----- ----- ----- ----- -----"),
]


def decided(kind: str, abstract: str | None = None, its: str | None = None) -> str:
    wanted, found = TITLES[kind]
    return " ".join(
        "".join(
            LETTERS[
                judge(
                    Wanted(wanted, ours, 0, 2019, abstract),
                    Answer("x", "1", "published", Record(title=found, authors=theirs, year=year), abstract=its),
                ).verdict
            ]
            for year in YEARS
        )
        for ours, theirs in AUTHORS
    )


@pytest.mark.parametrize(("kind", "verdicts"), WITHOUT_ABSTRACTS)
def test_title_authors_and_year_decide(kind: str, verdicts: str) -> None:
    assert decided(kind) == verdicts


@pytest.mark.parametrize(("kind", "verdicts"), ONE_ABSTRACT)
def test_an_abstract_that_agrees_decides_more(kind: str, verdicts: str) -> None:
    assert decided(kind, CANDLES, CANDLES) == verdicts


@pytest.mark.parametrize(("kind", "verdicts"), ABSTRACTS_THAT_AGREE_IN_PART)
def test_an_abstract_that_agrees_in_part_is_a_hint(kind: str, verdicts: str) -> None:
    assert decided(kind, CANDLES, MIXED) == verdicts


@pytest.mark.parametrize(("kind", "verdicts"), TWO_ABSTRACTS)
def test_another_abstract_says_little(kind: str, verdicts: str) -> None:
    assert decided(kind, CANDLES, BRIDGES) == verdicts
