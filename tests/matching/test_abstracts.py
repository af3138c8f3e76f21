"""How much of an abstract must be there before it says which work it is."""

from __future__ import annotations

import pytest

from tui.matching.abstracts import abstracts_agree


def english(words: int, letters: int) -> str:
    """Return *words* words of *letters* letters in all, of which the last word has those that are over."""
    return " ".join(["word"] * (words - 1) + ["w" * (letters - 4 * (words - 1))])


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        (english(25, 110), True),
        (english(24, 200), False),
        (english(25, 109), False),
        (english(40, 160), True),
        (english(12, 80), False),
        ("星" * 55, True),
        ("星" * 54, False),
        ("星" * 66 + "w" * 60, True),
        ("星" * 60 + "w" * 70, False),
    ],
    ids=[
        "just enough",
        "few words",
        "few letters",
        "many",
        "a line",
        "signs",
        "few signs",
        "most signs",
        "most letters",
    ],
)
def test_a_short_abstract_says_nothing_and_signs_say_more_than_letters(text: str, enough: bool) -> None:
    assert abstracts_agree(text, text) == (1 if enough else None)
    assert (abstracts_agree(text, english(60, 300)) is None) is not enough
