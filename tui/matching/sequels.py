"""Whether what one title has behind the other makes it the next work: "Part II", "revisited", ": new results"."""

from __future__ import annotations

from collections.abc import Sequence

from tui.matching.titles import Title
from tui.matching.vocabulary import GENERIC, NUMBER_WORDS, OF_ANOTHER, PARTS, REVISITED, SEQUELS


def counting(words: Sequence[str]) -> Sequence[str]:
    """Return the words of a subtitle that count parts: it may speak of numbers besides, as of 3D or of 2020."""
    if not words:
        return words
    parts = [place for place, word in enumerate(words) if word in PARTS]
    near = {place for part in parts for place in (part - 1, part + 1)} | {0, len(words) - 1}
    return [word for place, word in enumerate(words) if place in near and _short_number(word)]


def _short_number(word: str) -> bool:
    return word in NUMBER_WORDS or (word.isdecimal() and len(word) <= 2)


def is_sequel(words: Sequence[str]) -> bool:
    """Return whether a subtitle says that this is another work: "revisited", "extended version", "a response"."""
    if words and words[-1] in REVISITED:
        return True
    return len(words) <= 4 and any(word in OF_ANOTHER or word in REVISITED for word in words)


def says_little(words: Sequence[str]) -> bool:
    """Return whether a subtitle does not say what the work is about, so that it may as well be the next one's."""
    return sum(word not in GENERIC and word not in SEQUELS and len(word) > 2 for word in words) < 2


def goes_on_as_sequel(cut: Title, whole: Title) -> bool:
    """Return whether what stands behind the cut makes the next work of the title: "revisited", ": new results"."""
    last = max(whole.starts, default=0)
    return whole.words[-1] in REVISITED or (last >= len(cut.words) and says_little(whole.words[last:]))
