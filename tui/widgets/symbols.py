"""The symbols of the screens and what stands for each where a terminal, a font or a reader has only ASCII.

Widgets write the symbols of the first column; the application turns each into that of the second as it is drawn, so
that no widget, border or scroll bar can forget to. Every one of them is one cell wide, in both columns.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len

ASCII = {
    "◆": "*",  # marked
    "◇": "o",
    "★": "+",  # starred
    "▸": ">",  # being read
    "¶": "n",  # has a note
    "◧": "~",  # on some
    "•": ".",  # unread
    "●": "@",  # chosen, holds
    "○": "o",
    "■": "x",  # on
    "□": "-",  # off
    "✓": "y",
    "✗": "x",
    "×": "x",
    "·": "-",
    "›": ">",
    "‹": "<",
    "…": "~",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "⏎": "<",
    "⌫": "<",
    "▶": ">",
    "▼": "v",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "\N{NO-BREAK SPACE}": " ",
}
"""Each symbol, and what stands for it."""

_LINES = {0x2500: "-", 0x2501: "=", 0x2502: "|", 0x2503: "|", 0x2550: "=", 0x2551: "|"}
_UPRIGHT = frozenset("▉▊▋▌▍▎▏▐▕│┃║")


def _box(code: int) -> str:
    """Return what stands for a character of the blocks Box Drawing (U+2500) and Block Elements (U+2580)."""
    character = chr(code)
    if code in _LINES or code >= 0x2580:
        filled = "_" if character == "▁" else "-" if character == "▔" else "#" if character in "█▓▒" else " "
        return _LINES.get(code) or ("|" if character in _UPRIGHT else filled)
    name = unicodedata.name(character, "")
    if "DASH" in name:
        return "|" if "VERTICAL" in name else "-"
    return "+"


_TABLE = {ord(symbol): plain for symbol, plain in ASCII.items()} | {code: _box(code) for code in range(0x2500, 0x25A0)}


@lru_cache(maxsize=4096)
def plain(text: str, letters: bool = True) -> str:
    """Return *text* in ASCII symbols, as wide as it was; without *letters* of other alphabets, everything in ASCII."""
    made = text.translate(_TABLE)
    return made if letters or made.isascii() else "".join(each if each.isascii() else _letter(each) for each in made)


def _letter(character: str) -> str:
    """Return a letter without its accents, or question marks as wide as it is."""
    width = cell_len(character)
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return bare if bare and len(bare) == width else "?" * width
