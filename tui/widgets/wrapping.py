"""Paragraphs of words with roles, wrapped into lines: as Textual's ``Content.wrap`` does it, in a part of the time.

``Content`` carries spans and styles through every step, and makes others for each line. Here the words are wrapped
first, and only then it is seen which role each stretch of a line has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich._wrap import divide_line
from rich.cells import cell_len
from rich.control import strip_control_codes

from tui.widgets.blocks import Parts

Pieces = list[tuple[str, str]]
"""A line, or a part of one: words and their roles."""

_NARROW = "\u0300"
"""Below this, every character that can be printed takes one cell."""


def wrapped(parts: Parts, width: int) -> Iterator[tuple[Pieces, int]]:
    """Yield the lines of *parts*, and how many cells each takes, where there are *width* of them (2 at least).

    Blanks at the ends of lines are left out. Tabs must have become blanks before.
    """
    texts = [(strip_control_codes(text), role) for text, role in parts]
    whole = "".join([text for text, _ in texts])
    start = 0
    for line in whole.split("\n"):
        narrow = line.isprintable() and (line.isascii() or max(line) < _NARROW)
        for first, last in _ranges(line, width, narrow):
            cells = last - first if narrow else cell_len(line[first:last])
            yield _between(texts, start + first, start + last), cells
        start += len(line) + 1


def _ranges(line: str, width: int, narrow: bool) -> Iterator[tuple[int, int]]:
    """Yield where lines of *width* cells begin and end, without the blanks at their ends; each letter of a *narrow*
    *line* takes one cell.
    """
    breaks = _breaks(line, width) if narrow else None
    if breaks is None:
        breaks = divide_line(line, width)
    for first, last in zip([0, *breaks], [*breaks, len(line)], strict=True):
        yield first, first + len(line[first:last].rstrip())


def _breaks(line: str, width: int) -> Sequence[int] | None:
    """Return where a narrow *line* is broken, or None where a word is longer than *width*, or it begins with a blank.

    What is broken is what ``divide_line`` breaks, at a line a step in place of a word.
    """
    if line[:1] == " ":
        return None
    breaks: list[int] = []
    start, length = 0, len(line)
    while length - start > width:
        # The last blank behind which a word begins that does not fit.
        at = line.rfind(" ", start, start + width + 1)
        if at < 0:
            return None
        start = at + 1
        while start < length and line[start] == " ":
            start += 1
        if start == length:
            break
        breaks.append(start)
    return breaks


def _between(texts: Pieces, first: int, last: int) -> Pieces:
    """Return what stands of *texts*, one after the other, from *first* to *last*."""
    pieces: Pieces = []
    start = 0
    for text, role in texts:
        end = start + len(text)
        if end > first and start < last and text:
            pieces.append((text[max(0, first - start) : last - start], role))
        start = end
        if start >= last:
            break
    return pieces
