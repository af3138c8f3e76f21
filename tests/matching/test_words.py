"""Words that are one, misspelt, and words that are two; subtitles that make the next work."""

from __future__ import annotations

import pytest

from tui.matching.sequels import counts_parts, is_sequel, says_little
from tui.matching.slips import one_word, slip
from tui.matching.titles import take_apart


@pytest.mark.parametrize(
    ("one", "other", "same_word", "is_slip"),
    [
        ("colour", "colour", True, True),
        ("colour", "color", True, True),
        ("net", "nets", True, False),
        ("box", "boxes", True, False),
        ("city", "cities", True, False),
        ("cite", "cities", False, False),
        ("ab", "abs", False, False),
        ("c", "cs", False, False),
        ("gpt3", "gpt4", False, False),
        ("layers3", "layers4", False, False),
        ("net+", "net#", False, True),
        ("abc", "abd", False, False),
        ("word", "wrod", True, True),
        ("abcd", "abce", True, True),
        ("abcdefg", "abdcfeg", False, False),
        ("abcdefgh", "abdcfegh", True, True),
        ("abcdefgh", "badcfegh", False, False),
        ("analysing", "analyzing", True, True),
        # Another word of the language, often the opposite.
        ("methyl", "ethyl", False, False),
        ("supervised", "unsupervised", False, False),
        ("overfitting", "underfitting", False, False),
        ("import", "export", False, False),
        ("disjoint", "misjoint", False, False),
        ("inactive", "reactive", False, False),
        ("nitrate", "nitrite", False, False),
        ("fast", "faster", False, False),
        ("trainer", "trainee", False, False),
        ("butane", "butene", False, False),
        ("ethanol", "ethanal", False, False),
    ],
)
def test_a_slip_is_no_other_word(one: str, other: str, same_word: bool, is_slip: bool) -> None:
    for first, second in ((one, other), (other, one)):
        assert (one_word(first, second), slip(first, second)) == (same_word, is_slip)


@pytest.mark.parametrize(
    ("title", "place", "counts"),
    [
        ("Stars in the Night Part Two", 3, True),
        ("Stars in the Night, 2nd Part", 3, True),
        ("Stars in the Night 2", 3, True),
        ("Stars in 3 Nights", 2, True),
        ("Stars 2 in the Night", 3, False),
        ("Night: 20 Views", 1, True),
        ("Night: Views of 20 Stars", 1, False),
        ("Night: Views, Part 7 of Stars", 1, True),
        ("Night: Views, 2nd Part of Stars", 1, True),
        ("Night: 3D Views of 2020 Stars", 1, False),
        ("Night: 100 Views", 1, False),
        ("Night: Views", 1, False),
    ],
)
def test_a_subtitle_counts_parts_or_speaks_of_numbers(title: str, place: int, counts: bool) -> None:
    assert counts_parts(take_apart(title), place) is counts


@pytest.mark.parametrize(
    ("words", "sequel"),
    [
        ("", False),
        ("revisited", True),
        ("night stars revisited again and again", True),
        ("a fully extended version", True),
        ("a short comment", True),
        ("a night of long stars comment", False),
        ("a comment on stars", True),
        ("a comment on the stars", False),
        ("stars", False),
    ],
)
def test_a_subtitle_makes_the_next_work(words: str, sequel: bool) -> None:
    assert is_sequel(words.split()) is sequel


@pytest.mark.parametrize(
    ("words", "little"),
    [
        ("new results", True),
        ("stars", True),
        ("night stars", False),
        ("of ox in stars", True),
        ("sky star", False),
        ("the end", False),
    ],
)
def test_a_subtitle_says_little(words: str, little: bool) -> None:
    assert says_little(words.split()) is little
