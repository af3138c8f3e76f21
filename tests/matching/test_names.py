"""One person under many spellings, and two people under one family name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.matching.names import Shared, shared, take_apart

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
    ("Julian Schmidt", "Julian Schmitt"),
    ("A. Ann Li", "Ann Li"),
    ("Ann Barbara Cleo Li", "Cleo Li"),
    ("JD Ray", "John Ray"),
    ("Dmitri Ray", "Dmitry Ray"),
    ("Kathy Ray", "Catherine Ray"),
    ("R. C. Callaghan", "RC Callaghan"),
    ("The Google Brain Team", "Google Brain Team"),
    ("LIGO Collaboration", "Collaboration, LIGO"),
    ("ATLAS Team, CERN", "ATLAS Team, Geneva"),
    ("Wei Li", "Li W"),
    ("A. B", "A. B."),
]

DIFFERENT = [
    ("John Smith", "Kate Smith"),
    ("J. Smith", "K. Smith"),
    ("Ada Lovelace", "Ada Babbage"),
    ("Wei Li", "Wei Lu"),
    ("Richard J. Kinch", "F.R. Kinch"),
    ("Virgo Collaboration", "Atlas Collaboration"),
    ("Jo Ray", "Ann Ray"),
    ("Alex Ray", "Alan Ray"),
    ("Tom Ray", "Tod Ray"),
    ("A. Bo Li", "Bo Li"),
    ("A. B. C. Dora Li", "Dora Li"),
    ("Julian Weber", "Julian Webar"),
    ("Julian Schmidt", "Kate Schmitt"),
    ("Schmidt", "Julian Schmitt"),
    ("Julian Schmidt", "Julian Schmiett"),
    ("OpenAI", "Google Brain Team"),
]

SILENT = [
    ("李飞飞", "Fei-Fei Li"),
    ("Иван Петров", "Ivan Petrov"),
    ("Gemini Team", "Rohan Anil"),
    ("Lovelace Team", "Ada Lovelace"),
    ("", "Ada Lovelace"),
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


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        (["The Brain Team", "Ada Lovelace"], ["Ada Lovelace"], Shared(1, 1)),
        (["The Brain Team"], ["The Brain Team", "Ada Lovelace"], Shared(1, 1)),
        (["The Brain Team"], [], Shared(0, 1)),
        (["Brain Team", "Ada Ray"], ["Sky Team"], Shared(0, 1)),
        (["Иван Петров", "Ada Ray"], ["Иван Петров", "李飞飞"], Shared(1, 1)),
        (["Ada Ray"], ["Ada Roy"] * 41 + ["Ada Ray"], Shared(1, 1)),
        (["Julian Schmidt"], ["Ada Ray"] * 39 + ["Julian Schmitt"], Shared(1, 1)),
        (["Julian Schmidt"], ["Ada Ray"] * 40 + ["Julian Schmitt"], Shared(0, 1)),
    ],
)
def test_people_are_compared_with_people_and_groups_with_groups(
    ours: list[str], theirs: list[str], wanted: Shared
) -> None:
    assert shared(ours, theirs) == wanted


@pytest.mark.parametrize(
    ("name", "family", "given_names", "group"),
    [
        ("Ada Lovelace", "lovelace", "ada", False),
        ("Lovelace, Ada", "lovelace", "ada", False),
        ("Lovelace,", "lovelace", "", False),
        ("RC Callaghan", "callaghan", "r c", False),
        ("Callaghan RC", "callaghan", "r c", False),
        ("Dahl G E", "dahl", "g e", False),
        ("G E Dahl", "dahl", "g e", False),
        ("ED Smith", "smith", "ed", False),
        ("ABCD Smith", "smith", "abcd", False),
        ("JRR A Tolkien", "tolkien", "j r r a", False),
        ("van der Maaten, Laurens", "maaten vandermaaten", "laurens", False),
        ("Laurens van der Maaten", "maaten", "laurens van der", False),
        ("Steele, Jr., Guy L.", "steele", "guy l", False),
        ("Guy L. Steele Jr.", "steele", "guy l", False),
        ("Jr", "jr", "", False),
        ("Åke Ødegård", "odegard oedegaard", "ake", False),
        ("Müller, H.-G.", "mueller muller", "h g", False),
        ("Ada Lovelace et al.", "lovelace", "ada", False),
        ("Lovelace, Ada, and others", "lovelace", "ada", False),
        ("The LIGO Team", "team", "the ligo", True),
        ("Plato", "plato", "", False),
    ],
)
def test_a_name_is_taken_apart(name: str, family: str, given_names: str, group: bool) -> None:
    apart = take_apart(name)
    assert (" ".join(sorted(apart.family)), " ".join(apart.given), apart.group) == (family, given_names, group)
    assert apart.words >= set(given_names.split())


def test_names_are_compared_within_a_script() -> None:
    assert take_apart("Zed Adams").script == take_apart("Ada Zed").script == take_apart("Öberg").script
    scripts = {take_apart(name).script for name in ("Ada Zed", "李飞飞", "Иван Петров", "김민수", "")}
    assert len(scripts) == 5


@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.text(max_size=20), max_size=6))
def test_no_more_agree_than_there_are(one: list[str], other: list[str]) -> None:
    found = shared(one, other)
    assert 0 <= found.agree <= found.of <= len(one)
    assert found.agree <= len(other)


@given(st.lists(st.sampled_from([name for pair in SAME + DIFFERENT for name in pair]), max_size=6))
def test_everybody_is_in_the_same_list(names: list[str]) -> None:
    found = shared(names, names)
    assert found.agree == found.of
