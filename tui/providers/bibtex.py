r"""One service's BibTeX as entries: values put together, TeX read as text, names as ``Given Family``.

Services write BibTeX by program and each its own regular kind of it, so this reads what the language has for one
entry ("Tame the BeaST", sections 11 and 12): values of several pieces with ``#``, names split at ``and`` outside of
braces. Files of readers, with macros of their own and every error there is, are :mod:`tui.digests`' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tui.errors import AnswerError
from tui.text import clean, clean_lines, shown

MAX_BYTES = 500_000
"""The longest answer read: an entry with its abstract has a hundredth of it."""

MAX_SIGNS = 500
"""The most ``@`` in an answer: each may begin a block, and abstracts hold some."""

MAX_ENTRIES = 20
MAX_NAMES = 10_000
MAX_COMMANDS = 3_000
"""TeX's commands in one list of names beyond which they are kept as written: each costs 0.1 ms."""

MAX_TEX = 20_000
"""The longest value that is read as TeX; a longer one is kept as it was written."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SIGNS = re.compile(r'\\.|[{}"#]', re.DOTALL)
_BETWEEN = re.compile(r"\\.|[{},]|(?<=\s)and(?=\s)", re.DOTALL | re.IGNORECASE)
_MATHEMATICS = re.compile(r"(?<!\\)\$(?!\$)((?:[^$\\]|\\.){1,2000}?)\$(?!\d)", re.DOTALL)
_PLACE = re.compile("\ue000(\\d{1,6})\ue001")


@dataclass(frozen=True)
class Entry:
    """One entry: its type in lower case, its key, and its fields by their names in lower case, still as written."""

    type: str
    key: str
    fields: Mapping[str, str]

    def text(self, name: str) -> str | None:
        """Return the field as one line of text without TeX, None where it is missing or empty."""
        return clean(prose(_joined(self.fields.get(name, "")))) or None

    def lines(self, name: str) -> str | None:
        """Return the field as text of several lines, None where it is missing or empty."""
        return clean_lines(prose(_joined(self.fields.get(name, "")))) or None

    def address(self, name: str) -> str | None:
        r"""Return the field as it was written but for ``\_`` and the like, which are TeX's and no address's."""
        return clean(re.sub(r"\\([_%#&~$])", r"\1", _joined(self.fields.get(name, "")))) or None

    def month(self) -> int | None:
        """Return the month that the field ``month`` begins with (``jun``, ``"6--11 " # jul``, ``June``, ``6``)."""
        value = self.fields.get("month", "")[:200].lower()
        found = [(value.find(short), number) for number, short in enumerate(_MONTHS, 1) if short in value]
        if found:
            return min(found)[1]
        number = re.fullmatch(r"\s*[{\"]?(\d{1,2})[}\"]?\s*", value)
        return int(number[1]) if number and 1 <= int(number[1]) <= 12 else None

    def names(self, name: str) -> tuple[str, ...]:
        """Return the persons in the field as ``Given Family``; organisations in braces as they are."""
        value = _joined(self.fields.get(name, ""))
        read = prose if value.count("\\") <= MAX_COMMANDS else str
        people = (_name(parts, read) for parts in islice(_people(value), MAX_NAMES))
        return tuple(person for person in people if person and person.lower() != "others")


def entries(content: bytes) -> tuple[Entry, ...]:
    """Return the entries of the BibTeX *content* in order. Raises AnswerError where it is none."""
    if len(content) > MAX_BYTES or content.count(b"@") > MAX_SIGNS:
        raise AnswerError("The answer is longer than any BibTeX entry.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswerError("The answer is not UTF-8 text.") from error
    if not re.search(r"@[A-Za-z]{1,40}\s{0,9}\{", text):
        raise AnswerError("The answer is not BibTeX.")
    found = tuple(islice((entry for entry in map(_entry, _blocks(text)) if entry), MAX_ENTRIES))
    if not found:
        raise AnswerError("The answer is BibTeX that is cut or broken.", passing=True)
    return found


def _blocks(text: str) -> list[Any]:
    import logging

    from bibtexparser.entrypoint import parse_string

    # Its warnings on stderr would tear a full-screen program.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        return list(parse_string(text, parse_stack=[]).blocks)
    except Exception as error:
        # The splitter names its own defects by errors of any class; a stranger's answer must not end the program.
        raise AnswerError("The answer is BibTeX that cannot be read.") from error


def _entry(block: Any) -> Entry | None:
    """Return the entry in *block*; one with a field that stands twice is read with the first of the two."""
    if type(block).__name__ == "DuplicateFieldKeyBlock":
        block = block.ignore_error_block
    if type(block).__name__ != "Entry" or not str(block.entry_type).strip():
        return None
    fields: dict[str, str] = {}
    for field in block.fields:
        fields.setdefault(str(field.key).strip().lower(), str(field.value))
    return Entry(str(block.entry_type).strip().lower(), clean(str(block.key)), fields)


def _joined(value: str) -> str:
    """Return a raw value without its braces or quotes, the pieces between ``#`` put together."""
    pieces, depth, quoted, start = [], 0, False, 0
    for sign in _SIGNS.finditer(value):
        if sign[0] == '"' and depth == 0:
            quoted = not quoted
        elif sign[0] == "#" and depth == 0 and not quoted:
            pieces.append(value[start : sign.start()])
            start = sign.end()
        elif sign[0] in "{}":
            depth = max(0, depth + (1 if sign[0] == "{" else -1))
    return "".join(_bare(piece.strip()) for piece in (*pieces, value[start:]))


def _bare(piece: str) -> str:
    return piece[1:-1] if len(piece) > 1 and piece[0] + piece[-1] in ('""', "{}") else piece


def prose(value: str) -> str:
    r"""Return TeX as text: ``{\'E}cole {BERT}`` as École BERT. Mathematics stays between its dollars."""
    value = "\n".join(" ".join(line.split()) for line in value.split("\n"))
    if len(value) > MAX_TEX or not re.search(r"[\\${}~&`']", value):
        return value
    value = value.replace("\ue000", "").replace("\ue001", "")
    formulas: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        formulas.append(match[0])
        return f"\ue000{len(formulas) - 1}\ue001"

    value = re.sub(r"(?<!\\)~", " ", _MATHEMATICS.sub(put_aside, value))
    if "\\" in value or "$" in value or "&" in value:
        value = shown(value.replace("``", "“").replace("''", "”"))
    else:
        value = value.replace("{", "").replace("}", "").replace("``", "“").replace("''", "”")
    return _PLACE.sub(lambda place: formulas[int(place[1])] if int(place[1]) < len(formulas) else "", value)


def _people(value: str) -> Iterator[list[str]]:
    """Yield each name as its parts between commas."""
    value = f" {value} "
    parts: list[str] = []
    depth = start = 0
    for sign in _BETWEEN.finditer(value):
        if sign[0] in ("{", "}"):
            depth = max(0, depth + (1 if sign[0] == "{" else -1))
        elif depth == 0 and not sign[0].startswith("\\"):
            parts.append(value[start : sign.start()])
            start = sign.end()
            if sign[0] != ",":
                yield parts
                parts = []
    yield [*parts, value[start:]]


def _name(parts: list[str], read: Callable[[str], str]) -> str | None:
    """Return ``First von Last``, ``von Last, First`` and ``von Last, Jr, First`` in the order of speech."""
    known = [clean(read(" ".join(part.split()))) for part in parts[:3]]
    family, given, suffix = [*known, "", ""][:3]
    if len(known) == 3:
        given, suffix = suffix, given
    return " ".join(part for part in (given, family, suffix) if part) or None
