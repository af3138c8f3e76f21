"""Names of files that every system takes, made of what strangers wrote.

What no name may hold is the sum of what POSIX, Windows and macOS refuse (Microsoft, "Naming Files, Paths, and
Namespaces"), and what would be taken for something else: an option, a hidden file, a path, or by a shell (POSIX,
Shell Command Language, 2.2). So only letters, their marks and digits of any script, and :data:`HARMLESS` are left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import count

from tui import file_pattern
from tui.patterns import later
from tui.text import clean, shown

MOST_BYTES = 200
"""The longest name in UTF-8, its suffix included: file systems take 255, and ``.part.json`` is put behind it."""

HARMLESS = " -_.,()+'–—"
"""What a name holds beside letters and digits; brackets and apostrophes, for titles without them are hard to read."""

_APOSTROPHES = str.maketrans("’ʼ", "''")
_DEVICE = later(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\s*\..*)?", re.IGNORECASE)
_EMPTY = later(r"\([ ,;-]*\)|\[[ ,;-]*\]")
"""What parts that a paper does not have leave of the pattern: brackets round nothing."""
_BETWEEN = frozenset("-_,;–—")
_EDGES = " ._-~\u3000"
"""What a name does not begin or end with: a hidden file, an option, a home folder, what Windows drops."""


def file_name(
    pattern: str, parts: Mapping[str, str], suffix: str = ".pdf", taken: Callable[[str], bool] = lambda _: False
) -> str:
    """Return the name by *pattern* of what *parts* say (by part), at most :data:`MOST_BYTES` long, and not *taken*.

    Of several papers with one name the second gets ``-2``. Where nothing is left of the parts it is ``paper``.
    """
    made = "".join(_plain(parts.get(text, "")) if named else text for text, named in file_pattern.parse(pattern))
    stem = _plain(_parted(_EMPTY.sub("", made))).strip(_EDGES)
    for behind in _endings():
        name = _fitted(stem, behind + suffix)
        if not taken(name):
            return name
    raise AssertionError("the endings never end")


def same_name(name: str) -> str:
    """Return *name* in the form by which a file system that heeds neither case nor accents' spelling knows it again."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _parted(text: str) -> str:
    """Return *text* without the second of two hyphens in a row: between them stood a part that the paper lacks."""
    kept: list[str] = []
    for word in text.split():
        if not (kept and _BETWEEN.issuperset(word) and _BETWEEN.issuperset(kept[-1])):
            kept.append(word)
    return " ".join(kept)


def _plain(text: str) -> str:
    """Return *text* as it can stand in a name: one line, of signs that can be seen and that no system refuses."""
    text = shown(clean(text, 1000))
    text = "".join(char if unicodedata.category(char)[0] not in "CZ" else " " * (char.isspace()) for char in text)
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    return " ".join("".join(char if _harmless(char) else " " for char in text).split())


def _harmless(char: str) -> bool:
    return char in HARMLESS or unicodedata.category(char)[0] in "LMN"


def _fitted(stem: str, behind: str) -> str:
    """Return *stem* cut so that it fits in front of *behind*, and is no device of Windows."""
    if _DEVICE.fullmatch(stem):
        stem = f"paper {stem}"
    room = MOST_BYTES - len(behind.encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore").rstrip(_EDGES)
    return f"{cut or 'paper'}{behind}"


def _endings() -> Iterator[str]:
    yield ""
    for number in count(2):
        yield f"-{number}"
