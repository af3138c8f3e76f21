"""BibTeX's lists of names, split as BibTeX splits them: at ``and`` and commas outside of braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.digests.bibtex_values import prose
from tui.model.names import Name

_MARKS = re.compile(r"\\.|[{},]|(?<=\s)and(?=\s)", re.DOTALL | re.IGNORECASE)
_OTHERS = re.compile(r"(?:and\s+)?others|et\.? al\.?", re.IGNORECASE)


def names(value: str) -> tuple[tuple[Name, ...], int]:
    """Return the persons and organisations in *value* and how many more it counts: 1 for ``and others``, else 0."""
    found: list[Name] = []
    more = 0
    for parts in _people(value):
        if len(parts) == 1 and _OTHERS.fullmatch(parts[0]):
            more = 1
        elif name := _name([part for part in parts if part]):
            found.append(name)
    return tuple(found), more


def _people(value: str) -> Iterator[list[str]]:
    """Yield each name as its parts between commas, still TeX."""
    value = f" {value} "
    parts: list[str] = []
    depth = start = 0
    for mark in _MARKS.finditer(value):
        sign = mark[0]
        if sign in "{}":
            depth = max(0, depth + (1 if sign == "{" else -1))
        elif depth == 0 and not sign.startswith("\\"):
            parts.append(value[start : mark.start()].strip())
            start = mark.end()
            if sign != ",":
                yield parts
                parts = []
    yield [*parts, value[start:].strip()]


def _name(parts: list[str]) -> Name | None:
    """Return the name that *parts* make: ``First von Last``; ``von Last, First``; ``von Last, Jr, First``."""
    if not parts:
        return None
    if len(parts) == 1:
        return _unparted(parts[0])
    suffix = prose(parts[1]) if len(parts) > 2 else ""
    given = prose(" ".join(parts[2:] if len(parts) > 2 else parts[1:]))
    family = prose(parts[0])
    return Name(family, given, suffix) if family or given else None


def _unparted(text: str) -> Name | None:
    """Return a name without commas; a group in braces at its end is the family name, or all of it."""
    group = text.rfind(" {") + 1
    if group and text.endswith("}") and not text.startswith("{\\", group) and " " in text[group:]:
        return Name(prose(text[group:]), prose(text[:group]))
    whole = prose(text)
    # DBLP tells homonyms apart by numbers that are no part of the name.
    whole = re.sub(r" \d{4}$", "", whole)
    return Name(whole) if whole else None
