"""Lines of authors: told from titles and sentences, and taken apart into names."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.text import clean

MAX_NAME = 70
"""The longest name that is read as a person's; longer ones are sentences."""

_DOT = re.compile(r"[·•∙⋅‧・・|]")
_DOTS = re.compile(r"(?:(?<!\s)\s++)?[·•∙⋅‧・・]\s*")
_BARS = re.compile(r"(?<!\s)\s++\|\s+")
_COMMAS = re.compile(r"(?:(?<!\s)\s++)?[,;،]\s*|(?<!\s)\s++(?:and|&|et|und|y|و)\s+")
_OTHERS = re.compile(
    r"(?:(?:,\s*+|(?<!\s)\s++)?(?:and|&)\s+|,\s*|(?<!\s)\s++)"
    r"(?:(\d{1,4})\s+(?:others?|more(?: authors?)?|co-?authors?)|others)\.?$",
    re.IGNORECASE,
)
_LONGEST_END = 60
_ET_AL = re.compile(r"(?<![\s,;])[\s,;]++et\.?\s*al\.?,?$", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[\d@#?!:;/\\\"“”„«»<>{}\[\]=+*_|~^%&…]")
_SMALL = frozenset(
    re.findall(
        r"\S+",
        "a an the of for with in on to is are was were by from via using we our this that it its as at be can how"
        " what why when where not or and but than into over under between towards toward has have do does if",
    )
)
_PARTICLES = frozenset(
    re.findall(
        r"\S+",
        "van von der den de del della di da das do dos du des la le el al bin ibn ben ter ten zu zum zur af av e y st",
    )
)


MAX_BYLINE = 8000
"""The longest list of authors that is read as one: some four hundred names."""


def is_name(text: str) -> bool:
    """Return whether *text* may be one person's name, or a group's, however it is spelled: ``yajie cui`` too."""
    text = text.strip()
    if not 2 <= len(text) <= MAX_NAME or _NOT_IN_NAMES.search(re.sub(r"\((?:[^()]{1,30})\)$", "", text)):
        return False
    words = text.split()
    if len(words) > 7 or not any(char.isalpha() for char in text):
        return False
    if any(word in _SMALL and word not in _PARTICLES for word in words):
        return False
    # A point ends an initial or "Jr."; behind a long word it ends a sentence.
    return not any(word.endswith(".") and len(word) > 5 for word in words)


def is_person(text: str) -> bool:
    """Return whether *text* looks like one person's name and nothing else: ``Geoffrey Hinton``, ``Quoc V Le``."""
    words = text.strip().split()
    if not (2 <= len(words) <= 5 and is_name(text)) or "," in text or "(" in text:
        return False
    rest = [word for word in words if word.lower() not in _PARTICLES]
    # Scripts without capitals (Chinese, Arabic) have nothing to look at: their letters count as both.
    return len(rest) >= 2 and all(word[0].isalpha() and word[0] == word[0].upper() for word in rest)


def may_be_dotted(text: str) -> bool:
    """Return whether *text* has one of the signs that :func:`dotted` looks for."""
    return "|" in text or (not text.isascii() and bool(_DOT.search(text)))


def dotted(text: str) -> tuple[str, ...]:
    """Return the names that stand between middle dots (or bars, where each is a person's), or nothing."""
    if len(text) > 20_000 or not may_be_dotted(text):
        return ()
    names = tuple(name for name in _DOTS.split(text.strip(" ·•")) if name)
    if len(names) >= 2 and all(map(is_name, names)):
        return names
    barred = tuple(_BARS.split(text.strip()))
    # Bars part the cells of tables too: only names that are spelled as names count.
    return barred if len(barred) >= 2 and all(is_person(name) and name[0].isupper() for name in barred) else ()


def split_names(text: str) -> tuple[tuple[str, ...], int]:
    """Return the names in ``A, B and C and 2 others`` and how many are counted without being named."""
    text = clean(text, 20_000).strip(" ,;·.")
    more = 0
    # Both stand at the end, and the line may be long.
    end = max(0, len(text) - _LONGEST_END)
    if match := _OTHERS.search(text, end):
        more, text = int(match[1] or 1), text[: match.start()]
    elif match := _ET_AL.search(text, end):
        more, text = 1, text[: match.start()]
    names = [name.strip(" ,;") for part in _DOTS.split(text) for name in _COMMAS.split(part)]
    kept: list[str] = []
    for name in names:
        if kept and re.fullmatch(r"(?:Jr|Sr)\.?|I{2,3}|IV", name):
            kept[-1] += f" {name}"
        elif name:
            kept.append(name)
    return tuple(kept), more


def names_at(text: str) -> tuple[tuple[str, ...], int]:
    """Return the names that a sentence goes on with: ``A, B and C, for those who …``; and how many more it counts."""
    kept: list[str] = []
    for part in re.split(r"(?:(?<!\s)\s++)?,\s*(?:(?:and|&)\s+)?|(?<!\s)\s++(?:and|&)\s+", text[:2000]):
        name = re.split(r"(?<=[^\W\d_]{2})(?<!\bJr)(?<!\bSr)[.:;](?:\s|$)", part, maxsplit=1)[0].strip()
        if re.match(r"others\b|et al", name):
            return tuple(kept), 1
        named, others = re.subn(r"(?<!\s)\s++et al\.?$", "", name)
        if kept and re.fullmatch(r"(?:Jr|Sr)\.?|I{2,3}|IV", named):
            kept[-1] += f" {named}"
        elif is_name(named) and named[:1].isupper():
            kept.append(named)
        else:
            break
        if others:
            return tuple(kept), 1
        if name != part.strip():
            break
    return tuple(kept), 0


def is_byline(text: str) -> bool:
    """Return whether *text* is a list of authors, or one author: names, and nothing that a title or sentence has."""
    return len(text) <= MAX_BYLINE and _is_byline(text)


@lru_cache(maxsize=512)
def _is_byline(text: str) -> bool:
    # A line is asked about once as the end of a title and once as what follows one.
    if text.rstrip().endswith((":", "?", "!")):
        return False
    names, more = split_names(text)
    if len(names) + more == 1:
        return is_person(names[0]) if names else False
    return bool(names) and all(map(is_name, names)) and sum(map(is_person, names)) * 2 >= len(names)
