"""What a program wrote to a terminal, taken apart to the last byte: text, and the sequences that Textual itself writes.

:func:`strangers` returns everything else. The grammar is a list of what is allowed, with the bounds of its numbers;
what is not in it is wrong, be it a sequence that a terminal would obey or not.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tests.terminal.payloads import OBEYED

MODES = frozenset((7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048))
"""The private modes that Textual sets and resets: wrapping, cursor, mouse, focus, screen, paste, sync, sizes."""

_EXACT = {"\x1b[?2026$p", "\x1b[?2048$p", "\x1b[<u", "\x1b[H", "\x1b[2J", "\x1b[K"}
"""What is written as it stands: two questions, the end of kitty's keys, and what a line of progress needs."""

SCREEN = frozenset(_EXACT - {"\x1b[2J", "\x1b[K", "\x1b[H"})
"""Of these what the screens write."""

PROGRESS = frozenset({"\x1b[K"})
"""Of these what a command writes."""

_SEQUENCE = re.compile(r"\x1b(?:\[(?P<csi>[0-?]*[ -/]*[@-~])|\](?P<osc>[^\x07\x1b]*)\x07)")
# What the mouse's pointer looks like (kitty's extension of xterm's OSC 22).
_POINTER = re.compile(r"22;(?:default|pointer|text|grab|grabbing|ew-resize|ns-resize)")
_MARKS_IN_A_ROW = 8
_SIMPLE = frozenset((*range(10), *range(21, 30), *range(30, 38), 39, *range(40, 48), 49, 51, 52, 53, 54, 55,
                     *range(90, 98), *range(100, 108)))  # fmt: skip
_JOINERS = "\u200c\u200d"
"""They stay in text: emoji and several scripts are spelled with them."""


@dataclass(frozen=True)
class Stranger:
    """Something that Textual did not write: what, and what is around it."""

    what: str
    around: str

    def __str__(self) -> str:
        return f"{self.what} in {self.around}"


@dataclass(frozen=True)
class Grammar:
    """What may be written: to a screen of this size, or, without one, by a command.

    ``exact`` are sequences as they stand; ``controls`` are single characters. With ``copies`` texts may be put on the
    clipboard by OSC 52.
    """

    columns: int = 0
    rows: int = 0
    exact: frozenset[str] = frozenset()
    controls: str = "\r\n"
    copies: bool = False

    def strangers(self, written: bytes) -> Iterator[Stranger]:
        """Yield all in *written* that may not be there. A character in two halves is one, and so is a cut sequence."""
        for name, payload in OBEYED.items():
            if payload in written:
                place = written.index(payload)
                yield Stranger(f"the payload “{name}”", repr(written[max(0, place - 60) : place + 60]))
        try:
            text = written.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Stranger("what is no UTF-8", repr(written[max(0, error.start - 60) : error.start + 60]))
            text = written.decode("utf-8", "surrogateescape")
        place = 0
        for match in _SEQUENCE.finditer(text):
            yield from self._text(text, place, match.start())
            if not self._allowed(match):
                yield Stranger(f"the sequence {match[0][:80]!r}", _around(text, match.start()))
            place = match.end()
        yield from self._text(text, place, len(text))

    def _text(self, text: str, start: int, end: int) -> Iterator[Stranger]:
        piece = text[start:end]
        if piece.isascii() and piece.isprintable():
            return
        run = 0
        for offset, char in enumerate(piece):
            run = run + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
            obeyed = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or char == "\xad"
            if (obeyed and char not in self.controls and char not in _JOINERS) or run == _MARKS_IN_A_ROW + 1:
                yield Stranger(f"the character U+{ord(char):04X}", _around(text, start + offset))

    def _allowed(self, match: re.Match[str]) -> bool:
        if match["osc"] is not None:
            return bool(self.columns and _POINTER.fullmatch(match["osc"])) or self._is_copy(match["osc"])
        if match[0] in self.exact:
            return True
        if not self.columns:
            return False
        body, final = match["csi"][:-1], match["csi"][-1]
        if final == "m":
            return _is_style(body)
        if final == "H":
            return self._is_place(body)
        if final in "hl":
            return body[:1] == "?" and body[1:].isdecimal() and int(body[1:]) in MODES
        # Kitty's keys are asked for with the flags that Textual wants.
        return final == "u" and body in (">25", ">1")

    def _is_copy(self, body: str) -> bool:
        """Return whether a text is put on the clipboard that holds nothing to be obeyed itself."""
        text = copied(body) if self.copies else None
        return text is not None and not any(COPY.strangers(text.encode()))

    def _is_place(self, body: str) -> bool:
        row, _, column = body.partition(";")
        numbers = row.isdecimal() and column.isdecimal()
        return numbers and 1 <= int(row) <= self.rows and 1 <= int(column) <= self.columns


def _is_style(body: str) -> bool:
    """Return whether *body* are the numbers of ECMA-48's SGR, with the colours of ISO 8613-6."""
    if not re.fullmatch(r"[0-9;]*", body):
        return False
    numbers = [int(each or 0) for each in body.split(";")]
    while numbers:
        first = numbers.pop(0)
        if first in (38, 48):
            count = {5: 1, 2: 3}.get(numbers.pop(0) if numbers else -1, 0)
            if not count or len(numbers) < count or max(numbers[:count]) > 255:
                return False
            del numbers[:count]
        elif first not in _SIMPLE:
            return False
    return True


def copied(osc: str) -> str | None:
    """Return the text that the OSC 52 with this body puts on the clipboard, or None where it is none."""
    if not osc.startswith("52;c;"):
        return None
    try:
        return base64.b64decode(osc[5:], validate=True).decode("utf-8")
    except ValueError:
        return None


def copies(written: bytes) -> list[str]:
    """Return the texts that were put on the clipboard in *written*."""
    found = (copied(match["osc"]) for match in _SEQUENCE.finditer(written.decode("utf-8", "replace")) if match["osc"])
    return [text for text in found if text is not None]


def screen(columns: int, rows: int) -> Grammar:
    """Return what the screens may write in a terminal of that size."""
    return Grammar(columns, rows, SCREEN, "\r\n", copies=True)


COMMAND = Grammar(controls="\n\t")
"""What a command may write into a file or a pipe."""

COPY = COMMAND
"""What may stand in a text that is put on the clipboard."""

TYPED = Grammar(controls="\r\n\t", exact=PROGRESS, copies=True)
"""What a command may write to a terminal, which puts a carriage return before each line's end."""


def _around(text: str, place: int) -> str:
    return repr(text[max(0, place - 60) : place + 60])
