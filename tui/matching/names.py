"""Two lists of authors side by side, however their names are written.

Names are compared by their words: family name and initials must go together, in either order, with umlauts spelled
out or not. Names in scripts that cannot be compared (李飞飞, Fei-Fei Li) and collaborations beside people say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tui.matching.vocabulary import GENERATIONS, GROUPS, NICKNAMES, NOBODY
from tui.patterns import later
from tui.text import fold, shown

MAX_NAMES = 5_000
"""Authors of one list that are looked at: the largest collaborations have three thousand."""

MAX_ALIKE = 40
"""Names with one family name that are compared, and lists in which slips of the pen are looked for."""

_WORD = later(r"[^\W\d_]+")
_OTHERS = later(r"(?:(?<![\s,])[\s,]++)?(?:\bet\.?\s*al\b|\bu\.\s?a\.|\band others\b|\bothers$).*$", re.IGNORECASE)
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ø": "oe",
                          "Ø": "Oe", "å": "aa", "Å": "Aa"})  # fmt: skip
_INITIALS = later(r"[A-Z]{2,3}")
_VOWEL = later(r"[AEIOUY]")


@dataclass(frozen=True)
class Name:
    """A name taken apart: the spellings of each word that may be the family name, and the given names or initials.

    ``script`` is ``latin`` or the first letter's block, ``group`` is true for a collaboration.
    """

    family: frozenset[str]
    given: tuple[str, ...]
    words: frozenset[str]
    script: str
    group: bool


def _spellings(word: str) -> frozenset[str]:
    return frozenset((fold(word), fold(word.translate(_SPELLED))))


@lru_cache(maxsize=16384)
def take_apart(name: str) -> Name:
    """Return the name *name*, as ``Given Family``, ``Family, Given``, ``F. Family`` or ``Family FG``, taken apart."""
    text = _OTHERS.sub("", shown(name[:300]))
    front, comma, back = text.partition(",")
    family, given = _WORD.findall(front), _WORD.findall(back)
    given = [word for word in given if fold(word) not in GENERATIONS]
    family = [word for word in family if fold(word) not in GENERATIONS] or family
    group = any(fold(word) in GROUPS for word in family)
    if not (comma and given):
        family, given = _divided(family)
    folded = tuple(fold(word) for word in given)
    # The last word of a family name is in every spelling of it; a particle may be joined to it or left out.
    last = family[-1] if family else fold(text)
    spellings = _spellings(last) | _spellings("".join(family))
    words = frozenset(fold(word) for word in (*family, *given))
    return Name(spellings, folded, words, _script(last), group)


def _divided(words: list[str]) -> tuple[list[str], list[str]]:
    """Return family and given names of a name without a comma: ``RC Callaghan``, ``Callaghan RC``, ``Ada Lovelace``."""
    if len(words) < 2:
        return words, []
    if _INITIALS.fullmatch(words[-1]) and not words[0].isupper():
        return words[:-1], list(words[-1])
    if len(words[-1]) == 1 and len(words[0]) > 1:
        # "Dahl G E": only initials follow.
        long = [word for word in words if len(word) > 1]
        return long, [word for word in words if len(word) == 1]
    given = words[:-1]
    if _INITIALS.fullmatch(given[0]) and not words[-1].isupper() and not _VOWEL.search(given[0]):
        given = [*given[0], *given[1:]]
    return words[-1:], given


def _script(word: str) -> str:
    letter = fold(word[:1])
    return "latin" if "a" <= letter <= "z" else f"block {ord(letter[0]) >> 10}" if letter else ""


def same_person(one: Name, other: Name) -> bool:
    """Return whether both names can be of one person: family names agree and given names do not differ."""
    if one.group or other.group:
        both = one.group and other.group
        return one.words - {"the"} == other.words - {"the"} or (both and bool(one.family & other.family - GROUPS))
    if one.words == other.words:
        return True
    return bool(one.family & other.family) and _given_agree(one.given, other.given)


def _given_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return True
    if any(_goes_with(first, second) for first in one[:1] for second in other[:1]):
        return True
    # Somebody called by the middle name: J. Timothy Lillicrap is Timothy Lillicrap.
    return _middle(one[0], other) or _middle(other[0], one)


def _middle(first: str, given: tuple[str, ...]) -> bool:
    return any(len(each) >= 3 and _goes_with(first, each) for each in given[1:3])


def _goes_with(one: str, other: str) -> bool:
    if one.startswith(other) or other.startswith(one):
        return True
    if min(len(one), len(other)) >= 3 and one[:3] == other[:3]:
        return True  # Tim and Timothy, Alex and Alexander, Dmitri and Dmitry
    if one[0] == other[0] and 2 in (len(one), len(other)):
        return True  # JD for John
    return other in NICKNAMES.get(one, ()) or one in NICKNAMES.get(other, ())


@dataclass(frozen=True)
class Shared:
    """How many of the first list's names are in the second, and of how many that could be compared."""

    agree: int
    of: int


def shared(one: Sequence[str], other: Sequence[str]) -> Shared:
    """Return how many names of *one* are in *other*; names that cannot be compared are not counted."""
    ours, theirs = _people(one), _people(other)
    scripts = {name.script for name in theirs if not name.group}
    people, groups = bool(scripts), any(name.group for name in theirs)
    comparable = [name for name in ours if (name.script in scripts if not name.group else groups or not people)]
    places: dict[str, list[int]] = {}
    for place, name in enumerate(theirs):
        for key in name.family | name.words:
            places.setdefault(key, []).append(place)
    taken: set[int] = set()
    agree = 0
    for name in comparable:
        # A set of places in the order of the list, so that two namesakes are not one.
        near = [place for key in sorted(name.family | name.words) for place in places.get(key, ())[:MAX_ALIKE]]
        found = next((place for place in near if place not in taken and same_person(name, theirs[place])), None)
        if found is None and len(theirs) <= MAX_ALIKE:
            found = next((p for p, each in enumerate(theirs) if p not in taken and _slip(name, each)), None)
        if found is not None:
            taken.add(found)
            agree += 1
    return Shared(agree, len(comparable))


def _people(names: Sequence[str]) -> list[Name]:
    return [take_apart(name) for name in names[:MAX_NAMES] if fold(name) not in NOBODY]


def _slip(one: Name, other: Name) -> bool:
    """Return whether the family names are one letter apart, and long enough for that to be a slip."""
    from rapidfuzz.distance import OSA

    if one.group or other.group or not _given_agree(one.given, other.given) or not (one.given and other.given):
        return False
    return any(
        min(len(mine), len(theirs)) >= 6 and OSA.distance(mine, theirs, score_cutoff=1) <= 1
        for mine in one.family
        for theirs in other.family
    )
