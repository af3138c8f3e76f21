"""BibTeX's values: macros and ``#`` expanded as BibTeX does, TeX decoded to Unicode as readers see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tui.text import shown

MAX_VALUE = 400_000
"""The longest value that pieces may be joined to: each may be a macro, and a macro costs its reader three letters."""

MAX_MACRO = 2000
"""The longest macro kept, for a chain of them can double at every step; a journal's name needs 100."""

MAX_TEX = 50_000
"""The longest value that is read as TeX, which is slow; a longer one is no title and no abstract."""

MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip

_MARKS = re.compile(r'[{}"#]|\\.', re.DOTALL)
_MATH = re.compile(r"(?<!\\)\$(?!\$)((?:[^$\\]|\\.){1,2000}?)\$(?!\d)", re.DOTALL)
_PLACED = re.compile("\ue000(\\d{1,6})\ue001")


def expand(value: str, macros: Mapping[str, str], unknown: set[str] | None = None) -> str:
    """Return a raw value without its quotes or braces, macros replaced and the pieces between ``#`` joined.

    A macro that nobody defined is left standing as its name, which goes to *unknown*.
    """
    pieces: list[str] = []
    room = MAX_VALUE
    for part in _pieces(value):
        pieces.append(_piece(part.strip(), macros, unknown)[:room])
        room -= len(pieces[-1])
        if room <= 0:
            break
    return "".join(pieces)


def _pieces(value: str) -> Iterator[str]:
    """Split at each ``#`` outside of braces and quotes."""
    depth, quoted, start = 0, False, 0
    for mark in _MARKS.finditer(value):
        sign = mark[0]
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield value[start : mark.start()]
            start = mark.end()
        elif sign in "{}":
            depth = max(0, depth + (1 if sign == "{" else -1))
    yield value[start:]


def _piece(part: str, macros: Mapping[str, str], unknown: set[str] | None) -> str:
    if len(part) > 1 and (part[0] + part[-1] in ('""', "{}")):
        return part[1:-1]
    name = part.lower()
    if found := macros.get(name) or MONTHS.get(name):
        return found
    if unknown is not None and name and name not in macros and not name.isdigit():
        unknown.add(part[:100])
    return part


def prose(value: str) -> str:
    r"""Return TeX as text: ``{\'E}cole {BERT}`` as École BERT. Math stays as ``$...$``; the breaks of lines do not."""
    value = " ".join(value.split())
    if len(value) > MAX_TEX or not re.search(r"[\\${}~&<`'-]", value):
        return value
    value = value.replace("\ue000", "").replace("\ue001", "")
    if value.count(r"\(") == value.count(r"\)"):
        value = value.replace(r"\(", "$").replace(r"\)", "$")
    math: list[str] = []

    def place(match: re.Match[str]) -> str:
        math.append(match[0])
        return f"\ue000{len(math) - 1}\ue001"

    value = re.sub(r"(?<!\\)~", " ", _MATH.sub(place, value))
    plain = not re.search(r"[\\$&<`]|''|--", value)
    value = value.replace("{", "").replace("}", "") if plain else shown(_ligatures(value))
    return _PLACED.sub(lambda match: math[int(match[1])] if int(match[1]) < len(math) else "", value).strip()


def _ligatures(value: str) -> str:
    """Replace what TeX's fonts join: quotes and dashes."""
    value = value.replace("``", "\u201c").replace("''", "\u201d") if "''" in value or "``" in value else value
    return value.replace("---", "\u2014").replace("--", "\u2013") if "--" in value else value
