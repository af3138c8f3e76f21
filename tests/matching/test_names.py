"""One person under many spellings, and two people under one family name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.matching.names import Shared, shared

SAME = [
    ("Ashish Vaswani", "A. Vaswani"),
    ("Ashish Vaswani", "Vaswani, Ashish"),
    ("Ashish Vaswani", "VASWANI A"),
    ("Ashish Vaswani", "Vaswani"),
    ("Russell C. Callaghan", "RC Callaghan"),
    ("Russell C. Callaghan", "Callaghan RC"),
    ("Geoffrey E. Hinton", "Hinton G E"),
    ("Sindy Löwe", "Sindy Loewe"),
    ("Sindy Löwe", "Sindy Lowe"),
    ("Łukasz Kaiser", "Lukasz Kaiser"),
    ("Laurens van der Maaten", "van der Maaten, Laurens"),
    ("Laurens van der Maaten", "L. Maaten"),
    ("Guy L. Steele Jr.", "Steele, Jr., Guy L."),
    ("Fei-Fei Li", "Li Fei-Fei"),
    ("Wei Li 0001", "Wei Li"),
    ("Bill Dally", "William J. Dally"),
    ("Tim Lillicrap", "Timothy P. Lillicrap"),
    ("J. Timothy Lillicrap", "Timothy Lillicrap"),
    ("G. Hinton et al.", "Geoffrey Hinton"),
    ("Julian Schrittwieser", "Julian Schritwieser"),
    ("李飞飞", "李飞飞"),
    ("The LIGO Scientific Collaboration", "LIGO Scientific Collaboration"),
    ("Poincar{\\'e}, Henri", "Henri Poincaré"),
]

DIFFERENT = [
    ("John Smith", "Kate Smith"),
    ("J. Smith", "K. Smith"),
    ("Ada Lovelace", "Ada Babbage"),
    ("Wei Li", "Wei Lu"),
    ("Richard J. Kinch", "F.R. Kinch"),
    ("Virgo Collaboration", "Atlas Collaboration"),
]

SILENT = [
    ("李飞飞", "Fei-Fei Li"),
    ("Иван Петров", "Ivan Petrov"),
    ("Gemini Team", "Rohan Anil"),
    ("Anonymous", "Rohan Anil"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_person(one: str, other: str) -> None:
    assert shared([one], [other]) == shared([other], [one]) == Shared(1, 1)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_people(one: str, other: str) -> None:
    assert shared([one], [other]) == shared([other], [one]) == Shared(0, 1)


@pytest.mark.parametrize(("one", "other"), SILENT)
def test_names_that_cannot_be_compared_say_nothing(one: str, other: str) -> None:
    assert shared([one], [other]).of == 0


def test_the_order_does_not_matter_and_a_namesake_counts_once() -> None:
    assert shared(["A. Lee", "B. Ray"], ["Bob Ray", "Ann Lee"]) == Shared(2, 2)
    assert shared(["Wei Li", "Wei Li"], ["Wei Li"]) == Shared(1, 2)


@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.text(max_size=20), max_size=6))
def test_no_more_agree_than_there_are(one: list[str], other: list[str]) -> None:
    found = shared(one, other)
    assert 0 <= found.agree <= found.of <= len(one)
    assert found.agree <= len(other)


@given(st.lists(st.sampled_from([name for pair in SAME + DIFFERENT for name in pair]), max_size=6))
def test_everybody_is_in_the_same_list(names: list[str]) -> None:
    found = shared(names, names)
    assert found.agree == found.of
