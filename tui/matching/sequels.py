"""Whether what one title has behind the other makes it the next work: "Part II", "revisited", ": new results"."""

from __future__ import annotations

from collections.abc import Sequence

from tui.matching.titles import Title
from tui.matching.vocabulary import GENERIC, NUMBER_WORDS, OF_ANOTHER, PARTS, REVISITED, SEQUELS


def counts_parts(title: Title, place: int) -> bool:
    """Return whether *title*, from word *place* on, counts parts; a subtitle may speak of 3D or of 2020 as well."""
    parts = [at for at, word in enumerate(title.words) if word in PARTS]
    near = {at for part in parts for at in (part - 1, part + 1)} | title.starts | {place, len(title.words) - 1}
    return any(place <= at < len(title.words) and _short_number(title.words[at]) for at in near)


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
