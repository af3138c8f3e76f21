"""BibTeX's values: macros and ``#`` expanded as BibTeX does, TeX decoded to Unicode as readers see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

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
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
"""Accent command to combining mark."""

LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
}  # fmt: skip
"""Letters, and names, that have a command of their own."""

_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.]) {0,3}|([uvHckdrb])(?: {1,3}|(?=\{)))"
    r"(?:\{(\\[ij]|[^\W\d_])\}|(\\[ij](?![A-Za-z]) ?|[^\W\d_]))"
)
_LETTER = re.compile(
    r"\\((?:La|Bib)?TeX|ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])(?:\{\}| {0,3})"
)
_UNREAD = re.compile(r"\\(?![&%$#_ /-])|(?<!\\)[$&]|<")
_SIGN = re.compile(r"\\([&%$#_ /-])")
_SIGNS = {"/": "", "-": ""}
_PLACED = re.compile("\ue000(\\d{1,6})\ue001")


def expand(value: str, macros: Mapping[str, str], unknown: set[str] | None = None) -> str:
    """Return a raw value without its quotes or braces, macros replaced and the pieces between ``#`` joined.

    A macro that nobody defined is left standing as its name, which goes to *unknown*.
    """
    if "#" not in value:
        return _piece(value.strip(), macros, unknown)[:MAX_VALUE]
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
    # A field is looked at more than once; only short ones are worth the room.
    return ("" if not value else _short(value)) if len(value) < 500 else _decoded(value)


_RAISED = re.compile(r"\\text(super|sub)script\s?(?:\{([^{}$]{0,200})\}|([^\s{}$\\]))")


@lru_cache(maxsize=4096)
def _short(value: str) -> str:
    return _decoded(value)


def _decoded(value: str) -> str:
    value = " ".join(value.split())
    if len(value) > MAX_TEX or not re.search(r"[\\${}~&<`'-]", value):
        return value
    value = value.replace("\ue000", "").replace("\ue001", "")
    if value.count(r"\(") == value.count(r"\)"):
        value = value.replace(r"\(", "$").replace(r"\)", "$")
    # A raised 5 is a power: without its height 10 to the fifth would read 105.
    value = _RAISED.sub(lambda match: f"${'^' if match[1] == 'super' else '_'}{{{match[2] or match[3]}}}$", value)
    math: list[str] = []

    def place(match: re.Match[str]) -> str:
        math.append(match[0])
        return f"\ue000{len(math) - 1}\ue001"

    value = re.sub(r"(?<!\\)~", " ", _MATH.sub(place, value))
    value = _ligatures(value)
    known = _letters(value)
    value = shown(value) if known is None else known
    return _PLACED.sub(lambda match: math[int(match[1])] if int(match[1]) < len(math) else "", value).strip()


def _letters(value: str) -> str | None:
    """Return TeX that is no more than letters, accents, groups and escaped signs as text; None where it is more.

    That is what nearly every entry holds, and a hundred times as fast as reading it as TeX.
    """
    if "\\" in value:
        if "\ue002" in value or "\ue003" in value:
            return None
        value = value.replace("\\{", "\ue002").replace("\\}", "\ue003")
        value = _ACCENT.sub(_accented, _ACCENT.sub(_accented, value))
        value = _LETTER.sub(lambda match: LETTERS[match[1]], value)
        if _UNREAD.search(value):
            return None
        value = _SIGN.sub(lambda match: _SIGNS.get(match[1], match[1]), value)
    elif "$" in value or "&" in value or "<" in value:
        return None
    value = value.replace("{", "").replace("}", "")
    return " ".join(value.replace("\ue002", "{").replace("\ue003", "}").split())


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4]
    return unicodedata.normalize("NFC", letter.strip("\\ ") + ACCENTS[match[1] or match[2]])


def _ligatures(value: str) -> str:
    """Replace what TeX's fonts join: quotes and dashes."""
    value = value.replace("``", "\u201c").replace("''", "\u201d") if "''" in value or "``" in value else value
    return value.replace("---", "\u2014").replace("--", "\u2013") if "--" in value else value
