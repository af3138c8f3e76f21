"""Whether two abstracts are one, though lists cut them and break their words and lines."""

from __future__ import annotations

from functools import lru_cache

from tui.matching.works import title_words

MAX_CHARS = 6_000
"""Characters of an abstract that are looked at."""

MIN_WORDS = 25
MIN_LETTERS = 110
"""Both must be there before an abstract says which work it is; scripts without blanks need the letters alone."""

RUN = 25
"""Letters of one piece: five words of English. Pieces of letters and not of words, for lists break words in two."""


def abstracts_agree(one: str, other: str) -> float | None:
    """Return the share (0 to 1) of the shorter abstract's pieces that are in the longer; None where one is too short.

    One that begins the other counts as 1.
    """
    first, second = _letters(one), _letters(other)
    if first is None or second is None:
        return None
    short, long = sorted((first, second), key=len)
    if long.startswith(short):
        return 1.0
    pieces = _pieces(short)
    return len(pieces & _pieces(long)) / len(pieces)


@lru_cache(maxsize=64)
def _letters(abstract: str) -> str | None:
    text = abstract[:MAX_CHARS].strip()
    words = title_words(text)
    letters = "".join(words)
    wide = sum(sign > "\u2e80" for sign in letters)
    if wide > len(letters) // 2:
        return letters if len(letters) >= MIN_LETTERS // 2 else None
    return letters if len(words) >= MIN_WORDS and len(letters) >= MIN_LETTERS else None


@lru_cache(maxsize=64)
def _pieces(letters: str) -> frozenset[str]:
    return frozenset(letters[start : start + RUN] for start in range(len(letters) - RUN + 1))
